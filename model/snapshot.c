#include "model/snapshot.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "model/board.h"
#include "model/board_parts.h"
#include "model/conclusion.h"
#include "model/contents.h"
#include "model/hourly.h"
#include "model/objectives.h"
#include "model/privacy.h"
#include "model/recovery.h"
#include "model/sqcdp.h"

/* How much of a curve a tile can show: four hours are a shift's half, and a day of 200 tiles is a megabyte.
 */
enum { CURVE_MINUTES = 240 };

void snapshot_destroy(struct snapshot *snapshot)
{
    if (!snapshot || snapshot->others-- > 0)
        return;
    struct snapshot *whole = snapshot->whole;
    arena_destroy(snapshot->arena);
    snapshot_destroy(whole);
}

struct snapshot *snapshot_of_pages(struct snapshot *whole, const size_t *pages, size_t count)
{
    struct arena *arena = arena_create();
    struct snapshot *some = arena_take(arena, 1, sizeof *some);
    struct snapshot_page *chosen = arena_take(arena, count, sizeof *chosen);
    *some = *whole;
    some->arena = arena;
    some->whole = whole;
    some->others = 0;
    some->pages = chosen;
    some->page_count = 0;
    for (size_t i = 0; i < count; i++)
        if (pages[i] < whole->page_count)
            chosen[some->page_count++] = whole->pages[pages[i]];
    whole->others++;
    return some;
}

bool display_is_alert(enum display display)
{
    return display == DISPLAY_WARN || display == DISPLAY_CRITICAL;
}

/* ---- a tile ---- */

static void copy_labels(struct arena *arena, const struct tile_settings *settings, struct snapshot_tile *copy)
{
    const char *own = arena_copy_text(arena, settings->label);
    copy->own_label = own != NULL;
    for (int language = 0; language < LANGUAGE_COUNT; language++)
        for (int length = 0; length < LABEL_COUNT; length++)
            copy->label[language][length] =
                own ? own : arena_copy_text(arena, settings->kpi->label[language][length]);
}

/* A tile of key results is called by what they are for. */
static void call_by_objective(struct arena *arena, const struct board *board, struct snapshot_tile *copy)
{
    if (copy->objective < 0 || copy->own_label || !text_equal(copy->type, "okr"))
        return;
    const char *name = arena_copy_text(arena, board->settings->objectives[copy->objective].objective);
    copy->own_label = true;
    for (int language = 0; language < LANGUAGE_COUNT; language++)
        for (int length = 0; length < LABEL_COUNT; length++)
            copy->label[language][length] = name;
}

static void copy_settings(struct arena *arena, const struct board_tile *tile, struct snapshot_tile *copy)
{
    const struct tile_settings *settings = tile->settings;
    copy->id = arena_copy_text(arena, settings->id);
    copy->type = arena_copy_text(arena, settings->type);
    copy->columns = settings->columns;
    copy->rows = settings->rows;
    copy_labels(arena, settings, copy);
    for (int i = 0; i < DIM_COUNT; i++)
        copy->scope.value[i] = arena_copy_text(arena, settings->where.value[i]);
}

static void copy_kpi(struct arena *arena, const struct kpi *kpi, struct snapshot_tile *copy)
{
    copy->kpi_id = arena_copy_text(arena, kpi->id);
    copy->unit = kpi->unit;
    copy->format = kpi->format;
    copy->decimals = kpi->decimals;
    copy->range_min = kpi->range_min;
    copy->range_max = kpi->range_max;
    for (int language = 0; language < LANGUAGE_COUNT; language++)
        copy->suffix[language] = arena_copy_text(arena, kpi->suffix[language]);
}

static void copy_rule(const struct rule *rule, struct snapshot_tile *copy)
{
    copy->direction = rule->direction;
    copy->limits = rule->limits;
    copy->target = rule->target;
    copy->min_sample = rule->min_sample;
    copy->stale_after_ms = rule->stale_after_ms;
}

