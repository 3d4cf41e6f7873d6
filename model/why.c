#include "model/why.h"

#include <math.h>

#include "model/board_parts.h"

const char *why_variant_name(enum why_variant variant)
{
    static const char *const NAMES[WHY_VARIANT_COUNT] = {"none",     "catalogue",  "source",   "handle_s",
                                                         "finished", "sl_variant", "computed", "board"};
    return NAMES[variant];
}

const char *why_rule_name(enum why_rule rule)
{
    static const char *const NAMES[] = {"catalogue", "board", "tile"};
    return NAMES[rule];
}

static struct dims copy_dims(struct arena *arena, const struct dims *dims)
{
    struct dims copy = {{NULL}};
    for (int i = 0; i < DIM_COUNT; i++)
        copy.value[i] = arena_copy_text(arena, dims->value[i]);
    return copy;
}

/* ---- figures and terms ---- */

static void copy_figure(struct arena *arena, const struct figure *figure, struct why_figure *copy)
{
    *copy = (struct why_figure){.id = arena_copy_text(arena, figure->id),
                                .period = figure->period,
                                .dims = copy_dims(arena, &figure->dims),
                                .value = figure->value,
                                .derived = figure->origin != NULL,
                                .covered_ms = figure->covered_ms};
}

/* NULL: none. */
static size_t count_figures(const struct formula_way *way)
{
    if (!way)
        return 0;
    size_t count = way->bare != NULL;
    for (size_t i = 0; i < way->numerator_count + way->denominator_count; i++)
        count += way->terms[i].figures.count;
    return count;
}

static void copy_terms(struct arena *arena, const struct formula *formula, const struct formula_way *way,
                       struct why *why)
{
    size_t term_count = way->numerator_count + way->denominator_count;
    struct why_term *terms = arena_take(arena, term_count, sizeof *terms);
    struct why_figure *figures = arena_take(arena, count_figures(way), sizeof *figures);
    for (size_t i = 0; i < term_count; i++) {
        const struct bound_term *term = &way->terms[i];
        terms[i] = (struct why_term){.counter = arena_copy_text(arena, term->counter),
                                     .sign = term->sign,
                                     .divides = i >= way->numerator_count,
                                     .optional = term->optional,
                                     .total = formula_term_total(formula, term),
                                     .first = why->figure_count,
                                     .count = term->figures.count};
        for (size_t j = 0; j < term->figures.count; j++)
            copy_figure(arena, term->figures.items[j], &figures[why->figure_count++]);
    }
    if (way->bare)
        copy_figure(arena, way->bare, &figures[why->figure_count++]);
    why->terms = terms;
    why->term_count = term_count;
    why->figures = figures;
}

/* ---- the formula with its numbers ---- */

/* "12", "168.5": as short as it reads back to six figures behind the point. */
static const char *number(struct arena *arena, double value)
{
    if (isnan(value))
        return "?";
    return arena_format(arena, "%s%.10g", value < 0 ? "−" : "", fabs(value));
}

static void append_sum(struct text *out, struct arena *arena, const struct why *why, bool divides)
{
    size_t count = 0;
    for (size_t i = 0; i < why->term_count; i++) {
        const struct why_term *term = &why->terms[i];
        if (term->divides != divides || (term->optional && !term->count))
            continue;
        const char *before = count ? (term->sign < 0 ? " − " : " + ") : term->sign < 0 ? "−" : "";
        text_append_format(out, "%s%s", before, number(arena, term->total));
        count++;
    }
}

static size_t terms_shown(const struct why *why, bool divides)
{
    size_t count = 0;
    for (size_t i = 0; i < why->term_count; i++)
        count += why->terms[i].divides == divides && (why->terms[i].count || !why->terms[i].optional);
    return count;
}

static void append_side(struct text *out, struct arena *arena, const struct why *why, bool divides,
                        bool alone)
{
    bool brackets = !alone && terms_shown(why, divides) > 1;
    text_append(out, brackets ? "(" : "");
    append_sum(out, arena, why, divides);
    text_append(out, brackets ? ")" : "");
}

/* ---- the inputs of what is computed ---- */

/* The way of its value; of one that is not known the best there is, so that the missing figure is seen. */
static const struct formula_way *way_to_show(const struct formula *formula)
{
    const struct formula_way *used = formula_way_used(formula);
    return used || !formula->way_count ? used : &formula->ways[0];
}

