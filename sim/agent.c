/* Those who answer: they come, talk, wrap up, take breaks, go home. */
#include <string.h>

#include "sim/floor.h"

static void hire(struct simulator *simulator, const struct staff *staff)
{
    for (int i = 0; i < staff->count; i++) {
        struct agent *agent = &simulator->agents[simulator->agent_count++];
        *agent = (struct agent){.team = staff->team, .lines = staff->lines};
        agent->until_ms = agent->starts_ms = agent->ends_ms = never_ms;
    }
}

void agents_hire(struct simulator *simulator)
{
    int rows;
    const struct staff *staff = staff_rows(&rows);
    for (int i = 0; i < rows; i++)
        hire(simulator, &staff[i]);
}

static void appoint(struct agent *agent, int64_t at_ms, int64_t length_ms, enum agent_state state)
{
    agent->appointments[agent->appointment_count++] =
        (struct appointment){.at_ms = at_ms, .length_ms = length_ms, .state = state};
}

/* Colleagues of one row start together but take their breaks one after the other. */
static void plan(struct agent *agent, const struct staff *staff, int place, int64_t midnight_ms,
                 struct dice *dice)
{
    int64_t late_ms = dice_wait_ms(dice, 90000), turn_ms = (int64_t)place * 12 * MINUTE_MS;
    int64_t lunch_ms = midnight_ms + staff->lunch_min * (int64_t)MINUTE_MS + turn_ms;
    int64_t lasts_ms = 45 * MINUTE_MS + dice_wait_ms(dice, 60000);
    agent->starts_ms = midnight_ms + staff->start_min * (int64_t)MINUTE_MS;
    agent->ends_ms = midnight_ms + staff->end_min * (int64_t)MINUTE_MS;
    agent->until_ms = agent->starts_ms + late_ms;
    agent->appointment = agent->appointment_count = 0;
    appoint(agent, agent->starts_ms + 105 * MINUTE_MS + turn_ms, 10 * MINUTE_MS, AGENT_PAUSE);
    appoint(agent, lunch_ms, lasts_ms, AGENT_PAUSE);
    if (dice_chance(dice, 15))
        appoint(agent, lunch_ms + 100 * MINUTE_MS, 30 * MINUTE_MS, AGENT_OTHER);
    appoint(agent, lunch_ms + 150 * MINUTE_MS, 10 * MINUTE_MS, AGENT_PAUSE);
    appoint(agent, agent->ends_ms, 0, AGENT_OFF);
}

void agents_plan_day(struct simulator *simulator, int64_t day)
{
    int rows;
    const struct staff *staff = staff_rows(&rows);
    struct agent *agent = simulator->agents;
    double absent_percent = scenario_absent_percent(simulator->scenario, day);
    for (int i = 0; i < rows; i++)
        for (int place = 0; place < staff[i].count; place++, agent++) {
            memset(&agent->today, 0, sizeof agent->today);
            plan(agent, &staff[i], place, day * DAY_MS, &simulator->dice);
            if (dice_chance(&simulator->dice, absent_percent))
                agent->until_ms = never_ms; /* is expected and does not come */
        }
}

static void add_team(struct simulator *simulator, const struct agent *agent, enum field field, int64_t amount)
{
    ledger_add(&simulator->ledger, ACCOUNT_TEAMS + (int)agent->team, field, amount);
    ledger_add(&simulator->ledger, ACCOUNT_FLOOR, field, amount);
}

static void settle_contact(struct simulator *simulator, struct agent *agent, int64_t spent_ms)
{
    bool wraps_up = agent->state == AGENT_ACW, holds = !wraps_up && agent->phases[agent->phase].hold;
    enum field field = wraps_up ? FIELD_ACW_MS : holds ? FIELD_HOLD_MS : FIELD_TALK_MS;
    ledger_add(&simulator->ledger, agent->line, field, spent_ms);
    if (line_channel(agent->line) != CHANNEL_VOICE)
        return;
    *(wraps_up ? &agent->today.acw_ms : holds ? &agent->today.hold_ms : &agent->today.talk_ms) += spent_ms;
}

static void settle(struct simulator *simulator, struct agent *agent)
{
    int64_t spent_ms = simulator->now_ms - agent->since_ms;
    agent->since_ms = simulator->now_ms;
    if (agent->state == AGENT_OFF || spent_ms == 0)
        return;
    agent->today.login_ms += spent_ms;
    add_team(simulator, agent, FIELD_LOGIN_MS, spent_ms);
    if (agent->state != AGENT_PAUSE)
        add_team(simulator, agent, FIELD_WORK_MS, spent_ms);
    if (agent->state == AGENT_AVAILABLE) {
        agent->today.idle_ms += spent_ms;
        add_team(simulator, agent, FIELD_READY_IDLE_MS, spent_ms);
    } else if (agent->state == AGENT_PAUSE || agent->state == AGENT_OTHER) {
        agent->today.away_ms += spent_ms;
        add_team(simulator, agent, FIELD_AUX_MS, spent_ms);
    } else {
        settle_contact(simulator, agent, spent_ms);
    }
}

