#ifndef APP_NOTES_WATCH_H
#define APP_NOTES_WATCH_H

/*
 * Reads the files of actions and verbatims anew when they change, on the data thread. One that is refused is
 * logged once, and what was read before stays on the wall.
 */

#include <stdbool.h>

#include "app/config.h"

struct board;
struct notes_watch;

struct notes_watch *notes_watch_create(const struct config *config);
void notes_watch_destroy(struct notes_watch *watch);

/* Once a second or so; one stat() a file. True: the board has something new. */
bool notes_watch_look(struct notes_watch *watch, struct board *board);

#endif
