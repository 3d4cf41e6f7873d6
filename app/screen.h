#ifndef APP_SCREEN_H
#define APP_SCREEN_H

/*
 * What is in front of people: shows what comes, obeys the keys. Lives on without a window, while no display
 * is plugged in: snapshots, pages and sounds go on, only nothing is drawn. Main thread; sleeps nowhere, its
 * owner does.
 */

#include <stdbool.h>
#include <stdint.h>

#include "app/config.h"
#include "app/pipeline.h"
#include "base/error.h"
#include "base/now.h"
#include "model/snapshot.h"
#include "render/canvas.h"
#include "render/scene.h"
#include "render/window.h"

struct screen;

/* For the display of that number in the config, from 0. Never NULL; it has no window yet. */
struct screen *screen_create(const struct config *config, size_t display);
void screen_destroy(struct screen *screen);

/* Borrows the window until the next call; NULL: there is none. False: the error names the font, theme or
 * language file that is missing or broken, and it has none. */
bool screen_set_window(struct screen *screen, struct window *window, struct error *error);

/*
 * From now on it shows this board, whose pipeline hears what keys wish (NULL: there is none, the board has an
 * error). Both are borrowed until the next call. What is on the screen stays until a snapshot comes.
 */
void screen_show_board(struct screen *screen, const struct config *config, struct pipeline *pipeline,
                       struct now now);

/* What is wrong with the board file, copied; NULL: nothing any more. With a pipeline an older board goes on
 * under a line that says so. */
void screen_show_fault(struct screen *screen, const struct stage_fault *fault);

/* One turn: takes a snapshot over (NULL: none came), obeys keys, draws what changed. False: the display is
 * lost. */
bool screen_step(struct screen *screen, struct snapshot *newest, struct now now, struct error *error);

/* When screen_step() has something to do even without a new snapshot (monotonic). */
int64_t screen_next_ms(const struct screen *screen, struct now now);

/* Whether a key or the window's frame asked for the end. */
bool screen_wants_to_quit(const struct screen *screen);

/* Whether a key gave the keys to the next display; true once. And: here they are now (`number` from 1). */
bool screen_passes_keys(struct screen *screen);
void screen_take_keys(struct screen *screen, size_t number, struct now now);

/* What a scene needs to know of a board, on its first display; and on one of several. */
struct scene_settings screen_scene_settings(const struct config *config, int width_px, int height_px);
struct scene_settings screen_scene_settings_on(const struct config *config,
                                               const struct display_settings *display, int width_px,
                                               int height_px);

#endif
