#include "model/freshness.h"

#include "board_kit.h"

enum { HOUR_MS = 3600000 };

/* A tile of calls waiting (stale after 30 s), 3 of them by the source's time `at_s`, at the moment `t_s`. */
static void arrive(struct kit *kit, double at_s, struct now now)
{
    kit_say(kit, "waiting_now", 3, PERIOD_NOW, NULL);
    kit_answer_at(kit, 0, at_s, now);
}

static void show(struct kit *kit)
{
    kit_init(kit);
    kit_tile(kit, "waiting", "calls_waiting");
    kit_start(kit);
}

/* The moment `t_s` on a machine whose wall clock was set forward by `step_ms`. */
static struct now stepped(double t_s, int64_t step_ms)
{
    struct now now = kit_at(t_s);
    now.wall_ms += step_ms;
    return now;
}

#define assert_shown(kit, now, expected_display, expected_age_ms)                                            \
    do {                                                                                                     \
        const struct snapshot_tile *tile_ = &kit_look_at((kit), (now))->pages[0].tiles[0];                   \
        assert_int_equal(tile_->display, (expected_display));                                                \
        assert_int_equal(tile_->age_ms, (expected_age_ms));                                                  \
    } while (0)

static void figures_age_from_the_sources_own_time(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit);
    arrive(&kit, 90, kit_at(100));
    assert_shown(&kit, kit_at(100), DISPLAY_OK, 10000);
    assert_shown(&kit, kit_at(120), DISPLAY_OK, 30000);
    assert_shown(&kit, kit_at(120.001), DISPLAY_STALE, 30001);
    assert_int_equal(kit_look(&kit, 121, 0)->value_wall_ms, KIT_WALL_MS + 90000);
    kit_finish(&kit);
}

static void figures_that_were_old_when_they_came_are_stale_at_once(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit);
    arrive(&kit, 100, kit_at(131));
    assert_shown(&kit, kit_at(131), DISPLAY_STALE, 31000);
    assert_number(kit_look(&kit, 131, 0), 3);
    kit_finish(&kit);
}

static void figures_of_yesterday_are_forgotten_at_once(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit);
    arrive(&kit, -86400, kit_at(100));
    assert_shown(&kit, kit_at(100), DISPLAY_NODATA, 0);
    kit_finish(&kit);
}

static void without_a_time_the_arrival_counts(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit);
    arrive(&kit, KIT_NO_TIME, kit_at(100));
    assert_shown(&kit, kit_at(107), DISPLAY_OK, 7000);
    assert_int_equal(kit_look(&kit, 107, 0)->value_wall_ms, KIT_WALL_MS + 100000);
    kit_finish(&kit);
}

static void a_time_in_the_future_is_age_zero(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit);
    arrive(&kit, 120, kit_at(100));
    assert_shown(&kit, kit_at(100), DISPLAY_OK, 0);
    assert_shown(&kit, kit_at(130), DISPLAY_OK, 30000);
    assert_shown(&kit, kit_at(131), DISPLAY_STALE, 31000);
    kit_finish(&kit);
}

static void a_source_that_repeats_its_old_time_goes_stale(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit);
    arrive(&kit, 100, kit_at(100));
    arrive(&kit, 100, kit_at(115));
    arrive(&kit, 100, kit_at(131));
    assert_shown(&kit, kit_at(131), DISPLAY_STALE, 31000);
    kit_finish(&kit);
}

static void the_same_answer_again_is_fresh_only_without_a_time_of_its_own(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit);
    arrive(&kit, KIT_NO_TIME, kit_at(100));
    board_apply_again(kit.board, 0, kit_at(120));
    assert_shown(&kit, kit_at(140), DISPLAY_OK, 20000);
    arrive(&kit, 140, kit_at(140));
    board_apply_again(kit.board, 0, kit_at(160));
    assert_shown(&kit, kit_at(171), DISPLAY_STALE, 31000);
    kit_finish(&kit);
}

static void an_answer_without_news_lets_figures_age_on(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit);
    arrive(&kit, KIT_NO_TIME, kit_at(100));
    board_source_fine(kit.board, 0, kit_at(120));
    assert_shown(&kit, kit_at(131), DISPLAY_STALE, 31000);
    kit_finish(&kit);
}

