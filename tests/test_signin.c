#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

#include "base/text.h"
#include "fetch/signin.h"
#include "tests/files.h"
#include "tests/peer_tokens.h"
#include "tests/shifted_clock.h"

#define CANARY "canary-5e3r7t/+never"
enum { HOUR_MS = 3600000 };

static CURLM *multi;
static struct signin *signin;
static struct credentials credentials, others;
static struct fault fault;
static int64_t now_ms;
static char folder[] = "/tmp/vigie-signin-XXXXXX";
static char secret_path[64], refresh_path[64];

/* ---- what a test needs ---- */

static const char *beside(const char *suffix)
{
    static char path[128];
    snprintf(path, sizeof path, "%s%s", refresh_path, suffix);
    return path;
}

static void assert_file(const char *path, const char *expected)
{
    struct text content = {0};
    struct stat about;
    assert_true(text_read_file(&content, path, 1000));
    assert_string_equal(text_bytes(&content), expected);
    assert_int_equal(stat(path, &about), 0);
    assert_int_equal(about.st_mode & 0777, 0600);
    text_finish(&content);
}

static int make_folder(void **state)
{
    (void)state;
    if (!mkdtemp(folder))
        return -1;
    snprintf(secret_path, sizeof secret_path, "%s/secret", folder);
    snprintf(refresh_path, sizeof refresh_path, "%s/refresh", folder);
    return setenv("VIGIE_TEST_SECRET", CANARY, 1);
}

static void remove_files(void)
{
    static const char *const suffixes[] = {"", ".new", ".prev", ".lock"};
    for (size_t i = 0; i < 4; i++)
        unlink(beside(suffixes[i]));
    rmdir(refresh_path);
    rmdir(beside(".lock"));
    unlink(secret_path);
}

static int remove_folder(void **state)
{
    (void)state;
    remove_files();
    return rmdir(folder);
}

static int open_desk(void **state)
{
    (void)state;
    peer_start();
    remove_files();
    files_write_mode(secret_path, CANARY "\n", 0600);
    files_write_mode(refresh_path, "r0\n", 0600);
    curl_global_init(CURL_GLOBAL_DEFAULT);
    multi = curl_multi_init();
    signin = signin_create(multi);
    now_ms = 1000000;
    return 0;
}

static void forget_signin(void)
{
    signin_destroy(signin);
    credentials_wipe(&credentials);
    credentials_wipe(&others);
    signin = NULL;
}

static int close_desk(void **state)
{
    (void)state;
    forget_signin();
    curl_multi_cleanup(multi);
    curl_global_cleanup();
    peer_stop();
    return 0;
}

static struct auth_settings client(void)
{
    return (struct auth_settings){.kind = AUTH_OAUTH2_CLIENT_CREDENTIALS,
                                  .token_url = peer.token_url,
                                  .id = {SECRET_TEXT, "wall"},
                                  .secret = {SECRET_FILE, secret_path}};
}

static struct auth_settings refresher(void)
{
    return (struct auth_settings){.kind = AUTH_OAUTH2_REFRESH_TOKEN,
                                  .token_url = peer.token_url,
                                  .id = {SECRET_TEXT, "wall"},
                                  .refresh_token = {SECRET_FILE, refresh_path}};
}

static struct auth_settings exchanger(void)
{
    struct auth_settings auth = client();
    auth.kind = AUTH_EXCHANGE;
    auth.platform = AUTH_OAUTH2_CLIENT_CREDENTIALS;
    auth.exchange_url = peer.exchange_url;
    auth.exchange_field = "subject_token";
    auth.exchanges_per_minute = 3;
    return auth;
}

/* As the fetcher does it, with time standing still. */
static void work(void)
{
    int running, left;
    curl_multi_perform(multi, &running);
    for (CURLMsg *message; (message = curl_multi_info_read(multi, &left));) {
        CURL *easy = message->easy_handle;
        CURLcode code = message->data.result;
        curl_multi_remove_handle(multi, easy);
        assert_true(signin_take(signin, easy, code, now_ms));
    }
    curl_multi_poll(multi, NULL, 0, 20, NULL);
}

