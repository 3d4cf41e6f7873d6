#ifndef APP_NOTICE_H
#define APP_NOTICE_H

/*
 * The notice that a manager prints and hangs beside the wall: what is
 * shown and where it comes from, what for, how long it is kept, whom to ask, the right to object. Made of the
 * board as it is; what the board does not say is marked as left to fill in.
 */

#include "app/config.h"
#include "base/text.h"

void notice_write(struct text *out, const struct config *config, enum language language);

#endif
