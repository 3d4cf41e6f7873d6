#include "tests/history_kit.h"

#include <dirent.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "base/clock.h"
#include "history/history.h"

/*
 * A disk that does not answer, and one that forgets what was not synchronised: SQLite asks this program's
 * fdatasync() and fsync() in place of the C library's.
 */

static struct {
    pthread_mutex_t mutex;
    pthread_cond_t changed;
    bool stalled;
    int waiting;      /* calls that do not return */
    bool keeps_image; /* what is synchronised is copied: all that a power cut leaves */
} disk = {.mutex = PTHREAD_MUTEX_INITIALIZER, .changed = PTHREAD_COND_INITIALIZER};

/* ---- files as bytes ---- */

enum { FILE_MAX = 8 << 20, SECTOR = 512 };

static size_t load(const char *path, unsigned char *bytes)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    size_t size = 0;
    ssize_t got;
    while (fd >= 0 && (got = read(fd, bytes + size, FILE_MAX - size)) > 0)
        size += (size_t)got;
    if (fd >= 0)
        close(fd);
    return size;
}

static void save(const char *path, const unsigned char *bytes, size_t size)
{
    char beside[256];
    snprintf(beside, sizeof beside, "%s.new", path);
    int fd = open(beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    bool done = fd >= 0 && write(fd, bytes, size) == (ssize_t)size;
    if (fd >= 0)
        close(fd);
    if (!done || rename(beside, path) != 0)
        abort();
}

/* "…/state/board.db-wal" is kept as "…/state/../synced-board.db-wal". */
static void image_path(const char *path, char *image, size_t size)
{
    const char *name = strrchr(path, '/');
    snprintf(image, size, "%.*s/../synced-%s", (int)(name - path), path, name + 1);
}

/* ---- what SQLite calls ---- */

static void keep_image(int fd)
{
    static unsigned char bytes[FILE_MAX];
    char link[64], path[160], image[200];
    struct stat stat;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length <= 0 || fstat(fd, &stat) != 0 || !S_ISREG(stat.st_mode))
        return;
    path[length] = '\0';
    image_path(path, image, sizeof image);
    save(image, bytes, load(path, bytes));
}

static int synchronise(int fd)
{
    pthread_mutex_lock(&disk.mutex);
    disk.waiting++;
    pthread_cond_broadcast(&disk.changed);
    while (disk.stalled)
        pthread_cond_wait(&disk.changed, &disk.mutex);
    disk.waiting--;
    pthread_mutex_unlock(&disk.mutex);
    if (disk.keeps_image)
        keep_image(fd);
    return 0;
}

int fdatasync(int fd)
{
    return synchronise(fd);
}

int fsync(int fd)
{
    return synchronise(fd);
}

/* ---- a disk that does not answer ---- */

static void stall(bool stalled)
{
    pthread_mutex_lock(&disk.mutex);
    disk.stalled = stalled;
    pthread_cond_broadcast(&disk.changed);
    pthread_mutex_unlock(&disk.mutex);
}

static int waiting_now(void)
{
    pthread_mutex_lock(&disk.mutex);
    int waiting = disk.waiting;
    pthread_mutex_unlock(&disk.mutex);
    return waiting;
}

static void wait_until_waiting(void)
{
    for (int i = 0; i < 200 && !waiting_now(); i++)
        usleep(50000);
    assert_int_equal(waiting_now(), 1);
}

static struct history *start(struct history_kit *kit, int64_t commit_every_ms)
{
    return history_create(&(struct history_settings){.path = kit->path,
                                                     .keep_days = 35,
                                                     .series_count = SERIES,
                                                     .series = kit_series,
                                                     .commit_every_ms = commit_every_ms});
}

static int64_t this_minute_ms(void)
{
    int64_t wall_ms = clock_now().wall_ms;
    return wall_ms - wall_ms % 60000;
}

/* The order of events is what is looked at: the disk is still silent when the wall has gone on and ended. */
static void a_wall_goes_on_and_ends_while_the_disk_does_not_answer(void **state)
{
    struct history_kit *kit = *state;
    struct history *history = start(kit, 20);
    history_post(history, kit_minute(this_minute_ms() - 600000, 80, 40, 100, 3));
    kit_wait_for_minutes(kit, 1);
    stall(true);
    history_post(history, kit_minute(this_minute_ms() - 540000, 80, 40, 100, 3));
    wait_until_waiting();
    for (int i = 0; i < 300; i++) /* more than the queue holds */
        history_post(history, kit_minute(this_minute_ms() + i * 60000LL, 80, 40, 100, 3));
    assert_null(history_take(history));
    history_destroy(history);
    assert_int_equal(waiting_now(), 1);
    assert_int_equal(kit_minutes_kept_from(kit, 0), 1);
    stall(false);
    kit_wait_for_minutes(kit,
                         2 + HISTORY_QUEUE_MAX); /* the thread that was left behind had it all the same */
}

