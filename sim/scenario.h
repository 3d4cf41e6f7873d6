#ifndef SIM_SCENARIO_H
#define SIM_SCENARIO_H

/*
 * What a day is like: who calls when, who works when, what goes wrong. Tables only; simulator.c
 * throws the dice.
 *
 * Everything that arrives is a stream with a volume a day, spread over the quarters of an hour by a
 * profile. Day 0 is the first day that is shown; days before it are ordinary ones in any scenario,
 * they only fill the figures over weeks.
 */

#include <stdbool.h>
#include <stdint.h>

enum queue { QUEUE_SALES, QUEUE_SUPPORT, QUEUE_BILLING, QUEUE_COUNT };
enum channel { CHANNEL_VOICE, CHANNEL_CHAT, CHANNEL_EMAIL, CHANNEL_COUNT };

/* A line is a queue on a channel: queue * CHANNEL_COUNT + channel. */
enum {
    LINE_COUNT = QUEUE_COUNT * CHANNEL_COUNT,
    KIND_COUNT = 3, /* kinds of e-mail, reasons of contact: so many a queue */
    CAMPAIGN_COUNT = 2,
};

enum {
    MINUTE_MS = 60000,
    QUARTER_MS = 15 * MINUTE_MS,
    DAY_MS = 24 * 60 * MINUTE_MS,
    OPENING_MS = (8 * 60 + 30) * MINUTE_MS,
    CLOSING_MS = (18 * 60 + 30) * MINUTE_MS,
};

/* What arrives: contacts on the lines (e-mails on theirs), and the rest. */
enum stream {
    STREAM_LINES = 0,
    STREAM_TICKET_WORK = LINE_COUNT, /* one a queue: somebody takes up an e-mail */
    STREAM_CAMPAIGNS = STREAM_TICKET_WORK + QUEUE_COUNT,
    STREAM_IVR_CONTAINED = STREAM_CAMPAIGNS + CAMPAIGN_COUNT,
    STREAM_IVR_LEFT,
    STREAM_COUNT
};

/* How contacts of a line go; means. */
struct service {
    double talk_ms, acw_ms, patience_ms;
    double hold_percent, hold_ms;
    double transfer_percent, script_percent;
};

/* So many agents of a team with the same working day. */
struct staff {
    enum queue team;
    int count;
    unsigned lines; /* bit LINE: may take its contacts */
    int start_min, lunch_min, end_min;
};

struct scenario;

const struct scenario *scenario_find(const char *name); /* NULL: there is none */
const char *const *scenario_names(void);                /* ended by NULL */

const char *queue_name(enum queue queue);
const char *scenario_channel_name(enum channel channel);
const char *campaign_name(int campaign);
const char *ticket_kind_name(int kind);
const char *reason_name(enum queue queue, int reason);
const char *agent_name(int agent);

const struct service *line_service(int line);
const struct staff *staff_rows(int *count);
double scenario_absent_percent(const struct scenario *scenario, int64_t day);

/* How many are expected in that quarter (0..95) of the day; what was forecast had no surge in it. */
double scenario_expected(const struct scenario *scenario, int stream, int64_t day, int quarter);
double scenario_forecast(int stream, int quarter);

#endif
