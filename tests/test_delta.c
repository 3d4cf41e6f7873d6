#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/calendar.h"
#include "render/delta.h"
#include "tests/moment.h"

/* A tile now, on Friday 20 November 2026 at 14:07, and on the comparable day. */
struct row {
    enum direction direction;
    enum unit unit;
    enum number_format format;
    double now, then;
    const char *day, *french, *english;
};

static const struct row rows[] = {
    {DIRECTION_HIGHER_IS_BETTER, UNIT_PERCENT, FORMAT_PCT, 83.2, 80, "2026-11-13T14:07",
     "+3,2\u00a0pts vs ven. · bon", "+3.2\u00a0pts vs Fri · good"},
    {DIRECTION_LOWER_IS_BETTER, UNIT_PERCENT, FORMAT_PCT, 6.5, 5, "2026-11-13T14:07",
     "+1,5\u00a0pts vs ven. · à surveiller", "+1.5\u00a0pts vs Fri · watch"},
    {DIRECTION_LOWER_IS_BETTER, UNIT_SECONDS, FORMAT_DUR_CLOCK, 20, 65, "2026-11-13T14:07",
     "−00:45 vs ven. · bon", "−00:45 vs Fri · good"},
    {DIRECTION_NONE, UNIT_COUNT, FORMAT_INT, 1348, 1272, "2026-11-06T14:07", "+76 vs ven. 6 nov.",
     "+76 vs Fri 6 Nov"},
    {DIRECTION_TARGET_BAND, UNIT_PERCENT, FORMAT_PCT, 80, 85, "2026-11-13T14:07", "−5,0\u00a0pts vs ven.",
     "−5.0\u00a0pts vs Fri"},
    {DIRECTION_HIGHER_IS_BETTER, UNIT_PERCENT, FORMAT_PCT, 80.01, 80, "2026-11-13T14:07", "comme ven.",
     "as on Fri"},
    {DIRECTION_HIGHER_IS_BETTER, UNIT_COUNT, FORMAT_SIGNED, -3, -5, "2026-11-13T14:07", "+2 vs ven. · bon",
     "+2 vs Fri · good"},
};

static struct snapshot_tile tile_of(const struct row *row)
{
    return (struct snapshot_tile){.display = DISPLAY_OK,
                                  .direction = row->direction,
                                  .unit = row->unit,
                                  .format = row->format,
                                  .decimals = -1,
                                  .value = row->now,
                                  .comparable = row->then,
                                  .comparable_wall_ms = moment_ms(row->day)};
}

static void assert_says(const struct row *row, enum language language, const char *expected)
{
    struct error error = {""};
    struct text said = {0};
    struct words *words = words_create(getenv("VIGIE_ASSETS"), language, &error);
    struct pen pen = {.words = words, .language = language};
    struct snapshot_tile tile = tile_of(row);
    struct tile_view view = {.tile = &tile, .taken_wall_ms = moment_ms("2026-11-20T14:07")};
    delta_words(&pen, &view, &said);
    assert_string_equal(text_bytes(&said), expected);
    text_finish(&said);
    words_destroy(words);
}

static void a_difference_is_in_the_figure_s_unit_and_says_which_way_is_good(void **state)
{
    (void)state;
    assert_true(calendar_set_zone("Europe/Paris", NULL));
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_says(&rows[i], LANGUAGE_FR, rows[i].french);
        assert_says(&rows[i], LANGUAGE_EN, rows[i].english);
    }
}

static void what_is_not_known_on_both_days_is_not_compared(void **state)
{
    (void)state;
    struct snapshot_tile tile = tile_of(&rows[0]);
    assert_true(delta_possible(&tile));
    tile.comparable = NAN;
    assert_false(delta_possible(&tile));
    tile = tile_of(&rows[0]);
    tile.display = DISPLAY_STALE;
    assert_false(delta_possible(&tile));
    tile = tile_of(&rows[0]);
    tile.too_few = true;
    assert_false(delta_possible(&tile));
    tile = tile_of(&rows[0]);
    tile.unit = UNIT_SCORE_M100_100;
    assert_false(delta_possible(&tile));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_difference_is_in_the_figure_s_unit_and_says_which_way_is_good),
        cmocka_unit_test(what_is_not_known_on_both_days_is_not_compared),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
