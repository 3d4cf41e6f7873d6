#include "app/history_path.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static bool given(const char *variable)
{
    return variable && variable[0] == '/'; /* a relative one is invalid, says the XDG specification */
}

static bool append_home(struct text *path)
{
    const char *state = getenv("XDG_STATE_HOME"), *home = getenv("HOME");
    if (given(state))
        text_append_format(path, "%s/vigie", state);
    else if (given(home))
        text_append_format(path, "%s/.local/state/vigie", home);
    else
        return false;
    return true;
}

/* "/etc/vigie/board.yaml" is "/board". */
static void append_name(struct text *path, const char *board)
{
    const char *slash = strrchr(board, '/');
    const char *name = slash ? slash + 1 : board;
    const char *dot = strrchr(name, '.');
    text_append(path, "/");
    text_append_bytes(path, name, dot && dot > name ? (size_t)(dot - name) : strlen(name));
}

/* Each folder may have its board.yaml: without a mark one would be shown the other's past. */
static void append_mark(struct text *path, const char *board)
{
    char *whole = realpath(board, NULL);
    const char *marked = whole ? whole : board;
    uint64_t hash = text_hash(TEXT_HASH_BEGIN, marked, strlen(marked));
    text_append_format(path, "-%08" PRIx32, (uint32_t)(hash ^ hash >> 32));
    free(whole);
}

bool history_path(const struct config *config, struct text *path)
{
    const char *service = getenv("STATE_DIRECTORY");
    if (config->history_path) {
        text_append(path, config->history_path);
        return true;
    }
    if (given(service)) { /* several folders, where the unit names several, have colons between them */
        text_append_bytes(path, service, strcspn(service, ":"));
        append_name(path, config->path);
    } else if (append_home(path)) {
        append_name(path, config->path);
        append_mark(path, config->path);
    } else {
        return false;
    }
    text_append(path, ".db");
    return true;
}
