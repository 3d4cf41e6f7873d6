#include "model/alert_machine.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/json.h"
#include "csv_cases.h"

/* ---- the scenarios, step by step ---- */

static enum direction direction_of(const struct cJSON *row)
{
    enum direction direction = DIRECTION_NONE;
    direction_parse(json_member_text(row, "direction"), &direction);
    return direction;
}

static double item_of(const struct cJSON *array, int index)
{
    const struct cJSON *item = json_first(array);
    for (; item && index > 0; index--)
        item = json_next(item);
    return json_number(item, NAN);
}

static struct rule rule_of(const struct cJSON *row)
{
    const struct cJSON *band = json_member(row, "band");
    double warn = band ? item_of(band, 0) : json_member_number(row, "warn", NAN);
    double critical = band ? item_of(band, 2) : json_member_number(row, "crit", NAN);
    return (struct rule){
        .limits = limits_make(direction_of(row), warn, item_of(band, 1), critical, item_of(band, 3)),
        .hysteresis = json_member_number(row, "hyst", 0),
        .min_sample = json_member_number(row, "min_sample", 0),
        .for_ms = (int64_t)(1000 * json_member_number(row, "for_s", 0)),
        .clear_ms = (int64_t)(1000 * json_member_number(row, "clear_s", 0)),
        .stale_after_ms = (int64_t)(1000 * json_member_number(row, "stale_s", 0)),
    };
}

static void take_step(struct alert_machine *machine, const struct rule *rule, const struct csv_cases *steps,
                      size_t row, int64_t now_ms)
{
    const char *event = csv_text(steps, row, "event");
    double value = csv_number(steps, row, "value");
    alert_machine_tick(machine, rule, now_ms);
    if (text_equal(event, "sample"))
        alert_machine_sample(machine, rule, value, csv_number(steps, row, "sample_n"), now_ms, now_ms);
    else if (text_equal(event, "ack"))
        alert_machine_ack(machine, now_ms);
    else if (text_equal(event, "shelve"))
        alert_machine_shelve(machine, (int64_t)(1000 * value), now_ms);
    else if (text_equal(event, "close"))
        alert_machine_close(machine);
    else if (text_equal(event, "open"))
        alert_machine_open(machine);
    else
        assert_string_equal(event, "tick");
}

static void compare_step(const struct alert_machine *machine, const struct rule *rule,
                         const struct csv_cases *steps, size_t row, int64_t now_ms)
{
    char got[100], expected[100];
    snprintf(got, sizeof got, "%s %s %s %d", display_name(alert_machine_display(machine, rule, now_ms)),
             severity_name(machine->severity), alert_state_name(alert_machine_state(machine, rule, now_ms)),
             alert_machine_unstable(machine, now_ms));
    snprintf(expected, sizeof expected, "%s %s %s %s", csv_text(steps, row, "display_state"),
             csv_text(steps, row, "severity"), csv_text(steps, row, "alert_state"),
             csv_text(steps, row, "unstable"));
    if (!text_equal(got, expected))
        fail_msg("%s at %s s: %s, expected %s", csv_text(steps, row, "scenario"), csv_text(steps, row, "t_s"),
                 got, expected);
}

static void every_step_of_every_scenario_comes_out(void **state)
{
    (void)state;
    struct error error = {""};
    struct cJSON *rules = json_read_file("tests/data/alert_scenario_rules.json", CSV_BYTES_MAX, &error);
    struct csv_cases *steps = csv_read("tests/data/alert_scenarios.csv");
    assert_non_null(rules);
    const char *scenario = "";
    struct alert_machine machine;
    struct rule rule = {0};
    for (size_t row = 0; row < steps->count; row++) {
        if (!text_equal(scenario, csv_text(steps, row, "scenario"))) {
            scenario = csv_text(steps, row, "scenario");
            rule = rule_of(json_member(json_member(rules, "rules"), scenario));
            alert_machine_init(&machine);
        }
        int64_t now_ms = (int64_t)(1000 * csv_number(steps, row, "t_s"));
        take_step(&machine, &rule, steps, row, now_ms);
        compare_step(&machine, &rule, steps, row, now_ms);
    }
    csv_destroy(steps);
    json_destroy(rules);
}

