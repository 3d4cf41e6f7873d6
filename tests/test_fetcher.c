#include "tests/fetch_floor.h"

#include <fcntl.h>
#include <time.h>

#define CANARY "canary-5e3r7t-never-shown"

/* ---- the script ---- */

static void play_fine(int connection, const char *request)
{
    (void)request;
    http_script_answer(connection, "200 OK", "Content-Type: application/json\r\n", DOCUMENT);
}

static void play_with_mark(int connection, const char *request)
{
    (void)request;
    http_script_answer(connection, "200 OK", "", "\xEF\xBB\xBF" DOCUMENT);
}

static void play_counting(int connection, const char *request)
{
    static atomic_int count;
    char body[200];
    (void)request;
    snprintf(body, sizeof body,
             "{\"samples\":[{\"id\":\"waiting_now\",\"value\":%d,\"window\":\"now\",\"dims\":{}}]}",
             atomic_fetch_add(&count, 1));
    http_script_answer(connection, "200 OK", "", body);
}

/* Says in an error text all that it was told: what a debugging proxy does. */
static void play_echo(int connection, const char *request)
{
    http_script_answer(connection, "500 Internal Server Error", "", request);
}

/* 200 only for the right secret in the right place. */
static void play_bearer(int connection, const char *request)
{
    bool right = strstr(request, "\r\nAuthorization: Bearer " CANARY "\r\n") != NULL;
    http_script_answer(connection, right ? "200 OK" : "401 Unauthorized", "",
                       right ? DOCUMENT : "who are you?");
}

static void play_basic(int connection, const char *request)
{
    bool right = strstr(request, "\r\nAuthorization: Basic YW5uYTpj" /* anna:c… */) != NULL;
    http_script_answer(connection, right ? "200 OK" : "401 Unauthorized", "", right ? DOCUMENT : request);
}

static void play_posted(int connection, const char *request)
{
    bool right = strncmp(request, "POST ", 5) == 0 &&
                 strstr(request, "\r\nContent-Type: application/json\r\n") && strstr(request, "{\"from\":");
    http_script_answer(connection, right ? "200 OK" : "400 Bad Request", "", right ? DOCUMENT : request);
}

static void play_html(int connection, const char *request)
{
    (void)request;
    http_script_answer(connection, "200 OK", "Content-Type: text/html\r\n",
                       "\n<!doctype html><form>login</form>");
}

static void play_prose(int connection, const char *request)
{
    (void)request;
    http_script_answer(connection, "200 OK", "", "all is well");
}

static void play_latin1(int connection, const char *request)
{
    (void)request;
    http_script_answer(connection, "200 OK", "", "{\"queue\": \"Qualit\xE9\"}");
}

static void play_deep(int connection, const char *request)
{
    char body[201] = "";
    (void)request;
    memset(body, '[', 100);
    memset(body + 100, ']', 100);
    http_script_answer(connection, "200 OK", "", body);
}

static void play_cut(int connection, const char *request)
{
    (void)request;
    const char *half = "HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n{\"samples\": [";
    http_script_send(connection, half, strlen(half));
    shutdown(connection, SHUT_RDWR);
}

static void play_cut_chunked(int connection, const char *request)
{
    (void)request;
    http_script_answer(connection, "200 OK", "", "{\"samples\": [");
}

static void play_huge(int connection, const char *request)
{
    static const char blanks[65536] = {' '};
    const char *head = "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n[";
    (void)request;
    http_script_send(connection, head, strlen(head));
    for (int i = 0; i < 1600; i++)
        http_script_send(connection, blanks, sizeof blanks);
    shutdown(connection, SHUT_RDWR);
}

static void play_bomb(int connection, const char *request)
{
    struct text bomb = {0};
    char head[200];
    (void)request;
    text_read_file(&bomb, "tests/data/bomb.json.gz", 1 << 20);
    int length =
        snprintf(head, sizeof head,
                 "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %zu\r\n\r\n", bomb.length);
    http_script_send(connection, head, (size_t)length);
    http_script_send(connection, bomb.bytes, bomb.length);
    text_finish(&bomb);
}