static void a_disk_that_is_silent_from_the_start_is_told(void **state)
{
    struct history_kit *kit = *state;
    struct error trouble = {""};
    struct now now = clock_now();
    stall(true);
    struct history *history = start(kit, 20);
    wait_until_waiting();
    assert_null(history_keeping(history, now, &trouble).trouble);
    now.monotonic_ms += 40000;
    assert_non_null(history_keeping(history, now, &trouble).trouble);
    assert_string_equal(trouble.text, "the disk does not answer");
    stall(false);
    history_post(history, kit_minute(this_minute_ms(), 80, 40, 100, 3));
    kit_wait_for_minutes(kit, 1);
    history_destroy(history);
}

/* ---- power cuts ---- */

enum { CUTS = 20, MINUTES_A_WRITE = 5 };

static uint64_t chance(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005U + 1442695040888963407U;
    return *seed >> 33;
}

/* Of what was written and not synchronised a disk keeps some sectors and forgets others. */
static void cut_file(const char *path, uint64_t *seed)
{
    static unsigned char written[FILE_MAX], kept[FILE_MAX];
    char image[200];
    image_path(path, image, sizeof image);
    size_t size = load(path, written), kept_size = load(image, kept);
    if (chance(seed) % 2 && size > kept_size) {
        memset(kept + kept_size, 0, size - kept_size);
        kept_size = size;
    }
    for (size_t at = 0; at < kept_size && at < size; at += SECTOR)
        if (chance(seed) % 2)
            memcpy(kept + at, written + at, size - at < SECTOR ? size - at : SECTOR);
    save(path, kept, kept_size);
    unlink(image);
    save(image, kept, kept_size);
}

static void cut_power(struct history_kit *kit, uint64_t *seed)
{
    static const char *const endings[] = {"", "-wal"};
    char path[160];
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        snprintf(path, sizeof path, "%s%s", kit->path, endings[i]);
        if (access(path, F_OK) == 0)
            cut_file(path, seed);
    }
    snprintf(path, sizeof path, "%s-shm", kit->path); /* of memory alone */
    unlink(path);
}

/* Writes five minutes again and again and says after each write how many minutes are promised. */
static void write_for_ever(struct history_kit *kit, int64_t from_ms, int promised_fd)
{
    disk.keeps_image = true;
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

static int32_t last_promise(int fd, int32_t promised)
{
    int32_t next;
    while (read(fd, &next, sizeof next) == (ssize_t)sizeof next)
        promised = next;
    return promised;
}

/* Gives how many minutes were promised: one write at least, however slow the machine is. */
static int32_t write_and_cut(struct history_kit *kit, int64_t from_ms, unsigned after_us, uint64_t *seed)
{
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    if (child == 0)
        write_for_ever(kit, from_ms, ends[1]);
    close(ends[1]);
    int32_t promised = 0;
    assert_int_equal(read(ends[0], &promised, sizeof promised), sizeof promised);
    usleep(after_us);
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    promised = last_promise(ends[0], promised);
    close(ends[0]);
    cut_power(kit, seed);
    return promised;
}

static void twenty_power_cuts_lose_nothing_that_was_promised(void **state)
{
    struct history_kit *kit = *state;
    struct error error = {""};
    uint64_t seed = 7;
    int64_t from_ms = kit_moment("2026-11-01T00:00");
    int total = 0;
    kit->settings.keep_days = 400;
    for (unsigned i = 0; i < CUTS; i++) {
        int32_t promised = write_and_cut(kit, from_ms, (i * 7919U) % 40000U, &seed);
        disk.keeps_image = true; /* also what is opened now may be cut before it is synchronised */
        struct store *store = store_open(&kit->settings, (struct now){from_ms, from_ms}, &error);
        if (!store || error.text[0] || !store_check(store, &error))
            fail_msg("cut %u: %s", i, error.text);
        store_close(store);
        disk.keeps_image = false;
        int kept = kit_minutes_kept_from(kit, from_ms);
        assert_in_range(kept, promised, promised + MINUTES_A_WRITE);
        total += kept;
        from_ms += kept * 60000LL;
    }
    print_message("%d power cuts, %d minutes kept\n", CUTS, total);
}

static int set_up(void **state)
{
    struct history_kit *kit = memory_create(1, sizeof *kit);
    kit_open_folder(kit);
    *state = kit;
    return 0;
}

static int tear_down(void **state)
{
    stall(false);
    kit_remove_folder(*state);
    free(*state);
    return 0;
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        T(a_wall_goes_on_and_ends_while_the_disk_does_not_answer),
        T(a_disk_that_is_silent_from_the_start_is_told),
        T(twenty_power_cuts_lose_nothing_that_was_promised),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
