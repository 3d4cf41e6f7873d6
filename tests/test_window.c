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
    struct window_settings settings = {
        .title = "test", .width_px = 320, .height_px = 200, .rotation = rotation};
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
    struct window_settings settings = {.title = "test", .width_px = 320, .height_px = 200};
    setenv("SDL_VIDEODRIVER", "nonsense", 1);
    assert_null(window_create(&settings, &error));
    assert_non_null(strstr(error.text, "nonsense"));
}

static void without_any_display_the_error_says_what_was_tried(void **state)
{
    (void)state;
    struct error error = {0};
    struct window_settings settings = {.title = "test", .width_px = 320, .height_px = 200};
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

static void where_nobody_has_keys_input_is_looked_for_once_a_second(void **state)
{
    (void)state;
    struct window *window = open_dummy(0);
    drain(window);
    assert_int_equal(window_input_fd(window), -1);
    assert_int_equal(window_input_every_ms(window), 1000);
    assert_false(window_has_input(window));
    push_key(SDLK_SPACE, SDL_SCANCODE_SPACE);
    assert_true(window_has_input(window));
    drain(window);
    assert_false(window_has_input(window));
    window_destroy(window);
}

/* ---- several windows ---- */

static Uint32 id_of(size_t number)
{
    for (Uint32 id = 1; id < 100; id++)
        if (SDL_GetWindowFromID(id) && number-- == 0)
            return id;
    fail_msg("there are not so many windows");
    return 0;
}

static void push_window_of(Uint32 id, Uint8 what)
{
    SDL_Event happened = {.window = {.type = SDL_WINDOWEVENT, .windowID = id, .event = what}};
    SDL_PushEvent(&happened);
}

static void keys_go_to_the_first_window_until_another_has_the_focus(void **state)
{
    (void)state;
    struct window_event event;
    struct window *first = open_dummy(0), *second = open_dummy(0);
    drain(first);
    drain(second);
    window_focus(first);
    push_key(SDLK_b, SDL_SCANCODE_B);
    assert_false(window_next_event(second, &event));
    assert_int_equal(next(first).key, KEY_BLACK);
    window_focus(second);
    push_key(SDLK_w, SDL_SCANCODE_W);
    push_key(SDLK_i, SDL_SCANCODE_I);
    assert_false(window_next_event(first, &event));
    assert_int_equal(next(second).key, KEY_WHY);
    assert_int_equal(next(second).key, KEY_INFO);
    push_window_of(id_of(0), SDL_WINDOWEVENT_FOCUS_GAINED);
    push_key(SDLK_b, SDL_SCANCODE_B);
    assert_false(window_next_event(second, &event));
    assert_int_equal(next(first).key, KEY_BLACK);
    window_destroy(first);
    push_key(SDLK_t, SDL_SCANCODE_T);
    assert_int_equal(next(second).key, KEY_THEME);
    window_destroy(second);
}

static void what_happens_to_a_window_is_told_to_that_one_alone(void **state)
{
    (void)state;
    struct window_event event;
    struct window *first = open_dummy(0), *second = open_dummy(0);
    struct canvas *canvas = canvas_create(320, 200, NULL);
    drain(first);
    drain(second);
    assert_true(window_present(first, canvas, NULL, 0, NULL));
    assert_true(window_present(second, canvas, NULL, 0, NULL));
    push_window_of(id_of(1), SDL_WINDOWEVENT_EXPOSED);
    push_window_of(id_of(1), SDL_WINDOWEVENT_SIZE_CHANGED);
    assert_false(window_next_event(first, &event));
    assert_false(window_needs_present(first));
    assert_true(window_needs_present(second));
    assert_int_equal(next(second).kind, WINDOW_EVENT_RESIZED);
    canvas_destroy(canvas);
    window_destroy(second);
    window_destroy(first);
}

/* More keys than anybody types while another window is looked at are dropped, and nothing else happens. */
static void a_storm_of_keys_for_a_window_that_is_not_asked_is_survived(void **state)
{
    (void)state;
    struct window_event event;
    int taken = 0;
    struct window *first = open_dummy(0), *second = open_dummy(0);
    drain(first);
    window_focus(second);
    for (int i = 0; i < 1000; i++)
        push_key(SDLK_b, SDL_SCANCODE_B);
    assert_false(window_next_event(first, &event));
    while (window_next_event(second, &event))
        taken++;
    assert_int_equal(taken, 32);
    window_destroy(second);
    window_destroy(first);
}

static void a_display_that_is_not_there_is_refused_by_its_number(void **state)
{
    (void)state;
    struct error error = {0};
    struct window_settings settings = {.title = "test", .display = 3, .connector = "HDMI-A-1"};
    setenv("SDL_VIDEODRIVER", "dummy", 1);
    assert_null(window_create(&settings, &error));
    assert_non_null(strstr(error.text, "there is no display 4, only 1"));
}

static void a_mode_that_the_display_does_not_offer_is_never_a_black_screen(void **state)
{
    (void)state;
    static const struct window_mode modes[] = {{640, 480, 0}, {1024, 768, 60}, {99999, 99999, 600}};
    for (size_t i = 0; i < sizeof modes / sizeof *modes; i++) {
        struct error error = {0};
        int width = 0, height = 0;
        struct window_settings settings = {.title = "test", .mode = modes[i]};
        setenv("SDL_VIDEODRIVER", "dummy", 1);
        struct window *window = window_create(&settings, &error);
        assert_non_null(window);
        window_canvas_size(window, &width, &height);
        assert_int_equal(width, 1024);
        assert_int_equal(height, 768);
        window_destroy(window);
    }
}

/* ---- turned pictures ---- */

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
    assert_string_equal(window_driver(window), "dummy/surface");
    canvas_destroy(canvas);
    window_destroy(window);
}

