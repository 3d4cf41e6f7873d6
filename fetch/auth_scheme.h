#ifndef FETCH_AUTH_SCHEME_H
#define FETCH_AUTH_SCHEME_H

/* What a kind of sign-in is made of; for auth.c, signin.c and the auth_<scheme>.c alone. */

#include "fetch/auth.h"
#include "fetch/token_request.h"

struct auth_scheme {
    /* A kind without token: what the request carries. */
    bool (*prepare)(const struct auth_settings *auth, struct credentials *credentials, struct error *error);

    /*
     * A kind with token: the form that asks for it. `held` is what is exchanged for it: a refresh token, or
     * the platform's token; empty for the others.
     */
    bool (*ask)(const struct auth_settings *auth, const struct text *held, struct token_request *request,
                struct error *error);
};

extern const struct auth_scheme auth_basic, auth_bearer, auth_header, auth_query, auth_sigv4;
extern const struct auth_scheme auth_client_credentials, auth_password, auth_refresh_token, auth_exchange;

const struct auth_scheme *auth_scheme(enum auth_kind kind);

#endif
