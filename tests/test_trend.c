/* Where a figure is heading: the reference series (ttb_reference.csv) and one series for each reason to be
 * silent. */

#include "model/trend.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/csv_cases.h"
#include "tests/near.h"
#include "tests/trend_points.h"

static struct trend_point points[200];

static const char *const reason_names[] = {
    [TREND_OK] = "ok",           [TREND_BEYOND] = "beyond",
    [TREND_TOO_FEW] = "too_few", [TREND_NO_TREND] = "no_trend",
    [TREND_STALLED] = "stalled", [TREND_TOO_FAR] = "too_far",
};

/* A point every 15 s. */
static struct trend judge(const double *values, size_t count, double threshold)
{
    for (size_t i = 0; i < count; i++)
        points[i] = (struct trend_point){15 * (double)i, values[i]};
    return trend_judge(points, count, threshold, true);
}

#define JUDGE(threshold, ...)                                                                                \
    judge((const double[]){__VA_ARGS__}, sizeof(double[]){__VA_ARGS__} / sizeof(double), threshold)

static void every_reference_series_is_matched(void **state)
{
    (void)state;
    struct csv_cases *cases = csv_read("tests/data/ttb_reference.csv");
    bool agrees = true;
    for (size_t row = 0; row < cases->count; row++) {
        size_t count = read_points(csv_text(cases, row, "points_t:y"), points);
        bool above = strcmp(csv_text(cases, row, "direction"), "lower_is_better") == 0;
        struct trend trend = trend_judge(points, count, csv_number(cases, row, "threshold"), above);
        agrees &= csv_agrees(cases, row, "theil_sen_slope_per_s", trend.slope_per_s, 1e-12);
        agrees &= csv_agrees(cases, row, "level_at_end", trend.level, 1e-10);
        agrees &= csv_agrees(cases, row, "mann_kendall_z", trend.z, 1e-8);
        agrees &= csv_agrees(cases, row, "slope_lo90", trend.slope_low_per_s, 1e-12);
        agrees &= csv_agrees(cases, row, "slope_hi90", trend.slope_high_per_s, 1e-12);
        agrees &= csv_agrees(cases, row, "time_to_breach_s", trend.breach_s, 1e-8);
        assert_string_equal(csv_text(cases, row, "reason"), reason_names[trend.reason]);
    }
    assert_int_equal(cases->count, 8);
    assert_true(agrees);
    csv_destroy(cases);
}

static void a_quarter_of_wild_points_does_no_harm(void **state)
{
    (void)state;
    struct trend trend =
        JUDGE(10, 4, 4.3, 4.6, 90, 5.2, 0, 5.8, 0, 6.4, 6.7, 7, 60, 7.6, 7.9, 8.2, 8.5, 30, 9.1);
    assert_int_equal(trend.reason, TREND_OK);
    assert_near(trend.slope_per_s, 0.02, 0.002);
    assert_near(trend.breach_s, 45, 10);
}

#define GOES_ON(...)                                                                                         \
    (JUDGE(NAN, __VA_ARGS__), trend_goes_on(points, sizeof(double[]){__VA_ARGS__} / sizeof(double)))

static void only_what_still_rises_or_falls_goes_on(void **state)
{
    (void)state;
    assert_true(GOES_ON(1, 2, 3, 4, 5, 6, 7, 8, 9, 10));
    assert_true(GOES_ON(10, 9, 8, 7, 6, 5, 4, 3, 2, 1));
    assert_false(GOES_ON(5, 5, 5, 5, 5, 5, 5, 5, 5, 5));
    assert_false(GOES_ON(1, 3, 1, 3, 1, 3, 1, 3, 1, 3));
    assert_false(GOES_ON(2, 2, 2, 2, 2, 2, 2, 2, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6));
    assert_false(GOES_ON(1, 2, 3, 4, 5, 6, 7));
}

static void a_step_is_not_a_trend(void **state)
{
    (void)state;
    assert_int_equal(JUDGE(10, 2, 2, 2, 2, 2, 2, 2, 2, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6).reason, TREND_STALLED);
}

static void a_breach_beyond_twice_the_span_is_too_far(void **state)
{
    (void)state;
    struct trend trend = JUDGE(100, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10); /* 135 s looked at, 1350 s to go */
    assert_int_equal(trend.reason, TREND_TOO_FAR);
    assert_true(isnan(trend.breach_s));
}

static void eight_points_must_span_two_minutes(void **state)
{
    (void)state;
    assert_int_equal(JUDGE(20, 1, 2, 3, 4, 5, 6, 7, 8).reason, TREND_TOO_FEW); /* 105 s */
    assert_int_equal(JUDGE(20, 1, 2, 3, 4, 5, 6, 7, 8, 9).reason, TREND_OK);   /* 120 s */
}

