#ifndef MODEL_WITHHOLDING_H
#define MODEL_WITHHOLDING_H

/*
 * Which of a board's figures are not shown because too few people stand behind them (P03, P04), and
 * which alerts may not name their queue (P15); the rules themselves are model/privacy.h.
 *
 * A group's size is what `agents_logged_in` says for the tile's own scope. A team whose size nobody
 * tells is not shown; a queue or a whole site of unknown size is, or a source that does not count
 * people would darken the wall. What is withheld never becomes a value: neither the curve, nor the
 * alert machine, nor the snapshot gets to know it.
 */

#include "model/board_parts.h"

/* Once per change of the set of figures: where the sizes of groups come from. */
void withholding_bind(struct board *board);

/* Gives each tile and each key result its verdict on groups; hides at once what must no longer be seen. */
void withholding_update(struct board *board, struct now now);

/* The same for what came for one tile: a survey of staff with too few answers has no value either. */
void withholding_apply(struct board_tile *tile, struct outcome *outcome);

/* The verdict on a tile that is not the board's own (a part of one, made to be looked at once). What is bound
 * lives in the arena. */
enum withheld withholding_of(struct board *board, struct arena *arena, struct board_tile *tile);

#endif
