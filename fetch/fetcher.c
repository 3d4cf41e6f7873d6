#include "fetch/fetcher.h"

#include <curl/curl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "fetch/auth.h"
#include "fetch/document.h"
#include "fetch/filter_file.h"
#include "fetch/mapper.h"
#include "fetch/request.h"
#include "fetch/schedule.h"
#include "fetch/signin.h"
#include "fetch/transfer.h"

/* The first polls are spread over this time: a wall is full at once, servers are not hit at once. */
enum { FIRST_POLLS_MS = 300, MOST_DETAIL_BYTES = 500, MAPPER_FDS = 2 };

enum poll_state { POLL_IDLE, POLL_SIGNING_IN, POLL_ASKING, POLL_MAPPING };

/* What answer and filter were, told apart by length and hash. */
struct fingerprint {
    size_t answer_bytes, program_bytes;
    uint64_t hash;
};

struct poll {
    struct fetcher *fetcher;
    size_t index;
    const struct source_settings *settings;
    struct schedule schedule;
    enum poll_state state;
    int64_t due_ms, asked_ms; /* monotonic */

    struct request request;
    struct credentials credentials;
    struct transfer *transfer;
    struct fetch_result result;
    int64_t mapping_since_ms;
    double arrival_s;
    struct fingerprint asked, mapped; /* of this answer; of the last that became a document */
};

struct fetcher {
    uint64_t ended; /* polls so far */
    const struct catalogue *catalogue;
    fetch_handler *handler;
    void *context;
    CURLM *multi;
    struct signin *signin;
    struct mapper *mapper;
    size_t count;
    struct poll *polls;
};

static int64_t earlier(int64_t a_ms, int64_t b_ms)
{
    return a_ms < b_ms ? a_ms : b_ms;
}

/* What would fail at every poll is said at the start instead. */
static bool check_source(const struct source_settings *settings, struct error *error)
{
    struct request request = {0};
    struct text program = {0};
    bool right = request_build(&request, settings, clock_now().wall_ms, error) &&
                 filter_file_read(settings->filter_path, &program, error);
    request_finish(&request);
    text_finish(&program);
    if (!right)
        error_prefix(error, "source %s", settings->name);
    return right;
}

static void init_poll(struct poll *poll, struct fetcher *fetcher, size_t index,
                      const struct source_settings *settings, int64_t now_ms)
{
    poll->fetcher = fetcher;
    poll->index = index;
    poll->settings = settings;
    poll->schedule.interval_ms = settings->every_ms;
    poll->schedule.chance = (uint32_t)(now_ms + 7919 * (int64_t)index) | 1;
    poll->due_ms = now_ms + FIRST_POLLS_MS * (int64_t)index / (int64_t)fetcher->count;
    poll->transfer = transfer_create(settings);
}

static void clear_poll(struct poll *poll)
{
    request_finish(&poll->request);
    credentials_wipe(&poll->credentials);
    transfer_clear(poll->transfer);
}

struct fetcher *fetcher_create(const struct source_settings *sources, size_t count,
                               const struct catalogue *catalogue, const char *program_path,
                               fetch_handler *handler, void *context, struct error *error)
{
    for (size_t i = 0; i < count; i++)
        if (!check_source(&sources[i], error))
            return NULL;
    /* OpenSSL writes to sockets that the other side may have closed, without a way to say "no signal" */
    signal(SIGPIPE, SIG_IGN);
    curl_global_init(CURL_GLOBAL_DEFAULT);
    struct fetcher *fetcher = memory_create(1, sizeof *fetcher);
    *fetcher = (struct fetcher){
        .catalogue = catalogue, .handler = handler, .context = context, .multi = curl_multi_init()};
    if (!fetcher->multi)
        abort(); /* out of memory */
    fetcher->signin = signin_create(fetcher->multi);
    fetcher->mapper = mapper_create(program_path, error);
    if (!fetcher->mapper) {
        fetcher_destroy(fetcher);
        return NULL;
    }
    fetcher->count = count;
    fetcher->polls = memory_create(count, sizeof *fetcher->polls);
    int64_t now_ms = clock_monotonic_ms();
    for (size_t i = 0; i < count; i++)
        init_poll(&fetcher->polls[i], fetcher, i, &sources[i], now_ms);
    return fetcher;
}

