#ifndef MODEL_HOLT_H
#define MODEL_HOLT_H

/*
 * How a curve would go on: Holt's smoothing with a damped trend (a half of each new value, a fifth of each
 * new slope, five hundredths of the slope lost at every step).
 *
 * For the eye alone: a single wild point bends it, so that the time to a threshold is worked out otherwise
 * (model/trend.h). Let a curve go on only where trend_goes_on() says that there is a trend, and never across
 * an opening or a closing.
 */

#include "model/trend.h"

struct holt {
    double level, slope_per_s; /* at the last point; NaN with fewer than two points */
};

/* Times rise. */
struct holt holt_smooth(const struct trend_point *points, size_t count);

/* Where it would be so many steps after the last point. */
double holt_ahead(const struct holt *holt, double step_s, int steps);

#endif
