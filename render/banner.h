#ifndef RENDER_BANNER_H
#define RENDER_BANNER_H

/*
 * What somebody has to say to the floor, on a line of its own between the tiles and the alert strip: it takes
 * room from all tiles alike and covers no figure. The most important first; several, and long ones, take
 * turns. It wears no colour of a state, for it is none.
 */

#include "base/now.h"
#include "render/pen.h"

bool banner_needed(const struct snapshot *snapshot, struct now now);

/* Draws (or watches) in the pen's area. */
void banner_draw(struct pen *pen, const struct snapshot *snapshot, struct now now);

uint64_t banner_inputs(const struct snapshot *snapshot, struct now now);

/* In how long it says something else, or is there or gone; INT64_MAX: never. */
int64_t banner_next_change_in_ms(const struct snapshot *snapshot, struct now now);

#endif