/* The source that gave the value; before there is one, the source that the board names for the tile. */
static int source_of(const struct board *board, const struct board_tile *tile)
{
    const char *named = tile->settings->source;
    for (size_t i = 0; tile->source < 0 && named && i < board->source_count; i++)
        if (text_equal(named, board->sources[i].name))
            return (int)i;
    return tile->source;
}

/* The day's rate flattens by construction: so many answers in a row, not an extrapolation. */
static double answers_to_recover(const struct board_tile *tile)
{
    const struct outcome *outcome = &tile->outcome;
    if (!outcome->sl_variant || outcome->period != PERIOD_TODAY || outcome->kind != OUTCOME_VALUE)
        return NAN;
    return recovery_judge(tile->rule.target, outcome->value / 100 * outcome->n, outcome->n, NAN).answers;
}

bool board_tile_names_a_person(const struct board_tile *tile)
{
    return tile->scope.value[DIM_QUEUE] && !isnan(tile->people) && !privacy_queue_may_be_named(tile->people);
}

static void copy_value(const struct board_tile *tile, struct now now, struct snapshot_tile *copy)
{
    bool shown = tile->display != DISPLAY_CLOSED && tile->display != DISPLAY_NODATA;
    copy->display = tile->display;
    copy->pending = shown ? alert_machine_pending(&tile->machine, &tile->rule, now.monotonic_ms) : DISPLAY_OK;
    copy->returning = tile->returning;
    copy->since_wall_ms = tile->since_wall_ms;
    copy->period = tile->outcome.period;
    copy->not_aggregated = shown && tile->outcome.bare && !isnan(tile->outcome.value);
    copy->value = shown ? tile->outcome.value : NAN;
    copy->n = shown ? tile->outcome.n : NAN;
    copy->n_is_time = tile->n_is_time;
    copy->covered_ms = shown ? tile->outcome.covered_ms : 0;
    copy->sl_variant = tile->outcome.sl_variant;
    copy->answers_to_recover = shown ? answers_to_recover(tile) : NAN;
    copy->queue_unnamed = board_tile_names_a_person(tile);
    copy->withheld = shown ? tile->withheld : WITHHELD_NOT;
    copy->too_few = copy->n < tile->rule.min_sample && tile->display == DISPLAY_NEUTRAL;
    copy->value_wall_ms = shown ? tile->figures_wall_ms : 0;
    copy->age_ms = shown ? now.monotonic_ms - tile->machine.figures_ms : 0;
}

static void copy_hours(const struct board *board, const struct board_tile *tile, struct snapshot_tile *copy)
{
    struct opening opening = board_opening(board, tile);
    copy->just_opened = opening.phase == OPENING_GRACE;
    copy->just_closed = opening.phase == OPENING_TAIL;
    copy->closes_wall_ms = opening.closes_wall_ms;
    copy->opens_wall_ms = opening.phase == OPENING_CLOSED ? opening.opens_wall_ms : 0;
    copy->review_due = tile->rule.review_due;
}

/* What people have done about its alert. */
static void copy_answer(const struct board_tile *tile, struct now now, struct snapshot_tile *copy)
{
    enum alert_state state = alert_machine_state(&tile->machine, &tile->rule, now.monotonic_ms);
    copy->told = board_watch_tells_tile(tile);
    if (state == ALERT_ACKED)
        copy->acked_wall_ms = now.wall_ms - (now.monotonic_ms - tile->machine.acked_ms);
    if (state == ALERT_SHELVED)
        copy->shelved_until_wall_ms = now.wall_ms + tile->machine.shelved_until_ms - now.monotonic_ms;
}

static void copy_curve(struct arena *arena, const struct board *board, const struct board_tile *tile,
                       struct snapshot_tile *copy)
{
    const struct series *series = &tile->series;
    size_t count = series->count < CURVE_MINUTES ? series->count : CURVE_MINUTES;
    if (!count)
        return;
    float *values = arena_take(arena, count, sizeof *values);
    copy->series.count = series_copy(series, values, count);
    copy->series.values = values;
    int64_t first_minute = series->newest_minute - (int64_t)count + 1;
    int64_t first_wall_ms = first_minute * 60000 - board->minute_phase_ms + board->offset_ms;
    copy->series.first_wall_ms = first_wall_ms - first_wall_ms % 60000;
}

