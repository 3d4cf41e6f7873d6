#include "model/board.h"

#include <math.h>
#include <stdlib.h>

#include "base/calendar.h"
#include "base/memory.h"
#include "base/text.h"
#include "model/board_parts.h"
#include "model/notes.h"
#include "model/objectives.h"
#include "model/withholding.h"

/* A series that its source no longer sends is unknown; after this long it is gone, and sums do without it. */
static const int64_t FORGET_MISSING_MS = 900000;
static const int64_t NOTICED_STEP_MS = 1000;
static const int64_t FROZEN_LEAST_MS = 600000;
static const int64_t RETURNED_FOR_MS = 60000;

/* ---- birth and death ---- */

static void hold_dims(struct names *names, const struct dims *from, struct dims *to)
{
    for (int i = 0; i < DIM_COUNT; i++)
        to->value[i] = names_hold(names, from->value[i]);
}

/* The tile's own limits and those of its KPI together. */
static void set_scope(struct board_tile *tile, struct names *names)
{
    const struct dims *filter = &tile->settings->kpi->filter;
    hold_dims(names, &tile->settings->where, &tile->where);
    tile->scope = tile->where;
    for (int i = 0; i < DIM_COUNT; i++) {
        if (!filter->value[i])
            continue;
        if (!tile->where.value[i])
            tile->scope.value[i] = names_hold(names, filter->value[i]); /* held as long as the names live */
        else if (!text_equal(tile->where.value[i], filter->value[i]))
            tile->empty_scope = true;
    }
}

static bool divides_by_time(const struct catalogue *catalogue, const struct kpi *kpi)
{
    if (kpi->denominator.count == 0)
        return false;
    const struct counter *counter = catalogue_counter(catalogue, kpi->denominator.terms[0].counter);
    return counter && counter->unit == UNIT_SECONDS;
}

static void want(struct board *board, const struct expression *expression, enum period window)
{
    for (size_t i = 0; i < expression->count; i++) {
        const char *name = expression->terms[i].counter;
        const struct counter *counter = catalogue_counter(board->catalogue, name);
        if (!counter || !counter->gauge)
            counters_want(board->counters, name, window);
    }
}

/* Of all that may make up the KPI: which way a source allows is not known before it answers. */
static void want_kpi(struct board *board, struct arena *arena, const struct kpi *kpi, enum period window)
{
    size_t count;
    if (windows_index(window) < 0)
        return;
    const struct expression *expressions = formula_expressions(arena, kpi, &count);
    for (size_t i = 0; i < count; i++)
        want(board, &expressions[i], window);
}

static void want_windows_of(struct board *board, const struct kpi *kpi, bool has_period, enum period period)
{
    struct arena *arena = arena_create();
    size_t count;
    want_kpi(board, arena, kpi, has_period ? period : kpi->default_period);
    const struct computed_need *needs = computed_needs(arena, board->catalogue, kpi, &count);
    for (size_t i = 0; i < count; i++)
        want_kpi(board, arena, needs[i].kpi, needs[i].period);
    arena_destroy(arena);
}

static void want_windows(struct board *board, const struct tile_settings *settings)
{
    const struct table_settings *table = settings->table;
    want_windows_of(board, settings->kpi, settings->has_period, settings->period);
    for (size_t i = 0; table && i < table->column_count; i++)
        want_windows_of(board, table->columns[i].kpi, table->columns[i].has_period, table->columns[i].period);
}

void board_tile_init(struct board *board, struct board_tile *tile, const struct tile_settings *settings)
{
    tile->settings = settings;
    tile->has_letter = sqcdp_letter_of(settings->kpi->id, &tile->letter);
    want_windows(board, settings);
    set_scope(tile, board->names);
    tile->rule = tile->day_rule = rule_for_tile(board->settings, settings, &tile->scope);
    tile->outcome = outcome_unknown();
    tile->outcome.period = settings->kpi->default_period;
    if (settings->has_period)
        tile->outcome.period = settings->period;
    tile->n_is_time = divides_by_time(board->catalogue, settings->kpi) || computed_counts_time(settings->kpi);
    tile->memory = computed_memory_create(settings->kpi);
    tile->board_kpi = board_kpi_find(settings->kpi);
    tile->looked_minute = INT64_MIN;
    tile->source = -1;
    tile->people = NAN;
    tile->display = DISPLAY_NODATA;
    tile->activation_ms = ALERT_TIMER_OFF;
    alert_machine_init(&tile->machine);
    series_init(&tile->series);
}

