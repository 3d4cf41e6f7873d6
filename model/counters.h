#ifndef MODEL_COUNTERS_H
#define MODEL_COUNTERS_H

/*
 * Every figure that the sources have sent, kept apart by source, id, period and dimensions.
 *
 * A document is the whole truth of its source: counters_begin(), one counters_put() a sample,
 * counters_end(). What was there before and is not in it is unknown from then on; it keeps its place,
 * so that a sum over it is unknown too and not a smaller sum, until counters_forget() drops it.
 *
 * Rolling windows that are wanted (counters_want()) and that a source does not send are made out of its
 * counters of today: figures like the others, with an origin, of which counters_roll() keeps the value.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/names.h"
#include "model/sample.h"
#include "model/windows.h"

struct figure {
    const char *id;    /* a name */
    struct dims dims;  /* names */
    unsigned dim_mask; /* bit i: dims.value[i] is given */
    enum period period;
    size_t source;
    double value; /* NaN: unknown */
    double n;     /* NaN: not told */

    const struct figure *origin; /* the counter of today that it is derived from; NULL: sent by the source */
    double covered_ms;           /* of a derived window that is not yet full; 0: all of it */

    /* for counters.c */
    uint32_t hash;
    uint64_t number;          /* in the order in which figures came up */
    uint64_t document;        /* the last one it was in */
    bool missing;             /* from its source's newest document */
    int64_t missing_since_ms; /* where it is */
    struct figure *next;
    struct window_ring *ring;             /* of a counter of today whose windows are wanted */
    struct figure *window[WINDOWS_COUNT]; /* derived from it */
};

/* Figures of one source, id and period: fewest dimensions first, those with the same ones together, in the
 * order in which they came up. */
struct figures {
    struct figure *const *items;
    size_t count;
    uint64_t parts; /* a number for their dimensions, one by one; 0: not reckoned */
};

struct counters;
struct family;

/* Borrows the names. */
struct counters *counters_create(struct names *names);
void counters_destroy(struct counters *counters);

void counters_begin(struct counters *counters, size_t source);
void counters_put(struct counters *counters,
                  const struct sample *sample); /* twice the same: the last counts */
void counters_end(struct counters *counters, int64_t now_ms);

/* Windows of this counter are derived from now on: 15m, 30m or 60m. */
void counters_want(struct counters *counters, const char *id, enum period window);

/* After counters_end(), and whenever the same figures are known to be of another moment. */
void counters_roll(struct counters *counters, size_t source, const struct window_moment *moment);

/* Drops what has been missing since longer than `after_ms`. */
void counters_forget(struct counters *counters, int64_t after_ms, int64_t now_ms);
void counters_clear(struct counters *counters);

/* Another number whenever figures were added or dropped: then every `struct figures` is void. */
uint64_t counters_version(const struct counters *counters);
size_t counters_count(const struct counters *counters);

/* Any figure, in no order that means anything; `index` below the count. Valid until the version changes. */
const struct figure *counters_at(const struct counters *counters, size_t index);

/*
 * The figures of `source`; `id` may be any text. Valid until the version changes. A family is asked about all
 * periods: see model/figure_index.h; NULL: there is none.
 */
struct figures counters_find(const struct counters *counters, size_t source, const char *id,
                             enum period period);
struct family *counters_family(const struct counters *counters, size_t source, const char *id);

/* Bit i: dims->value[i] is given. */
unsigned counters_dim_mask(const struct dims *dims);

#endif
