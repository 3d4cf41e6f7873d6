/*
 * What people and servers put on a wall that nobody thought of: it is readable, or refused with a reason, and
 * never a crash or half a figure.
 */
#include <malloc.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/sanitized.h"
#include "render/canvas.h"
#include "render/scene.h"
#include "tests/contents_fixture.h"

static struct fixture board;

static const char label_128[] = "RendezvousvereinbarungsbestaetigungsrueckrufwartezeitdurchschnittproQuartal"
                                "undStandortundMannschaftsleiterinundSchichtplanABCDEF";

static int set_up(void **state)
{
    (void)state;
    setenv("TZ", "Europe/Paris", 1);
    fixture_init(&board);
    return 0;
}

static void set_label(int index, const char *label)
{
    for (int length = 0; length < LABEL_COUNT; length++)
        board.tiles[index].label[LANGUAGE_FR][length] = label;
}

static struct scene *scene_of(int width, int height, double distance_m)
{
    struct scene_settings settings = {
        getenv("VIGIE_ASSETS"), "dark", LANGUAGE_FR, width, height, 55, distance_m, false};
    struct error error = {""};
    struct scene *scene = scene_create(&settings, &error);
    if (!scene)
        fail_msg("%s", error.text);
    scene_record_texts(scene, true);
    return scene;
}

static bool said(const struct scene *scene, const char *text)
{
    return strstr(scene_recorded_texts(scene), text) != NULL;
}

/* With VIGIE_ODD_PICTURES somebody can look at it. */
static void keep(const struct scene *scene, const char *name)
{
    char path[256];
    const char *folder = getenv("VIGIE_ODD_PICTURES");
    if (!folder)
        return;
    snprintf(path, sizeof path, "%s/%s.png", folder, name);
    assert_true(canvas_write_png(scene_canvas(scene), path, NULL));
}

/* Every pixel between two tiles is the ground of the page. */
static long spilt_pixels(const struct canvas *canvas, int from_y, int to_y)
{
    long spilt = 0;
    int x = canvas->width_px / 2; /* an even number of columns: the gap is in the middle */
    uint32_t ground = canvas->pixels[from_y * canvas->stride_px + x];
    for (int y = from_y; y < to_y; y++)
        spilt += canvas->pixels[y * canvas->stride_px + x] != ground;
    return spilt;
}

static void long_foreign_and_pictured_names_stay_in_their_tiles(void **state)
{
    (void)state;
    static const char *const names[] = {
        label_128,  "متوسط وقت الانتظار", "זמן המתנה ממוצע", "🔥📞 Appels 👩🏽‍💻",
        "等待时间", "\xff\xfe half \xc3", "a\tb\nc",         ""};
    for (int i = 0; i < FIXTURE_TILES; i++)
        set_label(i, names[(size_t)i % (sizeof names / sizeof *names)]);
    struct scene *scene = scene_of(1920, 1080, 2.5);
    assert_true(scene_draw_changes(scene, &board.snapshot, fixture_now));
    keep(scene, "names");
    assert_true(said(scene, "…"));
    assert_true(said(scene, "04:32"));
    assert_int_equal(spilt_pixels(scene_canvas(scene), 140, 960), 0);
    scene_destroy(scene);
}

static void a_value_beyond_all_measure_is_told_whole_or_not_at_all(void **state)
{
    (void)state;
    static const double values[] = {1e300, -1e300, 1e18, 123456789012, INFINITY, -0.0, 1e-300, 99999999};
    for (int i = 0; i < FIXTURE_TILES; i++) {
        board.tiles[i].value = values[(size_t)i % (sizeof values / sizeof *values)];
        board.tiles[i].display = DISPLAY_OK;
    }
    struct scene *scene = scene_of(1920, 1080, 2.5);
    assert_true(scene_draw_changes(scene, &board.snapshot, fixture_now));
    keep(scene, "values");
    assert_true(said(scene, "1428898"));
    assert_int_equal(spilt_pixels(scene_canvas(scene), 140, 960), 0);
    scene_destroy(scene);
}

/* A table that is too wide for its tile: whole figures, of which some wait for their turn. */
static void a_figure_in_a_table_is_never_cut_nor_too_small(void **state)
{
    (void)state;
    static struct snapshot_row row;
    static const struct snapshot_row *by_trouble[] = {&row};
    for (int i = 0; i < 4; i++) {
        cells[i] = board.tiles[2];
        cells[i].value = 44.4 + i;
    }
    row = (struct snapshot_row){"Facturation", false, cells, 0};
    table = (struct snapshot_table){4, cells, 1, &row, by_trouble, false, 0, RANKING_NONE};
    board.tiles[0].type = "table";
    board.tiles[0].table = &table;
    board.pages[0].tile_count = 1;
    board.pages[0].columns = board.pages[0].rows = 1;
    struct scene *scene = scene_of(600, 1080, 6);
    for (int64_t turn = 0; turn < 4; turn++) {
        struct now now = {fixture_now.monotonic_ms + turn * 10000, fixture_now.wall_ms + turn * 10000};
        assert_true(scene_draw_changes(scene, &board.snapshot, now));
    }
    keep(scene, "table");
    assert_true(said(scene, "\n44,4"));
    assert_true(said(scene, "\n47,4"));
    assert_true(said(scene, "sur 4 →"));
    scene_destroy(scene);
}

