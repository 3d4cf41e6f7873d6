#ifndef FETCH_DOCUMENT_STREAM_H
#define FETCH_DOCUMENT_STREAM_H

/*
 * One JSON document after the other out of a stream of bytes, with or without line ends between.
 *
 * Only brackets and texts are looked at, to find where a document ends; whether it is right is looked at
 * by whoever takes it. A line that begins with neither { nor [ is given as a document too: it is wrong, and
 * somebody should hear of it.
 */

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

/* Zeroed is empty, but for the maximum. Given to document_stream_finish(). */
struct document_stream {
    size_t max_bytes; /* of one document */
    struct text bytes;
    size_t looked_at;
    int depth;
    bool in_text, escaped, skipping; /* skipping: until the next line */
};

void document_stream_add(struct document_stream *stream, const char *bytes, size_t length);

enum stream_news { STREAM_DOCUMENT, STREAM_UNFINISHED, STREAM_TOO_LONG };

/* Takes the next whole document into an empty text. One that is too long is dropped up to the end of its
 * line. */
enum stream_news document_stream_take(struct document_stream *stream, struct text *document);

/* Whether the beginning of a document is there. */
bool document_stream_has_rest(const struct document_stream *stream);

/* Drops what is there and what comes up to the next line end. */
void document_stream_skip(struct document_stream *stream);

void document_stream_finish(struct document_stream *stream);

#endif
