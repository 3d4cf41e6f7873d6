#include "history/reader.h"

#include <math.h>
#include <sqlite3.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/calendar.h"
#include "base/memory.h"
#include "base/now.h"
#include "base/text.h"
#include "history/rows.h"
#include "history/schema.h"

static const int64_t MINUTE_MS = 60000, GAP_MAX_MS = 900000;
enum { BUSY_MS = 2000 };

struct reader {
    sqlite3 *database;
    struct arena *arena;
    size_t count, capacity;
    struct record_series *series;
    size_t place_count;
    size_t *places; /* by id in the database: index + 1; 0: none */
};

/* ---- opening ---- */

static bool failed(struct reader *reader, struct error *error)
{
    error_set(error, "the history cannot be read: %s", sqlite3_errmsg(reader->database));
    return false;
}

/* As a URI, whose special characters are written in hexadecimal. */
static void append_uri(struct text *uri, const char *path, const char *query)
{
    text_append(uri, "file:");
    for (const unsigned char *at = (const unsigned char *)path; *at; at++)
        if (*at == '%' || *at == '?' || *at == '#')
            text_append_format(uri, "%%%02X", *at);
        else
            text_append_bytes(uri, (const char *)at, 1);
    text_append(uri, query);
}

static bool open_as(struct reader *reader, const char *path, const char *query)
{
    struct text uri = {0};
    append_uri(&uri, path, query);
    sqlite3_close(reader->database);
    bool opened =
        sqlite3_open_v2(uri.bytes, &reader->database, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, NULL) ==
            SQLITE_OK &&
        sqlite3_exec(reader->database, "SELECT 1 FROM sqlite_master", NULL, NULL, NULL) == SQLITE_OK;
    text_finish(&uri);
    sqlite3_busy_timeout(reader->database, BUSY_MS);
    return opened;
}

static const char *column_text(struct reader *reader, sqlite3_stmt *statement, int column)
{
    const char *text = (const char *)sqlite3_column_text(statement, column);
    return arena_copy_text(reader->arena, text ? text : "");
}

static void note_place(struct reader *reader, int64_t id)
{
    if (id < 0 || id > 10000000)
        return;
    size_t wanted = (size_t)id + 1;
    if (wanted > reader->place_count) {
        reader->places = memory_resize(reader->places, wanted, sizeof *reader->places);
        for (size_t i = reader->place_count; i < wanted; i++)
            reader->places[i] = 0;
        reader->place_count = wanted;
    }
    reader->places[id] = reader->count;
}

static void take_series(struct reader *reader, sqlite3_stmt *statement)
{
    reader->series = memory_grow(reader->series, &reader->capacity, reader->count, sizeof *reader->series);
    struct record_series *series = &reader->series[reader->count++];
    *series = (struct record_series){.name = column_text(reader, statement, 1),
                                     .kpi = column_text(reader, statement, 2),
                                     .place = column_text(reader, statement, 3),
                                     .period = column_text(reader, statement, 4),
                                     .kind = (enum record_kind)sqlite3_column_int(statement, 5),
                                     .weighted = sqlite3_column_int(statement, 6) != 0,
                                     .additive = sqlite3_column_int(statement, 7) != 0};
    note_place(reader, sqlite3_column_int64(statement, 0));
}

static bool read_dictionary(struct reader *reader)
{
    sqlite3_stmt *statement = NULL;
    int code = sqlite3_prepare_v2(reader->database,
                                  "SELECT id, name, kpi, place, period, kind, weighted, additive FROM series"
                                  " ORDER BY id",
                                  -1, &statement, NULL);
    while (code == SQLITE_OK && sqlite3_step(statement) == SQLITE_ROW)
        take_series(reader, statement);
    return sqlite3_finalize(statement) == SQLITE_OK && code == SQLITE_OK;
}

static int version_of(struct reader *reader)
{
    sqlite3_stmt *statement = NULL;
    int version = -1;
    if (sqlite3_prepare_v2(reader->database, "PRAGMA user_version", -1, &statement, NULL) == SQLITE_OK &&
        sqlite3_step(statement) == SQLITE_ROW)
        version = sqlite3_column_int(statement, 0);
    sqlite3_finalize(statement);
    return version;
}

static bool open_any(struct reader *reader, const char *path, struct error *error)
{
    /* the second way is for a file system that is read-only: nobody else can be writing there */
    if (!open_as(reader, path, "?mode=ro") && !open_as(reader, path, "?immutable=1"))
        return failed(reader, error);
    int version = version_of(reader);
    if (version == SCHEMA_VERSION)
        return read_dictionary(reader) || failed(reader, error);
    error_set(error, "the history has version %d of its tables, this program reads %d; %s", version,
              SCHEMA_VERSION,
              version < SCHEMA_VERSION ? "let `vigie run` bring it up to date"
                                       : "use the newer vigie that wrote it");
    return false;
}

