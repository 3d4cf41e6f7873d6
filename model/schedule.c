#include "model/schedule.h"

#include <ctype.h>
#include <string.h>

#include "base/calendar.h"

enum { DAY_MINUTES = 1440, LOOK_AHEAD_DAYS = 400, JOINED_MAX = 10 };

/* ---- reading ---- */

static const char *const day_names[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

static int take_day(const char **text)
{
    for (int i = 0; i < 7; i++) {
        if (strncmp(*text, day_names[i], 3) == 0) {
            *text += 3;
            return i;
        }
    }
    return -1;
}

bool schedule_parse_days(const char *text, unsigned *weekdays, struct error *error)
{
    const char *rest = text;
    *weekdays = 0x7f;
    if (strcmp(text, "all") == 0)
        return true;
    int first = take_day(&rest), last = first;
    if (*rest == '-') {
        rest++;
        last = take_day(&rest);
    }
    if (first < 0 || last < 0 || *rest) {
        error_set(error, "\"%.40s\" are no days; write mon, mon-fri or all", text);
        return false;
    }
    *weekdays = 1U << last;
    for (int day = first; day != last; day = (day + 1) % 7)
        *weekdays |= 1U << day;
    return true;
}

static bool take_digits(const char **text, int *value)
{
    const char *at = *text;
    if (!isdigit((unsigned char)at[0]) || !isdigit((unsigned char)at[1]))
        return false;
    *value = (at[0] - '0') * 10 + at[1] - '0';
    *text += 2;
    return true;
}

static bool take_minute(const char **text, int *minute)
{
    int hours, minutes;
    if (!take_digits(text, &hours) || *(*text)++ != ':' || !take_digits(text, &minutes))
        return false;
    *minute = hours * 60 + minutes;
    return minutes < 60 && *minute <= DAY_MINUTES;
}

bool schedule_parse_minute(const char *text, int *minute)
{
    int read;
    if (!take_minute(&text, &read) || *text)
        return false;
    *minute = read;
    return true;
}

bool schedule_parse_interval(const char *text, struct opening_interval *interval, struct error *error)
{
    const char *rest = text;
    struct opening_interval read;
    bool sound = take_minute(&rest, &read.from_minute) && *rest++ == '-' &&
                 take_minute(&rest, &read.to_minute) && *rest == '\0';
    if (!sound || read.from_minute == DAY_MINUTES || read.from_minute == read.to_minute) {
        error_set(error, "\"%.40s\" are no hours; write them like 08:30-18:30, a whole day as 00:00-24:00",
                  text);
        return false;
    }
    if (read.to_minute < read.from_minute)
        read.to_minute += DAY_MINUTES;
    *interval = read;
    return true;
}

bool schedule_add_interval(struct opening_day *day, struct opening_interval interval, struct error *error)
{
    size_t at = 0;
    if (day->count == OPENING_INTERVALS_MAX) {
        error_set(error, "a day has at most %d openings", OPENING_INTERVALS_MAX);
        return false;
    }
    while (at < day->count && day->intervals[at].from_minute < interval.from_minute)
        at++;
    bool into_next = at < day->count && interval.to_minute > day->intervals[at].from_minute;
    if (into_next || (at > 0 && day->intervals[at - 1].to_minute > interval.from_minute)) {
        error_set(error, "two openings of a day overlap");
        return false;
    }
    memmove(&day->intervals[at + 1], &day->intervals[at], (day->count - at) * sizeof interval);
    day->intervals[at] = interval;
    day->count++;
    return true;
}

/* ---- days and moments ---- */

struct span {
    int64_t opens_ms, closes_ms;
};

static const struct opening_day *hours_of_day(const struct opening_hours *hours,
                                              const struct calendar_time *date)
{
    static const struct opening_day closed = {0};
    for (size_t i = hours->exception_count; i-- > 0;) {
        const struct opening_exception *exception = &hours->exceptions[i];
        if (exception->year == date->year && exception->month == date->month && exception->day == date->day)
            return &exception->hours;
    }
    if (holiday_name(hours->holidays, date->year, date->month, date->day, LANGUAGE_FR))
        return &closed;
    return &hours->week[date->weekday];
}

/* The local date so many days from that of a moment; at noon, which every day has once. */
static struct calendar_time date_near(int64_t wall_ms, int days)
{
    struct calendar_time date;
    calendar_local(wall_ms, &date);
    struct calendar_time noon = {.year = date.year, .month = date.month, .day = date.day + days, .hour = 12};
    calendar_local(calendar_moment_ms(&noon), &date);
    return date;
}

static int64_t moment_of(const struct calendar_time *date, int minute)
{
    return calendar_moment_ms(&(struct calendar_time){.year = date->year,
                                                      .month = date->month,
                                                      .day = date->day,
                                                      .hour = minute / 60,
                                                      .minute = minute % 60});
}

static struct span span_of(const struct calendar_time *date, const struct opening_interval *interval)
{
    return (struct span){moment_of(date, interval->from_minute), moment_of(date, interval->to_minute)};
}

/* The opening that holds the moment: of its own day, or of the night before. */
static bool find_span(const struct opening_hours *hours, int64_t wall_ms, struct span *span)
{
    for (int days = 0; days >= -1; days--) {
        struct calendar_time date = date_near(wall_ms, days);
        const struct opening_day *day = hours_of_day(hours, &date);
        for (size_t i = 0; i < day->count; i++) {
            *span = span_of(&date, &day->intervals[i]);
            if (span->opens_ms <= wall_ms && wall_ms < span->closes_ms)
                return true;
        }
    }
    return false;
}

/* Openings without a pause between them are one: a queue of 24 hours has no grace at midnight. */
static bool find_joined_span(const struct opening_hours *hours, int64_t wall_ms, struct span *span)
{
    struct span next;
    if (!find_span(hours, wall_ms, span))
        return false;
    int joined = 0;
    while (joined < JOINED_MAX && find_span(hours, span->opens_ms - 1, &next)) {
        span->opens_ms = next.opens_ms;
        joined++;
    }
    if (joined == JOINED_MAX)
        span->opens_ms = 0;
    for (joined = 0; joined < JOINED_MAX && find_span(hours, span->closes_ms, &next); joined++)
        span->closes_ms = next.closes_ms;
    if (joined == JOINED_MAX)
        span->closes_ms = 0;
    return true;
}

static int64_t next_opening(const struct opening_hours *hours, int64_t wall_ms)
{
    for (int days = 0; days <= LOOK_AHEAD_DAYS; days++) {
        struct calendar_time date = date_near(wall_ms, days);
        const struct opening_day *day = hours_of_day(hours, &date);
        for (size_t i = 0; i < day->count; i++) {
            int64_t opens_ms = moment_of(&date, day->intervals[i].from_minute);
            if (opens_ms > wall_ms)
                return opens_ms;
        }
    }
    return 0;
}

/* The latest closing at or before the moment, of the last two days; 0: none. */
static int64_t last_closing(const struct opening_hours *hours, int64_t wall_ms)
{
    int64_t latest_ms = 0;
    for (int days = 0; days >= -2; days--) {
        struct calendar_time date = date_near(wall_ms, days);
        const struct opening_day *day = hours_of_day(hours, &date);
        for (size_t i = 0; i < day->count; i++) {
            struct span span = span_of(&date, &day->intervals[i]);
            if (span.closes_ms <= wall_ms && span.closes_ms > latest_ms)
                latest_ms = span.closes_ms;
        }
    }
    return latest_ms;
}

/* ---- asking ---- */

const struct opening_hours *schedule_for(const struct opening_hours *all, size_t count,
                                         const struct dims *dims)
{
    const struct opening_hours *best = NULL;
    for (size_t i = 0; i < count; i++)
        if (dims_match(&all[i].where, dims) &&
            (!best || dims_given(&all[i].where) >= dims_given(&best->where)))
            best = &all[i];
    return best;
}

struct opening schedule_at(const struct opening_hours *hours, int64_t wall_ms)
{
    struct span span;
    if (!hours)
        return (struct opening){.phase = OPENING_OPEN};
    if (find_joined_span(hours, wall_ms, &span)) {
        bool early = span.opens_ms && wall_ms - span.opens_ms < OPENING_GRACE_MS;
        return (struct opening){.phase = early ? OPENING_GRACE : OPENING_OPEN,
                                .opened_wall_ms = span.opens_ms,
                                .closes_wall_ms = span.closes_ms};
    }
    struct opening opening = {.phase = OPENING_CLOSED, .opens_wall_ms = next_opening(hours, wall_ms)};
    int64_t closed_ms = last_closing(hours, wall_ms);
    if (closed_ms && wall_ms - closed_ms < OPENING_TAIL_MS && find_joined_span(hours, closed_ms - 1, &span)) {
        opening.phase = OPENING_TAIL;
        opening.opened_wall_ms = span.opens_ms;
    }
    return opening;
}

bool schedule_first_opening(const struct opening_hours *hours, int64_t wall_ms, int64_t *opening_wall_ms)
{
    if (!hours)
        return false;
    struct calendar_time date = date_near(wall_ms, 0);
    const struct opening_day *day = hours_of_day(hours, &date);
    if (day->count == 0)
        return false;
    *opening_wall_ms = moment_of(&date, day->intervals[0].from_minute);
    return true;
}

bool schedule_works_on(const struct opening_hours *hours, int64_t wall_ms)
{
    int64_t opening_wall_ms;
    return !hours || schedule_first_opening(hours, wall_ms, &opening_wall_ms);
}
