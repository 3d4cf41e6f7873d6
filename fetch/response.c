#include "fetch/response.h"

#include <string.h>

#include "base/json_reader.h"
#include "base/utf8.h"

enum { EXCERPT_CHARACTERS = 200 };

bool response_add(struct response *response, const char *bytes, size_t length)
{
    if (length > response->max_bytes - response->body.length) {
        response->too_large = true;
        return false;
    }
    text_append_bytes(&response->body, bytes, length);
    return true;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static size_t leading_blanks(const struct text *body)
{
    size_t count = 0;
    while (count < body->length && is_blank(body->bytes[count]))
        count++;
    return count;
}

bool response_is_empty(const struct text *body)
{
    return leading_blanks(body) == body->length;
}

static void drop_byte_order_mark(struct text *body)
{
    if (body->length < 3 || memcmp(body->bytes, "\xEF\xBB\xBF", 3) != 0)
        return;
    body->length -= 3;
    memmove(body->bytes, body->bytes + 3, body->length + 1);
}

/* What Windows-1252 has where Latin-1 has control characters; 0: nothing. */
static const uint32_t windows_1252[32] = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178,
};

static uint32_t from_windows_1252(unsigned char byte)
{
    if (byte < 0x80 || byte >= 0xA0)
        return byte;
    return windows_1252[byte - 0x80] ? windows_1252[byte - 0x80] : 0xFFFD;
}

void response_read_latin1(struct text *body)
{
    struct text converted = {0};
    char bytes[4];
    if (utf8_valid(text_bytes(body), body->length, NULL))
        return;
    for (size_t i = 0; i < body->length; i++)
        text_append_bytes(&converted, bytes,
                          utf8_encode(from_windows_1252((unsigned char)body->bytes[i]), bytes));
    text_finish(body);
    *body = converted;
}

bool response_check_json(struct text *body, struct error *error)
{
    size_t fault;
    drop_byte_order_mark(body);
    if (text_bytes(body)[leading_blanks(body)] == '<') {
        error_set(error, "HTML instead of JSON: a login page or a proxy?");
        return false;
    }
    if (!utf8_valid(text_bytes(body), body->length, &fault)) {
        error_set(error,
                  "not UTF-8 (byte %zu); the server must send its JSON in UTF-8, or latin1_ok: true reads it "
                  "as Windows-1252",
                  fault + 1);
        return false;
    }
    return json_check(text_bytes(body), body->length, error);
}

/* Where the text of an HTML page goes on after a tag. */
static const char *after_tag(const char *at)
{
    static const char *const silent[][2] = {{"<style", "</style"}, {"<script", "</script"}, {"<!--", "-->"}};
    for (size_t i = 0; i < sizeof silent / sizeof *silent; i++) {
        const char *end =
            strncasecmp(at, silent[i][0], strlen(silent[i][0])) == 0 ? strcasestr(at, silent[i][1]) : NULL;
        at = end ? end : at;
    }
    at += strcspn(at, ">");
    return *at ? at + 1 : at;
}

/* Control characters, line breaks and the tags of a page become blanks, several blanks one; bytes that are
 * not UTF-8 become '?'. */
void response_excerpt(const struct text *body, struct text *excerpt)
{
    const char *at = text_bytes(body) + leading_blanks(body);
    bool is_page = *at == '<', blank = is_page;
    for (int count = 0; count < EXCERPT_CHARACTERS; count++) {
        const char *from = at;
        bool is_tag = is_page && *at == '<';
        uint32_t c = is_tag ? ' ' : utf8_next(&at);
        if (is_tag)
            at = after_tag(at);
        if (c == 0)
            break;
        bool is_control = c <= 0x20 || (c >= 0x7F && c <= 0x9F);
        if (is_control && blank)
            continue;
        blank = is_control;
        if (is_control)
            text_append(excerpt, " ");
        else if (c == 0xFFFD)
            text_append(excerpt, "?");
        else
            text_append_bytes(excerpt, from, (size_t)(at - from));
    }
    while (excerpt->length > 0 && excerpt->bytes[excerpt->length - 1] == ' ')
        excerpt->bytes[--excerpt->length] = '\0';
}
