#ifndef APP_WISHES_H
#define APP_WISHES_H

/*
 * What the main thread wants of the data thread: the way back to the mailbox. Nothing is lost and nothing is
 * waited for; the answer comes with a snapshot.
 */

#include <stdbool.h>

enum wish_kind {
    WISH_TILE,        /* everything about a tile in every snapshot from now on; `tile` NULL: no longer */
    WISH_REVIEW,      /* what a huddle looks back on, likewise; `on` */
    WISH_HUDDLE_HELD, /* the next huddle looks back to now */
    WISH_ACKNOWLEDGE  /* the alert of `tile` has been seen */
};

struct wish {
    enum wish_kind kind;
    const char *tile; /* id */
    bool on;
};

struct wishes;

struct wishes *wishes_create(void);
void wishes_destroy(struct wishes *wishes);

/* Copies the wish. Main thread. */
void wishes_post(struct wishes *wishes, const struct wish *wish);

/* Grants all wishes in their order. Data thread. True if there was any. */
bool wishes_take(struct wishes *wishes, void (*grant)(void *context, const struct wish *wish), void *context);

#endif
