/* One poll from the first request to the figures, against a server that does all that servers do. */
#include "tests/fetch_floor.h"

#include <netdb.h>
#include <time.h>

/* ---- the server ---- */

static atomic_int asked; /* requests to the row that counts */
static char last_request[HTTP_SCRIPT_REQUEST_BYTES];

static int number_of(const char *request)
{
    const char *page = strstr(request, "page=");
    return page ? (int)strtol(page + strlen("page="), NULL, 10) : 1;
}

/* Five pages of two rows; each must be asked with the credentials. */
static void send_page(int connection, const char *request, int page)
{
    char body[200];
    bool right = strstr(request, "\r\nX-Key: opensesame\r\n") != NULL;
    snprintf(body, sizeof body, "{\"rows\":[%d,%d],\"next\":", page, page);
    if (page < 5)
        snprintf(body + strlen(body), sizeof body - strlen(body), "\"?page=%d\"}", page + 1);
    else
        strcat(body, "null}");
    http_script_answer(connection, right ? "200 OK" : "401 Unauthorized", "", right ? body : "who are you?");
}

static void play_five(int connection, const char *request)
{
    send_page(connection, request, number_of(request));
}

static void play_third_fails_once(int connection, const char *request)
{
    if (number_of(request) == 3 && atomic_fetch_add(&asked, 1) == 0)
        http_script_answer(connection, "504 Gateway Timeout", "", "<h1>slow</h1>");
    else
        send_page(connection, request, number_of(request));
}

static void play_third_fails(int connection, const char *request)
{
    if (number_of(request) != 3) {
        send_page(connection, request, number_of(request));
        return;
    }
    atomic_fetch_add(&asked, 1);
    http_script_answer(connection, "504 Gateway Timeout", "", "<h1>slow</h1>");
}

static void play_third_is_cut(int connection, const char *request)
{
    const char *half = "HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n{\"rows\": [";
    if (number_of(request) != 3) {
        send_page(connection, request, number_of(request));
        return;
    }
    http_script_send(connection, half, strlen(half));
    shutdown(connection, SHUT_RDWR);
}

static void play_third_is_refused(int connection, const char *request)
{
    if (number_of(request) != 3) {
        send_page(connection, request, number_of(request));
        return;
    }
    atomic_fetch_add(&asked, 1);
    http_script_answer(connection, "422 Unprocessable Entity", "", "no more than 1000 rows");
}

static void play_third_is_limited(int connection, const char *request)
{
    if (number_of(request) != 3) {
        send_page(connection, request, number_of(request));
        return;
    }
    atomic_fetch_add(&asked, 1);
    http_script_answer(connection, "429 Too Many Requests", "Retry-After: 90\r\n", "slow down");
}

static void play_third_is_empty(int connection, const char *request)
{
    if (number_of(request) != 3)
        send_page(connection, request, number_of(request));
    else
        http_script_answer(connection, "204 No Content", "", "");
}

static void play_third_hangs(int connection, const char *request)
{
    char byte;
    if (number_of(request) != 3)
        send_page(connection, request, number_of(request));
    else
        while (recv(connection, &byte, 1, 0) > 0)
            continue;
}

static void play_next_elsewhere(int connection, const char *request)
{
    (void)request;
    http_script_answer(connection, "200 OK", "", "{\"rows\":[1],\"next\":\"http://localhost:1/?page=2\"}");
}

static void play_loop(int connection, const char *request)
{
    (void)request;
    atomic_fetch_add(&asked, 1);
    http_script_answer(connection, "200 OK", "", "{\"rows\":[1],\"next\":\"?page=2\"}");
}

static void play_links(int connection, const char *request)
{
    int page = number_of(request);
    http_script_answer(
        connection, "200 OK",
        page < 3 ? page < 2 ? "Link: </links?page=9>; rel=last\r\nLink: </links?page=2>; rel=next\r\n"
                            : "link: <?page=3>; rel=\"next\"\r\n"
                 : "",
        "{\"rows\":[1]}");
}

