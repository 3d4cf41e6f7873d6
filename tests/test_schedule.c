#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "fetch/schedule.h"

static void a_source_that_answers_is_asked_at_its_own_pace(void **state)
{
    (void)state;
    struct schedule schedule = {.interval_ms = 10000};
    assert_int_equal(schedule_after_success_ms(&schedule, 0, 1500), 10000);
    assert_int_equal(schedule_after_success_ms(&schedule, 10000, 10200), 20000);
}

static void a_poll_that_took_longer_than_its_interval_is_followed_at_once(void **state)
{
    (void)state;
    struct schedule schedule = {.interval_ms = 10000};
    assert_int_equal(schedule_after_success_ms(&schedule, 0, 14000), 14000);
}

static void the_first_retry_comes_at_the_usual_time(void **state)
{
    (void)state;
    struct schedule schedule = {.interval_ms = 10000, .chance = 7};
    assert_int_equal(schedule_after_failure_ms(&schedule, PACE_BACK_OFF, 0, 0, 100), 10000);
}

static int64_t nth_pause_ms(int failures_before)
{
    struct schedule schedule = {.interval_ms = 1, .failures = failures_before, .chance = 0x9E3779B9};
    return schedule_after_failure_ms(&schedule, PACE_BACK_OFF, 0, 0, 0);
}

static void a_server_in_trouble_is_asked_less_and_less_often(void **state)
{
    (void)state;
    assert_in_range(nth_pause_ms(0), 1, 2000);
    assert_in_range(nth_pause_ms(3), 1, 16000);
    assert_in_range(nth_pause_ms(60), 1, 300000);
    assert_true(nth_pause_ms(60) > 2000);
}

static void wallboards_come_back_at_different_times(void **state)
{
    (void)state;
    struct schedule a = {.interval_ms = 1, .failures = 9, .chance = 11}, b = a;
    b.chance = 12;
    assert_int_not_equal(schedule_after_failure_ms(&a, PACE_BACK_OFF, 0, 0, 0),
                         schedule_after_failure_ms(&b, PACE_BACK_OFF, 0, 0, 0));
}

static void a_request_refused_three_times_is_sent_once_in_five_minutes(void **state)
{
    (void)state;
    struct schedule schedule = {.interval_ms = 10000};
    assert_int_equal(schedule_after_failure_ms(&schedule, PACE_SLOWER, 0, 0, 100), 10000);
    assert_int_equal(schedule_after_failure_ms(&schedule, PACE_SLOWER, 0, 10000, 10100), 20000);
    assert_int_equal(schedule_after_failure_ms(&schedule, PACE_SLOWER, 0, 20000, 20100), 320100);
    assert_int_equal(schedule_after_success_ms(&schedule, 320100, 320200), 330100);
    assert_int_equal(schedule_after_failure_ms(&schedule, PACE_SLOWER, 0, 330100, 330200), 340100);
}

static void a_wait_that_the_server_asks_for_is_kept_but_not_for_ever(void **state)
{
    (void)state;
    struct schedule schedule = {.interval_ms = 10000};
    assert_int_equal(schedule_after_failure_ms(&schedule, PACE_BACK_OFF, 400000, 0, 100), 400100);
    assert_int_equal(schedule_after_failure_ms(&schedule, PACE_BACK_OFF, 86400000, 0, 100), 3600100);
    assert_int_equal(schedule_after_failure_ms(&schedule, PACE_BACK_OFF, 1000, 0, 100), 10000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_source_that_answers_is_asked_at_its_own_pace),
        cmocka_unit_test(a_poll_that_took_longer_than_its_interval_is_followed_at_once),
        cmocka_unit_test(the_first_retry_comes_at_the_usual_time),
        cmocka_unit_test(a_server_in_trouble_is_asked_less_and_less_often),
        cmocka_unit_test(wallboards_come_back_at_different_times),
        cmocka_unit_test(a_request_refused_three_times_is_sent_once_in_five_minutes),
        cmocka_unit_test(a_wait_that_the_server_asks_for_is_kept_but_not_for_ever),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
