#include "history/store.h"

#include <math.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/calendar.h"
#include "base/memory.h"
#include "base/text.h"
#include "history/cells.h"
#include "history/files.h"
#include "history/rows.h"
#include "history/schema.h"

enum { QUARTER_MINUTES = 15, MINUTES_KEPT_DAYS = 8, BUSY_MS = 5000 };
static const int64_t DAY_MS = 86400000, MINUTE_MS = 60000;

/* A clock that is this far from the newest record may be wrong; after a day without a step it is believed. */
static const int64_t FITS_AHEAD_MS = 2 * 86400000LL, FITS_BEHIND_MS = 3600000;
static const int64_t BELIEVED_AFTER_MS = 86400000;

struct store {
    sqlite3 *database;
    int lock; /* -1: none */
    int keep_days;
    size_t series_count;
    int64_t *ids; /* of the dictionary, one a series */
    bool *weighted;
    int64_t layout;
    sqlite3_stmt *put_minute, *put_alert;
    bool damaged;
    int64_t version; /* of the data, as SQLite counts what others change */

    int64_t newest_at_open_ms;  /* 0: the database was empty */
    int64_t believed_from_ms;   /* monotonic: since when no step was seen */
    int64_t run_from_minute;    /* the first one of this run; 0: none yet */
    int64_t run_to_minute;      /* the last one */
    int64_t pruned_midnight_ms; /* the day for which old rows are gone */
};

void history_batch_destroy(struct history_batch *batch)
{
    if (!batch)
        return;
    free(batch->cells);
    free(batch->alerts);
    free(batch->comparable_days);
    free(batch);
}

/* ---- SQL in small pieces ---- */

/* Says what the database says. Always false. */
static bool failed(struct store *store, const char *doing, struct error *error)
{
    int code = sqlite3_errcode(store->database);
    store->damaged = code == SQLITE_CORRUPT || code == SQLITE_NOTADB;
    error_set(error, store->damaged ? "%s: the file is damaged (%s)" : "%s: %s", doing,
              sqlite3_errmsg(store->database));
    return false;
}

static bool run(struct store *store, const char *sql)
{
    return sqlite3_exec(store->database, sql, NULL, NULL, NULL) == SQLITE_OK;
}

/* Runs a statement with up to three numbers; *result (may be NULL) is its first column, or stays. */
static bool ask(struct store *store, const char *sql, int64_t a, int64_t b, int64_t c, int64_t *result)
{
    const int64_t values[] = {a, b, c};
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(store->database, sql, -1, &statement, NULL) != SQLITE_OK)
        return false;
    for (int i = 0; i < sqlite3_bind_parameter_count(statement) && i < 3; i++)
        sqlite3_bind_int64(statement, i + 1, values[i]);
    int code = sqlite3_step(statement);
    if (code == SQLITE_ROW && result && sqlite3_column_type(statement, 0) != SQLITE_NULL)
        *result = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    return code == SQLITE_ROW || code == SQLITE_DONE;
}

/* ---- the dictionary ---- */

static void bind_series(sqlite3_stmt *statement, const struct record_series *series)
{
    sqlite3_bind_text(statement, 1, series->name, -1, SQLITE_STATIC);
    sqlite3_bind_text(statement, 2, series->kpi, -1, SQLITE_STATIC);
    sqlite3_bind_text(statement, 3, series->place, -1, SQLITE_STATIC);
    sqlite3_bind_text(statement, 4, series->period, -1, SQLITE_STATIC);
    sqlite3_bind_int(statement, 5, (int)series->kind);
    sqlite3_bind_int(statement, 6, series->weighted);
    sqlite3_bind_int(statement, 7, series->additive);
}