/* Three lines in half of a page: they stand closer, and none has to wait for its turn. */
static void rows_stand_closer_before_one_has_to_wait(void **state)
{
    (void)state;
    static const char *const names[] = {"Ventes", "Support", "Livraison"};
    contents_show(&board);
    for (int i = 0; i < 3; i++)
        rows[i] = (struct snapshot_row){names[i], false, &cells[0], 0};
    table.row_count = 3;
    table.untold = 0;
    board.tiles[1].scope.value[DIM_QUEUE] = NULL;
    board.pages[0].columns = 1;
    board.pages[0].rows = 2;
    board.pages[0].tiles = &board.tiles[1];
    board.pages[0].tile_count = 2;
    board.snapshot.message_count = 0;
    struct scene *scene = scene_of(1280, 720, 5.4);
    scene_draw_changes(scene, &board.snapshot, fixture_now);
    keep(scene, "rows");
    for (int i = 0; i < 3; i++)
        assert_true(said(scene, names[i]));
    assert_false(said(scene, " sur 3"));
    scene_destroy(scene);
}

static void a_canvas_is_drawn_on_from_one_pixel_to_8k(void **state)
{
    (void)state;
    static const int sizes[][2] = {{1, 1}, {1, 900}, {16, 9}, {7680, 4320}, {4320, 7680}, {16000, 20}};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        struct scene *scene = scene_of(sizes[i][0], sizes[i][1], 5);
        assert_true(scene_draw_changes(scene, &board.snapshot, fixture_now));
        scene_destroy(scene);
    }
}

static void a_canvas_of_nothing_is_refused_with_its_size(void **state)
{
    (void)state;
    struct scene_settings settings = {getenv("VIGIE_ASSETS"), "dark", LANGUAGE_FR, 0, 1080, 55, 5, false};
    struct error error = {""};
    assert_null(scene_create(&settings, &error));
    assert_non_null(strstr(error.text, "0 x 1080"));
}

static void from_any_distance_something_is_drawn_and_nothing_breaks(void **state)
{
    (void)state;
    static const double distances_m[] = {0, 0.3, 1, 5, 20, 50};
    for (size_t i = 0; i < sizeof distances_m / sizeof *distances_m; i++) {
        struct scene *scene = scene_of(640, 360, distances_m[i]);
        assert_true(scene_draw_changes(scene, &board.snapshot, fixture_now));
        scene_destroy(scene);
    }
}

/* ---- every type, lying and upright ---- */

static const char *const all_types[] = {"number", "gauge",  "sparkline", "bar",         "breakdown",
                                        "okr",    "ribbon", "table",     "leaderboard", "list",
                                        "text",   "clock",  "countdown"};
enum { ALL_TYPES = sizeof all_types / sizeof *all_types };

static const struct {
    int width_px, height_px;
} orientations[] = {{960, 540}, {540, 960}};

/* Draws the page twice: as it is and smaller, so that paths of little room are taken, too. */
static void assert_draws(const char *type, size_t o)
{
    static const double distances_m[] = {2.5, 9};
    for (size_t d = 0; d < 2; d++) {
        struct scene *scene = scene_of(orientations[o].width_px, orientations[o].height_px, distances_m[d]);
        assert_true(scene_draw_changes(scene, &board.snapshot, fixture_now));
        if (*scene_recorded_texts(scene) == '\0')
            fail_msg("%s: nothing was written", type);
        keep(scene, type);
        scene_destroy(scene);
    }
}

static void no_value_is_too_odd_for_any_type_in_any_orientation(void **state)
{
    static const double values[] = {1e300, -1e300, -0.0, 1e-300, NAN, -INFINITY, 99999999, 1e18};
    for (size_t type = 0; type < ALL_TYPES; type++)
        for (size_t o = 0; o < 2; o++) {
            set_up(state);
            contents_show(&board);
            for (size_t i = 0; i < FIXTURE_TILES; i++) {
                board.tiles[i].type = all_types[type];
                board.tiles[i].value = board.tiles[i].n = board.tiles[i].target = values[i % 8];
                board.tiles[i].range_max = values[(i + 3) % 8];
                set_label((int)i, label_128);
            }
            assert_draws(all_types[type], o);
        }
}

