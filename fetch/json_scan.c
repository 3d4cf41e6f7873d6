#include "fetch/json_scan.h"

#include <string.h>

#include "base/json.h"

struct reader {
    const char *start, *at, *end;
    int depth;
    struct json_scan *scan;
    struct error *error;
};

static bool read_value(struct reader *reader);

static bool fault(struct reader *reader, const char *what)
{
    int line = 1;
    for (const char *c = reader->start; c < reader->at; c++)
        if (*c == '\n')
            line++;
    error_set(reader->error, "line %d, byte %zu: %s", line, (size_t)(reader->at - reader->start) + 1,
              reader->at == reader->end ? "the JSON text stops in the middle" : what);
    return false;
}

static void skip_blanks(struct reader *reader)
{
    while (reader->at < reader->end &&
           (*reader->at == ' ' || *reader->at == '\n' || *reader->at == '\r' || *reader->at == '\t'))
        reader->at++;
}

/* Whether the next character is `wanted`; then it is behind us. */
static bool take(struct reader *reader, char wanted)
{
    if (reader->at == reader->end || *reader->at != wanted)
        return false;
    reader->at++;
    return true;
}

static bool read_word(struct reader *reader, const char *word)
{
    for (; *word; word++)
        if (!take(reader, *word))
            return fault(reader, "not JSON");
    return true;
}

static bool is_digit(const struct reader *reader)
{
    return reader->at < reader->end && *reader->at >= '0' && *reader->at <= '9';
}

static bool read_digits(struct reader *reader)
{
    if (!is_digit(reader))
        return fault(reader, "not a JSON number");
    while (is_digit(reader))
        reader->at++;
    return true;
}

static bool read_number(struct reader *reader)
{
    take(reader, '-');
    if (!take(reader, '0') && !read_digits(reader))
        return false;
    if (take(reader, '.') && !read_digits(reader))
        return false;
    if (!take(reader, 'e') && !take(reader, 'E'))
        return true;
    if (!take(reader, '+'))
        take(reader, '-');
    return read_digits(reader);
}

static int hex_digit(char c)
{
    const char *digits = "0123456789abcdef0123456789ABCDEF";
    const char *found = c ? strchr(digits, c) : NULL;
    return found ? (int)(found - digits) % 16 : -1;
}

static bool read_code_unit(struct reader *reader)
{
    int unit = 0;
    for (int i = 0; i < 4; i++, reader->at++) {
        int digit = reader->at < reader->end ? hex_digit(*reader->at) : -1;
        if (digit < 0)
            return fault(reader, "\\u needs four hexadecimal digits");
        unit = unit * 16 + digit;
    }
    if (unit == 0)
        reader->scan->has_nul = true;
    return true;
}

static bool read_escape(struct reader *reader)
{
    if (take(reader, 'u'))
        return read_code_unit(reader);
    if (reader->at == reader->end || !*reader->at || !strchr("\"\\/bfnrt", *reader->at))
        return fault(reader, "unknown escape in a text");
    reader->at++;
    return true;
}

static bool read_text(struct reader *reader)
{
    if (!take(reader, '"'))
        return fault(reader, "a text in double quotes is due here");
    while (!take(reader, '"')) {
        if (reader->at == reader->end || (unsigned char)*reader->at < 0x20)
            return fault(reader, "control character in a text");
        if (*reader->at++ == '\\' && !read_escape(reader))
            return false;
    }
    return true;
}

static bool read_member(struct reader *reader)
{
    skip_blanks(reader);
    if (!read_text(reader))
        return false;
    skip_blanks(reader);
    if (!take(reader, ':'))
        return fault(reader, "a colon is due here");
    return read_value(reader);
}

/* Members of an object or items of an array, behind the opening bracket. */
static bool read_items(struct reader *reader, bool (*read_item)(struct reader *), char closing)
{
    if (++reader->depth > JSON_MAX_DEPTH) {
        error_set(reader->error, "nested deeper than %d levels", JSON_MAX_DEPTH);
        return false;
    }
    skip_blanks(reader);
    bool closed = take(reader, closing);
    while (!closed) {
        if (!read_item(reader))
            return false;
        skip_blanks(reader);
        closed = take(reader, closing);
        if (!closed && !take(reader, ','))
            return fault(reader, "a comma or a closing bracket is due here");
    }
    reader->depth--;
    return true;
}

/* Recursive, but never deeper than JSON_MAX_DEPTH. */
static bool read_value(struct reader *reader)
{
    skip_blanks(reader);
    reader->scan->values++;
    if (take(reader, '{'))
        return read_items(reader, read_member, '}');
    if (take(reader, '['))
        return read_items(reader, read_value, ']');
    if (reader->at == reader->end)
        return fault(reader, "");
    switch (*reader->at) {
    case '"':
        return read_text(reader);
    case 't':
        return read_word(reader, "true");
    case 'f':
        return read_word(reader, "false");
    case 'n':
        return read_word(reader, "null");
    default:
        return read_number(reader);
    }
}

bool json_scan(const char *bytes, size_t length, struct json_scan *scan, struct error *error)
{
    *scan = (struct json_scan){0};
    struct reader reader = {.start = bytes, .at = bytes, .end = bytes + length, .scan = scan, .error = error};
    if (!read_value(&reader))
        return false;
    skip_blanks(&reader);
    if (reader.at != reader.end)
        return fault(&reader, "text after the JSON value");
    return true;
}
