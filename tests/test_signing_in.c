/* Whole polls that sign in: fetcher, libcurl and a vendor on loopback. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <fcntl.h>
#include <math.h>
#include <sys/stat.h>

#include "app/assets.h"
#include "base/text.h"
#include "fetch/fetcher.h"
#include "tests/files.h"
#include "tests/peer_tokens.h"
#include "tests/shifted_clock.h"
#include "tests/sigv4_check.h"

#define CANARY  "canary-5e3r7t/+never"
#define SESSION "session//token+with=signs"

/* ---- a vendor that checks signatures, and one that wants its key in the query ---- */

static void answer_if(int connection, bool right)
{
    http_script_answer(connection, right ? "200 OK" : "403 Forbidden", "",
                       right ? PEER_DOCUMENT : "{\"message\":\"The request signature does not match\"}");
}

static void play_aws(int connection, const char *request)
{
    char all[HTTP_SCRIPT_REQUEST_BYTES];
    peer_read_rest(connection, request, all, sizeof all);
    answer_if(connection, sigv4_is_right(all, "AKIDEXAMPLE", CANARY, "eu-central-1", "connect"));
}

static void play_aws_session(int connection, const char *request)
{
    char all[HTTP_SCRIPT_REQUEST_BYTES], names[2048];
    peer_read_rest(connection, request, all, sizeof all);
    sigv4_header(all, "authorization", names, sizeof names);
    answer_if(connection, strstr(all, "\r\nX-Amz-Security-Token: " SESSION "\r\n") &&
                              strstr(names, "x-amz-security-token") &&
                              sigv4_is_right(all, "AKIDEXAMPLE", CANARY, "eu-central-1", "connect"));
}

static void play_aws_skewed(int connection, const char *request)
{
    char date[64];
    time_t then = time(NULL) + 600;
    struct tm utc;
    (void)request;
    strftime(date, sizeof date, "Date: %a, %d %b %Y %H:%M:%S GMT\r\n", gmtime_r(&then, &utc));
    http_script_answer(connection, "403 Forbidden", date, "{\"message\":\"Signature expired\"}");
}

static void play_query(int connection, const char *request)
{
    bool right = strstr(request, "GET /query?site=lyon&api%20key=canary-5e3r7t%2F%2Bnever HTTP/1.1\r\n");
    http_script_answer(connection, right ? "200 OK" : "401 Unauthorized", "",
                       right ? PEER_DOCUMENT : request);
}

static void play_query_echo(int connection, const char *request)
{
    http_script_answer(connection, "500 Internal Server Error", "", request);
}

/* Sends people to /query when `may_redirect` says so. */
static atomic_int redirects_begun, may_redirect;

static void play_redirect(int connection, const char *request)
{
    (void)request;
    atomic_fetch_add(&redirects_begun, 1);
    while (!atomic_load(&may_redirect))
        peer_sleep_ms(1);
    http_script_answer(connection, "302 Found", "Location: /query?site=lyon\r\n", "");
}

static const struct http_script_row vendor_rows[] = {{"/aws", play_aws},
                                                     {"/aws-session", play_aws_session},
                                                     {"/aws-skewed", play_aws_skewed},
                                                     {"/query", play_query},
                                                     {"/query-echo", play_query_echo},
                                                     {"/redirect", play_redirect},
                                                     {NULL, NULL}};

/* ---- asking ---- */

enum { MOST_SOURCES = 3, MOST_HEARD = 64 };

static struct http_script vendor;
static struct catalogue *catalogue;
static struct source_settings sources[MOST_SOURCES];
static size_t source_count;
static char urls[MOST_SOURCES][256];

static struct heard {
    enum fetch_outcome outcome;
    enum source_problem problem;
    double value;
    char detail[1024], request_line[256];
} heard[MOST_SOURCES];
static size_t results[MOST_SOURCES];

static void note(void *context, const struct fetch_result *result)
{
    struct heard *one = &heard[result->source];
    const char *detail = result->failure.detail;
    (void)context;
    results[result->source]++;
    one->outcome = result->outcome;
    one->problem = result->failure.problem;
    one->value = result->document ? result->document->samples[0].value : (double)NAN;
    snprintf(one->detail, sizeof one->detail, "%s", detail ? detail : "");
    snprintf(one->request_line, sizeof one->request_line, "%s", result->request_line);
}