/* What adds up since midnight, or is counted at the moment; a rate is better read against its thresholds. */
static bool has_hours(const struct board_tile *tile)
{
    if (tile->settings->kpi->aggregation != AGGREGATE_SUM || grade_possible(&tile->rule.limits))
        return false;
    return tile->outcome.period == PERIOD_TODAY || tile->outcome.period == PERIOD_NOW;
}

static void copy_hours_bars(struct arena *arena, const struct board *board, const struct board_tile *tile,
                            struct now now, struct snapshot_tile *copy)
{
    const struct series *series = &tile->series;
    if (!text_equal(copy->type, "bar") || !has_hours(tile) || !series->count)
        return;
    float *values = arena_take(arena, series->count, sizeof *values);
    size_t count = series_copy(series, values, series->count);
    int64_t first_minute = series->newest_minute - (int64_t)count + 1;
    int64_t first_wall_ms = first_minute * 60000 - board->minute_phase_ms + board->offset_ms;
    enum hourly kind = tile->outcome.period == PERIOD_TODAY ? HOURLY_ADDED : HOURLY_MEAN;
    copy->bars = hourly_bars(arena, values, count, first_wall_ms, kind, now.wall_ms);
}

static void copy_parts(struct arena *arena, const struct board_tile *tile, struct snapshot_tile *copy)
{
    bool shown = copy->value_wall_ms != 0 && copy->withheld == WITHHELD_NOT;
    copy->overloaded = shown && tile->outcome.overloaded;
    copy->about = shown && tile->about ? arena_copy_text(arena, tile->about->settings->id) : NULL;
    copy->part_count = shown ? tile->part_count : 0;
    struct snapshot_part *parts = arena_take(arena, copy->part_count, sizeof *parts);
    for (size_t i = 0; i < copy->part_count; i++)
        parts[i] = (struct snapshot_part){arena_copy_text(arena, tile->parts[i].name), tile->parts[i].value};
    copy->parts = parts;
}

static void copy_tile(struct arena *arena, const struct board *board, const struct board_tile *tile,
                      struct now now, struct snapshot_tile *copy)
{
    copy_settings(arena, tile, copy);
    copy_kpi(arena, tile->settings->kpi, copy);
    copy_rule(&tile->rule, copy);
    copy_value(tile, now, copy);
    copy_parts(arena, tile, copy);
    copy_hours(board, tile, copy);
    copy_answer(tile, now, copy);
    copy->source = source_of(board, tile);
    copy_curve(arena, board, tile, copy);
    copy->comparable_wall_ms = tile->comparable_wall_ms;
    copy->comparable = board_comparable_value(tile);
    if (tile->settings->bars == BAR_HOUR)
        copy_hours_bars(arena, board, tile, now, copy);
    else
        copy->bars = board_days(arena, tile, copy, now);
    copy->ribbon = ribbon_copy(arena, &tile->ribbon);
    copy->repeats = board_watch_repeats(tile);
    copy->objective = objectives_index(board, tile);
    call_by_objective(arena, board, copy);
}

/* ---- a table ---- */

/* What all cells of a column have in common is copied once. */
static void copy_column(struct arena *arena, const struct column_settings *settings,
                        struct snapshot_tile *copy)
{
    *copy = (struct snapshot_tile){.columns = 1, .rows = 1, .type = "number", .objective = -1};
    copy_kpi(arena, settings->kpi, copy);
    for (int language = 0; language < LANGUAGE_COUNT; language++)
        for (int length = 0; length < LABEL_COUNT; length++)
            copy->label[language][length] = arena_copy_text(arena, settings->kpi->label[language][length]);
}