struct board_tile *board_tile_named(const struct board *board, const char *id)
{
    for (size_t i = 0; i < board->tile_count; i++)
        if (text_equal(board->tiles[i].settings->id, id))
            return &board->tiles[i];
    return NULL;
}

size_t board_settings_tile_count(const struct board_settings *settings)
{
    size_t count = 0;
    for (size_t i = 0; i < settings->page_count; i++)
        count += settings->pages[i].tile_count;
    return count;
}

static void create_tiles(struct board *board)
{
    board->tile_count = board_settings_tile_count(board->settings);
    board->tiles = memory_create(board->tile_count, sizeof *board->tiles);
    struct board_tile *tile = board->tiles;
    for (size_t i = 0; i < board->settings->page_count; i++)
        for (size_t j = 0; j < board->settings->pages[i].tile_count; j++)
            board_tile_init(board, tile++, &board->settings->pages[i].tiles[j]);
}

static void create_sources(struct board *board)
{
    board->source_count = board->settings->source_count;
    board->sources = memory_create(board->source_count, sizeof *board->sources);
    for (size_t i = 0; i < board->source_count; i++) {
        board->sources[i].name = board->settings->source_names[i];
        board->sources[i].problem = SOURCE_WAITING;
    }
}

static void create_notes(struct board *board)
{
    board->notes_count = board->settings->notes_count;
    board->notes = memory_create(board->notes_count, sizeof *board->notes);
    for (size_t i = 0; i < board->notes_count; i++)
        board_set_notes(board, i, &board->settings->notes[i]);
}

void board_set_notes(struct board *board, size_t index, const struct notes *notes)
{
    if (index >= board->notes_count)
        return;
    struct board_notes *kept = &board->notes[index];
    arena_destroy(kept->arena);
    kept->arena = arena_create();
    kept->notes = notes_copy(kept->arena, notes);
}

void board_set_participants(struct board *board, const struct podium_list *list)
{
    if (board->podium)
        podium_set_list(board->podium, list);
}

/* With the names and figures of a board before, which are the new one's from now on; NULL: none. */
struct board *board_create_with(const struct catalogue *catalogue, const struct board_settings *settings,
                                struct names *names, struct counters *counters)
{
    struct board *board = memory_create(1, sizeof *board);
    board->catalogue = catalogue;
    board->settings = settings;
    board->names = names ? names : names_create();
    board->counters = counters ? counters : counters_create(board->names);
    create_sources(board);
    create_tiles(board);
    board_tables_init(board);
    board_watch_init(board);
    objectives_init(board);
    board_hours_init(board);
    create_notes(board);
    if (settings->podium)
        board->podium = podium_create(catalogue, settings->podium);
    return board;
}

struct board *board_create(const struct catalogue *catalogue, const struct board_settings *settings)
{
    return board_create_with(catalogue, settings, NULL, NULL);
}

void board_tile_finish(struct board_tile *tile)
{
    series_finish(&tile->series);
    computed_memory_destroy(tile->memory);
    free(tile->hours_parts);
    free(tile->parts);
    free(tile->comparable);
    free(tile->days);
}

void board_destroy(struct board *board)
{
    if (!board)
        return;
    for (size_t i = 0; i < board->notes_count; i++)
        arena_destroy(board->notes[i].arena);
    free(board->notes);
    podium_destroy(board->podium);
    board_tables_finish(board);
    for (size_t i = 0; i < board->tile_count; i++)
        board_tile_finish(&board->tiles[i]);
    for (size_t i = 0; i < board->source_count; i++)
        free(board->sources[i].detail);
    board_watch_finish(board);
    board_hours_finish(board);
    objectives_finish(board);
    board_forget_memory(board);
    free(board->tiles);
    free(board->sources);
    arena_destroy(board->formulas_arena);
    if (!board->figures_lent) {
        counters_destroy(board->counters);
        names_destroy(board->names);
    }
    free(board);
}

/* ---- clocks ---- */

static void move(int64_t *wall_ms, int64_t by_ms)
{
    if (*wall_ms)
        *wall_ms += by_ms;
}

