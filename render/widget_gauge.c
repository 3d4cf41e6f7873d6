#include <math.h>

#include "render/scale.h"
#include "render/widget.h"

/*
 * Half a ring: how far the value has come on its scale, the thresholds as a thin ring of zones outside,
 * the target as a tick across. Colours are never alone: the zones' borders are ticks, the light has a
 * shape, the value is a figure.
 */

static const double start_degrees = 180, sweep_degrees = 180;
static const double ring_share = 0.13, zone_share = 0.035; /* of the radius */
static const double least_radius = 1.8; /* of the smallest figure: a smaller ring is none */
static const double comma_room = 0.2;   /* of a figure: below its line */

struct dial {
    struct point centre;
    double radius; /* of the outer edge */
    struct scale scale;
};

static double angle_of(const struct dial *dial, double value)
{
    return round((start_degrees + sweep_degrees * scale_share(&dial->scale, value)) * 10) / 10;
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
    if (!isfinite(value) || value <= dial->scale.low || value >= dial->scale.high)
        return;
    double degrees = angle_of(dial, value);
    pen_line(pen, on_dial(dial, degrees, dial->radius * inner), on_dial(dial, degrees, dial->radius), width,
             0, paint);
}

/* ---- zones ---- */

static void zone_draw(struct pen *pen, const struct dial *dial, const struct zone *zone,
                      const struct tile_view *view)
{
    double width = fmax(dial->radius * zone_share, 1);
    pen_arc(pen, dial->centre, dial->radius - width / 2, angle_of(dial, zone->from), angle_of(dial, zone->to),
            width, scale_zone_colour(pen, view, zone->state));
}

static void zones_draw(struct pen *pen, const struct tile_view *view, const struct dial *dial)
{
    const struct limits *limits = &view->tile->limits;
    struct zone zones[ZONES];
    if (!scale_zones(&dial->scale, limits, zones))
        return;
    for (int i = 0; i < ZONES; i++)
        zone_draw(pen, dial, &zones[i], view);
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
    struct type_style style = {FACE_NARROW, pen_type_px(pen, view->small_px * 0.8)};
    struct figure_style figure_style = figure_style_of(view->tile, pen->language);
    struct figure low = figure_make_threshold(&figure_style, dial->scale.low);
    struct figure high = figure_make_threshold(&figure_style, dial->scale.high);
    double gap = style.px * 0.3, beside = room.width / 2 - dial->radius - gap;
    if (pen_text_width(pen, style, low.text) > beside || pen_text_width(pen, style, high.text) > beside)
        return;
    pen_text(pen, style, view->ink_dim, dial->centre.x - dial->radius - gap, dial->centre.y, ALIGN_RIGHT,
             low.text);
    pen_text(pen, style, view->ink_dim, dial->centre.x + dial->radius + gap, dial->centre.y, ALIGN_LEFT,
             high.text);
}

static struct dial dial_in(struct box room)
{
    struct dial dial = {.radius = floor(fmin(room.height * 0.98, room.width / 2))};
    dial.centre =
        (struct point){round(room.x + room.width / 2), round(room.y + (room.height + dial.radius) / 2)};
    return dial;
}

/* Boxes that stand on the dial's foot with their corners on the inside of the ring, of its radius: a figure
 * as wide as « 88,8 % » is largest in the first; where that is too low to be read, there is the second. */
static const struct inside {
    double half_width, height;
} insides[] = {{0.87, 0.49}, {0.8, 0.6}};

enum { INSIDES = sizeof insides / sizeof *insides };

static struct box value_box(const struct dial *dial, const struct inside *inside)
{
    double radius = ring_radius(dial) - dial->radius * ring_share / 2, height = radius * inside->height;
    return (struct box){dial->centre.x - radius * inside->half_width, dial->centre.y - height,
                        radius * 2 * inside->half_width, height * (1 + comma_room)};
}

/* NULL: what can be read has no room. */
static const struct inside *inside_for(struct pen *pen, const struct tile_view *view, const struct dial *dial)
{
    for (size_t i = 0; i < INSIDES; i++)
        if (widget_value_is_readable(pen, view, value_box(dial, &insides[i])))
            return &insides[i];
    return NULL;
}

bool widget_gauge_has_room(struct pen *pen, const struct tile_view *view, struct box room)
{
    struct dial dial = dial_in(room);
    double least = fmax(pen->least[LEGIBILITY_MINIMUM].value * least_radius, 12);
    return dial.radius >= least && inside_for(pen, view, &dial);
}

void widget_gauge_draw(struct pen *pen, const struct tile_view *view, struct box room)
{
    struct dial dial = dial_in(room);
    if (!widget_gauge_has_room(pen, view, room)) {
        widget_number_draw(pen, view, room);
        return;
    }
    dial.scale = scale_of(view->tile);
    zones_draw(pen, view, &dial);
    ring_draw(pen, view, &dial);
    tick_draw(pen, &dial, view->tile->target, 1 - zone_share * 2.6 - ring_share * 1.25, pen_px(pen, 5),
              view->ink);
    widget_draw_value(pen, view, value_box(&dial, inside_for(pen, view, &dial)), ALIGN_CENTRE);
    ends_draw(pen, view, room, &dial);
}
