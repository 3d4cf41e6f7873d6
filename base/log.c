#include "base/log.h"

#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>

static _Atomic int level = LOG_INFO;

void log_set_level(enum log_level most_verbose)
{
    atomic_store(&level, (int)most_verbose);
}

/* One write a line, so that lines of two threads never mix. */
static void write_line(enum log_level importance, const char *format, va_list arguments)
{
    static const char *const names[] = {"error", "warning", "info", "debug"};
    if ((int)importance > atomic_load(&level))
        return;
    char line[2048];
    vsnprintf(line, sizeof line, format, arguments);
    fprintf(stderr, "vigie: %s: %s\n", names[importance], line);
}

#define LOG_AT(importance)                                                                                   \
    va_list arguments;                                                                                       \
    va_start(arguments, format);                                                                             \
    write_line(importance, format, arguments);                                                               \
    va_end(arguments)

void log_error(const char *format, ...)
{
    LOG_AT(LOG_ERROR);
}

void log_warning(const char *format, ...)
{
    LOG_AT(LOG_WARNING);
}

void log_info(const char *format, ...)
{
    LOG_AT(LOG_INFO);
}

void log_debug(const char *format, ...)
{
    LOG_AT(LOG_DEBUG);
}