static enum signin_state begin(const struct auth_settings *auth)
{
    return signin_prepare(signin, auth, now_ms, &credentials, &fault);
}

static enum signin_state prepare_into(const struct auth_settings *auth, struct credentials *into)
{
    enum signin_state state;
    while ((state = signin_prepare(signin, auth, now_ms, into, &fault)) == SIGNIN_WAIT)
        work();
    return state;
}

static void assert_ready(const struct auth_settings *auth, const char *header_line)
{
    assert_int_equal(prepare_into(auth, &credentials), SIGNIN_READY);
    assert_string_equal(text_bytes(&credentials.header_line), header_line);
}

static void assert_fails(const struct auth_settings *auth, enum source_problem problem, const char *words)
{
    fault = (struct fault){0};
    assert_int_equal(prepare_into(auth, &credentials), SIGNIN_FAILED);
    assert_int_equal(fault.problem, problem);
    if (!strstr(fault.detail.text, words))
        print_error("%s\n", fault.detail.text);
    assert_non_null(strstr(fault.detail.text, words));
    assert_null(strstr(fault.detail.text, "canary"));
}

static void assert_form(const char *expected)
{
    pthread_mutex_lock(&peer.lock);
    assert_string_equal(peer.last_form, expected);
    pthread_mutex_unlock(&peer.lock);
}

static void assert_head_has(const char *line)
{
    pthread_mutex_lock(&peer.lock);
    assert_non_null(strstr(peer.last_head, line));
    pthread_mutex_unlock(&peer.lock);
}

/* ---- one token for all ---- */

static void two_sources_with_one_login_share_one_renewal(void **state)
{
    struct auth_settings a = client(), b = client();
    (void)state;
    assert_int_equal(signin_prepare(signin, &a, now_ms, &credentials, &fault), SIGNIN_WAIT);
    assert_int_equal(signin_prepare(signin, &b, now_ms, &others, &fault), SIGNIN_WAIT);
    assert_int_equal(prepare_into(&b, &others), SIGNIN_READY);
    assert_ready(&a, "Authorization: Bearer access-1");
    assert_string_equal(text_bytes(&others.header_line), "Authorization: Bearer access-1");
    assert_int_equal(peer.asked, 1);
}

static void another_scope_is_another_token(void **state)
{
    struct auth_settings a = client(), b = client();
    (void)state;
    b.scope = "figures";
    assert_ready(&a, "Authorization: Bearer access-1");
    assert_ready(&b, "Authorization: Bearer access-2");
    assert_ready(&a, "Authorization: Bearer access-1");
}

static void a_token_is_renewed_when_nine_tenths_of_its_life_are_over(void **state)
{
    struct auth_settings auth = client();
    (void)state;
    assert_ready(&auth, "Authorization: Bearer access-1");
    now_ms += 3240000 - 1;
    assert_ready(&auth, "Authorization: Bearer access-1");
    now_ms += 1;
    assert_ready(&auth, "Authorization: Bearer access-2");
}

static void a_token_without_an_end_is_used_until_it_is_refused(void **state)
{
    struct auth_settings auth = client();
    (void)state;
    peer.expires_in = NULL;
    assert_ready(&auth, "Authorization: Bearer access-1");
    now_ms += 1000LL * HOUR_MS;
    assert_ready(&auth, "Authorization: Bearer access-1");
    assert_true(signin_refused(signin, &auth, &credentials));
    assert_ready(&auth, "Authorization: Bearer access-2");
}

static void a_refusal_is_answered_by_one_renewal_and_not_by_a_second(void **state)
{
    struct auth_settings auth = client();
    (void)state;
    assert_ready(&auth, "Authorization: Bearer access-1");
    assert_true(signin_refused(signin, &auth, &credentials));
    assert_ready(&auth, "Authorization: Bearer access-2");
    assert_false(signin_refused(signin, &auth, &credentials));
    assert_int_equal(peer.asked, 2);
}

