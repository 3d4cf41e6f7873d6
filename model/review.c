#include "model/review.h"

#include "model/board_parts.h"
#include "model/comparison.h"

/* The figure then is known where a history gave that day back. */
static void compare(const struct board_tile *tile, struct now now, struct review_tile *copy)
{
    copy->comparable = board_comparable_value(tile);
    if (!comparison_moment(tile->hours, now.wall_ms, &copy->comparable_wall_ms))
        copy->comparable_wall_ms = 0;
}

const struct review *review_make(struct arena *arena, const struct board *board, int64_t since_ago_ms,
                                 struct now now, bool first)
{
    const struct digest *digest = board_digest(arena, board, since_ago_ms, now);
    struct review *review = arena_take(arena, 1, sizeof *review);
    struct review_tile *tiles = arena_take(arena, digest->tile_count, sizeof *tiles);
    for (size_t i = 0; i < digest->tile_count; i++) {
        tiles[i].past = digest->tiles[i];
        tiles[i].past.id = tiles[i].id = arena_copy_text(arena, digest->tiles[i].id);
        compare(&board->tiles[i], now, &tiles[i]);
    }
    *review = (struct review){.since_wall_ms = digest->since_wall_ms,
                              .first = first,
                              .new_red_count = digest->new_red_count,
                              .recovered_count = digest->recovered_count,
                              .red_now_count = digest->red_now_count,
                              .tile_count = digest->tile_count,
                              .tiles = tiles};
    return review;
}
