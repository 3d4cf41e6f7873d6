#include "base/json_reader.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "base/utf8.h"

static bool fault(struct json_reader *reader, const char *what)
{
    int line = 1;
    for (const char *c = reader->start; c < reader->at; c++)
        if (*c == '\n')
            line++;
    if (!reader->failed)
        error_set(reader->error, "line %d, byte %zu: %s", line, (size_t)(reader->at - reader->start) + 1,
                  reader->at == reader->end ? "the JSON text stops in the middle" : what);
    reader->failed = true;
    return false;
}

static void skip_blanks(struct json_reader *reader)
{
    while (reader->at < reader->end &&
           (*reader->at == ' ' || *reader->at == '\n' || *reader->at == '\r' || *reader->at == '\t'))
        reader->at++;
}

/* Whether the next character is `wanted`; then it is behind us. */
static bool take(struct json_reader *reader, char wanted)
{
    if (reader->at == reader->end || *reader->at != wanted)
        return false;
    reader->at++;
    return true;
}

void json_reader_init(struct json_reader *reader, const char *bytes, size_t length, struct error *error)
{
    *reader = (struct json_reader){.start = bytes, .at = bytes, .end = bytes + length, .error = error};
}

bool json_reader_end(struct json_reader *reader)
{
    skip_blanks(reader);
    if (!reader->failed && reader->at != reader->end)
        fault(reader, "text after the JSON value");
    return !reader->failed;
}

void json_reader_finish(struct json_reader *reader)
{
    text_finish(&reader->unescaped);
}

char json_reader_next(struct json_reader *reader)
{
    skip_blanks(reader);
    return reader->failed || reader->at == reader->end ? '\0' : *reader->at;
}

/* ---- objects and arrays ---- */

bool json_reader_open(struct json_reader *reader, char bracket)
{
    skip_blanks(reader);
    if (reader->failed || !take(reader, bracket))
        return fault(reader, bracket == '{' ? "an object is due here" : "an array is due here");
    if (reader->depth == JSON_MAX_DEPTH) {
        error_set(reader->error, "nested deeper than %d levels", JSON_MAX_DEPTH);
        reader->failed = true;
        return false;
    }
    reader->depth++;
    reader->at_first = true;
    return true;
}

/* Whether there is more before the closing bracket. */
static bool another(struct json_reader *reader, char closing)
{
    bool at_first = reader->at_first;
    skip_blanks(reader);
    reader->at_first = false;
    if (reader->failed)
        return false;
    if (take(reader, closing)) {
        reader->depth--;
        return false;
    }
    if (!at_first && !take(reader, ','))
        return fault(reader, "a comma or a closing bracket is due here");
    skip_blanks(reader);
    return true;
}

bool json_reader_item(struct json_reader *reader)
{
    return another(reader, ']');
}

/* ---- texts ---- */

#define EVERY_BYTE(value) (UINT64_C(0x0101010101010101) * (value))

/* Not 0 if one of the eight bytes is 0 (exactly the lowest such byte counts, which is enough). */
static uint64_t zero_bytes(uint64_t word)
{
    return (word - EVERY_BYTE(0x01)) & ~word & EVERY_BYTE(0x80);
}

/* Behind the bytes that stand for themselves: no quote, no backslash, no control character. Eight at a time:
 * nearly all of an answer is texts. */
static const char *behind_plain(const char *at, const char *end)
{
    uint64_t word;
    for (; end - at >= (ptrdiff_t)sizeof word; at += sizeof word) {
        memcpy(&word, at, sizeof word);
        uint64_t control = (word - EVERY_BYTE(0x20)) & ~word & EVERY_BYTE(0x80);
        if (control | zero_bytes(word ^ EVERY_BYTE('"')) | zero_bytes(word ^ EVERY_BYTE('\\')))
            break;
    }
    while (at < end && (unsigned char)*at >= 0x20 && *at != '"' && *at != '\\')
        at++;
    return at;
}

/* The four digits of a \u escape. */
static bool read_code_unit(struct json_reader *reader, uint32_t *unit)
{
    *unit = 0;
    for (int i = 0; i < 4; i++, reader->at++) {
        int digit = reader->at < reader->end ? text_hex_digit(*reader->at) : -1;
        if (digit < 0)
            return fault(reader, "\\u needs four hexadecimal digits");
        *unit = *unit * 16 + (uint32_t)digit;
    }
    return true;
}

/* The character of a \u escape, of two if they make a surrogate pair. */
static bool read_code_point(struct json_reader *reader, uint32_t *code_point)
{
    uint32_t low;
    if (!read_code_unit(reader, code_point))
        return false;
    if (*code_point == 0)
        return fault(reader, "a text contains U+0000");
    if (*code_point < 0xD800 || *code_point > 0xDFFF)
        return true;
    if (*code_point > 0xDBFF || !take(reader, '\\') || !take(reader, 'u'))
        return fault(reader, "half of a surrogate pair");
    if (!read_code_unit(reader, &low))
        return false;
    if (low < 0xDC00 || low > 0xDFFF)
        return fault(reader, "half of a surrogate pair");
    *code_point = 0x10000 + ((*code_point - 0xD800) << 10) + (low - 0xDC00);
    return true;
}