static void a_clock_that_is_set_changes_no_age(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit);
    arrive(&kit, 100, kit_at(100));
    assert_shown(&kit, stepped(110, HOUR_MS), DISPLAY_OK, 10000);
    assert_shown(&kit, stepped(120, -HOUR_MS), DISPLAY_OK, 20000);
    assert_shown(&kit, stepped(131, -HOUR_MS), DISPLAY_STALE, 31000);
    kit_finish(&kit);
}

static void figures_that_come_after_the_clock_went_forward_are_as_fresh_as_ever(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit);
    arrive(&kit, 95, kit_at(100));
    arrive(&kit, 110, stepped(115, HOUR_MS));
    assert_shown(&kit, stepped(115, HOUR_MS), DISPLAY_OK, 5000);
    arrive(&kit, 125, stepped(130, HOUR_MS));
    assert_shown(&kit, stepped(130, HOUR_MS), DISPLAY_OK, 5000);
    kit_finish(&kit);
}

static void figures_that_come_after_the_clock_went_back_are_as_fresh_as_ever(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit);
    arrive(&kit, 95, kit_at(100));
    arrive(&kit, 110, stepped(115, -HOUR_MS));
    assert_shown(&kit, stepped(115, -HOUR_MS), DISPLAY_OK, 5000);
    kit_finish(&kit);
}

static void a_source_that_hangs_while_the_clock_goes_back_is_still_found_out(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit);
    arrive(&kit, 100, kit_at(100));
    arrive(&kit, 100, stepped(115, -HOUR_MS));
    arrive(&kit, 100, stepped(131, -HOUR_MS));
    assert_shown(&kit, stepped(131, -HOUR_MS), DISPLAY_STALE, 31000);
    kit_finish(&kit);
}

static void a_clock_that_was_wrong_at_the_start_is_put_right(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit);
    arrive(&kit, 95, stepped(100, 2 * HOUR_MS));
    assert_shown(&kit, stepped(100, 2 * HOUR_MS), DISPLAY_NODATA, 0);
    arrive(&kit, 110, kit_at(115));
    assert_shown(&kit, kit_at(115), DISPLAY_OK, 5000);
    kit_finish(&kit);
}

static void a_clock_that_was_behind_at_the_start_is_put_right(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit);
    arrive(&kit, 95, stepped(100, -2 * HOUR_MS));
    assert_shown(&kit, stepped(100, -2 * HOUR_MS), DISPLAY_OK, 0);
    arrive(&kit, 110, kit_at(115));
    assert_shown(&kit, kit_at(115), DISPLAY_OK, 5000);
    kit_finish(&kit);
}

static void since_when_stays_right_for_the_reader_when_the_clock_is_set(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit);
    arrive(&kit, 100, kit_at(100));
    int64_t before_ms = kit_look(&kit, 110, 0)->since_wall_ms;
    int64_t after_ms = kit_look_at(&kit, stepped(120, HOUR_MS))->pages[0].tiles[0].since_wall_ms;
    assert_int_equal(after_ms, before_ms + HOUR_MS);
    kit_finish(&kit);
}

static void times_beyond_all_reason_are_taken_as_none(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit);
    arrive(&kit, 1e300, kit_at(100));
    assert_shown(&kit, kit_at(100), DISPLAY_OK, 0);
    arrive(&kit, -INFINITY, kit_at(110));
    assert_shown(&kit, kit_at(110), DISPLAY_OK, 0);
    kit_finish(&kit);
}

/* ---- a clock that is not kept right ---- */

static void with_a_clock_that_is_not_right_figures_are_as_old_as_their_arrival(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit);
    board_clock_trusted(kit.board, false, stepped(0, -HOUR_MS));
    arrive(&kit, 100, stepped(100, -HOUR_MS));
    assert_shown(&kit, stepped(100, -HOUR_MS), DISPLAY_OK, 0);
    arrive(&kit, 110, stepped(112, HOUR_MS));
    assert_shown(&kit, stepped(112, HOUR_MS), DISPLAY_OK, 0);
    assert_shown(&kit, stepped(142.001, HOUR_MS), DISPLAY_STALE, 30001);
    assert_int_equal(kit.snapshot->pages[0].tiles[0].value_wall_ms, KIT_WALL_MS + 110000);
    kit_finish(&kit);
}

static void
with_a_clock_that_is_not_right_a_time_that_is_repeated_is_as_old_as_its_first_arrival(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit);
    board_clock_trusted(kit.board, false, kit_at(0));
    arrive(&kit, -5000, kit_at(100));
    arrive(&kit, -5000, kit_at(125));
    board_apply_again(kit.board, 0, kit_at(128));
    assert_shown(&kit, kit_at(128), DISPLAY_OK, 28000);
    assert_shown(&kit, kit_at(131), DISPLAY_STALE, 31000);
    kit_finish(&kit);
}

