/* The wall's windows as displays come and go: a folder plays the kernel, SDL's dummy driver the displays. */
#include <SDL.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "app/config.h"
#include "app/displays.h"
#include "base/calendar.h"
#include "model/board.h"
#include "model/snapshot.h"
#include "sysfs_kit.h"

#define HEAD  "vigie: 1\n"
#define LIVE  "  - {id: live, tiles: [{kpi: calls_waiting}]}\n"
#define DAY   "  - {id: day, tiles: [{kpi: service_level}, {kpi: fcr}]}\n"
#define PAGES "pages:\n" LIVE DAY

static const char one[] = HEAD "screen: {connector: HDMI-A-2}\n" PAGES;
static const char two[] = HEAD "screens:\n"
                               "  - {connector: HDMI-A-1, pages: [live]}\n"
                               "  - {connector: HDMI-A-2, pages: [day, live], rotation: 90}\n" PAGES;

static struct config *board(const char *text)
{
    struct config *config = config_read_text("board.yaml", text);
    assert_true(config->usable);
    calendar_set_zone("Europe/Paris", NULL);
    return config;
}

static struct now at(int64_t ms)
{
    return (struct now){1000000 + ms, 1763730440000 + ms};
}

static int windows(void)
{
    int count = 0;
    for (Uint32 id = 1; id < 200 && SDL_GetCurrentVideoDriver(); id++)
        count += SDL_GetWindowFromID(id) != NULL;
    return count;
}

static SDL_Window *first_window(void)
{
    for (Uint32 id = 1; id < 200; id++)
        if (SDL_GetWindowFromID(id))
            return SDL_GetWindowFromID(id);
    fail_msg("there is no window");
    return NULL;
}

static void mark_window(void)
{
    SDL_SetWindowData(first_window(), "seen", sysfs_root);
}

/* Whether it was opened since mark_window(). */
static bool is_new_window(void)
{
    return SDL_GetWindowData(first_window(), "seen") == NULL;
}

static int is_no_focus(void *nothing, SDL_Event *event)
{
    (void)nothing;
    return event->type != SDL_WINDOWEVENT || event->window.event != SDL_WINDOWEVENT_FOCUS_GAINED;
}

/* From 2.32 on SDL's dummy driver gives the focus to each window that opens, as on a desktop; nobody did
 * here. */
static void forget_focus(void)
{
    SDL_FilterEvents(is_no_focus, NULL);
}

static struct displays *start(const struct config *config, bool waits)
{
    struct error error = {""};
    setenv("SDL_VIDEODRIVER", "dummy", 1);
    unsetenv("SDL_KMSDRM_DEVICE_INDEX");
    struct displays *displays = displays_create(
        config,
        &(struct displays_settings){
            .width_px = 640, .height_px = 360, .waits = waits, .watches = true, .root = sysfs_root},
        at(0), &error);
    if (!displays)
        print_message("%s\n", error.text);
    if (SDL_GetCurrentVideoDriver())
        forget_focus();
    return displays;
}

static void step(struct displays *displays, int64_t ms)
{
    struct error error = {""};
    assert_true(displays_step(displays, NULL, at(ms), &error));
}

static void a_service_without_a_display_lives_and_shows_the_one_that_comes(void **state)
{
    (void)state;
    struct config *config = board(HEAD PAGES);
    sysfs_put("card1-HDMI-A-1", "disconnected", 0, "");
    struct displays *displays = start(config, true);
    assert_non_null(displays);
    step(displays, 0);
    assert_int_equal(windows(), 0);
    assert_string_equal(displays_status(displays),
                        "no display: nothing is plugged into any socket of a graphics card");
    step(displays, 10000);
    assert_int_equal(windows(), 0);
    assert_true(displays_next_ms(displays, at(10000)) <= at(10500).monotonic_ms);
    sysfs_put("card1-HDMI-A-1", "connected", 0, "1920x1080\n");
    step(displays, 10500);
    assert_int_equal(windows(), 1);
    assert_string_equal(displays_status(displays), "dummy/surface 640 x 360");
    displays_destroy(displays);
    config_destroy(config);
}

static void whoever_sits_at_a_terminal_is_told_what_is_missing(void **state)
{
    (void)state;
    struct config *config = board(HEAD PAGES);
    sysfs_put("card1-HDMI-A-1", "disconnected", 0, "");
    assert_null(start(config, false));
    config_destroy(config);
}

