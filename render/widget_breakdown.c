#include <math.h>
#include <string.h>

#include "render/widget.h"

/*
 * The parts of a whole: one bar each, the largest first, what is left at the end. Names and figures stand
 * beside the bars, so that nobody reads a legend; one neutral colour, because no part is good or bad.
 */

/* A line of parts, in pixels. */
struct columns {
    struct type_style style;
    double name, figure, gap; /* widths */
    double line;              /* height */
    double total;             /* of which figures tell their share; 0: they do not */
};

static double total_from(const struct snapshot_tile *tile, size_t first)
{
    double total = 0;
    for (size_t i = first; i < tile->part_count; i++)
        total += fmax(tile->parts[i].value, 0);
    return total;
}

static double total_of(const struct snapshot_tile *tile)
{
    return total_from(tile, 0);
}

enum { PARTS_MOST = 64 };

/* Of parts that have no room for a line that can be read, the last ones are one: "others". */
static size_t parts_with_room(const struct tile_view *view, double height, struct snapshot_part *parts)
{
    const struct snapshot_tile *tile = view->tile;
    size_t lines = (size_t)fmax(height / (view->small_px * 1.04), 1), count = tile->part_count;
    if (lines > PARTS_MOST)
        lines = PARTS_MOST;
    if (count > lines)
        count = lines;
    memcpy(parts, tile->parts, count * sizeof *parts);
    if (count < tile->part_count && count > 1)
        parts[count - 1] = (struct snapshot_part){"other", total_from(tile, count - 1)};
    return count;
}

/* What it is called: states of agents and channels have words of ours, types and reasons are the site's own.
 */
static const char *name_of(const struct pen *pen, const struct snapshot_tile *tile, const char *part)
{
    if (text_equal(tile->kpi_id, "agent_states"))
        return words_of_agent_state(pen->words, part);
    if (text_equal(tile->kpi_id, "channel_share"))
        part = words_of_channel(pen->words, part);
    return text_equal(part, "other") ? words_get(pen->words, WORD_OTHERS) : part;
}

static void figures_of(const struct pen *pen, double value, double total, struct text *out)
{
    struct figure_style count = {FORMAT_INT, -1, NULL, pen->language};
    struct figure_style share = {FORMAT_PCT, 0, NULL, pen->language};
    text_append(out, figure_make(&count, value).text);
    if (total > 0)
        text_append_format(out, " · %s", figure_make(&share, 100 * value / total).text);
}

static double widest_figure(struct pen *pen, const struct snapshot_tile *tile, double total,
                            struct type_style style)
{
    double widest = 0;
    for (size_t i = 0; i < tile->part_count; i++) {
        struct text figures = {0};
        figures_of(pen, tile->parts[i].value, total, &figures);
        widest = fmax(widest, pen_text_width(pen, style, text_bytes(&figures)));
        text_finish(&figures);
    }
    return ceil(widest);
}

static double widest_name(struct pen *pen, const struct snapshot_tile *tile, struct type_style style)
{
    double widest = 0;
    for (size_t i = 0; i < tile->part_count; i++)
        widest = fmax(widest, pen_text_width(pen, style, name_of(pen, tile, tile->parts[i].name)));
    return ceil(widest);
}

static const double most_names = 0.62; /* of what the figures leave: else there are no bars worth the name */

static void columns_measure(struct pen *pen, const struct snapshot_tile *tile, double total,
                            enum font_face face, struct columns *columns)
{
    columns->style.face = face;
    columns->total = total;
    columns->figure = widest_figure(pen, tile, total, columns->style);
    columns->name = widest_name(pen, tile, columns->style);
}

static double room_beside(struct box room, const struct columns *columns)
{
    return room.width - columns->figure - 2 * columns->gap;
}

/* Rather narrow than without bars, rather without bars and shares than half of a name. */
static struct columns columns_of(struct pen *pen, const struct tile_view *view, struct box room, double total)
{
    const struct snapshot_tile *tile = view->tile;
    struct columns columns = {.line = fmin(room.height / (double)tile->part_count, view->small_px * 1.9)};
    columns.style.px = pen_type_px(pen, fmin(view->small_px, columns.line * 0.92));
    columns.gap = columns.style.px * 0.5;
    columns_measure(pen, tile, total, FACE_REGULAR, &columns);
    if (columns.figure > room.width * 0.42 || columns.name > room_beside(room, &columns) * most_names)
        columns_measure(pen, tile, total, FACE_NARROW, &columns);
    if (columns.name > room_beside(room, &columns))
        columns_measure(pen, tile, 0, FACE_NARROW, &columns);
    if (columns.name > room_beside(room, &columns) * most_names)
        columns.name = room_beside(room, &columns) + columns.gap;
    return columns;
}

static void part_draw(struct pen *pen, const struct tile_view *view, const struct columns *columns,
                      const struct snapshot_part *part, double largest, struct box line)
{
    double baseline = widget_baseline(pen, line, columns->style.px);
    double left = line.x + columns->name + columns->gap;
    double room = line.width - columns->name - columns->figure - 2 * columns->gap;
    double width = largest > 0 ? round(room * fmax(part->value, 0) / largest) : 0;
    double height = round(line.height * 0.5);
    struct text figures = {0};
    figures_of(pen, part->value, columns->total, &figures);
    widget_text(pen, columns->style, view->ink, line.x, baseline, columns->name, ALIGN_LEFT,
                name_of(pen, view->tile, part->name));
    if (width >= 1)
        pen_box(pen, (struct box){left, round(line.y + (line.height - height) / 2), width, height}, 0,
                theme_mix(view->ground, view->ink_dim, 0.75));
    pen_text(pen, columns->style, view->ink, line.x + line.width, baseline, ALIGN_RIGHT,
             text_bytes(&figures));
    text_finish(&figures);
}

/* The first is not always the largest: what is left may be more than any. */
static double largest_of(const struct snapshot_tile *tile)
{
    double largest = 0;
    for (size_t i = 0; i < tile->part_count; i++)
        largest = fmax(largest, tile->parts[i].value);
    return largest;
}

void widget_breakdown_draw(struct pen *pen, const struct tile_view *view, struct box room)
{
    const struct snapshot_tile *tile = view->tile;
    if (tile->part_count == 0) {
        widget_number_draw(pen, view, room);
        return;
    }
    struct snapshot_part parts[PARTS_MOST];
    struct snapshot_tile shown = *tile;
    struct tile_view view_of_shown = *view;
    shown.part_count = parts_with_room(view, room.height, parts);
    shown.parts = parts;
    view_of_shown.tile = &shown;
    double total = total_of(tile), largest = largest_of(&shown);
    struct columns columns = columns_of(pen, &view_of_shown, room, total);
    for (size_t i = 0; i < shown.part_count; i++)
        part_draw(
            pen, &view_of_shown, &columns, &parts[i], largest,
            (struct box){room.x, round(room.y + columns.line * (double)i), room.width, round(columns.line)});
}
