/* The simulated contact centre over HTTP: its paths, its faults, its end. */

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/text.h"
#include "sim/server.h"

/* ---- a client that shows every byte ---- */

enum { PATIENCE_MS = 20000 };

static int dial(const char *address, int port)
{
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    inet_pton(AF_INET, address, &to.sin_addr);
    int socket_fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_true(socket_fd >= 0);
    if (connect(socket_fd, (struct sockaddr *)&to, sizeof to) == 0)
        return socket_fd;
    close(socket_fd);
    return -1;
}

static void send_request(int socket_fd, const char *method, const char *path, const char *body)
{
    struct text request = {0};
    text_append_format(&request, "%s %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n", method, path);
    if (body)
        text_append_format(&request, "Content-Length: %zu\r\n", strlen(body));
    text_append_format(&request, "\r\n%s", body ? body : "");
    assert_int_equal(send(socket_fd, request.bytes, request.length, MSG_NOSIGNAL), (ssize_t)request.length);
    text_finish(&request);
}

/* What came until the server closed; `keep` bytes of it at most. Gives how many there were in all. */
static size_t receive(int socket_fd, struct text *reply, size_t keep)
{
    char part[65536];
    size_t received = 0;
    struct pollfd waits = {.fd = socket_fd, .events = POLLIN};
    while (poll(&waits, 1, PATIENCE_MS) == 1) {
        ssize_t length = recv(socket_fd, part, sizeof part, 0);
        if (length <= 0)
            return received;
        received += (size_t)length;
        if (received <= keep)
            text_append_bytes(reply, part, (size_t)length);
    }
    fail_msg("the server neither said anything nor closed within %d ms", PATIENCE_MS);
    return received;
}

struct reply {
    int status;
    struct text bytes;
    const char *body;
    size_t length, promised; /* of the body: what came, what Content-Length said */
};

static struct reply ask(int port, const char *method, const char *path, const char *request_body)
{
    struct reply reply = {0};
    int socket_fd = dial("127.0.0.1", port);
    assert_true(socket_fd >= 0);
    send_request(socket_fd, method, path, request_body);
    size_t received = receive(socket_fd, &reply.bytes, 1 << 20);
    close(socket_fd);
    const char *text = text_bytes(&reply.bytes), *end = strstr(text, "\r\n\r\n");
    const char *length = strstr(text, "Content-Length: ");
    assert_non_null(end);
    reply.status = atoi(text + strlen("HTTP/1.1 "));
    reply.body = end + 4;
    reply.length = received - (size_t)(reply.body - text);
    reply.promised = length ? strtoul(length + strlen("Content-Length: "), NULL, 10) : 0;
    return reply;
}

static struct reply get(int port, const char *path)
{
    return ask(port, "GET", path, NULL);
}

static void reply_finish(struct reply *reply)
{
    text_finish(&reply->bytes);
}

static struct simulator_server *serve(double speed)
{
    struct error error = {""};
    struct simulator_settings settings = {.scenario = "journee", .seed = 7, .speed = speed};
    struct simulator_server *server = simulator_server_create(&settings, &error);
    if (!server)
        fail_msg("%s", error.text);
    return server;
}

static int still(void **state)
{
    *state = serve(0);
    return 0;
}

static int stop(void **state)
{
    simulator_server_destroy(*state);
    return 0;
}

static struct cJSON *parse(const struct reply *reply)
{
    struct error error = {""};
    struct cJSON *document = json_parse(reply->body, reply->length, &error);
    if (!document)
        fail_msg("%s", error.text);
    return document;
}

/* ---- the paths ---- */

static void assert_json(int port, const char *method, const char *path, const char *body, const char *member)
{
    struct reply reply = ask(port, method, path, body);
    assert_int_equal(reply.status, 200);
    struct cJSON *document = parse(&reply);
    assert_non_null(json_member(document, member));
    json_destroy(document);
    reply_finish(&reply);
}

