#ifndef MODEL_RECORD_H
#define MODEL_RECORD_H

/*
 * What a board leaves to its history and takes back after a start, as plain data.
 *
 * A series is a figure: KPI, period, scope. Tiles that show the same one share it. Nothing of a person is
 * one: no agent, no queue that one agent alone serves, no team too small to be shown (P02, P03, P15).
 *
 * A minute of a series is a value with what stands behind it, so that the value of a longer time is a ratio
 * of sums again: value times n is its numerator.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/now.h"
#include "model/board.h"
#include "model/snapshot.h"

/* What a figure is over a longer time than it was asked for. */
enum record_kind {
    RECORD_MEAN, /* a gauge or a rolling window: weighed by n, where it has none by time */
    RECORD_DAY,  /* counts up from midnight: the last one is the day, and days can be added up */
    RECORD_LAST  /* of a longer period, which the last one is the whole of; not to be added up */
};

struct record_series {
    const char *name;        /* tells it from all others, over years and whatever the tile is called */
    const char *kpi, *place; /* ids; place "queue=Ventes", "" for the whole site */
    const char *period;      /* as in model/sample.h */
    enum record_kind kind;
    bool weighted; /* a ratio: without an n it is not added to anything */
    bool additive; /* counts of two days are one of both */
};

/* Of the tile; in the arena. The name is NULL where nothing of it may be kept. */
struct record_series record_series_of(struct arena *arena, const struct tile_settings *tile);

struct record_cell {
    float value, n; /* NaN: not known, does not apply */
    enum display display;
};

/* Its past days can stand side by side: it counts up from midnight, and is a count or a rate of counts. */
bool record_has_days(const struct tile_settings *tile);

/* Nothing known of it. */
struct record_cell record_nothing(void);

/* Of the tile at `index`, page by page, as of the last call that brought a moment. */
struct record_cell board_record(const struct board *board, size_t index);

/* Of two tiles that share a series, the one with the figure, in the worse light. */
struct record_cell record_join(struct record_cell a, struct record_cell b);

/* ---- alerts ---- */

/* From amber or red to good again; silence ends nothing. Wall time in ms, 0: not yet. */
struct record_alert {
    size_t tile;
    int64_t begun_ms, ended_ms, acked_ms;
    enum display peak;
    double peak_value; /* the worst while it was so; NaN: not known */
    bool told; /* it called; else it was there at the start or at the opening, or another explains it */
};

/* What a board knows of the alert of a tile, beside its figure. */
struct record_call {
    int64_t acked_ms; /* when somebody has seen it; 0: nobody has, or there is none */
    bool told;
    int worse; /* 1: the higher the worse, -1: the lower; 0: it has a band, or no limits */
};

/* Of the tile at `index`, as of the last call that brought a moment. */
struct record_call board_record_call(const struct board *board, size_t index, struct now now);

/* Moves the tile's alert along; zeroed is none. True if it is to be written. */
bool record_alert_note(struct record_alert *alert, const struct record_cell *cell,
                       const struct record_call *call, int64_t wall_ms);

/* Alerts will be noted from now on, for the budget of the week. */
void board_begin_week(struct board *board, struct now now);

/* One that has begun or changed. `tile` may be any number that tells
 * figures apart, the same ones as of board_restore_week(). */
void board_note_alert(struct board *board, const struct record_alert *alert);

struct budget_alert; /* model/alert_budget.h */

/* What the history remembers of the week, see alert_week_restore(). */
void board_restore_week(struct board *board, const struct budget_alert *alerts, size_t count,
                        int64_t since_wall_ms);

/* The clock was wrong by so much. */
void board_move_week(struct board *board, int64_t by_ms);

/* An alert that was open when the program ended, to go on with if the first figure is as bad. */
struct resumed_alert {
    enum display display;
    int64_t since_wall_ms; /* 0: there is none */
    int64_t acked_wall_ms; /* somebody has seen it; 0: nobody has */
    bool told;             /* it called */
    double peak_value;     /* NaN: not known */
};

/* ---- after a start ---- */

/*
 * Puts minutes before those that the tile's curve has already, and today's lights into its ribbon. Minutes
 * are those of the wall; `displays` (enum display each) may be NULL.
 */
void board_restore_series(struct board *board, size_t index, int64_t first_minute, const float *values,
                          const unsigned char *displays, size_t count, struct now now);

void board_resume_alert(struct board *board, size_t index, const struct resumed_alert *alert);

/* Midnight of the day with which the tile is compared. False: there is none. */
bool board_comparable_day(const struct board *board, size_t index, struct now now, int64_t *midnight_wall_ms);

struct daily_day; /* model/daily.h */

/* The days of the tile that are over, in the order of time; copied, and kept until the next ones. */
void board_set_days(struct board *board, size_t index, const struct daily_day *days, size_t count);

struct to_date_so_far; /* model/to_date.h */

/* What the days are that have not ended; copied, and kept until the next ones. */
void board_set_so_far(struct board *board, size_t index, const struct to_date_so_far *so_far);

/* How the SQCDP letters of a day stood when the last of their tiles closed, or stand now. */
struct record_letters {
    int64_t midnight_wall_ms; /* 0: none */
    enum display cells[SNAPSHOT_LETTERS];
};

/* Of today. */
struct record_letters board_record_letters(const struct board *board, struct now now);

/* Days of the present month, before those that the board knows itself. */
void board_restore_letters(struct board *board, const struct record_letters *days, size_t count,
                           struct now now);

/* What was noted of the floor, in the order of time; copied, and kept until the next ones. */
void board_set_marks(struct board *board, const struct snapshot_mark *marks, size_t count);

/* How the history fares; copied. True if that is news for the screen. */
bool board_set_keeping(struct board *board, const struct snapshot_keeping *keeping);

struct comparison_point; /* model/comparison.h */

/* The comparable day of the tile, in the order of time; copied, and kept until the next one. */
void board_set_comparable(struct board *board, size_t index, const struct comparison_point *points,
                          size_t count, struct now now);

#endif
