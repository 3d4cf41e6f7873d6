#ifndef MODEL_PACE_H
#define MODEL_PACE_H

/*
 * How much of the day's opening hours is over: what a target for the whole day asks for by now.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/schedule.h"

/* Whose time counts: all the time that at least one of them is open. */
struct pace_hours {
    const struct opening_hours *schedules;
    size_t count;       /* 0: always open, so that time itself counts */
    const bool *counts; /* one a schedule; NULL: all do */
};

/*
 * 0..1 of the opening time between the midnights around the moment. 1, so that the whole target counts,
 * on a day that does not open.
 */
double pace_elapsed_share(const struct pace_hours *hours, int64_t wall_ms);

#endif
