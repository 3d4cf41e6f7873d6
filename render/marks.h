#ifndef RENDER_MARKS_H
#define RENDER_MARKS_H

/*
 * What a part of the picture was drawn with, mark by mark in the order of drawing: of each a signature and
 * how far it reaches. Two such lists tell where two pictures can differ, so that a figure that changes does
 * not cost the words and the ground around it.
 */

#include <stdint.h>

#include "render/areas.h"

/* Cut in two, a curve's edge is rounded otherwise there: by one shade, in a pixel or two. */
enum { MARK_ANYWHERE = 0, MARK_WHOLE = -1 };

struct mark {
    uint64_t signature;
    struct area area;
    int corner_px; /* it may be drawn in pieces, but for corners of that size; or one of the above */
};

/* All zero: none. */
struct marks {
    struct mark *all;
    size_t count, capacity;
};

void marks_add(struct marks *marks, uint64_t signature, struct area area, int corner_px);
void marks_finish(struct marks *marks);

/*
 * Adds to `areas` where the picture after differs from the one before. Marks that are in both, in the same
 * order, leave the same pixels; all others count with all that they reach. An area never cuts what is to be
 * drawn whole.
 */
void marks_difference(const struct marks *before, const struct marks *after, int gap_px, struct areas *areas);

#endif
