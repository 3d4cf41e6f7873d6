#ifndef MODEL_SQCDP_H
#define MODEL_SQCDP_H

/*
 * The SQCDP calendar of a team: safety, quality, cost, delivery, people; a letter a row, a day a cell.
 *
 * A cell is the worst state of the letter's KPIs at the day's cut-off. No
 * absence, illness or other fact about one person belongs here.
 */

#include <stdbool.h>
#include <stddef.h>

#include "model/snapshot.h"

enum sqcdp_letter { SQCDP_SAFETY, SQCDP_QUALITY, SQCDP_COST, SQCDP_DELIVERY, SQCDP_PEOPLE, SQCDP_LETTERS };

enum { SQCDP_DAYS_MAX = 31 };

/* Which letter a KPI counts under by default. False: under none. */
bool sqcdp_letter_of(const char *kpi_id, enum sqcdp_letter *letter);

/*
 * The worst of the states: CRITICAL, WARN, then NODATA (a KPI is stale or without data: the day
 * cannot be called good), OK, NEUTRAL, CLOSED. NODATA of nothing.
 */
enum display sqcdp_worst(const enum display *states, size_t count);

struct sqcdp_month {
    int year, month; /* month from 1 */
    int day_count;
    enum display cells[SQCDP_LETTERS][SQCDP_DAYS_MAX];
};

/* All days NODATA. */
void sqcdp_month_init(struct sqcdp_month *month, int year, int number);

/* Days count from 1. NODATA: nothing is known, or the month has no such day. */
enum display sqcdp_shown(const struct sqcdp_month *month, enum sqcdp_letter letter, int day);

/* Notes the state of a day, until its cut-off again and again. A day that the month does not have is left
 * out. */
void sqcdp_keep(struct sqcdp_month *month, enum sqcdp_letter letter, int day, enum display state);

#endif