static int open_vendors(void **state)
{
    (void)state;
    setenv("VIGIE_TEST_SECRET", CANARY, 1);
    setenv("VIGIE_TEST_SESSION", SESSION, 1);
    shifted_clock_run();
    peer_start();
    http_script_start(&vendor, vendor_rows);
    catalogue = catalogue_create();
    catalogue_add_counter(catalogue, &(struct counter){.name = "waiting_now", .gauge = true});
    source_count = 0;
    memset(results, 0, sizeof results);
    return 0;
}

static int close_vendors(void **state)
{
    (void)state;
    catalogue_destroy(catalogue);
    atomic_store(&may_redirect, 1);
    http_script_stop(&vendor);
    peer_stop();
    return 0;
}

static struct source_settings *add_source(const char *url, struct auth_settings auth)
{
    struct source_settings *source = &sources[source_count];
    snprintf(urls[source_count], sizeof urls[0], "%s", url);
    *source = (struct source_settings){.name = "acd",
                                       .adapter = "tests/data/filter_same.jq",
                                       .filter_path = "tests/data/filter_same.jq",
                                       .url = urls[source_count++],
                                       .method = "GET",
                                       .cfg_json = "{}",
                                       .auth = auth,
                                       .every_ms = 100,
                                       .timeout_ms = 20000,
                                       .max_bytes = 1 << 20};
    return source;
}

static struct source_settings *add_vendor_source(const char *path, struct auth_settings auth)
{
    char url[200];
    snprintf(url, sizeof url, "http://127.0.0.1:%d%s", vendor.port, path);
    return add_source(url, auth);
}

static struct fetcher *begin(void)
{
    struct error error = {0};
    struct fetcher *fetcher =
        fetcher_create(sources, source_count, catalogue, assets_mapper_path(), note, NULL, &error);
    assert_string_equal(error.text, "");
    return fetcher;
}

static void wait_for(struct fetcher *fetcher, size_t source, size_t count)
{
    int64_t end_ms = clock_monotonic_ms() + 30000;
    while (results[source] < count && clock_monotonic_ms() < end_ms)
        fetcher_wait(fetcher, clock_monotonic_ms() + 1000);
    assert_true(results[source] >= count);
}

static const struct heard *ask(void)
{
    struct fetcher *fetcher = begin();
    for (size_t i = 0; i < source_count; i++)
        wait_for(fetcher, i, 1);
    fetcher_destroy(fetcher);
    return &heard[0];
}

static void assert_document(const struct heard *one)
{
    assert_string_equal(one->detail, "");
    assert_int_equal(one->outcome, FETCH_DOCUMENT);
}

static struct auth_settings client(void)
{
    return (struct auth_settings){.kind = AUTH_OAUTH2_CLIENT_CREDENTIALS,
                                  .token_url = peer.token_url,
                                  .id = {SECRET_TEXT, "wall"},
                                  .secret = {SECRET_ENV, "VIGIE_TEST_SECRET"}};
}

static struct auth_settings exchanger(void)
{
    struct auth_settings auth = client();
    auth.kind = AUTH_EXCHANGE;
    auth.platform = AUTH_OAUTH2_CLIENT_CREDENTIALS;
    auth.exchange_url = peer.exchange_url;
    auth.exchange_field = "subject_token";
    auth.exchanges_per_minute = 1;
    return auth;
}

static struct auth_settings aws(void)
{
    return (struct auth_settings){.kind = AUTH_SIGV4,
                                  .id = {SECRET_TEXT, "AKIDEXAMPLE"},
                                  .secret = {SECRET_ENV, "VIGIE_TEST_SECRET"},
                                  .region = "eu-central-1",
                                  .service = "connect"};
}

static struct auth_settings query(void)
{
    return (struct auth_settings){
        .kind = AUTH_QUERY, .parameter = "api key", .secret = {SECRET_ENV, "VIGIE_TEST_SECRET"}};
}

