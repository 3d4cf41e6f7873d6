/* The weekly budget of alerts. Times in hours. */

#include "model/alert_budget.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "near.h"

static int64_t hours(double h)
{
    return (int64_t)(h * 3600000);
}

static struct budget_alert alert(size_t figure, double begun_h, double ended_h)
{
    return (struct budget_alert){figure, hours(begun_h), hours(ended_h), false, true, false};
}

static void ten_alerts_in_five_hours_are_a_third_in_ten_minutes(void **state)
{
    (void)state;
    struct budget_alert alerts[10];
    for (int i = 0; i < 10; i++)
        alerts[i] = alert(i < 5, 0.2 * i, 0.2 * i + 0.1);
    alerts[3].red = alerts[7].red = true;
    struct budget_report report = alert_budget_report(alerts, 10, 0, hours(5));
    assert_int_equal(report.alerts, 10);
    assert_near(report.per_ten_minutes, 1.0 / 3, 1e-9);
    assert_near(report.critical_percent, 20, 1e-9);
    assert_int_equal(report.chattering, 0);
    assert_int_equal(report.lasting, 0);
}

static void no_alert_has_no_share_of_red_ones(void **state)
{
    (void)state;
    struct budget_report report = alert_budget_report(NULL, 0, 0, hours(1));
    assert_true(isnan(report.critical_percent));
    assert_near(report.per_ten_minutes, 0, 0);
    assert_true(isnan(alert_budget_report(NULL, 0, 0, 0).per_ten_minutes));
}

static void what_called_nobody_costs_no_attention(void **state)
{
    (void)state;
    struct budget_alert alerts[] = {alert(0, 1, 2), alert(1, 1.5, 40)};
    alerts[1].told = false;
    alerts[1].red = true;
    struct budget_report report = alert_budget_report(alerts, 2, 0, hours(50));
    assert_int_equal(report.alerts, 1);
    assert_int_equal(report.untold, 1);
    assert_int_equal(report.lasting, 0);
    assert_near(report.critical_percent, 0, 0);
}

static void only_what_began_since_then_counts(void **state)
{
    (void)state;
    const struct budget_alert alerts[] = {alert(0, 1, 12), alert(0, 13, 14), alert(1, 20, 0)};
    assert_int_equal(alert_budget_report(alerts, 3, hours(10), hours(20)).alerts, 1);
    assert_int_equal(alert_budget_report(alerts, 3, hours(10), hours(20.1)).alerts, 2);
}

/* Eleven in ten minutes begin a flood with the eleventh, at 5 min; the fifth newest is ten minutes old at 13.
 */
static void time_in_flood_is_a_share_of_all_time(void **state)
{
    (void)state;
    struct budget_alert alerts[12];
    for (int i = 0; i < 11; i++)
        alerts[i] = alert((size_t)i, i * 30.0 / 3600, 0);
    alerts[11] = alert(0, 0.9, 0);
    assert_near(alert_budget_report(alerts, 10, 0, hours(1)).flood_percent, 0, 0);
    assert_near(alert_budget_report(alerts, 11, 0, hours(1)).flood_percent, 100 * 8 / 60.0, 1e-9);
    assert_near(alert_budget_report(alerts, 12, 0, hours(1)).flood_percent, 100 * 8 / 60.0, 1e-9);
    assert_near(alert_budget_report(alerts, 11, 0, hours(0.1)).flood_percent, 100 * 1 / 6.0, 1e-9);
}

static void an_alert_of_more_than_a_day_is_counted_once(void **state)
{
    (void)state;
    const struct budget_alert alerts[] = {alert(0, 1, 0), alert(1, 1, 25), alert(2, 1, 25.1)};
    assert_int_equal(alert_budget_report(alerts, 3, 0, hours(24.9)).lasting, 0);
    assert_int_equal(alert_budget_report(alerts, 3, 0, hours(50)).lasting, 2);
    assert_int_equal(alert_budget_report(alerts, 3, hours(10), hours(50)).lasting,
                     2); /* of the week before */
    assert_int_equal(alert_budget_report(alerts, 3, hours(30), hours(50)).lasting, 0);
}

static void the_third_call_within_a_minute_is_chattering(void **state)
{
    (void)state;
    const double s = 1 / 3600.0;
    const struct budget_alert alerts[] = {
        alert(0, 1, 1), alert(1, 1 + 10 * s, 1), alert(0, 1 + 20 * s, 1), alert(0, 1 + 60 * s, 1),
        alert(1, 2, 2), alert(1, 2 + 30 * s, 2), alert(1, 2 + 61 * s, 2),
    };
    assert_int_equal(alert_budget_report(alerts, 3, 0, hours(9)).chattering, 0);
    assert_int_equal(alert_budget_report(alerts, 4, 0, hours(9)).chattering, 1);
    assert_int_equal(alert_budget_report(alerts, 7, 0, hours(9)).chattering, 1);
}

