/*
 * The last week agent by agent, for a board that ranks those who asked for it. Thrown for each agent and
 * week by itself: the day's events keep no book of a single agent's customers.
 */
#include "base/calendar.h"
#include "base/json.h"
#include "sim/floor.h"
#include "sim/simulator.h"

enum { WEEK_STREAM = 100000, SECOND_MS = 1000 };

/* What is counted of an agent; the second is a part of the first, or the seconds that it took. */
static const struct pair {
    const char *whole, *part;
    int least, more; /* whole: least .. least + more - 1 */
    int least_part, more_part;
    bool is_percent; /* of the whole; else seconds each */
} pairs[] = {
    {"replies", "reply_s", 20, 30, 1200, 5400, false},
    {"tickets_resolved", "resolution_s", 10, 25, 14400, 72000, false},
    {"fcr_evaluated", "resolved_first", 15, 20, 62, 30, true},
    {"csat_responses", "csat_top2", 12, 20, 64, 32, true},
};

static void append_sample(struct text *out, int agent, const char *id, int value)
{
    text_append(out, out->bytes[out->length - 1] == '[' ? "\n" : ",\n");
    text_append_format(out,
                       "{\"id\":\"%s\",\"value\":%d,\"window\":\"week\",\"dims\":{\"agent\":\"sim-%02d\"}}",
                       id, value, agent + 1);
}

static void append_pair(struct text *out, int agent, const struct pair *pair, struct dice *dice)
{
    int whole = pair->least + dice_below(dice, pair->more);
    int each = pair->least_part + dice_below(dice, pair->more_part);
    append_sample(out, agent, pair->whole, whole);
    append_sample(out, agent, pair->part, pair->is_percent ? whole * each / 100 : whole * each);
}

static void append_agent(struct text *out, uint64_t seed, int64_t week_wall_ms, int agent)
{
    struct dice dice;
    dice_init(&dice, seed + (uint64_t)week_wall_ms, WEEK_STREAM + (uint64_t)agent);
    append_sample(out, agent, "handled", 60 + dice_below(&dice, 120));
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        append_pair(out, agent, &pairs[i], &dice);
}

void simulator_write_agents_week(const struct simulator *simulator, double at_s, struct text *out)
{
    int64_t over_wall_ms = calendar_floor_ms((int64_t)(at_s * SECOND_MS), CALENDAR_WEEK) - SECOND_MS;
    text_append(out, "{\"at\":");
    json_write_number(out, (double)(over_wall_ms / SECOND_MS));
    text_append(out, ",\"samples\":[");
    for (int agent = 0; agent < simulator->agent_count; agent++)
        append_agent(out, simulator->seed, over_wall_ms, agent);
    text_append(out, "\n]}\n");
}
