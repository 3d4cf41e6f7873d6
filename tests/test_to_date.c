/* What a figure has been since the week, the month and the quarter began. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/calendar.h"
#include "model/to_date.h"
#include "tests/moment.h"
#include "tests/near.h"

enum { DAYS_MAX = 190 };
static struct daily_day days[DAYS_MAX];
static struct daily_past past;
static struct to_date_so_far so_far;
static struct to_date rows[TO_DATE_PERIODS];

static int set_up(void **state)
{
    (void)state;
    past = (struct daily_past){.days = days};
    so_far = (struct to_date_so_far){0};
    return calendar_set_zone("Europe/Paris", NULL) ? 0 : -1;
}

/* A day of so many percent of so many calls. */
static void day(const char *iso, double percent, double calls)
{
    days[past.count++] = (struct daily_day){moment_ms(iso), percent * calls, calls, 0};
}

/* Equal days, both included. */
static void days_of(const char *first, const char *last, double percent, double calls)
{
    for (int64_t at_ms = moment_ms(first); at_ms <= moment_ms(last); at_ms = calendar_add_days_ms(at_ms, 1))
        days[past.count++] = (struct daily_day){at_ms, percent * calls, calls, 0};
}

static size_t ask(const char *until, const char *now)
{
    so_far.until_wall_ms = moment_ms(until);
    return to_date_make(&past, &so_far, moment_ms(now), rows);
}

static struct to_date_day until(double percent, double calls)
{
    return (struct to_date_day){percent * calls, calls, true};
}

/* 16 November 2026 is a Monday. */
static void eighty_percent_of_10_and_fifty_of_1000_is_no_65(void **state)
{
    (void)state;
    day("2026-11-16", 80, 10);
    so_far.begun = until(50, 1000);
    assert_int_equal(ask("2026-11-17T14:00", "2026-11-17T14:05"), 3);
    assert_int_equal(rows[0].period, PERIOD_WEEK);
    assert_near(rows[0].value, (80.0 * 10 + 50.0 * 1000) / 1010, 1e-9);
    assert_int_equal(rows[0].since_wall_ms, 0);
    assert_int_equal(rows[0].incomplete_days, 0);
}

static void as_much_of_the_week_before_stands_beside_it(void **state)
{
    (void)state;
    day("2026-11-09", 60, 100);
    day("2026-11-10", 0, 5000); /* of which the same hours count: below */
    days_of("2026-11-11", "2026-11-15", 99, 100);
    day("2026-11-16", 90, 100);
    so_far.begun = until(70, 100);
    so_far.before[0] = until(50, 300);
    ask("2026-11-17T14:00", "2026-11-17T14:05");
    assert_near(rows[0].value, 80, 1e-9);
    assert_near(rows[0].before, (60.0 * 100 + 50.0 * 300) / 400, 1e-9);
}

static void counts_are_added_up(void **state)
{
    (void)state;
    past.additive = true;
    days_of("2026-11-09", "2026-11-16", 900, 1);
    so_far.begun = until(300, 1);
    so_far.before[0] = until(350, 1);
    ask("2026-11-17T14:00", "2026-11-17T14:05");
    assert_near(rows[0].value, 1200, 1e-9);
    assert_near(rows[0].before, 1250, 1e-9);
}

static void what_was_kept_since_the_tenth_says_so_and_is_compared_with_nothing(void **state)
{
    (void)state;
    days_of("2026-11-10", "2026-11-16", 80, 100);
    so_far.begun = until(80, 100);
    assert_int_equal(ask("2026-11-17T14:00", "2026-11-17T14:05"), 3);
    assert_int_equal(rows[0].since_wall_ms, 0);
    assert_true(isnan(rows[0].before)); /* nobody saw Monday the 9th */
    assert_int_equal(rows[1].period, PERIOD_MONTH);
    assert_int_equal(rows[1].since_wall_ms, moment_ms("2026-11-10"));
    assert_int_equal(rows[2].since_wall_ms, moment_ms("2026-11-10"));
    assert_true(isnan(rows[1].before) && isnan(rows[2].before));
}

static void the_first_day_of_all_is_today(void **state)
{
    (void)state;
    so_far.begun = until(80, 100);
    assert_int_equal(ask("2026-11-17T14:00", "2026-11-17T14:05"), 3);
    assert_near(rows[0].value, 80, 1e-9);
    assert_int_equal(rows[0].since_wall_ms, moment_ms("2026-11-17"));
    assert_int_equal(rows[0].incomplete_days, 0);
}

static void a_day_that_is_missing_in_between_is_counted(void **state)
{
    (void)state;
    days_of("2026-11-09", "2026-11-16", 80, 100);
    days_of("2026-11-18", "2026-11-18", 80, 100);
    so_far.begun = until(80, 100);
    so_far.before[0] = until(80, 100);
    ask("2026-11-19T14:00", "2026-11-19T14:05");
    assert_int_equal(rows[0].since_wall_ms, 0);
    assert_int_equal(rows[0].incomplete_days, 1);
    assert_true(isnan(rows[0].before));
}

static void a_day_that_was_not_seen_to_its_end_is_counted_too(void **state)
{
    (void)state;
    days_of("2026-11-09", "2026-11-17", 80, 100);
    for (size_t i = 0; i < past.count; i++)
        days[i].known_until_wall_ms = days[i].midnight_wall_ms + 19 * 3600000LL;
    days[8].known_until_wall_ms = moment_ms("2026-11-17T12:00");
    so_far.begun = until(80, 100);
    ask("2026-11-18T14:00", "2026-11-18T14:05");
    assert_int_equal(rows[0].incomplete_days, 1);
}

