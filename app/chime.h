#ifndef APP_CHIME_H
#define APP_CHIME_H

/*
 * When a new critical alert is to be heard: once, not
 * in the first 15 minutes of a day, not in a flood, not for a queue that one agent alone serves, not
 * again for what was acknowledged and not while the page of a known red just goes on.
 */

#include <stdbool.h>
#include <stdint.h>

#include "model/snapshot.h"

/* Zeroed: nothing was looked at yet. */
struct chime {
    bool started;
    int64_t newest_wall_ms; /* since when the youngest critical alert that was seen is critical */
};

/* Looks at a snapshot; true where a sound is due. The alerts of the first one are old news. */
bool chime_is_due(struct chime *chime, const struct snapshot *snapshot);

#endif