/* What we noted by our own wall clock stays right for the reader when that clock is set. */
static void wall_was_set(struct board *board, int64_t by_ms)
{
    for (size_t i = 0; i < board->source_count; i++) {
        move(&board->sources[i].problem_since_wall_ms, by_ms);
        move(&board->sources[i].last_success_wall_ms, by_ms);
        move(&board->sources[i].frozen.since_wall_ms, by_ms);
    }
    for (size_t i = 0; i < board->judged_count; i++)
        move(&board->judged[i]->since_wall_ms, by_ms);
}

static void note_clock(struct board *board, struct now now)
{
    int64_t offset_ms = now.wall_ms - now.monotonic_ms;
    int64_t step_ms = offset_ms - board->offset_ms;
    if (!board->has_offset)
        board->minute_phase_ms = ((offset_ms % 60000) + 60000) % 60000;
    else if (step_ms > NOTICED_STEP_MS || step_ms < -NOTICED_STEP_MS)
        wall_was_set(board, step_ms);
    else
        return; /* the difference of two readings, not a step: do not let it add up */
    board->has_offset = true;
    board->offset_ms = offset_ms;
}

void board_clock_trusted(struct board *board, bool trusted, struct now now)
{
    note_clock(board, now); /* what was noted by the wrong clock is moved before it is believed */
    board->clock_untrusted = !trusted;
}

int64_t board_minute(const struct board *board, int64_t monotonic_ms)
{
    int64_t ms = monotonic_ms + board->minute_phase_ms;
    return ms / 60000 - (ms % 60000 < 0); /* downwards: what is rehearsed lies before the clock's zero */
}

/* ---- from figures to tiles ---- */

static bool may_use(const struct board *board, const struct board_tile *tile, size_t source)
{
    const char *wanted = tile->settings->source;
    return !tile->empty_scope && (!wanted || text_equal(wanted, board->sources[source].name));
}

static struct formula_request request_of(const struct board *board, const struct board_tile *tile,
                                         size_t source)
{
    const struct tile_settings *settings = tile->settings;
    return (struct formula_request){
        .catalogue = board->catalogue,
        .kpi = settings->kpi,
        .scope = &tile->scope,
        .where = &tile->where,
        .source = source,
        .period = settings->has_period ? settings->period : settings->kpi->default_period,
        .named_period = settings->has_period,
        .has_sl_variant = settings->has_sl_variant || board->settings->has_sl_variant,
        .sl_variant = settings->has_sl_variant ? settings->sl_variant : board->settings->sl_variant,
    };
}

/* Most sources have nothing for most tiles. */
static void make_room_for_formulas(struct board *board, struct board_tile *tile)
{
    tile->formulas = arena_take(board->formulas_arena, board->source_count, sizeof *tile->formulas);
    tile->computed = arena_take(board->formulas_arena, board->source_count, sizeof(struct computed *));
}

static void bind_source(struct board *board, struct board_tile *tile, size_t source)
{
    struct arena *arena = board->formulas_arena;
    struct formula_request request = request_of(board, tile, source);
    struct formula formula = formula_bind(arena, board->counters, &request);
    struct computed *computed = computed_bind(arena, board->counters, &request, board->settings);
    if (!formula.way_count && !computed)
        return;
    if (!tile->formula_count)
        make_room_for_formulas(board, tile);
    tile->computed[tile->formula_count] = computed;
    tile->formulas[tile->formula_count++] = formula;
}

void board_tile_bind(struct board *board, struct board_tile *tile)
{
    tile->formula_count = 0;
    for (size_t source = 0; source < board->source_count && !tile->board_kpi; source++)
        if (may_use(board, tile, source))
            bind_source(board, tile, source);
}

/* Only when series came or went: which ones a tile needs does not change with their values. */
static void bind_tiles(struct board *board)
{
    uint64_t version = counters_version(board->counters);
    if (version == board->bound_version && board->formulas_arena)
        return;
    arena_destroy(board->formulas_arena);
    board->formulas_arena = arena_create();
    board_tables_bind(board);
    for (size_t i = 0; i < board->judged_count; i++)
        board_tile_bind(board, board->judged[i]);
    for (size_t i = 0; i < board->group_count; i++)
        for (int watch = 0; watch < WATCH_COUNT; watch++)
            board_tile_bind(board, &board->groups[i].watches[watch]);
    objectives_bind(board);
    withholding_bind(board);
    board_hours_look_at_parts(board);
    board->bound_version = version;
}

