#ifndef APP_WALL_H
#define APP_WALL_H

/* The whole wallboard, from sources to screen: what `run` and `demo` start and stop. */

#include <stdbool.h>
#include <stdint.h>

#include "app/config.h"
#include "base/error.h"

struct wall_settings {
    int width_px, height_px;  /* of a window; 0: the whole screen */
    const char *picture_path; /* without a display a picture is left here; NULL: no display is an error */
    bool keeps_history;       /* what the board shows is remembered on disk */
    int64_t unseen_for_ms;    /* how long it runs without a display */
};

/* Runs until a signal or a key ends it. False: the error says what is missing. */
bool wall_show(struct config *config, const struct wall_settings *settings, struct error *error);

/* Reads "1920x1080". */
bool wall_parse_size(const char *text, int *width_px, int *height_px);

#endif
