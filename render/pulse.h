#ifndef RENDER_PULSE_H
#define RENDER_PULSE_H

/*
 * The one thing on the wall that moves: when a tile turns critical, its outline swells and shrinks five times
 * in five seconds, so that an eye at the side of a room is drawn to it once. Nothing else of the tile
 * changes, nothing blinks.
 */

#include <stdint.h>

#include "model/snapshot.h"

enum { PULSE_MS = 5000, PULSE_STEP_MS = 100 };

/* How far the outline has swollen at this moment, 0 (not at all) to 1. */
double pulse_share(const struct snapshot_tile *tile, int64_t now_wall_ms);

/* In how long it is another share; INT64_MAX: the tile is at rest. */
int64_t pulse_next_in_ms(const struct snapshot_tile *tile, int64_t now_wall_ms);

#endif
