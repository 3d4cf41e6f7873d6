/* What somebody in front of the wall wants to know besides: parts, history, what a huddle looks back on. */
#include "tests/board_kit.h"

#include "base/calendar.h"
#include "model/inquiry.h"
#include "model/judgement.h"
#include "model/record.h"

static struct kit kit;

static int set_up(void **state)
{
    (void)state;
    kit_init(&kit);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    kit_finish(&kit);
    return 0;
}

static void say_queue(const char *queue, double in_t, double offered, double agents)
{
    kit_say(&kit, "answered_in_t", in_t, PERIOD_30M, queue);
    kit_say(&kit, "offered", offered, PERIOD_30M, queue);
    kit_say(&kit, "short_abandoned", 0, PERIOD_30M, queue);
    kit_say(&kit, "agents_logged_in", agents, PERIOD_NOW, queue);
}

static const struct inquiry *ask(const char *tile, double t_s)
{
    snapshot_destroy(kit.snapshot);
    kit.snapshot = inquiry_snapshot(kit.board, &(struct inquiry_question){.tile = tile}, kit_at(t_s));
    return kit.snapshot->inquiry;
}

static const struct review *look_back(double ago_s, double t_s)
{
    snapshot_destroy(kit.snapshot);
    kit.snapshot = inquiry_snapshot(
        kit.board, &(struct inquiry_question){.review = true, .since_ago_ms = (int64_t)(ago_s * 1000)},
        kit_at(t_s));
    return kit.snapshot->review;
}

static void a_snapshot_answers_only_what_was_asked(void **state)
{
    (void)state;
    kit_tile(&kit, "sl", "service_level");
    kit_start(&kit);
    assert_null(ask(NULL, 1));
    assert_null(kit.snapshot->review);
    assert_null(ask("nonsense", 2));
    assert_non_null(ask("sl", 3));
    assert_string_equal(kit.snapshot->inquiry->tile, "sl");
    assert_non_null(kit.snapshot->inquiry->definition[LANGUAGE_FR]);
    assert_non_null(kit.snapshot->inquiry->why);
}

static void a_site_is_told_by_queue_the_worst_first(void **state)
{
    (void)state;
    kit_tile(&kit, "sl", "service_level");
    kit_start(&kit);
    say_queue("Ventes", 90, 100, 6);
    say_queue("Support", 60, 100, 6);
    say_queue("Facturation", 75, 100, 6);
    kit_answer(&kit, 1);
    const struct inquiry *inquiry = ask("sl", 2);
    assert_int_equal(inquiry->part_dim, DIM_QUEUE);
    assert_int_equal(inquiry->part_count, 3);
    assert_string_equal(inquiry->parts[0].name, "Support");
    assert_number(&inquiry->parts[0], 60);
    assert_int_equal(inquiry->parts[0].display, DISPLAY_CRITICAL);
    assert_string_equal(inquiry->parts[1].name, "Facturation");
    assert_int_equal(inquiry->parts[1].display, DISPLAY_WARN);
    assert_string_equal(inquiry->parts[2].name, "Ventes");
    assert_int_equal(inquiry->parts[2].display, DISPLAY_OK);
}

static void the_queue_of_one_agent_is_not_named(void **state)
{
    (void)state;
    kit_tile(&kit, "sl", "service_level");
    kit_start(&kit);
    say_queue("Ventes", 90, 100, 6);
    say_queue("Paul", 60, 100, 1);
    kit_answer(&kit, 1);
    const struct inquiry *inquiry = ask("sl", 2);
    assert_int_equal(inquiry->part_count, 1);
    assert_string_equal(inquiry->parts[0].name, "Ventes");
    assert_int_equal(inquiry->parts_untold, 1);
}

static void where_one_part_is_withheld_all_are(void **state)
{
    (void)state;
    struct tile_settings *tile = kit_tile(&kit, "occ", "occupancy");
    tile->where.value[DIM_QUEUE] = "Ventes";
    kit_start(&kit);
    static const char *const teams[] = {"Nord", "Sud"};
    for (int i = 0; i < 2; i++) {
        kit_say(&kit, "talk_s", 900, PERIOD_30M, "Ventes")->dims.value[DIM_TEAM] = teams[i];
        kit_say(&kit, "hold_s", 0, PERIOD_30M, "Ventes")->dims.value[DIM_TEAM] = teams[i];
        kit_say(&kit, "acw_s", 100, PERIOD_30M, "Ventes")->dims.value[DIM_TEAM] = teams[i];
        kit_say(&kit, "ready_idle_s", 500, PERIOD_30M, "Ventes")->dims.value[DIM_TEAM] = teams[i];
        kit_say(&kit, "agents_logged_in", i ? 3 : 9, PERIOD_NOW, "Ventes")->dims.value[DIM_TEAM] = teams[i];
    }
    kit_answer(&kit, 1);
    const struct inquiry *inquiry = ask("occ", 2);
    assert_int_equal(inquiry->part_dim, DIM_TEAM);
    assert_true(inquiry->parts_withheld);
    assert_int_equal(inquiry->part_count, 0);
}

