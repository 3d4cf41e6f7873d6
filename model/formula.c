#include "model/formula.h"

#include <math.h>
#include <string.h>

#include "base/text.h"
#include "model/figure_index.h"
#include "model/scope.h"

/* ---- which period ---- */

static const double PERIOD_MINUTES[PERIOD_COUNT] = {[PERIOD_NOW] = 1,
                                                    [PERIOD_15M] = 15,
                                                    [PERIOD_30M] = 30,
                                                    [PERIOD_60M] = 60,
                                                    [PERIOD_TODAY] = 600,
                                                    [PERIOD_DAY] = 1440,
                                                    [PERIOD_WEEK] = 7200,
                                                    [PERIOD_MONTH] = 21600,
                                                    [PERIOD_ROLLING_7D] = 10080,
                                                    [PERIOD_ROLLING_28D] = 40320,
                                                    [PERIOD_NEXT_30M] = 30,
                                                    [PERIOD_QUARTER] = 130000,
                                                    [PERIOD_ROLLING_12M] = 525600};

/* How far apart two periods are, to find the nearest to one that is not sent: 0 the same, else how many times
 * as long. */
static double period_distance(enum period wished, enum period other)
{
    if (wished == other)
        return 0;
    double a = PERIOD_MINUTES[wished], b = PERIOD_MINUTES[other];
    return a > b ? a / b : b / a;
}

/* Periods to try, in this order. */
struct periods {
    int count;
    enum period items[PERIOD_SAMPLE_COUNT];
};

/* Those of `mask` that samples have, the wished one first, then the nearest; of equals the longer, which is
 * calmer. */
static struct periods order_periods(enum period wished, unsigned mask)
{
    struct periods periods = {.count = 0};
    for (int i = 0; i < PERIOD_SAMPLE_COUNT; i++) {
        if (!(mask & (1u << i)))
            continue;
        double distance = period_distance(wished, (enum period)i);
        int at = periods.count++;
        for (; at > 0 && distance <= period_distance(wished, periods.items[at - 1]); at--)
            periods.items[at] = periods.items[at - 1];
        periods.items[at] = (enum period)i;
    }
    return periods;
}

/* ---- which counters ---- */

/* One way to compute a KPI; `witness` is a counter that, where it is sent, says how far the scope reaches. */
struct recipe {
    struct expression numerator, denominator;
    const char *witness;
    const char *sl_variant; /* NULL: not a service level */
};

/* Where the figures of a counter are to be had; looked up once, whatever periods are tried. */
struct supply {
    struct family *family; /* NULL: the source does not send it */
    bool gauge;
};

/* What a source may leave out: it takes something off, and without it the figure is only a little stricter.
 */
static const char *const OPTIONAL[] = {"short_abandoned"};

static bool is_optional(const struct term *term, bool service_level)
{
    for (size_t i = 0; i < sizeof OPTIONAL / sizeof *OPTIONAL; i++)
        if ((service_level || term->sign < 0) && text_equal(term->counter, OPTIONAL[i]))
            return true;
    return false;
}

static struct term HANDLE_S[] = {{"handle_s", 1}};
static struct term HANDLED[] = {{"handled", 1}};

/* Another way to a KPI of the catalogue than its own expressions. */
static const struct other_way {
    const char *kpi;
    const char *first_numerator; /* a KPI of the board's own that has the id but not this keeps its own way */
    struct recipe recipe;
} OTHER_WAYS[] = {
    {"aht", "talk_s", {{HANDLE_S, 1}, {HANDLED, 1}, NULL, NULL}},
};

/* A service level that the board did not define anew. */
static bool is_service_level(const struct kpi *kpi)
{
    return text_equal(kpi->id, "service_level") && kpi->numerator.count == 1 &&
           text_equal(kpi->numerator.terms[0].counter, "answered_in_t");
}

static struct expression side_of(struct arena *arena, enum service_level_variant variant, bool below)
{
    struct term *terms = arena_take(arena, COUNTED_COUNT, sizeof *terms);
    return (struct expression){terms, service_level_terms(variant, below, terms)};
}

/* The denominator of the source may leave out queues that it offered: `offered` is its witness. */
static struct recipe recipe_of(struct arena *arena, enum service_level_variant variant)
{
    return (struct recipe){side_of(arena, variant, false), side_of(arena, variant, true),
                           variant == SERVICE_LEVEL_SOURCE ? "offered" : NULL, service_level_name(variant)};
}

