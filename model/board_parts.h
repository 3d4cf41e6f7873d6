#ifndef MODEL_BOARD_PARTS_H
#define MODEL_BOARD_PARTS_H

/* The inside of a board, for board*.c, snapshot.c and judgement.c; nobody else includes this. */

#include "base/arena.h"
#include "model/alert_machine.h"
#include "model/alert_week.h"
#include "model/board.h"
#include "model/board_alerts.h"
#include "model/board_kpis.h"
#include "model/comparison.h"
#include "model/computed.h"
#include "model/counters.h"
#include "model/daily.h"
#include "model/digest.h"
#include "model/formula.h"
#include "model/freshness.h"
#include "model/frozen.h"
#include "model/names.h"
#include "model/notes.h"
#include "model/podium.h"
#include "model/record.h"
#include "model/ribbon.h"
#include "model/rule.h"
#include "model/series.h"
#include "model/sqcdp.h"
#include "model/to_date.h"

struct board_source {
    const char *name;
    struct freshness freshness;
    struct frozen frozen;
    enum source_problem problem;
    double number;
    char *detail; /* owned; NULL: none */
    int64_t problem_since_wall_ms, last_success_wall_ms, next_try_ms;
};

struct board_tile;

struct board_row {
    const char *name; /* held */
    bool wanted;
    int rank; /* among teams, from 1; 0: none */
    struct tile_settings *settings;
    struct board_tile *cells; /* one a column */
};

struct board_table {
    size_t row_count, row_capacity;
    struct board_row **rows;
    bool changed; /* rows came or went since the list of all was made, or since the last ranking */
    enum ranking ranking;
    int64_t ranked_week_ms;
};

/* A file of actions and verbatims. */
struct board_notes {
    struct arena *arena;
    struct notes notes;
};

struct board_tile {
    const struct tile_settings *settings;
    const struct board_tile *asked_before; /* the nearest before it with its KPI and scope; NULL: none */
    bool has_letter;
    enum sqcdp_letter letter;          /* that its KPI counts for, if any */
    struct dims where, scope;          /* names; the scope has the KPI's own filter besides */
    bool empty_scope;                  /* the tile asks for the opposite of the KPI's filter: nothing fits */
    struct rule day_rule;              /* in force now; a paced target as that of the whole day */
    struct rule rule;                  /* in force now */
    const struct opening_hours *hours; /* NULL: those of what it adds up, or always open */
    bool *hours_parts; /* owned; one a schedule: some of its figures keep to it; NULL: none do */
    bool open_part;    /* some of its figures keep to none */
    bool n_is_time;    /* the denominator counts agent-seconds, not contacts */

    double people; /* agents in the scope, for privacy; NaN: not known */
    size_t people_count;
    struct formula *people_formulas; /* as formulas */
    enum withheld withheld;

    size_t formula_count; /* one a source that has something for it; in board->formulas_arena */
    struct formula *formulas;
    struct computed **computed;        /* beside each formula; NULL: there is only the formula */
    struct computed_memory *memory;    /* owned; NULL: there is none */
    const struct board_kpi *board_kpi; /* about the board itself; NULL: it is not */

    struct outcome outcome; /* of the newest figures that were taken */
    int source;             /* they came from; -1: none yet */
    int64_t figures_wall_ms;
    size_t part_count;
    struct computed_part *parts;    /* owned, room for COMPUTED_PARTS_MAX; NULL: it never had any */
    const struct board_tile *about; /* the tile whose limit is nearest; NULL: none */
    int64_t looked_minute;          /* at the curves of the others; INT64_MIN: never */
    struct alert_machine machine;
    enum display display;
    bool ageing;
    enum returning returning;
    int64_t returned_ms;   /* monotonic: when the last alert ended; with `returning` RETURNED only */
    int64_t since_wall_ms; /* 0: not looked at yet */
    struct series series;
    bool paced;            /* on an objective, judged by what part of its period is over */
    struct digest_log log; /* of what it showed */
    struct ribbon ribbon;
    struct board_table *table; /* owned; NULL: it is none */
    bool is_cell;              /* of a table; it has no curve and no ribbon */

