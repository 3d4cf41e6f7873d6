#ifndef HISTORY_STORE_H
#define HISTORY_STORE_H

/*
 * The database of a history, for the one process that writes it. Waits for the disk: only for the thread of
 * history/history.c, for tests and for commands.
 *
 * A power cut costs what was not yet written with store_write(), never more: WAL with synchronous FULL.
 * Times are of the wall, in milliseconds, or in minutes since 1970.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/now.h"
#include "model/record.h"

/* After a longer silence nobody knows whether it is still the same alert. */
enum { HISTORY_UNSEEN_MS = 900000 };

/* One minute, or something that happened. Owned by whoever has it. */
struct history_batch {
    int64_t minute;            /* 0: no cells */
    struct record_cell *cells; /* one a series; owned */
    size_t alert_count;
    struct record_alert *alerts;   /* begun or changed; `tile` is a series; owned */
    int64_t huddle_wall_ms;        /* one was held; 0: none */
    struct record_letters letters; /* as they stand now; without a day: nothing new */
    int64_t clock_step_ms;         /* a wrong clock was set right by so much: what this run wrote is moved */
    bool clock_wrong;              /* it is known to be: nothing is deleted for being old */
    int64_t *comparable_days;      /* one a series: the midnight that somebody wants to see again; owned */
};

void history_batch_destroy(struct history_batch *batch);

struct store_settings {
    const char *path;
    int keep_days;
    size_t series_count;
    const struct record_series *series; /* all with a name, no two the same */
};

struct store;

/*
 * Makes the folder if need be, takes the lock, brings an older database up to date. A damaged one is put
 * aside and a new one begun: then the error tells it although there is a store. NULL: the error says why
 * nothing can be written.
 */
struct store *store_open(const struct store_settings *settings, struct now now, struct error *error);
void store_close(struct store *store);

/* All of them or none, safe on the disk when it returns; then rolls up, and once a day deletes what is old.
 */
bool store_write(struct store *store, struct history_batch *const *batches, size_t count, struct now now,
                 struct error *error);

/* Reads every page. False: it is damaged, the error says how; close it and open it again. */
bool store_check(struct store *store, struct error *error);

/* The last call failed because the file is damaged, not because the disk is full or away. */
bool store_is_damaged(const struct store *store);

/*
 * What was open when the last run ended: alerts of which nothing was seen for longer than 15 minutes are
 * ended as of the last minute seen, as such. Once, before the first write.
 */
bool store_end_unseen_alerts(struct store *store, struct now now, struct error *error);

/* Whether a command has changed something since the last time this was asked. */
bool store_changed_beside(struct store *store);

/* ---- for people, from a command; may run beside the wall ---- */

/* Notes an event of the floor ("IVR changed"), or takes those of that minute away. */
bool store_mark(const char *path, int64_t wall_ms, const char *text, struct error *error);
bool store_unmark(const char *path, int64_t wall_ms, struct error *error);

/* What an alert came of and what was done (NULL: as it is). */
bool store_explain_alert(const char *path, int64_t id, const char *cause, const char *action,
                         struct error *error);

#endif
