#include "base/calendar.h"

#include <ctype.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/memory.h"
#include "base/text.h"

enum { MS = 1000, QUARTER_S = 900, HOUR_S = 3600, DAY_S = 86400 };

/* In spring it has 23 hours; one less for zones that would move their clock by two. */
static const int64_t SHORTEST_DAY_MS = 22 * (int64_t)HOUR_S * MS;

/* ---- the zone ---- */

static atomic_uint zones_set; /* how often: a day is another one in another zone */

static const char *zone_folder(void)
{
    const char *folder = getenv("TZDIR");
    return folder && *folder ? folder : "/usr/share/zoneinfo";
}

/* Names of zones are few letters; anything else could lead out of the folder. */
static bool zone_name_sound(const char *zone)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+-/";
    size_t length = strlen(zone);
    return length > 0 && length < 64 && zone[0] != '/' && strspn(zone, letters) == length;
}

static bool zone_file_there(const char *zone)
{
    char path[512], magic[4] = "";
    snprintf(path, sizeof path, "%s/%s", zone_folder(), zone);
    FILE *file = fopen(path, "rbe");
    if (!file)
        return false;
    bool sound = fread(magic, 1, sizeof magic, file) == sizeof magic && memcmp(magic, "TZif", 4) == 0;
    fclose(file);
    return sound;
}

/* The third column of tzdata's list: all places that have a zone of their own. */
static void nearest_zone(const char *zone, char *nearest, size_t size)
{
    char path[512];
    snprintf(path, sizeof path, "%s/zone.tab", zone_folder());
    FILE *file = fopen(path, "re");
    char line[512], name[64];
    char **names = memory_create(1024, sizeof *names);
    size_t count = 0;
    while (file && count < 1000 && fgets(line, sizeof line, file))
        if (line[0] != '#' && sscanf(line, "%*s %*s %63s", name) == 1)
            names[count++] = memory_copy_text(name);
    if (file)
        fclose(file);
    const char *found = text_nearest(zone, (const char *const *)names);
    snprintf(nearest, size, "%s", found ? found : "");
    for (size_t i = 0; i < count; i++)
        free(names[i]);
    free(names);
}

bool calendar_zone_known(const char *zone, struct error *error)
{
    if (zone_name_sound(zone) && zone_file_there(zone))
        return true;
    if (!zone_file_there("Europe/Paris")) {
        error_set(error, "the system has no time zones; install the package tzdata");
        return false;
    }
    char nearest[64];
    nearest_zone(zone, nearest, sizeof nearest);
    if (nearest[0])
        error_set(error, "there is no time zone \"%.60s\"; did you mean \"%s\"?", zone, nearest);
    else
        error_set(error, "there is no time zone \"%.60s\"; write one like Europe/Paris", zone);
    return false;
}

bool calendar_set_zone(const char *zone, struct error *error)
{
    if (!calendar_zone_known(zone, error))
        return false;
    setenv("TZ", zone, 1);
    tzset();
    atomic_fetch_add(&zones_set, 1);
    return true;
}

/* ---- moments and wall clocks ---- */

/* Division that rounds down, also before 1970. */
static int64_t floor_to(int64_t value, int64_t step)
{
    int64_t rest = value % step;
    return value - (rest < 0 ? rest + step : rest);
}

static struct tm broken_down(int64_t wall_s)
{
    time_t moment = (time_t)wall_s;
    struct tm tm = {0};
    localtime_r(&moment, &tm);
    return tm;
}

static int64_t offset_at(int64_t wall_s)
{
    return broken_down(wall_s).tm_gmtoff;
}

void calendar_local(int64_t wall_ms, struct calendar_time *local)
{
    int64_t wall_s = floor_to(wall_ms, MS) / MS;
    struct tm tm = broken_down(wall_s);
    *local = (struct calendar_time){
        .year = tm.tm_year + 1900,
        .month = tm.tm_mon + 1,
        .day = tm.tm_mday,
        .hour = tm.tm_hour,
        .minute = tm.tm_min,
        .second = tm.tm_sec,
        .millisecond = (int)(wall_ms - wall_s * MS),
        .weekday = (tm.tm_wday + 6) % 7,
        .year_day = tm.tm_yday + 1,
        .offset_s = (int)tm.tm_gmtoff,
    };
}

