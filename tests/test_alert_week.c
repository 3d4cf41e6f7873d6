/* The alerts of the present week, as the wall saw them and as its history remembers them. */

#include "model/alert_week.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/calendar.h"
#include "near.h"
#include "tests/moment.h"

static struct budget_alert alert(size_t figure, const char *begun, const char *ended)
{
    return (struct budget_alert){figure, moment_ms(begun), ended ? moment_ms(ended) : 0, false, true, false};
}

static void note(struct alert_week *week, size_t figure, const char *begun, const char *ended)
{
    struct budget_alert noted = alert(figure, begun, ended);
    alert_week_note(week, &noted);
}

static int set_up(void **state)
{
    assert_true(calendar_set_zone("Europe/Paris", NULL));
    *state = alert_week_create();
    return 0;
}

static int tear_down(void **state)
{
    alert_week_destroy(*state);
    return 0;
}

static void before_it_begins_nothing_is_known(void **state)
{
    const struct budget_report *report = alert_week_report(*state, moment_ms("2026-11-18T10:00"));
    assert_int_equal(report->from_ms, report->to_ms);
}

static void an_alert_that_changes_stays_one(void **state)
{
    struct alert_week *week = *state;
    alert_week_begin(week, moment_ms("2026-11-18T08:07"));
    note(week, 3, "2026-11-18T09:00", NULL);
    note(week, 3, "2026-11-18T09:00", "2026-11-18T09:10");
    note(week, 3, "2026-11-18T09:30", NULL);
    const struct budget_report *report = alert_week_report(week, moment_ms("2026-11-18T10:00"));
    assert_int_equal(report->alerts, 2);
    assert_int_equal(report->from_ms, moment_ms("2026-11-18T08:00"));
}

static void what_is_remembered_counts_with_what_was_seen_and_only_once(void **state)
{
    struct alert_week *week = *state;
    const struct budget_alert past[] = {alert(0, "2026-11-16T09:00", "2026-11-16T09:10"),
                                        alert(1, "2026-11-18T07:50", NULL)};
    alert_week_begin(week, moment_ms("2026-11-18T08:00"));
    note(week, 1, "2026-11-18T07:50", "2026-11-18T08:05");
    for (int i = 0; i < 2; i++)
        alert_week_restore(week, past, 2, moment_ms("2026-11-12T08:00"));
    const struct budget_report *report = alert_week_report(week, moment_ms("2026-11-19T08:00"));
    assert_int_equal(report->alerts, 2);
    assert_int_equal(report->lasting, 0); /* its end was seen, whatever the disk says */
    assert_int_equal(report->from_ms, moment_ms("2026-11-16T00:00"));
}

static void on_monday_a_new_week_begins(void **state)
{
    struct alert_week *week = *state;
    alert_week_begin(week, moment_ms("2026-11-20T08:00"));
    note(week, 0, "2026-11-20T09:00", "2026-11-20T09:10");
    note(week, 1, "2026-11-22T23:00", NULL);
    assert_int_equal(alert_week_report(week, moment_ms("2026-11-22T23:59"))->alerts, 2);
    const struct budget_report *report = alert_week_report(week, moment_ms("2026-11-23T23:30"));
    assert_int_equal(report->alerts, 0);
    assert_int_equal(report->lasting, 1);
    assert_int_equal(report->from_ms, moment_ms("2026-11-23T00:00"));
}

static void what_a_wrong_clock_dated_is_dated_anew(void **state)
{
    struct alert_week *week = *state;
    alert_week_begin(week, moment_ms("2027-11-18T08:00"));
    note(week, 0, "2027-11-18T08:30", NULL);
    assert_int_equal(alert_week_report(week, moment_ms("2027-11-18T09:00"))->alerts, 1);
    alert_week_move(week, moment_ms("2026-11-18T09:00") - moment_ms("2027-11-18T09:00"));
    const struct budget_report *report = alert_week_report(week, moment_ms("2026-11-18T09:00"));
    assert_int_equal(report->alerts, 1);
    assert_int_equal(report->from_ms, moment_ms("2026-11-18T08:00"));
}

/* Whoever comes from the future has seen nothing of this week. */
static void a_beginning_in_the_future_is_none(void **state)
{
    struct alert_week *week = *state;
    alert_week_begin(week, moment_ms("2027-11-18T08:00"));
    const struct budget_report *report = alert_week_report(week, moment_ms("2026-11-18T09:00"));
    assert_int_equal(report->from_ms, report->to_ms);
    alert_week_restore(week, NULL, 0, moment_ms("2026-11-17T08:00"));
    assert_int_equal(alert_week_report(week, moment_ms("2026-11-18T09:00"))->from_ms,
                     moment_ms("2026-11-17T08:00"));
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        T(before_it_begins_nothing_is_known),
        T(an_alert_that_changes_stays_one),
        T(what_is_remembered_counts_with_what_was_seen_and_only_once),
        T(on_monday_a_new_week_begins),
        T(what_a_wrong_clock_dated_is_dated_anew),
        T(a_beginning_in_the_future_is_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
