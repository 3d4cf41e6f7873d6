#include "fetch/poll.h"

#include <math.h>

#include "base/chance.h"
#include "base/clock.h"
#include "base/utf8.h"
#include "fetch/url.h"

enum {
    MOST_DETAIL_BYTES = 500,
    STDIN_PAUSE_MS = 1000 /* a program that writes without end is heard once in this time */
};

/* A server on this machine has no other walls to serve; but a wall's own sources are spread there, too. */
static int64_t first_ms(struct poll *poll, const struct source_settings *settings, int64_t now_ms)
{
    bool at_once = settings->place != PLACE_SERVER || (poll->index == 0 && url_is_loopback(settings->url));
    return at_once ? now_ms : schedule_first_ms(&poll->schedule, now_ms);
}

void poll_init(struct poll *poll, struct poll_shared *shared, size_t index,
               const struct source_settings *settings, struct budget *budget, int64_t now_ms)
{
    poll->shared = shared;
    poll->index = index;
    poll->settings = settings;
    poll->schedule.interval_ms = settings->place == PLACE_STDIN ? STDIN_PAUSE_MS : settings->every_ms;
    poll->schedule.chance = chance_draw();
    poll->due_ms = first_ms(poll, settings, now_ms);
    poll->budget = budget;
    poll->transfer = transfer_create(settings);
}

static void clear_poll(struct poll *poll)
{
    request_finish(&poll->request);
    credentials_wipe(&poll->credentials);
    transfer_clear(poll->transfer);
    pages_finish(&poll->pages);
    text_finish(&poll->document);
    text_finish(&poll->program);
    text_finish(&poll->sent);
    text_finish(&poll->challenge);
    poll->attempts = 0;
}

void poll_finish(struct poll *poll)
{
    if (poll->state == POLL_ASKING)
        curl_multi_remove_handle(poll->shared->multi, transfer_easy(poll->transfer));
    clear_poll(poll);
    validators_finish(&poll->validators);
    transfer_destroy(poll->transfer);
}

/* ---- the end ---- */

/* Whether asking again soon can do harm. */
static const enum pace paces[SOURCE_PROBLEM_COUNT] = {
    [SOURCE_UNREACHABLE] = PACE_BACK_OFF, [SOURCE_TLS] = PACE_BACK_OFF,    [SOURCE_TIMEOUT] = PACE_BACK_OFF,
    [SOURCE_SIGN_IN] = PACE_BACK_OFF, /* accounts are locked for less */
    [SOURCE_TOO_LARGE] = PACE_SLOWER,     [SOURCE_NOT_JSON] = PACE_STEADY, [SOURCE_FILTER] = PACE_BACK_OFF,
    [SOURCE_DOCUMENT] = PACE_STEADY,      [SOURCE_FROZEN] = PACE_STEADY,   [SOURCE_LIMITED] = PACE_BACK_OFF,
    [SOURCE_FILE] = PACE_STEADY,          [SOURCE_CLOCK] = PACE_BACK_OFF,  [SOURCE_RECONNECT] = PACE_STEADY,
    [SOURCE_SECRET] = PACE_STEADY, /* nothing is asked */
};

/* A status that tells of trouble, in place of a request that is refused for good. */
static bool status_may_pass(double status)
{
    return status >= 500 || status == 408 || status == 425 || status == 429;
}

enum pace poll_pace_after(const struct fault *fault)
{
    if (fault->problem == SOURCE_HTTP_STATUS)
        return status_may_pass(fault->number) ? PACE_BACK_OFF : PACE_SLOWER;
    return paces[fault->problem];
}

/* The poll is over: its owner hears of it, and it is cleared for the next. */
static void end_poll(struct poll *poll, enum fetch_outcome outcome)
{
    struct fetch_result *result = &poll->result;
    result->source = poll->index;
    result->outcome = outcome;
    result->request_line = text_bytes(&poll->request.line);
    if (!result->content_type)
        result->content_type = "";
    result->challenge = text_bytes(&poll->challenge);
    result->sent = text_bytes(&poll->sent);
    result->pages = poll->pages.count;
    result->token_left_ms =
        signin_token_left_ms(poll->shared->signin, &poll->settings->auth, clock_monotonic_ms());
    result->next_poll_monotonic_ms = poll->due_ms;
    poll->state = POLL_IDLE;
    poll->shared->ended++;
    poll->shared->handler(poll->shared->context, result);
    clear_poll(poll);
}

void poll_end_well(struct poll *poll, enum fetch_outcome outcome)
{
    poll->due_ms = schedule_after_success_ms(&poll->schedule, poll->asked_ms, clock_monotonic_ms());
    end_poll(poll, outcome);
}

void poll_forget_last_document(struct poll *poll)
{
    poll->mapped = (struct fingerprint){0};
    poll->read = (struct file_stamp){0};
    validators_finish(&poll->validators);
}

void poll_end_badly(struct poll *poll, const struct fault *fault, int64_t told_ms)
{
    struct text detail = {0};
    text_append(&detail, fault->detail.text);
    credentials_mask(&poll->credentials, &detail);
    if (detail.length > MOST_DETAIL_BYTES)
        detail.bytes[utf8_cut(detail.bytes, MOST_DETAIL_BYTES)] = '\0';

    poll_forget_last_document(poll);
    enum pace pace = poll->settings->place == PLACE_SERVER ? poll_pace_after(fault) : PACE_STEADY;
    poll->due_ms =
        schedule_after_failure_ms(&poll->schedule, pace, told_ms, poll->asked_ms, clock_monotonic_ms());
    poll->result.failure = (struct source_failure){
        .problem = fault->problem, .number = fault->number, .detail = text_bytes(&detail)};
    end_poll(poll, FETCH_FAILED);
    text_finish(&detail);
}

/* ---- its turn ---- */

void poll_wait_until(struct poll *poll, int64_t due_ms)
{
    poll->state = POLL_WAITING;
    poll->due_ms = due_ms;
}

static void begin(struct poll *poll, int64_t now_ms)
{
    static void (*const begin_at[])(struct poll * poll, int64_t now_ms) = {
        [PLACE_SERVER] = poll_server_begin, [PLACE_FILE] = poll_file_begin, [PLACE_STDIN] = poll_stdin_begin};
    poll->result = (struct fetch_result){0};
    poll->written_s = NAN;
    poll->retried = false;
    poll->asked_ms = now_ms;
    poll_look_at_filter(poll);
    begin_at[poll->settings->place](poll, now_ms);
}

static void go_on(struct poll *poll, int64_t now_ms)
{
    if (poll->settings->place == PLACE_FILE)
        poll_file_go_on(poll, now_ms);
    else
        poll_server_go_on(poll, now_ms);
}

/* Standard input has its turn when something came, everybody else when it is time. */
int64_t poll_turn_ms(const struct poll *poll)
{
    bool silent = poll->settings->place == PLACE_STDIN && !standard_input_heard(&poll->shared->input);
    bool in_hand =
        poll->state == POLL_SIGNING_IN || poll->state == POLL_ASKING || poll->state == POLL_MAPPING;
    return silent || in_hand ? INT64_MAX : poll->due_ms;
}

void poll_take_turn(struct poll *poll, int64_t now_ms)
{
    (poll->state == POLL_WAITING ? go_on : begin)(poll, now_ms);
}
