#include "fetch/moment.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { MINUTE_S = 60, QUARTER_S = 900, HOUR_S = 3600, DAY_S = 86400, LONGEST_EXPRESSION = 120 };

/* A date and time of day on the site's clocks. */
static struct tm local_time(int64_t utc_s)
{
    struct tm local;
    time_t seconds = (time_t)utc_s;
    localtime_r(&seconds, &local);
    return local;
}

/* The clocks' reading as if it were UTC: two readings can then be compared and subtracted. */
static int64_t reading_s(int64_t utc_s)
{
    return utc_s + local_time(utc_s).tm_gmtoff;
}

/*
 * The first moment at which the clocks show `wanted_s` (a reading) or, where they skip it, more.
 * Clocks are changed on quarters of an hour, so it is enough to look at those.
 */
static int64_t first_moment(int64_t wanted_s)
{
    int64_t part_s = wanted_s % QUARTER_S, quarter_s = wanted_s - part_s;
    int64_t utc_s = quarter_s - 15 * HOUR_S;
    while (reading_s(utc_s) < quarter_s)
        utc_s += QUARTER_S;
    return reading_s(utc_s) == quarter_s ? utc_s + part_s : utc_s;
}

/* Midnight of the date, as a reading. */
static int64_t date_reading_s(int year, int month, int day)
{
    struct tm date = {.tm_year = year, .tm_mon = month, .tm_mday = day};
    return (int64_t)timegm(&date);
}

static int64_t floor_now(int64_t utc_s)
{
    return utc_s;
}

/* With the offset in force now, so that it never jumps back in the hour that comes twice. */
static int64_t floor_hour(int64_t utc_s)
{
    return utc_s - reading_s(utc_s) % HOUR_S;
}

static int64_t floor_quarter(int64_t utc_s)
{
    return utc_s - reading_s(utc_s) % QUARTER_S;
}

static int64_t floor_today(int64_t utc_s)
{
    struct tm now = local_time(utc_s);
    return first_moment(date_reading_s(now.tm_year, now.tm_mon, now.tm_mday));
}

static int64_t floor_week(int64_t utc_s)
{
    struct tm now = local_time(utc_s);
    int since_monday = (now.tm_wday + 6) % 7;
    return first_moment(date_reading_s(now.tm_year, now.tm_mon, now.tm_mday - since_monday));
}

static int64_t floor_month(int64_t utc_s)
{
    struct tm now = local_time(utc_s);
    return first_moment(date_reading_s(now.tm_year, now.tm_mon, 1));
}

static const struct {
    const char *name;
    int64_t (*floor)(int64_t utc_s);
} moments[] = {{"now", floor_now},     {"hour", floor_hour}, {"quarter", floor_quarter},
               {"today", floor_today}, {"week", floor_week}, {"month", floor_month}};

static const char *const moment_names[] = {"now", "hour", "quarter", "today", "week", "month", NULL};

enum { MOMENT_COUNT = sizeof moments / sizeof moments[0] };

/* Hours are elapsed time, days are dates: a day can have 23 or 25 hours. */
static const struct {
    char letter;
    int64_t seconds;
    bool calendar;
} offset_units[] = {{'s', 1, false},
                    {'m', MINUTE_S, false},
                    {'h', HOUR_S, false},
                    {'d', DAY_S, true},
                    {'w', 7 * DAY_S, true}};

enum { OFFSET_UNIT_COUNT = sizeof offset_units / sizeof offset_units[0] };

static bool add_offset(int64_t *utc_s, const char *offset, struct error *error)
{
    char *unit;
    long count = strtol(offset, &unit, 10);
    for (size_t i = 0; i < OFFSET_UNIT_COUNT; i++) {
        if (!isdigit((unsigned char)offset[1]) || labs(count) > 100000 || unit[0] != offset_units[i].letter ||
            unit[1] != '\0')
            continue;
        int64_t shift_s = count * offset_units[i].seconds;
        *utc_s = offset_units[i].calendar ? first_moment(reading_s(*utc_s) + shift_s) : *utc_s + shift_s;
        return true;
    }
    error_set(error, "\"%s\" is no offset; write it like -30m, +1h, -45s, -1d or -4w", offset);
    return false;
}

static bool find_moment(const char *words, int64_t *utc_s, struct error *error)
{
    char name[LONGEST_EXPRESSION];
    size_t length = strcspn(words, "+-");
    snprintf(name, sizeof name, "%.*s", (int)length, words);
    for (size_t i = 0; i < MOMENT_COUNT; i++) {
        if (!text_equal(name, moments[i].name))
            continue;
        *utc_s = moments[i].floor(*utc_s);
        return words[length] == '\0' || add_offset(utc_s, words + length, error);
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

struct written_moment {
    int64_t utc_s;
    int ms;
    struct tm utc, local;
};

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
    text_append_format(out, ".%03dZ", moment->ms);
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
    text_append_format(out, "%lld", (long long)moment->utc_s);
}

static void write_epoch_ms(struct text *out, const struct written_moment *moment)
{
    text_append_format(out, "%lld", (long long)(moment->utc_s * 1000 + moment->ms));
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
    struct written_moment moment = {.utc_s = now_wall_ms / 1000};
    if (!find_moment(words, &moment.utc_s, error))
        return false;
    time_t seconds = (time_t)moment.utc_s;
    gmtime_r(&seconds, &moment.utc);
    moment.local = local_time(moment.utc_s);
    moment.ms = text_starts_with(words, "now") ? (int)(now_wall_ms % 1000) : 0;
    return write_form(out, form, &moment, error);
}