/* The wall agrees with the vendor's console where the vendor says what it divides by. */
static size_t list_service_levels(struct arena *arena, const struct formula_request *request,
                                  struct recipe *recipes)
{
    if (request->has_sl_variant) {
        recipes[0] = recipe_of(arena, request->sl_variant);
        return 1;
    }
    recipes[0] = recipe_of(arena, SERVICE_LEVEL_SOURCE);
    recipes[1] = recipe_of(arena, SERVICE_LEVEL_V1);
    return 2;
}

static size_t list_recipes(struct arena *arena, const struct formula_request *request, struct recipe *recipes)
{
    const struct kpi *kpi = request->kpi;
    if (is_service_level(kpi))
        return list_service_levels(arena, request, recipes);
    size_t count = 0;
    recipes[count++] = (struct recipe){kpi->numerator, kpi->denominator, NULL, NULL};
    for (size_t i = 0; i < sizeof OTHER_WAYS / sizeof *OTHER_WAYS; i++)
        if (text_equal(kpi->id, OTHER_WAYS[i].kpi) &&
            text_equal(kpi->numerator.terms[0].counter, OTHER_WAYS[i].first_numerator))
            recipes[count++] = OTHER_WAYS[i].recipe;
    return count;
}

const struct expression *formula_expressions(struct arena *arena, const struct kpi *kpi, size_t *count)
{
    struct expression *all = arena_take(arena, 2 * SERVICE_LEVEL_COUNT, sizeof *all);
    struct recipe recipes[FORMULA_WAYS_MAX];
    struct formula_request request = {.kpi = kpi};
    *count = 0;
    for (int i = 0; kpi->numerator.count && is_service_level(kpi) && i < 2 * SERVICE_LEVEL_COUNT; i++)
        all[(*count)++] = side_of(arena, (enum service_level_variant)(i / 2), i % 2);
    size_t recipe_count =
        kpi->numerator.count && !is_service_level(kpi) ? list_recipes(arena, &request, recipes) : 0;
    for (size_t i = 0; i < recipe_count; i++) {
        all[(*count)++] = recipes[i].numerator;
        all[(*count)++] = recipes[i].denominator;
    }
    return all;
}

/* ---- binding ---- */

struct binder {
    struct arena *arena;
    struct counters *counters;
    const struct formula_request *request;
};

static struct supply look_up(const struct binder *binder, const char *name)
{
    const struct formula_request *request = binder->request;
    struct supply supply = {counters_family(binder->counters, request->source, name), false};
    if (!(family_periods(supply.family) & 1u << PERIOD_NOW))
        return supply; /* then it does not matter */
    const struct counter *counter = catalogue_counter(request->catalogue, name);
    supply.gauge = counter && counter->gauge;
    return supply;
}

/* False: something is missing without which there is no value at any period. */
static bool look_up_all(const struct binder *binder, const struct expression *expression, bool service_level,
                        struct supply *supplies)
{
    for (size_t i = 0; i < expression->count; i++) {
        supplies[i] = look_up(binder, expression->terms[i].counter);
        if (!supplies[i].family && !is_optional(&expression->terms[i], service_level))
            return false;
    }
    return true;
}

static struct figures select_period(const struct binder *binder, const struct supply *supply,
                                    enum period period)
{
    const struct dims *scope = binder->request->scope;
    bool inside;
    struct figures near = family_near(supply->family, period, scope, &inside);
    return scope_select(binder->arena, near, scope, inside);
}

/* A gauge is a state of now, whatever period is asked; some sources give its highest of a period instead. */
static struct figures select_counter(const struct binder *binder, const struct supply *supply,
                                     enum period *period)
{
    if (supply->gauge) {
        struct figures now = select_period(binder, supply, PERIOD_NOW);
        if (now.count) {
            *period = PERIOD_NOW;
            return now;
        }
    }
    return select_period(binder, supply, *period);
}

/* `covered` gathers the longest period that any term covers. */
static bool bind_terms(const struct binder *binder, const struct expression *expression,
                       const struct supply *supplies, enum period period, bool service_level,
                       struct bound_term *terms, enum period *covered)
{
    for (size_t i = 0; i < expression->count; i++) {
        enum period own = period;
        terms[i].counter = expression->terms[i].counter;
        terms[i].sign = expression->terms[i].sign;
        terms[i].optional = is_optional(&expression->terms[i], service_level);
        terms[i].figures = select_counter(binder, &supplies[i], &own);
        if (terms[i].optional)
            continue;
        if (!terms[i].figures.count)
            return false;
        if (PERIOD_MINUTES[own] > PERIOD_MINUTES[*covered])
            *covered = own;
    }
    return true;
}

