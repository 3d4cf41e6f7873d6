/*
 * How high writing is that was really drawn: counted in pixels on the canvas, against the heights that
 * ISO 9241-303 asks for where people stand.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "render/canvas.h"
#include "render/legibility.h"
#include "render/scene.h"
#include "tests/contents_fixture.h"

enum { LINES_MOST = 8, SURFACE = 0x161b22, LABEL = 0, SCOPE = 1, VALUE = 2 };

static struct fixture board;

/* A page of one plain tile: capitals as its name and its queue, eights as its figure, no light, no curve. */
static void set_page(int across, int down)
{
    fixture_init(&board);
    struct snapshot_tile *tile = &board.tiles[0];
    for (int length = 0; length < LABEL_COUNT; length++)
        tile->label[LANGUAGE_FR][length] = "HH";
    tile->scope.value[DIM_QUEUE] = "HH";
    tile->type = "number";
    tile->display = DISPLAY_NEUTRAL;
    tile->direction = DIRECTION_NONE;
    tile->period = PERIOD_COUNT;
    tile->value = 88;
    tile->target = NAN;
    tile->limits = fixture_no_limits;
    tile->series.count = 0;
    board.pages[0] = (struct snapshot_page){
        .id = "one", .title = "HH", .columns = across, .rows = down, .tile_count = 1, .tiles = board.tiles};
    board.snapshot.page_count = 1;
    board.snapshot.alert_count = board.snapshot.source_count = 0;
}

static bool is_bright(uint32_t pixel)
{
    return (pixel >> 8 & 0xff) > 0x60; /* half of what the dimmer ink has */
}

static bool has_ink(const struct canvas *canvas, int y, int from, int to)
{
    for (int x = from; x < to; x++)
        if (is_bright(canvas->pixels[y * canvas->stride_px + x]))
            return true;
    return false;
}

/* The first row of the tile's ground, going down at `x`. */
static int top_of_tile(const struct canvas *canvas, int x)
{
    int y = 0;
    while (y < canvas->height_px - 1 && (canvas->pixels[y * canvas->stride_px + x] & 0xffffff) != SURFACE)
        y++;
    return y;
}

/* The heights of the lines of writing in the tile at the upper left, from above. */
static int line_heights(const struct canvas *canvas, int heights[LINES_MOST])
{
    int left = (int)lround(canvas->width_px * 0.02) + 8, right = canvas->width_px / 12, count = 0;
    int y = top_of_tile(canvas, left), bottom = y;
    while (bottom < canvas->height_px &&
           (canvas->pixels[bottom * canvas->stride_px + left] & 0xffffff) == SURFACE)
        bottom++;
    for (int start = -1; y < bottom; y++) {
        bool ink = has_ink(canvas, y, left, right);
        if (ink && start < 0)
            start = y;
        if (ink || start < 0)
            continue;
        if (count < LINES_MOST)
            heights[count++] = y - start;
        start = -1;
    }
    return count;
}

struct hanging {
    double diagonal_in, distance_m;
    int width_px, height_px;
};

static struct scene *scene_on(struct hanging hanging)
{
    struct scene_settings settings = {
        getenv("VIGIE_ASSETS"), "dark", LANGUAGE_FR, hanging.width_px, hanging.height_px, hanging.diagonal_in,
        hanging.distance_m,     false};
    struct error error = {""};
    struct scene *scene = scene_create(&settings, &error);
    if (!scene)
        fail_msg("%s", error.text);
    scene_draw_changes(scene, &board.snapshot, fixture_now);
    return scene;
}

static int drawn(struct hanging hanging, int across, int down, int heights[LINES_MOST])
{
    set_page(across, down);
    struct scene *scene = scene_on(hanging);
    int count = line_heights(scene_canvas(scene), heights);
    scene_destroy(scene);
    return count;
}

static int height_px(struct hanging hanging, double angle_arcmin)
{
    double pitch_mm = legibility_pitch_mm(hanging.diagonal_in, hanging.width_px);
    return legibility_height_px(legibility_height_mm(angle_arcmin, hanging.distance_m), pitch_mm);
}

/* An edge of less than half a pixel is not bright: what is counted may be one less. */
static void assert_at_least(const char *what, int px, int wanted_px, struct hanging hanging)
{
    if (px + 1 < wanted_px)
        fail_msg("%s is %d px high instead of %d at %g m on %g inches", what, px, wanted_px,
                 hanging.distance_m, hanging.diagonal_in);
}

