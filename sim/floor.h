#ifndef SIM_FLOOR_H
#define SIM_FLOOR_H

/*
 * The inside of the simulator, shared by the files that let it live (simulator.c, line.c, agent.c,
 * ticket.c) and those that describe it (canonical.c, zendesk.c, genesys.c). Nobody else includes it.
 */

#include <stdbool.h>
#include <stdint.h>

#include "sim/dice.h"
#include "sim/ledger.h"
#include "sim/scenario.h"

enum {
    MOST_WAITING = 60, /* on a line; whoever comes then is told to call later (blocked) */
    MOST_AGENTS = 64,
    MOST_TICKETS = 1024, /* open ones of a queue */
    MOST_APPOINTMENTS = 6,
    MOST_PHASES = 3,
    ANSWER_TARGET_MS = 20000, /* T */
    SHORT_ABANDON_MS = 5000,  /* Ta */
    FIRST_RESPONSE_TARGET_MS = 8 * 60 * MINUTE_MS,
    TICKET_TARGET_MS = 48 * 60 * MINUTE_MS,
};

static const int64_t never_ms = INT64_MAX;

enum leaving { LEAVES_BY_HANGING_UP, LEAVES_FOR_CALLBACK, LEAVES_BY_OVERFLOW };

/* Somebody who waits, and what happens should nobody answer until then. */
struct waiting {
    int64_t entered_ms, ivr_ms, leaves_ms;
    enum leaving leaving;
};

struct line {
    int waiting_count;
    struct waiting waiting[MOST_WAITING]; /* the first came first */
    int callbacks_pending;
    int64_t max_wait_ms; /* today, of those who no longer wait */
};

enum agent_state {
    AGENT_OFF,
    AGENT_AVAILABLE,
    AGENT_ON_CONTACT,
    AGENT_ACW,
    AGENT_PAUSE,
    AGENT_OTHER,
    AGENT_STATES
};

/* A part of a conversation. */
struct phase {
    bool hold;
    int64_t length_ms;
};

/* A time at which an agent does something else as soon as the customer is gone. AGENT_OFF: goes home. */
struct appointment {
    int64_t at_ms, length_ms;
    enum agent_state state;
};

/* What an agent has done today, on the telephone. */
struct agent_day {
    int64_t accepted, held, transferred;
    int64_t talk_ms, hold_ms, acw_ms, idle_ms, away_ms, login_ms;
};

struct agent {
    enum queue team;
    unsigned lines;
    enum agent_state state;
    int64_t since_ms; /* all time before is in the books */
    int64_t until_ms; /* when agent_next() is due */
    int64_t idle_since_ms;
    int line; /* of the contact or its wrap-up */
    int phase, phase_count;
    struct phase phases[MOST_PHASES];
    int64_t acw_ms;
    int64_t starts_ms, ends_ms; /* as planned; never_ms: does not work today */
    int appointment, appointment_count;
    struct appointment appointments[MOST_APPOINTMENTS];
    struct agent_day today;
};

struct ticket {
    int64_t opened_ms;
    bool replied;
};

struct tickets {
    int count;
    struct ticket open[MOST_TICKETS]; /* oldest first */
};

struct arrivals {
    struct dice dice;
    int64_t next_ms;
};

struct simulator {
    const struct scenario *scenario;
    uint64_t seed;
    int64_t now_ms; /* since the first midnight */
    int64_t next_minute_ms;
    struct dice dice; /* for everything but the arrivals, which thus do not depend on who answers */
    struct arrivals arrivals[STREAM_COUNT];
    double expected[STREAM_COUNT][96]; /* today */
    double forecast[LINE_COUNT][96];
    struct line lines[LINE_COUNT];
    struct tickets tickets[QUEUE_COUNT];
    int agent_count;
    struct agent agents[MOST_AGENTS];
    int64_t most_waiting_today;
    struct ledger ledger;
};

static inline enum queue line_queue(int line)
{
    return (enum queue)(line / CHANNEL_COUNT);
}

static inline enum channel line_channel(int line)
{
    return (enum channel)(line % CHANNEL_COUNT);
}

static inline bool line_is_live(int line)
{
    return line_channel(line) != CHANNEL_EMAIL;
}

/* line.c: those who wait */
void line_arrive(struct simulator *simulator, int line);
struct waiting line_take_first(struct simulator *simulator, int line);
void line_give_up(struct simulator *simulator, int line, int place);
int64_t line_longest_wait_ms(const struct simulator *simulator, int line);
int line_waiting_longer(const struct simulator *simulator, int line, int64_t wait_ms);

/* agent.c: those who answer */
void agents_hire(struct simulator *simulator);
void agents_plan_day(struct simulator *simulator, int64_t day);
void agent_next(struct simulator *simulator, struct agent *agent);
void agents_settle(struct simulator *simulator); /* puts all time up to now in the books */
void agents_note_minute(struct simulator *simulator);
struct agent *agents_best_for(struct simulator *simulator, int line); /* NULL: nobody is free */
void agent_answer(struct simulator *simulator, struct agent *agent, int line, const struct waiting *contact);
bool agent_works_as_planned(const struct agent *agent, int64_t now_ms); /* production is planned now */
int agents_in(const struct simulator *simulator, int team, enum agent_state state); /* team -1: all */

/* ticket.c: e-mail */
void ticket_open(struct simulator *simulator, enum queue queue);
void ticket_work(struct simulator *simulator, enum queue queue);

/* conversation.c: what remains of a contact that is over */
void contact_over(struct simulator *simulator, int line);

#endif
