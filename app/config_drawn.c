/*
 * How high the figures of a page would really be: the page is drawn once as it would hang, with figures as
 * wide as they get and curves below them, and measured. render/legibility.c says beforehand whether a grid
 * can be read at all; this says what its tiles, with their types, spans and units, make of the room.
 */
#include <math.h>
#include <stdlib.h>

#include "app/assets.h"
#include "app/config_reading.h"
#include "base/memory.h"
#include "render/legibility.h"
#include "render/scene.h"

enum { LONG_PX = 1920, SHORT_PX = 1080, MINUTES = 60 };

/* Figures come in steps of a few pixels: what is this near to the least is as good. */
static const double near_enough = 0.85;
static const double least_arcmin = 20;

/* As wide as a figure of its kind gets in a day. */
static double widest_value(const struct kpi *kpi)
{
    static const double widest[] = {
        [UNIT_COUNT] = 888,  [UNIT_PERCENT] = 88.8,       [UNIT_SECONDS] = 3599, [UNIT_SCORE_1_5] = 4.44,
        [UNIT_RATIO] = 0.88, [UNIT_SCORE_M100_100] = -88, [UNIT_EUR] = 88888};
    size_t unit = (size_t)kpi->unit;
    double value = unit < sizeof widest / sizeof *widest ? widest[unit] : 888;
    return isfinite(kpi->range_max) ? fmin(value, kpi->range_max) : value;
}

static struct snapshot_tile tile_of(const struct tile_settings *settings)
{
    static float curve[MINUTES];
    const struct kpi *kpi = settings->kpi;
    for (int i = 0; i < MINUTES; i++)
        curve[i] = (float)(i % 7);
    struct snapshot_tile tile = {.id = settings->id,
                                 .type = settings->type,
                                 .kpi_id = kpi->id,
                                 .columns = settings->columns,
                                 .rows = settings->rows,
                                 .unit = kpi->unit,
                                 .format = kpi->format,
                                 .decimals = kpi->decimals,
                                 .direction = kpi->direction,
                                 .range_min = kpi->range_min,
                                 .range_max = kpi->range_max,
                                 .period = kpi->default_period,
                                 .display = DISPLAY_OK,
                                 .value = widest_value(kpi),
                                 .n = 1888,
                                 .target = kpi->target,
                                 .limits = kpi->limits,
                                 .source = -1,
                                 .comparable = NAN,
                                 .answers_to_recover = NAN,
                                 .series = {0, MINUTES, curve},
                                 .objective = -1};
    for (int language = 0; language < LANGUAGE_COUNT; language++)
        for (int length = 0; length < LABEL_COUNT; length++)
            tile.label[language][length] = kpi->label[language][length];
    return tile;
}

static struct scene *scene_as_it_hangs(const struct config *config, const struct display_settings *display,
                                       struct error *error)
{
    bool upright = display_is_upright(display);
    const struct scene_settings settings = {.assets_path = assets_path(),
                                            .theme = "dark",
                                            .language = config->language,
                                            .width_px = upright ? SHORT_PX : LONG_PX,
                                            .height_px = upright ? LONG_PX : SHORT_PX,
                                            .diagonal_in = display->diagonal_in,
                                            .reading_distance_m = display->reading_distance_m};
    return scene_create(&settings, error);
}

static double arcmin_of(const struct display_settings *display, double figure_px)
{
    double mm = figure_px * legibility_pitch_mm(display->diagonal_in, LONG_PX);
    return mm / legibility_height_mm(1, display->reading_distance_m);
}

static void judge(struct config_reading *reading, const struct display_settings *display,
                  const struct page_entry *entry, const struct page_settings *page, struct scene *scene)
{
    const struct tile_entry *entries = entry->tiles.items;
    for (size_t i = 0; i < page->tile_count; i++) {
        double arcmin = arcmin_of(display, scene_figure_px(scene, i));
        if (arcmin <= 0 || arcmin >= least_arcmin * near_enough)
            continue;
        yaml_warning(
            reading->yaml, &entries[i].place, "span",
            "its figure would be %.0f′ high at %g m, %.0f′ is the least; give it a larger span, or the "
            "page fewer columns",
            arcmin, display->reading_distance_m, least_arcmin);
    }
}

static bool each_has_its_kpi(const struct page_settings *page)
{
    for (size_t i = 0; i < page->tile_count; i++)
        if (!page->tiles[i].kpi)
            return false;
    return true;
}

void config_drawn_check(struct config_reading *reading, const struct display_settings *display,
                        const struct page_entry *entry, const struct page_settings *page)
{
    if (!each_has_its_kpi(page))
        return; /* an error of its own, told before */
    struct error error = {""};
    struct scene *scene = scene_as_it_hangs(reading->config, display, &error);
    if (!scene)
        return; /* without fonts nothing can be measured; the wall itself says which is missing */
    struct snapshot_tile *tiles = memory_create(page->tile_count, sizeof *tiles);
    for (size_t i = 0; i < page->tile_count; i++)
        tiles[i] = tile_of(&page->tiles[i]);
    struct snapshot_page drawn = {.id = page->id,
                                  .title = page->title,
                                  .columns = page->columns,
                                  .rows = page->rows,
                                  .tile_count = page->tile_count,
                                  .tiles = tiles};
    const struct now now = {0, (MINUTES - 1) * 60000};
    const struct snapshot snapshot = {
        .taken = now, .title = "", .summary = DISPLAY_OK, .page_count = 1, .pages = &drawn};
    scene_draw_changes(scene, &snapshot, now);
    judge(reading, display, entry, page, scene);
    free(tiles);
    scene_destroy(scene);
}
