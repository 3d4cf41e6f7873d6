#ifndef TESTS_SHIFTED_CLOCK_H
#define TESTS_SHIFTED_CLOCK_H

/*
 * In place of base/clock.c: the machine's clock, put forward or stopped by the test, so that what takes long
 * is an order of events and not a race against a busy machine. The linker takes these functions and leaves
 * the library's alone as long as all of base/clock.h is here.
 */

#include <time.h>

#include "base/clock.h"

static int64_t shifted_ms, stopped_at_ms; /* 0: it runs */

static int64_t shifted_read_ms(clockid_t which)
{
    struct timespec moment;
    clock_gettime(which, &moment);
    return (int64_t)moment.tv_sec * 1000 + moment.tv_nsec / 1000000;
}

int64_t clock_monotonic_ms(void)
{
    return stopped_at_ms ? stopped_at_ms : shifted_read_ms(CLOCK_MONOTONIC) + shifted_ms;
}

int64_t clock_process_ms(pid_t process)
{
    clockid_t which;
    return clock_getcpuclockid(process, &which) == 0 ? shifted_read_ms(which) : -1;
}

struct now clock_now(void)
{
    return (struct now){.monotonic_ms = clock_monotonic_ms(), .wall_ms = shifted_read_ms(CLOCK_REALTIME)};
}

bool clock_synchronised(void)
{
    return true;
}

bool clock_is_kept(int state, int status, enum clock_server server)
{
    (void)state;
    (void)status;
    (void)server;
    return true;
}

static inline void shifted_clock_run(void)
{
    shifted_ms = stopped_at_ms = 0;
}

static inline void shifted_clock_stop(void)
{
    stopped_at_ms = clock_monotonic_ms();
}

#endif
