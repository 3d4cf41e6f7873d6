#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/arena.h"
#include "model/hourly.h"

enum { MINUTE_MS = 60000 };

/* Friday 20 November 2026 in Paris. */
static const int64_t midnight_wall_ms = 1795129200000;
static float values[1440];
static struct arena *arena;

static int set_up(void **state)
{
    (void)state;
    setenv("TZ", "Europe/Paris", 1);
    arena = arena_create();
    for (size_t i = 0; i < 1440; i++)
        values[i] = (float)i;
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_destroy(arena);
    return 0;
}

/* The curve from one minute of the day up to another. */
static struct snapshot_bars bars_of(enum hourly kind, int from, int to)
{
    return hourly_bars(arena, values + from, (size_t)(to - from + 1), midnight_wall_ms + from * MINUTE_MS,
                       kind, midnight_wall_ms + to * MINUTE_MS);
}

static void a_sum_since_midnight_gives_what_each_hour_added(void **state)
{
    (void)state;
    struct snapshot_bars bars = bars_of(HOURLY_ADDED, 0, 150);
    assert_int_equal(bars.count, 3);
    assert_int_equal(bars.bars[0].from_wall_ms, midnight_wall_ms);
    assert_float_equal(bars.bars[0].value, 59, 1e-9);
    assert_float_equal(bars.bars[1].value, 60, 1e-9);
    assert_float_equal(bars.bars[2].value, 31, 1e-9);
    assert_false(bars.bars[1].begun);
    assert_true(bars.bars[2].begun);
}

static void a_figure_of_the_moment_gives_its_mean(void **state)
{
    (void)state;
    struct snapshot_bars bars = bars_of(HOURLY_MEAN, 60, 149);
    assert_int_equal(bars.count, 2);
    assert_float_equal(bars.bars[0].value, 89.5, 1e-9);
    assert_float_equal(bars.bars[1].value, 134.5, 1e-9);
}

static void an_hour_that_is_hardly_known_is_not_known(void **state)
{
    (void)state;
    for (size_t i = 120; i < 160; i++)
        values[i] = NAN;
    struct snapshot_bars bars = bars_of(HOURLY_MEAN, 60, 200);
    assert_int_equal(bars.count, 3);
    assert_true(isnan(bars.bars[1].value));
    assert_true(!isnan(bars.bars[2].value));
}

static void without_the_hour_before_it_is_not_known_what_was_added(void **state)
{
    (void)state;
    struct snapshot_bars bars = bars_of(HOURLY_ADDED, 70, 190);
    assert_int_equal(bars.count, 2); /* the first hour began before anything was known */
    assert_float_equal(bars.bars[0].value, 60, 1e-9);
}

static void half_a_day_is_shown_at_most_and_none_of_yesterday(void **state)
{
    (void)state;
    assert_int_equal(bars_of(HOURLY_MEAN, 0, 1430).count, 12);
    struct snapshot_bars bars = hourly_bars(arena, values, 300, midnight_wall_ms - 200 * (int64_t)MINUTE_MS,
                                            HOURLY_MEAN, midnight_wall_ms + 99 * MINUTE_MS);
    assert_int_equal(bars.bars[0].from_wall_ms, midnight_wall_ms);
    assert_int_equal(bars_of(HOURLY_MEAN, 100, 100).count, 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_sum_since_midnight_gives_what_each_hour_added),
        TEST(a_figure_of_the_moment_gives_its_mean),
        TEST(an_hour_that_is_hardly_known_is_not_known),
        TEST(without_the_hour_before_it_is_not_known_what_was_added),
        TEST(half_a_day_is_shown_at_most_and_none_of_yesterday),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
