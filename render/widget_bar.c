#include <math.h>

#include "base/calendar.h"
#include "render/scale.h"
#include "render/widget.h"

/*
 * A figure on a bar: zones as a thin line below it, thresholds as ticks, the target as a tick across. Where
 * the snapshot has past hours or days they stand side by side instead, each against its plan.
 */

static const double words_most = 0.5;                   /* of what is below the figure */
static const double bar_share = 0.4, zone_share = 0.12; /* of the height that the bar has */

/* ---- one bar, lying ---- */

static double place_of(const struct scale *scale, struct box box, double value)
{
    return round(box.x + box.width * scale_share(scale, value));
}

static void tick_draw(struct pen *pen, const struct scale *scale, struct box box, double value, double width,
                      colour paint)
{
    if (!isfinite(value) || value <= scale->low || value >= scale->high)
        return;
    double x = place_of(scale, box, value);
    pen_box(pen, (struct box){x - width / 2, box.y, width, box.height}, 0, paint);
}

static void zones_draw(struct pen *pen, const struct tile_view *view, const struct scale *scale,
                       struct box box)
{
    const struct limits *limits = &view->tile->limits;
    struct zone zones[ZONES];
    if (!scale_zones(scale, limits, zones))
        return;
    for (int i = 0; i < ZONES; i++) {
        double from = place_of(scale, box, zones[i].from), to = place_of(scale, box, zones[i].to);
        if (to > from)
            pen_box(pen, (struct box){from, box.y, to - from, box.height}, 0,
                    scale_zone_colour(pen, view, zones[i].state));
    }
    double borders[] = {limits->critical_low, limits->warn_low, limits->warn_high, limits->critical_high};
    for (size_t i = 0; i < sizeof borders / sizeof *borders; i++)
        tick_draw(pen, scale, box, borders[i], pen_px(pen, 4), view->ground);
}

static struct type_style ends_style(const struct pen *pen, const struct tile_view *view)
{
    return (struct type_style){FACE_NARROW, pen_type_px(pen, view->small_px * 0.8)};
}

/* The height of the words below bars; 0 where they would take most of it. */
static double words_below(const struct pen *pen, const struct tile_view *view, struct box box)
{
    double words = round(ends_style(pen, view).px * 1.2);
    return words <= box.height * words_most ? words : 0;
}

static void ends_draw(struct pen *pen, const struct tile_view *view, const struct scale *scale,
                      struct box box)
{
    struct type_style style = ends_style(pen, view);
    struct figure_style figure_style = figure_style_of(view->tile, pen->language);
    struct figure low = figure_make_threshold(&figure_style, scale->low);
    struct figure high = figure_make_threshold(&figure_style, scale->high);
    double baseline = widget_baseline(pen, box, style.px);
    pen_text(pen, style, view->ink_dim, box.x, baseline, ALIGN_LEFT, low.text);
    pen_text(pen, style, view->ink_dim, box.x + box.width, baseline, ALIGN_RIGHT, high.text);
}

static void filling_draw(struct pen *pen, const struct tile_view *view, const struct scale *scale,
                         struct box bar)
{
    double radius = bar.height * 0.12;
    pen_box(pen, bar, radius, theme_mix(view->ground, view->ink_dim, 0.25));
    if (!widget_has_value(view))
        return;
    colour paint = view->tile->display == DISPLAY_NEUTRAL ? view->ink_dim : view->accent;
    double zero = scale->low < 0 && scale->high > 0 ? place_of(scale, bar, 0) : bar.x;
    double end = place_of(scale, bar, view->tile->value);
    struct box filled = {fmin(zero, end), bar.y, fabs(end - zero), bar.height};
    if (filled.width >= 1)
        pen_box(pen, filled, fmin(radius, filled.width / 2), paint);
}

static void lying_draw(struct pen *pen, const struct tile_view *view, struct box box)
{
    struct scale scale = scale_of(view->tile);
    double words = words_below(pen, view, box), height = box.height - words;
    struct box bar = {box.x, round(box.y + height * 0.18), box.width, round(height * bar_share)};
    struct box zones = {box.x, round(bar.y + bar.height * 1.12), box.width,
                        fmax(round(height * zone_share), 2)};
    filling_draw(pen, view, &scale, bar);
    zones_draw(pen, view, &scale, zones);
    struct box across = {bar.x, bar.y - bar.height * 0.25, bar.width,
                         zones.y + zones.height - bar.y + bar.height * 0.25};
    tick_draw(pen, &scale, across, view->tile->target, pen_px(pen, 6), view->ink);
    if (words > 0)
        ends_draw(pen, view, &scale, (struct box){box.x, box.y + height, box.width, words});
}

/* ---- many bars, upright ---- */

static double highest(const struct snapshot_bars *bars)
{
    double most = 0;
    for (size_t i = 0; i < bars->count; i++) {
        if (isfinite(bars->bars[i].value))
            most = fmax(most, bars->bars[i].value);
        if (isfinite(bars->bars[i].plan))
            most = fmax(most, bars->bars[i].plan);
    }
    return most;
}

