#ifndef RENDER_SCALE_H
#define RENDER_SCALE_H

/*
 * The scale that a figure is drawn on where a length or an angle stands for it, and the zones that its
 * thresholds cut the scale into. Gauge and bar are read the same way because both ask here.
 */

#include <stdbool.h>

#include "render/widget.h"

struct scale {
    double low, high; /* low < high */
};

struct scale scale_of(const struct snapshot_tile *tile);

/* 0 to 1; what lies beyond an end is at the end. */
double scale_share(const struct scale *scale, double value);

enum { ZONES = 5 };

struct zone {
    double from, to; /* may be empty */
    enum theme_state state;
};

/* From the low end to the high one. False: the figure is not judged. */
bool scale_zones(const struct scale *scale, const struct limits *limits, struct zone zones[ZONES]);

/* On a filled or hatched ground zones are shades of its ink. */
colour scale_zone_colour(const struct pen *pen, const struct tile_view *view, enum theme_state state);

#endif
