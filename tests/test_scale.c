/* From where to where gauges and bars reach. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "render/scale.h"

static const struct {
    const char *what;
    enum unit unit;
    enum direction direction;
    double value, target;
    struct limits limits;
    double range_min, range_max;
    double low, high;
} cases[] = {
    {"a service level", UNIT_PERCENT, DIRECTION_HIGHER_IS_BETTER, 83, 80, {80, NAN, 70, NAN}, 0, 100, 0, 100},
    {"an abandon rate lives below ten",
     UNIT_PERCENT,
     DIRECTION_LOWER_IS_BETTER,
     4.2,
     5,
     {NAN, 5, NAN, 8},
     0,
     100,
     0,
     10},
    {"a count", UNIT_COUNT, DIRECTION_LOWER_IS_BETTER, 12, 10, {NAN, 10, NAN, 20}, 0, NAN, 0, 30},
    {"a load beyond a hundred",
     UNIT_PERCENT,
     DIRECTION_TARGET_BAND,
     112,
     95,
     {NAN, 105, NAN, 115},
     0,
     NAN,
     0,
     150},
    {"three agents more than required",
     UNIT_COUNT,
     DIRECTION_HIGHER_IS_BETTER,
     3,
     0,
     {0, NAN, -2, NAN},
     NAN,
     NAN,
     -3,
     3},
    {"as many as required", UNIT_COUNT, DIRECTION_HIGHER_IS_BETTER, 0, 0, {0, NAN, -2, NAN}, NAN, NAN, -3, 3},
    {"twelve too few", UNIT_COUNT, DIRECTION_HIGHER_IS_BETTER, -12, 0, {0, NAN, -2, NAN}, NAN, NAN, -15, 15},
    {"nothing is known", UNIT_COUNT, DIRECTION_NONE, NAN, NAN, {NAN, NAN, NAN, NAN}, NAN, NAN, 0, 1e-6},
};

static void a_scale_shows_the_value_its_limits_and_the_target(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct snapshot_tile tile = {.unit = cases[i].unit,
                                           .direction = cases[i].direction,
                                           .value = cases[i].value,
                                           .target = cases[i].target,
                                           .limits = cases[i].limits,
                                           .range_min = cases[i].range_min,
                                           .range_max = cases[i].range_max};
        struct scale scale = scale_of(&tile);
        if (fabs(scale.low - cases[i].low) > 1e-9 || fabs(scale.high - cases[i].high) > 1e-9)
            fail_msg("%s: %g to %g", cases[i].what, scale.low, scale.high);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_scale_shows_the_value_its_limits_and_the_target),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
