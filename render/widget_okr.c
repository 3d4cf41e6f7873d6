#include <limits.h>
#include <math.h>

#include "render/light.h"
#include "render/widget.h"

/*
 * An objective and its key results: where each began, stands and is to end, and how far it would be by now if
 * it went evenly. Of a team; nobody's name has a place here.
 */

static struct figure_style style_of(const struct pen *pen, const struct snapshot_key_result *result)
{
    /* a typed figure has no KPI that says how it is written: as the team wrote it */
    enum number_format format = result->typed ? FORMAT_INT : result->format;
    return (struct figure_style){format, -1, NULL, pen->language};
}

static void measured_text(const struct pen *pen, const struct snapshot_key_result *result, struct text *out)
{
    struct figure_style style = style_of(pen, result);
    text_append(out, figure_make(&style, result->current).text);
}

/* "38" stays "38", "0,45" keeps its decimals. */
static void figure_text(const struct pen *pen, const struct snapshot_key_result *result, double value,
                        struct text *out)
{
    struct figure_style style = style_of(pen, result);
    if (result->typed && isfinite(value) && fabs(value - round(value)) > 1e-9) {
        style.format = FORMAT_RATIO;
        style.decimals = fabs(value) < 10 ? 2 : 1;
    }
    text_append(out, figure_make_threshold(&style, value).text);
}

/* ---- a key result ---- */

static void way_draw(struct pen *pen, const struct tile_view *view,
                     const struct snapshot_objective *objective, const struct snapshot_key_result *result,
                     struct box bar)
{
    enum display display = result->display;
    colour paint = display == DISPLAY_STALE || display == DISPLAY_NODATA
                       ? theme_mix(view->ground, view->ink_dim, 0.7)
                       : widget_light_colours(pen, view, display).shape;
    double radius = bar.height / 2;
    pen_box(pen, bar, radius, theme_mix(view->ground, view->ink_dim, 0.25));
    double filled = isnan(result->progress) ? 0 : round(bar.width * result->progress);
    if (filled >= 1)
        pen_box(pen, (struct box){bar.x, bar.y, fmax(filled, bar.height), bar.height}, radius, paint);
    if (objective->elapsed > 0 && objective->elapsed < 1) {
        double width = pen_px(pen, 5), x = round(bar.x + bar.width * objective->elapsed);
        pen_box(pen, (struct box){x - width / 2, bar.y - bar.height * 0.45, width, bar.height * 1.9}, 0,
                view->ink);
    }
}

/* What is odd about it, in words; "" where nothing is. */
static void remark_text(const struct pen *pen, const struct snapshot_key_result *result, struct text *out)
{
    struct text day = {0};
    if (result->updated_wall_ms == 0) {
        text_append(out, words_get(pen->words, WORD_OKR_NEVER));
    } else if (result->display == DISPLAY_STALE) {
        words_of_date(pen->words, result->updated_wall_ms, true, &day);
        words_fill(pen->words, WORD_OKR_UPDATED, text_bytes(&day), out);
    } else if (result->too_easy) {
        text_append(out, words_get(pen->words, WORD_OKR_TOO_EASY));
    } else if (result->changed_wall_ms) {
        words_of_date(pen->words, result->changed_wall_ms, true, &day);
        text_append(out, "↻ ");
        words_fill(pen->words, WORD_OKR_CHANGED, text_bytes(&day), out);
    }
    text_finish(&day);
}

/* What a key result has room for. */
struct result_lines {
    int px;
    enum font_face face; /* of the names */
    bool two;            /* figures below the name */
    bool remark;         /* and a line for what is odd about it */
};

static double remark_width(struct pen *pen, const struct snapshot_key_result *result, int px)
{
    struct text remark = {0};
    remark_text(pen, result, &remark);
    double width = pen_text_width(pen, (struct type_style){FACE_NARROW, px}, text_bytes(&remark));
    text_finish(&remark);
    return width;
}

static void remark_draw(struct pen *pen, const struct tile_view *view,
                        const struct snapshot_key_result *result, struct box line, int px, enum align align)
{
    struct text remark = {0};
    remark_text(pen, result, &remark);
    double x = align == ALIGN_RIGHT ? line.x + line.width : line.x;
    if (remark.length)
        widget_text(pen, (struct type_style){FACE_NARROW, px}, view->ink_dim, x,
                    widget_baseline(pen, line, px), line.width, align, text_bytes(&remark));
    text_finish(&remark);
}