static void read_secret(const char *path, char *into, int size)
{
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    if (!fgets(into, size, file))
        *into = '\0';
    fclose(file);
}

/* With all that refresh_file.c may have made beside the token. */
static void remove_folder(const char *folder)
{
    static const char *const names[] = {"refresh", "refresh.new", "refresh.prev", "refresh.lock"};
    char path[128];
    for (size_t i = 0; i < 4; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        unlink(path);
    }
    assert_int_equal(rmdir(folder), 0);
}

/* ---- tokens ---- */

static void sources_with_one_login_sign_in_once(void **state)
{
    (void)state;
    add_source(peer.figures_url, client());
    add_source(peer.figures_url, client());
    ask();
    assert_int_not_equal(heard[0].outcome, FETCH_FAILED);
    assert_int_not_equal(heard[1].outcome, FETCH_FAILED);
    assert_int_equal(peer.asked, 1);
}

static void a_token_that_ran_out_is_renewed_within_the_poll(void **state)
{
    (void)state;
    peer.expires_in = NULL;
    add_source(peer.figures_url, client());
    struct fetcher *fetcher = begin();
    wait_for(fetcher, 0, 1);
    assert_document(&heard[0]);
    atomic_store(&peer.good_from, 2);
    wait_for(fetcher, 0, 2);
    fetcher_destroy(fetcher);
    assert_int_not_equal(heard[0].outcome, FETCH_FAILED);
    assert_int_equal(peer.asked, 2);
    assert_int_equal(peer.turned_away, 1);
}

static void a_token_refused_twice_ends_the_poll(void **state)
{
    (void)state;
    atomic_store(&peer.good_from, 100);
    add_source(peer.figures_url, client())->every_ms = 60000;
    assert_int_equal(ask()->outcome, FETCH_FAILED);
    assert_int_equal(heard[0].problem, SOURCE_SIGN_IN);
    assert_non_null(strstr(heard[0].detail, "HTTP 401, sign-in refused; check the secret"));
    assert_int_equal(peer.asked, 2);
    assert_int_equal(peer.turned_away, 2);
}

static void a_login_that_hangs_costs_nobody_else_anything(void **state)
{
    (void)state;
    peer.keeps_quiet = true;
    add_source(peer.figures_url, client());
    add_vendor_source("/query?site=lyon", query());
    struct fetcher *fetcher = begin();
    wait_for(fetcher, 1, 3);
    fetcher_destroy(fetcher);
    assert_int_equal(results[0], 0);
    assert_int_not_equal(heard[1].outcome, FETCH_FAILED);
}

static void a_sign_in_that_is_refused_for_good_is_for_a_person(void **state)
{
    (void)state;
    peer.refuse = "400 Bad Request\n{\"error\":\"invalid_grant\"}";
    add_source(peer.figures_url, client());
    struct fetcher *fetcher = begin();
    wait_for(fetcher, 0, 3);
    fetcher_destroy(fetcher);
    assert_int_equal(heard[0].problem, SOURCE_RECONNECT);
    assert_int_equal(peer.asked, 1);
}

/* ---- a token that dies while a poll is on its way ---- */

/* Five pages, {"page":1} to {"page":5}; the figure is how many there are. */
static struct source_settings *add_paged(const char *filter)
{
    struct source_settings *source = add_source(peer.pages_url, client());
    source->paging = (struct paging){.kind = PAGING_URL, .next = "next"};
    source->filter_path = filter;
    source->every_ms = 60000;
    return source;
}

static void a_token_that_dies_after_each_page_is_renewed_and_the_poll_goes_on(void **state)
{
    (void)state;
    peer.expires_in = NULL;
    atomic_store(&peer.pages_a_token, 1);
    add_paged("tests/data/filter_count.jq");
    assert_document(ask());
    assert_true(heard[0].value == 5);
    assert_int_equal(peer.asked, 5);
    assert_int_equal(peer.turned_away, 4);
}

