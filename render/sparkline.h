#ifndef RENDER_SPARKLINE_H
#define RENDER_SPARKLINE_H

/*
 * The last hours of a figure as a line: gaps stay gaps, the last point is marked, what is beyond the
 * thresholds is shaded; what was noted of the floor ("IVR changed") stands in it as a small flag. Points that
 * are not numbers are dropped before cairo sees them.
 */

#include "render/widget.h"

/* Whether there is a line to draw at all: two known points in what would be shown. */
bool sparkline_possible(const struct snapshot_tile *tile);

struct sparkline_look {
    bool with_bands; /* thresholds and target */
    bool with_hours; /* ticks and times below */
    bool with_ahead; /* where it is heading */
};

void sparkline_draw(struct pen *pen, const struct tile_view *view, struct box box,
                    struct sparkline_look look);

#endif
