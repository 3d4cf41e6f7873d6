/* Thresholds of the board: for a KPI somewhere (rules:) or for one tile (rule:). */
#include <math.h>
#include <string.h>

#include "app/config_reading.h"
#include "model/privacy.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

const char *const config_direction_names[] = {"higher_is_better", "lower_is_better", "target_band", "none",
                                              NULL};

/* ---- where ---- */

const char config_where_schema[] =
    "\"type\": \"object\", \"additionalProperties\": {\"type\": [\"string\", \"number\"]}, "
    "\"propertyNames\": {\"enum\": [\"site\", \"team\", \"queue\", \"skill\", \"channel\", \"type\", "
    "\"reason\", \"campaign\", \"agent\"]}";

static const char *const *all_dim_names(void)
{
    static const char *names[DIM_COUNT + 1];
    for (int dim = 0; dim < DIM_COUNT; dim++)
        names[dim] = dim_name((enum dim)dim);
    return names;
}

static void read_dim(struct yaml_reader *reader, const struct yaml_place *place, const char *key,
                     const struct yaml_node *value, struct dims *dims)
{
    static const char *const channels[] = {"voice", "chat",     "email",  "social",      "sms",
                                           "video", "callback", "ticket", "back_office", NULL};
    enum dim dim;
    if (!dim_parse(key, &dim))
        yaml_error(reader, place, key, "there is no dimension \"%s\"%s", yaml_shown(reader, key),
                   yaml_did_you_mean(reader, key, all_dim_names()));
    else if (value->shape != YAML_SCALAR || !value->text)
        yaml_error(reader, place, key, "one name is due here");
    else if (dim == DIM_CHANNEL && !channel_known(value->text))
        yaml_error(reader, place, key, "there is no channel \"%s\"%s", yaml_shown(reader, value->text),
                   yaml_did_you_mean(reader, value->text, channels));
    else if (dim == DIM_AGENT)
        yaml_error(reader, place, key, "figures of a single person are not shown; limit to a team or queue");
    else
        dims->value[dim] = value->text;
}

void config_read_where(struct yaml_reader *reader, const struct yaml_node *node, const char *path,
                       void *target)
{
    struct yaml_place place = {.node = node, .path = path};
    if (node->shape != YAML_MAP) {
        yaml_error(reader, &place, NULL, "a map is due here, like {queue: Ventes, channel: voice}");
        return;
    }
    for (size_t i = 0; i < node->count; i++)
        read_dim(reader, &place, node->keys[i]->text, node->items[i], target);
}

/* ---- tables ---- */

static const struct rule_entry rule_defaults = {
    .hysteresis = {.low = NAN},
    .target = {.low = NAN},
    .min_sample = NAN,
    .for_ms = -1,
    .clear_ms = -1,
    .stale_after_ms = -1,
};

enum { DAY_MS = 86400000 };

#define AT(member) offsetof(struct rule_entry, member)
#define THRESHOLD_FIELDS                                                                                     \
    {"direction", YAML_KIND_CHOICE, AT(direction), .choices = config_direction_names,                        \
     .help = "which way is better; the KPI's own if not given"},                                             \
        {"warn", YAML_KIND_LIMIT, AT(warn), .help = "limit of good: a number, or a band [low, high]"},       \
        {"critical", YAML_KIND_LIMIT, AT(critical), .help = "limit of bearable"},                            \
        {"hysteresis", YAML_KIND_LIMIT, AT(hysteresis),                                                      \
         .help = "how much better than a limit it must be to leave the state"},                              \
        {"target", YAML_KIND_LIMIT, AT(target), .help = "what is aimed at, drawn on the tile"},              \
        {"for",    YAML_KIND_DURATION, AT(for_ms),                                                           \
         .min = 0, .max = DAY_MS,      .help = "how long it must be bad before it is said"},                 \
        {"clear",  YAML_KIND_DURATION, AT(clear_ms),                                                         \
         .min = 0, .max = DAY_MS,      .help = "how long it must be good before it is forgotten"},           \
        {"stale_after", YAML_KIND_DURATION,   AT(stale_after_ms),                                            \
         .min = 1000,   .max = 40.0 * DAY_MS, .help = "how old a figure may be"},                            \
        {"min_sample", YAML_KIND_NUMBER, AT(min_sample),                                                     \
         .min = 0,     .max = 1e9,       .help = "contacts behind a rate from which on it is judged"},       \
        {"when", YAML_KIND_RECORD, AT(when), .table = &config_when_table,                                    \
         .help = "days and hours, or one date; always if not given"},                                        \
    {                                                                                                        \
        "review_by", YAML_KIND_OWN, AT(review_by), .read = config_read_date, .schema = config_date_schema,   \
                                                   .help = "date of the next look at this threshold"         \
    }

