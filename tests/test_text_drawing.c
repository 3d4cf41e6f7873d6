#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "render/lettering.h"

static const struct type_style bold = {FACE_BOLD, 100};

static int start(void **state)
{
    *state = lettering_create(getenv("VIGIE_ASSETS"), NULL);
    return *state ? 0 : -1;
}

static int stop(void **state)
{
    lettering_destroy(*state);
    return 0;
}

static void digits_are_all_equally_wide(void **state)
{
    int width = lettering_width(*state, bold, "0");
    assert_int_equal(lettering_width(*state, bold, "1"), width);
    assert_int_equal(lettering_width(*state, bold, "8"), width);
    assert_int_equal(lettering_width(*state, bold, "1111"), lettering_width(*state, bold, "8888"));
}

static void a_missing_narrow_space_moves_the_pen(void **state)
{
    int together = lettering_width(*state, bold, "1") + lettering_width(*state, bold, "234");
    assert_int_equal(lettering_width(*state, bold, "1\u202f234"), together + 17);
}

static void controls_are_spaces_and_not_boxes(void **state)
{
    assert_int_equal(lettering_width(*state, bold, "a\nb"), lettering_width(*state, bold, "a\tb"));
    assert_true(lettering_width(*state, bold, "a\nb") < lettering_width(*state, bold, "aMb"));
}

static long ink_of(struct lettering *lettering, const char *text, struct area clip)
{
    struct canvas *canvas = canvas_create(400, 200, NULL);
    long lit = 0;
    lettering_draw(lettering, canvas, &clip, bold, 0xffffff, 20, 140, text);
    for (int i = 0; i < 400 * 200; i++)
        lit += (canvas->pixels[i] & 0xff) > 128;
    canvas_destroy(canvas);
    return lit;
}

static void glyphs_that_the_face_lacks_come_from_the_fallback(void **state)
{
    struct area all = {0, 0, 400, 200};
    assert_true(ink_of(*state, "→", all) > 200);
    assert_true(ink_of(*state, "Ж", all) > 200);
    assert_int_equal(ink_of(*state, "\u202f", all), 0);
}

static void nothing_is_drawn_outside_the_clip(void **state)
{
    assert_int_equal(ink_of(*state, "8888", (struct area){0, 0, 10, 200}), 0);
    assert_int_equal(ink_of(*state, "8888", (struct area){390, -50, 500, 20}), 0);
    assert_true(ink_of(*state, "8888", (struct area){-100, -100, 4000, 4000}) > 1000);
}

static void bad_bytes_and_long_texts_do_no_harm(void **state)
{
    char longest[4000];
    memset(longest, 'm', sizeof longest);
    longest[sizeof longest - 1] = '\0';
    assert_true(lettering_width(*state, bold, longest) > 100000);
    assert_true(lettering_width(*state, bold, "\xff\xc3(") > 0);
    assert_int_equal(lettering_width(*state, bold, ""), 0);
}

static void at_most_32_fonts_are_open(void **state)
{
    (void)state;
    struct fonts *fonts = fonts_create(getenv("VIGIE_ASSETS"), NULL);
    for (int px = 10; px < 110; px++)
        assert_non_null(fonts_get(fonts, FACE_REGULAR, px));
    assert_int_equal(fonts_open_count(fonts), 32);
    assert_non_null(fonts_get(fonts, FACE_REGULAR, -3));
    assert_non_null(fonts_get(fonts, FACE_REGULAR, 1000000));
    fonts_destroy(fonts);
}

static void a_missing_font_is_named(void **state)
{
    (void)state;
    struct error error = {0};
    assert_null(lettering_create("tests/no-such-folder", &error));
    assert_non_null(strstr(error.text, "tests/no-such-folder/fonts/B612-Regular.otf"));
    assert_non_null(strstr(error.text, "make fonts"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(digits_are_all_equally_wide),
        cmocka_unit_test(a_missing_narrow_space_moves_the_pen),
        cmocka_unit_test(controls_are_spaces_and_not_boxes),
        cmocka_unit_test(glyphs_that_the_face_lacks_come_from_the_fallback),
        cmocka_unit_test(nothing_is_drawn_outside_the_clip),
        cmocka_unit_test(bad_bytes_and_long_texts_do_no_harm),
        cmocka_unit_test(at_most_32_fonts_are_open),
        cmocka_unit_test(a_missing_font_is_named),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
