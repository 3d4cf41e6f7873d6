#ifndef BASE_UTF8_H
#define BASE_UTF8_H

/*
 * UTF-8, strictly: no overlong forms, no surrogates, nothing above U+10FFFF.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Whether all the bytes are well-formed. On false, *fault (if not NULL) is the offset of the first bad byte.
 */
bool utf8_valid(const char *bytes, size_t length, size_t *fault);

/* The code point at *text, and moves *text behind it. At the end 0; a bad byte gives U+FFFD and moves by one.
 */
uint32_t utf8_next(const char **text);

/* The largest length <= limit at which well-formed text can be cut without splitting a character. */
size_t utf8_cut(const char *text, size_t limit);

/* How many code points a text has. */
size_t utf8_length(const char *text);

/* Writes the code point as 1 to 4 bytes, no terminator; gives how many. */
size_t utf8_encode(uint32_t code_point, char bytes[4]);

#endif
