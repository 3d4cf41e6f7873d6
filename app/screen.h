#ifndef APP_SCREEN_H
#define APP_SCREEN_H

/* The main thread's work: show what comes, obey the keys, sleep. */

#include <stdbool.h>

#include "app/config.h"
#include "app/mailbox.h"
#include "app/pipeline.h"
#include "base/error.h"
#include "render/canvas.h"
#include "render/scene.h"
#include "render/window.h"

/* Runs until a signal or a key ends it; what people want to know is asked of the pipeline. False: the error
 * says what broke. */
bool screen_run(const struct config *config, struct mailbox *mailbox, struct pipeline *pipeline,
                struct window *window, struct error *error);

/*
 * The same loop without a display, for so long or until a signal; then the picture is written to
 * `picture_path`.
 */
bool screen_run_unseen(const struct config *config, struct mailbox *mailbox, int width_px, int height_px,
                       int64_t for_ms, const char *picture_path, struct error *error);

/* What a scene needs to know of a board. */
struct scene_settings screen_scene_settings(const struct config *config, int width_px, int height_px);

#endif
