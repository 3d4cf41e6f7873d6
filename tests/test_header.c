/*
 * What stands beside the page's question gives way to it: the date first, then the lamp's word, then the
 * dots; the lamp's shape and the clock stay.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "render/scene.h"
#include "tests/render_fixture.h"

static struct fixture board;

static int set_up(void **state)
{
    (void)state;
    setenv("TZ", "Europe/Paris", 1);
    fixture_init(&board);
    /* the widest lamp there is: « données incomplètes » */
    board.snapshot.summary = DISPLAY_OK;
    board.snapshot.data_trouble = true;
    return 0;
}

static struct scene *drawn(int width, int height, double distance_m)
{
    struct error error = {""};
    struct scene *scene = scene_create(&(struct scene_settings){.assets_path = getenv("VIGIE_ASSETS"),
                                                                .theme = "dark",
                                                                .language = LANGUAGE_FR,
                                                                .width_px = width,
                                                                .height_px = height,
                                                                .diagonal_in = 55,
                                                                .reading_distance_m = distance_m},
                                       &error);
    if (!scene)
        fail_msg("%s", error.text);
    scene_record_texts(scene, true);
    scene_draw_changes(scene, &board.snapshot, fixture_now);
    return scene;
}

static const struct {
    int width_px, height_px;
    double distance_m;
    bool date, word;
} screens[] = {
    {1920, 1080, 2.5, true, true}, {1280, 720, 2.5, true, true}, {1080, 1920, 2.5, true, true},
    {540, 960, 2.5, true, true},   {1920, 1080, 5, false, true}, {1280, 720, 5, false, true},
    {1080, 1920, 5, false, true},  {720, 1280, 5, false, true},  {1920, 1080, 8, false, false},
    {1080, 1920, 3.5, true, true},
};

static void assert_screen(size_t i)
{
    struct scene *scene = drawn(screens[i].width_px, screens[i].height_px, screens[i].distance_m);
    const char *said = scene_recorded_texts(scene);
    bool date = strstr(said, "21 nov") != NULL, word = strstr(said, "INCOMPL") != NULL;
    if (!strstr(said, "Tenons-nous la promesse ?\n") || !strstr(said, "14:07\n"))
        fail_msg("screen %zu: the question or the clock is cut:\n%s", i, said);
    if (date != screens[i].date || word != screens[i].word)
        fail_msg("screen %zu: date %d, word %d:\n%s", i, date, word, said);
    scene_destroy(scene);
}

static void the_question_is_whole_and_the_least_important_is_left_out(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof screens / sizeof *screens; i++)
        assert_screen(i);
}

static void a_question_that_no_line_has_room_for_is_cut_at_last(void **state)
{
    (void)state;
    board.pages[0].title = "Tenons-nous la promesse faite à chacune et à chacun de nos clients ce matin ?";
    struct scene *scene = drawn(1280, 720, 5);
    assert_non_null(strstr(scene_recorded_texts(scene), "Tenons-nous la promesse"));
    assert_non_null(strstr(scene_recorded_texts(scene), "…\n"));
    assert_null(strstr(scene_recorded_texts(scene), "INCOMPL"));
    scene_destroy(scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(the_question_is_whole_and_the_least_important_is_left_out, set_up),
        cmocka_unit_test_setup(a_question_that_no_line_has_room_for_is_cut_at_last, set_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