static void copy_cell(const struct board *board, const struct board_tile *cell, struct now now,
                      const struct snapshot_tile *owner, const struct snapshot_tile *column, enum dim by,
                      const char *name, struct snapshot_tile *copy)
{
    *copy = *column;
    copy->id = owner->id;
    copy->scope = owner->scope;
    copy->scope.value[by] = name;
    copy_rule(&cell->rule, copy);
    copy_value(cell, now, copy);
    copy_hours(board, cell, copy);
    copy->source = source_of(board, cell);
}

static void copy_row(struct arena *arena, const struct board *board, const struct board_tile *tile,
                     const struct board_row *row, struct now now, const struct snapshot_tile *owner,
                     const struct snapshot_table *table, struct snapshot_row *copy)
{
    enum dim by = tile->settings->table->by;
    struct snapshot_tile *cells = arena_take(arena, table->column_count, sizeof *cells);
    copy->name = arena_copy_text(arena, row->name);
    copy->name_is_channel = by == DIM_CHANNEL;
    copy->rank = row->rank;
    for (size_t i = 0; i < table->column_count; i++)
        copy_cell(board, &row->cells[i], now, owner, &table->columns[i], by, copy->name, &cells[i]);
    copy->cells = cells;
}

static int rank(enum display display);

struct trouble {
    const struct snapshot_row *row;
    int weight;
    size_t place;
};

static int compare_trouble(const void *left, const void *right)
{
    const struct trouble *a = left, *b = right;
    if (a->weight != b->weight)
        return b->weight - a->weight;
    return a->place < b->place ? -1 : a->place > b->place;
}

/* The worst cell counts, then how many are as bad. */
static int weight_of(const struct snapshot_table *table, const struct snapshot_row *row)
{
    int worst = 0, equal = 0;
    for (size_t i = 0; i < table->column_count; i++) {
        int weight = rank(row->cells[i].display);
        equal = weight > worst ? 1 : equal + (weight == worst);
        worst = weight > worst ? weight : worst;
    }
    return worst * 64 + equal;
}

static const struct snapshot_row *const *sort_by_trouble(struct arena *arena,
                                                         const struct snapshot_table *table)
{
    struct trouble *troubles = arena_take(arena, table->row_count, sizeof *troubles);
    const struct snapshot_row **rows = arena_take(arena, table->row_count, sizeof *rows);
    for (size_t i = 0; i < table->row_count; i++)
        troubles[i] = (struct trouble){&table->rows[i], weight_of(table, &table->rows[i]), i};
    if (table->row_count)
        qsort(troubles, table->row_count, sizeof *troubles, compare_trouble);
    for (size_t i = 0; i < table->row_count; i++)
        rows[i] = troubles[i].row;
    return rows;
}

static const struct snapshot_table *copy_table(struct arena *arena, const struct board *board,
                                               const struct board_tile *tile, struct now now,
                                               const struct snapshot_tile *owner)
{
    const struct table_settings *settings = tile->settings->table;
    struct snapshot_table *table = arena_take(arena, 1, sizeof *table);
    struct snapshot_tile *columns = arena_take(arena, settings->column_count, sizeof *columns);
    struct snapshot_row *rows = arena_take(arena, tile->table->row_count, sizeof *rows);
    *table = (struct snapshot_table){.column_count = settings->column_count,
                                     .columns = columns,
                                     .row_count = tile->table->row_count,
                                     .rows = rows,
                                     .worst_first = settings->worst_first,
                                     .ranking = settings->ranks ? tile->table->ranking : RANKING_NONE};
    for (size_t i = 0; i < settings->column_count; i++)
        copy_column(arena, &settings->columns[i], &columns[i]);
    for (size_t i = 0; i < table->row_count; i++)
        copy_row(arena, board, tile, tile->table->rows[i], now, owner, table, &rows[i]);
    table->by_trouble = sort_by_trouble(arena, table);
    if (settings->row_limit > 0 && (size_t)settings->row_limit < table->row_count)
        table->untold = table->row_count - (size_t)settings->row_limit;
    return table;
}

