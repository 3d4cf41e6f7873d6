#ifndef SIM_LEDGER_H
#define SIM_LEDGER_H

/*
 * What has happened, counted: accounts (a line, a team, a campaign …) with a number of fields each.
 *
 * Every count runs on for ever. A window is the difference to what stood there when it began, which
 * is why the ledger keeps its state at each of the last minutes and at each of the last midnights:
 * a fixed amount of memory, however long it runs, and sums that are exact (all are integers).
 */

#include <stdbool.h>
#include <stdint.h>

#include "sim/scenario.h"

/* The names in comments are those of the wallboard's counters; rows in ledger.c. */
enum field {
    FIELD_OFFERED,
    FIELD_ANSWERED,
    FIELD_ANSWERED_IN_T,
    FIELD_ABANDONED,
    FIELD_ABANDONED_IN_T,
    FIELD_SHORT_ABANDONED,
    FIELD_BLOCKED,
    FIELD_OVERFLOWED,
    FIELD_CALLBACKS_REGISTERED,
    FIELD_OUT_OF_HOURS,
    FIELD_HANDLED,
    FIELD_TRANSFERRED,
    FIELD_ESCALATED,
    FIELD_HELD,
    FIELD_TALK_MS,
    FIELD_HOLD_MS,
    FIELD_ACW_MS,
    FIELD_WAIT_ANSWERED_MS,
    FIELD_WAIT_ABANDONED_MS,
    FIELD_ENTRY_TO_AGENT_MS,
    FIELD_FORECAST_MILLI,
    FIELD_CALLBACKS_MADE, /* not a counter of the wallboard: closes the sum of what agents take up */
    FIELD_REPEAT,
    FIELD_RESOLVED_FIRST,
    FIELD_RESOLVED,
    FIELD_FCR_EVALUATED,
    FIELD_SCRIPT_USED,
    FIELD_SURVEY_SENT,
    FIELD_CSAT_RESPONSES,
    FIELD_CSAT_SUM,
    FIELD_CSAT_TOP2,
    FIELD_CSAT_GLOBAL_RESPONSES,
    FIELD_CSAT_GLOBAL_TOP2,
    FIELD_NPS_RESPONSES,
    FIELD_NPS_PROMOTERS,
    FIELD_NPS_DETRACTORS,
    FIELD_QA_EVALUATIONS,
    FIELD_QA_SCORE_SUM,
    FIELD_COMPLAINTS,
    FIELD_COST_CENTS,
    FIELD_FIRST_RESPONSES,
    FIELD_FIRST_RESPONSE_MS,
    FIELD_FIRST_RESPONSES_IN_TARGET,
    FIELD_REPLIES,
    FIELD_REPLY_MS,
    FIELD_TICKETS_OPENED,
    FIELD_TICKETS_RESOLVED,
    FIELD_TICKETS_CLOSED,
    FIELD_TICKETS_REOPENED,
    FIELD_RESOLUTION_MS,
    FIELD_CYCLE_MS,
    FIELD_BY_KIND,
    FIELD_BY_REASON,
    FIELD_BY_CHANNEL,
    FIELD_IVR_ENTERED,
    FIELD_IVR_CONTAINED,
    FIELD_IVR_ABANDONED,
    FIELD_IVR_MS,
    FIELD_OUTBOUND_ATTEMPTS,
    FIELD_OUTBOUND_REACHED,
    FIELD_SALES,
    FIELD_REVENUE_CENTS,
    FIELD_LOGIN_MS,
    FIELD_READY_IDLE_MS,
    FIELD_AUX_MS,
    FIELD_PAID_MS,
    FIELD_WORK_MS,
    FIELD_SCHEDULED_MS,
    FIELD_IN_ADHERENCE_MS,
    FIELD_WORKED_IN_SCHEDULE_MS,
    FIELD_COUNT
};

/* The accounts; those before ROLLING_COUNT have windows of minutes, all have windows of days. */
enum account {
    ACCOUNT_LINES = 0,
    ACCOUNT_TEAMS = LINE_COUNT,
    ACCOUNT_FLOOR = ACCOUNT_TEAMS + QUEUE_COUNT, /* all teams */
    ACCOUNT_IVR,
    ACCOUNT_ROLLING_COUNT,
    ACCOUNT_CAMPAIGNS = ACCOUNT_ROLLING_COUNT,
    ACCOUNT_KINDS = ACCOUNT_CAMPAIGNS + CAMPAIGN_COUNT,
    ACCOUNT_REASONS = ACCOUNT_KINDS + QUEUE_COUNT * KIND_COUNT,
    ACCOUNT_CHANNELS = ACCOUNT_REASONS + QUEUE_COUNT * KIND_COUNT,
    ACCOUNT_COUNT = ACCOUNT_CHANNELS + CHANNEL_COUNT
};

enum window {
    WINDOW_30M,
    WINDOW_60M,
    WINDOW_TODAY,
    WINDOW_WEEK,
    WINDOW_MONTH,
    WINDOW_ROLLING_7D,
    WINDOW_ROLLING_28D,
    WINDOW_COUNT
};

enum {
    LEDGER_PAST_DAYS = 20, /* working days that the longest window reaches back to */
    LEDGER_KEPT_DAYS = LEDGER_PAST_DAYS + 1,
    LEDGER_KEPT_MINUTES = 62
};

struct tally {
    int64_t of[FIELD_COUNT];
};

struct ledger {
    struct tally total[ACCOUNT_COUNT];
    struct tally minutes[LEDGER_KEPT_MINUTES][ACCOUNT_ROLLING_COUNT]; /* at minute m: row m modulo */
    struct tally midnights[LEDGER_KEPT_DAYS][ACCOUNT_COUNT]; /* at the start of day d: row d modulo */
};

void ledger_add(struct ledger *ledger, int account, enum field field, int64_t amount);

/* Keeps the state at this moment as that of the minute or the day that begins. */
void ledger_mark_minute(struct ledger *ledger, int64_t minute);

/*
 * Makes those who wait on a line at that minute count as offered after it: they belong to the window
 * in which they are dealt with. Else a window could hold more answers than contacts.
 */
void ledger_forget_offered(struct ledger *ledger, int64_t minute, int line, int waiting);
void ledger_mark_midnight(struct ledger *ledger, int64_t day);

/* A field over the last so many minutes (at most 60; to the whole minute), and over a window of days. */
int64_t ledger_over_minutes(const struct ledger *ledger, int account, enum field field, int minutes,
                            int64_t now_ms);
int64_t ledger_over(const struct ledger *ledger, int account, enum field field, enum window window,
                    int64_t now_ms);

/* Which day and minute a moment belongs to; moments before day 0 are negative. */
int64_t day_of(int64_t moment_ms);
int64_t minute_of(int64_t moment_ms);

#endif
