#include "fetch/moment.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/calendar.h"

enum { MINUTE_S = 60, HOUR_S = 3600, LONGEST_EXPRESSION = 120 };

static const struct {
    const char *name;
    bool floored;
    enum calendar_floor floor;
} moments[] = {{"now", false, CALENDAR_DAY},        {"hour", true, CALENDAR_HOUR},
               {"quarter", true, CALENDAR_QUARTER}, {"today", true, CALENDAR_DAY},
               {"week", true, CALENDAR_WEEK},       {"month", true, CALENDAR_MONTH}};

static const char *const moment_names[] = {"now", "hour", "quarter", "today", "week", "month", NULL};

enum { MOMENT_COUNT = sizeof moments / sizeof moments[0] };

/* Hours are elapsed time, days are dates: a day can have 23 or 25 hours. */
static const struct {
    char letter;
    int64_t ms;
    int days;
} offset_units[] = {
    {'s', 1000, 0}, {'m', MINUTE_S * 1000, 0}, {'h', HOUR_S * 1000, 0}, {'d', 0, 1}, {'w', 0, 7}};

enum { OFFSET_UNIT_COUNT = sizeof offset_units / sizeof offset_units[0], LARGEST_OFFSET = 100000 };

static bool add_offset(int64_t *wall_ms, const char *offset, struct error *error)
{
    char *unit;
    long count = strtol(offset, &unit, 10);
    bool counted = isdigit((unsigned char)offset[1]) && labs(count) <= LARGEST_OFFSET;
    for (size_t i = 0; counted && i < OFFSET_UNIT_COUNT; i++) {
        if (unit[0] != offset_units[i].letter || unit[1] != '\0')
            continue;
        *wall_ms += count * offset_units[i].ms;
        if (offset_units[i].days)
            *wall_ms = calendar_add_days_ms(*wall_ms, (int)count * offset_units[i].days);
        return true;
    }
    error_set(error, "\"%s\" is no offset; write it like -30m, +1h, -45s, -1d or -4w", offset);
    return false;
}

static bool find_moment(const char *words, int64_t *wall_ms, struct error *error)
{
    char name[LONGEST_EXPRESSION];
    size_t length = strcspn(words, "+-");
    snprintf(name, sizeof name, "%.*s", (int)length, words);
    for (size_t i = 0; i < MOMENT_COUNT; i++) {
        if (!text_equal(name, moments[i].name))
            continue;
        if (moments[i].floored)
            *wall_ms = calendar_floor_ms(*wall_ms, moments[i].floor);
        return words[length] == '\0' || add_offset(wall_ms, words + length, error);
    }
    const char *nearest = text_nearest(name, moment_names);
    error_set(error, "there is no moment \"%s\"%s%s%s", name, nearest ? "; did you mean \"" : "",
              nearest ? nearest : "", nearest ? "\"?" : "; there are now, hour, quarter, today, week, month");
    return false;
}

/* A format of strftime, limited to what cannot surprise in a request. */
static bool write_pattern(struct text *out, const char *pattern, const struct tm *time, struct error *error)
{
    for (const char *c = pattern; *c; c++) {
        bool conversion = *c == '%';
        if ((conversion && (!c[1] || !strchr("YmdHMSj", *++c))) || strchr("\"\\", *c) ||
            (unsigned char)*c < 0x20) {
            error_set(error, "strftime: only %%Y %%m %%d %%H %%M %%S %%j and plain characters can be used");
            return false;
        }
    }
    char written[256];
    size_t length = *pattern ? strftime(written, sizeof written, pattern, time) : 0;
    text_append_bytes(out, written, length);
    return true;
}

/* A moment as the forms need it. */
struct written_moment {
    int64_t wall_ms;
    struct tm utc, local;
};