static bool is_newer(const struct board *board, size_t source, int than)
{
    return than < 0 ||
           board->sources[source].freshness.figures_ms > board->sources[than].freshness.figures_ms;
}

/* What the source gives as a finished figure goes before what we make of others. */
static struct outcome evaluate_source(const struct board_tile *tile, size_t i)
{
    struct outcome outcome = formula_evaluate(&tile->formulas[i]);
    if (outcome.kind != OUTCOME_UNKNOWN || !tile->computed[i])
        return outcome;
    return computed_evaluate(tile->computed[i], tile->memory);
}

/* The newest figures that any source has for the tile. -1: none. */
static int choose_source(const struct board *board, const struct board_tile *tile, struct outcome *outcome)
{
    int chosen = -1;
    for (size_t i = 0; i < tile->formula_count; i++) {
        struct outcome candidate = evaluate_source(tile, i);
        if (candidate.kind == OUTCOME_UNKNOWN || !is_newer(board, tile->formulas[i].source, chosen))
            continue;
        chosen = (int)tile->formulas[i].source;
        *outcome = candidate;
    }
    return chosen;
}

/* Parts are the figure once more, so what is withheld has none. */
static void take_parts(struct board_tile *tile, int source)
{
    tile->part_count = 0;
    for (size_t i = 0; i < tile->formula_count && tile->withheld == WITHHELD_NOT; i++) {
        if (!tile->computed[i] || tile->formulas[i].source != (size_t)source)
            continue;
        if (!tile->parts)
            tile->parts = memory_create(COMPUTED_PARTS_MAX, sizeof *tile->parts);
        tile->part_count = computed_parts(tile->computed[i], tile->parts);
    }
}

static void take_outcome(struct board *board, struct board_tile *tile, int source,
                         const struct outcome *outcome, struct now now)
{
    const struct freshness *freshness = &board->sources[source].freshness;
    bool other_period = tile->outcome.period != outcome->period;
    tile->outcome = *outcome;
    tile->source = source;
    if (other_period)
        board_hours_pace(board, tile);
    tile->figures_wall_ms = freshness->figures_wall_ms;
    take_parts(tile, source);
    alert_machine_sample(&tile->machine, &tile->rule, outcome->value, outcome->n, freshness->figures_ms,
                         now.monotonic_ms);
}

void board_tile_lose(struct board_tile *tile)
{
    tile->outcome.kind = OUTCOME_UNKNOWN;
    tile->outcome.value = tile->outcome.n = NAN;
    tile->part_count = 0;
    tile->about = NULL;
    alert_machine_unknown(&tile->machine);
}

/* Only of the first source that has the figures: a memory of two would be a muddle. */
static void note(const struct board *board, struct board_tile *tile, int source)
{
    const struct freshness *freshness = &board->sources[source].freshness;
    if (tile->memory && tile->formula_count && tile->computed[0] &&
        tile->formulas[0].source == (size_t)source)
        computed_note(tile->computed[0], tile->memory, freshness->figures_wall_ms);
}

/* `source` has said something: does it change the tile? */
static void evaluate_tile(struct board *board, struct board_tile *tile, int source, struct now now)
{
    struct outcome outcome;
    note(board, tile, source);
    int chosen = choose_source(board, tile, &outcome);
    if (chosen >= 0)
        withholding_apply(tile, &outcome);
    if (chosen < 0)
        board_tile_lose(tile);
    else if (chosen == source || tile->source == source)
        take_outcome(board, tile, chosen, &outcome, now);
}

static bool concerns(const struct board_tile *tile, size_t source)
{
    if (tile->source == (int)source)
        return true;
    for (size_t i = 0; i < tile->formula_count; i++)
        if (tile->formulas[i].source == source)
            return true;
    return false;
}

void board_tile_hear(struct board *board, struct board_tile *tile, size_t source, struct now now)
{
    if (concerns(tile, source))
        evaluate_tile(board, tile, (int)source, now);
}