static void play_posted_pages(int connection, const char *request)
{
    bool second = strstr(request, "\"NextToken\":\"t2\"") != NULL;
    bool whole = strstr(request, "\"Filter\":12345678901234567890") != NULL;
    http_script_answer(connection, whole ? "200 OK" : "400 Bad Request", "",
                       second ? "{\"rows\":[2,3]}" : "{\"rows\":[1],\"NextToken\":\"t2\"}");
}

static void play_retry_date(int connection, const char *request)
{
    (void)request;
    http_script_answer(
        connection, "503 Service Unavailable",
        "Date: Sun, 22 Nov 2026 10:10:00 GMT\r\nRetry-After: Sun, 22 Nov 2026 10:12:00 GMT\r\n",
        "<html>maintenance</html>");
}

static void play_reset_epoch(int connection, const char *request)
{
    (void)request;
    http_script_answer(connection, "429 Too Many Requests",
                       "Date: Sun, 22 Nov 2026 10:10:00 GMT\r\nX-Reset: 1795342380\r\n", "calm down");
}

static void play_reset_seconds(int connection, const char *request)
{
    (void)request;
    http_script_answer(connection, "429 Too Many Requests", "X-Reset: 240\r\n", "calm down");
}

static void play_retry_after_hours(int connection, const char *request)
{
    (void)request;
    http_script_answer(connection, "429 Too Many Requests", "Retry-After: 36000\r\n", "tomorrow");
}

static void play_limited_bare(int connection, const char *request)
{
    (void)request;
    http_script_answer(connection, "429 Too Many Requests", "", "calm down");
}

static void play_refusing(int connection, const char *request)
{
    (void)request;
    http_script_answer(connection, "404 Not Found", "", "no such queue");
}

static void play_no_content(int connection, const char *request)
{
    (void)request;
    http_script_answer(connection, "204 No Content", "", "");
}

static void play_latin1(int connection, const char *request)
{
    (void)request;
    http_script_answer(connection, "200 OK", "Content-Type: application/json; charset=utf-8\r\n",
                       "{\"name\":\"\xE9\x80\"}");
}

static void play_utf8(int connection, const char *request)
{
    (void)request;
    http_script_answer(connection, "200 OK", "Content-Type: application/json; charset=iso-8859-1\r\n",
                       "{\"name\":\"\xC3\xA9\xE2\x82\xAC\"}");
}

static void play_error_inside(int connection, const char *request)
{
    (void)request;
    http_script_answer(connection, "200 OK", "",
                       "{\"errors\":[{\"message\":\"quota exceeded\"}],\"data\":null}");
}

static void play_ten_minutes_ahead(int connection, const char *request)
{
    char header[100], date[40];
    time_t then = (time_t)(clock_now().wall_ms / 1000) + 600;
    (void)request;
    strftime(date, sizeof date, "%a, %d %b %Y %H:%M:%S GMT", gmtime(&then));
    snprintf(header, sizeof header, "Date: %s\r\n", date);
    http_script_answer(connection, "200 OK", header, "{}");
}

static void keep_request(const char *request)
{
    atomic_fetch_add(&asked, 1);
    snprintf(last_request, sizeof last_request, "%s", request);
}

/* A server that knows versions, of a document that tells its time. */
static void play_versions(int connection, const char *request)
{
    char body[200];
    keep_request(request);
    snprintf(
        body, sizeof body,
        "{\"at\":%lld,\"samples\":[{\"id\":\"waiting_now\",\"value\":7,\"window\":\"now\",\"dims\":{}}]}",
        (long long)(clock_now().wall_ms / 1000));
    if (strstr(request, "\r\nIf-None-Match: \"v1\"\r\n"))
        http_script_answer(connection, "304 Not Modified", "ETag: \"v1\"\r\n", "");
    else
        http_script_answer(connection, "200 OK",
                           "ETag: \"v1\"\r\nLast-Modified: Sun, 22 Nov 2026 10:10:00 GMT\r\n", body);
}

static void play_timeless_versions(int connection, const char *request)
{
    keep_request(request);
    http_script_answer(connection, "200 OK", "ETag: \"v1\"\r\n", DOCUMENT);
}

