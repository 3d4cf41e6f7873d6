/* What keys make of the screen, and what they ask of the data thread. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "app/hands.h"
#include "base/text.h"
#include "render/i18n.h"

enum { PAGES = 3, TILES = 4, WISHES = 16, S = 1000 };

static struct snapshot_tile tiles[PAGES][TILES];
static struct snapshot_page pages[PAGES];
static struct snapshot board;
static struct hands hands;
static struct wish wishes[WISHES];
static size_t wish_count;

static void hear(void *context, const struct wish *wish)
{
    (void)context;
    assert_true(wish_count < WISHES);
    wishes[wish_count++] = *wish;
}

static const char *const ids[TILES] = {"a", "b", "c", "d"};

static int set_up(void **state)
{
    (void)state;
    for (int p = 0; p < PAGES; p++) {
        for (int t = 0; t < TILES; t++)
            tiles[p][t] = (struct snapshot_tile){.id = ids[t], .display = DISPLAY_OK};
        pages[p] = (struct snapshot_page){.tile_count = TILES, .tiles = tiles[p]};
    }
    board = (struct snapshot){.page_count = PAGES, .pages = pages};
    wish_count = 0;
    hands_init(&hands, &(struct hands_settings){.rotate = true, .may_quit = true, .wish = hear});
    return 0;
}

/* At so many seconds; the tile to the right of `chosen` is the next one, that below the one after. */
static enum hands_asks press(enum key key, int second)
{
    int chosen = hands.stage.chosen;
    struct hands_neighbours neighbours = {chosen - 1, chosen + 1, chosen - 2, chosen + 2};
    struct now now = {(int64_t)second * S, 0};
    hands_look(&hands, &board, now);
    return hands_key(&hands, key, 2, &board, &neighbours, now);
}

static void time_passes(int second)
{
    hands_look(&hands, &board, (struct now){(int64_t)second * S, 0});
}

static void every_key_that_means_something_answers_at_once(void **state)
{
    (void)state;
    for (int key = KEY_NONE + 1; key < KEY_COUNT; key++) {
        set_up(NULL);
        time_passes(0);
        struct stage before = hands.stage;
        enum hands_asks asks = press((enum key)key, 1);
        bool answered = asks != HANDS_NOTHING || hands.stage.notice.word >= 0 ||
                        hands.stage.screen != before.screen || hands.stage.chosen != before.chosen;
        if (!answered)
            fail_msg("key %d says nothing", key);
    }
}

/* « Retour au mur » above the help would answer a key that is no longer the last one. */
static void a_sheet_does_not_wear_the_answer_to_the_key_before(void **state)
{
    (void)state;
    time_passes(0);
    press(KEY_PAUSE, 1);
    assert_int_equal(hands.stage.notice.word, WORD_NOTICE_PAUSED);
    press(KEY_HELP, 2);
    assert_int_equal(hands.stage.screen, STAGE_HELP);
    assert_int_equal(hands.stage.notice.word, -1);
}

/* A wall without a board has nothing to turn, to choose, to explain or to talk about. */
static void before_the_first_snapshot_keys_open_no_empty_sheet(void **state)
{
    (void)state;
    static const enum key keys[] = {KEY_HUDDLE, KEY_WHY, KEY_SELECT, KEY_UP, KEY_RIGHT, KEY_PREVIOUS};
    const struct hands_neighbours none = {-1, -1, -1, -1};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        set_up(NULL);
        hands_look(&hands, NULL, (struct now){1 * S, 0});
        hands_key(&hands, keys[i], 0, NULL, &none, (struct now){1 * S, 0});
        assert_int_equal(hands.stage.screen, STAGE_WALL);
        assert_int_equal(hands.stage.notice.word, WORD_NOTICE_NO_EFFECT);
        assert_int_equal(wish_count, 0);
    }
}

/* Another board: what is told of a tile of the one before, and its huddle, go; the rest stays. */
static void renew(int second)
{
    wish_count = 0;
    hands_renew(&hands, &(struct hands_settings){.rotate = true, .may_quit = true, .wish = hear},
                (int64_t)second * S);
}

