#ifndef RENDER_CANVAS_H
#define RENDER_CANVAS_H

/*
 * One picture in memory, 32 bits a pixel (0xAARRGGBB in the machine's byte order, alpha always 255),
 * with cairo's context for shapes on the same pixels.
 */

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"

struct _cairo;

struct canvas {
    int width_px, height_px;
    int stride_px; /* pixels from one line to the next */
    uint32_t *pixels;
    struct _cairo *shapes; /* a cairo_t that draws on `pixels` */
};

/* NULL where the size is not between 1 and 16384 pixels a side. */
struct canvas *canvas_create(int width_px, int height_px, struct error *error);
void canvas_destroy(struct canvas *canvas);

/* Writes the picture as PNG. */
bool canvas_write_png(const struct canvas *canvas, const char *path, struct error *error);

#endif
