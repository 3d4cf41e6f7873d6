#include "render/scene.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "render/banner.h"
#include "render/canvas.h"
#include "render/header.h"
#include "render/layout.h"
#include "render/pen.h"
#include "render/pulse.h"
#include "render/sheet.h"
#include "render/signature.h"
#include "render/sparkline.h"
#include "render/states.h"
#include "render/strip.h"
#include "render/tile.h"
#include "render/widget.h"

/* One thing on the canvas that is drawn whole or not at all. */
struct part {
    struct area area;
    uint64_t inputs;             /* what it was drawn from */
    uint64_t seen;               /* what was drawn … */
    struct marks marks;          /* … mark by mark */
    struct settled_size settled; /* of a tile's figure */
    struct kept_series curve;    /* and its curve */
};

/* Which snapshot was drawn last. The address alone could be a new one's. */
struct identity {
    const struct snapshot *snapshot;
    struct now taken;
};

struct scene {
    struct canvas *canvas;
    struct theme theme;
    struct words *words;
    struct pen pen;
    struct text record;
    bool reduced_motion;

    struct stage stage;
    struct layout layout;
    uint64_t layout_inputs; /* what the places of all parts depend on */
    struct part header, strip, banner,
        sheet;             /* the sheet lies where tiles would; without height: not there */
    int64_t page_since_ms; /* monotonic */
    bool page_is_new;
    struct part *tiles;
    size_t tile_count;

    struct identity drawn;
    struct now drawn_at;
    int64_t next_change_ms; /* monotonic */
    bool everything;        /* nothing on the canvas can be relied on */
    bool looked_at;         /* since somebody last pressed a key */

    struct areas changes;
    struct areas wet; /* of the part at hand, kept for the next */
};

/* The lowest figures of all faces count: whichever is drawn, it is high enough. */
static double figure_ratio(struct lettering *lettering)
{
    enum { RULER_PX = 1000 };
    double least = 1;
    for (enum font_face face = 0; face < FACE_FALLBACK; face++)
        least =
            fmin(least, lettering_figure_height(lettering, (struct type_style){face, RULER_PX}) / RULER_PX);
    return least;
}

/* The picture is taken to fill the screen, also in a window that does not. */
static void sizes_set(struct scene *scene, const struct scene_settings *settings)
{
    int width = settings->width_px, height = settings->height_px, longer = width > height ? width : height;
    if (!(settings->diagonal_in > 0) || !(settings->reading_distance_m > 0))
        return;
    double pitch_mm = legibility_pitch_mm(settings->diagonal_in, longer);
    double ratio = figure_ratio(scene->pen.lettering);
    for (enum legibility profile = 0; profile < LEGIBILITY_COUNT; profile++)
        scene->pen.least[profile] = legibility_sizes(profile, settings->reading_distance_m, pitch_mm, ratio);
}

/* NULL where there is no such memory, or it is for a picture of another size. */
static const struct canvas_memory *fitting(const struct canvas_memory *memory, int width_px, int height_px)
{
    return memory && memory->width_px == width_px && memory->height_px == height_px ? memory : NULL;
}

static struct canvas *canvas_for(int width_px, int height_px, const struct canvas_memory *memory,
                                 struct error *error)
{
    return memory ? canvas_create_on(memory, error) : canvas_create(width_px, height_px, error);
}

struct scene *scene_create_on(const struct scene_settings *settings, const struct canvas_memory *memory,
                              struct error *error)
{
    struct scene *scene = memory_create(1, sizeof *scene);
    scene->everything = true;
    scene->reduced_motion = settings->reduced_motion;
    scene->stage = stage_start();
    memory = fitting(memory, settings->width_px, settings->height_px);
    scene->canvas = canvas_for(settings->width_px, settings->height_px, memory, error);
    if (!scene->canvas || !theme_read(&scene->theme, settings->assets_path, settings->theme, error))
        goto failed;
    scene->words = words_create(settings->assets_path, settings->language, error);
    if (!scene->words)
        goto failed;
    scene->pen.lettering = lettering_create(settings->assets_path, error);
    if (!scene->pen.lettering)
        goto failed;
    scene->pen.canvas = scene->canvas;
    scene->pen.theme = &scene->theme;
    scene->pen.words = scene->words;
    scene->pen.language = settings->language;
    sizes_set(scene, settings);
    return scene;

failed:
    scene_destroy(scene);
    return NULL;
}

