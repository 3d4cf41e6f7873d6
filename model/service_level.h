#ifndef MODEL_SERVICE_LEVEL_H
#define MODEL_SERVICE_LEVEL_H

/*
 * Answered within T, of … what? Seven answers are in use, and an eighth: the one that the source's
 * own console gives, which is the default wherever the source says what it divides by. The board must agree
 * with the vendor's console, and must say which it is.
 */

#include <stdbool.h>
#include <stddef.h>

#include "model/kpi.h"

enum service_level_variant {
    SERVICE_LEVEL_V1, /* short abandons never had a chance */
    SERVICE_LEVEL_V2, /* every abandon is a failure */
    SERVICE_LEVEL_V3, /* abandons within T left out */
    SERVICE_LEVEL_V4, /* abandons within T count as success: flatters */
    SERVICE_LEVEL_V5, /* ignores abandons: not recommended */
    SERVICE_LEVEL_V6, /* short abandons count as success */
    SERVICE_LEVEL_V7, /* V1 and those already lost in the queue: minutes ahead of V1 in a peak */
    SERVICE_LEVEL_SOURCE,
    SERVICE_LEVEL_COUNT
};

enum service_level_counter {
    COUNTED_OFFERED,
    COUNTED_ANSWERED,
    COUNTED_ANSWERED_IN_T,
    COUNTED_ABANDONED_IN_T,
    COUNTED_SHORT_ABANDONED,
    COUNTED_WAITING_OVER_T, /* at this moment */
    COUNTED_BY_SOURCE,      /* the source's own denominator */
    COUNTED_COUNT
};

/* "V1" … "V7", "source", as a board's `sl_variant` has them. */
const char *service_level_name(enum service_level_variant variant);
bool service_level_parse(const char *name, enum service_level_variant *variant);

/* The counters that are divided (or, with `below`, divided by), with their signs; gives how many. */
size_t service_level_terms(enum service_level_variant variant, bool below, struct term terms[COUNTED_COUNT]);

#endif