/* Nobody has seen what a sheet hides. */
static void alerts_are_acknowledged_only_where_they_are_seen(void **state)
{
    (void)state;
    static const struct {
        enum key sheet;
        size_t wishes;
    } cases[] = {{KEY_NONE, 1}, {KEY_WHY, 1}, {KEY_HUDDLE, 0}, {KEY_INFO, 0}, {KEY_HELP, 0}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        set_up(NULL);
        tiles[0][1].display = DISPLAY_CRITICAL;
        tiles[0][1].told = true;
        press(cases[i].sheet, 1);
        wish_count = 0;
        press(KEY_ACKNOWLEDGE, 2);
        assert_int_equal(wish_count, cases[i].wishes);
        assert_int_equal(hands.stage.notice.word, wish_count ? WORD_NOTICE_SEEN : WORD_NOTICE_NO_EFFECT);
    }
}

static void a_board_that_is_read_again_ends_what_is_told_of_the_one_before_and_says_so(void **state)
{
    (void)state;
    static const enum key keys[] = {KEY_HUDDLE, KEY_WHY, KEY_SELECT};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        set_up(NULL);
        press(keys[i], 1);
        renew(2);
        assert_int_equal(hands.stage.screen, STAGE_WALL);
        assert_int_equal(hands.stage.chosen, -1);
        assert_int_equal(hands.stage.notice.word, WORD_NOTICE_BOARD);
        assert_int_equal(wish_count, 0);
        time_passes(6);
        assert_int_equal(hands.stage.notice.word, -1);
    }
}

static void a_board_that_is_read_again_under_nobodys_hand_says_nothing(void **state)
{
    (void)state;
    time_passes(1);
    renew(2);
    assert_int_equal(hands.stage.notice.word, -1);
}

static void black_help_and_info_outlive_the_board(void **state)
{
    (void)state;
    static const struct {
        enum key key;
        enum stage_screen screen;
    } cases[] = {{KEY_BLACK, STAGE_BLACK}, {KEY_HELP, STAGE_HELP}, {KEY_INFO, STAGE_INFO}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        set_up(NULL);
        press(cases[i].key, 1);
        renew(2);
        time_passes(3);
        assert_int_equal(hands.stage.screen, cases[i].screen);
        time_passes(130);
        assert_int_equal(hands.stage.screen, cases[i].key == KEY_BLACK ? STAGE_BLACK : STAGE_WALL);
    }
}

static void a_pause_outlives_the_board(void **state)
{
    (void)state;
    press(KEY_PAUSE, 1);
    renew(2);
    time_passes(3);
    assert_true(hands.stage.paused);
    press(KEY_PAUSE, 4);
    assert_false(hands.stage.paused);
}

static void a_huddle_of_two_minutes_was_one_even_if_another_board_ends_it(void **state)
{
    (void)state;
    press(KEY_HUDDLE, 1);
    renew(60);
    assert_int_equal(wish_count, 0);
    press(KEY_HUDDLE, 100);
    renew(230);
    assert_int_equal(wish_count, 1);
    assert_int_equal(wishes[0].kind, WISH_HUDDLE_HELD);
}

static void a_key_that_nobody_meant_does_nothing(void **state)
{
    (void)state;
    press(KEY_NONE, 1);
    assert_int_equal(hands.stage.notice.word, -1);
    assert_int_equal(hands.rotation.held_until_ms, 0);
}

static void arrows_turn_pages_until_a_tile_is_chosen(void **state)
{
    (void)state;
    press(KEY_RIGHT, 1);
    assert_int_equal(hands.stage.page, 1);
    press(KEY_LEFT, 2);
    assert_int_equal(hands.stage.page, 0);
    press(KEY_SELECT, 3);
    assert_int_equal(hands.stage.chosen, 0);
    press(KEY_RIGHT, 4);
    assert_int_equal(hands.stage.page, 0);
    assert_int_equal(hands.stage.chosen, 1);
    press(KEY_DOWN, 5);
    assert_int_equal(hands.stage.chosen, 3);
}

