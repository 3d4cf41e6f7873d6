#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/memory.h"
#include "render/canvas.h"
#include "render/kept_series.h"
#include "render/marks.h"
#include "render/scene.h"
#include "tests/contents_fixture.h"

/* Only what changed is drawn; what is on the screen is always what a picture drawn anew would be. */

/* ---- marks ---- */

static const struct area ground = {0, 0, 400, 300}, label = {10, 10, 200, 30}, figure = {10, 100, 150, 90},
                         wider = {10, 100, 220, 90}, curve = {10, 200, 380, 80};

static struct marks tile_of(uint64_t figure_signature, struct area figure_area, uint64_t curve_signature)
{
    struct marks marks = {0};
    marks_add(&marks, 1, ground, MARK_ANYWHERE);
    marks_add(&marks, 2, label, MARK_ANYWHERE);
    marks_add(&marks, figure_signature, figure_area, MARK_ANYWHERE);
    marks_add(&marks, curve_signature, curve, MARK_ANYWHERE);
    return marks;
}

static void assert_area(struct area area, int x, int y, int width, int height)
{
    assert_int_equal(area.x, x);
    assert_int_equal(area.y, y);
    assert_int_equal(area.width, width);
    assert_int_equal(area.height, height);
}

static struct areas difference(struct marks before, struct marks after, int gap_px)
{
    struct areas areas = {0};
    marks_difference(&before, &after, gap_px, &areas);
    marks_finish(&before);
    marks_finish(&after);
    return areas;
}

static void what_is_drawn_equally_differs_nowhere(void **state)
{
    (void)state;
    struct areas areas = difference(tile_of(3, figure, 4), tile_of(3, figure, 4), 0);
    assert_int_equal(areas.count, 0);
    areas_finish(&areas);
}

static void another_figure_costs_the_room_of_both_and_not_the_ground(void **state)
{
    (void)state;
    struct areas areas = difference(tile_of(3, figure, 4), tile_of(5, wider, 4), 0);
    assert_int_equal(areas.count, 1);
    assert_area(areas.all[0], 10, 100, 220, 90);
    areas_finish(&areas);
}

static void a_figure_and_a_curve_are_two_places_or_one_if_the_gap_is_cheap(void **state)
{
    (void)state;
    struct areas apart = difference(tile_of(3, figure, 4), tile_of(5, figure, 6), 0);
    assert_int_equal(apart.count, 2);
    struct areas together = difference(tile_of(3, figure, 4), tile_of(5, figure, 6), 24000);
    assert_int_equal(together.count, 1);
    assert_area(together.all[0], 10, 100, 380, 180);
    areas_finish(&apart);
    areas_finish(&together);
}

static void what_is_gone_and_what_is_new_both_count(void **state)
{
    (void)state;
    struct marks before = tile_of(3, figure, 4), after = {0};
    marks_add(&after, 1, ground, MARK_ANYWHERE);
    marks_add(&after, 3, figure, MARK_ANYWHERE);
    marks_add(&after, 4, curve, MARK_ANYWHERE);
    marks_add(&after, 7, (struct area){300, 10, 50, 30}, MARK_ANYWHERE);
    struct areas areas = difference(before, after, 0);
    assert_int_equal(areas.count, 2);
    assert_area(areas.all[0], 10, 10, 200, 30);
    assert_area(areas.all[1], 300, 10, 50, 30);
    areas_finish(&areas);
}

static void two_marks_that_change_places_are_drawn_again(void **state)
{
    (void)state;
    struct marks before = {0}, after = {0};
    marks_add(&before, 1, figure, MARK_ANYWHERE);
    marks_add(&before, 2, wider, MARK_ANYWHERE);
    marks_add(&after, 2, wider, MARK_ANYWHERE);
    marks_add(&after, 1, figure, MARK_ANYWHERE);
    struct areas areas = difference(before, after, 0);
    assert_int_equal(areas.count, 1);
    areas_finish(&areas);
}

static void what_must_not_be_cut_is_drawn_whole(void **state)
{
    (void)state;
    struct marks before = tile_of(3, figure, 4), after = tile_of(5, wider, 4);
    marks_add(&before, 6, (struct area){200, 150, 190, 60}, MARK_WHOLE);
    marks_add(&after, 6, (struct area){200, 150, 190, 60}, MARK_WHOLE);
    struct areas areas = difference(before, after, 0);
    assert_int_equal(areas.count, 1);
    assert_area(areas.all[0], 10, 100, 380, 110);
    areas_finish(&areas);
}

