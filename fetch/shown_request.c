#include "fetch/shown_request.h"

#include <string.h>

#include "base/utf8.h"

enum { MOST_BODY_BYTES = 4000 };

static void append_header(struct text *out, const char *line)
{
    size_t name = strcspn(line, ":;");
    if (line[name] == ':' && line[name + 1] == '\0')
        return; /* one that libcurl is to leave out */
    if (request_sounds_secret(line, name))
        text_append_format(out, "%.*s: ***\n", (int)name, line);
    else
        text_append_format(out, "%s\n", line);
}

/* "Authorization: Basic ***": the kind helps, the rest is nobody's business. */
static void append_sign_in(struct text *out, const char *line)
{
    size_t name = strcspn(line, ":"), kind = strlen(line);
    if (text_starts_with(line, "Authorization: "))
        kind = name + 2 + strcspn(line + name + 2, " ");
    text_append_format(out, "%.*s ***\n", (int)(kind < strlen(line) ? kind : name + 1), line);
}

/* From one quote to behind the next that counts. */
static size_t quoted_length(const char *at)
{
    size_t length = 1;
    while (at[length] && at[length] != '"')
        length += at[length] == '\\' && at[length + 1] ? 2 : 1;
    return length + (at[length] == '"');
}

/* What follows a member's name up to its value; 0: the text before was a value itself. */
static size_t gap_length(const char *at)
{
    size_t length = strspn(at, " \t\r\n");
    if (at[length] != ':')
        return 0;
    length++;
    return length + strspn(at + length, " \t\r\n");
}

/* Layout and all else stay as they were: people compare it with the vendor's documentation. */
static void append_masked_json(struct text *out, const char *at)
{
    while (*at) {
        size_t plain = strcspn(at, "\"");
        text_append_bytes(out, at, plain);
        at += plain;
        size_t quoted = *at ? quoted_length(at) : 0, gap = gap_length(at + quoted);
        text_append_bytes(out, at, quoted + gap);
        bool secret = gap && request_sounds_secret(at, quoted);
        at += quoted + gap;
        size_t value = *at == '"' ? quoted_length(at) : strcspn(at, ",]} \r\n");
        if (secret && *at != '{' && *at != '[') {
            text_append(out, "\"***\"");
            at += value;
        }
    }
}

static void append_body(struct text *out, const struct request *request)
{
    const char *body = text_bytes(&request->body);
    const char *first = body + strspn(body, " \t\r\n");
    text_append(out, "\n");
    if (*first == '{' || *first == '[')
        append_masked_json(out, body);
    else
        request_mask_form(body, out);
    text_append(out, "\n");
}

/* Cut only after all is masked: half a secret would not be found. */
static void append_shortened(struct text *out, const struct text *whole)
{
    size_t length = utf8_cut(text_bytes(whole), MOST_BODY_BYTES);
    if (whole->length <= MOST_BODY_BYTES)
        length = whole->length;
    text_append_bytes(out, text_bytes(whole), length);
    if (length < whole->length)
        text_append(out, "…\n");
}

void shown_request_write(const struct request *request, const struct credentials *credentials,
                         struct text *out)
{
    struct text whole = {0};
    text_append_format(&whole, "%s ", request->post ? "POST" : "GET");
    request_mask_url(text_bytes(&request->url), &whole);
    if (credentials->parameter.length)
        text_append_format(&whole, "%s%.*s=***", strchr(text_bytes(&request->url), '?') ? "&" : "?",
                           (int)strcspn(credentials->parameter.bytes, "="), credentials->parameter.bytes);
    text_append(&whole, "\n");
    for (size_t i = 0; i < request->header_count; i++)
        append_header(&whole, text_bytes(&request->header_lines[i]));
    if (credentials->header_line.length)
        append_sign_in(&whole, credentials->header_line.bytes);
    if (credentials->sigv4.length)
        text_append(&whole, "Authorization: AWS4-HMAC-SHA256 ***\n");
    if (request->body.length)
        append_body(&whole, request);
    credentials_mask(credentials, &whole);
    append_shortened(out, &whole);
    text_finish(&whole);
}