void board_evaluate(struct board *board, size_t source, struct now now)
{
    bind_tiles(board);
    withholding_update(board, now);
    for (size_t i = 0; i < board->judged_count; i++)
        board_tile_hear(board, board->judged[i], source, now);
    for (size_t i = 0; i < board->group_count; i++)
        for (int watch = 0; watch < WATCH_COUNT; watch++)
            board_tile_hear(board, &board->groups[i].watches[watch], source, now);
    objectives_hear(board, source, now);
}

/* ---- time ---- */

static bool is_fresh(const struct board_tile *tile)
{
    return tile->display != DISPLAY_CLOSED && tile->display != DISPLAY_NODATA &&
           tile->display != DISPLAY_STALE;
}

/* From half of its time on a figure is marked as ageing. */
static bool is_ageing(const struct board_tile *tile, struct now now)
{
    return is_fresh(tile) && 2 * (now.monotonic_ms - tile->machine.figures_ms) > tile->rule.stale_after_ms;
}

/* An alert from before the start goes on if the first figure is as bad; a better one says that it is over. */
static void resume_alert(struct board_tile *tile, struct now now)
{
    struct resumed_alert resumed = tile->resumed;
    if (!resumed.since_wall_ms || (!is_fresh(tile) && tile->display != DISPLAY_CLOSED))
        return;
    tile->resumed = (struct resumed_alert){0};
    if (tile->display == resumed.display)
        tile->since_wall_ms = resumed.since_wall_ms;
    if (resumed.acked_wall_ms && tile->display == resumed.display)
        alert_machine_ack(&tile->machine, now.monotonic_ms);
}

static bool update_display(struct board_tile *tile, struct now now)
{
    alert_machine_tick(&tile->machine, &tile->rule, now.monotonic_ms);
    enum display display = tile->settings->ranks_agents ? DISPLAY_NEUTRAL /* no colours, no alert (P09) */
                           : tile->table
                               ? board_table_display(tile)
                               : alert_machine_display(&tile->machine, &tile->rule, now.monotonic_ms);
    if (display == tile->display && tile->since_wall_ms)
        return false;
    if (display == DISPLAY_OK && display_is_alert(tile->display)) {
        tile->returning = RETURNED;
        tile->returned_ms = now.monotonic_ms;
    }
    tile->display = display;
    tile->since_wall_ms = now.wall_ms;
    resume_alert(tile, now);
    digest_note(&tile->log, display, now.monotonic_ms);
    return true;
}

static bool update_ageing(struct board_tile *tile, struct now now)
{
    bool ageing = is_ageing(tile, now);
    bool changed = ageing != tile->ageing;
    tile->ageing = ageing;
    return changed;
}

/* A table's light is its cells', each of which has its own way back. */
static enum returning way_back(const struct board_tile *tile, struct now now)
{
    if (tile->display == DISPLAY_OK)
        return tile->returning == RETURNED && now.monotonic_ms - tile->returned_ms < RETURNED_FOR_MS
                   ? RETURNED
                   : RETURNING_NOT;
    return display_is_alert(tile->display) && !tile->table &&
                   alert_machine_state(&tile->machine, &tile->rule, now.monotonic_ms) == ALERT_RECOVERING
               ? RETURNING_SOON
               : RETURNING_NOT;
}

static bool update_returning(struct board_tile *tile, struct now now)
{
    enum returning returning = way_back(tile, now);
    bool changed = returning != tile->returning;
    tile->returning = returning;
    return changed;
}

/* True if the curve moved on by a minute. */
static bool update_series(struct board *board, struct board_tile *tile, struct now now)
{
    int64_t minute = board_minute(board, now.monotonic_ms);
    bool moved = tile->series.count && minute > tile->series.newest_minute;
    series_put(&tile->series, minute, is_fresh(tile) ? tile->outcome.value : NAN);
    ribbon_note(&tile->ribbon, tile->display, now);
    return moved;
}

static bool update_tile(struct board *board, struct board_tile *tile, struct now now)
{
    bool changed = update_display(tile, now);
    changed |= update_ageing(tile, now);
    changed |= update_returning(tile, now);
    if (!tile->is_cell)
        changed |= update_series(board, tile, now);
    return changed;
}

static bool same_number(double a, double b)
{
    return a == b || (isnan(a) && isnan(b));
}

