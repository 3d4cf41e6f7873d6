#ifndef MODEL_CATALOGUE_H
#define MODEL_CATALOGUE_H

/*
 * All KPIs and counters that Vigie knows: the rows of assets/catalogue/ and those that a board adds.
 * Filled once at start (app/catalogue_file.c reads the files), then only read, by any thread.
 */

#include <stddef.h>

#include "model/kpi.h"

struct counter {
    const char *name;
    bool gauge; /* a state of now, not something that adds up over time */
    enum unit unit;
    const char *meaning[LANGUAGE_COUNT];
};

struct catalogue;

struct catalogue *catalogue_create(void);
void catalogue_destroy(struct catalogue *catalogue);

/* The arena in which rows' texts live; a loader copies into it. */
struct arena *catalogue_arena(struct catalogue *catalogue);

/* Copies the row. A row with an id that is there already replaces it (a board's own KPI wins). */
void catalogue_add_kpi(struct catalogue *catalogue, const struct kpi *kpi);
void catalogue_add_counter(struct catalogue *catalogue, const struct counter *counter);

/* NULL: not known. */
const struct kpi *catalogue_kpi(const struct catalogue *catalogue, const char *id);
const struct counter *catalogue_counter(const struct catalogue *catalogue, const char *name);

size_t catalogue_kpi_count(const struct catalogue *catalogue);
const struct kpi *catalogue_kpi_at(const struct catalogue *catalogue, size_t index);
size_t catalogue_counter_count(const struct catalogue *catalogue);
const struct counter *catalogue_counter_at(const struct catalogue *catalogue, size_t index);

#endif
