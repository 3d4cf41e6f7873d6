#include "fetch/signin.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/memory.h"
#include "fetch/renewal.h"

enum {
    LAST_ANSWER_MS = 120, /* of the 200 ms in which the program ends */
    PUT_OFF_MS = 250
};

struct signin {
    CURLM *multi;
    size_t count, capacity;
    struct renewal **renewals;
};

struct signin *signin_create(CURLM *multi)
{
    struct signin *signin = memory_create(1, sizeof *signin);
    signin->multi = multi;
    return signin;
}

static bool is_at_stake(const struct signin *signin)
{
    for (size_t i = 0; i < signin->count; i++)
        if (renewal_is_at_stake(signin->renewals[i]))
            return true;
    return false;
}

/* Whatever else ends here is of no use to anybody any more. */
static void wait_for_last_answers(struct signin *signin)
{
    int64_t until_ms = clock_monotonic_ms() + LAST_ANSWER_MS, now_ms;
    while (is_at_stake(signin) && (now_ms = clock_monotonic_ms()) < until_ms) {
        int running, left;
        curl_multi_perform(signin->multi, &running);
        for (CURLMsg *message; (message = curl_multi_info_read(signin->multi, &left));) {
            CURL *easy = message->easy_handle;
            CURLcode code = message->data.result;
            curl_multi_remove_handle(signin->multi, easy);
            signin_take(signin, easy, code, now_ms);
        }
        if (is_at_stake(signin))
            curl_multi_poll(signin->multi, NULL, 0, (int)(until_ms - now_ms), NULL);
    }
}

void signin_destroy(struct signin *signin)
{
    if (!signin)
        return;
    wait_for_last_answers(signin);
    for (size_t i = signin->count; i > 0; i--)
        renewal_destroy(signin->renewals[i - 1]); /* an exchange goes before its platform */
    free(signin->renewals);
    free(signin);
}

/* ---- which sources share a token ---- */

static bool same_secret(const struct secret *a, const struct secret *b)
{
    return a->kind == b->kind && text_equal(a->name, b->name);
}

static bool same_form(const struct header_setting *a, size_t count_a, const struct header_setting *b,
                      size_t count_b)
{
    bool same = count_a == count_b;
    for (size_t i = 0; same && i < count_a; i++)
        same = text_equal(a[i].name, b[i].name) && text_equal(a[i].value, b[i].value);
    return same;
}

static bool same_client(const struct auth_settings *a, const struct auth_settings *b)
{
    return same_secret(&a->id, &b->id) && same_secret(&a->secret, &b->secret) &&
           same_secret(&a->user, &b->user) && same_secret(&a->password, &b->password) &&
           same_secret(&a->refresh_token, &b->refresh_token) && a->client_in_form == b->client_in_form &&
           a->client_url_encoded == b->client_url_encoded;
}

static bool same_wish(const struct auth_settings *a, const struct auth_settings *b)
{
    return a->kind == b->kind && text_equal(a->token_url, b->token_url) && text_equal(a->scope, b->scope) &&
           text_equal(a->audience, b->audience) && text_equal(a->token_field, b->token_field) &&
           text_equal(a->ca_file, b->ca_file) && same_form(a->form, a->form_count, b->form, b->form_count);
}

static bool same_exchange(const struct auth_settings *a, const struct auth_settings *b)
{
    return a->platform == b->platform && text_equal(a->exchange_url, b->exchange_url) &&
           text_equal(a->exchange_field, b->exchange_field) &&
           same_form(a->exchange_form, a->exchange_form_count, b->exchange_form, b->exchange_form_count);
}

static struct renewal *find(const struct signin *signin, const struct auth_settings *auth)
{
    for (size_t i = 0; i < signin->count; i++) {
        const struct auth_settings *other = renewal_auth(signin->renewals[i]);
        if (same_wish(auth, other) && same_client(auth, other) && same_exchange(auth, other))
            return signin->renewals[i];
    }
    return NULL;
}

/* The sign-in at the platform is one of its own, so that two products of one platform share its token. */
static struct auth_settings platform_of(const struct auth_settings *auth)
{
    struct auth_settings platform = *auth;
    platform.kind = auth->platform;
    platform.platform = AUTH_NONE;
    platform.exchange_url = platform.exchange_field = platform.token_field = NULL;
    platform.exchange_form_count = 0;
    return platform;
}

