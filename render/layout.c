#include "render/layout.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

enum { MOST_COLUMNS = 24, MOST_ROWS = 500 };

static const double margin_share = 0.02;   /* of each side: what a TV may cut off */
static const double header_px = 84;        /* of the 1080p design */
static const double two_lines_most = 1.25; /* of the usual header: beyond that it has one line */
static const double strip_line_px = 64;
static const double line_for_least = 1.3; /* by em */
static const double gap_px = 16;
static const double best_cell_shape = 1.5; /* width by height */

/* Upright, the question has a line of its own: beside lamp, dots and clock there would be three letters of
 * it.
 */
static int header_height(const struct layout *layout, int least_px)
{
    double usual = header_px * layout->unit_px, line = fmax(usual, least_px * line_for_least);
    double two = ceil(least_px / HEADER_SMALL_SHARE); /* a question and what is to be said below it */
    if (two <= usual * two_lines_most)
        line = fmax(line, two);
    return (int)lround(layout->upright ? 2 * line : line);
}

struct layout layout_page(int width_px, int height_px, int strip_lines, int least_px)
{
    int shorter = width_px < height_px ? width_px : height_px;
    struct layout layout = {.unit_px = shorter / 1080.0, .upright = height_px > width_px};
    double unit = layout.unit_px;
    int side = (int)lround(width_px * margin_share), top = (int)lround(height_px * margin_share);
    if (layout.upright)
        top = (int)lround(width_px * margin_share);
    int wide = width_px - 2 * side;
    layout.margin_px = side;
    layout.gap_px = (int)lround(gap_px * unit);
    layout.line_px = (int)lround(fmax(strip_line_px * unit, least_px * line_for_least));
    layout.header = (struct area){side, top, wide, header_height(&layout, least_px)};

    int strip_height = strip_lines * layout.line_px;
    int bottom = height_px - top;
    layout.strip = (struct area){side, bottom - strip_height, wide, strip_height};
    if (strip_height > 0)
        bottom = layout.strip.y - layout.gap_px;

    int grid_top = layout.header.y + layout.header.height + layout.gap_px / 2;
    layout.grid = (struct area){side, grid_top, wide, bottom > grid_top ? bottom - grid_top : 1};
    return layout;
}

struct area layout_take_banner(struct layout *layout)
{
    struct area banner = layout->grid;
    int height = layout->line_px;
    int left = layout->grid.height - height - layout->gap_px;
    layout->grid.height = left > 1 ? left : 1;
    banner.y = layout->grid.y + layout->grid.height + layout->gap_px;
    banner.height = height;
    return banner;
}

/* ---- placing ---- */

struct place {
    int column, row, columns, rows;
};

struct floor {
    int columns;
    bool taken[MOST_ROWS * MOST_COLUMNS];
};

static int at_least_one(int count, int most)
{
    return count < 1 ? 1 : count > most ? most : count;
}

static bool is_free(const struct floor *floor, const struct place *place)
{
    if (place->column + place->columns > floor->columns || place->row + place->rows > MOST_ROWS)
        return false;
    for (int row = place->row; row < place->row + place->rows; row++)
        for (int column = place->column; column < place->column + place->columns; column++)
            if (floor->taken[row * MOST_COLUMNS + column])
                return false;
    return true;
}

static void take(struct floor *floor, const struct place *place)
{
    for (int row = place->row; row < place->row + place->rows; row++)
        for (int column = place->column; column < place->column + place->columns; column++)
            floor->taken[row * MOST_COLUMNS + column] = true;
}

static struct place place_tile(struct floor *floor, const struct snapshot_tile *tile)
{
    struct place place = {0, 0, at_least_one(tile->columns, floor->columns), at_least_one(tile->rows, 16)};
    for (place.row = 0; place.row < MOST_ROWS; place.row++)
        for (place.column = 0; place.column < floor->columns; place.column++)
            if (is_free(floor, &place)) {
                take(floor, &place);
                return place;
            }
    return (struct place){0, 0, 1, 1};
}

/* Places all tiles on so many columns; gives the rows that it took. `places` may be NULL. */
static int place_all(const struct snapshot_page *page, int columns, struct place *places)
{
    struct floor *floor = memory_create(1, sizeof *floor);
    floor->columns = columns;
    int rows = 1;
    for (size_t i = 0; i < page->tile_count; i++) {
        struct place place = place_tile(floor, &page->tiles[i]);
        if (place.row + place.rows > rows)
            rows = place.row + place.rows;
        if (places)
            places[i] = place;
    }
    free(floor);
    return rows;
}

/* ---- which grid ---- */

/* How far a cell is from the best shape: 0 is best, the same for twice too wide and twice too high. */
static double ugliness(const struct layout *layout, int columns, int rows)
{
    double width = (double)layout->grid.width / columns, height = (double)layout->grid.height / rows;
    return fabs(log(width / height / best_cell_shape));
}

static bool fits_as_it_is(const struct layout *layout, int columns, int rows)
{
    if (layout->upright)
        return columns <= rows && columns <= 2;
    return columns >= rows || ugliness(layout, columns, rows) < log(3);
}

void layout_grid(const struct layout *layout, const struct snapshot_page *page, int *columns, int *rows)
{
    int asked_columns = at_least_one(page->columns, MOST_COLUMNS);
    int asked_rows = place_all(page, asked_columns, NULL);
    if (page->rows > asked_rows && page->rows <= MOST_ROWS)
        asked_rows = page->rows;
    *columns = asked_columns;
    *rows = asked_rows;
    if (fits_as_it_is(layout, asked_columns, asked_rows))
        return;

    int most = layout->upright ? asked_columns : at_least_one(asked_rows, MOST_COLUMNS);
    for (int candidate = 1; candidate <= most; candidate++) {
        int needed = place_all(page, candidate, NULL);
        if (ugliness(layout, candidate, needed) >= ugliness(layout, *columns, *rows))
            continue;
        *columns = candidate;
        *rows = needed;
    }
}

/* Cells differ by at most a pixel and fill the grid exactly. */
static int edge(int start, int length, int gap, int index, int count)
{
    return start + (int)lround((double)(length + gap) * index / count);
}

void layout_tiles(const struct layout *layout, const struct snapshot_page *page, struct area *areas)
{
    int columns, rows;
    layout_grid(layout, page, &columns, &rows);
    struct place *places = memory_create(page->tile_count, sizeof *places);
    place_all(page, columns, places);
    const struct area *grid = &layout->grid;
    for (size_t i = 0; i < page->tile_count; i++) {
        struct place place = places[i];
        int left = edge(grid->x, grid->width, layout->gap_px, place.column, columns);
        int right = edge(grid->x, grid->width, layout->gap_px, place.column + place.columns, columns);
        int top = edge(grid->y, grid->height, layout->gap_px, place.row, rows);
        int bottom = edge(grid->y, grid->height, layout->gap_px, place.row + place.rows, rows);
        areas[i] = (struct area){left, top, right - left - layout->gap_px, bottom - top - layout->gap_px};
        areas[i].width = at_least_one(areas[i].width, grid->width);
        areas[i].height = at_least_one(areas[i].height, grid->height);
    }
    free(places);
}