static void choosing_begins_at_the_worst_tile(void **state)
{
    (void)state;
    tiles[0][1].display = DISPLAY_WARN;
    tiles[0][2].display = DISPLAY_CRITICAL;
    press(KEY_DOWN, 1);
    assert_int_equal(hands.stage.chosen, 2);
}

static void a_number_goes_to_its_page_and_says_where_there_is_none(void **state)
{
    (void)state;
    press(KEY_NUMBER, 1);
    assert_int_equal(hands.stage.page, 2);
    board.page_count = 2;
    press(KEY_NUMBER, 2);
    assert_int_equal(hands.stage.notice.word, WORD_NOTICE_NO_PAGE);
    assert_string_equal(hands.stage.notice.what, "3");
}

static void pages_turn_again_only_where_there_are_more_than_one(void **state)
{
    (void)state;
    press(KEY_BACK, 1);
    assert_int_equal(hands.stage.notice.word, WORD_NOTICE_RESUMED);
    board.page_count = 1;
    press(KEY_BACK, 2);
    assert_int_equal(hands.stage.notice.word, WORD_NOTICE_BACK);
}

static void enter_opens_the_detail_and_asks_for_its_tile(void **state)
{
    (void)state;
    press(KEY_SELECT, 1);
    press(KEY_RIGHT, 2);
    press(KEY_SELECT, 3);
    assert_int_equal(hands.stage.screen, STAGE_DETAIL);
    assert_int_equal(wish_count, 1);
    assert_int_equal(wishes[0].kind, WISH_TILE);
    assert_string_equal(wishes[0].tile, "b");
    press(KEY_RIGHT, 4);
    assert_string_equal(wishes[1].tile, "c");
    press(KEY_BACK, 5);
    assert_int_equal(hands.stage.screen, STAGE_WALL);
    assert_null(wishes[2].tile);
}

static void a_remote_without_w_goes_from_detail_to_why_and_back(void **state)
{
    (void)state;
    press(KEY_SELECT, 1);
    press(KEY_SELECT, 2);
    press(KEY_SELECT, 3);
    assert_int_equal(hands.stage.screen, STAGE_WHY);
    press(KEY_SELECT, 4);
    assert_int_equal(hands.stage.screen, STAGE_DETAIL);
}

static void w_on_the_wall_explains_the_worst_tile(void **state)
{
    (void)state;
    tiles[0][3].display = DISPLAY_CRITICAL;
    press(KEY_WHY, 1);
    assert_int_equal(hands.stage.screen, STAGE_WHY);
    assert_string_equal(wishes[0].tile, "d");
    press(KEY_BACK, 2);
    assert_int_equal(hands.stage.screen, STAGE_DETAIL);
    press(KEY_BACK, 3);
    assert_int_equal(hands.stage.screen, STAGE_WALL);
}

static void a_is_for_the_alerts_of_the_page_or_of_the_chosen_tile(void **state)
{
    (void)state;
    tiles[0][1].display = tiles[0][2].display = tiles[1][0].display = DISPLAY_CRITICAL;
    tiles[0][1].told = tiles[0][2].told = tiles[1][0].told = true;
    press(KEY_ACKNOWLEDGE, 1);
    assert_int_equal(wish_count, 2);
    assert_string_equal(wishes[0].tile, "b");
    assert_string_equal(wishes[1].tile, "c");
    assert_int_equal(hands.stage.notice.word, WORD_NOTICE_SEEN);
    assert_string_equal(hands.stage.notice.what, "2");
    press(KEY_SELECT, 2);
    press(KEY_ACKNOWLEDGE, 3);
    assert_int_equal(wish_count, 3);
    assert_string_equal(wishes[2].tile, "b");
}

static void what_was_seen_is_not_acknowledged_again(void **state)
{
    (void)state;
    tiles[0][1].display = DISPLAY_CRITICAL;
    tiles[0][1].told = true;
    tiles[0][1].acked_wall_ms = 1;
    press(KEY_ACKNOWLEDGE, 1);
    assert_int_equal(wish_count, 0);
    assert_int_equal(hands.stage.notice.word, WORD_NOTICE_NONE_TO_SEE);
}

