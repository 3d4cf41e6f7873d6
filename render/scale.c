#include "render/scale.h"

#include <math.h>

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

/* The smallest: below zero also a limit that nobody has come near yet, or a margin would fill the whole bar.
 */
static double smallest_shown(const struct snapshot_tile *tile)
{
    double smallest = fmin(finite_or(tile->value, 0), 0);
    smallest = fmin(smallest, finite_or(tile->limits.critical_low, 0) * 1.25);
    smallest = fmin(smallest, finite_or(tile->limits.warn_low, 0) * 1.25);
    return fmin(smallest, finite_or(tile->target, 0) * 1.25);
}

/* A percentage ends at 100, unless a limit, the target or the value lies there or beyond: a load of 112 %. */
static double natural_end(const struct snapshot_tile *tile)
{
    double beyond = fmax(finite_or(tile->limits.critical_high, 0), finite_or(tile->target, 0));
    beyond = fmax(beyond, finite_or(tile->value, 0) - 1e-9);
    return tile->unit == UNIT_PERCENT && beyond < 100 ? 100 : NAN;
}

/* 1, 1.5, 2, 3 or 5 times a power of ten, not below the value. */
static double round_end(double value)
{
    double power = pow(10, floor(log10(fmax(value, 1e-6))));
    double lead = value / power;
    return power * (lead <= 1 ? 1 : lead <= 1.5 ? 1.5 : lead <= 2 ? 2 : lead <= 3 ? 3 : lead <= 5 ? 5 : 10);
}

struct scale scale_of(const struct snapshot_tile *tile)
{
    struct scale scale;
    bool small_share = tile->unit == UNIT_PERCENT && tile->direction == DIRECTION_LOWER_IS_BETTER;
    scale.low = finite_or(tile->range_min, smallest_shown(tile));
    scale.high = finite_or(tile->range_max, natural_end(tile));
    if (!isfinite(scale.high) || (small_share && largest_shown(tile) * 3 < scale.high))
        scale.high = round_end(largest_shown(tile));   /* an abandon rate lives between 0 and 10 */
    if (scale.low < 0 && !isfinite(tile->range_min)) { /* signed: as far on both sides of zero */
        scale.low = -round_end(-scale.low);
        scale.high = fmax(isfinite(scale.high) ? scale.high : 0, -scale.low);
    }
    if (!(scale.high > scale.low))
        scale.high = scale.low + 1;
    return scale;
}

double scale_share(const struct scale *scale, double value)
{
    return fmin(fmax((value - scale->low) / (scale->high - scale->low), 0), 1);
}

bool scale_zones(const struct scale *scale, const struct limits *limits, struct zone zones[ZONES])
{
    if (!isfinite(limits->warn_low) && !isfinite(limits->warn_high))
        return false;
    double good_low = finite_or(limits->warn_low, scale->low),
           good_high = finite_or(limits->warn_high, scale->high);
    double bearable_low =
        fmin(finite_or(limits->critical_low, isfinite(limits->warn_low) ? scale->low : good_low), good_low);
    double bearable_high = fmax(
        finite_or(limits->critical_high, isfinite(limits->warn_high) ? scale->high : good_high), good_high);
    zones[0] = (struct zone){scale->low, bearable_low, STATE_CRITICAL};
    zones[1] = (struct zone){bearable_low, good_low, STATE_WARN};
    zones[2] = (struct zone){good_low, good_high, STATE_OK};
    zones[3] = (struct zone){good_high, bearable_high, STATE_WARN};
    zones[4] = (struct zone){bearable_high, scale->high, STATE_CRITICAL};
    return true;
}

colour scale_zone_colour(const struct pen *pen, const struct tile_view *view, enum theme_state state)
{
    if (view->tile->display != DISPLAY_CRITICAL && view->tile->display != DISPLAY_STALE)
        return pen->theme->state[state].fg;
    return theme_mix(view->ground, view->ink, state == STATE_OK ? 0.9 : state == STATE_WARN ? 0.6 : 0.35);
}
