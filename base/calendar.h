#ifndef BASE_CALENDAR_H
#define BASE_CALENDAR_H

/*
 * The calendar of the site: days of 23 and 25 hours, midnights that do not exist or come twice.
 *
 * One time zone for the whole program, set once before threads start. All moments are wall time in
 * milliseconds since 1970-01-01T00:00:00Z; nothing here asks what time it is.
 */

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"

/* A moment as a clock and a calendar on the wall show it. */
struct calendar_time {
    int year, month, day; /* month and day from 1 */
    int hour, minute, second, millisecond;
    int weekday;  /* 0 Monday to 6 Sunday */
    int year_day; /* 1 to 366 */
    int offset_s; /* east of Greenwich */
};

/* A day of the calendar; year 0: none. */
struct calendar_date {
    int year, month, day;
};

/* Whether the system knows this zone ("Europe/Paris"); changes nothing. The error names the nearest one. */
bool calendar_zone_known(const char *zone, struct error *error);

/* Makes it the zone of the program. Before any thread is started. */
bool calendar_set_zone(const char *zone, struct error *error);

void calendar_local(int64_t wall_ms, struct calendar_time *local);

/*
 * The first moment at which the wall clock shows this date and time (only the fields down to the
 * millisecond count; a day 32 is the first of the next month). A time that the clock skips is the
 * first moment after the gap.
 */
int64_t calendar_moment_ms(const struct calendar_time *local);

enum calendar_floor {
    CALENDAR_HOUR, /* hour and quarter keep the offset in force, so they never jump back in a repeated hour */
    CALENDAR_QUARTER, /* of an hour */
    CALENDAR_DAY,
    CALENDAR_WEEK, /* Monday */
    CALENDAR_MONTH
};

/* The last such beginning at or before the moment. */
int64_t calendar_floor_ms(int64_t wall_ms, enum calendar_floor floor);
int64_t calendar_midnight_ms(int64_t wall_ms);

/*
 * The same time of day so many days later (or earlier, negative): 23, 24 or 25 hours a day. From the
 * first moment of a day to the first moment of another.
 */
int64_t calendar_add_days_ms(int64_t wall_ms, int days);

/*
 * Reads 2026-11-21, 2026-11-21T14:07, …:30 or …:30.250, with nothing behind it (local time), Z, or an
 * offset like +01:00. False: it is written otherwise, or no such day exists.
 */
bool calendar_parse_iso(const char *text, int64_t *wall_ms);

/* Reads 2026-11-21 and nothing else. False: it is written otherwise, or no such day exists. */
bool calendar_parse_date(const char *text, struct calendar_date *date);

/* Negative, 0, positive: `a` is before, the same as, after `b`. */
int calendar_compare_dates(const struct calendar_date *a, const struct calendar_date *b);

#endif
