/*
 * The wall as it was when somebody last looked at it: a small set of pictures with every tile type, every
 * state, all themes, both languages, every sheet, upright and from 720p to 4K. Many small tiles share a
 * picture, so that the set stays small. tests/golden.h says how near is near enough.
 */
#include "tests/golden.h"

#include "model/inquiry.h"
#include "render/scene.h"
#include "tests/contents_fixture.h"

static struct fixture board, contents; /* as the fixture has them, before each test */

static int set_up(void **state)
{
    (void)state;
    setenv("TZ", "Europe/Paris", 1);
    fixture_init(&board);
    fixture_init(&contents);
    contents_show(&contents);
    return 0;
}

/* How a picture is taken: of what size, in whose colours and language, from how far it is to be read. */
struct shot {
    const char *name, *theme;
    enum language language;
    int width_px, height_px;
    double reading_distance_m;
};

static struct scene *scene_of(const struct shot *shot)
{
    struct scene_settings settings = {
        getenv("VIGIE_ASSETS"), shot->theme, shot->language,           shot->width_px,
        shot->height_px,        55,          shot->reading_distance_m, false};
    struct error error = {0};
    struct scene *scene = scene_create(&settings, &error);
    if (!scene)
        fail_msg("%s", error.text);
    return scene;
}

static void page_is(const struct shot *shot, const struct snapshot *snapshot, size_t page)
{
    struct scene *scene = scene_of(shot);
    scene_show_page(scene, page);
    scene_draw_changes(scene, snapshot, fixture_now);
    golden_is(scene_canvas(scene), shot->name);
    scene_destroy(scene);
}

/* ---- whole pages ---- */

static void a_page_in_every_state_is_as_it_was(void **state)
{
    (void)state;
    board.snapshot.clock_untrusted = true;
    page_is(&(struct shot){"every-state-dark", "dark", LANGUAGE_FR, 640, 360, 5}, &board.snapshot, 0);
    page_is(&(struct shot){"upright-dark", "dark", LANGUAGE_FR, 360, 640, 5}, &board.snapshot, 0);
}

static void tiles_of_more_than_one_figure_are_as_they_were(void **state)
{
    (void)state;
    page_is(&(struct shot){"contents-light", "light", LANGUAGE_EN, 960, 540, 5}, &contents.snapshot, 0);
}

/* ---- every tile type in every state ---- */

struct looks {
    enum display display, pending;
    double value;
    bool acked, too_few;
    enum withheld withheld;
};

static const struct looks all_looks[] = {
    {DISPLAY_OK, DISPLAY_OK, 86.2, false, false, WITHHELD_NOT},
    {DISPLAY_OK, DISPLAY_WARN, 79.1, false, false, WITHHELD_NOT},
    {DISPLAY_WARN, DISPLAY_OK, 77.4, false, false, WITHHELD_NOT},
    {DISPLAY_WARN, DISPLAY_CRITICAL, 68.8, false, false, WITHHELD_NOT},
    {DISPLAY_CRITICAL, DISPLAY_OK, 61.3, false, false, WITHHELD_NOT},
    {DISPLAY_CRITICAL, DISPLAY_OK, 61.3, true, false, WITHHELD_NOT},
    {DISPLAY_STALE, DISPLAY_OK, 82, false, false, WITHHELD_NOT},
    {DISPLAY_NODATA, DISPLAY_OK, NAN, false, false, WITHHELD_NOT},
    {DISPLAY_NEUTRAL, DISPLAY_OK, 66.7, false, true, WITHHELD_NOT},
    {DISPLAY_NEUTRAL, DISPLAY_OK, NAN, false, false, WITHHELD_SMALL_TEAM},
    {DISPLAY_CLOSED, DISPLAY_OK, NAN, false, false, WITHHELD_NOT},
};

enum {
    LOOKS = sizeof all_looks / sizeof *all_looks,
    TYPES = 13,
    FIGURE_TYPES = 4, /* of one figure, that all looks can be told from; the others come after them */
};