struct scene *scene_create(const struct scene_settings *settings, struct error *error)
{
    return scene_create_on(settings, NULL, error);
}

static void part_finish(struct part *part)
{
    marks_finish(&part->marks);
    kept_series_finish(&part->curve);
}

/* Somewhere else, and nothing of it is drawn. */
static void part_place(struct part *part, struct area area)
{
    part_finish(part);
    *part = (struct part){.area = area};
}

static void tiles_finish(struct scene *scene)
{
    for (size_t i = 0; i < scene->tile_count; i++)
        part_finish(&scene->tiles[i]);
    free(scene->tiles);
    scene->tiles = NULL;
    scene->tile_count = 0;
}

void scene_destroy(struct scene *scene)
{
    if (!scene)
        return;
    lettering_destroy(scene->pen.lettering);
    words_destroy(scene->words);
    canvas_destroy(scene->canvas);
    text_finish(&scene->record);
    part_finish(&scene->header);
    part_finish(&scene->strip);
    part_finish(&scene->banner);
    part_finish(&scene->sheet);
    tiles_finish(scene);
    marks_finish(&scene->pen.marks);
    areas_finish(&scene->changes);
    areas_finish(&scene->wet);
    free(scene);
}

void scene_draw_on(struct scene *scene, const struct canvas_memory *memory)
{
    static const struct canvas_memory own = {0};
    int width_px = scene->canvas->width_px, height_px = scene->canvas->height_px;
    memory = fitting(memory, width_px, height_px);
    if (canvas_memory_is_same(&scene->canvas->lent, memory ? memory : &own))
        return;
    canvas_destroy(scene->canvas);
    scene->canvas = scene->pen.canvas = canvas_for(width_px, height_px, memory, NULL);
    scene->everything = true;
}

void scene_show_page(struct scene *scene, size_t page)
{
    struct stage stage = scene->stage;
    stage.page = page;
    scene_show(scene, &stage);
}

/* What the places of things depend on. */
static bool is_another_picture(const struct stage *a, const struct stage *b)
{
    return a->page != b->page || a->screen != b->screen || a->step != b->step;
}

void scene_show(struct scene *scene, const struct stage *stage)
{
    if (is_another_picture(&scene->stage, stage))
        scene->everything = true;
    if (scene->stage.page != stage->page)
        scene->page_is_new = true;
    scene->stage = *stage;
    scene->looked_at = false;
}

/* ---- what changed ---- */

const struct area *scene_changes(const struct scene *scene, size_t *count)
{
    *count = scene->changes.count;
    return scene->changes.all;
}

/* ---- parts ---- */

/* What is drawn now, and from what. */
struct moment {
    const struct snapshot *snapshot; /* NULL: starting */
    struct now now;
    const struct snapshot_page *page; /* NULL: there is none */
    struct stage stage;               /* its page is one that there is */
    bool page_has_trends;
    int64_t page_since_ms;
    int index;                        /* of the tile on the page */
    const struct snapshot_tile *tile; /* of the part that is at hand */
};

typedef void part_draw(struct scene *scene, const struct moment *moment, struct part *part);

/* The pen watches only; gives the signature of what would be seen. */
static uint64_t watch(struct scene *scene, const struct moment *moment, struct part *part, part_draw *draw)
{
    pen_begin(&scene->pen, &part->area, false);
    draw(scene, moment, part);
    pen_end(&scene->pen);
    return scene->pen.seen;
}

/* What the pen saw last is what is drawn; the list before goes back to it, for its memory. */
static void keep_marks(struct scene *scene, struct part *part)
{
    struct marks before = part->marks;
    part->marks = scene->pen.marks;
    part->seen = scene->pen.seen;
    scene->pen.marks = before;
}

static void draw_within(struct scene *scene, const struct moment *moment, struct part *part,
                        const struct area *wet, part_draw *draw)
{
    pen_begin_within(&scene->pen, &part->area, wet);
    draw(scene, moment, part);
    pen_end(&scene->pen);
    areas_add(&scene->changes, *wet, 0);
}

