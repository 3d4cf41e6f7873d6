#include "render/canvas.h"

#include <cairo.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

enum { LONGEST_SIDE_PX = 16384 };

static bool size_is_possible(int width_px, int height_px)
{
    return width_px >= 1 && height_px >= 1 && width_px <= LONGEST_SIDE_PX && height_px <= LONGEST_SIDE_PX;
}

/* Black and opaque: cairo keeps alpha at 255 only where it already is. */
static void make_opaque(struct canvas *canvas)
{
    size_t count = (size_t)canvas->stride_px * (size_t)canvas->height_px;
    for (size_t i = 0; i < count; i++)
        canvas->pixels[i] = 0xff000000u;
}

static void take_shapes(struct canvas *canvas)
{
    cairo_surface_t *surface =
        cairo_image_surface_create_for_data((unsigned char *)canvas->pixels, CAIRO_FORMAT_ARGB32,
                                            canvas->width_px, canvas->height_px, canvas->stride_px * 4);
    cairo_surface_set_device_offset(surface, canvas->lent.shift_x, canvas->lent.shift_y);
    canvas->shapes = cairo_create(surface);
    cairo_surface_destroy(surface); /* the context keeps it */
}

static struct canvas *canvas_of_size(int width_px, int height_px, struct error *error)
{
    if (!size_is_possible(width_px, height_px)) {
        error_set(error, "a picture of %d x %d pixels cannot be made; each side has 1 to %d", width_px,
                  height_px, LONGEST_SIDE_PX);
        return NULL;
    }
    struct canvas *canvas = memory_create(1, sizeof *canvas);
    canvas->width_px = width_px;
    canvas->height_px = height_px;
    canvas->there = (struct area){0, 0, width_px, height_px};
    return canvas;
}

struct canvas *canvas_create(int width_px, int height_px, struct error *error)
{
    struct canvas *canvas = canvas_of_size(width_px, height_px, error);
    if (!canvas)
        return NULL;
    canvas->stride_px = width_px;
    canvas->pixels = memory_create((size_t)width_px * (size_t)height_px, sizeof *canvas->pixels);
    make_opaque(canvas);
    take_shapes(canvas);
    return canvas;
}

struct canvas *canvas_create_on(const struct canvas_memory *memory, struct error *error)
{
    struct canvas *canvas = canvas_of_size(memory->width_px, memory->height_px, error);
    if (!canvas)
        return NULL;
    struct area held = {-memory->shift_x, -memory->shift_y, memory->width_px, memory->height_px};
    canvas->there = area_common(&canvas->there, &held);
    canvas->lent = *memory;
    canvas->stride_px = memory->stride_px;
    canvas->pixels = memory->pixels;
    take_shapes(canvas);
    return canvas;
}

bool canvas_memory_is_same(const struct canvas_memory *a, const struct canvas_memory *b)
{
    return a->pixels == b->pixels && a->width_px == b->width_px && a->height_px == b->height_px &&
           a->stride_px == b->stride_px && a->shift_x == b->shift_x && a->shift_y == b->shift_y &&
           a->generation == b->generation;
}

void canvas_destroy(struct canvas *canvas)
{
    if (!canvas)
        return;
    cairo_destroy(canvas->shapes);
    if (!canvas->lent.pixels)
        free(canvas->pixels);
    free(canvas);
}

bool canvas_write_png(const struct canvas *canvas, const char *path, struct error *error)
{
    cairo_surface_t *surface = cairo_get_target(canvas->shapes);
    cairo_surface_flush(surface);
    cairo_surface_mark_dirty(surface); /* text is written past cairo */
    errno = 0;
    cairo_status_t status = cairo_surface_write_to_png(surface, path);
    if (status == CAIRO_STATUS_SUCCESS)
        return true;
    error_set(error, "%s: the picture cannot be written: %s", path,
              errno ? strerror(errno) : cairo_status_to_string(status));
    return false;
}