/* ---- rules in sentences; seconds, and a rule as for the longest wait ---- */

struct rehearsal {
    struct alert_machine machine;
    struct rule rule;
};

/* Warn above 60, critical above 120, hysteresis 10. */
static struct rehearsal begin(int64_t for_s, int64_t clear_s)
{
    struct rehearsal rehearsal = {
        .rule = {.limits = limits_make(DIRECTION_LOWER_IS_BETTER, 60, NAN, 120, NAN),
                 .hysteresis = 10,
                 .for_ms = for_s * 1000,
                 .clear_ms = clear_s * 1000,
                 .stale_after_ms = 60000}};
    alert_machine_init(&rehearsal.machine);
    return rehearsal;
}

static void value(struct rehearsal *r, int64_t t_s, double value)
{
    alert_machine_sample(&r->machine, &r->rule, value, NAN, t_s * 1000, t_s * 1000);
}

static void tick(struct rehearsal *r, int64_t t_s)
{
    alert_machine_tick(&r->machine, &r->rule, t_s * 1000);
}

#define assert_display(r, t_s, expected)                                                                     \
    assert_string_equal(display_name(alert_machine_display(&(r).machine, &(r).rule, (t_s)*1000)), expected)
#define assert_alert(r, t_s, expected)                                                                       \
    assert_string_equal(alert_state_name(alert_machine_state(&(r).machine, &(r).rule, (t_s)*1000)), expected)

static void a_seen_alert_is_quiet_until_it_gets_worse(void **state)
{
    (void)state;
    struct rehearsal r = begin(0, 30);
    value(&r, 0, 70);
    assert_alert(r, 0, "ALERTING");
    alert_machine_ack(&r.machine, 5000);
    assert_alert(r, 5, "ACKED");
    value(&r, 10, 75);
    assert_alert(r, 10, "ACKED");
    assert_display(r, 10, "WARN");
    value(&r, 20, 130);
    assert_alert(r, 20, "ALERTING");
    value(&r, 30, 80);
    value(&r, 60, 80);
    assert_display(r, 60, "WARN");
    assert_alert(r, 60, "ALERTING");
}

static void a_seen_alert_calls_again_after_half_an_hour(void **state)
{
    (void)state;
    struct rehearsal r = begin(0, 30);
    r.rule.stale_after_ms = 3600000;
    value(&r, 0, 70);
    alert_machine_ack(&r.machine, 0);
    tick(&r, 1799);
    assert_alert(r, 1799, "ACKED");
    tick(&r, 1800);
    assert_alert(r, 1800, "ALERTING");
}

static void what_was_seen_is_forgotten_when_the_alert_ends(void **state)
{
    (void)state;
    struct rehearsal r = begin(0, 0);
    value(&r, 0, 70);
    alert_machine_ack(&r.machine, 0);
    value(&r, 10, 20);
    assert_alert(r, 10, "INACTIVE");
    value(&r, 20, 70);
    assert_alert(r, 20, "ALERTING");
}

static void acknowledging_nothing_hushes_nothing(void **state)
{
    (void)state;
    struct rehearsal r = begin(0, 30);
    value(&r, 0, 20);
    alert_machine_ack(&r.machine, 5000);
    value(&r, 10, 70);
    assert_alert(r, 10, "ALERTING");
}

static void the_third_activation_in_a_minute_holds_the_level(void **state)
{
    (void)state;
    struct rehearsal r = begin(0, 0);
    value(&r, 0, 20);
    value(&r, 10, 70);
    value(&r, 20, 20);
    value(&r, 30, 70);
    value(&r, 40, 20);
    assert_false(alert_machine_unstable(&r.machine, 40000));
    value(&r, 50, 70);
    assert_true(alert_machine_unstable(&r.machine, 50000));
    value(&r, 60, 20);
    assert_display(r, 60, "WARN");
    value(&r, 70, 130);
    assert_display(r, 70, "CRITICAL");
    r.rule.stale_after_ms = 600000;
    value(&r, 349, 20);
    assert_display(r, 349, "CRITICAL");
    value(&r, 350, 20);
    assert_display(r, 350, "OK");
}

