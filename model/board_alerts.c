#include "model/board_alerts.h"

#include "base/text.h"

static const int64_t SOURCE_DOWN_AFTER_MS = 30000;
static const int64_t GROUP_WAIT_MS = 30000;
static const int64_t GROUP_INTERVAL_MS = 300000;
static const int64_t REPEAT_MS = 1800000;
static const double IDLE_OCCUPANCY_PERCENT = 70;

/* ---- who is muted ---- */

bool board_alerts_same_group(const struct dims *a, const struct dims *b)
{
    return text_equal(a->value[DIM_SITE], b->value[DIM_SITE]) &&
           text_equal(a->value[DIM_QUEUE], b->value[DIM_QUEUE]);
}

bool board_alerts_source_down(enum source_problem problem, int64_t since_wall_ms, int64_t now_wall_ms)
{
    return problem != SOURCE_FINE && problem != SOURCE_WAITING &&
           now_wall_ms - since_wall_ms >= SOURCE_DOWN_AFTER_MS;
}

static bool is_shelved(const struct alert_subject *subject, const struct alert_surroundings *surroundings)
{
    (void)surroundings;
    return subject->state == ALERT_SHELVED;
}

/* Only where a queue is named: that one queue of many is closed says nothing of the whole. */
static bool is_queue_closed(const struct alert_subject *subject,
                            const struct alert_surroundings *surroundings)
{
    if (!subject->where->value[DIM_QUEUE])
        return false;
    for (size_t i = 0; i < surroundings->subject_count; i++)
        if (surroundings->subjects[i].display == DISPLAY_CLOSED &&
            board_alerts_same_group(subject->where, surroundings->subjects[i].where))
            return true;
    return false;
}

static bool is_source_down(const struct alert_subject *subject, const struct alert_surroundings *surroundings)
{
    return subject->source >= 0 && surroundings->source_down[subject->source];
}

static bool is_without_agent(const struct alert_subject *subject,
                             const struct alert_surroundings *surroundings)
{
    static const char *const OF_AGENTS[] = {"occupancy", "aht", "acw_avg", "asa"};
    for (size_t i = 0; surroundings->nobody_logged_in && i < sizeof OF_AGENTS / sizeof *OF_AGENTS; i++)
        if (text_equal(subject->kpi, OF_AGENTS[i]))
            return true;
    return false;
}

static bool is_red_elsewhere(const struct alert_subject *subject,
                             const struct alert_surroundings *surroundings)
{
    for (size_t i = 0; subject->display == DISPLAY_WARN && i < surroundings->subject_count; i++) {
        const struct alert_subject *other = &surroundings->subjects[i];
        if (other->display == DISPLAY_CRITICAL && other->state != ALERT_SHELVED &&
            text_equal(subject->kpi, other->kpi) && board_alerts_same_group(subject->where, other->where))
            return true;
    }
    return false;
}

struct muting_row {
    enum muting muting;
    bool (*applies)(const struct alert_subject *subject, const struct alert_surroundings *surroundings);
};

static const struct muting_row MUTINGS[] = {
    {MUTING_SHELVED, is_shelved},           {MUTING_CLOSED, is_queue_closed},
    {MUTING_SOURCE_DOWN, is_source_down},   {MUTING_NO_AGENT, is_without_agent},
    {MUTING_BY_CRITICAL, is_red_elsewhere},
};

enum muting board_alerts_muting(const struct alert_subject *subject,
                                const struct alert_surroundings *surroundings)
{
    for (size_t i = 0; i < sizeof MUTINGS / sizeof MUTINGS[0]; i++)
        if (MUTINGS[i].applies(subject, surroundings))
            return MUTINGS[i].muting;
    return MUTING_NONE;
}

/* ---- what several figures say together ---- */

/* Comparisons with NaN are false: what is not known holds nothing. */

static bool nobody_is_free(const struct group_view *view)
{
    return view->available == 0 && view->waiting > 0;
}

static bool nobody_is_there(const struct group_view *view)
{
    return view->logged_in == 0 && view->waiting > 0;
}

static bool agents_are_free_while_callers_wait(const struct group_view *view)
{
    return view->service_level_critical && view->occupancy_percent < IDLE_OCCUPANCY_PERCENT;
}

static bool haste_costs_quality(const struct group_view *view)
{
    return view->handling_too_short && view->quality_falling;
}

