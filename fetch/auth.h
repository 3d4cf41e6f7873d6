#ifndef FETCH_AUTH_H
#define FETCH_AUTH_H

/*
 * Signing in: what a request carries to be let in. One file auth_<scheme>.c and one row in auth.c for
 * each kind. Kinds that need a token first say here how to ask for it; fetch/signin.h asks.
 */

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/text.h"
#include "fetch/source.h"

enum { CREDENTIALS_MOST_HIDDEN = 12 };

/* Zeroed is "none". Given to credentials_wipe(). */
struct credentials {
    struct text header_line; /* "Authorization: …", empty if nothing is sent */
    struct text parameter;   /* "name=value", encoded, for the query; empty if there is none */
    struct text sigv4;       /* "aws:amz:REGION:SERVICE", what libcurl signs for; empty if it does not */
    struct text user;        /* sigv4: the access key */
    struct text secret;      /* sigv4: the secret key; a token kind: the token */
    size_t hidden_count;
    struct text hidden[CREDENTIALS_MOST_HIDDEN]; /* never to be shown, the longest first */
    int refusals;                                /* 401 so far in this poll; kept by signin.h */
};

/* Whether the kind needs a token, so that the sign-in may take a moment. */
bool auth_uses_token(enum auth_kind kind);

/* Reads the secrets of a kind without token. False: the error says which one is missing and where it should
 * be. */
bool auth_prepare(const struct auth_settings *auth, struct credentials *credentials, struct error *error);

/* How a request carries a token that was given out. */
void auth_carry_token(const struct auth_settings *auth, const struct text *token,
                      struct credentials *credentials);

void credentials_wipe(struct credentials *credentials);

/* Notes a text that must not be shown. */
void credentials_hide(struct credentials *credentials, const struct text *secret);

/* The same of a name, unless the board itself shows it: whoever keeps it in a file does not want it seen. */
void credentials_hide_name(struct credentials *credentials, const struct secret *setting,
                           const struct text *name);

/* Removes from a text, which may come from the server, all that is secret in the credentials. */
void credentials_mask(const struct credentials *credentials, struct text *text);

#endif
