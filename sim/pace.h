#ifndef SIM_PACE_H
#define SIM_PACE_H

/*
 * Which moment of the simulated centre is shown after so much time of showing: it starts in the
 * afternoon of the first day and leaves out evenings, nights and early mornings, so that a
 * demonstration never looks at a closed floor.
 */

#include <stdint.h>

enum {
    PACE_START_MS = (13 * 60 + 50) * 60000,
    PACE_EVENING_MS = (18 * 60 + 30) * 60000, /* then the next day's morning follows */
    PACE_MORNING_MS = (9 * 60 + 30) * 60000
};

/* Simulated time since the first midnight after `shown_ms` (at least 0), as simulator_advance() takes it. */
int64_t pace_day_ms(int64_t shown_ms);

#endif
