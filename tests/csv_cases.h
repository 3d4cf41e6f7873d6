#ifndef TESTS_CSV_CASES_H
#define TESTS_CSV_CASES_H

/*
 * Test cases kept as a CSV file under tests/: the first line names the columns.
 *
 * An empty cell is NaN as a number: the expected "there is none". A file that cannot be read, a column that
 * is not there and a row that is too long end the test program: a case that is not looked at proves nothing.
 */

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/memory.h"
#include "base/text.h"

enum { CSV_COLUMNS_MAX = 40, CSV_BYTES_MAX = 4 << 20 };

struct csv_row {
    char *cell[CSV_COLUMNS_MAX]; /* NULL behind the last */
};

struct csv_cases {
    struct text text;
    struct csv_row header;
    size_t count, capacity;
    struct csv_row *rows;
};

static inline struct csv_row csv_take_row(char **rest, const char *path)
{
    struct csv_row row = {{NULL}};
    size_t count = 0;
    do {
        if (count == CSV_COLUMNS_MAX) {
            fprintf(stderr, "%s: more than %d columns\n", path, CSV_COLUMNS_MAX);
            abort();
        }
    } while (csv_next_cell(rest, &row.cell[count++]));
    return row;
}

static inline struct csv_cases *csv_read(const char *path)
{
    struct csv_cases *cases = memory_create(1, sizeof *cases);
    if (!text_read_file(&cases->text, path, CSV_BYTES_MAX) || !cases->text.length) {
        fprintf(stderr, "%s cannot be read\n", path);
        abort();
    }
    char *rest = cases->text.bytes;
    cases->header = csv_take_row(&rest, path);
    while (*rest) {
        cases->rows = memory_grow(cases->rows, &cases->capacity, cases->count, sizeof *cases->rows);
        cases->rows[cases->count++] = csv_take_row(&rest, path);
    }
    return cases;
}

static inline void csv_destroy(struct csv_cases *cases)
{
    text_finish(&cases->text);
    free(cases->rows);
    free(cases);
}

/* "" where the row ends before the column. */
static inline char *csv_text(const struct csv_cases *cases, size_t row, const char *column)
{
    static char none[] = "";
    for (size_t i = 0; i < CSV_COLUMNS_MAX && cases->header.cell[i]; i++)
        if (strcmp(cases->header.cell[i], column) == 0)
            return cases->rows[row].cell[i] ? cases->rows[row].cell[i] : none;
    fprintf(stderr, "there is no column %s\n", column);
    abort();
}

static inline double csv_number(const struct csv_cases *cases, size_t row, const char *column)
{
    const char *text = csv_text(cases, row, column);
    return *text ? strtod(text, NULL) : (double)NAN;
}

/* Whether two figures are the same within `relative` of the larger of 1 and the expected one. */
static inline bool csv_near(double got, double expected, double relative)
{
    if (isnan(expected) || isinf(expected))
        return isnan(expected) ? isnan(got) : (isinf(got) && (got > 0) == (expected > 0));
    return fabs(got - expected) <= relative * fmax(1, fabs(expected));
}

/* The same for a row's column; says which where it is not so. */
static inline bool csv_agrees(const struct csv_cases *cases, size_t row, const char *column, double got,
                              double relative)
{
    double expected = csv_number(cases, row, column);
    if (csv_near(got, expected, relative))
        return true;
    fprintf(stderr, "%s: %s is %.15g, expected %.15g\n", cases->rows[row].cell[0], column, got, expected);
    return false;
}

#endif
