#include "fetch/transfer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "fetch/limits.h"
#include "fetch/query.h"
#include "fetch/secret.h"
#include "fetch/url.h"

enum {
    MOST_REDIRECTS = 2,
    MILLISECOND_US = 1000,
    MINUTE_MS = 60000,
    MOST_VALIDATOR_BYTES = 512,
    LONGEST_WAIT_MIN = 60 /* fetch/schedule.h keeps no longer one */
};

struct transfer {
    const struct source_settings *settings;
    CURL *easy;
    struct curl_slist *headers;
    struct response response;
    struct text url; /* as it is sent: a secret may stand in its query */
    int redirects;
    char words[CURL_ERROR_SIZE]; /* libcurl's own about a failure: names host and port, no secret */
};

struct transfer *transfer_create(const struct source_settings *settings)
{
    struct transfer *transfer = memory_create(1, sizeof *transfer);
    transfer->settings = settings;
    transfer->easy = curl_easy_init();
    if (!transfer->easy)
        abort(); /* out of memory */
    return transfer;
}

void transfer_destroy(struct transfer *transfer)
{
    if (!transfer)
        return;
    transfer_clear(transfer);
    curl_easy_cleanup(transfer->easy);
    free(transfer);
}

CURL *transfer_easy(const struct transfer *transfer)
{
    return transfer->easy;
}

static size_t take_bytes(char *bytes, size_t size, size_t count, void *context)
{
    struct transfer *transfer = context;
    return response_add(&transfer->response, bytes, size * count) ? size * count : 0;
}

static void add_header(struct transfer *transfer, const struct text *line)
{
    struct curl_slist *longer = curl_slist_append(transfer->headers, text_bytes(line));
    if (!longer)
        abort(); /* out of memory */
    transfer->headers = longer;
}

/* Credentials in the list are overwritten before their memory is given back. */
static void finish_headers(struct transfer *transfer)
{
    for (struct curl_slist *header = transfer->headers; header; header = header->next)
        explicit_bzero(header->data, strlen(header->data));
    curl_slist_free_all(transfer->headers);
    transfer->headers = NULL;
}

static void set_limits(CURL *easy, const struct transfer_terms *terms)
{
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, (long)terms->timeout_ms);
    curl_easy_setopt(easy, CURLOPT_MAXFILESIZE_LARGE, (curl_off_t)terms->max_bytes);
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L); /* see why_not_followed() */
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L); /* a resolver that hangs does not hold up the end */
}

static void set_tls(CURL *easy, const struct source_settings *settings)
{
    curl_easy_setopt(easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L);
    if (settings->ca_file)
        curl_easy_setopt(easy, CURLOPT_CAINFO, settings->ca_file);
}

static void set_request(struct transfer *transfer, const struct request *request)
{
    CURL *easy = transfer->easy;
    curl_easy_setopt(easy, CURLOPT_URL, text_bytes(&transfer->url));
    if (request->post) {
        curl_easy_setopt(easy, CURLOPT_POST, 1L);
        curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)request->body.length);
        curl_easy_setopt(easy, CURLOPT_POSTFIELDS, text_bytes(&request->body));
    }
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, transfer->headers);
    curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "gzip");
    curl_easy_setopt(easy, CURLOPT_USERAGENT, "vigie/" VIGIE_VERSION);
}

/* What the environment says about proxies is meant for the world outside. */
static void set_proxy(CURL *easy, const char *proxy, const char *url)
{
    if (proxy)
        curl_easy_setopt(easy, CURLOPT_PROXY, proxy);
    else if (url_is_loopback(url))
        curl_easy_setopt(easy, CURLOPT_PROXY, "");
}

static void write_url(struct transfer *transfer, const struct request *request,
                      const struct credentials *credentials)
{
    text_append_bytes(&transfer->url, text_bytes(&request->url), request->url.length);
    if (credentials->parameter.length)
        query_put(&transfer->url, text_bytes(&credentials->parameter));
    if (credentials->sigv4.length)
        query_sort(&transfer->url);
}

static void set_signature(CURL *easy, const struct credentials *credentials)
{
    if (!credentials->sigv4.length)
        return;
    curl_easy_setopt(easy, CURLOPT_AWS_SIGV4, text_bytes(&credentials->sigv4));
    curl_easy_setopt(easy, CURLOPT_USERNAME, text_bytes(&credentials->user));
    curl_easy_setopt(easy, CURLOPT_PASSWORD, text_bytes(&credentials->secret));
}