static const struct {
    double diagonal_in, distance_m;
    int columns, rows;
    double value, label, scope; /* arcminutes */
} cases[] = {
    {55, 5, 3, 2, 40, 20, 16}, {55, 5.4, 3, 2, 28, 18, 16}, {55, 7, 3, 2, 28, 18, 16},
    {55, 5, 4, 3, 20, 16, 16}, {65, 10, 2, 1, 28, 18, 16},  {43, 3, 3, 3, 40, 20, 16},
    {43, 5, 2, 2, 28, 18, 16}, {65, 16, 1, 1, 28, 18, 16},
};
enum { CASES = sizeof cases / sizeof *cases };

static void assert_case(size_t i, int width_px, int height)
{
    struct hanging hanging = {cases[i].diagonal_in, cases[i].distance_m, width_px, height};
    int heights[LINES_MOST] = {0};
    assert_in_range(drawn(hanging, cases[i].columns, cases[i].rows, heights), 3, 3);
    assert_at_least("the label", heights[LABEL], height_px(hanging, cases[i].label), hanging);
    assert_at_least("the queue", heights[SCOPE], height_px(hanging, cases[i].scope), hanging);
    assert_at_least("the figure", heights[VALUE], height_px(hanging, cases[i].value), hanging);
}

static void what_is_drawn_is_as_high_as_its_profile_asks_on_a_1080p_screen(void **state)
{
    (void)state;
    for (size_t i = 0; i < CASES; i++)
        assert_case(i, 1920, 1080);
}

static void so_it_is_with_less_and_with_more_pixels(void **state)
{
    (void)state;
    for (size_t i = 0; i < CASES; i++) {
        assert_case(i, 1280, 720);
        assert_case(i, 3840, 2160);
    }
}

static void near_by_there_is_room_for_more_than_is_asked(void **state)
{
    (void)state;
    struct hanging near = {55, 2, 1920, 1080};
    int heights[LINES_MOST] = {0};
    drawn(near, 3, 2, heights);
    assert_true(heights[VALUE] > 2 * height_px(near, 40));
}

/* The highest line of bright writing in the tile at the upper left, on whatever ground. */
static int highest_line(const struct canvas *canvas, int across, int down)
{
    int left = (int)lround(canvas->width_px * 0.02) + 8, right = canvas->width_px / across * 3 / 4;
    int highest = 0, height = 0;
    for (int y = canvas->height_px / 10; y < canvas->height_px / 10 + canvas->height_px / (down + 1); y++) {
        height = has_ink(canvas, y, left, right) ? height + 1 : 0;
        highest = height > highest ? height : highest;
    }
    return highest;
}

/* An old figure is still read: its period gives way to it, not the other way round. */
static void an_old_figure_is_still_read_from_where_people_stand(void **state)
{
    (void)state;
    struct hanging hanging = {55, 5, 1920, 1080};
    set_page(4, 3);
    board.snapshot.alert_count = 1; /* its strip takes room from every tile */
    board.tiles[0].display = DISPLAY_STALE;
    board.tiles[0].value_wall_ms = fixture_now.wall_ms - 300000;
    struct scene *scene = scene_on(hanging);
    assert_at_least("the figure", highest_line(scene_canvas(scene), 4, 3), height_px(hanging, 20), hanging);
    scene_destroy(scene);
}

/* ---- inside of a ring ---- */

enum { INK = 0xe9eef6 };

static bool is_ink(const struct canvas *canvas, int x, int y)
{
    return (canvas->pixels[y * canvas->stride_px + x] & 0xffffff) == INK;
}

/* Round the digits in the tile at the upper left: all that has the ink of figures, below its name. */
static struct area digits_of(const struct canvas *canvas)
{
    int top = canvas->height_px, bottom = 0, left = canvas->width_px, right = 0;
    for (int y = canvas->height_px / 6; y < canvas->height_px / 2; y++)
        for (int x = 0; x < canvas->width_px / 3; x++)
            if (is_ink(canvas, x, y)) {
                top = y < top ? y : top;
                bottom = y > bottom ? y : bottom;
                left = x < left ? x : left;
                right = x > right ? x : right;
            }
    return (struct area){left, top, right - left + 1, bottom - top + 1};
}

static bool is_clear(const struct canvas *canvas, int from, int to, int y)
{
    for (int x = from; x < to; x++)
        if ((canvas->pixels[y * canvas->stride_px + x] & 0xffffff) != SURFACE)
            return false;
    return true;
}

