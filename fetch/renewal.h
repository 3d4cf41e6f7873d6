#ifndef FETCH_RENEWAL_H
#define FETCH_RENEWAL_H

/*
 * One token and how it is renewed: asked for when it is missing or nearly over, on the same curl multi
 * handle as everything else, once for all who wait for it. A failure is remembered, so that ten sources
 * with one login do not ask ten times; one that only a person can mend waits until a file with a secret
 * changes.
 */

#include "fetch/signin.h"
#include "fetch/token.h"

struct renewal;

/* Borrows the texts of the settings and the multi handle. `platform` gives the token that an exchange needs;
 * borrowed, NULL for other kinds. */
struct renewal *renewal_create(const struct auth_settings *auth, struct renewal *platform, CURLM *multi);

/* Whether a refresh token is in flight: its answer may be the only way in. */
bool renewal_is_at_stake(const struct renewal *renewal);

/* Stops what runs. */
void renewal_destroy(struct renewal *renewal);

const struct auth_settings *renewal_auth(const struct renewal *renewal);

/* As signin_prepare(); SIGNIN_READY: the token is in renewal_token(). */
enum signin_state renewal_prepare(struct renewal *renewal, int64_t now_monotonic_ms, struct fault *fault);
const struct text *renewal_token(const struct renewal *renewal);

/* For how long it is used before it is renewed; TOKEN_UNTIL_REFUSED: nobody knows. */
int64_t renewal_token_left_ms(const struct renewal *renewal, int64_t now_monotonic_ms);

/* A server refused the token: it is not used again. One that was renewed meanwhile stays. */
void renewal_refuse(struct renewal *renewal, const struct text *token);

/* If the handle is this renewal's: takes what came of its request. */
bool renewal_take(struct renewal *renewal, CURL *easy, CURLcode code, int64_t now_monotonic_ms);

/* When somebody who waits should ask again without an answer having come; 0: no such time. */
int64_t renewal_wake_ms(const struct renewal *renewal);

#endif
