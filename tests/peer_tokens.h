#ifndef TESTS_PEER_TOKENS_H
#define TESTS_PEER_TOKENS_H

/*
 * A vendor's login on loopback, on top of http_script.h: gives tokens out, takes them, forgets them, and
 * counts. Paths:
 *
 *   /token     client_credentials, password and refresh_token, as form or Basic
 *   /exchange  a platform token (form or Bearer) for a product token
 *   /figures   200 with a document for a token that is valid, else 401
 *   /pages     the same in five pages, {"page":1} to {"page":5}; one token is good for `pages_a_token` of
 * them
 *
 * One peer a program: its state is `peer`, reset by peer_start().
 */

#include <limits.h>
#include <time.h>

#include "tests/http_script.h"

#define PEER_DOCUMENT "{\"samples\":[{\"id\":\"waiting_now\",\"value\":7,\"window\":\"now\",\"dims\":{}}]}"

static struct {
    struct http_script script;
    char token_url[64], exchange_url[64], figures_url[64], pages_url[64];

    /* how it behaves */
    _Atomic(const char *) expires_in; /* JSON of the member, NULL: none */
    _Atomic(const char *)
        refuse; /* status and body of every answer of /token: "400 …\n{…}"; NULL: it does its work */
    atomic_bool rotates, forgets_at_once; /* each refresh token works once */
    atomic_bool keeps_quiet;              /* /token never answers */
    atomic_bool gives_refresh;            /* to whoever asks for a token */
    atomic_int good_from;                 /* tokens with smaller numbers are refused */
    atomic_int pages_a_token;
    atomic_int closed_page; /* takes no token */
    atomic_int held_from;   /* this token and those after it wait until that is a later one */
    atomic_int slow_ms;     /* /token takes as long */

    /* what it saw */
    atomic_int asked, exchanged, let_in, turned_away;
    atomic_int pages_of[64]; /* by the number of the token */
    atomic_int refresh;      /* number of the refresh token that is valid: r0, r1, … */
    pthread_mutex_t lock;
    char last_form[2048], last_head[2048];
} peer = {.lock = PTHREAD_MUTEX_INITIALIZER};

/* The form may come after the head. */
static const char *peer_read_rest(int connection, const char *request, char *all, size_t size)
{
    const char *length = strcasestr(request, "\r\nContent-Length:");
    size_t wanted = length ? strtoul(length + strlen("\r\nContent-Length:"), NULL, 10) : 0;
    snprintf(all, size, "%s", request);
    char *body = strstr(all, "\r\n\r\n") + 4;
    while (strlen(body) < wanted) {
        size_t have = strlen(all);
        ssize_t got = recv(connection, all + have, size - 1 - have, 0);
        if (got <= 0)
            break;
        all[have + (size_t)got] = '\0';
    }
    return body;
}

static void peer_note(const char *head, const char *form)
{
    pthread_mutex_lock(&peer.lock);
    snprintf(peer.last_head, sizeof peer.last_head, "%.*s", (int)(form - head), head);
    snprintf(peer.last_form, sizeof peer.last_form, "%s", form);
    pthread_mutex_unlock(&peer.lock);
}

static void peer_refuse(int connection, const char *how)
{
    char status[64];
    snprintf(status, sizeof status, "%.*s", (int)strcspn(how, "\n"), how);
    http_script_answer(connection, status, "Content-Type: application/json\r\n", strchr(how, '\n') + 1);
}

/* Whether the form has this refresh token, or, for a vendor with a heart, the one before. */
static bool peer_takes_refresh(const char *form)
{
    char current[32], before[32];
    int number = atomic_load(&peer.refresh);
    snprintf(current, sizeof current, "refresh_token=r%d&", number);
    snprintf(before, sizeof before, "refresh_token=r%d&", number - 1);
    return strstr(form, current) || (!peer.forgets_at_once && strstr(form, before));
}

static void peer_give(int connection, const char *name, int number, bool with_refresh)
{
    char body[256], life[64] = "", refresh[64] = "";
    const char *seconds = peer.expires_in;
    if (seconds)
        snprintf(life, sizeof life, ",\"expires_in\":%s", seconds);
    if (with_refresh)
        snprintf(refresh, sizeof refresh, ",\"refresh_token\":\"r%d\"", atomic_load(&peer.refresh));
    snprintf(body, sizeof body, "{\"access_token\":\"%s%d\",\"token_type\":\"bearer\"%s%s}", name, number,
             life, refresh);
    http_script_answer(connection, "200 OK", "Content-Type: application/json\r\n", body);
}

static void peer_sleep_ms(int ms)
{
    nanosleep(&(struct timespec){.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000L}, NULL);
}