/* Beside figures of 34', one of 20' would be the one that nobody reads. */
static void the_figure_of_a_gauge_is_large_and_clear_of_its_ring(void **state)
{
    (void)state;
    struct hanging hanging = {55, 5, 1920, 1080};
    set_page(3, 2);
    board.tiles[0].type = "gauge";
    board.tiles[0].format = FORMAT_PCT;
    board.tiles[0].range_min = 0;
    board.tiles[0].range_max = 100;
    board.tiles[0].value = 88;
    struct scene *scene = scene_on(hanging);
    const struct canvas *canvas = scene_canvas(scene);
    struct area digits = digits_of(canvas);
    assert_at_least("the figure", digits.height, height_px(hanging, 24), hanging);
    assert_true(is_clear(canvas, digits.x - 12, digits.x - 2, digits.y + 2));
    scene_destroy(scene);
}

/* ---- whatever is drawn ---- */

static const struct {
    int columns, rows;
    double distance_m;
    int width_px, height_px;
} rooms[] = {
    {3, 2, 5, 1920, 1080}, {4, 3, 5, 1920, 1080}, {2, 1, 12, 1920, 1080}, {4, 3, 3, 1280, 720},
    {2, 2, 8, 3840, 2160}, {2, 3, 5, 1080, 1920}, {2, 6, 5, 1080, 1920},  {1, 4, 8, 720, 1280},
    {6, 4, 5, 1920, 1080}, {1, 1, 5, 1920, 1080}, {1, 1, 20, 1920, 1080}, {4, 3, 1.5, 1280, 720},
};
enum { ROOMS = sizeof rooms / sizeof *rooms };

/* Twelve kinds of tiles in as much of the page as the grid has room for, in this state; the first where it is
 * DISPLAY_COUNT as they are. */
static void set_contents(size_t room, size_t first, enum display display)
{
    fixture_init(&board);
    contents_show(&board);
    board.snapshot.clock_untrusted = true;
    size_t most = (size_t)(rooms[room].columns * rooms[room].rows), left = FIXTURE_TILES - first;
    board.pages[0].columns = rooms[room].columns;
    board.pages[0].rows = rooms[room].rows;
    board.pages[0].tiles = board.tiles + first;
    board.pages[0].tile_count = most < left ? most : left;
    for (int i = 0; i < FIXTURE_TILES && display != DISPLAY_COUNT; i++)
        board.tiles[i].display = display;
}

static void assert_all_is_read(size_t room, const char *what)
{
    struct hanging hanging = {
        55, rooms[room].distance_m,
        rooms[room].width_px > rooms[room].height_px ? rooms[room].width_px : rooms[room].height_px, 0};
    struct scene_settings settings = {getenv("VIGIE_ASSETS"),
                                      "dark",
                                      LANGUAGE_FR,
                                      rooms[room].width_px,
                                      rooms[room].height_px,
                                      hanging.diagonal_in,
                                      hanging.distance_m,
                                      false};
    struct error error = {""};
    struct scene *scene = scene_create(&settings, &error);
    if (!scene)
        fail_msg("%s", error.text);
    scene_draw_changes(scene, &board.snapshot, fixture_now);
    const struct smallest_writing *smallest = scene_smallest_writing(scene);
    if (smallest->figure_px + 0.5 < height_px(hanging, 16))
        fail_msg("%s, %dx%d at %g m: \"%s\" is %.1f px high instead of %d", what, rooms[room].columns,
                 rooms[room].rows, hanging.distance_m, smallest->words, smallest->figure_px,
                 height_px(hanging, 16));
    scene_destroy(scene);
}

static void nothing_of_any_tile_is_smaller_than_16_arcminutes(void **state)
{
    (void)state;
    for (size_t room = 0; room < ROOMS; room++)
        for (size_t first = 0; first < FIXTURE_TILES; first++) {
            set_contents(room, first, DISPLAY_COUNT);
            assert_all_is_read(room, board.tiles[first].type);
        }
}

static void so_it_is_in_every_state(void **state)
{
    (void)state;
    for (int display = 0; display < DISPLAY_COUNT; display++)
        for (size_t room = 0; room < ROOMS; room++) {
            set_contents(room, 0, (enum display)display);
            assert_all_is_read(room, "all");
        }
}

int main(void)
{
    setenv("TZ", "Europe/Paris", 1);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_drawn_is_as_high_as_its_profile_asks_on_a_1080p_screen),
        cmocka_unit_test(so_it_is_with_less_and_with_more_pixels),
        cmocka_unit_test(nothing_of_any_tile_is_smaller_than_16_arcminutes),
        cmocka_unit_test(so_it_is_in_every_state),
        cmocka_unit_test(an_old_figure_is_still_read_from_where_people_stand),
        cmocka_unit_test(the_figure_of_a_gauge_is_large_and_clear_of_its_ring),
        cmocka_unit_test(near_by_there_is_room_for_more_than_is_asked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
