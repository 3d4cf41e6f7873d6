#include "fetch/renewal.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/file_stamp.h"
#include "base/memory.h"
#include "fetch/auth_scheme.h"
#include "fetch/refresh_file.h"
#include "fetch/request.h"
#include "fetch/schedule.h"
#include "fetch/secret.h"

enum {
    TOKEN_TIMEOUT_MS = 10000,
    TOKEN_MAX_BYTES = 64 * 1024,
    LEAST_PAUSE_MS = 1000,
    LOCK_AGAIN_MS = 250,
    LOCK_PATIENCE_MS = 30000,
    EXCHANGE_WINDOW_MS = 60000,
    MOST_EXCHANGES = 60,
    SECRET_FILES = 5
};

struct renewal {
    struct auth_settings auth;
    struct renewal *platform;
    CURLM *multi;
    struct token token;

    /* the request that runs */
    bool asking;
    struct source_settings settings;
    struct transfer *transfer;
    struct request request;
    struct token_request asked;
    struct text held;   /* what is exchanged: a refresh token, or the platform's token */
    bool second_chance; /* this renewal has had it: the token before, or a new platform token */

    struct refresh_file *file;
    struct text unsaved; /* a refresh token that is not safe on the disk yet; the token waits for it */
    int64_t locked_out_since_ms, wake_ms;
    int64_t exchanges_ms[MOST_EXCHANGES]; /* the last ones; 0: none */
    size_t exchange;

    /* what went wrong last */
    bool failed, for_good;
    struct fault fault;
    struct schedule pace;
    int64_t not_before_ms;
    struct file_stamp secrets[SECRET_FILES]; /* as they were when it asked */
};

struct renewal *renewal_create(const struct auth_settings *auth, struct renewal *platform, CURLM *multi)
{
    struct renewal *renewal = memory_create(1, sizeof *renewal);
    renewal->auth = *auth;
    renewal->platform = platform;
    renewal->multi = multi;
    renewal->pace =
        (struct schedule){.interval_ms = LEAST_PAUSE_MS, .chance = (uint32_t)clock_monotonic_ms() | 1};
    if (auth->kind == AUTH_OAUTH2_REFRESH_TOKEN)
        renewal->file = refresh_file_create(auth->refresh_token.name);
    return renewal;
}

const struct auth_settings *renewal_auth(const struct renewal *renewal)
{
    return &renewal->auth;
}

const struct text *renewal_token(const struct renewal *renewal)
{
    return &renewal->token.value;
}

int64_t renewal_token_left_ms(const struct renewal *renewal, int64_t now_monotonic_ms)
{
    if (!token_is_good(&renewal->token, now_monotonic_ms))
        return TOKEN_NONE;
    return renewal->token.ends ? renewal->token.renew_at_ms - now_monotonic_ms : TOKEN_UNTIL_REFUSED;
}

int64_t renewal_wake_ms(const struct renewal *renewal)
{
    return renewal->wake_ms;
}

void renewal_refuse(struct renewal *renewal, const struct text *token)
{
    if (text_equal(text_bytes(&renewal->token.value), text_bytes(token)))
        token_wipe(&renewal->token);
}

/* ---- failing ---- */

/* Of the files with its secrets: a touch is enough to have another try. */
static void look_at_secrets(const struct renewal *renewal, struct file_stamp stamps[SECRET_FILES])
{
    const struct auth_settings *auth = &renewal->auth;
    const struct secret *secrets[SECRET_FILES] = {&auth->id, &auth->secret, &auth->user, &auth->password,
                                                  &auth->refresh_token};
    for (size_t i = 0; i < SECRET_FILES; i++)
        stamps[i] =
            secrets[i]->kind == SECRET_FILE ? file_stamp_at(secrets[i]->name) : (struct file_stamp){0};
}

static bool somebody_was_here(const struct renewal *renewal)
{
    struct file_stamp secrets[SECRET_FILES];
    look_at_secrets(renewal, secrets);
    for (size_t i = 0; i < SECRET_FILES; i++)
        if (!file_stamp_same_writing(&secrets[i], &renewal->secrets[i]))
            return true;
    return false;
}