struct reader *reader_open(const char *path, struct error *error)
{
    struct reader *reader = memory_create(1, sizeof *reader);
    reader->arena = arena_create();
    if (open_any(reader, path, error))
        return reader;
    error_prefix(error, "%s", path);
    reader_close(reader);
    return NULL;
}

void reader_close(struct reader *reader)
{
    if (!reader)
        return;
    sqlite3_close(reader->database);
    arena_destroy(reader->arena);
    free(reader->series);
    free(reader->places);
    free(reader);
}

/* ---- series ---- */

size_t reader_series_count(const struct reader *reader)
{
    return reader->count;
}

const struct record_series *reader_series(const struct reader *reader, size_t index)
{
    return &reader->series[index];
}

int reader_find(const struct reader *reader, const char *name)
{
    for (size_t i = 0; i < reader->count; i++)
        if (text_equal(reader->series[i].name, name))
            return (int)i;
    return -1;
}

/* False: a row names a series that the dictionary does not have. */
static bool find_place(const struct reader *reader, int64_t id, size_t *series)
{
    if (id < 0 || (size_t)id >= reader->place_count || reader->places[id] == 0)
        return false;
    *series = reader->places[id] - 1;
    return true;
}

/* ---- cells ---- */

struct taking {
    struct reader *reader;
    enum rows_table table;
    reader_take take;
    void *context;
};

static void take_cell(const struct taking *taking, const unsigned char *bytes, struct reader_cell *cell)
{
    if (taking->table == ROWS_MINUTE) {
        struct record_cell minute = cell_read(bytes);
        cell->minute = &minute;
        taking->take(taking->context, cell);
    } else {
        struct rolled rolled = rolled_read(bytes);
        cell->rolled = &rolled;
        taking->take(taking->context, cell);
    }
}

static void take_row(void *context, const struct row *row)
{
    const struct taking *taking = context;
    for (size_t i = 0; i < row->count; i++) {
        struct reader_cell cell = {.wall_ms = row->at * MINUTE_MS};
        if (find_place(taking->reader, row_series(row, i), &cell.series))
            take_cell(taking, row->cells + i * rows_cell_bytes(taking->table), &cell);
    }
}

static enum rows_table table_of(enum reader_step step)
{
    static const enum rows_table tables[] = {
        [READER_MINUTES] = ROWS_MINUTE, [READER_QUARTERS] = ROWS_QUARTER, [READER_DAYS] = ROWS_DAY};
    return tables[step];
}

/* The first whole minute at or after the moment. */
static int64_t minute_from(int64_t wall_ms)
{
    return wall_ms / MINUTE_MS + (wall_ms % MINUTE_MS > 0);
}

bool reader_cells(struct reader *reader, enum reader_step step, int64_t from_wall_ms, int64_t to_wall_ms,
                  reader_take take, void *context, struct error *error)
{
    struct taking taking = {reader, table_of(step), take, context};
    return rows_each(reader->database, taking.table, minute_from(from_wall_ms), minute_from(to_wall_ms),
                     take_row, &taking) ||
           failed(reader, error);
}

/* ---- what happened ---- */

static struct reader_alert alert_of(sqlite3_stmt *statement)
{
    struct reader_alert alert = {.id = sqlite3_column_int64(statement, 0),
                                 .unseen = sqlite3_column_int(statement, 7) != 0,
                                 .cause = (const char *)sqlite3_column_text(statement, 8),
                                 .action = (const char *)sqlite3_column_text(statement, 9)};
    int peak = sqlite3_column_int(statement, 5);
    alert.alert.told = sqlite3_column_int(statement, 10) != 0;
    alert.alert.begun_ms = sqlite3_column_int64(statement, 2);
    alert.alert.ended_ms = sqlite3_column_int64(statement, 3);
    alert.alert.acked_ms = sqlite3_column_int64(statement, 4);
    alert.alert.peak = peak == DISPLAY_CRITICAL ? DISPLAY_CRITICAL : DISPLAY_WARN;
    alert.alert.peak_value =
        sqlite3_column_type(statement, 6) == SQLITE_NULL ? NAN : sqlite3_column_double(statement, 6);
    return alert;
}

/* A question about what lies between two moments, which are its parameters 1 and 2. */
static int ask_between(struct reader *reader, const char *sql, int64_t from, int64_t to,
                       sqlite3_stmt **statement)
{
    int code = sqlite3_prepare_v2(reader->database, sql, -1, statement, NULL);
    sqlite3_bind_int64(*statement, 1, from);
    sqlite3_bind_int64(*statement, 2, to);
    return code;
}

