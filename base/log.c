#include "base/log.h"

#include <stdarg.h>
#include <stdio.h>

/* One write a line, so that lines of two threads never mix. */
static void write_line(const char *importance, const char *format, va_list arguments)
{
    char line[2048];
    vsnprintf(line, sizeof line, format, arguments);
    fprintf(stderr, "vigie: %s: %s\n", importance, line);
}

#define LOG_AT(importance)                                                                                   \
    va_list arguments;                                                                                       \
    va_start(arguments, format);                                                                             \
    write_line(importance, format, arguments);                                                               \
    va_end(arguments)

void log_error(const char *format, ...)
{
    LOG_AT("error");
}

void log_warning(const char *format, ...)
{
    LOG_AT("warning");
}

void log_info(const char *format, ...)
{
    LOG_AT("info");
}
