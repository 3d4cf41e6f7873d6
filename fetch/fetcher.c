#include "fetch/fetcher.h"

#include <curl/curl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/memory.h"
#include "base/now.h"
#include "fetch/filter_file.h"
#include "fetch/poll.h"

enum { MAPPER_FDS = 2, STDIN_FDS = 1, LONGEST_SLEEP_MS = 60000 };

struct fetcher {
    struct poll_shared shared;
    bool listens; /* some source is standard input */
    size_t budget_count;
    struct budget *budgets;
    size_t count;
    struct poll *polls;
};

/* What would fail at every poll is said at the start instead. */
static bool check_source(const struct source_settings *settings, struct error *error)
{
    struct request request = {0};
    struct text program = {0};
    bool right =
        (settings->place != PLACE_SERVER || request_build(&request, settings, clock_now().wall_ms, error)) &&
        (!settings->filter_path || filter_file_read(settings->filter_path, &program, error));
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

static void init_poll(struct fetcher *fetcher, size_t index, const struct source_settings *settings,
                      int64_t now_ms)
{
    poll_init(&fetcher->polls[index], &fetcher->shared, index, settings,
              find_budget(fetcher, settings->budget), now_ms);
    if (settings->place != PLACE_STDIN)
        return;
    fetcher->listens = true;
    fetcher->shared.input =
        (struct standard_input){.timeout_ms = settings->timeout_ms, .stream.max_bytes = settings->max_bytes};
}

struct fetcher *fetcher_create(const struct source_settings *sources, size_t count,
                               const struct catalogue *catalogue, const char *mapper_path,
                               fetch_handler *handler, void *context, struct error *error)
{
    for (size_t i = 0; i < count; i++)
        if (!check_source(&sources[i], error))
            return NULL;
    /* OpenSSL writes to sockets that the other side may have closed, without a way to say "no signal" */
    signal(SIGPIPE, SIG_IGN);
    curl_global_init(CURL_GLOBAL_DEFAULT);
    struct fetcher *fetcher = memory_create(1, sizeof *fetcher);
    fetcher->shared = (struct poll_shared){.clock_trusted = true,
                                           .catalogue = catalogue,
                                           .handler = handler,
                                           .context = context,
                                           .multi = curl_multi_init()};
    if (!fetcher->shared.multi)
        abort(); /* out of memory */
    fetcher->shared.signin = signin_create(fetcher->shared.multi);
    fetcher->shared.mapper = mapper_create(mapper_path, error);
    if (!fetcher->shared.mapper) {
        fetcher_destroy(fetcher);
        return NULL;
    }
    fetcher->count = count;
    fetcher->polls = memory_create(count, sizeof *fetcher->polls);
    fetcher->budgets = memory_create(count, sizeof *fetcher->budgets);
    int64_t now_ms = clock_monotonic_ms();
    for (size_t i = 0; i < count; i++)
        init_poll(fetcher, i, &sources[i], now_ms);
    return fetcher;
}

void fetcher_destroy(struct fetcher *fetcher)
{
    if (!fetcher)
        return;
    mapper_destroy(fetcher->shared.mapper);
    for (size_t i = 0; i < fetcher->count; i++)
        poll_finish(&fetcher->polls[i]);
    signin_destroy(fetcher->shared.signin);
    curl_multi_cleanup(fetcher->shared.multi);
    standard_input_finish(&fetcher->shared.input);
    free(fetcher->polls);
    free(fetcher->budgets);
    free(fetcher);
    curl_global_cleanup();
}

void fetcher_show_requests(struct fetcher *fetcher)
{
    fetcher->shared.shows_requests = true;
}

void fetcher_hurry(struct fetcher *fetcher)
{
    for (size_t i = 0; i < fetcher->count; i++)
        fetcher->polls[i].due_ms = clock_monotonic_ms();
}

void fetcher_trust_clock(struct fetcher *fetcher, bool trusted)
{
    fetcher->shared.clock_trusted = trusted;
}

static void begin_due_polls(struct fetcher *fetcher)
{
    int64_t now_ms = clock_monotonic_ms();
    for (size_t i = 0; i < fetcher->count; i++) {
        struct poll *poll = &fetcher->polls[i];
        if (poll_turn_ms(poll) <= now_ms)
            poll_take_turn(poll, now_ms);
    }
}

/* Those who waited for a token, now that it may have come. */
static void resume_signed_in_polls(struct fetcher *fetcher)
{
    int64_t now_ms = clock_monotonic_ms();
    for (size_t i = 0; i < fetcher->count; i++)
        if (fetcher->polls[i].state == POLL_SIGNING_IN)
            poll_server_go_on(&fetcher->polls[i], now_ms);
}

static void end_finished_transfers(struct fetcher *fetcher)
{
    CURLMsg *message;
    int left;
    while ((message = curl_multi_info_read(fetcher->shared.multi, &left))) {
        CURL *easy = message->easy_handle;
        CURLcode code = message->data.result;
        struct poll *poll;
        if (message->msg != CURLMSG_DONE)
            continue;
        curl_multi_remove_handle(fetcher->shared.multi, easy);
        if (signin_take(fetcher->shared.signin, easy, code, clock_monotonic_ms()))
            continue;
        curl_easy_getinfo(easy, CURLINFO_PRIVATE, &poll);
        poll_server_take(poll, code);
    }
}

/* Everything that can be done without sleeping. */
static void work(struct fetcher *fetcher)
{
    int running;
    if (fetcher->listens)
        standard_input_read(&fetcher->shared.input, clock_monotonic_ms());
    begin_due_polls(fetcher);
    curl_multi_perform(fetcher->shared.multi, &running);
    end_finished_transfers(fetcher);
    resume_signed_in_polls(fetcher);
    mapper_step(fetcher->shared.mapper, clock_monotonic_ms());
}

static int64_t next_turn_ms(const struct fetcher *fetcher, int64_t deadline_ms)
{
    for (size_t i = 0; i < fetcher->count; i++)
        deadline_ms = earlier_ms(deadline_ms, poll_turn_ms(&fetcher->polls[i]));
    if (fetcher->listens)
        deadline_ms = earlier_ms(deadline_ms, standard_input_deadline_ms(&fetcher->shared.input));
    return signin_deadline_ms(fetcher->shared.signin, clock_monotonic_ms(), deadline_ms);
}

static size_t list_fds(struct fetcher *fetcher, struct curl_waitfd *wait_fds, int64_t *deadline_ms)
{
    struct pollfd fds[MAPPER_FDS];
    size_t count = mapper_poll_fds(fetcher->shared.mapper, fds, deadline_ms);
    for (size_t i = 0; i < count; i++) {
        wait_fds[i].fd = fds[i].fd;
        wait_fds[i].events = (short)((fds[i].events & POLLIN ? CURL_WAIT_POLLIN : 0) |
                                     (fds[i].events & POLLOUT ? CURL_WAIT_POLLOUT : 0));
    }
    if (!fetcher->listens || fetcher->shared.input.ended)
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
    curl_multi_poll(fetcher->shared.multi, wait_fds, (unsigned)count, left_ms > 0 ? (int)left_ms : 0, NULL);
}

void fetcher_wait(struct fetcher *fetcher, int64_t deadline_monotonic_ms)
{
    uint64_t ended_before = fetcher->shared.ended;
    work(fetcher);
    if (fetcher->shared.ended != ended_before)
        return; /* there is news: its owner wants to pass it on before anybody sleeps */
    sleep_until(fetcher, next_turn_ms(fetcher, deadline_monotonic_ms));
    work(fetcher);
}

void fetcher_wake(struct fetcher *fetcher)
{
    curl_multi_wakeup(fetcher->shared.multi);
}
