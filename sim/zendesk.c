/* The telephone as Zendesk Talk tells it: whole seconds, today, no service level. */
#include "base/json.h"
#include "sim/floor.h"
#include "sim/simulator.h"

static long long seconds(int64_t duration_ms)
{
    return (long long)((duration_ms + 500) / 1000);
}

/* Zendesk's mean over nothing is 0. */
static long long mean_s(int64_t sum_ms, int64_t count)
{
    return count ? seconds(sum_ms / count) : 0;
}

static bool is_voice(int line)
{
    return line_channel(line) == CHANNEL_VOICE;
}

static int64_t voice_today(const struct simulator *simulator, enum field field)
{
    int64_t sum = 0;
    for (int line = 0; line < LINE_COUNT; line++)
        if (is_voice(line))
            sum += ledger_over(&simulator->ledger, line, field, WINDOW_TODAY, simulator->now_ms);
    return sum;
}

static int64_t outbound_today(const struct simulator *simulator)
{
    int64_t sum = 0;
    for (int i = 0; i < CAMPAIGN_COUNT; i++)
        sum += ledger_over(&simulator->ledger, ACCOUNT_CAMPAIGNS + i, FIELD_OUTBOUND_ATTEMPTS, WINDOW_TODAY,
                           simulator->now_ms);
    return sum;
}

/* What waits on the telephone: people, all they have waited, the longest of it, call-backs to make. */
struct waiting_sum {
    int64_t waited_ms, longest_ms;
    int people, callbacks;
};

static void add_line(const struct simulator *simulator, int line, struct waiting_sum *sum)
{
    const struct line *queue = &simulator->lines[line];
    int64_t longest_ms = line_longest_wait_ms(simulator, line);
    for (int i = 0; i < queue->waiting_count; i++)
        sum->waited_ms += simulator->now_ms - queue->waiting[i].entered_ms;
    sum->people += queue->waiting_count;
    sum->callbacks += queue->callbacks_pending;
    if (longest_ms > sum->longest_ms)
        sum->longest_ms = longest_ms;
}

static struct waiting_sum all_waiting(const struct simulator *simulator)
{
    struct waiting_sum sum = {0};
    for (int line = 0; line < LINE_COUNT; line++)
        if (is_voice(line))
            add_line(simulator, line, &sum);
    return sum;
}

void simulator_write_zendesk_queue(struct simulator *simulator, struct text *out)
{
    struct waiting_sum sum = all_waiting(simulator);
    int online = simulator->agent_count - agents_in(simulator, -1, AGENT_OFF);
    text_append_format(out,
                       "{\"current_queue_activity\":{\"agents_online\":%d,\"ai_agent_calls\":0,"
                       "\"average_wait_time\":%lld,\"callbacks_waiting\":%d,\"calls_waiting\":%d,"
                       "\"embeddable_callbacks_waiting\":0,\"longest_wait_time\":%lld}}\n",
                       online, mean_s(sum.waited_ms, sum.people), sum.callbacks, sum.people + sum.callbacks,
                       seconds(sum.longest_ms));
}

static void append_number(struct text *out, const char *name, long long value)
{
    bool first = out->bytes[out->length - 1] == '{';
    text_append_format(out, "%s\"%s\":%lld", first ? "" : ",", name, value);
}

static void append_means(const struct simulator *simulator, struct text *out)
{
    static const struct {
        const char *name;
        enum field sum, count;
    } means[] = {
        {"average_queue_wait_time", FIELD_WAIT_ANSWERED_MS, FIELD_ANSWERED},
        {"average_time_to_answer", FIELD_ENTRY_TO_AGENT_MS, FIELD_ANSWERED},
        {"average_call_duration", FIELD_TALK_MS, FIELD_HANDLED},
        {"average_hold_time", FIELD_HOLD_MS, FIELD_HELD},
        {"average_wrap_up_time", FIELD_ACW_MS, FIELD_HANDLED},
    };
    for (size_t i = 0; i < sizeof means / sizeof *means; i++)
        append_number(out, means[i].name,
                      mean_s(voice_today(simulator, means[i].sum), voice_today(simulator, means[i].count)));
}

static void append_counts(const struct simulator *simulator, struct text *out)
{
    static const struct {
        const char *name;
        enum field field;
    } counts[] = {
        {"total_inbound_calls", FIELD_OFFERED},
        {"total_calls_abandoned_in_queue", FIELD_ABANDONED},
        {"total_calls_outside_business_hours", FIELD_OUT_OF_HOURS},
        {"total_calls_with_exceeded_queue_wait_time", FIELD_OVERFLOWED},
        {"total_callback_calls", FIELD_CALLBACKS_REGISTERED},
        {"total_voicemails", FIELD_OVERFLOWED},
    };
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        append_number(out, counts[i].name, (long long)voice_today(simulator, counts[i].field));
}