/* Where the words begin: behind the light. */
static double words_left(struct box line, int px)
{
    return line.x + px * 0.95 + px * 0.35;
}

static void name_draw(struct pen *pen, const struct tile_view *view, const struct snapshot_key_result *result,
                      struct box line, struct result_lines lines)
{
    int px = lines.px;
    const char *label = result->label[pen->language] ? result->label[pen->language] : "";
    double light = px * 0.95, left = words_left(line, px), room = line.x + line.width - left;
    struct point centre = {round(line.x + light / 2), round(line.y + line.height / 2)};
    light_draw(pen, result->display, centre, light, widget_light_colours(pen, view, result->display));
    double said = lines.two && !lines.remark ? remark_width(pen, result, px) : 0;
    if (said > 0 &&
        said + px * 0.5 + pen_text_width(pen, (struct type_style){FACE_NARROW, px}, label) <= room) {
        remark_draw(pen, view, result, (struct box){left, line.y, room, line.height}, px, ALIGN_RIGHT);
        room -= said + px * 0.5;
    }
    widget_text(pen, (struct type_style){lines.face, px}, view->ink, left, widget_baseline(pen, line, px),
                room, ALIGN_LEFT, label);
}

/* start, way, goal; where it stands is written above the end of the way. */
static void figures_draw(struct pen *pen, const struct tile_view *view,
                         const struct snapshot_objective *objective, const struct snapshot_key_result *result,
                         struct box line, int px, bool with_start)
{
    struct text start = {0}, now = {0}, goal = {0};
    struct type_style dim = {FACE_REGULAR, px}, bold = {FACE_BOLD, px};
    double baseline = widget_baseline(pen, line, px), gap = px * 0.45;
    if (with_start)
        figure_text(pen, result, result->start, &start);
    if (result->typed)
        figure_text(pen, result, result->current, &now);
    else
        measured_text(pen, result, &now);
    figure_text(pen, result, result->goal, &goal);
    double goal_width = pen_text_width(pen, dim, text_bytes(&goal)),
           now_width = pen_text_width(pen, bold, text_bytes(&now));
    double left =
        line.x + pen_text(pen, dim, view->ink_dim, line.x, baseline, ALIGN_LEFT, text_bytes(&start)) + gap;
    double right = line.x + line.width;
    pen_text(pen, bold, view->ink, right, baseline, ALIGN_RIGHT, text_bytes(&now));
    right -= now_width + gap * 1.6;
    pen_text(pen, dim, view->ink_dim, right, baseline, ALIGN_RIGHT, text_bytes(&goal));
    right -= goal_width + gap;
    double height = fmax(round(px * 0.36), 3);
    if (right - left > px)
        way_draw(pen, view, objective, result,
                 (struct box){left, round(line.y + (line.height - height) / 2), right - left, height});
    text_finish(&start);
    text_finish(&now);
    text_finish(&goal);
}

static const double line_share = 1.35; /* of the type size */

/* Two lines where there is room for them, three where something is odd; else name and figures beside each
 * other. */
static struct result_lines lines_for(const struct pen *pen, const struct tile_view *view,
                                     const struct snapshot_key_result *result, double height)
{
    struct result_lines lines = {.two = height >= view->small_px * 2.2};
    bool is_odd = result->updated_wall_ms == 0 || result->display == DISPLAY_STALE || result->too_easy ||
                  result->changed_wall_ms;
    lines.remark = is_odd && height >= view->small_px * 3.3;
    double most = height / (lines.remark ? 3 : lines.two ? 2 : 1) / line_share;
    lines.px = pen_type_px(pen, fmin(view->small_px * (lines.remark ? 1.1 : 1.25), most));
    return lines;
}