/* An eighth of the part: drawing that much more costs what going through the part's marks again does. */
static int worthwhile_gap_px(const struct part *part)
{
    return part->area.width * part->area.height / 8;
}

/*
 * Draws of a part what the viewer would see otherwise. Equal inputs: certainly nothing. Else the pen watches
 * first, and draws only where it sees something else than is there.
 */
static void part_update(struct scene *scene, const struct moment *moment, struct part *part, uint64_t inputs,
                        part_draw *draw)
{
    if (!scene->everything && part->inputs == inputs)
        return;
    part->inputs = inputs;
    if (scene->everything) {
        draw_within(scene, moment, part, &part->area, draw);
        keep_marks(scene, part);
        return;
    }
    if (watch(scene, moment, part, draw) == part->seen)
        return;
    scene->wet.count = 0;
    marks_difference(&part->marks, &scene->pen.marks, worthwhile_gap_px(part), &scene->wet);
    keep_marks(scene, part);
    for (size_t i = 0; i < scene->wet.count; i++)
        draw_within(scene, moment, part, &scene->wet.all[i], draw);
}

static void draw_header(struct scene *scene, const struct moment *moment, struct part *part)
{
    (void)part;
    header_draw(&scene->pen, moment->snapshot, &moment->stage, moment->now);
}

/* A huddle stands still: what goes on meanwhile is a mark in its own sheet. */
static int strip_lines(const struct scene *scene, const struct moment *moment)
{
    if (!strip_needed(moment->snapshot) || moment->stage.screen == STAGE_HUDDLE)
        return 0;
    return scene->canvas->height_px > scene->canvas->width_px ? 2 : 1;
}

static void draw_strip(struct scene *scene, const struct moment *moment, struct part *part)
{
    (void)part;
    strip_draw(&scene->pen, moment->snapshot, strip_lines(scene, moment), moment->now);
}

static void draw_banner(struct scene *scene, const struct moment *moment, struct part *part)
{
    (void)part;
    banner_draw(&scene->pen, moment->snapshot, moment->now);
}

static struct tile_surroundings surroundings_of(const struct moment *moment, struct part *part)
{
    return (struct tile_surroundings){moment->snapshot, moment->now,           moment->page_has_trends,
                                      &part->settled,   moment->page_since_ms, &part->curve};
}

/* Round the chosen tile: the ink of figures on a ground that sets it off from every state's colour. */
static void ring_draw(struct pen *pen)
{
    struct box whole = {pen->clip.x, pen->clip.y, pen->clip.width, pen->clip.height};
    double thick = pen_px(pen, 8), thin = pen_px(pen, 4), radius = pen_px(pen, 12);
    pen_box_outline(pen, whole, radius, thick, 0, pen->theme->text_primary);
    pen_box_outline(pen, box_inset(whole, thick), radius - thick / 2, thin, 0, pen->theme->bg);
}

/* Swells inwards from the tile's edge, in the ink of its figure. */
static void pulse_draw(struct pen *pen, double share)
{
    struct box whole = {pen->clip.x, pen->clip.y, pen->clip.width, pen->clip.height};
    double width = round(pen_px(pen, 8) * share);
    if (width >= 1)
        pen_box_outline(pen, whole, pen_px(pen, 12), width, 0,
                        pen->theme->state[theme_state_of(DISPLAY_CRITICAL)].on_fill);
}

static double pulse_of(const struct scene *scene, const struct moment *moment)
{
    return scene->reduced_motion ? 0 : pulse_share(moment->tile, moment->now.wall_ms);
}

static void draw_tile(struct scene *scene, const struct moment *moment, struct part *part)
{
    struct tile_surroundings surroundings = surroundings_of(moment, part);
    tile_draw(&scene->pen, moment->tile, &surroundings);
    pulse_draw(&scene->pen, pulse_of(scene, moment));
    if (moment->index == moment->stage.chosen)
        ring_draw(&scene->pen);
}

static void draw_sheet(struct scene *scene, const struct moment *moment, struct part *part)
{
    (void)part;
    sheet_draw(&scene->pen, &(struct sheet){moment->snapshot, &moment->stage, moment->now});
}

/* ---- places ---- */

