#ifndef MODEL_ALERT_BUDGET_H
#define MODEL_ALERT_BUDGET_H

/*
 * Whether a floor's alerts are worth their attention: one in ten minutes is what people can answer,
 * two is the limit (ISA-18.2, EEMUA 191). Counted from what is remembered of each alert, so that the wall,
 * the wall after a start and the week's report come to the same.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/grade.h"

enum { BUDGET_TOP_MAX = 10 };

struct budget_alert {
    size_t figure;              /* any number that tells figures apart */
    int64_t begun_ms, ended_ms; /* of the wall; 0: not yet */
    bool red;                   /* at its worst */
    bool told;                  /* somebody was called; else it only stood there, and costs no attention */
    bool answered;              /* somebody has seen it, or said what was done */
};

struct budget_report {
    int64_t from_ms, to_ms; /* equal: nothing is known */
    int alerts;             /* that were told */
    int untold;
    double per_ten_minutes;  /* target at most 1, limit 2; NaN where no time has passed */
    double flood_percent;    /* of the time; target under 1 */
    double critical_percent; /* of the alerts: those that got red; target at most 20; NaN without alerts */
    int chattering;          /* times a figure called three times within a minute; target 0 */
    int lasting;             /* alerts that got older than 24 hours; target 0 */
};

/*
 * Of those that began in [from, to); `alerts` in the order of their beginning. Those from before may be
 * among them, as they may last for more than a day.
 */
struct budget_report alert_budget_report(const struct budget_alert *alerts, size_t count, int64_t from_ms,
                                         int64_t to_ms);

struct budget_frequent {
    size_t count;
    struct alert_count {
        size_t figure;
        int alerts;
    } top[BUDGET_TOP_MAX]; /* of equals the one that came first */
};

/* Which figures called most, of the same alerts; the wall, which reckons each minute, does not show them. */
struct budget_frequent alert_budget_frequent(const struct budget_alert *alerts, size_t count, int64_t from_ms,
                                             int64_t to_ms);

/* Whether nobody has answered this figure's alerts for four weeks: its alert might go. */
bool alert_budget_unanswered(const struct budget_alert *alerts, size_t count, size_t figure, int64_t now_ms);

/* What is aimed for, the most important first. */
enum budget_target {
    BUDGET_PER_TEN,
    BUDGET_FLOOD,
    BUDGET_CRITICAL,
    BUDGET_CHATTERING,
    BUDGET_LASTING,
    BUDGET_TARGETS
};

/* Red beyond a limit, amber beyond a target. A rate of less than an hour, or of fewer than five alerts, is
 * not judged. */
enum severity alert_budget_judge(const struct budget_report *report, enum budget_target target);

#endif
