#include "app/still.h"

#include "model/board.h"
#include "model/judgement.h"

static const int64_t NEXT_TRY_MS = 12000;

static void lose_all(struct board *board, size_t source_count, struct now now)
{
    struct source_failure failure = {.problem = SOURCE_UNREACHABLE,
                                     .next_try_ms = now.monotonic_ms + NEXT_TRY_MS};
    for (size_t i = 0; i < source_count; i++)
        board_source_failed(board, i, &failure, now);
}

struct snapshot *still_snapshot(const struct config *config, enum stage_screen screen, struct now now)
{
    struct board *board = board_create(config->catalogue, &config->board);
    board_tick(board, now);
    if (screen == STAGE_NO_NETWORK)
        lose_all(board, config->board.source_count, now);
    if (screen == STAGE_CLOSED)
        board_close(board, now);
    struct snapshot *snapshot = board_snapshot(board, now);
    board_destroy(board);
    return snapshot;
}
