#include "model/digest.h"

#include "board_kit.h"

static void since_the_moment_a_tile_was_green_then_red_then_green(void **state)
{
    (void)state;
    struct digest_log log = {0};
    digest_note(&log, DISPLAY_OK, 0);
    digest_note(&log, DISPLAY_CRITICAL, 60000);
    digest_note(&log, DISPLAY_OK, 180000);
    struct digest_tile tile = digest_of(&log, 30000, 200000);
    assert_int_equal(tile.in_state_ms[DISPLAY_OK], 50000);
    assert_int_equal(tile.in_state_ms[DISPLAY_CRITICAL], 120000);
    assert_int_equal(tile.reds, 1);
    assert_int_equal(tile.longest_red_ms, 120000);
    assert_false(tile.was_red);
    assert_true(tile.recovered);
    assert_int_equal(tile.known_since_ms, 30000);
}

static void a_red_from_before_the_huddle_is_not_new(void **state)
{
    (void)state;
    struct digest_log log = {0};
    digest_note(&log, DISPLAY_CRITICAL, 0);
    struct digest_tile tile = digest_of(&log, 100000, 160000);
    assert_int_equal(tile.reds, 0);
    assert_true(tile.was_red);
    assert_false(tile.recovered);
    assert_int_equal(tile.longest_red_ms, 60000);
}

static void what_ended_before_the_huddle_is_not_told_again(void **state)
{
    (void)state;
    struct digest_log log = {0};
    digest_note(&log, DISPLAY_CRITICAL, 0);
    digest_note(&log, DISPLAY_OK, 50000);
    struct digest_tile tile = digest_of(&log, 60000, 70000);
    assert_false(tile.was_red);
    assert_false(tile.recovered);
    assert_int_equal(tile.longest_red_ms, 0);
    assert_int_equal(tile.in_state_ms[DISPLAY_OK], 10000);
}

static void a_red_that_goes_stale_and_comes_back_is_one_red(void **state)
{
    (void)state;
    struct digest_log log = {0};
    digest_note(&log, DISPLAY_CRITICAL, 10000);
    digest_note(&log, DISPLAY_STALE, 20000);
    digest_note(&log, DISPLAY_CRITICAL, 50000);
    struct digest_tile tile = digest_of(&log, 0, 60000);
    assert_int_equal(tile.reds, 1);
    assert_int_equal(tile.in_state_ms[DISPLAY_CRITICAL], 20000);
    assert_int_equal(tile.in_state_ms[DISPLAY_STALE], 30000);
    assert_int_equal(tile.longest_red_ms, 50000);
}

static void a_red_that_falls_silent_has_not_recovered(void **state)
{
    (void)state;
    struct digest_log log = {0};
    digest_note(&log, DISPLAY_CRITICAL, 10000);
    digest_note(&log, DISPLAY_NODATA, 20000);
    assert_false(digest_of(&log, 0, 60000).recovered);
}

static void red_three_times_is_three_reds_and_the_longest_counts(void **state)
{
    (void)state;
    struct digest_log log = {0};
    digest_note(&log, DISPLAY_CRITICAL, 1000);
    digest_note(&log, DISPLAY_WARN, 2000);
    digest_note(&log, DISPLAY_CRITICAL, 3000);
    digest_note(&log, DISPLAY_OK, 8000);
    digest_note(&log, DISPLAY_CRITICAL, 9000);
    struct digest_tile tile = digest_of(&log, 0, 10000);
    assert_int_equal(tile.reds, 3);
    assert_int_equal(tile.longest_red_ms, 5000);
    assert_int_equal(tile.in_state_ms[DISPLAY_WARN], 1000);
}

static void the_same_state_again_is_no_change(void **state)
{
    (void)state;
    struct digest_log log = {0};
    digest_note(&log, DISPLAY_OK, 0);
    digest_note(&log, DISPLAY_OK, 5000);
    assert_int_equal(log.count, 1);
}

