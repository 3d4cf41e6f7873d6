#ifndef RENDER_DELTA_H
#define RENDER_DELTA_H

/*
 * Where a figure stands against the same time of the comparable day: "▲ +3,2 pts vs mar. · bon". The arrow
 * says where the value went and has no colour of its own; the word says whether that is good.
 */

#include "base/text.h"
#include "render/widget.h"

/* Whether there is anything to compare: a fresh value, and the one of that day. */
bool delta_possible(const struct snapshot_tile *tile);

/* All of it on one line, without the arrow. */
void delta_words(const struct pen *pen, const struct tile_view *view, struct text *out);

/* Arrow and words at the right of a room, the judgement below. False: it does not fit, nothing is drawn. */
bool delta_draw(struct pen *pen, const struct tile_view *view, struct box room);

#endif
