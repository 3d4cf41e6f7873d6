#ifndef TESTS_NEAR_H
#define TESTS_NEAR_H

/* Figures compared as doubles: cmocka's assert_float_equal() sees seven digits only. */

#include <math.h>
#include <stdbool.h>
#include <stdio.h>

static inline bool is_near(double got, double expected, double tolerance)
{
    if (fabs(got - expected) <= tolerance)
        return true;
    fprintf(stderr, "%.15g, expected %.15g\n", got, expected);
    return false;
}

#define assert_near(got, expected, tolerance) assert_true(is_near(got, expected, tolerance))
#define assert_nan(value)                     assert_true(isnan(value))

#endif
