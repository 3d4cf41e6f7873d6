/*
 * Contrast and difference of what was really drawn: colours are counted on the pixels of tiles, in every
 * state and theme, and compared with the limits that the palette was made for.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "render/canvas.h"
#include "render/scene.h"
#include "render/theme.h"
#include "render/vision.h"
#include "tests/contents_fixture.h"

enum { WIDTH = 960, HEIGHT = 540, COLOURS_MOST = 4096 };

static const char *const themes[] = {"dark", "light", "dark_blue_ok", "light_blue_ok"};
enum { THEMES = sizeof themes / sizeof *themes };

/* As a viewer has them: the ground of a tile, its figure, its words, and what tells the state. */
struct look {
    colour ground, figure, words, light;
};

static struct fixture board;

static void set_state(enum display display)
{
    fixture_init(&board);
    board.tiles[0].display = display;
    board.tiles[0].series.count = 0;
    board.tiles[0].value = 88;
    board.tiles[0].source = 0;
    board.pages[0].columns = board.pages[0].rows = 1;
    board.pages[0].tile_count = 1;
    board.snapshot.page_count = 1;
    board.snapshot.alert_count = board.snapshot.source_count = 0;
}

struct count {
    colour value;
    long pixels;
};

/* The colour that most pixels of the area have, but for those that are like `but`. */
static colour commonest(const struct canvas *canvas, struct area area, colour but, double unlike)
{
    static struct count counts[COLOURS_MOST];
    size_t known = 0;
    struct count best = {0, 0};
    for (int y = area.y; y < area.y + area.height; y++)
        for (int x = area.x; x < area.x + area.width; x++) {
            colour value = canvas->pixels[y * canvas->stride_px + x] & 0xffffff;
            size_t i = 0;
            while (i < known && counts[i].value != value)
                i++;
            if (i == known && known < COLOURS_MOST)
                counts[known++] = (struct count){value, 0};
            if (i < known && ++counts[i].pixels > best.pixels &&
                (unlike <= 0 || theme_contrast(value, but) > unlike))
                best = counts[i];
        }
    return best.value;
}

/* Half of the tile: the name at the upper left, the light at the upper right, the figure below. */
static struct look look_of(const struct canvas *canvas)
{
    const struct area tile = {40, 60, WIDTH - 80, HEIGHT - 80};
    struct look look = {.ground = commonest(canvas, tile, 0, 0)};
    look.words = commonest(canvas, (struct area){40, 62, 400, 60}, look.ground, 1.5);
    look.light = commonest(canvas, (struct area){WIDTH - 120, 62, 86, 70}, look.ground, 1.5);
    look.figure = commonest(canvas, (struct area){40, 200, WIDTH / 2, 180}, look.ground, 1.5);
    return look;
}

/* The light of the first key result: at the left, below the two lines of the frame. */
static struct look look_at(const char *theme)
{
    struct scene_settings settings = {
        getenv("VIGIE_ASSETS"), theme, LANGUAGE_FR, WIDTH, HEIGHT, 55, 3, false};
    struct error error = {""};
    struct scene *scene = scene_create(&settings, &error);
    if (!scene)
        fail_msg("%s", error.text);
    scene_draw_changes(scene, &board.snapshot, fixture_now);
    const struct canvas *canvas = scene_canvas(scene);
    struct look look = {.ground = commonest(canvas, (struct area){40, 60, WIDTH - 80, HEIGHT - 80}, 0, 0)};
    look.light = commonest(canvas, (struct area){32, 120, 24, 50}, look.ground, 1.05);
    if (getenv("VIGIE_SHOW_LOOKS"))
        printf("%-14s ground %06x key result %06x\n", theme, look.ground, look.light);
    scene_destroy(scene);
    return look;
}

static struct look drawn(const char *theme, enum display display)
{
    struct scene_settings settings = {
        getenv("VIGIE_ASSETS"), theme, LANGUAGE_FR, WIDTH, HEIGHT, 55, 3, false};
    struct error error = {""};
    set_state(display);
    struct scene *scene = scene_create(&settings, &error);
    if (!scene)
        fail_msg("%s", error.text);
    scene_draw_changes(scene, &board.snapshot, fixture_now);
    struct look look = look_of(scene_canvas(scene));
    if (getenv("VIGIE_SHOW_LOOKS"))
        printf("%-14s %d ground %06x figure %06x words %06x light %06x\n", theme, (int)display, look.ground,
               look.figure, look.words, look.light);
    scene_destroy(scene);
    return look;
}

static void assert_contrast(const char *what, colour ink, colour ground, double least, const char *theme,
                            enum display display)
{
    if (theme_contrast(ink, ground) < least)
        fail_msg("%s in theme %s, state %d: #%06x on #%06x has %.2f : 1, not %.1f : 1", what, theme,
                 (int)display, ink, ground, theme_contrast(ink, ground), least);
}

/* On a filled tile the palette's own limit; elsewhere the reserve that a lit room takes away. */
static double figure_limit(enum display display)
{
    return display == DISPLAY_CRITICAL || display == DISPLAY_STALE ? 4.5 : 7;
}

static const enum display states[] = {DISPLAY_OK,    DISPLAY_WARN,   DISPLAY_CRITICAL,
                                      DISPLAY_STALE, DISPLAY_NODATA, DISPLAY_NEUTRAL};
