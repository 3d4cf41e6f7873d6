#include "model/board.h"

#include "board_kit.h"
#include "model/judgement.h"

static void say_waiting(struct kit *kit, double value)
{
    kit_say(kit, "waiting_now", value, PERIOD_NOW, NULL);
}

static void answer_waiting(struct kit *kit, size_t source, double value, double t_s)
{
    say_waiting(kit, value);
    kit_answer_at(kit, source, t_s, kit_at(t_s));
}

static void show(struct kit *kit, const char *kpi)
{
    kit_init(kit);
    kit_tile(kit, "tile", kpi);
    kit_start(kit);
}

static void before_the_first_answer_there_is_no_data(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit, "calls_waiting");
    const struct snapshot_tile *tile = kit_look(&kit, 5, 0);
    assert_int_equal(tile->display, DISPLAY_NODATA);
    assert_unknown(tile->value);
    assert_int_equal(tile->source, -1);
    assert_int_equal(kit.snapshot->sources[0].problem, SOURCE_WAITING);
    kit_finish(&kit);
}

static void nobody_waiting_is_0_and_unknown_is_not(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit, "calls_waiting");
    answer_waiting(&kit, 0, 0, 0);
    assert_number(kit_look(&kit, 0, 0), 0);
    assert_int_equal(kit_look(&kit, 0, 0)->display, DISPLAY_OK);
    answer_waiting(&kit, 0, NAN, 10);
    assert_unknown(kit_look(&kit, 10, 0)->value);
    assert_int_equal(kit_look(&kit, 10, 0)->display, DISPLAY_NODATA);
    kit_finish(&kit);
}

static void stale_figures_keep_their_value_and_lose_their_colour(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit, "calls_waiting");
    answer_waiting(&kit, 0, 3, 0);
    const struct snapshot_tile *tile = kit_look(&kit, 31, 0);
    assert_int_equal(tile->display, DISPLAY_STALE);
    assert_number(tile, 3);
    assert_int_equal(tile->since_wall_ms, KIT_WALL_MS + 31000);
    kit_finish(&kit);
}

static void a_snapshot_that_nobody_ticked_for_is_stale_all_the_same(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit, "calls_waiting");
    answer_waiting(&kit, 0, 3, 0);
    assert_int_equal(kit_look(&kit, 901, 0)->display, DISPLAY_NODATA);
    assert_unknown(kit_look(&kit, 901, 0)->value);
    kit_finish(&kit);
}

static void a_failing_source_lets_its_figures_age_and_says_why(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit, "calls_waiting");
    answer_waiting(&kit, 0, 3, 0);
    struct source_failure failure = {SOURCE_HTTP_STATUS, 503, "upstream is down", 0};
    board_source_failed(kit.board, 0, &failure, kit_at(10));
    board_source_failed(kit.board, 0, &failure, kit_at(20));
    assert_int_equal(kit_look(&kit, 20, 0)->display, DISPLAY_OK);
    assert_int_equal(kit_look(&kit, 40, 0)->display, DISPLAY_STALE);
    const struct snapshot_source *source = &kit.snapshot->sources[0];
    assert_int_equal(source->problem, SOURCE_HTTP_STATUS);
    assert_true(source->number == 503);
    assert_string_equal(source->detail, "upstream is down");
    assert_int_equal(source->problem_since_wall_ms, KIT_WALL_MS + 10000);
    assert_int_equal(source->last_success_wall_ms, KIT_WALL_MS);
    kit_finish(&kit);
}

static void a_source_that_answers_again_is_fine(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit, "calls_waiting");
    struct source_failure failure = {SOURCE_TIMEOUT, 10, NULL, 0};
    board_source_failed(kit.board, 0, &failure, kit_at(0));
    answer_waiting(&kit, 0, 3, 10);
    kit_look(&kit, 10, 0);
    assert_int_equal(kit.snapshot->sources[0].problem, SOURCE_FINE);
    assert_int_equal(kit.snapshot->sources[0].problem_since_wall_ms, 0);
    assert_null(kit.snapshot->sources[0].detail);
    kit_finish(&kit);
}

