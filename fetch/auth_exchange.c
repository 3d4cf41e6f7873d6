/* A platform's token is exchanged for a product's: as RFC 8693 has it where the token goes in the form, or
 * carried as Bearer by a request with whatever fields the vendor wants. */
#include "fetch/auth_scheme.h"

static bool names_grant(const struct auth_settings *auth)
{
    for (size_t i = 0; i < auth->exchange_form_count; i++)
        if (text_equal(auth->exchange_form[i].name, "grant_type"))
            return true;
    return false;
}

static void add_token(const struct auth_settings *auth, const struct text *held,
                      struct token_request *request)
{
    if (!names_grant(auth)) {
        token_request_add(request, "grant_type", "urn:ietf:params:oauth:grant-type:token-exchange");
        token_request_add(request, "subject_token_type", "urn:ietf:params:oauth:token-type:access_token");
    }
    token_request_add_secret(request, auth->exchange_field, held);
}

static bool ask(const struct auth_settings *auth, const struct text *held, struct token_request *request,
                struct error *error)
{
    static const struct auth_settings as_bearer = {.kind = AUTH_BEARER};
    (void)error;
    request->url = auth->exchange_url;
    if (auth->exchange_field)
        add_token(auth, held, request);
    else
        auth_carry_token(&as_bearer, held, &request->credentials);
    token_request_add_form(request, auth->exchange_form, auth->exchange_form_count);
    return true;
}

const struct auth_scheme auth_exchange = {.ask = ask};