static void add_validator(struct transfer *transfer, const char *name, const struct text *value)
{
    struct text line = {0};
    if (!value->length)
        return;
    text_append_format(&line, "%s: %s", name, text_bytes(value));
    add_header(transfer, &line);
    text_finish(&line);
}

static void add_headers(struct transfer *transfer, const struct request *request,
                        const struct credentials *credentials, const struct validators *known)
{
    for (size_t i = 0; i < request->header_count; i++)
        add_header(transfer, &request->header_lines[i]);
    if (credentials->header_line.length)
        add_header(transfer, &credentials->header_line);
    if (!known)
        return;
    add_validator(transfer, "If-None-Match", &known->etag);
    add_validator(transfer, "If-Modified-Since", &known->last_modified);
}

void transfer_prepare(struct transfer *transfer, const struct request *request,
                      const struct credentials *credentials, const struct transfer_terms *terms)
{
    CURL *easy = transfer->easy;
    transfer_clear(transfer);
    transfer->response.max_bytes = terms->max_bytes;
    add_headers(transfer, request, credentials, terms->known);

    set_limits(easy, terms);
    set_tls(easy, transfer->settings);
    write_url(transfer, request, credentials);
    set_request(transfer, request);
    set_proxy(easy, transfer->settings->proxy, text_bytes(&request->url));
    set_signature(easy, credentials);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take_bytes);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, transfer);
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, transfer->words);
}

struct text *transfer_body(struct transfer *transfer)
{
    return &transfer->response.body;
}

/* Connections stay open: curl_easy_reset() leaves them alone. */
void transfer_clear(struct transfer *transfer)
{
    curl_easy_reset(transfer->easy);
    finish_headers(transfer);
    secret_wipe(&transfer->url);
    text_finish(&transfer->response.body);
    transfer->response = (struct response){0};
    transfer->redirects = 0;
    transfer->words[0] = '\0';
}

static int64_t time_us(CURL *easy, CURLINFO which)
{
    curl_off_t us = 0;
    curl_easy_getinfo(easy, which, &us);
    return us;
}

static int64_t time_ms(CURL *easy, CURLINFO which)
{
    return time_us(easy, which) / MILLISECOND_US;
}

static size_t wire_bytes(CURL *easy)
{
    curl_off_t bytes = 0;
    curl_easy_getinfo(easy, CURLINFO_SIZE_DOWNLOAD_T, &bytes);
    return (size_t)bytes;
}

/* The first header of that name in the answer; NULL: none. */
static const char *header_of(const struct transfer *transfer, const char *name)
{
    struct curl_header *header;
    if (!name || curl_easy_header(transfer->easy, name, 0, CURLH_HEADER, -1, &header) != CURLHE_OK)
        return NULL;
    return header->value;
}

bool transfer_header(const struct transfer *transfer, const char *name, struct text *value)
{
    struct curl_header *header;
    for (size_t i = 0; curl_easy_header(transfer->easy, name, i, CURLH_HEADER, -1, &header) == CURLHE_OK; i++)
        text_append_format(value, "%s%s", i ? ", " : "", header->value);
    return value->length > 0;
}

static void take_validator(struct text *validator, const char *value)
{
    text_finish(validator);
    if (value && strlen(value) <= MOST_VALIDATOR_BYTES)
        text_append(validator, value);
}

void transfer_take_validators(const struct transfer *transfer, struct validators *validators)
{
    take_validator(&validators->etag, header_of(transfer, "ETag"));
    take_validator(&validators->last_modified, header_of(transfer, "Last-Modified"));
}

void validators_finish(struct validators *validators)
{
    text_finish(&validators->etag);
    text_finish(&validators->last_modified);
}

static int64_t told_wait_ms(const struct transfer *transfer, long http_status, int64_t now_wall_ms)
{
    const struct limit_header *vendor = &transfer->settings->limit_header;
    struct limit_words words = {header_of(transfer, "Retry-After"), header_of(transfer, vendor->name),
                                header_of(transfer, "Date")};
    bool may_tell = http_status == 429 || http_status == 503;
    return may_tell ? limits_wait_ms(&words, vendor->meaning, now_wall_ms) : 0;
}