static uint64_t layout_inputs(const struct scene *scene, const struct moment *moment, int lines)
{
    uint64_t inputs = signature_add(SIGNATURE_START, (uint64_t)lines);
    inputs = signature_add(inputs, banner_needed(moment->snapshot, moment->now));
    inputs = signature_add(inputs, scene->stage.page);
    inputs = signature_add(inputs, (uint64_t)moment->stage.screen);
    inputs = signature_add(inputs, moment->page_has_trends);
    if (!moment->page)
        return inputs;
    inputs = signature_add(inputs, (uint64_t)moment->page->columns << 32 | (uint32_t)moment->page->rows);
    for (size_t i = 0; i < moment->page->tile_count; i++) {
        const struct snapshot_tile *tile = &moment->page->tiles[i];
        inputs = signature_add(inputs, (uint64_t)tile->columns << 32 | (uint32_t)tile->rows);
    }
    return inputs;
}

static void place_parts(struct scene *scene, const struct moment *moment)
{
    bool wall = moment->stage.screen == STAGE_WALL;
    size_t count = moment->page && wall ? moment->page->tile_count : 0;
    tiles_finish(scene);
    scene->tiles = memory_create(count, sizeof *scene->tiles);
    scene->tile_count = count;
    part_place(&scene->header, scene->layout.header);
    part_place(&scene->strip, scene->layout.strip);
    part_place(&scene->sheet, wall ? (struct area){0, 0, 0, 0} : scene->layout.grid);
    struct area *areas = memory_create(count, sizeof *areas);
    if (count > 0)
        layout_tiles(&scene->layout, moment->page, areas);
    for (size_t i = 0; i < count; i++)
        scene->tiles[i].area = areas[i];
    free(areas);
}

/* Where anything moves, all is drawn anew. */
static void lay_out(struct scene *scene, const struct moment *moment)
{
    int lines = strip_lines(scene, moment);
    uint64_t inputs = layout_inputs(scene, moment, lines);
    if (!scene->everything && inputs == scene->layout_inputs)
        return;
    scene->everything = true;
    scene->layout_inputs = inputs;
    scene->layout = layout_page(scene->canvas->width_px, scene->canvas->height_px, lines,
                                scene->pen.least[LEGIBILITY_MINIMUM].sub);
    part_place(&scene->banner, (struct area){0, 0, 0, 0});
    if (banner_needed(moment->snapshot, moment->now))
        scene->banner.area = layout_take_banner(&scene->layout);
    scene->pen.unit_px = scene->layout.unit_px;
    place_parts(scene, moment);
}

static struct area whole_canvas(const struct scene *scene)
{
    return (struct area){0, 0, scene->canvas->width_px, scene->canvas->height_px};
}

static void clear(struct scene *scene)
{
    struct area whole = whole_canvas(scene);
    pen_begin(&scene->pen, &whole, true);
    pen_fill(&scene->pen, scene->theme.bg);
    pen_end(&scene->pen);
    areas_add(&scene->changes, whole, 0);
}

/* ---- all parts ---- */

static bool has_trends(const struct snapshot_page *page)
{
    for (size_t i = 0; page && i < page->tile_count; i++)
        if (sparkline_possible(&page->tiles[i]) || page->tiles[i].bars.count > 1 ||
            page->tiles[i].ribbon.count > 0)
            return true;
    return false;
}

/* A board that was refused is told as long as nothing else is to be said there. */
static void tell_refusal(struct stage *stage)
{
    const struct stage_fault *fault = stage->fault;
    if (!fault || fault->alone || stage->notice.word >= 0)
        return;
    const char *slash = strrchr(fault->file, '/'), *name = slash ? slash + 1 : fault->file;
    stage->notice.word = WORD_FAULT_REFUSED;
    snprintf(stage->notice.what, sizeof stage->notice.what, fault->lines[0].line ? "%.38s:%d" : "%.38s", name,
             fault->lines[0].line);
}

static struct moment moment_of(const struct scene *scene, const struct snapshot *snapshot, struct now now)
{
    struct moment moment = {.snapshot = snapshot, .now = now, .stage = scene->stage};
    moment.stage.screen = states_screen(&scene->stage, snapshot);
    tell_refusal(&moment.stage);
    if (!snapshot || snapshot->page_count == 0)
        return moment;
    if (moment.stage.page >= snapshot->page_count)
        moment.stage.page = snapshot->page_count - 1;
    moment.page = &snapshot->pages[moment.stage.page];
    moment.page_has_trends = has_trends(moment.page);
    return moment;
}

