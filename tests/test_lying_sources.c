/*
 * Sources that answer well and lie, over real HTTP and through the real mapper. Time is moved by hand: ten
 * minutes of a source that stands still take as long as its answers.
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

#include "app/assets.h"
#include "app/config.h"
#include "app/screen.h"
#include "app/simulated.h"
#include "base/clock.h"
#include "fetch/fetcher.h"
#include "model/board.h"
#include "model/snapshot.h"
#include "render/scene.h"

enum { PATIENCE_MS = 30000, SOURCES_MAX = 4 };

/* A board that hears the simulator, without a data thread. */
struct centre {
    char path[64];
    struct config *config;
    struct simulator_server *simulator;
    struct fetcher *fetcher;
    struct board *board;
    struct snapshot *snapshot;
    int64_t passed_ms; /* by hand */
    int heard[SOURCES_MAX];
    bool deaf[SOURCES_MAX];        /* what they say is left out */
    size_t speaks_as[SOURCES_MAX]; /* the source that the board takes it for */
};

static struct now present(const struct centre *centre)
{
    struct now now = clock_now();
    return (struct now){now.monotonic_ms + centre->passed_ms, now.wall_ms + centre->passed_ms};
}

static void take_result(void *context, const struct fetch_result *result)
{
    struct centre *centre = context;
    size_t source = centre->speaks_as[result->source];
    if (centre->deaf[result->source])
        return;
    if (result->outcome == FETCH_DOCUMENT)
        board_apply(centre->board, source, result->document, present(centre));
    else if (result->outcome == FETCH_REPEATED)
        board_apply_again(centre->board, source, present(centre));
    else
        board_source_failed(centre->board, source, &result->failure, present(centre));
    centre->heard[result->source]++;
}

static void write_board(struct centre *centre, const char *board)
{
    *centre = (struct centre){.path = "/tmp/vigie-board-XXXXXX", .speaks_as = {0, 1, 2, 3}};
    int file = mkstemp(centre->path);
    assert_true(file >= 0);
    assert_int_equal(write(file, board, strlen(board)), (ssize_t)strlen(board));
    close(file);
    centre->config = config_read(centre->path);
    for (size_t i = 0; i < centre->config->problem_count; i++)
        print_message("%s: %s\n", centre->config->problems[i].key_path, centre->config->problems[i].text);
    assert_true(centre->config->usable);
}

static void open_centre(struct centre *centre, const char *board)
{
    struct error error = {""};
    write_board(centre, board);
    struct config *config = centre->config;
    if (!simulated_start(config, 0, &centre->simulator, &error))
        fail_msg("%s", error.text);
    centre->board = board_create(config->catalogue, &config->board);
    centre->fetcher = fetcher_create(config->sources, config->source_count, config->catalogue,
                                     assets_mapper_path(), take_result, centre, &error);
    if (!centre->fetcher)
        fail_msg("%s", error.text);
}

static void close_centre(struct centre *centre)
{
    fetcher_destroy(centre->fetcher);
    board_destroy(centre->board);
    simulator_server_destroy(centre->simulator);
    snapshot_destroy(centre->snapshot);
    config_destroy(centre->config);
    unlink(centre->path);
}

/* Another answer of that source, and what the wall shows then. */
static void hear(struct centre *centre, size_t source)
{
    int before = centre->heard[source];
    int64_t end_ms = clock_monotonic_ms() + PATIENCE_MS;
    while (centre->heard[source] == before && clock_monotonic_ms() < end_ms)
        fetcher_wait(centre->fetcher, end_ms);
    assert_true(centre->heard[source] > before);
    snapshot_destroy(centre->snapshot);
    centre->snapshot = board_snapshot(centre->board, present(centre));
}

static const struct snapshot_tile *tile(const struct centre *centre, size_t index)
{
    return &centre->snapshot->pages[0].tiles[index];
}

/* All texts of the wall, one a line; the caller destroys the scene. */
static struct scene *draw(const struct centre *centre)
{
    struct error error = {""};
    struct scene_settings settings = screen_scene_settings(centre->config, 1920, 1080);
    struct scene *scene = scene_create(&settings, &error);
    if (!scene)
        fail_msg("%s", error.text);
    scene_record_texts(scene, true);
    scene_draw_changes(scene, centre->snapshot, centre->snapshot->taken);
    return scene;
}

static void assert_said(const struct scene *scene, const char *words)
{
    if (!strstr(scene_recorded_texts(scene), words))
        fail_msg("\"%s\" was not drawn:\n%s", words, scene_recorded_texts(scene));
}

/* ---- one that stands still ---- */