static const struct yaml_field rule_fields[] = {
    {"kpi", YAML_KIND_TEXT, AT(kpi), .required = true, .help = "id of the KPI"},
    {"where", YAML_KIND_OWN, AT(where), .read = config_read_where, .schema = config_where_schema,
     .help = "for which queue, channel, …"},
    THRESHOLD_FIELDS,
};

static const struct yaml_field tile_rule_fields[] = {THRESHOLD_FIELDS};
#undef AT

const struct yaml_table config_rule_table = {"a rule", sizeof(struct rule_entry), &rule_defaults, rule_fields,
                                             COUNT(rule_fields)};
const struct yaml_table config_tile_rule_table = {"a tile's rule", sizeof(struct rule_entry), &rule_defaults,
                                                  tile_rule_fields, COUNT(tile_rule_fields)};

/* ---- one rule ---- */

/* A limit and where it is written. */
struct judged {
    struct config_reading *reading;
    const struct yaml_place *place;
    const struct kpi *kpi; /* NULL: unknown */
};

/* "80 %" fits a percentage, "2m" a time; a bare number fits anything. */
static void check_unit(const struct judged *judged, const char *key, const struct yaml_limit *limit)
{
    const struct kpi *kpi = judged->kpi;
    if (!kpi || !limit->given || limit->unit == YAML_UNIT_BARE)
        return;
    bool of_plan =
        kpi->threshold_mode == THRESHOLD_PCT_OF_PLAN || kpi->threshold_mode == THRESHOLD_PCT_OF_TARGET_PACED;
    if (limit->unit == YAML_UNIT_PERCENT && kpi->unit != UNIT_PERCENT && !of_plan)
        yaml_error(judged->reading->yaml, judged->place, key, "%s is not a percentage; leave out the %%",
                   kpi->id);
    if (limit->unit == YAML_UNIT_SECONDS && (kpi->unit != UNIT_SECONDS || of_plan))
        yaml_error(judged->reading->yaml, judged->place, key,
                   "%s is not a time; write a number without a unit", kpi->id);
}

static bool shape_fits(const struct judged *judged, const char *key, const struct yaml_limit *limit,
                       enum direction direction)
{
    struct yaml_reader *yaml = judged->reading->yaml;
    if (!limit->given)
        return true;
    if (direction == DIRECTION_NONE && judged->kpi)
        yaml_error(yaml, judged->place, key,
                   "%s is not judged; add direction: higher_is_better, lower_is_better or target_band",
                   judged->kpi->id);
    else if (direction == DIRECTION_TARGET_BAND && !limit->is_band)
        yaml_error(yaml, judged->place, key, "a band is due here: [low, high]");
    else if (direction != DIRECTION_TARGET_BAND && direction != DIRECTION_NONE && limit->is_band)
        yaml_error(yaml, judged->place, key, "one number is due here; a band needs direction: target_band");
    else if (limit->is_band && limit->low > limit->high)
        yaml_error(yaml, judged->place, key, "the band is upside down: %g is more than %g; write [%g, %g]",
                   limit->low, limit->high, limit->high, limit->low);
    else
        return true;
    return false;
}

/* The limits with what the rule leaves to the catalogue; only then can they contradict each other. */
static struct limits effective_limits(const struct kpi *kpi, const struct rule_settings *rule,
                                      enum direction direction)
{
    struct limits limits =
        limits_make(direction, rule->warn, rule->warn_high, rule->critical, rule->critical_high);
    if (!kpi || rule->has_direction)
        return limits;
    if (isnan(rule->warn)) {
        limits.warn_low = kpi->limits.warn_low;
        limits.warn_high = kpi->limits.warn_high;
    }
    if (isnan(rule->critical)) {
        limits.critical_low = kpi->limits.critical_low;
        limits.critical_high = kpi->limits.critical_high;
    }
    return limits;
}

