#include "model/objectives.h"

#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/text.h"
#include "model/board_parts.h"
#include "model/rule.h"

/* ---- the key results' figures ---- */

static size_t count_results(const struct board_settings *settings)
{
    size_t count = 0;
    for (size_t i = 0; i < settings->objective_count; i++)
        count += settings->objectives[i].key_result_count;
    return count;
}

/* A key result on a KPI is computed as a tile would be, though none shows it. */
static void init_result(struct board *board, const struct key_result_settings *result,
                        struct tile_settings *settings, struct board_tile *tile)
{
    if (!result->kpi)
        return;
    *settings = (struct tile_settings){.id = "", .kpi = result->kpi, .where = result->where};
    settings->rule = rule_settings_inherited();
    board_tile_init(board, tile, settings);
}

static bool same(double a, double b)
{
    return (isnan(a) && isnan(b)) || fabs(a - b) <= 0;
}

/* By what a tile on an objective is graded unless somebody has set thresholds of their own. */
static bool has_catalogues_limits(const struct board_tile *tile)
{
    const struct limits *own = &tile->rule.limits, *kpi = &tile->settings->kpi->limits;
    return same(own->warn_low, kpi->warn_low) && same(own->critical_low, kpi->critical_low);
}

void objectives_init(struct board *board)
{
    const struct board_settings *settings = board->settings;
    board->result_count = count_results(settings);
    board->results = memory_create(board->result_count, sizeof *board->results);
    board->result_settings = memory_create(board->result_count, sizeof *board->result_settings);
    size_t at = 0;
    for (size_t i = 0; i < settings->objective_count; i++)
        for (size_t j = 0; j < settings->objectives[i].key_result_count; j++, at++)
            init_result(board, &settings->objectives[i].key_results[j], &board->result_settings[at],
                        &board->results[at]);
    for (size_t i = 0; i < board->tile_count; i++)
        board->tiles[i].paced = has_catalogues_limits(&board->tiles[i]);
}

void objectives_finish(struct board *board)
{
    for (size_t i = 0; i < board->result_count; i++)
        board_tile_finish(&board->results[i]);
    free(board->results);
    free(board->result_settings);
}

void objectives_bind(struct board *board)
{
    for (size_t i = 0; i < board->result_count; i++)
        if (board->results[i].settings)
            board_tile_bind(board, &board->results[i]);
}

void objectives_hear(struct board *board, size_t source, struct now now)
{
    for (size_t i = 0; i < board->result_count; i++)
        if (board->results[i].settings)
            board_tile_hear(board, &board->results[i], source, now);
}

/* ---- scoring ---- */

static int64_t midnight_ms(const struct calendar_date *date, int days_later)
{
    struct calendar_time time = {.year = date->year, .month = date->month, .day = date->day + days_later};
    return date->year ? calendar_moment_ms(&time) : 0;
}

static double elapsed_of(const struct objective_settings *objective, struct now now)
{
    return okr_elapsed(midnight_ms(&objective->from, 0), midnight_ms(&objective->to, 1), now.wall_ms);
}

/* The first of the objective's results in board->results. */
static size_t first_result(const struct board *board, size_t objective)
{
    size_t first = 0;
    for (size_t i = 0; i < objective; i++)
        first += board->settings->objectives[i].key_result_count;
    return first;
}

static struct okr_key_result result_now(const struct key_result_settings *settings,
                                        const struct board_tile *tile)
{
    return (struct okr_key_result){
        .start = settings->start,
        .goal = settings->goal,
        .current = settings->kpi ? tile->outcome.value : settings->value,
        .weight = settings->weight,
        .promise = settings->promise,
        .updated_wall_ms = settings->kpi ? tile->figures_wall_ms : midnight_ms(&settings->updated, 0),
    };
}

/* An objective as it stands. */
struct standing {
    double elapsed;
    size_t count;
    struct okr_key_result *results; /* free() them */
    struct okr_score score;
    int64_t updated_wall_ms; /* of the oldest result that is known; 0: none is */
};

