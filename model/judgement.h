#ifndef MODEL_JUDGEMENT_H
#define MODEL_JUDGEMENT_H

/*
 * How a board judges its tiles, beyond what a snapshot shows, and what people do about an alert: for
 * rehearsing thresholds (`vigie replay`) and for the buttons of an admin page.
 */

#include "model/alert_machine.h"
#include "model/board.h"

struct judgement {
    const char *tile; /* id; belongs to the board's settings */
    double value;     /* NaN: none */
    enum display display;
    enum severity severity;
    enum alert_state alert;
    bool unstable;
};

size_t board_tile_count(const struct board *board);

/* Of the tile at `index` (page by page), as of the last call that brought a moment, looked at now. */
struct judgement board_judgement(const struct board *board, size_t index, struct now now);

/* False: there is no tile of this id. */
bool board_acknowledge(struct board *board, const char *tile_id, struct now now);
bool board_shelve(struct board *board, const char *tile_id, int64_t for_ms, struct now now);

/* Every tile at once: the centre closes; it opens, and each tile is as its own hours want it. */
void board_close(struct board *board, struct now now);
void board_open(struct board *board, struct now now);

#endif
