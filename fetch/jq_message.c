#include "fetch/jq_message.h"

#include <string.h>

static const char *earlier(const char *a, const char *b)
{
    if (!a || !b)
        return a ? a : b;
    return a < b ? a : b;
}

/* The first value that is shown behind its type; NULL: there is none. */
static const char *first_value(const char *message)
{
    static const char *const types[] = {"string (", "number (", "object (", "array (", NULL};
    const char *first = NULL;
    for (size_t i = 0; types[i]; i++) {
        const char *found = strstr(message, types[i]);
        first = earlier(first, found ? found + strlen(types[i]) : NULL);
    }
    return first;
}

/* From the first value to the last bracket: a value may hold brackets itself. */
static void append_without_shown(const char *message, struct text *out)
{
    const char *value = first_value(message), *end = strrchr(message, ')');
    if (!value) {
        text_append(out, message);
        return;
    }
    text_append_bytes(out, message, (size_t)(value - message));
    text_append(out, "…");
    text_append(out, end && end > value ? end : ")");
}

/* strptime(): date "2026" does not match format "%H" */
static bool append_without_date(const char *message, struct text *out)
{
    static const char begin[] = "date \"", behind[] = "\" does not match";
    const char *last = NULL;
    for (const char *found = message; (found = strstr(found, behind)); found++)
        last = found;
    if (!last || strncmp(message, begin, strlen(begin)) != 0)
        return false;
    text_append_format(out, "%s…%s", begin, last);
    return true;
}

void jq_message_without_values(const char *message, struct text *out)
{
    const char *parsed = strstr(message, " (while parsing '"); /* fromjson, tonumber */
    if (parsed)
        text_append_bytes(out, message, (size_t)(parsed - message));
    else if (!append_without_date(message, out))
        append_without_shown(message, out);
}
