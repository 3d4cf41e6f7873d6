#ifndef APP_STILL_H
#define APP_STILL_H

/*
 * The board as it is in the states that stand in for the wall, without asking anybody: for pictures of them.
 */

#include "app/config.h"
#include "base/now.h"
#include "model/snapshot.h"
#include "render/stage.h"

/* Of STARTING, NO_NETWORK and CLOSED; the caller owns it. */
struct snapshot *still_snapshot(const struct config *config, enum stage_screen screen, struct now now);

#endif
