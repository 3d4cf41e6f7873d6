#ifndef APP_REHEARSAL_H
#define APP_REHEARSAL_H

/*
 * The hours before the start, for a board that shows the simulated contact centre: they are
 * simulated again, so that its curves begin where those of a wall that ran all day would. Values are left to
 * the first answer.
 */

#include "app/config.h"
#include "base/now.h"

/* Does nothing for a source that is not the simulator. */
void rehearsal_fill_series(struct board *board, const struct config *config, struct now now);

#endif
