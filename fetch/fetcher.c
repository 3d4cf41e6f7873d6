#include "fetch/fetcher.h"

#include <curl/curl.h>
#include <math.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/chance.h"
#include "base/clock.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "fetch/auth.h"
#include "fetch/budget.h"
#include "fetch/document.h"
#include "fetch/filter_file.h"
#include "fetch/local_file.h"
#include "fetch/mapper.h"
#include "fetch/pages.h"
#include "fetch/request.h"
#include "fetch/schedule.h"
#include "fetch/signin.h"
#include "fetch/standard_input.h"
#include "fetch/transfer.h"

enum {
    MOST_DETAIL_BYTES = 500,
    MAPPER_FDS = 2,
    STDIN_FDS = 1,
    STDIN_PAUSE_MS = 1000, /* a program that writes without end is heard once in this time */
    FILE_AGAIN_MS = 250,   /* a file that is being written */
    FILE_ATTEMPTS = 5,     /* until it counts as broken */
    FILE_AHEAD_S = 300,    /* a file from further in the future says nothing about its figures' time */
    LONGEST_SLEEP_MS = 60000
};

/* Waiting: for its moment in the budget, or for a file that is being written. Signing in: for a token. */
enum poll_state { POLL_IDLE, POLL_WAITING, POLL_SIGNING_IN, POLL_ASKING, POLL_MAPPING };

/* What answer and filter were, told apart by length and hash. */
struct fingerprint {
    size_t answer_bytes, filter_bytes;
    uint64_t answer, filter;
};

struct poll {
    struct fetcher *fetcher;
    size_t index;
    const struct source_settings *settings;
    struct schedule schedule;
    enum poll_state state;
    int64_t due_ms, asked_ms; /* monotonic; while waiting, `due_ms` is when to go on */

    struct request request;
    struct credentials credentials;
    struct budget *budget; /* NULL: none */
    struct transfer *transfer;
    struct pages pages;
    bool retried; /* the page that is being asked for */
    struct fetch_result result;
    int64_t mapping_since_ms;
    double arrival_s; /* of the first page, by a clock that is right */
    double written_s; /* of a file; NaN: its document's own time or that of arrival counts */
    int64_t shift_ms; /* what the server's clock is ahead of ours, where ours is not kept right */
    struct fingerprint asked, mapped; /* of this answer; of the last that became a document */
    struct text program;              /* of the filter, empty where it cannot be read; */
    struct error program_error;       /* then why */
    bool timeless;                    /* the filter does not look at the time */

    struct validators validators;  /* of the last document, where asking for news alone is right */
    struct file_stamp stamp, read; /* of what is being mapped; of the last document */
    int attempts;                  /* at a file that is being written */
    struct text document;          /* from a file or standard input */
};

struct fetcher {
    uint64_t ended; /* polls so far */
    bool clock_trusted;
    bool listens; /* some source is standard input */
    struct standard_input input;
    size_t budget_count;
    struct budget *budgets;
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
    bool right =
        (settings->place != PLACE_SERVER || request_build(&request, settings, clock_now().wall_ms, error)) &&
        filter_file_read(settings->filter_path, &program, error);
    request_finish(&request);
    text_finish(&program);
    if (!right)
        error_prefix(error, "source %s", settings->name);
    return right;
}

/* The account's one bucket, however many sources draw from it. */
static struct budget *find_budget(struct fetcher *fetcher, const struct budget_settings *settings)
{
    if (!settings)
        return NULL;
    for (size_t i = 0; i < fetcher->budget_count; i++)
        if (fetcher->budgets[i].settings == settings)
            return &fetcher->budgets[i];
    struct budget *budget = &fetcher->budgets[fetcher->budget_count++];
    budget->settings = settings;
    return budget;
}

static void init_poll(struct poll *poll, struct fetcher *fetcher, size_t index,
                      const struct source_settings *settings, int64_t now_ms)
{
    poll->fetcher = fetcher;
    poll->index = index;
    poll->settings = settings;
    poll->schedule.interval_ms = settings->place == PLACE_STDIN ? STDIN_PAUSE_MS : settings->every_ms;
    poll->schedule.chance = chance_draw();
    poll->due_ms = settings->place == PLACE_SERVER ? schedule_first_ms(&poll->schedule, now_ms) : now_ms;
    poll->budget = find_budget(fetcher, settings->budget);
    poll->transfer = transfer_create(settings);
    if (settings->place != PLACE_STDIN)
        return;
    fetcher->listens = true;
    fetcher->input =
        (struct standard_input){.timeout_ms = settings->timeout_ms, .stream.max_bytes = settings->max_bytes};
}

