#ifndef MODEL_SNAPSHOT_H
#define MODEL_SNAPSHOT_H

/*
 * All that a screen shows at one moment. Made by board_snapshot(), never changed after, handed from
 * thread to thread whole; texts and arrays inside live and die with it.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/language.h"
#include "base/now.h"
#include "model/alert_budget.h"
#include "model/board.h"
#include "model/kpi.h"
#include "model/sample.h"
#include "model/source_health.h"

/* What a tile looks like; the first that applies wins. */
enum display {
    DISPLAY_CLOSED,
    DISPLAY_NODATA,  /* nothing came yet, or it is forgotten */
    DISPLAY_STALE,   /* the figure is too old to be believed */
    DISPLAY_NEUTRAL, /* not judged: no thresholds, or too few contacts behind it */
    DISPLAY_CRITICAL,
    DISPLAY_WARN,
    DISPLAY_OK,
    DISPLAY_COUNT
};

/* An amber or red light. */
bool display_is_alert(enum display display);

/* Why a value is kept back although it is known: too few people stand behind it (P03, P04). */
enum withheld {
    WITHHELD_NOT,
    WITHHELD_SMALL_TEAM,   /* under five agents */
    WITHHELD_COMPLEMENT,   /* else a smaller team could be had by subtraction */
    WITHHELD_TEAM_UNKNOWN, /* a team, and nobody says of how many */
    WITHHELD_FEW_ANSWERS   /* a survey of staff with under ten answers */
};

/* A value in a minute, for the trend; NaN is a gap. */
struct snapshot_series {
    int64_t first_wall_ms; /* the minute of values[0], floored to the minute */
    size_t count;          /* one value a minute; 0: no history yet */
    const float *values;
};

/* What a value is made of: a count of one class. */
struct snapshot_part {
    const char *name; /* a class as the source calls it; a state of agents: available, on_contact, acw, … */
    double value;
};

struct snapshot_bar {
    int64_t from_wall_ms;
    double value; /* NaN: not known */
    double plan;  /* NaN: there is none */
    bool begun;   /* its time is not over yet */
    bool cut;     /* nobody looked at its end: the wall was off, and it may be more */
};

/* The figure of past hours, days or weeks, side by side. */
struct snapshot_bars {
    enum bar_step step;
    size_t count; /* 0: there are none */
    const struct snapshot_bar *bars;
};

/* The states of a day, the worst of each quarter of an hour. */
struct snapshot_ribbon {
    int64_t first_wall_ms; /* the beginning of cells[0] */
    size_t count;          /* one cell a quarter, up to now */
    const enum display *cells;
    int64_t red_ms; /* for how long it was critical today */
};

struct snapshot_tile;

/* Whether places are given. */
enum ranking {
    RANKING_NONE,    /* it is no ranking */
    RANKING_TOO_FEW, /* not three teams of five (P07), not eight agents with thirty contacts (P09) */
    RANKING_UNKNOWN, /* not enough of them have a progress yet; no week is over yet */
    RANKING_SHOWN,

    /* of agents alone */
    RANKING_TIED,    /* more are first than there are places */
    RANKING_ENDED,   /* the agreement has expired, or is not in force (P08) */
    RANKING_NO_LIST, /* the opt-in list cannot be read */
    RANKING_NO_CLOCK /* no time that could be trusted: it may have expired */
};

struct snapshot_place {
    int rank; /* from 1; equals share one */
    const char *pseudonym;
};

/* The ranking of agents: the first places of last week, without any figure (P09). */
struct snapshot_podium {
    enum ranking ranking;
    size_t place_count; /* three at most */
    const struct snapshot_place *places;
    int64_t from_wall_ms,
        until_wall_ms;    /* the week, and the time of its newest figures; 0: nothing is shown */
    int64_t next_wall_ms; /* when a first ranking is due; 0: not known */
};