struct type_row {
    const char *type;
    int like; /* the tile of the contents, else of the board, that has what it shows */
    bool of_contents;
};

static const struct type_row type_rows[TYPES] = {
    {"number", 2, false},     {"gauge", 2, false}, {"sparkline", 2, false}, {"bar", 2, false},
    {"ribbon", 4, true},      {"okr", 5, true},    {"breakdown", 0, true},  {"table", 1, true},
    {"leaderboard", 1, true}, {"list", 6, true},   {"text", 7, true},       {"clock", 8, true},
    {"countdown", 9, true},
};

static struct snapshot_tile sheet_tiles[TYPES * LOOKS];
static struct snapshot_page sheet_page;

static struct snapshot_tile tile_that_looks(const struct type_row *row, const struct looks *looks)
{
    struct snapshot_tile tile = row->of_contents ? contents.tiles[row->like] : board.tiles[row->like];
    bool of_other_source = looks->display == DISPLAY_STALE || looks->display == DISPLAY_NODATA;
    tile.type = row->type;
    tile.display = looks->display;
    tile.pending = looks->pending;
    tile.withheld = looks->withheld;
    tile.too_few = looks->too_few;
    tile.n = looks->too_few ? 12 : 412;
    tile.unit = board.tiles[2].unit;
    tile.format = board.tiles[2].format;
    tile.direction = board.tiles[2].direction;
    tile.limits = board.tiles[2].limits;
    tile.target = board.tiles[2].target;
    tile.value = looks->value;
    tile.source = of_other_source;
    tile.value_wall_ms = fixture_now.wall_ms - (of_other_source ? 300000 : 4000);
    tile.acked_wall_ms = looks->acked ? fixture_now.wall_ms - 120000 : 0;
    tile.opens_wall_ms = board.tiles[11].opens_wall_ms;
    return tile;
}

/* One column a look, one row a type. */
static void show_types(int type_count)
{
    for (int type = 0; type < type_count; type++)
        for (int look = 0; look < LOOKS; look++)
            sheet_tiles[type * LOOKS + look] = tile_that_looks(&type_rows[type], &all_looks[look]);
    sheet_page = (struct snapshot_page){.id = "sheet",
                                        .title = "Chaque tuile, chaque état",
                                        .columns = LOOKS,
                                        .rows = type_count,
                                        .tile_count = (size_t)(type_count * LOOKS),
                                        .tiles = sheet_tiles,
                                        .worst = DISPLAY_CRITICAL};
    board.snapshot.pages = &sheet_page;
    board.snapshot.page_count = 1;
    board.snapshot.objectives = contents.snapshot.objectives;
    board.snapshot.objective_count = contents.snapshot.objective_count;
}

static void every_type_in_every_state_is_as_it_was_in_4k(void **state)
{
    (void)state;
    show_types(TYPES);
    page_is(&(struct shot){"types-4k", "dark", LANGUAGE_FR, 3840, 2160, 1.2}, &board.snapshot, 0);
}

/* Two types tell the colours of a theme: one that is all writing, one that is all shapes. */
static void every_state_is_as_it_was_in_every_other_theme(void **state)
{
    (void)state;
    show_types(FIGURE_TYPES);
    page_is(&(struct shot){"types-light-720p", "light", LANGUAGE_EN, 1280, 720, 1.2}, &board.snapshot, 0);
    show_types(2);
    page_is(&(struct shot){"types-dark-blue", "dark_blue_ok", LANGUAGE_EN, 1280, 400, 1.2}, &board.snapshot,
            0);
    page_is(&(struct shot){"types-light-blue", "light_blue_ok", LANGUAGE_FR, 1280, 400, 1.2}, &board.snapshot,
            0);
}

/* ---- what a key shows ---- */

