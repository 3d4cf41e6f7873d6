#ifndef BASE_NOW_H
#define BASE_NOW_H

/*
 * The present moment, handed to whoever needs it. Ages and timers use `monotonic_ms`, which never
 * jumps; days, schedules and what a person reads use `wall_ms`, which may be set at any time.
 */

#include <stdint.h>

struct now {
    int64_t monotonic_ms;
    int64_t wall_ms; /* since 1970-01-01T00:00:00Z */
};

/* Of two moments of one clock. */
static inline int64_t earlier_ms(int64_t a_ms, int64_t b_ms)
{
    return a_ms < b_ms ? a_ms : b_ms;
}

static inline int64_t later_ms(int64_t a_ms, int64_t b_ms)
{
    return a_ms > b_ms ? a_ms : b_ms;
}

#endif
