#ifndef MODEL_RULE_H
#define MODEL_RULE_H

/*
 * By what a tile is judged: the catalogue's thresholds, changed by the board's rules that apply to it
 * (the more specific over the less; then those for one date over those for weekdays over those for all
 * hours; of equals the later), changed by the tile's own.
 *
 * Thresholds that are percent of a plan become the KPI's own unit here, so that gauges can draw them
 * and targets be printed. Without a plan there is nothing to judge by: neutral, never a guess.
 */

#include "base/calendar.h"
#include "model/board.h"
#include "model/kpi.h"

struct rule {
    bool paced; /* limits and target are those of the whole day: rule_at_pace() gives those of now */
    enum direction direction;
    struct limits limits; /* all NaN: not judged */
    double hysteresis, min_sample;
    double target; /* NaN: none */
    int64_t for_ms, clear_ms, stale_after_ms;
    bool of_plan;          /* limits were given in percent of a plan … */
    double plan;           /* … which is this, of now where it is paced; NaN: there is none */
    struct limits percent; /* … and these they were */
    bool review_due;       /* some rule in force should have been looked at again by now */
};

/* A moment as rules see it: a minute of the site's day. */
struct rule_moment {
    int minute;  /* since midnight, by the clock on the wall */
    int weekday; /* of today, 0 Monday */
    struct calendar_date today, yesterday;
};

/* Settings that change nothing: all is inherited. */
struct rule_settings rule_settings_inherited(void);

struct rule_moment rule_moment_at(int64_t wall_ms);

/* Whether a rule for some hours (or all) is in force. */
bool rule_in_force(const struct rule_hours *when, const struct rule_moment *moment);

/* Whether what is in force can change with time alone. */
bool rule_depends_on_time(const struct rule_settings *settings);

/* The rule for `tile`, whose figures are limited to `scope` (its own and its KPI's dimensions). */
struct rule rule_for_tile_at(const struct board_settings *settings, const struct tile_settings *tile,
                             const struct dims *scope, const struct rule_moment *moment);

/*
 * Which of the board's rules make it what it is: their indexes in the order in which they apply, the
 * last one wins. Gives how many; `layers` has room for all rules of the board.
 */
size_t rule_layers(const struct board_settings *settings, const struct tile_settings *tile,
                   const struct dims *scope, const struct rule_moment *moment, size_t *layers);

/* The same before there is a moment: by the rules for all hours alone. */
struct rule rule_for_tile(const struct board_settings *settings, const struct tile_settings *tile,
                          const struct dims *scope);

/* The rule for a KPI that no tile shows. */
struct rule rule_for_kpi(const struct board_settings *settings, const struct kpi *kpi,
                         const struct dims *scope);

/* The rule for what should have been reached with `elapsed` (0..1) of the opening hours over. */
struct rule rule_at_pace(const struct rule *rule, double elapsed);

#endif