/* ---- what arrives on the screen ---- */

static const SDL_Surface *screen_of_test(void)
{
    for (Uint32 id = 1; id < 100; id++)
        if (SDL_GetWindowFromID(id))
            return SDL_GetWindowSurface(SDL_GetWindowFromID(id));
    fail_msg("there is no window");
    return NULL;
}

static uint32_t pixel_at(int x, int y)
{
    const SDL_Surface *screen = screen_of_test();
    const char *line = (const char *)screen->pixels + (ptrdiff_t)y * screen->pitch;
    uint32_t pixel;
    memcpy(&pixel, line + (ptrdiff_t)x * 4, sizeof pixel);
    return pixel & 0xffffff;
}

/* Each pixel says where on the canvas it is. */
static struct canvas *numbered_canvas(const struct window *window)
{
    int width, height;
    window_canvas_size(window, &width, &height);
    struct canvas *canvas = canvas_create(width, height, NULL);
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++)
            canvas->pixels[y * canvas->stride_px + x] = 0xff000000u | (uint32_t)(y * 1000 + x);
    return canvas;
}

static void each_corner_of_a_turned_picture_is_where_it_belongs(void **state)
{
    (void)state;
    static const struct {
        int rotation;
        uint32_t upper_left, upper_right, lower_left, lower_right; /* of the screen, 320 x 200 */
    } cases[] = {
        {0, 0, 319, 199000, 199319},
        {90, 319000, 0, 319199, 199},
        {180, 199319, 199000, 319, 0},
        {270, 199, 319199, 0, 319000},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct window *window = open_dummy(cases[i].rotation);
        struct canvas *canvas = numbered_canvas(window);
        assert_true(window_present(window, canvas, NULL, 0, NULL));
        assert_int_equal(pixel_at(0, 0), cases[i].upper_left);
        assert_int_equal(pixel_at(319, 0), cases[i].upper_right);
        assert_int_equal(pixel_at(0, 199), cases[i].lower_left);
        assert_int_equal(pixel_at(319, 199), cases[i].lower_right);
        canvas_destroy(canvas);
        window_destroy(window);
    }
}

static long wrong_pixels(const struct canvas *fresh)
{
    long wrong = 0;
    for (int y = 0; y < 200; y++)
        for (int x = 0; x < 320; x++)
            wrong += pixel_at(x, y) != (fresh->pixels[y * fresh->stride_px + x] & 0xffffff);
    return wrong;
}

/* The whole picture wanders, and what comes free at its edge is black. */
static void a_shifted_picture_is_the_same_picture_elsewhere(void **state)
{
    (void)state;
    for (int rotation = 0; rotation < 360; rotation += 90) {
        struct window *window = open_dummy(rotation);
        struct canvas *canvas = numbered_canvas(window);
        assert_true(window_present(window, canvas, NULL, 0, NULL));
        uint32_t before = pixel_at(100, 100);
        window_set_look(window, &(struct window_look){4, -3, 100});
        assert_true(window_needs_present(window));
        assert_true(window_present(window, canvas, NULL, 0, NULL));
        assert_int_equal(pixel_at(104, 97), before);
        assert_int_equal(pixel_at(3, 50), 0);
        assert_int_equal(pixel_at(50, 198), 0);
        assert_false(window_needs_present(window));
        canvas_destroy(canvas);
        window_destroy(window);
    }
}