static void a_display_that_goes_is_no_end_and_comes_back(void **state)
{
    (void)state;
    struct config *config = board(HEAD PAGES);
    sysfs_put("card1-HDMI-A-1", "connected", 0, "1920x1080\n");
    struct displays *displays = start(config, false);
    step(displays, 0);
    assert_int_equal(windows(), 1);
    sysfs_put("card1-HDMI-A-1", "disconnected", 0, "");
    step(displays, 1000);
    assert_int_equal(windows(), 1);
    step(displays, 1500);
    assert_int_equal(windows(), 0);
    assert_string_equal(displays_status(displays), "no display");
    assert_false(displays_wants_to_quit(displays));
    sysfs_put("card1-HDMI-A-1", "connected", 0, "1920x1080\n");
    step(displays, 2000);
    assert_int_equal(windows(), 1);
    displays_destroy(displays);
    config_destroy(config);
}

static void another_tv_at_the_same_socket_gets_a_new_window(void **state)
{
    (void)state;
    struct config *config = board(HEAD PAGES);
    sysfs_put("card1-HDMI-A-1", "connected", 0, "1920x1080\n");
    struct displays *displays = start(config, false);
    mark_window();
    sysfs_put("card1-HDMI-A-2", "connected", 0, "1280x720\n"); /* not the one that is shown on */
    step(displays, 1000);
    step(displays, 1500);
    step(displays, 2000);
    assert_false(is_new_window());
    sysfs_put("card1-HDMI-A-1", "connected", 0, "3840x2160\n1920x1080\n");
    step(displays, 3000);
    assert_false(is_new_window());
    step(displays, 3500);
    assert_true(is_new_window());
    assert_int_equal(windows(), 1);
    displays_destroy(displays);
    config_destroy(config);
}

static void a_cable_in_the_wrong_socket_is_no_black_wall(void **state)
{
    (void)state;
    struct config *config = board(one);
    sysfs_put("card1-HDMI-A-1", "connected", 0, "1920x1080\n");
    sysfs_put("card1-HDMI-A-2", "disconnected", 0, "");
    struct displays *displays = start(config, false);
    assert_non_null(displays);
    assert_int_equal(windows(), 1);
    mark_window();
    sysfs_put("card1-HDMI-A-2", "connected", 0, "1920x1080\n");
    step(displays, 1000);
    step(displays, 1500);
    assert_true(is_new_window());
    displays_destroy(displays);
    config_destroy(config);
}

static void of_two_screens_the_one_that_is_plugged_in_is_shown(void **state)
{
    (void)state;
    struct config *config = board(two);
    sysfs_put("card1-HDMI-A-1", "disconnected", 0, "");
    sysfs_put("card1-HDMI-A-2", "connected", 0, "1920x1080\n");
    struct displays *displays = start(config, false);
    assert_non_null(displays);
    assert_int_equal(windows(), 1);
    assert_string_equal(displays_status(displays), "dummy/surface 360 x 640");
    displays_destroy(displays);
    config_destroy(config);
}

/* HDMI-A-2 is named by the other, so what the first takes is plugged into HDMI-A-1 or nowhere. */
static void a_screen_without_a_name_leaves_the_named_display_to_the_other(void **state)
{
    (void)state;
    struct config *config = board(HEAD "screens:\n"
                                       "  - {pages: [live]}\n"
                                       "  - {connector: HDMI-A-2, pages: [day], rotation: 90}\n" PAGES);
    sysfs_put("card1-HDMI-A-1", "disconnected", 0, "");
    sysfs_put("card1-HDMI-A-2", "connected", 0, "1920x1080\n");
    struct displays *displays = start(config, false);
    assert_string_equal(displays_status(displays), "dummy/surface 360 x 640");
    sysfs_put("card1-HDMI-A-1", "connected", 0, "1920x1080\n");
    step(displays, 1000);
    step(displays, 1500);
    assert_string_equal(displays_status(displays), "dummy/surface 640 x 360; dummy/surface 360 x 640");
    displays_destroy(displays);
    config_destroy(config);
}

