/* Objectives and key results (okr:). They belong to teams: no key takes a person. */
#include <math.h>

#include "app/config_reading.h"
#include "model/objectives.h"
#include "model/privacy.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const char *const promises[] = {[OKR_AMBITIOUS] = "ambitious", [OKR_COMMITTED] = "committed", NULL};

static void refuse_person(struct yaml_reader *reader, const struct yaml_node *node, const char *path,
                          void *target)
{
    struct yaml_place place = {.node = node, .path = path};
    (void)target;
    yaml_error(reader, &place, NULL,
               "an objective belongs to a team, never to a person: it is no appraisal; take this away");
}

#define NO_PERSON(name)                                                                                      \
    {                                                                                                        \
        name, YAML_KIND_OWN, 0, .read = refuse_person, .schema = "\"not\": {}",                              \
                                .help = "there is no such key"                                               \
    }
#define NO_PERSONS                                                                                           \
    NO_PERSON("owner"), NO_PERSON("agent"), NO_PERSON("person"), NO_PERSON("name"),                          \
        NO_PERSON("responsible"), NO_PERSON("assignee")

/* ---- tables ---- */

struct key_result_entry {
    struct yaml_place place;
    const char *kpi, *label, *promise;
    struct dims where;
    double start, goal, value, weight;
    struct calendar_date updated, changed;
};

struct objective_entry {
    struct yaml_place place;
    const char *objective, *team;
    struct calendar_date from, to;
    struct yaml_list key_results;
};

static const struct key_result_entry key_result_defaults = {
    .start = NAN, .goal = NAN, .value = NAN, .weight = 1, .promise = "ambitious"};

#define AT(member) offsetof(struct key_result_entry, member)
static const struct yaml_field key_result_fields[] = {
    {"kpi", YAML_KIND_TEXT, AT(kpi), .help = "the KPI that measures it; without one, value and updated"},
    {"label", YAML_KIND_TEXT, AT(label), .help = "what it is called; the KPI's name if not given"},
    {"where", YAML_KIND_OWN, AT(where), .read = config_read_where, .schema = config_where_schema,
     .help = "for which queue, channel, …; the whole site if not given"},
    {"start", YAML_KIND_NUMBER, AT(start), .required = true, .help = "where it stood at the beginning"},
    {"goal", YAML_KIND_NUMBER, AT(goal), .required = true, .help = "where it is to stand at the end"},
    {"value", YAML_KIND_NUMBER, AT(value), .help = "where it stands, typed"},
    {"updated", YAML_KIND_OWN, AT(updated), .read = config_read_date, .schema = config_date_schema,
     .help = "when the typed value was measured; stale after 7 days"},
    {"changed", YAML_KIND_OWN, AT(changed), .read = config_read_date, .schema = config_date_schema,
     .help = "when start or goal was changed after the beginning; the wall says so"},
    {"weight", YAML_KIND_NUMBER, AT(weight), .min = 0.01, .max = 100, .help = "in the objective, 1"},
    {"type", YAML_KIND_CHOICE, AT(promise), .choices = promises,
     .help = "ambitious: 0.7 is well met; committed: it is promised whole"},
    NO_PERSONS,
};
#undef AT
static const struct yaml_table key_result_table = {"a key result", sizeof(struct key_result_entry),
                                                   &key_result_defaults, key_result_fields,
                                                   COUNT(key_result_fields)};

#define AT(member) offsetof(struct objective_entry, member)
static const struct yaml_field objective_fields[] = {
    {"objective", YAML_KIND_TEXT, AT(objective), .required = true,
     .help = "what is aimed at, in one sentence"},
    {"team", YAML_KIND_TEXT, AT(team), .help = "whose it is"},
    {"from", YAML_KIND_OWN, AT(from), .required = true, .read = config_read_date,
     .schema = config_date_schema, .help = "first day"},
    {"to", YAML_KIND_OWN, AT(to), .required = true, .read = config_read_date, .schema = config_date_schema,
     .help = "last day"},
    {"key_results", YAML_KIND_RECORDS, AT(key_results), .required = true, .table = &key_result_table,
     .most = 10, .beyond = "fit, three to five are best", .help = "three to five, measurable"},
    NO_PERSONS,
};
#undef AT
const struct yaml_table config_objective_table = {"an objective", sizeof(struct objective_entry), NULL,
                                                  objective_fields, COUNT(objective_fields)};