static void read_clocks(struct written_moment *moment)
{
    struct calendar_time local;
    time_t seconds = (time_t)(moment->wall_ms / 1000);
    gmtime_r(&seconds, &moment->utc);
    calendar_local(moment->wall_ms, &local);
    moment->local = (struct tm){.tm_year = local.year - 1900,
                                .tm_mon = local.month - 1,
                                .tm_mday = local.day,
                                .tm_hour = local.hour,
                                .tm_min = local.minute,
                                .tm_sec = local.second,
                                .tm_yday = local.year_day - 1,
                                .tm_gmtoff = local.offset_s};
}

static void write_time(struct text *out, const char *pattern, const struct tm *time)
{
    char written[64];
    text_append_bytes(out, written, strftime(written, sizeof written, pattern, time));
}

static void write_iso(struct text *out, const struct written_moment *moment)
{
    write_time(out, "%Y-%m-%dT%H:%M:%SZ", &moment->utc);
}

static void write_iso_ms(struct text *out, const struct written_moment *moment)
{
    write_time(out, "%Y-%m-%dT%H:%M:%S", &moment->utc);
    text_append_format(out, ".%03dZ", (int)(moment->wall_ms % 1000));
}

/* strftime has no offset with a colon. */
static void write_iso_local(struct text *out, const struct written_moment *moment)
{
    long minutes = labs(moment->local.tm_gmtoff) / MINUTE_S;
    write_time(out, "%Y-%m-%dT%H:%M:%S", &moment->local);
    text_append_format(out, "%c%02ld:%02ld", moment->local.tm_gmtoff < 0 ? '-' : '+', minutes / 60,
                       minutes % 60);
}

static void write_epoch(struct text *out, const struct written_moment *moment)
{
    text_append_format(out, "%lld", (long long)(moment->wall_ms / 1000));
}

static void write_epoch_ms(struct text *out, const struct written_moment *moment)
{
    text_append_format(out, "%lld", (long long)moment->wall_ms);
}

static void write_date(struct text *out, const struct written_moment *moment)
{
    write_time(out, "%Y-%m-%d", &moment->local);
}

static void write_hhmm(struct text *out, const struct written_moment *moment)
{
    write_time(out, "%H:%M", &moment->local);
}

static const struct {
    const char *name;
    void (*write)(struct text *out, const struct written_moment *moment);
} forms[] = {{"iso", write_iso},     {"iso_ms", write_iso_ms},     {"iso_local", write_iso_local},
             {"epoch", write_epoch}, {"epoch_ms", write_epoch_ms}, {"date", write_date},
             {"hhmm", write_hhmm}};

enum { FORM_COUNT = sizeof forms / sizeof forms[0] };

static const char strftime_form[] = "strftime:";

static bool write_form(struct text *out, const char *form, const struct written_moment *moment,
                       struct error *error)
{
    if (text_starts_with(form, strftime_form))
        return write_pattern(out, form + strlen(strftime_form), &moment->local, error);
    for (size_t i = 0; i < FORM_COUNT; i++)
        if (text_equal(form, forms[i].name)) {
            forms[i].write(out, moment);
            return true;
        }
    error_set(error,
              "a moment cannot be written as \"%s\"; there are iso, iso_ms, iso_local, epoch, epoch_ms, "
              "date, hhmm and strftime:FORMAT",
              form);
    return false;
}

bool moment_write(struct text *out, const char *expression, size_t length, int64_t now_wall_ms,
                  struct error *error)
{
    char words[LONGEST_EXPRESSION];
    snprintf(words, sizeof words, "%.*s", (int)length, expression);
    char *form = strchr(words, '|');
    if (!form || length >= sizeof words) {
        error_set(error, "\"{{%s}}\" is not understood; write {{moment|form}}, {{now|iso}} for example",
                  words);
        return false;
    }
    *form++ = '\0';
    struct written_moment moment = {.wall_ms = now_wall_ms};
    if (!find_moment(words, &moment.wall_ms, error))
        return false;
    read_clocks(&moment);
    return write_form(out, form, &moment, error);
}
