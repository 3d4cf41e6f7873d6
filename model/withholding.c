#include "model/withholding.h"

#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/text.h"
#include "model/privacy.h"

static const char PEOPLE[] = "agents_logged_in";

/* ---- how many people ---- */

static bool needs_people(const struct board_tile *tile)
{
    return privacy_kpi_is_about_people(tile->settings->kpi) || tile->scope.value[DIM_QUEUE];
}

static void bind_people(struct board *board, struct arena *arena, struct board_tile *tile,
                        const struct kpi *people)
{
    tile->people_count = 0;
    tile->people_formulas = NULL;
    if (!people || !needs_people(tile))
        return;
    tile->people_formulas = arena_take(arena, board->source_count, sizeof(struct formula));
    for (size_t source = 0; source < board->source_count; source++) {
        struct formula_request request = {.catalogue = board->catalogue,
                                          .kpi = people,
                                          .scope = &tile->scope,
                                          .where = &tile->where,
                                          .source = source,
                                          .period = PERIOD_NOW};
        struct formula formula = formula_bind(arena, board->counters, &request);
        if (formula.way_count)
            tile->people_formulas[tile->people_count++] = formula;
    }
}

void withholding_bind(struct board *board)
{
    bool any = board->judged_count || board->result_count;
    const struct kpi *people = any ? catalogue_kpi(board->catalogue, PEOPLE) : NULL;
    for (size_t i = 0; i < board->judged_count; i++)
        bind_people(board, board->formulas_arena, board->judged[i], people);
    for (size_t i = 0; i < board->result_count; i++)
        if (board->results[i].settings)
            bind_people(board, board->formulas_arena, &board->results[i], people);
}

/* Of several sources that count people, the one with the fewest: a doubt counts against showing. */
static double count_people(const struct board_tile *tile)
{
    double fewest = NAN;
    for (size_t i = 0; i < tile->people_count; i++) {
        struct outcome outcome = formula_evaluate(&tile->people_formulas[i]);
        fewest = fmin(fewest, outcome.value); /* a NaN beside a number gives the number */
    }
    return fewest;
}

static bool is_staff_survey(const struct board_tile *tile)
{
    return text_equal(tile->settings->kpi->privacy, "min_10_respondents");
}

/* ---- single groups, P03 ---- */

static enum withheld verdict_on_group(const struct board_tile *tile)
{
    if (!privacy_kpi_is_about_people(tile->settings->kpi))
        return WITHHELD_NOT;
    if (isnan(tile->people))
        return tile->scope.value[DIM_TEAM] ? WITHHELD_TEAM_UNKNOWN : WITHHELD_NOT;
    return tile->people < PRIVACY_GROUP_MIN ? WITHHELD_SMALL_TEAM : WITHHELD_NOT;
}

enum withheld withholding_of(struct board *board, struct arena *arena, struct board_tile *tile)
{
    bind_people(board, arena, tile, catalogue_kpi(board->catalogue, PEOPLE));
    tile->people = count_people(tile);
    return verdict_on_group(tile);
}

/* ---- groups of one total, P04 ---- */

/* Whether `part` is one of the parts of `whole`: the same figure, limited by one dimension more. */
static bool is_part_of(const struct board_tile *part, const struct board_tile *whole, enum dim dim)
{
    if (part->settings->kpi != whole->settings->kpi || part->outcome.period != whole->outcome.period ||
        !part->scope.value[dim] || whole->scope.value[dim])
        return false;
    struct dims rest = part->scope;
    rest.value[dim] = NULL;
    return dims_equal(&rest, &whole->scope);
}

/* Two tiles of one team are one group. */
static size_t find_group(const struct board_tile *const *parts, size_t count, const struct board_tile *tile)
{
    size_t i = 0;
    while (i < count && !dims_equal(&parts[i]->scope, &tile->scope))
        i++;
    return i;
}

static void hide_complement(struct board_tile *tile, const struct board_tile *const *parts,
                            const struct privacy_group *groups, size_t count)
{
    size_t i = find_group(parts, count, tile);
    if (i < count && tile->withheld == WITHHELD_NOT && groups[i].verdict == PRIVACY_COMPLEMENT)
        tile->withheld = WITHHELD_COMPLEMENT;
}

static void check_parts(struct board *board, const struct board_tile *whole, enum dim dim,
                        const struct board_tile **parts, struct privacy_group *groups)
{
    size_t count = 0;
    for (size_t i = 0; i < board->judged_count; i++) {
        const struct board_tile *tile = board->judged[i];
        if (!is_part_of(tile, whole, dim) || find_group(parts, count, tile) < count)
            continue;
        groups[count] = (struct privacy_group){.people = tile->people};
        parts[count++] = tile;
    }
    if (!count)
        return;
    privacy_hide_small_groups(groups, count, whole->people);
    for (size_t i = 0; i < board->judged_count; i++)
        if (is_part_of(board->judged[i], whole, dim))
            hide_complement(board->judged[i], parts, groups, count);
}

/* Only a total that is on the wall can give a part away. */
static void check_totals(struct board *board)
{
    const struct board_tile **parts = memory_create(board->judged_count, sizeof *parts);
    struct privacy_group *groups = memory_create(board->judged_count, sizeof *groups);
    for (size_t i = 0; i < board->judged_count; i++) {
        const struct board_tile *whole = board->judged[i];
        if (!privacy_kpi_is_about_people(whole->settings->kpi) || whole->withheld != WITHHELD_NOT)
            continue;
        check_parts(board, whole, DIM_TEAM, parts, groups);
        check_parts(board, whole, DIM_QUEUE, parts, groups);
    }
    free(groups);
    free(parts);
}

/* ---- together ---- */

static void forget_value(struct board_tile *tile, struct now now)
{
    tile->outcome.value = tile->outcome.n = NAN;
    tile->part_count = 0;
    if (tile->machine.has_figures)
        alert_machine_sample(&tile->machine, &tile->rule, NAN, NAN, tile->machine.figures_ms,
                             now.monotonic_ms);
}

/* Progress would tell the figure as well: of a result that is withheld nothing is known. */
static void update_results(struct board *board)
{
    for (size_t i = 0; i < board->result_count; i++) {
        struct board_tile *result = &board->results[i];
        if (!result->settings || is_staff_survey(result))
            continue;
        result->people = count_people(result);
        result->withheld = verdict_on_group(result);
        if (result->withheld != WITHHELD_NOT)
            result->outcome.value = result->outcome.n = NAN;
    }
}

void withholding_update(struct board *board, struct now now)
{
    bool any = false, counted = false;
    update_results(board);
    for (size_t i = 0; i < board->judged_count; i++) {
        struct board_tile *tile = board->judged[i];
        tile->people = count_people(tile);
        if (!is_staff_survey(tile))
            tile->withheld = verdict_on_group(tile);
        any = any || privacy_kpi_is_about_people(tile->settings->kpi);
        counted = counted || !isnan(tile->people);
    }
    if (!any)
        return;
    if (counted)
        check_totals(board);
    for (size_t i = 0; i < board->judged_count; i++)
        if (board->judged[i]->withheld != WITHHELD_NOT && !isnan(board->judged[i]->outcome.value))
            forget_value(board->judged[i], now);
}

void withholding_apply(struct board_tile *tile, struct outcome *outcome)
{
    if (is_staff_survey(tile) && outcome->kind == OUTCOME_VALUE)
        tile->withheld = privacy_staff_survey_shown(outcome->n) ? WITHHELD_NOT : WITHHELD_FEW_ANSWERS;
    if (tile->withheld != WITHHELD_NOT)
        outcome->value = outcome->n = NAN;
}
