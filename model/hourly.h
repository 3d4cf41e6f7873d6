#ifndef MODEL_HOURLY_H
#define MODEL_HOURLY_H

/*
 * Today's hours as bars, out of a tile's curve of one value a minute.
 *
 * A sum since midnight gives what each hour added; a figure of the moment and a rate give their mean over the
 * hour. An hour of which less than half is known is not known. History will give days and weeks in the same
 * struct.
 */

#include "base/arena.h"
#include "model/series.h"
#include "model/snapshot.h"

enum hourly { HOURLY_MEAN, HOURLY_ADDED };

/* `first_wall_ms` is the minute of the curve's oldest value; whole hours back from now, today's alone. */
struct snapshot_bars hourly_bars(struct arena *arena, const float *values, size_t count,
                                 int64_t first_wall_ms, enum hourly kind, int64_t now_wall_ms);

#endif
