#ifndef TESTS_TABLE_H
#define TESTS_TABLE_H

/* A table of tests/data/: the first line names the columns; no quotes in it. For tests alone. */

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"

enum { TABLE_COLUMNS_MAX = 24, TABLE_BYTES_MAX = 1 << 20 };

struct table {
    struct text text;
    size_t column_count, row_count;
    char *names[TABLE_COLUMNS_MAX];
    char **cells; /* row by row */
};

static inline size_t table_split(char *line, char **cells)
{
    size_t count = 0;
    char *cell;
    while (count < TABLE_COLUMNS_MAX && (cell = strsep(&line, ",")))
        cells[count++] = cell;
    return count;
}

static inline bool table_read(struct table *table, const char *path)
{
    *table = (struct table){0};
    if (!text_read_file(&table->text, path, TABLE_BYTES_MAX))
        return false;
    char *rest = table->text.bytes, *line = strsep(&rest, "\n");
    table->column_count = table_split(line, table->names);
    size_t rows_max = 1;
    for (const char *at = rest; at && *at; at++)
        rows_max += *at == '\n';
    table->cells = memory_create(rows_max * table->column_count, sizeof(char *));
    while ((line = strsep(&rest, "\n")) && *line) {
        char *cells[TABLE_COLUMNS_MAX] = {NULL};
        table_split(line, cells);
        memcpy(table->cells + table->row_count++ * table->column_count, cells,
               table->column_count * sizeof(char *));
    }
    return table->row_count > 0;
}

static inline void table_finish(struct table *table)
{
    text_finish(&table->text);
    free(table->cells);
}

/* "" where there is no such column. */
static inline const char *table_text(const struct table *table, size_t row, const char *column)
{
    for (size_t i = 0; i < table->column_count; i++)
        if (text_equal(table->names[i], column))
            return table->cells[row * table->column_count + i];
    return "";
}

/* NaN for an empty cell. */
static inline double table_number(const struct table *table, size_t row, const char *column)
{
    const char *text = table_text(table, row, column);
    return *text ? strtod(text, NULL) : NAN;
}

#endif
