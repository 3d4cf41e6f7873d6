#include <SDL.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "render/window.h"

static struct window *open_dummy(int rotation)
{
    setenv("SDL_VIDEODRIVER", "dummy", 1);
    struct window_settings settings = {"test", 320, 200, rotation};
    struct error error = {0};
    struct window *window = window_create(&settings, &error);
    if (!window)
        fail_msg("%s", error.text);
    return window;
}

static void push_key(SDL_Keycode code, SDL_Scancode scancode)
{
    SDL_Event pressed = {.key = {.type = SDL_KEYDOWN, .keysym = {.sym = code, .scancode = scancode}}};
    SDL_PushEvent(&pressed);
}

static void push_window(Uint8 what)
{
    SDL_Event happened = {.window = {.type = SDL_WINDOWEVENT, .event = what}};
    SDL_PushEvent(&happened);
}

static struct window_event next(struct window *window)
{
    struct window_event event = {WINDOW_EVENT_QUIT, KEY_NONE, -1};
    assert_true(window_next_event(window, &event));
    return event;
}

static void drain(struct window *window)
{
    struct window_event event;
    while (window_next_event(window, &event))
        ;
}

static void a_driver_that_nobody_can_see_is_refused_by_name(void **state)
{
    (void)state;
    struct error error = {0};
    struct window_settings settings = {"test", 320, 200, 0};
    setenv("SDL_VIDEODRIVER", "nonsense", 1);
    assert_null(window_create(&settings, &error));
    assert_non_null(strstr(error.text, "nonsense"));
}

static void without_any_display_the_error_says_what_was_tried(void **state)
{
    (void)state;
    struct error error = {0};
    struct window_settings settings = {"test", 320, 200, 0};
    unsetenv("SDL_VIDEODRIVER");
    unsetenv("DISPLAY");
    unsetenv("WAYLAND_DISPLAY");
    setenv("XDG_RUNTIME_DIR", "/nonexistent", 1);
    setenv("SDL_KMSDRM_REQUIRE_DRM_MASTER", "1", 1);
    struct window *window = window_create(&settings, &error);
    if (window) { /* a machine with a display of its own */
        window_destroy(window);
        skip();
    }
    assert_non_null(strstr(error.text, "x11"));
    assert_non_null(strstr(error.text, "DISPLAY"));
}

static void the_canvas_turns_with_the_screen(void **state)
{
    (void)state;
    int width = 0, height = 0;
    struct window *window = open_dummy(90);
    window_canvas_size(window, &width, &height);
    assert_int_equal(width, 200);
    assert_int_equal(height, 320);
    window_destroy(window);
    window = open_dummy(180);
    window_canvas_size(window, &width, &height);
    assert_int_equal(width, 320);
    window_destroy(window);
}

static void the_picture_is_presented_and_counted(void **state)
{
    (void)state;
    struct window *window = open_dummy(0);
    struct canvas *canvas = canvas_create(320, 200, NULL);
    struct area part = {10, 10, 50, 50};
    drain(window);
    assert_true(window_needs_present(window));
    assert_true(window_present(window, canvas, NULL, 0, NULL));
    assert_false(window_needs_present(window));
    assert_true(window_present(window, canvas, &part, 1, NULL));
    assert_int_equal(window_present_count(window), 2);
    assert_string_equal(window_driver(window), "dummy/software");
    canvas_destroy(canvas);
    window_destroy(window);
}

static void an_exposed_window_wants_its_picture_again(void **state)
{
    (void)state;
    struct window_event event;
    struct window *window = open_dummy(0);
    struct canvas *canvas = canvas_create(320, 200, NULL);
    drain(window);
    assert_true(window_present(window, canvas, NULL, 0, NULL));
    push_window(SDL_WINDOWEVENT_EXPOSED);
    assert_false(window_next_event(window, &event));
    assert_true(window_needs_present(window));
    canvas_destroy(canvas);
    window_destroy(window);
}

static void keys_mean_what_the_handbook_says(void **state)
{
    (void)state;
    struct window *window = open_dummy(0);
    drain(window);
    push_key(SDLK_RIGHT, SDL_SCANCODE_RIGHT);
    push_key(SDLK_PAGEUP, SDL_SCANCODE_PAGEUP);
    push_key(SDLK_LSHIFT, SDL_SCANCODE_LSHIFT);
    push_key(SDLK_3, SDL_SCANCODE_3);
    push_key(SDLK_AMPERSAND, SDL_SCANCODE_1);
    push_key(SDLK_t, SDL_SCANCODE_T);
    push_key(SDLK_ESCAPE, SDL_SCANCODE_ESCAPE);
    assert_int_equal(next(window).key, KEY_RIGHT);
    assert_int_equal(next(window).key, KEY_PREVIOUS);
    assert_int_equal(next(window).number, 2);
    assert_int_equal(next(window).number, 0);
    assert_int_equal(next(window).key, KEY_THEME);
    assert_int_equal(next(window).key, KEY_BACK);
    window_destroy(window);
}

static void a_new_size_is_told(void **state)
{
    (void)state;
    struct window *window = open_dummy(0);
    drain(window);
    push_window(SDL_WINDOWEVENT_SIZE_CHANGED);
    assert_int_equal(next(window).kind, WINDOW_EVENT_RESIZED);
    window_destroy(window);
}

static void destroying_nothing_is_fine(void **state)
{
    (void)state;
    window_destroy(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_driver_that_nobody_can_see_is_refused_by_name),
        cmocka_unit_test(without_any_display_the_error_says_what_was_tried),
        cmocka_unit_test(the_canvas_turns_with_the_screen),
        cmocka_unit_test(the_picture_is_presented_and_counted),
        cmocka_unit_test(an_exposed_window_wants_its_picture_again),
        cmocka_unit_test(keys_mean_what_the_handbook_says),
        cmocka_unit_test(a_new_size_is_told),
        cmocka_unit_test(destroying_nothing_is_fine),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
