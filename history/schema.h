#ifndef HISTORY_SCHEMA_H
#define HISTORY_SCHEMA_H

/*
 * The tables of the database, version by version. A new column is one more step; steps are never changed.
 *
 *   series   the dictionary: what each figure is called, and how its minutes add up
 *   layout   which series stand in a row, in their order; rows name theirs
 *   minute   one row a minute, a cell for each series of its layout (history/cells.h)
 *   quarter, day   the same rolled up
 *   alert, mark, huddle   what happened
 *   letters  one row a day: how the SQCDP letters stood last
 *   state    single values: how far is rolled up
 */

#include <stdbool.h>

#include "base/error.h"

struct sqlite3;

enum { SCHEMA_VERSION = 4 };

enum schema_outcome {
    SCHEMA_CURRENT,
    SCHEMA_NEWER,   /* of a later vigie: it must not be touched */
    SCHEMA_FOREIGN, /* not a history at all */
    SCHEMA_FAILED   /* see sqlite3_errcode() */
};

/* Brings the database to SCHEMA_VERSION, all steps or none. */
enum schema_outcome schema_bring(struct sqlite3 *database, struct error *error);

/* The same to an earlier version, for tests of the way from there. */
enum schema_outcome schema_bring_to(struct sqlite3 *database, int version, struct error *error);

#endif