static void two_hundred_queues_take_turns_in_any_orientation(void **state)
{
    (void)state;
    static struct snapshot_row many[200];
    static const struct snapshot_row *by_trouble[200];
    contents_show(&board);
    for (int i = 0; i < 200; i++) {
        many[i] = (struct snapshot_row){label_128, false, &cells[0], i + 1};
        by_trouble[i] = &many[i];
    }
    table = (struct snapshot_table){2, columns, 200, many, by_trouble, false, 0, RANKING_NONE};
    for (size_t o = 0; o < 2; o++) {
        assert_draws("table", o);
        board.tiles[1].type = "leaderboard";
        table.ranking = RANKING_SHOWN;
        assert_draws("leaderboard", o);
    }
}

/* ---- marks of direction in every place where a source or a board may write ---- */

enum { PLACES = 24, PLACE_BYTES = 160 };
static char places[PLACES][PLACE_BYTES];
static size_t place_count;

/* The same words, between a mark that turns all that follows and one that has no width. */
static const char *hostile(const char *words)
{
    char *place = places[place_count++];
    assert_true(place_count <= PLACES);
    snprintf(place, PLACE_BYTES, "\u202e%s\u2067\u200b", words);
    return place;
}

static void write_hostile(void)
{
    place_count = 0;
    board.snapshot.title = hostile(board.snapshot.title);
    board.pages[0].title = hostile(board.pages[0].title);
    for (int i = 2; i < 5; i++)
        set_label(i, hostile(board.tiles[i].label[LANGUAGE_FR][LABEL_SHORT]));
    board.tiles[2].scope.value[DIM_QUEUE] = hostile("Support");
    board.sources[1].name = hostile(board.sources[1].name);
    rows[0].name = hostile(rows[0].name);
    rows[1].name = hostile(rows[1].name);
    key_results[0].label[LANGUAGE_FR] = hostile(key_results[0].label[LANGUAGE_FR]);
    objective.team = hostile(objective.team);
    banner_messages[0].text = hostile(banner_messages[0].text);
    banner_messages[0].author = hostile(banner_messages[0].author);
}

static void no_name_turns_round_what_stands_beside_it(void **state)
{
    for (size_t o = 0; o < 2; o++) {
        set_up(state);
        contents_show(&board);
        set_label(2, "Niveau");
        set_label(3, "Abandon");
        set_label(4, "Attente");
        board.tiles[2].scope.value[DIM_QUEUE] = "Support";
        key_results[0].label[LANGUAGE_FR] = "NPS";
        struct scene *plain = scene_of(orientations[o].width_px, orientations[o].height_px, 2),
                     *turned = scene_of(orientations[o].width_px, orientations[o].height_px, 2);
        scene_draw_changes(plain, &board.snapshot, fixture_now);
        write_hostile();
        scene_draw_changes(turned, &board.snapshot, fixture_now);
        keep(plain, "plain");
        keep(turned, "turned");
        const struct canvas *a = scene_canvas(plain), *b = scene_canvas(turned);
        assert_memory_equal(a->pixels, b->pixels,
                            (size_t)a->stride_px * (size_t)a->height_px * sizeof *a->pixels);
        scene_destroy(plain);
        scene_destroy(turned);
    }
}

/* ---- memory ---- */

static void update(struct scene *scene, int count)
{
    struct now now = fixture_now;
    for (int i = 1; i <= count; i++) {
        now.monotonic_ms += 1000;
        now.wall_ms += 1000;
        board.snapshot.taken = now;
        board.tiles[i % FIXTURE_TILES].value = i % 97;
        scene_draw_changes(scene, &board.snapshot, now);
    }
}

static void a_thousand_updates_more_take_no_byte_more(void **state)
{
    (void)state;
    struct scene *scene = scene_of(480, 270, 2.5);
    scene_record_texts(scene, false);
    update(scene, 300);
    size_t before = mallinfo2().uordblks;
    update(scene, 1000);
    size_t after = mallinfo2().uordblks;
    if (!BASE_SANITIZED)
        assert_in_range(after, 0, before + 4096);
    scene_destroy(scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(long_foreign_and_pictured_names_stay_in_their_tiles, set_up),
        cmocka_unit_test_setup(a_value_beyond_all_measure_is_told_whole_or_not_at_all, set_up),
        cmocka_unit_test_setup(a_figure_in_a_table_is_never_cut_nor_too_small, set_up),
        cmocka_unit_test_setup(rows_stand_closer_before_one_has_to_wait, set_up),
        cmocka_unit_test_setup(a_canvas_is_drawn_on_from_one_pixel_to_8k, set_up),
        cmocka_unit_test_setup(a_canvas_of_nothing_is_refused_with_its_size, set_up),
        cmocka_unit_test_setup(from_any_distance_something_is_drawn_and_nothing_breaks, set_up),
        cmocka_unit_test_setup(no_value_is_too_odd_for_any_type_in_any_orientation, set_up),
        cmocka_unit_test_setup(two_hundred_queues_take_turns_in_any_orientation, set_up),
        cmocka_unit_test_setup(no_name_turns_round_what_stands_beside_it, set_up),
        cmocka_unit_test_setup(a_thousand_updates_more_take_no_byte_more, set_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