static void play_hang(int connection, const char *request)
{
    char byte;
    (void)request;
    while (recv(connection, &byte, 1, 0) > 0)
        continue;
}

static void play_drip(int connection, const char *request)
{
    const char *head = "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n";
    (void)request;
    http_script_send(connection, head, strlen(head));
    for (int i = 0; i < 100; i++) {
        if (send(connection, " ", 1, MSG_NOSIGNAL) <= 0)
            return;
        nanosleep(&(struct timespec){.tv_nsec = 20000000}, NULL);
    }
}

static void play_elsewhere(int connection, const char *request)
{
    (void)request;
    http_script_answer(connection, "302 Found", "Location: http://localhost:1/stolen?token=" CANARY "\r\n",
                       "");
}

static void play_moved(int connection, const char *request)
{
    (void)request;
    http_script_answer(connection, "302 Found", "Location: /fine\r\n", "this is not the answer");
}

static void play_round(int connection, const char *request)
{
    (void)request;
    http_script_answer(connection, "302 Found", "Location: /round\r\n", "");
}

static void play_empty(int connection, const char *request)
{
    (void)request;
    http_script_answer(connection, "200 OK", "", " \n");
}

static void play_unchanged(int connection, const char *request)
{
    (void)request;
    http_script_answer(connection, "304 Not Modified", "", "");
}

static void play_busy(int connection, const char *request)
{
    (void)request;
    http_script_answer(connection, "429 Too Many Requests", "Retry-After: 120\r\n", "slow\tdown,\r\nplease");
}

static const struct http_script_row rows[] = {
    {"/fine", play_fine},           {"/with-mark", play_with_mark}, {"/counting", play_counting},
    {"/echo", play_echo},           {"/bearer", play_bearer},       {"/basic", play_basic},
    {"/posted", play_posted},       {"/html", play_html},           {"/prose", play_prose},
    {"/latin1", play_latin1},       {"/deep", play_deep},           {"/cut", play_cut},
    {"/half", play_cut_chunked},    {"/huge", play_huge},           {"/bomb", play_bomb},
    {"/hang", play_hang},           {"/drip", play_drip},           {"/elsewhere", play_elsewhere},
    {"/moved", play_moved},         {"/round", play_round},         {"/empty", play_empty},
    {"/unchanged", play_unchanged}, {"/busy", play_busy},           {NULL, NULL}};

static int open_floor(void **state)
{
    *state = floor_create(rows);
    return 0;
}

static int close_floor(void **state)
{
    floor_destroy(*state);
    return 0;
}

/* ---- sentences ---- */

static void an_answer_becomes_figures(void **state)
{
    const struct heard *heard = ask_path(*state, "/fine");
    assert_int_equal(heard->outcome, FETCH_DOCUMENT);
    assert_true(heard->value == 7);
}

static void a_byte_order_mark_is_dropped(void **state)
{
    assert_int_equal(ask_path(*state, "/with-mark")->outcome, FETCH_DOCUMENT);
}

static void the_same_answer_again_is_not_mapped_again(void **state)
{
    add_source(*state, "/fine", "tests/data/filter_same.jq");
    assert_int_equal(ask(*state, 2)->outcome, FETCH_REPEATED);
}

static void the_same_answer_is_mapped_again_where_the_filter_looks_at_the_time(void **state)
{
    add_source(*state, "/fine", "tests/data/filter_timely.jq");
    assert_int_equal(ask(*state, 2)->outcome, FETCH_DOCUMENT);
}

static void a_new_answer_is_mapped(void **state)
{
    add_source(*state, "/counting", "tests/data/filter_same.jq");
    assert_int_equal(ask(*state, 3)->outcome, FETCH_DOCUMENT);
}

static void nothing_new_is_no_failure(void **state)
{
    assert_int_equal(ask_path(*state, "/unchanged")->outcome, FETCH_NO_NEWS);
}

static void an_empty_answer_is_no_news(void **state)
{
    assert_int_equal(ask_path(*state, "/empty")->outcome, FETCH_NO_NEWS);
}

