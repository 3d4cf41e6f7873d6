#include "sim/simulator.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "sim/floor.h"

/* ---- what comes ---- */

static int quarter_of(int64_t now_ms)
{
    return (int)((now_ms - day_of(now_ms) * DAY_MS) / QUARTER_MS);
}

/*
 * The next arrival of a stream behind this moment. An exponential wait that leads beyond its quarter
 * is thrown again at the quarter's end: it has no memory. None today: midnight asks again.
 */
static void await_next(struct simulator *simulator, int stream, int64_t from_ms)
{
    struct arrivals *arrivals = &simulator->arrivals[stream];
    int64_t midnight_ms = (day_of(from_ms) + 1) * DAY_MS;
    while (from_ms < midnight_ms) {
        double expected = simulator->expected[stream][quarter_of(from_ms)];
        int64_t quarter_end_ms = from_ms - (from_ms - midnight_ms + DAY_MS) % QUARTER_MS + QUARTER_MS;
        int64_t wait_ms =
            expected > 0 ? 1 + dice_wait_ms(&arrivals->dice, QUARTER_MS / expected) : QUARTER_MS;
        if (from_ms + wait_ms < quarter_end_ms) {
            arrivals->next_ms = from_ms + wait_ms;
            return;
        }
        from_ms = quarter_end_ms;
    }
    arrivals->next_ms = never_ms;
}

static void dial(struct simulator *simulator, int campaign)
{
    struct dice *dice = &simulator->dice;
    int account = ACCOUNT_CAMPAIGNS + campaign;
    ledger_add(&simulator->ledger, account, FIELD_OUTBOUND_ATTEMPTS, 1);
    if (!dice_chance(dice, campaign == 0 ? 34 : 28))
        return;
    ledger_add(&simulator->ledger, account, FIELD_OUTBOUND_REACHED, 1);
    if (!dice_chance(dice, campaign == 0 ? 18 : 11))
        return;
    ledger_add(&simulator->ledger, account, FIELD_SALES, 1);
    ledger_add(&simulator->ledger, account, FIELD_REVENUE_CENTS, 9900 + 100 * dice_below(dice, 600));
}

static void end_in_ivr(struct simulator *simulator, enum field outcome, double mean_ms)
{
    struct ledger *ledger = &simulator->ledger;
    ledger_add(ledger, ACCOUNT_IVR, FIELD_IVR_ENTERED, 1);
    ledger_add(ledger, ACCOUNT_IVR, outcome, 1);
    ledger_add(ledger, ACCOUNT_IVR, FIELD_IVR_MS, 6000 + dice_wait_ms(&simulator->dice, mean_ms));
}

static void arrive(struct simulator *simulator, int stream)
{
    if (stream == STREAM_IVR_LEFT)
        end_in_ivr(simulator, FIELD_IVR_ABANDONED, 14000);
    else if (stream == STREAM_IVR_CONTAINED)
        end_in_ivr(simulator, FIELD_IVR_CONTAINED, 70000);
    else if (stream >= STREAM_CAMPAIGNS)
        dial(simulator, stream - STREAM_CAMPAIGNS);
    else if (stream >= STREAM_TICKET_WORK)
        ticket_work(simulator, (enum queue)(stream - STREAM_TICKET_WORK));
    else if (line_is_live(stream))
        line_arrive(simulator, stream);
    else
        ticket_open(simulator, line_queue(stream));
    await_next(simulator, stream, simulator->now_ms);
}

/* ---- days and minutes ---- */

/* Each stream has dice of its own for each day: what comes does not depend on what happened before. */
static void expect_day(struct simulator *simulator, int64_t day)
{
    for (int stream = 0; stream < STREAM_COUNT; stream++) {
        for (int quarter = 0; quarter < 96; quarter++)
            simulator->expected[stream][quarter] =
                scenario_expected(simulator->scenario, stream, day, quarter);
        dice_init(&simulator->arrivals[stream].dice, simulator->seed,
                  (uint64_t)(day + LEDGER_PAST_DAYS) * STREAM_COUNT + (uint64_t)stream + 1);
        await_next(simulator, stream, simulator->now_ms);
    }
}

static void begin_day(struct simulator *simulator, int64_t day)
{
    agents_settle(simulator);
    ledger_mark_midnight(&simulator->ledger, day);
    for (int line = 0; line < LINE_COUNT; line++)
        simulator->lines[line].max_wait_ms = 0;
    simulator->most_waiting_today = 0;
    expect_day(simulator, day);
    agents_plan_day(simulator, day);
}

static void note_forecast(struct simulator *simulator)
{
    for (int line = 0; line < LINE_COUNT; line++) {
        double quarter = simulator->forecast[line][quarter_of(simulator->now_ms)];
        ledger_add(&simulator->ledger, line, FIELD_FORECAST_MILLI,
                   (int64_t)(quarter * 1000 * MINUTE_MS / QUARTER_MS + 0.5));
    }
}

