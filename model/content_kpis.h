#ifndef MODEL_CONTENT_KPIS_H
#define MODEL_CONTENT_KPIS_H

/*
 * What tiles have in place of a KPI where they show no figure: a table, a text, a clock. Rows like the
 * catalogue's, with names and without a formula, so that nothing behind them asks whether there is a KPI.
 */

#include <stdbool.h>

#include "model/kpi.h"

/* For a tile type of render/tile.c; `by` names the rows of a table. NULL: the type shows a KPI. */
const struct kpi *content_kpi(const char *type, enum dim by);

/* Whether it is one of these. */
bool content_kpi_is(const struct kpi *kpi);

#endif
