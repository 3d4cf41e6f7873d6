#ifndef MODEL_CONTENTS_H
#define MODEL_CONTENTS_H

/* What people wrote, for a snapshot: lists, announcements, countdowns. Everything lives in the arena. */

#include "base/arena.h"
#include "base/now.h"
#include "model/snapshot.h"

struct announcement;
struct board;
struct tile_settings;

/* NULL: the tile has no list. */
const struct snapshot_notes *contents_notes(struct arena *arena, const struct board *board,
                                            const struct tile_settings *settings, struct now now);

/* Those of every list, whether a tile shows it or not; `read` if all could be. NULL: there is no list. */
const struct snapshot_notes *contents_actions(struct arena *arena, const struct board *board, struct now now);

/* NULL: the tile has none. */
const struct snapshot_message *contents_message(struct arena *arena, const struct announcement *announcement);

/* Of a board's banner: those that are not over, the important first, then the newest. */
const struct snapshot_message *contents_messages(struct arena *arena, const struct board *board,
                                                 struct now now, size_t *count);

struct snapshot_countdown contents_countdown(const struct tile_settings *settings, struct now now);

#endif
