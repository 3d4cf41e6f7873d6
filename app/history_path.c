#include "app/history_path.h"

#include <stdlib.h>
#include <string.h>

static bool given(const char *variable)
{
    return variable && variable[0] == '/'; /* a relative one is invalid, says the XDG specification */
}

/* systemd gives several folders with colons between them where the unit names several. */
static bool append_folder(struct text *path)
{
    const char *service = getenv("STATE_DIRECTORY"), *state = getenv("XDG_STATE_HOME"),
               *home = getenv("HOME");
    if (given(service))
        text_append_bytes(path, service, strcspn(service, ":"));
    else if (given(state))
        text_append_format(path, "%s/vigie", state);
    else if (given(home))
        text_append_format(path, "%s/.local/state/vigie", home);
    else
        return false;
    return true;
}

/* "/etc/vigie/board.yaml" is board.db there. */
static void append_name(struct text *path, const char *board)
{
    const char *slash = strrchr(board, '/');
    const char *name = slash ? slash + 1 : board;
    const char *dot = strrchr(name, '.');
    text_append(path, "/");
    text_append_bytes(path, name, dot && dot > name ? (size_t)(dot - name) : strlen(name));
    text_append(path, ".db");
}

bool history_path(const struct config *config, struct text *path)
{
    if (config->history_path) {
        text_append(path, config->history_path);
        return true;
    }
    if (!append_folder(path))
        return false;
    append_name(path, config->path);
    return true;
}
