#ifndef SIM_INTERVAL_H
#define SIM_INTERVAL_H

/* The interval of a Genesys query: two ISO 8601 moments with a slash between them. */

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"

/* How long it is. False: the error says what is wrong with it. */
bool interval_length_ms(const char *interval, int64_t *length_ms, struct error *error);

/*
 * Which window of the simulator answers it, in seconds. The simulated day has its own time, so only
 * the length counts: exactly 5, 10, 15, 30 or 60 minutes are the last so many; anything else has
 * begun at midnight, and is today (0).
 */
int64_t interval_window_s(int64_t length_ms);

#endif
