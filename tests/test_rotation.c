/* Pages that turn by themselves: dwell, hours, pins, additional turns, keys. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "app/rotation.h"

enum { PAGES = 4, TILES = 6, S = 1000 };

/* Four pages of six tiles, all well: each stays 20 s. */
static struct snapshot_tile tiles[PAGES][TILES];
static struct snapshot_page pages[PAGES];
static struct snapshot board;
static struct rotation rotation;
static const char *const ids[PAGES] = {"live", "queues", "quality", "teams"};

static int set_up(void **state)
{
    (void)state;
    for (int p = 0; p < PAGES; p++) {
        for (int t = 0; t < TILES; t++)
            tiles[p][t] = (struct snapshot_tile){.display = DISPLAY_OK};
        pages[p] = (struct snapshot_page){.id = ids[p], .tile_count = TILES, .tiles = tiles[p]};
    }
    board = (struct snapshot){.page_count = PAGES, .pages = pages};
    rotation_init(&rotation, true);
    return 0;
}

static void turns_red(int page, int tile)
{
    tiles[page][tile].display = DISPLAY_CRITICAL;
    tiles[page][tile].told = true;
}

/* Which page is shown at this second. */
static int page_at(int second)
{
    rotation_look(&rotation, &board, (int64_t)second * S);
    return (int)rotation.page;
}

static void a_page_stays_8_s_and_2_more_a_tile_between_12_and_30(void **state)
{
    (void)state;
    assert_int_equal(rotation_dwell_ms(1), 12000);
    assert_int_equal(rotation_dwell_ms(2), 12000);
    assert_int_equal(rotation_dwell_ms(6), 20000);
    assert_int_equal(rotation_dwell_ms(11), 30000);
    assert_int_equal(rotation_dwell_ms(24), 30000);
}

static void pages_of_six_tiles_turn_every_20_s_and_begin_again(void **state)
{
    (void)state;
    assert_int_equal(page_at(0), 0);
    assert_int_equal(page_at(19), 0);
    assert_int_equal(page_at(20), 1);
    assert_int_equal(page_at(40), 2);
    assert_int_equal(page_at(60), 3);
    assert_int_equal(page_at(80), 0);
}

static void one_page_or_rotate_false_never_turns(void **state)
{
    (void)state;
    board.page_count = 1;
    assert_int_equal(page_at(0), 0);
    assert_int_equal(page_at(300), 0);
    assert_true(rotation_next_ms(&rotation, &board) == INT64_MAX);
    board.page_count = PAGES;
    rotation_init(&rotation, false);
    page_at(301);
    turns_red(2, 0);
    assert_int_equal(page_at(600), 0);
    assert_true(rotation_next_ms(&rotation, &board) == INT64_MAX);
}

static void it_says_when_it_turns_next(void **state)
{
    (void)state;
    page_at(0);
    assert_int_equal(rotation_next_ms(&rotation, &board), 20 * S);
    rotation_go(&rotation, &board, 2, 5 * S);
    assert_int_equal(rotation_next_ms(&rotation, &board), 65 * S);
}

static void a_page_out_of_its_hours_is_left_out(void **state)
{
    (void)state;
    pages[0].off = pages[2].off = true;
    assert_int_equal(page_at(0), 1);
    assert_int_equal(page_at(20), 3);
    assert_int_equal(page_at(40), 1);
}

static void where_all_pages_are_out_of_their_hours_all_are_shown(void **state)
{
    (void)state;
    for (int p = 0; p < PAGES; p++)
        pages[p].off = true;
    assert_int_equal(page_at(0), 0);
    assert_int_equal(page_at(20), 1);
}

static void a_new_critical_pins_its_page_for_a_minute(void **state)
{
    (void)state;
    page_at(0);
    turns_red(2, 3);
    assert_int_equal(page_at(5), 2);
    assert_int_equal(page_at(64), 2);
    assert_int_not_equal(page_at(65), 2);
}

static void then_it_has_every_second_turn_until_it_is_seen(void **state)
{
    (void)state;
    page_at(0);
    turns_red(2, 3);
    page_at(5);
    assert_int_equal(page_at(65), 1);
    assert_int_equal(page_at(85), 2);
    assert_int_equal(page_at(105), 3);
    assert_int_equal(page_at(125), 2);
    assert_int_equal(page_at(145), 0);
    tiles[2][3].acked_wall_ms = 1;
    assert_int_equal(page_at(165), 1);
    assert_int_equal(page_at(185), 2);
    assert_int_equal(page_at(205), 3);
}

