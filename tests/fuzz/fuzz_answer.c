/*
 * Any bytes as what a vendor or a filter answered. What our reader takes for JSON, cJSON must take too; what
 * becomes samples keeps to every limit; what the mapper process says is whole, unfinished or nonsense. The
 * same bytes are also a login's answer with a token, an answer that nobody knows (probe --url), Windows-1252,
 * what a program writes to standard input, and an error page that repeats a secret. tests/fuzz/answer.sh
 * builds and runs it.
 */
#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "app/scalars.h"
#include "base/json.h"
#include "base/json_reader.h"
#include "base/utf8.h"
#include "fetch/document.h"
#include "fetch/document_stream.h"
#include "fetch/frame.h"
#include "fetch/response.h"
#include "fetch/secret.h"
#include "fetch/token.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void insist(bool right)
{
    if (!right)
        abort();
}

static const struct catalogue *catalogue(void)
{
    static struct catalogue *known;
    static const char *const counters[] = {"offered", "answered", "waiting_now", "agents_available"};
    if (known)
        return known;
    known = catalogue_create();
    for (size_t i = 0; i < sizeof counters / sizeof counters[0]; i++)
        catalogue_add_counter(known, &(struct counter){.name = counters[i]});
    catalogue_add_kpi(known, &(struct kpi){.id = "service_level"});
    return known;
}

/* A copy of exactly this size, so that one byte too far is noticed. */
static void look_at_response(const char *bytes, size_t size)
{
    struct text body = {0}, excerpt = {0};
    struct error error = {""};
    text_append_bytes(&body, bytes, size);
    bool is_json = response_check_json(&body, &error);
    insist(is_json == !*error.text);
    response_excerpt(&body, &excerpt);
    text_finish(&excerpt);
    text_finish(&body);
}

static void look_at_sample(const struct sample *sample)
{
    insist(*sample->id && strlen(sample->id) <= 128);
    insist(isnan(sample->value) || isfinite(sample->value));
    insist(isnan(sample->n) || (isfinite(sample->n) && sample->n >= 0));
    insist(sample->period < PERIOD_SAMPLE_COUNT);
    for (enum dim dim = 0; dim < DIM_COUNT; dim++)
        insist(!sample->dims.value[dim] || *sample->dims.value[dim]);
}

static void look_at_document(const char *bytes, size_t size)
{
    struct error error = {""};
    struct sample_document *document = document_parse(bytes, size, catalogue(), 1795256100, &error);
    insist(!document == !!*error.text);
    if (!document)
        return;
    insist(document->count <= 20000);
    for (size_t i = 0; i < document->count; i++)
        look_at_sample(&document->samples[i]);
    insist(json_check(bytes, size, NULL));
    struct cJSON *tree = json_parse(bytes, size, NULL);
    insist(tree != NULL);
    json_destroy(tree);
    sample_document_destroy(document);
}

static void look_at_reply(const char *bytes, size_t size)
{
    struct text received = {0};
    struct reply_head head;
    text_append_bytes(&received, bytes, size);
    if (frame_read_reply(&received, &head) == FRAME_WHOLE)
        insist(size == sizeof head + head.bytes && head.bytes <= MOST_OUTPUT_BYTES);
    text_finish(&received);
}

static void look_at_windows_1252(const char *bytes, size_t size)
{
    struct text body = {0};
    text_append_bytes(&body, bytes, size);
    response_read_latin1(&body);
    insist(utf8_valid(text_bytes(&body), body.length, NULL));
    text_finish(&body);
}

static void look_at_token(const char *bytes, size_t size)
{
    struct text answer = {0}, refresh = {0}, code = {0};
    struct token token = {0};
    text_append_bytes(&answer, bytes, size);
    bool read = token_read(&token, &refresh, "access_token", &answer, 5000, NULL);
    insist(read == (token.value.length > 0) && !strpbrk(text_bytes(&token.value), " \r\n"));
    insist(!strpbrk(text_bytes(&refresh), " \r\n"));
    insist(!token.ends || token.renew_at_ms >= 6000);
    token_refused_for_good(&answer, &code);
    token_wipe(&token);
    text_finish(&answer);
    text_finish(&refresh);
    text_finish(&code);
}

static void look_at_unknown(const char *bytes, size_t size)
{
    struct cJSON *answer = json_parse(bytes, size, NULL);
    struct scalars scalars = {0};
    if (!answer)
        return;
    scalars_find(&scalars, answer);
    scalars_finish(&scalars);
    json_destroy(answer);
}

/* In two parts, as a pipe may bring it. */
static void look_at_stream(const char *bytes, size_t size)
{
    struct document_stream stream = {.max_bytes = 256};
    struct text document = {0};
    document_stream_add(&stream, bytes, size / 2);
    for (int part = 0; part < 2; part++) {
        for (enum stream_news news; (news = document_stream_take(&stream, &document)) != STREAM_UNFINISHED;) {
            insist(news == STREAM_TOO_LONG || (document.length > 0 && document.length <= stream.max_bytes));
            text_finish(&document);
        }
        if (part == 0)
            document_stream_add(&stream, bytes + size / 2, size - size / 2);
    }
    document_stream_finish(&stream);
}

/* The secret is the beginning of what is repeated: it must be gone from wherever it stands. */
static void look_at_mask(const char *bytes, size_t size)
{
    struct text secret = {0}, page = {0};
    text_append_bytes(&secret, bytes, strnlen(bytes, size < 6 ? size : 6));
    text_append_bytes(&page, bytes, size);
    secret_mask_sign_ins(&page);
    secret_mask(&page, &secret);
    insist(secret.length < 4 || strstr("***", secret.bytes) || strchr(secret.bytes, '*') ||
           !strstr(text_bytes(&page), secret.bytes));
    text_finish(&secret);
    text_finish(&page);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *bytes = malloc(size ? size : 1);
    memcpy(bytes, data, size);
    look_at_response(bytes, size);
    look_at_document(bytes, size);
    look_at_reply(bytes, size);
    look_at_windows_1252(bytes, size);
    look_at_token(bytes, size);
    look_at_unknown(bytes, size);
    look_at_stream(bytes, size);
    look_at_mask(bytes, size);
    free(bytes);
    return 0;
}
