#ifndef TESTS_HISTORY_KIT_H
#define TESTS_HISTORY_KIT_H

/* A history in a folder of its own, with three series of which each test says what they were. */

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

#include "base/calendar.h"
#include "base/memory.h"
#include "history/reader.h"
#include "history/store.h"

enum { LEVEL, CALLS, WAITING, SERIES };

static const struct record_series kit_series[SERIES] = {
    {"service_level|30m|", "service_level", "", "30m", RECORD_MEAN, true, false},
    {"offered|today|", "offered", "", "today", RECORD_DAY, false, true},
    {"calls_waiting|now|", "calls_waiting", "", "now", RECORD_MEAN, false, false},
};

struct history_kit {
    char folder[64], path[96];
    struct store_settings settings;
};

static inline void kit_open_folder(struct history_kit *kit)
{
    snprintf(kit->folder, sizeof kit->folder, "/tmp/vigie-history-XXXXXX");
    assert_non_null(mkdtemp(kit->folder));
    snprintf(kit->path, sizeof kit->path, "%s/state/board.db", kit->folder);
    kit->settings = (struct store_settings){kit->path, 35, SERIES, kit_series};
    assert_true(calendar_set_zone("Europe/Paris", NULL));
}

static inline void kit_remove_folder(struct history_kit *kit)
{
    char command[96];
    snprintf(command, sizeof command, "rm -rf '%s'", kit->folder);
    assert_int_equal(system(command), 0);
}

static inline int64_t kit_moment(const char *iso)
{
    int64_t wall_ms = 0;
    assert_true(calendar_parse_iso(iso, &wall_ms));
    return wall_ms;
}

static inline struct now kit_now(const char *iso)
{
    int64_t wall_ms = kit_moment(iso);
    return (struct now){wall_ms, wall_ms};
}

static inline struct store *kit_store(struct history_kit *kit, const char *iso)
{
    struct error error = {""};
    struct store *store = store_open(&kit->settings, kit_now(iso), &error);
    if (!store || error.text[0])
        fail_msg("%s", error.text);
    return store;
}

static inline struct history_batch *kit_minute(int64_t wall_ms, float level, float n, float calls,
                                               float waiting)
{
    struct history_batch *batch = memory_create(1, sizeof *batch);
    batch->minute = wall_ms / 60000;
    batch->cells = memory_create(SERIES, sizeof *batch->cells);
    batch->cells[LEVEL] = (struct record_cell){level, n, level < 70 ? DISPLAY_CRITICAL : DISPLAY_OK};
    batch->cells[CALLS] = (struct record_cell){calls, NAN, DISPLAY_NEUTRAL};
    batch->cells[WAITING] = (struct record_cell){waiting, NAN, DISPLAY_OK};
    return batch;
}

/* So many equal minutes from that moment on, in one write. */
static inline bool kit_write(struct store *store, int64_t from_ms, int minutes, float level, float n,
                             float calls, struct error *error)
{
    struct history_batch **batches = memory_create((size_t)minutes, sizeof *batches);
    for (int i = 0; i < minutes; i++)
        batches[i] = kit_minute(from_ms + i * 60000LL, level, n, calls, 3);
    int64_t end_ms = from_ms + minutes * 60000LL;
    bool done = store_write(store, batches, (size_t)minutes, (struct now){end_ms, end_ms}, error);
    for (int i = 0; i < minutes; i++)
        history_batch_destroy(batches[i]);
    free(batches);
    return done;
}

static inline void kit_minutes(struct store *store, const char *iso, int minutes, float level, float n,
                               float calls)
{
    struct error error = {""};
    if (!kit_write(store, kit_moment(iso), minutes, level, n, calls, &error))
        fail_msg("%s", error.text);
}

static inline struct reader *kit_reader(struct history_kit *kit)
{
    struct error error = {""};
    struct reader *reader = reader_open(kit->path, &error);
    if (!reader)
        fail_msg("%s", error.text);
    return reader;
}

struct kit_count {
    size_t wanted;
    int cells, known, red;
    double last;
};

static inline void kit_count_cell(void *context, const struct reader_cell *cell)
{
    struct kit_count *count = context;
    if (cell->series != count->wanted)
        return;
    count->cells++;
    count->known += cell->minute ? !isnan(cell->minute->value) : cell->rolled->known;
    count->red += cell->minute ? cell->minute->display == DISPLAY_CRITICAL : cell->rolled->red;
    count->last = cell->minute ? (double)cell->minute->value : cell->rolled->last;
}

/* What is kept of one series on disk; 0 also while there is no database to read. */
static inline int kit_minutes_kept_from(struct history_kit *kit, int64_t from_ms)
{
    struct error error = {""};
    struct kit_count count = {.wanted = LEVEL};
    struct reader *reader = reader_open(kit->path, &error);
    if (!reader)
        return 0;
    reader_cells(reader, READER_MINUTES, from_ms, INT64_MAX / 2, kit_count_cell, &count, NULL);
    reader_close(reader);
    return count.cells;
}

/* The history writes on a thread of its own: until it has, 30 s at most. */
static inline void kit_wait_for_minutes(struct history_kit *kit, int wanted)
{
    for (int i = 0; i < 600 && kit_minutes_kept_from(kit, 0) != wanted; i++)
        usleep(50000);
    assert_int_equal(kit_minutes_kept_from(kit, 0), wanted);
}

/* What is kept of a series between two moments. */
static inline struct kit_count kit_cells(struct history_kit *kit, enum reader_step step, size_t series,
                                         const char *from, const char *to)
{
    struct kit_count count = {.wanted = series, .last = NAN};
    struct reader *reader = kit_reader(kit);
    assert_true(reader_cells(reader, step, kit_moment(from), kit_moment(to), kit_count_cell, &count, NULL));
    reader_close(reader);
    return count;
}

#endif
