#ifndef RENDER_TILE_H
#define RENDER_TILE_H

/*
 * One tile: its frame (ground, label, light, scope and period, target, n) and, inside, the widget of its
 * type. A new type is a row in tile.c and a widget_*.c.
 */

#include <stdbool.h>

#include "base/now.h"
#include "render/kept_series.h"
#include "render/pen.h"

/* For the configuration check. The names end with NULL. */
bool tile_type_known(const char *name);
const char *const *tile_type_names(void);

/* What a tile is drawn from, besides itself. */
struct tile_surroundings {
    const struct snapshot *snapshot;
    struct now now;
    bool page_has_trends;
    struct settled_size *settled; /* see widget.h */
    int64_t page_since_ms;        /* monotonic: when the page came up */
    struct kept_series *curve;    /* of this tile, for tile_inputs() alone */
};

/* Draws (or watches) the tile in the pen's area; between pen_begin() and pen_end(). */
void tile_draw(struct pen *pen, const struct snapshot_tile *tile,
               const struct tile_surroundings *surroundings);

/* All that the picture of a tile depends on, cheaply: equal means that nothing need be looked at closer. */
uint64_t tile_inputs(const struct snapshot_tile *tile, const struct tile_surroundings *surroundings,
                     enum language language);

/* In how long the tile changes by itself (INT64_MAX: never). */
int64_t tile_next_change_in_ms(const struct snapshot_tile *tile,
                               const struct tile_surroundings *surroundings);

/*
 * The tile's name, as long as the room allows: long, short, xs, then smaller, then narrow, then with "…".
 * Sets the style that it is to be drawn in.
 */
void tile_fit_label(struct pen *pen, const struct snapshot_tile *tile, double room, struct type_style *style,
                    struct text *label);

/* "Support · voix": what the tile is limited to; "" where it is not. */
void tile_scope_text(const struct pen *pen, const struct snapshot_tile *tile, struct text *out);

/* "n = 412", or "sur 14 h 47" where time stands behind the rate. */
void tile_size_text(const struct pen *pen, const struct snapshot_tile *tile, double n, struct text *out);

/* Cuts the text with "…" until it is no wider than the room. */
void tile_cut(struct pen *pen, struct type_style style, double room, struct text *text);

#endif
