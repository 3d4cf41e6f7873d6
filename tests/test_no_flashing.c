/*
 * Nothing on the wall flashes: a tile that turns critical is drawn every 20 ms for ten seconds, and the light
 * of its pixels is counted (WCAG 2.3.1, and the house's own limit: one attention pulse a second for five
 * seconds).
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "render/canvas.h"
#include "render/scene.h"
#include "render/theme.h"
#include "tests/render_fixture.h"

enum { WIDTH = 480, HEIGHT = 270, FRAME_MS = 20, FRAMES = 10000 / FRAME_MS };

/* A pair of opposite changes of a tenth of the greatest light is a flash (WCAG 2.3.1). */
static const double flash = 0.10;

static struct fixture board;

struct frames {
    double light[FRAMES]; /* of the whole picture, 0 to 1 */
    int changes;          /* frames that differ from the one before */
    int64_t last_change_ms;
};

static double light_of(const struct canvas *canvas)
{
    double sum = 0;
    for (int y = 0; y < canvas->height_px; y++)
        for (int x = 0; x < canvas->width_px; x++) {
            colour pixel = canvas->pixels[y * canvas->stride_px + x] & 0xffffff;
            sum += 0.2126 * theme_light(pixel, 16) + 0.7152 * theme_light(pixel, 8) +
                   0.0722 * theme_light(pixel, 0);
        }
    return sum / canvas->width_px / canvas->height_px;
}

/* One tile that has just turned critical fills the picture. */
static void turn_critical(void)
{
    fixture_init(&board);
    board.tiles[1].since_wall_ms = fixture_now.wall_ms;
    board.tiles[1].acked_wall_ms = 0;
    board.pages[0].tiles = &board.tiles[1];
    board.pages[0].tile_count = 1;
    board.pages[0].columns = board.pages[0].rows = 1;
    board.snapshot.page_count = 1;
    board.snapshot.alert_count = board.snapshot.source_count = 0;
}

static struct frames film(const char *theme, bool reduced_motion)
{
    struct frames frames = {.last_change_ms = -1};
    struct scene_settings settings = {getenv("VIGIE_ASSETS"), theme, LANGUAGE_FR, WIDTH, HEIGHT, 55, 3,
                                      reduced_motion};
    struct error error = {""};
    struct scene *scene = scene_create(&settings, &error);
    if (!scene)
        fail_msg("%s", error.text);
    for (int i = 0; i < FRAMES; i++) {
        struct now now = {fixture_now.monotonic_ms + i * FRAME_MS, fixture_now.wall_ms + i * FRAME_MS};
        bool changed = scene_draw_changes(scene, &board.snapshot, now);
        frames.light[i] = changed ? light_of(scene_canvas(scene)) : frames.light[i - 1];
        if (i > 0 && frames.light[i] != frames.light[i - 1]) {
            frames.changes++;
            frames.last_change_ms = i * FRAME_MS;
        }
    }
    scene_destroy(scene);
    return frames;
}

/* How often it becomes lighter after having become darker. */
static int swellings(const struct frames *frames)
{
    int count = 0, direction = 0;
    for (int i = 1; i < FRAMES; i++) {
        double step = frames->light[i] - frames->light[i - 1];
        int now = step > 0 ? 1 : step < 0 ? -1 : direction;
        count += now > 0 && direction <= 0;
        direction = now;
    }
    return count;
}

static double swing(const struct frames *frames)
{
    double least = 1, most = 0;
    for (int i = 0; i < FRAMES; i++) {
        least = fmin(least, frames->light[i]);
        most = fmax(most, frames->light[i]);
    }
    return most - least;
}

static const char *const themes[] = {"dark", "light", "dark_blue_ok", "light_blue_ok"};

static void a_new_critical_swells_at_most_once_a_second_for_five_seconds_and_never_flashes(void **state)
{
    (void)state;
    turn_critical();
    for (size_t t = 0; t < sizeof themes / sizeof *themes; t++) {
        struct frames frames = film(themes[t], false);
        if (swellings(&frames) != 5 || frames.last_change_ms > 5000 || swing(&frames) >= flash)
            fail_msg("%s: %d swellings, the last change after %d ms, by %.3f of all light", themes[t],
                     swellings(&frames), (int)frames.last_change_ms, swing(&frames));
    }
}

static void with_reduced_motion_nothing_moves(void **state)
{
    (void)state;
    turn_critical();
    struct frames frames = film("dark", true);
    assert_int_equal(frames.changes, 0);
}

static void who_has_seen_it_is_left_in_peace(void **state)
{
    (void)state;
    turn_critical();
    board.tiles[1].acked_wall_ms = fixture_now.wall_ms;
    struct frames frames = film("dark", false);
    assert_int_equal(frames.changes, 0);
}

int main(void)
{
    setenv("TZ", "Europe/Paris", 1);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_new_critical_swells_at_most_once_a_second_for_five_seconds_and_never_flashes),
        cmocka_unit_test(with_reduced_motion_nothing_moves),
        cmocka_unit_test(who_has_seen_it_is_left_in_peace),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
