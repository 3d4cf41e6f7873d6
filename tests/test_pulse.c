#include "render/pulse.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static struct snapshot_tile red(int64_t since_wall_ms)
{
    return (struct snapshot_tile){.display = DISPLAY_CRITICAL, .since_wall_ms = since_wall_ms};
}

static void a_new_red_swells_once_a_second_for_five_seconds(void **state)
{
    (void)state;
    struct snapshot_tile tile = red(1000000);
    int peaks = 0;
    for (int64_t ms = 100; ms < 10000; ms += 100) {
        double before = pulse_share(&tile, 1000000 + ms - 100), here = pulse_share(&tile, 1000000 + ms),
               after = pulse_share(&tile, 1000000 + ms + 100);
        peaks += here > before && here > after;
    }
    assert_int_equal(peaks, 5);
    assert_true(fabs(pulse_share(&tile, 1000500) - 1) < 1e-9);
}

static void after_five_seconds_it_is_at_rest(void **state)
{
    (void)state;
    struct snapshot_tile tile = red(1000000);
    assert_true(pulse_share(&tile, 1005000) == 0);
    assert_true(pulse_next_in_ms(&tile, 1005000) == INT64_MAX);
}

static void it_moves_in_tenths_of_a_second(void **state)
{
    (void)state;
    struct snapshot_tile tile = red(1000000);
    assert_int_equal(pulse_next_in_ms(&tile, 1000230), 70);
    assert_true(pulse_share(&tile, 1000201) == pulse_share(&tile, 1000299));
}

static void amber_and_seen_reds_are_at_rest(void **state)
{
    (void)state;
    struct snapshot_tile amber = {.display = DISPLAY_WARN, .since_wall_ms = 1000000}, seen = red(1000000);
    seen.acked_wall_ms = 1000100;
    assert_true(pulse_share(&amber, 1000500) == 0);
    assert_true(pulse_share(&seen, 1000500) == 0);
}

static void a_clock_that_was_set_back_moves_nothing(void **state)
{
    (void)state;
    struct snapshot_tile tile = red(2000000);
    assert_true(pulse_share(&tile, 1000500) == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_new_red_swells_once_a_second_for_five_seconds),
        cmocka_unit_test(after_five_seconds_it_is_at_rest),
        cmocka_unit_test(it_moves_in_tenths_of_a_second),
        cmocka_unit_test(amber_and_seen_reds_are_at_rest),
        cmocka_unit_test(a_clock_that_was_set_back_moves_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
