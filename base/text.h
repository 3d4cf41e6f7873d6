#ifndef BASE_TEXT_H
#define BASE_TEXT_H

/*
 * A text that grows, and small questions about texts.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Zeroed is empty. `bytes` ends with a NUL as soon as anything was appended; owned by the struct. */
struct text {
    char *bytes;
    size_t length, capacity;
};

void text_append(struct text *text, const char *what);
void text_append_bytes(struct text *text, const char *bytes, size_t length);
void text_append_format(struct text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Appends `frame` with the values in its places "{}", in their order. A place without a value stays as it is;
 * a value without a place is left out. */
void text_append_filled(struct text *text, const char *frame, const char *const *values, size_t count);

/* Appends with everything percent-encoded but what RFC 3986 calls unreserved: right in a URL and in a form.
 */
void text_append_percent_encoded(struct text *text, const char *what);

/* 0 to 15; -1: it is none. */
int text_hex_digit(char c);

void text_finish(struct text *text); /* frees; the struct is empty again */

/* What was written so far, never NULL. Valid until the next append. */
const char *text_bytes(const struct text *text);

/* A hash that goes on from another, the first from TEXT_HASH_BEGIN. For tables and for "is it the same as
 * last time", not against anyone who wants two texts to be alike. */
#define TEXT_HASH_BEGIN 14695981039346656037U
uint64_t text_hash(uint64_t hash, const char *bytes, size_t length);

/* Equal; NULL equals only NULL. */
bool text_equal(const char *a, const char *b);

/* Which of the names (NULL: none of that number) it is; -1: it is none of them. */
int text_index(const char *text, const char *const *names, size_t count);

bool text_starts_with(const char *text, const char *prefix);
bool text_ends_with(const char *text, const char *suffix);

/* Reads a whole file of at most `max_bytes` into `text`. False: errno says why, EFBIG where it is too large.
 */
bool text_read_file(struct text *text, const char *path, size_t max_bytes);

/* Which of `names` (ended by NULL) is nearest to `word` by edit distance; NULL where none is near enough to
 * help. */
const char *text_nearest(const char *word, const char *const *names);

#endif