static void a_body_is_posted_as_json_with_its_moments_filled_in(void **state)
{
    struct source_settings *source = add_source(*state, "/posted", "tests/data/filter_same.jq");
    source->method = "POST";
    source->body = "{\"from\": {{today|epoch}}, \"to\": \"{{now|iso}}\"}";
    assert_int_equal(ask(*state, 1)->outcome, FETCH_DOCUMENT);
}

static void a_server_that_is_not_there_is_unreachable(void **state)
{
    struct source_settings *source = add_source(*state, "/", "tests/data/filter_same.jq");
    source->url = "http://127.0.0.1:1/";
    assert_failed(ask(*state, 1), SOURCE_UNREACHABLE, 0, "is the server running?");
}

static void a_server_that_says_nothing_times_out(void **state)
{
    add_source(*state, "/hang", "tests/data/filter_same.jq")->timeout_ms = 200;
    assert_failed(ask(*state, 1), SOURCE_TIMEOUT, 0.2, "within 0.2 s");
}

static void a_server_that_drips_times_out(void **state)
{
    add_source(*state, "/drip", "tests/data/filter_same.jq")->timeout_ms = 200;
    assert_failed(ask(*state, 1), SOURCE_TIMEOUT, 0.2, "within 0.2 s");
}

static void a_status_is_named_with_the_servers_words(void **state)
{
    const struct heard *heard = ask_path(*state, "/busy");
    assert_failed(heard, SOURCE_LIMITED, 2, "HTTP 429: slow down, please; the server asks to wait 120 s");
}

static void a_wait_that_the_server_asks_for_is_kept(void **state)
{
    assert_in_range(ask_path(*state, "/busy")->next_in_ms, 115000, 120000);
}

static void a_login_page_is_told_from_json(void **state)
{
    assert_failed(ask_path(*state, "/html"), SOURCE_NOT_JSON, 0, "HTML instead of JSON");
}

static void prose_is_not_json(void **state)
{
    assert_failed(ask_path(*state, "/prose"), SOURCE_NOT_JSON, 0, "line 1, byte 1");
}

static void latin1_is_not_json(void **state)
{
    assert_failed(ask_path(*state, "/latin1"), SOURCE_NOT_JSON, 0, "not UTF-8 (byte 18)");
}

static void deep_nesting_is_refused(void **state)
{
    assert_failed(ask_path(*state, "/deep"), SOURCE_NOT_JSON, 0, "deeper than 64");
}

static void a_connection_that_breaks_off_is_a_cut_answer(void **state)
{
    assert_failed(ask_path(*state, "/cut"), SOURCE_NOT_JSON, 0, "cut off");
}

static void half_a_text_is_not_json(void **state)
{
    assert_failed(ask_path(*state, "/half"), SOURCE_NOT_JSON, 0, "stops in the middle");
}

static void a_hundred_megabytes_are_too_large(void **state)
{
    assert_failed(ask_path(*state, "/huge"), SOURCE_TOO_LARGE, 1, "more than 1 MiB");
}

static void a_gzip_bomb_is_too_large(void **state)
{
    assert_failed(ask_path(*state, "/bomb"), SOURCE_TOO_LARGE, 1, "more than 1 MiB");
}

static void a_redirect_to_another_server_is_not_followed(void **state)
{
    const struct heard *heard = ask_path(*state, "/elsewhere");
    assert_failed(heard, SOURCE_HTTP_STATUS, 302, "redirected to localhost: not followed");
    assert_null(strstr(heard->detail, CANARY));
}

static void a_redirect_on_the_same_server_is_followed(void **state)
{
    assert_int_equal(ask_path(*state, "/moved")->outcome, FETCH_DOCUMENT);
}

static void redirects_in_a_circle_end(void **state)
{
    assert_failed(ask_path(*state, "/round"), SOURCE_HTTP_STATUS, 302, "too many");
}

static void a_filter_that_fails_says_why(void **state)
{
    assert_failed(ask_filter(*state, "tests/data/filter_failing.jq"), SOURCE_FILTER, 0,
                  "acme: queues are closed");
}

