/* How curves go on: the reference series (ttb_reference.csv), and what damping does. */

#include "model/holt.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "tests/csv_cases.h"
#include "tests/near.h"
#include "tests/trend_points.h"

static struct trend_point points[200];

static void every_reference_series_is_matched(void **state)
{
    (void)state;
    struct csv_cases *cases = csv_read("tests/data/ttb_reference.csv");
    bool agrees = true;
    for (size_t row = 0; row < cases->count; row++) {
        struct holt holt = holt_smooth(points, read_points(csv_text(cases, row, "points_t:y"), points));
        agrees &= csv_agrees(cases, row, "holt_level", holt.level, 1e-10);
        agrees &= csv_agrees(cases, row, "holt_trend_per_s", holt.slope_per_s, 1e-12);
    }
    assert_int_equal(cases->count, 8);
    assert_true(agrees);
    csv_destroy(cases);
}

static void a_trend_wears_off(void **state)
{
    (void)state;
    struct holt holt = {10, 0.1};
    assert_near(holt_ahead(&holt, 60, 0), 10, 1e-9);
    assert_near(holt_ahead(&holt, 60, 1), 15.7, 1e-9);
    assert_near(holt_ahead(&holt, 60, 2), 21.115, 1e-9);
    assert_near(holt_ahead(&holt, 60, 1000), 124, 1e-6); /* 10 + 6 × 0.95 / 0.05 */
}

static void one_point_goes_nowhere(void **state)
{
    (void)state;
    points[0] = (struct trend_point){0, 5};
    assert_true(isnan(holt_smooth(points, 1).level));
    assert_true(isnan(holt_smooth(points, 0).slope_per_s));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_reference_series_is_matched),
        cmocka_unit_test(a_trend_wears_off),
        cmocka_unit_test(one_point_goes_nowhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
