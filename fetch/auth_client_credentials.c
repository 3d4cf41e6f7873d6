/* OAuth 2 client credentials (RFC 6749 4.4). */
#include "fetch/auth_scheme.h"

static bool ask(const struct auth_settings *auth, const struct text *held, struct token_request *request,
                struct error *error)
{
    (void)held;
    request->url = auth->token_url;
    token_request_add(request, "grant_type", "client_credentials");
    return token_request_sign(request, auth, error);
}

const struct auth_scheme auth_client_credentials = {.ask = ask};
