/* What hours, rules for some hours and plans of a board file become. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "app/config.h"
#include "base/calendar.h"

static int read_hours(void **state)
{
    struct config *config = config_read("tests/boards/good-hours.yaml");
    *state = config;
    return config->usable ? 0 : -1;
}

static int destroy(void **state)
{
    config_destroy(*state);
    return 0;
}

static int64_t wall(const char *iso)
{
    int64_t wall_ms = 0;
    assert_true(calendar_set_zone("Europe/Paris", NULL));
    assert_true(calendar_parse_iso(iso, &wall_ms));
    return wall_ms;
}

static void assert_interval(const struct opening_day *day, size_t index, int from_minute, int to_minute)
{
    assert_true(index < day->count);
    assert_int_equal(day->intervals[index].from_minute, from_minute);
    assert_int_equal(day->intervals[index].to_minute, to_minute);
}

static void a_week_has_its_hours_day_by_day(void **state)
{
    const struct config *config = *state;
    const struct opening_hours *site = &config->board.schedules[0];

    assert_int_equal(config->board.schedule_count, 2);
    assert_int_equal(site->holidays, HOLIDAYS_FRANCE);
    assert_interval(&site->week[0], 0, 510, 720);
    assert_interval(&site->week[4], 1, 810, 1110);
    assert_interval(&site->week[5], 0, 540, 720); /* one value is a list of one */
    assert_int_equal(site->week[6].count, 0);
    assert_int_equal(dims_given(&site->where), 0);
}

static void several_keys_may_be_for_one_day_and_nights_pass_midnight(void **state)
{
    const struct config *config = *state;
    const struct opening_hours *sales = &config->board.schedules[1];

    assert_string_equal(sales->where.value[DIM_QUEUE], "Ventes");
    assert_int_equal(sales->holidays, HOLIDAYS_ALSACE_MOSELLE);
    assert_int_equal(sales->week[4].count, 2);
    assert_interval(&sales->week[4], 0, 480, 720);
    assert_interval(&sales->week[4], 1, 1320, 1800);
    assert_interval(&sales->week[5], 0, 1320, 1800);
    assert_int_equal(sales->week[6].count, 0);
}

static void closed_dates_and_exceptional_ones_beat_the_week(void **state)
{
    const struct config *config = *state;
    const struct opening_hours *sales = &config->board.schedules[1];

    assert_int_equal(sales->exception_count, 4);
    assert_int_equal(schedule_at(sales, wall("2026-12-24T10:00")).phase, OPENING_CLOSED);
    assert_int_equal(schedule_at(sales, wall("2026-12-27T10:30")).phase, OPENING_OPEN); /* a Sunday */
    assert_int_equal(schedule_at(sales, wall("2026-12-27T13:00")).phase, OPENING_CLOSED);
    assert_int_equal(schedule_at(sales, wall("2027-01-02T23:00")).phase, OPENING_CLOSED); /* a Saturday */
}

static void a_rule_s_hours_are_its_days_its_date_or_all_days(void **state)
{
    const struct config *config = *state;
    const struct rule_settings *rules = config->board.rules;

    assert_false(rules[0].when.given);
    assert_int_equal(rules[1].when.weekdays, 1U | 1U << 1 | 1U << 2 | 1U << 4);
    assert_int_equal(rules[1].when.interval.from_minute, 720);
    assert_int_equal(rules[1].when.interval.to_minute, 840);
    assert_int_equal(rules[2].when.weekdays, 0x7f);
    assert_int_equal(rules[2].when.interval.from_minute, 1320);
    assert_int_equal(rules[2].when.interval.to_minute, 1800);
    assert_int_equal(rules[3].when.date.day, 24);
    assert_int_equal(rules[3].when.interval.to_minute, 1440);
    assert_int_equal(rules[4].when.interval.to_minute, 720);
    assert_int_equal(config->board.pages[0].tiles[0].rule.when.weekdays, 1U << 6);
}

static void a_rule_keeps_its_day_of_review(void **state)
{
    const struct config *config = *state;
    const struct calendar_date *review_by = &config->board.rules[0].review_by;

    assert_int_equal(review_by->year, 2027);
    assert_int_equal(review_by->month, 3);
    assert_int_equal(review_by->day, 1);
    assert_int_equal(config->board.rules[1].review_by.year, 0);
}

static void plans_are_in_the_unit_of_their_kpi(void **state)
{
    const struct config *config = *state;
    const struct plan_setting *plans = config->board.plans;

    assert_int_equal(config->board.plan_count, 3);
    assert_string_equal(plans[0].kpi->id, "aht");
    assert_float_equal(plans[0].value, 320, 0);
    assert_float_equal(plans[1].value, 250, 0);
    assert_float_equal(plans[2].value, 30, 0);
}

/* ---- the present ---- */

static size_t problems_at(const char *iso)
{
    struct config *config = config_read_at("tests/boards/good-hours.yaml", wall(iso));
    size_t count = config->problem_count;
    config_destroy(config);
    return count;
}

static void what_is_past_is_a_warning_from_the_day_after(void **state)
{
    (void)state;
    assert_int_equal(problems_at("2026-12-24T23:59"), 0);
    assert_int_equal(problems_at("2026-12-25T00:00"), 2); /* two rules for the 24th */
    assert_int_equal(problems_at("2027-03-01T23:59"), 2);
    assert_int_equal(problems_at("2027-03-02T00:00"), 3);
}

static void the_warning_says_which_date_and_what_to_do(void **state)
{
    (void)state;
    struct config *config = config_read_at("tests/boards/good-hours.yaml", wall("2027-03-02"));

    assert_true(config->usable);
    assert_string_equal(config->problems[0].key_path, "rules[0].review_by");
    assert_string_equal(config->problems[0].text,
                        "the day is past; see whether the thresholds still fit and set a new date");
    assert_string_equal(config->problems[1].key_path, "rules[3].when.date");
    assert_string_equal(config->problems[1].text,
                        "the day is past: the rule is never in force again; delete it");
    config_destroy(config);
}

#define OF_HOURS(name) cmocka_unit_test_setup_teardown(name, read_hours, destroy)

static void a_page_has_hours_like_a_rule(void **state)
{
    const struct config *config = *state;
    const struct rule_hours *when = &config->board.pages[0].when;
    assert_true(when->given);
    assert_int_equal(when->weekdays, 0x1f);
    assert_int_equal(when->interval.from_minute, 1320);
    assert_int_equal(when->interval.to_minute, 1800);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        OF_HOURS(a_week_has_its_hours_day_by_day),
        OF_HOURS(several_keys_may_be_for_one_day_and_nights_pass_midnight),
        OF_HOURS(closed_dates_and_exceptional_ones_beat_the_week),
        OF_HOURS(a_rule_s_hours_are_its_days_its_date_or_all_days),
        OF_HOURS(a_rule_keeps_its_day_of_review),
        OF_HOURS(plans_are_in_the_unit_of_their_kpi),
        cmocka_unit_test(what_is_past_is_a_warning_from_the_day_after),
        cmocka_unit_test(the_warning_says_which_date_and_what_to_do),
        cmocka_unit_test_setup_teardown(a_page_has_hours_like_a_rule, read_hours, destroy),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
