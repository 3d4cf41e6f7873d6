#include "model/formula.h"

#include <math.h>
#include <string.h>

#include "base/text.h"
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

double formula_period_distance(enum period wished, enum period other)
{
    if (wished == other)
        return 0;
    double a = PERIOD_MINUTES[wished], b = PERIOD_MINUTES[other];
    return a > b ? a / b : b / a;
}

/* The periods that samples have, the wished one first, then the nearest; of equals the longer, which is
 * calmer. */
static void order_periods(enum period wished, enum period *periods)
{
    for (int i = 0; i < PERIOD_SAMPLE_COUNT; i++) {
        double distance = formula_period_distance(wished, (enum period)i);
        int at = i;
        for (; at > 0 && distance <= formula_period_distance(wished, periods[at - 1]); at--)
            periods[at] = periods[at - 1];
        periods[at] = (enum period)i;
    }
}

/* ---- which counters ---- */

/* One way to compute a KPI; `witness` is a counter that, where it is sent, says how far the scope reaches. */
struct recipe {
    struct expression numerator, denominator;
    const char *witness;
};

/* What a source may leave out: it takes something off, and without it the figure is only a little stricter.
 */
static const char *const OPTIONAL[] = {"short_abandoned"};

static bool is_optional(const struct term *term)
{
    for (size_t i = 0; i < sizeof OPTIONAL / sizeof *OPTIONAL; i++)
        if (term->sign < 0 && text_equal(term->counter, OPTIONAL[i]))
            return true;
    return false;
}

static struct term ANSWERED_IN_T[] = {{"answered_in_t", 1}};
static struct term SL_COUNTED[] = {{"sl_counted", 1}};
static struct term HANDLE_S[] = {{"handle_s", 1}};
static struct term HANDLED[] = {{"handled", 1}};

/* Other ways to a KPI of the catalogue than its own expressions. */
static const struct other_way {
    const char *kpi;
    const char *first_numerator; /* a KPI of the board's own that has the id but not this keeps its own way */
    bool preferred;              /* to the catalogue's */
    struct recipe recipe;
} OTHER_WAYS[] = {
    /* the wall agrees with the vendor's console where the vendor says what it divides by */
    {"service_level", "answered_in_t", true, {{ANSWERED_IN_T, 1}, {SL_COUNTED, 1}, "offered"}},
    {"aht", "talk_s", false, {{HANDLE_S, 1}, {HANDLED, 1}, NULL}},
};

static size_t list_recipes(const struct kpi *kpi, struct recipe *recipes)
{
    size_t count = 0;
    recipes[count++] = (struct recipe){kpi->numerator, kpi->denominator, NULL};
    for (size_t i = 0; i < sizeof OTHER_WAYS / sizeof *OTHER_WAYS; i++) {
        const struct other_way *other = &OTHER_WAYS[i];
        if (!text_equal(kpi->id, other->kpi) ||
            !text_equal(kpi->numerator.terms[0].counter, other->first_numerator))
            continue;
        recipes[count++] = other->recipe;
        if (other->preferred) {
            struct recipe own = recipes[0];
            recipes[0] = recipes[count - 1];
            recipes[count - 1] = own;
        }
    }
    return count;
}

/* ---- binding ---- */

struct binder {
    struct arena *arena;
    struct counters *counters;
    const struct formula_request *request;
};

/* A gauge is a state of now, whatever period is asked; some sources give its highest of a period instead. */
static struct figures select_counter(const struct binder *binder, const char *name, enum period *period)
{
    const struct formula_request *request = binder->request;
    const struct counter *counter = catalogue_counter(request->catalogue, name);
    if (counter && counter->gauge) {
        struct figures now =
            scope_select(binder->arena, counters_find(binder->counters, request->source, name, PERIOD_NOW),
                         request->scope);
        if (now.count) {
            *period = PERIOD_NOW;
            return now;
        }
    }
    return scope_select(binder->arena, counters_find(binder->counters, request->source, name, *period),
                        request->scope);
}

