#include "base/utf8.h"

#include <string.h>

/* Length of the sequence at `bytes` (at most `left`), 0 if it is not well-formed (Unicode, table 3-7). */
static size_t sequence_length(const unsigned char *bytes, size_t left)
{
    unsigned char first = bytes[0];
    if (first < 0x80)
        return 1;
    if (first < 0xC2 || first > 0xF4)
        return 0;
    size_t length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    if (left < length)
        return 0;
    unsigned char low = 0x80, high = 0xBF;
    if (first == 0xE0)
        low = 0xA0;
    else if (first == 0xED)
        high = 0x9F;
    else if (first == 0xF0)
        low = 0x90;
    else if (first == 0xF4)
        high = 0x8F;
    if (bytes[1] < low || bytes[1] > high)
        return 0;
    for (size_t i = 2; i < length; i++)
        if (bytes[i] < 0x80 || bytes[i] > 0xBF)
            return 0;
    return length;
}

/* Behind the ASCII that begins at `at`, eight bytes at a time; what is left over is left to others. */
static size_t skip_ascii(const char *bytes, size_t at, size_t length)
{
    uint64_t word;
    for (; length - at >= sizeof word; at += sizeof word) {
        memcpy(&word, bytes + at, sizeof word);
        if (word & UINT64_C(0x8080808080808080))
            break;
    }
    return at;
}

bool utf8_valid(const char *bytes, size_t length, size_t *fault)
{
    size_t at = 0;
    while ((at = skip_ascii(bytes, at, length)) < length) {
        size_t step = sequence_length((const unsigned char *)bytes + at, length - at);
        if (step == 0) {
            if (fault)
                *fault = at;
            return false;
        }
        at += step;
    }
    return true;
}

uint32_t utf8_next(const char **text)
{
    const unsigned char *bytes = (const unsigned char *)*text;
    if (bytes[0] == 0)
        return 0;
    size_t length = sequence_length(bytes, strnlen(*text, 4));
    if (length == 0) {
        *text += 1;
        return 0xFFFD;
    }
    *text += length;
    if (length == 1)
        return bytes[0];
    uint32_t code_point = bytes[0] & (0xFFU >> (length + 1));
    for (size_t i = 1; i < length; i++)
        code_point = code_point << 6 | (bytes[i] & 0x3F);
    return code_point;
}

size_t utf8_cut(const char *text, size_t limit)
{
    size_t at = 0;
    while (at < limit && text[at]) {
        size_t step = sequence_length((const unsigned char *)text + at, strnlen(text + at, 4));
        if (step == 0)
            step = 1;
        if (at + step > limit)
            break;
        at += step;
    }
    return at;
}

size_t utf8_length(const char *text)
{
    size_t count = 0;
    while (utf8_next(&text))
        count++;
    return count;
}

size_t utf8_encode(uint32_t code_point, char bytes[4])
{
    if (code_point < 0x80) {
        bytes[0] = (char)code_point;
        return 1;
    }
    if (code_point < 0x800) {
        bytes[0] = (char)(0xC0 | code_point >> 6);
        bytes[1] = (char)(0x80 | (code_point & 0x3F));
        return 2;
    }
    if (code_point < 0x10000) {
        bytes[0] = (char)(0xE0 | code_point >> 12);
        bytes[1] = (char)(0x80 | (code_point >> 6 & 0x3F));
        bytes[2] = (char)(0x80 | (code_point & 0x3F));
        return 3;
    }
    bytes[0] = (char)(0xF0 | code_point >> 18);
    bytes[1] = (char)(0x80 | (code_point >> 12 & 0x3F));
    bytes[2] = (char)(0x80 | (code_point >> 6 & 0x3F));
    bytes[3] = (char)(0x80 | (code_point & 0x3F));
    return 4;
}
