/* The floor as a vigie-samples/1 document. */
#include <string.h>

#include "base/json.h"
#include "sim/floor.h"
#include "sim/simulator.h"

/* ---- one sample ---- */

/* A number of thousandths, hundredths or whole units, exactly as it is in the books. */
static void append_decimal(struct text *out, int64_t value, int decimals)
{
    char digits[32];
    size_t at = sizeof digits;
    bool negative = value < 0, significant = decimals == 0;
    uint64_t rest = negative ? 0 - (uint64_t)value : (uint64_t)value;
    for (int place = 0; rest || place <= decimals; place++, rest /= 10) {
        if (place == decimals && decimals && significant)
            digits[--at] = '.';
        significant = significant || rest % 10 != 0 || place >= decimals;
        if (significant)
            digits[--at] = (char)('0' + rest % 10);
    }
    if (negative)
        digits[--at] = '-';
    text_append_bytes(out, digits + at, sizeof digits - at);
}

/* Where samples go, with what all of a group share. */
struct writer {
    struct text *out;
    char dims[160];
    size_t dims_length;
};

static void append_sample(struct writer *writer, const char *id, int64_t value, int decimals,
                          const char *window)
{
    struct text *out = writer->out;
    text_append(out, out->bytes[out->length - 1] == '[' ? "\n{\"id\":\"" : ",\n{\"id\":\"");
    text_append(out, id);
    text_append(out, "\",\"value\":");
    append_decimal(out, value, decimals);
    text_append(out, ",\"window\":\"");
    text_append(out, window);
    text_append(out, "\",\"dims\":");
    text_append_bytes(out, writer->dims, writer->dims_length);
    text_append(out, "}");
}

/* Up to three dimensions, as pairs of name and value; a NULL name ends them. None needs escaping. */
struct dims {
    const char *pairs[7];
};

static void set_dims(struct writer *writer, const struct dims *dims)
{
    struct text text = {0};
    text_append(&text, "{");
    for (const char *const *pair = dims->pairs; pair[0]; pair += 2)
        text_append_format(&text, "%s\"%s\":\"%s\"", pair == dims->pairs ? "" : ",", pair[0], pair[1]);
    text_append(&text, "}");
    writer->dims_length = text.length < sizeof writer->dims ? text.length : 0;
    memcpy(writer->dims, text.bytes, writer->dims_length);
    text_finish(&text);
}

/* ---- counters ---- */

enum kind {
    VOICE = 1 << 0,
    CHAT = 1 << 1,
    EMAIL = 1 << 2,
    LIVE = VOICE | CHAT,
    TEAM = 1 << 3,
    IVR = 1 << 4,
    CAMPAIGN = 1 << 5,
    KIND = 1 << 6,
    REASON = 1 << 7,
    CHANNEL = 1 << 8,
};

enum {
    M30 = 1 << WINDOW_30M,
    M60 = 1 << WINDOW_60M,
    TODAY = 1 << WINDOW_TODAY,
    WEEK = 1 << WINDOW_WEEK,
    MONTH = 1 << WINDOW_MONTH,
    D7 = 1 << WINDOW_ROLLING_7D,
    D28 = 1 << WINDOW_ROLLING_28D,
};

static const char *const window_names[WINDOW_COUNT] = {"30m",   "60m",        "today",      "week",
                                                       "month", "rolling_7d", "rolling_28d"};

