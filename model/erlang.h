#ifndef MODEL_ERLANG_H
#define MODEL_ERLANG_H

/*
 * How long callers wait, from how many call, how long a call takes and how many answer.
 *
 * Erlang C (nobody hangs up): the delay formula of A. K. Erlang, 1917, by way of the stable
 * recursion for Erlang B. Erlang A (callers lose patience): the M/M/N+M queue of C. Palm, 1946, as
 * in Garnett, Mandelbaum and Reiman, "Designing a call center with impatient customers", 2002.
 *
 * With lambda = calls / interval, mu = 1 / aht, theta = 1 / patience, A = lambda / mu and N agents:
 *
 *     C   = N B / (N - A (1 - B))                  wait at all (Erlang C), B from Erlang B
 *     SL  = 1 - C exp(-(N - A) T / aht)
 *     t_k = t_(k-1) lambda / (N mu + k theta)      k waiting (Erlang A), t_0 = 1
 *     g(v) ~ exp(-N mu v + lambda / theta (1 - exp(-theta v)))   wait of one who would never hang up
 *
 * Both assume one queue, one skill and an interval that is long against h / (sqrt N - sqrt A)^2.
 * A result is a forecast, not a measurement: tiles draw it dashed. Probabilities are 0..1.
 */

#include <stdbool.h>

struct erlang_load {
    double calls; /* in the interval */
    double interval_s;
    double aht_s;      /* mean handling time, after-call work included */
    double patience_s; /* mean patience of a caller; NaN: nobody hangs up (Erlang C) */
};

/* NaN: there is no such figure. Infinite: the queue grows without end. */
struct erlang_queue {
    double offered_erlang;
    bool steady_state; /* false: the wall says "overloaded" and how many agents are missing, no times */
    double p_wait;
    double service_level; /* answered within T, of all offered (V2 of service_level.h) */
    double asa_s;         /* mean wait of those who are answered */
    double occupancy;
    double mean_queue;
    double p_abandon;            /* Erlang A alone, like the two below */
    double sl_excl_abandon_in_t; /* V3 */
    double sl_any_outcome_in_t;  /* V4 */
};

/* More would be a mistake in the input, and its sums would take too long. */
enum { ERLANG_AGENTS_MAX = 100000 };

/* Calls within one patience. With more the sums take too long: all figures but the load are then NaN. */
#define ERLANG_PATIENT_CALLS_MAX 1e12

/* Offered load in erlangs: how many agents would be busy if nobody ever waited. */
double erlang_offered(const struct erlang_load *load);

/* The queue with so many agents, judged against an answer within `target_s`. */
struct erlang_queue erlang_queue(const struct erlang_load *load, int agents, double target_s);

/* The share 0..1 answered within `target_s`; NaN with neither calls nor agents. For the forecast tile. */
double erlang_service_level(const struct erlang_load *load, int agents, double target_s);

/*
 * The fewest agents with a service level of at least `goal` (0 to below 1) and an occupancy of at
 * most `occupancy_max` (1: whatever it is). 0 without calls; -1: ERLANG_AGENTS_MAX are not enough.
 */
int erlang_agents_required(const struct erlang_load *load, double target_s, double goal,
                           double occupancy_max);

/* Agents missing for a queue that does not grow without end (Erlang C); 0: none. */
int erlang_agents_missing(const struct erlang_load *load, int agents);

#endif