static void play_kept(int connection, const char *request)
{
    keep_request(request);
    http_script_answer(connection, "200 OK", "", DOCUMENT);
}

static const struct http_script_row rows[] = {
    {"/five", play_five},
    {"/third-fails-once", play_third_fails_once},
    {"/third-fails", play_third_fails},
    {"/third-is-cut", play_third_is_cut},
    {"/third-is-refused", play_third_is_refused},
    {"/third-is-limited", play_third_is_limited},
    {"/third-is-empty", play_third_is_empty},
    {"/third-hangs", play_third_hangs},
    {"/next-elsewhere", play_next_elsewhere},
    {"/loop", play_loop},
    {"/links", play_links},
    {"/posted-pages", play_posted_pages},
    {"/retry-date", play_retry_date},
    {"/reset-epoch", play_reset_epoch},
    {"/reset-seconds", play_reset_seconds},
    {"/retry-after-hours", play_retry_after_hours},
    {"/limited-bare", play_limited_bare},
    {"/refusing", play_refusing},
    {"/no-content", play_no_content},
    {"/latin1", play_latin1},
    {"/utf8", play_utf8},
    {"/error-inside", play_error_inside},
    {"/ten-minutes-ahead", play_ten_minutes_ahead},
    {"/versions", play_versions},
    {"/timeless-versions", play_timeless_versions},
    {"/kept", play_kept},
    {"http://acd.example.invalid/kept", play_kept}, /* as a proxy is asked */
    {NULL, NULL}};

static int open_floor(void **state)
{
    atomic_store(&asked, 0);
    *state = floor_create(rows);
    return 0;
}

static int close_floor(void **state)
{
    floor_destroy(*state);
    return 0;
}

static struct source_settings *add_paged(struct floor *floor, const char *path)
{
    struct source_settings *source = add_source(floor, path, "tests/data/filter_pages.jq");
    setenv("VIGIE_TEST_KEY", "opensesame", 1);
    source->paging = (struct paging){.kind = PAGING_URL, .next = "next"};
    source->auth = (struct auth_settings){
        .kind = AUTH_HEADER, .header = "X-Key", .secret = {SECRET_ENV, "VIGIE_TEST_KEY"}};
    source->every_ms = 20000;
    return source;
}

static const struct heard *ask_paged(struct floor *floor, const char *path)
{
    add_paged(floor, path);
    struct fetcher *fetcher = begin(floor);
    fetcher_hurry(fetcher);
    wait_for_results(floor, fetcher, 0, 1);
    fetcher_destroy(fetcher);
    return &floor->heard[0];
}

/* ---- pages ---- */

static void five_pages_are_one_figure_each_asked_with_the_credentials(void **state)
{
    const struct heard *heard = ask_paged(*state, "/five");
    assert_int_equal(heard->outcome, FETCH_DOCUMENT);
    assert_true(heard->value == 10);
}

static void a_page_that_fails_once_is_asked_again(void **state)
{
    const struct heard *heard = ask_paged(*state, "/third-fails-once");
    assert_int_equal(heard->outcome, FETCH_DOCUMENT);
    assert_true(heard->value == 10);
}

static void page_three_of_five_that_fails_twice_fails_the_poll(void **state)
{
    assert_failed(ask_paged(*state, "/third-fails"), SOURCE_HTTP_STATUS, 504, "page 3: HTTP 504");
    assert_int_equal(atomic_load(&asked), 2);
}

static void a_page_that_is_cut_fails_the_poll(void **state)
{
    assert_failed(ask_paged(*state, "/third-is-cut"), SOURCE_NOT_JSON, 0, "page 3: ");
}

static void a_page_that_is_refused_is_not_asked_again(void **state)
{
    assert_failed(ask_paged(*state, "/third-is-refused"), SOURCE_HTTP_STATUS, 422, "no more than 1000 rows");
    assert_int_equal(atomic_load(&asked), 1);
}

