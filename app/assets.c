#include "app/assets.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PATH_BYTES = 4096 };

static const char *program_path(void)
{
    static char path[PATH_BYTES];
    const char *elsewhere = getenv("VIGIE_PROGRAM"); /* a test program is not vigie */
    if (elsewhere)
        return elsewhere;
    if (!path[0]) {
        ssize_t length = readlink("/proc/self/exe", path, sizeof path - 1);
        path[length > 0 ? length : 0] = '\0';
    }
    return path;
}

/* A file or folder beside the program, if it can be used so; NULL if not. `path` has PATH_BYTES. */
static const char *beside_program(const char *name, int use, char *path)
{
    const char *program = program_path();
    const char *slash = strrchr(program, '/');
    if (!slash)
        return NULL;
    int length = snprintf(path, PATH_BYTES, "%.*s/%s", (int)(slash - program), program, name);
    return length > 0 && length < PATH_BYTES && access(path, use) == 0 ? path : NULL;
}

const char *assets_path(void)
{
    static char beside[PATH_BYTES];
    static const char *found;
    if (!found)
        found = getenv("VIGIE_ASSETS");
    if (!found)
        found = beside_program("assets", R_OK, beside);
    if (!found)
        found = "/usr/share/vigie";
    return found;
}

const char *assets_mapper_path(void)
{
    static char beside[PATH_BYTES];
    static const char *found;
    if (!found)
        found = beside_program("vigie-mapper", X_OK, beside);
    if (!found)
        found = "/usr/lib/vigie/vigie-mapper";
    return found;
}
