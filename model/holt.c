#include "model/holt.h"

#include <math.h>

static const double LEVEL_SHARE = 0.5, SLOPE_SHARE = 0.2, DAMPING = 0.95;

static void take(struct holt *holt, double value, double after_s)
{
    double kept = DAMPING * holt->slope_per_s, before = holt->level;
    holt->level = LEVEL_SHARE * value + (1 - LEVEL_SHARE) * (before + kept * after_s);
    holt->slope_per_s = SLOPE_SHARE * (holt->level - before) / after_s + (1 - SLOPE_SHARE) * kept;
}

struct holt holt_smooth(const struct trend_point *points, size_t count)
{
    if (count < 2)
        return (struct holt){NAN, NAN};
    struct holt holt = {points[0].value,
                        (points[1].value - points[0].value) / (points[1].t_s - points[0].t_s)};
    for (size_t i = 1; i < count; i++)
        take(&holt, points[i].value, points[i].t_s - points[i - 1].t_s);
    return holt;
}

double holt_ahead(const struct holt *holt, double step_s, int steps)
{
    double value = holt->level, kept = 1;
    for (int i = 0; i < steps; i++) {
        kept *= DAMPING;
        value += kept * holt->slope_per_s * step_s;
    }
    return value;
}
