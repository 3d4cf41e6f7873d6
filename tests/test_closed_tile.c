/* What a closed tile says, and when. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/calendar.h"
#include "render/i18n.h"
#include "render/scene.h"
#include "tests/moment.h"
#include "tests/render_fixture.h"

static struct fixture board; /* Friday 21 November 2025, 14:07 in Paris; one tile is closed until Monday */
enum { CLOSED_TILE = 11 };

static int set_up(void **state)
{
    (void)state;
    fixture_init(&board);
    return 0;
}

/* ---- the words ---- */

static void assert_opening(enum language language, bool brief, const char *opens, const char *wanted)
{
    struct text text = {0};
    struct words *words = words_create(getenv("VIGIE_ASSETS"), language, NULL);
    assert_non_null(words);
    words_of_opening(words, moment_ms(opens), moment_ms("2026-11-20T19:00"), brief, &text); /* a Friday */
    assert_string_equal(text_bytes(&text), wanted);
    text_finish(&text);
    words_destroy(words);
}

static void an_opening_is_told_as_people_would(void **state)
{
    (void)state;
    assert_opening(LANGUAGE_FR, false, "2026-11-20T22:00", "ouvre à\u00a022:00");
    assert_opening(LANGUAGE_FR, false, "2026-11-21T00:00", "ouvre samedi à\u00a000:00");
    assert_opening(LANGUAGE_FR, false, "2026-11-26T08:30", "ouvre jeudi à\u00a008:30");
    assert_opening(LANGUAGE_FR, false, "2026-11-27T08:30", "ouvre le 27\u00a0novembre à\u00a008:30");
    assert_opening(LANGUAGE_FR, false, "2026-12-01T08:30", "ouvre le 1er\u00a0décembre à\u00a008:30");
    assert_opening(LANGUAGE_EN, false, "2026-11-20T22:00", "opens at\u00a022:00");
    assert_opening(LANGUAGE_EN, false, "2026-11-23T08:30", "opens Monday at\u00a008:30");
    assert_opening(LANGUAGE_EN, false, "2027-01-04T08:30", "opens on 4\u00a0January at\u00a008:30");
}

static void where_there_is_little_room_it_is_told_briefly(void **state)
{
    (void)state;
    assert_opening(LANGUAGE_FR, true, "2026-11-20T22:00", "ouvre à\u00a022:00");
    assert_opening(LANGUAGE_FR, true, "2026-11-23T08:30", "lun. 08:30");
    assert_opening(LANGUAGE_FR, true, "2027-01-04T08:30", "4\u00a0janv. 08:30");
    assert_opening(LANGUAGE_EN, true, "2026-11-23T08:30", "Mon 08:30");
}

/* ---- the tile ---- */

static struct scene *scene_of(enum language language, int width, int height)
{
    struct scene_settings settings = {
        getenv("VIGIE_ASSETS"), "dark", language, width, height, 55, 2.5, false};
    struct scene *scene = scene_create(&settings, NULL);
    assert_non_null(scene);
    scene_record_texts(scene, true);
    return scene;
}

static void assert_drawn(struct scene *scene, const char *line)
{
    struct text wanted = {0};
    text_append_format(&wanted, "\n%s\n", line);
    scene_draw_changes(scene, &board.snapshot, board.snapshot.taken);
    if (!strstr(scene_recorded_texts(scene), text_bytes(&wanted)))
        fail_msg("\"%s\" was not drawn:\n%s", line, scene_recorded_texts(scene));
    text_finish(&wanted);
}

static void assert_says(enum language language, int width, int height, const char *line)
{
    struct scene *scene = scene_of(language, width, height);
    assert_drawn(scene, line);
    scene_destroy(scene);
}

static void a_closed_tile_says_when_it_opens(void **state)
{
    (void)state;
    assert_says(LANGUAGE_FR, 1920, 1080, "FERMÉ · ouvre lundi à\u00a008:30");
    assert_says(LANGUAGE_FR, 1080, 1920, "FERMÉ · ouvre lundi à\u00a008:30");
    assert_says(LANGUAGE_EN, 1920, 1080, "CLOSED · opens Monday at\u00a008:30");
    assert_says(LANGUAGE_EN, 1080, 1920, "CLOSED · opens Monday at\u00a008:30");
}

static void a_narrow_closed_tile_says_it_briefly(void **state)
{
    (void)state;
    board.tiles[CLOSED_TILE].opens_wall_ms = moment_ms("2026-09-14T08:30");
    assert_says(LANGUAGE_FR, 1280, 720, "FERMÉ · 14\u00a0sept. 08:30");
}

static void a_tile_that_does_not_know_when_it_opens_is_just_closed(void **state)
{
    (void)state;
    board.tiles[CLOSED_TILE].opens_wall_ms = 0;
    assert_says(LANGUAGE_FR, 1920, 1080, "FERMÉ");
}

static void another_opening_and_another_day_are_drawn_anew(void **state)
{
    (void)state;
    struct scene *scene = scene_of(LANGUAGE_FR, 1920, 1080);
    assert_drawn(scene, "FERMÉ · ouvre lundi à\u00a008:30");
    board.tiles[CLOSED_TILE].opens_wall_ms = moment_ms("2025-11-24T09:00");
    board.snapshot.taken.monotonic_ms += 1000;
    assert_drawn(scene, "FERMÉ · ouvre lundi à\u00a009:00");
    board.snapshot.taken.wall_ms = moment_ms("2025-11-24T00:00");
    assert_drawn(scene, "FERMÉ · ouvre à\u00a009:00");
    scene_destroy(scene);
}

static void a_floor_where_all_is_closed_says_so_above(void **state)
{
    (void)state;
    board.snapshot.summary = DISPLAY_CLOSED;
    board.snapshot.data_trouble = false;
    assert_says(LANGUAGE_FR, 1920, 1080, "FERMÉ");
}

#define TEST(name) cmocka_unit_test_setup(name, set_up)

int main(void)
{
    if (!calendar_set_zone("Europe/Paris", NULL))
        return 1;
    const struct CMUnitTest tests[] = {
        TEST(an_opening_is_told_as_people_would),
        TEST(where_there_is_little_room_it_is_told_briefly),
        TEST(a_closed_tile_says_when_it_opens),
        TEST(a_narrow_closed_tile_says_it_briefly),
        TEST(a_tile_that_does_not_know_when_it_opens_is_just_closed),
        TEST(another_opening_and_another_day_are_drawn_anew),
        TEST(a_floor_where_all_is_closed_says_so_above),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
