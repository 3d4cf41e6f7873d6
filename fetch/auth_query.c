/* A secret in the query string, for vendors who want it there. It joins the URL when the request is sent, so
 * that no URL which is shown ever had it. */
#include "fetch/auth_scheme.h"
#include "fetch/secret.h"

static bool prepare(const struct auth_settings *auth, struct credentials *credentials, struct error *error)
{
    struct text value = {0}, encoded = {0};
    bool read = secret_read(&auth->secret, &value, error);
    if (read) {
        text_append_percent_encoded(&encoded, text_bytes(&value));
        credentials_hide(credentials, &value);
        credentials_hide(credentials, &encoded);
        text_append_percent_encoded(&credentials->parameter, auth->parameter);
        text_append_format(&credentials->parameter, "=%s", text_bytes(&encoded));
    }
    secret_wipe(&value);
    secret_wipe(&encoded);
    return read;
}

const struct auth_scheme auth_query = {.prepare = prepare};
