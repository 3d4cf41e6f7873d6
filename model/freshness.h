#ifndef MODEL_FRESHNESS_H
#define MODEL_FRESHNESS_H

/*
 * How old the figures of a source are, on a clock that nobody can set.
 *
 * A source tells its time by the wall clock, and so do we when its answer arrives; from there the age is
 * carried on by the monotonic clock. When our own wall clock jumps, the source's next time would seem an
 * hour old or an hour ahead. Then the clock of before is believed, unless the new one makes the figures
 * look young where the old one did not: that was a clock being put right.
 */

#include <stdbool.h>
#include <stdint.h>

#include "base/now.h"

struct freshness {
    bool has_figures;
    bool own_time;      /* the source told its time; else that of arrival counts */
    int64_t figures_ms; /* the time of the figures, monotonic */
    int64_t figures_wall_ms;
    bool has_offset;
    int64_t offset_ms; /* wall minus monotonic, as believed for this source */
};

/*
 * Figures arrived; `at_s` is the source's own time in epoch seconds, NaN: none. A time that is still to
 * come is taken for now; where it is repeated, for that of its first arrival.
 */
void freshness_arrived(struct freshness *freshness, double at_s, struct now now);

/*
 * The same while our own wall clock is not to be believed: it cannot be compared with the source's time,
 * so figures are as old as their arrival, the first one that told this time.
 */
void freshness_arrived_untrusted(struct freshness *freshness, double at_s, struct now now);

/* The same figures arrived again: without a time of their own they are as fresh as now. */
void freshness_arrived_again(struct freshness *freshness, struct now now);

#endif
