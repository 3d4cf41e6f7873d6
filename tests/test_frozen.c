/* A source that answers well and says nothing new, and a quiet night that does the same. */

#include "board_kit.h"

struct moment_floor {
    double waiting, longest_wait_s, agents, on_contact;
};

static void say_floor(struct kit *kit, struct moment_floor floor)
{
    kit_say(kit, "waiting_now", floor.waiting, PERIOD_NOW, NULL);
    kit_say(kit, "longest_wait_s", floor.longest_wait_s, PERIOD_NOW, NULL);
    kit_say(kit, "agents_logged_in", floor.agents, PERIOD_NOW, NULL);
    kit_say(kit, "agents_on_contact", floor.on_contact, PERIOD_NOW, NULL);
}

static void show_waiting(struct kit *kit)
{
    kit_init(kit);
    kit_tile(kit, "waiting", "calls_waiting");
    kit_start(kit);
}

/* The same figures every 10 s, with a clock of the source's own that goes on. */
static void answer_the_same(struct kit *kit, struct moment_floor floor, int from_s, int to_s)
{
    for (int t_s = from_s; t_s <= to_s; t_s += 10) {
        say_floor(kit, floor);
        kit_answer(kit, t_s);
    }
}

static enum source_problem problem_at(struct kit *kit, double t_s)
{
    return kit_look_at(kit, kit_at(t_s))->sources[0].problem;
}

static const struct moment_floor BUSY = {4, 75, 24, 20}, QUIET_NIGHT = {0, 0, 2, 0}, LONG_CALL = {0, 0, 1, 1},
                                 CLOSED = {0, 0, 0, 0}, EVERYBODY_READY = {0, 0, 24, 0};

static void figures_that_stand_still_on_a_busy_floor_are_found_out(void **state)
{
    (void)state;
    struct kit kit;
    show_waiting(&kit);
    answer_the_same(&kit, BUSY, 0, 590);
    assert_int_equal(problem_at(&kit, 590), SOURCE_FINE);
    assert_int_equal(kit_look(&kit, 590, 0)->display, DISPLAY_OK);
    answer_the_same(&kit, BUSY, 600, 620);
    assert_int_equal(problem_at(&kit, 620), SOURCE_FROZEN);
    assert_int_equal(kit.snapshot->sources[0].problem_since_wall_ms, KIT_WALL_MS);
    assert_int_equal(kit.snapshot->pages[0].tiles[0].display, DISPLAY_STALE);
    assert_int_equal(kit.snapshot->pages[0].tiles[0].value_wall_ms, KIT_WALL_MS);
    kit_finish(&kit);
}

static void a_source_that_moves_again_is_well_again(void **state)
{
    (void)state;
    struct kit kit;
    show_waiting(&kit);
    answer_the_same(&kit, BUSY, 0, 700);
    answer_the_same(&kit, (struct moment_floor){3, 12, 24, 20}, 710, 710);
    assert_int_equal(problem_at(&kit, 710), SOURCE_FINE);
    assert_int_equal(kit_look(&kit, 710, 0)->display, DISPLAY_OK);
    assert_number(kit_look(&kit, 710, 0), 3);
    kit_finish(&kit);
}

static void answers_that_are_the_same_byte_for_byte_are_found_out_too(void **state)
{
    (void)state;
    struct kit kit;
    show_waiting(&kit);
    say_floor(&kit, BUSY);
    kit_answer_at(&kit, 0, KIT_NO_TIME, kit_at(0));
    board_apply_again(kit.board, 0, kit_at(599));
    assert_int_equal(problem_at(&kit, 599), SOURCE_FINE);
    board_apply_again(kit.board, 0, kit_at(605));
    assert_int_equal(problem_at(&kit, 605), SOURCE_FROZEN);
    assert_int_equal(kit_look(&kit, 605, 0)->display, DISPLAY_STALE);
    kit_finish(&kit);
}

static void a_clock_that_stands_still_is_found_out_with_anybody_there(void **state)
{
    (void)state;
    struct kit kit;
    show_waiting(&kit);
    say_floor(&kit, QUIET_NIGHT);
    kit_answer_at(&kit, 0, 0, kit_at(0));
    say_floor(&kit, QUIET_NIGHT);
    kit_answer_at(&kit, 0, 0, kit_at(601));
    assert_int_equal(problem_at(&kit, 601), SOURCE_FROZEN);
    kit_finish(&kit);
}

