#include "model/pace.h"

#include "base/calendar.h"
#include "base/now.h"

static bool is_open(const struct opening *opening)
{
    return opening->phase == OPENING_GRACE || opening->phase == OPENING_OPEN;
}

static bool counts(const struct pace_hours *hours, size_t i)
{
    return !hours->counts || hours->counts[i];
}

/* The next moment at which these doors open or close; `to_ms` where there is none before. */
static int64_t next_change_ms(const struct opening *opening, int64_t from_ms, int64_t to_ms)
{
    int64_t change_ms = is_open(opening) ? opening->closes_wall_ms : opening->opens_wall_ms;
    return change_ms > from_ms ? earlier_ms(change_ms, to_ms) : to_ms;
}

/* Whether any is open then, and until when all stay as they are. */
static bool look_at(const struct pace_hours *hours, int64_t from_ms, int64_t *until_ms)
{
    bool any_open = hours->count == 0;
    for (size_t i = 0; i < hours->count; i++) {
        if (!counts(hours, i))
            continue;
        struct opening opening = schedule_at(&hours->schedules[i], from_ms);
        *until_ms = next_change_ms(&opening, from_ms, *until_ms);
        any_open |= is_open(&opening);
    }
    return any_open;
}

static int64_t open_ms(const struct pace_hours *hours, int64_t from_ms, int64_t to_ms)
{
    int64_t sum_ms = 0;
    while (from_ms < to_ms) {
        int64_t until_ms = to_ms;
        if (look_at(hours, from_ms, &until_ms))
            sum_ms += until_ms - from_ms;
        from_ms = until_ms;
    }
    return sum_ms;
}

double pace_elapsed_share(const struct pace_hours *hours, int64_t wall_ms)
{
    int64_t midnight_ms = calendar_midnight_ms(wall_ms);
    int64_t whole_ms = open_ms(hours, midnight_ms, calendar_add_days_ms(midnight_ms, 1));
    return whole_ms > 0 ? (double)open_ms(hours, midnight_ms, wall_ms) / (double)whole_ms : 1;
}
