#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "render/acuity.h"
#include "tests/near.h"

/* Black with white columns: every other one, or the left half. */
static struct canvas *striped(int width_px, int height_px, bool fine)
{
    struct canvas *canvas = canvas_create(width_px, height_px, NULL);
    for (int y = 0; y < height_px; y++)
        for (int x = 0; x < width_px; x++)
            canvas->pixels[y * canvas->stride_px + x] =
                (fine ? x % 2 : x < width_px / 2) ? 0xffffffffu : 0xff000000u;
    return canvas;
}

static uint32_t pixel_of(const struct canvas *canvas, int x, int y)
{
    return canvas->pixels[y * canvas->stride_px + x];
}

/* 55 inches are 1217.6 mm wide; an arcminute at 10 m is 2.909 mm. */
static void an_arcminute_at_ten_metres_covers_four_and_a_half_pixels_of_full_hd(void **state)
{
    (void)state;
    assert_near(acuity_arcmin_px(55, 1920, 10), 4.587, 0.001);
    assert_near(acuity_arcmin_px(55, 3840, 10), 9.174, 0.001);
    assert_near(acuity_arcmin_px(55, 1920, 5), 2.294, 0.001);
    assert_near(acuity_arcmin_px(55, 1920, 0), 0, 0);
}

static void from_near_by_the_picture_is_as_it_was(void **state)
{
    (void)state;
    struct canvas *canvas = striped(9, 3, true), *seen;
    canvas->pixels[canvas->stride_px + 4] = 0xff336699;
    seen = acuity_picture(canvas, 0.4);
    for (int x = 0; x < 9; x++)
        assert_int_equal(pixel_of(seen, x, 1), pixel_of(canvas, x, 1));
    canvas_destroy(seen);
    canvas_destroy(canvas);
}

/* Half of the light is not half of the number: 188 of 255. */
static void lines_closer_than_an_arcminute_are_one_grey(void **state)
{
    (void)state;
    struct canvas *canvas = striped(40, 8, true), *seen = acuity_picture(canvas, 4);
    assert_int_equal(pixel_of(seen, 0, 0), 0xffbcbcbc);
    assert_int_equal(pixel_of(seen, 21, 5), 0xffbcbcbc);
    assert_int_equal(pixel_of(seen, 39, 7), 0xffbcbcbc);
    canvas_destroy(seen);
    canvas_destroy(canvas);
}

static void what_is_wider_stays_apart(void **state)
{
    (void)state;
    struct canvas *canvas = striped(40, 8, false), *seen = acuity_picture(canvas, 4.6);
    assert_int_equal(pixel_of(seen, 8, 4), 0xffffffff);
    assert_int_equal(pixel_of(seen, 32, 4), 0xff000000);
    canvas_destroy(seen);
    canvas_destroy(canvas);
}

static void a_screen_smaller_than_an_arcminute_is_one_light(void **state)
{
    (void)state;
    struct canvas *canvas = striped(2, 1, false), *seen = acuity_picture(canvas, 300);
    assert_int_equal(pixel_of(seen, 0, 0), 0xffbcbcbc);
    assert_int_equal(pixel_of(seen, 1, 0), 0xffbcbcbc);
    canvas_destroy(seen);
    canvas_destroy(canvas);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_arcminute_at_ten_metres_covers_four_and_a_half_pixels_of_full_hd),
        cmocka_unit_test(from_near_by_the_picture_is_as_it_was),
        cmocka_unit_test(lines_closer_than_an_arcminute_are_one_grey),
        cmocka_unit_test(what_is_wider_stays_apart),
        cmocka_unit_test(a_screen_smaller_than_an_arcminute_is_one_light),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
