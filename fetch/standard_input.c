#include "fetch/standard_input.h"

#include <errno.h>
#include <poll.h>
#include <unistd.h>

enum {
    MOST_READS = 16, /* in a row: other sources have their turn too */
    READ_BYTES = 65536
};

static void note_fault(struct standard_input *input, enum source_problem problem, const char *words)
{
    input->fault = (struct fault){.problem = problem};
    error_set(&input->fault.detail, "standard input: %s", words);
}

static void take_documents(struct standard_input *input, int64_t now_ms)
{
    struct text document = {0};
    enum stream_news news;
    bool had_rest = document_stream_has_rest(&input->stream);
    while ((news = document_stream_take(&input->stream, &document)) != STREAM_UNFINISHED) {
        had_rest = false;
        text_finish(&input->newest);
        input->fault = (struct fault){0};
        if (news == STREAM_TOO_LONG)
            note_fault(input, SOURCE_DOCUMENT, "a document is too long; write shorter ones");
        input->newest = document;
        document = (struct text){0};
    }
    if (!had_rest)
        input->rest_since_ms = now_ms;
}

/* A document that does not become whole is given up, so that the next one is heard. */
static void give_up_rest(struct standard_input *input, int64_t now_ms)
{
    if (now_ms < standard_input_deadline_ms(input))
        return;
    document_stream_skip(&input->stream);
    note_fault(input, SOURCE_NOT_JSON, "a document began and did not end; each must be whole JSON");
}

/* False: nothing is there. */
static bool read_some(struct standard_input *input)
{
    char part[READ_BYTES];
    struct pollfd fd = {.fd = STDIN_FILENO, .events = POLLIN};
    if (input->ended || poll(&fd, 1, 0) <= 0)
        return false;
    ssize_t got = read(STDIN_FILENO, part, sizeof part);
    if (got > 0)
        document_stream_add(&input->stream, part, (size_t)got);
    else
        input->ended = got == 0 || (errno != EINTR && errno != EAGAIN);
    return got > 0;
}

void standard_input_read(struct standard_input *input, int64_t now_ms)
{
    for (int i = 0; i < MOST_READS && read_some(input); i++)
        take_documents(input, now_ms);
    give_up_rest(input, now_ms);
}

bool standard_input_heard(const struct standard_input *input)
{
    return input->newest.length || input->fault.problem || (input->ended && !input->end_told);
}

void standard_input_take(struct standard_input *input, struct text *document, struct fault *fault)
{
    *fault = (struct fault){0};
    if (input->newest.length) {
        *document = input->newest;
        input->newest = (struct text){0};
        return;
    }
    if (!input->fault.problem) {
        input->end_told = true;
        note_fault(input, SOURCE_FILE, "whoever writes there has ended; start vigie again with it");
    }
    *fault = input->fault;
    input->fault = (struct fault){0};
}

int64_t standard_input_deadline_ms(const struct standard_input *input)
{
    return document_stream_has_rest(&input->stream) ? input->rest_since_ms + input->timeout_ms : INT64_MAX;
}

void standard_input_finish(struct standard_input *input)
{
    document_stream_finish(&input->stream);
    text_finish(&input->newest);
}
