#ifndef MODEL_TREND_H
#define MODEL_TREND_H

/*
 * Where a live figure is heading, and when it will cross its threshold.
 *
 * The slope is Theil's and Sen's (median of all slopes between two points: a quarter of wild points
 * does no harm), its significance is Mann's and Kendall's with correction for ties, its interval is
 * Sen's (1968). A trend is only told where it is significant, still going on, and near; otherwise
 * there is a reason instead of a number. Run it on a
 * rolling window, never across an opening, a closing or a change of shift.
 */

#include <stdbool.h>
#include <stddef.h>

/* Times rise. Points that were neutral or stale are left out by the caller. */
struct trend_point {
    double t_s, value;
};

enum trend_reason {
    TREND_OK,       /* it will cross; the time says when */
    TREND_BEYOND,   /* it has crossed: 0 s */
    TREND_TOO_FEW,  /* under 8 points, or under 2 minutes */
    TREND_NO_TREND, /* not significant, away from the threshold, or there is none */
    TREND_STALLED,  /* it was a step: the last third no longer goes that way */
    TREND_TOO_FAR,  /* over an hour, or over twice the time that was looked at */
};

struct trend {
    double slope_per_s;                       /* NaN, like all figures here, with fewer than two points */
    double level;                             /* at the last point, by the slope */
    double z;                                 /* of Mann and Kendall */
    double slope_low_per_s, slope_high_per_s; /* 90 % interval */
    enum trend_reason reason;
    double breach_s; /* NaN where the reason is neither TREND_OK nor TREND_BEYOND */
};

enum { TREND_POINTS_MAX = 60, TREND_SPAN_S = 900 };

/*
 * Only the last TREND_SPAN_S count; of more than TREND_POINTS_MAX points an even choice is taken.
 * `breach_above`: a value over the threshold is the trouble (lower is better), else one under it.
 */
struct trend trend_judge(const struct trend_point *points, size_t count, double threshold, bool breach_above);

/* Whether it rises or falls significantly, and still does: a curve may be drawn on. */
bool trend_goes_on(const struct trend_point *points, size_t count);

/* What "in about … minutes" says: to 1 minute below 10, to 5 above. At least 1. */
int trend_shown_minutes(double breach_s);

#endif