static struct review_tile reviewed[FIXTURE_TILES];
static struct review review;
static struct inquiry inquiry;
static struct why why;
static const struct why_figure figures[] = {
    {"answered_in_t", PERIOD_30M, {{0}}, 323, false, 0},
    {"offered", PERIOD_30M, {{0}}, 414, true, 1080000},
    {"short_abandoned", PERIOD_30M, {{0}}, 2, false, 0},
};
static const struct why_term terms[] = {
    {"answered_in_t", 1, false, false, 323, 0, 1},
    {"offered", 1, true, false, 414, 1, 1},
    {"short_abandoned", -1, true, true, 2, 2, 1},
};
static const struct inquiry_part parts[] = {{"Ventes", 61, 140, DISPLAY_CRITICAL},
                                            {"Support", 84.2, 272, DISPLAY_OK}};
static const struct inquiry_change changes[] = {{1763730190000, DISPLAY_WARN}, {1763722000000, DISPLAY_OK}};

static void look_back(void)
{
    for (int i = 0; i < FIXTURE_TILES; i++)
        reviewed[i] = (struct review_tile){.id = board.tiles[i].id,
                                           .comparable = i % 3 ? board.tiles[i].value * 0.96 : NAN,
                                           .comparable_wall_ms = fixture_now.wall_ms - 7 * 86400000LL};
    reviewed[1].past = (struct digest_tile){.reds = 2, .longest_red_ms = 720000};
    reviewed[3].past = (struct digest_tile){.reds = 1, .longest_red_ms = 310000, .recovered = true};
    review = (struct review){.since_wall_ms = fixture_now.wall_ms - 8 * 3600000,
                             .new_red_count = 3,
                             .recovered_count = 1,
                             .red_now_count = 1,
                             .tile_count = FIXTURE_TILES,
                             .tiles = reviewed};
    board.snapshot.review = &review;
}

static void ask_about_the_service_level(void)
{
    const struct snapshot_tile *tile = &board.tiles[2];
    why = (struct why){.tile = tile->id,
                       .kpi = "service_level",
                       .label = {tile->label[0][LABEL_LONG], tile->label[1][LABEL_LONG]},
                       .unit_mark = "%",
                       .scope = tile->scope,
                       .taken_wall_ms = fixture_now.wall_ms,
                       .value = tile->value,
                       .n = tile->n,
                       .min_sample = 20,
                       .period = PERIOD_30M,
                       .variant = WHY_CATALOGUE,
                       .formula = "100 × 323 / (414 − 2)",
                       .term_count = 3,
                       .figure_count = 3,
                       .terms = terms,
                       .figures = figures,
                       .source = "Genesys",
                       .figures_wall_ms = fixture_now.wall_ms - 4000,
                       .age_ms = 4000,
                       .stale_after_ms = 60000,
                       .display = DISPLAY_WARN,
                       .since_wall_ms = fixture_now.wall_ms - 250000,
                       .severity = SEVERITY_WARN,
                       .alert = ALERT_ALERTING,
                       .raises_in_ms = {-1, -1, -1},
                       .clears_in_ms = -1,
                       .judged = true,
                       .limits = tile->limits,
                       .plan = NAN,
                       .hysteresis = 1,
                       .target = 80,
                       .for_ms = 60000,
                       .clear_ms = 120000};
    why.clearing[SEVERITY_WARN] = (struct why_clearing){true, 81, NAN};
    inquiry =
        (struct inquiry){.tile = tile->id,
                         .definition = {"Part des appels décrochés à temps.", "Calls answered in time."},
                         .formula = "100 × answered_in_t / (offered − short_abandoned)",
                         .change_count = 2,
                         .changes = changes,
                         .part_dim = DIM_QUEUE,
                         .part_count = 2,
                         .parts = parts,
                         .why = &why};
    board.snapshot.inquiry = &inquiry;
}

