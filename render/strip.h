#ifndef RENDER_STRIP_H
#define RENDER_STRIP_H

/*
 * The alert strip at the foot of the wall: the worst alerts of all pages and the sources that fail, in
 * words; "+n" for what has no room. Where there is nothing to say there is no strip.
 */

#include "base/now.h"
#include "render/pen.h"

bool strip_needed(const struct snapshot *snapshot);

/* Draws (or watches) in the pen's area, on so many lines. */
void strip_draw(struct pen *pen, const struct snapshot *snapshot, int lines, struct now now);

uint64_t strip_inputs(const struct snapshot *snapshot, enum language language, struct now now);

/* In how long some "since 3 min" says another number; INT64_MAX: never. */
int64_t strip_next_change_in_ms(const struct snapshot *snapshot, struct now now);

#endif