static void update_parts(struct scene *scene, struct moment *moment)
{
    const struct snapshot *snapshot = moment->snapshot;
    part_update(scene, moment, &scene->header, header_inputs(snapshot, &moment->stage, moment->now),
                draw_header);
    for (size_t i = 0; i < scene->tile_count; i++) {
        moment->tile = &moment->page->tiles[i];
        moment->index = (int)i;
        struct tile_surroundings surroundings = surroundings_of(moment, &scene->tiles[i]);
        uint64_t inputs = tile_inputs(moment->tile, &surroundings, scene->pen.language);
        inputs = signature_add(inputs, moment->index == moment->stage.chosen);
        inputs = signature_add_number(inputs, pulse_of(scene, moment));
        part_update(scene, moment, &scene->tiles[i], inputs, draw_tile);
    }
    if (scene->banner.area.height > 0)
        part_update(scene, moment, &scene->banner, banner_inputs(snapshot, moment->now), draw_banner);
    if (scene->sheet.area.height > 0)
        part_update(scene, moment, &scene->sheet,
                    sheet_inputs(&(struct sheet){snapshot, &moment->stage, moment->now}), draw_sheet);
    if (scene->strip.area.height > 0)
        part_update(scene, moment, &scene->strip, strip_inputs(snapshot, scene->pen.language, moment->now),
                    draw_strip);
}

static int64_t until_next_change_ms(const struct scene *scene, const struct moment *moment)
{
    int64_t soonest = INT64_MAX;
    for (size_t i = 0; i < scene->tile_count; i++) {
        struct tile_surroundings surroundings = surroundings_of(moment, &scene->tiles[i]);
        int64_t in_ms = tile_next_change_in_ms(&moment->page->tiles[i], &surroundings);
        int64_t pulse_ms = pulse_next_in_ms(&moment->page->tiles[i], moment->now.wall_ms);
        if (!scene->reduced_motion && pulse_ms < in_ms)
            in_ms = pulse_ms;
        if (in_ms < soonest)
            soonest = in_ms;
    }
    if (scene->sheet.area.height > 0)
        soonest = sheet_next_change_in_ms(&(struct sheet){moment->snapshot, &moment->stage, moment->now});
    if (moment->snapshot) {
        int64_t in_ms = banner_next_change_in_ms(moment->snapshot, moment->now);
        if (in_ms < soonest)
            soonest = in_ms;
    }
    if (scene->strip.area.height > 0) {
        int64_t in_ms = strip_next_change_in_ms(moment->snapshot, moment->now);
        if (in_ms < soonest)
            soonest = in_ms;
    }
    return soonest;
}

/* ---- whether to look at all ---- */

static int64_t clock_minute(struct now now)
{
    return now.wall_ms >= 0 ? now.wall_ms / 60000 : (now.wall_ms - 59999) / 60000;
}

static bool wall_clock_was_set(const struct scene *scene, struct now now)
{
    int64_t offset = now.wall_ms - now.monotonic_ms;
    int64_t difference = offset - (scene->drawn_at.wall_ms - scene->drawn_at.monotonic_ms);
    return difference > 1000 || difference < -1000;
}

static struct identity identity_of(const struct snapshot *snapshot)
{
    return (struct identity){snapshot, snapshot ? snapshot->taken : (struct now){0}};
}

static bool is_as_drawn(const struct scene *scene, const struct snapshot *snapshot, struct now now)
{
    struct identity identity = identity_of(snapshot);
    return !scene->everything && scene->looked_at && identity.snapshot == scene->drawn.snapshot &&
           identity.taken.monotonic_ms == scene->drawn.taken.monotonic_ms &&
           identity.taken.wall_ms == scene->drawn.taken.wall_ms && now.monotonic_ms < scene->next_change_ms &&
           clock_minute(now) == clock_minute(scene->drawn_at) && !wall_clock_was_set(scene, now);
}

