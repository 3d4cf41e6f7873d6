#ifndef APP_OPT_IN_FILE_H
#define APP_OPT_IN_FILE_H

/*
 * The list of agents who asked to be ranked (P09, P10), in a file of its own beside the board: who leaves
 * takes one line away, and no version of the board remembers it.
 *
 *     participants:
 *       - {agent: "4711", pseudonym: Comète}
 *
 * A message about this file gives a line and a reason, and never repeats what stands there.
 */

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "model/podium.h"

/* False: the error says file, line and reason, and the list is nobody's. It lives in the arena. */
bool opt_in_file_read(struct arena *arena, const char *path, struct podium_list *list, struct error *error);

/* Whether anybody on the machine may read who is who. */
bool opt_in_file_is_open(const char *path);

struct board;
struct opt_in_watch;

/* Reads the file anew when it changes, on the data thread. NULL where the board has none. The path is
 * borrowed. */
struct opt_in_watch *opt_in_watch_create(const char *path, int64_t now_monotonic_ms);
void opt_in_watch_destroy(struct opt_in_watch *watch);

/*
 * Once a second or so. True: the board has another list. One that cannot be read ends the ranking: somebody
 * may just have left it. Why is logged once.
 */
bool opt_in_watch_look(struct opt_in_watch *watch, struct board *board, int64_t now_monotonic_ms);

#endif
