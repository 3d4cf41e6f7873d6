#include "sim/server.h"

#include <arpa/inet.h>
#include <errno.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "sim/fault.h"
#include "sim/interval.h"
#include "sim/pace.h"
#include "sim/parking.h"
#include "sim/simulator.h"

enum { ENDPOINT_COUNT = 8, MOST_BODY_BYTES = 65536, MOST_CONNECTIONS = 100, IDLE_S = 120 };

struct simulator_server {
    struct MHD_Daemon *daemon;
    struct parking *parking;
    double speed;
    int64_t start_monotonic_ms, start_wall_ms;
    int port;
    pthread_mutex_t mutex; /* guards the simulator and the frozen answers */
    struct simulator *simulator;
    struct text frozen[ENDPOINT_COUNT];
};

/* A request while it is read: its body, and whether it has been answered in vain once (hang). */
struct request {
    struct text body;
    bool too_large, answered;
};

/* ---- what there is to ask ---- */

/* The question an endpoint is asked: the time it is to give as its own, the request's body. */
struct query {
    double at_s;
    const struct text *body;
    struct error *error;
};

static bool answer_samples(struct simulator *simulator, const struct query *query, struct text *out)
{
    simulator_write_canonical(simulator, query->at_s, out);
    return true;
}

static bool answer_agents_week(struct simulator *simulator, const struct query *query, struct text *out)
{
    simulator_write_agents_week(simulator, query->at_s, out);
    return true;
}

static bool answer_zendesk_queue(struct simulator *simulator, const struct query *query, struct text *out)
{
    (void)query;
    simulator_write_zendesk_queue(simulator, out);
    return true;
}

static bool answer_zendesk_account(struct simulator *simulator, const struct query *query, struct text *out)
{
    simulator_write_zendesk_account(simulator, query->at_s, out);
    return true;
}

static bool answer_zendesk_agents(struct simulator *simulator, const struct query *query, struct text *out)
{
    (void)query;
    simulator_write_zendesk_agents(simulator, out);
    return true;
}

static bool answer_genesys_observations(struct simulator *simulator, const struct query *query,
                                        struct text *out)
{
    struct cJSON *body = json_parse(text_bytes(query->body), query->body->length, query->error);
    if (!body)
        return false;
    json_destroy(body);
    simulator_write_genesys_observations(simulator, query->at_s, out);
    return true;
}

static bool read_window(const struct query *query, int64_t *window_s)
{
    struct cJSON *body = json_parse(text_bytes(query->body), query->body->length, query->error);
    if (!body)
        return false;
    int64_t length_ms = 0;
    const char *interval = json_member_text(body, "interval");
    if (!interval)
        error_set(query->error, "the body has no text \"interval\"");
    bool read = interval && interval_length_ms(interval, &length_ms, query->error);
    *window_s = interval_window_s(length_ms);
    json_destroy(body);
    return read;
}

static bool answer_genesys_aggregates(struct simulator *simulator, const struct query *query,
                                      struct text *out)
{
    int64_t window_s;
    if (!read_window(query, &window_s))
        return false;
    simulator_write_genesys_aggregates(simulator, query->at_s, window_s, out);
    return true;
}

static bool answer_help(struct simulator *simulator, const struct query *query, struct text *out);

static const struct endpoint {
    const char *path, *method, *type;
    bool (*answer)(struct simulator *simulator, const struct query *query, struct text *out);
} endpoints[ENDPOINT_COUNT] = {
    {"/", "GET", "text/plain; charset=utf-8", answer_help},
    {"/samples", "GET", "application/json; charset=utf-8", answer_samples},
    {"/agents/week", "GET", "application/json; charset=utf-8", answer_agents_week},
    {"/api/v2/channels/voice/stats/current_queue_activity", "GET", "application/json; charset=utf-8",
     answer_zendesk_queue},
    {"/api/v2/channels/voice/stats/account_overview", "GET", "application/json; charset=utf-8",
     answer_zendesk_account},
    {"/api/v2/channels/voice/stats/agents_activity", "GET", "application/json; charset=utf-8",
     answer_zendesk_agents},
    {"/api/v2/analytics/queues/observations/query", "POST", "application/json; charset=utf-8",
     answer_genesys_observations},
    {"/api/v2/analytics/conversations/aggregates/query", "POST", "application/json; charset=utf-8",
     answer_genesys_aggregates},
};