bool reader_alerts(struct reader *reader, int64_t from_wall_ms, int64_t to_wall_ms,
                   void (*take)(void *context, const struct reader_alert *alert), void *context,
                   struct error *error)
{
    sqlite3_stmt *statement = NULL;
    int code = ask_between(reader,
                           "SELECT id, series, begun, ended, acked, peak, peak_value, unseen, cause, action,"
                           " told"
                           " FROM alert WHERE begun < ?2 AND (ended = 0 OR ended >= ?1) ORDER BY begun, id",
                           from_wall_ms, to_wall_ms, &statement);
    while (code == SQLITE_OK && sqlite3_step(statement) == SQLITE_ROW) {
        struct reader_alert alert = alert_of(statement);
        if (find_place(reader, sqlite3_column_int64(statement, 1), &alert.series))
            take(context, &alert);
    }
    return (sqlite3_finalize(statement) == SQLITE_OK && code == SQLITE_OK) || failed(reader, error);
}

bool reader_marks(struct reader *reader, int64_t from_wall_ms, int64_t to_wall_ms,
                  void (*take)(void *context, int64_t wall_ms, const char *text), void *context,
                  struct error *error)
{
    sqlite3_stmt *statement = NULL;
    int code = ask_between(reader, "SELECT at, text FROM mark WHERE at >= ? AND at < ? ORDER BY at, id",
                           from_wall_ms, to_wall_ms, &statement);
    while (code == SQLITE_OK && sqlite3_step(statement) == SQLITE_ROW)
        take(context, sqlite3_column_int64(statement, 0), (const char *)sqlite3_column_text(statement, 1));
    return (sqlite3_finalize(statement) == SQLITE_OK && code == SQLITE_OK) || failed(reader, error);
}

static struct record_letters letters_of(sqlite3_stmt *statement)
{
    struct record_letters letters = {.midnight_wall_ms = MINUTE_MS * sqlite3_column_int64(statement, 0)};
    int64_t packed = sqlite3_column_int64(statement, 1);
    for (int i = 0; i < SNAPSHOT_LETTERS; i++) {
        int64_t display = packed >> (4 * i) & 15;
        letters.cells[i] = display < DISPLAY_COUNT ? (enum display)display : DISPLAY_NODATA;
    }
    return letters;
}

bool reader_letters(struct reader *reader, int64_t from_wall_ms, int64_t to_wall_ms,
                    void (*take)(void *context, const struct record_letters *letters), void *context,
                    struct error *error)
{
    sqlite3_stmt *statement = NULL;
    int code = ask_between(reader, "SELECT at, cells FROM letters WHERE at >= ? AND at < ? ORDER BY at",
                           minute_from(from_wall_ms), minute_from(to_wall_ms), &statement);
    while (code == SQLITE_OK && sqlite3_step(statement) == SQLITE_ROW) {
        struct record_letters letters = letters_of(statement);
        take(context, &letters);
    }
    return (sqlite3_finalize(statement) == SQLITE_OK && code == SQLITE_OK) || failed(reader, error);
}

/* The first column of the first row, 0 where there is none. */
static int64_t ask(struct reader *reader, const char *sql, int64_t parameter)
{
    sqlite3_stmt *statement = NULL;
    int64_t answer = 0;
    if (sqlite3_prepare_v2(reader->database, sql, -1, &statement, NULL) == SQLITE_OK) {
        sqlite3_bind_int64(statement, 1, parameter);
        if (sqlite3_step(statement) == SQLITE_ROW)
            answer = sqlite3_column_int64(statement, 0);
    }
    sqlite3_finalize(statement);
    return answer;
}

int64_t reader_last_huddle(struct reader *reader, int64_t until_wall_ms)
{
    return ask(reader, "SELECT max(at) FROM huddle WHERE at < ?", until_wall_ms);
}

int64_t reader_newest(struct reader *reader, int64_t until_wall_ms)
{
    return MINUTE_MS * ask(reader, "SELECT max(at) FROM minute WHERE at < ?", minute_from(until_wall_ms));
}

/*
 * Up to when the wall was on: `until`, where it was a quarter of an hour before; else the end of what was
 * kept, of a week long ago only the quarters of an hour; `until` too where nothing was.
 */
static int64_t kept_until(struct reader *reader, int64_t until_wall_ms)
{
    int64_t minute_ms = reader_newest(reader, until_wall_ms) + MINUTE_MS;
    int64_t quarter_ms =
        MINUTE_MS *
        (ask(reader, "SELECT max(at) FROM quarter WHERE at < ?", minute_from(until_wall_ms)) + 15);
    int64_t end_ms = later_ms(minute_ms, quarter_ms);
    bool nothing = end_ms == 15 * MINUTE_MS;
    return nothing || until_wall_ms - end_ms <= GAP_MAX_MS ? until_wall_ms : end_ms;
}

