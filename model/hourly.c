#include "model/hourly.h"

#include <math.h>

#include "base/calendar.h"

enum { HOURS_MAX = 12, MINUTES = 60, KNOWN_LEAST = 30, MINUTE_MS = 60000, HOUR_MS = 3600000 };

/* A curve of which one hour is looked at. */
struct curve {
    const float *values;
    size_t count;
    int64_t first_wall_ms;
};

static double value_at(const struct curve *curve, int64_t wall_ms)
{
    int64_t index = (wall_ms - curve->first_wall_ms) / MINUTE_MS;
    if (wall_ms < curve->first_wall_ms || (uint64_t)index >= curve->count)
        return NAN;
    return curve->values[index];
}

static double mean_of(const struct curve *curve, int64_t from_wall_ms, int minutes)
{
    double sum = 0;
    int known = 0;
    for (int i = 0; i < minutes; i++) {
        double value = value_at(curve, from_wall_ms + (int64_t)i * MINUTE_MS);
        if (!isfinite(value))
            continue;
        sum += value;
        known++;
    }
    return known * 2 >= minutes && known ? sum / known : (double)NAN;
}

/* The last known value from one minute to another, backwards: sums only grow. */
static double last_of(const struct curve *curve, int64_t from_wall_ms, int64_t to_wall_ms)
{
    for (int64_t at = to_wall_ms; at >= from_wall_ms; at -= MINUTE_MS)
        if (isfinite(value_at(curve, at)))
            return value_at(curve, at);
    return NAN;
}

static double added_in(const struct curve *curve, int64_t from_wall_ms, int minutes)
{
    int64_t last = from_wall_ms + (int64_t)(minutes - 1) * MINUTE_MS;
    int64_t half = (int64_t)KNOWN_LEAST * MINUTE_MS;
    bool from_midnight = from_wall_ms == calendar_midnight_ms(from_wall_ms);
    double before = from_midnight ? 0 : last_of(curve, from_wall_ms - half, from_wall_ms - MINUTE_MS);
    double after = last_of(curve, last - half > from_wall_ms ? last - half : from_wall_ms, last);
    return after >= before ? after - before : (double)NAN;
}

static struct snapshot_bar bar_of(const struct curve *curve, enum hourly kind, int64_t from_wall_ms,
                                  int64_t now_wall_ms)
{
    int64_t passed_ms = now_wall_ms - from_wall_ms;
    bool begun = passed_ms < HOUR_MS;
    int minutes = begun ? (int)(passed_ms / MINUTE_MS) + 1 : MINUTES;
    double value =
        kind == HOURLY_ADDED ? added_in(curve, from_wall_ms, minutes) : mean_of(curve, from_wall_ms, minutes);
    return (struct snapshot_bar){.from_wall_ms = from_wall_ms, .value = value, .plan = NAN, .begun = begun};
}

struct snapshot_bars hourly_bars(struct arena *arena, const float *values, size_t count,
                                 int64_t first_wall_ms, enum hourly kind, int64_t now_wall_ms)
{
    struct curve curve = {values, count, first_wall_ms};
    struct snapshot_bars bars = {.step = BAR_HOUR};
    struct snapshot_bar *all = arena_take(arena, HOURS_MAX, sizeof *all);
    int64_t midnight = calendar_midnight_ms(now_wall_ms),
            last = calendar_floor_ms(now_wall_ms, CALENDAR_HOUR);
    int64_t first = last - (HOURS_MAX - 1) * (int64_t)HOUR_MS;
    for (int64_t hour = first > midnight ? first : midnight; hour <= last; hour += HOUR_MS) {
        struct snapshot_bar bar = bar_of(&curve, kind, hour, now_wall_ms);
        if (bars.count || !isnan(bar.value)) /* begins with the first that is known */
            all[bars.count++] = bar;
    }
    bars.bars = all;
    return bars;
}
