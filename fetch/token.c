#include "fetch/token.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "fetch/secret.h"

static const double LONGEST_LIFE_S = 10.0 * 365 * 86400, LEAST_MARGIN_S = 30, SHORTEST_USE_S = 1;

bool token_is_good(const struct token *token, int64_t now_monotonic_ms)
{
    return token->value.length && (!token->ends || now_monotonic_ms < token->renew_at_ms);
}

void token_wipe(struct token *token)
{
    secret_wipe(&token->value);
    *token = (struct token){0};
}

/* Some servers write the number as a text. NaN: no life is named, or one that cannot be meant. */
static double life_s(const struct cJSON *answer)
{
    const struct cJSON *life = json_member(answer, "expires_in");
    const char *text = json_text(life);
    double seconds = text && *text ? strtod(text, NULL) : json_number(life, NAN);
    return seconds > 0 && seconds <= LONGEST_LIFE_S ? seconds : NAN;
}

/* A token that lives shorter than the margin serves those who wait for it, and that is all. */
static void set_life(struct token *token, double seconds, int64_t now_monotonic_ms)
{
    if (isnan(seconds))
        return;
    double use_s = fmax(seconds - fmax(seconds / 10, LEAST_MARGIN_S), SHORTEST_USE_S);
    token->ends = true;
    token->renew_at_ms = now_monotonic_ms + (int64_t)(use_s * 1000);
}

/* It becomes part of a header: a line break in it would forge another one. */
static bool is_sound(const char *value)
{
    for (; *value; value++)
        if ((unsigned char)*value <= 0x20 || *value == 0x7F)
            return false;
    return true;
}

static bool take_value(struct token *token, const char *field, const struct cJSON *answer,
                       struct error *error)
{
    const char *value = json_member_text(answer, field);
    if (value && *value && is_sound(value)) {
        text_append(&token->value, value);
        return true;
    }
    error_set(error,
              value && *value ? "the token in %s has blanks or control characters in it"
                              : "the answer is JSON without a text %s",
              field);
    return false;
}

bool token_read(struct token *token, struct text *refresh, const char *field, const struct text *answer,
                int64_t now_monotonic_ms, struct error *error)
{
    struct cJSON *parsed = json_parse(text_bytes(answer), answer->length, error);
    if (!parsed)
        return false;
    bool read = take_value(token, field, parsed, error);
    const char *next = json_member_text(parsed, "refresh_token");
    if (read)
        set_life(token, life_s(parsed), now_monotonic_ms);
    if (next && is_sound(next))
        text_append(refresh, next);
    json_destroy_secret(parsed);
    return read;
}

bool token_refused_for_good(const struct text *answer, struct text *code)
{
    static const char *const for_good[] = {"invalid_client", "invalid_grant", "unauthorized_client"};
    struct cJSON *parsed = json_parse(text_bytes(answer), answer->length, NULL);
    const char *error = json_member_text(parsed, "error");
    bool refused = false;
    for (size_t i = 0; error && i < sizeof for_good / sizeof for_good[0]; i++)
        refused |= strcmp(error, for_good[i]) == 0;
    if (refused)
        text_append(code, error);
    json_destroy_secret(parsed);
    return refused;
}
