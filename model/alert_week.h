#ifndef MODEL_ALERT_WEEK_H
#define MODEL_ALERT_WEEK_H

/*
 * The alerts of the present week (from Monday 0 h of the wall's clock), for their budget: those that a board
 * has seen itself, and those that its history remembers from before the start.
 */

#include <stddef.h>
#include <stdint.h>

#include "model/alert_budget.h"

struct alert_week;

struct alert_week *alert_week_create(void);
void alert_week_destroy(struct alert_week *week);

/* They are counted from this moment on, or from an earlier one that was told before. */
void alert_week_begin(struct alert_week *week, int64_t wall_ms);

/* One that has begun, or has changed: known by its figure and its beginning. */
void alert_week_note(struct alert_week *week, const struct budget_alert *alert);

/*
 * What is remembered, at any time and as often as one likes; what is known already stays as it is. The week
 * is known since then (0: nothing is remembered of it).
 */
void alert_week_restore(struct alert_week *week, const struct budget_alert *alerts, size_t count,
                        int64_t since_wall_ms);

/* The clock was wrong by so much: what was noted by it is dated anew. */
void alert_week_move(struct alert_week *week, int64_t by_ms);

/* Of the week that `wall_ms` is in, since it is known. Counted anew every minute, or when there is news. */
const struct budget_report *alert_week_report(struct alert_week *week, int64_t wall_ms);

#endif
