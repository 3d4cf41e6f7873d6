#include "fetch/schedule.h"
#include "base/now.h"

enum {
    FIRST_PAUSE_MS = 2000,
    LONGEST_PAUSE_MS = 300000,
    LONGEST_TOLD_MS = 3600000,
    REFUSALS_BEFORE_SLOW = 3,
    LONGEST_FIRST_MS = 5000
};

/* The usual moment; a poll that took longer than an interval is followed by the next at once. */
static int64_t usual_ms(const struct schedule *schedule, int64_t asked_ms, int64_t now_ms)
{
    return later_ms(asked_ms + schedule->interval_ms, now_ms);
}

/* xorshift32: chance enough to spread requests. */
static uint32_t draw(struct schedule *schedule)
{
    uint32_t x = schedule->chance ? schedule->chance : 1;
    x ^= x << 13;
    x ^= x >> 17;
    x ^= x << 5;
    return schedule->chance = x;
}

static int64_t back_off_ms(struct schedule *schedule)
{
    int64_t most_ms = FIRST_PAUSE_MS;
    for (int i = 1; i < schedule->failures && most_ms < LONGEST_PAUSE_MS; i++)
        most_ms *= 2;
    if (most_ms > LONGEST_PAUSE_MS)
        most_ms = LONGEST_PAUSE_MS;
    return (int64_t)(draw(schedule) % (uint64_t)(most_ms + 1));
}

int64_t schedule_first_ms(struct schedule *schedule, int64_t now_ms)
{
    int64_t most_ms = schedule->interval_ms / 4;
    if (most_ms > LONGEST_FIRST_MS)
        most_ms = LONGEST_FIRST_MS;
    return now_ms + (int64_t)(draw(schedule) % (uint64_t)(most_ms + 1));
}

int64_t schedule_kept_wait_ms(int64_t told_ms)
{
    return told_ms < LONGEST_TOLD_MS ? told_ms : LONGEST_TOLD_MS;
}

int64_t schedule_after_success_ms(struct schedule *schedule, int64_t asked_ms, int64_t now_ms)
{
    schedule->failures = schedule->refusals = 0;
    return usual_ms(schedule, asked_ms, now_ms);
}

int64_t schedule_after_failure_ms(struct schedule *schedule, enum pace pace, int64_t told_ms,
                                  int64_t asked_ms, int64_t now_ms)
{
    int64_t next_ms = usual_ms(schedule, asked_ms, now_ms);
    schedule->failures++;
    schedule->refusals = pace == PACE_SLOWER ? schedule->refusals + 1 : 0;
    if (told_ms > 0)
        return later_ms(next_ms, now_ms + schedule_kept_wait_ms(told_ms));
    if (pace == PACE_BACK_OFF)
        return later_ms(next_ms, now_ms + back_off_ms(schedule));
    if (pace == PACE_SLOWER && schedule->refusals >= REFUSALS_BEFORE_SLOW)
        return later_ms(next_ms, now_ms + LONGEST_PAUSE_MS);
    return next_ms;
}