void fetcher_destroy(struct fetcher *fetcher)
{
    if (!fetcher)
        return;
    mapper_destroy(fetcher->mapper);
    for (size_t i = 0; i < fetcher->count; i++) {
        struct poll *poll = &fetcher->polls[i];
        if (poll->state == POLL_ASKING)
            curl_multi_remove_handle(fetcher->multi, transfer_easy(poll->transfer));
        clear_poll(poll);
        transfer_destroy(poll->transfer);
    }
    signin_destroy(fetcher->signin);
    curl_multi_cleanup(fetcher->multi);
    free(fetcher->polls);
    free(fetcher);
    curl_global_cleanup();
}

/* Whether asking again soon can do harm. */
static const enum pace paces[SOURCE_PROBLEM_COUNT] = {
    [SOURCE_UNREACHABLE] = PACE_BACK_OFF, [SOURCE_TLS] = PACE_BACK_OFF,    [SOURCE_TIMEOUT] = PACE_BACK_OFF,
    [SOURCE_SIGN_IN] = PACE_BACK_OFF, /* accounts are locked for less */
    [SOURCE_TOO_LARGE] = PACE_SLOWER,     [SOURCE_NOT_JSON] = PACE_STEADY, [SOURCE_FILTER] = PACE_BACK_OFF,
    [SOURCE_DOCUMENT] = PACE_STEADY,      [SOURCE_FROZEN] = PACE_STEADY,   [SOURCE_CLOCK] = PACE_BACK_OFF,
    [SOURCE_RECONNECT] = PACE_STEADY, /* nothing is asked */
};

/* A status that tells of trouble, in place of a request that is refused for good. */
static bool status_may_pass(double status)
{
    return status >= 500 || status == 408 || status == 425 || status == 429;
}

static enum pace pace_after(const struct fault *fault)
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
    if (!result->content_type)
        result->content_type = "";
    result->next_poll_monotonic_ms = poll->due_ms;
    poll->state = POLL_IDLE;
    poll->fetcher->ended++;
    credentials_mask(&poll->credentials, &poll->request.line); /* a next page's address may repeat one */
    result->request_line = text_bytes(&poll->request.line);
    poll->fetcher->handler(poll->fetcher->context, result);
    clear_poll(poll);
}

static void end_well(struct poll *poll, enum fetch_outcome outcome)
{
    poll->due_ms = schedule_after_success_ms(&poll->schedule, poll->asked_ms, clock_monotonic_ms());
    end_poll(poll, outcome);
}

static void end_badly(struct poll *poll, const struct fault *fault, int64_t told_ms)
{
    struct text detail = {0};
    text_append(&detail, fault->detail.text);
    credentials_mask(&poll->credentials, &detail);
    if (detail.length > MOST_DETAIL_BYTES)
        detail.bytes[utf8_cut(detail.bytes, MOST_DETAIL_BYTES)] = '\0';

    poll->mapped = (struct fingerprint){0};
    poll->due_ms = schedule_after_failure_ms(&poll->schedule, pace_after(fault), told_ms, poll->asked_ms,
                                             clock_monotonic_ms());
    poll->result.failure = (struct source_failure){
        .problem = fault->problem, .number = fault->number, .detail = text_bytes(&detail)};
    end_poll(poll, FETCH_FAILED);
    text_finish(&detail);
}

static void note_facts(struct poll *poll, struct transfer_facts *facts)
{
    transfer_facts(poll->transfer, facts);
    poll->result.http_status = facts->http_status;
    poll->result.content_type = facts->content_type;
    poll->result.connect_ms = facts->connect_ms;
    poll->result.first_byte_ms = facts->first_byte_ms;
    poll->result.total_ms = facts->total_ms;
    poll->result.body_bytes = transfer_body(poll->transfer)->length;
}

