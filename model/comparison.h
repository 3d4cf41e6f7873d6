#ifndef MODEL_COMPARISON_H
#define MODEL_COMPARISON_H

/*
 * With what a figure is fairly compared: the comparable day at the same
 * elapsed time, and a period begun with as much of the one before.
 *
 * The comparable day is the last one of the same weekday on which there was work: a Monday after a
 * holiday Monday looks one week further, five at most. A closed day is not a bad day.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/sample.h"
#include "model/schedule.h"

enum { COMPARISON_WEEKS_MAX = 5 };

/* Midnight of the comparable day. False: there is none in five weeks. `hours` NULL: every day is one. */
bool comparison_day(const struct opening_hours *hours, int64_t now_wall_ms, int64_t *midnight_wall_ms);

/*
 * The moment of the comparable day that is as long after its first opening as now is after today's.
 * Without hours, or before today's opening: the same time on the clock, also across days of 23 and
 * 25 hours.
 */
bool comparison_moment(const struct opening_hours *hours, int64_t now_wall_ms, int64_t *then_wall_ms);

struct comparison_point {
    int64_t wall_ms;
    double value; /* NaN: a gap */
};

/*
 * The last value at or before the moment, of points in the order of time. NaN where that is a gap,
 * or lies more than `gap_max_ms` back: what was not recorded is not guessed.
 */
double comparison_value_at(const struct comparison_point *points, size_t count, int64_t wall_ms,
                           int64_t gap_max_ms);

/* Two stretches of time, as long as each other by the calendar. */
struct comparison_periods {
    int64_t from_wall_ms, to_wall_ms;               /* the period begun, up to now */
    int64_t before_from_wall_ms, before_to_wall_ms; /* as much of the one before */
};

/*
 * Week, month or quarter to date, against the one before. On 31 March, February ends with its last
 * day. False: another period.
 */
bool comparison_to_date(enum period period, int64_t now_wall_ms, struct comparison_periods *periods);

/* 100 (now - before) / |before|; NaN with either unknown, or nothing before. */
double comparison_change_percent(double now, double before);

#endif
