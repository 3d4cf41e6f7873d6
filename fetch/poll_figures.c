#include "fetch/poll.h"

#include <math.h>

#include "base/clock.h"
#include "fetch/document.h"
#include "fetch/filter_file.h"

/*
 * Whether the server may say 304 from now on. Not where a document tells no time of its own: it is as
 * fresh as the whole answer that brings it, and a 304 brings none. Not where the filter
 * reckons with the time either.
 */
static void note_validators(struct poll *poll, const struct sample_document *document)
{
    bool alone = poll->settings->place == PLACE_SERVER && poll->settings->paging.kind == PAGING_NONE &&
                 !poll->request.post;
    validators_finish(&poll->validators);
    if (alone && poll->timeless && !isnan(document->at_s))
        transfer_take_validators(poll->transfer, &poll->validators);
}

static void take_document(struct poll *poll, struct sample_document *document)
{
    note_validators(poll, document);
    if (isnan(document->at_s))
        document->at_s = poll->written_s;
    poll->mapped = poll->asked;
    poll->read = poll->stamp;
    poll->result.document = document;
    poll_end_well(poll, FETCH_DOCUMENT);
}

static void take_mapped(void *context, bool mapped, const struct text *output, const struct error *error)
{
    struct poll *poll = context;
    struct fault fault = {.problem = SOURCE_FILTER};
    poll->result.map_ms = clock_monotonic_ms() - poll->mapping_since_ms;
    if (!mapped) {
        fault.detail = *error;
        poll_end_badly(poll, &fault, 0);
        return;
    }
    struct sample_document *document = document_parse(
        text_bytes(output), output->length, poll->shared->catalogue, poll->arrival_s, &fault.detail);
    if (!document) {
        fault.problem = SOURCE_DOCUMENT;
        poll_end_badly(poll, &fault, 0);
        return;
    }
    take_document(poll, document);
    sample_document_destroy(document);
}

/* The filter as it is now: an edited one makes other figures of the same answer. */
void poll_look_at_filter(struct poll *poll)
{
    struct text *program = &poll->program;
    if (!poll->settings->filter_path)
        return;
    poll->timeless = filter_file_read(poll->settings->filter_path, program, &poll->program_error) &&
                     !filter_looks_at_time(text_bytes(program));
    poll->asked =
        (struct fingerprint){.filter_bytes = program->length,
                             .filter = text_hash(TEXT_HASH_BEGIN, text_bytes(program), program->length)};
    if (poll->asked.filter != poll->mapped.filter || poll->asked.filter_bytes != poll->mapped.filter_bytes)
        poll_forget_last_document(poll);
}

/* Whether mapping this answer would give the figures that the last one gave. */
static bool is_repetition(struct poll *poll, const struct text *answer)
{
    poll->asked.answer_bytes = answer->length;
    poll->asked.answer = text_hash(TEXT_HASH_BEGIN, text_bytes(answer), answer->length);
    return poll->timeless && poll->settings->place == PLACE_SERVER &&
           poll->asked.answer_bytes == poll->mapped.answer_bytes && poll->asked.answer == poll->mapped.answer;
}

static void submit_answer(struct poll *poll, struct text *answer)
{
    const struct mapper_job job = {.filter_name = poll->settings->filter_path,
                                   .filter = text_bytes(&poll->program),
                                   .cfg_json = poll->settings->cfg_json,
                                   .now_s = poll->arrival_s};
    poll->state = POLL_MAPPING;
    poll->mapping_since_ms = clock_monotonic_ms();
    mapper_submit(poll->shared->mapper, &job, answer, take_mapped, poll);
}

void poll_map(struct poll *poll, struct text *answer)
{
    if (!poll->settings->filter_path) {
        poll->result.answer = answer;
        poll_end_well(poll, FETCH_ANSWER);
    } else if (!poll->program.length) {
        struct fault fault = {.problem = SOURCE_FILTER, .detail = poll->program_error};
        poll_end_badly(poll, &fault, 0);
    } else if (is_repetition(poll, answer)) {
        poll_end_well(poll, FETCH_REPEATED);
    } else {
        submit_answer(poll, answer);
    }
}