static const struct stage_machine machine = {.host = "vigie-01",
                                             .version = "1.0",
                                             .board_path = "/etc/vigie/board.yaml",
                                             .board_hash = "3f2a9c41",
                                             .addresses = {"eth0 192.0.2.20"},
                                             .address_count = 1,
                                             .macs = {"eth0 02:00:00:00:00:01"},
                                             .mac_count = 1,
                                             .display = "KMSDRM 1920x1080",
                                             .temperature_c = 81,
                                             .under_voltage = 0,
                                             .machine_up_ms = 864000000,
                                             .program_up_ms = 86400000,
                                             .memory_mib = 31,
                                             .memory_free_mib = 512};

struct sheet_row {
    enum stage_screen screen;
    enum huddle_step step;
};

enum { SHEET_WIDTH = 560, SHEET_HEIGHT = 315 };

/* The last is the wall with a tile chosen. */
static const struct sheet_row sheet_rows[] = {
    {STAGE_DETAIL, HUDDLE_REDS},      {STAGE_WHY, HUDDLE_REDS},        {STAGE_HUDDLE, HUDDLE_REDS},
    {STAGE_HELP, HUDDLE_REDS},        {STAGE_INFO, HUDDLE_REDS},       {STAGE_HUDDLE, HUDDLE_SINCE},
    {STAGE_HUDDLE, HUDDLE_RECOVERED}, {STAGE_HUDDLE, HUDDLE_COMPARED}, {STAGE_HUDDLE, HUDDLE_OBJECTIVES},
    {STAGE_HUDDLE, HUDDLE_ACTIONS},   {STAGE_HUDDLE, HUDDLE_END},      {STAGE_WALL, HUDDLE_REDS},
};

static struct stage stage_of(const struct sheet_row *row)
{
    struct stage stage = stage_start();
    stage.screen = row->screen;
    stage.step = row->step;
    stage.chosen = 2;
    stage.huddle_began_ms = fixture_now.monotonic_ms - 61000;
    stage.news = 1;
    stage.may_quit = true;
    stage.machine = &machine;
    return stage;
}

static void put(struct canvas *whole, const struct canvas *part, int x, int y)
{
    for (int line = 0; line < part->height_px; line++)
        memcpy(&whole->pixels[(y + line) * whole->stride_px + x], &part->pixels[line * part->stride_px],
               (size_t)part->width_px * sizeof *part->pixels);
}

/* The first across × down of them beside each other. */
static void sheets_are(const char *name, const char *theme, enum language language, int across, int down)
{
    struct shot shot = {name, theme, language, SHEET_WIDTH, SHEET_HEIGHT, 5};
    struct canvas *whole = canvas_create(across * SHEET_WIDTH, down * SHEET_HEIGHT, NULL);
    struct scene *scene = scene_of(&shot);
    for (int i = 0; i < across * down; i++) {
        struct stage stage = stage_of(&sheet_rows[i]);
        scene_show(scene, &stage);
        scene_draw_changes(scene, &board.snapshot, fixture_now);
        put(whole, scene_canvas(scene), i % across * SHEET_WIDTH, i / across * SHEET_HEIGHT);
    }
    golden_is(whole, name);
    scene_destroy(scene);
    canvas_destroy(whole);
}

/* Its list of actions stands on the second page, where a huddle finds it. */
static void have_objectives_and_actions(void)
{
    contents.tiles[6].value = 2;
    board.pages[1].tiles = &contents.tiles[6];
    board.pages[1].tile_count = 1;
    board.snapshot.objectives = contents.snapshot.objectives;
    board.snapshot.objective_count = contents.snapshot.objective_count;
}

static void what_a_key_shows_is_as_it_was(void **state)
{
    (void)state;
    have_objectives_and_actions();
    look_back();
    ask_about_the_service_level();
    sheets_are("sheets-dark", "dark", LANGUAGE_FR, 3, 4);
    sheets_are("sheets-light", "light", LANGUAGE_EN, 2, 2);
}

/* ---- what stands in for the wall, and what the board says of itself ---- */

static const struct stage_fault faults = {
    .alone = true,
    .file = "board.yaml",
    .count = 2,
    .lines = {
        {31, "pages[2].tiles[0].kpi", "there is no KPI \"servic_level\"; did you mean \"service_level\"?"},
        {44, "sources[0].url", "is missing"}}};
