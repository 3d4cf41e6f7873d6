#include "model/series.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

void series_init(struct series *series)
{
    *series = (struct series){.values = memory_create(SERIES_MINUTES, sizeof(float))};
}

void series_finish(struct series *series)
{
    free(series->values);
    *series = (struct series){0};
}

/* What a float cannot hold cannot be drawn either. */
static float as_float(double value)
{
    return fabs(value) <= (double)FLT_MAX ? (float)value : NAN;
}

static void append(struct series *series, float value)
{
    series->values[series->end] = value;
    series->end = (series->end + 1) % SERIES_MINUTES;
    if (series->count < SERIES_MINUTES)
        series->count++;
}

static void append_gaps(struct series *series, int64_t minutes)
{
    if (minutes > SERIES_MINUTES)
        minutes = SERIES_MINUTES;
    for (int64_t i = 0; i < minutes; i++)
        append(series, NAN);
}

void series_put(struct series *series, int64_t minute, double value)
{
    if (series->count == 0) {
        if (isnan(value))
            return;
        series->newest_minute = minute - 1;
    }
    if (minute > series->newest_minute) {
        append_gaps(series, minute - series->newest_minute);
        series->newest_minute = minute;
    }
    if (!isnan(value) && minute == series->newest_minute)
        series->values[(series->end + SERIES_MINUTES - 1) % SERIES_MINUTES] = as_float(value);
}

size_t series_copy(const struct series *series, float *values, size_t count)
{
    if (count > series->count)
        count = series->count;
    size_t first = (series->end + SERIES_MINUTES - count) % SERIES_MINUTES;
    size_t before_wrap = SERIES_MINUTES - first < count ? SERIES_MINUTES - first : count;
    if (!count)
        return 0;
    memcpy(values, series->values + first, before_wrap * sizeof(float));
    memcpy(values + before_wrap, series->values, (count - before_wrap) * sizeof(float));
    return count;
}

static void put_known(struct series *series, const struct series *known)
{
    size_t first = (known->end + SERIES_MINUTES - known->count) % SERIES_MINUTES;
    int64_t first_minute = known->newest_minute - (int64_t)known->count + 1;
    for (size_t i = 0; i < known->count; i++)
        series_put(series, first_minute + (int64_t)i, (double)known->values[(first + i) % SERIES_MINUTES]);
}

void series_put_before(struct series *series, int64_t first_minute, const float *values, size_t count,
                       int64_t until_minute)
{
    struct series merged;
    series_init(&merged);
    int64_t end_minute =
        series->count ? series->newest_minute - (int64_t)series->count + 1 : until_minute + 1;
    for (size_t i = 0; i < count && first_minute + (int64_t)i < end_minute; i++)
        series_put(&merged, first_minute + (int64_t)i, (double)values[i]);
    put_known(&merged, series);
    series_finish(series);
    *series = merged;
}
