#ifndef FETCH_SIGNIN_H
#define FETCH_SIGNIN_H

/*
 * The sign-ins of all sources. A token belongs to its credentials: sources with equal settings share one,
 * and one renewal at a time runs for it while the others wait.
 *
 * Nothing here sleeps or blocks on the network; token requests run on the fetcher's curl multi handle.
 */

#include <curl/curl.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "fetch/auth.h"
#include "fetch/transfer.h"

struct signin;

/* Borrows the multi handle. */
struct signin *signin_create(CURLM *multi);

/* Ends what runs; a refresh token in flight is given 120 ms for its answer. No other transfer of the multi
 * handle may be of interest any more. */
void signin_destroy(struct signin *signin);

enum signin_state {
    SIGNIN_READY,  /* the credentials are filled */
    SIGNIN_WAIT,   /* a token is on its way: ask again after signin_take(), or at signin_deadline_ms() */
    SIGNIN_FAILED, /* the fault says why */
};

/* Called before a request is sent. The settings are borrowed for the signin's life; credentials that were
 * filled before are replaced. */
enum signin_state signin_prepare(struct signin *signin, const struct auth_settings *auth,
                                 int64_t now_monotonic_ms, struct credentials *credentials,
                                 struct fault *fault);

/* What token_left_ms is where it is no time. */
enum { TOKEN_NONE = 0, TOKEN_UNTIL_REFUSED = -1 };

/* For how long the token of these settings is used before it is renewed. TOKEN_NONE also where the kind
 * needs none. */
int64_t signin_token_left_ms(struct signin *signin, const struct auth_settings *auth,
                             int64_t now_monotonic_ms);

/* Called when a request with these credentials got a 401. True, once in a poll: the token is renewed by
 * the next signin_prepare(), and the request is worth repeating. */
bool signin_refused(struct signin *signin, const struct auth_settings *auth, struct credentials *credentials);

/* Called for each transfer that ended. True: it was one of ours. */
bool signin_take(struct signin *signin, CURL *easy, CURLcode code, int64_t now_monotonic_ms);

/* The earlier of `deadline_ms` and the moment at which those who wait should ask again. A moment that nobody
 * came to (its poll was over before) is put off, so that it keeps nobody awake. */
int64_t signin_deadline_ms(const struct signin *signin, int64_t now_monotonic_ms, int64_t deadline_ms);

/*
 * A signature holds for some minutes only: where a 403 speaks of it and this machine's clock is not kept, or
 * is far from the server's, the fault becomes a fault of the clock.
 */
void signin_explain(const struct auth_settings *auth, bool clock_is_kept, int64_t ahead_of_server_ms,
                    struct fault *fault);

#endif
