#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/calendar.h"
#include "model/daily.h"
#include "tests/moment.h"
#include "tests/near.h"

static struct arena *arena;

static int set_up(void **state)
{
    (void)state;
    arena = arena_create();
    return calendar_set_zone("Europe/Paris", NULL) ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    arena_destroy(arena);
    return 0;
}

/* ---- days whose end nobody saw ---- */

/* Recorded from the morning on, until that time. */
static struct daily_day seen_until(const char *iso, double sum)
{
    return (struct daily_day){calendar_midnight_ms(moment_ms(iso)), sum, 1, moment_ms(iso)};
}

static void without_hours_a_day_that_ends_earlier_than_most_is_cut(void **state)
{
    (void)state;
    const struct daily_day days[] = {seen_until("2026-11-16T18:45", 900), seen_until("2026-11-17T12:00", 410),
                                     seen_until("2026-11-18T18:00", 880),
                                     seen_until("2026-11-19T19:00", 930)};
    struct daily_past past = {4, days, true, NULL};
    struct daily_day today = {moment_ms("2026-11-20"), 100, 1, 0};
    struct snapshot_bars bars = daily_bars(arena, &past, BAR_DAY, &today, NAN);
    assert_int_equal(bars.count, 5);
    assert_true(bars.bars[1].cut);
    assert_near(bars.bars[1].value, 410, 0);
    assert_false(bars.bars[0].cut || bars.bars[2].cut || bars.bars[3].cut || bars.bars[4].cut);
}

static void with_hours_a_day_that_was_seen_until_half_an_hour_before_closing_is_whole(void **state)
{
    (void)state;
    struct opening_hours hours = {0};
    for (int i = 0; i < 7; i++) {
        hours.week[i].count = 2;
        hours.week[i].intervals[0] = (struct opening_interval){8 * 60 + 30, 12 * 60};
        hours.week[i].intervals[1] = (struct opening_interval){13 * 60 + 30, 18 * 60};
    }
    const struct daily_day days[] = {seen_until("2026-11-16T17:15", 900), seen_until("2026-11-17T17:45", 910),
                                     seen_until("2026-11-18T12:30", 400)};
    struct daily_past past = {3, days, true, &hours};
    struct daily_day today = {moment_ms("2026-11-19"), 100, 1, 0};
    struct snapshot_bars bars = daily_bars(arena, &past, BAR_DAY, &today, NAN);
    assert_true(bars.bars[0].cut && bars.bars[2].cut);
    assert_false(bars.bars[1].cut);
    assert_int_equal(daily_bars(arena, &past, BAR_WEEK, &today, NAN).count, 0); /* its sum is not known */
}

/* ---- days ---- */

static void a_closed_day_is_a_gap_and_no_zero(void **state)
{
    (void)state;
    const struct daily_day days[] = {{moment_ms("2026-11-17"), 900, 1, 0},
                                     {moment_ms("2026-11-18"), 0, 0, 0},
                                     {moment_ms("2026-11-19"), 0, 1, 0}};
    struct daily_past past = {3, days, true, NULL};
    struct daily_day today = {moment_ms("2026-11-20"), 410, 1, 0};
    struct snapshot_bars bars = daily_bars(arena, &past, BAR_DAY, &today, 800);
    assert_int_equal(bars.count, 4);
    assert_near(bars.bars[0].value, 900, 0);
    assert_near(bars.bars[0].plan, 800, 0);
    assert_nan(bars.bars[1].value);
    assert_nan(bars.bars[1].plan);
    assert_near(bars.bars[2].value, 0, 0);
    assert_near(bars.bars[3].value, 410, 0);
    assert_true(bars.bars[3].begun && !bars.bars[2].begun);
}

static void a_day_that_was_not_recorded_is_a_gap(void **state)
{
    (void)state;
    const struct daily_day days[] = {{moment_ms("2026-11-18"), 900, 1, 0}};
    struct daily_past past = {1, days, true, NULL};
    struct daily_day today = {moment_ms("2026-11-20"), 410, 1, 0};
    struct snapshot_bars bars = daily_bars(arena, &past, BAR_DAY, &today, NAN);
    assert_int_equal(bars.count, 3);
    assert_nan(bars.bars[1].value);
}

static void today_is_live_whatever_the_history_says_of_it(void **state)
{
    (void)state;
    const struct daily_day days[] = {{moment_ms("2026-11-19"), 900, 1, 0},
                                     {moment_ms("2026-11-20"), 55, 1, 0}};
    struct daily_past past = {2, days, true, NULL};
    struct daily_day unknown = {moment_ms("2026-11-20"), 0, 0, 0};
    struct snapshot_bars bars = daily_bars(arena, &past, BAR_DAY, &unknown, NAN);
    assert_int_equal(bars.count, 2);
    assert_nan(bars.bars[1].value);
}

static void four_weeks_of_days_are_shown_at_most(void **state)
{
    (void)state;
    struct daily_day days[40];
    for (int i = 0; i < 40; i++)
        days[i] = (struct daily_day){calendar_add_days_ms(moment_ms("2026-10-11"), i), 100 + i, 1, 0};
    struct daily_past past = {40, days, true, NULL};
    struct daily_day today = {moment_ms("2026-11-20"), 7, 1, 0};
    struct snapshot_bars bars = daily_bars(arena, &past, BAR_DAY, &today, NAN);
    assert_int_equal(bars.count, 28);
    assert_int_equal(bars.bars[0].from_wall_ms,
                     moment_ms("2026-10-24")); /* with a night of 25 hours in between */
    assert_near(bars.bars[0].value, 113, 0);
}

