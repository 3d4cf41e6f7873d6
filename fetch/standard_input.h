#ifndef FETCH_STANDARD_INPUT_H
#define FETCH_STANDARD_INPUT_H

/*
 * Documents that a program writes to our standard input, one after the other.
 *
 * The newest counts: a document is the whole truth of its source, so older ones that nobody took are not
 * worth mapping. What is no document, never ends or is too long is a fault; so is the end of it all, once.
 */

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"
#include "fetch/document_stream.h"
#include "fetch/fault.h"

/* Zeroed is "nothing yet", but for the first two. Given to standard_input_finish(). */
struct standard_input {
    int64_t timeout_ms; /* in this time a document that began must be whole */
    struct document_stream stream;
    int64_t rest_since_ms; /* when the one that is not whole yet began */
    bool ended, end_told;
    struct text newest; /* whole, and not taken yet */
    struct fault fault; /* of what came; no problem: none */
};

/* Reads what is there and never waits. */
void standard_input_read(struct standard_input *input, int64_t now_ms);

/* Whether there is something to take. */
bool standard_input_heard(const struct standard_input *input);

/* Takes the newest document into an empty text; without one, what is wrong. */
void standard_input_take(struct standard_input *input, struct text *document, struct fault *fault);

/* When to read again at the latest though nothing more comes. */
int64_t standard_input_deadline_ms(const struct standard_input *input);

void standard_input_finish(struct standard_input *input);

#endif