static void a_limit_in_the_middle_of_the_pages_is_kept(void **state)
{
    const struct heard *heard = ask_paged(*state, "/third-is-limited");
    assert_failed(heard, SOURCE_LIMITED, 2, "page 3: HTTP 429");
    assert_in_range(heard->next_in_ms, 85000, 90000);
    assert_int_equal(atomic_load(&asked), 1);
}

static void a_page_without_content_is_not_a_smaller_total(void **state)
{
    assert_failed(ask_paged(*state, "/third-is-empty"), SOURCE_DOCUMENT, 0, "page 3: the page is empty");
}

static void all_pages_together_have_the_time_of_one_poll(void **state)
{
    struct floor *floor = *state;
    add_paged(floor, "/third-hangs")->timeout_ms = 400;
    struct fetcher *fetcher = begin(floor);
    fetcher_hurry(fetcher);
    int64_t end_ms = clock_monotonic_ms() + 10000; /* the page itself would hang for ever */
    while (floor->heard_count == 0 && clock_monotonic_ms() < end_ms)
        fetcher_wait(fetcher, end_ms);
    fetcher_destroy(fetcher);
    assert_int_equal(floor->heard_count, 1);
    assert_failed(&floor->heard[0], SOURCE_TIMEOUT, 0.4, "page 3: no whole answer within 0.4 s");
}

static void a_next_url_on_another_host_is_not_asked(void **state)
{
    assert_failed(ask_paged(*state, "/next-elsewhere"), SOURCE_DOCUMENT, 0,
                  "page 1: the next page is said to be on "
                  "another server");
}

static void pages_that_go_round_in_a_circle_end(void **state)
{
    assert_failed(ask_paged(*state, "/loop"), SOURCE_DOCUMENT, 0, "round in a circle");
    assert_int_equal(atomic_load(&asked), 2);
}

static void link_headers_are_followed_to_the_last_page(void **state)
{
    struct floor *floor = *state;
    add_source(floor, "/links", "tests/data/filter_pages.jq")->paging.kind = PAGING_LINK;
    const struct heard *heard = ask(floor, 1);
    assert_int_equal(heard->outcome, FETCH_DOCUMENT);
    assert_true(heard->value == 3);
}

static void tokens_travel_in_the_posted_body(void **state)
{
    struct floor *floor = *state;
    struct source_settings *source = add_source(floor, "/posted-pages", "tests/data/filter_pages.jq");
    source->method = "POST";
    source->body = "{\"Filter\":12345678901234567890}";
    source->paging = (struct paging){.kind = PAGING_TOKEN, .next = "NextToken", .send_as = "NextToken"};
    const struct heard *heard = ask(floor, 1);
    assert_int_equal(heard->outcome, FETCH_DOCUMENT);
    assert_true(heard->value == 3);
}

/* ---- limits ---- */

static const struct heard *ask_limited(struct floor *floor, const char *path, enum limit_meaning meaning)
{
    struct source_settings *source = add_source(floor, path, "tests/data/filter_same.jq");
    source->limit_header = (struct limit_header){"X-Reset", meaning};
    return ask(floor, 1);
}

static void retry_after_as_a_date_is_kept(void **state)
{
    const struct heard *heard = ask_limited(*state, "/retry-date", LIMIT_SECONDS);
    assert_failed(heard, SOURCE_LIMITED, 2, "asks to wait 120 s");
    assert_in_range(heard->next_in_ms, 115000, 120000);
}

static void a_reset_header_that_is_an_epoch_is_kept(void **state)
{
    const struct heard *heard = ask_limited(*state, "/reset-epoch", LIMIT_EPOCH);
    assert_failed(heard, SOURCE_LIMITED, 3, "asks to wait 180 s");
    assert_in_range(heard->next_in_ms, 175000, 180000);
}

static void a_reset_header_that_counts_seconds_is_kept(void **state)
{
    const struct heard *heard = ask_limited(*state, "/reset-seconds", LIMIT_SECONDS);
    assert_failed(heard, SOURCE_LIMITED, 4, "asks to wait 240 s");
    assert_in_range(heard->next_in_ms, 235000, 240000);
}