/* A minute begins: first what was is kept, then the new minute's plan is written down. */
static void tick(struct simulator *simulator)
{
    int64_t minute = minute_of(simulator->now_ms);
    simulator->next_minute_ms += MINUTE_MS;
    agents_settle(simulator);
    ledger_mark_minute(&simulator->ledger, minute);
    for (int line = 0; line < LINE_COUNT; line++)
        ledger_forget_offered(&simulator->ledger, minute, line, simulator->lines[line].waiting_count);
    if (minute % (DAY_MS / MINUTE_MS) == 0)
        begin_day(simulator, day_of(simulator->now_ms));
    note_forecast(simulator);
    agents_note_minute(simulator);
}

/* ---- one thing after the other ---- */

enum happening { MINUTE, STREAM, AGENT, LEAVING };

/* What happens next: a minute, a stream, an agent, somebody in a line. */
struct event {
    int64_t at_ms;
    enum happening kind;
    int index, place;
};

static inline void sooner(struct event *event, int64_t at_ms, enum happening kind, int index, int place)
{
    if (at_ms < event->at_ms)
        *event = (struct event){.at_ms = at_ms, .kind = kind, .index = index, .place = place};
}

static struct event next_event(const struct simulator *simulator)
{
    struct event event = {.at_ms = simulator->next_minute_ms, .kind = MINUTE};
    for (int i = 0; i < STREAM_COUNT; i++)
        sooner(&event, simulator->arrivals[i].next_ms, STREAM, i, 0);
    for (int i = 0; i < simulator->agent_count; i++)
        sooner(&event, simulator->agents[i].until_ms, AGENT, i, 0);
    for (int line = 0; line < LINE_COUNT; line++)
        for (int i = 0; i < simulator->lines[line].waiting_count; i++)
            sooner(&event, simulator->lines[line].waiting[i].leaves_ms, LEAVING, line, i);
    return event;
}

static void happen(struct simulator *simulator, const struct event *event)
{
    simulator->now_ms = event->at_ms;
    switch (event->kind) {
    case MINUTE:
        tick(simulator);
        break;
    case STREAM:
        arrive(simulator, event->index);
        break;
    case AGENT:
        agent_next(simulator, &simulator->agents[event->index]);
        break;
    case LEAVING:
        line_give_up(simulator, event->index, event->place);
        break;
    }
}

void simulator_advance(struct simulator *simulator, int64_t day_ms)
{
    if (day_ms < simulator->now_ms)
        return;
    for (struct event event = next_event(simulator); event.at_ms <= day_ms; event = next_event(simulator))
        happen(simulator, &event);
    simulator->now_ms = day_ms;
    agents_settle(simulator);
}

/* ---- life ---- */

static void explain(const char *scenario, struct error *error)
{
    const char *nearest = text_nearest(scenario, scenario_names());
    struct text all = {0};
    for (const char *const *name = scenario_names(); *name; name++)
        text_append_format(&all, "%s%s", all.length ? ", " : "", *name);
    error_set(error, "there is no scenario \"%s\"%s%s%s; there are: %s", scenario,
              nearest ? "; did you mean \"" : "", nearest ? nearest : "", nearest ? "\"?" : "",
              text_bytes(&all));
    text_finish(&all);
}

/* Starts some weeks earlier, so that figures over weeks and the mailboxes are full on day 0. */
struct simulator *simulator_create(const char *scenario, uint64_t seed, struct error *error)
{
    const struct scenario *found = scenario_find(scenario);
    if (!found) {
        explain(scenario, error);
        return NULL;
    }
    struct simulator *simulator = memory_create(1, sizeof *simulator);
    simulator->scenario = found;
    simulator->seed = seed;
    simulator->now_ms = simulator->next_minute_ms = -(int64_t)LEDGER_PAST_DAYS * DAY_MS;
    dice_init(&simulator->dice, seed, 0);
    for (int i = 0; i < STREAM_COUNT; i++)
        simulator->arrivals[i].next_ms = never_ms;
    for (int line = 0; line < LINE_COUNT; line++)
        for (int quarter = 0; quarter < 96; quarter++)
            simulator->forecast[line][quarter] = scenario_forecast(line, quarter);
    agents_hire(simulator);
    simulator_advance(simulator, 0);
    return simulator;
}

/* All that it is lies in the one struct (floor.h): nothing of it points into itself. */
struct simulator *simulator_copy(const struct simulator *simulator)
{
    struct simulator *copy = memory_create(1, sizeof *copy);
    *copy = *simulator;
    return copy;
}

void simulator_destroy(struct simulator *simulator)
{
    free(simulator);
}