static void clear_poll(struct poll *poll)
{
    request_finish(&poll->request);
    credentials_wipe(&poll->credentials);
    transfer_clear(poll->transfer);
    pages_finish(&poll->pages);
    text_finish(&poll->document);
    text_finish(&poll->program);
    poll->attempts = 0;
}

static void destroy_poll(struct poll *poll)
{
    if (poll->state == POLL_ASKING)
        curl_multi_remove_handle(poll->fetcher->multi, transfer_easy(poll->transfer));
    clear_poll(poll);
    validators_finish(&poll->validators);
    transfer_destroy(poll->transfer);
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
    *fetcher = (struct fetcher){.clock_trusted = true,
                                .catalogue = catalogue,
                                .handler = handler,
                                .context = context,
                                .multi = curl_multi_init()};
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
    fetcher->budgets = memory_create(count, sizeof *fetcher->budgets);
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
    for (size_t i = 0; i < fetcher->count; i++)
        destroy_poll(&fetcher->polls[i]);
    signin_destroy(fetcher->signin);
    curl_multi_cleanup(fetcher->multi);
    standard_input_finish(&fetcher->input);
    free(fetcher->polls);
    free(fetcher->budgets);
    free(fetcher);
    curl_global_cleanup();
}

void fetcher_hurry(struct fetcher *fetcher)
{
    for (size_t i = 0; i < fetcher->count; i++)
        fetcher->polls[i].due_ms = clock_monotonic_ms();
}

void fetcher_trust_clock(struct fetcher *fetcher, bool trusted)
{
    fetcher->clock_trusted = trusted;
}

/* Whether asking again soon can do harm. */
static const enum pace paces[SOURCE_PROBLEM_COUNT] = {
    [SOURCE_UNREACHABLE] = PACE_BACK_OFF, [SOURCE_TLS] = PACE_BACK_OFF,
    [SOURCE_TIMEOUT] = PACE_BACK_OFF,     [SOURCE_SIGN_IN] = PACE_BACK_OFF, /* accounts are locked for less */
    [SOURCE_TOO_LARGE] = PACE_SLOWER,     [SOURCE_NOT_JSON] = PACE_STEADY,
    [SOURCE_FILTER] = PACE_BACK_OFF,      [SOURCE_DOCUMENT] = PACE_STEADY,
    [SOURCE_FROZEN] = PACE_STEADY,        [SOURCE_LIMITED] = PACE_BACK_OFF,
    [SOURCE_FILE] = PACE_STEADY,          [SOURCE_CLOCK] = PACE_BACK_OFF,
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
    result->request_line = text_bytes(&poll->request.line);
    if (!result->content_type)
        result->content_type = "";
    result->next_poll_monotonic_ms = poll->due_ms;
    poll->state = POLL_IDLE;
    poll->fetcher->ended++;
    poll->fetcher->handler(poll->fetcher->context, result);
    clear_poll(poll);
}

static void end_well(struct poll *poll, enum fetch_outcome outcome)
{
    poll->due_ms = schedule_after_success_ms(&poll->schedule, poll->asked_ms, clock_monotonic_ms());
    end_poll(poll, outcome);
}

/* What comes next is mapped, whatever it is. */
static void forget_last_document(struct poll *poll)
{
    poll->mapped = (struct fingerprint){0};
    poll->read = (struct file_stamp){0};
    validators_finish(&poll->validators);
}