static void peer_play_token(int connection, const char *request)
{
    char all[HTTP_SCRIPT_REQUEST_BYTES];
    const char *form = peer_read_rest(connection, request, all, sizeof all);
    peer_note(all, form);
    int number = atomic_fetch_add(&peer.asked, 1) + 1;
    bool refreshes = strstr(form, "grant_type=refresh_token") != NULL;
    peer_sleep_ms(atomic_load(&peer.slow_ms));
    while (number >= atomic_load(&peer.held_from))
        peer_sleep_ms(1);
    if (peer.keeps_quiet) {
        while (recv(connection, all, sizeof all, 0) > 0)
            continue;
    } else if (peer.refuse) {
        peer_refuse(connection, peer.refuse);
    } else if (refreshes && !peer_takes_refresh(form)) {
        peer_refuse(connection, "400 Bad Request\n{\"error\":\"invalid_grant\"}");
    } else {
        if (refreshes && peer.rotates)
            atomic_fetch_add(&peer.refresh, 1);
        peer_give(connection, "access-", number, peer.gives_refresh || (refreshes && peer.rotates));
    }
}

static int peer_number(const char *text, const char *before)
{
    const char *at = strstr(text, before);
    return at ? atoi(at + strlen(before)) : 0;
}

static void peer_play_exchange(int connection, const char *request)
{
    char all[HTTP_SCRIPT_REQUEST_BYTES];
    const char *form = peer_read_rest(connection, request, all, sizeof all);
    peer_note(all, form);
    int platform = peer_number(all, "access-");
    int number = atomic_fetch_add(&peer.exchanged, 1) + 1;
    if (platform < 1 || platform < atomic_load(&peer.good_from))
        peer_refuse(connection, "401 Unauthorized\n{\"error\":\"invalid_token\"}");
    else
        peer_give(connection, "product-", number, false);
}

static void peer_play_figures(int connection, const char *request)
{
    int number = peer_number(request, "access-") + peer_number(request, "product-");
    bool in = number > 0 && number >= atomic_load(&peer.good_from);
    atomic_fetch_add(in ? &peer.let_in : &peer.turned_away, 1);
    if (in)
        http_script_answer(connection, "200 OK", "Content-Type: application/json\r\n", PEER_DOCUMENT);
    else
        peer_refuse(connection, "401 Unauthorized\n{\"error\":\"who are you?\"}");
}

static void peer_play_page(int connection, const char *request)
{
    char body[128], next[32] = "null";
    int number = peer_number(request, "access-"), page = peer_number(request, "page=");
    if (page < 1)
        page = 1;
    bool in = number > 0 && number < 64 && page != atomic_load(&peer.closed_page) &&
              atomic_fetch_add(&peer.pages_of[number], 1) < atomic_load(&peer.pages_a_token);
    atomic_fetch_add(in ? &peer.let_in : &peer.turned_away, 1);
    if (page < 5)
        snprintf(next, sizeof next, "\"/pages?page=%d\"", page + 1);
    snprintf(body, sizeof body, "{\"page\":%d,\"next\":%s}", page, next);
    if (in)
        http_script_answer(connection, "200 OK", "Content-Type: application/json\r\n", body);
    else
        peer_refuse(connection, "401 Unauthorized\n{\"error\":\"who are you?\"}");
}

static const struct http_script_row peer_rows[] = {{"/token", peer_play_token},
                                                   {"/exchange", peer_play_exchange},
                                                   {"/figures", peer_play_figures},
                                                   {"/pages", peer_play_page},
                                                   {NULL, NULL}};

static inline void peer_start(void)
{
    peer.expires_in = "3600";
    peer.refuse = NULL;
    peer.rotates = peer.forgets_at_once = true;
    peer.keeps_quiet = peer.gives_refresh = false;
    atomic_store(&peer.good_from, 0);
    atomic_store(&peer.pages_a_token, 1000);
    atomic_store(&peer.closed_page, 0);
    atomic_store(&peer.held_from, INT_MAX);
    atomic_store(&peer.slow_ms, 0);
    memset(peer.pages_of, 0, sizeof peer.pages_of);
    atomic_store(&peer.asked, 0);
    atomic_store(&peer.exchanged, 0);
    atomic_store(&peer.let_in, 0);
    atomic_store(&peer.turned_away, 0);
    atomic_store(&peer.refresh, 0);
    http_script_start(&peer.script, peer_rows);
    snprintf(peer.token_url, sizeof peer.token_url, "http://127.0.0.1:%d/token", peer.script.port);
    snprintf(peer.exchange_url, sizeof peer.exchange_url, "http://127.0.0.1:%d/exchange", peer.script.port);
    snprintf(peer.pages_url, sizeof peer.pages_url, "http://127.0.0.1:%d/pages", peer.script.port);
    snprintf(peer.figures_url, sizeof peer.figures_url, "http://127.0.0.1:%d/figures", peer.script.port);
}

static inline void peer_stop(void)
{
    atomic_store(&peer.held_from, INT_MAX);
    http_script_stop(&peer.script);
}

#endif
