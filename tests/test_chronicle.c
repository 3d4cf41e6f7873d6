#include "app/chronicle.h"

#include <poll.h>
#include <stdio.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "app/config.h"
#include "app/week_report.h"
#include "base/calendar.h"
#include "base/clock.h"
#include "board_kit.h"
#include "history/files.h"
#include "history/reader.h"
#include "history/store.h"

/* A board and its history on a real disk; the wall's time is the kit's, and only the tests let it pass. */

static char folder[64], path[96];

static int set_up(void **state)
{
    (void)state;
    snprintf(folder, sizeof folder, "/tmp/vigie-chronicle-XXXXXX");
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/board.db", folder);
    assert_true(calendar_set_zone("Europe/Paris", NULL));
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    char command[96];
    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    return system(command);
}

static struct chronicle *begin_heard(struct kit *kit, bool goes_on, double t_s, history_handler *handler,
                                     void *context)
{
    struct now now = kit_at(t_s);
    struct history_settings history = {.path = path,
                                       .keep_days = 35,
                                       .commit_every_ms = 20,
                                       .wall_shift_ms = now.wall_ms - clock_now().wall_ms,
                                       .handler = handler,
                                       .context = context};
    board_tick(kit->board, now);
    return chronicle_create(&kit->settings, &history, kit->board, goes_on, now);
}

static struct chronicle *begin(struct kit *kit, bool goes_on, double t_s)
{
    return begin_heard(kit, goes_on, t_s, NULL, NULL);
}

/* The tile shows so many calls waiting: 3 is green, 50 is red. */
static void show(struct kit *kit, struct chronicle *chronicle, double waiting, double t_s)
{
    kit_say(kit, "waiting_now", waiting, PERIOD_NOW, NULL);
    kit_answer(kit, t_s);
    board_tick(kit->board, kit_at(t_s));
    if (chronicle)
        chronicle_tick(chronicle, kit->board, false, kit_at(t_s));
}

static bool has_curve(const struct snapshot *snapshot)
{
    return snapshot->pages[0].tiles[0].series.count > 60;
}

static bool has_mark(const struct snapshot *snapshot)
{
    return snapshot->mark_count == 1;
}

static bool has_no_mark(const struct snapshot *snapshot)
{
    return snapshot->mark_count == 0;
}

static bool has_trouble(const struct snapshot *snapshot)
{
    return snapshot->keeping.trouble_since_wall_ms != 0;
}

static bool is_written(const struct snapshot *snapshot)
{
    return snapshot->keeping.written_wall_ms != 0 && !has_trouble(snapshot);
}

/* The disk has its own time: until it has brought what is waited for, at the same moment of the wall. */
static void wait_for(struct kit *kit, struct chronicle *chronicle, bool (*there)(const struct snapshot *),
                     double t_s)
{
    for (int i = 0; i < 400; i++) {
        chronicle_tick(chronicle, kit->board, false, kit_at(t_s));
        if (there(kit_look_at(kit, kit_at(t_s))))
            return;
        usleep(50000);
    }
    fail_msg("it never came");
}

static void start(struct kit *kit)
{
    kit_init(kit);
    kit_tile(kit, "waiting", "calls_waiting");
    kit_start(kit);
}

static void a_mark_comes_onto_the_wall_and_goes_away_again(void **state)
{
    (void)state;
    struct kit kit;
    struct error error = {""};
    start(&kit);
    struct chronicle *chronicle = begin(&kit, false, 0);
    show(&kit, chronicle, 3, 0);
    show(&kit, chronicle, 3, 60);
    wait_for(&kit, chronicle, is_written, 60);
    assert_true(store_mark(path, KIT_WALL_MS + 30000, "SVI changé", &error));
    wait_for(&kit, chronicle, has_mark, 60);
    assert_string_equal(kit.snapshot->marks[0].text, "SVI changé");
    assert_int_equal(kit.snapshot->marks[0].wall_ms, KIT_WALL_MS + 30000);
    assert_true(store_unmark(path, KIT_WALL_MS + 30000, &error));
    wait_for(&kit, chronicle, has_no_mark, 60);
    assert_false(store_unmark(path, KIT_WALL_MS + 30000, &error));
    assert_string_equal(error.text,
                        "no event was noted at that minute; `vigie history BOARD --alerts` lists them");
    chronicle_destroy(chronicle);
    kit_finish(&kit);
}

