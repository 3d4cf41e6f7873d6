#ifndef APP_SIDE_FILE_H
#define APP_SIDE_FILE_H

/*
 * A small YAML file beside the board: the list of who is ranked, actions and verbatims. It is kept by other
 * hands than the board's, and has its own limit and its own messages.
 */

#include "base/arena.h"
#include "base/error.h"
#include "base/yaml.h"

enum { SIDE_FILE_MOST_BYTES = 64 * 1024 };

/*
 * Reads the file through the table into `entry`, which lives in the arena. NULL: it cannot be read, and the
 * error says why. Else the reader with the problems found, of which the caller makes what it will; the caller
 * destroys it. A file that is no YAML leaves the entry as it was, with a problem.
 */
struct yaml_reader *side_file_read(struct arena *arena, const char *path, const struct yaml_table *table,
                                   void *entry, struct error *error);

#endif