/* The moment between two at which the offset becomes another. */
static int64_t transition_between(int64_t before_s, int64_t after_s)
{
    int64_t offset_before = offset_at(before_s);
    while (after_s - before_s > 1) {
        int64_t middle_s = before_s + (after_s - before_s) / 2;
        if (offset_at(middle_s) == offset_before)
            before_s = middle_s;
        else
            after_s = middle_s;
    }
    return after_s;
}

/*
 * Seconds that a clock without a zone would show, turned into a moment. With the offsets of a day
 * before and a day after, there are at most two candidates; the earlier one that fits is the first
 * time the clock shows it, and where none fits the clock jumped over it.
 */
static int64_t moment_of_clock(int64_t clock_s)
{
    int64_t guess_s = clock_s - offset_at(clock_s);
    int64_t day_before_s = guess_s - DAY_S, day_after_s = guess_s + DAY_S;
    int64_t first_s = clock_s - offset_at(day_before_s), second_s = clock_s - offset_at(day_after_s);
    if (second_s < first_s && offset_at(second_s) == clock_s - second_s)
        return second_s;
    if (offset_at(first_s) == clock_s - first_s)
        return first_s;
    if (offset_at(second_s) == clock_s - second_s)
        return second_s;
    return transition_between(day_before_s, day_after_s);
}

static int64_t clock_seconds(const struct calendar_time *local)
{
    struct tm tm = {.tm_year = local->year - 1900,
                    .tm_mon = local->month - 1,
                    .tm_mday = local->day,
                    .tm_hour = local->hour,
                    .tm_min = local->minute,
                    .tm_sec = local->second};
    return (int64_t)timegm(&tm);
}

int64_t calendar_moment_ms(const struct calendar_time *local)
{
    return moment_of_clock(clock_seconds(local)) * MS + local->millisecond;
}

/* ---- beginnings ---- */

static int64_t floor_by_offset(int64_t wall_ms, int64_t step_s)
{
    int64_t wall_s = floor_to(wall_ms, MS) / MS;
    int64_t offset_s = offset_at(wall_s);
    return (floor_to(wall_s + offset_s, step_s) - offset_s) * MS;
}

static int64_t begin_of_day(int year, int month, int day)
{
    return calendar_moment_ms(&(struct calendar_time){.year = year, .month = month, .day = day});
}

int64_t calendar_floor_ms(int64_t wall_ms, enum calendar_floor floor)
{
    struct calendar_time local;
    calendar_local(wall_ms, &local);
    switch (floor) {
    case CALENDAR_HOUR:
        return floor_by_offset(wall_ms, HOUR_S);
    case CALENDAR_QUARTER:
        return floor_by_offset(wall_ms, QUARTER_S);
    case CALENDAR_DAY:
        return begin_of_day(local.year, local.month, local.day);
    case CALENDAR_WEEK:
        return begin_of_day(local.year, local.month, local.day - local.weekday);
    case CALENDAR_MONTH:
        return begin_of_day(local.year, local.month, 1);
    }
    return wall_ms;
}

/* Each tile asks for the same day at each answer, and reckoning it takes thousands of instructions. */
int64_t calendar_midnight_ms(int64_t wall_ms)
{
    static _Thread_local struct {
        int64_t midnight_ms;
        unsigned zones_set; /* 0: none known */
    } last;
    unsigned zone = atomic_load_explicit(&zones_set, memory_order_relaxed);
    if (zone && zone == last.zones_set && wall_ms >= last.midnight_ms &&
        wall_ms < last.midnight_ms + SHORTEST_DAY_MS)
        return last.midnight_ms;
    last.midnight_ms = calendar_floor_ms(wall_ms, CALENDAR_DAY);
    last.zones_set = zone;
    return last.midnight_ms;
}

