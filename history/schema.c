#include "history/schema.h"

#include <sqlite3.h>
#include <stddef.h>
#include <stdio.h>

/* "VIGI": tells a history from any other SQLite file. */
enum { APPLICATION_ID = 0x56494749 };

static const char *const steps[SCHEMA_VERSION] = {
    "CREATE TABLE series(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, kpi TEXT NOT NULL,"
    " place TEXT NOT NULL, period TEXT NOT NULL, kind INTEGER NOT NULL, weighted INTEGER NOT NULL,"
    " additive INTEGER NOT NULL);"
    "CREATE TABLE layout(id INTEGER PRIMARY KEY, series BLOB NOT NULL UNIQUE);"
    "CREATE TABLE minute(at INTEGER PRIMARY KEY, layout INTEGER NOT NULL, cells BLOB NOT NULL);"
    "CREATE TABLE quarter(at INTEGER PRIMARY KEY, layout INTEGER NOT NULL, cells BLOB NOT NULL);"
    "CREATE TABLE day(at INTEGER PRIMARY KEY, layout INTEGER NOT NULL, cells BLOB NOT NULL);"
    "CREATE TABLE alert(id INTEGER PRIMARY KEY, series INTEGER NOT NULL, begun INTEGER NOT NULL,"
    " ended INTEGER NOT NULL, acked INTEGER NOT NULL, peak INTEGER NOT NULL, peak_value REAL,"
    " UNIQUE(series, begun));"
    "CREATE TABLE state(name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;",

    "ALTER TABLE alert ADD COLUMN unseen INTEGER NOT NULL DEFAULT 0;" /* its end was not seen */
    "ALTER TABLE alert ADD COLUMN cause TEXT;"
    "ALTER TABLE alert ADD COLUMN action TEXT;"
    "CREATE TABLE mark(id INTEGER PRIMARY KEY, at INTEGER NOT NULL, text TEXT NOT NULL);"
    "CREATE TABLE huddle(at INTEGER PRIMARY KEY);",

    "CREATE TABLE letters(at INTEGER PRIMARY KEY, cells INTEGER NOT NULL);",

    "ALTER TABLE alert ADD COLUMN told INTEGER NOT NULL DEFAULT 1;" /* somebody was called */
};

static int pragma(sqlite3 *database, const char *name)
{
    char sql[64];
    sqlite3_stmt *statement = NULL;
    int value = -1;
    snprintf(sql, sizeof sql, "PRAGMA %s", name);
    if (sqlite3_prepare_v2(database, sql, -1, &statement, NULL) == SQLITE_OK &&
        sqlite3_step(statement) == SQLITE_ROW)
        value = sqlite3_column_int(statement, 0);
    sqlite3_finalize(statement);
    return value;
}

static bool has_tables(sqlite3 *database)
{
    sqlite3_stmt *statement = NULL;
    bool has =
        sqlite3_prepare_v2(database, "SELECT 1 FROM sqlite_master", -1, &statement, NULL) == SQLITE_OK &&
        sqlite3_step(statement) == SQLITE_ROW;
    sqlite3_finalize(statement);
    return has;
}

static bool run(sqlite3 *database, const char *sql)
{
    return sqlite3_exec(database, sql, NULL, NULL, NULL) == SQLITE_OK;
}

/* The version goes with its tables: a power cut in between leaves the old one whole. */
static bool climb(sqlite3 *database, int from, int to)
{
    char stamp[96];
    snprintf(stamp, sizeof stamp, "PRAGMA application_id = %d; PRAGMA user_version = %d", APPLICATION_ID, to);
    bool done = run(database, "BEGIN IMMEDIATE");
    for (int i = from; done && i < to; i++)
        done = run(database, steps[i]);
    return done && run(database, stamp) && run(database, "COMMIT");
}

enum schema_outcome schema_bring_to(sqlite3 *database, int version, struct error *error)
{
    int found = pragma(database, "user_version");
    if (found < 0 || sqlite3_errcode(database) == SQLITE_NOTADB) {
        error_set(error, "%s", sqlite3_errmsg(database));
        return SCHEMA_FAILED;
    }
    if (pragma(database, "application_id") != APPLICATION_ID && has_tables(database)) {
        error_set(error, "it is a database of another program; give history.path another place");
        return SCHEMA_FOREIGN;
    }
    if (found > version) {
        error_set(error,
                  "it is of a newer vigie (version %d of its tables, this program knows %d); install that "
                  "one again, or give history.path another place",
                  found, version);
        return SCHEMA_NEWER;
    }
    if (found == version || climb(database, found, version))
        return SCHEMA_CURRENT;
    error_set(error, "%s", sqlite3_errmsg(database));
    run(database, "ROLLBACK");
    return SCHEMA_FAILED;
}

enum schema_outcome schema_bring(sqlite3 *database, struct error *error)
{
    return schema_bring_to(database, SCHEMA_VERSION, error);
}