static void exactly_on_the_threshold_and_rising_is_a_breach_now(void **state)
{
    (void)state;
    struct trend trend = JUDGE(9, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    assert_int_equal(trend.reason, TREND_OK);
    assert_near(trend.breach_s, 0, 1e-9);
}

static void a_flat_line_above_its_threshold_is_beyond_it(void **state)
{
    (void)state;
    assert_int_equal(JUDGE(4, 5, 5, 5, 5, 5, 5, 5, 5, 5).reason, TREND_BEYOND);
}

static void without_a_threshold_there_is_no_breach(void **state)
{
    (void)state;
    struct trend trend = JUDGE(NAN, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    assert_int_equal(trend.reason, TREND_NO_TREND);
    assert_nan(trend.breach_s);
}

static void nothing_gives_no_figure(void **state)
{
    (void)state;
    struct trend trend = trend_judge(NULL, 0, 10, true);
    assert_int_equal(trend.reason, TREND_TOO_FEW);
    assert_true(isnan(trend.slope_per_s));
}

static void only_the_last_quarter_of_an_hour_counts(void **state)
{
    (void)state;
    for (size_t i = 0; i < 200; i++) /* 33 minutes: falling, then rising for the last 1000 s */
        points[i] = (struct trend_point){10 * (double)i, i < 100 ? 200 - (double)i : (double)i};
    struct trend trend = trend_judge(points, 200, 210, true);
    assert_int_equal(trend.reason, TREND_OK);
    assert_near(trend.slope_per_s, 0.1, 1e-12);
    assert_near(trend.breach_s, 110, 1e-9);
}

static void two_points_at_one_moment_do_not_divide_by_zero(void **state)
{
    (void)state;
    const struct trend_point twice[] = {{0, 1}, {0, 2}, {60, 3}};
    struct trend trend = trend_judge(twice, 3, 10, true);
    assert_true(isfinite(trend.slope_per_s));
}

static void minutes_are_told_to_one_below_ten_and_to_five_above(void **state)
{
    (void)state;
    assert_int_equal(trend_shown_minutes(15), 1);
    assert_int_equal(trend_shown_minutes(160), 3);
    assert_int_equal(trend_shown_minutes(560), 9);
    assert_int_equal(trend_shown_minutes(580), 10);
    assert_int_equal(trend_shown_minutes(700), 10);
    assert_int_equal(trend_shown_minutes(780), 15);
}

/* `count` points a step apart, rising by 1 each. */
static struct trend judge_line(size_t count, double step_s, double threshold)
{
    for (size_t i = 0; i < count; i++)
        points[i] = (struct trend_point){step_s * (double)i, (double)i};
    return trend_judge(points, count, threshold, true);
}

static void seven_points_are_too_few_however_long_they_take(void **state)
{
    (void)state;
    assert_int_equal(judge_line(7, 30, 10).reason, TREND_TOO_FEW);
    assert_int_equal(judge_line(8, 30, 10).reason, TREND_OK);
}

static void a_breach_within_twice_the_span_is_told(void **state)
{
    (void)state;
    assert_int_equal(judge_line(11, 60, 30).reason, TREND_OK);        /* 600 s looked at, 1200 s to go */
    assert_int_equal(judge_line(11, 60, 30.1).reason, TREND_TOO_FAR); /* 1206 s */
}

static void a_point_of_fifteen_minutes_ago_still_counts(void **state)
{
    (void)state;
    for (size_t i = 0; i < 8; i++)
        points[i] = (struct trend_point){128 * (double)i, (double)i};
    points[7].t_s = 900;
    assert_int_equal(trend_judge(points, 8, 10, true).reason, TREND_OK);
    points[7].t_s = 901; /* the first is left out, and seven are too few */
    assert_int_equal(trend_judge(points, 8, 10, true).reason, TREND_TOO_FEW);
}

/* Rising by 1 a point, then by a quarter of that, or by less. */
static void a_trend_that_has_slowed_to_a_quarter_is_still_one(void **state)
{
    (void)state;
    assert_int_equal(JUDGE(20, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 10.25, 10.5, 10.75, 11).reason, TREND_OK);
    assert_int_equal(JUDGE(20, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 10.2, 10.4, 10.6, 10.8).reason,
                     TREND_STALLED);
}

/* Of nine points, whose last third would be three, the last five are looked at. */
static void a_trend_goes_on_in_its_last_five_points(void **state)
{
    (void)state;
    assert_int_equal(JUDGE(20, 0, 2, 4, 6, 8, 10, 12, 12, 12).reason, TREND_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_reference_series_is_matched),
        cmocka_unit_test(a_quarter_of_wild_points_does_no_harm),
        cmocka_unit_test(only_what_still_rises_or_falls_goes_on),
        cmocka_unit_test(a_step_is_not_a_trend),
        cmocka_unit_test(a_breach_beyond_twice_the_span_is_too_far),
        cmocka_unit_test(eight_points_must_span_two_minutes),
        cmocka_unit_test(exactly_on_the_threshold_and_rising_is_a_breach_now),
        cmocka_unit_test(a_flat_line_above_its_threshold_is_beyond_it),
        cmocka_unit_test(without_a_threshold_there_is_no_breach),
        cmocka_unit_test(nothing_gives_no_figure),
        cmocka_unit_test(only_the_last_quarter_of_an_hour_counts),
        cmocka_unit_test(two_points_at_one_moment_do_not_divide_by_zero),
        cmocka_unit_test(minutes_are_told_to_one_below_ten_and_to_five_above),
        cmocka_unit_test(seven_points_are_too_few_however_long_they_take),
        cmocka_unit_test(a_breach_within_twice_the_span_is_told),
        cmocka_unit_test(a_point_of_fifteen_minutes_ago_still_counts),
        cmocka_unit_test(a_trend_that_has_slowed_to_a_quarter_is_still_one),
        cmocka_unit_test(a_trend_goes_on_in_its_last_five_points),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
