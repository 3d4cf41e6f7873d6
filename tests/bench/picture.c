/*
 * Draws the tests' board into a PNG, to look at: picture OUT WIDTH HEIGHT [THEME] [PAGE] [LANGUAGE] [calm]
 */

#include <stdio.h>
#include <stdlib.h>

#include "render/canvas.h"
#include "render/scene.h"
#include "tests/render_fixture.h"

static void calm_down(struct fixture *fixture)
{
    for (int i = 0; i < FIXTURE_TILES; i++)
        fixture->tiles[i].display = DISPLAY_OK;
    fixture->snapshot.alert_count = 0;
    fixture->snapshot.summary = DISPLAY_OK;
    fixture->snapshot.data_trouble = false;
    fixture->sources[1].problem = SOURCE_FINE;
    for (int i = 0; i < FIXTURE_PAGES; i++)
        fixture->pages[i].worst = DISPLAY_OK;
}

int main(int argc, char **argv)
{
    struct fixture fixture;
    struct error error = {0};
    if (argc < 4)
        return 2;
    setenv("TZ", "Europe/Paris", 1);
    fixture_init(&fixture);
    if (argc > 7)
        calm_down(&fixture);
    struct scene_settings settings = {"assets",
                                      argc > 4 ? argv[4] : "dark",
                                      argc > 6 && argv[6][0] == 'e' ? LANGUAGE_EN : LANGUAGE_FR,
                                      atoi(argv[2]),
                                      atoi(argv[3]),
                                      55,
                                      5};
    struct scene *scene = scene_create(&settings, &error);
    bool written = false;
    if (scene) {
        scene_show_page(scene, argc > 5 ? (size_t)atoi(argv[5]) : 0);
        scene_draw_changes(scene, argc > 5 && atoi(argv[5]) > 90 ? NULL : &fixture.snapshot, fixture_now);
        written = canvas_write_png(scene_canvas(scene), argv[1], &error);
    }
    if (!written)
        fprintf(stderr, "%s\n", error.text);
    scene_destroy(scene);
    return written ? 0 : 1;
}
