#ifndef TESTS_PLACES_H
#define TESTS_PLACES_H

/*
 * Where something is answered, as tables of tests say it: several places are separated by ";".
 *
 * A place is a file or folder; `file:test` names a test in it; `file#words` words that it contains;
 * one with "issue 5" in it has no answer yet: that issue brings it. Issues that are done bring no more.
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/text.h"

/* The first issue that is still to come. */
enum { FIRST_OPEN_ISSUE = 5, PLACE_MOST_BYTES = 1 << 22 };

static inline bool file_has(const char *path, const char *words, const char *after)
{
    struct text file = {0}, sought = {0};
    text_append_format(&sought, "%s%s", words, after);
    bool has =
        text_read_file(&file, path, PLACE_MOST_BYTES) && strstr(text_bytes(&file), text_bytes(&sought));
    text_finish(&sought);
    text_finish(&file);
    return has;
}

static inline bool is_still_to_come(const char *issue)
{
    return strtol(issue + strlen("issue "), NULL, 10) >= FIRST_OPEN_ISSUE;
}

static inline bool place_is_there(char *place)
{
    struct stat status;
    const char *issue = strstr(place, "issue ");
    char *words = strchr(place, '#'), *test = words ? NULL : strchr(place, ':');
    if (issue)
        return is_still_to_come(issue);
    if (words)
        *words++ = '\0';
    if (test)
        *test++ = '\0';
    if (stat(place, &status) != 0)
        return false;
    if (test && !(file_has(place, test, "(void **state)") && file_has(place, "(", test)))
        return false; /* a test that nobody runs is none */
    return !words || file_has(place, words, "");
}

static inline void assert_places(const char *table, size_t row, char *places)
{
    for (char *rest = places, *place; (place = strtok_r(NULL, ";", &rest));) {
        place += strspn(place, " ");
        char named[512];
        snprintf(named, sizeof named, "%s", place);
        if (!place_is_there(place))
            fail_msg("%s, row %zu: %s is not there", table, row + 1, named);
    }
}

#endif
