/* Files that are read again while the wall runs: the board, and the actions beside it. */
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
#include "app/notes_watch.h"
#include "app/pipeline.h"
#include "app/simulated.h"
#include "base/clock.h"
#include "model/board.h"
#include "model/review.h"
#include "model/snapshot.h"
#include "tests/files.h"

enum { PATIENCE_MS = 30000, TIMES = 24 };

static char folder[64], board_path[96], actions_path[96];

static int make_folder(void **state)
{
    (void)state;
    snprintf(folder, sizeof folder, "/tmp/vigie-reload-XXXXXX");
    assert_non_null(mkdtemp(folder));
    snprintf(board_path, sizeof board_path, "%s/board.yaml", folder);
    snprintf(actions_path, sizeof actions_path, "%s/actions.yaml", folder);
    return 0;
}

static int remove_folder(void **state)
{
    (void)state;
    unlink(board_path);
    unlink(actions_path);
    return rmdir(folder);
}

static struct config *read_board(const char *content)
{
    files_write(board_path, content);
    struct config *config = config_read(board_path);
    for (size_t i = 0; i < config->problem_count; i++)
        print_message("%s: %s\n", config->problems[i].key_path, config->problems[i].text);
    assert_true(config->usable);
    return config;
}

/* ---- the board ---- */

#define SOURCES                                                                                              \
    "vigie: 1\n"                                                                                             \
    "sources:\n"                                                                                             \
    "  - {name: acd, adapter: generic/filter-canonical, url: 'simulator:/samples', every: 1s}\n"

static const char *const boards[] = {
    SOURCES "pages:\n"
            "  - tiles:\n"
            "      - {kpi: calls_waiting}\n"
            "      - {kpi: service_level}\n",
    SOURCES "pages:\n"
            "  - tiles:\n"
            "      - {kpi: service_level}\n"
            "      - {kpi: abandonment_rate}\n"
            "      - {type: table, by: queue, kpis: [service_level, calls_waiting]}\n",
    "vigie: 1\n"
    "sources:\n"
    "  - {name: other, adapter: generic/filter-canonical, url: 'simulator:/samples', every: 1s}\n"
    "pages:\n"
    "  - tiles:\n"
    "      - {kpi: asa}\n"};

/* What runs: as `run` has it, without a window. */
struct running {
    struct config *config;
    struct mailbox *mailbox;
    struct simulator_server *simulator;
    struct pipeline *pipeline;
};

static void start(struct running *running)
{
    struct error error = {""};
    *running = (struct running){.config = read_board(boards[0]), .mailbox = mailbox_create()};
    if (!simulated_start(running->config, clock_now().wall_ms, &running->simulator, &error))
        fail_msg("%s", error.text);
    running->pipeline = pipeline_create(
        &(struct pipeline_settings){.config = running->config, .mailbox = running->mailbox, .hurried = true},
        &error);
    if (!running->pipeline)
        fail_msg("%s", error.text);
}

static void read_again(struct running *running, const char *content)
{
    struct error error = {""};
    struct config *config = read_board(content);
    simulated_point(config, running->simulator);
    struct pipeline *pipeline = pipeline_create_after(
        &(struct pipeline_settings){.config = config, .mailbox = running->mailbox, .hurried = true},
        running->pipeline, &error);
    if (!pipeline)
        fail_msg("%s", error.text);
    running->pipeline = pipeline;
    config_destroy(running->config);
    running->config = config;
}

static void stop(struct running *running)
{
    pipeline_destroy(running->pipeline);
    simulator_server_destroy(running->simulator);
    config_destroy(running->config);
    mailbox_destroy(running->mailbox);
}

/* The newest snapshot once every source has had its say; the caller owns it. */
static struct snapshot *hear_all(struct running *running)
{
    struct snapshot *newest = NULL;
    int64_t end_ms = clock_monotonic_ms() + PATIENCE_MS;
    bool all_heard = false;
    while (!all_heard || !newest) {
        assert_true(clock_monotonic_ms() < end_ms);
        all_heard = pipeline_all_heard(running->pipeline);
        struct snapshot *snapshot = mailbox_wait(running->mailbox, clock_monotonic_ms() + 50);
        if (!snapshot)
            continue;
        snapshot_destroy(newest);
        newest = snapshot;
    }
    return newest;
}

/* At every point of an answer's way: before it is asked for, on the socket, in the mapper, in the mailbox. */
static void a_board_may_be_read_again_and_again_while_its_sources_answer(void **state)
{
    (void)state;
    struct running running;
    start(&running);
    for (int i = 1; i <= TIMES; i++) {
        read_again(&running, boards[i % 3]);
        snapshot_destroy(mailbox_wait(running.mailbox, clock_monotonic_ms() + i % 5 * 20));
    }
    struct snapshot *snapshot = hear_all(&running);
    assert_int_equal(snapshot->page_count, 1);
    assert_int_equal(snapshot->pages[0].tile_count, 2);
    assert_string_equal(snapshot->pages[0].tiles[0].kpi_id, "calls_waiting");
    assert_int_not_equal(snapshot->pages[0].tiles[0].display, DISPLAY_NODATA);
    snapshot_destroy(snapshot);
    stop(&running);
}

/* The old board's last word lies in the mailbox, where nobody has fetched it yet. */
static void what_comes_after_a_reload_is_of_the_new_board(void **state)
{
    (void)state;
    struct running running;
    struct snapshot *snapshot;
    start(&running);
    mailbox_post(running.mailbox, hear_all(&running));
    read_again(&running, boards[2]);
    while (!(snapshot = mailbox_take(running.mailbox)))
        usleep(1000);
    assert_string_equal(snapshot->pages[0].tiles[0].kpi_id, "asa");
    snapshot_destroy(snapshot);
    stop(&running);
}

