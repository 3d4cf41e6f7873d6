#ifndef RENDER_AREAS_H
#define RENDER_AREAS_H

/*
 * Rectangles of a picture, gathered so that near ones become one: each costs something by itself (an upload,
 * a turn of drawing), whatever lies between them costs by its size.
 */

#include <stddef.h>

/* A rectangle of the canvas, in pixels. */
struct area {
    int x, y, width, height;
};

/* All zero: none. */
struct areas {
    struct area *all;
    size_t count, capacity;
};

/* What both have; without width or height where they have nothing in common. */
struct area area_common(const struct area *a, const struct area *b);

/* The least that holds both. */
struct area area_around(const struct area *a, const struct area *b);

/* Two become one where that adds no more than 15 % and `gap_px` square pixels that neither had. */
void areas_add(struct areas *areas, struct area area, int gap_px);

void areas_finish(struct areas *areas);

#endif
