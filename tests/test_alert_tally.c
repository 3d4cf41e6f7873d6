/* What a day of judgements comes to. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "model/alert_tally.h"
#include "near.h"

static void note(struct alert_tally *tally, double t_min, enum severity severity, enum alert_state alert)
{
    static const enum display DISPLAYS[] = {DISPLAY_OK, DISPLAY_WARN, DISPLAY_CRITICAL};
    struct judgement judgement = {.display = DISPLAYS[severity], .severity = severity, .alert = alert};
    alert_tally_note(tally, &judgement, (int64_t)(t_min * 60000));
}

static void good(struct alert_tally *tally, double t_min)
{
    note(tally, t_min, SEVERITY_OK, ALERT_INACTIVE);
}

static void amber(struct alert_tally *tally, double t_min)
{
    note(tally, t_min, SEVERITY_WARN, ALERT_ALERTING);
}

static void red(struct alert_tally *tally, double t_min)
{
    note(tally, t_min, SEVERITY_CRITICAL, ALERT_ALERTING);
}

static void minutes_count_from_one_look_to_the_next(void **state)
{
    (void)state;
    struct alert_tally tally;
    alert_tally_init(&tally);
    good(&tally, 0);
    amber(&tally, 10);
    red(&tally, 15);
    good(&tally, 17.5);
    good(&tally, 60);
    assert_near(alert_tally_minutes(&tally, DISPLAY_WARN), 5, 1e-9);
    assert_near(alert_tally_minutes(&tally, DISPLAY_CRITICAL), 2.5, 1e-9);
    assert_near(alert_tally_minutes(&tally, DISPLAY_OK), 52.5, 1e-9);
}

static void from_amber_to_red_is_the_same_alert(void **state)
{
    (void)state;
    struct alert_tally tally;
    alert_tally_init(&tally);
    good(&tally, 0);
    amber(&tally, 10);
    red(&tally, 15);
    assert_int_equal(tally.alerts, 1);
    assert_int_equal(tally.reds, 1);
    assert_int_equal(tally.flaps, 0);
}

static void two_days_with_three_alerts_have_one_and_a_half_a_day(void **state)
{
    (void)state;
    struct alert_tally tally;
    alert_tally_init(&tally);
    good(&tally, 0);
    amber(&tally, 100);
    good(&tally, 200);
    amber(&tally, 300);
    good(&tally, 400);
    amber(&tally, 500);
    good(&tally, 2880);
    assert_near(alert_tally_alerts_a_day(&tally), 1.5, 1e-9);
}

static void a_recorded_morning_counts_as_a_day(void **state)
{
    (void)state;
    struct alert_tally tally;
    alert_tally_init(&tally);
    good(&tally, 0);
    amber(&tally, 100);
    good(&tally, 200);
    assert_near(alert_tally_alerts_a_day(&tally), 1, 1e-9);
}

static void worse_within_ten_minutes_of_better_is_a_flap(void **state)
{
    (void)state;
    struct alert_tally tally;
    alert_tally_init(&tally);
    amber(&tally, 0);
    good(&tally, 20);
    amber(&tally, 30);
    assert_int_equal(tally.flaps, 1);
    good(&tally, 40);
    amber(&tally, 50.5);
    assert_int_equal(tally.flaps, 1);
}

static void what_was_put_aside_calls_nobody(void **state)
{
    (void)state;
    struct alert_tally tally;
    alert_tally_init(&tally);
    good(&tally, 0);
    note(&tally, 10, SEVERITY_CRITICAL, ALERT_SHELVED);
    good(&tally, 15);
    assert_int_equal(tally.alerts, 0);
    assert_int_equal(tally.reds, 0);
    assert_near(alert_tally_minutes(&tally, DISPLAY_CRITICAL), 5, 1e-9);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(minutes_count_from_one_look_to_the_next),
        cmocka_unit_test(from_amber_to_red_is_the_same_alert),
        cmocka_unit_test(two_days_with_three_alerts_have_one_and_a_half_a_day),
        cmocka_unit_test(a_recorded_morning_counts_as_a_day),
        cmocka_unit_test(worse_within_ten_minutes_of_better_is_a_flap),
        cmocka_unit_test(what_was_put_aside_calls_nobody),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
