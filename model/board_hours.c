/*
 * What the hour of the day decides: which rules are in force and which tiles are closed. Hours are whole
 * minutes of the clock on the wall, so both are looked at once a minute, and when that clock is set.
 */
#include <stdlib.h>

#include "base/memory.h"
#include "model/board_parts.h"
#include "model/pace.h"

static bool rules_change(const struct board *board)
{
    for (size_t i = 0; i < board->settings->rule_count; i++)
        if (rule_depends_on_time(&board->settings->rules[i]))
            return true;
    for (size_t i = 0; i < board->tile_count; i++)
        if (rule_depends_on_time(&board->tiles[i].settings->rule))
            return true;
    return false;
}

void board_hours_init(struct board *board)
{
    const struct board_settings *settings = board->settings;
    board->openings = memory_create(settings->schedule_count, sizeof *board->openings);
    for (size_t i = 0; i < board->tile_count; i++)
        board->tiles[i].hours =
            schedule_for(settings->schedules, settings->schedule_count, &board->tiles[i].scope);
    board->rules_change = rules_change(board);
}

void board_hours_finish(struct board *board)
{
    free(board->openings);
}

struct opening board_opening(const struct board *board, const struct board_tile *tile)
{
    if (!tile->hours)
        return (struct opening){.phase = OPENING_OPEN};
    return board->openings[tile->hours - board->settings->schedules];
}

void board_hours_apply(struct board *board)
{
    for (size_t i = 0; i < board->tile_count; i++) {
        struct board_tile *tile = &board->tiles[i];
        bool closed = board->closed_by_hand || board_opening(board, tile).phase == OPENING_CLOSED;
        if (closed && !tile->machine.closed)
            alert_machine_close(&tile->machine);
        else if (!closed)
            alert_machine_open(&tile->machine);
    }
}

static void resolve_rules(struct board *board, int64_t wall_ms)
{
    if (!board->rules_change)
        return;
    struct rule_moment moment = rule_moment_at(wall_ms);
    for (size_t i = 0; i < board->tile_count; i++) {
        struct board_tile *tile = &board->tiles[i];
        tile->rule = tile->day_rule =
            rule_for_tile_at(board->settings, tile->settings, &tile->scope, &moment);
    }
}

/* What a target for the whole day asks for by now. */
static void pace_rules(struct board *board, int64_t wall_ms)
{
    for (size_t i = 0; i < board->tile_count; i++) {
        struct board_tile *tile = &board->tiles[i];
        if (!tile->day_rule.paced)
            continue;
        bool of_today = tile->outcome.period == PERIOD_TODAY;
        tile->rule = rule_at_pace(&tile->day_rule, of_today ? pace_elapsed_share(tile->hours, wall_ms) : 1);
    }
}

static void look_at_schedules(struct board *board, int64_t wall_ms)
{
    const struct board_settings *settings = board->settings;
    for (size_t i = 0; i < settings->schedule_count; i++)
        board->openings[i] = schedule_at(&settings->schedules[i], wall_ms);
    if (settings->schedule_count)
        board_hours_apply(board);
}

static int64_t minute_of(int64_t wall_ms)
{
    return wall_ms / 60000 - (wall_ms % 60000 < 0);
}

bool board_hours_keep(struct board *board, struct now now)
{
    int64_t minute = minute_of(now.wall_ms);
    if (board->has_wall_minute && minute == board->wall_minute)
        return false;
    board->has_wall_minute = true;
    board->wall_minute = minute;
    resolve_rules(board, now.wall_ms);
    pace_rules(board, now.wall_ms);
    look_at_schedules(board, now.wall_ms);
    for (size_t i = 0; i < board->tile_count; i++)
        board_compare(&board->tiles[i], now.wall_ms);
    return true;
}
