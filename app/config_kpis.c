/* KPIs of one's own: rows like the catalogue's, written in the board. */
#include <math.h>
#include <string.h>

#include "app/config_reading.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const char *const unit_names[] = {"count",     "seconds",        "percent", "ratio",
                                         "score_1_5", "score_m100_100", "EUR",     NULL};
static const char *const format_names[] = {"int",    "pct",    "signed_pct", "signed",    "score5",
                                           "eur",    "rate_h", "ratio",      "dur_clock", "dur_long",
                                           "dur_hm", "count",  NULL};
static const char *const aggregation_names[] = {"sum", "distinct_sum", "ratio_of_sums", "max", "min", NULL};
static const char *const privacy_names[] = {"team", "team_only", "small_team", "management_only", NULL};

static const struct kpi_entry kpi_defaults = {
    .unit = "count",
    .direction = "none",
    .window = "now",
    .display = "number",
    .privacy = "team",
    .scale = NAN,
    .hysteresis = 0,
    .min_sample = 0,
    .target = NAN,
    .range_min = NAN,
    .range_max = NAN,
    .decimals = -1,
    .for_ms = 120000,
    .clear_ms = 120000,
    .stale_after_ms = 60000,
};

enum { DAY_MS = 86400000 };

#define AT(member) offsetof(struct kpi_entry, member)
static const struct yaml_field kpi_fields[] = {
    {"id", YAML_KIND_TEXT, AT(id), .required = true, .help = "a word of a-z, 0-9 and _"},
    {"label_fr", YAML_KIND_TEXT, AT(label_fr), .help = "its name in French"},
    {"label_fr_short", YAML_KIND_TEXT, AT(label_fr_short), .help = "at most 14 characters"},
    {"label_fr_xs", YAML_KIND_TEXT, AT(label_fr_xs), .help = "at most 10 characters"},
    {"label_en", YAML_KIND_TEXT, AT(label_en), .help = "its name in English"},
    {"label_en_short", YAML_KIND_TEXT, AT(label_en_short), .help = "at most 14 characters"},
    {"label_en_xs", YAML_KIND_TEXT, AT(label_en_xs), .help = "at most 10 characters"},
    {"definition_fr", YAML_KIND_TEXT, AT(definition_fr), .help = "what it says, in French"},
    {"definition_en", YAML_KIND_TEXT, AT(definition_en), .help = "what it says, in English"},
    {"unit", YAML_KIND_CHOICE, AT(unit), .choices = unit_names, .help = "of the value"},
    {"format", YAML_KIND_CHOICE, AT(format), .choices = format_names,
     .help = "how it is written; the unit's if not given"},
    {"decimals", YAML_KIND_INTEGER, AT(decimals), .min = 0, .max = 6, .help = "digits behind the point"},
    {"suffix_fr", YAML_KIND_TEXT, AT(suffix_fr), .help = "behind the value, in French"},
    {"suffix_en", YAML_KIND_TEXT, AT(suffix_en), .help = "behind the value, in English"},
    {"direction", YAML_KIND_CHOICE, AT(direction), .choices = config_direction_names,
     .help = "which way is better"},
    {"window", YAML_KIND_TEXT, AT(window), .help = "the period it covers: now, 30m, today, …"},
    {"aggregation", YAML_KIND_CHOICE, AT(aggregation), .choices = aggregation_names,
     .help = "how queues become one; ratio_of_sums with a den, else sum"},
    {"num", YAML_KIND_TEXT, AT(num),
     .help = "counters above the line: a+b-c; none: the source gives the KPI"},
    {"den", YAML_KIND_TEXT, AT(den), .help = "counters below the line"},
    {"where", YAML_KIND_OWN, AT(where), .read = config_read_where, .schema = config_where_schema,
     .help = "counted only where this is so"},
    {"scale", YAML_KIND_NUMBER, AT(scale), .help = "100 for a percentage of two counters, else 1"},
    {"warn", YAML_KIND_LIMIT, AT(warn), .help = "limit of good: a number, or a band [low, high]"},
    {"critical", YAML_KIND_LIMIT, AT(critical), .help = "limit of bearable"},
    {"hysteresis", YAML_KIND_NUMBER, AT(hysteresis), .min = 0, .max = 1e9,
     .help = "how much better it must be to leave a state"},
    {"target", YAML_KIND_NUMBER, AT(target), .help = "what is aimed at"},
    {"min_sample", YAML_KIND_NUMBER, AT(min_sample), .min = 0, .max = 1e9,
     .help = "contacts behind a rate from which on it is judged"},
    {"range_min", YAML_KIND_NUMBER, AT(range_min), .help = "where a gauge begins"},
    {"range_max", YAML_KIND_NUMBER, AT(range_max), .help = "where a gauge ends"},
    {"for", YAML_KIND_DURATION, AT(for_ms), .min = 0, .max = DAY_MS, .help = "bad so long before it is said"},
    {"clear", YAML_KIND_DURATION, AT(clear_ms), .min = 0, .max = DAY_MS,
     .help = "good so long before it is forgotten"},
    {"stale_after", YAML_KIND_DURATION, AT(stale_after_ms), .min = 1000, .max = 40.0 * DAY_MS,
     .help = "how old a figure may be"},
    {"display", YAML_KIND_TEXT, AT(display), .help = "the tile type that fits"},
    {"pair_with", YAML_KIND_TEXT, AT(pair_with), .help = "id of the quality counterpart"},
    {"privacy", YAML_KIND_CHOICE, AT(privacy), .choices = privacy_names, .help = "who may see it"},
};
#undef AT
const struct yaml_table config_kpi_table = {"a KPI", sizeof(struct kpi_entry), &kpi_defaults, kpi_fields,
                                            COUNT(kpi_fields)};

