/* Answers needed to come back to the target. */

#include "model/recovery.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/near.h"

static void seven_hundred_of_a_thousand_take_five_hundred_more(void **state)
{
    (void)state;
    struct recovery recovery = recovery_judge(80, 700, 1000, 600);
    assert_int_equal(recovery.state, RECOVERY_POSSIBLE);
    assert_near(recovery.answers, 500, 0);
}

static void more_than_will_come_is_out_of_reach(void **state)
{
    (void)state;
    assert_int_equal(recovery_judge(80, 700, 1000, 499).state, RECOVERY_OUT_OF_REACH);
    assert_int_equal(recovery_judge(80, 700, 1000, 500).state, RECOVERY_POSSIBLE);
}

static void without_a_forecast_nothing_is_called_out_of_reach(void **state)
{
    (void)state;
    assert_int_equal(recovery_judge(80, 700, 1000, NAN).state, RECOVERY_POSSIBLE);
}

static void exactly_on_target_needs_nothing(void **state)
{
    (void)state;
    assert_int_equal(recovery_judge(80, 800, 1000, 0).state, RECOVERY_ON_TARGET);
    assert_near(recovery_judge(90, 9, 10, 0).answers, 0, 0);
}

static void a_part_of_a_call_is_a_call(void **state)
{
    (void)state;
    assert_near(recovery_judge(90, 88, 100, 1000).answers, 20, 0);
    assert_near(recovery_judge(85, 84, 100, 1000).answers, 7, 0); /* 6.67 */
}

static void a_missed_hundred_percent_never_comes_back(void **state)
{
    (void)state;
    struct recovery recovery = recovery_judge(100, 99, 100, NAN);
    assert_int_equal(recovery.state, RECOVERY_OUT_OF_REACH);
    assert_true(isinf(recovery.answers));
    assert_int_equal(recovery_judge(100, 100, 100, NAN).state, RECOVERY_ON_TARGET);
}

static void nothing_counted_is_unknown(void **state)
{
    (void)state;
    assert_int_equal(recovery_judge(80, 0, 0, 100).state, RECOVERY_UNKNOWN);
    assert_int_equal(recovery_judge(80, NAN, 100, 100).state, RECOVERY_UNKNOWN);
    assert_nan(recovery_judge(80, 0, 0, 100).answers);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(seven_hundred_of_a_thousand_take_five_hundred_more),
        cmocka_unit_test(more_than_will_come_is_out_of_reach),
        cmocka_unit_test(without_a_forecast_nothing_is_called_out_of_reach),
        cmocka_unit_test(exactly_on_target_needs_nothing),
        cmocka_unit_test(a_part_of_a_call_is_a_call),
        cmocka_unit_test(a_missed_hundred_percent_never_comes_back),
        cmocka_unit_test(nothing_counted_is_unknown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
