#ifndef BASE_JSON_READER_H
#define BASE_JSON_READER_H

/*
 * JSON from outside, read in one pass, value by value, without building anything: what is large or hostile
 * costs no memory. Strict syntax, nested at most JSON_MAX_DEPTH deep. For what is small, json_parse() is
 * easier.
 *
 *     json_reader_open(&reader, '{');
 *     while (json_reader_key(&reader, &key))
 *         ... read or skip the value ...
 *     bool right = json_reader_end(&reader);
 *     json_reader_finish(&reader);
 *
 * The bytes must be UTF-8, checked before. After a fault the error says where and what, and every function
 * answers false, so that loops end.
 */

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/text.h"

struct json_reader {
    const char *start, *at, *end;
    int depth;
    bool at_first; /* behind an opening bracket */
    bool failed;
    struct text unescaped; /* the last text, if there were escapes in it */
    struct error *error;
};

/* Bytes lent until the next text is read; no NUL behind them. */
struct json_piece {
    const char *bytes;
    size_t length;
};

void json_reader_init(struct json_reader *reader, const char *bytes, size_t length, struct error *error);

/* Whether all was read without a fault and nothing is left. */
bool json_reader_end(struct json_reader *reader);
void json_reader_finish(struct json_reader *reader);

/* The character that the next value begins with: { [ " t f n, anything else a number or a fault. NUL: nothing
 * comes. */
char json_reader_next(struct json_reader *reader);

/* Enters an object '{' or an array '['; then all of it is read with the next two. */
bool json_reader_open(struct json_reader *reader, char bracket);
/* The next member's key (NULL: not wanted); its value is to be read next. False: the object is over. */
bool json_reader_key(struct json_reader *reader, struct json_piece *key);
/* Whether another item is to be read next. False: the array is over. */
bool json_reader_item(struct json_reader *reader);

/* A text without its escapes; U+0000 and half of a surrogate pair are refused. */
bool json_reader_text(struct json_reader *reader, struct json_piece *text);
/* Too large for a double: infinite. */
bool json_reader_number(struct json_reader *reader, double *number);
/* Any value, however large, that nobody wants. Here every \u escape is fine. */
bool json_reader_skip(struct json_reader *reader);

/* Whether the bytes are one JSON value and nothing else. */
bool json_check(const char *bytes, size_t length, struct error *error);

#endif
