#include "render/pulse.h"

#include <math.h>

static const double TWO_PI = 6.283185307179586;

/* A wall clock that was set back puts the beginning into the future: then there is none. */
static int64_t since_ms(const struct snapshot_tile *tile, int64_t now_wall_ms)
{
    int64_t since = now_wall_ms - tile->since_wall_ms;
    bool pulses = tile->display == DISPLAY_CRITICAL && tile->acked_wall_ms == 0 && tile->since_wall_ms != 0;
    return pulses && since >= 0 && since < PULSE_MS ? since : -1;
}

double pulse_share(const struct snapshot_tile *tile, int64_t now_wall_ms)
{
    int64_t since = since_ms(tile, now_wall_ms);
    if (since < 0)
        return 0;
    double at_s = (double)(since / PULSE_STEP_MS) * PULSE_STEP_MS / 1000;
    return (1 - cos(TWO_PI * at_s)) / 2;
}

int64_t pulse_next_in_ms(const struct snapshot_tile *tile, int64_t now_wall_ms)
{
    int64_t since = since_ms(tile, now_wall_ms);
    return since < 0 ? INT64_MAX : PULSE_STEP_MS - since % PULSE_STEP_MS;
}
