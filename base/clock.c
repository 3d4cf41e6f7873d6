#include "base/clock.h"

#include <sys/timex.h>
#include <time.h>
#include <unistd.h>

_Static_assert(sizeof(time_t) == 8, "time_t ends in 2038: build with -D_TIME_BITS=64 -D_FILE_OFFSET_BITS=64");

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

int64_t clock_process_ms(pid_t process)
{
    clockid_t its_own;
    return clock_getcpuclockid(process, &its_own) == 0 ? read_ms(its_own) : -1;
}

struct now clock_now(void)
{
    return (struct now){.monotonic_ms = read_ms(CLOCK_MONOTONIC), .wall_ms = read_ms(CLOCK_REALTIME)};
}

bool clock_is_kept(int state, int status, enum clock_server server)
{
    /* the kernel has not always been told yet */
    if (server == CLOCK_SERVER_ANSWERED)
        return true;
    if (state < 0)
        return server == CLOCK_SERVER_ABSENT;
    return state != TIME_ERROR && !(status & STA_UNSYNC);
}

static enum clock_server look_for_server(void)
{
    if (access("/run/systemd/timesync/synchronized", F_OK) == 0)
        return CLOCK_SERVER_ANSWERED;
    return access("/run/systemd/timesync", F_OK) == 0 ? CLOCK_SERVER_AWAITED : CLOCK_SERVER_ABSENT;
}

bool clock_synchronised(void)
{
    struct timex answer = {.modes = 0}; /* asks and sets nothing */
    int state = adjtimex(&answer);
    return clock_is_kept(state, answer.status, look_for_server());
}