    struct resumed_alert resumed; /* since_wall_ms 0: none */
    size_t comparable_count;
    struct comparison_point *comparable; /* owned; the day that today is compared with */
    size_t day_count;
    struct daily_day *days; /* owned; those that are over */
    struct to_date_so_far so_far;
    int64_t comparable_wall_ms; /* its moment that is as late as now; 0: there is none */

    size_t group; /* index into board->groups */
    enum muting muting;
    int64_t activation_ms; /* the last one that was counted */
    bool told;             /* people were called for the alert that it has now */
};

/* What is watched of every group, whether a tile shows it or not. */
enum watch { WATCH_AVAILABLE, WATCH_LOGGED_IN, WATCH_WAITING, WATCH_OCCUPANCY, WATCH_COUNT };

/* Tiles of the same site and queue. */
struct board_group {
    struct dims where; /* names; site and queue alone */
    struct tile_settings watch_settings[WATCH_COUNT];
    struct board_tile watches[WATCH_COUNT];
    double most_logged_in; /* NaN: nobody was seen yet */
    bool queue_unnamed;    /* one agent alone serves it (P15) */
    struct compound_alert compounds[COMPOUND_COUNT];
    struct group_notice notice;
};

struct board {
    const struct catalogue *catalogue;
    const struct board_settings *settings;
    struct names *names;
    struct counters *counters;
    bool figures_lent;      /* names and counters belong to the board that came after */
    uint64_t bound_version; /* of the counters that the formulas know */
    struct arena *formulas_arena;
    size_t source_count, tile_count;
    struct board_source *sources;
    struct board_tile *tiles; /* page by page */
    size_t judged_count;
    struct board_tile **judged; /* the tiles in their order, then the cells of tables */
    size_t notes_count;
    struct board_notes *notes;
    struct podium *podium; /* NULL: no agent is ranked */
    size_t result_count;
    struct board_tile *results; /* key results, objective by objective; typed ones have no settings */
    struct tile_settings *result_settings;
    bool clock_untrusted;
    bool has_offset;
    int64_t offset_ms;       /* wall minus monotonic, to notice when the wall clock is set */
    int64_t minute_phase_ms; /* makes minutes of the monotonic clock begin with those of the wall */

    size_t group_count;
    struct board_group *groups;
    struct alert_subject *subjects; /* one for each that is judged */
    bool *source_down;
    struct flood flood;
    struct alert_week *week;
    uint64_t notices;
    bool rules_change; /* some rule is for some hours or has a day of review */
    bool has_wall_minute;
    int64_t wall_minute;       /* that rules and openings are of; 0: none yet */
    struct opening *openings;  /* one a schedule */
    bool closed_by_hand;       /* board_close() */
    struct arena *marks_arena; /* NULL: there are no marks */
    size_t mark_count;
    struct snapshot_mark *marks;
    struct snapshot_keeping keeping; /* its text is owned by the board */
    struct sqcdp_month
        month; /* of the days since the start; today's cells are what they last were while open */
};

/* With the names and figures of a board before, which are the new one's from now on; NULL: none. */
struct board *board_create_with(const struct catalogue *catalogue, const struct board_settings *settings,
                                struct names *names, struct counters *counters);

/* What the figures of a source, as they are now, mean for every tile. */
void board_evaluate(struct board *board, size_t source, struct now now);

/* A tile as its settings want it. */
void board_tile_init(struct board *board, struct board_tile *tile, const struct tile_settings *settings);

/* NULL: no tile has this id. */
struct board_tile *board_tile_named(const struct board *board, const char *id);
void board_tile_finish(struct board_tile *tile);

/* It is of a queue that one agent alone serves (P15). */
bool board_tile_names_a_person(const struct board_tile *tile);

/* Its value is not known any more. */
void board_tile_lose(struct board_tile *tile);

/* ---- board_watch.c: the alerts of the board as a whole ---- */

