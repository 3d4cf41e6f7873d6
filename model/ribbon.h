#ifndef MODEL_RIBBON_H
#define MODEL_RIBBON_H

/*
 * What a tile showed today, one cell a quarter of an hour: the worst of each, and for how long it was red.
 *
 * The day is that of the wall clock, of 23, 24 or 25 hours; at midnight a new ribbon begins. A quarter in
 * which anything was judged is not called unknown: silence is told only where there was nothing else.
 */

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/now.h"
#include "model/snapshot.h"

enum { RIBBON_CELLS_MAX = 100, RIBBON_CELL_MS = 15 * 60 * 1000 };

/* Plain data; zeroed is empty. */
struct ribbon {
    int64_t midnight_wall_ms;
    unsigned char cells[RIBBON_CELLS_MAX]; /* 0: never looked; else 1 + the display */
    unsigned char first_cell, end_cell;    /* what was looked at is from the one to before the other */
    int64_t red_ms;
    int64_t begun_wall_ms; /* what is before was neither seen nor restored; 0: nothing was */
    int64_t noted_ms;      /* monotonic: the last look */
    enum display noted;
};

/* Notes what the tile shows from now on. At least once a minute, or the time between counts for nothing. */
void ribbon_note(struct ribbon *ribbon, enum display display, struct now now);

/*
 * Minutes of today that a history gives back (enum display each), before those that the ribbon has: a board
 * that is read again gives it the same ones twice. Minutes of other days are left out.
 */
void ribbon_restore(struct ribbon *ribbon, int64_t first_wall_minute, const unsigned char *displays,
                    size_t count, struct now now);

/* From the first cell that was looked at to the last; in the arena. */
struct snapshot_ribbon ribbon_copy(struct arena *arena, const struct ribbon *ribbon);

#endif
