#ifndef FETCH_AUTH_H
#define FETCH_AUTH_H

/*
 * Signing in: what a request carries to be let in. One row in auth.c for each kind.
 */

#include <stdbool.h>

#include "base/error.h"
#include "base/text.h"
#include "fetch/source.h"

/* Zeroed is "none". Given to credentials_wipe(). */
struct credentials {
    struct text header_line; /* "Authorization: …", empty if nothing is sent */
    struct text secret;      /* as it was read */
    struct text encoded;     /* as it travels, where that differs */
};

/* Reads the secrets. False: the error says which one is missing and where it should be. */
bool auth_prepare(const struct auth_settings *auth, struct credentials *credentials, struct error *error);

void credentials_wipe(struct credentials *credentials);

/* Removes from a text, which may come from the server, all that is secret in the credentials. */
void credentials_mask(const struct credentials *credentials, struct text *text);

#endif