/* A table looks at its cells at every moment; as old as it is are the newest figures in it. */
static void date_by_cells(struct snapshot_tile *tile)
{
    const struct snapshot_table *table = tile->table;
    tile->value_wall_ms = tile->age_ms = 0;
    for (size_t i = 0; i < table->row_count; i++)
        for (size_t j = 0; j < table->column_count; j++) {
            const struct snapshot_tile *cell = &table->rows[i].cells[j];
            if (cell->value_wall_ms <= tile->value_wall_ms)
                continue;
            tile->value_wall_ms = cell->value_wall_ms;
            tile->age_ms = cell->age_ms;
        }
}

/* ---- a page, and all together ---- */

/* What the dot of a page says first. */
static int rank(enum display display)
{
    static const int RANKS[DISPLAY_COUNT] = {[DISPLAY_CRITICAL] = 5,
                                             [DISPLAY_WARN] = 4,
                                             [DISPLAY_STALE] = 3,
                                             [DISPLAY_NODATA] = 2,
                                             [DISPLAY_OK] = 1};
    return RANKS[display];
}

static bool all_closed(const struct snapshot_tile *tiles, size_t count)
{
    size_t closed = 0;
    while (closed < count && tiles[closed].display == DISPLAY_CLOSED)
        closed++;
    return count && closed == count;
}

static enum display worst_of(const struct snapshot_tile *tiles, size_t count)
{
    enum display worst = DISPLAY_NEUTRAL; /* nothing judged, nothing wrong: no green either */
    if (all_closed(tiles, count))
        return DISPLAY_CLOSED;
    for (size_t i = 0; i < count; i++)
        if (rank(tiles[i].display) > rank(worst))
            worst = tiles[i].display;
    return worst;
}

static void copy_contents(struct arena *arena, const struct board *board, const struct board_tile *tile,
                          struct now now, struct snapshot_tile *copy)
{
    if (tile->table) {
        copy->table = copy_table(arena, board, tile, now, copy);
        date_by_cells(copy);
    }
    if (tile->settings->ranks_agents && board->podium)
        copy->podium = podium_snapshot(arena, board->podium);
    copy->notes = contents_notes(arena, board, tile->settings, now);
    copy->message = contents_message(arena, tile->settings->announcement);
    copy->countdown = contents_countdown(tile->settings, now);
}

static void copy_page(struct arena *arena, const struct page_settings *settings, struct snapshot_page *copy)
{
    copy->id = arena_copy_text(arena, settings->id);
    copy->title = arena_copy_text(arena, settings->title);
    copy->columns = settings->columns;
    copy->rows = settings->rows;
    copy->tile_count = settings->tile_count;
}

static void copy_pages(struct snapshot *snapshot, const struct board *board, struct now now)
{
    const struct board_settings *settings = board->settings;
    struct snapshot_page *pages = arena_take(snapshot->arena, settings->page_count, sizeof *pages);
    const struct board_tile *tile = board->tiles;
    struct rule_moment moment = rule_moment_at(now.wall_ms);
    for (size_t i = 0; i < settings->page_count; i++) {
        pages[i].off = !rule_in_force(&settings->pages[i].when, &moment);
        copy_page(snapshot->arena, &settings->pages[i], &pages[i]);
        struct snapshot_tile *tiles = arena_take(snapshot->arena, pages[i].tile_count, sizeof *tiles);
        for (size_t j = 0; j < pages[i].tile_count; j++, tile++) {
            copy_tile(snapshot->arena, board, tile, now, &tiles[j]);
            copy_contents(snapshot->arena, board, tile, now, &tiles[j]);
        }
        pages[i].tiles = tiles;
        for (int language = 0; language < LANGUAGE_COUNT; language++)
            pages[i].conclusion[language] =
                conclusion_make(snapshot->arena, &pages[i], (enum language)language);
        pages[i].worst = worst_of(tiles, pages[i].tile_count);
    }
    snapshot->pages = pages;
    snapshot->page_count = settings->page_count;
}

