#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "model/board_parts.h"

/* How a board that was read again takes over from the one before. */

static bool same_scope(const struct dims *a, const struct dims *b)
{
    for (int i = 0; i < DIM_COUNT; i++)
        if (!text_equal(a->value[i], b->value[i]))
            return false;
    return true;
}

static bool same_figure(const struct tile_settings *a, const struct tile_settings *b)
{
    return text_equal(a->kpi->id, b->kpi->id) && same_scope(&a->where, &b->where) &&
           text_equal(a->source, b->source) && a->has_period == b->has_period &&
           (!a->has_period || a->period == b->period) && a->has_sl_variant == b->has_sl_variant &&
           (!a->has_sl_variant || a->sl_variant == b->sl_variant) && a->objective == b->objective &&
           a->key_result == b->key_result;
}

/* The place of a source of the board before in the new one; -1: there is none of that name. */
static int source_now(const struct board *board, const struct board *before, int source)
{
    for (size_t i = 0; source >= 0 && i < board->source_count; i++)
        if (text_equal(board->sources[i].name, before->sources[source].name))
            return (int)i;
    return -1;
}

static void swap_series(struct board_tile *tile, struct board_tile *before)
{
    struct series series = tile->series;
    tile->series = before->series;
    before->series = series;
    struct computed_memory *memory = tile->memory;
    tile->memory = before->memory;
    before->memory = memory;
    tile->log = before->log;
    tile->ribbon = before->ribbon;
}

/* What the history gave: it gives it again, but a figure must not lose its comparison until then. */
static void take_past(struct board_tile *tile, struct board_tile *before)
{
    tile->comparable = before->comparable;
    tile->comparable_count = before->comparable_count;
    tile->comparable_wall_ms = before->comparable_wall_ms;
    tile->days = before->days;
    tile->day_count = before->day_count;
    tile->so_far = before->so_far;
    before->comparable = NULL;
    before->days = NULL;
    before->comparable_count = before->day_count = 0;
}

static void take_memory(struct board *board, struct board *before)
{
    board->marks_arena = before->marks_arena;
    board->marks = before->marks;
    board->mark_count = before->mark_count;
    board->keeping = before->keeping;
    before->marks_arena = NULL;
    before->keeping.trouble = NULL;
}

/* Only with a source that is still asked: a figure that nobody brings any more is no figure. */
static void take_light(struct board_tile *tile, const struct board_tile *before, int source)
{
    if (source < 0)
        return;
    tile->outcome = before->outcome;
    tile->source = source;
    tile->figures_wall_ms = before->figures_wall_ms;
    tile->machine = before->machine;
    tile->display = before->display;
    tile->ageing = before->ageing;
    tile->since_wall_ms = before->since_wall_ms;
    tile->resumed = before->resumed;
    tile->activation_ms = before->activation_ms;
    tile->told = before->told;
}

/* A curve is inherited once, however often the board shows the figure. */
static void take_tile(struct board *board, struct board_tile *tile, struct board *before, bool *inherited)
{
    for (size_t i = 0; i < before->tile_count; i++) {
        struct board_tile *old = &before->tiles[i];
        if (inherited[i] || !same_figure(tile->settings, old->settings))
            continue;
        swap_series(tile, old);
        take_past(tile, old);
        take_light(tile, old, source_now(board, before, old->source));
        inherited[i] = true;
        return;
    }
}

static void take_tiles(struct board *board, struct board *before)
{
    bool *inherited = memory_create(before->tile_count, sizeof *inherited);
    for (size_t i = 0; i < board->tile_count; i++)
        take_tile(board, &board->tiles[i], before, inherited);
    free(inherited);
}

/* Cells come up with the figures, so theirs is the second turn. */
static void take_cells(struct board *board, const struct board *before)
{
    for (size_t i = board->tile_count; i < board->judged_count; i++)
        for (size_t j = before->tile_count; j < before->judged_count; j++)
            if (same_figure(board->judged[i]->settings, before->judged[j]->settings)) {
                take_light(board->judged[i], before->judged[j],
                           source_now(board, before, before->judged[j]->source));
                break;
            }
}

static void take_group(struct board *board, struct board_group *group, const struct board *before)
{
    for (size_t i = 0; i < before->group_count; i++) {
        const struct board_group *old = &before->groups[i];
        if (!same_scope(&group->where, &old->where))
            continue;
        group->notice = old->notice;
        group->most_logged_in = old->most_logged_in;
        group->queue_unnamed = old->queue_unnamed;
        memcpy(group->compounds, old->compounds, sizeof group->compounds);
        for (int watch = 0; watch < WATCH_COUNT; watch++)
            take_light(&group->watches[watch], &old->watches[watch],
                       source_now(board, before, old->watches[watch].source));
    }
}

static bool same_tiles(const struct board *board, const struct board *before)
{
    bool same = board->tile_count == before->tile_count;
    for (size_t i = 0; same && i < board->tile_count; i++)
        same = same_figure(board->tiles[i].settings, before->tiles[i].settings);
    return same;
}

/* A week's alerts are by place: with other tiles they begin anew, and what is on disk comes again. */
static void take_week(struct board *board, struct board *before)
{
    struct alert_week *week = board->week;
    if (!same_tiles(board, before))
        return;
    board->week = before->week;
    before->week = week;
}

static void take_sources(struct board *board, struct board *before)
{
    for (size_t i = 0; i < board->source_count; i++) {
        struct board_source *source = &board->sources[i], *old = &before->sources[i];
        const char *name = source->name;
        *source = *old;
        source->name = name;
        old->detail = NULL;
    }
}

static void take_clock(struct board *board, const struct board *before)
{
    board->clock_untrusted = before->clock_untrusted;
    board->has_offset = before->has_offset;
    board->offset_ms = before->offset_ms;
    board->minute_phase_ms = before->minute_phase_ms;
    board->notices = before->notices;
    board->flood = before->flood;
    board->month = before->month;
}

struct board *board_create_after(const struct catalogue *catalogue, const struct board_settings *settings,
                                 struct board *before, bool same_sources, struct now now)
{
    same_sources = same_sources && settings->source_count == before->source_count;
    struct board *board = board_create_with(catalogue, settings, same_sources ? before->names : NULL,
                                            same_sources ? before->counters : NULL);
    take_clock(board, before);
    take_memory(board, before);
    take_week(board, before);
    for (size_t i = 0; i < board->group_count; i++)
        take_group(board, &board->groups[i], before);
    take_tiles(board, before);
    podium_take_over(board->podium, before->podium, same_sources);
    if (same_sources) {
        take_sources(board, before);
        before->figures_lent = true;
        for (size_t i = 0; i < board->source_count; i++)
            if (board->sources[i].freshness.has_figures)
                board_evaluate(board, i, now);
        take_cells(board, before);
    }
    board_destroy(before);
    board_tick(board, now);
    return board;
}