static void a_page_that_refuses_two_tokens_fails_the_poll(void **state)
{
    (void)state;
    atomic_store(&peer.closed_page, 3);
    add_paged("tests/data/filter_count.jq");
    assert_int_equal(ask()->problem, SOURCE_SIGN_IN);
    assert_non_null(strstr(heard[0].detail, "page 3: HTTP 401"));
    assert_int_equal(peer.asked, 2);
    assert_int_equal(peer.turned_away, 2);
}

/* The login keeps the answer back until the clock says that the poll would be over. */
static void hold_the_login_for_longer_than_a_poll(struct fetcher *fetcher, int number)
{
    while (atomic_load(&peer.asked) < number)
        fetcher_wait(fetcher, clock_monotonic_ms() + 1);
    shifted_ms += sources[0].timeout_ms + 1000;
    atomic_store(&peer.held_from, INT_MAX);
}

static void a_sign_in_that_takes_longer_than_a_poll_may_is_no_part_of_it(void **state)
{
    (void)state;
    atomic_store(&peer.held_from, 1);
    add_source(peer.figures_url, client())->every_ms = 60000;
    struct fetcher *fetcher = begin();
    hold_the_login_for_longer_than_a_poll(fetcher, 1);
    wait_for(fetcher, 0, 1);
    fetcher_destroy(fetcher);
    assert_document(&heard[0]);
    assert_int_equal(peer.asked, 1);
}

/* The pages that are there already would be older than the poll may last. */
static void a_sign_in_between_two_pages_that_takes_too_long_fails_this_poll_and_not_the_next(void **state)
{
    (void)state;
    peer.expires_in = NULL;
    atomic_store(&peer.pages_a_token, 3);
    atomic_store(&peer.held_from, 2);
    add_paged("tests/data/filter_count.jq")->every_ms = 100;
    struct fetcher *fetcher = begin();
    hold_the_login_for_longer_than_a_poll(fetcher, 2);
    wait_for(fetcher, 0, 1);
    assert_int_equal(heard[0].problem, SOURCE_TIMEOUT);
    assert_string_equal(heard[0].detail,
                        "page 4: no whole answer within 20 s: the token had to be renewed between two pages, "
                        "which took too long");
    atomic_store(&peer.pages_a_token, 1000);
    wait_for(fetcher, 0, 2);
    fetcher_destroy(fetcher);
    assert_document(&heard[0]);
    assert_true(heard[0].value == 5);
    assert_int_equal(peer.asked, 2);
}

/* Half of four calls at once, then one an hour: a refusal and its repetition are two. */
static void the_repetition_after_a_refusal_counts_for_the_accounts_budget(void **state)
{
    (void)state;
    static const struct budget_settings budget = {"acd", 2, 3600000, 4};
    atomic_store(&peer.good_from, 2);
    add_source(peer.figures_url, client())->budget = &budget;
    add_vendor_source("/query?site=lyon", query());
    struct fetcher *fetcher = begin();
    wait_for(fetcher, 0, 1);
    assert_document(&heard[0]);
    wait_for(fetcher, 1, results[1] + 5);
    fetcher_destroy(fetcher);
    assert_int_equal(results[0], 1);
    assert_int_equal(peer.turned_away, 1);
    assert_int_equal(peer.let_in, 1);
}

static void a_redirect_that_takes_too_long_is_not_followed_in_a_time_of_its_own(void **state)
{
    (void)state;
    atomic_store(&redirects_begun, 0);
    atomic_store(&may_redirect, 0);
    add_vendor_source("/redirect", (struct auth_settings){0})->every_ms = 60000;
    struct fetcher *fetcher = begin();
    while (!atomic_load(&redirects_begun))
        fetcher_wait(fetcher, clock_monotonic_ms() + 1);
    shifted_ms += sources[0].timeout_ms;
    atomic_store(&may_redirect, 1);
    wait_for(fetcher, 0, 1);
    fetcher_destroy(fetcher);
    assert_int_equal(heard[0].problem, SOURCE_TIMEOUT);
    assert_string_equal(heard[0].detail, "no whole answer within 20 s: it was redirected");
}

/* ---- the end ---- */