static void a_token_that_two_sources_saw_refused_is_renewed_once(void **state)
{
    struct auth_settings auth = client();
    (void)state;
    assert_ready(&auth, "Authorization: Bearer access-1");
    assert_int_equal(prepare_into(&auth, &others), SIGNIN_READY);
    assert_true(signin_refused(signin, &auth, &credentials));
    assert_ready(&auth, "Authorization: Bearer access-2");
    assert_true(signin_refused(signin, &auth, &others)); /* it had the old one */
    assert_int_equal(prepare_into(&auth, &others), SIGNIN_READY);
    assert_string_equal(text_bytes(&others.header_line), "Authorization: Bearer access-2");
    assert_int_equal(peer.asked, 2);
}

static void a_password_is_not_tried_twice(void **state)
{
    struct auth_settings auth = {
        .kind = AUTH_BASIC, .id = {SECRET_TEXT, "wall"}, .secret = {SECRET_FILE, secret_path}};
    (void)state;
    assert_int_equal(begin(&auth), SIGNIN_READY);
    assert_false(signin_refused(signin, &auth, &credentials));
}

static void a_token_can_travel_in_a_header_of_the_vendors_own(void **state)
{
    struct auth_settings auth = client();
    (void)state;
    auth.header = "X-Session";
    assert_ready(&auth, "X-Session: access-1");
}

/* ---- how the client asks ---- */

static void the_client_signs_with_basic(void **state)
{
    struct auth_settings auth = client();
    (void)state;
    assert_ready(&auth, "Authorization: Bearer access-1");
    assert_form("grant_type=client_credentials");
    assert_head_has("\r\nAuthorization: Basic d2FsbDpjYW5hcnktNWUzcjd0LytuZXZlcg==\r\n"); /* wall:canary… */
    assert_head_has("\r\nContent-Type: application/x-www-form-urlencoded\r\n");
}

static void the_client_signs_with_basic_url_encoded(void **state)
{
    struct auth_settings auth = client();
    (void)state;
    auth.client_url_encoded = true;
    auth.id.name = "wall@acd";
    assert_ready(&auth, "Authorization: Bearer access-1");
    assert_head_has("\r\nAuthorization: Basic d2FsbCU0MGFjZDpjYW5hcnktNWUzcjd0JTJGJTJCbmV2ZXI=\r\n");
}

static void the_client_signs_in_the_form_with_scope_audience_and_further_fields(void **state)
{
    const struct header_setting form[] = {{"resource", "https://acd.example.org"}};
    struct auth_settings auth = client();
    (void)state;
    auth.client_in_form = true;
    auth.scope = "figures live";
    auth.audience = "acd";
    auth.form = form;
    auth.form_count = 1;
    assert_ready(&auth, "Authorization: Bearer access-1");
    assert_form("grant_type=client_credentials&scope=figures%20live&audience=acd&resource=https%3A%2F%2Facd."
                "example.org&client_id=wall&client_secret=canary-5e3r7t%2F%2Bnever");
}

static void a_user_signs_in_with_a_password(void **state)
{
    struct auth_settings auth = client();
    (void)state;
    auth.kind = AUTH_OAUTH2_PASSWORD;
    auth.secret = (struct secret){SECRET_NONE, NULL};
    auth.user = (struct secret){SECRET_TEXT, "anna@example.org"};
    auth.password = (struct secret){SECRET_ENV, "VIGIE_TEST_SECRET"};
    assert_ready(&auth, "Authorization: Bearer access-1");
    assert_form("grant_type=password&username=anna%40example.org&password=canary-5e3r7t%2F%2Bnever&client_id="
                "wall");
}

/* ---- refusals ---- */

