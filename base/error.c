#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

static void fill(struct error *error, const char *format, va_list arguments)
{
    int wanted = vsnprintf(error->text, sizeof error->text, format, arguments);
    if (wanted >= (int)sizeof error->text)
        error->text[utf8_cut(error->text, sizeof error->text - 1)] = '\0';
}

void error_set(struct error *error, const char *format, ...)
{
    if (!error)
        return;
    va_list arguments;
    va_start(arguments, format);
    fill(error, format, arguments);
    va_end(arguments);
}

void error_prefix(struct error *error, const char *format, ...)
{
    if (!error)
        return;
    struct error before = *error;
    va_list arguments;
    va_start(arguments, format);
    fill(error, format, arguments);
    va_end(arguments);
    size_t used = strlen(error->text);
    snprintf(error->text + used, sizeof error->text - used, ": %.*s", (int)(sizeof before.text - 1),
             before.text);
    error->text[utf8_cut(error->text, strlen(error->text))] = '\0';
}
