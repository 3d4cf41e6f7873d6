/*
 * What drawing costs, to be counted by callgrind: bench_scene full|tile|equal|same|full4k
 *
 * Each way draws the board once (start, not counted) and then REPEATS times what its name says; run it under
 *   valgrind --tool=callgrind --toggle-collect=measured
 * and divide by REPEATS.
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "render/scene.h"
#include "tests/render_fixture.h"

enum { REPEATS = 10 };

static struct fixture board;

/* One wake-up of the render loop. Not inlined: callgrind counts inside it only. */
__attribute__((noinline)) bool measured(struct scene *scene, const struct snapshot *snapshot, struct now now);

bool measured(struct scene *scene, const struct snapshot *snapshot, struct now now)
{
    return scene_draw_changes(scene, snapshot, now);
}

static int repeat(struct scene *scene, const char *what)
{
    int drawn = 0;
    struct snapshot next = board.snapshot;
    struct now now = fixture_now;
    for (int i = 1; i <= REPEATS; i++) {
        now.monotonic_ms += 100;
        now.wall_ms += 100;
        if (strcmp(what, "same") != 0)
            next.taken.monotonic_ms += 100;
        if (strcmp(what, "tile") == 0)
            board.tiles[4].value = 10 + i % 2;
        if (strncmp(what, "full", 4) == 0) {
            scene_show_page(scene, 1);
            scene_draw_changes(scene, &next, now);
            scene_show_page(scene, 0);
        }
        drawn += measured(scene, &next, now);
    }
    return drawn;
}

int main(int argc, char **argv)
{
    setenv("TZ", "Europe/Paris", 1);
    fixture_init(&board);
    for (int i = 0; i < FIXTURE_TILES; i++)
        if (board.tiles[i].series.count == 0) {
            board.tiles[i].display = DISPLAY_OK;
            board.tiles[i].value = 100;
            fixture_series(&board, i, 100, 30);
        }
    bool large = argc > 1 && strcmp(argv[1], "full4k") == 0;
    struct scene_settings settings = {.assets_path = "assets",
                                      .theme = "dark",
                                      .language = LANGUAGE_FR,
                                      .width_px = large ? 3840 : 1920,
                                      .height_px = large ? 2160 : 1080,
                                      .diagonal_in = 55,
                                      .reading_distance_m = 2.5};
    struct scene *scene = scene_create(&settings, NULL);
    if (!scene || argc < 2)
        return 2;
    scene_draw_changes(scene, &board.snapshot, fixture_now);
    if (strcmp(argv[1], "same") == 0) {
        struct snapshot first = board.snapshot;
        scene_draw_changes(scene, &first, fixture_now);
    }
    printf("%s: %d of %d drew\n", argv[1], repeat(scene, argv[1]), REPEATS);
    scene_destroy(scene);
    return 0;
}
