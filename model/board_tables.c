/*
 * Tables and rankings: tiles whose cells are tiles themselves, one a KPI and row. A cell has its own rule,
 * hours, alert machine and privacy verdict; what it lacks is a curve, which nobody would see.
 */
#include <stdlib.h>
#include <string.h>

#include "base/calendar.h"
#include "base/memory.h"
#include "base/text.h"
#include "model/board_parts.h"
#include "model/leaderboard.h"
#include "model/privacy.h"

/* A source that invents queues with every answer must not fill the memory. */
enum { ROWS_MAX = 400 };

/* ---- a row ---- */

static struct tile_settings cell_settings(const struct board_tile *owner, const struct table_settings *table,
                                          size_t column, const char *name)
{
    struct tile_settings settings = {.id = owner->settings->id,
                                     .kpi = table->columns[column].kpi,
                                     .type = "number",
                                     .source = owner->settings->source,
                                     .where = owner->settings->where,
                                     .has_period = table->columns[column].has_period,
                                     .period = table->columns[column].period,
                                     .columns = 1,
                                     .rows = 1,
                                     .rule = rule_settings_inherited()};
    settings.where.value[table->by] = name;
    return settings;
}

static void init_cell(struct board *board, struct board_tile *owner, struct board_tile *cell,
                      const struct tile_settings *settings)
{
    board_tile_init(board, cell, settings);
    series_finish(&cell->series);
    cell->is_cell = true;
    cell->group = owner->group;
    cell->hours = schedule_for(board->settings->schedules, board->settings->schedule_count, &cell->scope);
}

static struct board_row *row_create(struct board *board, struct board_tile *owner, const char *name)
{
    const struct table_settings *table = owner->settings->table;
    struct board_row *row = memory_create(1, sizeof *row);
    row->name = names_hold(board->names, name);
    row->settings = memory_create(table->column_count, sizeof *row->settings);
    row->cells = memory_create(table->column_count, sizeof *row->cells);
    for (size_t i = 0; i < table->column_count; i++) {
        row->settings[i] = cell_settings(owner, table, i, row->name);
        init_cell(board, owner, &row->cells[i], &row->settings[i]);
    }
    return row;
}

static void release_dims(struct board *board, const struct board_tile *cell)
{
    for (int dim = 0; dim < DIM_COUNT; dim++) {
        if (!cell->where.value[dim] && cell->scope.value[dim])
            names_release(board->names, cell->scope.value[dim]);
        names_release(board->names, cell->where.value[dim]);
    }
}

static void row_destroy(struct board *board, struct board_row *row, size_t column_count)
{
    for (size_t i = 0; i < column_count; i++) {
        release_dims(board, &row->cells[i]);
        board_tile_finish(&row->cells[i]);
    }
    names_release(board->names, row->name);
    free(row->settings);
    free(row->cells);
    free(row);
}

/* ---- which rows ---- */

static struct board_row *find_row(const struct board_table *table, const char *name)
{
    for (size_t i = 0; i < table->row_count; i++)
        if (text_equal(table->rows[i]->name, name))
            return table->rows[i];
    return NULL;
}

static void want_row(struct board *board, struct board_tile *owner, const char *name)
{
    struct board_table *table = owner->table;
    struct board_row *row = find_row(table, name);
    if (!row && table->row_count < ROWS_MAX) {
        row = row_create(board, owner, name);
        table->rows =
            memory_grow(table->rows, &table->row_capacity, table->row_count, sizeof(struct board_row *));
        table->rows[table->row_count++] = row;
        table->changed = true;
    }
    if (row)
        row->wanted = true;
}

static bool has_term(const struct expression *expression, const char *id)
{
    for (size_t i = 0; i < expression->count; i++)
        if (text_equal(expression->terms[i].counter, id))
            return true;
    return false;
}

/* Whether a figure of this id says something about the KPI: itself, or one of its counters. */
static bool speaks_of(struct arena *arena, const struct kpi *kpi, const char *id)
{
    size_t count;
    if (text_equal(kpi->id, id))
        return true;
    const struct expression *expressions = formula_expressions(arena, kpi, &count);
    for (size_t i = 0; i < count; i++)
        if (has_term(&expressions[i], id))
            return true;
    return false;
}

