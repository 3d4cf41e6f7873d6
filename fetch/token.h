#ifndef FETCH_TOKEN_H
#define FETCH_TOKEN_H

/*
 * A token that was given out, and how long it may be used: `expires_in` less 10 %, at least 30 s, from the
 * arrival of the answer on the monotonic clock. Where the answer names no time it is used until it is
 * refused.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/text.h"

/* Zeroed is "none". Given to token_wipe(). */
struct token {
    struct text value;
    bool ends;
    int64_t renew_at_ms; /* monotonic, if it ends */
};

bool token_is_good(const struct token *token, int64_t now_monotonic_ms);
void token_wipe(struct token *token);

/*
 * Reads an answer into an empty token; `field` is the member that holds it. The new refresh token, if the
 * answer has one, is appended to `refresh`, also where the token itself is not found: the vendor has
 * forgotten the old one. False: the error says what the answer lacks, and never what it has.
 */
bool token_read(struct token *token, struct text *refresh, const char *field, const struct text *answer,
                int64_t now_monotonic_ms, struct error *error);

/*
 * Whether a refusal can only be mended by a person (invalid_client, invalid_grant). `code` gets the word of
 * RFC 6749, "" if the answer has none.
 */
bool token_refused_for_good(const struct text *answer, struct text *code);

#endif