static bool answer_help(struct simulator *simulator, const struct query *query, struct text *out)
{
    (void)simulator;
    (void)query;
    text_append(out, "A contact centre that is not there. It answers:\n\n");
    for (int i = 1; i < ENDPOINT_COUNT; i++)
        text_append_format(out, "  %-4s %s\n", endpoints[i].method, endpoints[i].path);
    text_append(
        out, "\nThose asked by GET also with .json at the end. Behind any of them ?fault= and one of:\n  ");
    fault_names(out);
    text_append(out, "\n");
    return true;
}

static bool is_path(const struct endpoint *endpoint, const char *path)
{
    size_t length = strlen(endpoint->path);
    if (strncmp(path, endpoint->path, length) != 0)
        return false;
    const char *rest = path + length;
    return *rest == '\0' || (text_equal(rest, ".json") && text_equal(endpoint->method, "GET"));
}

static const struct endpoint *find_endpoint(const char *path)
{
    for (int i = 0; i < ENDPOINT_COUNT; i++)
        if (is_path(&endpoints[i], path))
            return &endpoints[i];
    return NULL;
}

/* ---- an answer ---- */

static enum MHD_Result send_response(struct MHD_Connection *connection, unsigned status, const char *type,
                                     const struct text *text)
{
    struct MHD_Response *response = MHD_create_response_from_buffer(
        text->length, (void *)(uintptr_t)text_bytes(text), MHD_RESPMEM_MUST_COPY);
    MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, type);
    enum MHD_Result sent = MHD_queue_response(connection, status, response);
    MHD_destroy_response(response);
    return sent;
}

/* A refusal in the form in which vendors give theirs. */
static enum MHD_Result refuse(struct MHD_Connection *connection, unsigned status, const char *why)
{
    struct text text = {0};
    text_append_format(&text, "{\"status\":%u,\"message\":", status);
    json_write_text(&text, why);
    text_append(&text, "}\n");
    enum MHD_Result sent = send_response(connection, status, "application/json; charset=utf-8", &text);
    text_finish(&text);
    return sent;
}

/* Lets the day run up to the present and asks the endpoint; the mutex is held. */
static bool ask(struct simulator_server *server, const struct endpoint *endpoint, struct query *query,
                struct text *out)
{
    int64_t elapsed_ms = clock_monotonic_ms() - server->start_monotonic_ms;
    query->at_s = (double)(server->start_wall_ms + elapsed_ms) / 1000;
    simulator_advance(server->simulator, pace_day_ms((int64_t)((double)elapsed_ms * server->speed)));
    return endpoint->answer(server->simulator, query, out);
}

/* The same for ever: the first answer that was asked for in this way. */
static bool ask_frozen(struct simulator_server *server, const struct endpoint *endpoint, struct query *query,
                       struct text *out)
{
    struct text *frozen = &server->frozen[endpoint - endpoints];
    bool known = frozen->length > 0 || ask(server, endpoint, query, frozen);
    text_append(out, text_bytes(frozen));
    return known;
}

static bool answer(struct simulator_server *server, const struct endpoint *endpoint, struct query *query,
                   bool frozen, struct text *out)
{
    pthread_mutex_lock(&server->mutex);
    bool answered = frozen ? ask_frozen(server, endpoint, query, out) : ask(server, endpoint, query, out);
    pthread_mutex_unlock(&server->mutex);
    return answered;
}

static enum MHD_Result respond(struct simulator_server *server, struct MHD_Connection *connection,
                               const struct endpoint *endpoint, const struct request *request)
{
    struct error error = {0};
    struct query query = {.body = &request->body, .error = &error};
    const char *fault = MHD_lookup_connection_value(connection, MHD_GET_ARGUMENT_KIND, "fault");
    bool frozen = text_equal(fault, "frozen");
    if (fault && !frozen && !fault_exists(fault))
        return refuse(connection, MHD_HTTP_BAD_REQUEST,
                      "there is no such fault; GET / lists those there are");
    struct text text = {0};
    enum MHD_Result sent;
    if (!answer(server, endpoint, &query, frozen, &text))
        sent = refuse(connection, MHD_HTTP_BAD_REQUEST, error.text);
    else if (fault && !frozen)
        sent = fault_answer(fault, connection, server->parking, &text) ? MHD_YES : MHD_NO;
    else
        sent = send_response(connection, MHD_HTTP_OK, endpoint->type, &text);
    text_finish(&text);
    return sent;
}

static enum MHD_Result route(struct simulator_server *server, struct MHD_Connection *connection,
                             const char *path, const char *method, struct request *request)
{
    const struct endpoint *endpoint = find_endpoint(path);
    if (request->answered)
        return MHD_NO; /* it hung, and the server stops */
    request->answered = true;
    if (!endpoint)
        return refuse(connection, MHD_HTTP_NOT_FOUND, "there is no such path; GET / lists those there are");
    if (!text_equal(method, endpoint->method))
        return refuse(connection, MHD_HTTP_METHOD_NOT_ALLOWED, "ask with the other method, see GET /");
    if (request->too_large)
        return refuse(connection, 413, "the body is larger than 64 KiB");
    return respond(server, connection, endpoint, request);
}

