/*
 * The whole way: simulator → HTTP → mapper process → model → snapshot → canvas. Real parts
 * throughout; only the window is missing.
 */

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "app/config.h"
#include "app/mailbox.h"
#include "app/pipeline.h"
#include "app/screen.h"
#include "app/simulated.h"
#include "base/clock.h"
#include "base/json.h"
#include "model/snapshot.h"
#include "render/format.h"
#include "render/scene.h"
#include "sim/simulator.h"

enum { PATIENCE_MS = 30000 };

/* A board with its simulator and its data thread, as `run` has them. */
struct floor {
    char path[64];
    struct config *config;
    struct mailbox *mailbox;
    struct simulator_server *simulator;
    struct pipeline *pipeline;
    struct snapshot *snapshot;
};

static void open_floor(struct floor *floor, const char *board)
{
    *floor = (struct floor){.path = "/tmp/vigie-board-XXXXXX"};
    int file = mkstemp(floor->path);
    assert_true(file >= 0);
    assert_int_equal(write(file, board, strlen(board)), (ssize_t)strlen(board));
    close(file);
    floor->config = config_read(floor->path);
    for (size_t i = 0; i < floor->config->problem_count; i++)
        print_message("%s: %s\n", floor->config->problems[i].key_path, floor->config->problems[i].text);
    assert_true(floor->config->usable);

    struct error error = {""};
    floor->mailbox = mailbox_create();
    if (!simulated_start(floor->config, clock_now().wall_ms, &floor->simulator, &error))
        fail_msg("%s", error.text);
    floor->pipeline = pipeline_create(
        &(struct pipeline_settings){.config = floor->config, .mailbox = floor->mailbox}, &error);
    if (!floor->pipeline)
        fail_msg("%s", error.text);
}

static void close_floor(struct floor *floor)
{
    pipeline_destroy(floor->pipeline);
    simulator_server_destroy(floor->simulator);
    mailbox_destroy(floor->mailbox);
    snapshot_destroy(floor->snapshot);
    config_destroy(floor->config);
    unlink(floor->path);
}

static const struct snapshot_tile *tile(const struct floor *floor, const char *id)
{
    const struct snapshot_page *page = &floor->snapshot->pages[0];
    for (size_t i = 0; i < page->tile_count; i++)
        if (strcmp(page->tiles[i].id, id) == 0)
            return &page->tiles[i];
    fail_msg("there is no tile %s", id);
    return NULL;
}

static void next_snapshot(struct floor *floor)
{
    struct snapshot *newest = mailbox_wait(floor->mailbox, clock_monotonic_ms() + 200);
    if (!newest)
        return;
    snapshot_destroy(floor->snapshot);
    floor->snapshot = newest;
}

/* Waits until every source had its say and the board that came of it is here. */
static void hear_all(struct floor *floor)
{
    int64_t end_ms = clock_monotonic_ms() + PATIENCE_MS;
    while (!pipeline_all_heard(floor->pipeline) && clock_monotonic_ms() < end_ms)
        next_snapshot(floor);
    assert_true(pipeline_all_heard(floor->pipeline));
    next_snapshot(floor);
    assert_non_null(floor->snapshot);
}

/* Sum of a counter over the queues, read straight from the simulator: no mapper, no model. */
static double counted(const char *id, const char *window)
{
    struct simulator *simulator = simulator_create(simulated_scenario, SIMULATED_SEED, NULL);
    struct text answer = {0};
    simulator_advance(simulator, SIMULATED_START_MS);
    simulator_write_canonical(simulator, 1795256100, &answer);
    struct cJSON *document = json_parse(text_bytes(&answer), answer.length, NULL);
    double sum = 0;
    const struct cJSON *sample = json_first(json_member(document, "samples"));
    for (; sample; sample = json_next(sample))
        if (strcmp(json_member_text(sample, "id"), id) == 0 &&
            strcmp(json_member_text(sample, "window"), window) == 0 &&
            json_member_text(json_member(sample, "dims"), "queue"))
            sum += json_member_number(sample, "value", NAN);
    json_destroy(document);
    text_finish(&answer);
    simulator_destroy(simulator);
    return sum;
}