static void of_ten_hours_one_is_kept_and_both_are_said(void **state)
{
    const struct heard *heard = ask_limited(*state, "/retry-after-hours", LIMIT_SECONDS);
    assert_failed(heard, SOURCE_LIMITED, 60, "asks to wait 36000 s, asked again after an hour");
    assert_in_range(heard->next_in_ms, 3595000, 3600000);
}

static void a_limit_without_a_wait_backs_off_by_chance(void **state)
{
    const struct heard *heard = ask_limited(*state, "/limited-bare", LIMIT_SECONDS);
    assert_failed(heard, SOURCE_HTTP_STATUS, 429, "HTTP 429: calm down");
    assert_in_range(heard->next_in_ms, 0, 2000);
}

static void a_request_refused_three_times_is_asked_once_in_five_minutes(void **state)
{
    struct floor *floor = *state;
    add_source(floor, "/refusing", "tests/data/filter_same.jq");
    ask(floor, 3);
    assert_in_range(floor->heard[1].next_in_ms, 0, 100);
    assert_in_range(floor->heard[2].next_in_ms, 295000, 300000);
}

/* Asks on until a source is told to wait. */
static const struct heard *wait_for_limit(struct floor *floor, struct fetcher *fetcher, size_t source)
{
    for (size_t count = results_of(floor, source) + 1; count < MOST_RESULTS; count++) {
        wait_for_results(floor, fetcher, source, count);
        for (size_t i = 0; i < floor->heard_count; i++)
            if (floor->heard[i].source == source && floor->heard[i].problem == SOURCE_LIMITED)
                return &floor->heard[i];
    }
    return NULL;
}

static void a_wait_told_to_one_source_holds_all_of_the_account(void **state)
{
    struct floor *floor = *state;
    static const struct budget_settings budget = {"acd", 100000, 1000, 100000};
    add_source(floor, "/third-is-limited?page=3", "tests/data/filter_same.jq")->budget = &budget;
    add_source(floor, "/kept", "tests/data/filter_same.jq")->budget = &budget;
    struct fetcher *fetcher = begin(floor);
    const struct heard *held = wait_for_limit(floor, fetcher, 1);
    fetcher_destroy(fetcher);
    assert_failed(held, SOURCE_LIMITED, 2, "the account of budget acd to wait");
    assert_in_range(held->next_in_ms, 80000, 90000);
}

/* 20 a second are allowed, so 10 are made: one each 100 ms, after the first. */
static void a_budget_lets_its_sources_through_one_after_the_other(void **state)
{
    struct floor *floor = *state;
    static const struct budget_settings budget = {"acd", 20, 1000, 1};
    for (size_t i = 0; i < 4; i++) {
        struct source_settings *source = add_source(floor, "/kept", "tests/data/filter_timely.jq");
        source->budget = &budget;
        source->every_ms = 10;
    }
    int64_t begun_ms = clock_monotonic_ms();
    struct fetcher *fetcher = begin(floor);
    for (size_t i = 0; i < 4; i++)
        wait_for_results(floor, fetcher, i, 2);
    fetcher_destroy(fetcher);
    int64_t allowed = (clock_monotonic_ms() - begun_ms) / 100 + 2;
    assert_in_range(atomic_load(&asked), 8, allowed);
}

static void a_budget_too_small_for_the_pages_fails_the_poll(void **state)
{
    struct floor *floor = *state;
    static const struct budget_settings budget = {"acd", 2, 60000, 1};
    struct source_settings *source = add_paged(floor, "/five");
    source->budget = &budget;
    struct fetcher *fetcher = begin(floor);
    fetcher_hurry(fetcher);
    wait_for_results(floor, fetcher, 0, 1);
    fetcher_destroy(fetcher);
    assert_failed(&floor->heard[0], SOURCE_TIMEOUT, 20, "page 2: no whole answer within 20 s: the budget");
}

/* ---- empty answers and versions ---- */

static void no_content_is_no_news(void **state)
{
    assert_int_equal(ask_path(*state, "/no-content")->outcome, FETCH_NO_NEWS);
}

