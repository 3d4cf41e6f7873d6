#ifndef TESTS_GOLDEN_H
#define TESTS_GOLDEN_H

/*
 * Pictures that are to stay as they are, in tests/golden. `make golden` (VIGIE_GOLDEN_WRITE=1) takes over
 * what is drawn now; each picture prints a line "golden NAME: …" that says how near it came.
 *
 * Tolerance, stated here and nowhere else: SDL2_ttf, FreeType and cairo of another release may place an edge
 * a shade differently, so of ten thousand pixels at most 50 may differ by more than 48 of 255 in any channel.
 * With the same releases not one may differ, whatever the processor: VIGIE_GOLDEN_EXACT=1 wants that
 * (tools/cross-test.sh where this machine draws them exactly).
 */

#include <cairo.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "render/canvas.h"

enum { GOLDEN_SHADES = 48, GOLDEN_PIXELS_OF_TEN_THOUSAND = 50 };

struct golden_difference {
    long pixels;  /* that differ at all */
    long beyond;  /* by more than GOLDEN_SHADES */
    int greatest; /* of 255, in one channel of one pixel */
};

static int golden_channel(uint32_t a, uint32_t b, int shift)
{
    return abs((int)(a >> shift & 0xff) - (int)(b >> shift & 0xff));
}

static int golden_shades(uint32_t a, uint32_t b)
{
    int red = golden_channel(a, b, 16), green = golden_channel(a, b, 8), blue = golden_channel(a, b, 0);
    int most = red > green ? red : green;
    return most > blue ? most : blue;
}

static void golden_count(struct golden_difference *difference, int shades)
{
    difference->pixels += shades > 0;
    difference->beyond += shades > GOLDEN_SHADES;
    if (shades > difference->greatest)
        difference->greatest = shades;
}

/* Both have the same size. */
static struct golden_difference golden_difference(const struct canvas *canvas, cairo_surface_t *wanted)
{
    struct golden_difference difference = {0};
    int stride = cairo_image_surface_get_stride(wanted);
    const unsigned char *bytes = cairo_image_surface_get_data(wanted);
    for (int y = 0; y < canvas->height_px; y++)
        for (int x = 0; x < canvas->width_px; x++) {
            uint32_t pixel;
            memcpy(&pixel, bytes + (ptrdiff_t)y * stride + (ptrdiff_t)x * 4, sizeof pixel);
            golden_count(&difference, golden_shades(pixel, canvas->pixels[y * canvas->stride_px + x]));
        }
    return difference;
}

static bool golden_near_enough(const struct golden_difference *difference, long pixels)
{
    if (getenv("VIGIE_GOLDEN_EXACT"))
        return difference->pixels == 0;
    return difference->beyond * 10000 <= pixels * GOLDEN_PIXELS_OF_TEN_THOUSAND;
}

/* Fails, and leaves what was drawn in build/, where the canvas is not tests/golden/NAME.png. */
static void golden_is(const struct canvas *canvas, const char *name)
{
    char path[128], found[128];
    long pixels = (long)canvas->width_px * canvas->height_px;
    snprintf(path, sizeof path, "tests/golden/%s.png", name);
    snprintf(found, sizeof found, "build/golden-%s.png", name);
    if (getenv("VIGIE_GOLDEN_WRITE"))
        assert_true(canvas_write_png(canvas, path, NULL));
    cairo_surface_t *wanted = cairo_image_surface_create_from_png(path);
    assert_int_equal(cairo_image_surface_get_width(wanted), canvas->width_px);
    assert_int_equal(cairo_image_surface_get_height(wanted), canvas->height_px);
    struct golden_difference difference = golden_difference(canvas, wanted);
    cairo_surface_destroy(wanted);
    printf("golden %s: %ld of %ld pixels differ, %ld of them by more than %d of 255, the greatest by %d\n",
           name, difference.pixels, pixels, difference.beyond, GOLDEN_SHADES, difference.greatest);
    if (!golden_near_enough(&difference, pixels)) {
        canvas_write_png(canvas, found, NULL);
        fail_msg("%s: %ld pixels differ; what was drawn is in %s; `make golden` takes it over", path,
                 difference.pixels, found);
    }
}

#endif
