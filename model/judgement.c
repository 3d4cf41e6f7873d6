#include "model/judgement.h"

#include <math.h>

#include "model/board_parts.h"

size_t board_tile_count(const struct board *board)
{
    return board->tile_count;
}

struct judgement board_judgement(const struct board *board, size_t index, struct now now)
{
    const struct board_tile *tile = &board->tiles[index];
    const struct alert_machine *machine = &tile->machine;
    enum display display = alert_machine_display(machine, &tile->rule, now.monotonic_ms);
    return (struct judgement){
        .tile = tile->settings->id,
        .value = display == DISPLAY_NODATA || display == DISPLAY_CLOSED ? NAN : tile->outcome.value,
        .display = display,
        .severity = machine->severity,
        .alert = alert_machine_state(machine, &tile->rule, now.monotonic_ms),
        .unstable = alert_machine_unstable(machine, now.monotonic_ms),
    };
}

bool board_acknowledge(struct board *board, const char *tile_id, struct now now)
{
    struct board_tile *tile = board_tile_named(board, tile_id);
    if (!tile)
        return false;
    for (size_t i = 0; i < board->judged_count; i++) /* who has seen the figure has seen it everywhere */
        if (board->judged[i] == tile || board_watch_same(board->judged[i], tile))
            alert_machine_ack(&board->judged[i]->machine, now.monotonic_ms);
    return true;
}

bool board_shelve(struct board *board, const char *tile_id, int64_t for_ms, struct now now)
{
    struct board_tile *tile = board_tile_named(board, tile_id);
    if (!tile)
        return false;
    alert_machine_shelve(&tile->machine, for_ms, now.monotonic_ms);
    return true;
}

void board_close(struct board *board, struct now now)
{
    board->closed_by_hand = true;
    board_hours_apply(board);
    board_tick(board, now);
}

void board_open(struct board *board, struct now now)
{
    board->closed_by_hand = false;
    board_hours_apply(board);
    board_tick(board, now);
}
