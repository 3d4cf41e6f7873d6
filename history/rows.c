#include "history/rows.h"

#include <sqlite3.h>
#include <stdio.h>

#include "history/cells.h"

enum { ID_BYTES = 4 };

static const struct {
    const char *name;
    size_t cell_bytes;
} tables[ROWS_COUNT] = {{"minute", CELL_BYTES}, {"quarter", ROLLED_BYTES}, {"day", ROLLED_BYTES}};

const char *rows_name(enum rows_table table)
{
    return tables[table].name;
}

size_t rows_cell_bytes(enum rows_table table)
{
    return tables[table].cell_bytes;
}

int64_t row_series(const struct row *row, size_t index)
{
    const unsigned char *id = row->ids + ID_BYTES * index;
    return (int64_t)id[0] | (int64_t)id[1] << 8 | (int64_t)id[2] << 16 | (int64_t)id[3] << 24;
}

void row_write_series(unsigned char *ids, size_t index, int64_t series)
{
    for (size_t i = 0; i < ID_BYTES; i++)
        ids[ID_BYTES * index + i] = (unsigned char)(series >> (8 * i));
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

static struct row row_of(sqlite3_stmt *statement, size_t cell_bytes)
{
    struct row row = {.at = sqlite3_column_int64(statement, 0)};
    row.cells = sqlite3_column_blob(statement, 1);
    row.ids = sqlite3_column_blob(statement, 2);
    if (row.cells && row.ids)
        row.count = least((size_t)sqlite3_column_bytes(statement, 1) / cell_bytes,
                          (size_t)sqlite3_column_bytes(statement, 2) / ID_BYTES);
    return row;
}

bool rows_each(sqlite3 *database, enum rows_table table, int64_t from, int64_t to,
               void (*take)(void *context, const struct row *row), void *context)
{
    char sql[192];
    sqlite3_stmt *statement = NULL;
    snprintf(sql, sizeof sql,
             "SELECT r.at, r.cells, l.series FROM %s r JOIN layout l ON l.id = r.layout"
             " WHERE r.at >= ? AND r.at < ? ORDER BY r.at",
             rows_name(table));
    if (sqlite3_prepare_v2(database, sql, -1, &statement, NULL) != SQLITE_OK)
        return false;
    sqlite3_bind_int64(statement, 1, from);
    sqlite3_bind_int64(statement, 2, to);
    int result;
    while ((result = sqlite3_step(statement)) == SQLITE_ROW) {
        struct row row = row_of(statement, rows_cell_bytes(table));
        take(context, &row);
    }
    sqlite3_finalize(statement);
    return result == SQLITE_DONE;
}
