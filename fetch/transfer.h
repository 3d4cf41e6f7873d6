#ifndef FETCH_TRANSFER_H
#define FETCH_TRANSFER_H

/*
 * One HTTP request with libcurl, from the settings of a source to an answer that is worth mapping or
 * to the reason why there is none. Verification of TLS is always on; credentials never leave the host.
 */

#include <curl/curl.h>
#include <stdint.h>

#include "fetch/auth.h"
#include "fetch/request.h"
#include "fetch/response.h"
#include "fetch/source.h"
#include "model/source_health.h"

/* Why a poll failed, as source_health.h has it. */
struct fault {
    enum source_problem problem;
    double number;
    struct error detail;
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
                      const struct credentials *credentials);

/*
 * What came of it. TRANSFER_REDIRECTED: it is set up for the new place on the same host, add it again.
 * TRANSFER_FAILED: `fault` says why, texts of the server are masked with the credentials.
 */
enum transfer_end transfer_judge(struct transfer *transfer, CURLcode code,
                                 const struct credentials *credentials, struct fault *fault);

struct transfer_facts {
    long http_status;
    const char *content_type; /* "" if none; valid until the next request */
    int64_t connect_ms, first_byte_ms, total_ms;
    int64_t retry_after_ms; /* the server asks to wait; 0: it does not */
};
void transfer_facts(const struct transfer *transfer, struct transfer_facts *facts);

/* How far this machine's clock is ahead of the server's, as the answer's Date has it; 0: it has none. */
int64_t transfer_ahead_of_server_ms(const struct transfer *transfer, int64_t now_wall_ms);

/* The answer; the caller may take its bytes away. */
struct text *transfer_body(struct transfer *transfer);

/* Forgets request and answer. */
void transfer_clear(struct transfer *transfer);

#endif
