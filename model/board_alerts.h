#ifndef MODEL_BOARD_ALERTS_H
#define MODEL_BOARD_ALERTS_H

/*
 * What a board makes of the alerts of its tiles: which are not worth telling
 * because another one explains them, which only several figures together give away, when a group of them is
 * told and told again, and when there are so many that fewer are told.
 *
 * Plain data and pure functions; model/board_watch.c feeds them from a board.
 */

#include "model/alert_machine.h"
#include "model/sample.h"
#include "model/snapshot.h"
#include "model/source_health.h"

/* ---- who is muted ---- */

/* A tile, as far as other alerts care. */
struct alert_subject {
    const char *kpi;
    const struct dims *where;
    int source; /* index into the sources; -1: none yet */
    enum display display;
    enum alert_state state;
    double value;         /* NaN: none */
    struct limits limits; /* active ones */
};

enum muting {
    MUTING_NONE,
    MUTING_SHELVED,
    MUTING_CLOSED,      /* the queue is */
    MUTING_SOURCE_DOWN, /* the source tells that itself, once */
    MUTING_NO_AGENT,    /* nobody is logged in: what agents do is no alert */
    MUTING_BY_CRITICAL  /* the same KPI of the same queue is red elsewhere */
};

struct alert_surroundings {
    const struct alert_subject *subjects;
    size_t subject_count;
    const bool *source_down; /* one a source */
    bool nobody_logged_in;   /* where the subject is */
};

enum muting board_alerts_muting(const struct alert_subject *subject,
                                const struct alert_surroundings *surroundings);

/* A source is down when its trouble has lasted; one answer that failed is none. */
bool board_alerts_source_down(enum source_problem problem, int64_t since_wall_ms, int64_t now_wall_ms);

/* Alerts of the same site and queue are one group. */
bool board_alerts_same_group(const struct dims *a, const struct dims *b);

/* ---- what several figures say together ---- */

/* A group, with figures that are not fresh as NaN. */
struct group_view {
    bool open;
    double available, logged_in, waiting, occupancy_percent;
    bool service_level_critical;
    bool handling_too_short; /* below its band */
    bool quality_falling;    /* first contact resolution or satisfaction amber or red */
    bool agent_tiles_muted;  /* some alert is, because nobody is logged in */
};

struct compound_alert {
    int64_t holds_since_ms; /* or ALERT_TIMER_OFF */
    int64_t since_wall_ms;  /* it is an alert; 0: it is not */
};

/* Moves the compound alerts (COMPOUND_COUNT of them) along. Gives how many are new. */
int board_alerts_compound(struct compound_alert *alerts, const struct group_view *view, struct now now);
enum display board_alerts_compound_display(enum compound compound);

/* ---- when a group is told ---- */

struct group_notice {
    int64_t first_ms, told_ms; /* or ALERT_TIMER_OFF */
    uint64_t told;             /* what was told then */
};

enum notice { NOTICE_NONE, NOTICE_FIRST, NOTICE_CHANGE, NOTICE_REMINDER };

void board_alerts_notice_init(struct group_notice *notice);

/* `alerts`: any number that stands for the alerts of the group, 0 for none. */
enum notice board_alerts_notice(struct group_notice *notice, uint64_t alerts, int64_t now_ms);

/* ---- too many ---- */

enum { FLOOD_ENTER_ABOVE = 10, FLOOD_LEAVE_BELOW = 5, FLOOD_TOLD = 4, FLOOD_WINDOW_MS = 600000 };

struct flood {
    bool on;
    int64_t newest_ms[FLOOD_ENTER_ABOVE + 1]; /* newest first, or ALERT_TIMER_OFF */
};

void board_alerts_flood_init(struct flood *flood);
void board_alerts_flood_note(struct flood *flood, int64_t now_ms);
/* Whether there is a flood now. */
bool board_alerts_flood(struct flood *flood, int64_t now_ms);

#endif