/* One size and one face for all names of a tile: what differs from line to line would say something. */
static struct result_lines lines_in_common(struct pen *pen, const struct tile_view *view,
                                           const struct snapshot_key_result *results, size_t count,
                                           struct box box)
{
    struct result_lines common = {.px = INT_MAX, .face = FACE_REGULAR};
    for (size_t i = 0; i < count; i++)
        common.px = (int)fmin(common.px, lines_for(pen, view, &results[i], box.height).px);
    for (size_t i = 0; i < count; i++) {
        const char *label = results[i].label[pen->language];
        struct result_lines lines = lines_for(pen, view, &results[i], box.height);
        double room = lines.two ? box.width : round(box.width * 0.5);
        if (lines.two && !lines.remark)
            room -= remark_width(pen, &results[i], common.px) + common.px * 0.5;
        room -= words_left(box, common.px) - box.x;
        if (label && pen_text_width(pen, (struct type_style){FACE_REGULAR, common.px}, label) > room)
            common.face = FACE_NARROW;
    }
    return common;
}

static void result_draw(struct pen *pen, const struct tile_view *view,
                        const struct snapshot_objective *objective, const struct snapshot_key_result *result,
                        const struct result_lines *common, struct box box)
{
    struct result_lines lines = lines_for(pen, view, result, box.height);
    int px = lines.px = common->px;
    lines.face = common->face;
    double line = lines.two ? floor(fmin(box.height / (lines.remark ? 3 : 2), px * line_share)) : box.height;
    double name = lines.two ? box.width : round(box.width * 0.5);
    double left = words_left(box, px);
    name_draw(pen, view, result, (struct box){box.x, box.y, name, line}, lines);
    if (lines.remark)
        remark_draw(pen, view, result, (struct box){left, box.y + 2 * line, box.x + box.width - left, line},
                    pen_type_px(pen, px * 0.85), ALIGN_LEFT);
    struct box figures =
        lines.two ? (struct box){left, box.y + line, box.x + box.width - left, line}
                  : (struct box){box.x + name + px * 0.5, box.y, box.width - name - px * 0.5, line};
    figures_draw(pen, view, objective, result, figures, lines.two ? px : pen_type_px(pen, px * 0.85),
                 lines.two);
}

/* ---- pages ---- */

static const double least_line_share = 1.15; /* of the smallest type: what a key result takes at least */

/* How many have room, and how high each is; what has none takes turns. */
static size_t results_in(const struct tile_view *view, double room, size_t count, double *height)
{
    size_t most = (size_t)fmax(room / (view->small_px * least_line_share), 1);
    if (most > count)
        most = count;
    *height = floor(fmin(room / (double)most, view->small_px * 4.6));
    return most;
}

/* "3–4 sur 5", where the lines leave room for it. */
static void turn_draw(struct pen *pen, const struct tile_view *view, size_t first, size_t shown, size_t all,
                      struct box line)
{
    struct text words = {0};
    text_append_format(&words, "%zu", first + 1);
    if (shown > 1)
        text_append_format(&words, "–%zu", first + shown);
    text_append_format(&words, " %s %zu", words_get(pen->words, WORD_OF), all);
    widget_text(pen, (struct type_style){FACE_NARROW, view->small_px}, view->ink_dim, line.x + line.width,
                widget_baseline(pen, line, view->small_px), line.width, ALIGN_RIGHT, text_bytes(&words));
    text_finish(&words);
}

static void results_draw(struct pen *pen, const struct tile_view *view,
                         const struct snapshot_objective *objective, struct box room)
{
    double each, foot = round(view->small_px * least_line_share);
    size_t all = objective->key_result_count, count = results_in(view, room.height, all, &each);
    bool with_foot = count < all && count > 1;
    if (with_foot)
        count = results_in(view, room.height - foot, all, &each);
    size_t first = widget_page(view, all, count) * count;
    size_t shown = all - first < count ? all - first : count;
    struct box box = {room.x, room.y, room.width, each};
    struct result_lines common = lines_in_common(pen, view, &objective->key_results[first], shown, box);
    for (size_t i = 0; i < shown; i++) {
        box.y = round(room.y + each * (double)i);
        result_draw(pen, view, objective, &objective->key_results[first + i], &common, box);
    }
    if (with_foot)
        turn_draw(pen, view, first, shown, all,
                  (struct box){room.x, room.y + room.height - foot, room.width, foot});
}

void widget_okr_draw(struct pen *pen, const struct tile_view *view, struct box room)
{
    const struct snapshot *snapshot = view->snapshot;
    int index = view->tile->objective;
    if (index < 0 || (size_t)index >= snapshot->objective_count) {
        widget_number_draw(pen, view, room);
        return;
    }
    if (snapshot->objectives[index].key_result_count > 0)
        results_draw(pen, view, &snapshot->objectives[index], room);
}
