/* The floor as Genesys Cloud tells it: queue ids, milliseconds, no group where nothing happened. */
#include <math.h>
#include <stdio.h>
#include <time.h>

#include "sim/floor.h"
#include "sim/simulator.h"

static const char *const queue_ids[QUEUE_COUNT] = {
    "7d1f0c52-3a58-4e0b-9c1e-5b2a90d4e001",
    "7d1f0c52-3a58-4e0b-9c1e-5b2a90d4e002",
    "7d1f0c52-3a58-4e0b-9c1e-5b2a90d4e003",
};
static const char *const media[CHANNEL_COUNT] = {"voice", "message", "email"};

/* 2026-11-21T10:12:17.482Z */
static void append_moment(struct text *out, int64_t wall_ms)
{
    time_t wall_s = (time_t)(wall_ms / 1000);
    struct tm utc;
    char date[40];
    gmtime_r(&wall_s, &utc);
    strftime(date, sizeof date, "%Y-%m-%dT%H:%M:%S", &utc);
    text_append_format(out, "%s.%03dZ", date, (int)(wall_ms % 1000));
}

static void begin_item(struct text *out)
{
    if (out->bytes[out->length - 1] != '[')
        text_append(out, ",\n");
}

static int64_t wall_ms_of(double at_s)
{
    return llround(at_s * 1000);
}

/* ---- observations: now ---- */

static void append_observations(const struct simulator *simulator, int line, double at_s, struct text *out)
{
    const struct line *queue = &simulator->lines[line];
    text_append(out, ",\"truncated\":false,\"observations\":[");
    for (int i = 0; i < queue->waiting_count; i++) {
        int64_t wait_ms = simulator->now_ms - queue->waiting[i].entered_ms;
        begin_item(out);
        text_append(out, "{\"observationDate\":\"");
        append_moment(out, wall_ms_of(at_s) - wait_ms);
        text_append_format(out, "\",\"conversationId\":\"%08llx-0000-4000-8000-%012d\"",
                           (unsigned long long)(queue->waiting[i].entered_ms & 0xffffffff), line);
        text_append(out, ",\"routingPriority\":0,\"direction\":\"inbound\"}");
    }
    text_append(out, "]");
}

static void append_line_now(const struct simulator *simulator, int line, double at_s, struct text *out)
{
    int in_progress = 0, waiting = simulator->lines[line].waiting_count;
    for (int i = 0; i < simulator->agent_count; i++)
        in_progress += simulator->agents[i].state == AGENT_ON_CONTACT && simulator->agents[i].line == line;
    begin_item(out);
    text_append_format(out, "{\"group\":{\"mediaType\":\"%s\",\"queueId\":\"%s\"},\"data\":[",
                       media[line_channel(line)], queue_ids[line_queue(line)]);
    text_append_format(out, "{\"metric\":\"oInteracting\",\"stats\":{\"count\":%d}},", in_progress);
    text_append_format(out, "{\"metric\":\"oWaiting\",\"stats\":{\"count\":%d}", waiting);
    if (waiting)
        append_observations(simulator, line, at_s, out);
    text_append(out, "}]}");
}

static bool serves(const struct agent *agent, enum queue queue)
{
    return (agent->lines >> ((int)queue * CHANNEL_COUNT)) & ((1U << CHANNEL_COUNT) - 1);
}

static int members_in(const struct simulator *simulator, enum queue queue, enum agent_state state)
{
    int count = 0;
    for (int i = 0; i < simulator->agent_count; i++)
        count += serves(&simulator->agents[i], queue) && simulator->agents[i].state == state;
    return count;
}

static void append_members(const struct simulator *simulator, enum queue queue, struct text *out)
{
    int idle = members_in(simulator, queue, AGENT_AVAILABLE);
    int interacting = members_in(simulator, queue, AGENT_ON_CONTACT),
        wrap_up = members_in(simulator, queue, AGENT_ACW);
    int away = members_in(simulator, queue, AGENT_PAUSE) + members_in(simulator, queue, AGENT_OTHER);
    int members = members_in(simulator, queue, AGENT_OFF) + idle + interacting + wrap_up + away;
    const struct {
        const char *metric, *qualifier;
        int count;
    } rows[] = {
        {"oActiveUsers", NULL, idle + interacting + wrap_up},
        {"oMemberUsers", NULL, members},
        {"oOffQueueUsers", NULL, away},
        {"oOnQueueUsers", "IDLE", idle},
        {"oOnQueueUsers", "INTERACTING", interacting},
        {"oUserRoutingStatuses", "IDLE", idle},
        {"oUserRoutingStatuses", "INTERACTING", interacting},
        {"oUserRoutingStatuses", "OFF_QUEUE", away},
    };
    begin_item(out);
    text_append_format(out, "{\"group\":{\"queueId\":\"%s\"},\"data\":[", queue_ids[queue]);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        text_append_format(out, "%s{\"metric\":\"%s\"", i ? "," : "", rows[i].metric);
        if (rows[i].qualifier)
            text_append_format(out, ",\"qualifier\":\"%s\"", rows[i].qualifier);
        text_append_format(out, ",\"stats\":{\"count\":%d}}", rows[i].count);
    }
    text_append(out, "]}");
}

void simulator_write_genesys_observations(struct simulator *simulator, double at_s, struct text *out)
{
    text_append(out, "{\"systemToOrganizationMappings\":{},\"results\":[");
    for (int queue = 0; queue < QUEUE_COUNT; queue++)
        append_members(simulator, (enum queue)queue, out);
    for (int line = 0; line < LINE_COUNT; line++)
        if (line_is_live(line))
            append_line_now(simulator, line, at_s, out);
    text_append(out, "]}\n");
}

