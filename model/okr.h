#ifndef MODEL_OKR_H
#define MODEL_OKR_H

/*
 * Objectives and key results of a team - there is no field for a person.
 *
 *     progress = clamp((current - start) / (goal - start), 0, 1)     also for falling goals
 *     pace     = progress / elapsed share of the period
 *
 * During the period the pace colours (ok from 0.85, warn from 0.60); at its end progress does, by
 * what was promised: ambitious goals are well met at 0.7, committed ones at 0.95.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/snapshot.h"

enum okr_promise { OKR_AMBITIOUS, OKR_COMMITTED };

struct okr_key_result {
    double start, goal, current; /* current NaN: not known yet */
    double weight;               /* in the objective; 0 or less counts as 1 */
    enum okr_promise promise;
    int64_t updated_wall_ms; /* 0: never */
};

struct okr_score {
    double progress; /* 0..1; NaN: start and goal are the same, or the current value is not known */
    double pace;     /* 1: on time; NaN before the first moment of the period */
    enum display during, at_end;
    bool too_easy; /* reached before 60 % of the period: a question for the team, not a colour */
    bool stale;    /* not measured for more than 7 days: its colour is not to be believed */
};

/* The share 0..1 of the period that is over. */
double okr_elapsed(int64_t from_wall_ms, int64_t to_wall_ms, int64_t now_wall_ms);

struct okr_score okr_score(const struct okr_key_result *result, double elapsed, int64_t now_wall_ms);

/* What progress is judged by at this point of the period: the pace's scale times what is over, then the
 * end's. */
struct limits okr_limits(double elapsed, enum okr_promise promise);

/* Weighted mean of the key results that have a progress; NaN: none has. */
double okr_objective_progress(const struct okr_key_result *results, size_t count);

/* The objective as a whole, by the same scales; committed only if all its key results are. */
struct okr_score okr_objective_score(const struct okr_key_result *results, size_t count, double elapsed,
                                     int64_t now_wall_ms);

#endif