/* ---- from entries to settings ---- */

static void check_measure(struct config_reading *reading, const struct key_result_entry *entry)
{
    if (!entry->kpi && !entry->label)
        yaml_error(reading->yaml, &entry->place, NULL, "it needs a kpi, or a label with value and updated");
    else if (entry->kpi && !isnan(entry->value))
        yaml_error(reading->yaml, &entry->place, "value", "%s measures it; take the typed value away",
                   entry->kpi);
    else if (!isnan(entry->value) && !entry->updated.year)
        yaml_error(reading->yaml, &entry->place, "value",
                   "a typed value needs the date of its measurement: updated: 2026-11-18");
    if (fabs(entry->goal - entry->start) <= 0)
        yaml_error(reading->yaml, &entry->place, "goal", "start and goal are both %g: there is no way to go",
                   entry->goal);
}

/* A team's own figure about people could be one of four persons, and progress gives it away. */
static void check_people(struct config_reading *reading, const struct key_result_entry *entry,
                         const struct kpi *kpi)
{
    struct error error = {""};
    if (text_equal(kpi->privacy, "personal_opt_in"))
        yaml_error(reading->yaml, &entry->place, "kpi", "%s ranks single persons; objectives are a team's",
                   kpi->id);
    else if (!config_kpi_allowed(reading, kpi, &error))
        yaml_error(reading->yaml, &entry->place, "kpi", "%s", error.text);
    else if (privacy_kpi_is_about_people(kpi) && dims_given(&entry->where) > 0)
        yaml_error(reading->yaml, &entry->place, "where",
                   "%s is about people; measure it for the whole site, not for a group that may be small",
                   kpi->id);
}

static void build_key_result(struct config_reading *reading, const struct key_result_entry *entry,
                             struct key_result_settings *result)
{
    const struct kpi *kpi = entry->kpi ? config_kpi_find(reading, &entry->place, entry->kpi) : NULL;
    check_measure(reading, entry);
    if (kpi)
        check_people(reading, entry, kpi);
    *result = (struct key_result_settings){
        .label = entry->label,
        .kpi = kpi,
        .where = entry->where,
        .start = entry->start,
        .goal = entry->goal,
        .value = entry->value,
        .updated = entry->updated,
        .changed = entry->changed,
        .weight = entry->weight,
        .promise = text_equal(entry->promise, "committed") ? OKR_COMMITTED : OKR_AMBITIOUS,
    };
}

static void check_objective(struct config_reading *reading, const struct objective_entry *entry)
{
    if (entry->from.year && entry->to.year && calendar_compare_dates(&entry->from, &entry->to) > 0)
        yaml_error(reading->yaml, &entry->place, "to", "it ends before it begins");
    if (entry->key_results.count == 0 && yaml_member(entry->place.node, "key_results"))
        yaml_error(reading->yaml, &entry->place, "key_results", "at least one; three to five are best");
}

static void build_objective(struct config_reading *reading, const struct objective_entry *entry,
                            struct objective_settings *objective)
{
    const struct key_result_entry *entries = entry->key_results.items;
    size_t count = entry->key_results.count;
    struct key_result_settings *results = arena_take(reading->config->arena, count, sizeof *results);
    check_objective(reading, entry);
    for (size_t i = 0; i < count; i++)
        build_key_result(reading, &entries[i], &results[i]);
    *objective = (struct objective_settings){.objective = entry->objective,
                                             .team = entry->team,
                                             .from = entry->from,
                                             .to = entry->to,
                                             .key_result_count = count,
                                             .key_results = results};
}

void config_okr_build(struct config_reading *reading, const struct yaml_list *entries)
{
    struct board_settings *board = &reading->config->board;
    const struct objective_entry *all = entries->items;
    struct objective_settings *objectives =
        arena_take(reading->config->arena, entries->count, sizeof *objectives);
    for (size_t i = 0; i < entries->count; i++)
        build_objective(reading, &all[i], &objectives[i]);
    board->objectives = objectives;
    board->objective_count = entries->count;
}
