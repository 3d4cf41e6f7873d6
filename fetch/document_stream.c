#include "fetch/document_stream.h"

#include <string.h>

void document_stream_add(struct document_stream *stream, const char *bytes, size_t length)
{
    text_append_bytes(&stream->bytes, bytes, length);
}

/* Blanks, and the record separator of RFC 7464. */
static bool is_between(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\x1E';
}

static void drop(struct document_stream *stream, size_t count)
{
    if (!count)
        return;
    stream->bytes.length -= count;
    memmove(stream->bytes.bytes, stream->bytes.bytes + count, stream->bytes.length + 1);
}

static void drop_what_is_between(struct document_stream *stream)
{
    size_t count = 0;
    while (count < stream->bytes.length && is_between(stream->bytes.bytes[count]))
        count++;
    drop(stream, count);
}

/* False: the end of the line that is skipped has not come yet. */
static bool skip_line(struct document_stream *stream)
{
    const char *end = stream->bytes.length ? memchr(stream->bytes.bytes, '\n', stream->bytes.length) : NULL;
    drop(stream, end ? (size_t)(end - stream->bytes.bytes) + 1 : stream->bytes.length);
    stream->skipping = !end;
    return end != NULL;
}

static bool look_at(struct document_stream *stream, char c)
{
    if (stream->escaped)
        stream->escaped = false;
    else if (stream->in_text && c == '\\')
        stream->escaped = true;
    else if (c == '"')
        stream->in_text = !stream->in_text;
    else if (!stream->in_text && (c == '{' || c == '['))
        stream->depth++;
    else if (!stream->in_text && (c == '}' || c == ']'))
        return --stream->depth == 0;
    return false;
}

/* Looks on from where it stopped; true: the document ends before `looked_at`. */
static bool find_end(struct document_stream *stream)
{
    const struct text *bytes = &stream->bytes;
    bool is_json = bytes->bytes[0] == '{' || bytes->bytes[0] == '[';
    while (stream->looked_at < bytes->length) {
        char c = bytes->bytes[stream->looked_at++];
        if (is_json ? look_at(stream, c) : c == '\n')
            return true;
    }
    return false;
}

static void begin_anew(struct document_stream *stream, size_t count)
{
    drop(stream, count);
    stream->looked_at = 0;
    stream->depth = 0;
    stream->in_text = stream->escaped = false;
}

enum stream_news document_stream_take(struct document_stream *stream, struct text *document)
{
    if (stream->skipping && !skip_line(stream))
        return STREAM_UNFINISHED;
    if (!stream->looked_at)
        drop_what_is_between(stream);
    bool ends = stream->bytes.length > 0 && find_end(stream);
    if (stream->looked_at > stream->max_bytes) {
        document_stream_skip(stream);
        return STREAM_TOO_LONG;
    }
    if (!ends)
        return STREAM_UNFINISHED;
    text_append_bytes(document, stream->bytes.bytes, stream->looked_at);
    begin_anew(stream, stream->looked_at);
    return STREAM_DOCUMENT;
}

bool document_stream_has_rest(const struct document_stream *stream)
{
    return stream->looked_at > 0;
}

void document_stream_skip(struct document_stream *stream)
{
    begin_anew(stream, 0);
    stream->skipping = true;
}

void document_stream_finish(struct document_stream *stream)
{
    text_finish(&stream->bytes);
    *stream = (struct document_stream){0};
}
