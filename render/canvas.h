#ifndef RENDER_CANVAS_H
#define RENDER_CANVAS_H

/*
 * One picture in memory, 32 bits a pixel (0xAARRGGBB in the machine's byte order, alpha always 255),
 * with cairo's context for shapes on the same pixels.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "render/areas.h"

struct _cairo;

/*
 * Memory that somebody lends for a picture of that size, black. The picture may lie a little aside in it:
 * what goes beyond its edge is not drawn, what comes free at the other stays as it was lent.
 */
struct canvas_memory {
    uint32_t *pixels;
    int width_px, height_px, stride_px;
    int shift_x, shift_y;
    long generation; /* another number: nothing is in it any more */
};

struct canvas {
    int width_px, height_px;
    int stride_px; /* pixels from one line to the next */
    uint32_t *pixels;
    struct _cairo *shapes;     /* a cairo_t that draws on `pixels` */
    struct area there;         /* what of the picture is in memory: all, unless it was lent and lies aside */
    struct canvas_memory lent; /* whose `pixels` these are; zeroed: they belong to the canvas */
};

/* NULL where the size is not between 1 and 16384 pixels a side. */
struct canvas *canvas_create(int width_px, int height_px, struct error *error);

/* The same on lent memory, which stays the lender's. */
struct canvas *canvas_create_on(const struct canvas_memory *memory, struct error *error);

void canvas_destroy(struct canvas *canvas);

/* The same place in the same memory, and nobody has emptied it meanwhile. */
bool canvas_memory_is_same(const struct canvas_memory *a, const struct canvas_memory *b);

/* Where a pixel is; it must be `there`. */
static inline uint32_t *canvas_pixel(const struct canvas *canvas, int x, int y)
{
    return canvas->pixels + (ptrdiff_t)(y + canvas->lent.shift_y) * canvas->stride_px + x +
           canvas->lent.shift_x;
}

/* Writes the picture as PNG. */
bool canvas_write_png(const struct canvas *canvas, const char *path, struct error *error);

#endif