static void three_activations_in_more_than_a_minute_are_not_chattering(void **state)
{
    (void)state;
    struct rehearsal r = begin(0, 0);
    value(&r, 0, 20);
    value(&r, 10, 70);
    value(&r, 20, 20);
    value(&r, 30, 70);
    value(&r, 40, 20);
    value(&r, 71, 70);
    assert_false(alert_machine_unstable(&r.machine, 71000));
}

static void a_first_figure_that_is_bad_is_shown_at_once(void **state)
{
    (void)state;
    struct rehearsal r = begin(120, 180);
    value(&r, 0, 130);
    assert_display(r, 0, "CRITICAL");
}

static void figures_that_arrive_old_are_stale_and_never_green(void **state)
{
    (void)state;
    struct rehearsal r = begin(120, 180);
    alert_machine_sample(&r.machine, &r.rule, 20, NAN, 0, 61000);
    assert_display(r, 61, "STALE");
    value(&r, 70, 130);
    assert_display(r, 70, "CRITICAL");
}

static void an_unknown_figure_is_no_data_and_keeps_its_level_for_later(void **state)
{
    (void)state;
    struct rehearsal r = begin(120, 180);
    value(&r, 0, 130);
    alert_machine_unknown(&r.machine);
    assert_display(r, 10, "NODATA");
    assert_alert(r, 10, "FROZEN");
    value(&r, 20, 100);
    assert_display(r, 20, "CRITICAL");
}

static void silence_turns_nothing_green(void **state)
{
    (void)state;
    struct rehearsal r = begin(0, 0);
    value(&r, 0, 20);
    tick(&r, 60);
    assert_display(r, 60, "OK");
    tick(&r, 61);
    assert_display(r, 61, "STALE");
    tick(&r, 900);
    assert_display(r, 900, "STALE");
    tick(&r, 901);
    assert_display(r, 901, "NODATA");
}

static void figures_of_a_slow_source_are_not_forgotten_before_they_are_stale(void **state)
{
    (void)state;
    struct rehearsal r = begin(0, 0);
    r.rule.stale_after_ms = 86400000;
    value(&r, 0, 20);
    tick(&r, 86400);
    assert_display(r, 86400, "OK");
    tick(&r, 86401);
    assert_display(r, 86401, "STALE");
    tick(&r, 172801);
    assert_display(r, 172801, "NODATA");
}

static void nothing_to_measure_is_neutral(void **state)
{
    (void)state;
    struct rehearsal r = begin(0, 0);
    alert_machine_sample(&r.machine, &r.rule, NAN, 0, 0, 0);
    assert_display(r, 0, "NEUTRAL");
}

static void without_thresholds_nothing_is_judged(void **state)
{
    (void)state;
    struct rehearsal r = begin(0, 0);
    r.rule.limits = limits_make(DIRECTION_NONE, NAN, NAN, NAN, NAN);
    value(&r, 0, 1e300);
    assert_display(r, 0, "NEUTRAL");
}

static void a_shelf_lasts_eight_hours_at_most(void **state)
{
    (void)state;
    struct rehearsal r = begin(0, 0);
    r.rule.stale_after_ms = 86400000;
    value(&r, 0, 70);
    alert_machine_shelve(&r.machine, 864000000, 0);
    assert_alert(r, 28799, "SHELVED");
    assert_alert(r, 28800, "ALERTING");
}

static void a_red_tile_goes_down_by_the_worst_it_saw_while_it_recovered(void **state)
{
    (void)state;
    struct rehearsal r = begin(0, 30);
    value(&r, 0, 130);
    value(&r, 10, 20);
    value(&r, 20, 80);
    value(&r, 40, 20);
    assert_display(r, 40, "WARN");
}

