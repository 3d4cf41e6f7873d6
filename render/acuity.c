/*
 * The picture is averaged into cells of one arcminute, and the cells are blended over the picture again so
 * that their edges, which no eye has, are not what one looks at. Light is added up as light, not as the
 * numbers that stand for it: bright writing on black would come out too thin.
 */
#include "render/acuity.h"

#include <math.h>
#include <stddef.h>
#include <stdlib.h>

#include "base/memory.h"
#include "render/legibility.h"
#include "render/theme.h"

enum { CHANNELS = 3 };

static const int shifts[CHANNELS] = {16, 8, 0};

struct light {
    double of[CHANNELS]; /* 0 to 1 */
};

struct cells {
    double side_px;
    int columns, rows;
    struct light *light;
    struct light of_value[256]; /* what a channel's number stands for, all three alike */
};

double acuity_arcmin_px(double diagonal_in, int longer_px, double distance_m)
{
    return legibility_height_mm(1, distance_m) / legibility_pitch_mm(diagonal_in, longer_px);
}

/* ---- into cells ---- */

static struct light light_of(const struct cells *cells, uint32_t pixel)
{
    struct light light;
    for (int i = 0; i < CHANNELS; i++)
        light.of[i] = cells->of_value[pixel >> shifts[i] & 0xff].of[i];
    return light;
}

static void add(struct light *sum, struct light light, double share)
{
    for (int i = 0; i < CHANNELS; i++)
        sum->of[i] += light.of[i] * share;
}

/* Where a cell begins; it ends where the next one does. */
static int edge_px(const struct cells *cells, int index, int end_px)
{
    return (int)fmin(floor(index * cells->side_px), end_px);
}

static struct light averaged(const struct cells *cells, const struct canvas *canvas, int column, int row)
{
    struct light sum = {{0}};
    int left = edge_px(cells, column, canvas->width_px), right = edge_px(cells, column + 1, canvas->width_px);
    int top = edge_px(cells, row, canvas->height_px), bottom = edge_px(cells, row + 1, canvas->height_px);
    double share = 1.0 / ((right - left) * (bottom - top));
    for (int y = top; y < bottom; y++)
        for (int x = left; x < right; x++)
            add(&sum, light_of(cells, canvas->pixels[y * canvas->stride_px + x]), share);
    return sum;
}

static void cells_init(struct cells *cells, const struct canvas *canvas, double side_px)
{
    cells->side_px = side_px;
    cells->columns = (int)ceil(canvas->width_px / side_px);
    cells->rows = (int)ceil(canvas->height_px / side_px);
    cells->light = memory_create((size_t)cells->columns * (size_t)cells->rows, sizeof *cells->light);
    for (unsigned value = 0; value < 256; value++)
        for (int i = 0; i < CHANNELS; i++)
            cells->of_value[value].of[i] = theme_light(value, 0);
    for (int row = 0; row < cells->rows; row++)
        for (int column = 0; column < cells->columns; column++)
            cells->light[row * cells->columns + column] = averaged(cells, canvas, column, row);
}

/* ---- and back ---- */

/* Between which two cells the middle of a pixel lies, and how near the second one. */
struct between {
    int first, second;
    double share;
};

static struct between between_cells(int pixel, double side_px, int count)
{
    double place = fmin(fmax((pixel + 0.5) / side_px - 0.5, 0), count - 1);
    int first = (int)floor(place);
    return (struct between){first, first + 1 < count ? first + 1 : first, place - first};
}

static uint32_t blended(const struct cells *cells, struct between across, struct between down)
{
    struct light sum = {{0}};
    const struct light *upper = cells->light + down.first * cells->columns;
    const struct light *lower = cells->light + down.second * cells->columns;
    add(&sum, upper[across.first], (1 - across.share) * (1 - down.share));
    add(&sum, upper[across.second], across.share * (1 - down.share));
    add(&sum, lower[across.first], (1 - across.share) * down.share);
    add(&sum, lower[across.second], across.share * down.share);
    uint32_t pixel = 0xff000000u;
    for (int i = 0; i < CHANNELS; i++)
        pixel |= theme_channel(fmin(sum.of[i], 1), shifts[i]);
    return pixel;
}

static void draw_cells(const struct cells *cells, struct canvas *canvas)
{
    for (int y = 0; y < canvas->height_px; y++) {
        struct between down = between_cells(y, cells->side_px, cells->rows);
        for (int x = 0; x < canvas->width_px; x++)
            canvas->pixels[y * canvas->stride_px + x] =
                blended(cells, between_cells(x, cells->side_px, cells->columns), down);
    }
}

struct canvas *acuity_picture(const struct canvas *canvas, double arcmin_px)
{
    struct canvas *seen = canvas_create(canvas->width_px, canvas->height_px, NULL);
    struct cells cells;
    cells_init(&cells, canvas, fmax(arcmin_px, 1));
    draw_cells(&cells, seen);
    free(cells.light);
    return seen;
}
