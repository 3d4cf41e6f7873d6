#include "fetch/token_request.h"

#include "fetch/secret.h"

static void append_base64(struct text *out, const struct text *bytes)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t i = 0; i < bytes->length; i += 3) {
        size_t left = bytes->length - i;
        unsigned group = (unsigned)(unsigned char)bytes->bytes[i] << 16;
        if (left > 1)
            group |= (unsigned)(unsigned char)bytes->bytes[i + 1] << 8;
        if (left > 2)
            group |= (unsigned char)bytes->bytes[i + 2];
        char four[4] = {digits[group >> 18], digits[group >> 12 & 63],
                        left > 1 ? digits[group >> 6 & 63] : '=', left > 2 ? digits[group & 63] : '='};
        text_append_bytes(out, four, sizeof four);
    }
}

void basic_write(const char *user, const char *password, struct credentials *credentials)
{
    struct text pair = {0}, encoded = {0};
    text_append_format(&pair, "%s:%s", user, password);
    append_base64(&encoded, &pair);
    text_append_format(&credentials->header_line, "Authorization: Basic %s", text_bytes(&encoded));
    credentials_hide(credentials, &encoded);
    secret_wipe(&encoded);
    secret_wipe(&pair);
}

void token_request_wipe(struct token_request *request)
{
    secret_wipe(&request->form);
    credentials_wipe(&request->credentials);
    *request = (struct token_request){0};
}

void token_request_add(struct token_request *request, const char *name, const char *value)
{
    if (!value)
        return;
    if (request->form.length)
        text_append(&request->form, "&");
    text_append_percent_encoded(&request->form, name);
    text_append(&request->form, "=");
    text_append_percent_encoded(&request->form, value);
}

/* A server's error text may repeat it as it was sent. */
void token_request_add_secret(struct token_request *request, const char *name, const struct text *value)
{
    struct text encoded = {0};
    token_request_add(request, name, text_bytes(value));
    text_append_percent_encoded(&encoded, text_bytes(value));
    credentials_hide(&request->credentials, value);
    if (!text_equal(encoded.bytes, value->bytes))
        credentials_hide(&request->credentials, &encoded);
    secret_wipe(&encoded);
}

void token_request_add_form(struct token_request *request, const struct header_setting *fields, size_t count)
{
    for (size_t i = 0; i < count; i++)
        token_request_add(request, fields[i].name, fields[i].value);
}

static void write_basic(struct token_request *request, bool url_encoded, const struct text *id,
                        const struct text *secret)
{
    struct text user = {0}, password = {0};
    text_append_percent_encoded(&user, text_bytes(id));
    text_append_percent_encoded(&password, text_bytes(secret));
    basic_write(text_bytes(url_encoded ? &user : id), text_bytes(url_encoded ? &password : secret),
                &request->credentials);
    credentials_hide(&request->credentials, secret);
    credentials_hide(&request->credentials, &password);
    secret_wipe(&user);
    secret_wipe(&password);
}

/* A client without secret (a "public" one) only says its name, which goes in the form. */
static void write_client(struct token_request *request, const struct auth_settings *auth,
                         const struct text *id, const struct text *secret)
{
    if (secret->length && !auth->client_in_form) {
        write_basic(request, auth->client_url_encoded, id, secret);
        return;
    }
    token_request_add(request, "client_id", text_bytes(id));
    if (secret->length)
        token_request_add_secret(request, "client_secret", secret);
}

bool token_request_sign(struct token_request *request, const struct auth_settings *auth, struct error *error)
{
    struct text id = {0}, secret = {0};
    bool read = secret_read(&auth->id, &id, error) && secret_read(&auth->secret, &secret, error);
    if (read) {
        token_request_add(request, "scope", auth->scope);
        token_request_add(request, "audience", auth->audience);
        token_request_add_form(request, auth->form, auth->form_count);
        write_client(request, auth, &id, &secret);
        credentials_hide_name(&request->credentials, &auth->id, &id);
    }
    secret_wipe(&id);
    secret_wipe(&secret);
    return read;
}