static void what_was_red_at_the_start_pins_nothing_but_has_its_turns(void **state)
{
    (void)state;
    turns_red(3, 0);
    assert_int_equal(page_at(0), 0);
    assert_int_equal(page_at(20), 3);
    assert_int_equal(page_at(40), 1);
    assert_int_equal(page_at(60), 3);
    assert_int_equal(page_at(80), 2);
}

static void two_new_criticals_are_pinned_one_after_the_other(void **state)
{
    (void)state;
    page_at(0);
    turns_red(1, 0);
    assert_int_equal(page_at(1), 1);
    turns_red(3, 0);
    assert_int_equal(page_at(10), 1);
    assert_int_equal(page_at(60), 1);
    assert_int_equal(page_at(61), 3);
    assert_int_equal(page_at(120), 3);
    assert_int_equal(page_at(121), 1);
}

static void a_red_that_was_silent_for_a_while_is_not_new(void **state)
{
    (void)state;
    page_at(0);
    turns_red(2, 0);
    page_at(1);
    page_at(61);
    tiles[2][0].display = DISPLAY_STALE;
    page_at(62);
    tiles[2][0].display = DISPLAY_CRITICAL;
    assert_int_not_equal(page_at(63), 2);
}

static void an_alert_that_another_explains_pins_nothing(void **state)
{
    (void)state;
    page_at(0);
    turns_red(2, 0);
    tiles[2][0].told = false;
    assert_int_equal(page_at(5), 0);
}

static void a_key_holds_the_page_and_after_a_minute_it_goes_on_alone(void **state)
{
    (void)state;
    page_at(0);
    assert_true(rotation_go(&rotation, &board, 3, 10 * S));
    assert_int_equal(page_at(69), 3);
    assert_int_equal(page_at(70), 0);
    assert_false(rotation_go(&rotation, &board, 4, 71 * S));
    assert_int_equal(rotation.page, 0);
}

static void next_and_previous_go_round(void **state)
{
    (void)state;
    page_at(0);
    rotation_turn(&rotation, &board, -1, 1 * S);
    assert_int_equal(rotation.page, 3);
    rotation_turn(&rotation, &board, 1, 2 * S);
    assert_int_equal(rotation.page, 0);
}

static void nobody_loses_the_page_that_he_is_looking_at(void **state)
{
    (void)state;
    page_at(0);
    rotation_go(&rotation, &board, 1, 10 * S);
    turns_red(2, 0);
    assert_int_equal(page_at(20), 1);
    assert_int_equal(page_at(69), 1);
    assert_int_equal(page_at(70), 2);
    assert_int_equal(page_at(129), 2);
}

static void p_pauses_until_it_is_pressed_again_or_half_an_hour_is_over(void **state)
{
    (void)state;
    page_at(0);
    rotation_pause(&rotation, true, 5 * S);
    assert_true(rotation_is_paused(&rotation, 6 * S));
    assert_int_equal(page_at(1804), 0);
    assert_int_equal(page_at(1805), 1);
    rotation_pause(&rotation, true, 1806 * S);
    rotation_pause(&rotation, false, 1807 * S);
    assert_int_equal(page_at(1825), 2);
}

static void a_board_that_shrank_has_no_page_beyond_its_last(void **state)
{
    (void)state;
    page_at(0);
    rotation_go(&rotation, &board, 3, S);
    board.page_count = 2;
    assert_true(page_at(2) < 2);
}

/* ---- a board that was read again ---- */

/* From now on the board has these of its pages, -1: a new one. */
static void read_again(const int *order, size_t count)
{
    static struct snapshot_page boards[2][PAGES + 1];
    static struct snapshot_tile calm[TILES];
    const struct snapshot before = board;
    struct snapshot_page *others = boards[before.pages == boards[0]];
    for (size_t i = 0; i < count; i++)
        others[i] = order[i] < 0 ? (struct snapshot_page){.id = "new", .tile_count = TILES, .tiles = calm}
                                 : pages[order[i]];
    board = (struct snapshot){.page_count = count, .pages = others};
    rotation_follow(&rotation, &before, &board);
}

static void a_page_that_gets_another_number_stays_and_the_next_one_follows(void **state)
{
    (void)state;
    page_at(0);
    assert_int_equal(page_at(20), 1);
    read_again((const int[]){-1, 0, 1, 2, 3}, 5);
    assert_int_equal(page_at(21), 2);
    assert_int_equal(page_at(39), 2);
    assert_int_equal(page_at(40), 3);
    read_again((const int[]){3, 2, 1, 0}, 4);
    assert_int_equal(page_at(41), 1);
    assert_int_equal(page_at(60), 2);
}