static void of_two_sources_the_newest_figures_count(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit, "calls_waiting");
    answer_waiting(&kit, 0, 3, 0);
    answer_waiting(&kit, 1, 5, 10);
    assert_number(kit_look(&kit, 10, 0), 5);
    assert_int_equal(kit_look(&kit, 10, 0)->source, 1);
    say_waiting(&kit, 4);
    kit_answer_at(&kit, 0, 5, kit_at(12));
    assert_number(kit_look(&kit, 12, 0), 5);
    answer_waiting(&kit, 0, 6, 20);
    assert_number(kit_look(&kit, 20, 0), 6);
    kit_finish(&kit);
}

static void a_tile_that_names_its_source_takes_no_other(void **state)
{
    (void)state;
    struct kit kit;
    kit_init(&kit);
    kit_tile(&kit, "tile", "calls_waiting")->source = "acd";
    kit_start(&kit);
    answer_waiting(&kit, 1, 5, 10);
    assert_unknown(kit_look(&kit, 10, 0)->value);
    answer_waiting(&kit, 0, 3, 11);
    answer_waiting(&kit, 1, 5, 12);
    assert_number(kit_look(&kit, 12, 0), 3);
    kit_finish(&kit);
}

static void figures_of_two_sources_are_never_added(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit, "contacts_offered");
    kit_say(&kit, "offered", 3, PERIOD_TODAY, "a");
    kit_answer_at(&kit, 0, 0, kit_at(0));
    kit_say(&kit, "offered", 4, PERIOD_TODAY, "b");
    kit_answer_at(&kit, 1, 1, kit_at(1));
    assert_number(kit_look(&kit, 1, 0), 4);
    kit_finish(&kit);
}

static void when_one_source_loses_a_figure_the_other_steps_in(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit, "calls_waiting");
    answer_waiting(&kit, 1, 5, 0);
    answer_waiting(&kit, 0, 3, 10);
    kit_answer_at(&kit, 0, 20, kit_at(20));
    assert_number(kit_look(&kit, 20, 0), 5);
    assert_int_equal(kit_look(&kit, 20, 0)->age_ms, 20000);
    kit_finish(&kit);
}

static void too_few_contacts_are_shown_and_not_judged(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit, "service_level");
    kit_say(&kit, "offered", 19, PERIOD_30M, NULL);
    kit_say(&kit, "answered_in_t", 1, PERIOD_30M, NULL);
    kit_answer(&kit, 0);
    const struct snapshot_tile *tile = kit_look(&kit, 0, 0);
    assert_int_equal(tile->display, DISPLAY_NEUTRAL);
    assert_true(tile->too_few);
    assert_true(tile->n == 19);
    assert_number(tile, 100.0 / 19);
    kit_finish(&kit);
}

static void a_finished_percentage_is_judged_by_its_own_n_or_as_it_is(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit, "service_level");
    kit_say(&kit, "service_level", 50, PERIOD_30M, NULL)->n = 5;
    kit_answer(&kit, 0);
    assert_int_equal(kit_look(&kit, 0, 0)->display, DISPLAY_NEUTRAL);
    kit_say(&kit, "service_level", 50, PERIOD_30M, NULL);
    kit_answer(&kit, 10);
    assert_int_equal(kit_look(&kit, 10, 0)->display, DISPLAY_CRITICAL);
    assert_false(kit_look(&kit, 10, 0)->too_few);
    kit_finish(&kit);
}

static void an_alert_of_ten_minutes_takes_no_time_to_test(void **state)
{
    (void)state;
    struct kit kit;
    kit_init(&kit);
    struct tile_settings *tile = kit_tile(&kit, "tile", "calls_waiting");
    tile->rule.warn = 10;
    tile->rule.critical = 20;
    tile->rule.for_ms = 600000;
    tile->rule.stale_after_ms = 400000;
    kit_start(&kit);
    answer_waiting(&kit, 0, 3, 0);
    answer_waiting(&kit, 0, 15, 10);
    answer_waiting(&kit, 0, 15, 310);
    assert_int_equal(kit_look(&kit, 609, 0)->display, DISPLAY_OK);
    answer_waiting(&kit, 0, 15, 610);
    assert_int_equal(kit_look(&kit, 610, 0)->display, DISPLAY_WARN);
    assert_int_equal(kit_look(&kit, 620, 0)->since_wall_ms, KIT_WALL_MS + 610000);
    kit_finish(&kit);
}

