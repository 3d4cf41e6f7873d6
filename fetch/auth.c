#include "fetch/auth.h"

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

static bool prepare_none(const struct auth_settings *auth, struct credentials *credentials,
                         struct error *error)
{
    (void)auth;
    (void)credentials;
    (void)error;
    return true;
}

static bool prepare_basic(const struct auth_settings *auth, struct credentials *credentials,
                          struct error *error)
{
    struct text pair = {0};
    bool read =
        secret_read(&auth->id, &pair, error) && secret_read(&auth->secret, &credentials->secret, error);
    if (read) {
        text_append(&pair, ":");
        text_append(&pair, text_bytes(&credentials->secret));
        append_base64(&credentials->encoded, &pair);
        text_append_format(&credentials->header_line, "Authorization: Basic %s",
                           text_bytes(&credentials->encoded));
    }
    secret_wipe(&pair);
    return read;
}

static bool prepare_bearer(const struct auth_settings *auth, struct credentials *credentials,
                           struct error *error)
{
    if (!secret_read(&auth->secret, &credentials->secret, error))
        return false;
    text_append_format(&credentials->header_line, "Authorization: Bearer %s",
                       text_bytes(&credentials->secret));
    return true;
}

static bool prepare_header(const struct auth_settings *auth, struct credentials *credentials,
                           struct error *error)
{
    if (!secret_read(&auth->secret, &credentials->secret, error))
        return false;
    text_append_format(&credentials->header_line, "%s: %s", auth->header, text_bytes(&credentials->secret));
    return true;
}

typedef bool auth_preparer(const struct auth_settings *auth, struct credentials *credentials,
                           struct error *error);
static auth_preparer *const kinds[] = {[AUTH_NONE] = prepare_none,
                                       [AUTH_BASIC] = prepare_basic,
                                       [AUTH_BEARER] = prepare_bearer,
                                       [AUTH_HEADER] = prepare_header};

bool auth_prepare(const struct auth_settings *auth, struct credentials *credentials, struct error *error)
{
    return kinds[auth->kind](auth, credentials, error);
}

void credentials_wipe(struct credentials *credentials)
{
    secret_wipe(&credentials->header_line);
    secret_wipe(&credentials->secret);
    secret_wipe(&credentials->encoded);
}

void credentials_mask(const struct credentials *credentials, struct text *text)
{
    secret_mask(text, &credentials->encoded);
    secret_mask(text, &credentials->secret);
}
