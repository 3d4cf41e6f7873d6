#ifndef MODEL_OBJECTIVES_H
#define MODEL_OBJECTIVES_H

/*
 * The objectives of a board's teams: where their key results' figures come from, and what tiles on
 * okr_kr_progress, okr_objective_score and okr_pace show. model/okr.h scores them.
 *
 * A key result is a KPI of the catalogue, computed like a tile's, or a value that the team types with
 * the date of its measurement. Either is stale after seven days. An objective belongs to a team:
 * there is no field for a person.
 *
 * A tile names its objective by number; else it is the first of its team, else the first of all.
 */

#include "base/calendar.h"
#include "model/okr.h"
#include "model/sample.h"

struct key_result_settings {
    const char *label;     /* NULL: the KPI's */
    const struct kpi *kpi; /* NULL: typed */
    struct dims where;
    double start, goal;
    double value;                 /* typed; NaN: none */
    struct calendar_date updated; /* of the typed value; no year: never */
    double weight;                /* 1 by default */
    struct calendar_date changed; /* of start or goal, after they were agreed on; no year: as agreed */
    enum okr_promise promise;
};

struct objective_settings {
    const char *objective;
    const char *team;              /* NULL: the whole site */
    struct calendar_date from, to; /* both days included */
    size_t key_result_count;
    const struct key_result_settings *key_results;
};

struct board;
struct snapshot_objective;
struct board_tile;

/* The state that a board keeps of them. */
void objectives_init(struct board *board);
void objectives_finish(struct board *board);

/* Once per change of the set of figures. */
void objectives_bind(struct board *board);

/* `source` has said something. */
void objectives_hear(struct board *board, size_t source, struct now now);

/* As board_forget_values(): what was measured is not known any more; what was typed is. */
void objectives_forget(struct board *board);

/* Gives the tiles on objectives their values. */
void objectives_update(struct board *board, struct now now);

/* Which objective a tile is on, counted from 0; -1: on none. */
int objectives_index(const struct board *board, const struct board_tile *tile);

/* For a snapshot; lives in the arena. */
const struct snapshot_objective *objectives_copy(struct arena *arena, const struct board *board,
                                                 struct now now);

#endif