/* A window that became smaller has the old picture in its memory. */
static void an_exposed_window_keeps_nothing_old_beside_a_shifted_picture(void **state)
{
    (void)state;
    struct window_event event;
    struct window *window = open_dummy(0);
    struct canvas *canvas = numbered_canvas(window);
    window_set_look(window, &(struct window_look){4, -3, 100});
    assert_true(window_present(window, canvas, NULL, 0, NULL));
    const SDL_Surface *screen = screen_of_test();
    memset(screen->pixels, 0xee, (size_t)screen->pitch * (size_t)screen->h);
    push_window(SDL_WINDOWEVENT_EXPOSED);
    while (window_next_event(window, &event))
        ;
    assert_true(window_present(window, canvas, NULL, 0, NULL));
    assert_int_equal(pixel_at(3, 50), 0);
    assert_int_equal(pixel_at(50, 198), 0);
    canvas_destroy(canvas);
    window_destroy(window);
}

static void a_dimmed_picture_is_that_much_darker_also_where_it_changes(void **state)
{
    (void)state;
    struct window *window = open_dummy(0);
    struct canvas *canvas = canvas_create(320, 200, NULL);
    struct area part = {10, 10, 5, 5};
    for (int i = 0; i < 200 * canvas->stride_px; i++)
        canvas->pixels[i] = 0xff806040;
    window_set_look(window, &(struct window_look){0, 0, 50});
    assert_true(window_present(window, canvas, NULL, 0, NULL));
    assert_int_equal(pixel_at(200, 100), 0x403020);
    canvas->pixels[12 * canvas->stride_px + 12] = 0xffffffff;
    assert_true(window_present(window, canvas, &part, 1, NULL));
    assert_int_equal(pixel_at(12, 12), 0x7f7f7f);
    assert_int_equal(pixel_at(200, 100), 0x403020);
    canvas_destroy(canvas);
    window_destroy(window);
}

/* What a part brings to the screen, all of it would have brought too. */
static void a_part_lands_where_the_whole_has_it_in_every_rotation(void **state)
{
    (void)state;
    struct area part = {13, 7, 41, 29};
    for (int rotation = 0; rotation < 360; rotation += 90) {
        struct window *window = open_dummy(rotation);
        struct canvas *canvas = numbered_canvas(window), *whole = canvas_create(320, 200, NULL);
        assert_true(window_present(window, canvas, NULL, 0, NULL));
        for (int y = part.y; y < part.y + part.height; y++)
            for (int x = part.x; x < part.x + part.width; x++)
                canvas->pixels[y * canvas->stride_px + x] = 0xffabcdef;
        assert_true(window_present(window, canvas, &part, 1, NULL));
        for (int y = 0; y < 200; y++)
            for (int x = 0; x < 320; x++)
                whole->pixels[y * whole->stride_px + x] = 0xff000000u | pixel_at(x, y);
        assert_true(window_present(window, canvas, NULL, 0, NULL));
        assert_int_equal(wrong_pixels(whole), 0);
        canvas_destroy(whole);
        canvas_destroy(canvas);
        window_destroy(window);
    }
}

static void a_canvas_of_another_size_than_the_window_shows_what_both_have(void **state)
{
    (void)state;
    static const int sizes[][2] = {{1, 1}, {7680, 4320}, {320, 10}};
    struct window *window = open_dummy(0);
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        struct canvas *canvas = canvas_create(sizes[i][0], sizes[i][1], NULL);
        canvas->pixels[0] = 0xff123456;
        assert_true(window_present(window, canvas, NULL, 0, NULL));
        assert_int_equal(pixel_at(0, 0), 0x123456);
        canvas_destroy(canvas);
    }
    window_destroy(window);
}

static void number_what_is_there(const struct canvas *canvas)
{
    for (int y = canvas->there.y; y < canvas->there.y + canvas->there.height; y++)
        for (int x = canvas->there.x; x < canvas->there.x + canvas->there.width; x++)
            *canvas_pixel(canvas, x, y) = 0xff000000u | (uint32_t)(y * 1000 + x);
}