/* What a tile says about the board is of this moment, or not known. True if it says something else. */
static bool look_at_board(struct board *board, struct board_tile *tile, struct now now)
{
    double before = tile->outcome.value;
    struct outcome outcome = board_kpi_evaluate(board, tile, now);
    if (outcome.kind == OUTCOME_UNKNOWN) {
        board_tile_lose(tile);
    } else {
        tile->outcome = outcome;
        tile->figures_wall_ms = now.wall_ms;
        alert_machine_sample(&tile->machine, &tile->rule, outcome.value, outcome.n, now.monotonic_ms,
                             now.monotonic_ms);
    }
    return !same_number(before, tile->outcome.value);
}

/* They look at the others and at the alerts, and may be alerts themselves. */
static bool update_board_tiles(struct board *board, struct now now)
{
    bool changed = false, any = false;
    for (size_t i = 0; i < board->tile_count; i++) {
        if (!board->tiles[i].board_kpi)
            continue;
        changed |= look_at_board(board, &board->tiles[i], now);
        changed |= update_tile(board, &board->tiles[i], now);
        any = true;
    }
    if (any)
        board_watch_look(board, now);
    return changed;
}

static bool all_heard(const struct board *board)
{
    size_t heard = 0;
    while (heard < board->source_count && board->sources[heard].problem != SOURCE_WAITING)
        heard++;
    return heard == board->source_count;
}

static bool update_podium(struct board *board, struct now now)
{
    const struct podium_moment moment = {all_heard(board), !board->clock_untrusted, now};
    return podium_tick(board->podium, &moment);
}

/* Those about the board come last. */
static bool update_tiles(struct board *board, struct now now)
{
    bool changed = false;
    objectives_update(board, now);
    for (size_t i = 0; i < board->judged_count; i++)
        if (!board->judged[i]->board_kpi)
            changed |= update_tile(board, board->judged[i], now);
    board_tables_rank(board, now);
    changed |= update_podium(board, now);
    board_watch_look(board, now);
    changed |= update_board_tiles(board, now);
    board_watch_tell(board, now);
    board_letters_keep(board, now);
    return changed;
}

static void note_waiting(struct board *board, struct now now)
{
    for (size_t i = 0; i < board->source_count; i++)
        if (board->sources[i].problem == SOURCE_WAITING && !board->sources[i].problem_since_wall_ms)
            board->sources[i].problem_since_wall_ms = now.wall_ms;
}

bool board_tick(struct board *board, struct now now)
{
    note_clock(board, now);
    bool new_hours = board_hours_keep(board, now);
    note_waiting(board, now);
    counters_forget(board->counters, FORGET_MISSING_MS, now.monotonic_ms);
    bind_tiles(board);
    return update_tiles(board, now) || new_hours;
}

/* ---- what sources say ---- */

static void set_problem(struct board_source *source, enum source_problem problem, double number,
                        const char *detail, struct now now)
{
    if (problem == SOURCE_FINE)
        source->problem_since_wall_ms = 0;
    else if (problem != source->problem || !source->problem_since_wall_ms)
        source->problem_since_wall_ms = now.wall_ms;
    free(source->detail);
    source->problem = problem;
    source->number = number;
    source->detail = memory_copy_text(detail);
}

static void succeeded(struct board_source *source, struct now now)
{
    set_problem(source, SOURCE_FINE, 0, NULL, now);
    source->last_success_wall_ms = now.wall_ms;
}

static void roll_windows(struct board *board, size_t source)
{
    const struct freshness *freshness = &board->sources[source].freshness;
    struct window_moment moment = {freshness->figures_ms, freshness->figures_wall_ms,
                                   calendar_midnight_ms(freshness->figures_wall_ms)};
    if (freshness->has_figures)
        counters_roll(board->counters, source, &moment);
}

/* ---- frozen sources ---- */

/* Three times what the most impatient of its tiles waits, and ten minutes at least. */
static int64_t frozen_after_ms(const struct board *board, size_t source)
{
    int64_t least_ms = INT64_MAX / 3;
    for (size_t i = 0; i < board->judged_count; i++)
        if (board->judged[i]->source == (int)source && board->judged[i]->rule.stale_after_ms < least_ms)
            least_ms = board->judged[i]->rule.stale_after_ms;
    return 3 * least_ms > FROZEN_LEAST_MS && least_ms < INT64_MAX / 3 ? 3 * least_ms : FROZEN_LEAST_MS;
}