static void a_filter_that_does_not_compile_is_named_with_its_line(void **state)
{
    assert_failed(ask_filter(*state, "tests/data/filter_broken.jq"), SOURCE_FILTER, 0, "line 2");
}

static void a_filter_that_gives_no_document_is_told_where(void **state)
{
    assert_failed(ask_filter(*state, "tests/data/filter_wrong.jq"), SOURCE_DOCUMENT, 0, "samples[0].window");
}

static void a_filter_that_cannot_be_read_is_said_at_the_start(void **state)
{
    struct floor *floor = *state;
    struct error error = {0};
    add_source(floor, "/fine", "tests/data/not-there.jq");
    assert_null(
        fetcher_create(floor->sources, 1, floor->catalogue, assets_mapper_path(), note, floor, &error));
    assert_string_equal(error.text,
                        "source /fine: tests/data/not-there.jq: the filter cannot be read: No such file "
                        "or directory");
}

static void a_filter_that_is_gone_later_fails_alone(void **state)
{
    struct floor *floor = *state;
    char path[] = "/tmp/vigie-filter-XXXXXX";
    FILE *file = fdopen(mkstemp(path), "w");
    fputs(".", file);
    fclose(file);
    add_source(floor, "/counting", path);
    add_source(floor, "/fine", "tests/data/filter_same.jq");
    struct fetcher *fetcher = begin(floor);
    wait_for_results(floor, fetcher, 0, 1);
    remove(path);
    wait_for_results(floor, fetcher, 0, results_of(floor, 0) + 1);
    size_t last = floor->heard_count - 1;
    while (floor->heard[last].source != 0) /* the other may have come with it */
        last--;
    assert_failed(&floor->heard[last], SOURCE_FILTER, 0,
                  "the filter cannot be read: No such file or directory");
    wait_for_results(floor, fetcher, 1, 2);
    fetcher_destroy(fetcher);
}

static void a_moment_that_is_not_known_is_said_at_the_start(void **state)
{
    struct floor *floor = *state;
    struct error error = {0};
    add_source(floor, "/fine?from={{tody|iso}}", "tests/data/filter_same.jq");
    assert_null(
        fetcher_create(floor->sources, 1, floor->catalogue, assets_mapper_path(), note, floor, &error));
    assert_non_null(strstr(error.text, "there is no moment \"tody\"; did you mean \"today\"?"));
}

static struct auth_settings sign_in(enum auth_kind kind)
{
    setenv("VIGIE_TEST_SECRET", CANARY, 1);
    return (struct auth_settings){.kind = kind,
                                  .id = {SECRET_TEXT, "anna"},
                                  .secret = {SECRET_ENV, "VIGIE_TEST_SECRET"},
                                  .header = "X-Key"};
}

static void a_bearer_token_is_sent(void **state)
{
    add_source(*state, "/bearer", "tests/data/filter_same.jq")->auth = sign_in(AUTH_BEARER);
    assert_int_equal(ask(*state, 1)->outcome, FETCH_DOCUMENT);
}

static void user_and_password_are_sent(void **state)
{
    add_source(*state, "/basic", "tests/data/filter_same.jq")->auth = sign_in(AUTH_BASIC);
    assert_int_equal(ask(*state, 1)->outcome, FETCH_DOCUMENT);
}

static void a_refused_sign_in_is_not_just_a_status(void **state)
{
    assert_failed(ask_path(*state, "/bearer"), SOURCE_SIGN_IN, 401, "the server wants a sign-in");
}

static void a_missing_secret_is_named_and_nothing_is_asked(void **state)
{
    struct source_settings *source = add_source(*state, "/fine", "tests/data/filter_same.jq");
    source->auth = (struct auth_settings){.kind = AUTH_BEARER, .secret = {SECRET_ENV, "VIGIE_NOT_SET"}};
    assert_failed(ask(*state, 1), SOURCE_SECRET, 0, "VIGIE_NOT_SET");
}