static void bar_name(const struct pen *pen, enum bar_step step, int64_t wall_ms, struct text *out)
{
    struct text word = {0};
    if (step == BAR_HOUR)
        words_of_time(wall_ms, &word);
    else
        words_of_date(pen->words, wall_ms, true, &word);
    if (step == BAR_HOUR && word.length > 3)
        text_append_bytes(out, word.bytes, 2);
    else
        text_append(out, text_bytes(&word));
    text_finish(&word);
}

/*
 * What is not over is hollow: it is no smaller than the others, only younger. Of what nobody saw the end the
 * outline is broken: it may have been more.
 */
static void upright_bar_draw(struct pen *pen, const struct tile_view *view, const struct snapshot_bar *bar,
                             struct box box)
{
    colour paint = view->ink_dim;
    double edge = fmax(pen_px(pen, 2), 1);
    if (!isfinite(bar->value))
        pen_box(pen, (struct box){box.x, box.y + box.height - edge, box.width, edge}, 0,
                theme_mix(view->ground, view->ink_dim, 0.4));
    else if (bar->begun)
        pen_box_outline(pen, box_inset(box, edge / 2), 0, edge, 0, paint);
    else if (bar->cut)
        pen_box_outline(pen, box_inset(box, edge / 2), 0, edge, edge * 2, paint);
    else
        pen_box(pen, box, 0, paint);
}

static void plan_draw(struct pen *pen, const struct tile_view *view, double plan, double most,
                      struct box slot)
{
    if (!isfinite(plan) || !(most > 0))
        return;
    double y = round(slot.y + slot.height * (1 - plan / most));
    double thick = pen_px(pen, 3);
    pen_box(pen, (struct box){slot.x, y - thick / 2, slot.width, thick}, 0, view->ink);
}

/* Of days the Mondays have a name, where there is one. */
static size_t first_named(const struct snapshot_bars *bars)
{
    struct calendar_time local;
    for (size_t i = 0; bars->step == BAR_DAY && bars->count > 7 && i < 7; i++) {
        calendar_local(bars->bars[i].from_wall_ms, &local);
        if (local.weekday == 0)
            return i;
    }
    return 0;
}

static size_t whole_weeks(enum bar_step step, size_t every)
{
    return step == BAR_DAY && every > 1 ? (every + 6) / 7 * 7 : every;
}

static void names_draw(struct pen *pen, const struct tile_view *view, const struct snapshot_bars *bars,
                       struct box box)
{
    struct type_style style = ends_style(pen, view);
    double slot = box.width / (double)bars->count, widest = pen_text_width(pen, style, "88 ");
    if (bars->step != BAR_HOUR)
        widest = pen_text_width(pen, style, "mer. 88 sept. ");
    size_t every = (size_t)fmax(ceil(widest / slot), 1);
    double free_from = 0; /* at the edges a name stands beside its bar, where the next one may want to be */
    for (size_t i = first_named(bars); i < bars->count; i += whole_weeks(bars->step, every)) {
        struct text name = {0};
        bar_name(pen, bars->step, bars->bars[i].from_wall_ms, &name);
        double half = pen_text_width(pen, style, text_bytes(&name)) / 2.0;
        double middle = fmin(fmax(slot * ((double)i + 0.5), half), box.width - half);
        if (middle - half >= free_from) {
            pen_text(pen, style, view->ink_dim, round(box.x + middle), widget_baseline(pen, box, style.px),
                     ALIGN_CENTRE, text_bytes(&name));
            free_from = middle + half + pen_text_width(pen, style, " ");
        }
        text_finish(&name);
    }
}

static void upright_draw(struct pen *pen, const struct tile_view *view, struct box box)
{
    const struct snapshot_bars *bars = &view->tile->bars;
    double most = highest(bars), words = words_below(pen, view, box);
    struct box field = {box.x, box.y, box.width, box.height - words};
    double slot = fmin(field.width / (double)bars->count, field.width / 4), gap = fmax(slot * 0.18, 1);
    for (size_t i = 0; i < bars->count; i++) {
        double left = round(field.x + slot * (double)i + gap / 2),
               right = round(field.x + slot * (double)(i + 1) - gap / 2);
        double height = most > 0 && isfinite(bars->bars[i].value)
                            ? round(field.height * fmax(bars->bars[i].value, 0) / most)
                            : 0;
        upright_bar_draw(pen, view, &bars->bars[i],
                         (struct box){left, field.y + field.height - height, right - left, height});
        plan_draw(pen, view, bars->bars[i].plan, most,
                  (struct box){left, field.y, right - left, field.height});
    }
    if (words > 0)
        names_draw(pen, view, bars,
                   (struct box){box.x, field.y + field.height, slot * (double)bars->count, words});
}

void widget_bar_draw(struct pen *pen, const struct tile_view *view, struct box room)
{
    bool many = view->tile->bars.count > 1;
    struct box value = room, bar = room;
    value.height = widget_value_height(view, room);
    bar.y = room.y + value.height;
    bar.height = room.height - value.height;
    widget_draw_value(pen, view, value, ALIGN_LEFT);
    if (many)
        upright_draw(pen, view, bar);
    else
        lying_draw(pen, view, bar);
}
