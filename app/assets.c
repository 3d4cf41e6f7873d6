#include "app/assets.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PATH_BYTES = 4096 };

const char *assets_program_path(void)
{
    static char path[PATH_BYTES];
    const char *elsewhere = getenv("VIGIE_PROGRAM"); /* a test program is not the mapper */
    if (elsewhere)
        return elsewhere;
    if (!path[0]) {
        ssize_t length = readlink("/proc/self/exe", path, sizeof path - 1);
        path[length > 0 ? length : 0] = '\0';
    }
    return path;
}

/* The folder `assets` beside the program, if it is there. */
static const char *beside_program(void)
{
    static char path[PATH_BYTES];
    const char *program = assets_program_path();
    const char *slash = strrchr(program, '/');
    if (!slash)
        return NULL;
    int length = snprintf(path, sizeof path, "%.*s/assets", (int)(slash - program), program);
    if (length < 0 || (size_t)length >= sizeof path || access(path, R_OK) != 0)
        return NULL;
    return path;
}

const char *assets_path(void)
{
    static const char *found;
    if (!found)
        found = getenv("VIGIE_ASSETS");
    if (!found)
        found = beside_program();
    if (!found)
        found = "/usr/share/vigie";
    return found;
}