/* ---- formulas ---- */

static void list_counters(const struct catalogue *catalogue, struct arena *arena, const char ***names)
{
    size_t count = catalogue_counter_count(catalogue);
    *names = arena_take(arena, count + 1, sizeof **names);
    for (size_t i = 0; i < count; i++)
        (*names)[i] = catalogue_counter_at(catalogue, i)->name;
}

static void build_expression(struct config_reading *reading, const struct kpi_entry *entry, const char *key,
                             const char *text, struct expression *expression)
{
    const struct catalogue *catalogue = reading->config->catalogue;
    if (!expression_parse(catalogue_arena(reading->config->catalogue), text, expression)) {
        yaml_error(reading->yaml, &entry->place, key,
                   "\"%s\" is not a sum of counters like talk_s+hold_s-acw_s",
                   yaml_shown(reading->yaml, text));
        return;
    }
    const char **names;
    list_counters(catalogue, reading->config->arena, &names);
    for (size_t i = 0; i < expression->count; i++) {
        const char *name = expression->terms[i].counter;
        if (!catalogue_counter(catalogue, name))
            yaml_error(reading->yaml, &entry->place, key, "there is no counter \"%s\"%s",
                       yaml_shown(reading->yaml, name), yaml_did_you_mean(reading->yaml, name, names));
    }
}

/* ---- a row ---- */

static const struct {
    enum unit unit;
    enum number_format format;
} usual_formats[] = {
    {UNIT_COUNT, FORMAT_INT},   {UNIT_SECONDS, FORMAT_DUR_CLOCK}, {UNIT_PERCENT, FORMAT_PCT},
    {UNIT_RATIO, FORMAT_RATIO}, {UNIT_SCORE_1_5, FORMAT_SCORE5},  {UNIT_SCORE_M100_100, FORMAT_SIGNED},
    {UNIT_EUR, FORMAT_EUR},
};

static enum number_format usual_format(enum unit unit)
{
    for (size_t i = 0; i < COUNT(usual_formats); i++)
        if (usual_formats[i].unit == unit)
            return usual_formats[i].format;
    return FORMAT_INT;
}

static const char *either(const char *wanted, const char *otherwise)
{
    return wanted ? wanted : otherwise;
}

/* A label that is missing in one length or language is taken from the next one that is there. */
static void build_labels(struct arena *arena, const struct kpi_entry *entry, struct kpi *kpi)
{
    const char *fr = either(entry->label_fr, either(entry->label_en, entry->id));
    const char *en = either(entry->label_en, fr);
    kpi->label[LANGUAGE_FR][LABEL_LONG] = arena_copy_text(arena, fr);
    kpi->label[LANGUAGE_FR][LABEL_SHORT] = arena_copy_text(arena, either(entry->label_fr_short, fr));
    kpi->label[LANGUAGE_FR][LABEL_XS] =
        arena_copy_text(arena, either(entry->label_fr_xs, either(entry->label_fr_short, fr)));
    kpi->label[LANGUAGE_EN][LABEL_LONG] = arena_copy_text(arena, en);
    kpi->label[LANGUAGE_EN][LABEL_SHORT] = arena_copy_text(arena, either(entry->label_en_short, en));
    kpi->label[LANGUAGE_EN][LABEL_XS] =
        arena_copy_text(arena, either(entry->label_en_xs, either(entry->label_en_short, en)));
    kpi->definition[LANGUAGE_FR] = arena_copy_text(arena, either(entry->definition_fr, fr));
    kpi->definition[LANGUAGE_EN] = arena_copy_text(arena, either(entry->definition_en, en));
    kpi->suffix[LANGUAGE_FR] = arena_copy_text(arena, entry->suffix_fr);
    kpi->suffix[LANGUAGE_EN] = arena_copy_text(arena, either(entry->suffix_en, entry->suffix_fr));
}

