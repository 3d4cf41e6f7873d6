#ifndef APP_HISTORY_PATH_H
#define APP_HISTORY_PATH_H

/*
 * Where a board's history lies: the board's `history: {path}`; else, named after the board file, in the
 * service's own folder ($STATE_DIRECTORY, from systemd's StateDirectory=); else, named after the file and
 * marked by its whole path, in $XDG_STATE_HOME/vigie or ~/.local/state/vigie.
 */

#include "app/config.h"
#include "base/text.h"

/* Appends it to `path`. False: there is neither of them and no home. */
bool history_path(const struct config *config, struct text *path);

#endif