static void forgetting_the_values_keeps_the_curve(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit, "calls_waiting");
    answer_waiting(&kit, 0, 3, 0);
    answer_waiting(&kit, 0, 4, 60);
    board_forget_values(kit.board);
    const struct snapshot_tile *tile = kit_look(&kit, 61, 0);
    assert_int_equal(tile->display, DISPLAY_NODATA);
    assert_unknown(tile->value);
    assert_int_equal(tile->series.count, 2);
    assert_true(tile->series.values[0] == 3 && tile->series.values[1] == 4);
    answer_waiting(&kit, 0, 1000, 70);
    assert_int_equal(kit_look(&kit, 70, 0)->display, DISPLAY_CRITICAL);
    kit_finish(&kit);
}

static void a_night_without_figures_is_a_gap_in_the_curve(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit, "calls_waiting");
    answer_waiting(&kit, 0, 3, 0);
    board_tick(kit.board, kit_at(30));
    board_tick(kit.board, kit_at(10 * 3600));
    answer_waiting(&kit, 0, 4, 12 * 3600);
    const struct snapshot_tile *tile = kit_look(&kit, 12 * 3600, 0);
    assert_int_equal(tile->series.count, 240);
    assert_true(tile->series.values[239] == 4);
    assert_unknown(tile->series.values[238]);
    assert_unknown(tile->series.values[0]);
    assert_int_equal(tile->series.first_wall_ms, KIT_WALL_MS + (12 * 60 - 239) * 60000);
    kit_finish(&kit);
}

static void stale_values_do_not_draw_the_curve_on(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit, "calls_waiting");
    answer_waiting(&kit, 0, 3, 0);
    board_tick(kit.board, kit_at(60));
    board_tick(kit.board, kit_at(120));
    const struct snapshot_tile *tile = kit_look(&kit, 120, 0);
    assert_int_equal(tile->series.count, 3);
    assert_true(tile->series.values[0] == 3);
    assert_unknown(tile->series.values[1]);
    kit_finish(&kit);
}

static void time_tells_when_it_changes_what_is_shown(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit, "calls_waiting");
    assert_true(board_tick(kit.board, kit_at(0)));
    answer_waiting(&kit, 0, 3, 1);
    assert_false(board_tick(kit.board, kit_at(2)));
    assert_true(board_tick(kit.board, kit_at(17)));
    assert_false(board_tick(kit.board, kit_at(31)));
    assert_true(board_tick(kit.board, kit_at(32)));
    assert_false(board_tick(kit.board, kit_at(33)));
    kit_finish(&kit);
}

static void a_source_beyond_the_board_is_ignored(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit, "calls_waiting");
    answer_waiting(&kit, 7, 3, 0);
    assert_unknown(kit_look(&kit, 0, 0)->value);
    kit_finish(&kit);
}

static void a_seen_and_a_shelved_alert_are_told_apart(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit, "calls_waiting");
    answer_waiting(&kit, 0, 1000, 0);
    assert_true(board_acknowledge(kit.board, "tile", kit_at(1)));
    struct judgement judgement = board_judgement(kit.board, 0, kit_at(1));
    assert_string_equal(judgement.tile, "tile");
    assert_int_equal(judgement.severity, SEVERITY_CRITICAL);
    assert_int_equal(judgement.alert, ALERT_ACKED);
    assert_true(judgement.value == 1000);
    assert_true(board_shelve(kit.board, "tile", 60000, kit_at(2)));
    assert_int_equal(board_judgement(kit.board, 0, kit_at(2)).alert, ALERT_SHELVED);
    assert_int_equal(kit_look_at(&kit, kit_at(2))->alert_count, 0);
    assert_false(board_acknowledge(kit.board, "elsewhere", kit_at(3)));
    kit_finish(&kit);
}