int64_t calendar_add_days_ms(int64_t wall_ms, int days)
{
    struct calendar_time local;
    calendar_local(wall_ms, &local);
    bool begins_day = calendar_midnight_ms(wall_ms) == wall_ms;
    local.day += days;
    if (begins_day) /* where midnight is skipped, the day begins at 01:00, but its neighbours do not */
        return begin_of_day(local.year, local.month, local.day);
    return calendar_moment_ms(&local);
}

/* ---- ISO 8601 ---- */

/* Exactly `digits` digits. */
static bool take_digits(const char **text, int digits, int *value)
{
    *value = 0;
    for (int i = 0; i < digits; i++, (*text)++) {
        if (!isdigit((unsigned char)**text))
            return false;
        *value = *value * 10 + (**text - '0');
    }
    return true;
}

static bool take_letter(const char **text, char letter)
{
    if (**text != letter)
        return false;
    (*text)++;
    return true;
}

static bool take_date(const char **text, struct calendar_time *time)
{
    return take_digits(text, 4, &time->year) && take_letter(text, '-') &&
           take_digits(text, 2, &time->month) && take_letter(text, '-') && take_digits(text, 2, &time->day);
}

/* Any number of decimals, of which three count. */
static bool take_fraction(const char **text, struct calendar_time *time)
{
    if (!isdigit((unsigned char)**text))
        return false;
    for (int weight = 100; isdigit((unsigned char)**text); weight /= 10, (*text)++)
        time->millisecond += (**text - '0') * weight;
    return true;
}

static bool take_clock(const char **text, struct calendar_time *time)
{
    if (!take_digits(text, 2, &time->hour) || !take_letter(text, ':') || !take_digits(text, 2, &time->minute))
        return false;
    if (!take_letter(text, ':'))
        return true;
    if (!take_digits(text, 2, &time->second))
        return false;
    return !take_letter(text, '.') || take_fraction(text, time);
}

static bool take_offset(const char **text, bool *is_local, int *offset_s)
{
    int hours, minutes;
    *is_local = **text == '\0';
    *offset_s = 0;
    if (*is_local || take_letter(text, 'Z'))
        return true;
    int sign = **text == '-' ? -1 : 1;
    if (!take_letter(text, '+') && !take_letter(text, '-'))
        return false;
    if (!take_digits(text, 2, &hours))
        return false;
    take_letter(text, ':');
    if (!take_digits(text, 2, &minutes) || hours > 14 || minutes > 59)
        return false;
    *offset_s = sign * (hours * HOUR_S + minutes * 60);
    return true;
}

static int days_in_month(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leap ? 29 : days[month - 1];
}

static bool exists(const struct calendar_time *time)
{
    if (time->year < 1900 || time->month < 1 || time->month > 12)
        return false;
    if (time->day < 1 || time->day > days_in_month(time->year, time->month))
        return false;
    return time->hour < 24 && time->minute < 60 && time->second < 60;
}

bool calendar_parse_iso(const char *text, int64_t *wall_ms)
{
    struct calendar_time time = {0};
    bool is_local = true, sound = take_date(&text, &time);
    int offset_s = 0;
    if (sound && (take_letter(&text, 'T') || take_letter(&text, ' ')))
        sound = take_clock(&text, &time) && take_offset(&text, &is_local, &offset_s);
    if (!sound || *text || !exists(&time))
        return false;
    *wall_ms =
        is_local ? calendar_moment_ms(&time) : (clock_seconds(&time) - offset_s) * MS + time.millisecond;
    return true;
}

bool calendar_parse_date(const char *text, struct calendar_date *date)
{
    struct calendar_time time = {0};
    if (!take_date(&text, &time) || *text || !exists(&time))
        return false;
    *date = (struct calendar_date){time.year, time.month, time.day};
    return true;
}

int calendar_compare_dates(const struct calendar_date *a, const struct calendar_date *b)
{
    if (a->year != b->year)
        return a->year - b->year;
    return a->month != b->month ? a->month - b->month : a->day - b->day;
}