static void what_it_has_shown_is_told_newest_first(void **state)
{
    (void)state;
    kit_tile(&kit, "sl", "service_level");
    kit_start(&kit);
    ask("sl", 0);
    say_queue("Ventes", 60, 100, 6);
    kit_answer(&kit, 10);
    const struct inquiry *inquiry = ask("sl", 20);
    assert_int_equal(inquiry->change_count, 2);
    assert_int_equal(inquiry->changes[0].display, DISPLAY_CRITICAL);
    assert_true(inquiry->changes[0].at_wall_ms == KIT_WALL_MS + 10000);
    assert_int_equal(inquiry->changes[1].display, DISPLAY_NODATA);
}

static void an_alert_that_was_seen_says_when(void **state)
{
    (void)state;
    kit_tile(&kit, "sl", "service_level");
    kit_start(&kit);
    say_queue("Ventes", 60, 100, 6);
    kit_answer(&kit, 10);
    assert_true(kit_look(&kit, 12, 0)->told);
    assert_int_equal(kit_look(&kit, 12, 0)->acked_wall_ms, 0);
    board_acknowledge(kit.board, "sl", kit_at(15));
    const struct snapshot_tile *tile = kit_look(&kit, 20, 0);
    assert_true(tile->acked_wall_ms == KIT_WALL_MS + 15000);
    assert_int_equal(tile->display, DISPLAY_CRITICAL);
}

static void an_alert_that_was_put_aside_says_until_when(void **state)
{
    (void)state;
    kit_tile(&kit, "sl", "service_level");
    kit_start(&kit);
    say_queue("Ventes", 60, 100, 6);
    kit_answer(&kit, 10);
    board_shelve(kit.board, "sl", 600000, kit_at(15));
    const struct snapshot_tile *tile = kit_look(&kit, 20, 0);
    assert_true(tile->shelved_until_wall_ms == KIT_WALL_MS + 615000);
    assert_false(tile->told);
}

static void a_huddle_looks_back_on_reds_and_on_the_comparable_day(void **state)
{
    (void)state;
    kit_tile(&kit, "sl", "service_level");
    kit_start(&kit);
    say_queue("Ventes", 60, 100, 6);
    kit_answer(&kit, 10);
    const struct review *review = look_back(60, 20);
    assert_int_equal(review->new_red_count, 1);
    assert_int_equal(review->red_now_count, 1);
    assert_true(review->since_wall_ms == KIT_WALL_MS - 40000);
    const struct review_tile *tile = &review->tiles[0];
    assert_string_equal(tile->id, "sl");
    assert_int_equal(tile->past.reds, 1);
    assert_true(tile->comparable_wall_ms == KIT_WALL_MS + 20000 - 7 * 86400000LL);
    assert_unknown(tile->comparable);
}

static void a_page_out_of_its_hours_is_off(void **state)
{
    (void)state;
    kit_tile(&kit, "sl", "service_level");
    kit.page.when = (struct rule_hours){.given = true, .weekdays = 0, .interval = {0, 1440}};
    kit_start(&kit);
    assert_true(kit_look_at(&kit, kit_at(0))->pages[0].off);
    kit.page.when.weekdays = 0x7f;
    assert_false(kit_look_at(&kit, kit_at(1))->pages[0].off);
}

/* ---- since its periods began ---- */

/* Yesterday 50 % of 1000, today 80 % of 10, as the history gives them. */
static void remember_two_days(size_t tile, double t_s)
{
    int64_t midnight_ms = calendar_midnight_ms(kit_at(t_s).wall_ms);
    const struct daily_day day = {calendar_add_days_ms(midnight_ms, -1), 50.0 * 1000, 1000, 0};
    const struct to_date_so_far so_far = {.until_wall_ms = midnight_ms + 36000000, .begun = {800, 10, true}};
    board_set_days(kit.board, tile, &day, 1);
    board_set_so_far(kit.board, tile, &so_far);
}

static void a_rate_to_date_is_asked_for_with_its_tile(void **state)
{
    (void)state;
    kit_tile(&kit, "sl", "service_level");
    kit_start(&kit);
    remember_two_days(0, 1);
    const struct inquiry *inquiry = ask("sl", 1);
    assert_true(inquiry->to_date_count > 0);
    const struct to_date *last = &inquiry->to_date[inquiry->to_date_count - 1];
    assert_int_equal(last->period, PERIOD_QUARTER);
    assert_true(last->value > 50.29 && last->value < 50.30);
    assert_true(isnan(last->before));
}

/* So many waited at noon and so many at one: that adds up to nothing. */
static void how_many_wait_has_no_sum(void **state)
{
    (void)state;
    kit_tile(&kit, "waiting", "calls_waiting");
    kit_start(&kit);
    remember_two_days(0, 1);
    assert_int_equal(ask("waiting", 1)->to_date_count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_rate_to_date_is_asked_for_with_its_tile, set_up, tear_down),
        cmocka_unit_test_setup_teardown(how_many_wait_has_no_sum, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_snapshot_answers_only_what_was_asked, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_site_is_told_by_queue_the_worst_first, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_queue_of_one_agent_is_not_named, set_up, tear_down),
        cmocka_unit_test_setup_teardown(where_one_part_is_withheld_all_are, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_it_has_shown_is_told_newest_first, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_alert_that_was_seen_says_when, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_alert_that_was_put_aside_says_until_when, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_huddle_looks_back_on_reds_and_on_the_comparable_day, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_page_out_of_its_hours_is_off, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