void board_watch_init(struct board *board);
void board_watch_finish(struct board *board);
void board_watch_forget(struct board *board);

/* Finds out which alerts another one explains, and what several figures give away together. */
void board_watch_look(struct board *board, struct now now);

/* Then: counts what is new, and tells what is due. */
void board_watch_tell(struct board *board, struct now now);

/* Whether two show the same figure under the same thresholds: on two pages, or on a tile and in a table. */
bool board_watch_same(const struct board_tile *a, const struct board_tile *b);

/* Whether a tile before it on the board shows the same figure in the same state: a huddle tells it once. */
bool board_watch_repeats(const struct board_tile *tile);

/* Whether one that comes before on the board tells the same alert already: people are told once. */
bool board_watch_is_twin(const struct board *board, const struct board_tile *tile);

/* Whether the strip tells it: an alert that somebody put aside, or that another one explains, it does not. */
bool board_watch_tells_tile(const struct board_tile *tile);
bool board_watch_tells_compound(const struct board_group *group, enum compound compound);

/* The minute that a series counts `now` in. */
int64_t board_minute(const struct board *board, int64_t monotonic_ms);

/* ---- what board.c does for a tile, and for what is computed like one ---- */

void board_tile_bind(struct board *board, struct board_tile *tile);
void board_tile_hear(struct board *board, struct board_tile *tile, size_t source, struct now now);

/* ---- record.c: what a history gave back ---- */

/* What was noted of the floor, and how the history fares. */
void board_copy_memory(struct snapshot *snapshot, const struct board *board);
void board_forget_memory(struct board *board);

/* Finds the moment of the comparable day, where that day is known. */
void board_compare(struct board_tile *tile, int64_t wall_ms);

/* The tile's value then; NaN: not known. */
double board_comparable_value(const struct board_tile *tile);

/* What the tile has been since its periods began; gives their number, 0 where that may not be told. */
size_t board_to_date(const struct board_tile *tile, struct now now, struct to_date rows[TO_DATE_PERIODS]);

/* Its past days or weeks and today as bars; of the tile as it is shown. */
struct snapshot_bars board_days(struct arena *arena, const struct board_tile *tile,
                                const struct snapshot_tile *shown, struct now now);

/* ---- board_tables.c: tiles made of tiles ---- */

void board_tables_init(struct board *board);
void board_tables_finish(struct board *board);

/* Rows come and go with the figures that name them; before cells are bound. */
void board_tables_bind(struct board *board);

/* What the whole shows: the worst of the cells. */
enum display board_table_display(const struct board_tile *tile);

/* Gives teams their places, once a week. */
void board_tables_rank(struct board *board, struct now now);

/* ---- board_letters.c: the SQCDP letters of the board's tiles ---- */

/* How a letter stands now: the worst of its tiles; NODATA where the board has none. */
enum display board_letter(const struct board *board, enum sqcdp_letter letter);

/* Notes the letters of today. A day's cell stays as it was when the last of its tiles closed. */
void board_letters_keep(struct board *board, struct now now);

/* The present month, for a snapshot. */
struct snapshot_month board_letters_month(const struct board *board, struct now now);

/* ---- board_hours.c: what the hour of the day decides ---- */

void board_hours_init(struct board *board);
void board_hours_finish(struct board *board);

/* Brings rules and openings to the minute of the wall; nothing within the same minute. True if it is a new
 * one. */
bool board_hours_keep(struct board *board, struct now now);

/* Finds out whose hours the totals keep to, whenever the formulas are bound anew. */
void board_hours_look_at_parts(struct board *board);

/* A target for the whole day as what is due by now; to be told whenever the figure's period may have changed.
 */
void board_hours_pace(const struct board *board, struct board_tile *tile);

/* Closes and opens tiles as their hours and board_close() want it. */
void board_hours_apply(struct board *board);

/* Of the tile; where it has no hours, of what it adds up: open when one of these is. */
struct opening board_opening(const struct board *board, const struct board_tile *tile);

#endif
