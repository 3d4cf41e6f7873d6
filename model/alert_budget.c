#include "model/alert_budget.h"

#include <math.h>

#include "base/now.h"
#include "model/alert_machine.h"
#include "model/board_alerts.h"

static const int64_t LASTING_MS = 86400000, JUDGED_AFTER_MS = 3600000, UNANSWERED_MS = 4 * 604800000LL;
static const double TEN_MINUTES_MS = 600000;

/* One red alert of four is 25 %: no share to draw conclusions from. */
enum { SHARE_JUDGED_FROM = 5 };

struct counting {
    const struct budget_alert *alerts;
    size_t count;
    int64_t from_ms, to_ms;
};

static bool is_within(const struct counting *counting, int64_t at_ms)
{
    return at_ms >= counting->from_ms && at_ms < counting->to_ms;
}

static bool counts(const struct counting *counting, size_t index)
{
    return counting->alerts[index].told && is_within(counting, counting->alerts[index].begun_ms);
}

/* ---- the most frequent ---- */

/* Keeps the list sorted; `count` enters it where it is among the most frequent. */
static void enter(struct budget_frequent *frequent, struct alert_count count)
{
    size_t at = frequent->count;
    while (at > 0 && frequent->top[at - 1].alerts < count.alerts)
        at--;
    if (at >= BUDGET_TOP_MAX)
        return;
    if (frequent->count < BUDGET_TOP_MAX)
        frequent->count++;
    for (size_t i = frequent->count - 1; i > at; i--)
        frequent->top[i] = frequent->top[i - 1];
    frequent->top[at] = count;
}

/* All of one figure's, counted at its first one; 0 at the others. */
static int alerts_of_figure(const struct counting *counting, size_t first)
{
    size_t figure = counting->alerts[first].figure;
    int count = 0;
    for (size_t i = 0; i < first; i++)
        if (counts(counting, i) && counting->alerts[i].figure == figure)
            return 0;
    for (size_t i = first; i < counting->count; i++)
        count += counts(counting, i) && counting->alerts[i].figure == figure;
    return count;
}

struct budget_frequent alert_budget_frequent(const struct budget_alert *alerts, size_t count, int64_t from_ms,
                                             int64_t to_ms)
{
    const struct counting counting = {alerts, count, from_ms, to_ms};
    struct budget_frequent frequent = {0};
    for (size_t i = 0; i < count; i++) {
        int of_figure = counts(&counting, i) ? alerts_of_figure(&counting, i) : 0;
        if (of_figure)
            enter(&frequent, (struct alert_count){alerts[i].figure, of_figure});
    }
    return frequent;
}

/* ---- what happened ---- */

static void count_alerts(const struct counting *counting, struct budget_report *report)
{
    int reds = 0;
    for (size_t i = 0; i < counting->count; i++) {
        const struct budget_alert *alert = &counting->alerts[i];
        report->alerts += counts(counting, i);
        reds += counts(counting, i) && alert->red;
        report->untold += !alert->told && is_within(counting, alert->begun_ms);
    }
    report->critical_percent = report->alerts ? 100.0 * reds / report->alerts : NAN;
}

/* One that began before counts in the week in which it gets too old. */
static int lasting_alerts(const struct counting *counting)
{
    int lasting = 0;
    for (size_t i = 0; i < counting->count; i++) {
        const struct budget_alert *alert = &counting->alerts[i];
        int64_t old_ms = alert->begun_ms + LASTING_MS;
        bool got_old = !alert->ended_ms || alert->ended_ms > old_ms;
        lasting += alert->told && got_old && is_within(counting, old_ms);
    }
    return lasting;
}

/* The third time within a minute, as the machine of a tile sees it; then that one is locked. */
static bool chatters(const struct counting *counting, size_t index)
{
    const struct budget_alert *alert = &counting->alerts[index];
    int before = 0;
    for (size_t i = index;
         i-- > 0 && alert->begun_ms - counting->alerts[i].begun_ms <= ALERT_CHATTER_WITHIN_MS;)
        before += counts(counting, i) && counting->alerts[i].figure == alert->figure;
    return before == ALERT_CHATTER_COUNT - 1;
}

