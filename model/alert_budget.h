#ifndef MODEL_ALERT_BUDGET_H
#define MODEL_ALERT_BUDGET_H

/*
 * Whether a floor's alerts are worth their attention: one in ten minutes is what people can answer,
 * two is the limit (ISA-18.2, EEMUA 191). Counts for a week, then begins anew and keeps the week before.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/grade.h"

enum { BUDGET_TOP_MAX = 10 };

struct alert_count {
    size_t tile; /* index in the board, page by page */
    int alerts;
};

struct budget_report {
    int64_t from_ms, to_ms;
    int alerts;
    double per_ten_minutes;  /* target at most 1, limit 2 */
    double flood_percent;    /* of the time; target under 1 */
    double critical_percent; /* of the alerts: those that got red; target at most 20; NaN without alerts */
    int chattering;          /* times a tile was; target 0 */
    int lasting;             /* alerts of more than 24 hours; target 0 */
    size_t top_count;
    struct alert_count top[BUDGET_TOP_MAX]; /* the most frequent, of equals the first in the board */
};

struct alert_budget;

struct alert_budget *alert_budget_create(size_t tile_count, int64_t now_ms);
void alert_budget_destroy(struct alert_budget *budget);

/* An alert begins, ends, gets red (nothing where there is none), chatters; people did something about it. */
void alert_budget_begun(struct alert_budget *budget, size_t tile, int64_t now_ms);
void alert_budget_ended(struct alert_budget *budget, size_t tile);
void alert_budget_turned_red(struct alert_budget *budget, size_t tile);
void alert_budget_chattered(struct alert_budget *budget);
void alert_budget_acted(struct alert_budget *budget, size_t tile);

/* Lets time pass, in a flood or not. */
void alert_budget_tick(struct alert_budget *budget, bool flood, int64_t now_ms);

/* Of the week so far, and of the whole week before; false: there is none yet. */
struct budget_report alert_budget_this_week(const struct alert_budget *budget);
bool alert_budget_last_week(const struct alert_budget *budget, struct budget_report *report);

/* A tile whose alerts nobody has answered for four weeks: its alert might go. */
bool alert_budget_unanswered(const struct alert_budget *budget, size_t tile, int64_t now_ms);

#endif