static void note_update(struct standing *standing, const struct okr_key_result *result)
{
    int64_t updated_ms = result->updated_wall_ms;
    if (isnan(result->current) || !updated_ms)
        return;
    if (!standing->updated_wall_ms || updated_ms < standing->updated_wall_ms)
        standing->updated_wall_ms = updated_ms;
}

static struct standing stand(const struct board *board, size_t index, struct now now)
{
    const struct objective_settings *objective = &board->settings->objectives[index];
    const struct board_tile *tiles = board->results + first_result(board, index);
    struct standing standing = {.elapsed = elapsed_of(objective, now), .count = objective->key_result_count};
    standing.results = memory_create(standing.count, sizeof *standing.results);
    for (size_t i = 0; i < standing.count; i++) {
        standing.results[i] = result_now(&objective->key_results[i], &tiles[i]);
        note_update(&standing, &standing.results[i]);
    }
    standing.score = okr_objective_score(standing.results, standing.count, standing.elapsed, now.wall_ms);
    return standing;
}

/* ---- tiles ---- */

enum what { NOTHING, PROGRESS, SCORE, PACE };

static enum what shown_by(const struct board_tile *tile)
{
    static const char *const IDS[] = {"", "okr_kr_progress", "okr_objective_score", "okr_pace"};
    for (int what = PROGRESS; what <= PACE; what++)
        if (text_equal(tile->settings->kpi->id, IDS[what]))
            return (enum what)what;
    return NOTHING;
}

static size_t objective_of(const struct board *board, const struct board_tile *tile)
{
    const struct board_settings *settings = board->settings;
    const char *team = tile->where.value[DIM_TEAM];
    if (tile->settings->objective > 0)
        return (size_t)tile->settings->objective - 1;
    for (size_t i = 0; team && i < settings->objective_count; i++)
        if (text_equal(settings->objectives[i].team, team))
            return i;
    return team ? settings->objective_count : 0;
}

int objectives_index(const struct board *board, const struct board_tile *tile)
{
    if (shown_by(tile) == NOTHING)
        return -1;
    size_t index = objective_of(board, tile);
    return index < board->settings->objective_count ? (int)index : -1;
}

/* A number of a tile's, and since when it is so. */
struct shown {
    double value;
    int64_t updated_wall_ms;
    enum okr_promise promise;
};

static enum okr_promise promise_of(const struct standing *standing)
{
    for (size_t i = 0; i < standing->count; i++)
        if (standing->results[i].promise == OKR_AMBITIOUS)
            return OKR_AMBITIOUS;
    return OKR_COMMITTED;
}

static struct shown show_result(const struct standing *standing, size_t index, enum what what, struct now now)
{
    const struct okr_key_result *result = &standing->results[index];
    struct okr_score score = okr_score(result, standing->elapsed, now.wall_ms);
    return (struct shown){what == PACE ? score.pace : score.progress, result->updated_wall_ms,
                          result->promise};
}

static struct shown show(const struct standing *standing, const struct board_tile *tile, enum what what,
                         struct now now)
{
    int key_result = tile->settings->key_result;
    if (what == PROGRESS && key_result == 0)
        key_result = 1;
    if (what != SCORE && key_result > 0 && (size_t)key_result <= standing->count)
        return show_result(standing, (size_t)key_result - 1, what, now);
    return (struct shown){what == PACE ? standing->score.pace : standing->score.progress,
                          standing->updated_wall_ms, promise_of(standing)};
}

/*
 * The figure's age is that of its oldest part. What a team measured a month ago is stale and dated; unlike a
 * source that fell silent it is never forgotten.
 */
static void take(struct board_tile *tile, const struct shown *shown, struct now now)
{
    int64_t age_ms = now.wall_ms - shown->updated_wall_ms, oldest_ms = tile->rule.stale_after_ms + 60000;
    int64_t figures_ms = now.monotonic_ms - (age_ms < oldest_ms ? age_ms : oldest_ms);
    tile->outcome.kind = OUTCOME_VALUE;
    tile->outcome.value = shown->value;
    tile->figures_wall_ms = shown->updated_wall_ms;
    alert_machine_sample(&tile->machine, &tile->rule, shown->value, NAN, figures_ms, now.monotonic_ms);
}