/* Behind a backslash. `into` NULL: nobody wants it. */
static bool read_escape(struct json_reader *reader, struct text *into)
{
    static const char letters[] = "\"\\/bfnrt", meanings[] = "\"\\/\b\f\n\r\t";
    uint32_t code_point = 0;
    char bytes[4];
    if (take(reader, 'u')) {
        if (!(into ? read_code_point(reader, &code_point) : read_code_unit(reader, &code_point)))
            return false;
        if (into)
            text_append_bytes(into, bytes, utf8_encode(code_point, bytes));
        return true;
    }
    const char *letter = reader->at < reader->end && *reader->at ? strchr(letters, *reader->at) : NULL;
    if (!letter)
        return fault(reader, "unknown escape in a text");
    reader->at++;
    if (into)
        text_append_bytes(into, meanings + (letter - letters), 1);
    return true;
}

/* The rest of a text from its first escape on, up to and with the quote. */
static bool read_escaped(struct json_reader *reader, struct text *into)
{
    while (!take(reader, '"')) {
        const char *from = reader->at;
        reader->at = behind_plain(from, reader->end);
        if (into)
            text_append_bytes(into, from, (size_t)(reader->at - from));
        if (reader->at == reader->end || (unsigned char)*reader->at < 0x20)
            return fault(reader, "control character in a text");
        if (take(reader, '\\') && !read_escape(reader, into))
            return false;
    }
    return true;
}

static bool read_text(struct json_reader *reader, struct json_piece *text)
{
    if (reader->failed || !take(reader, '"'))
        return fault(reader, "a text in double quotes is due here");
    const char *from = reader->at;
    reader->at = behind_plain(from, reader->end);
    if (text)
        *text = (struct json_piece){from, (size_t)(reader->at - from)};
    if (take(reader, '"'))
        return true;
    if (!text)
        return read_escaped(reader, NULL);
    reader->unescaped.length = 0;
    text_append_bytes(&reader->unescaped, text->bytes, text->length);
    if (!read_escaped(reader, &reader->unescaped))
        return false;
    *text = (struct json_piece){reader->unescaped.bytes, reader->unescaped.length};
    return true;
}

bool json_reader_text(struct json_reader *reader, struct json_piece *text)
{
    skip_blanks(reader);
    return read_text(reader, text);
}

bool json_reader_key(struct json_reader *reader, struct json_piece *key)
{
    if (!another(reader, '}') || !read_text(reader, key))
        return false;
    skip_blanks(reader);
    return take(reader, ':') || fault(reader, "a colon is due here");
}

/* ---- numbers ---- */

static bool skip_digits(struct json_reader *reader)
{
    const char *from = reader->at;
    while (reader->at < reader->end && *reader->at >= '0' && *reader->at <= '9')
        reader->at++;
    return reader->at > from || fault(reader, "not a JSON number");
}

static bool skip_number(struct json_reader *reader)
{
    bool begun = take(reader, '-') || (reader->at < reader->end && *reader->at >= '0' && *reader->at <= '9');
    if (!begun)
        return fault(reader, "a JSON value cannot begin so");
    if (!take(reader, '0') && !skip_digits(reader))
        return false;
    if (take(reader, '.') && !skip_digits(reader))
        return false;
    if (!take(reader, 'e') && !take(reader, 'E'))
        return true;
    if (!take(reader, '+'))
        take(reader, '-');
    return skip_digits(reader);
}

/* Counts are most of what comes; false: it is no short whole number. */
static bool read_whole(struct json_piece digits, double *number)
{
    enum { MOST_DIGITS = 15 }; /* a double holds them all */
    int64_t value = 0;
    if (digits.length > MOST_DIGITS)
        return false;
    for (size_t i = 0; i < digits.length; i++) {
        if (digits.bytes[i] < '0' || digits.bytes[i] > '9')
            return false;
        value = value * 10 + (digits.bytes[i] - '0');
    }
    *number = (double)value;
    return true;
}

bool json_reader_number(struct json_reader *reader, double *number)
{
    skip_blanks(reader);
    const char *from = reader->at;
    if (reader->failed || !skip_number(reader))
        return false;
    struct json_piece digits = {from, (size_t)(reader->at - from)};
    if (read_whole(digits, number))
        return true;
    struct text copy = {0}; /* strtod() wants a NUL */
    text_append_bytes(&copy, digits.bytes, digits.length);
    *number = strtod(text_bytes(&copy), NULL);
    text_finish(&copy);
    return true;
}

/* ---- anything ---- */

static bool skip_word(struct json_reader *reader, const char *word)
{
    for (; *word; word++)
        if (!take(reader, *word))
            return fault(reader, "not JSON");
    return true;
}

static bool skip_object(struct json_reader *reader)
{
    if (!json_reader_open(reader, '{'))
        return false;
    while (json_reader_key(reader, NULL))
        if (!json_reader_skip(reader))
            return false;
    return !reader->failed;
}

static bool skip_array(struct json_reader *reader)
{
    if (!json_reader_open(reader, '['))
        return false;
    while (json_reader_item(reader))
        if (!json_reader_skip(reader))
            return false;
    return !reader->failed;
}

/* Recursive, but never deeper than JSON_MAX_DEPTH. */
bool json_reader_skip(struct json_reader *reader)
{
    switch (json_reader_next(reader)) {
    case '{':
        return skip_object(reader);
    case '[':
        return skip_array(reader);
    case '"':
        return read_text(reader, NULL);
    case 't':
        return skip_word(reader, "true");
    case 'f':
        return skip_word(reader, "false");
    case 'n':
        return skip_word(reader, "null");
    default:
        return !reader->failed && skip_number(reader);
    }
}

bool json_check(const char *bytes, size_t length, struct error *error)
{
    struct json_reader reader;
    json_reader_init(&reader, bytes, length, error);
    return json_reader_skip(&reader) && json_reader_end(&reader);
}