static int chattering_alerts(const struct counting *counting)
{
    int chattering = 0;
    for (size_t i = 0; i < counting->count; i++)
        chattering += counts(counting, i) && chatters(counting, i);
    return chattering;
}

/* ---- time in flood ---- */

/* A flood ends when all but four of its alerts are ten minutes old: between two alerts nothing else happens.
 */
static int64_t flood_end_ms(const struct flood *flood)
{
    return flood->newest_ms[FLOOD_LEAVE_BELOW - 1] + FLOOD_WINDOW_MS;
}

static double flood_ms(const struct counting *counting)
{
    struct flood flood;
    int64_t since_ms = 0, total_ms = 0;
    board_alerts_flood_init(&flood);
    for (size_t i = 0; i < counting->count; i++) {
        int64_t at_ms = counting->alerts[i].begun_ms;
        if (!counts(counting, i))
            continue;
        if (flood.on && flood_end_ms(&flood) <= at_ms)
            total_ms += flood_end_ms(&flood) - since_ms;
        bool was_on = board_alerts_flood(&flood, at_ms);
        board_alerts_flood_note(&flood, at_ms);
        if (board_alerts_flood(&flood, at_ms) && !was_on)
            since_ms = at_ms;
    }
    if (flood.on)
        total_ms += earlier_ms(flood_end_ms(&flood), counting->to_ms) - since_ms;
    return (double)total_ms;
}

/* ---- the whole ---- */

struct budget_report alert_budget_report(const struct budget_alert *alerts, size_t count, int64_t from_ms,
                                         int64_t to_ms)
{
    double passed_ms = (double)(to_ms - from_ms);
    struct budget_report report = {.from_ms = from_ms, .to_ms = to_ms};
    const struct counting counting = {alerts, count, from_ms, to_ms};
    count_alerts(&counting, &report);
    report.lasting = lasting_alerts(&counting);
    report.chattering = chattering_alerts(&counting);
    report.per_ten_minutes = passed_ms > 0 ? report.alerts * TEN_MINUTES_MS / passed_ms : NAN;
    report.flood_percent = passed_ms > 0 ? 100 * flood_ms(&counting) / passed_ms : NAN;
    return report;
}

bool alert_budget_unanswered(const struct budget_alert *alerts, size_t count, size_t figure, int64_t now_ms)
{
    const struct budget_alert *first = NULL; /* since the last answer */
    for (size_t i = 0; i < count; i++) {
        if (alerts[i].figure != figure || !alerts[i].told)
            continue;
        if (alerts[i].answered)
            first = NULL;
        else if (!first)
            first = &alerts[i];
    }
    return first && now_ms - first->begun_ms >= UNANSWERED_MS;
}

/* NaN is beyond nothing. */
static enum severity beyond(double value, double target, double limit)
{
    return value > limit ? SEVERITY_CRITICAL : value > target ? SEVERITY_WARN : SEVERITY_OK;
}

enum severity alert_budget_judge(const struct budget_report *report, enum budget_target target)
{
    bool long_enough = report->to_ms - report->from_ms >= JUDGED_AFTER_MS;
    switch (target) {
    case BUDGET_PER_TEN:
        return long_enough ? beyond(report->per_ten_minutes, 1, 2) : SEVERITY_OK;
    case BUDGET_FLOOD:
        return long_enough && report->flood_percent >= 1 ? SEVERITY_WARN : SEVERITY_OK;
    case BUDGET_CRITICAL:
        return report->alerts >= SHARE_JUDGED_FROM ? beyond(report->critical_percent, 20, INFINITY)
                                                   : SEVERITY_OK;
    case BUDGET_CHATTERING:
        return beyond(report->chattering, 0, INFINITY);
    case BUDGET_LASTING:
        return beyond(report->lasting, 0, INFINITY);
    case BUDGET_TARGETS:
        break;
    }
    return SEVERITY_OK;
}
