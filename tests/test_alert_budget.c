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

static void ten_alerts_in_five_hours_are_a_third_in_ten_minutes(void **state)
{
    (void)state;
    struct alert_budget *budget = alert_budget_create(3, 0);
    for (int i = 0; i < 10; i++)
        alert_budget_begun(budget, i < 5, hours(0.1 * i));
    alert_budget_turned_red(budget, 0);
    alert_budget_turned_red(budget, 1);
    alert_budget_chattered(budget);
    alert_budget_tick(budget, false, hours(5));
    struct budget_report report = alert_budget_this_week(budget);
    assert_int_equal(report.alerts, 10);
    assert_near(report.per_ten_minutes, 1.0 / 3, 1e-9);
    assert_near(report.critical_percent, 20, 1e-9);
    assert_int_equal(report.chattering, 1);
    alert_budget_destroy(budget);
}

static void no_alert_has_no_share_of_red_ones(void **state)
{
    (void)state;
    struct alert_budget *budget = alert_budget_create(1, 0);
    alert_budget_tick(budget, false, hours(1));
    assert_true(isnan(alert_budget_this_week(budget).critical_percent));
    assert_near(alert_budget_this_week(budget).per_ten_minutes, 0, 0);
    alert_budget_destroy(budget);
}

static void time_in_flood_is_a_share_of_all_time(void **state)
{
    (void)state;
    struct alert_budget *budget = alert_budget_create(1, 0);
    alert_budget_tick(budget, false, hours(3));
    alert_budget_tick(budget, true, hours(4));
    assert_near(alert_budget_this_week(budget).flood_percent, 25, 1e-9);
    alert_budget_destroy(budget);
}

static void an_alert_of_more_than_a_day_is_counted_once(void **state)
{
    (void)state;
    struct alert_budget *budget = alert_budget_create(2, 0);
    alert_budget_begun(budget, 0, 0);
    alert_budget_begun(budget, 1, 0);
    alert_budget_ended(budget, 1);
    alert_budget_tick(budget, false, hours(24));
    assert_int_equal(alert_budget_this_week(budget).lasting, 0);
    alert_budget_tick(budget, false, hours(24.1));
    alert_budget_tick(budget, false, hours(50));
    assert_int_equal(alert_budget_this_week(budget).lasting, 1);
    alert_budget_destroy(budget);
}

static void the_most_frequent_come_first(void **state)
{
    (void)state;
    struct alert_budget *budget = alert_budget_create(12, 0);
    for (size_t tile = 0; tile < 12; tile++)
        alert_budget_begun(budget, tile, 0);
    alert_budget_begun(budget, 7, 0);
    alert_budget_begun(budget, 11, 0);
    alert_budget_begun(budget, 11, 0);
    struct budget_report report = alert_budget_this_week(budget);
    assert_int_equal(report.top_count, 10);
    assert_int_equal(report.top[0].tile, 11);
    assert_int_equal(report.top[0].alerts, 3);
    assert_int_equal(report.top[1].tile, 7);
    assert_int_equal(report.top[2].tile, 0);
    assert_int_equal(report.top[9].tile, 8);
    alert_budget_destroy(budget);
}

static void a_new_week_begins_with_nothing_and_the_last_is_kept(void **state)
{
    (void)state;
    struct budget_report report;
    struct alert_budget *budget = alert_budget_create(1, 0);
    alert_budget_begun(budget, 0, hours(1));
    alert_budget_tick(budget, false, hours(167.9));
    assert_false(alert_budget_last_week(budget, &report));
    alert_budget_tick(budget, false, hours(168));
    assert_true(alert_budget_last_week(budget, &report));
    assert_int_equal(report.alerts, 1);
    assert_int_equal(alert_budget_this_week(budget).alerts, 0);
    alert_budget_destroy(budget);
}

static void an_alert_that_nobody_answers_for_four_weeks_might_go(void **state)
{
    (void)state;
    struct alert_budget *budget = alert_budget_create(1, 0);
    assert_false(alert_budget_unanswered(budget, 0, hours(9000)));
    alert_budget_begun(budget, 0, hours(1));
    assert_false(alert_budget_unanswered(budget, 0, hours(672)));
    assert_true(alert_budget_unanswered(budget, 0, hours(673)));
    alert_budget_acted(budget, 0);
    assert_false(alert_budget_unanswered(budget, 0, hours(673)));
    alert_budget_begun(budget, 0, hours(700));
    assert_false(alert_budget_unanswered(budget, 0, hours(1371)));
    alert_budget_destroy(budget);
}

/* Amber, red, amber, red: one alert, and it is red. One that nobody was told of is no red alert either. */
static void an_alert_is_red_once_and_only_while_it_is_one(void **state)
{
    (void)state;
    struct alert_budget *budget = alert_budget_create(2, 0);
    alert_budget_begun(budget, 0, hours(1));
    alert_budget_turned_red(budget, 0);
    alert_budget_turned_red(budget, 0);
    alert_budget_turned_red(budget, 1);
    alert_budget_tick(budget, false, hours(2));
    assert_near(alert_budget_this_week(budget).critical_percent, 100, 1e-9);
    alert_budget_ended(budget, 0);
    alert_budget_begun(budget, 0, hours(3));
    assert_near(alert_budget_this_week(budget).critical_percent, 50, 1e-9);
    alert_budget_destroy(budget);
}

static void a_red_of_last_weeks_alert_is_none_of_this_week(void **state)
{
    (void)state;
    struct alert_budget *budget = alert_budget_create(2, 0);
    alert_budget_begun(budget, 0, hours(1));
    alert_budget_tick(budget, false, hours(7 * 24));
    alert_budget_begun(budget, 1, hours(7 * 24 + 1));
    alert_budget_turned_red(budget, 0);
    assert_near(alert_budget_this_week(budget).critical_percent, 0, 1e-9);
    alert_budget_destroy(budget);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ten_alerts_in_five_hours_are_a_third_in_ten_minutes),
        cmocka_unit_test(no_alert_has_no_share_of_red_ones),
        cmocka_unit_test(time_in_flood_is_a_share_of_all_time),
        cmocka_unit_test(an_alert_of_more_than_a_day_is_counted_once),
        cmocka_unit_test(the_most_frequent_come_first),
        cmocka_unit_test(a_new_week_begins_with_nothing_and_the_last_is_kept),
        cmocka_unit_test(an_alert_that_nobody_answers_for_four_weeks_might_go),
        cmocka_unit_test(an_alert_is_red_once_and_only_while_it_is_one),
        cmocka_unit_test(a_red_of_last_weeks_alert_is_none_of_this_week),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