/* ---- the budget of alerts ---- */

struct budgeting {
    const int *figures;
    struct reader_budget *budget;
};

static void count_alert(void *context, const struct reader_alert *read)
{
    const struct budgeting *budgeting = context;
    struct reader_budget *budget = budgeting->budget;
    int figure = budgeting->figures[read->series];
    if (figure < 0)
        return;
    budget->alerts = memory_grow(budget->alerts, &budget->capacity, budget->count, sizeof *budget->alerts);
    budget->alerts[budget->count++] = (struct budget_alert){.figure = (size_t)figure,
                                                            .begun_ms = read->alert.begun_ms,
                                                            .ended_ms = read->alert.ended_ms,
                                                            .red = read->alert.peak == DISPLAY_CRITICAL,
                                                            .told = read->alert.told,
                                                            .answered = read->alert.acked_ms || read->action};
}

static int64_t first_kept_ms(struct reader *reader, int64_t from_wall_ms)
{
    return MINUTE_MS * ask(reader,
                           "SELECT min(at) FROM (SELECT min(at) AS at FROM minute WHERE at >= ?1"
                           " UNION ALL SELECT min(at) FROM quarter WHERE at >= ?1)",
                           minute_from(from_wall_ms));
}

bool reader_budget(struct reader *reader, const int *figures, int64_t from_wall_ms, int64_t to_wall_ms,
                   struct reader_budget *budget, struct error *error)
{
    struct budgeting budgeting = {figures, budget};
    int64_t first_ms = first_kept_ms(reader, from_wall_ms);
    *budget = (struct reader_budget){.since_wall_ms = first_ms < to_wall_ms ? first_ms : 0,
                                     .until_wall_ms = kept_until(reader, to_wall_ms)};
    return reader_alerts(reader, from_wall_ms, to_wall_ms, count_alert, &budgeting, error);
}

/* ---- one figure of a longer time ---- */

struct beginning {
    const struct reader *reader;
    struct reader_begun *begun;
};

static void begin_with(void *context, const struct reader_cell *cell)
{
    const struct beginning *beginning = context;
    struct reader_begun *begun = &beginning->begun[cell->series];
    begun->kept = true;
    if (cell->rolled)
        rolled_add(&begun->rolled, cell->rolled);
    else
        rolled_add_cell(&begun->rolled, cell->minute, beginning->reader->series[cell->series].weighted);
}

static int64_t quarter_floor(int64_t wall_ms)
{
    return wall_ms - wall_ms % (15 * MINUTE_MS);
}

/* Quarters of an hour as far as they are rolled up, then minutes. */
bool reader_day_begun(struct reader *reader, int64_t until_wall_ms, struct reader_begun *begun,
                      struct error *error)
{
    struct beginning beginning = {reader, begun};
    int64_t midnight_ms = calendar_midnight_ms(until_wall_ms);
    int64_t rolled_ms = MINUTE_MS * ask(reader, "SELECT value FROM state WHERE name = 'quarter'", 0);
    int64_t quarter_ms = quarter_floor(until_wall_ms);
    if (rolled_ms < quarter_ms)
        quarter_ms = later_ms(rolled_ms, midnight_ms);
    for (size_t i = 0; i < reader->count; i++)
        begun[i] = (struct reader_begun){rolled_nothing(), false};
    return reader_cells(reader, READER_QUARTERS, midnight_ms, quarter_ms, begin_with, &beginning, error) &&
           reader_cells(reader, READER_MINUTES, quarter_ms, until_wall_ms, begin_with, &beginning, error);
}

struct total {
    size_t wanted;
    const struct record_series *series;
    struct rolled_days days;
};

static void add_day(void *context, const struct reader_cell *cell)
{
    struct total *total = context;
    if (cell->series == total->wanted)
        rolled_days_add(&total->days, cell->rolled, total->series);
}

double reader_total(struct reader *reader, size_t series, int64_t from_wall_ms, int64_t to_wall_ms)
{
    to_wall_ms = kept_until(reader, to_wall_ms); /* a day after which nothing came is no row yet */
    if (to_wall_ms <= from_wall_ms)
        return NAN;
    struct total total = {.wanted = series, .series = &reader->series[series]};
    struct reader_begun *begun = memory_create(reader->count, sizeof *begun);
    bool read = reader_cells(reader, READER_DAYS, from_wall_ms, calendar_midnight_ms(to_wall_ms), add_day,
                             &total, NULL) &&
                reader_day_begun(reader, to_wall_ms, begun, NULL);
    rolled_days_add(&total.days, &begun[series].rolled, total.series);
    free(begun);
    return read ? rolled_days_value(&total.days) : (double)NAN;
}
