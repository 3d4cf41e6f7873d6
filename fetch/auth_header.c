/* A secret in a header of the vendor's own. */
#include "fetch/auth_scheme.h"
#include "fetch/secret.h"

static bool prepare(const struct auth_settings *auth, struct credentials *credentials, struct error *error)
{
    struct text value = {0};
    bool read = secret_read(&auth->secret, &value, error);
    if (read) {
        credentials_hide(credentials, &value);
        text_append_format(&credentials->header_line, "%s: %s", auth->header, text_bytes(&value));
    }
    secret_wipe(&value);
    return read;
}

const struct auth_scheme auth_header = {.prepare = prepare};