/* Else the page that slid to its number would be pinned as if something had happened. */
static void what_was_red_before_is_no_news_under_another_number(void **state)
{
    (void)state;
    turns_red(2, 0);
    page_at(0);
    read_again((const int[]){-1, 0, 1, 2, 3}, 5);
    assert_int_equal(page_at(1), 1);
    assert_int_equal(page_at(19), 1);
}

static void a_page_that_waits_to_be_pinned_is_found_under_its_new_number(void **state)
{
    (void)state;
    page_at(0);
    rotation_hold(&rotation, 1 * S);
    turns_red(2, 0);
    assert_int_equal(page_at(2), 0);
    read_again((const int[]){-1, 0, 1, 2, 3}, 5);
    assert_int_equal(page_at(60), 1);
    assert_int_equal(page_at(61), 3);
    assert_int_equal(page_at(120), 3);
    assert_int_equal(page_at(121), 2);
}

static void critical_pages_go_on_taking_turns_under_their_new_numbers(void **state)
{
    (void)state;
    turns_red(1, 0);
    turns_red(3, 0);
    assert_int_equal(page_at(0), 0);
    assert_int_equal(page_at(20), 1);
    assert_int_equal(page_at(40), 2);
    read_again((const int[]){-1, 0, 1, 2, 3}, 5);
    assert_int_equal(page_at(41), 3);
    assert_int_equal(page_at(60), 4);
}

static void a_page_that_is_gone_leaves_its_number_or_the_first(void **state)
{
    (void)state;
    page_at(0);
    assert_int_equal(page_at(20), 1);
    read_again((const int[]){0, 2, 3}, 3);
    assert_int_equal(page_at(21), 1);
    assert_int_equal(page_at(40), 2);
    set_up(state);
    page_at(0);
    rotation_go(&rotation, &board, 3, 1 * S);
    read_again((const int[]){0, 1}, 2);
    assert_int_equal(page_at(2), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(a_page_stays_8_s_and_2_more_a_tile_between_12_and_30, set_up),
        cmocka_unit_test_setup(pages_of_six_tiles_turn_every_20_s_and_begin_again, set_up),
        cmocka_unit_test_setup(one_page_or_rotate_false_never_turns, set_up),
        cmocka_unit_test_setup(it_says_when_it_turns_next, set_up),
        cmocka_unit_test_setup(a_page_out_of_its_hours_is_left_out, set_up),
        cmocka_unit_test_setup(where_all_pages_are_out_of_their_hours_all_are_shown, set_up),
        cmocka_unit_test_setup(a_new_critical_pins_its_page_for_a_minute, set_up),
        cmocka_unit_test_setup(then_it_has_every_second_turn_until_it_is_seen, set_up),
        cmocka_unit_test_setup(what_was_red_at_the_start_pins_nothing_but_has_its_turns, set_up),
        cmocka_unit_test_setup(two_new_criticals_are_pinned_one_after_the_other, set_up),
        cmocka_unit_test_setup(a_red_that_was_silent_for_a_while_is_not_new, set_up),
        cmocka_unit_test_setup(an_alert_that_another_explains_pins_nothing, set_up),
        cmocka_unit_test_setup(a_key_holds_the_page_and_after_a_minute_it_goes_on_alone, set_up),
        cmocka_unit_test_setup(next_and_previous_go_round, set_up),
        cmocka_unit_test_setup(nobody_loses_the_page_that_he_is_looking_at, set_up),
        cmocka_unit_test_setup(p_pauses_until_it_is_pressed_again_or_half_an_hour_is_over, set_up),
        cmocka_unit_test_setup(a_board_that_shrank_has_no_page_beyond_its_last, set_up),
        cmocka_unit_test_setup(a_page_that_gets_another_number_stays_and_the_next_one_follows, set_up),
        cmocka_unit_test_setup(what_was_red_before_is_no_news_under_another_number, set_up),
        cmocka_unit_test_setup(a_page_that_waits_to_be_pinned_is_found_under_its_new_number, set_up),
        cmocka_unit_test_setup(critical_pages_go_on_taking_turns_under_their_new_numbers, set_up),
        cmocka_unit_test_setup(a_page_that_is_gone_leaves_its_number_or_the_first, set_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
