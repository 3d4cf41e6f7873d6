/* screen: {connector, mode} and screens: of a board. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "app/config.h"

#define SOURCES                                                                                              \
    "vigie: 1\nsources: [{name: acd, adapter: generic/filter-canonical, url: 'file:answer.json'}]\n"
#define PAGES                                                                                                \
    "pages:\n"                                                                                               \
    "  - {id: live, tiles: [{kpi: calls_waiting}]}\n"                                                        \
    "  - {id: day, tiles: [{kpi: fcr}]}\n"

static struct config *read(const char *head)
{
    char text[2048];
    snprintf(text, sizeof text, "%s%s%s", SOURCES, head, PAGES);
    return config_read_text("board.yaml", text);
}

static void without_a_word_there_is_one_display_and_it_shows_everything(void **state)
{
    (void)state;
    struct config *config = read("");
    assert_true(config->usable);
    assert_int_equal(config->display_count, 1);
    assert_null(config->displays[0].connector);
    assert_null(config->displays[0].pages);
    assert_int_equal(config->displays[0].mode.width_px, 0);
    config_destroy(config);
}

static void modes_are_read_or_left_out_with_a_warning(void **state)
{
    (void)state;
    static const struct {
        const char *mode;
        int width_px, height_px, rate_hz;
        bool warned;
    } cases[] = {
        {"1920x1080@60", 1920, 1080, 60, false},
        {"1920x1080", 1920, 1080, 0, false},
        {"3840x2160@30", 3840, 2160, 30, false},
        {"1920x1080@", 0, 0, 0, true},
        {"1920x1080@60Hz", 0, 0, 0, true},
        {"1920x1080@0", 0, 0, 0, true},
        {"1920x1080@-5", 0, 0, 0, true},
        {"1920x1080@999", 0, 0, 0, true},
        {"1920", 0, 0, 0, true},
        {"1080p", 0, 0, 0, true},
        {"10x10@60", 0, 0, 0, true},
        {"99999x99999", 0, 0, 0, true},
        {"-1920x-1080", 0, 0, 0, true},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char head[128];
        snprintf(head, sizeof head, "screen: {connector: HDMI-A-1, mode: '%s'}\n", cases[i].mode);
        struct config *config = read(head);
        const struct display_settings *display = &config->displays[0];
        assert_true(config->usable);
        assert_string_equal(display->connector, "HDMI-A-1");
        assert_int_equal(display->mode.width_px, cases[i].width_px);
        assert_int_equal(display->mode.height_px, cases[i].height_px);
        assert_int_equal(display->mode.rate_hz, cases[i].rate_hz);
        assert_int_equal(config->problem_count, cases[i].warned);
        config_destroy(config);
    }
}

static void every_screen_has_its_pages_and_else_what_screen_says(void **state)
{
    (void)state;
    struct config *config = read("screen: {rotation: 90, mode: 1280x720}\n"
                                 "screens:\n"
                                 "  - {connector: HDMI-A-2, pages: [day, live]}\n"
                                 "  - {mode: 1920x1080@50, rotation: 0, pages: live}\n");
    const struct display_settings *displays = config->displays;
    assert_true(config->usable);
    assert_int_equal(config->problem_count, 0);
    assert_int_equal(config->display_count, 2);
    assert_string_equal(displays[0].connector, "HDMI-A-2");
    assert_int_equal(displays[0].rotation, 90);
    assert_int_equal(displays[0].mode.width_px, 1280);
    assert_int_equal(displays[0].mode.height_px, 720);
    assert_int_equal(displays[0].page_count, 2);
    assert_int_equal(displays[0].pages[0], 1);
    assert_int_equal(displays[0].pages[1], 0);
    assert_null(displays[1].connector);
    assert_int_equal(displays[1].rotation, 0);
    assert_int_equal(displays[1].mode.rate_hz, 50);
    assert_int_equal(displays[1].page_count, 1);
    assert_int_equal(displays[1].pages[0], 0);
    config_destroy(config);
}

static void a_screen_may_be_of_another_size_and_read_from_elsewhere(void **state)
{
    (void)state;
    struct config *config = read("screen: {diagonal_in: 55, reading_distance_m: 5}\n"
                                 "screens:\n"
                                 "  - {pages: live}\n"
                                 "  - {diagonal_in: 43, reading_distance_m: 2.5, pages: day}\n");
    assert_true(config->usable);
    assert_float_equal(config->displays[0].diagonal_in, 55, 0);
    assert_float_equal(config->displays[0].reading_distance_m, 5, 0);
    assert_float_equal(config->displays[1].diagonal_in, 43, 0);
    assert_float_equal(config->displays[1].reading_distance_m, 2.5, 0);
    config_destroy(config);
}

/* Of a page of 2 x 2 tiles at 8 m, which 55 inches that lie have room for. */
static const struct {
    const char *screens;
    size_t problems;
    const char *first; /* of them; NULL: none */
} hangings[] = {
    {"screens: [{pages: live}]\n", 0, NULL},
    {"screens: [{rotation: 180, pages: live}]\n", 0, NULL},
    {"screens: [{rotation: 90, pages: live}]\n", 1,
     "a 2x2 grid cannot be read at 8 m on 55 inches upright; the largest that can is 1x5"},
    {"screens: [{pages: live}, {rotation: 270, pages: live}]\n", 1, "on 55 inches upright"},
    {"screens: [{rotation: 90, pages: live}, {rotation: 270, pages: live}]\n", 1, "on 55 inches upright"},
    {"screens: [{diagonal_in: 32, pages: live}]\n", 1, "a 2x2 grid cannot be read at 8 m on 32 inches;"},
    {"screens: [{diagonal_in: 32, reading_distance_m: 5, pages: live}]\n", 0, NULL},
    {"screens: [{diagonal_in: 43, pages: live}, {reading_distance_m: 14, pages: live}]\n", 1,
     "cannot be read at 14 m on 55 inches"},
};

