/* User and password (RFC 7617). A vendor's "key as user, X as password" is just two texts. */
#include "fetch/auth_scheme.h"
#include "fetch/secret.h"

static bool prepare(const struct auth_settings *auth, struct credentials *credentials, struct error *error)
{
    struct text user = {0}, password = {0};
    bool read = secret_read(&auth->id, &user, error) && secret_read(&auth->secret, &password, error);
    if (read)
        basic_write(text_bytes(&user), text_bytes(&password), credentials);
    credentials_hide_name(credentials, &auth->id, &user);
    credentials_hide(credentials, &password);
    secret_wipe(&user);
    secret_wipe(&password);
    return read;
}

const struct auth_scheme auth_basic = {.prepare = prepare};