struct snapshot_row {
    const char *name;                  /* of a queue, team, channel; the source's own word */
    bool name_is_channel;              /* then the wall has a word of its own for it */
    const struct snapshot_tile *cells; /* one a column */
    int rank;                          /* of a team in a ranking, from 1; 0: none */
};

/* KPIs by queue, team or channel; every cell is judged by itself. */
struct snapshot_table {
    size_t column_count;
    const struct snapshot_tile *columns; /* names alone */
    size_t row_count;
    const struct snapshot_row *rows;              /* in the order to be shown */
    const struct snapshot_row *const *by_trouble; /* the same, the worst first */
    bool worst_first;
    size_t untold; /* rows beyond what the board wants to see */
    enum ranking ranking;
};

/* A line of the huddle's list. */
struct snapshot_action {
    const char *text, *who; /* a role or initials; NULL: nobody yet */
    int64_t due_wall_ms;    /* the first moment of the day; 0: none */
    bool overdue;
    int quarters; /* done, of four */
};

struct snapshot_verbatim {
    const char *text;
    int64_t day_wall_ms; /* 0: not told */
};

struct snapshot_notes {
    bool read;           /* else the file is not there or cannot be understood */
    size_t action_count; /* open ones, the overdue first, then by their day */
    const struct snapshot_action *actions;
    size_t verbatim_count;
    const struct snapshot_verbatim *verbatims;
};

struct snapshot_message {
    const char *text, *author;           /* NULL: not told */
    int64_t from_wall_ms, until_wall_ms; /* 0: open */
    bool important;
    const char *picture; /* NULL: none */
};

/* When a countdown ends. */
struct snapshot_countdown {
    int64_t ends_wall_ms; /* 0: it lasts `lasts_ms` from when its page came up */
    int64_t lasts_ms;
};

/* The way back of an alert, so that a red light on a figure that is good again does not look like a lie. */
enum returning {
    RETURNING_NOT,
    RETURNING_SOON, /* better than its light says, not yet for long enough */
    RETURNED        /* it was an alert until a minute ago */
};

struct snapshot_tile {
    const char *id;
    const char *type; /* of render/tile.c */
    const char *kpi_id;
    const char *label[LANGUAGE_COUNT][LABEL_COUNT]; /* of the board, else of the catalogue */
    bool own_label;                                 /* the board's own: shown as it is, at any length */
    struct dims scope;                              /* what the tile is limited to */
    int columns, rows;                              /* span on the grid */

    enum unit unit;
    enum number_format format;
    int decimals;
    const char *suffix[LANGUAGE_COUNT];
    enum direction direction;
    double range_min, range_max; /* NaN: none */
    enum period period;          /* the period that the value covers */

