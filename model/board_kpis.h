#ifndef MODEL_BOARD_KPIS_H
#define MODEL_BOARD_KPIS_H

/*
 * KPIs about the board itself, worked out of its other tiles at every moment: how old its data are, how
 * many alerts there are, how many of a page's figures are on target, which limit will be crossed first.
 * One row each in board_kpis.c.
 */

#include "base/now.h"
#include "model/formula.h"
#include "model/kpi.h"

struct board;
struct board_tile;
struct board_kpi;

/* NULL: the KPI is not one of these, or the board has its own way to it. */
const struct board_kpi *board_kpi_find(const struct kpi *kpi);

/* What `tile`, which is one of these, shows now. */
struct outcome board_kpi_evaluate(struct board *board, struct board_tile *tile, struct now now);

#endif
