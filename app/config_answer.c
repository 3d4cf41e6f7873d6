#include "app/config_reading.h"
#include "base/text.h"
#include "model/board_kpis.h"
#include "model/computed.h"

/* Whether something answers a tile: a KPI of the catalogue that nobody works out shows nothing, for ever. */

static bool is_about_objectives(const struct kpi *kpi)
{
    return text_equal(kpi->id, "okr_objective_score") || text_equal(kpi->id, "okr_kr_progress") ||
           text_equal(kpi->id, "okr_pace");
}

static bool is_worked_out(const struct kpi *kpi)
{
    return kpi->numerator.count > 0 || computed_knows(kpi) || board_kpi_find(kpi) != NULL;
}

/* A KPI of the board's own without counters is meant to be sent, and so is what a ranking is made of; a list
 * says itself what it lacks; a ranking of agents has its own rules. */
static bool is_for_others_to_judge(const struct kpi *kpi, const char *type)
{
    return kpi->sent || text_equal(kpi->privacy, "personal_opt_in") || text_equal(type, "list") ||
           text_equal(type, "leaderboard");
}

void config_answer_check(struct config_reading *reading, const struct tile_entry *entry,
                         const struct tile_settings *tile)
{
    const struct kpi *kpi = tile->kpi;
    if (!kpi || is_worked_out(kpi) || is_for_others_to_judge(kpi, tile->type))
        return;
    if (!is_about_objectives(kpi))
        yaml_warning(reading->yaml, &entry->place, "kpi",
                     "%s is not worked out of counters; the tile has no data unless a source sends a figure "
                     "of this id",
                     kpi->id);
    else if (reading->config->board.objective_count == 0)
        yaml_warning(reading->yaml, &entry->place, "kpi",
                     "%s is about objectives and the board has none; write some under okr:", kpi->id);
}