static void take_mapped(void *context, bool mapped, const struct text *output, const struct error *error)
{
    struct poll *poll = context;
    struct fault fault = {.problem = SOURCE_FILTER};
    poll->result.map_ms = clock_monotonic_ms() - poll->mapping_since_ms;
    if (!mapped) {
        fault.detail = *error;
        end_badly(poll, &fault, 0);
        return;
    }
    struct sample_document *document = document_parse(
        text_bytes(output), output->length, poll->fetcher->catalogue, poll->arrival_s, &fault.detail);
    if (!document) {
        fault.problem = SOURCE_DOCUMENT;
        end_badly(poll, &fault, 0);
        return;
    }
    poll->mapped = poll->asked;
    poll->result.document = document;
    end_well(poll, FETCH_DOCUMENT);
    sample_document_destroy(document);
}

static uint64_t hash_on(uint64_t hash, const struct text *text)
{
    for (size_t i = 0; i < text->length; i++)
        hash = (hash ^ (unsigned char)text->bytes[i]) * 1099511628211U; /* FNV-1a */
    return hash;
}

/* Whether mapping this answer would give the figures that the last one gave. */
static bool is_repetition(struct poll *poll, const struct text *answer)
{
    struct text program = {0};
    bool timeless = filter_file_read(poll->settings->filter_path, &program, NULL) &&
                    !filter_looks_at_time(text_bytes(&program));
    poll->asked = (struct fingerprint){.answer_bytes = answer->length,
                                       .program_bytes = program.length,
                                       .hash = hash_on(hash_on(1469598103934665603U, answer), &program)};
    text_finish(&program);
    return timeless && poll->asked.answer_bytes == poll->mapped.answer_bytes &&
           poll->asked.program_bytes == poll->mapped.program_bytes && poll->asked.hash == poll->mapped.hash;
}

static void map_answer(struct poll *poll)
{
    struct text *answer = transfer_body(poll->transfer);
    if (is_repetition(poll, answer)) {
        end_well(poll, FETCH_REPEATED);
        return;
    }
    poll->state = POLL_MAPPING;
    poll->mapping_since_ms = clock_monotonic_ms();
    mapper_submit(poll->fetcher->mapper, poll->settings->filter_path, poll->settings->cfg_json,
                  poll->arrival_s, answer, take_mapped, poll);
}

/* Sends the request as soon as the sign-in is ready. */
static void send_request(struct poll *poll, int64_t now_ms)
{
    struct fetcher *fetcher = poll->fetcher;
    struct fault fault = {0};
    switch (signin_prepare(fetcher->signin, &poll->settings->auth, now_ms, &poll->credentials, &fault)) {
    case SIGNIN_WAIT:
        poll->state = POLL_SIGNING_IN;
        break;
    case SIGNIN_FAILED:
        end_badly(poll, &fault, 0);
        break;
    case SIGNIN_READY:
        poll->state = POLL_ASKING;
        transfer_prepare(poll->transfer, &poll->request, &poll->credentials);
        curl_easy_setopt(transfer_easy(poll->transfer), CURLOPT_PRIVATE, poll);
        curl_multi_add_handle(fetcher->multi, transfer_easy(poll->transfer));
        break;
    }
}

static void end_refused_transfer(struct poll *poll, const struct transfer_facts *facts, struct fault *fault)
{
    const struct auth_settings *auth = &poll->settings->auth;
    if (facts->http_status == 401 && signin_refused(poll->fetcher->signin, auth, &poll->credentials)) {
        send_request(poll, clock_monotonic_ms());
        return;
    }
    signin_explain(auth, clock_synchronised(),
                   transfer_ahead_of_server_ms(poll->transfer, clock_now().wall_ms), fault);
    end_badly(poll, fault, facts->retry_after_ms);
}

static void end_transfer(struct poll *poll, CURLcode code)
{
    struct transfer_facts facts;
    struct fault fault = {0};
    note_facts(poll, &facts);
    poll->arrival_s = (double)clock_now().wall_ms / 1000;
    switch (transfer_judge(poll->transfer, code, &poll->credentials, &fault)) {
    case TRANSFER_REDIRECTED:
        curl_multi_add_handle(poll->fetcher->multi, transfer_easy(poll->transfer));
        break;
    case TRANSFER_NO_NEWS:
        end_well(poll, FETCH_NO_NEWS);
        break;
    case TRANSFER_FAILED:
        end_refused_transfer(poll, &facts, &fault);
        break;
    case TRANSFER_ANSWER:
        map_answer(poll);
        break;
    }
}