static void invalid_client_waits_for_a_person(void **state)
{
    struct auth_settings auth = client();
    (void)state;
    peer.refuse = "401 Unauthorized\n{\"error\":\"invalid_client\"}";
    assert_fails(&auth, SOURCE_RECONNECT, "token_url: the sign-in is refused for good (invalid_client)");
    now_ms += 24 * HOUR_MS;
    assert_fails(&auth, SOURCE_RECONNECT, "invalid_client");
    assert_int_equal(peer.asked, 1);
    peer.refuse = NULL;
    files_write_mode(secret_path, "another\n", 0600);
    assert_ready(&auth, "Authorization: Bearer access-2");
}

static void a_login_in_trouble_is_asked_once_for_all_and_left_to_recover(void **state)
{
    struct auth_settings a = client();
    (void)state;
    peer.refuse = "503 Service Unavailable\n<html>later</html>";
    assert_fails(&a, SOURCE_HTTP_STATUS, "token_url: HTTP 503");
    assert_fails(&a, SOURCE_HTTP_STATUS, "token_url: HTTP 503");
    assert_int_equal(peer.asked, 1);
    now_ms += HOUR_MS;
    peer.refuse = NULL;
    assert_ready(&a, "Authorization: Bearer access-2");
}

static void a_missing_secret_is_named_and_nothing_is_asked(void **state)
{
    struct auth_settings auth = client();
    (void)state;
    unlink(secret_path);
    assert_fails(&auth, SOURCE_SECRET, secret_path);
    chmod(refresh_path, 0644);
    auth = refresher();
    assert_fails(&auth, SOURCE_SECRET, "chmod 600");
    assert_int_equal(peer.asked, 0);
}

static void a_server_that_repeats_the_secret_does_not_publish_it(void **state)
{
    struct auth_settings auth = client();
    (void)state;
    peer.refuse = "400 Bad Request\n{\"error\":\"invalid_scope\",\"heard\":\"" CANARY
                  " canary-5e3r7t%2F%2Bnever d2FsbDpjYW5hcnktNWUzcjd0LytuZXZlcg==\"}";
    assert_fails(&auth, SOURCE_SIGN_IN, "\"heard\":\"*** *** ***\"");
    auth.client_in_form = true;
    assert_fails(&auth, SOURCE_SIGN_IN, "\"heard\":\"*** ***");
}

static void an_answer_that_is_no_token_says_so(void **state)
{
    struct auth_settings auth = client();
    (void)state;
    peer.refuse = "200 OK\n{\"token\":\"canary\"}";
    assert_fails(&auth, SOURCE_SIGN_IN, "token_url: the answer is JSON without a text access_token");
    auth.token_field = "jeton";
    peer.refuse = "200 OK\n<html>login</html>";
    assert_fails(&auth, SOURCE_SIGN_IN, "token_url");
    auth.scope = "a";
    peer.refuse = "200 OK\n{\"jeton\":\"canary\\r\\nX-Forged: 1\"}";
    assert_fails(&auth, SOURCE_SIGN_IN, "blanks or control characters");
    auth.scope = "b";
    peer.refuse = "302 Found\n";
    assert_fails(&auth, SOURCE_HTTP_STATUS, "redirected");
}

/* ---- refresh tokens ---- */

static void the_next_refresh_token_is_kept_and_the_one_before_beside_it(void **state)
{
    struct auth_settings auth = refresher();
    (void)state;
    assert_ready(&auth, "Authorization: Bearer access-1");
    assert_file(refresh_path, "r1\n");
    assert_file(beside(".prev"), "r0\n");
    assert_int_equal(access(beside(".new"), F_OK), -1);
    now_ms += HOUR_MS;
    assert_ready(&auth, "Authorization: Bearer access-2");
    assert_file(refresh_path, "r2\n");
    assert_file(beside(".prev"), "r1\n");
}

static void a_refresh_token_that_does_not_rotate_stays(void **state)
{
    struct auth_settings auth = refresher();
    (void)state;
    peer.rotates = false;
    assert_ready(&auth, "Authorization: Bearer access-1");
    assert_file(refresh_path, "r0\n");
    assert_int_equal(access(beside(".prev"), F_OK), -1);
    assert_int_equal(access(beside(".new"), F_OK), -1);
}

