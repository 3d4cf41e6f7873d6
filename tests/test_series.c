#include "model/series.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void the_last_value_of_a_minute_counts(void **state)
{
    (void)state;
    struct series series;
    float values[4];
    series_init(&series);
    series_put(&series, 100, 1);
    series_put(&series, 100, 2);
    series_put(&series, 101, 3);
    assert_int_equal(series_copy(&series, values, 4), 2);
    assert_true(values[0] == 2 && values[1] == 3);
    series_finish(&series);
}

static void minutes_without_a_value_are_gaps(void **state)
{
    (void)state;
    struct series series;
    float values[4];
    series_init(&series);
    series_put(&series, 100, 1);
    series_put(&series, 102, NAN);
    series_put(&series, 103, 4);
    assert_int_equal(series_copy(&series, values, 4), 4);
    assert_true(values[0] == 1 && isnan(values[1]) && isnan(values[2]) && values[3] == 4);
    series_finish(&series);
}

static void no_value_does_not_wipe_out_the_one_of_its_minute(void **state)
{
    (void)state;
    struct series series;
    float values[1];
    series_init(&series);
    series_put(&series, 100, 1);
    series_put(&series, 100, NAN);
    series_copy(&series, values, 1);
    assert_true(values[0] == 1);
    series_finish(&series);
}

static void nothing_begins_with_a_gap(void **state)
{
    (void)state;
    struct series series;
    float values[1];
    series_init(&series);
    series_put(&series, 100, NAN);
    assert_int_equal(series_copy(&series, values, 1), 0);
    series_finish(&series);
}

static void a_day_is_kept_and_no_more(void **state)
{
    (void)state;
    static float values[3000];
    struct series series;
    series_init(&series);
    for (int minute = 0; minute < 2000; minute++)
        series_put(&series, minute, minute);
    assert_int_equal(series_copy(&series, values, 3000), 1440);
    assert_true(values[0] == 560 && values[1439] == 1999);
    assert_int_equal(series_copy(&series, values, 3), 3);
    assert_true(values[0] == 1997);
    series_finish(&series);
}

static void a_silence_of_years_is_a_day_of_gaps(void **state)
{
    (void)state;
    static float values[1440];
    struct series series;
    series_init(&series);
    series_put(&series, 0, 1);
    series_put(&series, INT64_MAX / 60000, 2);
    assert_int_equal(series_copy(&series, values, 1440), 1440);
    assert_true(isnan(values[0]) && isnan(values[1438]) && values[1439] == 2);
    series_finish(&series);
}

static void the_past_is_not_rewritten(void **state)
{
    (void)state;
    float values[2];
    struct series series;
    series_init(&series);
    series_put(&series, 100, 1);
    series_put(&series, 99, 7);
    assert_int_equal(series_copy(&series, values, 2), 1);
    assert_true(values[0] == 1);
    series_finish(&series);
}

static void what_is_too_large_to_draw_is_a_gap(void **state)
{
    (void)state;
    float values[1];
    struct series series;
    series_init(&series);
    series_put(&series, 100, 1e300);
    series_copy(&series, values, 1);
    assert_true(isnan(values[0]));
    series_finish(&series);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_last_value_of_a_minute_counts),
        cmocka_unit_test(minutes_without_a_value_are_gaps),
        cmocka_unit_test(no_value_does_not_wipe_out_the_one_of_its_minute),
        cmocka_unit_test(nothing_begins_with_a_gap),
        cmocka_unit_test(a_day_is_kept_and_no_more),
        cmocka_unit_test(a_silence_of_years_is_a_day_of_gaps),
        cmocka_unit_test(the_past_is_not_rewritten),
        cmocka_unit_test(what_is_too_large_to_draw_is_a_gap),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
