#ifndef FETCH_LIMITS_H
#define FETCH_LIMITS_H

/*
 * What headers of an answer say about time: the server's own, and when to come back.
 */

#include <stdbool.h>
#include <stdint.h>

#include "fetch/source.h"

/* An HTTP date ("Sun, 22 Nov 2026 10:15:00 GMT"). False: it is none. */
bool limits_read_date(const char *text, int64_t *wall_ms);

/* Headers of one answer; NULL: not there. */
struct limit_words {
    const char *retry_after; /* seconds, or an HTTP date */
    const char *vendor;      /* the value of the vendor's own header */
    const char *date;        /* the server's own time: its dates are counted from there */
};

/* How long the server asks to wait; Retry-After is believed first. 0: it does not say. At most a day. */
int64_t limits_wait_ms(const struct limit_words *words, enum limit_meaning meaning, int64_t now_wall_ms);

#endif
