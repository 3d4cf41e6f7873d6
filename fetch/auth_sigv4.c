/* AWS Signature Version 4: libcurl signs (transfer.c sorts the query first, which libcurl 7.88 leaves to its
 * callers); temporary credentials carry their session token in a header, which is signed as well. */
#include "fetch/auth_scheme.h"
#include "fetch/secret.h"

static bool prepare(const struct auth_settings *auth, struct credentials *credentials, struct error *error)
{
    struct text session = {0};
    bool read = secret_read(&auth->id, &credentials->user, error) &&
                secret_read(&auth->secret, &credentials->secret, error) &&
                secret_read(&auth->session_token, &session, error);
    if (read)
        text_append_format(&credentials->sigv4, "aws:amz:%s:%s", auth->region, auth->service);
    if (read && session.length)
        text_append_format(&credentials->header_line, "X-Amz-Security-Token: %s", text_bytes(&session));
    credentials_hide_name(credentials, &auth->id, &credentials->user);
    credentials_hide(credentials, &credentials->secret);
    credentials_hide(credentials, &session);
    secret_wipe(&session);
    return read;
}

const struct auth_scheme auth_sigv4 = {.prepare = prepare};
