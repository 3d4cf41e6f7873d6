#ifndef RENDER_STAGE_H
#define RENDER_STAGE_H

/*
 * What somebody with a key has made of the screen: which page, which tile is chosen, what lies over the
 * wall. Plain data; app/hands.c makes it out of keys and time, the scene draws it.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum stage_screen {
    STAGE_WALL,
    STAGE_DETAIL, /* of the chosen tile */
    STAGE_WHY,    /* it shows what it shows */
    STAGE_HUDDLE,
    STAGE_INFO,
    STAGE_HELP,
    STAGE_BLACK,
    STAGE_STARTING,   /* nothing has answered yet; this and what follows is shown by itself, in place of the
                         wall */
    STAGE_NO_NETWORK, /* nothing can be reached, and nothing is known */
    STAGE_CLOSED,     /* every tile is */
    STAGE_FAULT,      /* the board file cannot be shown */
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
    bool asked; /* what follows is what it says; else nobody has asked it yet */
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

enum { STAGE_FAULT_LINES = 8 };

/* What is wrong with the board file, as `vigie check` says it. */
struct stage_fault {
    bool alone; /* no older board goes on: this is all there is to be shown */
    char file[256];
    size_t count; /* of the lines that are here, the first ones */
    size_t more;  /* that are not */
    struct {
        int line;                 /* 0: of the file as a whole */
        char key[96], text[1024]; /* as long as an error may be: nothing is cut here */
    } lines[STAGE_FAULT_LINES];
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
    bool gone_silent;                    /* and figures have stopped coming since */
    bool may_quit;                       /* Q is on the help page */
    bool has_neighbours;                 /* and Tab: there are other displays */
    const struct stage_machine *machine; /* borrowed; NULL: not known */
    const struct stage_fault *fault;     /* borrowed; NULL: none. On the wall: an older board goes on */
};

/* The wall, its first page, nothing over it. */
struct stage stage_start(void);

#endif
