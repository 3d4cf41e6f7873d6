#ifndef MODEL_RULE_H
#define MODEL_RULE_H

/*
 * By what a tile is judged: the catalogue's thresholds, changed by the board's rules that apply to it
 * (the more specific over the less, of equals the later), changed by the tile's own.
 *
 * Thresholds that are percent of a plan become the KPI's own unit here, so that gauges can draw them
 * and targets be printed. Without a plan there is nothing to judge by: neutral, never a guess.
 */

#include "model/board.h"
#include "model/kpi.h"

struct rule {
    bool paced; /* limits and target are those of the whole day: rule_at_pace() gives those of now */
    enum direction direction;
    struct limits limits; /* all NaN: not judged */
    double hysteresis, min_sample;
    double target; /* NaN: none */
    int64_t for_ms, clear_ms, stale_after_ms;
};

/* The rule for `tile`, whose figures are limited to `scope` (its own and its KPI's dimensions). */
struct rule rule_for_tile(const struct board_settings *settings, const struct tile_settings *tile,
                          const struct dims *scope);

/* The rule for a KPI that no tile shows. */
struct rule rule_for_kpi(const struct board_settings *settings, const struct kpi *kpi,
                         const struct dims *scope);

/* The rule for what should have been reached with `elapsed` (0..1) of the opening hours over. */
struct rule rule_at_pace(const struct rule *rule, double elapsed);

#endif