static void a_relapse_starts_the_recovery_anew(void **state)
{
    (void)state;
    struct rehearsal r = begin(0, 30);
    value(&r, 0, 70);
    value(&r, 10, 20);
    value(&r, 30, 70);
    value(&r, 40, 20);
    value(&r, 60, 20);
    assert_display(r, 60, "WARN");
    value(&r, 70, 20);
    assert_display(r, 70, "OK");
}

static void getting_worse_in_between_starts_the_recovery_anew(void **state)
{
    (void)state;
    struct rehearsal r = begin(0, 30);
    value(&r, 0, 70);
    value(&r, 10, 20);
    value(&r, 20, 130);
    value(&r, 30, 20);
    value(&r, 45, 20);
    assert_display(r, 45, "CRITICAL");
    value(&r, 60, 20);
    assert_display(r, 60, "OK");
}

static void too_few_contacts_end_a_judgement(void **state)
{
    (void)state;
    struct rehearsal r = begin(0, 30);
    r.rule.min_sample = 20;
    alert_machine_sample(&r.machine, &r.rule, 130, 20, 0, 0);
    assert_display(r, 0, "CRITICAL");
    alert_machine_sample(&r.machine, &r.rule, 130, 19, 10000, 10000);
    assert_display(r, 10, "NEUTRAL");
    assert_alert(r, 10, "INACTIVE");
}

static void a_silence_starts_the_wait_for_an_alert_anew(void **state)
{
    (void)state;
    struct rehearsal r = begin(120, 180);
    value(&r, 0, 20);
    value(&r, 10, 70);
    value(&r, 140, 70);
    assert_display(r, 140, "OK");
    assert_alert(r, 140, "PENDING");
}

static void inside_the_hysteresis_it_takes_five_times_as_long(void **state)
{
    (void)state;
    struct rehearsal r = begin(0, 300);
    r.rule.stale_after_ms = 3600000;
    value(&r, 0, 70);
    value(&r, 100, 55);
    value(&r, 1599, 55);
    assert_display(r, 1599, "WARN");
    value(&r, 1600, 55);
    assert_display(r, 1600, "OK");
}

static void the_third_activation_after_exactly_a_minute_still_counts(void **state)
{
    (void)state;
    struct rehearsal r = begin(0, 0);
    value(&r, 0, 20);
    value(&r, 10, 70);
    value(&r, 20, 20);
    value(&r, 30, 70);
    value(&r, 40, 20);
    value(&r, 70, 70);
    assert_true(alert_machine_unstable(&r.machine, 70000));
}

static void the_first_figure_is_no_activation(void **state)
{
    (void)state;
    struct rehearsal r = begin(0, 0);
    value(&r, 0, 70);
    value(&r, 10, 20);
    value(&r, 20, 70);
    value(&r, 30, 20);
    value(&r, 40, 70);
    assert_false(alert_machine_unstable(&r.machine, 40000));
}

static void the_slow_way_down_takes_a_quarter_of_an_hour_at_least(void **state)
{
    (void)state;
    struct rehearsal r = begin(0, 30);
    r.rule.stale_after_ms = 3600000;
    value(&r, 0, 70);
    value(&r, 100, 55);
    value(&r, 999, 55);
    assert_display(r, 999, "WARN");
    value(&r, 1000, 55);
    assert_display(r, 1000, "OK");
}

static void a_closed_queue_has_neither_level_nor_alert(void **state)
{
    (void)state;
    struct rehearsal r = begin(0, 30);
    value(&r, 0, 130);
    alert_machine_close(&r.machine);
    assert_display(r, 0, "CLOSED");
    assert_alert(r, 0, "INACTIVE");
    value(&r, 10, 130);
    assert_display(r, 10, "CLOSED");
    alert_machine_open(&r.machine);
    assert_display(r, 20, "NODATA");
    assert_alert(r, 20, "INACTIVE");
}

static void a_shelf_ends_with_the_opening_hours(void **state)
{
    (void)state;
    struct rehearsal r = begin(0, 30);
    value(&r, 0, 130);
    alert_machine_shelve(&r.machine, 600000, 0);
    alert_machine_close(&r.machine);
    alert_machine_shelve(&r.machine, 600000, 5000);
    assert_alert(r, 5, "INACTIVE");
    alert_machine_open(&r.machine);
    value(&r, 10, 130);
    assert_alert(r, 10, "ALERTING");
}

