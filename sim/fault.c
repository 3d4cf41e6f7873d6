#include "sim/fault.h"

#include <microhttpd.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "sim/parking.h"

enum { HUGE_BYTES = 100 * 1000 * 1000 + 1, /* odd: an array ends behind a zero */ SLOW_MS = 1000 };

static const char json_type[] = "application/json; charset=utf-8";

/* What a fault has to work with. */
struct incident {
    struct MHD_Connection *connection;
    struct parking *parking;
    const struct text *good;
};

static bool send_response(const struct incident *incident, unsigned status, const char *type,
                          struct MHD_Response *response)
{
    MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, type);
    bool sent = MHD_queue_response(incident->connection, status, response) == MHD_YES;
    MHD_destroy_response(response);
    return sent;
}

static bool send_text(const struct incident *incident, unsigned status, const char *type, const char *text)
{
    return send_response(
        incident, status, type,
        MHD_create_response_from_buffer(strlen(text), (void *)(uintptr_t)text, MHD_RESPMEM_MUST_COPY));
}

static bool answer_500(const struct incident *incident)
{
    return send_text(incident, 500, json_type,
                     "{\"error\":\"InternalServerError\",\"description\":\"simulated\"}\n");
}

static bool answer_404(const struct incident *incident)
{
    return send_text(incident, 404, json_type,
                     "{\"error\":\"RecordNotFound\",\"description\":\"simulated\"}\n");
}

/* What a proxy or a sign-in page answers where figures were asked for. */
static bool answer_html(const struct incident *incident)
{
    return send_text(incident, 200, "text/html; charset=utf-8",
                     "<!DOCTYPE html>\n<html><head><title>Connexion</title></head>"
                     "<body><h1>Veuillez vous identifier</h1></body></html>\n");
}

static bool answer_hang(const struct incident *incident)
{
    return parking_take(incident->parking, incident->connection, -1);
}

/* ---- every figure null ---- */

static bool starts_number(const char *at)
{
    return at[0] == ':' && (at[1] == '-' || (at[1] >= '0' && at[1] <= '9'));
}

/* The source's own clock goes on: its time stays. */
static bool is_time(const char *start, const char *at)
{
    static const char *const names[] = {"\"at\"", "\"current_timestamp\""};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        size_t length = strlen(names[i]);
        if ((size_t)(at - start) >= length && memcmp(at - length, names[i], length) == 0)
            return true;
    }
    return false;
}

/* Numbers stand behind a colon; so do none of our texts. */
static void append_nulled(struct text *out, const char *good)
{
    for (const char *at = good; *at;) {
        bool nulled = starts_number(at) && !is_time(good, at);
        text_append_bytes(out, at++, 1);
        if (!nulled)
            continue;
        at += strspn(at, "-+.0123456789eE");
        text_append(out, "null");
    }
}

static bool answer_null(const struct incident *incident)
{
    struct text text = {0};
    append_nulled(&text, text_bytes(incident->good));
    bool sent = send_text(incident, 200, json_type, text_bytes(&text));
    text_finish(&text);
    return sent;
}

/* ---- answers that come piece by piece ---- */

struct piecemeal {
    struct incident incident;
    struct text text;
    bool rested;
};

static void free_piecemeal(void *argument)
{
    struct piecemeal *piecemeal = argument;
    text_finish(&piecemeal->text);
    free(piecemeal);
}

static bool send_piecemeal(const struct incident *incident, MHD_ContentReaderCallback reader)
{
    struct piecemeal *piecemeal = memory_create(1, sizeof *piecemeal);
    piecemeal->incident = *incident;
    text_append(&piecemeal->text, text_bytes(incident->good));
    return send_response(
        incident, 200, json_type,
        MHD_create_response_from_callback(piecemeal->text.length, 4096, reader, piecemeal, free_piecemeal));
}

static ssize_t read_slowly(void *argument, uint64_t position, char *buffer, size_t max)
{
    struct piecemeal *slow = argument;
    if (max == 0)
        return 0;
    if (!slow->rested) {
        slow->rested = true;
        bool parked = parking_take(slow->incident.parking, slow->incident.connection, SLOW_MS);
        return parked ? 0 : MHD_CONTENT_READER_END_WITH_ERROR;
    }
    slow->rested = false;
    buffer[0] = slow->text.bytes[position];
    return 1;
}

static bool answer_slow(const struct incident *incident)
{
    return send_piecemeal(incident, read_slowly);
}

/* Half of what Content-Length promises. */
static ssize_t read_half(void *argument, uint64_t position, char *buffer, size_t max)
{
    const struct piecemeal *cut = argument;
    uint64_t half = cut->text.length / 2;
    if (position >= half)
        return MHD_CONTENT_READER_END_WITH_ERROR;
    size_t length = half - position < max ? (size_t)(half - position) : max;
    memcpy(buffer, cut->text.bytes + position, length);
    return (ssize_t)length;
}

static bool answer_cut(const struct incident *incident)
{
    return send_piecemeal(incident, read_half);
}

/* One array of zeros, made as it is sent. */
static ssize_t read_zeros(void *argument, uint64_t position, char *buffer, size_t max)
{
    (void)argument;
    for (size_t i = 0; i < max; i++)
        buffer[i] = (position + i) % 2 ? '0' : ',';
    if (position == 0)
        buffer[0] = '[';
    if (position + max >= HUGE_BYTES)
        buffer[HUGE_BYTES - 1 - position] = ']';
    return (ssize_t)max;
}

static bool answer_huge(const struct incident *incident)
{
    return send_response(incident, 200, json_type,
                         MHD_create_response_from_callback(HUGE_BYTES, 65536, read_zeros, NULL, NULL));
}

/* ---- which there are ---- */

static const struct {
    const char *name;
    bool (*answer)(const struct incident *incident);
} faults[] = {
    {"500", answer_500},   {"404", answer_404},   {"slow", answer_slow}, {"hang", answer_hang},
    {"html", answer_html}, {"huge", answer_huge}, {"cut", answer_cut},   {"null", answer_null},
};
enum { FAULT_COUNT = sizeof faults / sizeof *faults };

bool fault_exists(const char *name)
{
    for (int i = 0; i < FAULT_COUNT; i++)
        if (text_equal(faults[i].name, name))
            return true;
    return false;
}

void fault_names(struct text *out)
{
    for (int i = 0; i < FAULT_COUNT; i++)
        text_append_format(out, "%s, ", faults[i].name);
    text_append(out, "frozen");
}

bool fault_answer(const char *name, struct MHD_Connection *connection, struct parking *parking,
                  const struct text *good)
{
    struct incident incident = {.connection = connection, .parking = parking, .good = good};
    for (int i = 0; i < FAULT_COUNT; i++)
        if (text_equal(faults[i].name, name))
            return faults[i].answer(&incident);
    return false;
}
