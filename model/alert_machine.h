#ifndef MODEL_ALERT_MACHINE_H
#define MODEL_ALERT_MACHINE_H

/*
 * The judgement of one tile over time: when it turns amber or red, when it turns back, when its figure
 * is too old to be believed, and what has become of the alert.
 *
 * It judges on samples, never on ticks; ticks only let figures grow old and locks run out. All times
 * are of the monotonic clock.
 *
 * A level is raised when the value was beyond its threshold for `for_ms`, and lowered when the value was
 * better than the threshold by the hysteresis for `clear_ms`. What comes back to the good side without
 * passing the hysteresis is believed after longer. The first figure after a start is judged at once.
 */

#include <stdbool.h>
#include <stdint.h>

#include "model/grade.h"
#include "model/rule.h"
#include "model/snapshot.h"

enum alert_state {
    ALERT_INACTIVE,
    ALERT_PENDING, /* beyond a threshold, not yet for long enough */
    ALERT_ALERTING,
    ALERT_ACKED,      /* somebody has seen it */
    ALERT_RECOVERING, /* better, not yet for long enough */
    ALERT_FROZEN,     /* there was an alert when the figures stopped coming */
    ALERT_SHELVED,    /* put aside by a person, for a while */
    ALERT_STATE_COUNT
};

enum { ALERT_CHATTER_COUNT = 3, ALERT_CHATTER_WITHIN_MS = 60000 };

/* A moment that never was: the past may lie before the monotonic clock's zero. */
#define ALERT_TIMER_OFF INT64_MIN

/* Runs while a level may be lowered, and keeps the worst that was seen meanwhile. */
struct lowering {
    int64_t since_ms; /* or ALERT_TIMER_OFF */
    enum severity worst;
};

/* Plain data, so that it can lie in an array; only for the functions below. */
struct alert_machine {
    bool closed;
    bool has_figures; /* since the start, the opening or the last forgetting */
    bool known;       /* the newest sample had a value (or nothing to measure) */
    bool judged;      /* some sample was judged: the next one is no cold start */
    bool insufficient;
    int64_t figures_ms; /* the time of the figures */

    enum severity severity;
    int64_t beyond_since_ms[SEVERITY_COUNT]; /* or ALERT_TIMER_OFF */
    struct lowering clear, slow_clear;

    int64_t activations_ms[ALERT_CHATTER_COUNT]; /* the last ones, newest first */
    int64_t unstable_until_ms;
    enum severity acked; /* the level that was seen; OK: none */
    int64_t acked_ms;
    int64_t shelved_until_ms;
};

void alert_machine_init(struct alert_machine *machine);

/* Lets time pass. */
void alert_machine_tick(struct alert_machine *machine, const struct rule *rule, int64_t now_ms);

/*
 * New figures, of the time `figures_ms`. `value` NaN: nothing happened that could be measured. `n`: how
 * much stands behind it; NaN: not told, it is judged as it is.
 */
void alert_machine_sample(struct alert_machine *machine, const struct rule *rule, double value, double n,
                          int64_t figures_ms, int64_t now_ms);

/* The source has said that it does not know: there is no figure, and what was known of the past is kept. */
void alert_machine_unknown(struct alert_machine *machine);

/* Somebody has seen the alert; nothing without one. */
void alert_machine_ack(struct alert_machine *machine, int64_t now_ms);

/* Puts the tile's alerts aside, for eight hours at most. */
void alert_machine_shelve(struct alert_machine *machine, int64_t for_ms, int64_t now_ms);

/* The queue closes; it opens, and all that was before is forgotten. */
void alert_machine_close(struct alert_machine *machine);
void alert_machine_open(struct alert_machine *machine);

/* What is shown and known of it now. Call alert_machine_tick() before. */
enum display alert_machine_display(const struct alert_machine *machine, const struct rule *rule,
                                   int64_t now_ms);
enum alert_state alert_machine_state(const struct alert_machine *machine, const struct rule *rule,
                                     int64_t now_ms);
/* The level above the one shown (OK or WARN) that the figure is at already, not yet for long enough;
 * DISPLAY_OK: none. */
enum display alert_machine_pending(const struct alert_machine *machine, const struct rule *rule,
                                   int64_t now_ms);
bool alert_machine_unstable(const struct alert_machine *machine, int64_t now_ms);

/* "CRITICAL", "ALERTING", … */
const char *severity_name(enum severity severity);
const char *display_name(enum display display);
const char *alert_state_name(enum alert_state state);

#endif
