#ifndef RENDER_SIGNATURE_H
#define RENDER_SIGNATURE_H

/*
 * Tells in 64 bits whether something is as it was. Fed field by field, never with the raw bytes of a
 * struct, whose padding is random. Not for anything that an attacker could gain from.
 */

#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum { SIGNATURE_START = 1 };

static inline uint64_t signature_add(uint64_t signature, uint64_t word)
{
    signature = (signature ^ word) * 0x9e3779b97f4a7c15u;
    return signature ^ signature >> 32;
}

/* All NaNs are one, and so are both zeros: they look the same. */
static inline uint64_t signature_add_number(uint64_t signature, double number)
{
    uint64_t word = 0x7ff8dead00000000u;
    if (number == number) {
        number += 0.0;
        memcpy(&word, &number, sizeof word);
    }
    return signature_add(signature, word);
}

static inline uint64_t signature_add_bytes(uint64_t signature, const void *bytes, size_t length)
{
    const char *from = bytes;
    uint64_t word[4];
    for (; length >= sizeof word; length -= sizeof word, from += sizeof word) {
        memcpy(word, from, sizeof word); /* different factors, so that no two can change places */
        signature =
            signature_add(signature, (word[0] + word[1] * 0xc2b2ae3d27d4eb4fu) ^
                                         (word[2] * 0x165667b19e3779f9u + word[3] * 0x27d4eb2f165667c5u));
    }
    for (; length >= sizeof *word; length -= sizeof *word, from += sizeof *word) {
        memcpy(word, from, sizeof *word);
        signature = signature_add(signature, *word);
    }
    *word = length; /* "a" then "b" is not "ab" */
    for (; length > 0; length--)
        *word = *word << 8 | (unsigned char)*from++;
    return signature_add(signature, *word);
}

static inline uint64_t signature_add_text(uint64_t signature, const char *text)
{
    return text ? signature_add_bytes(signature, text, strlen(text)) : signature_add(signature, 0xffu);
}

#endif