/* Nothing is asked of anybody, so whoever mends it need not wait. */
static void a_missing_secret_is_looked_for_at_the_usual_pace(void **state)
{
    struct source_settings *source = add_source(*state, "/fine", "tests/data/filter_same.jq");
    source->auth = (struct auth_settings){.kind = AUTH_BEARER, .secret = {SECRET_ENV, "VIGIE_NOT_SET"}};
    source->every_ms = 20;
    assert_true(ask(*state, 5)->next_in_ms <= 20);
}

static void assert_secret_stays_secret(struct floor *floor, enum auth_kind kind)
{
    add_source(floor, "/echo?api_key=" CANARY, "tests/data/filter_same.jq")->auth = sign_in(kind);
    const struct heard *heard = ask(floor, 1);
    assert_failed(heard, SOURCE_HTTP_STATUS, 500, "***");
    assert_null(strstr(heard->detail, CANARY));
    assert_null(strstr(heard->detail, "YW5uYTpjYW5hcn"));
    assert_null(strstr(heard->request_line, CANARY));
}

static void a_server_that_repeats_a_token_does_not_publish_it(void **state)
{
    assert_secret_stays_secret(*state, AUTH_BEARER);
}

static void a_server_that_repeats_a_password_does_not_publish_it(void **state)
{
    assert_secret_stays_secret(*state, AUTH_BASIC);
}

static void a_server_that_repeats_a_header_does_not_publish_it(void **state)
{
    assert_secret_stays_secret(*state, AUTH_HEADER);
}

static void bad_sources_cost_a_good_one_nothing(void **state)
{
    struct floor *floor = *state;
    add_source(floor, "/counting", "tests/data/filter_same.jq");
    add_source(floor, "/hang", "tests/data/filter_same.jq");
    add_source(floor, "/drip", "tests/data/filter_same.jq");
    add_source(floor, "/huge", "tests/data/filter_same.jq");
    add_source(floor, "/echo", "tests/data/filter_same.jq");
    add_source(floor, "/cut", "tests/data/filter_same.jq");
    int64_t begun_ms = clock_monotonic_ms();
    ask(floor, 10);
    assert_in_range(clock_monotonic_ms() - begun_ms, 900, 8000);
    assert_int_equal(results_of(floor, 1), 0);
}

static void a_filter_that_never_ends_costs_its_own_source_only(void **state)
{
    struct floor *floor = *state;
    add_source(floor, "/fine", "tests/data/filter_endless.jq");
    add_source(floor, "/counting", "tests/data/filter_same.jq");
    struct fetcher *fetcher = begin(floor);
    wait_for_results(floor, fetcher, 0, 1);
    wait_for_results(floor, fetcher, 1, 2);
    fetcher_destroy(fetcher);
    size_t bad = floor->heard[0].source == 0 ? 0 : floor->heard[1].source == 0 ? 1 : 2;
    assert_failed(&floor->heard[bad], SOURCE_FILTER, 0, "ran for more than 3 s");
    assert_int_equal(floor->heard[floor->heard_count - 1].outcome, FETCH_DOCUMENT);
}

static void a_refused_connection_is_tried_again_at_the_usual_time(void **state)
{
    struct floor *floor = *state;
    struct source_settings *source = add_source(floor, "/", "tests/data/filter_same.jq");
    source->url = "http://127.0.0.1:1/";
    source->every_ms = 20000;
    assert_in_range(ask(floor, 1)->next_in_ms, 19000, 20000);
}

static void a_fetcher_ends_at_once_whatever_is_in_flight(void **state)
{
    struct floor *floor = *state;
    add_source(floor, "/hang", "tests/data/filter_same.jq");
    add_source(floor, "/drip", "tests/data/filter_same.jq");
    add_source(floor, "/fine", "tests/data/filter_endless.jq");
    struct fetcher *fetcher = begin(floor);
    for (int i = 0; i < 20; i++)
        fetcher_wait(fetcher, clock_monotonic_ms() + 50);
    int64_t begun_ms = clock_monotonic_ms();
    fetcher_destroy(fetcher);
    assert_in_range(clock_monotonic_ms() - begun_ms, 0, 100);
}

static void *wake(void *fetcher)
{
    nanosleep(&(struct timespec){.tv_nsec = 100000000}, NULL);
    fetcher_wake(fetcher);
    return NULL;
}

