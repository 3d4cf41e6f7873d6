#ifndef MODEL_SCHEDULE_H
#define MODEL_SCHEDULE_H

/*
 * When a queue is open: weekly hours in the site's local time, public holidays, exceptions. No schedule:
 * always open.
 *
 * An interval belongs to the day on which it begins: a Friday night until 02:00 stays open into a
 * Saturday that is a holiday. Hours are what the clock on the wall shows, so that 08:30 is 08:30 on
 * days of 23 and 25 hours, and a night of 8 hours has 7 or 9 twice a year.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "model/holidays.h"
#include "model/sample.h"

/* Minutes from midnight; `to` beyond 1440 is the next day's. */
struct opening_interval {
    int from_minute, to_minute;
};

enum { OPENING_INTERVALS_MAX = 6 };

/* None: closed. In the order of the day, not overlapping. */
struct opening_day {
    size_t count;
    struct opening_interval intervals[OPENING_INTERVALS_MAX];
};

/* One date that differs from its weekday, and from a holiday. */
struct opening_exception {
    int year, month, day;
    struct opening_day hours;
};

struct opening_hours {
    struct dims where;          /* whom they are for */
    struct opening_day week[7]; /* 0 Monday */
    enum holidays holidays;     /* closed on these */
    size_t exception_count;
    const struct opening_exception *exceptions; /* the last for a date wins */
};

/* ---- reading a board's words ---- */

/* "mon", "mon-fri", "sat-mon", "all": bit 0 is Monday. */
bool schedule_parse_days(const char *text, unsigned *weekdays, struct error *error);

/* "08:30", "24:00". */
bool schedule_parse_minute(const char *text, int *minute);

/* "08:30-18:30"; "22:00-06:00" goes past midnight; 24:00 is the end of the day. */
bool schedule_parse_interval(const char *text, struct opening_interval *interval, struct error *error);

/* Puts an interval in its place. False: it overlaps another, or there are too many. */
bool schedule_add_interval(struct opening_day *day, struct opening_interval interval, struct error *error);

/* ---- asking ---- */

enum opening_phase {
    OPENING_CLOSED,
    OPENING_GRACE, /* the first 15 min: no sound, few contacts */
    OPENING_OPEN,
    OPENING_TAIL /* 15 min after closing: who is in the queue is still served */
};

enum { OPENING_GRACE_MS = 15 * 60 * 1000, OPENING_TAIL_MS = 15 * 60 * 1000 };

struct opening {
    enum opening_phase phase;
    int64_t opened_wall_ms; /* of the present opening or of the one just closed; 0: always open, or closed */
    int64_t closes_wall_ms; /* end of the present opening; 0: none within ten days, or not open */
    int64_t opens_wall_ms;  /* next opening, skipping closed days; 0: open now, or none within 400 days */
};

/* The hours for a queue: of those whose `where` holds it, the most specific; of equals the last. NULL: none.
 */
const struct opening_hours *schedule_for(const struct opening_hours *all, size_t count,
                                         const struct dims *dims);

/* `hours` NULL: always open. */
struct opening schedule_at(const struct opening_hours *hours, int64_t wall_ms);

/* Whether anything opens on the local day of that moment, and when first; false with `hours` NULL too. */
bool schedule_first_opening(const struct opening_hours *hours, int64_t wall_ms, int64_t *opening_wall_ms);

/* Whether it is a day of work: something opens, or there are no hours at all. */
bool schedule_works_on(const struct opening_hours *hours, int64_t wall_ms);

#endif
