#include "model/inquiry.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "model/board_parts.h"
#include "model/privacy.h"
#include "model/withholding.h"

/* ---- what it showed ---- */

/* The same moment on the wall, as the clock goes now. */
static int64_t wall_of(int64_t at_ms, struct now now)
{
    return now.wall_ms - (now.monotonic_ms - at_ms);
}

static void list_changes(struct arena *arena, const struct digest_log *log, struct now now,
                         struct inquiry *inquiry)
{
    size_t count = log->count < INQUIRY_CHANGES_MAX ? log->count : INQUIRY_CHANGES_MAX;
    struct inquiry_change *changes = arena_take(arena, count, sizeof *changes);
    for (size_t back = 0; back < count; back++) {
        const struct digest_change *change =
            &log->changes[(log->next + DIGEST_CHANGES_MAX - 1 - back) % DIGEST_CHANGES_MAX];
        changes[back] = (struct inquiry_change){wall_of(change->at_ms, now), change->display};
    }
    inquiry->changes = changes;
    inquiry->change_count = count;
}

/* ---- its parts ---- */

/* Finding out what a tile is made of. */
struct split {
    struct arena *arena;
    struct board *board;
    const struct board_tile *tile;
    const struct rule_moment *moment;
    enum dim dim;
    size_t source;
    size_t count, untold;
    struct inquiry_part parts[INQUIRY_PARTS_MAX];
    bool withheld;
};

static bool is_listed(const struct split *split, const char *name)
{
    for (size_t i = 0; i < split->count; i++)
        if (text_equal(split->parts[i].name, name))
            return true;
    return false;
}

static enum display display_of(const struct rule *rule, const struct outcome *outcome)
{
    static const enum display DISPLAYS[] = {
        [SEVERITY_OK] = DISPLAY_OK, [SEVERITY_WARN] = DISPLAY_WARN, [SEVERITY_CRITICAL] = DISPLAY_CRITICAL};
    if (outcome->kind == OUTCOME_UNKNOWN)
        return DISPLAY_NODATA;
    if (isnan(outcome->value) || !grade_possible(&rule->limits) || outcome->n < rule->min_sample)
        return DISPLAY_NEUTRAL;
    return DISPLAYS[grade_level(&rule->limits, outcome->value)];
}

/* The tile limited by one dimension more, for one look. */
static struct board_tile part_tile(const struct split *split, const char *name,
                                   struct tile_settings *settings)
{
    struct board_tile part = *split->tile;
    *settings = *split->tile->settings;
    settings->where.value[split->dim] = part.where.value[split->dim] = part.scope.value[split->dim] = name;
    part.settings = settings;
    return part;
}

static struct outcome outcome_of(const struct split *split, const struct board_tile *part)
{
    const struct board_settings *board = split->board->settings;
    const struct tile_settings *settings = part->settings;
    struct formula_request request = {
        .catalogue = split->board->catalogue,
        .kpi = settings->kpi,
        .scope = &part->scope,
        .where = &part->where,
        .source = split->source,
        .period = settings->has_period ? settings->period : settings->kpi->default_period,
        .named_period = settings->has_period,
        .has_sl_variant = settings->has_sl_variant || board->has_sl_variant,
        .sl_variant = settings->has_sl_variant ? settings->sl_variant : board->sl_variant,
    };
    struct formula formula = formula_bind(split->arena, split->board->counters, &request);
    return formula_evaluate(&formula);
}

/* The queue of one agent is a person. */
static bool may_be_named(const struct split *split, const struct board_tile *part)
{
    return split->dim != DIM_QUEUE || isnan(part->people) || privacy_queue_may_be_named(part->people);
}

static void add_part(struct split *split, const char *name)
{
    struct tile_settings settings;
    struct board_tile part = part_tile(split, name, &settings);
    if (withholding_of(split->board, split->arena, &part) != WITHHELD_NOT)
        split->withheld = true;
    if (split->count == INQUIRY_PARTS_MAX || !may_be_named(split, &part)) {
        split->untold++;
        return;
    }
    struct outcome outcome = outcome_of(split, &part);
    struct rule rule = rule_for_tile_at(split->board->settings, part.settings, &part.scope, split->moment);
    split->parts[split->count++] = (struct inquiry_part){.name = arena_copy_text(split->arena, name),
                                                         .value = outcome.value,
                                                         .n = outcome.n,
                                                         .display = display_of(&rule, &outcome)};
}

