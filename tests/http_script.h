#ifndef TESTS_HTTP_SCRIPT_H
#define TESTS_HTTP_SCRIPT_H

/*
 * An HTTP server on a free port of 127.0.0.1 that plays rows of a script, good and bad: the path of a
 * request chooses the row. One thread for each connection, so that a row that hangs holds up nobody.
 */

#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { HTTP_SCRIPT_CONNECTIONS = 256, HTTP_SCRIPT_REQUEST_BYTES = 16384 };

/* Plays an answer on the connection. `request` is the head and what came of the body. */
typedef void http_script_play(int connection, const char *request);

struct http_script_row {
    const char *path; /* NULL ends the script */
    http_script_play *play;
};

struct http_script {
    const struct http_script_row *rows;
    int listener, port;
    pthread_t accepting;
    pthread_t threads[HTTP_SCRIPT_CONNECTIONS];
    int connections[HTTP_SCRIPT_CONNECTIONS];
    atomic_int count;
};

struct http_script_connection {
    struct http_script *script;
    int connection;
};

static void http_script_send(int connection, const void *bytes, size_t length)
{
    const char *at = bytes;
    while (length > 0) {
        ssize_t put = send(connection, at, length, MSG_NOSIGNAL);
        if (put <= 0)
            return;
        at += put;
        length -= (size_t)put;
    }
}

/* A whole answer: "200 OK", further header lines (each with its line end), a body. */
static void http_script_answer(int connection, const char *status, const char *headers, const char *body)
{
    char head[1024];
    int length = snprintf(head, sizeof head, "HTTP/1.1 %s\r\nContent-Length: %zu\r\n%s\r\n", status,
                          strlen(body), headers);
    http_script_send(connection, head, (size_t)length);
    http_script_send(connection, body, strlen(body));
}

static void http_script_play_row(const struct http_script *script, int connection, const char *request)
{
    const char *path = strchr(request, ' ');
    size_t length = path ? strcspn(++path, " ?") : 0;
    for (const struct http_script_row *row = script->rows; path && row->path; row++)
        if (strlen(row->path) == length && strncmp(row->path, path, length) == 0) {
            row->play(connection, request);
            return;
        }
    http_script_answer(connection, "404 Not Found", "", "no such row");
}

static void *http_script_serve(void *context)
{
    struct http_script_connection *served = context;
    static _Thread_local char request[HTTP_SCRIPT_REQUEST_BYTES];
    size_t length = 0;
    ssize_t got;
    while ((got = recv(served->connection, request + length, sizeof request - 1 - length, 0)) > 0) {
        length += (size_t)got;
        request[length] = '\0';
        if (!strstr(request, "\r\n\r\n"))
            continue;
        http_script_play_row(served->script, served->connection, request);
        length = 0;
    }
    shutdown(served->connection, SHUT_RDWR);
    free(served);
    return NULL;
}

static void *http_script_accept(void *context)
{
    struct http_script *script = context;
    int connection;
    while ((connection = accept(script->listener, NULL, NULL)) >= 0) {
        int index = atomic_load(&script->count);
        struct http_script_connection *served = malloc(sizeof *served);
        if (!served || index == HTTP_SCRIPT_CONNECTIONS)
            abort();
        *served = (struct http_script_connection){.script = script, .connection = connection};
        script->connections[index] = connection;
        pthread_create(&script->threads[index], NULL, http_script_serve, served);
        atomic_store(&script->count, index + 1);
    }
    return NULL;
}

static inline void http_script_listen(struct http_script *script, const struct http_script_row *rows,
                                      struct sockaddr *address, socklen_t size)
{
    memset(script, 0, sizeof *script);
    script->rows = rows;
    script->listener = socket(address->sa_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (bind(script->listener, address, size) != 0 || listen(script->listener, 32) != 0)
        abort();
    getsockname(script->listener, address, &size);
    pthread_create(&script->accepting, NULL, http_script_accept, script);
}

static inline void http_script_start(struct http_script *script, const struct http_script_row *rows)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    http_script_listen(script, rows, (struct sockaddr *)&address, sizeof address);
    script->port = ntohs(address.sin_port);
}

/* The same on [::1]. */
static inline void http_script_start_ipv6(struct http_script *script, const struct http_script_row *rows)
{
    struct sockaddr_in6 address = {.sin6_family = AF_INET6, .sin6_addr = IN6ADDR_LOOPBACK_INIT};
    http_script_listen(script, rows, (struct sockaddr *)&address, sizeof address);
    script->port = ntohs(address.sin6_port);
}

static inline void http_script_stop(struct http_script *script)
{
    shutdown(script->listener, SHUT_RDWR);
    pthread_join(script->accepting, NULL);
    close(script->listener);
    for (int i = 0; i < atomic_load(&script->count); i++) {
        shutdown(script->connections[i], SHUT_RDWR);
        pthread_join(script->threads[i], NULL);
        close(script->connections[i]);
    }
}

#endif
