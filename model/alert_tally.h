#ifndef MODEL_ALERT_TALLY_H
#define MODEL_ALERT_TALLY_H

/*
 * What a tile's thresholds cost a floor over a day: how often it called, how long it was amber, red or not to
 * be believed, how often it changed its mind. For arguing about a threshold (`vigie replay`).
 *
 * An alert: the tile turned amber or red and was not before, and nobody had put it aside. A flap: it
 * got worse within ten minutes of having got better.
 */

#include "model/judgement.h"

struct alert_tally {
    bool begun;
    int64_t from_ms, last_ms;
    struct judgement last;
    int64_t got_better_ms; /* or ALERT_TIMER_OFF */
    int alerts, reds, flaps;
    int64_t display_ms[DISPLAY_COUNT];
};

void alert_tally_init(struct alert_tally *tally);

/* The judgement from `now_ms` on. */
void alert_tally_note(struct alert_tally *tally, const struct judgement *judgement, int64_t now_ms);

/* Per 24 hours; NaN before any time has passed. */
double alert_tally_alerts_a_day(const struct alert_tally *tally);
double alert_tally_minutes(const struct alert_tally *tally, enum display display);

#endif
