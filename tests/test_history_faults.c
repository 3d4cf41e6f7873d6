#include "tests/history_kit.h"

#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "base/clock.h"
#include "history/files.h"
#include "history/history.h"
#include "history/schema.h"
#include "tests/near.h"

/* What breaks a history, done to real files and file systems. */

static int set_up(void **state)
{
    struct history_kit *kit = memory_create(1, sizeof *kit);
    kit_open_folder(kit);
    *state = kit;
    return 0;
}

static int tear_down(void **state)
{
    struct history_kit *kit = *state;
    umount2(kit->folder, MNT_DETACH); /* mostly nothing is mounted */
    kit_remove_folder(kit);
    free(kit);
    return 0;
}

/* A file system of its own in the test's folder, that the rest of the machine does not see. */
static void mount_small(struct history_kit *kit, const char *options)
{
    bool own = unshare(CLONE_NEWNS) == 0 || unshare(CLONE_NEWUSER | CLONE_NEWNS) == 0;
    if (!own || mount("none", "/", "none", MS_REC | MS_PRIVATE, NULL) != 0 ||
        mount("vigie-test", kit->folder, "tmpfs", 0, options) != 0)
        skip();
}

static void write_at(const char *path, long offset, const char *bytes, size_t count)
{
    FILE *file = fopen(path, "r+");
    assert_non_null(file);
    assert_int_equal(fseek(file, offset, offset < 0 ? SEEK_END : SEEK_SET), 0);
    assert_int_equal(fwrite(bytes, 1, count, file), count);
    fclose(file);
}

static int count_files(struct history_kit *kit, const char *pattern)
{
    char command[192];
    snprintf(command, sizeof command, "exit $(ls -d %s/state/%s 2>/dev/null | wc -l)", kit->folder, pattern);
    return WEXITSTATUS(system(command));
}

static void fill(struct history_kit *kit)
{
    struct store *store = kit_store(kit, "2026-11-21T10:00");
    kit_minutes(store, "2026-11-20T10:00", 1400, 80, 40, 100);
    store_close(store);
}

/* ---- damage ---- */

static void a_file_that_is_no_database_is_put_aside_and_a_new_one_begins(void **state)
{
    struct history_kit *kit = *state;
    struct error error = {""};
    fill(kit);
    write_at(kit->path, 0, "this is not what it was, not at all", 35);
    struct store *store = store_open(&kit->settings, kit_now("2026-11-21T14:07:09"), &error);
    assert_non_null(store);
    char expected[512];
    snprintf(
        expected, sizeof expected,
        "%s: the file is damaged (file is not a database); it is kept as %s.damaged-2026-11-21-140709, and a"
        " new history begins",
        kit->path, kit->path);
    assert_string_equal(error.text, expected);
    assert_int_equal(count_files(kit, "board.db.damaged-2026-11-21-140709"), 1);
    struct stat file;
    assert_int_equal(stat(kit->path, &file), 0);
    assert_int_equal(file.st_mode & 0777, 0600);
    kit_minutes(store, "2026-11-21T14:08", 5, 80, 40, 100);
    store_close(store);
}

static void a_page_that_rots_is_found_by_the_check(void **state)
{
    struct history_kit *kit = *state;
    char rot[9000];
    struct error error = {""};
    fill(kit);
    memset(rot, 'x', sizeof rot);
    write_at(kit->path, 40000, rot, sizeof rot);
    struct store *store = store_open(&kit->settings, kit_now("2026-11-21T14:07"), &error);
    assert_non_null(store);
    assert_false(store_check(store, &error));
    assert_true(store_is_damaged(store));
    store_close(store);
}

