/* With what a figure is compared. */

#include "model/comparison.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/calendar.h"
#include "tests/moment.h"
#include "tests/near.h"

/* Every day from 08:30 to 18:30, closed on holidays. */
static struct opening_hours office(void)
{
    struct opening_hours hours = {.holidays = HOLIDAYS_FRANCE};
    for (int day = 0; day < 7; day++)
        hours.week[day] = (struct opening_day){1, {{510, 1110}}};
    return hours;
}

static int64_t comparable_day(const struct opening_hours *hours, const char *iso)
{
    int64_t day_ms = 0;
    assert_true(comparison_day(hours, moment_ms(iso), &day_ms));
    return day_ms;
}

static int64_t comparable_moment(const struct opening_hours *hours, const char *iso)
{
    int64_t then_ms = 0;
    assert_true(comparison_moment(hours, moment_ms(iso), &then_ms));
    return then_ms;
}

static void a_friday_is_compared_with_the_friday_before(void **state)
{
    (void)state;
    struct opening_hours hours = office();
    assert_int_equal(comparable_day(&hours, "2026-11-20T14:00"), moment_ms("2026-11-13"));
    assert_int_equal(comparable_day(NULL, "2026-11-20T14:00"), moment_ms("2026-11-13"));
}

static void a_holiday_is_skipped(void **state)
{
    (void)state;
    struct opening_hours hours = office();
    assert_int_equal(comparable_day(&hours, "2026-04-13T10:00"), moment_ms("2026-03-30")); /* Easter Monday */
    /* Christmas and New Year's Day, both Fridays */
    assert_int_equal(comparable_day(&hours, "2027-01-08T10:00"), moment_ms("2026-12-18"));
}

static void five_closed_weeks_have_no_comparable_day(void **state)
{
    (void)state;
    struct opening_hours hours = office();
    struct opening_exception closed[5] = {{2026, 11, 13, {0}},
                                          {2026, 11, 6, {0}},
                                          {2026, 10, 30, {0}},
                                          {2026, 10, 23, {0}},
                                          {2026, 10, 16, {0}}};
    hours.exceptions = closed;
    hours.exception_count = 5;
    int64_t day_ms = 0;
    assert_false(comparison_day(&hours, moment_ms("2026-11-20T10:00"), &day_ms));
    hours.exception_count = 4;
    assert_int_equal(comparable_day(&hours, "2026-11-20T10:00"), moment_ms("2026-10-16"));
}

static void time_is_counted_from_the_opening(void **state)
{
    (void)state;
    struct opening_hours hours = office();
    struct opening_exception late = {2026, 11, 13, {1, {{600, 1110}}}}; /* opened at 10:00 that day */
    hours.exceptions = &late;
    hours.exception_count = 1;
    assert_int_equal(comparable_moment(&hours, "2026-11-20T09:30"), moment_ms("2026-11-13T11:00"));
    assert_int_equal(comparable_moment(&hours, "2026-11-20T08:00"), moment_ms("2026-11-13T08:00"));
}

static void a_changed_clock_does_not_shift_the_comparison(void **state)
{
    (void)state;
    struct opening_hours hours = office();
    assert_int_equal(comparable_moment(&hours, "2026-03-29T10:30"), moment_ms("2026-03-22T10:30"));
    assert_int_equal(comparable_moment(NULL, "2026-03-29T10:30"), moment_ms("2026-03-22T10:30"));
    assert_int_equal(comparable_moment(&hours, "2026-10-25T10:30"), moment_ms("2026-10-18T10:30"));
    assert_int_equal(comparable_moment(NULL, "2026-11-01T10:30"), moment_ms("2026-10-25T10:30"));
}

static void the_value_is_the_last_one_known_then(void **state)
{
    (void)state;
    const struct comparison_point points[] = {{1000, 5}, {2000, 6}, {3000, NAN}, {9000, 7}};
    assert_near(comparison_value_at(points, 4, 1000, 1000), 5, 0);
    assert_near(comparison_value_at(points, 4, 2999, 1000), 6, 0);
    assert_near(comparison_value_at(points, 4, 9500, 1000), 7, 0);
    assert_nan(comparison_value_at(points, 4, 3000, 1000)); /* a gap */
    assert_nan(comparison_value_at(points, 4, 999, 1000));  /* nothing yet */
    assert_nan(comparison_value_at(points, 4, 10001, 1000));
    assert_nan(comparison_value_at(NULL, 0, 1000, 1000));
}

