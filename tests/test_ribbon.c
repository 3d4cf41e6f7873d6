#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/calendar.h"
#include "model/ribbon.h"

/* Friday 20 November 2026, so many minutes after midnight in Paris. */
static struct now at(int minute)
{
    static const int64_t midnight_wall_ms = 1795129200000;
    return (struct now){1000000 + (int64_t)minute * 60000, midnight_wall_ms + (int64_t)minute * 60000};
}

static struct arena *arena;

static int set_up(void **state)
{
    (void)state;
    setenv("TZ", "Europe/Paris", 1);
    arena = arena_create();
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_destroy(arena);
    return 0;
}

static void note_minutes(struct ribbon *ribbon, enum display display, int from, int to)
{
    for (int minute = from; minute < to; minute++)
        ribbon_note(ribbon, display, at(minute));
}

static void the_worst_of_a_quarter_stays_in_its_cell(void **state)
{
    (void)state;
    struct ribbon ribbon = {0};
    note_minutes(&ribbon, DISPLAY_OK, 600, 607);
    note_minutes(&ribbon, DISPLAY_WARN, 607, 608);
    note_minutes(&ribbon, DISPLAY_OK, 608, 620);
    struct snapshot_ribbon copy = ribbon_copy(arena, &ribbon);
    assert_int_equal(copy.first_wall_ms, at(600).wall_ms);
    assert_int_equal(copy.count, 2);
    assert_int_equal(copy.cells[0], DISPLAY_WARN);
    assert_int_equal(copy.cells[1], DISPLAY_OK);
}

static void silence_is_told_only_where_nothing_was_judged(void **state)
{
    (void)state;
    struct ribbon ribbon = {0};
    note_minutes(&ribbon, DISPLAY_STALE, 600, 610);
    note_minutes(&ribbon, DISPLAY_OK, 610, 615);
    note_minutes(&ribbon, DISPLAY_STALE, 615, 630);
    note_minutes(&ribbon, DISPLAY_NODATA, 645, 650);
    note_minutes(&ribbon, DISPLAY_CLOSED, 660, 665);
    struct snapshot_ribbon copy = ribbon_copy(arena, &ribbon);
    assert_int_equal(copy.count, 5);
    assert_int_equal(copy.cells[0], DISPLAY_OK);
    assert_int_equal(copy.cells[1], DISPLAY_STALE);
    assert_int_equal(copy.cells[2], DISPLAY_NODATA); /* never looked at */
    assert_int_equal(copy.cells[3], DISPLAY_NODATA);
    assert_int_equal(copy.cells[4], DISPLAY_CLOSED);
}

static void minutes_that_are_given_back_twice_count_once(void **state)
{
    (void)state;
    struct ribbon ribbon = {0};
    unsigned char reds[20];
    memset(reds, DISPLAY_CRITICAL, sizeof reds);
    note_minutes(&ribbon, DISPLAY_CRITICAL, 610, 616);
    ribbon_restore(&ribbon, at(600).wall_ms / 60000, reds, 16, at(616));
    assert_int_equal(ribbon_copy(arena, &ribbon).red_ms, 15 * 60000);
    ribbon_restore(&ribbon, at(600).wall_ms / 60000, reds, 16, at(616));
    assert_int_equal(ribbon_copy(arena, &ribbon).red_ms, 15 * 60000);
    ribbon_restore(&ribbon, at(590).wall_ms / 60000, reds, 20, at(616));
    assert_int_equal(ribbon_copy(arena, &ribbon).red_ms, 25 * 60000);
}

static void red_minutes_are_those_that_were_seen(void **state)
{
    (void)state;
    struct ribbon ribbon = {0};
    note_minutes(&ribbon, DISPLAY_CRITICAL, 600, 610);
    note_minutes(&ribbon, DISPLAY_OK, 610, 620);
    assert_int_equal(ribbon_copy(arena, &ribbon).red_ms, 600000);
    ribbon_note(&ribbon, DISPLAY_CRITICAL, at(620));
    ribbon_note(&ribbon, DISPLAY_CRITICAL, at(680)); /* nobody looked for an hour */
    assert_int_equal(ribbon_copy(arena, &ribbon).red_ms, 600000);
}

static void midnight_begins_a_new_ribbon(void **state)
{
    (void)state;
    struct ribbon ribbon = {0};
    note_minutes(&ribbon, DISPLAY_CRITICAL, 1435, 1440);
    note_minutes(&ribbon, DISPLAY_OK, 1440, 1442);
    struct snapshot_ribbon copy = ribbon_copy(arena, &ribbon);
    assert_int_equal(copy.count, 1);
    assert_int_equal(copy.cells[0], DISPLAY_OK);
    assert_int_equal(copy.first_wall_ms, at(1440).wall_ms);
    assert_true(copy.red_ms <= 60000);
}

static void a_day_of_25_hours_has_100_cells(void **state)
{
    (void)state;
    struct ribbon ribbon = {0};
    int64_t midnight = 1792879200000; /* Sunday 25 October 2026 */
    for (int quarter = 0; quarter < 100; quarter++)
        ribbon_note(&ribbon, DISPLAY_OK, (struct now){quarter * 900000, midnight + quarter * 900000});
    assert_int_equal(ribbon_copy(arena, &ribbon).count, 100);
    assert_int_equal(ribbon_copy(arena, &(struct ribbon){0}).count, 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_worst_of_a_quarter_stays_in_its_cell),
        TEST(silence_is_told_only_where_nothing_was_judged),
        TEST(minutes_that_are_given_back_twice_count_once),
        TEST(red_minutes_are_those_that_were_seen),
        TEST(midnight_begins_a_new_ribbon),
        TEST(a_day_of_25_hours_has_100_cells),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
