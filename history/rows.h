#ifndef HISTORY_ROWS_H
#define HISTORY_ROWS_H

/* Rows of the three tables of figures, as they lie on disk; for the files of this folder alone. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct sqlite3;

enum rows_table { ROWS_MINUTE, ROWS_QUARTER, ROWS_DAY, ROWS_COUNT };

/* "minute", "quarter", "day"; bytes of one cell. */
const char *rows_name(enum rows_table table);
size_t rows_cell_bytes(enum rows_table table);

struct row {
    int64_t at; /* minutes since 1970 */
    size_t count;
    const unsigned char *ids, *cells;
};

/* The series of the cell at `index`, and its bytes. */
int64_t row_series(const struct row *row, size_t index);
void row_write_series(unsigned char *ids, size_t index, int64_t series);

/* All rows with from <= at < to, in the order of time; each valid for its call. False: sqlite3_errmsg(). */
bool rows_each(struct sqlite3 *database, enum rows_table table, int64_t from, int64_t to,
               void (*take)(void *context, const struct row *row), void *context);

#endif
