#ifndef MODEL_TO_DATE_H
#define MODEL_TO_DATE_H

/*
 * What a figure has been since the week, the month and the quarter began, beside as much of the ones before.
 *
 * All of it from kept sums: 80 % of 10 calls and 50 % of 1000 is 50.3 %, not 65 %. A period that the wall has
 * not seen whole says so, and is compared with nothing: what is there of it would pass for the whole.
 */

#include "model/daily.h"

enum { TO_DATE_PERIODS = 3 };

/* The shortest first: week, month, quarter. */
extern const enum period to_date_periods[TO_DATE_PERIODS];

/* A day up to a moment. Value: sum / weight, or of a count the sum. */
struct to_date_day {
    double sum, weight;
    bool kept; /* the wall was on that day, whatever it showed */
};

/* The days that had not ended, as far as the history has them. Zeroed: nothing is known. */
struct to_date_so_far {
    int64_t until_wall_ms; /* a quarter of an hour; all that is told ends with it */
    struct to_date_day begun;
    struct to_date_day before[TO_DATE_PERIODS]; /* the last day of each stretch before, until its end */
};

struct to_date {
    enum period period;
    double value;
    double before; /* NaN: not known whole, or the period begun is not */
    int64_t
        since_wall_ms;   /* the first day known, where days of work before it are not; 0: none are missing */
    int incomplete_days; /* since then: not recorded, or not to their end */
    int64_t until_wall_ms;
};

/* Fills in the periods of which something is known at `now`, and gives their number. */
size_t to_date_make(const struct daily_past *past, const struct to_date_so_far *so_far, int64_t now_wall_ms,
                    struct to_date rows[TO_DATE_PERIODS]);

#endif
