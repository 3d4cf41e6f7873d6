#include "model/comparison.h"

#include <math.h>

#include "base/calendar.h"
#include "base/now.h"

bool comparison_day(const struct opening_hours *hours, int64_t now_wall_ms, int64_t *midnight_wall_ms)
{
    int64_t today_ms = calendar_midnight_ms(now_wall_ms);
    for (int weeks = 1; weeks <= COMPARISON_WEEKS_MAX; weeks++) {
        int64_t day_ms = calendar_add_days_ms(today_ms, -7 * weeks);
        if (schedule_works_on(hours, day_ms)) {
            *midnight_wall_ms = day_ms;
            return true;
        }
    }
    return false;
}

/* The same time on the clock of another day. */
static int64_t same_clock(int64_t day_wall_ms, int64_t now_wall_ms)
{
    struct calendar_time date, clock;
    calendar_local(day_wall_ms, &date);
    calendar_local(now_wall_ms, &clock);
    clock.year = date.year;
    clock.month = date.month;
    clock.day = date.day;
    return calendar_moment_ms(&clock);
}

bool comparison_moment(const struct opening_hours *hours, int64_t now_wall_ms, int64_t *then_wall_ms)
{
    int64_t day_ms, opening_ms, opening_then_ms;
    if (!comparison_day(hours, now_wall_ms, &day_ms))
        return false;
    bool opened = schedule_first_opening(hours, now_wall_ms, &opening_ms) && opening_ms <= now_wall_ms;
    if (opened && schedule_first_opening(hours, day_ms, &opening_then_ms))
        *then_wall_ms = opening_then_ms + (now_wall_ms - opening_ms);
    else
        *then_wall_ms = same_clock(day_ms, now_wall_ms);
    return true;
}

double comparison_value_at(const struct comparison_point *points, size_t count, int64_t wall_ms,
                           int64_t gap_max_ms)
{
    size_t after = 0, end = count;
    while (after < end) { /* the first point behind the moment */
        size_t middle = after + (end - after) / 2;
        if (points[middle].wall_ms <= wall_ms)
            after = middle + 1;
        else
            end = middle;
    }
    if (after == 0 || wall_ms - points[after - 1].wall_ms > gap_max_ms)
        return NAN;
    return points[after - 1].value;
}

/* ---- a period begun ---- */

static int64_t begin_of_month(int year, int month)
{
    return calendar_moment_ms(&(struct calendar_time){.year = year, .month = month, .day = 1});
}

/* Beginning of the period that holds the moment (or of the one before); -1: not a period to date. */
static int64_t begin_of(enum period period, int64_t wall_ms, bool before)
{
    struct calendar_time local;
    calendar_local(wall_ms, &local);
    int64_t week_ms = calendar_floor_ms(wall_ms, CALENDAR_WEEK);
    int first_of_quarter = local.month - (local.month - 1) % 3;
    switch (period) {
    case PERIOD_WEEK:
        return before ? calendar_add_days_ms(week_ms, -7) : week_ms;
    case PERIOD_MONTH:
        return begin_of_month(local.year, local.month - before);
    case PERIOD_QUARTER:
        return begin_of_month(local.year, first_of_quarter - 3 * before);
    default:
        return -1;
    }
}

/* Whole days between two midnights, whatever hours they had. */
static int days_between(int64_t from_ms, int64_t to_ms)
{
    const double day_ms = 24 * 3600 * 1000.0;
    return (int)lround((double)(to_ms - from_ms) / day_ms);
}

bool comparison_to_date(enum period period, int64_t now_wall_ms, struct comparison_periods *periods)
{
    if (begin_of(period, now_wall_ms, false) < 0)
        return false;
    periods->from_wall_ms = begin_of(period, now_wall_ms, false);
    periods->to_wall_ms = now_wall_ms;
    periods->before_from_wall_ms = begin_of(period, now_wall_ms, true);
    int days = days_between(periods->from_wall_ms, calendar_midnight_ms(now_wall_ms));
    int64_t day_ms = calendar_add_days_ms(periods->before_from_wall_ms, days);
    periods->before_to_wall_ms = earlier_ms(same_clock(day_ms, now_wall_ms), periods->from_wall_ms);
    return true;
}

double comparison_change_percent(double now, double before)
{
    return fabs(before) > 0 ? 100 * (now - before) / fabs(before) : (double)NAN;
}
