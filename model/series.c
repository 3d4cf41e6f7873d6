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
