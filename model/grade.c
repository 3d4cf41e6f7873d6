#include "model/grade.h"

#include <math.h>

struct interval {
    double low, high; /* NaN: open */
};

static struct interval interval_of(const struct limits *limits, enum severity level)
{
    if (level == SEVERITY_CRITICAL)
        return (struct interval){limits->critical_low, limits->critical_high};
    return (struct interval){limits->warn_low, limits->warn_high};
}

/* Comparisons with NaN are false: an open end is never crossed. */
static bool outside(struct interval good, double value)
{
    return value < good.low || value > good.high;
}

bool grade_possible(const struct limits *limits)
{
    return !isnan(limits->warn_low) || !isnan(limits->warn_high) || !isnan(limits->critical_low) ||
           !isnan(limits->critical_high);
}

enum severity grade_level(const struct limits *limits, double value)
{
    if (outside(interval_of(limits, SEVERITY_CRITICAL), value))
        return SEVERITY_CRITICAL;
    if (outside(interval_of(limits, SEVERITY_WARN), value))
        return SEVERITY_WARN;
    return SEVERITY_OK;
}

bool grade_recovered(const struct limits *limits, enum severity level, double hysteresis, double value)
{
    struct interval good = interval_of(limits, level);
    good.low += hysteresis;
    good.high -= hysteresis;
    return !outside(good, value);
}