void agents_settle(struct simulator *simulator)
{
    for (int i = 0; i < simulator->agent_count; i++)
        settle(simulator, &simulator->agents[i]);
}

static void enter(struct simulator *simulator, struct agent *agent, enum agent_state state, int64_t until_ms)
{
    settle(simulator, agent);
    agent->state = state;
    agent->until_ms = until_ms;
}

static bool in_production(const struct agent *agent)
{
    return agent->state == AGENT_AVAILABLE || agent->state == AGENT_ON_CONTACT || agent->state == AGENT_ACW;
}

bool agent_works_as_planned(const struct agent *agent, int64_t now_ms)
{
    if (agent->starts_ms == never_ms || now_ms < agent->starts_ms || now_ms >= agent->ends_ms)
        return false;
    for (int i = 0; i < agent->appointment_count; i++) {
        const struct appointment *appointment = &agent->appointments[i];
        if (now_ms >= appointment->at_ms && now_ms < appointment->at_ms + appointment->length_ms)
            return false;
    }
    return true;
}

static bool at_lunch(const struct agent *agent, int64_t now_ms)
{
    const struct appointment *lunch = &agent->appointments[1];
    return now_ms >= lunch->at_ms && now_ms < lunch->at_ms + lunch->length_ms;
}

/* Plans are compared with what people do once a minute, as planning tools do. */
void agents_note_minute(struct simulator *simulator)
{
    for (int i = 0; i < simulator->agent_count; i++) {
        const struct agent *agent = &simulator->agents[i];
        bool on_shift = simulator->now_ms >= agent->starts_ms && simulator->now_ms < agent->ends_ms;
        if (!on_shift)
            continue;
        bool planned = agent_works_as_planned(agent, simulator->now_ms);
        if (!at_lunch(agent, simulator->now_ms))
            add_team(simulator, agent, FIELD_PAID_MS, MINUTE_MS);
        if (in_production(agent))
            add_team(simulator, agent, FIELD_WORKED_IN_SCHEDULE_MS, MINUTE_MS);
        if (!planned)
            continue;
        add_team(simulator, agent, FIELD_SCHEDULED_MS, MINUTE_MS);
        if (in_production(agent))
            add_team(simulator, agent, FIELD_IN_ADHERENCE_MS, MINUTE_MS);
    }
}

/* First a colleague of the line's own team; among those who has been idle longest. */
static bool better(const struct agent *a, const struct agent *b, enum queue queue)
{
    if ((a->team == queue) != (b->team == queue))
        return a->team == queue;
    return a->idle_since_ms < b->idle_since_ms;
}

struct agent *agents_best_for(struct simulator *simulator, int line)
{
    struct agent *best = NULL;
    for (int i = 0; i < simulator->agent_count; i++) {
        struct agent *agent = &simulator->agents[i];
        if (agent->state != AGENT_AVAILABLE || !(agent->lines & (1U << line)))
            continue;
        if (!best || better(agent, best, line_queue(line)))
            best = agent;
    }
    return best;
}

/* Talk, or talk, hold and talk again. */
static void plan_conversation(struct agent *agent, struct dice *dice)
{
    const struct service *service = line_service(agent->line);
    int64_t talk_ms = 12000 + dice_duration_ms(dice, service->talk_ms - 12000, 3);
    agent->acw_ms = 4000 + dice_duration_ms(dice, service->acw_ms - 4000, 2);
    agent->phase = 0;
    agent->phase_count = 1;
    agent->phases[0] = (struct phase){.length_ms = talk_ms};
    if (!dice_chance(dice, service->hold_percent))
        return;
    int64_t before_ms = talk_ms * (20 + dice_below(dice, 60)) / 100;
    agent->phase_count = 3;
    agent->phases[0].length_ms = before_ms;
    agent->phases[1] =
        (struct phase){.hold = true, .length_ms = 8000 + dice_wait_ms(dice, service->hold_ms - 8000)};
    agent->phases[2] = (struct phase){.length_ms = talk_ms - before_ms};
}

static void take_up(struct simulator *simulator, struct agent *agent, int line)
{
    settle(simulator, agent); /* while the agent is still on the line before */
    agent->line = line;
    plan_conversation(agent, &simulator->dice);
    enter(simulator, agent, AGENT_ON_CONTACT, simulator->now_ms + agent->phases[0].length_ms);
    agent->today.accepted += line_channel(line) == CHANNEL_VOICE;
}

