#ifndef APP_HOTPLUG_H
#define APP_HOTPLUG_H

/*
 * When windows are opened and closed as displays come and go, for a console where nobody else tells.
 *
 * A function of what is plugged in and of the time. A display that comes is shown at once. One that goes, or
 * becomes another, must be so at two looks: a TV that changes its input is gone for a blink, and opening
 * anew is a second of black. A display that does not open is tried again every two seconds, and as soon as
 * something else is plugged in.
 */

#include <stdbool.h>
#include <stdint.h>

enum {
    HOTPLUG_LOOK_MS = 1000,      /* while all is well */
    HOTPLUG_SOON_MS = 500,       /* while there is no picture, or something has just changed */
    HOTPLUG_TRY_AGAIN_MS = 2000, /* what does not open */
};

/* What is plugged in is any number that changes with it, but for these. */
enum { HOTPLUG_NOTHING = 0, HOTPLUG_UNTOLD = 1 /* the kernel does not say: one can only try */ };

enum hotplug_order { HOTPLUG_STAY, HOTPLUG_OPEN, HOTPLUG_CLOSE, HOTPLUG_REOPEN };

/* Zeroed: nothing is open, and nothing was looked at yet. */
struct hotplug {
    bool open;
    uint64_t shown;   /* what was plugged in when the windows were opened */
    uint64_t failed;  /* when they did not open; NOTHING: they did */
    uint64_t seen;    /* at the last look */
    int64_t next_ms;  /* the next look */
    int64_t retry_ms; /* when what failed is tried again */
};

/* What to do now about what is plugged in. */
enum hotplug_order hotplug_look(struct hotplug *hotplug, uint64_t plugged, int64_t now_ms);

/* What came of it. `plugged` is read after opening: asking a display for its modes may change them. */
void hotplug_opened(struct hotplug *hotplug, uint64_t plugged, int64_t now_ms);
void hotplug_closed(struct hotplug *hotplug);

/* It did not open, or the picture did not reach it any more. */
void hotplug_failed(struct hotplug *hotplug, uint64_t plugged, int64_t now_ms);

#endif