static void note_drawn(struct scene *scene, const struct moment *moment)
{
    int64_t in_ms = until_next_change_ms(scene, moment);
    scene->next_change_ms = in_ms == INT64_MAX ? INT64_MAX : moment->now.monotonic_ms + in_ms;
    scene->drawn = identity_of(moment->snapshot);
    scene->drawn_at = moment->now;
    scene->everything = false;
    scene->looked_at = true;
}

/* ---- black, because somebody wants it so ---- */

static bool draw_black(struct scene *scene, const struct moment *moment)
{
    static const colour black = 0x000000;
    struct area whole = whole_canvas(scene);
    bool drawn = scene->everything;
    if (drawn) {
        pen_begin(&scene->pen, &whole, true);
        pen_fill(&scene->pen, black);
        pen_end(&scene->pen);
        areas_add(&scene->changes, whole, 0);
    }
    tiles_finish(scene);
    scene->strip.area.height = scene->sheet.area.height = 0;
    note_drawn(scene, moment);
    return drawn;
}

bool scene_draw_changes(struct scene *scene, const struct snapshot *snapshot, struct now now)
{
    scene->changes.count = 0;
    if (is_as_drawn(scene, snapshot, now))
        return false;
    if ((snapshot == NULL) != (scene->drawn.snapshot == NULL))
        scene->everything = true;
    struct moment moment = moment_of(scene, snapshot, now);
    if (moment.stage.screen == STAGE_BLACK)
        return draw_black(scene, &moment);
    if (scene->page_is_new || !scene->drawn.snapshot)
        scene->page_since_ms = now.monotonic_ms;
    scene->page_is_new = false;
    moment.page_since_ms = scene->page_since_ms;
    lay_out(scene, &moment);
    if (scene->everything)
        clear(scene);
    update_parts(scene, &moment);
    note_drawn(scene, &moment);
    return scene->changes.count > 0;
}

const char *scene_theme_label(const struct scene *scene)
{
    return scene->theme.label[scene->pen.language];
}

const struct canvas *scene_canvas(const struct scene *scene)
{
    return scene->canvas;
}

int64_t scene_next_change_ms(const struct scene *scene, struct now now)
{
    if (scene->everything)
        return now.monotonic_ms;
    int64_t next_minute_ms = (clock_minute(now) + 1) * 60000 - now.wall_ms + now.monotonic_ms;
    return next_minute_ms < scene->next_change_ms ? next_minute_ms : scene->next_change_ms;
}

/* ---- from tile to tile ---- */

/* How far it is from one tile to another in a direction: sideways counts double. Negative: it does not lie
 * there. */
static int64_t way(const struct area *from, const struct area *to, int right, int down)
{
    int64_t x = (2 * to->x + to->width) - (2 * from->x + from->width);
    int64_t y = (2 * to->y + to->height) - (2 * from->y + from->height);
    int64_t ahead = right * x + down * y, aside = right ? y : x;
    return ahead > 0 ? ahead + 2 * (aside < 0 ? -aside : aside) : -1;
}

int scene_neighbour(const struct scene *scene, int chosen, int right, int down)
{
    int nearest = chosen;
    int64_t least = INT64_MAX;
    if (chosen < 0 || (size_t)chosen >= scene->tile_count)
        return chosen;
    for (size_t i = 0; i < scene->tile_count; i++) {
        int64_t length = way(&scene->tiles[chosen].area, &scene->tiles[i].area, right, down);
        if (length < 0 || length >= least)
            continue;
        least = length;
        nearest = (int)i;
    }
    return nearest;
}

/* ---- how large ---- */

const struct smallest_writing *scene_smallest_writing(const struct scene *scene)
{
    return &scene->pen.smallest;
}

double scene_figure_px(struct scene *scene, size_t tile)
{
    int px = tile < scene->tile_count ? scene->tiles[tile].settled.px : 0;
    /* of the lower face, whichever it is drawn in */
    double bold = lettering_figure_height(scene->pen.lettering, (struct type_style){FACE_BOLD, px}),
           narrow = lettering_figure_height(scene->pen.lettering, (struct type_style){FACE_NARROW_BOLD, px});
    return px > 0 ? fmin(bold, narrow) : 0;
}

void scene_record_texts(struct scene *scene, bool record)
{
    scene->pen.record = record ? &scene->record : NULL;
}

const char *scene_recorded_texts(const struct scene *scene)
{
    return text_bytes(&scene->record);
}