static struct config *hang(const char *screens)
{
    char text[2048];
    snprintf(text, sizeof text, "%sscreen: {reading_distance_m: 8}\n%s%s", SOURCES, screens,
             "pages: [{id: live, grid: 2x2, tiles: [{kpi: calls_waiting}, {kpi: fcr}, {kpi: asa}, {kpi: "
             "aht}]}]\n");
    return config_read_text("board.yaml", text);
}

static void every_display_is_measured_as_it_hangs(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof hangings / sizeof *hangings; i++) {
        struct config *config = hang(hangings[i].screens);
        size_t count = 0;
        const char *first = "";
        for (size_t j = 0; j < config->problem_count; j++) {
            if (strcmp(config->problems[j].key_path, "pages[0].grid") != 0)
                continue;
            first = count++ ? first : config->problems[j].text;
        }
        if (count != hangings[i].problems || (count && !strstr(first, hangings[i].first)))
            fail_msg("%s: %zu problems, %s", hangings[i].screens, count, first);
        config_destroy(config);
    }
}

/* What is wrong with the board is to be shown somewhere. */
static void a_board_that_cannot_be_read_has_a_display_too(void **state)
{
    (void)state;
    struct config *config = config_read("/nonexistent/board.yaml");
    assert_false(config->usable);
    assert_int_equal(config->display_count, 1);
    assert_null(config->displays[0].pages);
    config_destroy(config);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_a_word_there_is_one_display_and_it_shows_everything),
        cmocka_unit_test(modes_are_read_or_left_out_with_a_warning),
        cmocka_unit_test(every_screen_has_its_pages_and_else_what_screen_says),
        cmocka_unit_test(a_screen_may_be_of_another_size_and_read_from_elsewhere),
        cmocka_unit_test(every_display_is_measured_as_it_hangs),
        cmocka_unit_test(a_board_that_cannot_be_read_has_a_display_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
