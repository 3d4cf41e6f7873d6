/* What stands in for the wall when there is none to be shown, as words that were drawn. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "base/text.h"
#include "render/canvas.h"
#include "render/i18n.h"
#include "render/scene.h"
#include "render/states.h"
#include "tests/render_fixture.h"

static struct fixture board;
static struct stage stage;
static struct stage_fault fault;
static struct stage_machine machine;

static int set_up(void **state)
{
    (void)state;
    setenv("TZ", "Europe/Paris", 1);
    tzset();
    fixture_init(&board);
    stage = stage_start();
    fault = (struct stage_fault){.alone = true, .file = "board.yaml"};
    machine = (struct stage_machine){.asked = true, .host = "mur-3"};
    return 0;
}

/* ---- which ---- */

static void all_sources_are(enum source_problem problem)
{
    for (size_t i = 0; i < board.snapshot.source_count; i++)
        board.sources[i] = (struct snapshot_source){.name = "acd", .problem = problem};
}

static void before_anything_came_it_starts(void **state)
{
    (void)state;
    assert_int_equal(states_screen(&stage, NULL), STAGE_STARTING);
    all_sources_are(SOURCE_WAITING);
    assert_int_equal(states_screen(&stage, &board.snapshot), STAGE_STARTING);
    board.sources[0].problem = SOURCE_UNREACHABLE;
    assert_int_equal(states_screen(&stage, &board.snapshot), STAGE_WALL);
}

static void without_an_address_and_without_figures_there_is_no_network(void **state)
{
    (void)state;
    all_sources_are(SOURCE_UNREACHABLE);
    board.snapshot.summary = DISPLAY_NODATA;
    stage.machine = &machine;
    assert_int_equal(states_screen(&stage, &board.snapshot), STAGE_NO_NETWORK);
    board.snapshot.summary = DISPLAY_OK; /* figures are still good */
    assert_int_equal(states_screen(&stage, &board.snapshot), STAGE_WALL);
    board.snapshot.summary = DISPLAY_NODATA;
    machine.address_count = 1; /* the servers are away, not the network */
    assert_int_equal(states_screen(&stage, &board.snapshot), STAGE_WALL);
    machine.address_count = 0;
    machine.asked = false; /* not known is not "none" */
    assert_int_equal(states_screen(&stage, &board.snapshot), STAGE_WALL);
}

static void a_closed_board_shows_its_tiles_to_who_looks_for_one(void **state)
{
    (void)state;
    board.snapshot.summary = DISPLAY_CLOSED;
    assert_int_equal(states_screen(&stage, &board.snapshot), STAGE_CLOSED);
    stage.chosen = 0;
    assert_int_equal(states_screen(&stage, &board.snapshot), STAGE_WALL);
    stage.screen = STAGE_HELP;
    assert_int_equal(states_screen(&stage, &board.snapshot), STAGE_HELP);
}

static void a_fault_alone_stands_for_the_wall_and_one_beside_a_board_does_not(void **state)
{
    (void)state;
    stage.fault = &fault;
    assert_int_equal(states_screen(&stage, NULL), STAGE_FAULT);
    fault.alone = false;
    assert_int_equal(states_screen(&stage, &board.snapshot), STAGE_WALL);
}

/* ---- what they say ---- */

struct look {
    const char *theme;
    enum language language;
    int width_px, height_px;
};

static const struct look looks[] = {
    {"dark", LANGUAGE_FR, 1920, 1080},
    {"light", LANGUAGE_EN, 1280, 720},
    {"dark_blue_ok", LANGUAGE_FR, 1080, 1920},
    {"light_blue_ok", LANGUAGE_EN, 720, 1280},
};

static void draw_screen(const struct look *look, enum stage_screen screen, const struct snapshot *snapshot,
                        struct text *said)
{
    struct error error = {""};
    struct scene *scene = scene_create(&(struct scene_settings){.assets_path = getenv("VIGIE_ASSETS"),
                                                                .theme = look->theme,
                                                                .language = look->language,
                                                                .width_px = look->width_px,
                                                                .height_px = look->height_px,
                                                                .diagonal_in = 55,
                                                                .reading_distance_m = 5},
                                       &error);
    if (!scene)
        fail_msg("%s", error.text);
    stage.screen = screen;
    scene_record_texts(scene, true);
    scene_show(scene, &stage);
    scene_draw_changes(scene, snapshot, fixture_now);
    for (const char *c = scene_recorded_texts(scene); *c;) { /* plain blanks for those that do not break */
        size_t length = text_starts_with(c, "\u00a0") ? 2 : text_starts_with(c, "\u202f") ? 3 : 1;
        text_append_bytes(said, length > 1 ? " " : c, 1);
        c += length;
    }
    scene_destroy(scene);
}

static void assert_says(const struct look *look, enum stage_screen screen, const struct snapshot *snapshot,
                        const char *const *words)
{
    struct text said = {0};
    draw_screen(look, screen, snapshot, &said);
    for (size_t i = 0; words[i]; i++)
        if (!strstr(text_bytes(&said), words[i]))
            fail_msg("\"%s\" is not in (%s, %d x %d):\n%s", words[i], look->theme, look->width_px,
                     look->height_px, text_bytes(&said));
    text_finish(&said);
}