static void a_board_that_is_stopped_in_the_middle_of_a_reload_leaves_nothing(void **state)
{
    (void)state;
    struct running running;
    start(&running);
    read_again(&running, boards[2]);
    read_again(&running, boards[1]);
    stop(&running);
}

/* The first snapshot that looks back; the caller owns it. */
static struct snapshot *look_back(struct running *running)
{
    int64_t end_ms = clock_monotonic_ms() + PATIENCE_MS;
    struct snapshot *snapshot = NULL;
    pipeline_ask(running->pipeline, &(struct wish){WISH_REVIEW, NULL, true});
    while (!snapshot || !snapshot->review) {
        assert_true(clock_monotonic_ms() < end_ms);
        snapshot_destroy(snapshot);
        snapshot = mailbox_wait(running->mailbox, clock_monotonic_ms() + 50);
    }
    return snapshot;
}

static void only_the_first_huddle_looks_back_to_the_start_even_after_a_reload(void **state)
{
    (void)state;
    struct running running;
    start(&running);
    struct snapshot *first = look_back(&running);
    assert_true(first->review->first);
    pipeline_ask(running.pipeline, &(struct wish){WISH_HUDDLE_HELD, NULL, true});
    struct snapshot *second = look_back(&running);
    while (second->review->since_wall_ms == first->review->since_wall_ms) { /* posted before it was held */
        snapshot_destroy(second);
        second = look_back(&running);
    }
    assert_false(second->review->first);
    read_again(&running, boards[1]);
    struct snapshot *third = look_back(&running);
    assert_false(third->review->first);
    snapshot_destroy(first);
    snapshot_destroy(second);
    snapshot_destroy(third);
    stop(&running);
}

/* ---- actions ---- */

struct watched {
    struct config *config;
    struct board *board;
    struct notes_watch *watch;
};

static void watch_actions(struct watched *watched, const char *actions)
{
    files_write(actions_path, actions);
    watched->config = read_board("vigie: 1\n"
                                 "sources: [{name: acd, adapter: generic/filter-canonical, url: "
                                 "'simulator:/samples'}]\n"
                                 "pages:\n"
                                 "  - tiles:\n"
                                 "      - {type: list, file: actions.yaml}\n");
    watched->board = board_create(watched->config->catalogue, &watched->config->board);
    watched->watch = notes_watch_create(watched->config);
    notes_watch_look(watched->watch, watched->board);
}

static void unwatch(struct watched *watched)
{
    notes_watch_destroy(watched->watch);
    board_destroy(watched->board);
    config_destroy(watched->config);
}

static void assert_actions(const struct watched *watched, size_t count, const char *first)
{
    struct snapshot *snapshot = board_snapshot(watched->board, clock_now());
    assert_true(snapshot->actions->read);
    assert_int_equal(snapshot->actions->action_count, count);
    assert_string_equal(snapshot->actions->actions[0].text, first);
    snapshot_destroy(snapshot);
}

static void a_file_of_actions_that_changes_is_read_again(void **state)
{
    (void)state;
    struct watched watched;
    watch_actions(&watched, "actions: [{text: Relire le script}]\n");
    assert_actions(&watched, 1, "Relire le script");
    assert_false(notes_watch_look(watched.watch, watched.board));
    files_write(actions_path, "actions: [{text: Appeler la DSI}, {text: Former au chat}]\n");
    assert_true(notes_watch_look(watched.watch, watched.board));
    assert_actions(&watched, 2, "Appeler la DSI");
    assert_false(notes_watch_look(watched.watch, watched.board));
    unwatch(&watched);
}

/* Nobody wrote into it: `chmod` is what somebody does who read in the log that it cannot be read. */
static void a_file_of_actions_that_may_be_read_at_last_is_read(void **state)
{
    (void)state;
    struct watched watched;
    watch_actions(&watched, "actions: [{text: Relire le script}]\n");
    usleep(20000); /* the kernel's clock of files has ticks of some milliseconds */
    assert_int_equal(chmod(actions_path, 0640), 0);
    assert_true(notes_watch_look(watched.watch, watched.board));
    unwatch(&watched);
}

static void a_file_of_actions_that_breaks_or_goes_leaves_what_was_read(void **state)
{
    (void)state;
    struct watched watched;
    watch_actions(&watched, "actions: [{text: Relire le script}]\n");
    files_write(actions_path, "actions: [{text: Relire le script, done: beaucoup}, {\n");
    assert_false(notes_watch_look(watched.watch, watched.board));
    assert_actions(&watched, 1, "Relire le script");
    assert_int_equal(unlink(actions_path), 0);
    assert_false(notes_watch_look(watched.watch, watched.board));
    assert_actions(&watched, 1, "Relire le script");
    files_write(actions_path, "actions: [{text: Enfin corrigé}]\n");
    assert_true(notes_watch_look(watched.watch, watched.board));
    assert_actions(&watched, 1, "Enfin corrigé");
    unwatch(&watched);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_board_may_be_read_again_and_again_while_its_sources_answer,
                                        make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(what_comes_after_a_reload_is_of_the_new_board, make_folder,
                                        remove_folder),
        cmocka_unit_test_setup_teardown(a_board_that_is_stopped_in_the_middle_of_a_reload_leaves_nothing,
                                        make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(only_the_first_huddle_looks_back_to_the_start_even_after_a_reload,
                                        make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(a_file_of_actions_that_changes_is_read_again, make_folder,
                                        remove_folder),
        cmocka_unit_test_setup_teardown(a_file_of_actions_that_may_be_read_at_last_is_read, make_folder,
                                        remove_folder),
        cmocka_unit_test_setup_teardown(a_file_of_actions_that_breaks_or_goes_leaves_what_was_read,
                                        make_folder, remove_folder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
