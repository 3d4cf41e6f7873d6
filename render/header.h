#ifndef RENDER_HEADER_H
#define RENDER_HEADER_H

/*
 * The top of the wall: whose board, which question the page answers, one light for the whole board,
 * a dot for each page, date and clock; below the question its answer in words, and for a moment the answer
 * to a key.
 */

#include "base/now.h"
#include "render/pen.h"

/* Draws (or watches) in the pen's area. A NULL snapshot has only the clock. */
void header_draw(struct pen *pen, const struct snapshot *snapshot, const struct stage *stage, struct now now);

/* All that the header depends on. */
uint64_t header_inputs(const struct snapshot *snapshot, const struct stage *stage, struct now now);

#endif
