#ifndef FETCH_FRAME_H
#define FETCH_FRAME_H

/*
 * What the data thread and the mapper process say to each other: frames of a length and as many
 * bytes. Both ends are the same program, so numbers travel as they lie in memory.
 *
 * A job: job_head, then the four texts. A reply: reply_head, then the document or the error.
 */

#include <stdint.h>

#include "base/text.h"

/* How the process ends when a filter wants more memory than it may have. */
enum { MAPPER_EXIT_MEMORY = 3 };

enum { MOST_OUTPUT_BYTES = 8 << 20, MOST_FILTER_BYTES = 1 << 20 };

struct job_head {
    uint32_t path_bytes, filter_bytes, cfg_bytes, answer_bytes;
    double now_s, today_s;
};

struct reply_head {
    uint32_t mapped; /* 1: a document follows, 0: an error text */
    uint32_t bytes;
};

enum frame_state { FRAME_PARTIAL, FRAME_WHOLE, FRAME_NONSENSE };

/* What the bytes that came so far are. Whole: the head is filled in, `bytes` of content follow it and nothing
 * else. A process that a hostile answer has taken over may say anything: what no process of ours says is
 * nonsense. */
enum frame_state frame_read_reply(const struct text *received, struct reply_head *head);

#endif
