#include "model/alert_week.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/calendar.h"
#include "base/memory.h"
#include "base/now.h"

static const int64_t MINUTE_MS = 60000;

struct alert_week {
    size_t count, capacity;
    struct budget_alert *alerts; /* in the order of their beginning */
    int64_t since_ms;            /* that they are known; 0: not begun */
    bool news;
    int64_t week_ms, counted_minute; /* of the report */
    struct budget_report report;
};

struct alert_week *alert_week_create(void)
{
    return memory_create(1, sizeof(struct alert_week));
}

void alert_week_destroy(struct alert_week *week)
{
    if (!week)
        return;
    free(week->alerts);
    free(week);
}

/* A history keeps quarters of an hour: whoever has seen only them is to come to the same. */
static void know_since(struct alert_week *week, int64_t wall_ms)
{
    int64_t since_ms = calendar_floor_ms(wall_ms, CALENDAR_QUARTER);
    if (!week->since_ms || since_ms < week->since_ms)
        week->since_ms = since_ms;
    week->news = true;
}

void alert_week_begin(struct alert_week *week, int64_t wall_ms)
{
    if (!week->since_ms)
        know_since(week, wall_ms);
}

/* The newest first: what changes is mostly among them. */
static struct budget_alert *find(struct alert_week *week, const struct budget_alert *alert)
{
    for (size_t i = week->count; i-- > 0;)
        if (week->alerts[i].figure == alert->figure && week->alerts[i].begun_ms == alert->begun_ms)
            return &week->alerts[i];
    return NULL;
}

static void add(struct alert_week *week, const struct budget_alert *alert)
{
    week->alerts = memory_grow(week->alerts, &week->capacity, week->count, sizeof *week->alerts);
    size_t at = week->count++;
    for (; at > 0 && week->alerts[at - 1].begun_ms > alert->begun_ms; at--)
        week->alerts[at] = week->alerts[at - 1];
    week->alerts[at] = *alert;
    week->news = true;
}

void alert_week_note(struct alert_week *week, const struct budget_alert *alert)
{
    struct budget_alert *known = find(week, alert);
    if (!known) {
        add(week, alert);
        return;
    }
    *known = *alert;
    week->news = true;
}

void alert_week_restore(struct alert_week *week, const struct budget_alert *alerts, size_t count,
                        int64_t since_wall_ms)
{
    for (size_t i = 0; i < count; i++)
        if (!find(week, &alerts[i]))
            add(week, &alerts[i]);
    if (since_wall_ms)
        know_since(week, since_wall_ms);
}

void alert_week_move(struct alert_week *week, int64_t by_ms)
{
    for (size_t i = 0; i < week->count; i++) {
        struct budget_alert *alert = &week->alerts[i];
        alert->begun_ms += by_ms;
        alert->ended_ms += alert->ended_ms ? by_ms : 0;
    }
    week->since_ms += week->since_ms ? by_ms : 0;
    week->news = true;
}

/* What ended before this week is of no use to it. */
static void forget_before(struct alert_week *week, int64_t monday_ms)
{
    size_t kept = 0;
    for (size_t i = 0; i < week->count; i++)
        if (!week->alerts[i].ended_ms || week->alerts[i].ended_ms >= monday_ms)
            week->alerts[kept++] = week->alerts[i];
    week->count = kept;
}

static int64_t from_ms(const struct alert_week *week, int64_t wall_ms)
{
    int64_t from = later_ms(week->since_ms, week->week_ms);
    return week->since_ms && from < wall_ms ? from : wall_ms;
}

const struct budget_report *alert_week_report(struct alert_week *week, int64_t wall_ms)
{
    int64_t monday_ms = calendar_floor_ms(wall_ms, CALENDAR_WEEK), minute = wall_ms / MINUTE_MS;
    if (!week->news && minute == week->counted_minute)
        return &week->report;
    if (monday_ms > week->week_ms)
        forget_before(week, monday_ms);
    week->week_ms = monday_ms;
    week->counted_minute = minute;
    week->news = false;
    week->report = alert_budget_report(week->alerts, week->count, from_ms(week, wall_ms), wall_ms);
    return &week->report;
}
