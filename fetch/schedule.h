#ifndef FETCH_SCHEDULE_H
#define FETCH_SCHEDULE_H

/*
 * Decides when a source is asked again.
 *
 * After a success: one interval after it was asked. After failures: it depends on whether asking again
 * can do harm. A server in trouble is left to recover, with waits that grow and are spread by chance,
 * so that a hundred wallboards do not come back to it in the same second.
 */

#include <stdint.h>

enum pace {
    PACE_STEADY,  /* it answered: ask again at the usual time */
    PACE_SLOWER,  /* a request that the server refuses for good: after three, once in five minutes */
    PACE_BACK_OFF /* trouble: by chance up to 2 s, doubled each time up to 300 s; never before the interval */
};

struct schedule {
    int64_t interval_ms;
    int failures;    /* in a row */
    int refusals;    /* in a row, of the last failures */
    uint32_t chance; /* state of the generator; any start but 0 */
};

/*
 * When the first poll is: by chance within a quarter of the interval and 5 s, so that neither the sources of
 * one wall nor all walls of a site ask in the same second after a power cut. (A wall's first source begins at
 * once where its server is this machine.)
 */
int64_t schedule_first_ms(struct schedule *schedule, int64_t now_ms);

/* Notes a success; gives when to ask next. Never in the past. */
int64_t schedule_after_success_ms(struct schedule *schedule, int64_t asked_ms, int64_t now_ms);

/* Notes a failure; `told_ms` is the wait that the server asked for, 0: none. */
int64_t schedule_after_failure_ms(struct schedule *schedule, enum pace pace, int64_t told_ms,
                                  int64_t asked_ms, int64_t now_ms);

/* What is kept of a wait that a server asks for: at most an hour. */
int64_t schedule_kept_wait_ms(int64_t told_ms);

#endif