static void two_sources_that_wait_for_an_exchange_cost_nobody_else_anything(void **state)
{
    (void)state;
    peer.expires_in = "1"; /* over before it can be used a second time */
    add_source(peer.figures_url, exchanger());
    add_source(peer.figures_url, exchanger());
    add_vendor_source("/query?site=lyon", query());
    struct fetcher *fetcher = begin();
    wait_for(fetcher, 2, 10);
    fetcher_destroy(fetcher);
    assert_int_equal(peer.exchanged, 1);
    assert_int_not_equal(heard[2].outcome, FETCH_FAILED);
}

static void a_wall_that_stops_keeps_the_refresh_token_that_is_on_its_way(void **state)
{
    char folder[] = "/tmp/vigie-signing-in-XXXXXX", path[64], kept[16] = "";
    (void)state;
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/refresh", folder);
    files_write_mode(path, "r0\n", 0600);
    struct auth_settings auth = {.kind = AUTH_OAUTH2_REFRESH_TOKEN,
                                 .token_url = peer.token_url,
                                 .id = {SECRET_TEXT, "wall"},
                                 .refresh_token = {SECRET_FILE, path}};
    add_vendor_source("/query?site=lyon", query());
    add_source(peer.figures_url, auth);
    struct fetcher *fetcher = begin();
    atomic_store(&peer.slow_ms, 20);
    while (atomic_load(&peer.asked) < 1)
        fetcher_wait(fetcher, clock_monotonic_ms() + 1);
    shifted_clock_stop(); /* the end waits a tenth of a second, which a busy machine may need for less */
    fetcher_destroy(fetcher);
    read_secret(path, kept, sizeof kept);
    remove_folder(folder);
    assert_string_equal(kept, "r1\n");
}

/* What each row brings a poll into, and what has happened by then. */
static void a_fetcher_ends_in_whatever_state_its_poll_is(void **state)
{
    static const struct budget_settings none_left = {"acd", 2, 3600000, 1};
    (void)state;
    fetcher_destroy(NULL);
    add_source(peer.figures_url, client())->every_ms = 60000;
    fetcher_destroy(begin()); /* before its first turn */

    struct fetcher *fetcher = begin(); /* after its first poll */
    wait_for(fetcher, 0, 1);
    fetcher_destroy(fetcher);

    sources[0].every_ms = 10; /* waiting for the budget */
    sources[0].budget = &none_left;
    fetcher = begin();
    wait_for(fetcher, 0, 2);
    for (int i = 0; i < 5; i++)
        fetcher_wait(fetcher, clock_monotonic_ms() + 10);
    assert_int_equal(results[0], 2);
    fetcher_destroy(fetcher);

    sources[0].budget = NULL; /* mapping */
    sources[0].filter_path = "tests/data/filter_endless.jq";
    fetcher = begin();
    int let_in = atomic_load(&peer.let_in);
    while (atomic_load(&peer.let_in) == let_in)
        fetcher_wait(fetcher, clock_monotonic_ms() + 10);
    for (int i = 0; i < 5; i++)
        fetcher_wait(fetcher, clock_monotonic_ms() + 10);
    assert_int_equal(results[0], 2);
    fetcher_destroy(fetcher);

    peer.keeps_quiet = true; /* signing in */
    int asked = atomic_load(&peer.asked);
    fetcher = begin();
    while (atomic_load(&peer.asked) == asked)
        fetcher_wait(fetcher, clock_monotonic_ms() + 10);
    fetcher_destroy(fetcher);
    assert_int_equal(results[0], 2);
}

/* ---- a secret in the query ---- */

static void a_secret_in_the_query_arrives_and_is_never_shown(void **state)
{
    (void)state;
    add_vendor_source("/query?site=lyon", query());
    assert_document(ask());
    assert_non_null(strstr(heard[0].request_line, "/query?site=lyon"));
    assert_null(strstr(heard[0].request_line, "canary"));
}

static void a_server_that_repeats_the_address_does_not_publish_the_secret(void **state)
{
    (void)state;
    add_vendor_source("/query-echo", query());
    assert_int_equal(ask()->outcome, FETCH_FAILED);
    assert_non_null(strstr(heard[0].detail, "GET /query-echo?api%20key=*** HTTP"));
    assert_null(strstr(heard[0].detail, "canary"));
}

