#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

/* The only place that asks the machine what time it is. */

#include "base/now.h"

struct now clock_now(void);
int64_t clock_monotonic_ms(void);

#endif