/* SDL's dummy has one display: the second window is one of a size. */
static void two_screens_are_two_windows_each_turned_as_it_hangs(void **state)
{
    (void)state;
    struct config *config = board(two);
    sysfs_put("card1-HDMI-A-1", "connected", 0, "1920x1080\n");
    sysfs_put("card1-HDMI-A-2", "connected", 0, "1920x1080\n");
    struct displays *displays = start(config, false);
    assert_int_equal(windows(), 2);
    assert_string_equal(displays_status(displays), "dummy/surface 640 x 360; dummy/surface 360 x 640");
    sysfs_put("card1-HDMI-A-1", "disconnected", 0, "");
    step(displays, 1000);
    step(displays, 1500);
    assert_string_equal(displays_status(displays), "dummy/surface 360 x 640");
    displays_destroy(displays);
    config_destroy(config);
}

static void a_board_with_another_number_of_screens_opens_their_windows(void **state)
{
    (void)state;
    struct config *before = board(HEAD PAGES), *after = board(two);
    sysfs_put("card1-HDMI-A-1", "connected", 0, "1920x1080\n");
    sysfs_put("card1-HDMI-A-2", "connected", 0, "1920x1080\n");
    struct displays *displays = start(before, false);
    step(displays, 0);
    assert_int_equal(windows(), 1);
    displays_show_board(displays, after, NULL, at(100));
    config_destroy(before);
    step(displays, 100);
    assert_int_equal(windows(), 2);
    displays_destroy(displays);
    config_destroy(after);
}

static void a_board_that_changes_in_other_ways_keeps_its_window(void **state)
{
    (void)state;
    struct config *before = board(two), *after = board(two);
    sysfs_put("card1-HDMI-A-1", "connected", 0, "1920x1080\n");
    sysfs_put("card1-HDMI-A-2", "connected", 0, "1920x1080\n");
    struct displays *displays = start(before, false);
    mark_window();
    displays_show_board(displays, after, NULL, at(100));
    config_destroy(before);
    step(displays, 100);
    assert_false(is_new_window());
    displays_destroy(displays);
    config_destroy(after);
}

/* ---- snapshots ---- */

/* A picture's rows from one third to another. */
static uint64_t thirds(int from, int to)
{
    const SDL_Surface *surface = SDL_GetWindowSurface(first_window());
    const uint32_t *pixels = surface->pixels;
    uint64_t sum = 0;
    for (int i = surface->w * surface->h * from / 3; i < surface->w * surface->h * to / 3; i++)
        sum = sum * 31 + (pixels[i] & 0xffffff);
    return sum;
}

static uint64_t picture(void)
{
    return thirds(0, 3);
}

/* Neither header nor footer, which tell of other pages too. */
static uint64_t tiles_drawn(void)
{
    return thirds(1, 2);
}

static uint64_t drawn_with(struct displays *displays, struct board *model, int64_t ms)
{
    struct error error = {""};
    assert_true(displays_step(displays, board_snapshot(model, at(ms)), at(ms), &error));
    return tiles_drawn();
}

static void press(SDL_Keycode code)
{
    SDL_Event pressed = {.key = {.type = SDL_KEYDOWN, .keysym = {.sym = code}}};
    SDL_PushEvent(&pressed);
}

/* Also while the figures of the new board are still to come. */
static void a_board_with_a_page_more_in_front_stays_on_the_page_that_was_shown(void **state)
{
    (void)state;
    struct config *before = board(HEAD "pages:\n" LIVE DAY);
    struct config *after = board(HEAD "pages:\n  - {id: first, tiles: [{kpi: asa}]}\n" LIVE DAY);
    struct board *old = board_create(before->catalogue, &before->board);
    struct board *new = board_create(after->catalogue, &after->board);
    sysfs_put("card1-HDMI-A-1", "connected", 0, "1920x1080\n");
    struct displays *displays = start(before, false);
    uint64_t live = drawn_with(displays, old, 0);
    press(SDLK_RIGHT);
    uint64_t day = drawn_with(displays, old, 100);
    assert_true(live != day);
    displays_show_board(displays, after, NULL, at(200));
    step(displays, 200);
    assert_true(tiles_drawn() == day);
    assert_true(drawn_with(displays, new, 300) == day);
    displays_destroy(displays);
    board_destroy(old);
    board_destroy(new);
    config_destroy(before);
    config_destroy(after);
}