static struct comparison_periods to_date(enum period period, const char *iso)
{
    struct comparison_periods periods = {0, 0, 0, 0};
    assert_true(comparison_to_date(period, moment_ms(iso), &periods));
    return periods;
}

static void a_week_begun_is_compared_with_as_much_of_the_week_before(void **state)
{
    (void)state;
    struct comparison_periods week = to_date(PERIOD_WEEK, "2026-11-20T14:00");
    assert_int_equal(week.from_wall_ms, moment_ms("2026-11-16"));
    assert_int_equal(week.before_from_wall_ms, moment_ms("2026-11-09"));
    assert_int_equal(week.before_to_wall_ms, moment_ms("2026-11-13T14:00"));
}

static void a_month_begun_ends_with_the_month_before(void **state)
{
    (void)state;
    struct comparison_periods month = to_date(PERIOD_MONTH, "2026-03-31T14:00");
    assert_int_equal(month.before_from_wall_ms, moment_ms("2026-02-01"));
    assert_int_equal(month.before_to_wall_ms, moment_ms("2026-03-01"));
    month = to_date(PERIOD_MONTH, "2026-01-15T14:00");
    assert_int_equal(month.before_from_wall_ms, moment_ms("2025-12-01"));
    assert_int_equal(month.before_to_wall_ms, moment_ms("2025-12-15T14:00"));
}

static void a_quarter_begun_crosses_changed_clocks_and_years(void **state)
{
    (void)state;
    struct comparison_periods quarter = to_date(PERIOD_QUARTER, "2026-11-20T14:00");
    assert_int_equal(quarter.from_wall_ms, moment_ms("2026-10-01"));
    assert_int_equal(quarter.before_from_wall_ms, moment_ms("2026-07-01"));
    assert_int_equal(quarter.before_to_wall_ms, moment_ms("2026-08-20T14:00"));
    quarter = to_date(PERIOD_QUARTER, "2026-02-10T09:00");
    assert_int_equal(quarter.before_from_wall_ms, moment_ms("2025-10-01"));
    assert_int_equal(quarter.before_to_wall_ms, moment_ms("2025-11-10T09:00"));
}

static void a_period_that_does_not_begin_has_no_date(void **state)
{
    (void)state;
    struct comparison_periods periods;
    assert_false(comparison_to_date(PERIOD_NOW, moment_ms("2026-11-20"), &periods));
}

static void a_change_from_nothing_has_no_percentage(void **state)
{
    (void)state;
    assert_near(comparison_change_percent(110, 100), 10, 1e-12);
    assert_near(comparison_change_percent(-30, -20), -50, 1e-12);
    assert_nan(comparison_change_percent(5, 0));
    assert_nan(comparison_change_percent(NAN, 5));
    assert_nan(comparison_change_percent(5, NAN));
}

static void what_was_recorded_just_in_time_stands_for_the_moment(void **state)
{
    (void)state;
    const struct comparison_point points[] = {{1000, 5}};
    assert_near(comparison_value_at(points, 1, 2000, 1000), 5, 0);
    assert_nan(comparison_value_at(points, 1, 2001, 1000));
}

static void at_the_very_opening_time_is_counted_from_it(void **state)
{
    (void)state;
    struct opening_hours hours = office();
    struct opening_exception late = {2026, 11, 13, {1, {{600, 1110}}}};
    hours.exceptions = &late;
    hours.exception_count = 1;
    assert_int_equal(comparable_moment(&hours, "2026-11-20T08:30"), moment_ms("2026-11-13T10:00"));
}

int main(void)
{
    if (!calendar_set_zone("Europe/Paris", NULL))
        return 1;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_friday_is_compared_with_the_friday_before),
        cmocka_unit_test(a_holiday_is_skipped),
        cmocka_unit_test(five_closed_weeks_have_no_comparable_day),
        cmocka_unit_test(time_is_counted_from_the_opening),
        cmocka_unit_test(a_changed_clock_does_not_shift_the_comparison),
        cmocka_unit_test(the_value_is_the_last_one_known_then),
        cmocka_unit_test(a_week_begun_is_compared_with_as_much_of_the_week_before),
        cmocka_unit_test(a_month_begun_ends_with_the_month_before),
        cmocka_unit_test(a_quarter_begun_crosses_changed_clocks_and_years),
        cmocka_unit_test(a_period_that_does_not_begin_has_no_date),
        cmocka_unit_test(a_change_from_nothing_has_no_percentage),
        cmocka_unit_test(what_was_recorded_just_in_time_stands_for_the_moment),
        cmocka_unit_test(at_the_very_opening_time_is_counted_from_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