static const char frozen_board[] =
    "vigie: 1\n"
    "title: Qui dort ?\n"
    "sources:\n"
    "  - {name: stuck, adapter: generic/filter-canonical, url: 'simulator:/samples?fault=frozen', every: "
    "1s}\n"
    "  - {name: well, adapter: generic/filter-canonical, url: 'simulator:/samples', every: 1s}\n"
    "pages:\n"
    "  - id: live\n"
    "    title: Qui dort ?\n"
    "    grid: 2x1\n"
    "    tiles:\n"
    "      - {id: stuck, kpi: contacts_offered, source: stuck}\n"
    "      - {id: well, kpi: contacts_offered, source: well}\n";

static void a_source_that_stands_still_is_found_out_and_named(void **state)
{
    (void)state;
    struct centre centre;
    open_centre(&centre, frozen_board);
    hear(&centre, 0);
    double first = tile(&centre, 0)->value;
    int64_t first_wall_ms = tile(&centre, 0)->value_wall_ms;
    assert_true(first > 0);
    assert_int_equal(centre.snapshot->sources[0].problem, SOURCE_FINE);

    centre.passed_ms = 500000;
    hear(&centre, 0);
    assert_int_equal(centre.snapshot->sources[0].problem, SOURCE_FINE);
    centre.passed_ms = 601000;
    hear(&centre, 0);
    hear(&centre, 1);
    assert_int_equal(centre.snapshot->sources[0].problem, SOURCE_FROZEN);
    assert_int_equal(centre.snapshot->sources[1].problem, SOURCE_FINE);
    assert_int_equal(tile(&centre, 0)->display, DISPLAY_STALE);
    assert_float_equal(tile(&centre, 0)->value, first, 0);
    assert_int_equal(tile(&centre, 0)->value_wall_ms, first_wall_ms);

    struct scene *scene = draw(&centre);
    assert_said(scene, "stuck\u00a0: chiffres figés");
    assert_said(scene, "DONNÉES FIGÉES");
    scene_destroy(scene);
    close_centre(&centre);
}

/* ---- one that knows nothing ---- */

static const char null_board[] =
    "vigie: 1\n"
    "title: Qui sait ?\n"
    "sources:\n"
    "  - {name: good, adapter: generic/filter-canonical, url: 'simulator:/samples', every: 1s}\n"
    "  - {name: empty, adapter: generic/filter-canonical, url: 'simulator:/samples?fault=null', every: 1s}\n"
    "  - name: zendesk\n"
    "    adapter: zendesk-talk/filter\n"
    "    url: simulator:/api/v2/channels/voice/stats/current_queue_activity?fault=null\n"
    "pages:\n"
    "  - id: live\n"
    "    title: Qui sait ?\n"
    "    grid: 3x2\n"
    "    tiles:\n"
    "      - {id: waiting, kpi: calls_waiting, source: good}\n"
    "      - {id: offered, kpi: contacts_offered, source: good}\n"
    "      - {id: sl, kpi: service_level, source: good, type: gauge}\n"
    "      - {id: abandon, kpi: abandonment_rate, source: good}\n"
    "      - {id: other, kpi: calls_waiting, source: empty}\n"
    "      - {id: zendesk, kpi: calls_waiting, source: zendesk}\n";

static void assert_no_value(const struct centre *centre, size_t index)
{
    assert_true(isnan(tile(centre, index)->value));
    assert_int_equal(tile(centre, index)->display, DISPLAY_NODATA);
    assert_int_equal(tile(centre, index)->value_wall_ms, 0);
}

static void nulls_are_never_shown_as_a_value(void **state)
{
    (void)state;
    struct centre centre;
    open_centre(&centre, null_board);
    hear(&centre, 1);
    assert_no_value(&centre, 4);
    hear(&centre, 2);
    assert_no_value(&centre, 5);
    close_centre(&centre);
}

static void nulls_after_figures_take_the_figures_away(void **state)
{
    (void)state;
    struct centre centre;
    open_centre(&centre, null_board);
    centre.deaf[1] = true;
    hear(&centre, 0);
    assert_true(isfinite(tile(&centre, 0)->value));
    assert_true(tile(&centre, 1)->value > 0);
    assert_true(isfinite(tile(&centre, 2)->value));
    assert_true(isfinite(tile(&centre, 3)->value));

    centre.deaf[0] = true;
    centre.deaf[1] = false;
    centre.speaks_as[1] = 0;
    hear(&centre, 1);
    assert_no_value(&centre, 0);
    assert_no_value(&centre, 1);
    assert_no_value(&centre, 2);
    assert_no_value(&centre, 3);
    struct scene *scene = draw(&centre);
    assert_said(scene, "PAS DE DONNÉE");
    assert_null(strstr(scene_recorded_texts(scene), "\n0\n"));
    scene_destroy(scene);
    close_centre(&centre);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_source_that_stands_still_is_found_out_and_named),
        cmocka_unit_test(nulls_are_never_shown_as_a_value),
        cmocka_unit_test(nulls_after_figures_take_the_figures_away),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