void transfer_facts(const struct transfer *transfer, int64_t now_wall_ms, struct transfer_facts *facts)
{
    CURL *easy = transfer->easy;
    char *content_type = NULL;
    *facts = (struct transfer_facts){0};
    curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &facts->http_status);
    curl_easy_getinfo(easy, CURLINFO_CONTENT_TYPE, &content_type);
    facts->content_type = content_type ? content_type : "";
    facts->challenge = header_of(transfer, "WWW-Authenticate");
    if (!facts->challenge)
        facts->challenge = "";
    facts->wire_bytes = wire_bytes(easy);
    facts->lookup_ms = time_ms(easy, CURLINFO_NAMELOOKUP_TIME_T);
    facts->tls_ms = time_ms(easy, CURLINFO_APPCONNECT_TIME_T);
    facts->connect_ms = time_ms(easy, CURLINFO_CONNECT_TIME_T);
    facts->first_byte_ms = time_ms(easy, CURLINFO_STARTTRANSFER_TIME_T);
    facts->total_ms = time_ms(easy, CURLINFO_TOTAL_TIME_T);
    facts->wait_ms = told_wait_ms(transfer, facts->http_status, now_wall_ms);
    limits_read_date(header_of(transfer, "Date"), &facts->server_wall_ms);
}

/* What libcurl's codes mean for the person in front of the wall; the first row that fits. */
static const struct code_meaning {
    CURLcode code;
    const char *words; /* in libcurl's text; NULL: whatever it says */
    enum source_problem problem;
    const char *advice;
} code_meanings[] = {
    {CURLE_COULDNT_RESOLVE_HOST, NULL, SOURCE_UNREACHABLE, "; is the name right, does DNS work?"},
    {CURLE_COULDNT_RESOLVE_PROXY, NULL, SOURCE_UNREACHABLE, "; is the proxy's name right, does DNS work?"},
    {CURLE_COULDNT_CONNECT, NULL, SOURCE_UNREACHABLE, "; is the address right, is the server running?"},
    {CURLE_GOT_NOTHING, NULL, SOURCE_UNREACHABLE,
     "; the server hung up without an answer: does it want https:// instead of http://?"},
    {CURLE_RECV_ERROR, "CONNECT", SOURCE_UNREACHABLE,
     "; the proxy does not let this through; after a 407 its user and password are missing in https_proxy of "
     "the environment"},
    {CURLE_RECV_ERROR, NULL, SOURCE_UNREACHABLE,
     "; the connection broke off: a firewall, or the server itself"},
    {CURLE_SEND_ERROR, NULL, SOURCE_UNREACHABLE,
     "; the connection broke off: a firewall, or the server itself"},
    {CURLE_PEER_FAILED_VERIFICATION, "expired", SOURCE_TLS,
     "; the server's certificate is over, which those who run it must mend; or this machine's clock is "
     "wrong"},
    {CURLE_PEER_FAILED_VERIFICATION, "not yet valid", SOURCE_TLS,
     "; the server's certificate begins later: is this machine's clock right?"},
    {CURLE_PEER_FAILED_VERIFICATION, "does not match", SOURCE_TLS,
     "; the certificate is for another name: write the name that is in it into the address"},
    {CURLE_PEER_FAILED_VERIFICATION, "no alternative certificate", SOURCE_TLS,
     "; the certificate is for another name: write the name that is in it into the address"},
    {CURLE_PEER_FAILED_VERIFICATION, NULL, SOURCE_TLS,
     "; the certificate is not believed: a private authority's goes into ca_file, and the clock must be "
     "right"},
    {CURLE_SSL_CACERT_BADFILE, NULL, SOURCE_TLS, "; the certificate file named by ca_file cannot be used"},
    {CURLE_SSL_CONNECT_ERROR, NULL, SOURCE_TLS,
     "; the server must speak TLS 1.2 or later: or is it http:// and not https://?"},
    {CURLE_SSL_CERTPROBLEM, NULL, SOURCE_TLS, ""},
    {CURLE_SSL_CIPHER, NULL, SOURCE_TLS, ""},
    {CURLE_PARTIAL_FILE, NULL, SOURCE_NOT_JSON, "; the answer was cut off"},
    {CURLE_BAD_CONTENT_ENCODING, NULL, SOURCE_NOT_JSON, "; the packed answer is damaged"},
    {CURLE_OK, NULL, SOURCE_UNREACHABLE, ""}, /* any other */
};

