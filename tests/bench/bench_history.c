/*
 * What a history costs: bytes and fsyncs of a day of 60 series asked every 10 s, size and start of 35 days of
 * 200 series. Prints a table; tests/bench/history.sh runs it. Time is invented, so that a day takes seconds;
 * what is written is what a real day writes.
 */
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/calendar.h"
#include "base/clock.h"
#include "base/memory.h"
#include "base/text.h"
#include "history/history.h"
#include "history/store.h"

static const int64_t DAY_MS = 86400000, MINUTE_MS = 60000;
enum { COMMIT_MINUTES = 5 };

/* SQLite's calls come through here. */
static long syncs;

static int count_sync(const char *name, int file)
{
    int (*real)(int) = NULL;
    *(void **)&real = dlsym(RTLD_NEXT, name);
    syncs++;
    return real(file);
}

int fsync(int file)
{
    return count_sync("fsync", file);
}

int fdatasync(int file)
{
    return count_sync("fdatasync", file);
}

/* What the process has had written to the disk, by the kernel's count. */
static long long written_bytes(void)
{
    struct text text = {0};
    text_read_file(&text, "/proc/self/io", 4096);
    const char *row = strstr(text_bytes(&text), "\nwrite_bytes:");
    long long bytes = row ? atoll(row + 13) : 0;
    text_finish(&text);
    return bytes;
}

static struct record_series *make_series(size_t count)
{
    struct record_series *series = memory_create(count, sizeof *series);
    for (size_t i = 0; i < count; i++) {
        char name[64];
        snprintf(name, sizeof name, "service_level|30m|queue=Queue %zu||", i);
        series[i] = (struct record_series){.name = memory_copy_text(name),
                                           .kpi = "service_level",
                                           .place = "queue=Queue",
                                           .period = "30m",
                                           .kind = RECORD_MEAN,
                                           .weighted = true};
    }
    return series;
}

static struct history_batch *make_minute(size_t count, int64_t minute, uint32_t *noise)
{
    struct history_batch *batch = memory_create(1, sizeof *batch);
    batch->minute = minute;
    batch->cells = memory_create(count, sizeof *batch->cells);
    for (size_t i = 0; i < count; i++) {
        *noise = *noise * 1664525u + 1013904223u;
        float value = 70 + (float)(*noise >> 24) / 10;
        batch->cells[i] =
            (struct record_cell){value, (float)(*noise >> 22), value < 75 ? DISPLAY_WARN : DISPLAY_OK};
    }
    if (minute % 30 == 0) { /* now and then an alert */
        batch->alert_count = 1;
        batch->alerts = memory_create(1, sizeof *batch->alerts);
        *batch->alerts = (struct record_alert){.tile = (size_t)(minute / 30) % count,
                                               .begun_ms = minute * MINUTE_MS,
                                               .ended_ms = (minute + 12) * MINUTE_MS,
                                               .peak = DISPLAY_WARN,
                                               .peak_value = 71};
    }
    return batch;
}

static void write_days(struct store *store, size_t count, int64_t from_ms, int days, int commit_minutes)
{
    struct error error = {""};
    uint32_t noise = 7;
    struct history_batch **batches = memory_create((size_t)commit_minutes, sizeof *batches);
    for (int64_t at = from_ms; at < from_ms + days * DAY_MS; at += commit_minutes * MINUTE_MS) {
        for (int i = 0; i < commit_minutes; i++)
            batches[i] = make_minute(count, at / MINUTE_MS + i, &noise);
        int64_t end_ms = at + commit_minutes * MINUTE_MS;
        if (!store_write(store, batches, (size_t)commit_minutes, (struct now){end_ms, end_ms}, &error))
            fprintf(stderr, "%s\n", error.text);
        for (int i = 0; i < commit_minutes; i++)
            history_batch_destroy(batches[i]);
    }
    free(batches);
}

static double megabytes(const char *path)
{
    struct stat file;
    return stat(path, &file) == 0 ? (double)file.st_size / 1e6 : 0;
}

static void measure_day(const char *path, size_t count, int64_t from_ms)
{
    struct record_series *series = make_series(count);
    struct store_settings settings = {path, 35, count, series};
    struct error error = {""};
    struct store *store = store_open(&settings, (struct now){from_ms, from_ms}, &error);
    write_days(store, count, from_ms - DAY_MS, 1, COMMIT_MINUTES); /* the first day makes the file */
    long syncs_before = syncs;
    long long bytes_before = written_bytes();
    write_days(store, count, from_ms, 1, COMMIT_MINUTES);
    printf("a day of %zu series, commit every %d min: %.2f MB written, %ld fsyncs\n", count, COMMIT_MINUTES,
           (double)(written_bytes() - bytes_before) / 1e6, syncs - syncs_before);
    store_close(store);
}

static void measure_month(const char *path, size_t count, int days, int64_t from_ms)
{
    struct record_series *series = make_series(count);
    struct store_settings settings = {path, 35, count, series};
    struct error error = {""};
    struct store *store = store_open(&settings, (struct now){from_ms, from_ms}, &error);
    write_days(store, count, from_ms, days, 60);
    store_close(store);
    printf("%d days of %zu series: %.1f MB\n", days, count, megabytes(path));

    int64_t *wanted = memory_create(count, sizeof *wanted);
    int64_t now_ms = from_ms + days * DAY_MS;
    for (size_t i = 0; i < count; i++)
        wanted[i] = calendar_add_days_ms(calendar_midnight_ms(now_ms), -7);
    struct history_settings history = {
        .path = path, .keep_days = 35, .series_count = count, .series = series};
    for (int i = 0; i < 5; i++) {
        int64_t begun_ms = clock_monotonic_ms();
        store = store_open(&settings, (struct now){now_ms, now_ms}, &error);
        int64_t opened_ms = clock_monotonic_ms();
        struct history_restored *restored =
            history_restore(&history, wanted, true, (struct now){now_ms, now_ms}, &error);
        int64_t restored_ms = clock_monotonic_ms();
        store_check(store, &error);
        printf("  opened in %lld ms, restored in %lld ms more, then checked in %lld ms\n",
               (long long)(opened_ms - begun_ms), (long long)(restored_ms - opened_ms),
               (long long)(clock_monotonic_ms() - restored_ms));
        history_restored_destroy(restored);
        store_close(store);
    }
}

int main(int argc, char **argv)
{
    char day[4096], month[4096];
    int64_t from_ms;
    if (argc != 2)
        return 2;
    snprintf(day, sizeof day, "%s/day.db", argv[1]);
    snprintf(month, sizeof month, "%s/month.db", argv[1]);
    calendar_set_zone("Europe/Paris", NULL);
    calendar_parse_iso("2026-10-01", &from_ms);
    measure_day(day, 60, from_ms);
    measure_month(month, 200, 35, from_ms);
    measure_month(month, 200, 35, calendar_add_days_ms(from_ms, 35));
    return 0;
}