static void every_path_answers_in_its_own_shape(void **state)
{
    int port = simulator_server_port(*state);
    assert_json(port, "GET", "/samples", NULL, "samples");
    assert_json(port, "GET", "/api/v2/channels/voice/stats/current_queue_activity", NULL,
                "current_queue_activity");
    assert_json(port, "GET", "/api/v2/channels/voice/stats/account_overview", NULL, "account_overview");
    assert_json(port, "GET", "/api/v2/channels/voice/stats/agents_activity", NULL, "agents_activity");
    assert_json(port, "GET", "/api/v2/channels/voice/stats/agents_activity.json?page=1", NULL,
                "agents_activity");
    assert_json(port, "POST", "/api/v2/analytics/queues/observations/query", "{}", "results");
    assert_json(port, "POST", "/api/v2/analytics/conversations/aggregates/query",
                "{\"interval\":\"2026-11-21T09:45:00.000Z/2026-11-21T10:15:00.000Z\"}", "results");
}

static void assert_status(int port, const char *method, const char *path, const char *body, int status,
                          const char *words)
{
    struct reply reply = ask(port, method, path, body);
    assert_int_equal(reply.status, status);
    assert_non_null(strstr(reply.body, words));
    reply_finish(&reply);
}

static void a_request_that_makes_no_sense_is_told_why(void **state)
{
    int port = simulator_server_port(*state);
    const char *aggregates = "/api/v2/analytics/conversations/aggregates/query";
    assert_status(port, "GET", "/nothing", NULL, 404, "no such path");
    assert_status(port, "GET", aggregates, NULL, 405, "method");
    assert_status(port, "POST", "/samples", "{}", 405, "method");
    assert_status(port, "POST", aggregates, "{}", 400, "interval");
    assert_status(port, "POST", aggregates, "{\"interval\":\"today\"}", 400, "two moments");
    assert_status(port, "POST", aggregates, "not JSON", 400, "message");
    assert_status(port, "GET", "/samples?fault=nonsense", NULL, 400, "no such fault");
}

static void the_help_page_lists_paths_and_faults(void **state)
{
    struct reply reply = get(simulator_server_port(*state), "/");
    assert_int_equal(reply.status, 200);
    assert_non_null(strstr(reply.body, "/samples"));
    assert_non_null(strstr(reply.body, "500, 404, slow, hang, html, huge, cut, null, frozen"));
    reply_finish(&reply);
}

static void a_body_without_end_is_refused(void **state)
{
    char *body = malloc(200001);
    assert_non_null(body);
    memset(body, ' ', 200000);
    body[200000] = '\0';
    assert_status(simulator_server_port(*state), "POST", "/api/v2/analytics/queues/observations/query", body,
                  413, "64 KiB");
    free(body);
}

/* Bound to one address: the machine's other loopback addresses know nothing of it. */
static void it_listens_on_loopback_only(void **state)
{
    int port = simulator_server_port(*state);
    assert_int_equal(dial("127.0.0.2", port), -1);
    int socket_fd = dial("127.0.0.1", port);
    assert_true(socket_fd >= 0);
    close(socket_fd);
}

/* ---- time ---- */

static double at_of(const struct reply *reply)
{
    struct cJSON *document = parse(reply);
    double at_s = json_member_number(document, "at", -1);
    json_destroy(document);
    return at_s;
}

static void the_answer_s_time_follows_the_time_it_is_said_to_be(void **state)
{
    (void)state;
    struct simulator_settings settings = {
        .scenario = "calme", .seed = 1, .speed = 0, .start_wall_ms = INT64_C(1795256100000)};
    struct simulator_server *server = simulator_server_create(&settings, NULL);
    assert_non_null(server);
    struct reply reply = get(simulator_server_port(server), "/samples");
    assert_true(at_of(&reply) >= 1795256100 && at_of(&reply) < 1795256160);
    reply_finish(&reply);
    simulator_server_destroy(server);
}

/* The document behind its first line, which has the time. */
static const char *figures(const struct reply *reply)
{
    return strchr(reply->body, '\n');
}

