#ifndef FETCH_RESPONSE_H
#define FETCH_RESPONSE_H

/*
 * An answer as it comes in: bytes up to a maximum, then the checks that come before any filter.
 */

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/text.h"

struct response {
    struct text body;
    size_t max_bytes;
    bool too_large; /* what is there is only a part */
};

/* Takes more bytes; false: that would be too many, stop here. */
bool response_add(struct response *response, const char *bytes, size_t length);

/* Whether an answer says anything but blanks. */
bool response_is_empty(const struct text *body);

/* Rewrites an answer that is not UTF-8 as if it were Windows-1252, of which Latin-1 is a part. */
void response_read_latin1(struct text *body);

/*
 * Whether the answer is JSON: strictly UTF-8, one value, not nested too deep. Drops a byte order
 * mark. The error says what it is instead.
 */
bool response_check_json(struct text *body, struct error *error);

/* The beginning of an answer that is an error message, fit to be shown in a line. */
void response_excerpt(const struct text *body, struct text *excerpt);

#endif
