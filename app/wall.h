#ifndef APP_WALL_H
#define APP_WALL_H

/*
 * The whole wallboard, from the board file to the screen: what `run` and `demo` start and stop.
 *
 * A board file that is changed, or SIGHUP, makes it read the file again: a good one is shown from then on,
 * with the curves, lights and alerts of the one before where they are the same; of one with an error the wall
 * says so, and the board before goes on. Without a board before, the errors are what the screen shows until
 * the file is mended.
 */

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"

struct wall_settings {
    const char *path;         /* the board file */
    int width_px, height_px;  /* of a window; 0: the whole screen */
    const char *picture_path; /* without a display a picture is left here; NULL: no display is an error */
    bool keeps_history;       /* what the board shows is remembered on disk */
    int64_t unseen_for_ms;    /* how long it runs without a display */
};

/* Runs until a signal or a key ends it. False: the error says what is missing; what is wrong with the board
 * file was printed, one problem a line. */
bool wall_show(const struct wall_settings *settings, struct error *error);

/* Reads "1920x1080". */
bool wall_parse_size(const char *text, int *width_px, int *height_px);

#endif