static void a_rounded_ground_may_be_cut_but_for_its_corners(void **state)
{
    (void)state;
    struct marks before = {0}, after = {0}, corner = {0};
    marks_add(&before, 1, ground, 12);
    marks_add(&after, 1, ground, 12);
    marks_add(&after, 2, figure, MARK_ANYWHERE);
    marks_add(&corner, 1, ground, 12);
    marks_add(&corner, 3, (struct area){5, 280, 100, 10}, MARK_ANYWHERE);
    struct areas middle = difference(before, after, 0);
    assert_area(middle.all[0], 10, 100, 150, 90);
    before = (struct marks){0};
    marks_add(&before, 1, ground, 12);
    struct areas low = difference(before, corner, 0);
    assert_area(low.all[0], 0, 280, 105, 20);
    areas_finish(&middle);
    areas_finish(&low);
}

/* ---- curves ---- */

static void a_curve_is_known_again_and_each_change_of_it_is_seen(void **state)
{
    (void)state;
    struct kept_series kept = {0};
    float values[] = {1, 2, NAN, 4};
    uint64_t all = kept_series_signature(&kept, values, 4);
    assert_true(kept_series_signature(&kept, values, 4) == all);
    assert_false(kept_series_signature(&kept, values, 3) == all);
    assert_true(kept_series_signature(&kept, values, 4) == all);
    values[3] = 4.5f;
    assert_false(kept_series_signature(&kept, values, 4) == all);
    assert_false(kept_series_signature(&kept, values, 0) == all);
    values[3] = 4;
    assert_true(kept_series_signature(&kept, values, 4) == all);
    kept_series_finish(&kept);
}

/* ---- the whole wall, change by change ---- */

static struct fixture board;
static uint32_t chance;

static unsigned draw_lot(unsigned many)
{
    chance = chance * 1664525u + 1013904223u;
    return (chance >> 8) % many;
}

static struct scene *scene_of(const char *theme, int width, int height)
{
    struct scene_settings settings = {.assets_path = getenv("VIGIE_ASSETS"),
                                      .theme = theme,
                                      .language = LANGUAGE_FR,
                                      .width_px = width,
                                      .height_px = height,
                                      .diagonal_in = 55,
                                      .reading_distance_m = 2.5};
    struct scene *scene = scene_create(&settings, NULL);
    assert_non_null(scene);
    return scene;
}

/* As many digits as before: what was once set smaller stays so for a while, which a new picture cannot know.
 */
static double another_value(double value)
{
    double least = 1;
    while (least * 10 <= fabs(value))
        least *= 10;
    return value < 1 ? value : least + draw_lot((unsigned)(least * 8));
}

static void change_something(void)
{
    static const enum display displays[] = {DISPLAY_OK, DISPLAY_WARN, DISPLAY_CRITICAL, DISPLAY_STALE,
                                            DISPLAY_NODATA};
    struct snapshot_tile *tile = &board.tiles[draw_lot(FIXTURE_TILES)];
    unsigned what = draw_lot(8);
    if (what < 4)
        tile->value = another_value(tile->value);
    else if (what == 4)
        tile->display = displays[draw_lot(5)];
    else if (what == 5)
        tile->n = 20 + draw_lot(70);
    else if (tile->series.count > 0)
        board.series[tile - board.tiles][tile->series.count - 1 - draw_lot(3)] += (float)draw_lot(20) - 10;
}

/* Of what both have in memory. */
static long pixels_that_differ(const struct canvas *a, const struct canvas *b)
{
    long differ = 0;
    struct area both = area_common(&a->there, &b->there);
    for (int y = both.y; y < both.y + both.height; y++)
        for (int x = both.x; x < both.x + both.width; x++)
            differ += *canvas_pixel(a, x, y) != *canvas_pixel(b, x, y);
    return differ;
}

static void assert_as_new(const char *theme, int width, int height, int steps)
{
    struct scene *scene = scene_of(theme, width, height);
    struct snapshot next = board.snapshot;
    struct now now = fixture_now;
    chance = 1;
    for (int step = 0; step < steps; step++) {
        scene_draw_changes(scene, &next, now);
        change_something();
        change_something();
        now.monotonic_ms += 7000;
        now.wall_ms += 7000;
        next.taken = now;
        scene_draw_changes(scene, &next, now);
        struct scene *fresh = scene_of(theme, width, height);
        scene_draw_changes(fresh, &next, now);
        long differ = pixels_that_differ(scene_canvas(scene), scene_canvas(fresh));
        if (differ)
            fail_msg("after step %d of %s at %d x %d, %ld pixels are not as in a new picture", step, theme,
                     width, height, differ);
        scene_destroy(fresh);
    }
    scene_destroy(scene);
}

