#ifndef MODEL_RECOVERY_H
#define MODEL_RECOVERY_H

/*
 * How far a cumulative service level is from its target: so many answers within T in a row, and
 * whether that many calls will come at all.
 *
 *     n = ceil((target D - answered in T) / (1 - target))        D: what the variant divides by
 *
 * 700 of 1000 with a target of 80 % take 500. A day's cumulative flattens by
 * construction, so this count is told instead of an extrapolation.
 */

enum recovery_state {
    RECOVERY_UNKNOWN, /* nothing counted yet */
    RECOVERY_ON_TARGET,
    RECOVERY_POSSIBLE,    /* "500 answers to recover"; also where no forecast is known */
    RECOVERY_OUT_OF_REACH /* "out of reach today": more than will still come */
};

struct recovery {
    enum recovery_state state;
    double answers; /* needed; 0 on target, infinite for a target of 100 % that is missed, NaN unknown */
};

/* `counted` is D; `remaining_forecast` the calls still expected today, NaN: not known. */
struct recovery recovery_judge(double target_percent, double answered_in_t, double counted,
                               double remaining_forecast);

#endif