/* Every needed counter must speak of the same queues as the first one. */
static bool same_parts(const struct binder *binder, const struct formula_way *way, const char *witness,
                       enum period period)
{
    size_t count = way->numerator_count + way->denominator_count;
    const struct bound_term *first = NULL;
    for (size_t i = 0; i < count; i++) {
        if (way->terms[i].optional)
            continue;
        if (first && !scope_same_parts(first->figures, way->terms[i].figures))
            return false;
        if (!first)
            first = &way->terms[i];
    }
    if (!witness || !first)
        return true;
    struct supply supply = look_up(binder, witness);
    struct figures reach = select_counter(binder, &supply, &period);
    return !reach.count || scope_same_parts(first->figures, reach);
}

static bool is_derived(const struct formula_way *way)
{
    if (windows_index(way->period) < 0)
        return false;
    for (size_t i = 0; i < way->numerator_count + way->denominator_count; i++)
        for (size_t j = 0; j < way->terms[i].figures.count; j++)
            if (way->terms[i].figures.items[j]->origin)
                return true;
    return false;
}

/* A recipe and where its counters are to be had, of the numerator, then of the denominator. */
struct stocked {
    struct recipe recipe;
    struct supply *supplies;
};

static bool bind_recipe(const struct binder *binder, const struct stocked *stocked, enum period period,
                        struct formula_way *way)
{
    const struct recipe *recipe = &stocked->recipe;
    size_t numerator_count = recipe->numerator.count, denominator_count = recipe->denominator.count;
    enum period covered = PERIOD_NOW;
    bool service_level = recipe->sl_variant != NULL;
    struct bound_term *terms = arena_take(binder->arena, numerator_count + denominator_count, sizeof *terms);
    if (!bind_terms(binder, &recipe->numerator, stocked->supplies, period, service_level, terms, &covered) ||
        !bind_terms(binder, &recipe->denominator, stocked->supplies + numerator_count, period, service_level,
                    terms + numerator_count, &covered))
        return false;
    *way = (struct formula_way){.terms = terms,
                                .numerator_count = numerator_count,
                                .denominator_count = denominator_count,
                                .period = covered,
                                .sl_variant = recipe->sl_variant};
    way->derived = is_derived(way);
    return same_parts(binder, way, recipe->witness, period);
}

static size_t term_count(const struct recipe *recipe)
{
    return recipe->numerator.count + recipe->denominator.count;
}

/* Those of the KPI's recipes for which the source sends what they need. */
static size_t list_stocked(const struct binder *binder, struct stocked *stocked)
{
    struct recipe recipes[FORMULA_WAYS_MAX];
    size_t count = list_recipes(binder->arena, binder->request, recipes), kept = 0;
    for (size_t i = 0; i < count; i++) {
        const struct expression *numerator = &recipes[i].numerator, *denominator = &recipes[i].denominator;
        struct supply *supplies = arena_take(binder->arena, term_count(&recipes[i]), sizeof *supplies);
        bool service_level = recipes[i].sl_variant != NULL;
        if (look_up_all(binder, numerator, service_level, supplies) &&
            look_up_all(binder, denominator, service_level, supplies + numerator->count))
            stocked[kept++] = (struct stocked){recipes[i], supplies};
    }
    return kept;
}

static bool will_do(const struct formula_request *request, enum period period)
{
    return request->only == 0 || (request->only & (1u << period));
}

/* Whether a way of the last period is as good as one gets: the source's own figures. */
static bool has_own_way(const struct formula *formula)
{
    for (size_t i = 0; i < formula->way_count; i++)
        if (!formula->ways[i].derived)
            return true;
    return false;
}

/* All recipes at the first period for which there is any, and before it those that are only derived. */
static void bind_recipes(const struct binder *binder, const struct stocked *stocked, size_t count,
                         const struct periods *periods, struct formula *formula)
{
    for (int p = 0; p < periods->count; p++) {
        if (!will_do(binder->request, periods->items[p]))
            continue;
        for (size_t i = 0; i < count && formula->way_count < FORMULA_WAYS_MAX - 1; i++)
            formula->way_count +=
                bind_recipe(binder, &stocked[i], periods->items[p], &formula->ways[formula->way_count]);
        if (has_own_way(formula) && !binder->request->all_periods)
            return;
    }
}

