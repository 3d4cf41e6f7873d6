/* OAuth 2 password grant (RFC 6749 4.3): old, and still what some telephony platforms ask for. */
#include "fetch/auth_scheme.h"
#include "fetch/secret.h"

static bool ask(const struct auth_settings *auth, const struct text *held, struct token_request *request,
                struct error *error)
{
    struct text user = {0}, password = {0};
    (void)held;
    request->url = auth->token_url;
    bool read = secret_read(&auth->user, &user, error) && secret_read(&auth->password, &password, error);
    if (read) {
        token_request_add(request, "grant_type", "password");
        token_request_add(request, "username", text_bytes(&user));
        token_request_add_secret(request, "password", &password);
        credentials_hide_name(&request->credentials, &auth->user, &user);
    }
    secret_wipe(&user);
    secret_wipe(&password);
    return read && token_request_sign(request, auth, error);
}

const struct auth_scheme auth_password = {.ask = ask};
