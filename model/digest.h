#ifndef MODEL_DIGEST_H
#define MODEL_DIGEST_H

/*
 * What happened since the last huddle: new reds, what recovered, the longest red, minutes in each
 * state by tile.
 *
 * The board notes every change of what a tile shows, the last ones of each tile. A red that goes
 * stale is still the same red: silence ends nothing. But its minutes count as stale, for nobody
 * knows how they were.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/now.h"
#include "model/snapshot.h"

enum { DIGEST_CHANGES_MAX = 64 };

struct digest_change {
    int64_t at_ms; /* monotonic */
    enum display display;
};

/* The last changes of one tile, plain data; zeroed is empty. */
struct digest_log {
    struct digest_change changes[DIGEST_CHANGES_MAX];
    size_t count, next;
};

/* Notes what the tile shows from now on. */
void digest_note(struct digest_log *log, enum display display, int64_t now_ms);

/* One tile since a moment. */
struct digest_tile {
    const char *id; /* belongs to the board's settings */
    enum display display;
    int64_t in_state_ms[DISPLAY_COUNT];
    size_t reds;            /* times it turned red since the moment */
    int64_t longest_red_ms; /* since the moment, its stale time included */
    bool was_red;           /* at the moment */
    bool recovered;         /* was red, at the moment or since, and is ok */
    bool repeats;           /* a tile before it shows the same figure: it is not counted again */
    int64_t known_since_ms; /* monotonic: later than the moment where the log does not reach so far back */
};

/* The log alone, from `since_ms` (monotonic) to `now_ms`. */
struct digest_tile digest_of(const struct digest_log *log, int64_t since_ms, int64_t now_ms);

struct digest {
    int64_t since_wall_ms, until_wall_ms;
    size_t tile_count;
    const struct digest_tile *tiles; /* as on the board: page by page */
    size_t new_red_count, recovered_count, red_now_count;
    const struct digest_tile *longest; /* the longest red of all; NULL: there was none */
};

struct board;

/* Since so long ago. Lives in the arena; ids belong to the board's settings. */
struct digest *board_digest(struct arena *arena, const struct board *board, int64_t since_ago_ms,
                            struct now now);

#endif
