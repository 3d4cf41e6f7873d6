/* References for KPIs that are judged in percent of a plan (plans:). */
#include "app/config_reading.h"

const char config_plans_schema[] =
    "\"type\": \"object\", \"additionalProperties\": {\"type\": [\"number\", \"string\"]}";

/* Names of KPIs can only be looked up when the board's own are known: the node is kept until then. */
void config_read_plans(struct yaml_reader *reader, const struct yaml_node *node, const char *path,
                       void *target)
{
    struct yaml_place place = {.node = node, .path = path};
    if (node->shape == YAML_MAP)
        *(const struct yaml_node **)target = node;
    else
        yaml_error(reader, &place, NULL, "KPIs and numbers are due here, like {aht: 320}");
}

static bool is_judged_by_plan(const struct kpi *kpi)
{
    return kpi->threshold_mode == THRESHOLD_PCT_OF_PLAN ||
           kpi->threshold_mode == THRESHOLD_PCT_OF_TARGET_PACED;
}

/* "320", "5m20s" for a time, "30 %" for a percentage. */
static bool read_value(const struct yaml_node *node, const struct kpi *kpi, double *value)
{
    enum yaml_unit unit;
    if (node->shape != YAML_SCALAR || !node->text || !yaml_parse_quantity(node->text, value, &unit))
        return false;
    return unit == YAML_UNIT_BARE || (unit == YAML_UNIT_SECONDS && kpi->unit == UNIT_SECONDS) ||
           (unit == YAML_UNIT_PERCENT && kpi->unit == UNIT_PERCENT);
}

static const struct kpi *find_kpi(struct config_reading *reading, const struct yaml_place *plans,
                                  const char *id)
{
    const struct kpi *kpi = catalogue_kpi(reading->config->catalogue, id);
    if (!kpi)
        yaml_error(reading->yaml, plans, id, "there is no KPI \"%s\"%s", yaml_shown(reading->yaml, id),
                   yaml_did_you_mean(reading->yaml, id, reading->kpi_names));
    return kpi;
}

static bool make_plan(struct config_reading *reading, const struct yaml_place *plans, size_t index,
                      struct plan_setting *plan)
{
    const char *id = plans->node->keys[index]->text;
    *plan = (struct plan_setting){.kpi = find_kpi(reading, plans, id)};
    if (!plan->kpi)
        return false;
    if (!read_value(plans->node->items[index], plan->kpi, &plan->value)) {
        yaml_error(reading->yaml, plans, id, "a number in the KPI's unit is due here");
        return false;
    }
    if (plan->value <= 0) {
        yaml_error(reading->yaml, plans, id, "a plan is more than 0: nothing can be a percentage of it");
        return false;
    }
    if (!is_judged_by_plan(plan->kpi))
        yaml_warning(reading->yaml, plans, id,
                     "%s is not judged in percent of a plan: this changes nothing; write a rule", id);
    return true;
}

void config_plans_build(struct config_reading *reading, const struct yaml_node *node)
{
    if (!node)
        return;
    struct board_settings *board = &reading->config->board;
    struct yaml_place place = yaml_place_of(reading->yaml, &reading->root, "plans");
    struct plan_setting *plans = arena_take(reading->config->arena, node->count, sizeof *plans);
    for (size_t i = 0; i < node->count; i++)
        board->plan_count += make_plan(reading, &place, i, &plans[board->plan_count]);
    board->plans = plans;
}