static void a_refresh_token_used_twice_is_refused_and_says_what_to_do(void **state)
{
    struct auth_settings auth = refresher();
    (void)state;
    atomic_store(&peer.refresh, 5);
    assert_fails(&auth, SOURCE_RECONNECT,
                 "sign in again at the vendor's and put the new refresh token there");
    assert_non_null(strstr(fault.detail.text, refresh_path));
    now_ms += HOUR_MS;
    assert_fails(&auth, SOURCE_RECONNECT, "invalid_grant");
    assert_int_equal(peer.asked, 1);
    assert_file(refresh_path, "r0\n");
    files_write_mode(refresh_path, "r5\n", 0600);
    assert_ready(&auth, "Authorization: Bearer access-2");
}

static void the_token_before_is_tried_where_the_vendor_forgot_the_renewal(void **state)
{
    struct auth_settings auth = refresher();
    (void)state;
    files_write_mode(refresh_path, "r1\n", 0600);
    files_write_mode(beside(".prev"), "r0\n", 0600);
    assert_ready(&auth, "Authorization: Bearer access-2");
    assert_file(refresh_path, "r1\n"); /* the vendor's new r1 */
    assert_int_equal(peer.asked, 2);
}

static void a_token_that_another_process_renews_is_waited_for(void **state)
{
    struct auth_settings auth = refresher();
    (void)state;
    int other = open(beside(".lock"), O_RDWR | O_CREAT, 0600);
    assert_int_equal(flock(other, LOCK_EX), 0);
    assert_int_equal(begin(&auth), SIGNIN_WAIT);
    assert_int_equal(signin_deadline_ms(signin, now_ms, now_ms + 9000), now_ms + 250);
    assert_int_equal(peer.asked, 0);
    now_ms += 1000;
    assert_int_equal(signin_deadline_ms(signin, now_ms, now_ms + 9000), now_ms + 250); /* nobody came */
    now_ms += 29000;
    assert_int_equal(begin(&auth), SIGNIN_FAILED);
    assert_int_equal(signin_deadline_ms(signin, now_ms, now_ms + 9000), now_ms + 9000);
    files_write_mode(refresh_path, "r3\n", 0600); /* what the other process left */
    atomic_store(&peer.refresh, 3);
    close(other);
    assert_ready(&auth, "Authorization: Bearer access-1");
    assert_file(refresh_path, "r4\n");
}

static void nothing_is_asked_where_the_next_token_could_not_be_kept(void **state)
{
    struct auth_settings auth = refresher();
    (void)state;
    assert_int_equal(mkdir(beside(".lock"), 0700), 0);
    assert_fails(&auth, SOURCE_SECRET, "the service must be able to write in that folder");
    assert_int_equal(peer.asked, 0);
}

static void a_token_is_not_used_before_its_refresh_token_is_safe(void **state)
{
    struct auth_settings auth = refresher();
    (void)state;
    assert_int_equal(begin(&auth), SIGNIN_WAIT);
    unlink(refresh_path);
    assert_int_equal(mkdir(refresh_path, 0700), 0); /* rename() will fail */
    assert_fails(&auth, SOURCE_SECRET, "cannot be kept");
    assert_fails(&auth, SOURCE_SECRET, "cannot be kept");
    assert_int_equal(rmdir(refresh_path), 0);
    assert_ready(&auth, "Authorization: Bearer access-1");
    assert_file(refresh_path, "r1\n");
    assert_int_equal(peer.asked, 1);
}

/* A board that looks for the token in the wrong place must not cost the login. */
static void the_next_refresh_token_is_kept_though_the_answer_has_no_token_where_it_should(void **state)
{
    struct auth_settings auth = refresher();
    (void)state;
    auth.token_field = "token";
    assert_fails(&auth, SOURCE_SIGN_IN, "the answer is JSON without a text token");
    assert_file(refresh_path, "r1\n");
    assert_file(beside(".prev"), "r0\n");
    auth.token_field = NULL;
    assert_ready(&auth, "Authorization: Bearer access-2");
    assert_file(refresh_path, "r2\n");
}