static void opening_what_is_open_forgets_nothing(void **state)
{
    (void)state;
    struct rehearsal r = begin(0, 30);
    value(&r, 0, 70);
    alert_machine_open(&r.machine);
    assert_alert(r, 0, "ALERTING");
}

static void both_levels_wait_each_for_its_own_time(void **state)
{
    (void)state;
    struct rehearsal r = begin(30, 30);
    value(&r, 0, 20);
    value(&r, 10, 70);
    value(&r, 20, 130);
    value(&r, 40, 130);
    assert_display(r, 40, "WARN");
    value(&r, 49, 130);
    assert_display(r, 49, "WARN");
    value(&r, 50, 130);
    assert_display(r, 50, "CRITICAL");
}

static void exactly_on_a_threshold_is_still_good(void **state)
{
    (void)state;
    struct rehearsal r = begin(0, 30);
    value(&r, 0, 60);
    assert_display(r, 0, "OK");
    assert_alert(r, 0, "INACTIVE");
    value(&r, 10, 120);
    assert_display(r, 10, "WARN");
}

static void better_by_exactly_the_hysteresis_is_better(void **state)
{
    (void)state;
    struct rehearsal r = begin(0, 30);
    value(&r, 0, 70);
    value(&r, 10, 50);
    value(&r, 40, 50);
    assert_display(r, 40, "OK");
}

static void a_band_is_left_and_entered_at_both_ends(void **state)
{
    (void)state;
    struct rehearsal r = begin(0, 0);
    r.rule.limits = limits_make(DIRECTION_TARGET_BAND, 85, 115, 70, 130);
    r.rule.hysteresis = 3;
    value(&r, 0, 85);
    assert_display(r, 0, "OK");
    value(&r, 10, 84);
    assert_display(r, 10, "WARN");
    value(&r, 20, 87);
    assert_display(r, 20, "WARN");
    value(&r, 30, 113);
    assert_display(r, 30, "WARN");
    value(&r, 40, 112);
    assert_display(r, 40, "OK");
    value(&r, 50, 131);
    assert_display(r, 50, "CRITICAL");
    value(&r, 60, 69);
    assert_display(r, 60, "CRITICAL");
    value(&r, 70, 73);
    assert_display(r, 70, "WARN");
}

static void a_relapse_of_a_seen_alert_stays_seen(void **state)
{
    (void)state;
    struct rehearsal r = begin(0, 30);
    value(&r, 0, 70);
    alert_machine_ack(&r.machine, 0);
    value(&r, 10, 20);
    assert_alert(r, 10, "RECOVERING");
    value(&r, 20, 70);
    assert_alert(r, 20, "ACKED");
}

static void a_seen_alert_is_still_seen_after_a_silence(void **state)
{
    (void)state;
    struct rehearsal r = begin(0, 30);
    value(&r, 0, 70);
    alert_machine_ack(&r.machine, 0);
    tick(&r, 100);
    assert_alert(r, 100, "FROZEN");
    value(&r, 110, 70);
    assert_alert(r, 110, "ACKED");
}

static void a_silence_starts_the_recovery_anew(void **state)
{
    (void)state;
    struct rehearsal r = begin(0, 80);
    value(&r, 0, 70);
    value(&r, 10, 20);
    value(&r, 90, 20);
    assert_display(r, 90, "WARN");
    value(&r, 130, 20);
    value(&r, 170, 20);
    assert_display(r, 170, "OK");
}

static void what_is_forgotten_is_no_longer_put_aside(void **state)
{
    (void)state;
    struct rehearsal r = begin(0, 30);
    value(&r, 0, 70);
    alert_machine_shelve(&r.machine, 28800000, 0);
    tick(&r, 901);
    assert_alert(r, 901, "INACTIVE");
    value(&r, 910, 70);
    assert_alert(r, 910, "ALERTING");
}