static void a_history_that_another_wall_writes_is_told_until_it_ends(void **state)
{
    (void)state;
    struct kit kit;
    struct store *other =
        store_open(&(struct store_settings){.path = path, .keep_days = 35}, kit_at(0), NULL);
    start(&kit);
    struct chronicle *chronicle = begin(&kit, false, 0);
    show(&kit, chronicle, 3, 0);
    wait_for(&kit, chronicle, has_trouble, 60);
    assert_true(kit.snapshot->keeping.kept);
    assert_non_null(strstr(kit.snapshot->keeping.trouble, "is being written by another vigie"));
    store_close(other);
    wait_for(&kit, chronicle, is_written, 120);
    assert_null(kit.snapshot->keeping.trouble);
    assert_true(kit.snapshot->keeping.bytes > 0);
    chronicle_destroy(chronicle);
    kit_finish(&kit);
}

/* A thread that was left behind lets go of the file when it has closed it. */
static void wait_for_lock(void)
{
    int lock = files_lock(path, NULL);
    for (int i = 0; i < 400 && lock < 0; i++) {
        usleep(50000);
        lock = files_lock(path, NULL);
    }
    assert_true(lock >= 0);
    files_unlock(lock);
}

/* A disk that is slow is not waited for at the end, but has it soon. */
static void wait_for_disk(double t_s)
{
    int64_t newest_ms = 0, wanted_ms = kit_at(t_s).wall_ms / 60000 * 60000;
    for (int i = 0; i < 400 && newest_ms != wanted_ms; i++) {
        struct reader *reader = reader_open(path, NULL);
        newest_ms = reader ? reader_newest(reader, INT64_MAX / 2) : 0;
        reader_close(reader);
        if (newest_ms != wanted_ms)
            usleep(50000);
    }
    assert_int_equal(newest_ms, wanted_ms);
    wait_for_lock();
}

/* An hour that was recorded before, so that one can see when the past has come. */
static void record_an_hour(double waiting, double from_s)
{
    struct kit kit;
    start(&kit);
    struct chronicle *chronicle = begin(&kit, false, from_s);
    for (int minute = 0; minute < 61; minute++)
        show(&kit, chronicle, waiting, from_s + 60 * minute);
    chronicle_destroy(chronicle);
    kit_finish(&kit);
    wait_for_disk(from_s + 3600);
}

static void the_red_minutes_of_a_board_that_is_read_again_count_once(void **state)
{
    (void)state;
    struct kit kit;
    record_an_hour(50, 0);
    start(&kit);
    struct chronicle *chronicle = begin(&kit, false, 3660);
    show(&kit, chronicle, 50, 3660);
    wait_for(&kit, chronicle, has_curve, 3660);
    int64_t red_ms = kit.snapshot->pages[0].tiles[0].ribbon.red_ms;
    assert_in_range(red_ms, 60 * 60000, 62 * 60000);
    chronicle_destroy(chronicle);
    chronicle = begin(&kit, true, 3670);
    show(&kit, chronicle, 50, 3670);
    usleep(500000); /* longer than reading back takes; without a limit there is nothing to wait for */
    chronicle_tick(chronicle, kit.board, false, kit_at(3670));
    assert_in_range(kit_look(&kit, 3670, 0)->ribbon.red_ms, red_ms, red_ms + 10000);
    chronicle_destroy(chronicle);
    kit_finish(&kit);
}

struct alerts {
    int count, open;
    int64_t begun_ms;
};

static void count_alert(void *context, const struct reader_alert *alert)
{
    struct alerts *alerts = context;
    alerts->count++;
    alerts->open += alert->alert.ended_ms == 0;
    alerts->begun_ms = alert->alert.begun_ms;
}

static struct alerts alerts_kept(void)
{
    struct alerts alerts = {0};
    struct error error = {""};
    struct reader *reader = reader_open(path, &error);
    if (!reader)
        fail_msg("%s", error.text);
    assert_true(reader_alerts(reader, 0, INT64_MAX / 2, count_alert, &alerts, NULL));
    reader_close(reader);
    return alerts;
}

/* The figures may be faster than the disk: the alert that is open there is not begun anew. */
static void an_alert_that_lasts_across_a_start_is_one_alert(void **state)
{
    (void)state;
    struct kit kit;
    record_an_hour(50, 0);
    assert_int_equal(alerts_kept().open, 1);
    start(&kit);
    struct chronicle *chronicle = begin(&kit, false, 3670);
    show(&kit, chronicle, 50, 3670);
    wait_for(&kit, chronicle, has_curve, 3670);
    for (int i = 1; i <= 72; i++)
        show(&kit, chronicle, 3, 3670 + 10 * i);
    chronicle_destroy(chronicle);
    wait_for_disk(3670 + 10 * 72);
    struct alerts alerts = alerts_kept();
    assert_int_equal(alerts.count, 1);
    assert_int_equal(alerts.open, 0);
    assert_in_range(alerts.begun_ms, KIT_WALL_MS, KIT_WALL_MS + 60000);
    kit_finish(&kit);
}