/* Its figures are dated back to when they were last news, and no tile takes anything from it. */
static void freeze(struct board *board, size_t index, struct now now)
{
    struct board_source *source = &board->sources[index];
    set_problem(source, SOURCE_FROZEN, 0, NULL, now);
    source->problem_since_wall_ms = source->frozen.since_wall_ms;
    source->freshness.figures_ms = source->frozen.figures_since_ms;
    source->freshness.figures_wall_ms = source->frozen.figures_since_wall_ms;
    for (size_t i = 0; i < board->judged_count; i++) {
        struct outcome outcome = board->judged[i]->outcome;
        if (board->judged[i]->source == (int)index && outcome.kind != OUTCOME_UNKNOWN)
            take_outcome(board, board->judged[i], (int)index, &outcome, now);
    }
}

/* What a source that answered has said goes to the tiles, unless it is frozen. */
static void take_answer(struct board *board, size_t source, struct now now)
{
    if (frozen_is(&board->sources[source].frozen, frozen_after_ms(board, source), now.monotonic_ms)) {
        freeze(board, source, now);
    } else {
        roll_windows(board, source);
        board_evaluate(board, source, now);
    }
    update_tiles(board, now);
}

static void date_figures(struct board *board, size_t source, double at_s, struct now now)
{
    struct freshness *freshness = &board->sources[source].freshness;
    if (board->clock_untrusted)
        freshness_arrived_untrusted(freshness, at_s, now);
    else
        freshness_arrived(freshness, at_s, now);
}

static void note_movement(struct board *board, size_t index, const struct sample_document *document,
                          struct now now)
{
    struct board_source *source = &board->sources[index];
    struct now figures = {source->freshness.figures_ms, source->freshness.figures_wall_ms};
    frozen_note(&source->frozen, document, figures, now);
}

/* Figures of a person are not for the wall: they do not even get in (P02). What a podium looks at for itself
 * stays there. */
static void put_samples(struct board *board, size_t source, const struct sample_document *document,
                        struct now now)
{
    counters_begin(board->counters, source);
    for (size_t i = 0; i < document->count; i++)
        if (!document->samples[i].dims.value[DIM_AGENT])
            counters_put(board->counters, &document->samples[i]);
    counters_end(board->counters, now.monotonic_ms);
}

void board_apply(struct board *board, size_t source, const struct sample_document *document, struct now now)
{
    if (source >= board->source_count)
        return;
    note_clock(board, now);
    board_hours_keep(board, now);
    succeeded(&board->sources[source], now);
    date_figures(board, source, document->at_s, now);
    note_movement(board, source, document, now);
    put_samples(board, source, document, now);
    if (!board->clock_untrusted)
        podium_hear(board->podium, source, document, board->sources[source].freshness.figures_wall_ms, now);
    take_answer(board, source, now);
}

void board_apply_again(struct board *board, size_t source, struct now now)
{
    if (source >= board->source_count)
        return;
    note_clock(board, now);
    board_hours_keep(board, now);
    succeeded(&board->sources[source], now);
    freshness_arrived_again(&board->sources[source].freshness, now);
    take_answer(board, source, now);
}

void board_source_fine(struct board *board, size_t source, struct now now)
{
    if (source >= board->source_count)
        return;
    note_clock(board, now);
    succeeded(&board->sources[source], now);
}

void board_source_failed(struct board *board, size_t source, const struct source_failure *failure,
                         struct now now)
{
    if (source >= board->source_count)
        return;
    note_clock(board, now);
    set_problem(&board->sources[source], failure->problem, failure->number, failure->detail, now);
    board->sources[source].next_try_ms = failure->next_try_ms;
}

void board_forget_values(struct board *board)
{
    counters_clear(board->counters);
    if (board->podium)
        podium_forget(board->podium);
    for (size_t i = 0; i < board->source_count; i++)
        board->sources[i].freshness.has_figures = board->sources[i].frozen.has_figures = false;
    for (size_t i = 0; i < board->judged_count; i++) {
        struct board_tile *tile = board->judged[i];
        bool closed = tile->machine.closed;
        board_tile_lose(tile);
        tile->source = -1;
        alert_machine_init(&tile->machine);
        tile->machine.closed = closed;
    }
    board_watch_forget(board);
    objectives_forget(board);
    bind_tiles(board);
}