static void a_sleeping_fetcher_can_be_woken(void **state)
{
    struct floor *floor = *state;
    pthread_t waker;
    add_source(floor, "/hang", "tests/data/filter_same.jq");
    struct fetcher *fetcher = begin(floor);
    for (int i = 0; i < 5; i++)
        fetcher_wait(fetcher, clock_monotonic_ms() + 20);
    int64_t begun_ms = clock_monotonic_ms();
    pthread_create(&waker, NULL, wake, fetcher);
    while (clock_monotonic_ms() - begun_ms < 90)
        fetcher_wait(fetcher, begun_ms + 10000);
    pthread_join(waker, NULL);
    fetcher_destroy(fetcher);
    assert_in_range(clock_monotonic_ms() - begun_ms, 90, 3000);
}

#define ON_FLOOR(sentence) cmocka_unit_test_setup_teardown(sentence, open_floor, close_floor)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_FLOOR(an_answer_becomes_figures),
        ON_FLOOR(a_byte_order_mark_is_dropped),
        ON_FLOOR(the_same_answer_again_is_not_mapped_again),
        ON_FLOOR(the_same_answer_is_mapped_again_where_the_filter_looks_at_the_time),
        ON_FLOOR(a_new_answer_is_mapped),
        ON_FLOOR(nothing_new_is_no_failure),
        ON_FLOOR(an_empty_answer_is_no_news),
        ON_FLOOR(a_body_is_posted_as_json_with_its_moments_filled_in),
        ON_FLOOR(a_server_that_is_not_there_is_unreachable),
        ON_FLOOR(a_server_that_says_nothing_times_out),
        ON_FLOOR(a_server_that_drips_times_out),
        ON_FLOOR(a_status_is_named_with_the_servers_words),
        ON_FLOOR(a_wait_that_the_server_asks_for_is_kept),
        ON_FLOOR(a_login_page_is_told_from_json),
        ON_FLOOR(prose_is_not_json),
        ON_FLOOR(latin1_is_not_json),
        ON_FLOOR(deep_nesting_is_refused),
        ON_FLOOR(a_connection_that_breaks_off_is_a_cut_answer),
        ON_FLOOR(half_a_text_is_not_json),
        ON_FLOOR(a_hundred_megabytes_are_too_large),
        ON_FLOOR(a_gzip_bomb_is_too_large),
        ON_FLOOR(a_redirect_to_another_server_is_not_followed),
        ON_FLOOR(a_redirect_on_the_same_server_is_followed),
        ON_FLOOR(redirects_in_a_circle_end),
        ON_FLOOR(a_filter_that_fails_says_why),
        ON_FLOOR(a_filter_that_does_not_compile_is_named_with_its_line),
        ON_FLOOR(a_filter_that_gives_no_document_is_told_where),
        ON_FLOOR(a_filter_that_cannot_be_read_is_said_at_the_start),
        ON_FLOOR(a_filter_that_is_gone_later_fails_alone),
        ON_FLOOR(a_moment_that_is_not_known_is_said_at_the_start),
        ON_FLOOR(a_bearer_token_is_sent),
        ON_FLOOR(user_and_password_are_sent),
        ON_FLOOR(a_refused_sign_in_is_not_just_a_status),
        ON_FLOOR(a_missing_secret_is_named_and_nothing_is_asked),
        ON_FLOOR(a_missing_secret_is_looked_for_at_the_usual_pace),
        ON_FLOOR(a_server_that_repeats_a_token_does_not_publish_it),
        ON_FLOOR(a_server_that_repeats_a_password_does_not_publish_it),
        ON_FLOOR(a_server_that_repeats_a_header_does_not_publish_it),
        ON_FLOOR(bad_sources_cost_a_good_one_nothing),
        ON_FLOOR(a_filter_that_never_ends_costs_its_own_source_only),
        ON_FLOOR(a_refused_connection_is_tried_again_at_the_usual_time),
        ON_FLOOR(a_fetcher_ends_at_once_whatever_is_in_flight),
        ON_FLOOR(a_sleeping_fetcher_can_be_woken),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
