#ifndef TESTS_PLACES_H
#define TESTS_PLACES_H

/* Whether what a table names is there: words in a file, a test in a test file. For tests alone. */

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"

enum { PLACES_MOST_BYTES = 1 << 22 };

static inline bool places_file_has(const char *path, const char *words, const char *after)
{
    struct text file = {0}, sought = {0};
    text_append_format(&sought, "%s%s", words, after);
    bool has =
        text_read_file(&file, path, PLACES_MOST_BYTES) && strstr(text_bytes(&file), text_bytes(&sought));
    text_finish(&sought);
    text_finish(&file);
    return has;
}

/* "tests/test_x.c:a_sentence": the file has such a test and runs it. */
static inline bool places_has_test(const char *place)
{
    char path[256];
    const char *colon = strrchr(place, ':');
    if (!colon)
        return false;
    snprintf(path, sizeof path, "%.*s", (int)(colon - place), place);
    return places_file_has(path, colon + 1, "(void **state)") && places_file_has(path, "(", colon + 1);
}

#endif
