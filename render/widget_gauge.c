#include <math.h>

#include "render/widget.h"

/*
 * Half a ring: how far the value has come on its scale, the thresholds as a thin ring of zones outside,
 * the target as a tick across. Colours are never alone: the zones' borders are ticks, the light has a
 * shape, the value is a figure.
 */

static const double start_degrees = 180, sweep_degrees = 180;
static const double ring_share = 0.17, zone_share = 0.035; /* of the radius */

struct dial {
    struct point centre;
    double radius; /* of the outer edge */
    double low, high;
};

static double finite_or(double value, double otherwise)
{
    return isfinite(value) ? value : otherwise;
}

/* The largest of the figures that the dial must show. */
static double largest_shown(const struct snapshot_tile *tile)
{
    double largest = finite_or(tile->value, 0);
    largest = fmax(largest, finite_or(tile->limits.critical_high, 0) * 1.25);
    largest = fmax(largest, finite_or(tile->limits.warn_high, 0) * 1.25);
    largest = fmax(largest, finite_or(tile->limits.warn_low, 0) * 1.25);
    return fmax(largest, finite_or(tile->target, 0) * 1.25);
}

/* 1, 2 or 5 times a power of ten, not below the value. */
static double round_end(double value)
{
    double power = pow(10, floor(log10(fmax(value, 1e-6))));
    double lead = value / power;
    return power * (lead <= 1 ? 1 : lead <= 2 ? 2 : lead <= 5 ? 5 : 10);
}

static void scale_set(struct dial *dial, const struct snapshot_tile *tile)
{
    bool small_share = tile->unit == UNIT_PERCENT && tile->direction == DIRECTION_LOWER_IS_BETTER;
    dial->low = finite_or(tile->range_min, fmin(0, finite_or(tile->value, 0)));
    dial->high = finite_or(tile->range_max, tile->unit == UNIT_PERCENT ? 100 : NAN);
    if (!isfinite(dial->high) || (small_share && largest_shown(tile) * 3 < dial->high))
        dial->high = round_end(largest_shown(tile)); /* an abandon rate lives between 0 and 10 */
    if (!(dial->high > dial->low))
        dial->high = dial->low + 1;
}

static double angle_of(const struct dial *dial, double value)
{
    double share = (value - dial->low) / (dial->high - dial->low);
    share = fmin(fmax(share, 0), 1);
    return round((start_degrees + sweep_degrees * share) * 10) / 10;
}

static struct point on_dial(const struct dial *dial, double degrees, double radius)
{
    double radians = degrees * 0.01745329251994329577;
    return (struct point){dial->centre.x + radius * cos(radians), dial->centre.y + radius * sin(radians)};
}

static double ring_radius(const struct dial *dial)
{
    return dial->radius * (1 - zone_share * 2.6 - ring_share / 2);
}

static void tick_draw(struct pen *pen, const struct dial *dial, double value, double inner, double width,
                      colour paint)
{
    if (!isfinite(value) || value <= dial->low || value >= dial->high)
        return;
    double degrees = angle_of(dial, value);
    pen_line(pen, on_dial(dial, degrees, dial->radius * inner), on_dial(dial, degrees, dial->radius), width,
             0, paint);
}

/* ---- zones ---- */

static void zone_draw(struct pen *pen, const struct dial *dial, double from, double to,
                      enum theme_state state, const struct tile_view *view)
{
    colour paint = pen->theme->state[state].fg;
    if (view->tile->display == DISPLAY_CRITICAL || view->tile->display == DISPLAY_STALE)
        paint = theme_mix(view->ground, view->ink,
                          state == STATE_OK     ? 0.9
                          : state == STATE_WARN ? 0.6
                                                : 0.35);
    double width = fmax(dial->radius * zone_share, 1);
    pen_arc(pen, dial->centre, dial->radius - width / 2, angle_of(dial, from), angle_of(dial, to), width,
            paint);
}

static bool is_judged(const struct limits *limits)
{
    return isfinite(limits->warn_low) || isfinite(limits->warn_high);
}

