#ifndef FETCH_TRANSFER_H
#define FETCH_TRANSFER_H

/*
 * One HTTP request with libcurl, from the settings of a source to an answer that is worth mapping or
 * to the reason why there is none. Verification of TLS is always on; credentials never leave the host.
 */

#include <curl/curl.h>
#include <stdint.h>

#include "fetch/auth.h"
#include "fetch/fault.h"
#include "fetch/request.h"
#include "fetch/response.h"
#include "fetch/source.h"

/* What tells one version of an answer from the next (ETag, Last-Modified). Zeroed is none. */
struct validators {
    struct text etag, last_modified;
};

/* What differs from one request of a poll to the next. */
struct transfer_terms {
    int64_t timeout_ms;
    size_t max_bytes;
    const struct validators *known; /* the version that we have: 304 if it is still that one. NULL: none */
};

enum transfer_end { TRANSFER_ANSWER, TRANSFER_NO_NEWS, TRANSFER_REDIRECTED, TRANSFER_FAILED };

struct transfer; /* kept for a source's life: its connection is used again */

struct transfer *transfer_create(const struct source_settings *settings);
void transfer_destroy(struct transfer *transfer);

/* What libcurl's multi handle drives; CURLOPT_PRIVATE is free for its user. */
CURL *transfer_easy(const struct transfer *transfer);

/* Sets the request up; it runs once the easy handle is added to a multi handle. The request is borrowed until
 * transfer_clear(). */
void transfer_prepare(struct transfer *transfer, const struct request *request,
                      const struct credentials *credentials, const struct transfer_terms *terms);

struct transfer_facts {
    long http_status;
    const char *content_type; /* "" if none; valid until the next request */
    const char *challenge;    /* WWW-Authenticate, "" if none; as long */
    int64_t lookup_ms, connect_ms, tls_ms, first_byte_ms, total_ms;
    size_t wire_bytes;      /* of the body, as it came */
    int64_t wait_ms;        /* with 429 and 503: the server asks to wait; 0: it does not */
    int64_t server_wall_ms; /* the server's own time; 0: it tells none */
};
void transfer_facts(const struct transfer *transfer, int64_t now_wall_ms, struct transfer_facts *facts);

/*
 * What came of it. TRANSFER_REDIRECTED: it is set up for the new place on the same host, add it again.
 * TRANSFER_FAILED: `fault` says why, texts of the server are masked with the credentials.
 */
enum transfer_end transfer_judge(struct transfer *transfer, CURLcode code,
                                 const struct credentials *credentials, int64_t wait_ms, struct fault *fault);

/* Appends a header of the answer; one that comes several times with commas between. False: it is not there.
 */
bool transfer_header(const struct transfer *transfer, const char *name, struct text *value);

/* Takes the validators of the answer in place of those of an earlier one. */
void transfer_take_validators(const struct transfer *transfer, struct validators *validators);
void validators_finish(struct validators *validators);

/* The answer; the caller may take its bytes away. */
struct text *transfer_body(struct transfer *transfer);

/* Forgets request and answer. */
void transfer_clear(struct transfer *transfer);

#endif