static void a_refresh_token_that_nobody_asked_for_is_forgotten(void **state)
{
    struct auth_settings auth = client();
    (void)state;
    peer.gives_refresh = true;
    assert_ready(&auth, "Authorization: Bearer access-1");
    auth.token_field = "token";
    assert_fails(&auth, SOURCE_SIGN_IN, "the answer is JSON without a text token");
    now_ms += HOUR_MS;
    assert_fails(&auth, SOURCE_SIGN_IN, "the answer is JSON without a text token");
    assert_int_equal(peer.asked, 3);
}

/* The moment does not pass here: how long a busy machine takes for the answer is not what is asked. */
static void a_stop_waits_a_moment_for_a_refresh_token_in_flight(void **state)
{
    struct auth_settings auth = refresher();
    (void)state;
    assert_int_equal(begin(&auth), SIGNIN_WAIT);
    shifted_clock_stop();
    forget_signin();
    shifted_clock_run();
    assert_file(refresh_path, "r1\n");
}

static void a_stop_does_not_wait_for_ever(void **state)
{
    struct auth_settings auth = refresher();
    (void)state;
    peer.keeps_quiet = true;
    assert_int_equal(begin(&auth), SIGNIN_WAIT);
    forget_signin();
    assert_file(refresh_path, "r0\n");
}

/* ---- exchanges ---- */

static void a_platform_token_is_exchanged(void **state)
{
    struct auth_settings auth = exchanger(), platform = client();
    (void)state;
    assert_ready(&auth, "Authorization: Bearer product-1");
    assert_form("grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Atoken-exchange&subject_token_type=urn%"
                "3Aietf%3Aparams%3Aoauth%3Atoken-type%3Aaccess_token&subject_token=access-1");
    assert_ready(&platform, "Authorization: Bearer access-1");
    assert_int_equal(peer.asked, 1); /* a source at the platform itself shares it */
}

static void a_platform_token_can_travel_as_bearer(void **state)
{
    const struct header_setting form[] = {{"product", "acd"}};
    struct auth_settings auth = exchanger();
    (void)state;
    auth.exchange_field = NULL;
    auth.exchange_form = form;
    auth.exchange_form_count = 1;
    assert_ready(&auth, "Authorization: Bearer product-1");
    assert_form("product=acd");
    assert_head_has("\r\nAuthorization: Bearer access-1\r\n");
}

static void a_platform_token_that_died_is_renewed_for_the_exchange(void **state)
{
    struct auth_settings auth = exchanger();
    (void)state;
    assert_ready(&auth, "Authorization: Bearer product-1");
    atomic_store(&peer.good_from, 2);
    assert_true(signin_refused(signin, &auth, &credentials));
    assert_ready(&auth, "Authorization: Bearer product-3");
    assert_int_equal(peer.asked, 2);
    assert_int_equal(peer.exchanged, 3);
}

static void exchanges_are_few_in_a_minute(void **state)
{
    struct auth_settings auth = exchanger();
    (void)state;
    peer.expires_in = "1";
    for (int i = 0; i < 3; i++, now_ms += 10000)
        assert_int_equal(prepare_into(&auth, &credentials), SIGNIN_READY);
    assert_int_equal(peer.exchanged, 3);
    while (signin_deadline_ms(signin, now_ms, now_ms + HOUR_MS) == now_ms + HOUR_MS) {
        assert_int_equal(begin(&auth), SIGNIN_WAIT); /* first the platform's token, then the wait */
        work();
    }
    assert_int_equal(signin_deadline_ms(signin, now_ms, now_ms + HOUR_MS), 1000000 + 60000);
    assert_int_equal(peer.exchanged, 3);
    now_ms = 1000000 + 60000;
    assert_int_equal(prepare_into(&auth, &credentials), SIGNIN_READY);
    assert_int_equal(peer.exchanged, 4);
}

