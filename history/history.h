#ifndef HISTORY_HISTORY_H
#define HISTORY_HISTORY_H

/*
 * What a wall remembers: a thread that writes minutes to the disk and reads them back after a start.
 *
 * Whoever hands a batch over never waits for the disk: the batch is put into a queue, and the thread commits
 * the queue every five minutes and at the end. While the disk stalls, is full or away the queue grows to four
 * hours; then the oldest are dropped. Trouble is logged when it begins, changes and ends, and tried again
 * every minute. While the machine's clock is not set (before 2025) minutes wait in the queue for the right
 * time: nothing is written under a wrong date.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "history/store.h"
#include "model/comparison.h"
#include "model/daily.h"
#include "model/record.h"
#include "model/to_date.h"

enum { HISTORY_COMMIT_MS = 300000, HISTORY_QUEUE_MAX = 240 };

struct history;

/* There is something for history_take(). Called by the thread, which waits meanwhile: wake somebody and
 * return. Not called any more once history_destroy() was. NULL: nobody is in a hurry. */
typedef void history_handler(void *context);

struct history_settings {
    const char *path;
    int keep_days;
    size_t series_count;
    const struct record_series *series;
    int64_t commit_every_ms; /* 0: HISTORY_COMMIT_MS */
    int64_t wall_shift_ms;   /* added to the clock, as the pipeline does */
    history_handler *handler;
    void *context;
};

/* Copies the settings and starts the thread, which opens the database and reads it back. Never fails. */
struct history *history_create(const struct history_settings *settings);

/*
 * Writes what is queued and ends the thread; waits 150 ms at most: a disk that does not answer by then costs
 * the last batch, and the thread is left behind.
 */
void history_destroy(struct history *history);

/* Takes the batch over. Does not wait. Without a history (NULL, here and below) nothing is kept. */
void history_post(struct history *history, struct history_batch *batch);

struct restored_series {
    int64_t first_minute; /* of the wall */
    size_t count;
    const float *values;
    const unsigned char *displays; /* enum display, beside the values */
    struct resumed_alert alert;    /* since_wall_ms 0: none */
    size_t comparable_count;       /* of the day that was asked for */
    const struct comparison_point *comparable;
    size_t day_count; /* that are over */
    const struct daily_day *days;
    struct to_date_so_far so_far; /* those that were not, now and a period before */
};

struct history_restored {
    struct history_restored *next; /* of the queue, for history.c alone */
    struct arena *arena;
    bool marks_alone;  /* somebody noted one: there is nothing else in it */
    bool so_far_alone; /* a quarter of an hour was kept: of the series only that */
    bool at_start;     /* else only comparable days, see history_batch */
    size_t mark_count; /* of the last day and the next one, in the order of time */
    const struct snapshot_mark *marks;
    int64_t huddle_wall_ms; /* the last one; 0: none */
    size_t series_count;
    struct restored_series *series;
    size_t week_count; /* alerts of the present week */
    const struct budget_alert *week;
    int64_t week_since_wall_ms; /* of which anything was kept; 0: nothing was */
    size_t letter_count;        /* days of the present month, at the start alone */
    const struct record_letters *letters;
};

void history_restored_destroy(struct history_restored *restored);

/* The oldest of what was read back, the caller owns it; NULL: nothing. Does not wait for the disk. */
struct history_restored *history_take(struct history *history);

/* How it fares; `trouble` has the text that is pointed at. A disk that is silent for 30 s is trouble. */
struct snapshot_keeping history_keeping(struct history *history, struct now now, struct error *trouble);

/* Only what was noted of the floor. Waits for the disk. */
struct history_restored *history_restore_marks(const char *path, struct now now, struct error *error);

/* Only the days so far. Waits for the disk. */
struct history_restored *history_restore_so_far(const struct history_settings *settings, struct now now,
                                                struct error *error);

/* Reads back what a wall shows of the past, as the thread does at its start. Waits for the disk. */
struct history_restored *history_restore(const struct history_settings *settings,
                                         const int64_t *comparable_days, bool at_start, struct now now,
                                         struct error *error);

#endif