/* ---- the budget of the week ---- */

enum { SWING_S = 300 };

/* Green for two minutes and a half, then red: an alert each time but the first. */
static void swing(struct kit *kit, struct chronicle *chronicle, int from, int to)
{
    for (int i = from; i < to; i++)
        for (int t_s = 0; t_s < SWING_S; t_s += 10)
            show(kit, chronicle, t_s < SWING_S / 2 ? 3 : 50, i * SWING_S + t_s);
}

static struct budget_report budget_at(struct kit *kit, double t_s)
{
    return kit_look_at(kit, kit_at(t_s))->budget;
}

static struct budget_report without_a_restart(void)
{
    struct kit kit;
    start(&kit);
    struct chronicle *chronicle = begin(&kit, false, 0);
    swing(&kit, chronicle, 0, 12);
    struct budget_report budget = budget_at(&kit, 3600);
    chronicle_destroy(chronicle);
    kit_finish(&kit);
    return budget;
}

static bool has_the_week(const struct snapshot *snapshot)
{
    return snapshot->budget.from_ms <= KIT_WALL_MS;
}

static void a_restart_in_the_middle_of_a_week_changes_nothing_in_its_budget(void **state)
{
    struct kit kit;
    struct budget_report whole = without_a_restart();
    assert_int_equal(tear_down(state) + set_up(state), 0);
    start(&kit);
    struct chronicle *chronicle = begin(&kit, false, 0);
    swing(&kit, chronicle, 0, 6);
    chronicle_destroy(chronicle);
    kit_finish(&kit);
    wait_for_disk(6 * SWING_S - 60);
    start(&kit);
    chronicle = begin(&kit, false, 6 * SWING_S);
    assert_int_equal(budget_at(&kit, 6 * SWING_S).alerts, 0);
    wait_for(&kit, chronicle, has_the_week, 6 * SWING_S);
    swing(&kit, chronicle, 6, 12);
    struct budget_report resumed = budget_at(&kit, 3600);
    assert_int_equal(whole.alerts, 12);
    assert_int_equal(resumed.alerts, whole.alerts);
    assert_int_equal(resumed.untold, whole.untold);
    assert_int_equal(resumed.from_ms, whole.from_ms);
    assert_true(resumed.per_ten_minutes == whole.per_ten_minutes);
    assert_true(resumed.critical_percent == whole.critical_percent);
    assert_true(resumed.flood_percent == whole.flood_percent);
    assert_int_equal(resumed.chattering, whole.chattering);
    chronicle_destroy(chronicle);
    kit_finish(&kit);
}

/* Two hours of the same, and the report of the week that they are in. */
static void the_report_of_a_week_counts_what_the_wall_counts(void **state)
{
    (void)state;
    struct kit kit;
    struct error error = {""};
    start(&kit);
    struct chronicle *chronicle = begin(&kit, false, 0);
    show(&kit, chronicle, 50, 0); /* there from the start: nobody is called */
    swing(&kit, chronicle, 1, 24);
    struct budget_report seen = budget_at(&kit, 24 * SWING_S);
    chronicle_destroy(chronicle);
    wait_for_disk(24 * SWING_S - 60);
    struct config config = {.title = "Lyon", .board = kit.settings};
    struct arena *arena = arena_create();
    struct reader *reader = reader_open(path, &error);
    int64_t now_ms = kit_at(24 * SWING_S).wall_ms;
    const struct report *report = week_report_make(arena, &config, reader, now_ms, now_ms, &error);
    assert_non_null(report);
    assert_int_equal(seen.alerts, 23);
    assert_int_equal(report->budget.alerts, seen.alerts);
    assert_int_equal(report->budget.untold, 1);
    assert_int_equal(report->alert_count, 24);
    assert_int_equal(report->frequent.count, 1);
    assert_int_equal(report->frequent.top[0].alerts, 23);
    assert_int_equal(report->budget.from_ms, seen.from_ms);
    assert_true(report->budget.per_ten_minutes == seen.per_ten_minutes && seen.per_ten_minutes > 1.5);
    reader_close(reader);
    arena_destroy(arena);
    kit_finish(&kit);
}