static void begin_poll(struct poll *poll, int64_t now_ms)
{
    struct fault fault = {.problem = SOURCE_SIGN_IN};
    poll->result = (struct fetch_result){0};
    poll->asked_ms = now_ms;
    if (!request_build(&poll->request, poll->settings, clock_now().wall_ms, &fault.detail)) {
        end_badly(poll, &fault, 0);
        return;
    }
    send_request(poll, now_ms);
}

static void begin_due_polls(struct fetcher *fetcher)
{
    int64_t now_ms = clock_monotonic_ms();
    for (size_t i = 0; i < fetcher->count; i++)
        if (fetcher->polls[i].state == POLL_IDLE && fetcher->polls[i].due_ms <= now_ms)
            begin_poll(&fetcher->polls[i], now_ms);
}

/* Those who waited for a token, now that it may have come. */
static void resume_signed_in_polls(struct fetcher *fetcher)
{
    int64_t now_ms = clock_monotonic_ms();
    for (size_t i = 0; i < fetcher->count; i++)
        if (fetcher->polls[i].state == POLL_SIGNING_IN)
            send_request(&fetcher->polls[i], now_ms);
}

static void end_finished_transfers(struct fetcher *fetcher)
{
    CURLMsg *message;
    int left;
    while ((message = curl_multi_info_read(fetcher->multi, &left))) {
        CURL *easy = message->easy_handle;
        CURLcode code = message->data.result;
        struct poll *poll;
        if (message->msg != CURLMSG_DONE)
            continue;
        curl_multi_remove_handle(fetcher->multi, easy);
        if (signin_take(fetcher->signin, easy, code, clock_monotonic_ms()))
            continue;
        curl_easy_getinfo(easy, CURLINFO_PRIVATE, &poll);
        end_transfer(poll, code);
    }
}

/* Everything that can be done without sleeping. */
static void work(struct fetcher *fetcher)
{
    int running;
    begin_due_polls(fetcher);
    curl_multi_perform(fetcher->multi, &running);
    end_finished_transfers(fetcher);
    resume_signed_in_polls(fetcher);
    mapper_step(fetcher->mapper, clock_monotonic_ms());
}

static int64_t next_due_ms(const struct fetcher *fetcher, int64_t deadline_ms)
{
    for (size_t i = 0; i < fetcher->count; i++)
        if (fetcher->polls[i].state == POLL_IDLE)
            deadline_ms = earlier(deadline_ms, fetcher->polls[i].due_ms);
    return signin_deadline_ms(fetcher->signin, deadline_ms);
}

static void sleep_until(struct fetcher *fetcher, int64_t deadline_ms)
{
    struct pollfd fds[MAPPER_FDS];
    struct curl_waitfd wait_fds[MAPPER_FDS] = {{0}};
    size_t count = mapper_poll_fds(fetcher->mapper, fds, &deadline_ms);
    for (size_t i = 0; i < count; i++) {
        wait_fds[i].fd = fds[i].fd;
        wait_fds[i].events = (short)((fds[i].events & POLLIN ? CURL_WAIT_POLLIN : 0) |
                                     (fds[i].events & POLLOUT ? CURL_WAIT_POLLOUT : 0));
    }
    int64_t left_ms = deadline_ms - clock_monotonic_ms();
    if (left_ms > 60000)
        left_ms = 60000; /* an int for libcurl */
    curl_multi_poll(fetcher->multi, wait_fds, (unsigned)count, left_ms > 0 ? (int)left_ms : 0, NULL);
}

void fetcher_wait(struct fetcher *fetcher, int64_t deadline_monotonic_ms)
{
    uint64_t ended_before = fetcher->ended;
    work(fetcher);
    if (fetcher->ended != ended_before)
        return; /* there is news: its owner wants to pass it on before anybody sleeps */
    sleep_until(fetcher, next_due_ms(fetcher, deadline_monotonic_ms));
    work(fetcher);
}

void fetcher_wake(struct fetcher *fetcher)
{
    curl_multi_wakeup(fetcher->multi);
}