/* The digits of the figure, worked out here from the counters, are a text that the scene drew. */
static void assert_drawn(const struct scene *scene, const struct snapshot_tile *tile, double value)
{
    struct figure_style style = figure_style_of(tile, LANGUAGE_FR);
    struct figure figure = figure_make_truthful(&style, value, &tile->limits);
    char line[FIGURE_BYTES + 2];
    snprintf(line, sizeof line, "%s\n", figure.piece[0].text);
    const char *texts = scene_recorded_texts(scene);
    const char *found = strstr(texts, line);
    if (!found || (found != texts && found[-1] != '\n'))
        fail_msg("\"%s\" is not among the texts drawn:\n%s", figure.piece[0].text, texts);
}

static void a_figure_goes_from_the_counter_to_the_pixel(void **state)
{
    (void)state;
    struct floor floor;
    open_floor(
        &floor,
        "vigie: 1\n"
        "title: De bout en bout\n"
        "sources: [{name: acd, adapter: generic/filter-canonical, url: 'simulator:/samples', every: 5s}]\n"
        "pages:\n"
        "  - id: live\n"
        "    title: Tenons-nous la promesse ?\n"
        "    grid: 2x1\n"
        "    tiles:\n"
        "      - {id: sl, kpi: service_level, type: number}\n"
        "      - {id: offered, kpi: contacts_offered, type: number}\n");
    hear_all(&floor);

    double expected = 100 * counted("answered_in_t", "30m") /
                      (counted("offered", "30m") - counted("short_abandoned", "30m"));
    assert_true(isfinite(expected));
    assert_float_equal(tile(&floor, "sl")->value, expected, 1e-9);
    assert_int_equal(tile(&floor, "sl")->period, PERIOD_30M);
    double offered = counted("offered", "today");
    assert_true(offered > 0);
    assert_float_equal(tile(&floor, "offered")->value, offered, 0);

    struct error error = {""};
    struct scene_settings settings = screen_scene_settings(floor.config, 1280, 720);
    struct scene *scene = scene_create(&settings, &error);
    if (!scene)
        fail_msg("%s", error.text);
    scene_record_texts(scene, true);
    assert_true(scene_draw_changes(scene, floor.snapshot, floor.snapshot->taken));
    assert_drawn(scene, tile(&floor, "offered"), offered);
    assert_drawn(scene, tile(&floor, "sl"), expected);
    scene_destroy(scene);
    close_floor(&floor);
}

static void the_same_floor_shows_the_same_through_three_vendors_shapes(void **state)
{
    (void)state;
    struct floor floor;
    open_floor(&floor, "vigie: 1\n"
                       "title: Trois formes\n"
                       "sources:\n"
                       "  - {name: own, adapter: generic/filter-canonical, url: 'simulator:/samples'}\n"
                       "  - {name: zendesk, adapter: zendesk-talk/filter, url: "
                       "'simulator:/api/v2/channels/voice/stats/current_queue_activity'}\n"
                       "  - name: genesys\n"
                       "    adapter: genesys-cloud/filter-aggregates\n"
                       "    url: simulator:/api/v2/analytics/conversations/aggregates/query\n"
                       "    method: POST\n"
                       "    body: '{\"interval\": \"{{today|iso}}/{{now|iso}}\", \"groupBy\": [\"queueId\", "
                       "\"mediaType\"]}'\n"
                       "pages:\n"
                       "  - id: live\n"
                       "    title: Même plateau ?\n"
                       "    grid: 4x1\n"
                       "    tiles:\n"
                       "      - {id: own_waiting, kpi: calls_waiting, source: own, where: {channel: voice}}\n"
                       "      - {id: zendesk_waiting, kpi: calls_waiting, source: zendesk}\n"
                       "      - {id: own_offered, kpi: contacts_offered, source: own}\n"
                       "      - {id: genesys_offered, kpi: contacts_offered, source: genesys}\n");
    hear_all(&floor);
    assert_float_equal(tile(&floor, "own_waiting")->value, tile(&floor, "zendesk_waiting")->value, 0);
    assert_float_equal(tile(&floor, "own_offered")->value, tile(&floor, "genesys_offered")->value, 0);
    close_floor(&floor);
}

/* ---- sources that misbehave ---- */