static void end_badly(struct poll *poll, const struct fault *fault, int64_t told_ms)
{
    struct text detail = {0};
    text_append(&detail, fault->detail.text);
    credentials_mask(&poll->credentials, &detail);
    if (detail.length > MOST_DETAIL_BYTES)
        detail.bytes[utf8_cut(detail.bytes, MOST_DETAIL_BYTES)] = '\0';

    forget_last_document(poll);
    enum pace pace = poll->settings->place == PLACE_SERVER ? pace_after(fault) : PACE_STEADY;
    poll->due_ms =
        schedule_after_failure_ms(&poll->schedule, pace, told_ms, poll->asked_ms, clock_monotonic_ms());
    poll->result.failure = (struct source_failure){
        .problem = fault->problem, .number = fault->number, .detail = text_bytes(&detail)};
    end_poll(poll, FETCH_FAILED);
    text_finish(&detail);
}

static void note_facts(struct poll *poll, const struct transfer_facts *facts)
{
    poll->result.http_status = facts->http_status;
    poll->result.content_type = facts->content_type;
    poll->result.connect_ms = facts->connect_ms;
    poll->result.first_byte_ms = facts->first_byte_ms;
    poll->result.total_ms = clock_monotonic_ms() - poll->asked_ms;
    poll->result.body_bytes += transfer_body(poll->transfer)->length;
}

/* ---- from an answer to figures ---- */

/*
 * Whether the server may say 304 from now on. Not where a document tells no time of its own: it is as
 * fresh as the whole answer that brings it, and a 304 brings none (FETCH.md 5.6). Not where the filter
 * reckons with the time either.
 */
static void note_validators(struct poll *poll, const struct sample_document *document)
{
    bool alone = poll->settings->place == PLACE_SERVER && poll->settings->paging.kind == PAGING_NONE &&
                 !poll->request.post;
    validators_finish(&poll->validators);
    if (alone && poll->timeless && !isnan(document->at_s))
        transfer_take_validators(poll->transfer, &poll->validators);
}

static void take_document(struct poll *poll, struct sample_document *document)
{
    note_validators(poll, document);
    if (isnan(document->at_s))
        document->at_s = poll->written_s;
    poll->mapped = poll->asked;
    poll->read = poll->stamp;
    poll->result.document = document;
    end_well(poll, FETCH_DOCUMENT);
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
    take_document(poll, document);
    sample_document_destroy(document);
}

/* The filter as it is now: an edited one makes other figures of the same answer. */
static void look_at_filter(struct poll *poll)
{
    struct text *program = &poll->program;
    poll->timeless = filter_file_read(poll->settings->filter_path, program, &poll->program_error) &&
                     !filter_looks_at_time(text_bytes(program));
    poll->asked =
        (struct fingerprint){.filter_bytes = program->length,
                             .filter = text_hash(TEXT_HASH_BEGIN, text_bytes(program), program->length)};
    if (poll->asked.filter != poll->mapped.filter || poll->asked.filter_bytes != poll->mapped.filter_bytes)
        forget_last_document(poll);
}

/* Whether mapping this answer would give the figures that the last one gave. */
static bool is_repetition(struct poll *poll, const struct text *answer)
{
    poll->asked.answer_bytes = answer->length;
    poll->asked.answer = text_hash(TEXT_HASH_BEGIN, text_bytes(answer), answer->length);
    return poll->timeless && poll->settings->place == PLACE_SERVER &&
           poll->asked.answer_bytes == poll->mapped.answer_bytes && poll->asked.answer == poll->mapped.answer;
}

static void submit_answer(struct poll *poll, struct text *answer)
{
    const struct mapper_job job = {.filter_name = poll->settings->filter_path,
                                   .filter = text_bytes(&poll->program),
                                   .cfg_json = poll->settings->cfg_json,
                                   .now_s = poll->arrival_s};
    poll->state = POLL_MAPPING;
    poll->mapping_since_ms = clock_monotonic_ms();
    mapper_submit(poll->fetcher->mapper, &job, answer, take_mapped, poll);
}

static void map_answer(struct poll *poll, struct text *answer)
{
    if (!poll->program.length) {
        struct fault fault = {.problem = SOURCE_FILTER, .detail = poll->program_error};
        end_badly(poll, &fault, 0);
    } else if (is_repetition(poll, answer)) {
        end_well(poll, FETCH_REPEATED);
    } else {
        submit_answer(poll, answer);
    }
}

/* ---- servers ---- */

static void wait_until(struct poll *poll, int64_t due_ms)
{
    poll->state = POLL_WAITING;
    poll->due_ms = due_ms;
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
    end_badly(poll, &fault, 0);
}

