#include "sim/pace.h"

int64_t pace_day_ms(int64_t shown_ms)
{
    const int64_t day_ms = 24 * 60 * 60000, open_ms = PACE_EVENING_MS - PACE_MORNING_MS;
    int64_t first_evening_ms = PACE_EVENING_MS - PACE_START_MS;
    if (shown_ms < first_evening_ms)
        return PACE_START_MS + shown_ms;
    int64_t later_ms = shown_ms - first_evening_ms;
    return (1 + later_ms / open_ms) * day_ms + PACE_MORNING_MS + later_ms % open_ms;
}