static const char bad_board[] =
    "vigie: 1\n"
    "title: Mauvais voisins\n"
    "sources:\n"
    "  - {name: well, adapter: generic/filter-canonical, url: 'simulator:/samples', every: 1s}\n"
    "  - {name: down, adapter: generic/filter-canonical, url: 'http://127.0.0.1:1/', every: 5s}\n"
    "  - {name: slow, adapter: generic/filter-canonical, url: 'simulator:/samples?fault=slow', timeout: 1s}\n"
    "  - {name: broken, adapter: generic/filter-canonical, url: 'simulator:/samples?fault=500'}\n"
    "  - {name: login, adapter: generic/filter-canonical, url: 'simulator:/samples?fault=html'}\n"
    "  - {name: huge, adapter: generic/filter-canonical, url: 'simulator:/samples?fault=huge'}\n"
    "  - {name: wrong, adapter: zendesk-talk/filter, url: 'simulator:/samples?fault=null'}\n"
    "pages:\n"
    "  - id: live\n"
    "    title: Qui ment ?\n"
    "    grid: 4x2\n"
    "    tiles:\n"
    "      - {id: well, kpi: contacts_offered, source: well}\n"
    "      - {id: down, kpi: contacts_offered, source: down}\n"
    "      - {id: slow, kpi: contacts_offered, source: slow}\n"
    "      - {id: broken, kpi: contacts_offered, source: broken}\n"
    "      - {id: login, kpi: contacts_offered, source: login}\n"
    "      - {id: huge, kpi: contacts_offered, source: huge}\n"
    "      - {id: wrong, kpi: contacts_offered, source: wrong}\n";

static enum source_problem problem_of(const struct floor *floor, const char *source)
{
    for (size_t i = 0; i < floor->snapshot->source_count; i++)
        if (strcmp(floor->snapshot->sources[i].name, source) == 0)
            return floor->snapshot->sources[i].problem;
    fail_msg("there is no source %s", source);
    return SOURCE_FINE;
}

static void each_bad_source_costs_its_own_tile_and_says_why(void **state)
{
    (void)state;
    struct floor floor;
    open_floor(&floor, bad_board);
    hear_all(&floor);
    assert_true(isfinite(tile(&floor, "well")->value));
    assert_int_equal(problem_of(&floor, "well"), SOURCE_FINE);
    assert_int_equal(problem_of(&floor, "down"), SOURCE_UNREACHABLE);
    assert_int_equal(problem_of(&floor, "slow"), SOURCE_TIMEOUT);
    assert_int_equal(problem_of(&floor, "broken"), SOURCE_HTTP_STATUS);
    assert_int_equal(problem_of(&floor, "login"), SOURCE_NOT_JSON);
    assert_int_equal(problem_of(&floor, "huge"), SOURCE_TOO_LARGE);
    assert_int_equal(tile(&floor, "down")->display, DISPLAY_NODATA);
    assert_int_equal(tile(&floor, "broken")->display, DISPLAY_NODATA);
    assert_true(isnan(tile(&floor, "huge")->value));
    assert_true(isnan(tile(&floor, "wrong")->value));
    close_floor(&floor);
}

static void the_wall_says_in_words_what_is_wrong_with_a_source(void **state)
{
    (void)state;
    struct floor floor;
    open_floor(&floor, bad_board);
    hear_all(&floor);
    struct error error = {""};
    struct scene_settings settings = screen_scene_settings(floor.config, 1920, 1080);
    struct scene *scene = scene_create(&settings, &error);
    assert_non_null(scene);
    scene_record_texts(scene, true);
    scene_draw_changes(scene, floor.snapshot, floor.snapshot->taken);
    const char *texts = scene_recorded_texts(scene);
    if (!strstr(texts, "500") || !strstr(texts, "injoignable"))
        fail_msg("not said:\n%s", texts);
    scene_destroy(scene);
    close_floor(&floor);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_figure_goes_from_the_counter_to_the_pixel),
        cmocka_unit_test(the_same_floor_shows_the_same_through_three_vendors_shapes),
        cmocka_unit_test(each_bad_source_costs_its_own_tile_and_says_why),
        cmocka_unit_test(the_wall_says_in_words_what_is_wrong_with_a_source),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
