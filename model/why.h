#ifndef MODEL_WHY_H
#define MODEL_WHY_H

/*
 * Why a tile shows what it shows, from the figures of the source to what would clear the alert: all
 * as plain data for the screen (key W) and for `vigie probe BOARD --tile`, and as text for people.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/language.h"
#include "base/now.h"
#include "base/text.h"
#include "model/alert_machine.h"
#include "model/board.h"
#include "model/snapshot.h"

/* One figure as the source sent it. */
struct why_figure {
    const char *id;
    enum period period;
    struct dims dims;
    double value;      /* NaN: the source says that it does not know */
    bool derived;      /* not sent: made of the source's counter of today */
    double covered_ms; /* of a derived window that is not yet full; 0: all of it */
};

/* One term of the formula: the sum (or extreme) of its figures. */
struct why_term {
    const char *counter;
    double sign;
    bool divides;  /* it belongs to the denominator */
    bool optional; /* where it is not sent it counts as 0 */
    double total;  /* before the sign */
    size_t first;  /* of its figures in why->figures */
    size_t count;  /* 0: not sent */
};

/* One of the figures, each with a formula of its own, that a computed KPI is made of. */
struct why_input {
    const char *name; /* a KPI, counters, a class */
    double value;     /* NaN: not known */
    bool sent;        /* the source has figures for it */
    enum period period;
    double covered_ms;   /* as above */
    size_t first, count; /* of its figures in why->figures */
};

/* Which of several ways the value came by. */
enum why_variant {
    WHY_NO_VALUE,
    WHY_CATALOGUE,     /* the KPI's own formula */
    WHY_SOURCE_COUNTS, /* the denominator that the source itself divides by */
    WHY_HANDLE_TIME,   /* a handling time sent as a whole */
    WHY_FINISHED,      /* a finished figure, as the source gives it */
    WHY_COUNTED,       /* a service level, counted as the board or the tile wants it */
    WHY_COMPUTED,      /* worked out of inputs that are listed */
    WHY_BOARD,         /* what the board says about itself */
    WHY_VARIANT_COUNT
};

/* Where the thresholds in force come from. */
enum why_rule { WHY_RULE_CATALOGUE, WHY_RULE_BOARD, WHY_RULE_TILE };

/* What brings a value back from a level: inside of this for so long. NaN: that side is open. */
struct why_clearing {
    bool needed; /* the tile is on this level, or on a worse one */
    double low, high;
};

struct why {
    const char *tile, *kpi;
    const char *label[LANGUAGE_COUNT];
    const char *unit_mark; /* "%", "s", "€" or "" */
    struct dims scope;
    int64_t taken_wall_ms;

    /* the value */
    double value, n, min_sample;
    bool too_few;
    enum withheld withheld;
    enum period period;
    enum why_variant variant;
    const char *sl_variant; /* how a service level is counted: "V1" to "V7", "source"; NULL: it is none */
    double covered_ms;      /* how much of a rolling period the value covers so far; 0: all of it */
    const char *formula; /* with numbers: "100 × 168 / (200 − 2)", of what is computed in the catalogue's
                            words; NULL: there is no value */
    size_t term_count, input_count, figure_count;
    const struct why_term *terms;
    const struct why_input *inputs;
    const struct why_figure *figures;

    /* the source */
    const char *source; /* NULL: none has figures for the tile */
    enum source_problem problem;
    const char *problem_detail; /* NULL: none */
    int64_t figures_wall_ms;    /* 0: no figures */
    int64_t age_ms, stale_after_ms;

    /* the judgement */
    enum display display;
    int64_t since_wall_ms; /* 0: not looked at yet */
    enum severity severity;
    enum alert_state alert;
    bool unstable;
    int64_t raises_in_ms[SEVERITY_COUNT]; /* until the level is raised if nothing gets better; -1: not due */
    int64_t clears_in_ms;                 /* until the alert is lowered if it stays good; -1: not due */
    int64_t shelved_ms;                   /* how much longer; 0: it is not */

    /* the rule */
    enum why_rule rule;     /* the last that changed a threshold */
    size_t rule_number;     /* of a board rule, from 1 as in the file */
    struct dims rule_where; /* what it is for */
    bool rule_has_hours;    /* it is for some hours only */
    size_t rules_overruled; /* other rules of the board that apply, and are less specific or earlier */
    bool judged;            /* there is a threshold */
    struct limits limits;
    bool of_plan, paced;   /* limits are percent of a plan; the plan grows with the opening hours */
    double plan;           /* of now; NaN: there is none, and so nothing to judge by */
    struct limits percent; /* of the plan: the limits as they were given */
    double hysteresis, target;
    int64_t for_ms, clear_ms;
    struct why_clearing clearing[SEVERITY_COUNT]; /* of CRITICAL and WARN */
};

/* NULL: there is no tile of this id. Everything lives in the arena. */
const struct why *why_of_tile(struct arena *arena, struct board *board, const char *tile_id, struct now now);

/*
 * The whole explanation, one fact a line, for terminal and wall. A fact's name ends where WHY_NAME_COLUMNS
 * characters after two blanks do; what belongs to a fact is indented further.
 */
void why_text(struct text *out, const struct why *why, enum language language);
enum { WHY_NAME_COLUMNS = 11 };

/* Names for machines: "catalogue", "source", "handle_s", "finished", "sl_variant", "computed",
 * "board", "none"; "catalogue", "board", "tile". */
const char *why_variant_name(enum why_variant variant);
const char *why_rule_name(enum why_rule rule);

#endif
