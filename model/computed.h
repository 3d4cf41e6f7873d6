#ifndef MODEL_COMPUTED_H
#define MODEL_COMPUTED_H

/*
 * KPIs of the catalogue that are no ratio of sums, worked out of the figures of one source: the
 * estimated wait, how many agents are needed, shares by class, trends. One row each in computed.c.
 *
 * Whatever is needed and not known makes the KPI unknown. Where figures come by queue and the KPI is
 * not additive (agents are needed queue by queue, the longest estimate counts), it is worked out for
 * each queue and put together as the catalogue says (agg_over_queues).
 *
 * KPIs about the board itself (how old its data are, how many alerts) are in board_kpis.h.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "model/board.h"
#include "model/formula.h"

/* Whether it is one of these. */
bool computed_knows(const struct kpi *kpi);

/* Whether what stands behind the value is time of agents. */
bool computed_counts_time(const struct kpi *kpi);

/* A KPI over counters that a computed one needs, and over which period. */
struct computed_need {
    const struct kpi *kpi;
    enum period period;
};

/* In `arena`; for windows that must be gathered before anybody asks. */
const struct computed_need *computed_needs(struct arena *arena, const struct catalogue *catalogue,
                                           const struct kpi *kpi, size_t *count);

struct computed;

/* NULL: this source has nothing for it. Lives in `arena`, as long as the counters' version. */
struct computed *computed_bind(struct arena *arena, struct counters *counters,
                               const struct formula_request *request, const struct board_settings *settings);

/* What a KPI remembers of its past: closed intervals, the period before. NULL: it needs none. */
struct computed_memory;
struct computed_memory *computed_memory_create(const struct kpi *kpi);
void computed_memory_destroy(struct computed_memory *memory);

/* The figures are of this moment now: remembers what will be needed of them. `memory` may be NULL. */
void computed_note(const struct computed *computed, struct computed_memory *memory, int64_t wall_ms);

struct outcome computed_evaluate(const struct computed *computed, const struct computed_memory *memory);

/* For explaining the value: what it is made of, one after the other, with its name in `arena`; NULL beyond
 * the last. */
const struct formula *computed_input(struct arena *arena, const struct computed *computed, size_t index,
                                     const char **name);

/* The largest first, at most six; what is left, or is called so, comes last as "other". */
enum { COMPUTED_PARTS_MAX = 7, COMPUTED_NAME_BYTES = 132 };

struct computed_part {
    char name[COMPUTED_NAME_BYTES];
    double value; /* a count */
};

/* Gives how many; 0 for KPIs without parts, and where one of them is not known. */
size_t computed_parts(const struct computed *computed, struct computed_part parts[COMPUTED_PARTS_MAX]);

#endif
