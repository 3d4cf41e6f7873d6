#ifndef RENDER_DISPLAY_FD_H
#define RENDER_DISPLAY_FD_H

/*
 * By which descriptor a display tells of keys and exposures, for a caller that wants to sleep until there is
 * something: SDL has no word for it.
 */

#include <SDL.h>

/* Stays the display's: to be waited for and not to be read. -1: this driver has none that we know of. */
int display_fd(SDL_Window *window);

#endif
