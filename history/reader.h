#ifndef HISTORY_READER_H
#define HISTORY_READER_H

/*
 * Reads a history, also while a wall writes it, and from a card that has become read-only. Never changes
 * anything.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "history/cells.h"
#include "model/alert_budget.h"
#include "model/record.h"

struct reader;

/* NULL: there is none, it is of another version, or damaged; the error says which. */
struct reader *reader_open(const char *path, struct error *error);
void reader_close(struct reader *reader);

/* All series that were ever kept, in the order in which they came. Belong to the reader. */
size_t reader_series_count(const struct reader *reader);
const struct record_series *reader_series(const struct reader *reader, size_t index);

/* Its index by name; -1: it was never kept. */
int reader_find(const struct reader *reader, const char *name);

/* A minute of a series, or a longer time of it: the other one is NULL. */
struct reader_cell {
    int64_t wall_ms; /* when it began */
    size_t series;   /* index */
    const struct record_cell *minute;
    const struct rolled *rolled;
};

enum reader_step { READER_MINUTES, READER_QUARTERS, READER_DAYS };

typedef void (*reader_take)(void *context, const struct reader_cell *cell);

/* All cells that began in [from, to), in the order of time. Minutes are kept for eight days. */
bool reader_cells(struct reader *reader, enum reader_step step, int64_t from_wall_ms, int64_t to_wall_ms,
                  reader_take take, void *context, struct error *error);

struct reader_alert {
    int64_t id;
    size_t series;
    struct record_alert alert;
    bool unseen;                /* nobody saw its end: the wall was off */
    const char *cause, *action; /* NULL: not given */
};

/* Alerts that were open at any time in [from, to), by their beginning. */
bool reader_alerts(struct reader *reader, int64_t from_wall_ms, int64_t to_wall_ms,
                   void (*take)(void *context, const struct reader_alert *alert), void *context,
                   struct error *error);

/* The same for a budget of alerts, see alert_budget_report(). */
struct reader_budget {
    size_t count, capacity;
    struct budget_alert *alerts; /* by their beginning; the caller frees them, whatever came of it */
    int64_t since_wall_ms;       /* from when on anything was kept; 0: nothing was */
    int64_t until_wall_ms;       /* the end, or where the wall was switched off before it */
};

/* `figures`: what each series is called there; -1: it does not count. */
bool reader_budget(struct reader *reader, const int *figures, int64_t from_wall_ms, int64_t to_wall_ms,
                   struct reader_budget *budget, struct error *error);

/* What was noted of the floor in [from, to). */
bool reader_marks(struct reader *reader, int64_t from_wall_ms, int64_t to_wall_ms,
                  void (*take)(void *context, int64_t wall_ms, const char *text), void *context,
                  struct error *error);

/* The SQCDP letters of the days that began in [from, to), by day. */
bool reader_letters(struct reader *reader, int64_t from_wall_ms, int64_t to_wall_ms,
                    void (*take)(void *context, const struct record_letters *letters), void *context,
                    struct error *error);

/* The last huddle before `until`; 0: none. */
int64_t reader_last_huddle(struct reader *reader, int64_t until_wall_ms);

/* The last minute that was kept before `until`, when it began; 0: none. */
int64_t reader_newest(struct reader *reader, int64_t until_wall_ms);

/* A day up to a moment, of one series. */
struct reader_begun {
    struct rolled rolled;
    bool kept; /* the wall was on, whatever it showed */
};

/* Of each series, by its index, since the midnight before `until`. */
bool reader_day_begun(struct reader *reader, int64_t until_wall_ms, struct reader_begun *begun,
                      struct error *error);

/*
 * A series from one moment to another, as one figure: a ratio of sums or a sum of counts, of whole days and
 * of what is there of the last one. NaN: nothing is known, or it cannot be added up.
 */
double reader_total(struct reader *reader, size_t series, int64_t from_wall_ms, int64_t to_wall_ms);

#endif