static void a_huddle_is_walked_and_ends_behind_its_last_step(void **state)
{
    (void)state;
    press(KEY_HUDDLE, 1);
    assert_int_equal(hands.stage.screen, STAGE_HUDDLE);
    assert_int_equal(wishes[0].kind, WISH_REVIEW);
    assert_true(wishes[0].on);
    for (int step = 1; step < HUDDLE_STEPS; step++)
        press(KEY_NEXT, 1 + step);
    assert_int_equal(hands.stage.step, HUDDLE_END);
    press(KEY_PREVIOUS, 20);
    assert_int_equal(hands.stage.step, HUDDLE_ACTIONS);
    press(KEY_NEXT, 21);
    press(KEY_NEXT, 22);
    assert_int_equal(hands.stage.screen, STAGE_WALL);
    assert_int_equal(wishes[wish_count - 1].kind, WISH_HUDDLE_HELD);
}

static void a_huddle_left_at_once_was_none(void **state)
{
    (void)state;
    press(KEY_HUDDLE, 1);
    press(KEY_BACK, 10);
    assert_int_equal(wish_count, 2);
    assert_int_equal(wishes[1].kind, WISH_REVIEW);
    assert_false(wishes[1].on);
}

static void a_huddle_leaves_by_itself_after_ten_minutes_whatever_keys(void **state)
{
    (void)state;
    press(KEY_HUDDLE, 100);
    press(KEY_NEXT, 500);
    time_passes(699);
    assert_int_equal(hands.stage.screen, STAGE_HUDDLE);
    time_passes(700);
    assert_int_equal(hands.stage.screen, STAGE_WALL);
    assert_int_equal(wishes[wish_count - 1].kind, WISH_HUDDLE_HELD);
}

static void pages_stand_still_under_a_huddle(void **state)
{
    (void)state;
    press(KEY_HUDDLE, 1);
    time_passes(300);
    time_passes(600);
    assert_int_equal(hands.stage.page, 0);
}

static void what_lies_over_the_wall_leaves_after_two_minutes(void **state)
{
    (void)state;
    press(KEY_INFO, 0);
    press(KEY_HELP, 100);
    assert_int_equal(hands.stage.screen, STAGE_HELP);
    time_passes(219);
    assert_int_equal(hands.stage.screen, STAGE_HELP);
    time_passes(220);
    assert_int_equal(hands.stage.screen, STAGE_WALL);
}

static void choosing_is_forgotten_after_half_a_minute(void **state)
{
    (void)state;
    press(KEY_SELECT, 0);
    time_passes(29);
    assert_int_equal(hands.stage.chosen, 0);
    time_passes(30);
    assert_int_equal(hands.stage.chosen, -1);
}

static void black_stays_until_a_key_and_that_key_does_nothing_else(void **state)
{
    (void)state;
    press(KEY_BLACK, 0);
    tiles[1][0].display = DISPLAY_CRITICAL;
    tiles[1][0].told = true;
    time_passes(7200);
    assert_int_equal(hands.stage.screen, STAGE_BLACK);
    press(KEY_HELP, 7201);
    assert_int_equal(hands.stage.screen, STAGE_WALL);
}

static void p_pauses_and_resumes(void **state)
{
    (void)state;
    press(KEY_PAUSE, 0);
    assert_true(hands.stage.paused);
    time_passes(600);
    assert_int_equal(hands.stage.page, 0);
    press(KEY_PAUSE, 601);
    assert_false(hands.stage.paused);
    time_passes(602);
    assert_int_equal(hands.stage.page, 1);
}

static void q_ends_only_what_was_started_by_hand(void **state)
{
    (void)state;
    assert_int_equal(press(KEY_QUIT, 1), HANDS_QUIT);
    hands_init(&hands, &(struct hands_settings){.rotate = true});
    assert_int_equal(press(KEY_QUIT, 2), HANDS_NOTHING);
    assert_int_equal(hands.stage.notice.word, WORD_NOTICE_NO_QUIT);
}