static void assert_says_everywhere(enum stage_screen screen, const struct snapshot *snapshot,
                                   const char *const *french, const char *const *english)
{
    for (size_t i = 0; i < sizeof looks / sizeof *looks; i++)
        assert_says(&looks[i], screen, snapshot, looks[i].language == LANGUAGE_FR ? french : english);
}

static void a_start_says_what_it_waits_for(void **state)
{
    (void)state;
    all_sources_are(SOURCE_WAITING);
    assert_says_everywhere(
        STAGE_STARTING, &board.snapshot,
        (const char *[]){"Vigie démarre…\n", "Les premiers chiffres arrivent.\n", "acd\n", NULL},
        (const char *[]){"Vigie is starting…\n", "The first figures are on their way.\n", "acd\n", NULL});
}

static void a_start_without_anything_at_all_is_not_black(void **state)
{
    (void)state;
    assert_says_everywhere(STAGE_STARTING, NULL, (const char *[]){"Vigie démarre…\n", NULL},
                           (const char *[]){"Vigie is starting…\n", NULL});
}

static void no_network_says_the_name_the_cable_and_when_it_tries_again(void **state)
{
    (void)state;
    all_sources_are(SOURCE_UNREACHABLE);
    board.sources[0].next_try_ms = fixture_now.monotonic_ms + 11001;
    snprintf(machine.macs[machine.mac_count++], STAGE_LINE_BYTES, "eth0 dc:a6:32:00:00:01");
    stage.machine = &machine;
    assert_says_everywhere(STAGE_NO_NETWORK, &board.snapshot,
                           (const char *[]){"Aucun réseau\n", "Vérifiez le câble ou le Wi-Fi",
                                            "nom : mur-3 · eth0 dc:a6:32:00:00:01\n", "dans 12 s\n", NULL},
                           (const char *[]){"No network\n", "Check the cable or the Wi-Fi",
                                            "name: mur-3 · eth0 dc:a6:32:00:00:01\n", "in 12 s\n", NULL});
}

static void closed_hours_show_the_time_and_when_it_opens(void **state)
{
    (void)state;
    board.tiles[0].opens_wall_ms = fixture_now.wall_ms + 66000000; /* 18 h 20 min on: 08:27 tomorrow */
    board.tiles[1].opens_wall_ms = fixture_now.wall_ms + 99000000;
    assert_says_everywhere(STAGE_CLOSED, &board.snapshot,
                           (const char *[]){"14:07\n", "FERMÉ\n", "08:27", NULL},
                           (const char *[]){"14:07\n", "CLOSED\n", "08:27", NULL});
}

static void add_fault(int line, const char *key, const char *words)
{
    fault.lines[fault.count].line = line;
    snprintf(fault.lines[fault.count].key, sizeof fault.lines->key, "%s", key);
    snprintf(fault.lines[fault.count].text, sizeof fault.lines->text, "%s", words);
    fault.count++;
}

static void a_fault_says_file_line_key_what_is_wrong_and_what_to_do(void **state)
{
    (void)state;
    add_fault(11, "pages[0].tiles[0].kpi", "there is no KPI \"servic_level\"");
    stage.fault = &fault;
    assert_says_everywhere(
        STAGE_FAULT, NULL,
        (const char *[]){"Ce tableau ne peut pas être affiché\n", "board.yaml\n",
                         "ligne 11 · pages[0].tiles[0].kpi\n", "there is no KPI \"servic_level\"\n",
                         "Corrigez le fichier : le mur repart de lui-même.\n", NULL},
        (const char *[]){"This board cannot be shown\n", "line 11 · pages[0].tiles[0].kpi\n",
                         "Mend the file: the wall goes on by itself.\n", NULL});
}

static void of_many_faults_the_first_are_told_and_the_others_counted(void **state)
{
    (void)state;
    for (int i = 0; i < STAGE_FAULT_LINES; i++)
        add_fault(20 + i, "pages[0]",
                  "what is wrong here takes so many words that they need a second line on any "
                  "screen, however wide it may be made by those who hang it");
    fault.more = 5;
    stage.fault = &fault;
    assert_says(
        &looks[1], STAGE_FAULT, NULL,
        (const char *[]){"line 20 · pages[0]\n", "+", "Mend the file: the wall goes on by itself.\n", NULL});
    struct text said = {0};
    draw_screen(&looks[1], STAGE_FAULT, NULL, &said);
    assert_null(strstr(text_bytes(&said), "line 27"));
    text_finish(&said);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(before_anything_came_it_starts, set_up),
        cmocka_unit_test_setup(without_an_address_and_without_figures_there_is_no_network, set_up),
        cmocka_unit_test_setup(a_closed_board_shows_its_tiles_to_who_looks_for_one, set_up),
        cmocka_unit_test_setup(a_fault_alone_stands_for_the_wall_and_one_beside_a_board_does_not, set_up),
        cmocka_unit_test_setup(a_start_says_what_it_waits_for, set_up),
        cmocka_unit_test_setup(a_start_without_anything_at_all_is_not_black, set_up),
        cmocka_unit_test_setup(no_network_says_the_name_the_cable_and_when_it_tries_again, set_up),
        cmocka_unit_test_setup(closed_hours_show_the_time_and_when_it_opens, set_up),
        cmocka_unit_test_setup(a_fault_says_file_line_key_what_is_wrong_and_what_to_do, set_up),
        cmocka_unit_test_setup(of_many_faults_the_first_are_told_and_the_others_counted, set_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
