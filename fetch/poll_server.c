#include "fetch/poll.h"

#include <math.h>

#include "base/clock.h"
#include "fetch/shown_request.h"

static void note_facts(struct poll *poll, const struct transfer_facts *facts)
{
    poll->result.http_status = facts->http_status;
    poll->result.content_type = facts->content_type;
    poll->result.lookup_ms = facts->lookup_ms;
    poll->result.connect_ms = facts->connect_ms;
    poll->result.tls_ms = facts->tls_ms;
    poll->result.first_byte_ms = facts->first_byte_ms;
    poll->result.total_ms = clock_monotonic_ms() - poll->asked_ms;
    poll->result.body_bytes += transfer_body(poll->transfer)->length;
    poll->result.wire_bytes += facts->wire_bytes;
    text_finish(&poll->challenge);
    text_append(&poll->challenge, facts->challenge);
    credentials_mask(&poll->credentials, &poll->challenge);
}

static int64_t deadline_ms(const struct poll *poll)
{
    return poll->asked_ms + poll->settings->timeout_ms;
}

/* Which of several pages failed helps to find out why. */
static void name_page(const struct poll *poll, struct fault *fault)
{
    if (poll->pages.count > 0)
        error_prefix(&fault->detail, "page %zu", poll->pages.count + 1);
}

static void end_late(struct poll *poll, const char *why)
{
    struct fault fault = {.problem = SOURCE_TIMEOUT, .number = (double)poll->settings->timeout_ms / 1000};
    error_set(&fault.detail, "no whole answer within %.3g s%s", fault.number, why);
    name_page(poll, &fault);
    poll_end_badly(poll, &fault, 0);
}

static void send_request(struct poll *poll, int64_t now_ms)
{
    bool has_version = poll->validators.etag.length || poll->validators.last_modified.length;
    struct transfer_terms terms = {.timeout_ms = deadline_ms(poll) - now_ms,
                                   .max_bytes = poll->settings->max_bytes - poll->pages.gathered.length,
                                   .known = has_version ? &poll->validators : NULL};
    if (terms.timeout_ms <= 0) {
        end_late(poll, poll->state == POLL_SIGNING_IN
                           ? ": the token had to be renewed between two pages, which took too long"
                           : "");
        return;
    }
    poll->state = POLL_ASKING;
    poll->result.content_type = NULL; /* lives no longer than its request */
    transfer_prepare(poll->transfer, &poll->request, &poll->credentials, &terms);
    text_finish(&poll->sent);
    if (poll->shared->shows_requests)
        shown_request_write(&poll->request, &poll->credentials, &poll->sent);
    curl_easy_setopt(transfer_easy(poll->transfer), CURLOPT_PRIVATE, poll);
    curl_multi_add_handle(poll->shared->multi, transfer_easy(poll->transfer));
}

/* Sends the request as soon as the sign-in is ready; a poll's time begins when it is. */
void poll_server_go_on(struct poll *poll, int64_t now_ms)
{
    struct fault fault = {0};
    switch (signin_prepare(poll->shared->signin, &poll->settings->auth, now_ms, &poll->credentials, &fault)) {
    case SIGNIN_READY:
        if (poll->state == POLL_SIGNING_IN && poll->pages.count == 0)
            poll->asked_ms = now_ms;
        send_request(poll, now_ms);
        break;
    case SIGNIN_WAIT:
        poll->state = POLL_SIGNING_IN;
        break;
    case SIGNIN_FAILED:
        name_page(poll, &fault);
        poll_end_badly(poll, &fault, 0);
        break;
    }
}

/* The account was told to wait by an answer to another source. */
static void end_held(struct poll *poll, int64_t now_ms)
{
    int64_t left_ms = poll->budget->held_until_ms - now_ms;
    struct fault fault = {.problem = SOURCE_LIMITED, .number = ceil((double)left_ms / 60000)};
    error_set(&fault.detail, "the vendor asked the account of budget %s to wait; %.0f s are left",
              poll->settings->budget->name, (double)left_ms / 1000);
    name_page(poll, &fault);
    poll_end_badly(poll, &fault, left_ms);
}

/* Asks for the page that the request is set for, as soon as the account's budget lets it. */
static void ask(struct poll *poll, int64_t now_ms)
{
    if (poll->budget && poll->budget->held_until_ms > now_ms) {
        end_held(poll, now_ms);
        return;
    }
    int64_t at_ms = poll->budget ? budget_reserve_ms(poll->budget, now_ms) : now_ms;
    if (poll->pages.count == 0)
        poll->asked_ms = at_ms;
    if (at_ms >= deadline_ms(poll))
        end_late(poll, ": the budget of the account lets no more be asked");
    else if (at_ms > now_ms)
        poll_wait_until(poll, at_ms);
    else
        poll_server_go_on(poll, now_ms);
}

/* A page that failed by chance is asked for once more; one that is refused or limited is not. */
static bool worth_another_try(const struct poll *poll, const struct fault *fault, int64_t wait_ms)
{
    bool may_pass = poll_pace_after(fault) != PACE_SLOWER && fault->problem != SOURCE_SIGN_IN;
    return poll->pages.count > 0 && !poll->retried && may_pass && wait_ms == 0;
}

