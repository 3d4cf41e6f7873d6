#ifndef MODEL_REVIEW_H
#define MODEL_REVIEW_H

/*
 * What a huddle looks back on: the digest since the last one, and with what day each figure is fairly
 * compared. Plain data; a snapshot carries it when it was asked for.
 */

#include "model/digest.h"
#include "model/snapshot.h"

struct review_tile {
    const char *id;
    struct digest_tile past;
    int64_t comparable_wall_ms; /* the comparable day at the same elapsed time; 0: there is none */
    double comparable;          /* the value then; NaN: not known */
};

struct review {
    int64_t since_wall_ms;
    bool first; /* no huddle was held before: it looks back to the wall's beginning */
    size_t new_red_count, recovered_count, red_now_count;
    size_t tile_count;
    const struct review_tile *tiles; /* as on the board: page by page */
};

/* Since so long ago, when the last huddle was or (`first`) the wall began. Lives in the arena with all that
 * it points to. */
const struct review *review_make(struct arena *arena, const struct board *board, int64_t since_ago_ms,
                                 struct now now, bool first);

#endif