static void copy_sources(struct snapshot *snapshot, const struct board *board)
{
    struct snapshot_source *sources = arena_take(snapshot->arena, board->source_count, sizeof *sources);
    for (size_t i = 0; i < board->source_count; i++) {
        const struct board_source *source = &board->sources[i];
        sources[i] = (struct snapshot_source){
            .name = arena_copy_text(snapshot->arena, source->name),
            .problem = source->problem,
            .number = source->number,
            .detail = arena_copy_text(snapshot->arena, source->detail),
            .problem_since_wall_ms = source->problem_since_wall_ms,
            .last_success_wall_ms = source->last_success_wall_ms,
            .next_try_ms = source->next_try_ms,
        };
    }
    snapshot->sources = sources;
    snapshot->source_count = board->source_count;
}

/* ---- what is wrong ---- */

static void list_cells(struct snapshot *snapshot, const struct board *board, const struct board_tile *tile,
                       const struct snapshot_table *table, struct snapshot_alert *alerts)
{
    for (size_t i = 0; i < table->row_count; i++)
        for (size_t j = 0; j < table->column_count; j++) {
            const struct board_tile *cell = &tile->table->rows[i]->cells[j];
            if (board_watch_tells_tile(cell) && !board_watch_is_twin(board, cell))
                alerts[snapshot->alert_count++] =
                    (struct snapshot_alert){.tile = &table->rows[i].cells[j],
                                            .display = cell->display,
                                            .since_wall_ms = cell->since_wall_ms};
        }
}

static int compare_places(const struct snapshot_alert *a, const struct snapshot_alert *b)
{
    if (a->tile && b->tile)
        return strcmp(a->tile->id, b->tile->id);
    return a->tile ? 1 : b->tile ? -1 : (int)a->compound - (int)b->compound;
}

static int compare_alerts(const void *left, const void *right)
{
    const struct snapshot_alert *a = left, *b = right;
    if (a->display != b->display)
        return rank(b->display) - rank(a->display);
    if (a->since_wall_ms != b->since_wall_ms)
        return a->since_wall_ms < b->since_wall_ms ? -1 : 1;
    return compare_places(a, b);
}

static void list_tiles(struct snapshot *snapshot, const struct board *board, struct snapshot_alert *alerts)
{
    const struct board_tile *tile = board->tiles;
    for (size_t i = 0; i < snapshot->page_count; i++)
        for (size_t j = 0; j < snapshot->pages[i].tile_count; j++, tile++)
            if (board_watch_tells_tile(tile) && !board_watch_is_twin(board, tile))
                alerts[snapshot->alert_count++] =
                    (struct snapshot_alert){.tile = &snapshot->pages[i].tiles[j],
                                            .display = tile->display,
                                            .since_wall_ms = tile->since_wall_ms};
            else if (tile->table)
                list_cells(snapshot, board, tile, snapshot->pages[i].tiles[j].table, alerts);
}

static void list_compounds(struct snapshot *snapshot, const struct board_group *group,
                           struct snapshot_alert *alerts)
{
    for (int i = COMPOUND_NONE + 1; i < COMPOUND_COUNT; i++) {
        if (!board_watch_tells_compound(group, (enum compound)i))
            continue;
        struct snapshot_alert *alert = &alerts[snapshot->alert_count++];
        *alert = (struct snapshot_alert){.display = board_alerts_compound_display((enum compound)i),
                                         .since_wall_ms = group->compounds[i].since_wall_ms,
                                         .compound = (enum compound)i};
        for (int dim = 0; dim < DIM_COUNT; dim++)
            alert->where.value[dim] = arena_copy_text(snapshot->arena, group->where.value[dim]);
        if (group->queue_unnamed)
            alert->where.value[DIM_QUEUE] = NULL;
    }
}

/* In a flood: the worst three, and the first of all, which may tell how it began. */
static void thin_out(struct snapshot *snapshot, struct snapshot_alert *alerts)
{
    if (!snapshot->flood || snapshot->alert_count <= FLOOD_TOLD)
        return;
    size_t first = 0;
    for (size_t i = 1; i < snapshot->alert_count; i++)
        if (alerts[i].since_wall_ms < alerts[first].since_wall_ms)
            first = i;
    if (first >= FLOOD_TOLD)
        alerts[FLOOD_TOLD - 1] = alerts[first];
    snapshot->alerts_untold = snapshot->alert_count - FLOOD_TOLD;
    snapshot->alert_count = FLOOD_TOLD;
}

