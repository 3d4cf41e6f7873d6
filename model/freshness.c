#include "model/freshness.h"

#include <math.h>

static const int64_t NOTICED_STEP_MS = 1000;
static const int64_t BELIEVED_AHEAD_MS = 300000; /* clocks of servers differ by that much at most */
static const double LATEST_S = 99999999999.0;

static int64_t distance_ms(int64_t a, int64_t b)
{
    return a > b ? a - b : b - a;
}

/* The offset by which this arrival is dated. */
static void choose_offset(struct freshness *freshness, int64_t at_ms, struct now now)
{
    int64_t present_ms = now.wall_ms - now.monotonic_ms;
    if (!freshness->has_offset || distance_ms(present_ms, freshness->offset_ms) <= NOTICED_STEP_MS) {
        freshness->has_offset = true;
        freshness->offset_ms = present_ms;
        return;
    }
    int64_t age_before_ms = now.monotonic_ms - (at_ms - freshness->offset_ms);
    int64_t age_now_ms = now.wall_ms - at_ms;
    bool before_is_odd = age_before_ms < -BELIEVED_AHEAD_MS;
    if (age_now_ms >= 0 && (age_now_ms < age_before_ms || before_is_odd))
        freshness->offset_ms = present_ms;
}

static void arrived_now(struct freshness *freshness, struct now now)
{
    freshness->own_time = false;
    freshness->figures_ms = now.monotonic_ms;
    freshness->figures_wall_ms = now.wall_ms;
}

void freshness_arrived(struct freshness *freshness, double at_s, struct now now)
{
    bool had_figures = freshness->has_figures && freshness->own_time;
    freshness->has_figures = true;
    if (!(fabs(at_s) <= LATEST_S)) {
        arrived_now(freshness, now);
        return;
    }
    int64_t at_ms = (int64_t)(at_s * 1000);
    bool repeated = had_figures && freshness->figures_wall_ms == at_ms;
    int64_t before_ms = freshness->figures_ms;
    choose_offset(freshness, at_ms, now);
    freshness->own_time = true;
    freshness->figures_wall_ms = at_ms;
    freshness->figures_ms = at_ms - freshness->offset_ms;
    if (freshness->figures_ms > now.monotonic_ms) /* in the future: as fresh as can be, once */
        freshness->figures_ms = repeated ? before_ms : now.monotonic_ms;
}

void freshness_arrived_untrusted(struct freshness *freshness, double at_s, struct now now)
{
    bool had_figures = freshness->has_figures && freshness->own_time;
    freshness->has_figures = true;
    freshness->has_offset = false; /* once the clock is right, it is believed as it then is */
    if (!(fabs(at_s) <= LATEST_S)) {
        arrived_now(freshness, now);
        return;
    }
    int64_t at_ms = (int64_t)(at_s * 1000);
    if (!had_figures || freshness->figures_wall_ms != at_ms)
        freshness->figures_ms = now.monotonic_ms;
    freshness->own_time = true;
    freshness->figures_wall_ms = at_ms;
}

void freshness_arrived_again(struct freshness *freshness, struct now now)
{
    if (freshness->has_figures && !freshness->own_time)
        arrived_now(freshness, now);
}
