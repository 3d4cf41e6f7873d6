/* Where a curve is heading: a dashed line to the right of its last point, or none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "render/canvas.h"
#include "render/scene.h"
#include "tests/render_fixture.h"

enum { WIDTH_PX = 1280, HEIGHT_PX = 720, MINUTES = 60, SURFACE = 0x161b22 };

static struct fixture board;
static float values[MINUTES];

/* A page of one curve, of an hour, that rises by so much a minute in its last half. */
static void set_curve(float rise_a_minute)
{
    struct snapshot_tile *tile = &board.tiles[0];
    fixture_init(&board);
    for (int i = 0; i < MINUTES; i++)
        values[i] = 20 + rise_a_minute * (float)(i < MINUTES / 2 ? 0 : i - MINUTES / 2);
    tile->type = "sparkline";
    tile->display = DISPLAY_OK;
    tile->period = PERIOD_NOW;
    tile->target = NAN;
    tile->limits = fixture_no_limits;
    tile->range_min = 0;
    tile->range_max = INFINITY;
    tile->series.values = values;
    tile->series.count = MINUTES;
    tile->series.first_wall_ms = (fixture_now.wall_ms / 60000 - MINUTES + 1) * 60000;
    board.pages[0].columns = board.pages[0].rows = 1;
    board.pages[0].tile_count = 1;
    board.snapshot.page_count = 1;
    board.snapshot.alert_count = 0;
}

/* How many pixels of a line there are between the last point and the right edge of the tile's writing. */
static int pixels_ahead(void)
{
    struct scene_settings settings = {
        getenv("VIGIE_ASSETS"), "dark", LANGUAGE_FR, WIDTH_PX, HEIGHT_PX, 55, 2, false};
    struct scene *scene = scene_create(&settings, NULL);
    scene_draw_changes(scene, &board.snapshot, fixture_now);
    const struct canvas *canvas = scene_canvas(scene);
    int count = 0;
    for (int y = HEIGHT_PX / 2; y < HEIGHT_PX * 4 / 5; y++)
        for (int x = WIDTH_PX * 83 / 100; x < WIDTH_PX * 97 / 100; x++)
            count += (canvas->pixels[y * canvas->stride_px + x] & 0xffffff) != SURFACE;
    scene_destroy(scene);
    return count;
}

static void what_rises_goes_on_in_dashes(void **state)
{
    (void)state;
    set_curve(1);
    assert_in_range(pixels_ahead(), 200, 2000);
    set_curve(-0.5F);
    assert_in_range(pixels_ahead(), 200, 2000);
}

static void what_stays_where_it_is_goes_nowhere(void **state)
{
    (void)state;
    set_curve(0);
    assert_int_equal(pixels_ahead(), 0);
}

static void nothing_goes_on_over_a_closing(void **state)
{
    (void)state;
    set_curve(1);
    board.tiles[0].closes_wall_ms = fixture_now.wall_ms + 14 * 60000;
    assert_int_equal(pixels_ahead(), 0);
    board.tiles[0].closes_wall_ms = fixture_now.wall_ms + 16 * 60000;
    assert_in_range(pixels_ahead(), 200, 2000);
}

static void what_is_not_believed_now_says_nothing_of_later(void **state)
{
    (void)state;
    set_curve(1);
    board.tiles[0].display = DISPLAY_NEUTRAL;
    board.tiles[0].too_few = true;
    assert_int_equal(pixels_ahead(), 0);
    set_curve(1);
    board.tiles[0].covered_ms = 600000;
    assert_int_equal(pixels_ahead(), 0);
}

static void a_curve_that_has_stopped_does_not_go_on(void **state)
{
    (void)state;
    set_curve(1);
    for (int i = MINUTES - 9; i < MINUTES; i++)
        values[i] = NAN;
    assert_int_equal(pixels_ahead(), 0);
}

int main(void)
{
    setenv("TZ", "Europe/Paris", 1);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_rises_goes_on_in_dashes),
        cmocka_unit_test(what_stays_where_it_is_goes_nowhere),
        cmocka_unit_test(nothing_goes_on_over_a_closing),
        cmocka_unit_test(what_is_not_believed_now_says_nothing_of_later),
        cmocka_unit_test(a_curve_that_has_stopped_does_not_go_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
