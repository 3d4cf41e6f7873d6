#ifndef RENDER_LAYOUT_H
#define RENDER_LAYOUT_H

/*
 * Where things stand: the picture cut into header, grid and alert strip, and the grid into tiles.
 *
 * Tiles keep the order of the board and take the first place where their span fits. On a picture that
 * stands upright a grid that lies is laid anew with fewer columns, so that cells keep a good shape.
 */

#include <stdbool.h>
#include <stddef.h>

#include "model/snapshot.h"
#include "render/scene.h"

/* How much of the header's height the smaller one of two lines may have. */
#define HEADER_SMALL_SHARE 0.36

struct layout {
    struct area header, grid, strip; /* strip: height 0 where there is none */
    int margin_px, gap_px;
    int line_px;    /* height of one line of the strip or a banner */
    double unit_px; /* one pixel of a picture that is 1080 pixels on its shorter side */
    bool upright;
};

/* Header and strip are high enough for one line of writing of `least_px` (em). */
struct layout layout_page(int width_px, int height_px, int strip_lines, int least_px);

/* Takes the room of one line of words from the foot of the grid, and gives it. */
struct area layout_take_banner(struct layout *layout);

/* The area of every tile of the page; `areas` has room for page->tile_count. No tile is ever left out. */
void layout_tiles(const struct layout *layout, const struct snapshot_page *page, struct area *areas);

/* The grid that the page gets in this layout. */
void layout_grid(const struct layout *layout, const struct snapshot_page *page, int *columns, int *rows);

#endif
