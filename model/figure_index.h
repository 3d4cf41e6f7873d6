#ifndef MODEL_FIGURE_INDEX_H
#define MODEL_FIGURE_INDEX_H

/*
 * Finds figures without looking at them all: those of one source with one id (a family), of them those of
 * one period, and of these the ones that can lie in a scope.
 *
 * Lists are put in order, and split by the values of a dimension, when somebody first asks: once through
 * the list. Figures that come later cost only the lists that they join.
 */

#include <stdbool.h>
#include <stddef.h>

#include "model/counters.h"

struct figure_index *figure_index_create(void);
void figure_index_destroy(struct figure_index *index);

/* Borrows the figure until it is cleared away. */
void figure_index_add(struct figure_index *index, struct figure *figure);

/* Lets go of all figures: add those that are left again. */
void figure_index_clear(struct figure_index *index);

/* Of `id`, a name; NULL: there is none. Valid until figures are cleared away. */
struct family *figure_index_family(const struct figure_index *index, size_t source, const char *id);

/* Bit i: there are figures of period i. */
unsigned family_periods(const struct family *family);

/* All of a period, in the order of struct figures. Valid until figures are added or cleared away. */
struct figures family_figures(struct family *family, enum period period);

/* Those of them that have one dimension of `scope` (names) as the scope has it: all that lie in it, in the
 * same order, and perhaps others; `*inside`: surely no others. */
struct figures family_near(struct family *family, enum period period, const struct dims *scope, bool *inside);

#endif