static void lose(struct board_tile *tile)
{
    tile->outcome.kind = OUTCOME_UNKNOWN;
    tile->outcome.value = NAN;
    alert_machine_unknown(&tile->machine);
}

void objectives_forget(struct board *board)
{
    for (size_t i = 0; i < board->result_count; i++) {
        struct board_tile *result = &board->results[i];
        if (!result->settings)
            continue;
        lose(result);
        result->source = -1;
        result->figures_wall_ms = 0;
    }
}

static void update_tile(struct board *board, struct board_tile *tile, enum what what, struct now now)
{
    size_t objective = objective_of(board, tile);
    if (objective >= board->settings->objective_count)
        return;
    struct standing standing = stand(board, objective, now);
    struct shown shown = show(&standing, tile, what, now);
    if (tile->paced && what != PACE)
        tile->rule.limits = okr_limits(standing.elapsed, shown.promise);
    if (isnan(shown.value) || !shown.updated_wall_ms)
        lose(tile);
    else
        take(tile, &shown, now);
    free(standing.results);
}

void objectives_update(struct board *board, struct now now)
{
    for (size_t i = 0; board->settings->objective_count && i < board->tile_count; i++) {
        enum what what = shown_by(&board->tiles[i]);
        if (what != NOTHING)
            update_tile(board, &board->tiles[i], what, now);
    }
}

/* ---- for the snapshot ---- */

static enum display display_of(const struct okr_score *score, double elapsed)
{
    if (isnan(score->progress))
        return DISPLAY_NODATA;
    if (score->stale)
        return DISPLAY_STALE;
    return elapsed < 1 ? score->during : score->at_end;
}

static void copy_result(struct arena *arena, const struct key_result_settings *settings,
                        const struct okr_key_result *result, double elapsed, struct now now,
                        struct snapshot_key_result *copy)
{
    struct okr_score score = okr_score(result, elapsed, now.wall_ms);
    const struct kpi *kpi = settings->kpi;
    for (int language = 0; language < LANGUAGE_COUNT; language++)
        copy->label[language] = arena_copy_text(
            arena, settings->label || !kpi ? settings->label : kpi->label[language][LABEL_LONG]);
    copy->format = kpi ? kpi->format : FORMAT_RATIO;
    copy->unit = kpi ? kpi->unit : UNIT_RATIO;
    copy->typed = !kpi;
    copy->start = settings->start;
    copy->goal = settings->goal;
    copy->current = result->current;
    copy->progress = score.progress;
    copy->pace = score.pace;
    copy->display = display_of(&score, elapsed);
    copy->too_easy = score.too_easy;
    copy->updated_wall_ms = result->updated_wall_ms;
    copy->changed_wall_ms = midnight_ms(&settings->changed, 0);
}

static void copy_objective(struct arena *arena, const struct board *board, size_t index, struct now now,
                           struct snapshot_objective *copy)
{
    const struct objective_settings *settings = &board->settings->objectives[index];
    struct standing standing = stand(board, index, now);
    struct snapshot_key_result *results = arena_take(arena, standing.count, sizeof *results);
    for (size_t i = 0; i < standing.count; i++)
        copy_result(arena, &settings->key_results[i], &standing.results[i], standing.elapsed, now,
                    &results[i]);
    copy->objective = arena_copy_text(arena, settings->objective);
    copy->team = arena_copy_text(arena, settings->team);
    copy->from_wall_ms = midnight_ms(&settings->from, 0);
    copy->to_wall_ms = midnight_ms(&settings->to, 1);
    copy->elapsed = standing.elapsed;
    copy->progress = standing.score.progress;
    copy->pace = standing.score.pace;
    copy->display = display_of(&standing.score, standing.elapsed);
    copy->key_result_count = standing.count;
    copy->key_results = results;
    free(standing.results);
}

const struct snapshot_objective *objectives_copy(struct arena *arena, const struct board *board,
                                                 struct now now)
{
    size_t count = board->settings->objective_count;
    struct snapshot_objective *objectives = arena_take(arena, count, sizeof *objectives);
    for (size_t i = 0; i < count; i++)
        copy_objective(arena, board, i, now, &objectives[i]);
    return objectives;
}
