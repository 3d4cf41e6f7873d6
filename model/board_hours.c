/*
 * What the hour of the day decides: which rules are in force and which tiles are closed. Hours are whole
 * minutes of the clock on the wall, so both are looked at once a minute, and when that clock is set.
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/now.h"
#include "model/board_parts.h"
#include "model/pace.h"

enum { MINUTE_MS = 60000 };

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

/* ---- totals ---- */

/* Of the first way, all of whose terms speak of the same parts. */
static struct figures figures_of(const struct formula *formula)
{
    const struct formula_way *way = &formula->ways[0];
    if (way->bare)
        return (struct figures){(struct figure *const *)&way->bare, 1, 0};
    return way->numerator_count ? way->terms[0].figures : (struct figures){NULL, 0, 0};
}

static void look_at_part(const struct board *board, struct board_tile *tile, const struct dims *dims)
{
    const struct board_settings *settings = board->settings;
    const struct opening_hours *hours = schedule_for(settings->schedules, settings->schedule_count, dims);
    if (hours)
        tile->hours_parts[hours - settings->schedules] = true;
    else
        tile->open_part = true;
}

/* What it added up last counts for as long as nothing comes: at night a source may say nothing at all. */
static void look_at_parts(const struct board *board, struct board_tile *tile)
{
    bool first = true;
    for (size_t i = 0; i < tile->formula_count; i++) {
        struct figures figures = {NULL, 0, 0};
        if (tile->formulas[i].way_count)
            figures = figures_of(&tile->formulas[i]);
        if (figures.count && first) {
            memset(tile->hours_parts, 0, board->settings->schedule_count * sizeof *tile->hours_parts);
            tile->open_part = first = false;
        }
        for (size_t j = 0; j < figures.count; j++)
            look_at_part(board, tile, &figures.items[j]->dims);
    }
}

static void look_at_all_parts(struct board *board)
{
    size_t schedule_count = board->settings->schedule_count;
    for (size_t i = 0; i < board->judged_count; i++) {
        struct board_tile *tile = board->judged[i];
        if (tile->hours)
            continue;
        if (!tile->hours_parts)
            tile->hours_parts = memory_create(schedule_count, sizeof *tile->hours_parts);
        look_at_parts(board, tile);
    }
    if (board->has_wall_minute)
        board_hours_apply(board);
}

/* ---- what a target for the whole day asks for by now ---- */

static struct pace_hours pace_hours_of(const struct board *board, const struct board_tile *tile)
{
    if (tile->hours)
        return (struct pace_hours){tile->hours, 1, NULL};
    if (!tile->hours_parts || tile->open_part ||
        !memchr(tile->hours_parts, true, board->settings->schedule_count * sizeof(bool)))
        return (struct pace_hours){NULL, 0, NULL};
    return (struct pace_hours){board->settings->schedules, board->settings->schedule_count,
                               tile->hours_parts};
}

void board_hours_pace(const struct board *board, struct board_tile *tile)
{
    if (!tile->day_rule.paced || !board->wall_minute)
        return;
    struct pace_hours hours = pace_hours_of(board, tile);
    bool of_today = tile->outcome.period == PERIOD_TODAY;
    tile->rule = rule_at_pace(&tile->day_rule,
                              of_today ? pace_elapsed_share(&hours, board->wall_minute * MINUTE_MS) : 1);
}

static void pace_rules(struct board *board)
{
    for (size_t i = 0; i < board->judged_count; i++)
        board_hours_pace(board, board->judged[i]);
}

/* What is bound anew is judged at once: what is due by now cannot wait for the next minute. */
void board_hours_look_at_parts(struct board *board)
{
    if (board->settings->schedule_count)
        look_at_all_parts(board);
    pace_rules(board);
}

/* ---- openings ---- */

static int64_t sooner(int64_t a_ms, int64_t b_ms)
{
    return !a_ms || (b_ms && b_ms < a_ms) ? b_ms : a_ms;
}

/* Of two parts: the one that is more open, until the later closing, or from the sooner opening on. */
static struct opening join_openings(struct opening a, struct opening b)
{
    static const int OPENNESS[] = {
        [OPENING_CLOSED] = 0, [OPENING_TAIL] = 1, [OPENING_GRACE] = 2, [OPENING_OPEN] = 3};
    struct opening joined = OPENNESS[b.phase] > OPENNESS[a.phase] ? b : a;
    joined.opens_wall_ms = sooner(a.opens_wall_ms, b.opens_wall_ms);
    joined.closes_wall_ms = later_ms(a.closes_wall_ms, b.closes_wall_ms);
    return joined;
}

static struct opening opening_of_parts(const struct board *board, const struct board_tile *tile)
{
    struct opening joined = {.phase = OPENING_CLOSED};
    bool any = false;
    for (size_t i = 0; tile->hours_parts && i < board->settings->schedule_count; i++) {
        if (!tile->hours_parts[i])
            continue;
        joined = any ? join_openings(joined, board->openings[i]) : board->openings[i];
        any = true;
    }
    return any && !tile->open_part ? joined : (struct opening){.phase = OPENING_OPEN};
}

struct opening board_opening(const struct board *board, const struct board_tile *tile)
{
    return tile->hours ? board->openings[tile->hours - board->settings->schedules]
                       : opening_of_parts(board, tile);
}

void board_hours_apply(struct board *board)
{
    for (size_t i = 0; i < board->judged_count; i++) {
        struct board_tile *tile = board->judged[i];
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
    for (size_t i = 0; i < board->judged_count; i++) {
        struct board_tile *tile = board->judged[i];
        tile->rule = tile->day_rule =
            rule_for_tile_at(board->settings, tile->settings, &tile->scope, &moment);
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
    return wall_ms / MINUTE_MS - (wall_ms % MINUTE_MS < 0);
}

bool board_hours_keep(struct board *board, struct now now)
{
    int64_t minute = minute_of(now.wall_ms);
    if (board->has_wall_minute && minute == board->wall_minute)
        return false;
    board->has_wall_minute = true;
    board->wall_minute = minute;
    resolve_rules(board, now.wall_ms);
    pace_rules(board);
    look_at_schedules(board, now.wall_ms);
    for (size_t i = 0; i < board->tile_count; i++)
        board_compare(&board->tiles[i], now.wall_ms);
    return true;
}