/* The catalogue may have changed how a figure adds up: it is asked anew at each start. */
static bool know_series(struct store *store, const struct record_series *series, size_t count)
{
    sqlite3_stmt *put = NULL;
    bool done = sqlite3_prepare_v2(
                    store->database,
                    "INSERT INTO series(name, kpi, place, period, kind, weighted, additive)"
                    " VALUES(?, ?, ?, ?, ?, ?, ?) ON CONFLICT(name) DO UPDATE SET kind = excluded.kind,"
                    " weighted = excluded.weighted, additive = excluded.additive RETURNING id",
                    -1, &put, NULL) == SQLITE_OK;
    for (size_t i = 0; done && i < count; i++) {
        bind_series(put, &series[i]);
        done = sqlite3_step(put) == SQLITE_ROW;
        store->ids[i] = sqlite3_column_int64(put, 0);
        store->weighted[i] = series[i].weighted;
        done = done && sqlite3_step(put) == SQLITE_DONE;
        sqlite3_reset(put);
    }
    sqlite3_finalize(put);
    return done;
}

/* The layout of these series, new or known; 0: it failed. */
static int64_t layout_of(struct store *store, const unsigned char *ids, size_t count)
{
    static const char *const sql[] = {"INSERT OR IGNORE INTO layout(series) VALUES(?)",
                                      "SELECT id FROM layout WHERE series = ?"};
    int64_t layout = 0;
    for (size_t i = 0; i < 2; i++) {
        sqlite3_stmt *statement = NULL;
        if (sqlite3_prepare_v2(store->database, sql[i], -1, &statement, NULL) != SQLITE_OK)
            return 0;
        sqlite3_bind_blob(statement, 1, ids, (int)(4 * count), SQLITE_STATIC);
        if (sqlite3_step(statement) == SQLITE_ROW)
            layout = sqlite3_column_int64(statement, 0);
        sqlite3_finalize(statement);
    }
    return layout;
}

static bool know_layout(struct store *store)
{
    unsigned char *ids = memory_create(store->series_count + 1, 4);
    for (size_t i = 0; i < store->series_count; i++)
        row_write_series(ids, i, store->ids[i]);
    store->layout = layout_of(store, ids, store->series_count);
    free(ids);
    return store->layout != 0;
}

static bool learn(struct store *store, const struct store_settings *settings)
{
    return run(store, "BEGIN IMMEDIATE") && know_series(store, settings->series, settings->series_count) &&
           know_layout(store) && run(store, "COMMIT");
}

/* ---- opening ---- */

static bool roll_up(struct store *store, enum rows_table from_table, int64_t until);

static bool prepare(struct store *store)
{
    return sqlite3_prepare_v2(store->database,
                              "INSERT OR REPLACE INTO minute(at, layout, cells) VALUES(?, ?, ?)", -1,
                              &store->put_minute, NULL) == SQLITE_OK &&
           sqlite3_prepare_v2(store->database,
                              "INSERT INTO alert(series, begun, ended, acked, peak, peak_value, told)"
                              " VALUES(?, ?, ?, ?, ?, ?, ?) ON CONFLICT(series, begun) DO UPDATE SET"
                              " ended = excluded.ended, acked = excluded.acked, peak = excluded.peak,"
                              " told = excluded.told, peak_value = coalesce(excluded.peak_value, peak_value)",
                              -1, &store->put_alert, NULL) == SQLITE_OK;
}

static bool note_newest(struct store *store)
{
    int64_t newest = 0;
    bool done = ask(store, "SELECT max(at) FROM minute", 0, 0, 0, &newest);
    store->newest_at_open_ms = newest * MINUTE_MS;
    return done;
}

static void close_database(struct store *store)
{
    sqlite3_finalize(store->put_minute);
    sqlite3_finalize(store->put_alert);
    sqlite3_close(store->database);
    store->put_minute = store->put_alert = NULL;
    store->database = NULL;
}

