#include "history/cells.h"

#include <math.h>
#include <string.h>

/* ---- bytes ---- */

static void write_bits(unsigned char *bytes, uint64_t bits, int count)
{
    for (int i = 0; i < count; i++)
        bytes[i] = (unsigned char)(bits >> (8 * i));
}

static uint64_t read_bits(const unsigned char *bytes, int count)
{
    uint64_t bits = 0;
    for (int i = 0; i < count; i++)
        bits |= (uint64_t)bytes[i] << (8 * i);
    return bits;
}

static void write_float(unsigned char *bytes, double value)
{
    float narrow = fabs(value) <= 3e38 ? (float)value : NAN;
    uint32_t bits;
    memcpy(&bits, &narrow, sizeof bits);
    write_bits(bytes, bits, 4);
}

static float read_float(const unsigned char *bytes)
{
    uint32_t bits = (uint32_t)read_bits(bytes, 4);
    float value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

/* ---- a minute ---- */

void cell_write(unsigned char bytes[CELL_BYTES], const struct record_cell *cell)
{
    write_float(bytes, (double)cell->value);
    write_float(bytes + 4, (double)cell->n);
    bytes[8] = (unsigned char)cell->display;
}

struct record_cell cell_read(const unsigned char bytes[CELL_BYTES])
{
    struct record_cell cell = {read_float(bytes), read_float(bytes + 4), DISPLAY_NODATA};
    if (bytes[8] < DISPLAY_COUNT)
        cell.display = (enum display)bytes[8];
    return cell;
}

/* ---- a longer time ---- */

struct rolled rolled_nothing(void)
{
    return (struct rolled){.last = NAN, .last_n = NAN, .lowest = NAN, .highest = NAN};
}

/* A ratio without its denominator is not added to anything; what nothing stands behind weighs nothing. */
static void weigh(struct rolled *rolled, double value, double n, bool weighted)
{
    if (!weighted) {
        rolled->sum += value;
        rolled->weight += 1;
    } else if (n > 0) {
        rolled->sum += value * n;
        rolled->weight += n;
    }
}

void rolled_add_cell(struct rolled *rolled, const struct record_cell *cell, bool weighted)
{
    rolled->red += cell->display == DISPLAY_CRITICAL;
    rolled->amber += cell->display == DISPLAY_WARN;
    if (isnan(cell->value))
        return;
    double value = (double)cell->value;
    weigh(rolled, value, (double)cell->n, weighted);
    rolled->known++;
    rolled->last = value;
    rolled->last_n = (double)cell->n;
    rolled->lowest = fmin(rolled->lowest, value);
    rolled->highest = fmax(rolled->highest, value);
}

void rolled_add(struct rolled *rolled, const struct rolled *later)
{
    rolled->sum += later->sum;
    rolled->weight += later->weight;
    rolled->known += later->known;
    rolled->red += later->red;
    rolled->amber += later->amber;
    rolled->lowest = fmin(rolled->lowest, later->lowest);
    rolled->highest = fmax(rolled->highest, later->highest);
    if (!later->known)
        return;
    rolled->last = later->last;
    rolled->last_n = later->last_n;
}

double rolled_value(const struct rolled *rolled, enum record_kind kind)
{
    if (kind != RECORD_MEAN)
        return rolled->last;
    return rolled->weight > 0 ? rolled->sum / rolled->weight : NAN;
}

void rolled_write(unsigned char bytes[ROLLED_BYTES], const struct rolled *rolled)
{
    const double numbers[] = {rolled->sum,    rolled->weight, rolled->last,
                              rolled->last_n, rolled->lowest, rolled->highest};
    const int minutes[] = {rolled->known, rolled->red, rolled->amber};
    for (size_t i = 0; i < 6; i++)
        write_float(bytes + 4 * i, numbers[i]);
    for (size_t i = 0; i < 3; i++)
        write_bits(bytes + 24 + 3 * i, (uint64_t)minutes[i], 3);
}

struct rolled rolled_read(const unsigned char bytes[ROLLED_BYTES])
{
    return (struct rolled){.sum = (double)read_float(bytes),
                           .weight = (double)read_float(bytes + 4),
                           .last = (double)read_float(bytes + 8),
                           .last_n = (double)read_float(bytes + 12),
                           .lowest = (double)read_float(bytes + 16),
                           .highest = (double)read_float(bytes + 20),
                           .known = (int)read_bits(bytes + 24, 3),
                           .red = (int)read_bits(bytes + 27, 3),
                           .amber = (int)read_bits(bytes + 30, 3)};
}

/* ---- several days ---- */

/* A figure that the source counts up over the day has its whole in the last one. */
static void add_day(struct rolled_days *days, const struct rolled *day, const struct record_series *series)
{
    if (series->weighted && day->last_n > 0) {
        days->sum += day->last * day->last_n;
        days->weight += day->last_n;
    } else if (series->additive) {
        days->sum += day->last;
        days->weight = 1;
    }
}

void rolled_days_add(struct rolled_days *days, const struct rolled *day, const struct record_series *series)
{
    if (!day->known)
        return;
    days->days++;
    if (series->kind == RECORD_DAY)
        add_day(days, day, series);
    if (series->kind != RECORD_MEAN)
        return;
    days->sum += day->sum;
    days->weight += day->weight;
}

double rolled_days_value(const struct rolled_days *days)
{
    return days->weight > 0 ? days->sum / days->weight : NAN;
}
