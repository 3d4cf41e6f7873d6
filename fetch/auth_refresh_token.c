/* OAuth 2 refresh token (RFC 6749 6). Where it is kept when it rotates: refresh_file.h. */
#include "fetch/auth_scheme.h"

static bool ask(const struct auth_settings *auth, const struct text *held, struct token_request *request,
                struct error *error)
{
    request->url = auth->token_url;
    token_request_add(request, "grant_type", "refresh_token");
    token_request_add_secret(request, "refresh_token", held);
    return token_request_sign(request, auth, error);
}

const struct auth_scheme auth_refresh_token = {.ask = ask};