static struct canvas_memory lent_by(struct window *window)
{
    const struct canvas_memory *memory = window_lend(window);
    assert_non_null(memory);
    return *memory;
}

static void what_is_drawn_in_the_window_s_own_memory_is_on_the_screen(void **state)
{
    (void)state;
    struct area part = {20, 20, 4, 4};
    struct window *window = open_dummy(0);
    window_set_look(window, &(struct window_look){4, -3, 100});
    struct canvas_memory memory = lent_by(window);
    struct canvas *canvas = canvas_create_on(&memory, NULL);
    number_what_is_there(canvas);
    assert_true(window_present(window, canvas, NULL, 0, NULL));
    assert_int_equal(pixel_at(104, 97), 100100);
    assert_int_equal(pixel_at(3, 50), 0);
    assert_int_equal(pixel_at(50, 198), 0);
    *canvas_pixel(canvas, 21, 22) = 0xffabcdef;
    assert_true(window_present(window, canvas, &part, 1, NULL));
    assert_int_equal(pixel_at(25, 19), 0xabcdef);
    push_window(SDL_WINDOWEVENT_EXPOSED);
    drain(window);
    memory = lent_by(window);
    assert_true(canvas_memory_is_same(&canvas->lent, &memory));
    assert_true(window_present(window, canvas, NULL, 0, NULL));
    assert_int_equal(pixel_at(104, 97), 100100);
    canvas_destroy(canvas);
    window_destroy(window);
}

static void memory_of_another_size_or_place_is_new_and_black(void **state)
{
    (void)state;
    struct window *window = open_dummy(0);
    struct canvas_memory first = lent_by(window);
    memset(first.pixels, 0xee, 4 * (size_t)first.stride_px * (size_t)first.height_px);
    window_set_look(window, &(struct window_look){1, 0, 100});
    struct canvas_memory next = lent_by(window);
    assert_int_equal(next.shift_x, 1);
    assert_false(canvas_memory_is_same(&first, &next));
    assert_int_equal(pixel_at(0, 0), 0);
    push_window(SDL_WINDOWEVENT_SIZE_CHANGED);
    drain(window);
    first = lent_by(window);
    assert_false(canvas_memory_is_same(&first, &next));
    window_destroy(window);
}

static void a_turned_or_darkened_picture_is_drawn_elsewhere(void **state)
{
    (void)state;
    struct window *window = open_dummy(90);
    assert_null(window_lend(window));
    window_destroy(window);
    window = open_dummy(0);
    window_set_look(window, &(struct window_look){0, 0, 50});
    assert_null(window_lend(window));
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
        cmocka_unit_test(where_nobody_has_keys_input_is_looked_for_once_a_second),
        cmocka_unit_test(keys_go_to_the_first_window_until_another_has_the_focus),
        cmocka_unit_test(what_happens_to_a_window_is_told_to_that_one_alone),
        cmocka_unit_test(a_storm_of_keys_for_a_window_that_is_not_asked_is_survived),
        cmocka_unit_test(a_display_that_is_not_there_is_refused_by_its_number),
        cmocka_unit_test(a_mode_that_the_display_does_not_offer_is_never_a_black_screen),
        cmocka_unit_test(the_canvas_turns_with_the_screen),
        cmocka_unit_test(the_picture_is_presented_and_counted),
        cmocka_unit_test(each_corner_of_a_turned_picture_is_where_it_belongs),
        cmocka_unit_test(a_shifted_picture_is_the_same_picture_elsewhere),
        cmocka_unit_test(an_exposed_window_keeps_nothing_old_beside_a_shifted_picture),
        cmocka_unit_test(a_dimmed_picture_is_that_much_darker_also_where_it_changes),
        cmocka_unit_test(a_part_lands_where_the_whole_has_it_in_every_rotation),
        cmocka_unit_test(a_canvas_of_another_size_than_the_window_shows_what_both_have),
        cmocka_unit_test(what_is_drawn_in_the_window_s_own_memory_is_on_the_screen),
        cmocka_unit_test(memory_of_another_size_or_place_is_new_and_black),
        cmocka_unit_test(a_turned_or_darkened_picture_is_drawn_elsewhere),
        cmocka_unit_test(an_exposed_window_wants_its_picture_again),
        cmocka_unit_test(keys_mean_what_the_handbook_says),
        cmocka_unit_test(a_new_size_is_told),
        cmocka_unit_test(destroying_nothing_is_fine),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