static const struct stage_fault refused = {
    .file = "board.yaml", .count = 1, .lines = {{31, "pages[2].tiles[0].kpi", "there is no KPI"}}};

static void every_source_is(enum source_problem problem)
{
    for (size_t i = 0; i < board.snapshot.source_count; i++)
        board.sources[i].problem = problem;
}

/* A server that sends the same figures while people are at work. */
static void freeze(void)
{
    board.sources[0].problem = SOURCE_FROZEN;
    board.snapshot.data_trouble = true;
    for (int i = 0; i < FIXTURE_TILES; i++)
        if (board.tiles[i].source == 0)
            board.tiles[i].display = DISPLAY_STALE;
}

struct state_row {
    enum stage_screen screen;
    bool clock_untrusted, frozen, waiting;
    const struct stage_fault *fault;
};

static const struct state_row state_rows[] = {
    {STAGE_STARTING, .waiting = true}, {STAGE_NO_NETWORK, .fault = NULL},
    {STAGE_FAULT, .fault = &faults},   {STAGE_CLOSED, .fault = NULL},
    {STAGE_WALL, .frozen = true},      {STAGE_WALL, .clock_untrusted = true, .fault = &refused},
};

static void take_state(const struct state_row *row, struct scene *scene)
{
    struct stage stage = stage_start();
    fixture_init(&board);
    stage.screen = row->screen;
    stage.machine = &machine;
    stage.fault = row->fault;
    board.snapshot.clock_untrusted = row->clock_untrusted;
    if (row->screen != STAGE_WALL)
        board.snapshot.alert_count = 0;
    if (row->screen == STAGE_NO_NETWORK)
        every_source_is(SOURCE_UNREACHABLE);
    if (row->waiting)
        every_source_is(SOURCE_WAITING);
    if (row->frozen)
        freeze();
    scene_show(scene, &stage);
    scene_draw_changes(scene, &board.snapshot, fixture_now);
}

/* All of them beside each other. */
static void states_are(const struct shot *shot, int across, int down)
{
    struct canvas *whole = canvas_create(across * shot->width_px, down * shot->height_px, NULL);
    struct scene *scene = scene_of(shot);
    for (int i = 0; i < across * down; i++) {
        take_state(&state_rows[i], scene);
        put(whole, scene_canvas(scene), i % across * shot->width_px, i / across * shot->height_px);
    }
    golden_is(whole, shot->name);
    scene_destroy(scene);
    canvas_destroy(whole);
}

static void what_stands_in_for_the_wall_is_as_it_was(void **state)
{
    (void)state;
    states_are(&(struct shot){"states-dark", "dark", LANGUAGE_FR, 560, 315, 3}, 3, 2);
    states_are(&(struct shot){"states-upright-light", "light", LANGUAGE_EN, 300, 533, 3}, 6, 1);
}

/* The same from as far as it can hang: one line of header, fewer words. */
static void a_page_that_is_far_away_is_as_it_was(void **state)
{
    (void)state;
    board.snapshot.data_trouble = true;
    board.pages[0].columns = 4;
    page_is(&(struct shot){"far-dark", "dark", LANGUAGE_FR, 640, 360, 5}, &board.snapshot, 1);
    page_is(&(struct shot){"far-contents-upright", "dark", LANGUAGE_FR, 360, 640, 4}, &contents.snapshot, 0);
}

#define TEST(name) cmocka_unit_test_setup(name, set_up)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_page_in_every_state_is_as_it_was),
        TEST(tiles_of_more_than_one_figure_are_as_they_were),
        TEST(every_type_in_every_state_is_as_it_was_in_4k),
        TEST(every_state_is_as_it_was_in_every_other_theme),
        TEST(what_a_key_shows_is_as_it_was),
        TEST(what_stands_in_for_the_wall_is_as_it_was),
        TEST(a_page_that_is_far_away_is_as_it_was),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