static void send_request(struct poll *poll, int64_t now_ms)
{
    bool has_version = poll->validators.etag.length || poll->validators.last_modified.length;
    struct transfer_terms terms = {.timeout_ms = deadline_ms(poll) - now_ms,
                                   .max_bytes = poll->settings->max_bytes - poll->pages.gathered.length,
                                   .known = has_version ? &poll->validators : NULL};
    if (terms.timeout_ms <= 0) {
        end_late(poll, "");
        return;
    }
    poll->state = POLL_ASKING;
    poll->result.content_type = NULL; /* lives no longer than its request */
    transfer_prepare(poll->transfer, &poll->request, &poll->credentials, &terms);
    curl_easy_setopt(transfer_easy(poll->transfer), CURLOPT_PRIVATE, poll);
    curl_multi_add_handle(poll->fetcher->multi, transfer_easy(poll->transfer));
}

/* Sends the request as soon as the sign-in is ready; a poll's time begins when it is. */
static void sign_and_send(struct poll *poll, int64_t now_ms)
{
    struct fault fault = {0};
    switch (
        signin_prepare(poll->fetcher->signin, &poll->settings->auth, now_ms, &poll->credentials, &fault)) {
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
        end_badly(poll, &fault, 0);
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
    end_badly(poll, &fault, left_ms);
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
        wait_until(poll, at_ms);
    else
        sign_and_send(poll, now_ms);
}

/* A page that failed by chance is asked for once more; one that is refused or limited is not. */
static bool worth_another_try(const struct poll *poll, const struct fault *fault, int64_t wait_ms)
{
    bool may_pass = pace_after(fault) != PACE_SLOWER && fault->problem != SOURCE_SIGN_IN;
    return poll->pages.count > 0 && !poll->retried && may_pass && wait_ms == 0;
}

/* A token that is over is renewed, once for each page; what a wrong clock is to blame for is said so. */
static void fail_transfer(struct poll *poll, struct fault *fault, const struct transfer_facts *facts)
{
    const struct auth_settings *auth = &poll->settings->auth;
    int64_t now_ms = clock_monotonic_ms(), server_wall_ms = facts->server_wall_ms;
    if (facts->http_status == 401 && signin_refused(poll->fetcher->signin, auth, &poll->credentials)) {
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
    end_badly(poll, fault, facts->wait_ms);
}

/* The poll's moment is when its first page came; a clock that nobody keeps is put right by the server's. */
static void note_arrival(struct poll *poll, const struct transfer_facts *facts)
{
    int64_t now_wall_ms = clock_now().wall_ms;
    if (poll->pages.count > 0)
        return;
    bool corrected = !poll->fetcher->clock_trusted && facts->server_wall_ms;
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
        map_answer(poll, answer);
    } else {
        error_prefix(&fault.detail, "page %zu", page);
        end_badly(poll, &fault, 0);
    }
}

static void take_answer(struct poll *poll)
{
    if (poll->settings->paging.kind == PAGING_NONE)
        map_answer(poll, transfer_body(poll->transfer));
    else
        take_page(poll);
}

/* Without the rest of its pages a poll is nothing. */
static void take_no_news(struct poll *poll, const struct transfer_facts *facts)
{
    struct fault fault = {.problem = SOURCE_DOCUMENT};
    if (poll->pages.count == 0) {
        end_well(poll, FETCH_NO_NEWS);
        return;
    }
    error_set(&fault.detail, "the page is empty (HTTP %ld)", poll->result.http_status);
    fail_transfer(poll, &fault, facts);
}

static void end_transfer(struct poll *poll, CURLcode code)
{
    struct transfer_facts facts;
    struct fault fault = {0};
    transfer_facts(poll->transfer, clock_now().wall_ms, &facts);
    note_facts(poll, &facts);
    note_arrival(poll, &facts);
    switch (transfer_judge(poll->transfer, code, &poll->credentials, facts.wait_ms, &fault)) {
    case TRANSFER_REDIRECTED:
        curl_multi_add_handle(poll->fetcher->multi, transfer_easy(poll->transfer));
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

static void begin_server_poll(struct poll *poll, int64_t now_ms)
{
    struct fault fault = {.problem = SOURCE_DOCUMENT};
    int64_t wall_ms = clock_now().wall_ms + (poll->fetcher->clock_trusted ? 0 : poll->shift_ms);
    bool built = request_build(&poll->request, poll->settings, wall_ms, &fault.detail);
    if (built && poll->settings->paging.kind != PAGING_NONE)
        built = pages_begin(&poll->pages, &poll->settings->paging, poll->settings->max_bytes, &poll->request,
                            &fault);
    if (built)
        ask(poll, now_ms);
    else
        end_badly(poll, &fault, 0);
}

/* ---- files ---- */

static bool is_mappable(struct poll *poll, struct fault *fault)
{
    if (poll->settings->latin1_ok)
        response_read_latin1(&poll->document);
    *fault = (struct fault){.problem = SOURCE_NOT_JSON};
    return response_check_json(&poll->document, &fault->detail);
}

/* A file that is not JSON may be half written: it is read again before it counts as wrong. */
static void try_file_again(struct poll *poll, struct fault *fault, int64_t now_ms)
{
    text_finish(&poll->document);
    if (++poll->attempts < FILE_ATTEMPTS) {
        wait_until(poll, now_ms + FILE_AGAIN_MS);
        return;
    }
    error_prefix(&fault->detail, "%s", poll->settings->path);
    struct error words = fault->detail;
    error_set(&fault->detail, "%.800s; whoever writes it should write another file beside it and rename that",
              words.text);
    end_badly(poll, fault, 0);
}

static void map_file(struct poll *poll)
{
    double written_s = (double)poll->stamp.written_ns / 1e9;
    poll->arrival_s = (double)clock_now().wall_ms / 1000;
    poll->written_s = written_s <= poll->arrival_s + FILE_AHEAD_S ? written_s : NAN;
    poll->result.body_bytes = poll->document.length;
    map_answer(poll, &poll->document);
}

static void read_file(struct poll *poll, int64_t now_ms)
{
    struct fault fault = {.problem = SOURCE_NOT_JSON};
    switch (local_file_read(poll->settings->path, poll->settings->max_bytes, &poll->read, &poll->document,
                            &poll->stamp, &fault)) {
    case FILE_AS_BEFORE:
        end_well(poll, FETCH_NO_NEWS);
        break;
    case FILE_NOT_READ:
        end_badly(poll, &fault, 0);
        break;
    case FILE_BEING_WRITTEN:
        error_set(&fault.detail, "the file changes all the time");
        try_file_again(poll, &fault, now_ms);
        break;
    case FILE_WRITTEN:
        if (is_mappable(poll, &fault))
            map_file(poll);
        else
            try_file_again(poll, &fault, now_ms);
        break;
    }
}

static void begin_file_poll(struct poll *poll, int64_t now_ms)
{
    text_append_format(&poll->request.line, "file %s", poll->settings->path);
    read_file(poll, now_ms);
}

/* ---- standard input ---- */

static void begin_stdin_poll(struct poll *poll, int64_t now_ms)
{
    struct fault fault;
    (void)now_ms;
    text_append(&poll->request.line, "standard input");
    standard_input_take(&poll->fetcher->input, &poll->document, &fault);
    if (fault.problem || !is_mappable(poll, &fault)) {
        end_badly(poll, &fault, 0);
        return;
    }
    poll->arrival_s = (double)clock_now().wall_ms / 1000;
    poll->result.body_bytes = poll->document.length;
    map_answer(poll, &poll->document);
}

/* ---- the turn of each ---- */

static void begin_poll(struct poll *poll, int64_t now_ms)
{
    static void (*const begin[])(struct poll * poll, int64_t now_ms) = {
        [PLACE_SERVER] = begin_server_poll, [PLACE_FILE] = begin_file_poll, [PLACE_STDIN] = begin_stdin_poll};
    poll->result = (struct fetch_result){0};
    poll->written_s = NAN;
    poll->retried = false;
    poll->asked_ms = now_ms;
    look_at_filter(poll);
    begin[poll->settings->place](poll, now_ms);
}

static void go_on(struct poll *poll, int64_t now_ms)
{
    if (poll->settings->place == PLACE_FILE)
        read_file(poll, now_ms);
    else
        sign_and_send(poll, now_ms);
}

/* Standard input has its turn when something came, everybody else when it is time. */
static int64_t turn_ms(const struct poll *poll)
{
    bool silent = poll->settings->place == PLACE_STDIN && !standard_input_heard(&poll->fetcher->input);
    bool in_hand =
        poll->state == POLL_SIGNING_IN || poll->state == POLL_ASKING || poll->state == POLL_MAPPING;
    return silent || in_hand ? INT64_MAX : poll->due_ms;
}

static void begin_due_polls(struct fetcher *fetcher)
{
    int64_t now_ms = clock_monotonic_ms();
    for (size_t i = 0; i < fetcher->count; i++) {
        struct poll *poll = &fetcher->polls[i];
        if (turn_ms(poll) <= now_ms)
            (poll->state == POLL_WAITING ? go_on : begin_poll)(poll, now_ms);
    }
}

/* Those who waited for a token, now that it may have come. */
static void resume_signed_in_polls(struct fetcher *fetcher)
{
    int64_t now_ms = clock_monotonic_ms();
    for (size_t i = 0; i < fetcher->count; i++)
        if (fetcher->polls[i].state == POLL_SIGNING_IN)
            sign_and_send(&fetcher->polls[i], now_ms);
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
    if (fetcher->listens)
        standard_input_read(&fetcher->input, clock_monotonic_ms());
    begin_due_polls(fetcher);
    curl_multi_perform(fetcher->multi, &running);
    end_finished_transfers(fetcher);
    resume_signed_in_polls(fetcher);
    mapper_step(fetcher->mapper, clock_monotonic_ms());
}

static int64_t next_turn_ms(const struct fetcher *fetcher, int64_t deadline_ms)
{
    for (size_t i = 0; i < fetcher->count; i++)
        deadline_ms = earlier(deadline_ms, turn_ms(&fetcher->polls[i]));
    if (fetcher->listens)
        deadline_ms = earlier(deadline_ms, standard_input_deadline_ms(&fetcher->input));
    return signin_deadline_ms(fetcher->signin, clock_monotonic_ms(), deadline_ms);
}

static size_t list_fds(struct fetcher *fetcher, struct curl_waitfd *wait_fds, int64_t *deadline_ms)
{
    struct pollfd fds[MAPPER_FDS];
    size_t count = mapper_poll_fds(fetcher->mapper, fds, deadline_ms);
    for (size_t i = 0; i < count; i++) {
        wait_fds[i].fd = fds[i].fd;
        wait_fds[i].events = (short)((fds[i].events & POLLIN ? CURL_WAIT_POLLIN : 0) |
                                     (fds[i].events & POLLOUT ? CURL_WAIT_POLLOUT : 0));
    }
    if (!fetcher->listens || fetcher->input.ended)
        return count;
    wait_fds[count].fd = STDIN_FILENO;
    wait_fds[count].events = CURL_WAIT_POLLIN;
    return count + 1;
}

static void sleep_until(struct fetcher *fetcher, int64_t deadline_ms)
{
    struct curl_waitfd wait_fds[MAPPER_FDS + STDIN_FDS] = {{0}};
    size_t count = list_fds(fetcher, wait_fds, &deadline_ms);
    int64_t left_ms = deadline_ms - clock_monotonic_ms();
    if (left_ms > LONGEST_SLEEP_MS)
        left_ms = LONGEST_SLEEP_MS; /* an int for libcurl */
    curl_multi_poll(fetcher->multi, wait_fds, (unsigned)count, left_ms > 0 ? (int)left_ms : 0, NULL);
}

void fetcher_wait(struct fetcher *fetcher, int64_t deadline_monotonic_ms)
{
    uint64_t ended_before = fetcher->ended;
    work(fetcher);
    if (fetcher->ended != ended_before)
        return; /* there is news: its owner wants to pass it on before anybody sleeps */
    sleep_until(fetcher, next_turn_ms(fetcher, deadline_monotonic_ms));
    work(fetcher);
}

void fetcher_wake(struct fetcher *fetcher)
{
    curl_multi_wakeup(fetcher->multi);
}