static void the_most_frequent_come_first(void **state)
{
    (void)state;
    struct budget_alert alerts[15];
    for (size_t i = 0; i < 12; i++)
        alerts[i] = alert(i, (double)i, 0);
    alerts[12] = alert(7, 12, 0);
    alerts[13] = alerts[14] = alert(11, 13, 0);
    struct budget_frequent frequent = alert_budget_frequent(alerts, 15, 0, hours(20));
    assert_int_equal(frequent.count, 10);
    assert_int_equal(frequent.top[0].figure, 11);
    assert_int_equal(frequent.top[0].alerts, 3);
    assert_int_equal(frequent.top[1].figure, 7);
    assert_int_equal(frequent.top[2].figure, 0);
    assert_int_equal(frequent.top[9].figure, 8);
}

static void an_alert_that_nobody_answers_for_four_weeks_might_go(void **state)
{
    (void)state;
    struct budget_alert alerts[] = {alert(0, 1, 2), alert(1, 1, 2), alert(0, 600, 601), alert(0, 700, 701)};
    assert_false(alert_budget_unanswered(alerts, 1, 0, hours(672)));
    assert_true(alert_budget_unanswered(alerts, 1, 0, hours(673)));
    alerts[2].answered = true; /* and so are those before */
    assert_false(alert_budget_unanswered(alerts, 3, 0, hours(673)));
    assert_false(alert_budget_unanswered(alerts, 4, 0, hours(1371)));
    assert_true(alert_budget_unanswered(alerts, 4, 0, hours(1372)));
    assert_true(alert_budget_unanswered(alerts, 4, 1, hours(1372)));
    assert_false(alert_budget_unanswered(alerts, 4, 2, hours(1372)));
}

/* ---- the verdict ---- */

static enum severity judge(struct budget_report report, enum budget_target target)
{
    return alert_budget_judge(&report, target);
}

static void two_in_ten_minutes_are_the_limit_and_one_is_the_target(void **state)
{
    (void)state;
    const int64_t hour = hours(1);
    assert_int_equal(judge((struct budget_report){.to_ms = hour, .per_ten_minutes = 1}, BUDGET_PER_TEN),
                     SEVERITY_OK);
    assert_int_equal(judge((struct budget_report){.to_ms = hour, .per_ten_minutes = 1.1}, BUDGET_PER_TEN),
                     SEVERITY_WARN);
    assert_int_equal(judge((struct budget_report){.to_ms = hour, .per_ten_minutes = 2.1}, BUDGET_PER_TEN),
                     SEVERITY_CRITICAL);
    assert_int_equal(judge((struct budget_report){.to_ms = hour - 1, .per_ten_minutes = 9}, BUDGET_PER_TEN),
                     SEVERITY_OK);
}

static void the_other_targets_are_those_of_the_field(void **state)
{
    (void)state;
    const int64_t hour = hours(1);
    assert_int_equal(judge((struct budget_report){.to_ms = hour, .flood_percent = 0.9}, BUDGET_FLOOD),
                     SEVERITY_OK);
    assert_int_equal(judge((struct budget_report){.to_ms = hour, .flood_percent = 1}, BUDGET_FLOOD),
                     SEVERITY_WARN);
    assert_int_equal(judge((struct budget_report){.alerts = 5, .critical_percent = 20}, BUDGET_CRITICAL),
                     SEVERITY_OK);
    assert_int_equal(judge((struct budget_report){.alerts = 5, .critical_percent = 40}, BUDGET_CRITICAL),
                     SEVERITY_WARN);
    assert_int_equal(judge((struct budget_report){.alerts = 4, .critical_percent = 25}, BUDGET_CRITICAL),
                     SEVERITY_OK);
    assert_int_equal(judge((struct budget_report){.chattering = 1}, BUDGET_CHATTERING), SEVERITY_WARN);
    assert_int_equal(judge((struct budget_report){.chattering = 1}, BUDGET_LASTING), SEVERITY_OK);
    assert_int_equal(judge((struct budget_report){.lasting = 1}, BUDGET_LASTING), SEVERITY_WARN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ten_alerts_in_five_hours_are_a_third_in_ten_minutes),
        cmocka_unit_test(no_alert_has_no_share_of_red_ones),
        cmocka_unit_test(what_called_nobody_costs_no_attention),
        cmocka_unit_test(only_what_began_since_then_counts),
        cmocka_unit_test(time_in_flood_is_a_share_of_all_time),
        cmocka_unit_test(an_alert_of_more_than_a_day_is_counted_once),
        cmocka_unit_test(the_third_call_within_a_minute_is_chattering),
        cmocka_unit_test(the_most_frequent_come_first),
        cmocka_unit_test(an_alert_that_nobody_answers_for_four_weeks_might_go),
        cmocka_unit_test(two_in_ten_minutes_are_the_limit_and_one_is_the_target),
        cmocka_unit_test(the_other_targets_are_those_of_the_field),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
