#include "model/to_date.h"

#include <math.h>

#include "base/calendar.h"
#include "model/comparison.h"

const enum period to_date_periods[TO_DATE_PERIODS] = {PERIOD_WEEK, PERIOD_MONTH, PERIOD_QUARTER};

/* Whole days and the one that ends with the moment. */
static struct daily_stretch add_up(const struct daily_past *past, int64_t from_ms, int64_t to_ms,
                                   const struct to_date_day *last)
{
    int64_t midnight_ms = calendar_midnight_ms(to_ms);
    struct daily_stretch stretch = daily_add_up(past, from_ms, midnight_ms);
    stretch.sum += last->sum;
    stretch.weight += last->weight;
    if (!stretch.begun && stretch.incomplete_days) {
        stretch.since_wall_ms = midnight_ms;
        stretch.incomplete_days = 0;
    }
    if (to_ms > midnight_ms && !last->kept && schedule_works_on(past->hours, midnight_ms))
        stretch.incomplete_days++;
    return stretch;
}

static bool is_whole(const struct daily_stretch *stretch)
{
    return !stretch->since_wall_ms && !stretch->incomplete_days;
}

static double value_of(const struct daily_past *past, const struct daily_stretch *stretch)
{
    if (!(stretch->weight > 0))
        return NAN;
    return past->additive ? stretch->sum : stretch->sum / stretch->weight;
}

static struct to_date row_of(const struct daily_past *past, const struct to_date_so_far *so_far, int index)
{
    struct comparison_periods periods;
    struct to_date row = {.period = to_date_periods[index], .until_wall_ms = so_far->until_wall_ms};
    comparison_to_date(row.period, so_far->until_wall_ms, &periods);
    struct daily_stretch now = add_up(past, periods.from_wall_ms, periods.to_wall_ms, &so_far->begun);
    struct daily_stretch before =
        add_up(past, periods.before_from_wall_ms, periods.before_to_wall_ms, &so_far->before[index]);
    row.value = value_of(past, &now);
    row.since_wall_ms = now.since_wall_ms;
    row.incomplete_days = now.incomplete_days;
    row.before = is_whole(&now) && is_whole(&before) ? value_of(past, &before) : (double)NAN;
    return row;
}

/* What was kept last may be of a period that is over. */
static bool has_begun(const struct to_date_so_far *so_far, int index, int64_t now_wall_ms)
{
    struct comparison_periods periods;
    return comparison_to_date(to_date_periods[index], now_wall_ms, &periods) &&
           so_far->until_wall_ms > periods.from_wall_ms;
}

size_t to_date_make(const struct daily_past *past, const struct to_date_so_far *so_far, int64_t now_wall_ms,
                    struct to_date rows[TO_DATE_PERIODS])
{
    size_t count = 0;
    for (int i = 0; i < TO_DATE_PERIODS; i++) {
        if (!has_begun(so_far, i, now_wall_ms))
            continue;
        rows[count] = row_of(past, so_far, i);
        count += isnan(rows[count].value) ? 0 : 1;
    }
    return count;
}
