#ifndef RENDER_CONNECTORS_H
#define RENDER_CONNECTORS_H

/*
 * What is plugged into the sockets of the graphics cards, as the kernel tells it below /sys/class/drm.
 *
 * SDL tells nothing of plugs on a console without a desktop (KMSDRM), and calls its displays "0", "1": this
 * tells when to look again, and which of them is HDMI-A-1. Small files that the kernel has in memory; reading
 * them asks no display anything.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { CONNECTORS_MAX = 16, CONNECTOR_NAME_BYTES = 32 };

struct connector {
    int card;                        /* of /dev/dri/card1 */
    long id;                         /* the kernel's; 0: an older kernel does not tell */
    char name[CONNECTOR_NAME_BYTES]; /* "HDMI-A-1" */
    bool connected;
    uint64_t modes; /* a signature of what the display says it can show; changes with the display */
};

/* Ordered as SDL meets them: by card, then by the kernel's number. */
struct connectors {
    size_t count; /* 0: there is no card with sockets, or nobody tells */
    struct connector items[CONNECTORS_MAX];
};

/* `root` stands before every path: "" for the machine itself. */
void connectors_read(struct connectors *connectors, const char *root);

/* Forgets what is not on this card. */
void connectors_keep_card(struct connectors *connectors, int card);

/* The connector of that name; of several (on two cards) one with a display. NULL: there is none. */
const struct connector *connectors_find(const struct connectors *connectors, const char *name);

/* The `number`-th display (from 0) of the first card that has one; NULL: there are not so many. */
const struct connector *connectors_display(const struct connectors *connectors, size_t number);

/* Which of its card's displays this one is, from 0: that is SDL's number for it. -1: it has no display. */
int connectors_number(const struct connectors *connectors, const struct connector *connector);

#endif