static bool nobody_explains_agent_tiles(const struct group_view *view)
{
    return view->logged_in == 0 && view->agent_tiles_muted;
}

struct compound_row {
    bool (*holds)(const struct group_view *view);
    int64_t for_ms;
    enum display display;
};

static const struct compound_row COMPOUNDS[COMPOUND_COUNT] = {
    [COMPOUND_NOBODY_FREE] = {nobody_is_free, 60000, DISPLAY_WARN},
    [COMPOUND_NOBODY_THERE] = {nobody_is_there, 15000, DISPLAY_CRITICAL},
    [COMPOUND_ROUTING] = {agents_are_free_while_callers_wait, 300000, DISPLAY_WARN},
    [COMPOUND_HASTE] = {haste_costs_quality, 0, DISPLAY_WARN},
    [COMPOUND_NO_AGENT] = {nobody_explains_agent_tiles, 0, DISPLAY_CRITICAL},
};

enum display board_alerts_compound_display(enum compound compound)
{
    return COMPOUNDS[compound].display;
}

/* True if it becomes an alert just now. */
static bool move_compound(struct compound_alert *alert, const struct compound_row *row, bool holds,
                          struct now now)
{
    if (!holds) {
        *alert = (struct compound_alert){ALERT_TIMER_OFF, 0};
        return false;
    }
    if (alert->holds_since_ms == ALERT_TIMER_OFF)
        alert->holds_since_ms = now.monotonic_ms;
    if (alert->since_wall_ms || now.monotonic_ms - alert->holds_since_ms < row->for_ms)
        return false;
    alert->since_wall_ms = now.wall_ms;
    return true;
}

int board_alerts_compound(struct compound_alert *alerts, const struct group_view *view, struct now now)
{
    int new_ones = 0;
    for (int i = COMPOUND_NONE + 1; i < COMPOUND_COUNT; i++)
        new_ones += move_compound(&alerts[i], &COMPOUNDS[i], view->open && COMPOUNDS[i].holds(view), now);
    return new_ones;
}

/* ---- when a group is told ---- */

void board_alerts_notice_init(struct group_notice *notice)
{
    *notice = (struct group_notice){ALERT_TIMER_OFF, ALERT_TIMER_OFF, 0};
}

static enum notice notice_due(const struct group_notice *notice, uint64_t alerts, int64_t now_ms)
{
    if (notice->told_ms == ALERT_TIMER_OFF)
        return now_ms - notice->first_ms >= GROUP_WAIT_MS ? NOTICE_FIRST : NOTICE_NONE;
    if (alerts != notice->told && now_ms - notice->told_ms >= GROUP_INTERVAL_MS)
        return NOTICE_CHANGE;
    return now_ms - notice->told_ms >= REPEAT_MS ? NOTICE_REMINDER : NOTICE_NONE;
}

enum notice board_alerts_notice(struct group_notice *notice, uint64_t alerts, int64_t now_ms)
{
    if (!alerts) {
        board_alerts_notice_init(notice);
        return NOTICE_NONE;
    }
    if (notice->first_ms == ALERT_TIMER_OFF)
        notice->first_ms = now_ms;
    enum notice due = notice_due(notice, alerts, now_ms);
    if (due != NOTICE_NONE) {
        notice->told_ms = now_ms;
        notice->told = alerts;
    }
    return due;
}

/* ---- too many ---- */

void board_alerts_flood_init(struct flood *flood)
{
    flood->on = false;
    for (int i = 0; i <= FLOOD_ENTER_ABOVE; i++)
        flood->newest_ms[i] = ALERT_TIMER_OFF;
}

void board_alerts_flood_note(struct flood *flood, int64_t now_ms)
{
    for (int i = FLOOD_ENTER_ABOVE; i > 0; i--)
        flood->newest_ms[i] = flood->newest_ms[i - 1];
    flood->newest_ms[0] = now_ms;
}

bool board_alerts_flood(struct flood *flood, int64_t now_ms)
{
    int recent = 0;
    for (int i = 0; i <= FLOOD_ENTER_ABOVE; i++)
        recent += flood->newest_ms[i] != ALERT_TIMER_OFF && now_ms - flood->newest_ms[i] < FLOOD_WINDOW_MS;
    flood->on = flood->on ? recent >= FLOOD_LEAVE_BELOW : recent > FLOOD_ENTER_ABOVE;
    return flood->on;
}