static void figures_states_and_curves_leave_nothing_behind(void **state)
{
    (void)state;
    fixture_init(&board);
    assert_as_new("dark", 960, 540, 60);
}

enum { ASIDE_WIDTH = 640, ASIDE_HEIGHT = 360, ASIDE_X = 3, ASIDE_Y = -2, BESIDE = 0x11223344 };

static long edge_pixels_touched(const uint32_t *pixels)
{
    long touched = 0;
    for (int y = 0; y < ASIDE_HEIGHT; y++)
        for (int x = 0; x < ASIDE_WIDTH; x++)
            touched += (x < ASIDE_X || y >= ASIDE_HEIGHT + ASIDE_Y) && pixels[y * ASIDE_WIDTH + x] != BESIDE;
    return touched;
}

static void a_picture_that_lies_aside_in_lent_memory_is_the_same_picture(void **state)
{
    (void)state;
    fixture_init(&board);
    uint32_t *pixels = memory_create(ASIDE_WIDTH * ASIDE_HEIGHT, sizeof *pixels);
    for (int i = 0; i < ASIDE_WIDTH * ASIDE_HEIGHT; i++)
        pixels[i] = BESIDE;
    struct canvas_memory memory = {pixels, ASIDE_WIDTH, ASIDE_HEIGHT, ASIDE_WIDTH, ASIDE_X, ASIDE_Y, 1};
    struct scene *aside = scene_of("dark", ASIDE_WIDTH, ASIDE_HEIGHT),
                 *plain = scene_of("dark", ASIDE_WIDTH, ASIDE_HEIGHT);
    scene_draw_changes(aside, &board.snapshot, fixture_now);
    scene_draw_on(aside, &memory);
    chance = 1;
    for (int step = 0; step < 20; step++) {
        struct snapshot next = board.snapshot;
        struct now now = fixture_now;
        now.monotonic_ms += 7000 * step;
        now.wall_ms += 7000 * step;
        next.taken = now;
        scene_draw_changes(aside, &next, now);
        scene_draw_changes(plain, &next, now);
        assert_int_equal(pixels_that_differ(scene_canvas(aside), scene_canvas(plain)), 0);
        change_something();
    }
    assert_int_equal(edge_pixels_touched(pixels), 0);
    scene_draw_on(aside, NULL);
    assert_true(scene_draw_changes(aside, &board.snapshot, fixture_now));
    scene_draw_changes(plain, &board.snapshot, fixture_now);
    assert_int_equal(pixels_that_differ(scene_canvas(aside), scene_canvas(plain)), 0);
    assert_int_equal(scene_canvas(aside)->there.width, ASIDE_WIDTH);
    scene_destroy(aside);
    scene_destroy(plain);
    free(pixels);
}

static void contents_leave_nothing_behind(void **state)
{
    (void)state;
    fixture_init(&board);
    contents_show(&board);
    assert_as_new("light", 1280, 720, 40);
}

static void upright_nothing_is_left_behind_either(void **state)
{
    (void)state;
    fixture_init(&board);
    assert_as_new("dark_blue_ok", 540, 960, 30);
}

int main(void)
{
    setenv("TZ", "Europe/Paris", 1);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_drawn_equally_differs_nowhere),
        cmocka_unit_test(another_figure_costs_the_room_of_both_and_not_the_ground),
        cmocka_unit_test(a_figure_and_a_curve_are_two_places_or_one_if_the_gap_is_cheap),
        cmocka_unit_test(what_is_gone_and_what_is_new_both_count),
        cmocka_unit_test(two_marks_that_change_places_are_drawn_again),
        cmocka_unit_test(what_must_not_be_cut_is_drawn_whole),
        cmocka_unit_test(a_rounded_ground_may_be_cut_but_for_its_corners),
        cmocka_unit_test(a_curve_is_known_again_and_each_change_of_it_is_seen),
        cmocka_unit_test(figures_states_and_curves_leave_nothing_behind),
        cmocka_unit_test(a_picture_that_lies_aside_in_lent_memory_is_the_same_picture),
        cmocka_unit_test(contents_leave_nothing_behind),
        cmocka_unit_test(upright_nothing_is_left_behind_either),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
