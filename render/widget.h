#ifndef RENDER_WIDGET_H
#define RENDER_WIDGET_H

/*
 * What a tile type implements: one function that draws the inside of a tile.
 *
 * The frame (label, light, scope, target, n) is tile.c's and the same for all types. A widget gets the
 * room between, draws with the pen only, and keeps nothing.
 */

#include "render/format.h"
#include "render/pen.h"

/* One tile at one moment, with the sizes and colours that its frame settled. */
struct tile_view {
    const struct snapshot_tile *tile;
    const struct snapshot_source *source; /* NULL: none yet */
    int64_t taken_wall_ms;
    int64_t age_ms;       /* of the figures, now */
    bool page_has_trends; /* some tile of the page has a curve: all leave room, so that figures stand in line
                           */
    int *value_px;        /* size of the figure since the page came up; 0: not settled. Only shrinks */

    double unit;         /* the side that all proportions of the tile are taken from, in pixels */
    int small_px;        /* type size of everything but label and value */
    colour ground;       /* of the tile */
    colour ink, ink_dim; /* value; everything else */
    colour accent;       /* the state's colour on this ground */
};

typedef void widget_draw(struct pen *pen, const struct tile_view *view, struct box room);

widget_draw widget_number_draw;
widget_draw widget_gauge_draw;
widget_draw widget_sparkline_draw;

/* ---- what widgets share ---- */

/*
 * The value, as large as the box allows, its unit half as large on the same baseline. ALIGN_LEFT or
 * ALIGN_CENTRE. Gives the baseline.
 */
double widget_draw_value(struct pen *pen, const struct tile_view *view, struct box box, enum align align);

/* Whether the tile has a value to show: an em dash has no unit and no gauge. */
bool widget_has_value(const struct tile_view *view);

#endif
