#include "fetch/auth.h"

#include "fetch/auth_scheme.h"
#include "fetch/secret.h"

static bool prepare_none(const struct auth_settings *auth, struct credentials *credentials,
                         struct error *error)
{
    (void)auth;
    (void)credentials;
    (void)error;
    return true;
}

static const struct auth_scheme none = {.prepare = prepare_none};

static const struct auth_scheme *const schemes[AUTH_KIND_COUNT] = {
    [AUTH_NONE] = &none,
    [AUTH_BASIC] = &auth_basic,
    [AUTH_BEARER] = &auth_bearer,
    [AUTH_HEADER] = &auth_header,
    [AUTH_QUERY] = &auth_query,
    [AUTH_OAUTH2_CLIENT_CREDENTIALS] = &auth_client_credentials,
    [AUTH_OAUTH2_PASSWORD] = &auth_password,
    [AUTH_OAUTH2_REFRESH_TOKEN] = &auth_refresh_token,
    [AUTH_EXCHANGE] = &auth_exchange,
    [AUTH_SIGV4] = &auth_sigv4,
};

const struct auth_scheme *auth_scheme(enum auth_kind kind)
{
    return schemes[kind];
}

bool auth_uses_token(enum auth_kind kind)
{
    return schemes[kind]->ask != NULL;
}

bool auth_prepare(const struct auth_settings *auth, struct credentials *credentials, struct error *error)
{
    return schemes[auth->kind]->prepare(auth, credentials, error);
}

void auth_carry_token(const struct auth_settings *auth, const struct text *token,
                      struct credentials *credentials)
{
    text_append_bytes(&credentials->secret, text_bytes(token), token->length);
    credentials_hide(credentials, token);
    text_append_format(&credentials->header_line, auth->header ? "%s: %s" : "%sBearer %s",
                       auth->header ? auth->header : "Authorization: ", text_bytes(token));
}

void credentials_wipe(struct credentials *credentials)
{
    secret_wipe(&credentials->header_line);
    secret_wipe(&credentials->parameter);
    secret_wipe(&credentials->sigv4);
    secret_wipe(&credentials->user);
    secret_wipe(&credentials->secret);
    for (size_t i = 0; i < credentials->hidden_count; i++)
        secret_wipe(&credentials->hidden[i]);
    *credentials = (struct credentials){0};
}

/* A secret that begins with another one would be left over in part, were the short one masked first. */
void credentials_hide(struct credentials *credentials, const struct text *secret)
{
    size_t at = credentials->hidden_count;
    if (at == CREDENTIALS_MOST_HIDDEN || secret->length == 0)
        return;
    for (; at > 0 && credentials->hidden[at - 1].length < secret->length; at--)
        credentials->hidden[at] = credentials->hidden[at - 1];
    credentials->hidden[at] = (struct text){0};
    text_append_bytes(&credentials->hidden[at], secret->bytes, secret->length);
    credentials->hidden_count++;
}

void credentials_hide_name(struct credentials *credentials, const struct secret *setting,
                           const struct text *name)
{
    struct text encoded = {0};
    if (setting->kind == SECRET_TEXT)
        return;
    text_append_percent_encoded(&encoded, text_bytes(name));
    credentials_hide(credentials, name);
    if (!text_equal(encoded.bytes, name->bytes))
        credentials_hide(credentials, &encoded);
    secret_wipe(&encoded);
}

void credentials_mask(const struct credentials *credentials, struct text *text)
{
    for (size_t i = 0; i < credentials->hidden_count; i++)
        secret_mask(text, &credentials->hidden[i]);
}
