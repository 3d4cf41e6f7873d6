#include "render/orbit.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static void each_minute_is_one_pixel_on_and_32_close_the_round(void **state)
{
    (void)state;
    int before_x, before_y, x, y, first_x, first_y;
    orbit_at(0, 1080, &first_x, &first_y);
    before_x = first_x;
    before_y = first_y;
    for (int minute = 1; minute <= 32; minute++) {
        orbit_at(minute, 1080, &x, &y);
        assert_int_equal(abs(x - before_x) + abs(y - before_y), 1);
        before_x = x;
        before_y = y;
    }
    assert_int_equal(x, first_x);
    assert_int_equal(y, first_y);
}

static void it_reaches_4_pixels_and_no_further(void **state)
{
    (void)state;
    int most = 0;
    for (int minute = 0; minute < 64; minute++) {
        int x, y;
        orbit_at(minute, 1080, &x, &y);
        most = abs(x) > most ? abs(x) : most;
        most = abs(y) > most ? abs(y) : most;
    }
    assert_int_equal(most, 4);
}

static void at_4k_it_is_twice_as_far(void **state)
{
    (void)state;
    int x, y;
    orbit_at(0, 2160, &x, &y);
    assert_int_equal(x, -8);
    assert_int_equal(y, -8);
}

static void no_pixel_is_a_place_of_its_own(void **state)
{
    (void)state;
    int seen[9][9] = {{0}};
    for (int minute = 0; minute < 32; minute++) {
        int x, y;
        orbit_at(minute, 1080, &x, &y);
        assert_int_equal(seen[x + 4][y + 4]++, 0);
    }
}

static void a_small_window_stands_still(void **state)
{
    (void)state;
    int x, y;
    orbit_at(5, 400, &x, &y);
    assert_int_equal(x, 0);
    assert_int_equal(y, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_minute_is_one_pixel_on_and_32_close_the_round),
        cmocka_unit_test(it_reaches_4_pixels_and_no_further),
        cmocka_unit_test(at_4k_it_is_twice_as_far),
        cmocka_unit_test(no_pixel_is_a_place_of_its_own),
        cmocka_unit_test(a_small_window_stands_still),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
