#ifndef APP_DISPLAYS_H
#define APP_DISPLAYS_H

/*
 * The displays of the wall: a window and a screen each, opened and closed as displays come and go.
 *
 * A screen lives as long as the wall; its window does not. What somebody did with keys, which page is up and
 * what was heard already outlives a display that is unplugged. On a console (`watches`) what is plugged in is
 * looked at once a second; a desktop looks after its displays itself.
 *
 * Keys go to one display, Tab to the next. Main thread only; sleeps nowhere.
 */

#include <stdbool.h>
#include <stdint.h>

#include "app/config.h"
#include "app/pipeline.h"
#include "base/error.h"
#include "base/now.h"
#include "model/snapshot.h"
#include "render/stage.h"

struct displays;

struct displays_settings {
    int width_px, height_px; /* of windows; 0: whole displays */
    bool waits;              /* no display at the start is no error: one will come */
    bool watches;            /* nobody else opens and closes as displays come and go */
    const char *root;        /* before /sys: "" for the machine itself */
};

/*
 * Opens what there is. NULL: the error says which display, font, theme or language file is missing. The
 * config is borrowed until displays_show_board() gives another.
 */
struct displays *displays_create(const struct config *config, const struct displays_settings *settings,
                                 struct now now, struct error *error);
void displays_destroy(struct displays *displays);

/* As those of app/screen.h, for every display. Another number of displays, connector, mode or rotation in the
 * new board opens the windows anew. */
void displays_show_board(struct displays *displays, const struct config *config, struct pipeline *pipeline,
                         struct now now);
void displays_show_fault(struct displays *displays, const struct stage_fault *fault);

/* One turn: takes a snapshot over (NULL: none came), opens and closes, obeys keys, draws what changed.
 * False: the display is lost for good, or a screen cannot be drawn. */
bool displays_step(struct displays *displays, struct snapshot *newest, struct now now, struct error *error);
int64_t displays_next_ms(const struct displays *displays, struct now now);
/* Wakes whoever waits for keys; see window_input_fd(). Another one after windows were opened. -1: none. */
int displays_input_fd(const struct displays *displays);
bool displays_wants_to_quit(const struct displays *displays);

/* One line on what is shown where, for the log and `systemctl status`. Valid until the next step. */
const char *displays_status(struct displays *displays);

#endif