/* ---- libmicrohttpd's side ---- */

static void collect(struct request *request, const char *bytes, size_t length)
{
    request->too_large = request->too_large || request->body.length + length > MOST_BODY_BYTES;
    if (!request->too_large)
        text_append_bytes(&request->body, bytes, length);
}

/* Called first with the headers, then with each piece of the body, then once more to be answered. */
static enum MHD_Result on_request(void *argument, struct MHD_Connection *connection, const char *path,
                                  const char *method, const char *version, const char *upload,
                                  size_t *upload_length, void **slot)
{
    (void)version;
    struct request *request = *slot;
    if (!request) {
        *slot = memory_create(1, sizeof *request);
        return MHD_YES;
    }
    if (*upload_length > 0) {
        collect(request, upload, *upload_length);
        *upload_length = 0;
        return MHD_YES;
    }
    return route(argument, connection, path, method, request);
}

static void on_completed(void *argument, struct MHD_Connection *connection, void **slot,
                         enum MHD_RequestTerminationCode reason)
{
    (void)argument;
    (void)connection;
    (void)reason;
    struct request *request = *slot;
    if (!request)
        return;
    text_finish(&request->body);
    free(request);
    *slot = NULL;
}

static bool listen_on(struct simulator_server *server, int port, struct error *error)
{
    struct sockaddr_in loopback = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    loopback.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    errno = 0;
    server->daemon = MHD_start_daemon(
        MHD_USE_AUTO | MHD_USE_INTERNAL_POLLING_THREAD | MHD_ALLOW_SUSPEND_RESUME, (uint16_t)port, NULL, NULL,
        on_request, server, MHD_OPTION_SOCK_ADDR, (struct sockaddr *)&loopback, MHD_OPTION_NOTIFY_COMPLETED,
        on_completed, NULL, MHD_OPTION_CONNECTION_LIMIT, (unsigned)MOST_CONNECTIONS,
        MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_S, MHD_OPTION_END);
    if (!server->daemon) {
        error_set(error, "cannot listen on 127.0.0.1:%d (%s); choose another port", port,
                  errno ? strerror(errno) : "unknown reason");
        return false;
    }
    server->port = MHD_get_daemon_info(server->daemon, MHD_DAEMON_INFO_BIND_PORT)->port;
    return true;
}

/* ---- life ---- */

static bool settings_valid(const struct simulator_settings *settings, struct error *error)
{
    if (settings->port < 0 || settings->port > 65535) {
        error_set(error, "there is no port %d; choose one from 0 (any that is free) to 65535",
                  settings->port);
        return false;
    }
    if (!(settings->speed >= 0 && settings->speed <= 3600)) {
        error_set(error, "speed %g is not between 0 (the day stands still) and 3600", settings->speed);
        return false;
    }
    return true;
}

struct simulator_server *simulator_server_create(const struct simulator_settings *settings,
                                                 struct error *error)
{
    if (!settings_valid(settings, error))
        return NULL;
    struct simulator *simulator = settings->beginning
                                      ? simulator_copy(settings->beginning)
                                      : simulator_create(settings->scenario, settings->seed, error);
    if (!simulator)
        return NULL;
    struct simulator_server *server = memory_create(1, sizeof *server);
    struct now now = clock_now();
    server->simulator = simulator;
    server->speed = settings->speed;
    server->start_monotonic_ms = now.monotonic_ms;
    server->start_wall_ms = settings->start_wall_ms ? settings->start_wall_ms : now.wall_ms;
    simulator_advance(simulator, pace_day_ms(0));
    pthread_mutex_init(&server->mutex, NULL);
    server->parking = parking_create();
    if (listen_on(server, settings->port, error))
        return server;
    simulator_server_destroy(server);
    return NULL;
}

void simulator_server_destroy(struct simulator_server *server)
{
    if (!server)
        return;
    parking_close(server->parking);
    if (server->daemon)
        MHD_stop_daemon(server->daemon);
    parking_destroy(server->parking);
    simulator_destroy(server->simulator);
    for (int i = 0; i < ENDPOINT_COUNT; i++)
        text_finish(&server->frozen[i]);
    pthread_mutex_destroy(&server->mutex);
    free(server);
}

int simulator_server_port(const struct simulator_server *server)
{
    return server->port;
}