static void a_closed_centre_shows_no_figures_and_opens_without_memory(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit, "calls_waiting");
    answer_waiting(&kit, 0, 1000, 0);
    board_close(kit.board, kit_at(1));
    answer_waiting(&kit, 0, 1000, 2);
    assert_int_equal(kit_look(&kit, 2, 0)->display, DISPLAY_CLOSED);
    assert_unknown(kit_look(&kit, 2, 0)->value);
    board_open(kit.board, kit_at(3));
    assert_int_equal(kit_look(&kit, 3, 0)->display, DISPLAY_NODATA);
    kit_finish(&kit);
}

/* ---- what is about to turn ---- */

static void answer_level(struct kit *kit, double percent, double t_s)
{
    kit_say(kit, "service_level", percent, PERIOD_30M, NULL)->n = 120;
    kit_answer(kit, t_s);
}

#define assert_lights(kit, t_s, expected_display, expected_pending)                                          \
    do {                                                                                                     \
        const struct snapshot_tile *tile_ = kit_look((kit), (t_s), 0);                                       \
        assert_int_equal(tile_->display, (expected_display));                                                \
        assert_int_equal(tile_->pending, (expected_pending));                                                \
    } while (0)

static void a_figure_beyond_its_threshold_shows_what_is_about_to_come(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit, "service_level");
    answer_level(&kit, 85, 0);
    assert_lights(&kit, 0, DISPLAY_OK, DISPLAY_OK);
    answer_level(&kit, 75, 30);
    assert_lights(&kit, 30, DISPLAY_OK, DISPLAY_WARN);
    answer_level(&kit, 62, 60);
    assert_lights(&kit, 60, DISPLAY_OK, DISPLAY_CRITICAL);
    answer_level(&kit, 85, 90);
    assert_lights(&kit, 90, DISPLAY_OK, DISPLAY_OK);
    kit_finish(&kit);
}

static void what_has_come_is_not_pending_any_more(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit, "service_level");
    answer_level(&kit, 85, 0);
    answer_level(&kit, 62, 30);
    answer_level(&kit, 62, 90);
    assert_lights(&kit, 149, DISPLAY_OK, DISPLAY_CRITICAL);
    answer_level(&kit, 62, 150);
    assert_lights(&kit, 150, DISPLAY_CRITICAL, DISPLAY_OK);
    kit_finish(&kit);
}

/* A red light on a good figure would look like a lie, so it says what it waits for. */
static void a_red_tile_whose_figure_is_good_again_says_so_and_for_a_minute_that_it_is_over(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit, "service_level");
    answer_level(&kit, 85, 0);
    assert_int_equal(kit_look(&kit, 0, 0)->returning, RETURNING_NOT);
    answer_level(&kit, 62, 30);
    answer_level(&kit, 62, 90);
    answer_level(&kit, 62, 150);
    assert_lights(&kit, 150, DISPLAY_CRITICAL, DISPLAY_OK);
    assert_int_equal(kit_look(&kit, 150, 0)->returning, RETURNING_NOT);
    double t_s = 180;
    for (; kit_look(&kit, t_s - 1, 0)->display == DISPLAY_CRITICAL; t_s += 30) {
        answer_level(&kit, 90, t_s);
        bool over = kit_look(&kit, t_s, 0)->display == DISPLAY_OK;
        assert_int_equal(kit_look(&kit, t_s, 0)->returning, over ? RETURNED : RETURNING_SOON);
    }
    assert_true(t_s > 240);
    assert_int_equal(kit_look(&kit, t_s + 29, 0)->returning, RETURNED);
    answer_level(&kit, 90, t_s + 29);
    assert_int_equal(kit_look(&kit, t_s + 31, 0)->returning, RETURNING_NOT);
    kit_finish(&kit);
}

static void an_amber_tile_whose_figure_is_red_shows_that_red_is_about_to_come(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit, "service_level");
    answer_level(&kit, 75, 0);
    assert_lights(&kit, 0, DISPLAY_WARN, DISPLAY_OK);
    answer_level(&kit, 62, 30);
    assert_lights(&kit, 30, DISPLAY_WARN, DISPLAY_CRITICAL);
    assert_int_equal(kit.snapshot->pages[0].worst, DISPLAY_WARN);
    assert_int_equal(kit.snapshot->summary, DISPLAY_WARN);
    answer_level(&kit, 75, 60);
    assert_lights(&kit, 60, DISPLAY_WARN, DISPLAY_OK);
    answer_level(&kit, 62, 90);
    answer_level(&kit, 62, 150);
    answer_level(&kit, 62, 210);
    assert_lights(&kit, 210, DISPLAY_CRITICAL, DISPLAY_OK);
    kit_finish(&kit);
}