static void a_version_that_we_have_is_not_sent_again(void **state)
{
    struct floor *floor = *state;
    add_source(floor, "/versions", "tests/data/filter_same.jq");
    ask(floor, 2);
    assert_int_equal(floor->heard[0].outcome, FETCH_DOCUMENT);
    assert_int_equal(floor->heard[1].outcome, FETCH_NO_NEWS);
    assert_non_null(strstr(last_request, "\r\nIf-Modified-Since: Sun, 22 Nov 2026 10:10:00 GMT\r\n"));
}

static void figures_that_are_as_fresh_as_their_answer_are_sent_again(void **state)
{
    struct floor *floor = *state;
    add_source(floor, "/timeless-versions", "tests/data/filter_same.jq");
    ask(floor, 2);
    assert_int_equal(floor->heard[1].outcome, FETCH_REPEATED);
    assert_null(strstr(last_request, "If-None-Match"));
}

static void a_version_is_not_asked_for_where_the_filter_reckons_with_the_time(void **state)
{
    struct floor *floor = *state;
    add_source(floor, "/versions", "tests/data/filter_timely_at.jq");
    ask(floor, 2);
    assert_int_equal(floor->heard[1].outcome, FETCH_DOCUMENT);
    assert_null(strstr(last_request, "If-None-Match"));
}

static void assert_no_version_is_asked_for(struct floor *floor)
{
    ask(floor, 2);
    assert_int_not_equal(floor->heard[1].outcome, FETCH_NO_NEWS);
    assert_null(strstr(last_request, "If-None-Match"));
}

static void paged_sources_ask_for_no_version(void **state)
{
    add_source(*state, "/versions", "tests/data/filter_first.jq")->paging.kind = PAGING_LINK;
    assert_no_version_is_asked_for(*state);
}

static void what_is_posted_asks_for_no_version(void **state)
{
    struct source_settings *source = add_source(*state, "/versions", "tests/data/filter_same.jq");
    source->method = "POST";
    source->body = "{}";
    assert_no_version_is_asked_for(*state);
}

static void packed_answers_are_asked_for_and_connections_stay_open(void **state)
{
    struct floor *floor = *state;
    add_source(floor, "/kept", "tests/data/filter_same.jq");
    ask(floor, 4);
    assert_non_null(strstr(last_request, "\r\nAccept-Encoding: gzip\r\n"));
    assert_int_equal(atomic_load(&asked), 4);
    assert_int_equal(atomic_load(&floor->script.count), 1);
}

/* ---- bytes ---- */

static double figure_at(struct floor *floor, const char *path, bool latin1_ok)
{
    add_source(floor, path, "tests/data/filter_words.jq")->latin1_ok = latin1_ok;
    const struct heard *heard = ask(floor, 1);
    assert_int_equal(heard->outcome, FETCH_DOCUMENT);
    return heard->value;
}

static void latin1_under_a_utf8_header_is_refused(void **state)
{
    assert_failed(ask_path(*state, "/latin1"), SOURCE_NOT_JSON, 0, "not UTF-8 (byte 10)");
}

static void latin1_that_is_allowed_is_read_as_windows_1252(void **state)
{
    assert_true(figure_at(*state, "/latin1", true) == 0xE9 + 0x20AC);
}

static void utf8_under_a_latin1_header_is_utf8(void **state)
{
    assert_true(figure_at(*state, "/utf8", false) == 0xE9 + 0x20AC);
}

static void utf8_stays_utf8_where_latin1_is_allowed(void **state)
{
    assert_true(figure_at(*state, "/utf8", true) == 0xE9 + 0x20AC);
}

static void an_error_inside_a_200_is_a_failed_poll_with_its_words(void **state)
{
    add_source(*state, "/error-inside", "tests/data/filter_erring.jq");
    assert_failed(ask(*state, 1), SOURCE_FILTER, 0, "vendor: quota exceeded");
}

/* ---- the clock ---- */