static void enough_contacts_again_is_no_cold_start(void **state)
{
    (void)state;
    struct rehearsal r = begin(30, 30);
    r.rule.min_sample = 20;
    value(&r, 0, 20);
    alert_machine_sample(&r.machine, &r.rule, 130, 5, 10000, 10000);
    value(&r, 20, 130);
    assert_display(r, 20, "OK");
    assert_alert(r, 20, "PENDING");
    value(&r, 50, 130);
    assert_display(r, 50, "CRITICAL");
}

/* 200 s to clear: back on the good side, but not by the hysteresis, takes 1000 s. */
static void what_clears_slowly_takes_five_times_as_long(void **state)
{
    (void)state;
    struct rehearsal r = begin(0, 200);
    r.rule.stale_after_ms = 3600000;
    value(&r, 0, 70);
    value(&r, 60, 55);
    value(&r, 60 + 999, 55);
    assert_display(r, 60 + 999, "WARN");
    value(&r, 60 + 1000, 55);
    assert_display(r, 60 + 1000, "OK");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_step_of_every_scenario_comes_out),
        cmocka_unit_test(a_seen_alert_is_quiet_until_it_gets_worse),
        cmocka_unit_test(a_seen_alert_calls_again_after_half_an_hour),
        cmocka_unit_test(what_was_seen_is_forgotten_when_the_alert_ends),
        cmocka_unit_test(acknowledging_nothing_hushes_nothing),
        cmocka_unit_test(the_third_activation_in_a_minute_holds_the_level),
        cmocka_unit_test(three_activations_in_more_than_a_minute_are_not_chattering),
        cmocka_unit_test(a_first_figure_that_is_bad_is_shown_at_once),
        cmocka_unit_test(figures_that_arrive_old_are_stale_and_never_green),
        cmocka_unit_test(an_unknown_figure_is_no_data_and_keeps_its_level_for_later),
        cmocka_unit_test(silence_turns_nothing_green),
        cmocka_unit_test(figures_of_a_slow_source_are_not_forgotten_before_they_are_stale),
        cmocka_unit_test(nothing_to_measure_is_neutral),
        cmocka_unit_test(without_thresholds_nothing_is_judged),
        cmocka_unit_test(a_shelf_lasts_eight_hours_at_most),
        cmocka_unit_test(a_red_tile_goes_down_by_the_worst_it_saw_while_it_recovered),
        cmocka_unit_test(a_relapse_starts_the_recovery_anew),
        cmocka_unit_test(getting_worse_in_between_starts_the_recovery_anew),
        cmocka_unit_test(too_few_contacts_end_a_judgement),
        cmocka_unit_test(a_silence_starts_the_wait_for_an_alert_anew),
        cmocka_unit_test(inside_the_hysteresis_it_takes_five_times_as_long),
        cmocka_unit_test(the_third_activation_after_exactly_a_minute_still_counts),
        cmocka_unit_test(the_first_figure_is_no_activation),
        cmocka_unit_test(the_slow_way_down_takes_a_quarter_of_an_hour_at_least),
        cmocka_unit_test(a_closed_queue_has_neither_level_nor_alert),
        cmocka_unit_test(a_shelf_ends_with_the_opening_hours),
        cmocka_unit_test(opening_what_is_open_forgets_nothing),
        cmocka_unit_test(both_levels_wait_each_for_its_own_time),
        cmocka_unit_test(exactly_on_a_threshold_is_still_good),
        cmocka_unit_test(better_by_exactly_the_hysteresis_is_better),
        cmocka_unit_test(a_band_is_left_and_entered_at_both_ends),
        cmocka_unit_test(a_relapse_of_a_seen_alert_stays_seen),
        cmocka_unit_test(a_seen_alert_is_still_seen_after_a_silence),
        cmocka_unit_test(a_silence_starts_the_recovery_anew),
        cmocka_unit_test(what_is_forgotten_is_no_longer_put_aside),
        cmocka_unit_test(enough_contacts_again_is_no_cold_start),
        cmocka_unit_test(what_clears_slowly_takes_five_times_as_long),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
