#include "sim/interval.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Z, +01:00 or +0100 at *text, and moves it behind; false: none of them. */
static bool read_zone(const char **text, int64_t *zone_ms)
{
    *zone_ms = 0;
    if (**text == 'Z') {
        ++*text;
        return true;
    }
    int hours, minutes, length = 0;
    char sign[2];
    if (sscanf(*text, "%1[+-]%2d:%2d%n", sign, &hours, &minutes, &length) < 3 || length == 0)
        return false;
    *text += length;
    *zone_ms = (sign[0] == '-' ? -60000LL : 60000LL) * (hours * 60 + minutes);
    return true;
}

static bool read_moment(const char **text, int64_t *moment_ms)
{
    struct tm date = {0};
    int length = 0;
    if (sscanf(*text, "%4d-%2d-%2dT%2d:%2d:%2d%n", &date.tm_year, &date.tm_mon, &date.tm_mday, &date.tm_hour,
               &date.tm_min, &date.tm_sec, &length) < 6)
        return false;
    *text += length;
    date.tm_year -= 1900;
    date.tm_mon -= 1;
    double fraction_s = 0;
    if (**text == '.') {
        char *end;
        fraction_s = strtod(*text, &end);
        *text = end;
    }
    int64_t zone_ms;
    if (!read_zone(text, &zone_ms))
        return false;
    *moment_ms = (int64_t)timegm(&date) * 1000 + (int64_t)(fraction_s * 1000 + 0.5) - zone_ms;
    return true;
}

bool interval_length_ms(const char *interval, int64_t *length_ms, struct error *error)
{
    int64_t from_ms, until_ms;
    const char *text = interval;
    bool read =
        read_moment(&text, &from_ms) && *text++ == '/' && read_moment(&text, &until_ms) && *text == '\0';
    if (!read) {
        error_set(error,
                  "interval \"%.80s\" is not two moments like 2026-11-21T09:45:00.000Z with / between them",
                  interval);
        return false;
    }
    if (until_ms <= from_ms) {
        error_set(error, "interval \"%.80s\" ends before it begins", interval);
        return false;
    }
    *length_ms = until_ms - from_ms;
    return true;
}

int64_t interval_window_s(int64_t length_ms)
{
    static const int64_t rolling_minutes[] = {5, 10, 15, 30, 60};
    for (size_t i = 0; i < sizeof rolling_minutes / sizeof *rolling_minutes; i++)
        if (length_ms == rolling_minutes[i] * 60000)
            return length_ms / 1000;
    return 0;
}