/* A token that is over is renewed, once for each page; what a wrong clock is to blame for is said so. */
static void fail_transfer(struct poll *poll, struct fault *fault, const struct transfer_facts *facts)
{
    const struct auth_settings *auth = &poll->settings->auth;
    int64_t now_ms = clock_monotonic_ms(), server_wall_ms = facts->server_wall_ms;
    if (facts->http_status == 401 && signin_refused(poll->shared->signin, auth, &poll->credentials)) {
        ask(poll, now_ms);
        return;
    }
    if (worth_another_try(poll, fault, facts->wait_ms)) {
        poll->retried = true;
        ask(poll, now_ms);
        return;
    }
    if (poll->budget && facts->wait_ms > 0)
        budget_hold(poll->budget, now_ms + schedule_kept_wait_ms(facts->wait_ms));
    signin_explain(auth, clock_synchronised(), server_wall_ms ? clock_now().wall_ms - server_wall_ms : 0,
                   fault);
    name_page(poll, fault);
    poll_end_badly(poll, fault, facts->wait_ms);
}

/* The poll's moment is when its first page came; a clock that nobody keeps is put right by the server's. */
static void note_arrival(struct poll *poll, const struct transfer_facts *facts)
{
    int64_t now_wall_ms = clock_now().wall_ms;
    if (poll->pages.count > 0)
        return;
    bool corrected = !poll->shared->clock_trusted && facts->server_wall_ms;
    poll->shift_ms = corrected ? facts->server_wall_ms - now_wall_ms : 0;
    poll->arrival_s = (double)(now_wall_ms + poll->shift_ms) / 1000;
}

static void take_page(struct poll *poll)
{
    struct text *answer = transfer_body(poll->transfer), link = {0};
    struct fault fault = {0};
    size_t page = poll->pages.count + 1;
    transfer_header(poll->transfer, "Link", &link);
    enum pages_turn turn = pages_take(&poll->pages, answer, text_bytes(&link), &poll->request, &fault);
    text_finish(&link);
    poll->retried = false;
    poll->credentials.refusals = 0;
    if (turn == PAGES_NEXT) {
        ask(poll, clock_monotonic_ms());
    } else if (turn == PAGES_COMPLETE) {
        pages_take_all(&poll->pages, answer);
        poll_map(poll, answer);
    } else {
        error_prefix(&fault.detail, "page %zu", page);
        poll_end_badly(poll, &fault, 0);
    }
}

static void take_answer(struct poll *poll)
{
    if (poll->settings->paging.kind == PAGING_NONE)
        poll_map(poll, transfer_body(poll->transfer));
    else
        take_page(poll);
}

/* Without the rest of its pages a poll is nothing. */
static void take_no_news(struct poll *poll, const struct transfer_facts *facts)
{
    struct fault fault = {.problem = SOURCE_DOCUMENT};
    if (poll->pages.count == 0) {
        poll_end_well(poll, FETCH_NO_NEWS);
        return;
    }
    error_set(&fault.detail, "the page is empty (HTTP %ld)", poll->result.http_status);
    fail_transfer(poll, &fault, facts);
}

/* What is left of the poll's time is all there is for the next address. */
static void follow_redirect(struct poll *poll)
{
    CURL *easy = transfer_easy(poll->transfer);
    int64_t left_ms = deadline_ms(poll) - clock_monotonic_ms();
    if (left_ms <= 0) {
        end_late(poll, ": it was redirected");
        return;
    }
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, (long)left_ms);
    curl_multi_add_handle(poll->shared->multi, easy);
}

void poll_server_take(struct poll *poll, CURLcode code)
{
    struct transfer_facts facts;
    struct fault fault = {0};
    transfer_facts(poll->transfer, clock_now().wall_ms, &facts);
    note_facts(poll, &facts);
    note_arrival(poll, &facts);
    switch (transfer_judge(poll->transfer, code, &poll->credentials, facts.wait_ms, &fault)) {
    case TRANSFER_REDIRECTED:
        follow_redirect(poll);
        break;
    case TRANSFER_NO_NEWS:
        take_no_news(poll, &facts);
        break;
    case TRANSFER_FAILED:
        fail_transfer(poll, &fault, &facts);
        break;
    case TRANSFER_ANSWER:
        take_answer(poll);
        break;
    }
}

void poll_server_begin(struct poll *poll, int64_t now_ms)
{
    struct fault fault = {.problem = SOURCE_DOCUMENT};
    int64_t wall_ms = clock_now().wall_ms + (poll->shared->clock_trusted ? 0 : poll->shift_ms);
    bool built = request_build(&poll->request, poll->settings, wall_ms, &fault.detail);
    if (built && poll->settings->paging.kind != PAGING_NONE)
        built = pages_begin(&poll->pages, &poll->settings->paging, poll->settings->max_bytes, &poll->request,
                            &fault);
    if (built)
        ask(poll, now_ms);
    else
        poll_end_badly(poll, &fault, 0);
}