static long long longest_today_s(const struct simulator *simulator)
{
    int64_t longest_ms = all_waiting(simulator).longest_ms;
    for (int line = 0; line < LINE_COUNT; line++)
        if (is_voice(line) && simulator->lines[line].max_wait_ms > longest_ms)
            longest_ms = simulator->lines[line].max_wait_ms;
    return seconds(longest_ms);
}

void simulator_write_zendesk_account(struct simulator *simulator, double at_s, struct text *out)
{
    int64_t outbound = outbound_today(simulator);
    text_append(out, "{\"account_overview\":{");
    append_means(simulator, out);
    append_counts(simulator, out);
    append_number(out, "average_callback_wait_time", 0);
    append_number(out, "current_timestamp", (long long)at_s);
    append_number(out, "max_calls_waiting", (long long)simulator->most_waiting_today);
    append_number(out, "max_queue_wait_time", longest_today_s(simulator));
    append_number(out, "total_calls", (long long)(voice_today(simulator, FIELD_OFFERED) + outbound));
    append_number(out, "total_outbound_calls", (long long)outbound);
    append_number(out, "total_calls_with_requested_voicemail", 0);
    append_number(out, "total_embeddable_callback_calls", 0);
    append_number(out, "total_textback_requests", 0);
    append_number(out, "total_call_duration", seconds(voice_today(simulator, FIELD_TALK_MS)));
    append_number(out, "total_hold_time", seconds(voice_today(simulator, FIELD_HOLD_MS)));
    append_number(out, "total_wrap_up_time", seconds(voice_today(simulator, FIELD_ACW_MS)));
    text_append(out, "}}\n");
}

/* Zendesk knows agents of the telephone only: who chats or is in a meeting takes transfers at most. */
static void append_state(const struct agent *agent, struct text *out)
{
    static const struct {
        const char *state, *call;
    } words[AGENT_STATES] = {
        {"offline", "null"},       {"online", "null"}, {"online", "\"on_call\""},
        {"online", "\"wrap_up\""}, {"away", "null"},   {"transfers_only", "null"},
    };
    bool chats = (agent->state == AGENT_ON_CONTACT || agent->state == AGENT_ACW) && !is_voice(agent->line);
    enum agent_state state = chats ? AGENT_OTHER : agent->state;
    text_append_format(out, "\"agent_state\":\"%s\",\"call_status\":%s", words[state].state,
                       words[state].call);
}

static void append_agent(const struct agent *agent, int number, struct text *out)
{
    const struct agent_day *today = &agent->today;
    text_append_format(out, "%s{\"agent_id\":%lld,\"name\":", number ? ",\n" : "", 360000000001LL + number);
    json_write_text(out, agent_name(number));
    text_append(out, ",\"avatar_url\":null,\"via\":\"client\",\"forwarding_number\":null,");
    append_state(agent, out);
    append_number(out, "available_time", seconds(today->idle_ms));
    append_number(out, "away_time", seconds(today->away_ms));
    append_number(out, "online_time", seconds(today->login_ms - today->away_ms));
    append_number(out, "transfers_only_time", 0);
    append_number(out, "calls_accepted", (long long)today->accepted);
    append_number(out, "calls_denied", 0);
    append_number(out, "calls_missed", 0);
    append_number(out, "calls_put_on_hold", (long long)today->held);
    append_number(out, "accepted_transfers", 0);
    append_number(out, "started_transfers", (long long)today->transferred);
    append_number(out, "accepted_third_party_conferences", 0);
    append_number(out, "started_third_party_conferences", 0);
    append_number(out, "average_talk_time", mean_s(today->talk_ms, today->accepted));
    append_number(out, "average_hold_time", mean_s(today->hold_ms, today->held));
    append_number(out, "average_wrap_up_time", mean_s(today->acw_ms, today->accepted));
    append_number(out, "total_call_duration", seconds(today->talk_ms + today->hold_ms));
    append_number(out, "total_talk_time", seconds(today->talk_ms));
    append_number(out, "total_hold_time", seconds(today->hold_ms));
    append_number(out, "total_wrap_up_time", seconds(today->acw_ms));
    text_append(out, "}");
}

void simulator_write_zendesk_agents(struct simulator *simulator, struct text *out)
{
    text_append(out, "{\"agents_activity\":[\n");
    for (int i = 0; i < simulator->agent_count; i++)
        append_agent(&simulator->agents[i], i, out);
    text_append_format(out, "],\n\"next_page\":null,\"previous_page\":null,\"count\":%d}\n",
                       simulator->agent_count);
}