static size_t count_input_figures(struct arena *arena, const struct computed *computed)
{
    const struct formula *formula;
    const char *name;
    size_t count = 0;
    for (size_t i = 0; (formula = computed_input(arena, computed, i, &name)); i++)
        count += count_figures(way_to_show(formula));
    return count;
}

static void copy_way(struct arena *arena, const struct formula_way *way, struct why_figure *figures,
                     size_t *count)
{
    for (size_t i = 0; i < way->numerator_count + way->denominator_count; i++)
        for (size_t j = 0; j < way->terms[i].figures.count; j++)
            copy_figure(arena, way->terms[i].figures.items[j], &figures[(*count)++]);
    if (way->bare)
        copy_figure(arena, way->bare, &figures[(*count)++]);
}

static struct why_input copy_input(struct arena *arena, const struct formula *formula, const char *name,
                                   struct why_figure *figures, struct why *why)
{
    struct outcome outcome = formula_evaluate(formula);
    const struct formula_way *way = way_to_show(formula);
    struct why_input input = {.name = name,
                              .value = outcome.value,
                              .sent = formula->way_count > 0,
                              .period = outcome.period,
                              .covered_ms = outcome.covered_ms,
                              .first = why->figure_count};
    if (way)
        copy_way(arena, way, figures, &why->figure_count);
    input.count = why->figure_count - input.first;
    return input;
}

static void copy_inputs(struct arena *arena, const struct computed *computed, struct why *why)
{
    const struct formula *formula;
    const char *name;
    size_t count = 0;
    while (computed_input(arena, computed, count, &name))
        count++;
    struct why_input *inputs = arena_take(arena, count, sizeof *inputs);
    struct why_figure *figures = arena_take(arena, count_input_figures(arena, computed), sizeof *figures);
    for (size_t i = 0; (formula = computed_input(arena, computed, i, &name)); i++)
        inputs[i] = copy_input(arena, formula, name, figures, why);
    why->inputs = inputs;
    why->input_count = count;
    why->figures = figures;
}

/* ---- the formula in words ---- */

static const char *formula_text(struct arena *arena, const struct why *why, double scale)
{
    if (why->variant == WHY_NO_VALUE)
        return NULL;
    if (why->variant == WHY_FINISHED)
        return number(arena, why->figures[0].value);
    struct text out = {0};
    bool scaled = fabs(scale - 1) > 0, divided = terms_shown(why, true) > 0;
    if (scaled)
        text_append_format(&out, "%s × ", number(arena, scale));
    append_side(&out, arena, why, false, !scaled && !divided);
    if (divided) {
        text_append(&out, " / ");
        append_side(&out, arena, why, true, false);
    }
    const char *text = arena_copy_text(arena, text_bytes(&out));
    text_finish(&out);
    return text;
}

/* ---- the value ---- */

/* A counter that only one of the other ways has. */
static const struct {
    const char *counter;
    enum why_variant variant;
} MARKS[] = {{"sl_counted", WHY_SOURCE_COUNTS}, {"handle_s", WHY_HANDLE_TIME}};

static bool uses(const struct expression *expression, const char *counter)
{
    for (size_t i = 0; i < expression->count; i++)
        if (text_equal(expression->terms[i].counter, counter))
            return true;
    return false;
}

static enum why_variant variant_of(const struct formula_way *way, const struct kpi *kpi)
{
    if (way->bare)
        return WHY_FINISHED;
    if (way->sl_variant && !text_equal(way->sl_variant, service_level_name(SERVICE_LEVEL_V1)) &&
        !text_equal(way->sl_variant, service_level_name(SERVICE_LEVEL_SOURCE)))
        return WHY_COUNTED;
    for (size_t i = 0; i < way->numerator_count + way->denominator_count; i++)
        for (size_t j = 0; j < sizeof MARKS / sizeof *MARKS; j++)
            if (text_equal(way->terms[i].counter, MARKS[j].counter) &&
                !uses(&kpi->numerator, MARKS[j].counter) && !uses(&kpi->denominator, MARKS[j].counter))
                return MARKS[j].variant;
    return WHY_CATALOGUE;
}

/* Which of the tile's formulas is that of its source, or of the first where there is no value: what it lacks
 * is then seen. -1: none. */