/* ---- aggregates: the interval asked for ---- */

/* What is asked about: a line over so many minutes, 0 for today. */
struct question {
    const struct simulator *simulator;
    int line, minutes;
};

static long long answer(const struct question *question, enum field field)
{
    const struct simulator *simulator = question->simulator;
    const struct ledger *ledger = &simulator->ledger;
    if (question->minutes)
        return (long long)ledger_over_minutes(ledger, question->line, field, question->minutes,
                                              simulator->now_ms);
    return (long long)ledger_over(ledger, question->line, field, WINDOW_TODAY, simulator->now_ms);
}

static void append_count(const struct question *question, const char *metric, enum field field,
                         struct text *out)
{
    long long count = answer(question, field);
    if (count == 0)
        return; /* a metric without sample is absent */
    begin_item(out);
    text_append_format(out, "{\"metric\":\"%s\",\"stats\":{\"count\":%lld}}", metric, count);
}

/* A time that is only part of the total may have grown although nobody is done with it. */
static void append_time(const char *metric, long long count, long long sum_ms, struct text *out)
{
    if (count == 0 && sum_ms == 0)
        return;
    begin_item(out);
    text_append_format(out, "{\"metric\":\"%s\",\"stats\":{\"count\":%lld,\"sum\":%lld}}", metric, count,
                       sum_ms);
}

static void append_times(const struct question *question, struct text *out)
{
    static const struct {
        const char *metric;
        enum field count, sum;
    } times[] = {
        {"tAnswered", FIELD_ANSWERED, FIELD_WAIT_ANSWERED_MS},
        {"tAbandon", FIELD_ABANDONED, FIELD_WAIT_ABANDONED_MS},
        {"tTalkComplete", FIELD_HANDLED, FIELD_TALK_MS},
        {"tHeldComplete", FIELD_HELD, FIELD_HOLD_MS},
        {"tAcw", FIELD_HANDLED, FIELD_ACW_MS},
    };
    for (size_t i = 0; i < sizeof times / sizeof *times; i++)
        append_time(times[i].metric, answer(question, times[i].count), answer(question, times[i].sum), out);
    append_time("tHandle", answer(question, FIELD_HANDLED),
                answer(question, FIELD_TALK_MS) + answer(question, FIELD_HOLD_MS) +
                    answer(question, FIELD_ACW_MS),
                out);
    append_count(question, "tShortAbandon", FIELD_SHORT_ABANDONED, out);
    append_time("tFirstResponse", answer(question, FIELD_FIRST_RESPONSES),
                answer(question, FIELD_FIRST_RESPONSE_MS), out);
}

static void append_service_level(const struct question *question, struct text *out)
{
    long long in_time = answer(question, FIELD_ANSWERED_IN_T);
    long long counted = answer(question, FIELD_OFFERED) - answer(question, FIELD_SHORT_ABANDONED);
    if (counted <= 0)
        return;
    begin_item(out);
    text_append_format(out,
                       "{\"metric\":\"oServiceLevel\",\"stats\":{\"ratio\":%.6f,\"numerator\":%lld,"
                       "\"denominator\":%lld,\"target\":0.8}}",
                       (double)in_time / (double)counted, in_time, counted);
}

static void append_overflow(const struct question *question, struct text *out)
{
    long long count = answer(question, FIELD_OVERFLOWED) + answer(question, FIELD_CALLBACKS_REGISTERED);
    if (count == 0)
        return;
    begin_item(out);
    text_append_format(out, "{\"metric\":\"tFlowOut\",\"stats\":{\"count\":%lld}}", count);
}

static void append_line_aggregate(const struct question *question, double at_s, int64_t length_ms,
                                  struct text *out)
{
    if (answer(question, FIELD_OFFERED) == 0 && answer(question, FIELD_TALK_MS) == 0)
        return; /* a queue without interaction has no group */
    begin_item(out);
    text_append_format(out, "{\"group\":{\"mediaType\":\"%s\",\"queueId\":\"%s\"},\"data\":[{\"interval\":\"",
                       media[line_channel(question->line)], queue_ids[line_queue(question->line)]);
    append_moment(out, wall_ms_of(at_s) - length_ms);
    text_append(out, "/");
    append_moment(out, wall_ms_of(at_s));
    text_append(out, "\",\"metrics\":[");
    append_count(question, "nOffered", FIELD_OFFERED, out);
    append_count(question, "nTransferred", FIELD_TRANSFERRED, out);
    append_service_level(question, out);
    append_times(question, out);
    append_overflow(question, out);
    text_append(out, "]}]}");
}

void simulator_write_genesys_aggregates(struct simulator *simulator, double at_s, int64_t window_s,
                                        struct text *out)
{
    struct question question = {.simulator = simulator, .minutes = (int)(window_s / 60)};
    int64_t length_ms =
        window_s > 0 ? window_s * 1000 : simulator->now_ms - day_of(simulator->now_ms) * DAY_MS;
    if (question.minutes > 60)
        question.minutes = 60;
    text_append(out, "{\"results\":[");
    for (question.line = 0; question.line < LINE_COUNT; question.line++)
        if (line_is_live(question.line))
            append_line_aggregate(&question, at_s, length_ms, out);
    text_append(out, "]}\n");
}
