#ifndef APP_CHRONICLE_H
#define APP_CHRONICLE_H

/*
 * Between the board and its history, on the data thread: notes every minute what the tiles show, and every
 * alert; gives the board back what is read from the disk. Never waits for the disk.
 */

#include <stdbool.h>
#include <stdint.h>

#include "base/now.h"
#include "history/history.h"
#include "model/board.h"

struct chronicle;

/*
 * Of the board's tiles. Borrows the settings; the board is given to each call. `history` has only its path,
 * keep_days, commit_every_ms, wall_shift_ms and handler set: that is called when a tick would give the board
 * something back. Without a path nothing is kept, but the week's alerts are counted. A board that `goes_on`
 * from one before knows its lights better than the disk.
 */
struct chronicle *chronicle_create(const struct board_settings *settings,
                                   const struct history_settings *history, struct board *board, bool goes_on,
                                   struct now now);

/* Hands over the minute that has not ended, and ends the history. */
void chronicle_destroy(struct chronicle *chronicle);

/* After each tick of the board. True: the board was given something back, the screen wants to know. */
bool chronicle_tick(struct chronicle *chronicle, struct board *board, bool clock_wrong, struct now now);

/*
 * Once gives the board what a file remembers, and writes nothing: for a picture. False: the error says why
 * the file cannot be read.
 */
bool chronicle_recall(const struct board_settings *settings, const char *path, struct board *board,
                      struct now now, struct error *error);

/* A huddle was held. */
void chronicle_huddle(struct chronicle *chronicle, struct now now);

/* The last huddle that the history knows of, once it is read back; 0: none. */
int64_t chronicle_last_huddle(const struct chronicle *chronicle);

#endif
