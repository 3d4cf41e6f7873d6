#ifndef MODEL_BOARD_H
#define MODEL_BOARD_H

/*
 * The board: takes in what sources say, works out what every tile shows, and gives it away as a
 * snapshot. Knows neither clock nor thread: every call brings its moment. Called from one thread.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/calendar.h"
#include "base/language.h"
#include "base/now.h"
#include "model/catalogue.h"
#include "model/kpi.h"
#include "model/sample.h"
#include "model/schedule.h"
#include "model/service_level.h"
#include "model/source_health.h"

struct snapshot;
struct objective_settings; /* model/objectives.h */
struct notes;              /* model/notes.h */
struct podium_settings;    /* model/podium.h */
struct podium_list;

/* The reference of a KPI whose thresholds are percent of a plan; of a paced one the whole day's. */
struct plan_setting {
    const struct kpi *kpi;
    double value; /* in the KPI's unit */
};

/* The hours at which a rule is in force, by the clock on the wall; an interval belongs to the day on which it
 * begins. */
struct rule_hours {
    bool given;                /* false: at all hours */
    struct calendar_date date; /* this day alone; none: on these weekdays */
    unsigned weekdays;         /* bit 0 is Monday */
    struct opening_interval interval;
};

/* Where thresholds differ from the catalogue's. What is not set (NaN, negative) is inherited. */
struct rule_settings {
    const struct kpi *kpi; /* NULL in a tile's own rule */
    struct dims where;
    bool has_direction;
    enum direction direction;
    double warn, warn_high; /* a band has both, else only the first; NaN: inherited */
    double critical, critical_high;
    double hysteresis, min_sample, target;    /* NaN: inherited */
    int64_t for_ms, clear_ms, stale_after_ms; /* negative: inherited */
    struct rule_hours when;
    struct calendar_date review_by; /* the day by which somebody looks at it again */
};

/* What a bar covers. */
enum bar_step { BAR_HOUR, BAR_DAY, BAR_WEEK };

/* A KPI of a table. */
struct column_settings {
    const struct kpi *kpi;
    bool has_period;
    enum period period; /* where has_period is false: the catalogue's */
};

/* A tile of many cells: KPIs side by side, below each other what they are split by. */
struct table_settings {
    size_t column_count;
    const struct column_settings *columns;
    enum dim by;
    size_t row_count;
    const char *const *rows; /* none: those that the figures name, in alphabetical order */
    bool worst_first;
    int row_limit; /* 0: all */
    bool ranks;    /* of teams by progress: this week's attainment and the own mean, no figures shown */
};

/* What somebody has to say, from one moment to another. */
struct announcement {
    const char *text;
    const char *author;                  /* NULL: not told */
    int64_t from_wall_ms, until_wall_ms; /* 0: open */
    bool important;                      /* goes before the others */
    const char *picture;                 /* path of a PNG in place of words; NULL: none */
};

struct tile_settings {
    const char *id; /* unique in the board */
    const struct kpi *kpi;
    const char *type;   /* a tile type of render/tile.c */
    const char *label;  /* NULL: the catalogue's */
    const char *source; /* NULL: the one with the newest figures */
    struct dims where;
    bool has_period;
    enum period period; /* where has_period is false: the catalogue's */
    bool has_sl_variant;
    enum service_level_variant sl_variant; /* where has_sl_variant is false: the board's */
    int columns, rows;                     /* the span, at least 1 */
    struct rule_settings rule;             /* for this tile alone */
    enum bar_step bars;                    /* of a bar; days and weeks need what record_has_days() says */
    int objective,
        key_result; /* of the board's, from 1, for tiles on objectives; 0: see model/objectives.h */
    const struct table_settings *table;      /* NULL: it is no table */
    bool ranks_agents;                       /* it shows the board's podium */
    const struct announcement *announcement; /* of a text; NULL: none */
    int notes;                               /* of a list: index into the board's notes */
    int64_t ends_wall_ms;                    /* of a countdown; 0: `ends_minute` or `lasts_ms` */
    int ends_minute;                         /* of the day; -1: not this way */
    int64_t lasts_ms;                        /* from when its page came up; 0: not this way */
};

struct page_settings {
    const char *id;
    const char *title;
    int columns, rows;      /* the grid */
    struct rule_hours when; /* at which it is shown by itself */
    size_t tile_count;
    struct tile_settings *tiles;
};

/* Borrowed by the board for as long as it lives. */
struct board_settings {
    const char *title;
    enum language language;
    size_t source_count;
    const char **source_names;
    size_t page_count;
    struct page_settings *pages;
    size_t rule_count;
    struct rule_settings *rules; /* the most specific wins; of equals the last */
    size_t plan_count;
    const struct plan_setting *plans; /* of two for a KPI the last counts */
    bool has_sl_variant;
    enum service_level_variant sl_variant; /* else the source's own where it tells it, or V1 */
    size_t schedule_count;
    const struct opening_hours *schedules; /* likewise; a tile without any is always open */
    size_t objective_count;
    const struct objective_settings *objectives;
    size_t notes_count;
    const struct notes *notes; /* as they were read first; the board copies them */
    size_t message_count;
    const struct announcement *messages;
    const struct podium_settings *podium; /* NULL: no agent is ranked, and no sample of one gets in */
};

/* On all of its pages. */
size_t board_settings_tile_count(const struct board_settings *settings);

struct board;

struct board *board_create(const struct catalogue *catalogue, const struct board_settings *settings);
void board_destroy(struct board *board);

/*
 * A board whose settings were read again goes on where `before` stood, which is used up. A tile that shows
 * the same KPI of the same scope and period keeps its curve, its light and its alert; the rule is the new
 * one's. `same_sources`: they are asked for the same as before, in the same order, so that their figures stay
 * too; else figures come with the next answers.
 */
struct board *board_create_after(const struct catalogue *catalogue, const struct board_settings *settings,
                                 struct board *before, bool same_sources, struct now now);

/*
 * A source answered: the document is its whole truth (a series that is not in it is unknown from now
 * on). Borrowed for the call. Samples that name an agent are dropped (P02), but for what the podium takes of
 * those who asked to be ranked (P08).
 */
void board_apply(struct board *board, size_t source, const struct sample_document *document, struct now now);

/* A source gave the same answer as before, byte for byte: figures without a time of their own are as fresh as
 * now. */
void board_apply_again(struct board *board, size_t source, struct now now);

/* A source answered without news (304, empty): it is well, its figures age on. */
void board_source_fine(struct board *board, size_t source, struct now now);

/* A source could not be read. Its figures stay and age. */
void board_source_failed(struct board *board, size_t source, const struct source_failure *failure,
                         struct now now);

/* Lets time pass: figures grow old. At least once a second. True if a tile shows something else because of
 * it. */
bool board_tick(struct board *board, struct now now);

/*
 * Whether the machine's wall clock is right; at first it is believed to be. While it is not, figures are as
 * old as their arrival, and the snapshot says so.
 */
void board_clock_trusted(struct board *board, bool trusted, struct now now);

/* A file of actions and verbatims was read anew; copied. Not `read`: it is not there or cannot be understood.
 */
void board_set_notes(struct board *board, size_t index, const struct notes *notes);

/* The list of agents who asked to be ranked was read anew; copied. */
void board_set_participants(struct board *board, const struct podium_list *list);

/* Forgets all figures but keeps the series: at start, curves are known and values are not. */
void board_forget_values(struct board *board);

/* What the screen needs, as one block that nobody changes; the caller owns it. */
struct snapshot *board_snapshot(struct board *board, struct now now);

#endif
