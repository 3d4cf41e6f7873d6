#ifndef MODEL_WINDOWS_H
#define MODEL_WINDOWS_H

/*
 * What a counter of today rose by in the last 15, 30 or 60 minutes, where its source does not say.
 *
 * The total of one moment a minute is kept, restarts added up, so that a window is the difference of
 * two of them and right to half a minute:
 * - a counter that goes down is a restart of the source, and what it says is new; a small step down of
 *   a large one is a correction (totals made of a rounded mean wobble), and counts as it is;
 * - at midnight of the site the counter begins at 0. A source may be late with that: until ten minutes
 *   past, only a value that went down is taken for the new day's;
 * - windows reach across midnight, and through days of 23 and 25 hours, for they are counted on the
 *   monotonic clock;
 * - a time in which nothing came belongs to no window: contacts are not put where they may not have been.
 *
 * A window has a value from the moment at which half of it has been seen, and says how much until it
 * is full. At most 62 numbers a counter, whatever the source does.
 */

#include <stddef.h>
#include <stdint.h>

#include "model/sample.h"

enum { WINDOWS_COUNT = 3 }; /* 15m, 30m, 60m */

/* Which window a period is, -1: none; and back. */
int windows_index(enum period period);
enum period windows_period(int window);

/* The time of figures, on both clocks, with the midnight before it. */
struct window_moment {
    int64_t monotonic_ms, wall_ms;
    int64_t midnight_wall_ms;
};

struct window_ring;

/* For the longest of `windows` (bit i: window i). */
struct window_ring *window_ring_create(unsigned windows);
void window_ring_destroy(struct window_ring *ring);

/* The counter said `value` (NaN: unknown, no news). What is older than the last news is left out. */
void window_ring_put(struct window_ring *ring, double value, const struct window_moment *moment);

struct window_sum {
    double value;      /* NaN: not half of it has been seen, or the source corrected more than it counted */
    double covered_ms; /* where it is not full; 0: it is */
};

/* As of the last news. */
struct window_sum window_ring_sum(const struct window_ring *ring, int window);

#endif
