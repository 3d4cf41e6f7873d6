/* The same meaning from a keyboard, a clicker and a TV's remote. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <SDL_keycode.h>

#include "render/keys.h"

struct row {
    const char *on;
    int code, place;
    bool shift;
    enum key key;
};

static const struct row rows[] = {
    {"keyboard: right", SDLK_RIGHT, SDL_SCANCODE_RIGHT, false, KEY_RIGHT},
    {"keyboard: space", SDLK_SPACE, SDL_SCANCODE_SPACE, false, KEY_NEXT},
    {"keyboard: enter", SDLK_RETURN, SDL_SCANCODE_RETURN, false, KEY_SELECT},
    {"keyboard: W of a French layout, where Z is on others", SDLK_w, SDL_SCANCODE_Z, false, KEY_WHY},
    {"keyboard: ? in America", SDLK_SLASH, SDL_SCANCODE_SLASH, true, KEY_HELP},
    {"keyboard: ? in France", SDLK_COMMA, SDL_SCANCODE_M, true, KEY_HELP},
    {"keyboard: , in France", SDLK_COMMA, SDL_SCANCODE_M, false, KEY_OTHER},
    {"keyboard: Esc", SDLK_ESCAPE, SDL_SCANCODE_ESCAPE, false, KEY_BACK},
    {"keyboard: Q", SDLK_q, SDL_SCANCODE_A, false, KEY_QUIT},
    {"keyboard: X", SDLK_x, SDL_SCANCODE_X, false, KEY_OTHER},
    {"keyboard: Shift", SDLK_LSHIFT, SDL_SCANCODE_LSHIFT, false, KEY_NONE},
    {"keyboard: louder", SDLK_VOLUMEUP, SDL_SCANCODE_VOLUMEUP, false, KEY_NONE},
    {"clicker: on", SDLK_PAGEDOWN, SDL_SCANCODE_PAGEDOWN, false, KEY_NEXT},
    {"clicker: back", SDLK_PAGEUP, SDL_SCANCODE_PAGEUP, false, KEY_PREVIOUS},
    {"clicker: start", SDLK_F5, SDL_SCANCODE_F5, false, KEY_HUDDLE},
    {"clicker: end", SDLK_ESCAPE, SDL_SCANCODE_ESCAPE, false, KEY_BACK},
    {"clicker: black", SDLK_PERIOD, SDL_SCANCODE_PERIOD, false, KEY_BLACK},
    {"clicker: black, French layout", SDLK_COLON, SDL_SCANCODE_PERIOD, false, KEY_BLACK},
    {"clicker: black, with B", SDLK_b, SDL_SCANCODE_B, false, KEY_BLACK},
    {"remote: OK", SDLK_SELECT, SDL_SCANCODE_SELECT, false, KEY_SELECT},
    {"remote: back", SDLK_AC_BACK, SDL_SCANCODE_AC_BACK, false, KEY_BACK},
    {"remote: play", SDLK_AUDIOPLAY, SDL_SCANCODE_AUDIOPLAY, false, KEY_PAUSE},
    {"remote: next", SDLK_AUDIONEXT, SDL_SCANCODE_AUDIONEXT, false, KEY_NEXT},
    {"remote: rewind", SDLK_AUDIOREWIND, SDL_SCANCODE_AUDIOREWIND, false, KEY_PREVIOUS},
    {"remote: menu", SDLK_MENU, SDL_SCANCODE_MENU, false, KEY_INFO},
};

static void keys_mean_the_same_on_all_that_has_keys(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        int number;
        enum key key = keys_meaning(rows[i].code, rows[i].place, rows[i].shift, &number);
        if (key != rows[i].key)
            fail_msg("%s: %d, not %d", rows[i].on, key, rows[i].key);
    }
}

static void digits_are_found_by_name_and_by_place(void **state)
{
    (void)state;
    int number = -1;
    assert_int_equal(keys_meaning(SDLK_3, SDL_SCANCODE_3, false, &number), KEY_NUMBER);
    assert_int_equal(number, 2);
    assert_int_equal(keys_meaning(SDLK_AMPERSAND, SDL_SCANCODE_1, false, &number), KEY_NUMBER);
    assert_int_equal(number, 0);
    assert_int_equal(keys_meaning(SDLK_KP_9, SDL_SCANCODE_KP_9, false, &number), KEY_NUMBER);
    assert_int_equal(number, 8);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_mean_the_same_on_all_that_has_keys),
        cmocka_unit_test(digits_are_found_by_name_and_by_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