static void nothing_is_about_to_come_of_a_figure_that_is_too_old_or_unknown(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit, "service_level");
    assert_lights(&kit, 0, DISPLAY_NODATA, DISPLAY_OK);
    answer_level(&kit, 85, 1);
    answer_level(&kit, 62, 30);
    assert_lights(&kit, 91, DISPLAY_STALE, DISPLAY_OK);
    answer_level(&kit, NAN, 100);
    assert_lights(&kit, 100, DISPLAY_NODATA, DISPLAY_OK);
    kit_finish(&kit);
}

/* Ventes is not in the answer any more: after a quarter of an hour the sum does without it. */
static void a_series_that_is_gone_is_forgotten_after_fifteen_minutes(void **state)
{
    (void)state;
    struct kit kit;
    kit_init(&kit);
    kit_tile(&kit, "waiting", "calls_waiting");
    kit_start(&kit);
    kit_say(&kit, "waiting_now", 3, PERIOD_NOW, "Ventes");
    kit_say(&kit, "waiting_now", 2, PERIOD_NOW, "Support");
    kit_answer(&kit, 0);
    for (int t_s = 10; t_s <= 910; t_s += 10) {
        kit_say(&kit, "waiting_now", 2, PERIOD_NOW, "Support");
        kit_answer(&kit, t_s);
        assert_int_equal(kit_look(&kit, t_s, 0)->display, DISPLAY_NODATA);
    }
    kit_look(&kit, 920, 0);
    kit_say(&kit, "waiting_now", 2, PERIOD_NOW, "Support");
    kit_answer(&kit, 920);
    assert_number(kit_look(&kit, 920, 0), 2);
    kit_finish(&kit);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(before_the_first_answer_there_is_no_data),
        cmocka_unit_test(nobody_waiting_is_0_and_unknown_is_not),
        cmocka_unit_test(stale_figures_keep_their_value_and_lose_their_colour),
        cmocka_unit_test(a_snapshot_that_nobody_ticked_for_is_stale_all_the_same),
        cmocka_unit_test(a_failing_source_lets_its_figures_age_and_says_why),
        cmocka_unit_test(a_source_that_answers_again_is_fine),
        cmocka_unit_test(of_two_sources_the_newest_figures_count),
        cmocka_unit_test(a_tile_that_names_its_source_takes_no_other),
        cmocka_unit_test(figures_of_two_sources_are_never_added),
        cmocka_unit_test(when_one_source_loses_a_figure_the_other_steps_in),
        cmocka_unit_test(too_few_contacts_are_shown_and_not_judged),
        cmocka_unit_test(a_finished_percentage_is_judged_by_its_own_n_or_as_it_is),
        cmocka_unit_test(an_alert_of_ten_minutes_takes_no_time_to_test),
        cmocka_unit_test(forgetting_the_values_keeps_the_curve),
        cmocka_unit_test(a_night_without_figures_is_a_gap_in_the_curve),
        cmocka_unit_test(stale_values_do_not_draw_the_curve_on),
        cmocka_unit_test(time_tells_when_it_changes_what_is_shown),
        cmocka_unit_test(a_source_beyond_the_board_is_ignored),
        cmocka_unit_test(a_seen_and_a_shelved_alert_are_told_apart),
        cmocka_unit_test(a_closed_centre_shows_no_figures_and_opens_without_memory),
        cmocka_unit_test(a_figure_beyond_its_threshold_shows_what_is_about_to_come),
        cmocka_unit_test(what_has_come_is_not_pending_any_more),
        cmocka_unit_test(a_red_tile_whose_figure_is_good_again_says_so_and_for_a_minute_that_it_is_over),
        cmocka_unit_test(an_amber_tile_whose_figure_is_red_shows_that_red_is_about_to_come),
        cmocka_unit_test(nothing_is_about_to_come_of_a_figure_that_is_too_old_or_unknown),
        cmocka_unit_test(a_series_that_is_gone_is_forgotten_after_fifteen_minutes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
