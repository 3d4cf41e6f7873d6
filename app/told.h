#ifndef APP_TOLD_H
#define APP_TOLD_H

/*
 * What the log has said of a source, so that it is said once and not at every poll.
 *
 * Another trouble is news, and so is its end. The same trouble in other words (a secret's file is there now,
 * and closed) is news as well, but at most once a minute: some words hold a number that is another at every
 * poll.
 */

#include <stdbool.h>
#include <stdint.h>

#include "model/source_health.h"

/* All zero: nothing was said, and the source is taken to be well. */
struct told {
    enum source_problem problem;
    uint64_t words;
    int64_t next_ms;
};

/* Whether it has to be said now; it is noted as said then. `detail` is "" where there is nothing to say. */
bool told_is_news(struct told *told, enum source_problem problem, const char *detail,
                  int64_t now_monotonic_ms);

#endif
