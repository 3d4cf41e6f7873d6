#ifndef RENDER_KEPT_SERIES_H
#define RENDER_KEPT_SERIES_H

/*
 * The points of a curve as they were when they were last condensed into a signature. Each snapshot brings all
 * of them again, nearly always the same: to compare costs a tenth of what condensing does.
 */

#include <stddef.h>
#include <stdint.h>

/* All zero: none yet. */
struct kept_series {
    float *values;
    size_t count, capacity;
    uint64_t signature;
};

/* Of the bytes: two kinds of NaN are two. */
uint64_t kept_series_signature(struct kept_series *kept, const float *values, size_t count);
void kept_series_finish(struct kept_series *kept);

#endif