static void fail(struct renewal *renewal, int64_t told_ms, int64_t now_ms)
{
    renewal->failed = true;
    renewal->not_before_ms =
        schedule_after_failure_ms(&renewal->pace, PACE_BACK_OFF, told_ms, now_ms, now_ms);
    if (renewal->file && !renewal->unsaved.length)
        refresh_file_end(renewal->file);
}

static bool still_failed(struct renewal *renewal, int64_t now_ms)
{
    if (!renewal->failed)
        return false;
    return renewal->for_good ? !somebody_was_here(renewal) : now_ms < renewal->not_before_ms;
}

/* ---- asking ---- */

static bool build_request(struct renewal *renewal, struct error *error)
{
    static const struct header_setting headers[] = {{"Content-Type", "application/x-www-form-urlencoded"}};
    renewal->settings = (struct source_settings){.name = "token",
                                                 .url = renewal->asked.url,
                                                 .method = "POST",
                                                 .body = text_bytes(&renewal->asked.form),
                                                 .header_count = 1,
                                                 .headers = headers,
                                                 .auth.kind = renewal->auth.kind,
                                                 .ca_file = renewal->auth.ca_file,
                                                 .cfg_json = "{}",
                                                 .timeout_ms = TOKEN_TIMEOUT_MS,
                                                 .max_bytes = TOKEN_MAX_BYTES};
    return request_build(&renewal->request, &renewal->settings, clock_now().wall_ms, error);
}

static void clear_request(struct renewal *renewal)
{
    if (renewal->transfer) {
        secret_wipe(transfer_body(renewal->transfer));
        transfer_clear(renewal->transfer);
    }
    secret_wipe(&renewal->request.body);
    request_finish(&renewal->request);
    token_request_wipe(&renewal->asked);
}

/* Not knowing a secret is no failure that should slow anything down: nothing was asked. */
static enum signin_state ask(struct renewal *renewal, struct fault *fault)
{
    *fault = (struct fault){.problem = SOURCE_SECRET};
    look_at_secrets(renewal, renewal->secrets);
    clear_request(renewal);
    if (!auth_scheme(renewal->auth.kind)
             ->ask(&renewal->auth, &renewal->held, &renewal->asked, &fault->detail) ||
        !build_request(renewal, &fault->detail)) {
        clear_request(renewal);
        if (renewal->file)
            refresh_file_end(renewal->file);
        return SIGNIN_FAILED;
    }
    if (!renewal->transfer)
        renewal->transfer = transfer_create(&renewal->settings);
    transfer_prepare(renewal->transfer, &renewal->request, &renewal->asked.credentials,
                     &(struct transfer_terms){.timeout_ms = TOKEN_TIMEOUT_MS, .max_bytes = TOKEN_MAX_BYTES});
    curl_multi_add_handle(renewal->multi, transfer_easy(renewal->transfer));
    renewal->asking = true;
    return SIGNIN_WAIT;
}

/* Exchanges themselves are limited: a token of five minutes that is refused at once would use them up. */
static bool exchange_allowed(struct renewal *renewal, int64_t now_ms)
{
    size_t allowed = (size_t)renewal->auth.exchanges_per_minute;
    size_t oldest = (renewal->exchange + MOST_EXCHANGES - allowed) % MOST_EXCHANGES;
    int64_t free_ms = renewal->exchanges_ms[oldest] + EXCHANGE_WINDOW_MS;
    if (renewal->exchanges_ms[oldest] && now_ms < free_ms) {
        renewal->wake_ms = free_ms;
        return false;
    }
    renewal->exchanges_ms[renewal->exchange] = now_ms;
    renewal->exchange = (renewal->exchange + 1) % MOST_EXCHANGES;
    return true;
}

static enum signin_state hold_platform_token(struct renewal *renewal, int64_t now_ms, struct fault *fault)
{
    enum signin_state state = renewal_prepare(renewal->platform, now_ms, fault);
    if (state != SIGNIN_READY)
        return state;
    if (!exchange_allowed(renewal, now_ms))
        return SIGNIN_WAIT;
    const struct text *token = renewal_token(renewal->platform);
    text_append_bytes(&renewal->held, token->bytes, token->length);
    return SIGNIN_READY;
}

