#ifndef FETCH_FETCHER_H
#define FETCH_FETCHER_H

/*
 * Asks all sources, each at its own pace, and gives what came as samples.
 *
 * One thread calls fetcher_wait() again and again; that is where the data thread sleeps. Each source
 * has one request at a time; a slow, broken or hostile one costs nobody else anything. Files and standard
 * input are sources like servers.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "fetch/source.h"
#include "model/catalogue.h"
#include "model/sample.h"
#include "model/source_health.h"

enum fetch_outcome {
    FETCH_DOCUMENT, /* new figures: `document` */
    FETCH_REPEATED, /* byte for byte the last answer, and the filter does not look at the time: nothing was
                       mapped */
    FETCH_NO_NEWS,  /* 204, 304 or empty: well, but the figures age on */
    FETCH_ANSWER,   /* JSON of a source without a filter: `answer` */
    FETCH_FAILED    /* `failure` */
};

/* What became of one poll. Everything in it is lent for the call of the handler. */
struct fetch_result {
    size_t source; /* index into the settings */
    enum fetch_outcome outcome;
    const struct sample_document *document;
    const struct text *answer; /* NULL: there is a filter, or no answer */
    struct source_failure failure;
    /* For probe and log: */
    const char *request_line; /* "GET http://…", secrets masked */
    long http_status;         /* 0: no answer */
    const char *content_type; /* "" if none */
    const char *challenge; /* WWW-Authenticate: how the server wants people to sign in; "" if it is silent */
    const char
        *sent; /* the last request with headers and body, secrets masked; "" unless fetcher_show_requests()
                */
    int64_t lookup_ms, connect_ms, tls_ms, first_byte_ms; /* from the start of the last request; 0: was not
                                                             needed, the connection was there */
    int64_t total_ms, map_ms;                             /* of the whole poll; in the filter */
    size_t body_bytes, wire_bytes;                        /* of all pages: unpacked, and as they came */
    size_t pages;                                         /* read whole; 0: the source has none */
    int64_t token_left_ms;                                /* as signin_token_left_ms() */
    int64_t next_poll_monotonic_ms;
};

typedef void fetch_handler(void *context, const struct fetch_result *result);

struct fetcher;

/*
 * The settings and the catalogue are borrowed for the fetcher's life; `mapper_path` is the program
 * vigie-mapper. NULL: the error says what is missing (a filter file that cannot be read, say).
 */
struct fetcher *fetcher_create(const struct source_settings *sources, size_t count,
                               const struct catalogue *catalogue, const char *mapper_path,
                               fetch_handler *handler, void *context, struct error *error);

/* From now on results tell what was sent: for who looks at one poll closely. */
void fetcher_show_requests(struct fetcher *fetcher);

/* Asks all sources at once instead of spreading the first polls: for who asks once and ends. */
void fetcher_hurry(struct fetcher *fetcher);

/* Whether the wall clock is kept right (at first it is believed). If not, the time of an answer is what its
 * server says. */
void fetcher_trust_clock(struct fetcher *fetcher, bool trusted);

/* Ends everything at once, whatever is in flight. */
void fetcher_destroy(struct fetcher *fetcher);

/* Sleeps until something happened, fetcher_wake() was called, or the deadline; calls the handler for each
 * poll that ended. */
void fetcher_wait(struct fetcher *fetcher, int64_t deadline_monotonic_ms);

/* Ends the sleep of the data thread. From any thread. */
void fetcher_wake(struct fetcher *fetcher);

#endif
