#include "base/text.h"

#include <ctype.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

static void reserve(struct text *text, size_t more)
{
    size_t needed = text->length + more + 1;
    if (needed <= text->capacity)
        return;
    size_t capacity = text->capacity ? text->capacity : 64;
    while (capacity < needed)
        capacity *= 2;
    text->bytes = memory_resize(text->bytes, capacity, 1);
    text->capacity = capacity;
}

void text_append_bytes(struct text *text, const char *bytes, size_t length)
{
    reserve(text, length);
    if (length)
        memcpy(text->bytes + text->length, bytes, length);
    text->length += length;
    text->bytes[text->length] = '\0';
}

void text_append(struct text *text, const char *what)
{
    text_append_bytes(text, what, strlen(what));
}

void text_append_format(struct text *text, const char *format, ...)
{
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (length > 0) {
        reserve(text, (size_t)length);
        vsnprintf(text->bytes + text->length, (size_t)length + 1, format, again);
        text->length += (size_t)length;
    }
    va_end(again);
}

void text_append_filled(struct text *text, const char *frame, const char *const *values, size_t count)
{
    static const char PLACE[] = "{}";
    for (size_t i = 0; i < count; i++) {
        const char *place = strstr(frame, PLACE);
        if (!place)
            break;
        text_append_bytes(text, frame, (size_t)(place - frame));
        text_append(text, values[i]);
        frame = place + strlen(PLACE);
    }
    text_append(text, frame);
}

void text_append_percent_encoded(struct text *text, const char *what)
{
    for (; *what; what++)
        if (isalnum((unsigned char)*what) || strchr("-._~", *what))
            text_append_bytes(text, what, 1);
        else
            text_append_format(text, "%%%02X", (unsigned)(unsigned char)*what);
}

int text_hex_digit(char c)
{
    const char *digits = "0123456789abcdef0123456789ABCDEF";
    const char *found = c ? strchr(digits, c) : NULL;
    return found ? (int)(found - digits) % 16 : -1;
}

void text_finish(struct text *text)
{
    free(text->bytes);
    *text = (struct text){0};
}

const char *text_bytes(const struct text *text)
{
    return text->bytes ? text->bytes : "";
}

/* FNV-1a */
uint64_t text_hash(uint64_t hash, const char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ (unsigned char)bytes[i]) * 1099511628211U;
    return hash;
}

bool text_equal(const char *a, const char *b)
{
    return a == b || (a && b && *a == *b && strcmp(a, b) == 0);
}

int text_index(const char *text, const char *const *names, size_t count)
{
    for (size_t i = 0; text && i < count; i++)
        if (text_equal(names[i], text))
            return (int)i;
    return -1;
}

bool text_starts_with(const char *text, const char *prefix)
{
    return strncmp(text, prefix, strlen(prefix)) == 0;
}

bool text_ends_with(const char *text, const char *suffix)
{
    size_t length = strlen(text), tail = strlen(suffix);
    return length >= tail && strcmp(text + length - tail, suffix) == 0;
}

static bool read_all(struct text *text, FILE *file, size_t max_bytes)
{
    char part[16384];
    size_t got;
    while ((got = fread(part, 1, sizeof part, file)) > 0) {
        if (text->length + got > max_bytes) {
            errno = EFBIG;
            return false;
        }
        text_append_bytes(text, part, got);
    }
    return !ferror(file);
}

bool text_read_file(struct text *text, const char *path, size_t max_bytes)
{
    FILE *file = fopen(path, "rbe");
    if (!file)
        return false;
    errno = 0;
    bool read = read_all(text, file, max_bytes);
    int why = errno;
    fclose(file);
    errno = why;
    return read;
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Levenshtein's distance in which two letters swapped ("gird") are one slip, as they are for the hand. Words
 * of ours are short: three rows on the stack are enough. */
static size_t edit_distance(const char *a, const char *b)
{
    enum { LONGEST = 64 };
    size_t a_length = strlen(a), b_length = strlen(b);
    if (a_length >= LONGEST || b_length >= LONGEST)
        return LONGEST;
    size_t rows[3][LONGEST];
    for (size_t j = 0; j <= b_length; j++)
        rows[0][j] = j;
    for (size_t i = 1; i <= a_length; i++) {
        size_t *row = rows[i % 3], *above = rows[(i + 2) % 3], *above_that = rows[(i + 1) % 3];
        row[0] = i;
        for (size_t j = 1; j <= b_length; j++) {
            row[j] = least(above[j - 1] + (a[i - 1] != b[j - 1]), least(above[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = least(row[j], above_that[j - 2] + 1);
        }
    }
    return rows[a_length % 3][b_length];
}

const char *text_nearest(const char *word, const char *const *names)
{
    const char *nearest = NULL;
    size_t best = strlen(word) / 3 + 2;
    for (; *names; names++) {
        size_t distance = edit_distance(word, *names);
        if (distance < best) {
            best = distance;
            nearest = *names;
        }
    }
    return nearest;
}
