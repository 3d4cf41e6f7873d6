#ifndef RENDER_KEYS_H
#define RENDER_KEYS_H

/*
 * What a key means, whatever it is on: a keyboard, a presenter's clicker, a TV's remote through CEC, a
 * button on a GPIO pin that types a letter.
 */

#include <stdbool.h>

enum key {
    KEY_NONE, /* nothing that anybody meant: Shift, a volume key */
    KEY_LEFT,
    KEY_RIGHT,
    KEY_UP,
    KEY_DOWN,
    KEY_NEXT, /* page, tile or step */
    KEY_PREVIOUS,
    KEY_SELECT,
    KEY_NUMBER,
    KEY_WHY,
    KEY_ACKNOWLEDGE,
    KEY_HUDDLE,
    KEY_PAUSE,
    KEY_BLACK,
    KEY_THEME,
    KEY_LANGUAGE,
    KEY_INFO,
    KEY_HELP,
    KEY_BACK,
    KEY_DISPLAY, /* the next of several */
    KEY_QUIT,
    KEY_OTHER, /* pressed on purpose, and means nothing here */
    KEY_COUNT
};

/*
 * `code` is SDL's keycode (what the keyboard's layout makes of it), `place` its scancode (where the key is).
 * `number`, of KEY_NUMBER, counts from 0.
 */
enum key keys_meaning(int code, int place, bool shift, int *number);

#endif