void agent_answer(struct simulator *simulator, struct agent *agent, int line, const struct waiting *contact)
{
    struct ledger *ledger = &simulator->ledger;
    int64_t wait_ms = simulator->now_ms - contact->entered_ms;
    ledger_add(ledger, line, FIELD_ANSWERED, 1);
    ledger_add(ledger, line, FIELD_ANSWERED_IN_T, wait_ms <= ANSWER_TARGET_MS);
    ledger_add(ledger, line, FIELD_WAIT_ANSWERED_MS, wait_ms);
    ledger_add(ledger, line, FIELD_ENTRY_TO_AGENT_MS, wait_ms + contact->ivr_ms);
    if (line_channel(line) == CHANNEL_CHAT) {
        ledger_add(ledger, line, FIELD_FIRST_RESPONSES, 1);
        ledger_add(ledger, line, FIELD_FIRST_RESPONSE_MS, wait_ms + 6000);
        ledger_add(ledger, line, FIELD_FIRST_RESPONSES_IN_TARGET, wait_ms <= MINUTE_MS);
    }
    take_up(simulator, agent, line);
}

static void call_back(struct simulator *simulator, struct agent *agent, int line)
{
    simulator->lines[line].callbacks_pending--;
    ledger_add(&simulator->ledger, line, FIELD_CALLBACKS_MADE, 1);
    take_up(simulator, agent, line);
}

/* Of the lines an agent may take: the one where somebody has waited longest; -1: nobody waits. */
static int longest_waiting_line(const struct simulator *simulator, const struct agent *agent)
{
    int best = -1;
    int64_t longest_ms = -1;
    for (int line = 0; line < LINE_COUNT; line++) {
        if (!(agent->lines & (1U << line)) || !simulator->lines[line].waiting_count)
            continue;
        int64_t wait_ms = line_longest_wait_ms(simulator, line);
        if (wait_ms > longest_ms) {
            longest_ms = wait_ms;
            best = line;
        }
    }
    return best;
}

static int callback_line(const struct simulator *simulator, const struct agent *agent)
{
    for (int line = 0; line < LINE_COUNT; line++)
        if (agent->lines & (1U << line) && simulator->lines[line].callbacks_pending)
            return line;
    return -1;
}

static bool keeps_appointment(struct simulator *simulator, struct agent *agent)
{
    if (agent->appointment == agent->appointment_count)
        return false;
    const struct appointment *next = &agent->appointments[agent->appointment];
    if (next->at_ms > simulator->now_ms)
        return false;
    agent->appointment++;
    int64_t until_ms = next->state == AGENT_OFF ? never_ms : simulator->now_ms + next->length_ms;
    enter(simulator, agent, next->state, until_ms);
    return true;
}

static void find_work(struct simulator *simulator, struct agent *agent)
{
    if (keeps_appointment(simulator, agent))
        return;
    int line = longest_waiting_line(simulator, agent);
    if (line >= 0) {
        struct waiting contact = line_take_first(simulator, line);
        agent_answer(simulator, agent, line, &contact);
        return;
    }
    line = callback_line(simulator, agent);
    if (line >= 0) {
        call_back(simulator, agent, line);
        return;
    }
    agent->idle_since_ms = simulator->now_ms;
    enter(simulator, agent, AGENT_AVAILABLE, agent->appointments[agent->appointment].at_ms);
}

static void hang_up(struct simulator *simulator, struct agent *agent)
{
    struct ledger *ledger = &simulator->ledger;
    bool voice = line_channel(agent->line) == CHANNEL_VOICE;
    if (dice_chance(&simulator->dice, line_service(agent->line)->transfer_percent)) {
        ledger_add(ledger, agent->line, FIELD_TRANSFERRED, 1);
        ledger_add(ledger, agent->line, FIELD_ESCALATED, dice_chance(&simulator->dice, 60));
        agent->today.transferred += voice;
    }
    if (agent->phase_count > 1) {
        ledger_add(ledger, agent->line, FIELD_HELD, 1);
        agent->today.held += voice;
    }
    enter(simulator, agent, AGENT_ACW, simulator->now_ms + agent->acw_ms);
}

static void talk_on(struct simulator *simulator, struct agent *agent)
{
    if (agent->phase + 1 == agent->phase_count) {
        hang_up(simulator, agent);
        return;
    }
    settle(simulator, agent);
    agent->phase++;
    agent->until_ms = simulator->now_ms + agent->phases[agent->phase].length_ms;
}

void agent_next(struct simulator *simulator, struct agent *agent)
{
    if (agent->state == AGENT_ON_CONTACT) {
        talk_on(simulator, agent);
        return;
    }
    if (agent->state == AGENT_ACW)
        contact_over(simulator, agent->line);
    find_work(simulator, agent);
}

int agents_in(const struct simulator *simulator, int team, enum agent_state state)
{
    int count = 0;
    for (int i = 0; i < simulator->agent_count; i++) {
        const struct agent *agent = &simulator->agents[i];
        count += agent->state == state && (team < 0 || agent->team == (enum queue)team);
    }
    return count;
}