static bool speaks_of_table(struct arena *arena, const struct board *board,
                            const struct table_settings *table, const char *id)
{
    for (size_t i = 0; i < table->column_count; i++) {
        size_t count;
        const struct kpi *kpi = table->columns[i].kpi;
        const struct computed_need *needs = computed_needs(arena, board->catalogue, kpi, &count);
        if (speaks_of(arena, kpi, id))
            return true;
        for (size_t j = 0; j < count; j++)
            if (speaks_of(arena, needs[j].kpi, id))
                return true;
    }
    return false;
}

/* Every figure of the sources names a row, if it belongs to the table at all. */
static void want_named_rows(struct board *board, struct board_tile *owner)
{
    const struct table_settings *table = owner->settings->table;
    struct arena *arena = arena_create();
    const char *last_id = NULL;
    bool speaks = false;
    for (size_t i = 0; i < counters_count(board->counters); i++) {
        const struct figure *figure = counters_at(board->counters, i);
        const char *name = figure->dims.value[table->by];
        if (!name || !dims_match(&owner->where, &figure->dims))
            continue;
        if (figure->id != last_id)
            speaks = speaks_of_table(arena, board, table, figure->id);
        last_id = figure->id;
        if (speaks)
            want_row(board, owner, name);
    }
    arena_destroy(arena);
}

static void drop_unwanted(struct board *board, struct board_table *table, size_t column_count)
{
    size_t kept = 0;
    for (size_t i = 0; i < table->row_count; i++) {
        if (table->rows[i]->wanted) {
            table->rows[kept++] = table->rows[i];
            continue;
        }
        row_destroy(board, table->rows[i], column_count);
        table->changed = true;
    }
    table->row_count = kept;
}

static int compare_rows(const void *left, const void *right)
{
    const struct board_row *const *a = left, *const *b = right;
    return strcmp((*a)->name, (*b)->name);
}

static void bind_table(struct board *board, struct board_tile *owner)
{
    const struct table_settings *settings = owner->settings->table;
    struct board_table *table = owner->table;
    table->changed = false;
    for (size_t i = 0; i < table->row_count; i++)
        table->rows[i]->wanted = false;
    for (size_t i = 0; i < settings->row_count; i++)
        want_row(board, owner, settings->rows[i]);
    if (settings->row_count == 0)
        want_named_rows(board, owner);
    drop_unwanted(board, table, settings->column_count);
    if (settings->row_count == 0 && table->row_count)
        qsort(table->rows, table->row_count, sizeof(struct board_row *), compare_rows);
}

/* ---- all tiles in one list ---- */

static size_t count_cells(const struct board *board)
{
    size_t count = 0;
    for (size_t i = 0; i < board->tile_count; i++)
        if (board->tiles[i].table)
            count += board->tiles[i].table->row_count * board->tiles[i].settings->table->column_count;
    return count;
}

static void list_cells(struct board *board, const struct board_tile *owner)
{
    for (size_t i = 0; i < owner->table->row_count; i++)
        for (size_t j = 0; j < owner->settings->table->column_count; j++)
            board->judged[board->judged_count++] = &owner->table->rows[i]->cells[j];
}

static void list_all(struct board *board)
{
    size_t count = board->tile_count + count_cells(board);
    free(board->judged);
    free(board->subjects);
    board->judged = memory_create(count, sizeof(struct board_tile *));
    board->subjects = memory_create(count, sizeof *board->subjects);
    board->judged_count = 0;
    for (size_t i = 0; i < board->tile_count; i++)
        board->judged[board->judged_count++] = &board->tiles[i];
    for (size_t i = 0; i < board->tile_count; i++)
        if (board->tiles[i].table)
            list_cells(board, &board->tiles[i]);
}

void board_tables_init(struct board *board)
{
    for (size_t i = 0; i < board->tile_count; i++)
        if (board->tiles[i].settings->table)
            board->tiles[i].table = memory_create(1, sizeof(struct board_table));
    list_all(board);
}

