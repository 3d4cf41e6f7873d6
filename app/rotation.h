#ifndef APP_ROTATION_H
#define APP_ROTATION_H

/*
 * Which page is shown: pages turn by themselves, long enough apart that a second glance finds the same one.
 *
 * A tile that newly turns critical pins its page for a minute; from then on the page has every second turn
 * until the alert is seen by somebody or is over. Pages outside of their hours are left out, unless all are.
 * A key holds the page for a while, P for longer; then the turning goes on by itself. What turned critical
 * meanwhile is pinned after that: nobody loses the page that he is looking at.
 *
 * A function of snapshots, time and keys alone. Plain data; all times are of the monotonic clock.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/snapshot.h"

enum {
    ROTATION_PAGES_MAX = 64, /* as many as a board may have, and more */
    ROTATION_PIN_MS = 60000,
    ROTATION_HOLD_MS = 60000,    /* after a key */
    ROTATION_PAUSE_MS = 1800000, /* after P: whoever pressed it may have gone home */
};

struct rotation {
    bool turns; /* else pages turn by keys alone */
    bool begun; /* it has seen a snapshot */
    size_t page;
    size_t last_calm;                 /* the last page that was shown in its own turn */
    size_t last_pinned;               /* and the last that was shown because it is critical */
    bool extra_turn;                  /* this turn is one of a critical page's additional ones */
    int64_t turn_ms;                  /* when the page's time is over */
    int64_t pinned_until_ms;          /* 0: it is not pinned */
    int64_t held_until_ms;            /* a key holds the page; 0: none does */
    int64_t paused_until_ms;          /* P does; 0: it does not */
    uint32_t red[ROTATION_PAGES_MAX]; /* bit i: tile i of the page is critical */
    uint64_t pins_due;                /* bit i: page i is to be pinned */
};

/* `turns` false: pages turn by keys alone. */
void rotation_init(struct rotation *rotation, bool turns);

/* How long a page of so many tiles stays. */
int64_t rotation_dwell_ms(size_t tile_count);

/* Lets time pass and looks at what is shown (NULL: nothing yet). True if the page is another one now. */
bool rotation_look(struct rotation *rotation, const struct snapshot *snapshot, int64_t now_ms);

/*
 * Before rotation_look() sees `after`: a board that was read again may have put other pages in front of the
 * one that is shown. Whatever is known of a page goes where its id went; a page that is gone leaves its
 * number.
 */
void rotation_follow(struct rotation *rotation, const struct snapshot *before, const struct snapshot *after);

/* Keys: a page by its number (false: there is none), so many pages on, any other key. */
bool rotation_go(struct rotation *rotation, const struct snapshot *snapshot, size_t page, int64_t now_ms);
void rotation_turn(struct rotation *rotation, const struct snapshot *snapshot, int pages, int64_t now_ms);
void rotation_hold(struct rotation *rotation, int64_t now_ms);

/* P: pauses, or goes on at once. */
void rotation_pause(struct rotation *rotation, bool pause, int64_t now_ms);
bool rotation_is_paused(const struct rotation *rotation, int64_t now_ms);

/* When rotation_look() has something to do even without a new snapshot; INT64_MAX: never. */
int64_t rotation_next_ms(const struct rotation *rotation, const struct snapshot *snapshot);

#endif