static struct opening_hours weekdays(void)
{
    struct opening_hours hours = {0};
    for (int i = 0; i < 5; i++) {
        hours.week[i].count = 1;
        hours.week[i].intervals[0] = (struct opening_interval){8 * 60, 19 * 60};
    }
    return hours;
}

/* 1 November 2026 is a Sunday. */
static void a_day_without_work_is_missed_by_nobody(void **state)
{
    (void)state;
    struct opening_hours hours = weekdays();
    past.hours = &hours;
    days_of("2026-11-02", "2026-11-06", 80, 100);
    days_of("2026-11-09", "2026-11-09", 50, 100);
    so_far.begun = until(80, 100);
    ask("2026-11-10T14:00", "2026-11-10T14:05");
    assert_int_equal(rows[1].period, PERIOD_MONTH);
    assert_int_equal(rows[1].since_wall_ms, 0);
    assert_int_equal(rows[1].incomplete_days, 0);
    assert_near(rows[1].value, (6 * 80 + 50) / 7.0, 1e-9);
}

/* No hours, and no Sunday in two weeks: 1 November is one. */
static void without_hours_a_weekday_on_which_the_wall_is_always_off_is_missed_by_nobody(void **state)
{
    (void)state;
    days_of("2026-11-02", "2026-11-07", 80, 100);
    days_of("2026-11-09", "2026-11-14", 80, 100);
    day("2026-11-16", 80, 100);
    so_far.begun = until(80, 100);
    so_far.before[0] = until(80, 100);
    ask("2026-11-17T14:00", "2026-11-17T14:05");
    assert_int_equal(rows[1].since_wall_ms, 0);
    assert_int_equal(rows[1].incomplete_days, 0);
    assert_near(rows[0].before, 80, 1e-9);
}

static void a_count_that_was_never_told_on_a_day_of_work_is_not_0(void **state)
{
    (void)state;
    past.additive = true;
    days_of("2026-11-16", "2026-11-17", 900, 1);
    day("2026-11-18", 0, 0);
    so_far.begun = until(300, 1);
    ask("2026-11-19T14:00", "2026-11-19T14:05");
    assert_near(rows[0].value, 2100, 1e-9);
    assert_int_equal(rows[0].incomplete_days, 1);
}

static void a_wall_that_was_off_since_last_week_knows_nothing_of_this_one(void **state)
{
    (void)state;
    days_of("2026-11-09", "2026-11-12", 80, 100);
    so_far.begun = until(80, 100);
    assert_int_equal(ask("2026-11-13T17:00", "2026-11-16T08:00"), 2);
    assert_int_equal(rows[0].period, PERIOD_MONTH);
    assert_int_equal(rows[0].until_wall_ms, moment_ms("2026-11-13T17:00"));
}

static void nothing_kept_is_no_row(void **state)
{
    (void)state;
    assert_int_equal(to_date_make(&past, &so_far, moment_ms("2026-11-17T14:05"), rows), 0);
    assert_int_equal(ask("2026-11-17T14:00", "2026-11-17T14:05"), 0);
}

/* On the last day of the year, of which the history must reach back to 1 July. */
static void a_quarter_is_compared_with_the_whole_one_before(void **state)
{
    (void)state;
    days_of("2026-07-01", "2026-09-30", 60, 100);
    days_of("2026-10-01", "2026-12-30", 80, 100);
    assert_true(past.count <= DAILY_KEPT);
    so_far.begun = until(80, 100);
    so_far.before[2] = until(60, 100);
    ask("2026-12-31T16:00", "2026-12-31T16:05");
    assert_int_equal(rows[2].period, PERIOD_QUARTER);
    assert_near(rows[2].value, 80, 1e-9);
    assert_near(rows[2].before, 60, 1e-9);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(eighty_percent_of_10_and_fifty_of_1000_is_no_65, set_up),
        cmocka_unit_test_setup(as_much_of_the_week_before_stands_beside_it, set_up),
        cmocka_unit_test_setup(counts_are_added_up, set_up),
        cmocka_unit_test_setup(what_was_kept_since_the_tenth_says_so_and_is_compared_with_nothing, set_up),
        cmocka_unit_test_setup(the_first_day_of_all_is_today, set_up),
        cmocka_unit_test_setup(a_day_that_is_missing_in_between_is_counted, set_up),
        cmocka_unit_test_setup(a_day_that_was_not_seen_to_its_end_is_counted_too, set_up),
        cmocka_unit_test_setup(a_day_without_work_is_missed_by_nobody, set_up),
        cmocka_unit_test_setup(without_hours_a_weekday_on_which_the_wall_is_always_off_is_missed_by_nobody,
                               set_up),
        cmocka_unit_test_setup(a_count_that_was_never_told_on_a_day_of_work_is_not_0, set_up),
        cmocka_unit_test_setup(a_wall_that_was_off_since_last_week_knows_nothing_of_this_one, set_up),
        cmocka_unit_test_setup(nothing_kept_is_no_row, set_up),
        cmocka_unit_test_setup(a_quarter_is_compared_with_the_whole_one_before, set_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
