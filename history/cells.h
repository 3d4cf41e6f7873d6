#ifndef HISTORY_CELLS_H
#define HISTORY_CELLS_H

/*
 * What the history keeps of a minute and of a longer time, as numbers and as bytes on disk.
 *
 * A longer time keeps sums, never means: of a ratio the sum of value times n and the sum of n, so that any
 * number of them added up gives the ratio of the whole.
 */

#include <stddef.h>
#include <stdint.h>

#include "model/record.h"

/* A minute's cell is 9 bytes, little endian: value, n, light. */
enum { CELL_BYTES = 9, ROLLED_BYTES = 33 };

void cell_write(unsigned char bytes[CELL_BYTES], const struct record_cell *cell);
struct record_cell cell_read(const unsigned char bytes[CELL_BYTES]);

/* Several minutes of one series. */
struct rolled {
    double sum, weight;     /* value = sum / weight; weight 0: nothing to divide by */
    double last, last_n;    /* of the last known minute; NaN: none */
    double lowest, highest; /* NaN: none */
    int known, red, amber;  /* minutes */
};

struct rolled rolled_nothing(void);
void rolled_add_cell(struct rolled *rolled, const struct record_cell *cell, bool weighted);
void rolled_add(struct rolled *rolled, const struct rolled *later);

/* What the series was over that time, within one day. NaN: not known. */
double rolled_value(const struct rolled *rolled, enum record_kind kind);

void rolled_write(unsigned char bytes[ROLLED_BYTES], const struct rolled *rolled);
struct rolled rolled_read(const unsigned char bytes[ROLLED_BYTES]);

/* Several days of one series as one: ratios of sums, sums of counts. NaN: the figure cannot be added up. */
struct rolled_days {
    double sum, weight;
    int days; /* that had a value */
};

void rolled_days_add(struct rolled_days *days, const struct rolled *day, const struct record_series *series);
double rolled_days_value(const struct rolled_days *days);

#endif
