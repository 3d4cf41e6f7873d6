#ifndef MODEL_SERIES_H
#define MODEL_SERIES_H

/*
 * What a tile showed, one value a minute, for a day at most: its curve.
 *
 * Minutes are counted on the monotonic clock, so that setting the wall clock bends no curve. A minute
 * without a fresh value is a gap (NaN).
 */

#include <stddef.h>
#include <stdint.h>

enum { SERIES_MINUTES = 1440 };

struct series {
    float *values;         /* a ring of SERIES_MINUTES */
    size_t count;          /* minutes known, the newest last */
    size_t end;            /* place behind the newest */
    int64_t newest_minute; /* where count > 0 */
};

void series_init(struct series *series);
void series_finish(struct series *series);

/* The value of a minute; the last one put counts. NaN only lets the minutes in between become gaps. */
void series_put(struct series *series, int64_t minute, double value);

/*
 * Puts minutes from a history before those that are known; NaN is a gap. What is known stays as it is, and
 * nothing behind `until_minute` is taken.
 */
void series_put_before(struct series *series, int64_t first_minute, const float *values, size_t count,
                       int64_t until_minute);

/* Copies the newest values, at most `count`, oldest first; gives how many. */
size_t series_copy(const struct series *series, float *values, size_t count);

#endif