static void at_speed_0_the_day_stands_still_and_fast_it_moves(void **state)
{
    struct reply first = get(simulator_server_port(*state), "/samples");
    usleep(50000);
    struct reply second = get(simulator_server_port(*state), "/samples");
    assert_string_equal(figures(&second), figures(&first));
    reply_finish(&second);

    struct simulator_server *fast = serve(3600);
    usleep(50000); /* three minutes there */
    struct reply third = get(simulator_server_port(fast), "/samples");
    assert_string_not_equal(figures(&third), figures(&first));
    reply_finish(&first);
    reply_finish(&third);
    simulator_server_destroy(fast);
}

/* ---- faults ---- */

static void the_faults_500_404_and_html_are_what_they_say(void **state)
{
    int port = simulator_server_port(*state);
    assert_status(port, "GET", "/samples?fault=500", NULL, 500, "error");
    assert_status(port, "GET", "/samples?fault=404", NULL, 404, "error");
    assert_status(port, "GET", "/samples?fault=html", NULL, 200, "<html>");
}

static void the_fault_null_knows_its_time_and_no_figure(void **state)
{
    struct reply reply = get(simulator_server_port(*state), "/samples?fault=null");
    struct cJSON *document = parse(&reply);
    assert_true(json_member_number(document, "at", -1) > 0);
    const struct cJSON *sample = json_first(json_member(document, "samples"));
    assert_true(json_count(json_member(document, "samples")) > 500);
    for (; sample; sample = json_next(sample))
        assert_true(json_is_null(json_member(sample, "value")));
    json_destroy(document);
    reply_finish(&reply);
}

static void the_fault_frozen_says_the_same_for_ever(void **state)
{
    int port = simulator_server_port(*state);
    struct reply first = get(port, "/samples?fault=frozen");
    usleep(30000);
    struct reply frozen = get(port, "/samples?fault=frozen"), fresh = get(port, "/samples");
    assert_string_equal(frozen.body, first.body);
    assert_true(at_of(&fresh) > at_of(&first));
    reply_finish(&first);
    reply_finish(&frozen);
    reply_finish(&fresh);
}

static void the_fault_cut_breaks_off_before_the_promised_length(void **state)
{
    struct reply reply = get(simulator_server_port(*state), "/samples?fault=cut");
    assert_int_equal(reply.status, 200);
    assert_true(reply.length > 1000);
    assert_true(reply.length < reply.promised);
    reply_finish(&reply);
}

static void the_fault_huge_sends_100_megabytes_and_keeps_none(void **state)
{
    struct reply reply = get(simulator_server_port(*state), "/samples?fault=huge");
    assert_int_equal(reply.length, 100000001);
    assert_int_equal(reply.promised, 100000001);
    assert_memory_equal(reply.body, "[0,0,", 5);
    reply_finish(&reply);
}

/* Bytes that came within so many milliseconds; the connection stays open. */
static size_t received_within(int socket_fd, int within_ms)
{
    char part[4096];
    size_t received = 0;
    int64_t end_ms = clock_monotonic_ms() + within_ms;
    struct pollfd waits = {.fd = socket_fd, .events = POLLIN};
    for (int64_t left_ms = within_ms; left_ms > 0; left_ms = end_ms - clock_monotonic_ms())
        if (poll(&waits, 1, (int)left_ms) == 1)
            received += (size_t)recv(socket_fd, part, sizeof part, 0);
    return received;
}

static void the_fault_slow_sends_a_byte_a_second_and_others_do_not_wait(void **state)
{
    int port = simulator_server_port(*state);
    int slow = dial("127.0.0.1", port);
    send_request(slow, "GET", "/samples?fault=slow", NULL);
    size_t head = received_within(slow, 700);
    assert_status(port, "GET", "/", NULL, 200, "samples");
    size_t bytes = received_within(slow, 2600);
    assert_true(head > 0);
    assert_in_range(bytes, 1, 4);
    close(slow);
}

static void the_fault_hang_says_nothing_and_others_do_not_wait(void **state)
{
    int port = simulator_server_port(*state);
    int hanging = dial("127.0.0.1", port);
    send_request(hanging, "GET", "/samples?fault=hang", NULL);
    assert_int_equal(received_within(hanging, 200), 0);
    assert_status(port, "GET", "/", NULL, 200, "samples");
    close(hanging);
}

/* ---- the end ---- */