/* Which counter is sent for which accounts over which windows. */
static const struct row {
    enum field field;
    const char *id;
    int decimals; /* 3: kept in thousandths, 2: in hundredths */
    unsigned kinds, windows;
} rows[] = {
    {FIELD_OFFERED, "offered", 0, LIVE, M30 | M60 | TODAY},
    {FIELD_ANSWERED, "answered", 0, LIVE, M30 | M60 | TODAY},
    {FIELD_ANSWERED_IN_T, "answered_in_t", 0, LIVE, M30 | M60 | TODAY},
    {FIELD_ABANDONED, "abandoned", 0, LIVE, M30 | M60 | TODAY},
    {FIELD_ABANDONED_IN_T, "abandoned_in_t", 0, LIVE, M30 | M60 | TODAY},
    {FIELD_SHORT_ABANDONED, "short_abandoned", 0, LIVE, M30 | M60 | TODAY},
    {FIELD_BLOCKED, "blocked", 0, LIVE, M30 | TODAY},
    {FIELD_OVERFLOWED, "overflowed", 0, LIVE, M30 | TODAY},
    {FIELD_OUT_OF_HOURS, "out_of_hours", 0, LIVE, TODAY},
    {FIELD_CALLBACKS_REGISTERED, "callbacks_registered", 0, VOICE, M30 | TODAY},
    {FIELD_HANDLED, "handled", 0, LIVE, M30 | M60 | TODAY | WEEK | MONTH | D7 | D28},
    {FIELD_TRANSFERRED, "transferred", 0, LIVE, M30 | TODAY},
    {FIELD_ESCALATED, "escalated", 0, LIVE, TODAY},
    {FIELD_HELD, "held_contacts", 0, LIVE, TODAY},
    {FIELD_TALK_MS, "talk_s", 3, LIVE, M30 | M60 | TODAY},
    {FIELD_HOLD_MS, "hold_s", 3, LIVE, M30 | M60 | TODAY},
    {FIELD_ACW_MS, "acw_s", 3, LIVE, M30 | M60 | TODAY},
    {FIELD_WAIT_ANSWERED_MS, "wait_answered_s", 3, LIVE, M30 | M60 | TODAY},
    {FIELD_WAIT_ABANDONED_MS, "wait_abandoned_s", 3, LIVE, M30 | M60 | TODAY},
    {FIELD_ENTRY_TO_AGENT_MS, "entry_to_agent_s", 3, LIVE, M30 | TODAY},
    {FIELD_FORECAST_MILLI, "forecast_offered", 3, LIVE, M30 | M60 | TODAY},
    {FIELD_REPEAT, "repeat_contacts", 0, LIVE, D7},
    {FIELD_RESOLVED_FIRST, "resolved_first", 0, LIVE, D28},
    {FIELD_RESOLVED, "resolved_contacts", 0, LIVE, D28},
    {FIELD_FCR_EVALUATED, "fcr_evaluated", 0, LIVE, D28},
    {FIELD_SCRIPT_USED, "script_used", 0, LIVE, WEEK},
    {FIELD_SURVEY_SENT, "survey_sent", 0, LIVE, D28},
    {FIELD_CSAT_RESPONSES, "csat_responses", 0, LIVE, TODAY | D7 | D28},
    {FIELD_CSAT_SUM, "csat_sum", 0, LIVE, TODAY | D7 | D28},
    {FIELD_CSAT_TOP2, "csat_top2", 0, LIVE, TODAY | D7 | D28},
    {FIELD_CSAT_GLOBAL_RESPONSES, "csat_global_responses", 0, LIVE, D28},
    {FIELD_CSAT_GLOBAL_TOP2, "csat_global_top2", 0, LIVE, D28},
    {FIELD_NPS_RESPONSES, "nps_responses", 0, LIVE, D28},
    {FIELD_NPS_PROMOTERS, "nps_promoters", 0, LIVE, D28},
    {FIELD_NPS_DETRACTORS, "nps_detractors", 0, LIVE, D28},
    {FIELD_QA_EVALUATIONS, "qa_evaluations", 0, LIVE, D28},
    {FIELD_QA_SCORE_SUM, "qa_score_sum", 0, LIVE, D28},
    {FIELD_COMPLAINTS, "complaints", 0, LIVE | EMAIL, WEEK | D28},
    {FIELD_COST_CENTS, "cost_eur", 2, LIVE, MONTH},
    {FIELD_FIRST_RESPONSES, "first_responses", 0, CHAT | EMAIL, TODAY},
    {FIELD_FIRST_RESPONSE_MS, "first_response_s", 3, CHAT | EMAIL, TODAY},
    {FIELD_FIRST_RESPONSES_IN_TARGET, "first_responses_in_target", 0, CHAT | EMAIL, TODAY},
    {FIELD_REPLIES, "replies", 0, EMAIL, TODAY},
    {FIELD_REPLY_MS, "reply_s", 3, EMAIL, TODAY},
    {FIELD_TICKETS_OPENED, "tickets_opened", 0, EMAIL, TODAY | WEEK | MONTH},
    {FIELD_TICKETS_RESOLVED, "tickets_resolved", 0, EMAIL, TODAY | WEEK | D7},
    {FIELD_TICKETS_CLOSED, "tickets_closed", 0, EMAIL, TODAY},
    {FIELD_TICKETS_REOPENED, "tickets_reopened", 0, EMAIL, TODAY | D7},
    {FIELD_RESOLUTION_MS, "resolution_s", 3, EMAIL, TODAY},
    {FIELD_CYCLE_MS, "cycle_s", 3, EMAIL, TODAY},
    {FIELD_BY_KIND, "tickets_by_type", 0, KIND, TODAY | WEEK},
    {FIELD_BY_REASON, "contacts_by_reason", 0, REASON, TODAY | WEEK},
    {FIELD_BY_CHANNEL, "contacts_by_channel", 0, CHANNEL, TODAY | WEEK},
    {FIELD_IVR_ENTERED, "ivr_entered", 0, IVR, M30 | TODAY},
    {FIELD_IVR_CONTAINED, "ivr_contained", 0, IVR, M30 | TODAY},
    {FIELD_IVR_ABANDONED, "ivr_abandoned", 0, IVR, M30 | TODAY},
    {FIELD_IVR_MS, "ivr_s", 3, IVR, M30 | TODAY},
    {FIELD_OUTBOUND_ATTEMPTS, "outbound_attempts", 0, CAMPAIGN, TODAY | WEEK},
    {FIELD_OUTBOUND_REACHED, "outbound_reached", 0, CAMPAIGN, TODAY | WEEK},
    {FIELD_SALES, "sales", 0, CAMPAIGN, TODAY | WEEK | MONTH},
    {FIELD_REVENUE_CENTS, "revenue_eur", 2, CAMPAIGN, TODAY | WEEK | MONTH},
    {FIELD_LOGIN_MS, "login_s", 3, TEAM, M30 | TODAY},
    {FIELD_READY_IDLE_MS, "ready_idle_s", 3, TEAM, M30 | M60 | TODAY},
    {FIELD_AUX_MS, "aux_s", 3, TEAM, M30 | TODAY},
    {FIELD_PAID_MS, "paid_s", 3, TEAM, TODAY},
    {FIELD_WORK_MS, "work_s", 3, TEAM, M30 | TODAY},
    {FIELD_SCHEDULED_MS, "scheduled_s", 3, TEAM, TODAY},
    {FIELD_IN_ADHERENCE_MS, "in_adherence_s", 3, TEAM, TODAY},
    {FIELD_WORKED_IN_SCHEDULE_MS, "worked_in_schedule_s", 3, TEAM, TODAY},
};