static void another_program_s_database_is_left_alone(void **state)
{
    struct history_kit *kit = *state;
    struct error error = {""};
    sqlite3 *other = NULL;
    assert_true(files_make_folder(kit->path, &error));
    sqlite3_open(kit->path, &other);
    sqlite3_exec(other, "CREATE TABLE invoices(a); INSERT INTO invoices VALUES(42)", NULL, NULL, NULL);
    assert_null(store_open(&kit->settings, kit_now("2026-11-21T14:07"), &error));
    assert_non_null(
        strstr(error.text, "it is a database of another program; give history.path another place"));
    assert_int_equal(sqlite3_exec(other, "SELECT a FROM invoices", NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(other);
}

/* ---- versions ---- */

static void set_version(struct history_kit *kit, const char *sql)
{
    sqlite3 *database = NULL;
    sqlite3_open(kit->path, &database);
    assert_int_equal(sqlite3_exec(database, sql, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(database);
}

static void a_newer_history_is_not_touched(void **state)
{
    struct history_kit *kit = *state;
    struct error error = {""};
    fill(kit);
    set_version(kit, "PRAGMA user_version = 99");
    assert_null(store_open(&kit->settings, kit_now("2026-11-21T14:07"), &error));
    assert_non_null(
        strstr(error.text, "it is of a newer vigie (version 99 of its tables, this program knows 4)"));
    assert_int_equal(count_files(kit, "*damaged*"), 0);
    assert_null(reader_open(kit->path, &error));
    assert_non_null(strstr(error.text, "use the newer vigie that wrote it"));
}

static void an_older_history_is_brought_up_to_date_with_what_is_in_it(void **state)
{
    struct history_kit *kit = *state;
    struct error error = {""};
    sqlite3 *old = NULL;
    assert_true(files_make_folder(kit->path, &error));
    sqlite3_open(kit->path, &old);
    assert_int_equal(schema_bring_to(old, 1, &error), SCHEMA_CURRENT);
    sqlite3_exec(old,
                 "INSERT INTO series VALUES(7, 'service_level|30m|', 'service_level', '', '30m', 0, 1, 0);"
                 "INSERT INTO alert VALUES(1, 7, 1795250000000, 1795250060000, 0, 4, 61.5)",
                 NULL, NULL, NULL);
    sqlite3_close(old);
    assert_null(reader_open(kit->path, &error));
    assert_non_null(strstr(error.text, "let `vigie run` bring it up to date"));
    store_close(kit_store(kit, "2026-11-21T10:00"));
    struct reader *reader = kit_reader(kit);
    assert_int_equal(reader_find(reader, "service_level|30m|"), 0);
    struct reader_budget budget; /* of what it did not note yet the usual is taken: somebody was called */
    const int figures[SERIES] = {0, 1, 2};
    assert_true(reader_budget(reader, figures, 1795240000000, 1795260000000, &budget, &error));
    assert_int_equal(budget.count, 1);
    assert_true(budget.alerts[0].told && budget.alerts[0].red);
    free(budget.alerts);
    reader_close(reader);
}

/* ---- who may write, and where ---- */

static void two_walls_on_one_history_do_not_both_write(void **state)
{
    struct history_kit *kit = *state;
    struct error error = {""};
    struct store *first = kit_store(kit, "2026-11-21T10:00");
    assert_null(store_open(&kit->settings, kit_now("2026-11-21T10:00"), &error));
    assert_non_null(strstr(error.text, "is being written by another vigie; stop one of them"));
    store_close(first);
    store_close(kit_store(kit, "2026-11-21T10:01"));
}

static void a_folder_that_is_a_file_is_said(void **state)
{
    struct history_kit *kit = *state;
    struct error error = {""};
    char path[96];
    snprintf(path, sizeof path, "%s/state", kit->folder);
    fclose(fopen(path, "w"));
    assert_null(store_open(&kit->settings, kit_now("2026-11-21T10:00"), &error));
    assert_non_null(strstr(error.text, "Not a directory"));
}

static void a_file_that_is_a_folder_is_said(void **state)
{
    struct history_kit *kit = *state;
    struct error error = {""};
    assert_true(files_make_folder(kit->path, &error));
    assert_int_equal(mkdir(kit->path, 0700), 0);
    assert_null(store_open(&kit->settings, kit_now("2026-11-21T10:00"), &error));
    assert_non_null(
        strstr(error.text, "board.db is a folder; remove it, or give history.path the name of a file"));
}

static void only_its_owner_may_read_it(void **state)
{
    struct history_kit *kit = *state;
    struct stat file, folder;
    char path[96];
    fill(kit);
    snprintf(path, sizeof path, "%s/state", kit->folder);
    assert_int_equal(stat(kit->path, &file), 0);
    assert_int_equal(stat(path, &folder), 0);
    assert_int_equal(file.st_mode & 0777, 0600);
    assert_int_equal(folder.st_mode & 0777, 0700);
}

static void a_card_that_became_read_only_is_said_and_still_read(void **state)
{
    struct history_kit *kit = *state;
    struct error error = {""};
    mount_small(kit, "size=4m");
    fill(kit);
    assert_int_equal(mount("none", kit->folder, "tmpfs", MS_REMOUNT | MS_RDONLY, NULL), 0);
    assert_null(store_open(&kit->settings, kit_now("2026-11-21T10:00"), &error));
    assert_non_null(strstr(error.text, "Read-only file system"));
    assert_int_equal(kit_cells(kit, READER_MINUTES, LEVEL, "2026-11-20", "2026-11-22").cells, 1400);
}

static void a_full_disk_loses_nothing_that_was_written_and_is_used_again_when_there_is_room(void **state)
{
    struct history_kit *kit = *state;
    struct error error = {""};
    char filler[128];
    mount_small(kit, "size=600k");
    struct store *store = kit_store(kit, "2026-11-21T10:00");
    kit_minutes(store, "2026-11-21T10:00", 5, 80, 40, 100);
    snprintf(filler, sizeof filler, "dd if=/dev/zero of=%s/filler bs=4k 2>/dev/null", kit->folder);
    assert_int_not_equal(system(filler), 0);
    assert_false(kit_write(store, kit_moment("2026-11-21T10:05"), 600, 80, 40, 100, &error));
    assert_string_equal(error.text, "the history cannot be written: database or disk is full");
    assert_false(store_is_damaged(store));
    snprintf(filler, sizeof filler, "%s/filler", kit->folder);
    assert_int_equal(unlink(filler), 0);
    assert_true(kit_write(store, kit_moment("2026-11-21T10:05"), 600, 80, 40, 100, &error));
    assert_true(store_check(store, &error));
    assert_int_equal(kit_cells(kit, READER_MINUTES, LEVEL, "2026-11-21", "2026-11-22").cells, 605);
    store_close(store);
}

/* ---- the thread ---- */

static struct history *start(struct history_kit *kit, int64_t commit_every_ms)
{
    return history_create(&(struct history_settings){.path = kit->path,
                                                     .keep_days = 35,
                                                     .series_count = SERIES,
                                                     .series = kit_series,
                                                     .commit_every_ms = commit_every_ms});
}

static bool is_in_trouble(struct history *history, struct error *error)
{
    return history_keeping(history, clock_now(), error).trouble != NULL;
}

static void post_minutes(struct history *history, int64_t from_ms, int count)
{
    for (int i = 0; i < count; i++)
        history_post(history, kit_minute(from_ms + i * 60000LL, 80, 40, 100, 3));
}

/* The minute that now is in, so that nothing of it is old. */
static int64_t hour_ago_ms(void)
{
    int64_t wall_ms = clock_now().wall_ms - 4 * 3600000LL;
    return wall_ms - wall_ms % 60000;
}

static void what_is_queued_is_written_at_the_end(void **state)
{
    struct history_kit *kit = *state;
    struct history *history = start(kit, 0);
    post_minutes(history, hour_ago_ms(), 7);
    history_destroy(history);
    kit_wait_for_minutes(kit, 7); /* a slow disk is not waited for, but has them soon */
}

static void a_disk_that_stalls_delays_nobody_who_hands_over(void **state)
{
    struct history_kit *kit = *state;
    struct error error = {""};
    sqlite3 *stall = NULL;
    fill(kit);
    set_version(kit, "DELETE FROM minute");
    sqlite3_open(kit->path, &stall);
    assert_int_equal(sqlite3_exec(stall, "BEGIN EXCLUSIVE", NULL, NULL, NULL), SQLITE_OK);
    struct history *history = start(kit, 20);
    post_minutes(history, hour_ago_ms(), 100);
    assert_null(history_take(history));
    assert_int_equal(sqlite3_exec(stall, "ROLLBACK", NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(stall);
    kit_wait_for_minutes(kit, 100);
    assert_false(is_in_trouble(history, &error));
    history_destroy(history);
}

static void a_queue_that_is_full_drops_its_oldest(void **state)
{
    struct history_kit *kit = *state;
    struct store *first = kit_store(kit, "2026-11-21T10:00"); /* has the lock */
    struct error error = {""};
    struct history *history = start(kit, 20);
    int64_t from_ms = hour_ago_ms();
    post_minutes(history, from_ms, HISTORY_QUEUE_MAX + 10);
    for (int i = 0; i < 600 && !is_in_trouble(history, &error); i++)
        usleep(50000);
    assert_non_null(strstr(error.text, "another vigie"));
    store_close(first);
    kit_wait_for_minutes(kit, HISTORY_QUEUE_MAX);
    struct reader *reader = kit_reader(kit);
    assert_int_equal(reader_newest(reader, INT64_MAX / 2), from_ms + (HISTORY_QUEUE_MAX + 9) * 60000LL);
    reader_close(reader);
    history_destroy(history);
}

static void a_history_that_rots_while_the_wall_is_off_costs_the_past_and_not_the_wall(void **state)
{
    struct history_kit *kit = *state;
    char rot[9000];
    fill(kit);
    memset(rot, 'x', sizeof rot);
    write_at(kit->path, 40000, rot, sizeof rot);
    struct history *history = start(kit, 20);
    post_minutes(history, hour_ago_ms(), 3);
    kit_wait_for_minutes(kit, 3);
    history_destroy(history);
    assert_int_equal(count_files(kit, "board.db.damaged-*-[0-9][0-9][0-9][0-9][0-9][0-9]"), 1);
}

/* ---- a clock that was never set ---- */

static void a_clock_at_1970_writes_nothing_and_opens_nothing(void **state)
{
    struct history_kit *kit = *state;
    fill(kit);
    struct history *history =
        history_create(&(struct history_settings){.path = kit->path,
                                                  .keep_days = 35,
                                                  .series_count = SERIES,
                                                  .series = kit_series,
                                                  .commit_every_ms = 20,
                                                  .wall_shift_ms = -clock_now().wall_ms});
    struct history_batch *asked = memory_create(1, sizeof *asked);
    asked->comparable_days = memory_create(SERIES, sizeof *asked->comparable_days);
    history_post(history, asked);
    post_minutes(history, 60000, 7);
    usleep(200000); /* ten times as long as it would take */
    assert_null(history_take(history));
    history_destroy(history);
    assert_int_equal(kit_minutes_kept_from(kit, 0), 1400);
    struct reader *reader = kit_reader(kit);
    assert_int_equal(reader_newest(reader, kit_moment("2000-01-01")), 0);
    reader_close(reader);
}

/* ---- kill -9 ---- */

enum { KILLS = 200, MINUTES_A_WRITE = 5 };

/* Where every instruction costs fifty, fewer: $VIGIE_KILLS. */
static unsigned kills(void)
{
    const char *asked = getenv("VIGIE_KILLS");
    return asked ? (unsigned)strtoul(asked, NULL, 10) : (unsigned)KILLS;
}

/* Writes five minutes again and again and says after each write how many minutes are promised. */
static void write_for_ever(struct history_kit *kit, int64_t from_ms, int promised_fd)
{
    struct store *store = store_open(&kit->settings, (struct now){from_ms, from_ms}, NULL);
    for (int32_t written = 0; store; written += MINUTES_A_WRITE) {
        if (!kit_write(store, from_ms + written * 60000LL, MINUTES_A_WRITE, 80, 40, 100, NULL))
            break;
        int32_t promised = written + MINUTES_A_WRITE;
        if (write(promised_fd, &promised, sizeof promised) != (ssize_t)sizeof promised)
            break;
    }
    _exit(1);
}

static int32_t last_promise(int fd)
{
    int32_t promised = 0, next;
    while (read(fd, &next, sizeof next) == (ssize_t)sizeof next)
        promised = next;
    return promised;
}

/* Gives how many minutes were promised. */
static int32_t write_and_kill(struct history_kit *kit, int64_t from_ms, unsigned after_us)
{
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    if (child == 0)
        write_for_ever(kit, from_ms, ends[1]);
    close(ends[1]);
    usleep(after_us);
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    int32_t promised = last_promise(ends[0]);
    close(ends[0]);
    return promised;
}

static void two_hundred_kills_while_writing_lose_nothing_that_was_promised(void **state)
{
    struct history_kit *kit = *state;
    struct error error = {""};
    int64_t from_ms = kit_moment("2026-11-01T00:00");
    int total = 0, unpromised = 0;
    for (unsigned i = 0; i < kills(); i++) {
        int32_t promised = write_and_kill(kit, from_ms, (i * 7919U) % 30000U);
        struct store *store = store_open(&kit->settings, (struct now){from_ms, from_ms}, &error);
        if (!store || error.text[0] || !store_check(store, &error))
            fail_msg("kill %u: %s", i, error.text);
        store_close(store);
        int kept = kit_minutes_kept_from(kit, from_ms);
        assert_in_range(kept, promised, promised + MINUTES_A_WRITE);
        unpromised += kept - promised;
        total += kept;
        from_ms += kept * 60000LL;
    }
    print_message("%u kills, %d minutes kept, %d of them before it was said\n", kills(), total, unpromised);
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        T(a_file_that_is_no_database_is_put_aside_and_a_new_one_begins),
        T(a_page_that_rots_is_found_by_the_check),
        T(another_program_s_database_is_left_alone),
        T(a_newer_history_is_not_touched),
        T(an_older_history_is_brought_up_to_date_with_what_is_in_it),
        T(two_walls_on_one_history_do_not_both_write),
        T(a_folder_that_is_a_file_is_said),
        T(a_file_that_is_a_folder_is_said),
        T(only_its_owner_may_read_it),
        T(what_is_queued_is_written_at_the_end),
        T(a_disk_that_stalls_delays_nobody_who_hands_over),
        T(a_queue_that_is_full_drops_its_oldest),
        T(a_history_that_rots_while_the_wall_is_off_costs_the_past_and_not_the_wall),
        T(a_clock_at_1970_writes_nothing_and_opens_nothing),
        T(two_hundred_kills_while_writing_lose_nothing_that_was_promised),
        T(a_card_that_became_read_only_is_said_and_still_read),
        T(a_full_disk_loses_nothing_that_was_written_and_is_used_again_when_there_is_room),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