    enum display display;
    /* Of an OK or WARN tile: the worse level that its figure is at already, not yet for long enough; else OK
     */
    enum display pending;
    enum returning returning;
    double value;   /* NaN: no value. With DISPLAY_STALE the last one known */
    double n;       /* denominator behind the value: contacts, answers, agent-seconds; NaN: does not apply */
    bool n_is_time; /* n counts seconds of agents, not contacts */
    bool too_few;   /* neutral because n is under min_sample */
    double min_sample;
    bool queue_unnamed;     /* in alerts: one agent alone serves it, so its name is a person's (P15) */
    enum withheld withheld; /* then there is no value, and it is not judged */
    struct limits limits;   /* active thresholds, in the unit of the value; all NaN: not judged */
    double target;          /* NaN: none */
    int64_t value_wall_ms;  /* the time of the figures by the source, 0: no value */
    int64_t age_ms;         /* of the figures, at `taken`; 0 where there is no value */
    int64_t stale_after_ms;
    int64_t since_wall_ms;  /* since when `display` is what it is */
    int64_t opens_wall_ms;  /* of a closed tile: when it opens; 0: not known */
    int64_t closes_wall_ms; /* of an open one: when it closes; 0: not known, or never */
    bool just_opened;       /* the first 15 min: no sound */
    bool just_closed;       /* the 15 min after: who waits is still served, nothing is muted */
    bool told;              /* an alert that the strip tells: no other explains it, nobody put it aside */
    int64_t acked_wall_ms;  /* when somebody has seen the alert; 0: nobody has */
    int64_t shelved_until_wall_ms; /* its alerts were put aside until then; 0: they were not */
    bool review_due;               /* the day by which its thresholds were to be looked at again is past */
    int source; /* index into sources: the one behind the value, or that the board names; -1: not known yet */
    double covered_ms;      /* how much of a rolling period the value covers so far; 0: all of it */
    const char *sl_variant; /* how a service level is counted: "V1" to "V7", "source"; NULL: does not apply */
    bool overloaded;        /* a forecast without a value: the queue would grow without end */
    size_t part_count;
    const struct snapshot_part *parts; /* the largest first, "other" last */
    const char *about; /* id of the tile that this one speaks of, e.g. whose limit is nearest; NULL: none */
    double
        answers_to_recover; /* of a day's service level, in a row; 0 on target, infinite for ever, NaN: n/a */
    bool repeats;           /* a tile before it shows the same figure in the same state */
    bool not_aggregated;    /* a bare figure of the source, for exactly its own dimensions */
    struct snapshot_series series;
    int64_t comparable_wall_ms; /* the comparable day at the same elapsed time; 0: there is none */
    double comparable;          /* the value then; NaN: not known */
    struct snapshot_bars bars;
    struct snapshot_ribbon ribbon;
    const struct snapshot_table *table;     /* NULL: it is none */
    const struct snapshot_podium *podium;   /* of a ranking of agents; NULL: it is none */
    int objective;                          /* index into objectives; -1: none */
    const struct snapshot_notes *notes;     /* of a list; NULL: it is none */
    const struct snapshot_message *message; /* of a text; NULL: it is none */
    struct snapshot_countdown countdown;
};

struct snapshot_page {
    const char *id;
    const char *title;
    int columns, rows;
    size_t tile_count;
    const struct snapshot_tile *tiles;
    const char *conclusion[LANGUAGE_COUNT]; /* one line that says what the page says */

    /* CRITICAL, WARN, STALE, NODATA or OK, for the page's dot; CLOSED where every tile is */
    enum display worst;
    bool off; /* these are not its hours: it is not shown by itself */
};

struct snapshot_source {
    const char *name;
    enum source_problem problem;
    double number;                 /* belongs to the problem, see source_health.h */
    const char *detail;            /* NULL: none */
    int64_t problem_since_wall_ms; /* 0: it is fine */
    int64_t last_success_wall_ms;  /* 0: never */
    int64_t next_try_ms;           /* monotonic, after a failure; 0: not known */
};

/* What only several figures of a site and queue together give away. */
enum compound {
    COMPOUND_NONE,
    COMPOUND_NOBODY_FREE,  /* no agent available and calls waiting */
    COMPOUND_NOBODY_THERE, /* open, calls waiting, nobody logged in */
    COMPOUND_ROUTING,      /* the service level is red while agents are free */
    COMPOUND_HASTE,        /* calls are short and quality falls */
    COMPOUND_NO_AGENT,     /* nobody logged in: in place of the alerts that this mutes */
    COMPOUND_COUNT
};

struct snapshot_key_result {
    const char *label[LANGUAGE_COUNT];
    enum number_format format;
    bool typed;                  /* by the team, not measured by a source */
    double start, goal, current; /* current NaN: not known */
    double progress, pace;       /* NaN: not known */
    enum display display;        /* by pace during the period, by progress at its end; STALE after 7 days */
    bool too_easy;
    int64_t updated_wall_ms; /* 0: never */
    int64_t changed_wall_ms; /* its start or goal was changed on that day, which is told; 0: as agreed */
    enum unit unit;
};