enum { STATES = sizeof states / sizeof *states };

static void figures_words_and_lights_stand_out_in_every_state_of_every_theme(void **state)
{
    (void)state;
    for (size_t t = 0; t < THEMES; t++)
        for (size_t s = 0; s < STATES; s++) {
            struct look look = drawn(themes[t], states[s]);
            assert_contrast("the figure", look.figure, look.ground, figure_limit(states[s]), themes[t],
                            states[s]);
            assert_contrast("the name", look.words, look.ground, 4.5, themes[t], states[s]);
            if (states[s] != DISPLAY_NEUTRAL)
                assert_contrast("the light", look.light, look.ground, 4.5, themes[t], states[s]);
        }
}

/* Two tiles are told apart by their ground or by their light, whichever differs more. */
static double difference_of(const struct look *one, const struct look *other, enum vision vision)
{
    return fmax(vision_difference(one->ground, other->ground, vision),
                vision_difference(one->light, other->light, vision));
}

static void no_two_judgements_look_alike_to_any_eye(void **state)
{
    (void)state;
    static const enum display judged[] = {DISPLAY_OK, DISPLAY_WARN, DISPLAY_CRITICAL};
    for (size_t t = 0; t < THEMES; t++)
        for (int a = 0; a < 3; a++)
            for (int b = a + 1; b < 3; b++)
                for (int vision = 0; vision < VISION_COUNT; vision++) {
                    struct look one = drawn(themes[t], judged[a]), other = drawn(themes[t], judged[b]);
                    double difference = difference_of(&one, &other, (enum vision)vision);
                    if (difference < 17)
                        fail_msg("theme %s, vision %d, states %d and %d differ by %.1f", themes[t], vision,
                                 (int)judged[a], (int)judged[b], difference);
                }
}

/* The whole picture through another eye, as --vision makes it: figures are as legible. */
static void a_picture_seen_by_other_eyes_keeps_its_contrast(void **state)
{
    (void)state;
    for (size_t t = 0; t < THEMES; t++)
        for (int vision = VISION_PROTAN; vision < VISION_COUNT; vision++)
            for (size_t s = 0; s < STATES; s++) {
                struct look look = drawn(themes[t], states[s]);
                assert_contrast("the figure", vision_seen(look.figure, (enum vision)vision),
                                vision_seen(look.ground, (enum vision)vision), 4.5, themes[t], states[s]);
            }
}

/* ---- lights inside of tiles ---- */

/* A tile that fills the picture, with one light at the left below its two lines of words. */
static void set_objective(enum display tile, enum display result)
{
    fixture_init(&board);
    contents_show(&board);
    board.tiles[5].display = tile;
    key_results[0].display = result;
    objective.key_result_count = 1;
    board.pages[0].columns = board.pages[0].rows = 1;
    board.pages[0].tile_count = 1;
    board.pages[0].tiles = &board.tiles[5];
    board.snapshot.page_count = 1;
    board.snapshot.alert_count = board.snapshot.source_count = board.snapshot.message_count = 0;
}

static void a_key_results_light_is_seen_on_every_ground(void **state)
{
    (void)state;
    static const enum display grounds[] = {DISPLAY_OK, DISPLAY_WARN, DISPLAY_CRITICAL};
    for (size_t t = 0; t < THEMES; t++)
        for (size_t g = 0; g < 3; g++)
            for (size_t s = 0; s < 3; s++) {
                set_objective(grounds[g], states[s]);
                struct look look = look_at(themes[t]);
                assert_contrast("a key result's light", look.light, look.ground, 4.5, themes[t], states[s]);
            }
}

/* ---- fills beside each other ---- */

/* Chips, alerts and cells are told by their fill alone where the light on it is far away. */
static void no_two_fills_of_judgements_look_alike_to_any_eye(void **state)
{
    (void)state;
    static const enum theme_state judged[] = {STATE_OK, STATE_WARN, STATE_CRITICAL};
    for (size_t t = 0; t < THEMES; t++) {
        struct theme theme;
        struct error error = {""};
        if (!theme_read(&theme, getenv("VIGIE_ASSETS"), themes[t], &error))
            fail_msg("%s", error.text);
        for (int vision = 0; vision < VISION_COUNT; vision++)
            for (int a = 0; a < 3; a++)
                for (int b = a + 1; b < 3; b++) {
                    double difference = vision_difference(theme.state[judged[a]].fill,
                                                          theme.state[judged[b]].fill, (enum vision)vision);
                    if (getenv("VIGIE_SHOW_LOOKS"))
                        printf("%-14s vision %d fills %d %d: %.1f\n", themes[t], vision, a, b, difference);
                    if (difference < 17)
                        fail_msg("theme %s, vision %d: fills %d and %d differ by %.1f", themes[t], vision, a,
                                 b, difference);
                }
    }
}

int main(void)
{
    setenv("TZ", "Europe/Paris", 1);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(figures_words_and_lights_stand_out_in_every_state_of_every_theme),
        cmocka_unit_test(no_two_judgements_look_alike_to_any_eye),
        cmocka_unit_test(a_key_results_light_is_seen_on_every_ground),
        cmocka_unit_test(no_two_fills_of_judgements_look_alike_to_any_eye),
        cmocka_unit_test(a_picture_seen_by_other_eyes_keeps_its_contrast),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
