#ifndef MODEL_SQCDP_H
#define MODEL_SQCDP_H

/*
 * The SQCDP calendar of a team: safety, quality, cost, delivery, people; a letter a row, a day a cell.
 *
 * A cell is the worst state of the letter's KPIs at the day's cut-off; the team may set it by hand,
 * with a reason that stays beside it (domain/VISUAL_PRIVACY.md §1). No absence, illness or other
 * fact about one person belongs here: reasons are short, and the page says so.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "model/snapshot.h"

enum sqcdp_letter { SQCDP_SAFETY, SQCDP_QUALITY, SQCDP_COST, SQCDP_DELIVERY, SQCDP_PEOPLE, SQCDP_LETTERS };

enum { SQCDP_DAYS_MAX = 31, SQCDP_REASON_MAX = 120 };

/* "S", "Q", "C", "D", "P". */
const char *sqcdp_letter_name(enum sqcdp_letter letter);

/* Which letter a KPI counts under by default. False: under none. */
bool sqcdp_letter_of(const char *kpi_id, enum sqcdp_letter *letter);

/*
 * The worst of the states: CRITICAL, WARN, then NODATA (a KPI is stale or without data: the day
 * cannot be called good), OK, NEUTRAL, CLOSED. NODATA of nothing.
 */
enum display sqcdp_worst(const enum display *states, size_t count);

/* Beside the colour: "✓", "!", "✕"; "" where there is no verdict. */
const char *sqcdp_mark(enum display display);

struct sqcdp_cell {
    enum display computed; /* NODATA until its day is over */
    bool edited;
    enum display by_hand;
    char reason[SQCDP_REASON_MAX + 1]; /* UTF-8 */
    int64_t edited_wall_ms;
};

struct sqcdp_month {
    int year, month; /* month from 1 */
    int day_count;
    struct sqcdp_cell cells[SQCDP_LETTERS][SQCDP_DAYS_MAX];
};

void sqcdp_month_init(struct sqcdp_month *month, int year, int number);

/* NULL: the month has no such day (from 1). */
const struct sqcdp_cell *sqcdp_cell(const struct sqcdp_month *month, enum sqcdp_letter letter, int day);

/* What the wall shows: by hand, where somebody set it. */
enum display sqcdp_shown(const struct sqcdp_cell *cell);

/* Notes the state at the day's cut-off; a cell set by hand keeps what it shows. False: no such day. */
bool sqcdp_compute(struct sqcdp_month *month, enum sqcdp_letter letter, int day, enum display state);

/* Sets a cell to OK, WARN or CRITICAL. False, nothing changed: the error says what is missing. */
bool sqcdp_edit(struct sqcdp_month *month, enum sqcdp_letter letter, int day, enum display state,
                const char *reason, int64_t now_wall_ms, struct error *error);

/* Back to what was computed. */
void sqcdp_unedit(struct sqcdp_month *month, enum sqcdp_letter letter, int day);

#endif
