#include "fetch/poll.h"

#include <math.h>

#include "base/clock.h"

enum {
    FILE_AGAIN_MS = 250, /* a file that is being written */
    FILE_ATTEMPTS = 5,   /* until it counts as broken */
    FILE_AHEAD_S = 300   /* a file from further in the future says nothing about its figures' time */
};

/* ---- files ---- */

static bool is_mappable(struct poll *poll, struct fault *fault)
{
    if (poll->settings->latin1_ok)
        response_read_latin1(&poll->document);
    *fault = (struct fault){.problem = SOURCE_NOT_JSON};
    return response_check_json(&poll->document, &fault->detail);
}

/* A file that is not JSON may be half written: it is read again before it counts as wrong. */
static void try_file_again(struct poll *poll, struct fault *fault, int64_t now_ms)
{
    text_finish(&poll->document);
    if (++poll->attempts < FILE_ATTEMPTS) {
        poll_wait_until(poll, now_ms + FILE_AGAIN_MS);
        return;
    }
    error_prefix(&fault->detail, "%s", poll->settings->path);
    struct error words = fault->detail;
    error_set(&fault->detail, "%.800s; whoever writes it should write another file beside it and rename that",
              words.text);
    poll_end_badly(poll, fault, 0);
}

static void map_file(struct poll *poll)
{
    double written_s = (double)poll->stamp.written_ns / 1e9;
    poll->arrival_s = (double)clock_now().wall_ms / 1000;
    poll->written_s = written_s <= poll->arrival_s + FILE_AHEAD_S ? written_s : NAN;
    poll->result.body_bytes = poll->document.length;
    poll_map(poll, &poll->document);
}

void poll_file_go_on(struct poll *poll, int64_t now_ms)
{
    struct fault fault = {.problem = SOURCE_NOT_JSON};
    switch (local_file_read(poll->settings->path, poll->settings->max_bytes, &poll->read, &poll->document,
                            &poll->stamp, &fault)) {
    case FILE_AS_BEFORE:
        poll_end_well(poll, FETCH_NO_NEWS);
        break;
    case FILE_NOT_READ:
        poll_end_badly(poll, &fault, 0);
        break;
    case FILE_BEING_WRITTEN:
        error_set(&fault.detail, "the file changes all the time");
        try_file_again(poll, &fault, now_ms);
        break;
    case FILE_WRITTEN:
        if (is_mappable(poll, &fault))
            map_file(poll);
        else
            try_file_again(poll, &fault, now_ms);
        break;
    }
}

void poll_file_begin(struct poll *poll, int64_t now_ms)
{
    text_append_format(&poll->request.line, "file %s", poll->settings->path);
    poll_file_go_on(poll, now_ms);
}

/* ---- standard input ---- */

void poll_stdin_begin(struct poll *poll, int64_t now_ms)
{
    struct fault fault;
    (void)now_ms;
    text_append(&poll->request.line, "standard input");
    standard_input_take(&poll->shared->input, &poll->document, &fault);
    if (fault.problem || !is_mappable(poll, &fault)) {
        poll_end_badly(poll, &fault, 0);
        return;
    }
    poll->arrival_s = (double)clock_now().wall_ms / 1000;
    poll->result.body_bytes = poll->document.length;
    poll_map(poll, &poll->document);
}