struct snapshot_objective {
    const char *objective;
    const char *team; /* NULL: the whole site */
    int64_t from_wall_ms, to_wall_ms;
    double elapsed; /* share of the period that is over */
    double progress, pace;
    enum display display;
    size_t key_result_count;
    const struct snapshot_key_result *key_results;
};

enum { SNAPSHOT_LETTERS = 5, SNAPSHOT_DAYS_MAX = 31 };

/* The letters S Q C D P day by day; NODATA: not known (of that day, or any more). */
struct snapshot_month {
    int day_count;
    int today; /* from 1 */
    enum display cells[SNAPSHOT_LETTERS][SNAPSHOT_DAYS_MAX];
};

/* Something in trouble, the worst first, then the oldest first. */
struct snapshot_alert {
    const struct snapshot_tile *tile; /* NULL: a compound alert */
    enum display display;             /* CRITICAL or WARN */
    int64_t since_wall_ms;
    enum compound compound;
    struct dims
        where; /* of a compound alert: its site, and its queue unless one agent alone serves it (P15) */
};

/* What happened on the floor, as somebody noted it: "IVR changed". */
struct snapshot_mark {
    int64_t wall_ms;
    const char *text;
};

/* How the memory of the wall on disk fares. */
struct snapshot_keeping {
    bool kept;                     /* else nothing is to be remembered */
    int64_t written_wall_ms;       /* the last time; 0: not since the start */
    int64_t bytes;                 /* on disk; 0: not known */
    int64_t trouble_since_wall_ms; /* nothing can be written since then; 0: all is well */
    const char *trouble;           /* as the log says it; NULL: all is well */
};

struct snapshot {
    struct arena *arena;    /* holds everything, this struct included */
    struct snapshot *whole; /* of which this one shows some pages, and whose content it shares; NULL: none */
    int others;             /* that hold this one besides its owner */
    struct now taken;
    const char *title;
    enum language language; /* the board's own */
    /* The worst judged tile: CRITICAL, WARN, OK; NODATA where none is judged; CLOSED where every tile is. */
    enum display summary;
    bool data_trouble; /* some tile is stale or without data: a lamp of its own, never green */
    size_t page_count;
    const struct snapshot_page *pages;
    size_t alert_count; /* without those that another one explains or that were put aside */
    const struct snapshot_alert *alerts;
    bool flood;           /* too many new ones: only the first and the worst three are in the list */
    size_t alerts_untold; /* the others then */
    uint64_t notices;     /* goes up when a group of alerts is due to be told, or told again */
    size_t source_count;
    const struct snapshot_source *sources;
    size_t objective_count;
    const struct snapshot_objective *objectives;
    const struct snapshot_notes *actions; /* of all lists together, for a huddle; NULL: the board has none */
    size_t message_count;
    const struct snapshot_message *messages; /* of the banner: not over yet, the most important first */
    size_t mark_count;
    const struct snapshot_mark *marks; /* of the last day, in the order of time */
    struct snapshot_keeping keeping;
    struct budget_report
        budget;           /* of this week's alerts, since they are known; its figures are of no use here */
    bool clock_untrusted; /* our own wall clock is not kept right: ages are those since arrival */
    enum display
        letters[SNAPSHOT_LETTERS]; /* S Q C D P as they stand now; NODATA: no tile of the board tells */
    struct snapshot_month month;   /* the present one, with `letters` as today's */
    const struct inquiry *inquiry; /* more about one tile, see model/inquiry.h; NULL: nobody asked */
    const struct review *review;   /* what a huddle looks back on, see model/review.h; NULL: nobody asked */
};

void snapshot_destroy(struct snapshot *snapshot);

/*
 * The same moment with some of its pages alone, in this order: what one of several displays shows. Alerts,
 * sources and the summary stay those of the whole board. Copies nothing: `whole` lives until both are
 * destroyed, in any order, by one thread. A page (by its index) that is not there is left out.
 */
struct snapshot *snapshot_of_pages(struct snapshot *whole, const size_t *pages, size_t count);

#endif