static void a_quiet_night_is_not_frozen(void **state)
{
    (void)state;
    struct kit kit;
    show_waiting(&kit);
    answer_the_same(&kit, QUIET_NIGHT, 0, 7200);
    assert_int_equal(problem_at(&kit, 7200), SOURCE_FINE);
    assert_int_equal(kit_look(&kit, 7200, 0)->display, DISPLAY_OK);
    kit_finish(&kit);
}

static void one_long_call_is_not_frozen(void **state)
{
    (void)state;
    struct kit kit;
    show_waiting(&kit);
    answer_the_same(&kit, LONG_CALL, 0, 3600);
    assert_int_equal(problem_at(&kit, 3600), SOURCE_FINE);
    kit_finish(&kit);
}

static void a_closed_centre_is_not_frozen(void **state)
{
    (void)state;
    struct kit kit;
    show_waiting(&kit);
    say_floor(&kit, CLOSED);
    kit_answer_at(&kit, 0, KIT_NO_TIME, kit_at(0));
    board_apply_again(kit.board, 0, kit_at(30000));
    assert_int_equal(problem_at(&kit, 30000), SOURCE_FINE);
    kit_finish(&kit);
}

static void a_whole_floor_that_does_nothing_is_frozen(void **state)
{
    (void)state;
    struct kit kit;
    show_waiting(&kit);
    answer_the_same(&kit, EVERYBODY_READY, 0, 610);
    assert_int_equal(problem_at(&kit, 610), SOURCE_FROZEN);
    kit_finish(&kit);
}

static void a_wait_that_grows_is_a_sign_of_life(void **state)
{
    (void)state;
    struct kit kit;
    show_waiting(&kit);
    for (int t_s = 0; t_s <= 1200; t_s += 10)
        answer_the_same(&kit, (struct moment_floor){1, 5 + t_s, 0, 0}, t_s, t_s);
    assert_int_equal(problem_at(&kit, 1200), SOURCE_FINE);
    kit_finish(&kit);
}

static void patient_tiles_give_their_source_more_time(void **state)
{
    (void)state;
    struct kit kit;
    kit_init(&kit);
    kit_tile(&kit, "waiting", "calls_waiting")->rule.stale_after_ms = 300000;
    kit_start(&kit);
    answer_the_same(&kit, BUSY, 0, 890);
    assert_int_equal(problem_at(&kit, 890), SOURCE_FINE);
    answer_the_same(&kit, BUSY, 900, 900);
    assert_int_equal(problem_at(&kit, 900), SOURCE_FROZEN);
    kit_finish(&kit);
}

static void three_contacts_or_eight_agents_cannot_stand_still_for_ten_minutes(void **state)
{
    (void)state;
    static const struct {
        struct moment_floor floor;
        enum source_problem problem;
    } CASES[] = {{{0, 0, 3, 3}, SOURCE_FROZEN},
                 {{0, 0, 3, 2}, SOURCE_FINE},
                 {{0, 0, 8, 0}, SOURCE_FROZEN},
                 {{0, 0, 7, 0}, SOURCE_FINE}};
    for (size_t i = 0; i < 4; i++) {
        struct kit kit;
        show_waiting(&kit);
        answer_the_same(&kit, CASES[i].floor, 0, 620);
        assert_int_equal(problem_at(&kit, 620), CASES[i].problem);
        kit_finish(&kit);
    }
}

/* One waits, nobody is counted, and the same wait is said for ten minutes. */
static void a_wait_that_does_not_grow_is_frozen_whoever_is_there(void **state)
{
    (void)state;
    struct kit kit;
    show_waiting(&kit);
    answer_the_same(&kit, (struct moment_floor){1, 75, 0, 0}, 0, 620);
    assert_int_equal(problem_at(&kit, 620), SOURCE_FROZEN);
    kit_finish(&kit);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(figures_that_stand_still_on_a_busy_floor_are_found_out),
        cmocka_unit_test(a_source_that_moves_again_is_well_again),
        cmocka_unit_test(answers_that_are_the_same_byte_for_byte_are_found_out_too),
        cmocka_unit_test(a_clock_that_stands_still_is_found_out_with_anybody_there),
        cmocka_unit_test(a_quiet_night_is_not_frozen),
        cmocka_unit_test(one_long_call_is_not_frozen),
        cmocka_unit_test(a_closed_centre_is_not_frozen),
        cmocka_unit_test(a_whole_floor_that_does_nothing_is_frozen),
        cmocka_unit_test(a_wait_that_grows_is_a_sign_of_life),
        cmocka_unit_test(patient_tiles_give_their_source_more_time),
        cmocka_unit_test(three_contacts_or_eight_agents_cannot_stand_still_for_ten_minutes),
        cmocka_unit_test(a_wait_that_does_not_grow_is_frozen_whoever_is_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