static void a_full_log_says_from_when_on_it_knows(void **state)
{
    (void)state;
    struct digest_log log = {0};
    for (int i = 0; i < DIGEST_CHANGES_MAX + 10; i++)
        digest_note(&log, i % 2 ? DISPLAY_OK : DISPLAY_WARN, i * 1000);
    struct digest_tile tile = digest_of(&log, 0, 74000);
    assert_int_equal(tile.known_since_ms, 10000);
    assert_int_equal(tile.in_state_ms[DISPLAY_OK] + tile.in_state_ms[DISPLAY_WARN], 64000);
}

static void wait_for(struct kit *kit, double seconds, double t_s)
{
    kit_say(kit, "longest_wait_s", seconds, PERIOD_NOW, NULL);
    kit_say(kit, "waiting_now", 0, PERIOD_NOW, NULL);
    kit_answer(kit, t_s);
}

static void a_figure_on_two_tiles_turned_red_once(void **state)
{
    (void)state;
    struct kit kit;
    kit_init(&kit);
    const char *const ids[] = {"here", "there"};
    for (int i = 0; i < 2; i++) {
        struct rule_settings *rule = &kit_tile(&kit, ids[i], "longest_wait")->rule;
        rule->warn = 60;
        rule->critical = 120;
        rule->for_ms = 0;
    }
    kit_start(&kit);
    wait_for(&kit, 10, 0);
    wait_for(&kit, 300, 10);
    struct arena *arena = arena_create();
    struct digest *digest = board_digest(arena, kit.board, 20000, kit_at(25));
    assert_int_equal(digest->new_red_count, 1);
    assert_int_equal(digest->red_now_count, 1);
    assert_false(digest->tiles[0].repeats);
    assert_true(digest->tiles[1].repeats);
    arena_destroy(arena);
    kit_finish(&kit);
}

static void the_board_tells_new_reds_recovered_and_the_longest(void **state)
{
    (void)state;
    struct kit kit;
    kit_init(&kit);
    struct rule_settings *rule = &kit_tile(&kit, "wait", "longest_wait")->rule;
    rule->warn = 60;
    rule->critical = 120;
    rule->for_ms = rule->clear_ms = 0;
    rule->hysteresis = 0;
    kit_tile(&kit, "calls", "calls_waiting");
    kit_start(&kit);
    wait_for(&kit, 10, 0);
    wait_for(&kit, 300, 10);
    wait_for(&kit, 10, 25);
    struct arena *arena = arena_create();
    struct digest *digest = board_digest(arena, kit.board, 20000, kit_at(25));
    assert_int_equal(digest->tile_count, 2);
    assert_int_equal(digest->new_red_count, 1);
    assert_int_equal(digest->recovered_count, 1);
    assert_int_equal(digest->red_now_count, 0);
    assert_string_equal(digest->longest->id, "wait");
    assert_int_equal(digest->longest->longest_red_ms, 15000);
    assert_int_equal(digest->since_wall_ms, KIT_WALL_MS + 5000);
    assert_int_equal(digest->tiles[1].in_state_ms[DISPLAY_OK], 20000);
    arena_destroy(arena);
    kit_finish(&kit);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(since_the_moment_a_tile_was_green_then_red_then_green),
        cmocka_unit_test(a_red_from_before_the_huddle_is_not_new),
        cmocka_unit_test(what_ended_before_the_huddle_is_not_told_again),
        cmocka_unit_test(a_red_that_goes_stale_and_comes_back_is_one_red),
        cmocka_unit_test(a_red_that_falls_silent_has_not_recovered),
        cmocka_unit_test(red_three_times_is_three_reds_and_the_longest_counts),
        cmocka_unit_test(the_same_state_again_is_no_change),
        cmocka_unit_test(a_full_log_says_from_when_on_it_knows),
        cmocka_unit_test(a_figure_on_two_tiles_turned_red_once),
        cmocka_unit_test(the_board_tells_new_reds_recovered_and_the_longest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
