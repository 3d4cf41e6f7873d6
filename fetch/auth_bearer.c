/* A token that somebody made once by hand (RFC 6750). */
#include "fetch/auth_scheme.h"
#include "fetch/secret.h"

static bool prepare(const struct auth_settings *auth, struct credentials *credentials, struct error *error)
{
    struct text token = {0};
    bool read = secret_read(&auth->secret, &token, error);
    if (read) {
        credentials_hide(credentials, &token);
        text_append_format(&credentials->header_line, "Authorization: Bearer %s", text_bytes(&token));
    }
    secret_wipe(&token);
    return read;
}

const struct auth_scheme auth_bearer = {.prepare = prepare};
