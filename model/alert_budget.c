#include "model/alert_budget.h"

#include <math.h>
#include <stdlib.h>

#include "base/memory.h"

static const int64_t WEEK_MS = 604800000;
static const int64_t UNANSWERED_MS = 4 * 604800000LL;
static const int64_t LASTING_MS = 86400000;
static const double TEN_MINUTES_MS = 600000;
static const int64_t NEVER = INT64_MIN;

struct tile_record {
    int alerts;                  /* this week */
    int64_t alert_since_ms;      /* or NEVER: none now */
    bool lasting, red;           /* it has been counted as such */
    int64_t unanswered_since_ms; /* its first alert since somebody acted, or NEVER */
};

struct alert_budget {
    int64_t from_ms, now_ms, flood_ms;
    int alerts, reds, chattering, lasting;
    bool has_last_week;
    struct budget_report last_week;
    size_t tile_count;
    struct tile_record *tiles;
};

struct alert_budget *alert_budget_create(size_t tile_count, int64_t now_ms)
{
    struct alert_budget *budget = memory_create(1, sizeof *budget);
    budget->from_ms = budget->now_ms = now_ms;
    budget->tile_count = tile_count;
    budget->tiles = memory_create(tile_count, sizeof *budget->tiles);
    for (size_t i = 0; i < tile_count; i++)
        budget->tiles[i].alert_since_ms = budget->tiles[i].unanswered_since_ms = NEVER;
    return budget;
}

void alert_budget_destroy(struct alert_budget *budget)
{
    if (!budget)
        return;
    free(budget->tiles);
    free(budget);
}

/* ---- what happens ---- */

void alert_budget_begun(struct alert_budget *budget, size_t tile, int64_t now_ms)
{
    struct tile_record *record = &budget->tiles[tile];
    budget->alerts++;
    record->alerts++;
    record->alert_since_ms = now_ms;
    record->lasting = record->red = false;
    if (record->unanswered_since_ms == NEVER)
        record->unanswered_since_ms = now_ms;
}

void alert_budget_ended(struct alert_budget *budget, size_t tile)
{
    budget->tiles[tile].alert_since_ms = NEVER;
}

/* A share of this week's alerts: each counts once, and one that began before counts with its own week. */
void alert_budget_turned_red(struct alert_budget *budget, size_t tile)
{
    struct tile_record *record = &budget->tiles[tile];
    if (record->red || record->alert_since_ms == NEVER || record->alert_since_ms < budget->from_ms)
        return;
    record->red = true;
    budget->reds++;
}

void alert_budget_chattered(struct alert_budget *budget)
{
    budget->chattering++;
}

void alert_budget_acted(struct alert_budget *budget, size_t tile)
{
    budget->tiles[tile].unanswered_since_ms = NEVER;
}

static void note_lasting(struct alert_budget *budget, struct tile_record *record, int64_t now_ms)
{
    if (record->lasting || record->alert_since_ms == NEVER || now_ms - record->alert_since_ms <= LASTING_MS)
        return;
    record->lasting = true;
    budget->lasting++;
}

static void begin_week(struct alert_budget *budget)
{
    budget->last_week = alert_budget_this_week(budget);
    budget->has_last_week = true;
    budget->from_ms = budget->now_ms;
    budget->flood_ms = 0;
    budget->alerts = budget->reds = budget->chattering = budget->lasting = 0;
    for (size_t i = 0; i < budget->tile_count; i++)
        budget->tiles[i].alerts = 0;
}

void alert_budget_tick(struct alert_budget *budget, bool flood, int64_t now_ms)
{
    if (flood)
        budget->flood_ms += now_ms - budget->now_ms;
    budget->now_ms = now_ms;
    for (size_t i = 0; i < budget->tile_count; i++)
        note_lasting(budget, &budget->tiles[i], now_ms);
    if (now_ms - budget->from_ms >= WEEK_MS)
        begin_week(budget);
}

/* ---- the report ---- */

/* Keeps the list sorted; `count` enters it where it is among the most frequent. */
static void enter(struct budget_report *report, struct alert_count count)
{
    size_t at = report->top_count;
    while (at > 0 && report->top[at - 1].alerts < count.alerts)
        at--;
    if (at >= BUDGET_TOP_MAX)
        return;
    if (report->top_count < BUDGET_TOP_MAX)
        report->top_count++;
    for (size_t i = report->top_count - 1; i > at; i--)
        report->top[i] = report->top[i - 1];
    report->top[at] = count;
}

static double percent(double part, double whole)
{
    return whole > 0 ? 100 * part / whole : NAN;
}

struct budget_report alert_budget_this_week(const struct alert_budget *budget)
{
    double passed_ms = (double)(budget->now_ms - budget->from_ms);
    struct budget_report report = {
        .from_ms = budget->from_ms,
        .to_ms = budget->now_ms,
        .alerts = budget->alerts,
        .per_ten_minutes = passed_ms > 0 ? budget->alerts * TEN_MINUTES_MS / passed_ms : NAN,
        .flood_percent = percent((double)budget->flood_ms, passed_ms),
        .critical_percent = percent(budget->reds, budget->alerts),
        .chattering = budget->chattering,
        .lasting = budget->lasting,
    };
    for (size_t i = 0; i < budget->tile_count; i++)
        if (budget->tiles[i].alerts)
            enter(&report, (struct alert_count){i, budget->tiles[i].alerts});
    return report;
}

bool alert_budget_last_week(const struct alert_budget *budget, struct budget_report *report)
{
    if (budget->has_last_week)
        *report = budget->last_week;
    return budget->has_last_week;
}

bool alert_budget_unanswered(const struct alert_budget *budget, size_t tile, int64_t now_ms)
{
    int64_t since_ms = budget->tiles[tile].unanswered_since_ms;
    return since_ms != NEVER && now_ms - since_ms >= UNANSWERED_MS;
}