/* `covered` gathers the longest period that any term covers. */
static bool bind_terms(const struct binder *binder, const struct expression *expression, enum period period,
                       struct bound_term *terms, enum period *covered)
{
    for (size_t i = 0; i < expression->count; i++) {
        enum period own = period;
        terms[i].counter = expression->terms[i].counter;
        terms[i].sign = expression->terms[i].sign;
        terms[i].optional = is_optional(&expression->terms[i]);
        terms[i].figures = select_counter(binder, expression->terms[i].counter, &own);
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
    struct figures reach = select_counter(binder, witness, &period);
    return !reach.count || scope_same_parts(first->figures, reach);
}

static bool bind_recipe(const struct binder *binder, const struct recipe *recipe, enum period period,
                        struct formula_way *way)
{
    size_t numerator_count = recipe->numerator.count, denominator_count = recipe->denominator.count;
    enum period covered = PERIOD_NOW;
    *way = (struct formula_way){.numerator_count = numerator_count, .denominator_count = denominator_count};
    way->terms = arena_take(binder->arena, numerator_count + denominator_count, sizeof *way->terms);
    if (!bind_terms(binder, &recipe->numerator, period, way->terms, &covered) ||
        !bind_terms(binder, &recipe->denominator, period, way->terms + numerator_count, &covered))
        return false;
    way->period = covered;
    return same_parts(binder, way, recipe->witness, period);
}

/* All recipes at the first period for which there is any. */
static void bind_recipes(const struct binder *binder, const enum period *periods, struct formula *formula)
{
    struct recipe recipes[FORMULA_WAYS_MAX];
    if (!formula->kpi->numerator.count)
        return;
    size_t count = list_recipes(formula->kpi, recipes);
    for (int p = 0; p < PERIOD_SAMPLE_COUNT && !formula->way_count; p++)
        for (size_t i = 0; i < count; i++)
            formula->way_count +=
                bind_recipe(binder, &recipes[i], periods[p], &formula->ways[formula->way_count]);
}

/* The finished figure for exactly these dimensions; a KPI's own filter may be said in them or not. */
static const struct figure *find_bare(const struct binder *binder, enum period period)
{
    const struct formula_request *request = binder->request;
    struct figures figures = counters_find(binder->counters, request->source, request->kpi->id, period);
    const struct figure *bare = scope_exact(figures, request->scope);
    return bare ? bare : scope_exact(figures, request->where);
}

static void bind_bare(const struct binder *binder, const enum period *periods, struct formula *formula)
{
    int count = binder->request->named_period ? 1 : PERIOD_SAMPLE_COUNT;
    for (int p = 0; p < count; p++) {
        const struct figure *bare = find_bare(binder, periods[p]);
        if (!bare)
            continue;
        formula->ways[formula->way_count++] = (struct formula_way){.bare = bare, .period = periods[p]};
        return;
    }
}

struct formula formula_bind(struct arena *arena, struct counters *counters,
                            const struct formula_request *request)
{
    struct binder binder = {arena, counters, request};
    struct formula formula = {.kpi = request->kpi, .source = request->source};
    enum period periods[PERIOD_SAMPLE_COUNT];
    order_periods(request->period, periods);
    bind_recipes(&binder, periods, &formula);
    bind_bare(&binder, periods, &formula);
    return formula;
}

/* ---- evaluating ---- */

static double sum(struct figures figures, bool optional)
{
    double total = 0;
    for (size_t i = 0; i < figures.count; i++) {
        double value = figures.items[i]->value;
        if (!optional || !isnan(value))
            total += value;
    }
    return total;
}

/* The largest (sign 1) or smallest (sign -1); NaN if one is unknown, for it might be the one. */
static double extreme(struct figures figures, double sign)
{
    double best = -INFINITY;
    for (size_t i = 0; i < figures.count; i++) {
        double value = sign * figures.items[i]->value;
        if (isnan(value))
            return NAN;
        best = value > best ? value : best;
    }
    return sign * best;
}

static double total_of(const struct bound_term *term, enum aggregation aggregation)
{
    if (aggregation == AGGREGATE_MAX)
        return extreme(term->figures, 1);
    if (aggregation == AGGREGATE_MIN)
        return extreme(term->figures, -1);
    return sum(term->figures, term->optional);
}

static double add_terms(const struct bound_term *terms, size_t count, enum aggregation aggregation)
{
    double total = 0;
    for (size_t i = 0; i < count; i++)
        total += terms[i].sign * total_of(&terms[i], aggregation);
    return total;
}

static struct outcome make_outcome(double value, double n, const struct formula_way *way)
{
    struct outcome outcome = {OUTCOME_UNKNOWN, NAN, NAN, way->period, way->bare != NULL};
    if (!isfinite(value))
        return outcome;
    outcome.kind = OUTCOME_VALUE;
    outcome.value = value + 0.0; /* -0 is 0 */
    outcome.n = n;
    return outcome;
}

static struct outcome evaluate_way(const struct formula_way *way, const struct kpi *kpi)
{
    if (way->bare)
        return make_outcome(way->bare->value, way->bare->n, way);

    double numerator = add_terms(way->terms, way->numerator_count, kpi->aggregation);
    if (!way->denominator_count)
        return make_outcome(kpi->scale * numerator, NAN, way);

    double denominator =
        add_terms(way->terms + way->numerator_count, way->denominator_count, kpi->aggregation);
    if (isfinite(numerator) && denominator == 0)
        return (struct outcome){OUTCOME_EMPTY, NAN, 0, way->period, false};
    if (!(denominator > 0))
        return make_outcome(NAN, NAN, way);
    return make_outcome(kpi->scale * numerator / denominator, denominator, way);
}

struct outcome formula_evaluate(const struct formula *formula)
{
    struct outcome outcome = {OUTCOME_UNKNOWN, NAN, NAN, PERIOD_NOW, false};
    for (size_t i = 0; i < formula->way_count; i++) {
        outcome = evaluate_way(&formula->ways[i], formula->kpi);
        if (outcome.kind != OUTCOME_UNKNOWN)
            return outcome;
    }
    return outcome;
}

const struct formula_way *formula_way_used(const struct formula *formula)
{
    for (size_t i = 0; i < formula->way_count; i++)
        if (evaluate_way(&formula->ways[i], formula->kpi).kind != OUTCOME_UNKNOWN)
            return &formula->ways[i];
    return NULL;
}

double formula_term_total(const struct formula *formula, const struct bound_term *term)
{
    return total_of(term, formula->kpi->aggregation);
}