static const char proxy_advice[] = "; that is the proxy (proxy:, or http_proxy and https_proxy of the "
                                   "environment): is it right and running?";

static void fault_set(struct fault *fault, enum source_problem problem, double number)
{
    *fault = (struct fault){.problem = problem, .number = number};
}

/* How far it came says where to look. */
static const char *where_stuck(CURL *easy)
{
    curl_off_t bytes = 0;
    curl_easy_getinfo(easy, CURLINFO_SIZE_DOWNLOAD_T, &bytes);
    if (time_us(easy, CURLINFO_STARTTRANSFER_TIME_T) > 0 || bytes > 0)
        return "the answer began and did not end; ask for less at a time, or give it longer (timeout)";
    if (time_us(easy, CURLINFO_PRETRANSFER_TIME_T) > 0)
        return "the server was asked and said nothing; is it busy? timeout gives it longer";
    if (time_us(easy, CURLINFO_CONNECT_TIME_T) > 0)
        return "the server is there, but no TLS came about; is it https:// on this port?";
    if (time_us(easy, CURLINFO_NAMELOOKUP_TIME_T) > 0)
        return "no connection came about; is the address right, does a firewall keep it back?";
    return "the name was not found in that time; does DNS answer?";
}

static void judge_lateness(const struct transfer *transfer, struct fault *fault)
{
    fault_set(fault, SOURCE_TIMEOUT, (double)transfer->settings->timeout_ms / 1000);
    error_set(&fault->detail, "no whole answer within %.3g s: %s", fault->number,
              where_stuck(transfer->easy));
}

/* Whether libcurl speaks of another host than the one that was asked. */
static bool speaks_of_proxy(const struct transfer *transfer)
{
    char *asked = NULL;
    curl_easy_getinfo(transfer->easy, CURLINFO_EFFECTIVE_URL, &asked);
    char *host = asked ? url_part(asked, CURLUPART_HOST) : NULL;
    char *name = host && *host == '[' ? host + 1 : host;
    if (name)
        name[strcspn(name, "]")] = '\0';
    bool other = name && *transfer->words && !strcasestr(transfer->words, name);
    curl_free(host);
    return other;
}

static const struct code_meaning *meaning_of(const struct transfer *transfer, CURLcode code)
{
    const struct code_meaning *meaning = code_meanings;
    while (meaning->code != CURLE_OK &&
           (meaning->code != code || (meaning->words && !strstr(transfer->words, meaning->words))))
        meaning++;
    return meaning;
}

static void judge_code(const struct transfer *transfer, CURLcode code, struct fault *fault)
{
    if (transfer->response.too_large || code == CURLE_FILESIZE_EXCEEDED) {
        fault_set(fault, SOURCE_TOO_LARGE, (double)transfer->settings->max_bytes / (1 << 20));
        error_set(&fault->detail, "the answer has more than %.3g MiB; ask for less of it", fault->number);
        return;
    }
    if (code == CURLE_OPERATION_TIMEDOUT) {
        judge_lateness(transfer, fault);
        return;
    }
    const struct code_meaning *meaning = meaning_of(transfer, code);
    const char *words = *transfer->words ? transfer->words : curl_easy_strerror(code);
    int length = (int)strlen(words);
    while (length > 0 && words[length - 1] == ' ')
        length--;
    fault_set(fault, meaning->problem, 0);
    error_set(&fault->detail, "%.*s%s", length, words,
              code == CURLE_COULDNT_CONNECT && speaks_of_proxy(transfer) ? proxy_advice : meaning->advice);
}

static const char *why_not_followed(const struct transfer *transfer, const char *from, const char *to)
{
    if (!to || !url_same_server(from, to))
        return "not followed, since credentials must not go to another server; if it is right, write the new "
               "address as url";
    if (!text_equal(transfer->settings->method, "GET"))
        return "not followed, since only GET is; write the new address as url";
    return transfer->redirects < MOST_REDIRECTS
               ? NULL
               : "too many in a row; write the address at the end of them as url";
}

