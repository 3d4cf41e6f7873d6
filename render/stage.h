#ifndef RENDER_STAGE_H
#define RENDER_STAGE_H

/*
 * What somebody with a key has made of the screen: which page, which tile is chosen, what lies over the
 * wall. Plain data; app/hands.c makes it out of keys and time, the scene draws it.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/language.h"

enum stage_screen {
    STAGE_WALL,
    STAGE_DETAIL, /* of the chosen tile */
    STAGE_WHY,    /* it shows what it shows */
    STAGE_HUDDLE,
    STAGE_INFO,
    STAGE_HELP,
    STAGE_BLACK,
    STAGE_COUNT
};

enum huddle_step {
    HUDDLE_REDS,
    HUDDLE_SINCE,
    HUDDLE_RECOVERED,
    HUDDLE_COMPARED,
    HUDDLE_OBJECTIVES,
    HUDDLE_ACTIONS,
    HUDDLE_END,
    HUDDLE_STEPS
};

enum { HUDDLE_MS = 600000, HUDDLE_SOON_OVER_MS = 480000 };

/* A short answer to a key, a word of render/i18n.h with what goes into it. */
struct stage_notice {
    int word;      /* -1: none */
    char what[48]; /* in place of "{}" */
};

enum { STAGE_LINES_MAX = 8, STAGE_LINE_BYTES = 96 };

/* What the machine says of itself; texts are empty and numbers NaN where it does not. */
struct stage_machine {
    char host[STAGE_LINE_BYTES], version[STAGE_LINE_BYTES], board_path[256], board_hash[24];
    char addresses[STAGE_LINES_MAX][STAGE_LINE_BYTES]; /* "eth0 192.168.1.20" */
    size_t address_count;
    char macs[STAGE_LINES_MAX][STAGE_LINE_BYTES]; /* "eth0 dc:a6:32:…" */
    size_t mac_count;
    char display[STAGE_LINE_BYTES]; /* driver, renderer and size */
    double temperature_c;
    int under_voltage;                    /* 1: now, 0: no, -1: it does not say */
    int64_t machine_up_ms, program_up_ms; /* -1: not known */
    double memory_mib, memory_free_mib;   /* of the program; of the machine */
};

struct stage {
    enum stage_screen screen;
    size_t page;
    int chosen;  /* index of the tile on the page; -1: none */
    bool paused; /* pages do not turn until P */
    struct stage_notice notice;
    enum huddle_step step;
    int64_t huddle_began_ms;             /* monotonic */
    size_t news;                         /* tiles that turned critical since the huddle is frozen */
    bool may_quit;                       /* Q is on the help page */
    const struct stage_machine *machine; /* borrowed; NULL: not known */
};

/* The wall, its first page, nothing over it. */
struct stage stage_start(void);

#endif
