#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include <cmocka.h>

#include "render/vision.h"
#include "tests/csv_cases.h"
#include "tests/near.h"

/* ---- the palette's table, as printed ---- */

static enum theme_state state_named(const char *name)
{
    static const char *const names[STATE_COUNT] = {"ok", "warn", "critical", "stale", "neutral"};
    int state = 0;
    while (strcmp(names[state], name) != 0)
        state++;
    return (enum theme_state)state;
}

static colour colour_of(const struct csv_cases *cases, size_t row, const char *column)
{
    struct theme theme;
    assert_true(theme_read(&theme, getenv("VIGIE_ASSETS"), csv_text(cases, row, "theme"), NULL));
    const struct state_colours *colours = &theme.state[state_named(csv_text(cases, row, column))];
    return strcmp(csv_text(cases, row, "role"), "fg") == 0 ? colours->fg : colours->fill;
}

static bool printed(const struct csv_cases *cases, size_t row, const char *column, double got)
{
    char text[32];
    snprintf(text, sizeof text, "%.1f", got);
    if (strcmp(text, csv_text(cases, row, column)) == 0)
        return true;
    fprintf(stderr, "row %zu: %s is %s, expected %s\n", row + 1, column, text, csv_text(cases, row, column));
    return false;
}

static bool row_agrees(const struct csv_cases *cases, size_t row)
{
    colour a = colour_of(cases, row, "state_a"), b = colour_of(cases, row, "state_b");
    double normal = vision_difference(a, b, VISION_NORMAL), protan = vision_difference(a, b, VISION_PROTAN);
    double deutan = vision_difference(a, b, VISION_DEUTAN), tritan = vision_difference(a, b, VISION_TRITAN);
    return printed(cases, row, "de00_normal", normal) && printed(cases, row, "de00_protan", protan) &&
           printed(cases, row, "de00_deutan", deutan) && printed(cases, row, "de00_tritan", tritan) &&
           printed(cases, row, "de00_min", fmin(fmin(normal, protan), fmin(deutan, tritan)));
}

static void every_theme_keeps_its_states_apart_as_the_palette_measured(void **state)
{
    (void)state;
    struct csv_cases *cases = csv_read("tests/data/palette_delta_e.csv");
    size_t agree = 0;
    for (size_t row = 0; row < cases->count; row++)
        agree += row_agrees(cases, row);
    assert_int_equal(cases->count, 80);
    assert_int_equal(agree, 80);
    csv_destroy(cases);
}

/* ---- CIEDE2000 ---- */

static double between(double l1, double a1, double b1, double l2, double a2, double b2)
{
    return lab_difference((struct lab){l1, a1, b1}, (struct lab){l2, a2, b2});
}

static void the_difference_is_that_of_sharma_wu_and_dalal(void **state)
{
    (void)state;
    assert_near(between(50, 2.6772, -79.7751, 50, 0, -82.7485), 2.0425, 0.00005);
    assert_near(between(50, 3.1571, -77.2803, 50, 0, -82.7485), 2.8615, 0.00005);
    assert_near(between(50, 2.8361, -74.0200, 50, 0, -82.7485), 3.4412, 0.00005);
    assert_near(between(50, 0, 0, 50, -1, 2), 2.3669, 0.00005);
    assert_near(between(50, 2.5, 0, 73, 25, -18), 27.1492, 0.00005);
    assert_near(between(50, 2.5, 0, 50, 0, -2.5), 4.3065, 0.00005);
    assert_near(between(60.2574, -34.0099, 36.2677, 60.4626, -34.1751, 39.4387), 1.2644, 0.00005);
    assert_near(between(2.0776, 0.0795, -1.1350, 0.9033, -0.0636, -0.5514), 0.9082, 0.00005);
}

static void black_and_white_are_a_hundred_apart_for_everyone(void **state)
{
    (void)state;
    assert_near(vision_difference(0x000000, 0xffffff, VISION_NORMAL), 100, 0.01);
    assert_near(vision_difference(0x000000, 0xffffff, VISION_DEUTAN), 100, 0.01);
    assert_near(vision_difference(0x808080, 0x808080, VISION_TRITAN), 0, 0.0001);
}

/* ---- through other eyes ---- */

static void the_usual_green_and_red_are_one_colour_to_a_deuteranope(void **state)
{
    (void)state;
    assert_near(vision_difference(0x28a745, 0xdc3545, VISION_DEUTAN), 3.8, 0.05);
    assert_true(vision_difference(0x28a745, 0xdc3545, VISION_NORMAL) > 60);
}

static void greys_look_the_same_to_everyone(void **state)
{
    (void)state;
    assert_int_equal(vision_seen(0x808080, VISION_PROTAN), 0x808080);
    assert_int_equal(vision_seen(0x808080, VISION_DEUTAN), 0x808080);
    assert_int_equal(vision_seen(0x808080, VISION_TRITAN), 0x808080);
    assert_int_equal(vision_seen(0xffffff, VISION_PROTAN), 0xffffff);
    assert_int_equal(vision_seen(0x4dc49b, VISION_NORMAL), 0x4dc49b);
}