static void append_row(const struct simulator *simulator, struct writer *writer, int account,
                       const struct row *row)
{
    for (int window = 0; window < WINDOW_COUNT; window++) {
        if (!(row->windows & (1U << window)))
            continue;
        int64_t value =
            ledger_over(&simulator->ledger, account, row->field, (enum window)window, simulator->now_ms);
        append_sample(writer, row->id, value, row->decimals, window_names[window]);
    }
}

static void append_account(const struct simulator *simulator, struct writer *writer, int account,
                           unsigned kind)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (rows[i].kinds & kind)
            append_row(simulator, writer, account, &rows[i]);
}

/* ---- the groups ---- */

static void append_waiting(const struct simulator *simulator, struct writer *writer, int line)
{
    int64_t longest_ms = line_longest_wait_ms(simulator, line), max_ms = simulator->lines[line].max_wait_ms;
    int in_progress = 0;
    for (int i = 0; i < simulator->agent_count; i++)
        in_progress += simulator->agents[i].state == AGENT_ON_CONTACT && simulator->agents[i].line == line;
    append_sample(writer, "waiting_now", simulator->lines[line].waiting_count, 0, "now");
    append_sample(writer, "longest_wait_s", longest_ms, 3, "now");
    append_sample(writer, "waiting_over_t_now", line_waiting_longer(simulator, line, ANSWER_TARGET_MS), 0,
                  "now");
    append_sample(writer, "in_progress_now", in_progress, 0, "now");
    append_sample(writer, "max_wait_s", longest_ms > max_ms ? longest_ms : max_ms, 3, "today");
    append_sample(writer, "forecast_aht_s",
                  (int64_t)(line_service(line)->talk_ms + line_service(line)->acw_ms +
                            line_service(line)->hold_ms * line_service(line)->hold_percent / 100),
                  3, "now");
    if (line_channel(line) == CHANNEL_VOICE)
        append_sample(writer, "callbacks_pending_now", simulator->lines[line].callbacks_pending, 0, "now");
}

