#ifndef RENDER_WINDOW_H
#define RENDER_WINDOW_H

/*
 * The picture on a real display: one SDL window, and either its surface, written to by us, or a renderer
 * with one texture where the graphics chip composes (KMSDRM). Main thread only.
 *
 * There may be several, one a display. Keys go to one of them: to the first, until a desktop gives the focus
 * to another or window_focus() does.
 *
 * Never sleeps: the caller sleeps elsewhere and drains the input after (SDL waits by polling each
 * millisecond on some drivers).
 */

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "render/canvas.h"
#include "render/keys.h"
#include "render/scene.h"

struct window;

/* What a display is asked to show, in place of what it likes best; zeroed: that. */
struct window_mode {
    int width_px, height_px;
    int rate_hz; /* 0: any */
};

struct window_settings {
    const char *title;
    int width_px, height_px; /* 0: the whole screen */
    int rotation;            /* 0, 90, 180, 270 degrees clockwise, done by us */
    const char *connector;   /* the display that SDL calls so; NULL, or it calls none so: `display` */
    int display;             /* SDL's number of it, from 0 */
    int card;                /* with KMSDRM, of /dev/dri/card1; -1: the first with a display */
    struct window_mode mode; /* of the whole screen; the nearest that there is, said in the log */
};

/*
 * Opens a display: SDL_VIDEODRIVER if it is set, else Wayland, X11 or KMSDRM, whichever is there.
 * NULL: there is no display, or its driver is not one that a person can see; the error says which.
 */
struct window *window_create(const struct window_settings *settings, struct error *error);
void window_destroy(struct window *window);

/* From now on keys are this window's. */
void window_focus(struct window *window);

/* The size that a canvas must have to fill the window, rotation considered. */
void window_canvas_size(const struct window *window, int *width_px, int *height_px);

enum window_event_kind { WINDOW_EVENT_KEY, WINDOW_EVENT_RESIZED, WINDOW_EVENT_QUIT };

struct window_event {
    enum window_event_kind kind;
    enum key key;
    int number; /* of KEY_NUMBER, from 0 */
};

/* Becomes readable when there is something for window_next_event(); to be waited for and not to be read. -1:
 * there is no such thing. */
int window_input_fd(const struct window *window);

/* How long the caller may sleep before it asks window_next_event() again, if it wakes for window_input_fd().
 */
int window_input_every_ms(const struct window *window);

/* Whether something happened meanwhile that the descriptor does not tell any more: presenting reads, too. */
bool window_has_input(const struct window *window);

/* Whether something came for this window while another was asked: window_next_event() gives it at once. */
bool window_keeps_event(const struct window *window);

/* The next thing that happened, or false. Exposures are dealt with inside: they make the next present a full
 * one. */
bool window_next_event(struct window *window, struct window_event *event);

/* Whether the screen needs the picture again although nothing changed (exposed, shown, restored). */
bool window_needs_present(const struct window *window);

/* How the whole picture is shown, whatever is in it. */
struct window_look {
    int shift_x, shift_y;   /* pixels of the picture, against burn-in; what comes free is black */
    int brightness_percent; /* 100: as it is */
};

/* From the next present on; where it changes, there is one to be made. */
void window_set_look(struct window *window, const struct window_look *look);

/*
 * The window's own memory, for a picture that need not be copied there: it is drawn on until this is asked
 * again, which is before each present. NULL: the picture is turned, darkened or goes through a graphics
 * chip, and is drawn elsewhere.
 */
const struct canvas_memory *window_lend(struct window *window);

/* Uploads the areas (all, where count is 0 or after an exposure) and presents. False: the display is lost. */
bool window_present(struct window *window, const struct canvas *canvas, const struct area *areas,
                    size_t count, struct error *error);

/* The driver and renderer in use, for the log and the info page. */
const char *window_driver(const struct window *window);

/* How often window_present() put a picture on the screen. */
long window_present_count(const struct window *window);

#endif
