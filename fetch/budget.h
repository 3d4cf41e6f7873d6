#ifndef FETCH_BUDGET_H
#define FETCH_BUDGET_H

/*
 * How many requests an account may make, shared by all sources that use it.
 *
 * A vendor counts all tools of a customer together, so only half of what he allows is used. Requests
 * are let through one after the other, evenly, some at once if there were none for a while. Whoever
 * asks gets a moment of his own: nobody is overtaken, nobody starves.
 */

#include <stdint.h>

#include "fetch/source.h"

struct budget {
    const struct budget_settings *settings;
    int64_t even_ms;       /* when the next request would come if all were evenly spread, monotonic */
    int64_t held_until_ms; /* the vendor said: nobody before */
};

/* Takes one request out of the budget and says when it may be made. */
int64_t budget_reserve_ms(struct budget *budget, int64_t now_ms);

/* The vendor asks the account to wait. */
void budget_hold(struct budget *budget, int64_t until_ms);

#endif