static void two_figures_of_one_name_are_told_apart_in_the_report(void **state)
{
    (void)state;
    struct kit kit;
    struct error error = {""};
    kit_init(&kit);
    kit_tile(&kit, "waiting", "calls_waiting");
    kit_tile(&kit, "level", "service_level");
    kit_tile(&kit, "day", "service_level")->has_period = true;
    kit.tiles[2].period = PERIOD_TODAY;
    kit_start(&kit);
    struct chronicle *chronicle = begin(&kit, false, 0);
    for (int minute = 0; minute < 3; minute++)
        show(&kit, chronicle, 3, 60 * minute);
    chronicle_destroy(chronicle);
    wait_for_disk(120);
    struct config config = {.title = "Lyon", .board = kit.settings};
    struct arena *arena = arena_create();
    struct reader *reader = reader_open(path, &error);
    int64_t now_ms = kit_at(180).wall_ms;
    const struct report *report = week_report_make(arena, &config, reader, now_ms, now_ms, &error);
    assert_int_equal(report->figure_count, 3);
    assert_false(report->figures[0].has_namesake);
    assert_true(report->figures[1].has_namesake && report->figures[2].has_namesake);
    assert_int_equal(report->figures[2].period, PERIOD_TODAY);
    reader_close(reader);
    arena_destroy(arena);
    kit_finish(&kit);
}

static void without_a_disk_the_alerts_since_the_start_are_counted(void **state)
{
    (void)state;
    struct kit kit;
    start(&kit);
    board_tick(kit.board, kit_at(0));
    struct chronicle *chronicle =
        chronicle_create(&kit.settings, &(struct history_settings){0}, kit.board, false, kit_at(0));
    swing(&kit, chronicle, 0, 3);
    struct budget_report budget = budget_at(&kit, 3 * SWING_S);
    assert_int_equal(budget.alerts, 3);
    assert_in_range(budget.from_ms, KIT_WALL_MS - 900000, KIT_WALL_MS);
    assert_false(kit.snapshot->keeping.kept);
    chronicle_destroy(chronicle);
    kit_finish(&kit);
}

static void ring(void *context)
{
    assert_int_equal(eventfd_write(*(int *)context, 1), 0);
}

/* Who sleeps until it is told looks once, and has it. */
static void curves_that_are_read_back_are_told_of_and_there(void **state)
{
    (void)state;
    struct kit kit;
    int bell = eventfd(0, EFD_CLOEXEC);
    record_an_hour(3, 0);
    start(&kit);
    struct chronicle *chronicle = begin_heard(&kit, false, 3670, ring, &bell);
    struct pollfd told = {.fd = bell, .events = POLLIN};
    assert_int_equal(poll(&told, 1, 20000), 1);
    assert_true(chronicle_tick(chronicle, kit.board, false, kit_at(3670)));
    assert_true(has_curve(kit_look_at(&kit, kit_at(3670))));
    chronicle_destroy(chronicle);
    close(bell);
    kit_finish(&kit);
}

static void a_picture_recalls_what_was_kept_and_writes_nothing(void **state)
{
    (void)state;
    struct kit kit;
    struct error error = {""};
    record_an_hour(3, 0);
    assert_true(store_mark(path, KIT_WALL_MS + 1800000, "SVI changé", &error));
    start(&kit);
    board_tick(kit.board, kit_at(3660));
    assert_true(chronicle_recall(&kit.settings, path, kit.board, kit_at(3660), &error));
    show(&kit, NULL, 3, 3660);
    const struct snapshot *snapshot = kit_look_at(&kit, kit_at(3660));
    assert_true(has_curve(snapshot) && has_mark(snapshot));
    assert_false(snapshot->keeping.kept);
    assert_false(chronicle_recall(&kit.settings, "/nowhere/board.db", kit.board, kit_at(3660), &error));
    assert_non_null(strstr(error.text, "/nowhere/board.db"));
    kit_finish(&kit);
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        T(a_mark_comes_onto_the_wall_and_goes_away_again),
        T(a_history_that_another_wall_writes_is_told_until_it_ends),
        T(the_red_minutes_of_a_board_that_is_read_again_count_once),
        T(an_alert_that_lasts_across_a_start_is_one_alert),
        T(a_restart_in_the_middle_of_a_week_changes_nothing_in_its_budget),
        T(the_report_of_a_week_counts_what_the_wall_counts),
        T(two_figures_of_one_name_are_told_apart_in_the_report),
        T(without_a_disk_the_alerts_since_the_start_are_counted),
        T(curves_that_are_read_back_are_told_of_and_there),
        T(a_picture_recalls_what_was_kept_and_writes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
