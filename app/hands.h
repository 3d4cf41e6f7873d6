#ifndef APP_HANDS_H
#define APP_HANDS_H

/*
 * What keys do: turns them and the passing of time into what is on the screen, and into wishes to the data
 * thread. A function of keys, snapshots and time alone; all times are of the monotonic clock.
 *
 * Whatever lies over the wall goes away by itself: nobody has to remember to leave it. Only black stays
 * until a key, for whoever made it black knows why.
 */

#include "app/rotation.h"
#include "app/wishes.h"
#include "base/now.h"
#include "model/snapshot.h"
#include "render/keys.h"
#include "render/stage.h"

enum {
    HANDS_NOTICE_MS = 2500,
    HANDS_CHOOSING_MS = 30000,
    HANDS_SHEET_MS = 120000, /* detail, why, info, help */
    HANDS_HELD_MS = 120000   /* a huddle that took so long was one */
};

/* Which tile lies next to the chosen one; the chosen one itself where there is none. */
struct hands_neighbours {
    int left, right, up, down;
};

struct hands {
    struct stage stage;
    struct rotation rotation;
    int64_t notice_until_ms, leaves_ms; /* INT64_MAX: not by itself */
    bool may_quit;                      /* Q ends the program */
    void (*wish)(void *context, const struct wish *wish);
    void *context;
};

/* What the caller has to do itself. */
enum hands_asks { HANDS_NOTHING, HANDS_THEME, HANDS_LANGUAGE, HANDS_QUIT };

struct hands_settings {
    bool rotate, may_quit;
    void (*wish)(void *context, const struct wish *wish); /* NULL: nobody listens */
    void *context;
};

void hands_init(struct hands *hands, const struct hands_settings *settings);

/* Another board, or the same read again: what was told of a tile or in a huddle goes, and whoever looked at
 * it is told why. Black, help and info stay, and so does a pause. A huddle that was one counts as held. */
void hands_renew(struct hands *hands, const struct hands_settings *settings, int64_t now_ms);

/* `number` belongs to KEY_NUMBER. `snapshot` is what is shown; NULL: nothing yet. */
enum hands_asks hands_key(struct hands *hands, enum key key, int number, const struct snapshot *snapshot,
                          const struct hands_neighbours *neighbours, struct now now);

/* Keys go elsewhere from now on: what is told about a single tile goes, the data thread tells of one alone.
 */
void hands_rest(struct hands *hands, const struct snapshot *snapshot, int64_t now_ms);

/* Before anything sees `after`: stays on the page that is shown, also where it has another number now. */
void hands_follow(struct hands *hands, const struct snapshot *before, const struct snapshot *after);

/* Lets time pass and looks at the newest snapshot. */
void hands_look(struct hands *hands, const struct snapshot *snapshot, struct now now);

/* A short answer in the header: a word of render/i18n.h and what goes into it (NULL: nothing). */
void hands_say(struct hands *hands, int word, const char *what, int64_t now_ms);

/* When hands_look() has something to do even without a new snapshot. */
int64_t hands_next_ms(const struct hands *hands, const struct snapshot *snapshot);

/* The chosen tile; NULL: none. */
const struct snapshot_tile *hands_tile(const struct hands *hands, const struct snapshot *snapshot);

#endif
