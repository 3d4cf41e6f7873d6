#include "fetch/filter_file.h"

#include <ctype.h>
#include <errno.h>
#include <string.h>

#include "base/utf8.h"
#include "fetch/frame.h"

bool filter_file_read(const char *path, struct text *program, struct error *error)
{
    if (!text_read_file(program, path, MOST_FILTER_BYTES)) {
        error_set(error, "%s: the filter cannot be read: %s", path, strerror(errno));
        return false;
    }
    if (!utf8_valid(text_bytes(program), program->length, NULL) ||
        strlen(text_bytes(program)) != program->length) {
        error_set(error, "%s: the filter is not a text in UTF-8", path);
        return false;
    }
    return true;
}

static bool is_word_character(char c)
{
    return isalnum((unsigned char)c) || c == '_';
}

/* "now" in quotes is a window and nothing else, and so is today without $; anything in doubt counts as a look
 * at the time. */
bool filter_looks_at_time(const char *program)
{
    if (strstr(program, "$today"))
        return true;
    for (const char *at = strstr(program, "now"); at; at = strstr(at + 1, "now")) {
        char before = at > program ? at[-1] : ' ', after = at[strlen("now")];
        if (is_word_character(before) || is_word_character(after))
            continue;
        if (before != '"' || after != '"')
            return true;
    }
    return false;
}