static void append_mailbox(const struct simulator *simulator, struct writer *writer, int line)
{
    const struct tickets *tickets = &simulator->tickets[line_queue(line)];
    int overdue = 0;
    while (overdue < tickets->count &&
           simulator->now_ms - tickets->open[overdue].opened_ms > TICKET_TARGET_MS)
        overdue++;
    append_sample(writer, "tickets_open_now", tickets->count, 0, "now");
    append_sample(writer, "tickets_overdue_now", overdue, 0, "now");
    append_sample(writer, "oldest_ticket_s",
                  tickets->count ? simulator->now_ms - tickets->open[0].opened_ms : 0, 3, "now");
}

static void append_lines(const struct simulator *simulator, struct writer *writer)
{
    static const unsigned kinds[CHANNEL_COUNT] = {VOICE, CHAT, EMAIL};
    for (int line = 0; line < LINE_COUNT; line++) {
        const char *queue = queue_name(line_queue(line)),
                   *channel = scenario_channel_name(line_channel(line));
        set_dims(writer, &(struct dims){{"queue", queue, "channel", channel}});
        if (line_is_live(line))
            append_waiting(simulator, writer, line);
        else
            append_mailbox(simulator, writer, line);
        append_account(simulator, writer, line, kinds[line_channel(line)]);
    }
}

static int planned_agents(const struct simulator *simulator, int team)
{
    int count = 0;
    for (int i = 0; i < simulator->agent_count; i++) {
        const struct agent *agent = &simulator->agents[i];
        count +=
            (team < 0 || agent->team == (enum queue)team) && agent_works_as_planned(agent, simulator->now_ms);
    }
    return count;
}

static void append_states(const struct simulator *simulator, struct writer *writer, int team)
{
    static const char *const ids[AGENT_STATES] = {NULL,         "agents_available", "agents_on_contact",
                                                  "agents_acw", "agents_pause",     "agents_other"};
    int logged_in = 0;
    for (int state = AGENT_AVAILABLE; state < AGENT_STATES; state++) {
        int count = agents_in(simulator, team, (enum agent_state)state);
        append_sample(writer, ids[state], count, 0, "now");
        logged_in += count;
    }
    append_sample(writer, "agents_logged_in", logged_in, 0, "now");
    append_sample(writer, "scheduled_agents", planned_agents(simulator, team), 0, "now");
}

static int64_t sum_over(const struct simulator *simulator, int first_account, int count, enum field field,
                        enum window window)
{
    int64_t sum = 0;
    for (int i = 0; i < count; i++)
        sum += ledger_over(&simulator->ledger, first_account + i, field, window, simulator->now_ms);
    return sum;
}