static void a_picture_changes_pixel_by_pixel_and_stays_opaque(void **state)
{
    (void)state;
    struct canvas *canvas = canvas_create(3, 1, NULL);
    canvas->pixels[0] = canvas->pixels[1] = 0xffff0000u;
    canvas->pixels[2] = 0xff6d5f00u; /* what red has become is itself seen anew */

    struct canvas *normal = vision_picture(canvas, VISION_NORMAL);
    assert_int_equal(normal->pixels[0], 0xffff0000u);

    struct canvas *protan = vision_picture(canvas, VISION_PROTAN);
    assert_int_equal(protan->pixels[0], 0xff6d5f00u);
    assert_int_equal(protan->pixels[1], 0xff6d5f00u);
    assert_int_equal(protan->pixels[2], 0xff000000u | vision_seen(0x6d5f00, VISION_PROTAN));
    assert_int_not_equal(protan->pixels[2], 0xff6d5f00u);
    canvas_destroy(protan);
    canvas_destroy(normal);
    canvas_destroy(canvas);
}

static void a_vision_is_called_by_its_name(void **state)
{
    (void)state;
    enum vision vision = VISION_NORMAL;
    assert_true(vision_parse("tritan", &vision));
    assert_int_equal(vision, VISION_TRITAN);
    assert_false(vision_parse("daltonien", &vision));
    assert_int_equal(vision, VISION_TRITAN);
}

/* ---- vigie render --vision ---- */

/* Exit status; `options` come after a board, its recorded figures and a small size. */
static int render(const char *options)
{
    char command[512];
    snprintf(command, sizeof command,
             "\"$VIGIE_PROGRAM\" render tests/boards/replay-calm.yaml --samples tests/data/day.jsonl "
             "--at 2026-11-20T11:00 --size 320x180 %s 2>/dev/null",
             options);
    return WEXITSTATUS(system(command));
}

static void a_picture_is_drawn_for_other_eyes_and_from_afar(void **state)
{
    (void)state;
    char folder[] = "/tmp/vigie-vision-XXXXXX", command[256];
    assert_non_null(mkdtemp(folder));
    assert_int_equal(setenv("PICTURES", folder, 1), 0);

    assert_int_equal(render("--out $PICTURES/plain.png"), 0);
    assert_int_equal(render("--out $PICTURES/normal.png --vision normal"), 0);
    assert_int_equal(render("--out $PICTURES/deutan.png --vision deutan"), 0);
    assert_int_equal(render("--out $PICTURES/near.png --seen-from 0.1"), 0);
    assert_int_equal(render("--out $PICTURES/far.png --seen-from 50"), 0);
    assert_int_equal(WEXITSTATUS(system("cmp -s $PICTURES/plain.png $PICTURES/normal.png")), 0);
    assert_int_equal(WEXITSTATUS(system("cmp -s $PICTURES/plain.png $PICTURES/deutan.png")), 1);
    assert_int_equal(WEXITSTATUS(system("cmp -s $PICTURES/plain.png $PICTURES/near.png")), 0);
    assert_int_equal(WEXITSTATUS(system("cmp -s $PICTURES/plain.png $PICTURES/far.png")), 1);

    snprintf(command, sizeof command, "rm -r %s", folder);
    assert_int_equal(system(command), 0);
}

static void an_unknown_vision_is_a_usage_error(void **state)
{
    (void)state;
    assert_int_equal(render("--out /dev/null --vision daltonien"), 2);
}

static void a_distance_that_is_none_is_a_usage_error(void **state)
{
    (void)state;
    assert_int_equal(render("--out /dev/null --seen-from -3"), 2);
    assert_int_equal(render("--out /dev/null --seen-from 101"), 2);
    assert_int_equal(render("--out /dev/null --seen-from loin"), 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_theme_keeps_its_states_apart_as_the_palette_measured),
        cmocka_unit_test(the_difference_is_that_of_sharma_wu_and_dalal),
        cmocka_unit_test(black_and_white_are_a_hundred_apart_for_everyone),
        cmocka_unit_test(the_usual_green_and_red_are_one_colour_to_a_deuteranope),
        cmocka_unit_test(greys_look_the_same_to_everyone),
        cmocka_unit_test(a_picture_changes_pixel_by_pixel_and_stays_opaque),
        cmocka_unit_test(a_vision_is_called_by_its_name),
        cmocka_unit_test(a_picture_is_drawn_for_other_eyes_and_from_afar),
        cmocka_unit_test(an_unknown_vision_is_a_usage_error),
        cmocka_unit_test(a_distance_that_is_none_is_a_usage_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