static enum transfer_end judge_redirect(struct transfer *transfer, long status, struct fault *fault)
{
    char *from = NULL, *to = NULL;
    curl_easy_getinfo(transfer->easy, CURLINFO_EFFECTIVE_URL, &from);
    curl_easy_getinfo(transfer->easy, CURLINFO_REDIRECT_URL, &to);
    const char *why_not = why_not_followed(transfer, from, to);
    if (!why_not) {
        transfer->redirects++;
        text_finish(&transfer->response.body);
        curl_easy_setopt(transfer->easy, CURLOPT_URL, to);
        return TRANSFER_REDIRECTED;
    }
    char *host = to ? url_part(to, CURLUPART_HOST) : NULL;
    fault_set(fault, SOURCE_HTTP_STATUS, (double)status);
    error_set(&fault->detail, "HTTP %ld, redirected to %s: %s", status, host ? host : "nowhere", why_not);
    curl_free(host);
    return TRANSFER_FAILED;
}

static const char *sign_in_words(const struct source_settings *settings)
{
    return settings->auth.kind == AUTH_NONE ? ", the server wants a sign-in"
                                            : ", sign-in refused; check the secret";
}

/* The server's own words may help; what is secret in them is not shown. */
static void describe_status(struct transfer *transfer, long status, const struct credentials *credentials,
                            struct fault *fault)
{
    struct text *body = transfer_body(transfer), excerpt = {0};
    credentials_mask(credentials, body);
    secret_mask_sign_ins(body);
    response_excerpt(body, &excerpt);
    error_set(&fault->detail, "HTTP %ld%s%s%s", status,
              fault->problem == SOURCE_SIGN_IN ? sign_in_words(transfer->settings) : "",
              excerpt.length ? ": " : "", text_bytes(&excerpt));
    text_finish(&excerpt);
}

/* 429 and 503 with a wait: not trouble but a limit, which the wall says. */
static void describe_wait(int64_t wait_ms, struct fault *fault)
{
    char words[sizeof fault->detail.text];
    int64_t minutes = (wait_ms + MINUTE_MS - 1) / MINUTE_MS;
    snprintf(words, sizeof words, "%s", fault->detail.text);
    fault->problem = SOURCE_LIMITED;
    fault->number = (double)(minutes < LONGEST_WAIT_MIN ? minutes : LONGEST_WAIT_MIN);
    error_set(&fault->detail, "%.700s; the server asks to wait %lld s%s", words, (long long)(wait_ms / 1000),
              minutes > LONGEST_WAIT_MIN ? ", asked again after an hour" : "");
}

static enum transfer_end judge_status(struct transfer *transfer, const struct credentials *credentials,
                                      int64_t wait_ms, struct fault *fault)
{
    long status = 0;
    curl_easy_getinfo(transfer->easy, CURLINFO_RESPONSE_CODE, &status);
    if (status == 204 || status == 304)
        return TRANSFER_NO_NEWS;
    if (status == 200)
        return response_is_empty(transfer_body(transfer)) ? TRANSFER_NO_NEWS : TRANSFER_ANSWER;
    if (status >= 301 && status <= 308)
        return judge_redirect(transfer, status, fault);
    fault_set(fault, status == 401 ? SOURCE_SIGN_IN : SOURCE_HTTP_STATUS, (double)status);
    describe_status(transfer, status, credentials, fault);
    if (wait_ms > 0)
        describe_wait(wait_ms, fault);
    return TRANSFER_FAILED;
}

enum transfer_end transfer_judge(struct transfer *transfer, CURLcode code,
                                 const struct credentials *credentials, int64_t wait_ms, struct fault *fault)
{
    if (code != CURLE_OK) {
        judge_code(transfer, code, fault);
        return TRANSFER_FAILED;
    }
    enum transfer_end end = judge_status(transfer, credentials, wait_ms, fault);
    if (end == TRANSFER_ANSWER && transfer->settings->latin1_ok)
        response_read_latin1(transfer_body(transfer));
    if (end != TRANSFER_ANSWER || response_check_json(transfer_body(transfer), &fault->detail))
        return end;
    fault->problem = SOURCE_NOT_JSON;
    fault->number = 0;
    return TRANSFER_FAILED;
}
