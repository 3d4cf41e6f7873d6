#ifndef TESTS_CSV_CASES_H
#define TESTS_CSV_CASES_H

/*
 * Test cases kept as a CSV file under tests/data/: the first line names the columns.
 *
 * An empty cell is NaN as a number: the expected "there is none".
 */

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

enum { CSV_ROWS = 128, CSV_COLUMNS = 40 };

struct csv_cases {
    struct text text;
    char *header[CSV_COLUMNS];
    char *cell[CSV_ROWS][CSV_COLUMNS];
    size_t count;
};

/* Cuts a line in place; quotes around a cell may hold commas. */
static inline void csv_split(char *line, char **cells)
{
    for (size_t i = 0; line && i < CSV_COLUMNS; i++) {
        cells[i] = line;
        if (*line == '"') {
            cells[i] = ++line;
            line = strchr(line, '"');
            *line++ = '\0';
        }
        line = strchr(line, ',');
        if (line)
            *line++ = '\0';
    }
}

static inline struct csv_cases *csv_read(const char *path)
{
    struct csv_cases *cases = calloc(1, sizeof *cases);
    if (!cases || !text_read_file(&cases->text, path, 1 << 20)) {
        fprintf(stderr, "%s cannot be read\n", path);
        abort();
    }
    char *rest = cases->text.bytes;
    csv_split(strtok_r(rest, "\r\n", &rest), cases->header);
    for (char *line; cases->count < CSV_ROWS && (line = strtok_r(NULL, "\r\n", &rest));)
        csv_split(line, cases->cell[cases->count++]);
    return cases;
}

static inline void csv_destroy(struct csv_cases *cases)
{
    text_finish(&cases->text);
    free(cases);
}

static inline const char *csv_text(const struct csv_cases *cases, size_t row, const char *column)
{
    for (size_t i = 0; i < CSV_COLUMNS && cases->header[i]; i++)
        if (strcmp(cases->header[i], column) == 0)
            return cases->cell[row][i] ? cases->cell[row][i] : "";
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
    fprintf(stderr, "%s: %s is %.15g, expected %.15g\n", cases->cell[row][0], column, got, expected);
    return false;
}

#endif