static void build_arithmetic(struct config_reading *reading, const struct kpi_entry *entry, struct kpi *kpi)
{
    struct arena *arena = catalogue_arena(reading->config->catalogue);
    build_expression(reading, entry, "num", entry->num, &kpi->numerator);
    build_expression(reading, entry, "den", entry->den, &kpi->denominator);
    if (entry->den && !entry->num)
        yaml_error(reading->yaml, &entry->place, "den", "a den needs a num above it");
    kpi->sent = !entry->num;
    kpi->aggregation = entry->den ? AGGREGATE_RATIO_OF_SUMS : AGGREGATE_SUM;
    if (entry->aggregation)
        aggregation_parse(entry->aggregation, &kpi->aggregation);
    kpi->scale = isnan(entry->scale) ? (entry->den && kpi->unit == UNIT_PERCENT ? 100 : 1) : entry->scale;
    kpi->formula = arena_format(arena, entry->den ? "%g * sum(%s) / sum(%s)" : "%g * sum(%s)", kpi->scale,
                                either(entry->num, entry->id), either(entry->den, ""));
    for (int dim = 0; dim < DIM_COUNT; dim++)
        kpi->filter.value[dim] = arena_copy_text(arena, entry->where.value[dim]);
}

/* Thresholds are checked as a rule on this KPI would be. */
static void build_thresholds(struct config_reading *reading, const struct kpi_entry *entry, struct kpi *kpi)
{
    struct rule_entry as_rule = {.place = entry->place,
                                 .warn = entry->warn,
                                 .critical = entry->critical,
                                 .min_sample = NAN,
                                 .for_ms = -1,
                                 .clear_ms = -1,
                                 .stale_after_ms = -1};
    kpi->limits = limits_make(kpi->direction, NAN, NAN, NAN, NAN);
    struct rule_settings rule = config_rule_make(reading, &as_rule, kpi);
    kpi->limits = limits_make(kpi->direction, rule.warn, rule.warn_high, rule.critical, rule.critical_high);
    bool judged = entry->warn.given || entry->critical.given;
    kpi->threshold_mode = judged ? THRESHOLD_ABSOLUTE : THRESHOLD_NONE;
    kpi->hysteresis = entry->hysteresis;
    kpi->target = entry->target;
    kpi->range_min = entry->range_min;
    kpi->range_max = entry->range_max;
    kpi->min_sample = entry->min_sample;
    kpi->for_ms = entry->for_ms;
    kpi->clear_ms = entry->clear_ms;
    kpi->stale_after_ms = entry->stale_after_ms;
}

static bool id_sound(const char *id)
{
    return *id && strlen(id) < 64 && strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789_") == strlen(id);
}

static void build_kpi(struct config_reading *reading, const struct kpi_entry *entry)
{
    struct arena *arena = catalogue_arena(reading->config->catalogue);
    struct kpi kpi = {.id = arena_copy_text(arena, entry->id), .family = "own", .decimals = entry->decimals};
    if (!id_sound(entry->id)) {
        yaml_error(reading->yaml, &entry->place, "id", "an id is a word of a-z, 0-9 and _");
        return;
    }
    unit_parse(entry->unit, &kpi.unit);
    kpi.format = usual_format(kpi.unit);
    if (entry->format)
        number_format_parse(entry->format, &kpi.format);
    direction_parse(entry->direction, &kpi.direction);
    if (!period_parse(entry->window, &kpi.default_period))
        yaml_error(reading->yaml, &entry->place, "window",
                   "there is no window \"%s\"; write now, 15m, 30m, 60m, today, day, week or month",
                   yaml_shown(reading->yaml, entry->window));
    kpi.display = arena_copy_text(arena, entry->display);
    kpi.pair_with = arena_copy_text(arena, entry->pair_with);
    kpi.privacy = arena_copy_text(arena, entry->privacy);
    build_labels(arena, entry, &kpi);
    build_arithmetic(reading, entry, &kpi);
    build_thresholds(reading, entry, &kpi);
    catalogue_add_kpi(reading->config->catalogue, &kpi);
}

void config_kpis_build(struct config_reading *reading, const struct yaml_list *entries)
{
    const struct kpi_entry *all = entries->items;
    for (size_t i = 0; i < entries->count; i++)
        if (all[i].id)
            build_kpi(reading, &all[i]);
}
