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
                       : pen->theme->state[theme_state_of(display)].fg;
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

static double name_draw(struct pen *pen, const struct tile_view *view,
                        const struct snapshot_key_result *result, struct box line, int px, bool with_remark)
{
    struct text remark = {0};
    if (with_remark)
        remark_text(pen, result, &remark);
    struct type_style style = {FACE_REGULAR, px};
    const char *label = result->label[pen->language] ? result->label[pen->language] : "";
    double light = px * 0.95, left = line.x + light + px * 0.35, baseline = widget_baseline(pen, line, px);
    struct point centre = {round(line.x + light / 2), round(line.y + line.height / 2)};
    light_draw(pen, result->display, centre, light,
               light_colours_on(pen->theme, result->display, view->ground));
    double room = line.x + line.width - left, said = 0;
    if (remark.length)
        said = widget_text(pen, (struct type_style){FACE_NARROW, px}, view->ink_dim, line.x + line.width,
                           baseline, room * 0.5, ALIGN_RIGHT, text_bytes(&remark)) +
               px * 0.5;
    widget_text(pen, style, view->ink, left, baseline, room - said, ALIGN_LEFT, label);
    text_finish(&remark);
    return left;
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

/* Two lines where there is room for them, else name and figures beside each other. */
static void result_draw(struct pen *pen, const struct tile_view *view,
                        const struct snapshot_objective *objective, const struct snapshot_key_result *result,
                        struct box box)
{
    bool two = box.height >= view->small_px * 2.2;
    int px = (int)fmin(view->small_px * 1.25, box.height * (two ? 0.32 : 0.7));
    double line = two ? floor(fmin(box.height / 2, px * 1.35)) : box.height;
    double name = two ? box.width : round(box.width * 0.5);
    double left = name_draw(pen, view, result, (struct box){box.x, box.y, name, line}, px, two);
    struct box figures =
        two ? (struct box){left, box.y + line, box.x + box.width - left, line}
            : (struct box){box.x + name + px * 0.5, box.y, box.width - name - px * 0.5, line};
    figures_draw(pen, view, objective, result, figures, two ? px : (int)(px * 0.85), two);
}

void widget_okr_draw(struct pen *pen, const struct tile_view *view, struct box room)
{
    const struct snapshot *snapshot = view->snapshot;
    int index = view->tile->objective;
    if (index < 0 || (size_t)index >= snapshot->objective_count) {
        widget_number_draw(pen, view, room);
        return;
    }
    const struct snapshot_objective *objective = &snapshot->objectives[index];
    double each = objective->key_result_count ? room.height / (double)objective->key_result_count : 0;
    each = fmin(each, view->small_px * 4.6);
    for (size_t i = 0; i < objective->key_result_count && each > 8; i++)
        result_draw(pen, view, objective, &objective->key_results[i],
                    (struct box){room.x, round(room.y + each * (double)i), room.width, floor(each)});
}