enum { STUCK = 10, STOP_MS = 100, SLOW_TOOL_FACTOR = 10 };

/* Under a tool like valgrind (tools/run-tests.sh: RUNNER) everything takes longer. */
static int allowed_ms(void)
{
    const char *runner = getenv("RUNNER");
    return runner && *runner ? STOP_MS * SLOW_TOOL_FACTOR : STOP_MS;
}

static void it_stops_at_once_whatever_is_in_flight(void **state)
{
    (void)state;
    static const char *const paths[STUCK] = {
        "/samples?fault=hang", "/samples?fault=hang", "/samples?fault=slow", "/samples?fault=huge",
        "/samples?fault=slow", "/samples?fault=hang", "/samples?fault=hang", "/samples?fault=huge",
        "/?fault=slow",        "/?fault=hang",
    };
    int stuck[STUCK];
    struct simulator_server *server = serve(1);
    for (int i = 0; i < STUCK; i++) {
        stuck[i] = dial("127.0.0.1", simulator_server_port(server));
        send_request(stuck[i], "GET", paths[i], NULL);
    }
    usleep(200000);
    int64_t before_ms = clock_monotonic_ms();
    simulator_server_destroy(server);
    assert_in_range(clock_monotonic_ms() - before_ms, 0, allowed_ms());
    for (int i = 0; i < STUCK; i++)
        close(stuck[i]);
}

static void a_request_that_has_only_begun_does_not_hold_it(void **state)
{
    (void)state;
    struct simulator_server *server = serve(1);
    int begun = dial("127.0.0.1", simulator_server_port(server));
    assert_int_equal(send(begun, "GET /sam", 8, MSG_NOSIGNAL), 8);
    usleep(50000);
    int64_t before_ms = clock_monotonic_ms();
    simulator_server_destroy(server);
    assert_in_range(clock_monotonic_ms() - before_ms, 0, allowed_ms());
    close(begun);
}

static void what_cannot_be_served_is_refused_in_words(void **state)
{
    struct error error = {""};
    struct simulator_settings taken = {
        .scenario = "calme", .seed = 1, .speed = 1, .port = simulator_server_port(*state)};
    assert_null(simulator_server_create(&taken, &error));
    assert_non_null(strstr(error.text, "cannot listen on 127.0.0.1:"));
    assert_null(simulator_server_create(&(struct simulator_settings){.scenario = "x", .speed = 1}, &error));
    assert_non_null(strstr(error.text, "there is no scenario \"x\""));
    assert_null(
        simulator_server_create(&(struct simulator_settings){.scenario = "calme", .speed = -1}, &error));
    assert_non_null(strstr(error.text, "speed -1"));
    simulator_server_destroy(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_path_answers_in_its_own_shape),
        cmocka_unit_test(a_request_that_makes_no_sense_is_told_why),
        cmocka_unit_test(the_help_page_lists_paths_and_faults),
        cmocka_unit_test(a_body_without_end_is_refused),
        cmocka_unit_test(it_listens_on_loopback_only),
        cmocka_unit_test(the_answer_s_time_follows_the_time_it_is_said_to_be),
        cmocka_unit_test(at_speed_0_the_day_stands_still_and_fast_it_moves),
        cmocka_unit_test(the_faults_500_404_and_html_are_what_they_say),
        cmocka_unit_test(the_fault_null_knows_its_time_and_no_figure),
        cmocka_unit_test(the_fault_frozen_says_the_same_for_ever),
        cmocka_unit_test(the_fault_cut_breaks_off_before_the_promised_length),
        cmocka_unit_test(the_fault_huge_sends_100_megabytes_and_keeps_none),
        cmocka_unit_test(the_fault_slow_sends_a_byte_a_second_and_others_do_not_wait),
        cmocka_unit_test(the_fault_hang_says_nothing_and_others_do_not_wait),
        cmocka_unit_test(it_stops_at_once_whatever_is_in_flight),
        cmocka_unit_test(a_request_that_has_only_begun_does_not_hold_it),
        cmocka_unit_test(what_cannot_be_served_is_refused_in_words),
    };
    return cmocka_run_group_tests(tests, still, stop);
}
