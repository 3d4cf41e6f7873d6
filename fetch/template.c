#include "fetch/template.h"

#include <string.h>

#include "fetch/moment.h"

static void append_encoded(struct text *out, char c)
{
    text_append_format(out, "%%%02X", (unsigned)(unsigned char)c);
}

/* Queries are written by people, with blanks, accents and comparison signs; what is encoded already stays. */
static void append_url_part(struct text *out, const char *part, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if ((unsigned char)part[i] <= 0x20 || (unsigned char)part[i] >= 0x7F ||
            strchr("<>\"|\\^`{}", part[i]))
            append_encoded(out, part[i]);
        else
            text_append_bytes(out, part + i, 1);
}

static bool append_moment(struct text *out, const char *expression, size_t length, enum template_place place,
                          int64_t now_wall_ms, struct error *error)
{
    struct text value = {0};
    bool written = moment_write(&value, expression, length, now_wall_ms, error);
    if (written && place == TEMPLATE_PLAIN)
        text_append(out, text_bytes(&value));
    else if (written)
        text_append_percent_encoded(out, text_bytes(&value));
    text_finish(&value);
    return written;
}

bool template_fill(struct text *out, const char *template, enum template_place place, int64_t now_wall_ms,
                   struct error *error)
{
    for (;;) {
        const char *open = strstr(template, "{{");
        size_t before = open ? (size_t)(open - template) : strlen(template);
        if (place == TEMPLATE_URL)
            append_url_part(out, template, before);
        else
            text_append_bytes(out, template, before);
        if (!open)
            return true;
        const char *close = strstr(open, "}}");
        if (!close) {
            error_set(error, "\"%.40s\": the placeholder is not closed with }}", open);
            return false;
        }
        if (!append_moment(out, open + 2, (size_t)(close - open - 2), place, now_wall_ms, error))
            return false;
        template = close + 2;
    }
}
