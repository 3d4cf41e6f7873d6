#include "model/pace.h"

#include "base/calendar.h"

static int64_t earlier(int64_t a_ms, int64_t b_ms)
{
    return a_ms < b_ms ? a_ms : b_ms;
}

static bool is_open(const struct opening *opening)
{
    return opening->phase == OPENING_GRACE || opening->phase == OPENING_OPEN;
}

/* The next moment at which the doors open or close; `to_ms` where there is none before. */
static int64_t next_change_ms(const struct opening *opening, int64_t from_ms, int64_t to_ms)
{
    int64_t change_ms = is_open(opening) ? opening->closes_wall_ms : opening->opens_wall_ms;
    return change_ms > from_ms ? earlier(change_ms, to_ms) : to_ms;
}

static int64_t open_ms(const struct opening_hours *hours, int64_t from_ms, int64_t to_ms)
{
    int64_t sum_ms = 0;
    while (from_ms < to_ms) {
        struct opening opening = schedule_at(hours, from_ms);
        int64_t change_ms = next_change_ms(&opening, from_ms, to_ms);
        if (is_open(&opening))
            sum_ms += change_ms - from_ms;
        from_ms = change_ms;
    }
    return sum_ms;
}

double pace_elapsed_share(const struct opening_hours *hours, int64_t wall_ms)
{
    if (!hours)
        return 1;
    int64_t midnight_ms = calendar_midnight_ms(wall_ms);
    int64_t whole_ms = open_ms(hours, midnight_ms, calendar_add_days_ms(midnight_ms, 1));
    return whole_ms > 0 ? (double)open_ms(hours, midnight_ms, wall_ms) / (double)whole_ms : 1;
}
