#include "base/clock.h"

#include <time.h>

static int64_t read_ms(clockid_t which)
{
    struct timespec moment;
    clock_gettime(which, &moment);
    return (int64_t)moment.tv_sec * 1000 + moment.tv_nsec / 1000000;
}

int64_t clock_monotonic_ms(void)
{
    return read_ms(CLOCK_MONOTONIC);
}

struct now clock_now(void)
{
    return (struct now){.monotonic_ms = read_ms(CLOCK_MONOTONIC), .wall_ms = read_ms(CLOCK_REALTIME)};
}
