#ifndef FETCH_TOKEN_REQUEST_H
#define FETCH_TOKEN_REQUEST_H

/* The form that asks for a token, and who asks: what the kinds with tokens have in common. */

#include "fetch/auth.h"

/* Zeroed is empty. Given to token_request_wipe(). */
struct token_request {
    const char *url; /* of the settings */
    struct text form;
    struct credentials credentials; /* its header; all that must not be shown of the form */
};

void token_request_wipe(struct token_request *request);

/* A field that anybody may see; one without value is left out. */
void token_request_add(struct token_request *request, const char *name, const char *value);
void token_request_add_secret(struct token_request *request, const char *name, const struct text *value);

/* The settings' further fields. */
void token_request_add_form(struct token_request *request, const struct header_setting *fields, size_t count);

/* Scope, audience and further fields, then who the client is, as Basic or in the form. */
bool token_request_sign(struct token_request *request, const struct auth_settings *auth, struct error *error);

/* "Authorization: Basic …" for user and password. */
void basic_write(const char *user, const char *password, struct credentials *credentials);

#endif
