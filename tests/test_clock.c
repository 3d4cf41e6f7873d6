#include "base/clock.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/timex.h>

#include <cmocka.h>

static void a_clock_is_kept_when_the_kernel_says_so(void **state)
{
    (void)state;
    assert_true(clock_is_kept(TIME_OK, STA_PLL, CLOCK_SERVER_ABSENT));
    assert_true(
        clock_is_kept(TIME_INS, STA_PLL | STA_INS, CLOCK_SERVER_ABSENT)); /* a leap second is coming */
    assert_true(clock_is_kept(TIME_OK, 0, CLOCK_SERVER_ABSENT));
}

static void a_clock_that_nobody_keeps_is_not_synchronised(void **state)
{
    (void)state;
    assert_false(clock_is_kept(TIME_ERROR, STA_UNSYNC, CLOCK_SERVER_ABSENT));
    assert_false(clock_is_kept(TIME_ERROR, STA_PLL | STA_CLOCKERR, CLOCK_SERVER_ABSENT));
    assert_false(clock_is_kept(TIME_OK, STA_UNSYNC, CLOCK_SERVER_ABSENT));
}

static void a_machine_that_may_not_be_asked_is_believed(void **state)
{
    (void)state;
    assert_true(clock_is_kept(-1, STA_UNSYNC, CLOCK_SERVER_ABSENT));
}

static void a_service_that_may_not_ask_the_kernel_sees_whether_a_time_server_answered(void **state)
{
    (void)state;
    assert_false(clock_is_kept(-1, 0, CLOCK_SERVER_AWAITED));
    assert_true(clock_is_kept(-1, 0, CLOCK_SERVER_ANSWERED));
}

static void an_answered_question_for_the_time_counts_before_the_kernel_knows(void **state)
{
    (void)state;
    assert_true(clock_is_kept(TIME_ERROR, STA_UNSYNC, CLOCK_SERVER_ANSWERED));
    assert_false(clock_is_kept(TIME_ERROR, STA_UNSYNC, CLOCK_SERVER_AWAITED));
    assert_true(clock_is_kept(TIME_OK, STA_PLL, CLOCK_SERVER_AWAITED)); /* another daemon keeps it */
}

static void asking_changes_nothing(void **state)
{
    (void)state;
    struct now before = clock_now();
    bool first = clock_synchronised(), second = clock_synchronised();
    struct now after = clock_now();
    assert_int_equal(first, second);
    int64_t step_ms = (after.wall_ms - before.wall_ms) - (after.monotonic_ms - before.monotonic_ms);
    assert_in_range(step_ms + 1000, 0, 2000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_clock_is_kept_when_the_kernel_says_so),
        cmocka_unit_test(a_clock_that_nobody_keeps_is_not_synchronised),
        cmocka_unit_test(a_machine_that_may_not_be_asked_is_believed),
        cmocka_unit_test(a_service_that_may_not_ask_the_kernel_sees_whether_a_time_server_answered),
        cmocka_unit_test(an_answered_question_for_the_time_counts_before_the_kernel_knows),
        cmocka_unit_test(asking_changes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
