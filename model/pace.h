#ifndef MODEL_PACE_H
#define MODEL_PACE_H

/*
 * How much of the day's opening hours is over: what a target for the whole day asks for by now.
 */

#include <stdint.h>

#include "model/schedule.h"

/*
 * 0..1 of the opening time between the midnights around the moment. 1, so that the whole target counts,
 * where nothing is known: no hours, or a day that does not open.
 */
double pace_elapsed_share(const struct opening_hours *hours, int64_t wall_ms);

#endif