/* ---- the clock ---- */

static struct fault explained(enum auth_kind kind, bool kept, int64_t ahead_ms, const char *detail)
{
    struct fault said = {.problem = SOURCE_HTTP_STATUS, .number = 403};
    error_set(&said.detail, "%s", detail);
    signin_explain(&(struct auth_settings){.kind = kind}, kept, ahead_ms, &said);
    return said;
}

static void a_refused_signature_is_a_fault_of_the_clock_where_the_clock_is_wrong(void **state)
{
    const char *signature = "HTTP 403: Signature expired", *right = "HTTP 403: no permission";
    (void)state;
    assert_int_equal(explained(AUTH_SIGV4, false, 0, signature).problem, SOURCE_CLOCK);
    assert_int_equal(explained(AUTH_SIGV4, true, 600000, signature).problem, SOURCE_CLOCK);
    assert_int_equal(explained(AUTH_SIGV4, true, -600000, signature).problem, SOURCE_CLOCK);
    assert_non_null(
        strstr(explained(AUTH_SIGV4, true, -600000, signature).detail.text, "600 s behind the server's"));
    assert_int_equal(explained(AUTH_SIGV4, true, 200000, signature).problem, SOURCE_HTTP_STATUS);
    assert_int_equal(explained(AUTH_SIGV4, false, 0, right).problem, SOURCE_HTTP_STATUS);
    assert_int_equal(explained(AUTH_BEARER, false, 600000, signature).problem, SOURCE_HTTP_STATUS);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_desk, close_desk)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(two_sources_with_one_login_share_one_renewal),
        TEST(another_scope_is_another_token),
        TEST(a_token_is_renewed_when_nine_tenths_of_its_life_are_over),
        TEST(a_token_without_an_end_is_used_until_it_is_refused),
        TEST(a_refusal_is_answered_by_one_renewal_and_not_by_a_second),
        TEST(a_token_that_two_sources_saw_refused_is_renewed_once),
        TEST(a_password_is_not_tried_twice),
        TEST(a_token_can_travel_in_a_header_of_the_vendors_own),
        TEST(the_client_signs_with_basic),
        TEST(the_client_signs_with_basic_url_encoded),
        TEST(the_client_signs_in_the_form_with_scope_audience_and_further_fields),
        TEST(a_user_signs_in_with_a_password),
        TEST(invalid_client_waits_for_a_person),
        TEST(a_login_in_trouble_is_asked_once_for_all_and_left_to_recover),
        TEST(a_missing_secret_is_named_and_nothing_is_asked),
        TEST(a_server_that_repeats_the_secret_does_not_publish_it),
        TEST(an_answer_that_is_no_token_says_so),
        TEST(the_next_refresh_token_is_kept_and_the_one_before_beside_it),
        TEST(a_refresh_token_that_does_not_rotate_stays),
        TEST(a_refresh_token_used_twice_is_refused_and_says_what_to_do),
        TEST(the_token_before_is_tried_where_the_vendor_forgot_the_renewal),
        TEST(a_token_that_another_process_renews_is_waited_for),
        TEST(nothing_is_asked_where_the_next_token_could_not_be_kept),
        TEST(a_token_is_not_used_before_its_refresh_token_is_safe),
        TEST(the_next_refresh_token_is_kept_though_the_answer_has_no_token_where_it_should),
        TEST(a_refresh_token_that_nobody_asked_for_is_forgotten),
        TEST(a_stop_waits_a_moment_for_a_refresh_token_in_flight),
        TEST(a_stop_does_not_wait_for_ever),
        TEST(a_platform_token_is_exchanged),
        TEST(a_platform_token_can_travel_as_bearer),
        TEST(a_platform_token_that_died_is_renewed_for_the_exchange),
        TEST(exchanges_are_few_in_a_minute),
        TEST(a_refused_signature_is_a_fault_of_the_clock_where_the_clock_is_wrong),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