/*
 * This week against the weeks before, for as many contacts: what a quality tool gives ready made. In percent
 * to one place.
 */
static void append_complaints_trend(const struct simulator *simulator, struct writer *writer)
{
    int64_t week = sum_over(simulator, 0, LINE_COUNT, FIELD_COMPLAINTS, WINDOW_WEEK);
    int64_t before = sum_over(simulator, 0, LINE_COUNT, FIELD_COMPLAINTS, WINDOW_ROLLING_28D) - week;
    int64_t contacts = sum_over(simulator, ACCOUNT_CHANNELS, CHANNEL_COUNT, FIELD_BY_CHANNEL, WINDOW_WEEK);
    int64_t contacts_before =
        sum_over(simulator, ACCOUNT_CHANNELS, CHANNEL_COUNT, FIELD_BY_CHANNEL, WINDOW_ROLLING_28D) - contacts;
    if (before > 0 && contacts > 0)
        append_sample(writer, "complaints_trend", 1000 * week * contacts_before / (before * contacts) - 1000,
                      1, "week");
}

static void append_agents(const struct simulator *simulator, struct writer *writer)
{
    for (int team = 0; team < QUEUE_COUNT; team++) {
        set_dims(writer, &(struct dims){{"team", queue_name((enum queue)team)}});
        append_states(simulator, writer, team);
        append_account(simulator, writer, ACCOUNT_TEAMS + team, TEAM);
    }
    set_dims(writer, &(struct dims){{NULL}});
    append_states(simulator, writer, -1);
    append_account(simulator, writer, ACCOUNT_FLOOR, TEAM);
    append_complaints_trend(simulator, writer);
    append_sample(writer, "leavers_12m", 9, 0, "now");
    append_sample(writer, "headcount_avg_12m", 515, 1, "now");
}

static void append_kinds(const struct simulator *simulator, struct writer *writer, enum queue queue)
{
    for (int kind = 0; kind < KIND_COUNT; kind++) {
        int place = (int)queue * KIND_COUNT + kind;
        set_dims(writer, &(struct dims){{"queue", queue_name(queue), "channel", "email", "type",
                                         ticket_kind_name(kind)}});
        append_account(simulator, writer, ACCOUNT_KINDS + place, KIND);
        set_dims(writer, &(struct dims){{"queue", queue_name(queue), "reason", reason_name(queue, kind)}});
        append_account(simulator, writer, ACCOUNT_REASONS + place, REASON);
    }
}

static void append_rest(const struct simulator *simulator, struct writer *writer)
{
    for (int queue = 0; queue < QUEUE_COUNT; queue++)
        append_kinds(simulator, writer, (enum queue)queue);
    for (int channel = 0; channel < CHANNEL_COUNT; channel++) {
        set_dims(writer, &(struct dims){{"channel", scenario_channel_name((enum channel)channel)}});
        append_account(simulator, writer, ACCOUNT_CHANNELS + channel, CHANNEL);
    }
    set_dims(writer, &(struct dims){{"channel", "voice"}});
    append_account(simulator, writer, ACCOUNT_IVR, IVR);
    for (int campaign = 0; campaign < CAMPAIGN_COUNT; campaign++) {
        set_dims(writer, &(struct dims){{"campaign", campaign_name(campaign), "channel", "voice"}});
        append_account(simulator, writer, ACCOUNT_CAMPAIGNS + campaign, CAMPAIGN);
    }
}

void simulator_write_canonical(struct simulator *simulator, double at_s, struct text *out)
{
    struct writer writer = {.out = out};
    text_append(out, "{\"at\":");
    json_write_number(out, at_s);
    text_append(out, ",\"samples\":[");
    append_lines(simulator, &writer);
    append_agents(simulator, &writer);
    append_rest(simulator, &writer);
    text_append(out, "\n]}\n");
}
