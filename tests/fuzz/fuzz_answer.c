/*
 * Any bytes as what a vendor or a filter answered. What our reader takes for JSON, cJSON must take too; what
 * becomes samples keeps to every limit; what the mapper process says is whole, unfinished or nonsense.
 * tests/fuzz/answer.sh builds and runs it.
 */
#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/json_reader.h"
#include "fetch/document.h"
#include "fetch/frame.h"
#include "fetch/response.h"

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

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *bytes = malloc(size ? size : 1);
    memcpy(bytes, data, size);
    look_at_response(bytes, size);
    look_at_document(bytes, size);
    look_at_reply(bytes, size);
    free(bytes);
    return 0;
}