static void with_a_clock_that_is_not_right_figures_without_a_time_are_as_ever(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit);
    board_clock_trusted(kit.board, false, kit_at(0));
    arrive(&kit, KIT_NO_TIME, kit_at(100));
    board_apply_again(kit.board, 0, kit_at(120));
    assert_shown(&kit, kit_at(125), DISPLAY_OK, 5000);
    kit_finish(&kit);
}

static void once_the_clock_is_right_the_sources_own_time_counts_again(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit);
    arrive(&kit, 90, stepped(100, -100000));
    board_clock_trusted(kit.board, false, stepped(100, -100000));
    arrive(&kit, 105, stepped(110, -100000));
    assert_shown(&kit, stepped(110, -100000), DISPLAY_OK, 0);
    board_clock_trusted(kit.board, true, kit_at(120));
    arrive(&kit, 112, kit_at(120));
    assert_shown(&kit, kit_at(120), DISPLAY_OK, 8000);
    kit_finish(&kit);
}

static void the_snapshot_says_whether_the_clock_is_right(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit);
    assert_false(kit_look_at(&kit, kit_at(1))->clock_untrusted);
    board_clock_trusted(kit.board, false, kit_at(2));
    assert_true(kit_look_at(&kit, kit_at(2))->clock_untrusted);
    board_clock_trusted(kit.board, true, kit_at(3));
    assert_false(kit_look_at(&kit, kit_at(3))->clock_untrusted);
    kit_finish(&kit);
}

/* A source whose clock is two minutes ahead, and stands: 30 s after its first arrival it is old. */
static void a_time_in_the_future_that_is_repeated_is_as_old_as_its_first_arrival(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit);
    arrive(&kit, 220, kit_at(100));
    arrive(&kit, 220, kit_at(130));
    assert_shown(&kit, kit_at(130), DISPLAY_OK, 30000);
    arrive(&kit, 220, kit_at(131));
    assert_shown(&kit, kit_at(131), DISPLAY_STALE, 31000);
    arrive(&kit, 251, kit_at(132));
    assert_shown(&kit, kit_at(132), DISPLAY_OK, 0);
    kit_finish(&kit);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(figures_age_from_the_sources_own_time),
        cmocka_unit_test(figures_that_were_old_when_they_came_are_stale_at_once),
        cmocka_unit_test(figures_of_yesterday_are_forgotten_at_once),
        cmocka_unit_test(without_a_time_the_arrival_counts),
        cmocka_unit_test(a_time_in_the_future_is_age_zero),
        cmocka_unit_test(a_source_that_repeats_its_old_time_goes_stale),
        cmocka_unit_test(the_same_answer_again_is_fresh_only_without_a_time_of_its_own),
        cmocka_unit_test(an_answer_without_news_lets_figures_age_on),
        cmocka_unit_test(a_clock_that_is_set_changes_no_age),
        cmocka_unit_test(figures_that_come_after_the_clock_went_forward_are_as_fresh_as_ever),
        cmocka_unit_test(figures_that_come_after_the_clock_went_back_are_as_fresh_as_ever),
        cmocka_unit_test(a_source_that_hangs_while_the_clock_goes_back_is_still_found_out),
        cmocka_unit_test(a_clock_that_was_wrong_at_the_start_is_put_right),
        cmocka_unit_test(a_clock_that_was_behind_at_the_start_is_put_right),
        cmocka_unit_test(since_when_stays_right_for_the_reader_when_the_clock_is_set),
        cmocka_unit_test(times_beyond_all_reason_are_taken_as_none),
        cmocka_unit_test(with_a_clock_that_is_not_right_figures_are_as_old_as_their_arrival),
        cmocka_unit_test(
            with_a_clock_that_is_not_right_a_time_that_is_repeated_is_as_old_as_its_first_arrival),
        cmocka_unit_test(with_a_clock_that_is_not_right_figures_without_a_time_are_as_ever),
        cmocka_unit_test(once_the_clock_is_right_the_sources_own_time_counts_again),
        cmocka_unit_test(the_snapshot_says_whether_the_clock_is_right),
        cmocka_unit_test(a_time_in_the_future_that_is_repeated_is_as_old_as_its_first_arrival),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