static int formula_of(const struct board_tile *tile)
{
    for (size_t i = 0; i < tile->formula_count; i++)
        if (tile->source >= 0 && tile->formulas[i].source == (size_t)tile->source)
            return (int)i;
    return tile->formula_count ? 0 : -1;
}

static void explain_computed(struct arena *arena, const struct board_tile *tile,
                             const struct computed *computed, struct why *why)
{
    copy_inputs(arena, computed, why);
    if (tile->outcome.kind == OUTCOME_UNKNOWN)
        return;
    why->variant = WHY_COMPUTED;
    why->formula = arena_copy_text(arena, tile->settings->kpi->formula);
}

/* What is withheld is not told in raw figures either: they are the value. */
static void explain_formula(struct arena *arena, const struct board_tile *tile, struct why *why)
{
    int used = formula_of(tile);
    if (used < 0 || tile->withheld != WITHHELD_NOT)
        return;
    const struct formula *formula = &tile->formulas[used];
    const struct formula_way *way = formula_way_used(formula);
    if (!way && tile->computed[used])
        explain_computed(arena, tile, tile->computed[used], why);
    if (!way || tile->outcome.kind == OUTCOME_UNKNOWN)
        return;
    why->variant = variant_of(way, tile->settings->kpi);
    copy_terms(arena, formula, way, why);
    why->formula = formula_text(arena, why, tile->settings->kpi->scale);
}

static void explain_board_kpi(struct arena *arena, const struct board_tile *tile, struct why *why)
{
    if (tile->outcome.kind == OUTCOME_UNKNOWN)
        return;
    why->variant = WHY_BOARD;
    why->formula = arena_copy_text(arena, tile->settings->kpi->formula);
}

static void explain_value(struct arena *arena, const struct board_tile *tile, struct why *why)
{
    bool known = tile->display != DISPLAY_CLOSED && tile->display != DISPLAY_NODATA;
    why->value = known ? tile->outcome.value : NAN;
    why->n = known ? tile->outcome.n : NAN;
    why->period = tile->outcome.period;
    why->min_sample = tile->rule.min_sample;
    why->withheld = known ? tile->withheld : WITHHELD_NOT;
    why->too_few = tile->display == DISPLAY_NEUTRAL && why->n < why->min_sample;
    why->covered_ms = known ? tile->outcome.covered_ms : 0;
    why->sl_variant = known ? tile->outcome.sl_variant : NULL;
    if (tile->board_kpi)
        explain_board_kpi(arena, tile, why);
    else if (tile->display != DISPLAY_CLOSED)
        explain_formula(arena, tile, why);
}

static void explain_source(struct arena *arena, const struct board *board, const struct board_tile *tile,
                           struct now now, struct why *why)
{
    why->stale_after_ms = tile->rule.stale_after_ms;
    if (tile->source < 0)
        return;
    const struct board_source *source = &board->sources[tile->source];
    why->source = arena_copy_text(arena, source->name);
    why->problem = source->problem;
    why->problem_detail = arena_copy_text(arena, source->detail);
    if (!tile->machine.has_figures)
        return;
    why->figures_wall_ms = tile->figures_wall_ms;
    why->age_ms = now.monotonic_ms - tile->machine.figures_ms;
}

/* ---- the judgement ---- */

static int64_t left_ms(int64_t since_ms, int64_t lasts_ms, int64_t now_ms)
{
    if (since_ms == ALERT_TIMER_OFF)
        return -1;
    int64_t left = since_ms + lasts_ms - now_ms;
    return left > 0 ? left : 0;
}

static void explain_alert(const struct board_tile *tile, struct now now, struct why *why)
{
    const struct alert_machine *machine = &tile->machine;
    int64_t now_ms = now.monotonic_ms;
    why->display = tile->display;
    why->since_wall_ms = tile->since_wall_ms;
    why->severity = machine->severity;
    why->alert = alert_machine_state(machine, &tile->rule, now_ms);
    why->unstable = alert_machine_unstable(machine, now_ms);
    for (int level = 0; level < SEVERITY_COUNT; level++)
        why->raises_in_ms[level] = level > (int)machine->severity
                                       ? left_ms(machine->beyond_since_ms[level], tile->rule.for_ms, now_ms)
                                       : -1;
    why->clears_in_ms = left_ms(machine->clear.since_ms, tile->rule.clear_ms, now_ms);
    why->shelved_ms = machine->shelved_until_ms > now_ms ? machine->shelved_until_ms - now_ms : 0;
}