static double told_now_ahead_s(struct floor *floor, bool trusted)
{
    add_source(floor, "/ten-minutes-ahead", "tests/data/filter_now.jq");
    struct fetcher *fetcher = begin(floor);
    fetcher_trust_clock(fetcher, trusted);
    wait_for_results(floor, fetcher, 0, 1);
    fetcher_destroy(fetcher);
    return floor->heard[0].value - (double)clock_now().wall_ms / 1000;
}

static void a_clock_that_is_off_by_ten_minutes_is_put_right_by_the_server(void **state)
{
    assert_true(fabs(told_now_ahead_s(*state, false) - 600) < 30);
}

static void a_clock_that_is_kept_right_is_believed(void **state)
{
    assert_true(fabs(told_now_ahead_s(*state, true)) < 30);
}

/* ---- ways through the network ---- */

static void ipv6_is_spoken(void **state)
{
    struct floor *floor = *state;
    struct http_script script;
    char url[64];
    http_script_start_ipv6(&script, rows);
    snprintf(url, sizeof url, "http://[::1]:%d/kept", script.port);
    add_source(floor, "/kept", "tests/data/filter_same.jq")->url = url;
    const struct heard *heard = ask(floor, 1);
    http_script_stop(&script);
    assert_int_equal(heard->outcome, FETCH_DOCUMENT);
}

static void assert_through_proxy(struct floor *floor)
{
    assert_int_equal(ask(floor, 1)->outcome, FETCH_DOCUMENT);
    assert_int_equal(strncmp(last_request, "GET http://acd.example.invalid/kept ", 36), 0);
}

static void a_proxy_of_the_settings_is_asked_for_the_server(void **state)
{
    struct floor *floor = *state;
    char proxy[64];
    struct source_settings *source = add_source(floor, "/kept", "tests/data/filter_same.jq");
    snprintf(proxy, sizeof proxy, "http://127.0.0.1:%d", floor->script.port);
    source->url = "http://acd.example.invalid/kept";
    source->proxy = proxy;
    assert_through_proxy(floor);
}

static void a_proxy_of_the_environment_is_asked_but_not_for_this_machine(void **state)
{
    struct floor *floor = *state;
    char proxy[64];
    snprintf(proxy, sizeof proxy, "http://127.0.0.1:%d", floor->script.port);
    add_source(floor, "/kept", "tests/data/filter_same.jq")->url = "http://acd.example.invalid/kept";
    setenv("http_proxy", proxy, 1);
    assert_through_proxy(floor);
    floor->count = floor->heard_count = 0;
    setenv("http_proxy", "http://127.0.0.1:1", 1);
    add_source(floor, "/kept", "tests/data/filter_same.jq");
    const struct heard *heard = ask(floor, 1);
    unsetenv("http_proxy");
    assert_int_equal(heard->outcome, FETCH_DOCUMENT);
}

static void no_proxy_of_the_environment_is_kept(void **state)
{
    struct floor *floor = *state;
    add_source(floor, "/kept", "tests/data/filter_same.jq")->url = "http://acd.example.invalid/kept";
    setenv("http_proxy", "http://127.0.0.1:1", 1);
    setenv("no_proxy", ".invalid", 1);
    const struct heard *heard = ask(floor, 1);
    unsetenv("http_proxy");
    unsetenv("no_proxy");
    assert_failed(heard, SOURCE_UNREACHABLE, 0, "acd.example.invalid");
}

/* ---- names that are never found ---- */

static atomic_bool resolver_hangs, resolver_asked;

/* Instead of the C library's: a DNS server that takes packets and says nothing. */
int getaddrinfo(const char *node, const char *service, const struct addrinfo *hints, struct addrinfo **found)
{
    (void)node;
    (void)service;
    (void)hints;
    *found = NULL;
    atomic_store(&resolver_asked, true);
    for (int i = 0; i < 100 && atomic_load(&resolver_hangs); i++)
        nanosleep(&(struct timespec){.tv_nsec = 100000000}, NULL);
    return EAI_AGAIN;
}

