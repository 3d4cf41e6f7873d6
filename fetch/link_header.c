#include "fetch/link_header.h"

#include <string.h>
#include <strings.h>

static const char *skip_blanks(const char *at)
{
    return at + strspn(at, " \t");
}

/* Whether "next" is one of the words, which blanks part. */
static bool has_next(const char *words, size_t length)
{
    const char *end = words + length;
    while (words < end) {
        size_t word = strcspn(words, " \t");
        if (word > (size_t)(end - words))
            word = (size_t)(end - words);
        if (word == strlen("next") && strncasecmp(words, "next", word) == 0)
            return true;
        words += word + 1;
    }
    return false;
}

/* A parameter's value in quotes or bare; gives where it ends. */
static const char *read_value(const char *at, const char **value, size_t *length)
{
    bool quoted = *at == '"';
    *value = at + quoted;
    *length = strcspn(*value, quoted ? "\"" : ";, \t");
    const char *end = *value + *length;
    return quoted && *end ? end + 1 : end;
}

/* Reads "; name=value" as often as it comes; gives where the link ends. */
static const char *read_parameters(const char *at, bool *is_next)
{
    for (at = skip_blanks(at); *at == ';'; at = skip_blanks(at)) {
        const char *name = skip_blanks(at + 1), *value = "";
        size_t name_length = strcspn(name, "=;, \t"), length = 0;
        at = skip_blanks(name + name_length);
        if (*at == '=')
            at = read_value(skip_blanks(at + 1), &value, &length);
        if (name_length == strlen("rel") && strncasecmp(name, "rel", name_length) == 0)
            *is_next = has_next(value, length);
    }
    return at;
}

bool link_header_next(const char *header, struct text *url)
{
    const char *at = strchr(header, '<');
    while (at) {
        const char *from = at + 1, *to = strchr(from, '>');
        bool is_next = false;
        if (!to)
            return false;
        at = strchr(read_parameters(to + 1, &is_next), '<');
        if (!is_next)
            continue;
        text_append_bytes(url, from, (size_t)(to - from));
        return true;
    }
    return false;
}