static void zones_draw(struct pen *pen, const struct tile_view *view, const struct dial *dial)
{
    const struct limits *limits = &view->tile->limits;
    if (!is_judged(limits))
        return;
    double good_low = finite_or(limits->warn_low, dial->low),
           good_high = finite_or(limits->warn_high, dial->high);
    double bearable_low =
        fmin(finite_or(limits->critical_low, isfinite(limits->warn_low) ? dial->low : good_low), good_low);
    double bearable_high = fmax(
        finite_or(limits->critical_high, isfinite(limits->warn_high) ? dial->high : good_high), good_high);
    zone_draw(pen, dial, dial->low, bearable_low, STATE_CRITICAL, view);
    zone_draw(pen, dial, bearable_low, good_low, STATE_WARN, view);
    zone_draw(pen, dial, good_low, good_high, STATE_OK, view);
    zone_draw(pen, dial, good_high, bearable_high, STATE_WARN, view);
    zone_draw(pen, dial, bearable_high, dial->high, STATE_CRITICAL, view);
    double borders[] = {limits->critical_low, limits->warn_low, limits->warn_high, limits->critical_high};
    for (size_t i = 0; i < sizeof borders / sizeof *borders; i++)
        tick_draw(pen, dial, borders[i], 1 - zone_share * 2, pen_px(pen, 3), view->ground);
}

/* ---- the ring and its figures ---- */

static void ring_draw(struct pen *pen, const struct tile_view *view, const struct dial *dial)
{
    double width = dial->radius * ring_share, radius = ring_radius(dial);
    pen_arc(pen, dial->centre, radius, start_degrees, start_degrees + sweep_degrees, width,
            theme_mix(view->ground, view->ink_dim, 0.25));
    if (!widget_has_value(view))
        return;
    colour paint = view->tile->display == DISPLAY_NEUTRAL ? view->ink_dim : view->accent;
    pen_arc(pen, dial->centre, radius, start_degrees, angle_of(dial, view->tile->value), width, paint);
}

/* What the scale begins and ends with; both or none. */
static void ends_draw(struct pen *pen, const struct tile_view *view, struct box room, const struct dial *dial)
{
    struct type_style style = {FACE_NARROW, (int)lround(view->small_px * 0.8)};
    struct figure_style figure_style = figure_style_of(view->tile, pen->language);
    struct figure low = figure_make_threshold(&figure_style, dial->low);
    struct figure high = figure_make_threshold(&figure_style, dial->high);
    double gap = style.px * 0.3, beside = room.width / 2 - dial->radius - gap;
    if (pen_text_width(pen, style, low.text) > beside || pen_text_width(pen, style, high.text) > beside)
        return;
    pen_text(pen, style, view->ink_dim, dial->centre.x - dial->radius - gap, dial->centre.y, ALIGN_RIGHT,
             low.text);
    pen_text(pen, style, view->ink_dim, dial->centre.x + dial->radius + gap, dial->centre.y, ALIGN_LEFT,
             high.text);
}

void widget_gauge_draw(struct pen *pen, const struct tile_view *view, struct box room)
{
    struct dial dial = {.radius = floor(fmin(room.height * 0.98, room.width / 2))};
    dial.centre =
        (struct point){round(room.x + room.width / 2), round(room.y + (room.height + dial.radius) / 2)};
    if (dial.radius < 12) {
        widget_number_draw(pen, view, room);
        return;
    }
    scale_set(&dial, view->tile);
    zones_draw(pen, view, &dial);
    ring_draw(pen, view, &dial);
    tick_draw(pen, &dial, view->tile->target, 1 - zone_share * 2.6 - ring_share * 1.25, pen_px(pen, 5),
              view->ink);

    double inner = ring_radius(&dial) - dial.radius * ring_share / 2;
    struct box value = {dial.centre.x - inner * 0.86, dial.centre.y - inner * 0.62, inner * 1.72,
                        inner * 0.56};
    widget_draw_value(pen, view, value, ALIGN_CENTRE);
    ends_draw(pen, view, room, &dial);
}