static void add_parts_of(struct split *split, const char *counter, enum period period)
{
    struct figures figures = counters_find(split->board->counters, split->source, counter, period);
    for (size_t i = 0; i < figures.count; i++) {
        const struct dims *dims = &figures.items[i]->dims;
        const char *name = dims->value[split->dim];
        struct dims rest = *dims;
        rest.value[split->dim] = split->tile->scope.value[split->dim];
        if (name && dims_match(&split->tile->scope, &rest) && !is_listed(split, name))
            add_part(split, name);
    }
}

static int trouble(enum display display)
{
    static const int TROUBLE[DISPLAY_COUNT] = {
        [DISPLAY_CRITICAL] = 4, [DISPLAY_WARN] = 3, [DISPLAY_OK] = 2, [DISPLAY_NEUTRAL] = 1};
    return TROUBLE[display];
}

static int compare_parts(const void *left, const void *right)
{
    const struct inquiry_part *a = left, *b = right;
    int order = trouble(b->display) - trouble(a->display);
    return order ? order : strcmp(a->name, b->name);
}

/* A source may send one term of a ratio by queue and the other for the site alone. */
static bool any_known(const struct split *split)
{
    for (size_t i = 0; i < split->count; i++)
        if (split->parts[i].display != DISPLAY_NODATA)
            return true;
    return false;
}

/* Where one of them must not be seen none is: the others and the total would give it away. */
static void keep_parts(struct split *split, struct inquiry *inquiry)
{
    inquiry->part_dim = split->dim;
    inquiry->parts_withheld = split->withheld;
    if (split->withheld || !any_known(split))
        return;
    qsort(split->parts, split->count, sizeof *split->parts, compare_parts);
    struct inquiry_part *parts = arena_take(split->arena, split->count, sizeof *parts);
    memcpy(parts, split->parts, split->count * sizeof *parts);
    inquiry->parts = parts;
    inquiry->part_count = split->count;
    inquiry->parts_untold = split->untold;
}

/* A site is told by queue, a queue by team; a team is where it ends. */
static bool next_dim(const struct board_tile *tile, enum dim *dim)
{
    *dim = tile->scope.value[DIM_QUEUE] ? DIM_TEAM : DIM_QUEUE;
    return !tile->scope.value[DIM_TEAM] && !tile->scope.value[DIM_AGENT];
}

static const struct formula *formula_in_use(const struct board_tile *tile)
{
    for (size_t i = 0; i < tile->formula_count; i++)
        if (tile->source >= 0 && tile->formulas[i].source == (size_t)tile->source)
            return &tile->formulas[i];
    return NULL;
}

static void split_tile(struct split *split, struct inquiry *inquiry)
{
    const struct formula *formula = formula_in_use(split->tile);
    const struct formula_way *way = formula ? formula_way_used(formula) : NULL;
    if (!way || split->tile->withheld != WITHHELD_NOT || split->tile->display == DISPLAY_CLOSED ||
        !next_dim(split->tile, &split->dim))
        return;
    split->source = formula->source;
    if (way->bare)
        add_parts_of(split, way->bare->id, way->bare->period);
    for (size_t i = 0; i < way->numerator_count + way->denominator_count && split->count == 0; i++)
        add_parts_of(split, way->terms[i].counter, way->period);
    keep_parts(split, inquiry);
}

/* ---- all of it ---- */

static const struct inquiry *inquire(struct arena *arena, struct board *board, const char *tile_id,
                                     struct now now)
{
    const struct board_tile *tile = board_tile_named(board, tile_id);
    if (!tile)
        return NULL;
    struct inquiry *inquiry = arena_take(arena, 1, sizeof *inquiry);
    const struct kpi *kpi = tile->settings->kpi;
    struct rule_moment moment = rule_moment_at(now.wall_ms);
    struct split split = {.arena = arena, .board = board, .tile = tile, .moment = &moment};
    inquiry->tile = arena_copy_text(arena, tile->settings->id);
    inquiry->formula = arena_copy_text(arena, kpi->formula);
    for (int language = 0; language < LANGUAGE_COUNT; language++)
        inquiry->definition[language] = arena_copy_text(arena, kpi->definition[language]);
    list_changes(arena, &tile->log, now, inquiry);
    split_tile(&split, inquiry);
    inquiry->to_date_count = board_to_date(tile, now, inquiry->to_date);
    inquiry->why = why_of_tile(arena, board, tile_id, now);
    return inquiry;
}

struct snapshot *inquiry_snapshot(struct board *board, const struct inquiry_question *question,
                                  struct now now)
{
    struct snapshot *snapshot = board_snapshot(board, now);
    if (question->tile)
        snapshot->inquiry = inquire(snapshot->arena, board, question->tile, now);
    if (question->review)
        snapshot->review =
            review_make(snapshot->arena, board, question->since_ago_ms, now, question->first_huddle);
    return snapshot;
}