static void check_order(const struct judged *judged, const struct rule_settings *rule,
                        enum direction direction)
{
    struct limits limits = effective_limits(judged->kpi, rule, direction);
    const char *key = isnan(rule->critical) ? "warn" : "critical";
    const char *inherited = isnan(rule->warn)       ? " (warn is the catalogue's)"
                            : isnan(rule->critical) ? " (critical is the catalogue's)"
                                                    : "";
    if (limits.critical_low > limits.warn_low)
        yaml_error(judged->reading->yaml, judged->place, key,
                   "critical (%g) comes before warn (%g)%s: below is worse, so critical is the lower one",
                   limits.critical_low, limits.warn_low, inherited);
    if (limits.critical_high < limits.warn_high)
        yaml_error(judged->reading->yaml, judged->place, key,
                   "critical (%g) comes before warn (%g)%s: above is worse, so critical is the higher one",
                   limits.critical_high, limits.warn_high, inherited);
}

static enum direction direction_of(const struct rule_settings *rule, const struct kpi *kpi)
{
    if (rule->has_direction)
        return rule->direction;
    return kpi ? kpi->direction : DIRECTION_NONE;
}

static void check_thresholds(const struct judged *judged, const struct rule_entry *entry,
                             const struct rule_settings *rule)
{
    enum direction direction = direction_of(rule, judged->kpi);
    check_unit(judged, "warn", &entry->warn);
    check_unit(judged, "critical", &entry->critical);
    check_unit(judged, "hysteresis", &entry->hysteresis);
    check_unit(judged, "target", &entry->target);
    bool fit = shape_fits(judged, "warn", &entry->warn, direction);
    fit = shape_fits(judged, "critical", &entry->critical, direction) && fit;
    if (fit && (entry->warn.given || entry->critical.given))
        check_order(judged, rule, direction);
    if (entry->hysteresis.given && (entry->hysteresis.is_band || entry->hysteresis.low < 0))
        yaml_error(judged->reading->yaml, judged->place, "hysteresis",
                   "it is one number, 0 or more, in the KPI's unit");
    if (entry->target.given && entry->target.is_band)
        yaml_error(judged->reading->yaml, judged->place, "target", "it is one number");
}

static double first_of(const struct yaml_limit *limit)
{
    return limit->given ? limit->low : NAN;
}

static double second_of(const struct yaml_limit *limit)
{
    return limit->given && limit->is_band ? limit->high : NAN;
}

static void check_review(struct config_reading *reading, const struct rule_entry *entry)
{
    if (entry->review_by.year && reading->today.year &&
        calendar_compare_dates(&entry->review_by, &reading->today) < 0)
        yaml_warning(reading->yaml, &entry->place, "review_by",
                     "the day is past; see whether the thresholds still fit and set a new date");
}

struct rule_settings config_rule_make(struct config_reading *reading, const struct rule_entry *entry,
                                      const struct kpi *kpi)
{
    struct rule_settings rule = {
        .where = entry->where,
        .warn = first_of(&entry->warn),
        .warn_high = second_of(&entry->warn),
        .critical = first_of(&entry->critical),
        .critical_high = second_of(&entry->critical),
        .hysteresis = first_of(&entry->hysteresis),
        .min_sample = entry->min_sample,
        .target = first_of(&entry->target),
        .for_ms = entry->for_ms,
        .clear_ms = entry->clear_ms,
        .stale_after_ms = entry->stale_after_ms,
    };
    rule.has_direction = entry->direction && direction_parse(entry->direction, &rule.direction);
    struct judged judged = {.reading = reading, .place = &entry->place, .kpi = kpi};
    check_thresholds(&judged, entry, &rule);
    rule.when = config_when_make(reading, &entry->when);
    rule.review_by = entry->review_by;
    check_review(reading, entry);
    return rule;
}