/* ---- signatures ---- */

static void the_check_knows_the_example_of_aws(void **state)
{
    const char *request =
        "GET /?Action=ListUsers&Version=2010-05-08 HTTP/1.1\r\nHost: iam.amazonaws.com\r\nContent-Type: "
        "application/x-www-form-urlencoded; charset=utf-8\r\nX-Amz-Date: 20150830T123600Z\r\nAuthorization: "
        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request, "
        "SignedHeaders=content-type;host;x-amz-date, "
        "Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7\r\n\r\n";
    (void)state;
    assert_true(sigv4_is_right(request, "AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
                               "us-east-1", "iam"));
    assert_false(sigv4_is_right(request, "AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEX",
                                "us-east-1", "iam"));
}

static void a_get_with_an_unsorted_query_is_signed(void **state)
{
    (void)state;
    add_vendor_source("/aws?maxResults=10&a-b=2&a=x y&Flag&a=%41", aws());
    assert_document(ask());
}

static void a_post_with_json_in_utf8_is_signed(void **state)
{
    struct source_settings *source = add_vendor_source("/aws", aws());
    (void)state;
    source->method = "POST";
    source->body = "{\"queue\": \"Qualité\", \"n\": 1}";
    assert_document(ask());
}

static void temporary_credentials_carry_their_session_signed(void **state)
{
    struct auth_settings auth = aws();
    (void)state;
    auth.session_token = (struct secret){SECRET_ENV, "VIGIE_TEST_SESSION"};
    add_vendor_source("/aws-session?b=1&a=2", auth);
    assert_document(ask());
}

static void a_wrong_key_is_refused(void **state)
{
    struct auth_settings auth = aws();
    (void)state;
    auth.secret = (struct secret){SECRET_ENV, "VIGIE_TEST_SESSION"};
    add_vendor_source("/aws", auth);
    assert_int_equal(ask()->outcome, FETCH_FAILED);
    assert_int_not_equal(heard[0].problem, SOURCE_FINE);
}

static void a_clock_ten_minutes_off_is_called_that(void **state)
{
    (void)state;
    add_vendor_source("/aws-skewed", aws());
    assert_int_equal(ask()->problem, SOURCE_CLOCK);
    assert_non_null(strstr(heard[0].detail, "behind the server's"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_vendors, close_vendors)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(sources_with_one_login_sign_in_once),
        TEST(a_token_that_ran_out_is_renewed_within_the_poll),
        TEST(a_token_refused_twice_ends_the_poll),
        TEST(a_login_that_hangs_costs_nobody_else_anything),
        TEST(a_sign_in_that_is_refused_for_good_is_for_a_person),
        TEST(a_token_that_dies_after_each_page_is_renewed_and_the_poll_goes_on),
        TEST(a_page_that_refuses_two_tokens_fails_the_poll),
        TEST(a_sign_in_that_takes_longer_than_a_poll_may_is_no_part_of_it),
        TEST(a_sign_in_between_two_pages_that_takes_too_long_fails_this_poll_and_not_the_next),
        TEST(the_repetition_after_a_refusal_counts_for_the_accounts_budget),
        TEST(a_redirect_that_takes_too_long_is_not_followed_in_a_time_of_its_own),
        TEST(two_sources_that_wait_for_an_exchange_cost_nobody_else_anything),
        TEST(a_wall_that_stops_keeps_the_refresh_token_that_is_on_its_way),
        TEST(a_fetcher_ends_in_whatever_state_its_poll_is),
        TEST(a_secret_in_the_query_arrives_and_is_never_shown),
        TEST(a_server_that_repeats_the_address_does_not_publish_the_secret),
        TEST(the_check_knows_the_example_of_aws),
        TEST(a_get_with_an_unsorted_query_is_signed),
        TEST(a_post_with_json_in_utf8_is_signed),
        TEST(temporary_credentials_carry_their_session_signed),
        TEST(a_wrong_key_is_refused),
        TEST(a_clock_ten_minutes_off_is_called_that),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
