#ifndef APP_CONFIG_H
#define APP_CONFIG_H

/*
 * The board file, read and checked whole: every problem is found at once, each with its place.
 */

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/language.h"
#include "fetch/source.h"
#include "model/board.h"
#include "model/catalogue.h"
#include "render/window.h"

/* The screen that the board hangs on. */
struct screen_settings {
    double diagonal_in;        /* 55 by default */
    double reading_distance_m; /* 5 */
    int rotation;              /* 0, 90, 180, 270 degrees clockwise */
    const char *zone;          /* "floor", "desk" or "public" */
    bool reduced_motion;
    bool orbit;                 /* the picture wanders, against burn-in */
    double dim_percent;         /* by how much it is darker when everything is closed … */
    struct rule_hours dim_when; /* … and at these hours */
};

/* One of the displays that the board is shown on. */
struct display_settings {
    const char *connector;   /* "HDMI-A-1"; NULL: whichever there is, in their order */
    struct window_mode mode; /* zeroed: what the display likes best */
    int rotation;
    double diagonal_in, reading_distance_m;
    size_t page_count;
    const size_t *pages; /* their indices in the board; NULL: all */
};

/* Whether the board's page of that index is one of its own; whether it hangs on its side. */
bool display_shows(const struct display_settings *display, size_t page);
bool display_is_upright(const struct display_settings *display);

/* What may be heard; nothing unless asked for. */
struct sound_settings {
    bool on_critical;
    int volume_percent;
    struct rule_hours when;
};

/* What the board says for people to be informed by. */
struct privacy_settings {
    bool opt_in;                      /* rankings of agents who asked for it are allowed */
    const char *controller, *contact; /* NULL: not told */
};

enum { CONFIG_NOTES_MAX = 9 };

/* One thing that is wrong (or doubtful) in a board file. */
struct config_problem {
    bool is_error;        /* else a warning */
    int line, column;     /* from 1 */
    const char *key_path; /* pages[2].tiles[0].kpi; "" for the file as a whole */
    const char *text;     /* what is wrong; what to do */
};

struct simulator;

/* Everything lives until config_destroy(). */
struct config {
    struct arena *arena;
    const char *path; /* the file, as named on the command line */
    const char *title;
    enum language language;
    const char *time_zone; /* "Europe/Paris" */
    const char *theme;     /* a file of assets/themes/ without its ending */
    bool rotate;
    struct screen_settings screen;
    size_t display_count; /* at least one */
    const struct display_settings *displays;
    struct sound_settings sound;
    struct privacy_settings privacy;
    size_t source_count;
    struct source_settings *sources; /* in the same order as board.source_names */
    bool uses_simulator;             /* some url begins with "simulator:" */
    struct simulator *beginning;     /* of the simulated centre, from app/simulated.h on; else NULL */
    struct board_settings board;
    const char *opt_in_path;     /* of a ranking of agents: who takes part; NULL: there is none */
    const char *history_path;    /* NULL: the usual place, see app/history_path.h */
    int history_keep_days;       /* 35 by default */
    struct notes *notes;         /* board.notes: of the board file itself, then of files beside it */
    const char **notes_paths;    /* beside them; NULL: in the board file */
    struct catalogue *catalogue; /* the shipped one with the board's own KPIs */

    size_t problem_count;
    struct config_problem *problems; /* in the order of the file */
    bool usable;                     /* there is no error */
};

/*
 * Reads a board. Always gives a config: look at `usable` before using anything but the problems.
 * The caller owns it.
 */
struct config *config_read(const char *path);

/*
 * The same, for somebody who asks whether it is right: compares the dates in it with the present (what is
 * past is a warning), and measures each page as it would be drawn. Sets the program's time zone to the
 * board's, in which today is.
 */
struct config *config_read_at(const char *path, int64_t wall_ms);

/* The same of a board that is no file (yet); paths in it are relative to the working folder. */
struct config *config_read_text(const char *name, const char *board);

void config_destroy(struct config *config);

/* NULL: the board has no source of that name. */
const struct source_settings *config_source(const struct config *config, const char *name);

/* Whether there are colours of that name in assets/themes/. */
bool config_theme_there(const char *name);

/* "FILE:LINE:COL: error: KEY.PATH: what is wrong; what to do", as `vigie check` prints it, no line end. */
void config_problem_line(const struct config *config, const struct config_problem *problem, char *line,
                         size_t size);

#endif