static bool settle(struct store *store)
{
    sqlite3_busy_timeout(store->database, BUSY_MS);
    return run(store, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
}

/* A read of the header tells damage before anything is written. */
static bool open_database(struct store *store, const struct store_settings *settings, struct error *error)
{
    store->damaged = false;
    if (sqlite3_open_v2(settings->path, &store->database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL) !=
            SQLITE_OK ||
        !settle(store))
        return failed(store, settings->path, error);
    enum schema_outcome schema = schema_bring(store->database, error);
    if (schema == SCHEMA_FAILED)
        return failed(store, settings->path, error);
    if (schema != SCHEMA_CURRENT) {
        error_prefix(error, "%s", settings->path);
        return false;
    }
    if (!learn(store, settings) || !prepare(store) || !note_newest(store))
        return failed(store, settings->path, error);
    return true;
}

/*
 * What the run before had no time to add up: a wall that is switched off in the evening ends no day. Where it
 * cannot be written now, the next write does it.
 */
static void catch_up(struct store *store, struct now now)
{
    if (run(store, "BEGIN IMMEDIATE") && roll_up(store, ROWS_MINUTE, now.wall_ms / MINUTE_MS) &&
        roll_up(store, ROWS_QUARTER, now.wall_ms / MINUTE_MS) && run(store, "COMMIT"))
        return;
    run(store, "ROLLBACK");
}

static bool begin_anew(struct store *store, const struct store_settings *settings, struct now now,
                       struct error *error)
{
    char aside[4160];
    struct error damage = *error;
    close_database(store);
    if (!files_put_aside(settings->path, now.wall_ms, aside, sizeof aside, error) ||
        !files_make_private(settings->path, error) || !open_database(store, settings, error))
        return false;
    error_set(error, "%s; it is kept as %s, and a new history begins", damage.text, aside);
    return true;
}

static bool open_any(struct store *store, const struct store_settings *settings, struct now now,
                     struct error *error)
{
    struct error nobody; /* error may be NULL, but begin_anew() wants to tell of the damage */
    struct error *told = error ? error : &nobody;
    *told = (struct error){""};
    if (!files_make_folder(settings->path, told))
        return false;
    store->lock = files_lock(settings->path, told);
    if (store->lock < 0 || !files_make_private(settings->path, told))
        return false;
    return open_database(store, settings, told) || (store->damaged && begin_anew(store, settings, now, told));
}

struct store *store_open(const struct store_settings *settings, struct now now, struct error *error)
{
    struct store *store = memory_create(1, sizeof *store);
    store->lock = -1;
    store->keep_days = settings->keep_days;
    store->series_count = settings->series_count;
    store->ids = memory_create(settings->series_count + 1, sizeof *store->ids);
    store->weighted = memory_create(settings->series_count + 1, sizeof *store->weighted);
    store->believed_from_ms = now.monotonic_ms;
    if (open_any(store, settings, now, error)) {
        catch_up(store, now);
        return store;
    }
    store_close(store);
    return NULL;
}

void store_close(struct store *store)
{
    if (!store)
        return;
    close_database(store);
    files_unlock(store->lock);
    free(store->ids);
    free(store->weighted);
    free(store);
}

bool store_is_damaged(const struct store *store)
{
    return store->damaged;
}

static void one_line(struct error *error)
{
    for (char *at = error ? strchr(error->text, '\n') : NULL; at; at = strchr(at, '\n'))
        *at = ' ';
}

bool store_check(struct store *store, struct error *error)
{
    sqlite3_stmt *statement = NULL;
    bool asked =
        sqlite3_prepare_v2(store->database, "PRAGMA quick_check(1)", -1, &statement, NULL) == SQLITE_OK &&
        sqlite3_step(statement) == SQLITE_ROW;
    const char *said = asked ? (const char *)sqlite3_column_text(statement, 0) : NULL;
    bool well = said && strcmp(said, "ok") == 0;
    if (!asked)
        failed(store, "the history cannot be checked", error);
    else if (!well) {
        store->damaged = true;
        error_set(error, "the history is damaged: %.200s", said ? said : "no word");
        one_line(error);
    }
    sqlite3_finalize(statement);
    return well;
}

/* ---- writing ---- */

static bool finish_step(sqlite3_stmt *statement)
{
    int code = sqlite3_step(statement);
    sqlite3_reset(statement);
    sqlite3_clear_bindings(statement);
    return code == SQLITE_DONE;
}

/* What comes before what is rolled up (the clock was set back) makes it roll up again from there. */
static bool step_back(struct store *store, int64_t minute)
{
    int64_t quarter = minute - minute % QUARTER_MINUTES;
    int64_t midnight = calendar_midnight_ms(minute * MINUTE_MS) / MINUTE_MS;
    return ask(store, "UPDATE state SET value = ?1 WHERE name = 'quarter' AND value > ?1", quarter, 0, 0,
               NULL) &&
           ask(store, "UPDATE state SET value = ?1 WHERE name = 'day' AND value > ?1", midnight, 0, 0, NULL);
}

/* Which minutes are this run's. A clock set back a little writes before the first one. */
static void note_run(struct store *store, int64_t minute)
{
    if (!store->run_from_minute || minute < store->run_from_minute)
        store->run_from_minute = minute;
    if (minute > store->run_to_minute)
        store->run_to_minute = minute;
}

static bool write_minute(struct store *store, const struct history_batch *batch)
{
    size_t bytes = store->series_count * CELL_BYTES;
    unsigned char *cells = memory_create(bytes + 1, 1);
    for (size_t i = 0; i < store->series_count; i++)
        cell_write(cells + i * CELL_BYTES, &batch->cells[i]);
    sqlite3_bind_int64(store->put_minute, 1, batch->minute);
    sqlite3_bind_int64(store->put_minute, 2, store->layout);
    sqlite3_bind_blob(store->put_minute, 3, cells, (int)bytes, SQLITE_TRANSIENT);
    free(cells);
    note_run(store, batch->minute);
    return finish_step(store->put_minute) && step_back(store, batch->minute);
}

static bool write_alert(struct store *store, const struct record_alert *alert)
{
    if (alert->tile >= store->series_count)
        return true;
    sqlite3_bind_int64(store->put_alert, 1, store->ids[alert->tile]);
    sqlite3_bind_int64(store->put_alert, 2, alert->begun_ms);
    sqlite3_bind_int64(store->put_alert, 3, alert->ended_ms);
    sqlite3_bind_int64(store->put_alert, 4, alert->acked_ms);
    sqlite3_bind_int(store->put_alert, 5, (int)alert->peak);
    if (!isnan(alert->peak_value))
        sqlite3_bind_double(store->put_alert, 6, alert->peak_value);
    sqlite3_bind_int(store->put_alert, 7, alert->told);
    return finish_step(store->put_alert);
}

/* Negative first, so that no row meets one that is yet to be moved. */
static bool move_minutes(struct store *store, int64_t from, int64_t to, int64_t by)
{
    return ask(store, "UPDATE minute SET at = -at WHERE at BETWEEN ? AND ?", from, to, 0, NULL) &&
           ask(store, "UPDATE OR REPLACE minute SET at = -at + ? WHERE at < 0", by, 0, 0, NULL);
}

static bool move_happenings(struct store *store, int64_t from_ms, int64_t end_ms, int64_t by_ms)
{
    return ask(store,
               "UPDATE OR REPLACE alert SET begun = begun + ?1, ended = iif(ended = 0, 0, ended + ?1),"
               " acked = iif(acked = 0, 0, acked + ?1) WHERE begun >= ?2 AND begun < ?3",
               by_ms, from_ms, end_ms, NULL) &&
           ask(store, "UPDATE OR REPLACE huddle SET at = at + ?1 WHERE at >= ?2 AND at < ?3", by_ms, from_ms,
               end_ms, NULL);
}

/* Quarters and days that minutes of this time went into; those that have other minutes are made again. */
static bool unroll(struct store *store, int64_t from, int64_t to)
{
    return ask(store, "DELETE FROM quarter WHERE at BETWEEN ? AND ?", from - from % QUARTER_MINUTES, to, 0,
               NULL) &&
           ask(store, "DELETE FROM day WHERE at BETWEEN ? AND ?",
               calendar_midnight_ms(from * MINUTE_MS) / MINUTE_MS, to, 0, NULL);
}

/*
 * A Pi without a clock of its own believes anything until the network tells it: its minutes are moved then.
 * Only those of this run: with a clock at 1970 everything else that is kept lies behind them.
 */
static bool move_run(struct store *store, int64_t by_ms)
{
    int64_t from = store->run_from_minute, to = store->run_to_minute;
    int64_t by = (int64_t)llround((double)by_ms / (double)MINUTE_MS);
    if (!from)
        return true;
    store->run_from_minute += by;
    store->run_to_minute += by;
    return move_minutes(store, from, to, by) &&
           move_happenings(store, from * MINUTE_MS, (to + 1) * MINUTE_MS, by_ms) && unroll(store, from, to) &&
           step_back(store, from < from + by ? from : from + by);
}

/* One letter after the other, each as a number of its own (enum display), lowest first. */
static bool write_letters(struct store *store, const struct record_letters *letters)
{
    int64_t packed = 0;
    for (int i = 0; i < SNAPSHOT_LETTERS; i++)
        packed |= (int64_t)letters->cells[i] << (4 * i);
    return ask(store, "INSERT OR REPLACE INTO letters(at, cells) VALUES(?, ?)",
               letters->midnight_wall_ms / MINUTE_MS, packed, 0, NULL);
}

static bool write_batch(struct store *store, const struct history_batch *batch, struct now now)
{
    bool done = true;
    if (batch->clock_wrong)
        store->believed_from_ms = now.monotonic_ms;
    if (batch->clock_step_ms) {
        store->believed_from_ms = now.monotonic_ms;
        done = move_run(store, batch->clock_step_ms);
    }
    if (done && batch->minute)
        done = write_minute(store, batch);
    for (size_t i = 0; done && i < batch->alert_count; i++)
        done = write_alert(store, &batch->alerts[i]);
    if (done && batch->letters.midnight_wall_ms)
        done = write_letters(store, &batch->letters);
    if (done && batch->huddle_wall_ms)
        done = ask(store, "INSERT OR IGNORE INTO huddle(at) VALUES(?)", batch->huddle_wall_ms, 0, 0, NULL);
    return done;
}

/* ---- rolling up ---- */

/* Several rows becoming one, whatever series they have. */
struct rolling {
    struct store *store;
    enum rows_table from;
    size_t count, capacity;
    int64_t *ids;
    struct rolled *rolled;
};

static bool is_weighted(const struct store *store, int64_t id)
{
    for (size_t i = 0; i < store->series_count; i++)
        if (store->ids[i] == id)
            return store->weighted[i];
    return true; /* of a board before: rather nothing than a mean of ratios */
}

/* Rows mostly have the same series in the same places. */
static size_t place_of(struct rolling *rolling, int64_t id, size_t guess)
{
    if (guess < rolling->count && rolling->ids[guess] == id)
        return guess;
    for (size_t i = 0; i < rolling->count; i++)
        if (rolling->ids[i] == id)
            return i;
    if (rolling->count == rolling->capacity) {
        rolling->capacity = 2 * rolling->capacity + 64;
        rolling->ids = memory_resize(rolling->ids, rolling->capacity, sizeof *rolling->ids);
        rolling->rolled = memory_resize(rolling->rolled, rolling->capacity, sizeof *rolling->rolled);
    }
    rolling->ids[rolling->count] = id;
    rolling->rolled[rolling->count] = rolled_nothing();
    return rolling->count++;
}

static void roll_row(void *context, const struct row *row)
{
    struct rolling *rolling = context;
    size_t bytes = rows_cell_bytes(rolling->from);
    for (size_t i = 0; i < row->count; i++) {
        int64_t id = row_series(row, i);
        size_t place = place_of(rolling, id, i); /* may move the array */
        struct rolled *rolled = &rolling->rolled[place];
        if (rolling->from == ROWS_MINUTE) {
            struct record_cell cell = cell_read(row->cells + i * bytes);
            bool known = i < rolling->store->series_count && rolling->store->ids[i] == id;
            rolled_add_cell(rolled, &cell,
                            known ? rolling->store->weighted[i] : is_weighted(rolling->store, id));
        } else {
            struct rolled later = rolled_read(row->cells + i * bytes);
            rolled_add(rolled, &later);
        }
    }
}

static bool put_rolled(struct store *store, enum rows_table table, int64_t at, const struct rolling *rolling)
{
    char sql[96];
    sqlite3_stmt *statement = NULL;
    unsigned char *ids = memory_create(rolling->count + 1, 4);
    unsigned char *cells = memory_create(rolling->count + 1, ROLLED_BYTES);
    for (size_t i = 0; i < rolling->count; i++) {
        row_write_series(ids, i, rolling->ids[i]);
        rolled_write(cells + i * ROLLED_BYTES, &rolling->rolled[i]);
    }
    int64_t layout = layout_of(store, ids, rolling->count);
    snprintf(sql, sizeof sql, "INSERT OR REPLACE INTO %s(at, layout, cells) VALUES(?, ?, ?)",
             rows_name(table));
    bool done = layout && sqlite3_prepare_v2(store->database, sql, -1, &statement, NULL) == SQLITE_OK;
    sqlite3_bind_int64(statement, 1, at);
    sqlite3_bind_int64(statement, 2, layout);
    sqlite3_bind_blob(statement, 3, cells, (int)(rolling->count * ROLLED_BYTES), SQLITE_STATIC);
    done = done && sqlite3_step(statement) == SQLITE_DONE;
    sqlite3_finalize(statement);
    free(ids);
    free(cells);
    return done;
}

/* Rows of [from, to) as one row. */
static bool roll_span(struct store *store, enum rows_table from_table, int64_t from, int64_t to)
{
    struct rolling rolling = {.store = store, .from = from_table};
    bool done = rows_each(store->database, from_table, from, to, roll_row, &rolling) &&
                put_rolled(store, from_table + 1, from, &rolling);
    free(rolling.ids);
    free(rolling.rolled);
    return done;
}

static void span_of(enum rows_table from_table, int64_t at, int64_t *from, int64_t *to)
{
    if (from_table == ROWS_MINUTE) {
        *from = at - at % QUARTER_MINUTES;
        *to = *from + QUARTER_MINUTES;
        return;
    }
    int64_t midnight_ms = calendar_midnight_ms(at * MINUTE_MS);
    *from = midnight_ms / MINUTE_MS;
    *to = calendar_add_days_ms(midnight_ms, 1) / MINUTE_MS;
}

static bool remember_rolled(struct store *store, enum rows_table table, int64_t at)
{
    char sql[96];
    snprintf(sql, sizeof sql, "INSERT OR REPLACE INTO state(name, value) VALUES('%s', ?)", rows_name(table));
    return ask(store, sql, at, 0, 0, NULL);
}

/* All whole spans before `until` that are not rolled up yet. */
static bool roll_up(struct store *store, enum rows_table from_table, int64_t until)
{
    char first_after[96], rolled_to[96];
    snprintf(first_after, sizeof first_after, "SELECT min(at) FROM %s WHERE at >= ?", rows_name(from_table));
    snprintf(rolled_to, sizeof rolled_to, "SELECT value FROM state WHERE name = '%s'",
             rows_name(from_table + 1));
    int64_t done_to = 0;
    if (!ask(store, rolled_to, 0, 0, 0, &done_to))
        return false;
    while (true) {
        int64_t at = INT64_MAX, from, to;
        if (!ask(store, first_after, done_to, 0, 0, &at))
            return false;
        if (at >= until)
            return true;
        span_of(from_table, at, &from, &to);
        if (to > until)
            return true;
        if (!roll_span(store, from_table, from, to) || !remember_rolled(store, from_table + 1, to))
            return false;
        done_to = to;
    }
}

/* ---- what is old ---- */

/* A clock that a year was added to by mistake must not cost the year. */
static bool clock_believed(const struct store *store, struct now now)
{
    int64_t ahead_ms = now.wall_ms - store->newest_at_open_ms;
    bool fits = !store->newest_at_open_ms || (ahead_ms < FITS_AHEAD_MS && ahead_ms > -FITS_BEHIND_MS);
    return fits || now.monotonic_ms - store->believed_from_ms >= BELIEVED_AFTER_MS;
}

static bool delete_outside(struct store *store, const char *table, const char *column, int64_t from,
                           int64_t to)
{
    char sql[96];
    snprintf(sql, sizeof sql, "DELETE FROM %s WHERE %s < ? OR %s > ?", table, column, column);
    return ask(store, sql, from, to, 0, NULL);
}

static bool delete_old(struct store *store, int64_t midnight_ms)
{
    int minute_days = store->keep_days < MINUTES_KEPT_DAYS ? store->keep_days : MINUTES_KEPT_DAYS;
    int64_t from_ms = calendar_add_days_ms(midnight_ms, -store->keep_days);
    int64_t minutes_from_ms = calendar_add_days_ms(midnight_ms, -minute_days);
    int64_t to_ms = midnight_ms + 2 * DAY_MS;
    return delete_outside(store, "minute", "at", minutes_from_ms / MINUTE_MS, to_ms / MINUTE_MS) &&
           delete_outside(store, "quarter", "at", from_ms / MINUTE_MS, to_ms / MINUTE_MS) &&
           delete_outside(store, "day", "at", from_ms / MINUTE_MS, to_ms / MINUTE_MS) &&
           delete_outside(store, "alert", "begun", from_ms, to_ms) &&
           delete_outside(store, "mark", "at", from_ms, to_ms) &&
           delete_outside(store, "huddle", "at", from_ms, to_ms) &&
           delete_outside(store, "letters", "at", from_ms / MINUTE_MS, to_ms / MINUTE_MS) &&
           ask(store,
               "DELETE FROM layout WHERE id <> ? AND id NOT IN (SELECT layout FROM minute UNION"
               " SELECT layout FROM quarter UNION SELECT layout FROM day)",
               store->layout, 0, 0, NULL);
}

static bool prune(struct store *store, struct now now)
{
    int64_t midnight_ms = calendar_midnight_ms(now.wall_ms);
    if (midnight_ms == store->pruned_midnight_ms || !clock_believed(store, now))
        return true;
    if (!delete_old(store, midnight_ms))
        return false;
    store->pruned_midnight_ms = midnight_ms;
    return true;
}

/* ---- the whole write ---- */

static bool write_all(struct store *store, struct history_batch *const *batches, size_t count, struct now now)
{
    int64_t until = 0;
    for (size_t i = 0; i < count; i++) {
        if (!write_batch(store, batches[i], now))
            return false;
        if (batches[i]->minute >= until)
            until = batches[i]->minute + 1;
    }
    return roll_up(store, ROWS_MINUTE, until) && roll_up(store, ROWS_QUARTER, until) && prune(store, now);
}

bool store_write(struct store *store, struct history_batch *const *batches, size_t count, struct now now,
                 struct error *error)
{
    struct store before = *store;
    store->damaged = false;
    if (run(store, "BEGIN IMMEDIATE") && write_all(store, batches, count, now) && run(store, "COMMIT"))
        return true;
    failed(store, "the history cannot be written", error);
    run(store, "ROLLBACK");
    store->run_from_minute = before.run_from_minute;
    store->run_to_minute = before.run_to_minute;
    store->believed_from_ms = before.believed_from_ms;
    store->pruned_midnight_ms = before.pruned_midnight_ms;
    return false;
}

bool store_end_unseen_alerts(struct store *store, struct now now, struct error *error)
{
    int64_t unseen_ms = now.wall_ms - store->newest_at_open_ms;
    if (unseen_ms >= 0 && unseen_ms <= HISTORY_UNSEEN_MS)
        return true;
    return ask(store, "UPDATE alert SET ended = max(begun, ?), unseen = 1 WHERE ended = 0",
               store->newest_at_open_ms, 0, 0, NULL) ||
           failed(store, "the history cannot be written", error);
}

bool store_changed_beside(struct store *store)
{
    int64_t version = store->version;
    if (!ask(store, "PRAGMA data_version", 0, 0, 0, &version) || version == store->version)
        return false;
    store->version = version;
    return true;
}

/* ---- from a command ---- */

/* Beside the wall: no lock, only SQLite's own for the moment of the write. NULL: the error says why. */
static sqlite3 *open_beside(const char *path, struct error *error)
{
    sqlite3 *database = NULL;
    if (sqlite3_open_v2(path, &database, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK) {
        sqlite3_busy_timeout(database, BUSY_MS);
        if (schema_bring(database, error) == SCHEMA_CURRENT)
            return database;
        error_prefix(error, "%s", path);
    } else {
        error_set(error, "%s: %s", path, sqlite3_errmsg(database));
    }
    sqlite3_close(database);
    return NULL;
}

/* Runs the statement with two texts and a number, and gives how many rows it changed. */
static int change(sqlite3 *database, const char *sql, const char *a, const char *b, int64_t number)
{
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(database, sql, -1, &statement, NULL) != SQLITE_OK)
        return -1;
    sqlite3_bind_text(statement, 1, a, -1, SQLITE_STATIC);
    sqlite3_bind_text(statement, 2, b, -1, SQLITE_STATIC);
    sqlite3_bind_int64(statement, 3, number);
    int changed = sqlite3_step(statement) == SQLITE_DONE ? sqlite3_changes(database) : -1;
    sqlite3_finalize(statement);
    return changed;
}

/* How many rows were changed; -1: the error says why none could be. */
static int change_beside(const char *path, const char *sql, const char *a, const char *b, int64_t number,
                         struct error *error)
{
    sqlite3 *database = open_beside(path, error);
    if (!database)
        return -1;
    int changed = change(database, sql, a, b, number);
    if (changed < 0)
        error_set(error, "%s: %s", path, sqlite3_errmsg(database));
    sqlite3_close(database);
    return changed;
}

bool store_mark(const char *path, int64_t wall_ms, const char *text, struct error *error)
{
    return change_beside(path, "INSERT INTO mark(text, at) SELECT ?1, ?3 WHERE ?2 IS NULL", text, NULL,
                         wall_ms, error) > 0;
}

bool store_unmark(const char *path, int64_t wall_ms, struct error *error)
{
    int changed = change_beside(path, "DELETE FROM mark WHERE at / 60000 = ?3 / 60000 AND ?1 IS ?2", NULL,
                                NULL, wall_ms, error);
    if (changed == 0)
        error_set(error, "no event was noted at that minute; `vigie history BOARD --alerts` lists them");
    return changed > 0;
}

bool store_explain_alert(const char *path, int64_t id, const char *cause, const char *action,
                         struct error *error)
{
    int changed = change_beside(path,
                                "UPDATE alert SET cause = coalesce(?1, cause), action = coalesce(?2, action)"
                                " WHERE id = ?3",
                                cause, action, id, error);
    if (changed == 0)
        error_set(error,
                  "there is no alert %lld; `vigie history BOARD --alerts` lists them with their numbers",
                  (long long)id);
    return changed > 0;
}
