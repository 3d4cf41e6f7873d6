#ifndef APP_PROBE_SOURCE_H
#define APP_PROBE_SOURCE_H

/* Asks real sources once: those of a board for `vigie probe BOARD`, and one that no board has yet. */

#include <stdbool.h>

#include "base/error.h"
#include "fetch/fetcher.h"

/* Says why on standard error, and gives the exit status. */
int probe_failed(const struct error *error);

/* Prints what came of one source of the board, or of all (`name` NULL), and gives the exit status. */
int probe_board(const char *board, const char *name, bool json);

/* Asks once; the handler is called exactly once if this is true. */
bool probe_ask(const struct source_settings *source, const struct catalogue *catalogue,
               fetch_handler *handler, void *context, struct error *error);

#endif