/* The finished figure for exactly these dimensions; a KPI's own filter may be said in them or not. */
static const struct figure *find_bare(const struct binder *binder, struct family *family, enum period period)
{
    const struct dims *scope = binder->request->scope, *where = binder->request->where;
    bool inside;
    const struct figure *bare = scope_exact(family_near(family, period, scope, &inside), scope);
    return bare ? bare : scope_exact(family_near(family, period, where, &inside), where);
}

static void bind_bare(const struct binder *binder, struct family *family, const struct periods *periods,
                      struct formula *formula)
{
    const struct formula_request *request = binder->request;
    for (int p = 0; p < periods->count; p++) {
        enum period period = periods->items[p];
        if (request->named_period && period != request->period)
            continue;
        const struct figure *bare = will_do(request, period) ? find_bare(binder, family, period) : NULL;
        if (!bare)
            continue;
        formula->ways[formula->way_count++] = (struct formula_way){.bare = bare, .period = period};
        return;
    }
}

/* The wished one besides, for what is only known of now is taken for that. */
static unsigned periods_of(const struct formula_request *request, const struct stocked *stocked, size_t count,
                           const struct family *bare)
{
    unsigned periods = family_periods(bare) | request->only | 1u << request->period;
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < term_count(&stocked[i].recipe); j++)
            periods |= family_periods(stocked[i].supplies[j].family);
    return periods;
}

struct formula formula_bind(struct arena *arena, struct counters *counters,
                            const struct formula_request *request)
{
    struct binder binder = {arena, counters, request};
    struct formula formula = {.kpi = request->kpi,
                              .source = request->source,
                              .until_value = request->all_periods,
                              .least_n = request->least_n};
    struct stocked stocked[FORMULA_WAYS_MAX];
    size_t count = request->kpi->numerator.count ? list_stocked(&binder, stocked) : 0;
    struct family *bare = counters_family(counters, request->source, request->kpi->id);
    if (!count && !bare)
        return formula;
    struct formula_way ways[FORMULA_WAYS_MAX];
    struct periods periods = order_periods(request->period, periods_of(request, stocked, count, bare));
    formula.ways = ways;
    bind_recipes(&binder, stocked, count, &periods, &formula);
    if (bare)
        bind_bare(&binder, bare, &periods, &formula);
    formula.ways = arena_take(arena, formula.way_count, sizeof *formula.ways);
    if (formula.way_count)
        memcpy(formula.ways, ways, formula.way_count * sizeof *ways);
    return formula;
}

/* ---- evaluating ---- */

/* What is optional and not known counts as 0. */
static double value_of(const struct bound_term *term, size_t index)
{
    double value = term->figures.items[index]->value;
    return term->optional && isnan(value) ? 0 : value;
}

static double sum(const struct bound_term *term)
{
    double total = 0;
    for (size_t i = 0; i < term->figures.count; i++)
        total += value_of(term, i);
    return total;
}

/* The largest (sign 1) or smallest (sign -1); NaN if one is unknown, for it might be the one. */
static double extreme(const struct bound_term *term, double sign)
{
    double best = term->figures.count ? sign * value_of(term, 0) : 0;
    for (size_t i = 1; i < term->figures.count; i++) {
        double value = sign * value_of(term, i);
        if (isnan(value))
            return NAN;
        best = value > best ? value : best;
    }
    return sign * best;
}

static double total_of(const struct bound_term *term, enum aggregation aggregation)
{
    if (aggregation == AGGREGATE_MAX)
        return extreme(term, 1);
    if (aggregation == AGGREGATE_MIN)
        return extreme(term, -1);
    return sum(term);
}

static double add_terms(const struct bound_term *terms, size_t count, enum aggregation aggregation)
{
    double total = 0;
    for (size_t i = 0; i < count; i++)
        total += terms[i].sign * total_of(&terms[i], aggregation);
    return total;
}

/* ---- windows that are not yet full ---- */

struct coverage {
    double least_ms, most_ms;
};

static void look_at_coverage(const struct figure *figure, struct coverage *coverage)
{
    double covered_ms = figure->covered_ms > 0 ? figure->covered_ms : INFINITY;
    coverage->least_ms = covered_ms < coverage->least_ms ? covered_ms : coverage->least_ms;
    coverage->most_ms = covered_ms > coverage->most_ms ? covered_ms : coverage->most_ms;
}