/* ---- the rule ---- */

static bool sets_thresholds(const struct rule_settings *settings)
{
    return settings->has_direction || !isnan(settings->warn) || !isnan(settings->warn_high) ||
           !isnan(settings->critical) || !isnan(settings->critical_high);
}

static void explain_origin(struct arena *arena, const struct board *board, const struct board_tile *tile,
                           struct now now, struct why *why)
{
    const struct board_settings *settings = board->settings;
    const struct rule_settings *own = &tile->settings->rule;
    struct rule_moment moment = rule_moment_at(now.wall_ms);
    size_t *layers = arena_take(arena, settings->rule_count, sizeof *layers);
    size_t count = rule_layers(settings, tile->settings, &tile->scope, &moment, layers);
    size_t setting = 0;
    for (size_t i = 0; i < count; i++) {
        const struct rule_settings *rule = &settings->rules[layers[i]];
        if (!sets_thresholds(rule))
            continue;
        setting++;
        why->rule = WHY_RULE_BOARD;
        why->rule_number = layers[i] + 1;
        why->rule_where = copy_dims(arena, &rule->where);
        why->rule_has_hours = rule->when.given;
    }
    why->rules_overruled = setting ? setting - 1 : 0;
    if (!sets_thresholds(own) || !rule_in_force(&own->when, &moment))
        return;
    why->rule = WHY_RULE_TILE;
    why->rule_number = 0;
    why->rule_where = (struct dims){{NULL}};
    why->rule_has_hours = own->when.given;
    why->rules_overruled = setting;
}

static struct why_clearing clearing_of(const struct rule *rule, enum severity level, enum severity present)
{
    const struct limits *limits = &rule->limits;
    bool critical = level == SEVERITY_CRITICAL;
    return (struct why_clearing){
        .needed = level != SEVERITY_OK && level <= present,
        .low = (critical ? limits->critical_low : limits->warn_low) + rule->hysteresis,
        .high = (critical ? limits->critical_high : limits->warn_high) - rule->hysteresis,
    };
}

static void explain_rule(struct arena *arena, const struct board *board, const struct board_tile *tile,
                         struct now now, struct why *why)
{
    const struct rule *rule = &tile->rule;
    why->judged = grade_possible(&rule->limits);
    why->limits = rule->limits;
    why->of_plan = rule->of_plan;
    why->paced = rule->paced;
    why->plan = rule->plan;
    why->percent = rule->percent;
    why->hysteresis = rule->hysteresis;
    why->target = rule->target;
    why->for_ms = rule->for_ms;
    why->clear_ms = rule->clear_ms;
    for (int level = 0; level < SEVERITY_COUNT; level++)
        why->clearing[level] = clearing_of(rule, (enum severity)level, tile->machine.severity);
    explain_origin(arena, board, tile, now, why);
}

/* ---- together ---- */

static const char *mark_of(enum unit unit)
{
    switch (unit) {
    case UNIT_PERCENT:
        return "%";
    case UNIT_SECONDS:
        return "s";
    case UNIT_EUR:
        return "€";
    default:
        return "";
    }
}

static void explain_tile(struct arena *arena, const struct board_tile *tile, struct why *why)
{
    const struct tile_settings *settings = tile->settings;
    why->tile = arena_copy_text(arena, settings->id);
    why->kpi = arena_copy_text(arena, settings->kpi->id);
    why->unit_mark = mark_of(settings->kpi->unit);
    why->scope = copy_dims(arena, &tile->scope);
    for (int language = 0; language < LANGUAGE_COUNT; language++)
        why->label[language] = arena_copy_text(
            arena, settings->label ? settings->label : settings->kpi->label[language][LABEL_LONG]);
}

const struct why *why_of_tile(struct arena *arena, struct board *board, const char *tile_id, struct now now)
{
    const struct board_tile *tile = board_tile_named(board, tile_id);
    if (!tile)
        return NULL;
    board_tick(board, now); /* nothing may be explained fresher than it is */
    struct why *why = arena_take(arena, 1, sizeof *why);
    why->taken_wall_ms = now.wall_ms;
    explain_tile(arena, tile, why);
    explain_value(arena, tile, why);
    explain_source(arena, board, tile, now, why);
    explain_alert(tile, now, why);
    explain_rule(arena, board, tile, now, why);
    return why;
}