static enum signin_state wait_for_lock(struct renewal *renewal, int64_t now_ms, struct fault *fault)
{
    if (!renewal->locked_out_since_ms)
        renewal->locked_out_since_ms = now_ms;
    renewal->wake_ms = now_ms + LOCK_AGAIN_MS;
    if (now_ms - renewal->locked_out_since_ms < LOCK_PATIENCE_MS)
        return SIGNIN_WAIT;
    renewal->wake_ms = 0;
    error_set(&fault->detail, "another process has been renewing the token in %s for %d s",
              renewal->auth.refresh_token.name, LOCK_PATIENCE_MS / 1000);
    return SIGNIN_FAILED;
}

static enum signin_state hold_refresh_token(struct renewal *renewal, int64_t now_ms, struct fault *fault)
{
    enum refresh_state state = refresh_file_begin(renewal->file, &renewal->held, &fault->detail);
    if (state == REFRESH_BUSY)
        return wait_for_lock(renewal, now_ms, fault);
    renewal->locked_out_since_ms = 0;
    return state == REFRESH_OURS ? SIGNIN_READY : SIGNIN_FAILED;
}

static enum signin_state hold_what_is_exchanged(struct renewal *renewal, int64_t now_ms, struct fault *fault)
{
    *fault = (struct fault){.problem = SOURCE_SECRET};
    secret_wipe(&renewal->held);
    renewal->wake_ms = 0;
    if (renewal->platform)
        return hold_platform_token(renewal, now_ms, fault);
    return renewal->file ? hold_refresh_token(renewal, now_ms, fault) : SIGNIN_READY;
}

/* The access token is not used before the refresh token that came with it is safe. */
static bool save(struct renewal *renewal, struct fault *fault)
{
    *fault = (struct fault){.problem = SOURCE_SECRET};
    if (!refresh_file_keep(renewal->file, &renewal->held, &renewal->unsaved, &fault->detail))
        return false;
    refresh_file_end(renewal->file);
    secret_wipe(&renewal->unsaved);
    secret_wipe(&renewal->held);
    return true;
}

enum signin_state renewal_prepare(struct renewal *renewal, int64_t now_monotonic_ms, struct fault *fault)
{
    if (renewal->asking)
        return SIGNIN_WAIT;
    if (renewal->unsaved.length && !save(renewal, fault))
        return SIGNIN_FAILED;
    if (token_is_good(&renewal->token, now_monotonic_ms))
        return SIGNIN_READY;
    if (still_failed(renewal, now_monotonic_ms)) {
        *fault = renewal->fault;
        return SIGNIN_FAILED;
    }
    renewal->failed = renewal->for_good = false;
    enum signin_state state = hold_what_is_exchanged(renewal, now_monotonic_ms, fault);
    return state == SIGNIN_READY ? ask(renewal, fault) : state;
}

/* ---- what came of it ---- */

static const char *asked_key(const struct renewal *renewal)
{
    return renewal->platform ? "exchange_url" : "token_url";
}

/* The next refresh token counts even where the answer is of no other use: the one that was sent may be dead.
 */
static void keep_next_refresh_token(struct renewal *renewal)
{
    struct fault later;
    if (renewal->file && renewal->unsaved.length) {
        save(renewal, &later); /* if not now, then when it is needed */
        return;
    }
    secret_wipe(&renewal->unsaved);
    secret_wipe(&renewal->held);
}

static void take_token(struct renewal *renewal, int64_t now_ms)
{
    const char *field = renewal->auth.token_field ? renewal->auth.token_field : "access_token";
    token_wipe(&renewal->token);
    renewal->fault = (struct fault){.problem = SOURCE_SIGN_IN};
    if (!token_read(&renewal->token, &renewal->unsaved, field, transfer_body(renewal->transfer), now_ms,
                    &renewal->fault.detail)) {
        error_prefix(&renewal->fault.detail, "%s", asked_key(renewal));
        keep_next_refresh_token(renewal);
        fail(renewal, 0, now_ms);
        return;
    }
    renewal->pace.failures = 0;
    renewal->second_chance = false;
    if (!renewal->unsaved.length)
        text_append_bytes(&renewal->unsaved, renewal->held.bytes, renewal->held.length);
    keep_next_refresh_token(renewal);
}

/* What is tried once more at once: the refresh token before this one, or an exchange with a new platform
 * token. */
