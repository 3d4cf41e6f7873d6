#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "render/canvas.h"
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

/* ---- names from anywhere ---- */

enum { LINE_WIDTH = 1600, LINE_HEIGHT = 200 };

static void write_at(struct lettering *lettering, struct canvas *canvas, int x, const char *text)
{
    lettering_draw(lettering, canvas, &(struct area){0, 0, LINE_WIDTH, LINE_HEIGHT}, bold, 0xffffff, x, 140,
                   text);
}

static bool is_same_picture(const struct canvas *a, const struct canvas *b, int width)
{
    for (int y = 0; y < LINE_HEIGHT; y++)
        if (memcmp(a->pixels + y * a->stride_px, b->pixels + y * b->stride_px,
                   (size_t)width * sizeof *a->pixels))
            return false;
    return true;
}

/* Whether the text looks like two others, of which the second begins where the first ends. */
static bool looks_like(struct lettering *lettering, const char *text, const char *left, const char *right)
{
    struct canvas *whole = canvas_create(LINE_WIDTH, LINE_HEIGHT, NULL),
                  *parts = canvas_create(LINE_WIDTH, LINE_HEIGHT, NULL);
    write_at(lettering, whole, 10, text);
    write_at(lettering, parts, 10, left);
    write_at(lettering, parts, 10 + lettering_width(lettering, bold, left), right);
    bool same = is_same_picture(whole, parts, LINE_WIDTH);
    canvas_destroy(whole);
    canvas_destroy(parts);
    return same;
}

/* Whether the text has at its left what another one is. */
static bool begins_like(struct lettering *lettering, const char *text, const char *left)
{
    struct canvas *whole = canvas_create(LINE_WIDTH, LINE_HEIGHT, NULL),
                  *part = canvas_create(LINE_WIDTH, LINE_HEIGHT, NULL);
    write_at(lettering, whole, 10, text);
    write_at(lettering, part, 10, left);
    bool same = is_same_picture(whole, part, 10 + lettering_width(lettering, bold, left));
    canvas_destroy(whole);
    canvas_destroy(part);
    return same;
}

static const struct {
    const char *written, *shown;
} odd_names[] = {
    {"Ventes\u202e 2", "Ventes 2"},       /* a mark that turns all that follows */
    {"\u2067Ventes\u2069 2", "Ventes 2"}, /* an isolate, closed and not */
    {"\u2066Ventes", "Ventes"},
    {"Ven\u200btes\ufeff", "Ventes"},
    {"Ven\u00adtes", "Ventes"},
    {"Ven\xc2\x85tes", "Ventes"},
    {"\u7b49\u5f85", "··"},
    {"\U0001f525 Appels", "· Appels"},
    {"\U0001f469\U0001f3fd\u200d\U0001f4bb", "··"}, /* one picture made of two */
    {"\u2764\ufe0f", "\u2764"},
};

static void what_has_no_place_on_a_wall_is_left_out_and_what_no_font_has_is_a_dot(void **state)
{
    for (size_t i = 0; i < sizeof odd_names / sizeof *odd_names; i++)
        if (!looks_like(*state, odd_names[i].written, odd_names[i].shown, ""))
            fail_msg("row %zu does not look like \"%s\"", i, odd_names[i].shown);
}

static void hebrew_and_arabic_are_read_from_right_to_left(void **state)
{
    assert_true(looks_like(*state, "\u05d0\u05d1", "\u05d1", "\u05d0"));
    assert_true(begins_like(*state, "\u05d0\u05d0 \u05d1\u05d1", "\u05d1\u05d1"));
    assert_false(looks_like(*state, "\u05d0\u05d1", "\u05d0", "\u05d1"));
    /* four letters that are joined are narrower than each alone */
    int joined = lettering_width(*state, bold, "\u0633\u0644\u0627\u0645");
    int alone = lettering_width(*state, bold, "\u0633") + lettering_width(*state, bold, "\u0644") +
                lettering_width(*state, bold, "\u0627") + lettering_width(*state, bold, "\u0645");
    assert_in_range(joined, alone / 4, alone * 9 / 10);
}

static void they_leave_the_rest_of_the_line_where_it_is(void **state)
{
    assert_true(looks_like(*state, "Agence \u05d0\u05d1 2", "Agence \u05d0\u05d1", " 2"));
    assert_true(looks_like(*state, "\u0633\u0644\u0627\u0645 12:30", "\u0633\u0644\u0627\u0645", " 12:30"));
}

static void a_letter_has_its_mark_and_no_tower_of_them(void **state)
{
    int one = lettering_width(*state, bold, "e\u0301");
    assert_true(one > 0 && one < lettering_width(*state, bold, "ee"));
    assert_false(looks_like(*state, "e\u0301", "e", ""));
    assert_true(looks_like(*state, "e\u0301\u0302\u0303\u0304\u0308", "e\u0301\u0302", ""));
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
        cmocka_unit_test(what_has_no_place_on_a_wall_is_left_out_and_what_no_font_has_is_a_dot),
        cmocka_unit_test(hebrew_and_arabic_are_read_from_right_to_left),
        cmocka_unit_test(they_leave_the_rest_of_the_line_where_it_is),
        cmocka_unit_test(a_letter_has_its_mark_and_no_tower_of_them),
        cmocka_unit_test(nothing_is_drawn_outside_the_clip),
        cmocka_unit_test(bad_bytes_and_long_texts_do_no_harm),
        cmocka_unit_test(at_most_32_fonts_are_open),
        cmocka_unit_test(a_missing_font_is_named),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
