#ifndef TESTS_PROGRAM_H
#define TESTS_PROGRAM_H

/* The program itself, as somebody at a terminal meets it. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/text.h"

/* Runs `vigie ARGUMENTS`, appends what it says on both its outputs, and gives its exit status. */
static inline int program_say(const char *arguments, struct text *out)
{
    struct text command = {0};
    char line[65536];
    text_append_format(&command, "\"%s\" %s 2>&1", getenv("VIGIE_PROGRAM"), arguments);
    FILE *pipe = popen(text_bytes(&command), "re");
    assert_non_null(pipe);
    while (fgets(line, sizeof line, pipe))
        text_append(out, line);
    text_finish(&command);
    return pclose(pipe) >> 8;
}

#endif