static void an_answer_stays_for_two_and_a_half_seconds(void **state)
{
    (void)state;
    press(KEY_OTHER, 10);
    assert_int_equal(hands.stage.notice.word, WORD_NOTICE_NO_EFFECT);
    assert_true(hands_next_ms(&hands, &board) <= 12500);
    time_passes(12);
    assert_int_equal(hands.stage.notice.word, WORD_NOTICE_NO_EFFECT);
    time_passes(13);
    assert_int_equal(hands.stage.notice.word, -1);
}

static void without_a_snapshot_keys_do_no_harm(void **state)
{
    (void)state;
    for (int key = KEY_NONE; key < KEY_COUNT; key++) {
        struct hands_neighbours none = {-1, -1, -1, -1};
        hands_key(&hands, (enum key)key, 3, NULL, &none, (struct now){key * S, 0});
        hands_look(&hands, NULL, (struct now){key * S + 1, 0});
    }
    assert_null(hands_tile(&hands, NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(every_key_that_means_something_answers_at_once, set_up),
        cmocka_unit_test_setup(a_sheet_does_not_wear_the_answer_to_the_key_before, set_up),
        cmocka_unit_test_setup(before_the_first_snapshot_keys_open_no_empty_sheet, set_up),
        cmocka_unit_test_setup(alerts_are_acknowledged_only_where_they_are_seen, set_up),
        cmocka_unit_test_setup(a_board_that_is_read_again_ends_what_is_told_of_the_one_before_and_says_so,
                               set_up),
        cmocka_unit_test_setup(a_board_that_is_read_again_under_nobodys_hand_says_nothing, set_up),
        cmocka_unit_test_setup(black_help_and_info_outlive_the_board, set_up),
        cmocka_unit_test_setup(a_pause_outlives_the_board, set_up),
        cmocka_unit_test_setup(a_huddle_of_two_minutes_was_one_even_if_another_board_ends_it, set_up),
        cmocka_unit_test_setup(a_key_that_nobody_meant_does_nothing, set_up),
        cmocka_unit_test_setup(arrows_turn_pages_until_a_tile_is_chosen, set_up),
        cmocka_unit_test_setup(choosing_begins_at_the_worst_tile, set_up),
        cmocka_unit_test_setup(a_number_goes_to_its_page_and_says_where_there_is_none, set_up),
        cmocka_unit_test_setup(pages_turn_again_only_where_there_are_more_than_one, set_up),
        cmocka_unit_test_setup(enter_opens_the_detail_and_asks_for_its_tile, set_up),
        cmocka_unit_test_setup(a_remote_without_w_goes_from_detail_to_why_and_back, set_up),
        cmocka_unit_test_setup(w_on_the_wall_explains_the_worst_tile, set_up),
        cmocka_unit_test_setup(a_is_for_the_alerts_of_the_page_or_of_the_chosen_tile, set_up),
        cmocka_unit_test_setup(what_was_seen_is_not_acknowledged_again, set_up),
        cmocka_unit_test_setup(a_huddle_is_walked_and_ends_behind_its_last_step, set_up),
        cmocka_unit_test_setup(a_huddle_left_at_once_was_none, set_up),
        cmocka_unit_test_setup(a_huddle_leaves_by_itself_after_ten_minutes_whatever_keys, set_up),
        cmocka_unit_test_setup(pages_stand_still_under_a_huddle, set_up),
        cmocka_unit_test_setup(what_lies_over_the_wall_leaves_after_two_minutes, set_up),
        cmocka_unit_test_setup(choosing_is_forgotten_after_half_a_minute, set_up),
        cmocka_unit_test_setup(black_stays_until_a_key_and_that_key_does_nothing_else, set_up),
        cmocka_unit_test_setup(p_pauses_and_resumes, set_up),
        cmocka_unit_test_setup(q_ends_only_what_was_started_by_hand, set_up),
        cmocka_unit_test_setup(an_answer_stays_for_two_and_a_half_seconds, set_up),
        cmocka_unit_test_setup(without_a_snapshot_keys_do_no_harm, set_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
