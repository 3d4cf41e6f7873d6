#ifndef FETCH_REFRESH_FILE_H
#define FETCH_REFRESH_FILE_H

/*
 * Where a refresh token is kept that changes each time it is used.
 *
 * The vendor may have forgotten the old one by the time its answer arrives, so a login hangs on the
 * stretch between answer and rename: all that can be done before is done before (folder writable, file
 * open, room on the disk), and after it there is one write, one fsync, one rename. Beside FILE stand
 *
 *   FILE.lock   held while a renewal runs, so that two processes never use one token twice
 *   FILE.new    the next token; complete if it ends with a line end, and then a crash has only cost the
 *               rename, which the next start makes up for
 *   FILE.prev   the one before, until the one in FILE has been used
 */

#include <stdbool.h>

#include "base/error.h"
#include "base/text.h"

struct refresh_file;

struct refresh_file *refresh_file_create(const char *path);
void refresh_file_destroy(struct refresh_file *file);

enum refresh_state { REFRESH_OURS, REFRESH_BUSY, REFRESH_UNUSABLE };

/*
 * Begins a renewal: takes the lock, makes up for a crash, reads the token into an empty text and makes
 * ready for the next one. REFRESH_BUSY: another process renews, try again soon. REFRESH_UNUSABLE: the error
 * says what to mend; nothing was asked yet, so nothing is lost.
 */
enum refresh_state refresh_file_begin(struct refresh_file *file, struct text *token, struct error *error);

/* The token before the one that was read. False: there is none, or it is the same. */
bool refresh_file_previous(const struct refresh_file *file, struct text *token);

/*
 * After an answer: `used` was sent and `next` is to be sent the next time (the same if the vendor gave no
 * new one). True once `next` is safe on the disk. False: call it again later, the lock stays held.
 */
bool refresh_file_keep(struct refresh_file *file, const struct text *used, const struct text *next,
                       struct error *error);

/* Ends a renewal, whatever came of it. */
void refresh_file_end(struct refresh_file *file);

#endif