static struct coverage coverage_of(const struct formula_way *way)
{
    struct coverage coverage = {INFINITY, 0};
    for (size_t i = 0; i < way->numerator_count + way->denominator_count; i++)
        for (size_t j = 0; j < way->terms[i].figures.count; j++)
            if (way->terms[i].figures.items[j]->origin)
                look_at_coverage(way->terms[i].figures.items[j], &coverage);
    return coverage;
}

/*
 * What has been seen of the window: 0 all, NaN it cannot be used. A rate over 20 of its 30 minutes is a
 * rate; a count would be too small, and parts that cover different times make neither.
 */
static double usable_coverage_ms(const struct formula_way *way)
{
    static const double SAME_MS = 90000;
    if (!way->derived)
        return 0;
    struct coverage coverage = coverage_of(way);
    if (isinf(coverage.least_ms))
        return 0;
    if (!way->denominator_count || coverage.most_ms - coverage.least_ms > SAME_MS)
        return NAN;
    return coverage.least_ms;
}

/* ---- the value ---- */

struct outcome outcome_unknown(void)
{
    return (struct outcome){.kind = OUTCOME_UNKNOWN, .value = NAN, .n = NAN};
}

struct outcome outcome_nothing(void)
{
    return (struct outcome){.kind = OUTCOME_EMPTY, .value = NAN, .n = NAN};
}

struct outcome outcome_value(double value, double n)
{
    if (!isfinite(value))
        return outcome_unknown();
    return (struct outcome){.kind = OUTCOME_VALUE, .value = value, .n = n};
}

static struct outcome make_outcome(double value, double n, const struct formula_way *way)
{
    struct outcome outcome = outcome_unknown();
    outcome.period = way->period;
    outcome.bare = way->bare != NULL;
    outcome.sl_variant = way->sl_variant;
    if (!isfinite(value))
        return outcome;
    outcome.kind = OUTCOME_VALUE;
    outcome.value = value + 0.0; /* -0 is 0 */
    outcome.n = n;
    return outcome;
}

static struct outcome nothing_happened(const struct formula_way *way)
{
    struct outcome outcome = make_outcome(NAN, NAN, way);
    outcome.kind = OUTCOME_EMPTY;
    outcome.n = 0;
    return outcome;
}

static struct outcome evaluate_counters(const struct formula_way *way, const struct kpi *kpi)
{
    double numerator = add_terms(way->terms, way->numerator_count, kpi->aggregation);
    if (!way->denominator_count)
        return make_outcome(kpi->scale * numerator, NAN, way);

    double denominator =
        add_terms(way->terms + way->numerator_count, way->denominator_count, kpi->aggregation);
    if (isfinite(numerator) && denominator == 0)
        return nothing_happened(way);
    if (!(denominator > 0))
        return make_outcome(NAN, NAN, way);
    return make_outcome(kpi->scale * numerator / denominator, denominator, way);
}

static struct outcome evaluate_way(const struct formula *formula, const struct formula_way *way)
{
    if (way->bare)
        return make_outcome(way->bare->value, way->bare->n, way);
    double covered_ms = usable_coverage_ms(way);
    if (isnan(covered_ms))
        return make_outcome(NAN, NAN, way);
    struct outcome outcome = evaluate_counters(way, formula->kpi);
    if (outcome.n < formula->least_n)
        outcome = nothing_happened(way);
    outcome.covered_ms = covered_ms;
    return outcome;
}

static bool is_enough(const struct formula *formula, const struct outcome *outcome)
{
    return outcome->kind == OUTCOME_VALUE || (outcome->kind == OUTCOME_EMPTY && !formula->until_value);
}

struct outcome formula_evaluate(const struct formula *formula)
{
    struct outcome outcome = outcome_unknown();
    for (size_t i = 0; i < formula->way_count; i++) {
        outcome = evaluate_way(formula, &formula->ways[i]);
        if (is_enough(formula, &outcome))
            return outcome;
    }
    return outcome;
}

const struct formula_way *formula_way_used(const struct formula *formula)
{
    const struct formula_way *used = NULL;
    for (size_t i = 0; i < formula->way_count; i++) {
        struct outcome outcome = evaluate_way(formula, &formula->ways[i]);
        used = outcome.kind == OUTCOME_UNKNOWN ? NULL : &formula->ways[i];
        if (is_enough(formula, &outcome))
            return used;
    }
    return used;
}

double formula_term_total(const struct formula *formula, const struct bound_term *term)
{
    return total_of(term, formula->kpi->aggregation);
}