void board_tables_finish(struct board *board)
{
    for (size_t i = 0; i < board->tile_count; i++) {
        struct board_table *table = board->tiles[i].table;
        for (size_t row = 0; table && row < table->row_count; row++)
            row_destroy(board, table->rows[row], board->tiles[i].settings->table->column_count);
        if (table)
            free(table->rows);
        free(table);
    }
    free(board->judged);
}

void board_tables_bind(struct board *board)
{
    bool changed = false;
    for (size_t i = 0; i < board->tile_count; i++) {
        if (!board->tiles[i].table)
            continue;
        bind_table(board, &board->tiles[i]);
        changed |= board->tiles[i].table->changed;
    }
    if (!changed)
        return;
    list_all(board);
    if (board->has_wall_minute && board->settings->schedule_count)
        board_hours_apply(board);
    board->has_wall_minute = false; /* rules of the hour are looked up for the new ones too */
}

/* ---- what the tile as a whole shows ---- */

/* The worst of the cells; green only where every cell is known to be. */
enum display board_table_display(const struct board_tile *tile)
{
    size_t counts[DISPLAY_COUNT] = {0}, all = 0;
    if (tile->settings->table->ranks)
        return DISPLAY_NEUTRAL; /* no colours, whatever the figures behind it are (P07) */
    for (size_t i = 0; i < tile->table->row_count; i++)
        for (size_t j = 0; j < tile->settings->table->column_count; j++, all++)
            counts[tile->table->rows[i]->cells[j].display]++;
    if (all == 0)
        return DISPLAY_NODATA;
    for (int display = DISPLAY_CRITICAL; display <= DISPLAY_WARN; display++)
        if (counts[display])
            return (enum display)display;
    for (int display = DISPLAY_CLOSED; display <= DISPLAY_STALE; display++)
        if (counts[display] == all)
            return (enum display)display;
    size_t quiet = counts[DISPLAY_OK] + counts[DISPLAY_NEUTRAL] + counts[DISPLAY_CLOSED];
    return counts[DISPLAY_OK] && quiet == all ? DISPLAY_OK : DISPLAY_NEUTRAL;
}

/* ---- rankings of teams ---- */

enum { ATTAINMENT, OWN_MEAN }; /* the columns */

static bool rank_allowed(const struct board_table *table)
{
    double *people = memory_create(table->row_count, sizeof *people);
    for (size_t i = 0; i < table->row_count; i++)
        people[i] = table->rows[i]->cells[ATTAINMENT].people;
    bool allowed = privacy_team_ranking_allowed(people, table->row_count, NULL);
    free(people);
    return allowed;
}

static enum ranking rank_now(struct board_table *table)
{
    size_t count = table->row_count;
    struct leaderboard_team *teams = memory_create(count, sizeof *teams);
    struct leaderboard_place *places = memory_create(count, sizeof *places);
    for (size_t i = 0; i < count; i++) {
        const struct board_tile *cells = table->rows[i]->cells;
        teams[i] = (struct leaderboard_team){table->rows[i]->name, cells[ATTAINMENT].outcome.value,
                                             cells[OWN_MEAN].outcome.value};
        table->rows[i]->rank = 0;
    }
    bool allowed = rank_allowed(table);
    size_t ranked = allowed ? leaderboard_rank_teams(teams, count, places) : 0;
    for (size_t i = 0; i < ranked; i++)
        table->rows[places[i].index]->rank = places[i].rank;
    free(places);
    free(teams);
    return !allowed ? RANKING_TOO_FEW : ranked < PRIVACY_TEAMS_MIN ? RANKING_UNKNOWN : RANKING_SHOWN;
}

/* Once a week: a ranking that moves every minute is a race (P07). Teams that come or go begin it anew. */
void board_tables_rank(struct board *board, struct now now)
{
    int64_t week = calendar_floor_ms(now.wall_ms, CALENDAR_WEEK);
    for (size_t i = 0; i < board->tile_count; i++) {
        struct board_table *table = board->tiles[i].table;
        if (!table || !board->tiles[i].settings->table->ranks)
            continue;
        bool settled = table->ranking == RANKING_SHOWN && table->ranked_week_ms == week && !table->changed;
        if (settled && rank_allowed(table))
            continue;
        table->ranking = rank_now(table);
        table->ranked_week_ms = week;
        table->changed = false;
    }
}