static void list_alerts(struct snapshot *snapshot, const struct board *board)
{
    size_t most = board->judged_count + board->group_count * COMPOUND_COUNT;
    struct snapshot_alert *alerts = arena_take(snapshot->arena, most, sizeof *alerts);
    snapshot->flood = board->flood.on;
    snapshot->notices = board->notices;
    list_tiles(snapshot, board, alerts);
    for (size_t i = 0; i < board->group_count; i++)
        list_compounds(snapshot, &board->groups[i], alerts);
    if (snapshot->alert_count)
        qsort(alerts, snapshot->alert_count, sizeof *alerts, compare_alerts);
    thin_out(snapshot, alerts);
    snapshot->alerts = alerts;
}

static void add_to_summary(struct snapshot *snapshot, enum display display)
{
    if (rank(display) && (snapshot->summary == DISPLAY_NODATA || rank(display) > rank(snapshot->summary)))
        snapshot->summary = display;
}

/* What another alert explains does not count; what a person has put aside still does. */
static bool is_suppressed(const struct board_tile *tile)
{
    return tile->muting != MUTING_NONE && tile->muting != MUTING_SHELVED;
}

static bool whole_board_closed(const struct board *board)
{
    for (size_t i = 0; i < board->tile_count; i++)
        if (board->tiles[i].display != DISPLAY_CLOSED)
            return false;
    return board->tile_count > 0;
}

static void sum_up(struct snapshot *snapshot, const struct board *board)
{
    snapshot->summary = whole_board_closed(board) ? DISPLAY_CLOSED : DISPLAY_NODATA;
    for (size_t i = 0; i < board->judged_count; i++) {
        const struct board_tile *tile = board->judged[i];
        enum display display = tile->display;
        if (tile->table && tile->table->row_count)
            continue; /* its cells are here too */
        if (display == DISPLAY_STALE || display == DISPLAY_NODATA)
            snapshot->data_trouble = true;
        else if (!is_suppressed(tile))
            add_to_summary(snapshot, display);
        snapshot->data_trouble |= tile->muting == MUTING_SOURCE_DOWN;
    }
    for (size_t i = 0; i < snapshot->alert_count; i++)
        if (snapshot->alerts[i].compound != COMPOUND_NONE)
            add_to_summary(snapshot, snapshot->alerts[i].display);
}

static void copy_letters(struct snapshot *snapshot, const struct board *board, struct now now)
{
    for (int letter = 0; letter < SQCDP_LETTERS; letter++)
        snapshot->letters[letter] = board_letter(board, (enum sqcdp_letter)letter);
    snapshot->month = board_letters_month(board, now);
}

struct snapshot *board_snapshot(struct board *board, struct now now)
{
    board_tick(board, now); /* nothing may look fresher than it is, whoever forgot to let time pass */
    struct arena *arena = arena_create();
    struct snapshot *snapshot = arena_take(arena, 1, sizeof *snapshot);
    snapshot->arena = arena;
    snapshot->taken = now;
    snapshot->title = arena_copy_text(arena, board->settings->title);
    snapshot->language = board->settings->language;
    snapshot->clock_untrusted = board->clock_untrusted;
    copy_pages(snapshot, board, now);
    copy_sources(snapshot, board);
    snapshot->objective_count = board->settings->objective_count;
    snapshot->objectives = objectives_copy(arena, board, now);
    copy_letters(snapshot, board, now);
    board_copy_memory(snapshot, board);
    snapshot->budget = *alert_week_report(board->week, now.wall_ms);
    snapshot->actions = contents_actions(arena, board, now);
    snapshot->messages = contents_messages(arena, board, now, &snapshot->message_count);
    list_alerts(snapshot, board);
    sum_up(snapshot, board);
    return snapshot;
}