static void every_screen_lives_with_snapshots_of_its_own_pages(void **state)
{
    (void)state;
    struct error error = {""};
    struct config *config = board(two);
    sysfs_put("card1-HDMI-A-1", "connected", 0, "1920x1080\n");
    sysfs_put("card1-HDMI-A-2", "connected", 0, "1920x1080\n");
    struct displays *displays = start(config, false);
    struct board *model = board_create(config->catalogue, &config->board);
    for (int i = 0; i < 3; i++)
        assert_true(displays_step(displays, board_snapshot(model, at(i * 1000)), at(i * 1000), &error));
    sysfs_put("card1-HDMI-A-1", "disconnected", 0, "");
    for (int i = 3; i < 6; i++)
        assert_true(displays_step(displays, board_snapshot(model, at(i * 1000)), at(i * 1000), &error));
    assert_int_equal(windows(), 1);
    board_destroy(model);
    displays_destroy(displays);
    config_destroy(config);
}

/* Of the window of that number, from 1: SDL counts them so. */
static bool is_black(Uint32 id)
{
    const SDL_Surface *surface = SDL_GetWindowSurface(SDL_GetWindowFromID(id));
    const uint32_t *pixels = surface->pixels;
    for (int i = 0; i < surface->w * surface->h; i++)
        if (pixels[i] & 0xffffff)
            return false;
    return true;
}

static void tab_gives_the_keys_to_the_next_screen_and_q_ends_all(void **state)
{
    (void)state;
    struct config *config = board(two);
    sysfs_put("card1-HDMI-A-1", "connected", 0, "1920x1080\n");
    sysfs_put("card1-HDMI-A-2", "connected", 0, "1920x1080\n");
    unsetenv("INVOCATION_ID");
    struct displays *displays = start(config, false);
    step(displays, 0);
    assert_false(is_black(1) || is_black(2));
    press(SDLK_b);
    step(displays, 100);
    assert_true(is_black(1) && !is_black(2));
    press(SDLK_TAB);
    step(displays, 200);
    press(SDLK_b);
    step(displays, 300);
    assert_true(is_black(1) && is_black(2));
    press(SDLK_TAB);
    step(displays, 400);
    press(SDLK_b);
    step(displays, 500);
    assert_true(!is_black(1) && is_black(2));
    press(SDLK_q);
    step(displays, 600);
    assert_true(displays_wants_to_quit(displays));
    displays_destroy(displays);
    config_destroy(config);
}

/* What somebody made black stays so, also if the TV is switched off and on. */
static void what_keys_did_outlives_a_display_that_is_unplugged(void **state)
{
    (void)state;
    struct config *config = board(HEAD PAGES);
    sysfs_put("card1-HDMI-A-1", "connected", 0, "1920x1080\n");
    struct displays *displays = start(config, false);
    step(displays, 0);
    press(SDLK_b);
    step(displays, 100);
    assert_true(is_black(1));
    sysfs_put("card1-HDMI-A-1", "disconnected", 0, "");
    step(displays, 1000);
    step(displays, 1500);
    assert_int_equal(windows(), 0);
    sysfs_put("card1-HDMI-A-1", "connected", 0, "1920x1080\n");
    step(displays, 2000);
    assert_true(is_black(1));
    press(SDLK_b);
    step(displays, 2100);
    assert_false(is_black(1));
    displays_destroy(displays);
    config_destroy(config);
}

/* A display goes and comes back under a sheet: the sheet is still there, and one leaves it as ever. */
static void unplug_under(const SDL_Keycode *keys, size_t count)
{
    struct config *config = board(HEAD "rotate: false\n" PAGES);
    sysfs_put("card1-HDMI-A-1", "connected", 0, "1920x1080\n");
    struct displays *displays = start(config, false);
    struct board *model = board_create(config->catalogue, &config->board);
    struct error error = {""};
    assert_true(displays_step(displays, board_snapshot(model, at(0)), at(0), &error));
    uint64_t wall = picture();
    for (size_t i = 0; i < count; i++) {
        press(keys[i]);
        step(displays, 100 + (int64_t)i);
    }
    step(displays, 5000); /* whatever the keys answered is gone */
    assert_true(picture() != wall);
    sysfs_put("card1-HDMI-A-1", "disconnected", 0, "");
    step(displays, 6000);
    step(displays, 6500);
    assert_int_equal(windows(), 0);
    sysfs_put("card1-HDMI-A-1", "connected", 0, "1920x1080\n");
    step(displays, 7000);
    assert_true(picture() != wall);
    for (int i = 0; i < 3; i++) {
        press(SDLK_ESCAPE);
        step(displays, 8000 + i);
    }
    step(displays, 12000);
    assert_true(picture() == wall);
    board_destroy(model);
    displays_destroy(displays);
    config_destroy(config);
}

