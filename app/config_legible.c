/* Whether the writing on a page can be read from where people stand. */
#include <math.h>
#include <stdlib.h>

#include "app/config_reading.h"
#include "base/memory.h"
#include "render/layout.h"
#include "render/legibility.h"

/* The shape is what counts, any size will do. */
enum { LONG_PX = 1920, SHORT_PX = 1080 };

struct hanging {
    struct screen_size size;
    double distance_m;
    bool upright;
};

static struct hanging display_as_it_hangs(const struct display_settings *display)
{
    bool upright = display_is_upright(display);
    return (struct hanging){legibility_screen(display->diagonal_in, upright), display->reading_distance_m,
                            upright};
}

/* The grid as it will be drawn: on an upright screen one that lies is laid anew. */
static struct yaml_size grid_drawn(const struct page_settings *page, bool upright)
{
    struct snapshot_tile *tiles = memory_create(page->tile_count, sizeof *tiles);
    for (size_t i = 0; i < page->tile_count; i++) {
        tiles[i].columns = page->tiles[i].columns;
        tiles[i].rows = page->tiles[i].rows;
    }
    const struct snapshot_page drawn = {
        .columns = page->columns, .rows = page->rows, .tile_count = page->tile_count, .tiles = tiles};
    struct layout layout = layout_page(upright ? SHORT_PX : LONG_PX, upright ? LONG_PX : SHORT_PX, 0, 0);
    struct yaml_size grid = {0};
    layout_grid(&layout, &drawn, &grid.columns, &grid.rows);
    free(tiles);
    return grid;
}

/* The smallest tile decides; one that spans several cells has their room. */
static double farthest_m(const struct page_settings *page, struct screen_size screen, struct yaml_size grid)
{
    double least_m = INFINITY;
    for (size_t i = 0; i < page->tile_count; i++) {
        double columns = fmax(1, (double)grid.columns / page->tiles[i].columns);
        double rows = fmax(1, (double)grid.rows / page->tiles[i].rows);
        least_m = fmin(least_m, legibility_farthest_m(LEGIBILITY_MINIMUM, screen, columns, rows));
    }
    return least_m;
}

static void complain(struct config_reading *reading, const struct page_entry *entry,
                     const struct display_settings *display, struct yaml_size grid)
{
    struct hanging hanging = display_as_it_hangs(display);
    const char *upright = hanging.upright ? " upright" : "";
    struct yaml_size largest = {0};
    legibility_largest_grid(LEGIBILITY_MINIMUM, hanging.size, hanging.distance_m, &largest.columns,
                            &largest.rows);
    if (largest.columns > 0 && largest.rows > 0)
        yaml_error(reading->yaml, &entry->place, "grid",
                   "a %dx%d grid cannot be read at %g m on %g inches%s; the largest that can is %dx%d",
                   grid.columns, grid.rows, hanging.distance_m, display->diagonal_in, upright,
                   largest.columns, largest.rows);
    else
        yaml_error(reading->yaml, &entry->place, "grid",
                   "not even one tile can be read at %g m on %g inches%s; it can up to %.1f m, beyond that "
                   "take a larger screen",
                   hanging.distance_m, display->diagonal_in, upright,
                   legibility_farthest_m(LEGIBILITY_MINIMUM, hanging.size, 1, 1));
}

static void check_page(struct config_reading *reading, const struct display_settings *display,
                       const struct page_entry *entry, const struct page_settings *page)
{
    struct hanging hanging = display_as_it_hangs(display);
    if (entry->tiles.left_out || !config_page_has_room(page))
        return; /* too many tiles is a problem of its own */
    struct yaml_size grid = grid_drawn(page, hanging.upright);
    if (farthest_m(page, hanging.size, grid) < hanging.distance_m)
        complain(reading, entry, display, grid);
    else if (reading->wall_ms) /* somebody asks for all there is to be known: it takes a moment */
        config_drawn_check(reading, display, entry, page);
}

/* What is said of a page once need not be said again of another display that hangs just so. */
static bool is_told(const struct config *config, size_t display, size_t page)
{
    const struct display_settings *all = config->displays, *this = &all[display];
    for (size_t i = 0; i < display; i++)
        if (display_shows(&all[i], page) && (all[i].rotation - this->rotation) % 180 == 0 &&
            all[i].diagonal_in == this->diagonal_in && all[i].reading_distance_m == this->reading_distance_m)
            return true;
    return false;
}

void config_legible_check(struct config_reading *reading, const struct yaml_list *pages)
{
    const struct config *config = reading->config;
    const struct page_entry *entries = pages->items;
    for (size_t i = 0; i < config->display_count; i++)
        for (size_t j = 0; j < config->board.page_count; j++)
            if (display_shows(&config->displays[i], j) && !is_told(config, i, j))
                check_page(reading, &config->displays[i], &entries[j], &config->board.pages[j]);
}