/* ---- weeks ---- */

/* 90 of 100 and 0 of 1 are 90 of 101, not 45 % */
static void a_week_of_a_rate_is_a_ratio_of_sums(void **state)
{
    (void)state;
    const struct daily_day days[] = {
        {moment_ms("2026-11-09"), 9000, 100, 0}, {moment_ms("2026-11-10"), 0, 1, 0},
        {moment_ms("2026-11-11"), 0, 0, 0},      {moment_ms("2026-11-12"), 0, 0, 0},
        {moment_ms("2026-11-13"), 0, 0, 0},      {moment_ms("2026-11-14"), 0, 0, 0},
        {moment_ms("2026-11-15"), 0, 0, 0}};
    struct daily_past past = {7, days, false, NULL};
    struct daily_day today = {moment_ms("2026-11-16"), 50 * 80, 50, 0};
    struct snapshot_bars bars = daily_bars(arena, &past, BAR_WEEK, &today, 85);
    assert_int_equal(bars.count, 2);
    assert_near(bars.bars[0].value, 9000.0 / 101, 1e-9);
    assert_near(bars.bars[0].plan, 85, 0);
    assert_near(bars.bars[1].value, 80, 1e-9);
    assert_true(bars.bars[1].begun && !bars.bars[0].begun);
}

static void a_week_of_a_count_is_the_sum_of_its_days_and_has_no_plan_of_a_day(void **state)
{
    (void)state;
    const struct daily_day days[] = {{moment_ms("2026-11-16"), 300, 1, 0},
                                     {moment_ms("2026-11-17"), 200, 1, 0}};
    struct daily_past past = {2, days, true, NULL};
    struct daily_day today = {moment_ms("2026-11-18"), 25, 1, 0};
    struct snapshot_bars bars = daily_bars(arena, &past, BAR_WEEK, &today, 280);
    assert_int_equal(bars.count, 1);
    assert_near(bars.bars[0].value, 525, 0);
    assert_nan(bars.bars[0].plan);
}

static struct opening_hours weekdays(void)
{
    struct opening_hours hours = {0};
    for (int i = 0; i < 5; i++)
        assert_true(schedule_add_interval(&hours.week[i], (struct opening_interval){510, 1110}, NULL));
    return hours;
}

/* From Monday the 9th on, without that day of the month. */
static double week_without(int missing, const struct opening_hours *hours)
{
    struct daily_day days[7];
    size_t count = 0;
    for (int i = 0; i < 7; i++)
        if (9 + i != missing && i < 5)
            days[count++] = (struct daily_day){calendar_add_days_ms(moment_ms("2026-11-09"), i), 100, 1, 0};
    struct daily_past past = {count, days, true, hours};
    struct daily_day today = {moment_ms("2026-11-16"), 1, 1, 0};
    struct snapshot_bars bars = daily_bars(arena, &past, BAR_WEEK, &today, NAN);
    return bars.count == 2 ? bars.bars[0].value : (double)NAN;
}

static void a_week_of_which_a_day_of_work_is_missing_is_not_known(void **state)
{
    (void)state;
    struct opening_hours hours = weekdays();
    assert_near(week_without(14, &hours), 500, 0);
    assert_nan(week_without(11, &hours));
    assert_nan(week_without(14, NULL)); /* always open: Saturday is missing */
}

/* A wall that is off at the weekend, and nobody told it the hours. */
static void without_hours_a_weekend_on_which_nothing_ever_was_misses_nothing(void **state)
{
    (void)state;
    struct daily_day days[15];
    for (int i = 0; i < 15; i++)
        days[i] =
            (struct daily_day){calendar_add_days_ms(moment_ms("2026-11-02"), i / 5 * 7 + i % 5), 100, 1, 0};
    struct daily_past past = {15, days, true, NULL};
    struct daily_day today = {moment_ms("2026-11-23"), 1, 1, 0};
    struct snapshot_bars bars = daily_bars(arena, &past, BAR_WEEK, &today, NAN);
    assert_int_equal(bars.count, 4);
    assert_near(bars.bars[0].value, 500, 0);
    days[7].midnight_wall_ms = days[6].midnight_wall_ms; /* Wednesday the 11th is missing */
    bars = daily_bars(arena, &past, BAR_WEEK, &today, NAN);
    assert_nan(bars.bars[1].value);
    assert_near(bars.bars[2].value, 500, 0);
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        T(without_hours_a_day_that_ends_earlier_than_most_is_cut),
        T(with_hours_a_day_that_was_seen_until_half_an_hour_before_closing_is_whole),
        T(a_closed_day_is_a_gap_and_no_zero),
        T(a_day_that_was_not_recorded_is_a_gap),
        T(today_is_live_whatever_the_history_says_of_it),
        T(four_weeks_of_days_are_shown_at_most),
        T(a_week_of_a_rate_is_a_ratio_of_sums),
        T(a_week_of_a_count_is_the_sum_of_its_days_and_has_no_plan_of_a_day),
        T(a_week_of_which_a_day_of_work_is_missing_is_not_known),
        T(without_hours_a_weekend_on_which_nothing_ever_was_misses_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