/* ---- rules: ---- */

const struct kpi *config_kpi_find(struct config_reading *reading, const struct yaml_place *place,
                                  const char *id)
{
    const struct kpi *kpi = catalogue_kpi(reading->config->catalogue, id);
    if (!kpi)
        yaml_error(reading->yaml, place, "kpi", "there is no KPI \"%s\"%s", yaml_shown(reading->yaml, id),
                   yaml_did_you_mean(reading->yaml, id, reading->kpi_names));
    return kpi;
}

bool config_kpi_allowed(const struct config_reading *reading, const struct kpi *kpi, struct error *error)
{
    enum privacy_zone zone = ZONE_PUBLIC; /* the strictest, where the board names none that there is */
    privacy_zone_parse(reading->config->screen.zone, &zone);
    return privacy_kpi_allowed(kpi, zone, error);
}

void config_rules_build(struct config_reading *reading, const struct yaml_list *entries)
{
    struct config *config = reading->config;
    const struct rule_entry *all = entries->items;
    struct rule_settings *rules = arena_take(config->arena, entries->count, sizeof *rules);
    for (size_t i = 0; i < entries->count; i++) {
        const struct kpi *kpi = all[i].kpi ? config_kpi_find(reading, &all[i].place, all[i].kpi) : NULL;
        rules[i] = config_rule_make(reading, &all[i], kpi);
        rules[i].kpi = kpi; /* NULL makes the board unusable, so that entries and rules keep step */
    }
    config->board.rules = rules;
    config->board.rule_count = entries->count;
}

/* ---- rules beside each other and beside the pages ---- */

static bool tile_shows(const struct tile_settings *tile, const struct kpi *kpi, const struct dims *where)
{
    if (!tile->kpi || (kpi && tile->kpi != kpi))
        return false;
    struct dims scope = tile->where;
    for (int dim = 0; dim < DIM_COUNT; dim++)
        if (!scope.value[dim])
            scope.value[dim] = tile->kpi->filter.value[dim];
    return dims_match(where, &scope);
}

bool config_shown_where(const struct config_reading *reading, const struct kpi *kpi, const struct dims *where)
{
    const struct board_settings *board = &reading->config->board;
    for (size_t p = 0; p < board->page_count; p++)
        for (size_t t = 0; t < board->pages[p].tile_count; t++)
            if (tile_shows(&board->pages[p].tiles[t], kpi, where))
                return true;
    return false;
}

static void check_use(struct config_reading *reading, const struct rule_entry *entry,
                      const struct rule_settings *rule)
{
    static const struct dims everywhere = {{NULL}};
    if (!config_shown_where(reading, rule->kpi, &everywhere))
        yaml_warning(reading->yaml, &entry->place, "kpi", "no tile shows %s; the rule is never used",
                     rule->kpi->id);
    else if (!config_shown_where(reading, rule->kpi, &rule->where))
        yaml_warning(reading->yaml, &entry->place, "where",
                     "no tile shows %s limited to this; the rule is never used", rule->kpi->id);
}

static bool overlap(const struct rule_settings *a, const struct rule_settings *b)
{
    return a->kpi == b->kpi && dims_equal(&a->where, &b->where) && config_hours_meet(&a->when, &b->when);
}

/* The last wins, which nobody means who writes both. */
static void check_overlap(struct config_reading *reading, const struct rule_entry *entry, size_t index)
{
    const struct rule_settings *rules = reading->config->board.rules;
    size_t i = 0;
    while (i < index && !overlap(&rules[i], &rules[index]))
        i++;
    if (i < index)
        yaml_warning(reading->yaml, &entry->place, "when",
                     "the hours overlap those of rules[%zu]; where they do, this one counts", i);
}

void config_rules_check(struct config_reading *reading, const struct yaml_list *entries)
{
    const struct board_settings *board = &reading->config->board;
    const struct rule_entry *all = entries->items;
    for (size_t i = 0; board->page_count && i < board->rule_count; i++) {
        if (!board->rules[i].kpi)
            continue;
        check_use(reading, &all[i], &board->rules[i]);
        check_overlap(reading, &all[i], i);
    }
}
