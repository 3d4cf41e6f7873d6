#ifndef APP_BOARD_FILE_H
#define APP_BOARD_FILE_H

/* A board file as the commands want it: usable, or its problems printed. */

#include <stdio.h>

#include "app/config.h"

/* Prints every problem, a line each. */
void board_file_tell(const struct config *config, FILE *to);

/*
 * Reads the board, prints every problem on standard error and sets the site's time zone: before any
 * thread is started. NULL where the board has an error. The caller owns it.
 */
struct config *board_file_read(const char *path);

/* Reads the board and prints every problem; always gives a config, `usable` or not. Leaves the time zone
 * alone.
 */
struct config *board_file_look(const char *path);

#endif