static bool take_second_chance(struct renewal *renewal, long status, const struct text *word)
{
    struct text other = {0};
    struct fault fault;
    if (renewal->second_chance || (status != 400 && status != 401))
        return false;
    if (renewal->platform) {
        renewal->second_chance = true;
        renewal_refuse(renewal->platform, &renewal->held);
        return true; /* those who wait ask again, and begin anew */
    }
    /* only where this one is certainly dead: some vendors lock an account that shows an old token */
    if (!renewal->file || !text_equal(text_bytes(word), "invalid_grant") ||
        !refresh_file_previous(renewal->file, &other))
        return false;
    renewal->second_chance = true;
    secret_wipe(&renewal->held);
    renewal->held = other;
    return ask(renewal, &fault) == SIGNIN_WAIT;
}

static void say_what_to_do(struct renewal *renewal, const struct text *code)
{
    const struct auth_settings *auth = &renewal->auth;
    renewal->for_good = true;
    renewal->fault = (struct fault){.problem = SOURCE_RECONNECT};
    if (renewal->file && text_equal(text_bytes(code), "invalid_grant"))
        error_set(&renewal->fault.detail,
                  "%s: the refresh token in %s is not accepted any more (%s); sign in again at the vendor's "
                  "and put the new refresh token there",
                  asked_key(renewal), auth->refresh_token.name, text_bytes(code));
    else
        error_set(
            &renewal->fault.detail,
            "%s: the sign-in is refused for good (%s); check id, secret and rights at the vendor's, then "
            "write the secret's file again or restart",
            asked_key(renewal), text_bytes(code));
}

/* The body is looked at before transfer_judge() shortens it for people. */
static void take_refusal(struct renewal *renewal, CURLcode code, const struct transfer_facts *facts,
                         int64_t now_ms)
{
    struct text word = {0};
    bool is_refusal = code == CURLE_OK && facts->http_status >= 400 && facts->http_status <= 403;
    bool for_good = is_refusal && token_refused_for_good(transfer_body(renewal->transfer), &word);
    if (is_refusal && take_second_chance(renewal, facts->http_status, &word)) {
        text_finish(&word);
        return;
    }
    renewal->second_chance = false;
    if (for_good) {
        say_what_to_do(renewal, &word);
    } else {
        if (transfer_judge(renewal->transfer, code, &renewal->asked.credentials, facts->wait_ms,
                           &renewal->fault) != TRANSFER_FAILED)
            error_set(&renewal->fault.detail, "the answer is empty");
        if (is_refusal || renewal->fault.problem == SOURCE_FINE)
            renewal->fault.problem = SOURCE_SIGN_IN;
        error_prefix(&renewal->fault.detail, "%s", asked_key(renewal));
    }
    text_finish(&word);
    fail(renewal, facts->wait_ms, now_ms);
}

static void take_answer(struct renewal *renewal, CURLcode code, int64_t now_ms)
{
    struct transfer_facts facts;
    renewal->asking = false;
    renewal->fault = (struct fault){0};
    transfer_facts(renewal->transfer, clock_now().wall_ms, &facts);
    bool given = code == CURLE_OK && (facts.http_status == 200 || facts.http_status == 201);
    if (given)
        take_token(renewal, now_ms);
    else
        take_refusal(renewal, code, &facts, now_ms);
    if (!renewal->asking)
        clear_request(renewal);
}

bool renewal_take(struct renewal *renewal, CURL *easy, CURLcode code, int64_t now_monotonic_ms)
{
    if (!renewal->asking || easy != transfer_easy(renewal->transfer))
        return false;
    take_answer(renewal, code, now_monotonic_ms);
    return true;
}

/* ---- the end ---- */

bool renewal_is_at_stake(const struct renewal *renewal)
{
    return renewal->file && renewal->asking;
}

void renewal_destroy(struct renewal *renewal)
{
    if (!renewal)
        return;
    if (renewal->asking)
        curl_multi_remove_handle(renewal->multi, transfer_easy(renewal->transfer));
    clear_request(renewal);
    transfer_destroy(renewal->transfer);
    token_wipe(&renewal->token);
    secret_wipe(&renewal->held);
    secret_wipe(&renewal->unsaved);
    refresh_file_destroy(renewal->file);
    free(renewal);
}
