#include "render/keys.h"

#include <SDL_keycode.h>
#include <stddef.h>

struct code_row {
    SDL_Keycode code;
    enum key key;
};

static const struct code_row codes[] = {
    {SDLK_RIGHT, KEY_RIGHT},
    {SDLK_LEFT, KEY_LEFT},
    {SDLK_UP, KEY_UP},
    {SDLK_DOWN, KEY_DOWN},
    {SDLK_SPACE, KEY_NEXT},
    {SDLK_RETURN, KEY_SELECT},
    {SDLK_KP_ENTER, KEY_SELECT},
    {SDLK_w, KEY_WHY},
    {SDLK_a, KEY_ACKNOWLEDGE},
    {SDLK_h, KEY_HUDDLE},
    {SDLK_p, KEY_PAUSE},
    {SDLK_PAUSE, KEY_PAUSE},
    {SDLK_b, KEY_BLACK},
    {SDLK_t, KEY_THEME},
    {SDLK_l, KEY_LANGUAGE},
    {SDLK_i, KEY_INFO},
    {SDLK_QUESTION, KEY_HELP},
    {SDLK_SLASH, KEY_HELP},
    {SDLK_F1, KEY_HELP},
    {SDLK_HELP, KEY_HELP},
    {SDLK_ESCAPE, KEY_BACK},
    {SDLK_BACKSPACE, KEY_BACK},
    {SDLK_q, KEY_QUIT},
    {SDLK_TAB, KEY_DISPLAY},
    /* a presenter's clicker: on, back, "start the show", "black screen" */
    {SDLK_PAGEDOWN, KEY_NEXT},
    {SDLK_PAGEUP, KEY_PREVIOUS},
    {SDLK_F5, KEY_HUDDLE},
    {SDLK_PERIOD, KEY_BLACK},
    /* a TV's remote through CEC, and keyboards with such keys */
    {SDLK_SELECT, KEY_SELECT},
    {SDLK_RETURN2, KEY_SELECT},
    {SDLK_EXECUTE, KEY_SELECT},
    {SDLK_AC_BACK, KEY_BACK},
    {SDLK_CANCEL, KEY_BACK},
    {SDLK_STOP, KEY_BACK},
    {SDLK_AC_STOP, KEY_BACK},
    {SDLK_AUDIOSTOP, KEY_BACK},
    {SDLK_AC_HOME, KEY_BACK},
    {SDLK_AC_FORWARD, KEY_NEXT},
    {SDLK_AUDIONEXT, KEY_NEXT},
    {SDLK_AUDIOFASTFORWARD, KEY_NEXT},
    {SDLK_AUDIOPREV, KEY_PREVIOUS},
    {SDLK_AUDIOREWIND, KEY_PREVIOUS},
    {SDLK_AUDIOPLAY, KEY_PAUSE},
    {SDLK_MENU, KEY_INFO},
    {SDLK_APPLICATION, KEY_INFO},
};

/* "?" wants Shift on most keyboards, and SDL tells of the key without it. */
static const struct code_row shifted[] = {{SDLK_COMMA, KEY_HELP}, {SDLK_SEMICOLON, KEY_BLACK}};

/* A digit by its place too: on a French keyboard the upper row needs Shift for them. */
static int digit(int code, int place)
{
    if (code >= SDLK_1 && code <= SDLK_9)
        return code - SDLK_1;
    if (place >= SDL_SCANCODE_1 && place <= SDL_SCANCODE_9)
        return place - SDL_SCANCODE_1;
    if (place >= SDL_SCANCODE_KP_1 && place <= SDL_SCANCODE_KP_9)
        return place - SDL_SCANCODE_KP_1;
    return -1;
}

static enum key find(const struct code_row *rows, size_t count, int code)
{
    for (size_t i = 0; i < count; i++)
        if (rows[i].code == code)
            return rows[i].key;
    return KEY_NONE;
}

static bool is_written(int code)
{
    return (code >= SDLK_SPACE && code < SDLK_DELETE) || (code >= SDLK_F1 && code <= SDLK_F12);
}

enum key keys_meaning(int code, int place, bool shift, int *number)
{
    enum key key = shift ? find(shifted, sizeof shifted / sizeof *shifted, code) : KEY_NONE;
    if (key == KEY_NONE)
        key = find(codes, sizeof codes / sizeof *codes, code);
    if (key != KEY_NONE)
        return key;
    *number = digit(code, place);
    if (*number >= 0)
        return KEY_NUMBER;
    if (place == SDL_SCANCODE_PERIOD) /* a clicker types where "." is on an American keyboard */
        return KEY_BLACK;
    return is_written(code) ? KEY_OTHER : KEY_NONE;
}