static void every_sheet_outlives_a_display_that_is_unplugged_and_is_left_by_escape(void **state)
{
    (void)state;
    static const SDL_Keycode keys[][2] = {{SDLK_h, SDLK_RIGHT}, {SDLK_w, SDLK_RIGHT}, {SDLK_w, SDLK_w},
                                          {SDLK_i, 0},          {SDLK_F1, 0},         {SDLK_b, 0}};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        sysfs_put("card1-HDMI-A-1", "disconnected", 0, "");
        unplug_under(keys[i], keys[i][1] ? 2 : 1);
    }
}

static void what_somebody_made_black_stays_so_while_the_board_is_read_again(void **state)
{
    (void)state;
    struct config *before = board(HEAD PAGES), *after = board(HEAD PAGES);
    sysfs_put("card1-HDMI-A-1", "connected", 0, "1920x1080\n");
    struct displays *displays = start(before, false);
    step(displays, 0);
    press(SDLK_b);
    step(displays, 100);
    displays_show_board(displays, after, NULL, at(200));
    config_destroy(before);
    step(displays, 200);
    assert_true(is_black(1));
    press(SDLK_b);
    step(displays, 300);
    assert_false(is_black(1));
    displays_destroy(displays);
    config_destroy(after);
}

/* It is the only thing to be seen: figures of a board whose pipeline is gone are nobody's. */
static void a_fault_that_stands_alone_leaves_no_figures_for_a_key_to_show(void **state)
{
    (void)state;
    struct config *config = board(HEAD PAGES);
    struct error error = {""};
    struct stage_fault fault = {.file = "board.yaml", .alone = true};
    sysfs_put("card1-HDMI-A-1", "connected", 0, "1920x1080\n");
    struct displays *displays = start(config, false);
    struct board *model = board_create(config->catalogue, &config->board);
    assert_true(displays_step(displays, board_snapshot(model, at(0)), at(0), &error));
    displays_show_fault(displays, &fault);
    step(displays, 100);
    uint64_t told = picture();
    press(SDLK_h);
    step(displays, 200);
    step(displays, 5000);
    assert_true(picture() == told);
    board_destroy(model);
    displays_destroy(displays);
    config_destroy(config);
}

#define ROW(test) cmocka_unit_test_setup_teardown(test, sysfs_make, sysfs_remove)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ROW(a_service_without_a_display_lives_and_shows_the_one_that_comes),
        ROW(whoever_sits_at_a_terminal_is_told_what_is_missing),
        ROW(a_display_that_goes_is_no_end_and_comes_back),
        ROW(another_tv_at_the_same_socket_gets_a_new_window),
        ROW(a_cable_in_the_wrong_socket_is_no_black_wall),
        ROW(of_two_screens_the_one_that_is_plugged_in_is_shown),
        ROW(two_screens_are_two_windows_each_turned_as_it_hangs),
        ROW(a_screen_without_a_name_leaves_the_named_display_to_the_other),
        ROW(a_board_with_another_number_of_screens_opens_their_windows),
        ROW(a_board_that_changes_in_other_ways_keeps_its_window),
        ROW(a_board_with_a_page_more_in_front_stays_on_the_page_that_was_shown),
        ROW(every_screen_lives_with_snapshots_of_its_own_pages),
        ROW(tab_gives_the_keys_to_the_next_screen_and_q_ends_all),
        ROW(what_keys_did_outlives_a_display_that_is_unplugged),
        ROW(every_sheet_outlives_a_display_that_is_unplugged_and_is_left_by_escape),
        ROW(what_somebody_made_black_stays_so_while_the_board_is_read_again),
        ROW(a_fault_that_stands_alone_leaves_no_figures_for_a_key_to_show),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