static void a_name_that_is_not_found_holds_up_neither_the_others_nor_the_end(void **state)
{
    struct floor *floor = *state;
    add_source(floor, "/kept", "tests/data/filter_same.jq");
    add_source(floor, "/kept", "tests/data/filter_same.jq")->url = "http://acd.example.invalid/kept";
    atomic_store(&resolver_hangs, true);
    struct fetcher *fetcher = begin(floor);
    wait_for_results(floor, fetcher, 0, 5);
    int64_t begun_ms = clock_monotonic_ms();
    fetcher_destroy(fetcher);
    int64_t took_ms = clock_monotonic_ms() - begun_ms;
    atomic_store(&resolver_hangs, false);
    assert_true(atomic_load(&resolver_asked));
    assert_int_equal(results_of(floor, 1), 0);
    assert_in_range(took_ms, 0, 1000); /* a resolver that is waited for takes ten seconds */
}

#define ON_FLOOR(sentence) cmocka_unit_test_setup_teardown(sentence, open_floor, close_floor)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_FLOOR(five_pages_are_one_figure_each_asked_with_the_credentials),
        ON_FLOOR(a_page_that_fails_once_is_asked_again),
        ON_FLOOR(page_three_of_five_that_fails_twice_fails_the_poll),
        ON_FLOOR(a_page_that_is_cut_fails_the_poll),
        ON_FLOOR(a_page_that_is_refused_is_not_asked_again),
        ON_FLOOR(a_limit_in_the_middle_of_the_pages_is_kept),
        ON_FLOOR(a_page_without_content_is_not_a_smaller_total),
        ON_FLOOR(all_pages_together_have_the_time_of_one_poll),
        ON_FLOOR(a_next_url_on_another_host_is_not_asked),
        ON_FLOOR(pages_that_go_round_in_a_circle_end),
        ON_FLOOR(link_headers_are_followed_to_the_last_page),
        ON_FLOOR(tokens_travel_in_the_posted_body),
        ON_FLOOR(retry_after_as_a_date_is_kept),
        ON_FLOOR(a_reset_header_that_is_an_epoch_is_kept),
        ON_FLOOR(a_reset_header_that_counts_seconds_is_kept),
        ON_FLOOR(of_ten_hours_one_is_kept_and_both_are_said),
        ON_FLOOR(a_limit_without_a_wait_backs_off_by_chance),
        ON_FLOOR(a_request_refused_three_times_is_asked_once_in_five_minutes),
        ON_FLOOR(a_wait_told_to_one_source_holds_all_of_the_account),
        ON_FLOOR(a_budget_lets_its_sources_through_one_after_the_other),
        ON_FLOOR(a_budget_too_small_for_the_pages_fails_the_poll),
        ON_FLOOR(no_content_is_no_news),
        ON_FLOOR(a_version_that_we_have_is_not_sent_again),
        ON_FLOOR(figures_that_are_as_fresh_as_their_answer_are_sent_again),
        ON_FLOOR(a_version_is_not_asked_for_where_the_filter_reckons_with_the_time),
        ON_FLOOR(paged_sources_ask_for_no_version),
        ON_FLOOR(what_is_posted_asks_for_no_version),
        ON_FLOOR(packed_answers_are_asked_for_and_connections_stay_open),
        ON_FLOOR(latin1_under_a_utf8_header_is_refused),
        ON_FLOOR(latin1_that_is_allowed_is_read_as_windows_1252),
        ON_FLOOR(utf8_under_a_latin1_header_is_utf8),
        ON_FLOOR(utf8_stays_utf8_where_latin1_is_allowed),
        ON_FLOOR(an_error_inside_a_200_is_a_failed_poll_with_its_words),
        ON_FLOOR(a_clock_that_is_off_by_ten_minutes_is_put_right_by_the_server),
        ON_FLOOR(a_clock_that_is_kept_right_is_believed),
        ON_FLOOR(ipv6_is_spoken),
        ON_FLOOR(a_proxy_of_the_settings_is_asked_for_the_server),
        ON_FLOOR(a_proxy_of_the_environment_is_asked_but_not_for_this_machine),
        ON_FLOOR(no_proxy_of_the_environment_is_kept),
        ON_FLOOR(a_name_that_is_not_found_holds_up_neither_the_others_nor_the_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
