#ifndef MODEL_DAILY_H
#define MODEL_DAILY_H

/*
 * Past days of a figure that counts up from midnight, as bars: a day each, or a week each.
 *
 * A week is the sum of its days, or of a rate the sum of its numerators through that of its denominators;
 * never a mean of days. A day on which nothing was counted is a gap. A week of which a day is missing has no
 * sum: less than the whole would pass for the whole. Nor has one with a day whose end nobody saw, as the
 * wall was off: such a day is cut. Where there are no hours, a day is when most of the others were recorded,
 * and a weekday on which nothing was in two weeks or more is none of work.
 * Today is the live value.
 */

#include "base/arena.h"
#include "model/schedule.h"
#include "model/snapshot.h"

/* Kept as far back as the quarter before begins on the last day of one. */
enum { DAILY_DAYS = 28, DAILY_WEEKS = 12, DAILY_KEPT = 184 };

/* One that is over. The figure is sum / weight; weight 0: nothing was counted (closed). */
struct daily_day {
    int64_t midnight_wall_ms;
    double sum, weight;
    int64_t known_until_wall_ms; /* when its figure was last known; 0: not told */
};

struct daily_past {
    size_t count;
    const struct daily_day *days; /* in the order of time; a day that is not there was not recorded */
    bool additive;                /* a count: days are added up, and `weight` only says that there is one */
    const struct opening_hours *hours; /* a day without work misses nothing; NULL: every day is one of work */
};

/*
 * BAR_DAY: the last four weeks, BAR_WEEK: the last twelve, up to today, from the first that is known.
 * `today` as a day: weight 0 where its value is not known. `plan` of a day; NaN: there is none.
 */
struct snapshot_bars daily_bars(struct arena *arena, const struct daily_past *past, enum bar_step step,
                                const struct daily_day *today, double plan);

/* Days that are over as one figure. */
struct daily_stretch {
    double sum, weight;
    bool begun;            /* one of them was recorded */
    int64_t since_wall_ms; /* that one, where days of work before it were not; 0: there were none */
    int incomplete_days;   /* of work, since then: not recorded, or not to their end */
};

/* Of those that began in [from, to), both midnights. */
struct daily_stretch daily_add_up(const struct daily_past *past, int64_t from_wall_ms, int64_t to_wall_ms);

#endif
