#include "model/recovery.h"

#include <math.h>

/* In percent until the end: 0.8 is not a double, and 500 answers must not become 501. */
static double answers_needed(double target_percent, double answered_in_t, double counted)
{
    const double rounding = 1e-9;
    double missing = target_percent * counted - 100 * answered_in_t;
    if (missing <= rounding)
        return 0;
    if (target_percent >= 100)
        return INFINITY;
    return ceil(missing / (100 - target_percent) - rounding);
}

struct recovery recovery_judge(double target_percent, double answered_in_t, double counted,
                               double remaining_forecast)
{
    if (isnan(target_percent) || isnan(answered_in_t) || !(counted > 0))
        return (struct recovery){RECOVERY_UNKNOWN, NAN};
    struct recovery recovery = {RECOVERY_POSSIBLE, answers_needed(target_percent, answered_in_t, counted)};
    if (recovery.answers <= 0)
        recovery.state = RECOVERY_ON_TARGET;
    else if (isinf(recovery.answers) || recovery.answers > remaining_forecast)
        recovery.state = RECOVERY_OUT_OF_REACH;
    return recovery;
}