static struct renewal *find_or_create(struct signin *signin, const struct auth_settings *auth)
{
    struct renewal *renewal = find(signin, auth), *platform = NULL;
    if (renewal)
        return renewal;
    if (auth->kind == AUTH_EXCHANGE) {
        struct auth_settings first = platform_of(auth);
        platform = find_or_create(signin, &first);
    }
    renewal = renewal_create(auth, platform, signin->multi);
    signin->renewals =
        memory_grow(signin->renewals, &signin->capacity, signin->count, sizeof *signin->renewals);
    signin->renewals[signin->count++] = renewal;
    return renewal;
}

/* ---- for the fetcher ---- */

static enum signin_state prepare_at_once(const struct auth_settings *auth, struct credentials *credentials,
                                         struct fault *fault)
{
    *fault = (struct fault){.problem = SOURCE_SECRET};
    return auth_prepare(auth, credentials, &fault->detail) ? SIGNIN_READY : SIGNIN_FAILED;
}

enum signin_state signin_prepare(struct signin *signin, const struct auth_settings *auth,
                                 int64_t now_monotonic_ms, struct credentials *credentials,
                                 struct fault *fault)
{
    int refusals = credentials->refusals;
    credentials_wipe(credentials);
    credentials->refusals = refusals;
    if (!auth_uses_token(auth->kind))
        return prepare_at_once(auth, credentials, fault);
    struct renewal *renewal = find_or_create(signin, auth);
    enum signin_state state = renewal_prepare(renewal, now_monotonic_ms, fault);
    if (state == SIGNIN_READY)
        auth_carry_token(auth, renewal_token(renewal), credentials);
    return state;
}

int64_t signin_token_left_ms(struct signin *signin, const struct auth_settings *auth,
                             int64_t now_monotonic_ms)
{
    const struct renewal *renewal = auth_uses_token(auth->kind) ? find(signin, auth) : NULL;
    return renewal ? renewal_token_left_ms(renewal, now_monotonic_ms) : TOKEN_NONE;
}

bool signin_refused(struct signin *signin, const struct auth_settings *auth, struct credentials *credentials)
{
    if (!auth_uses_token(auth->kind) || credentials->refusals++ > 0)
        return false;
    renewal_refuse(find_or_create(signin, auth), &credentials->secret);
    return true;
}

bool signin_take(struct signin *signin, CURL *easy, CURLcode code, int64_t now_monotonic_ms)
{
    for (size_t i = 0; i < signin->count; i++)
        if (renewal_take(signin->renewals[i], easy, code, now_monotonic_ms))
            return true;
    return false;
}

int64_t signin_deadline_ms(const struct signin *signin, int64_t now_monotonic_ms, int64_t deadline_ms)
{
    for (size_t i = 0; i < signin->count; i++) {
        int64_t wake_ms = renewal_wake_ms(signin->renewals[i]);
        if (wake_ms && wake_ms <= now_monotonic_ms)
            wake_ms = now_monotonic_ms + PUT_OFF_MS;
        if (wake_ms && wake_ms < deadline_ms)
            deadline_ms = wake_ms;
    }
    return deadline_ms;
}

/* ---- the clock ---- */

enum { SIGNATURE_LIFE_MS = 5 * 60 * 1000 };

static bool speaks_of_signature(const char *text)
{
    return strcasestr(text, "signature") || strcasestr(text, "RequestTimeTooSkewed") ||
           strcasestr(text, "RequestExpired");
}

void signin_explain(const struct auth_settings *auth, bool clock_is_kept, int64_t ahead_of_server_ms,
                    struct fault *fault)
{
    bool far = ahead_of_server_ms > SIGNATURE_LIFE_MS || ahead_of_server_ms < -SIGNATURE_LIFE_MS;
    if (auth->kind != AUTH_SIGV4 || fault->problem != SOURCE_HTTP_STATUS || (int)fault->number != 403)
        return;
    if (!speaks_of_signature(fault->detail.text) || (clock_is_kept && !far))
        return;
    fault->problem = SOURCE_CLOCK;
    fault->number = 0;
    if (far)
        error_prefix(&fault->detail, "this machine's clock is %lld s %s the server's (is NTP reachable?)",
                     (long long)llabs(ahead_of_server_ms / 1000),
                     ahead_of_server_ms > 0 ? "ahead of" : "behind");
    else
        error_prefix(&fault->detail,
                     "this machine's clock is not kept right by the network (is NTP reachable?)");
}
