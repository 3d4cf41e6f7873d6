#include "model/snapshot.h"

#include "board_kit.h"
#include "model/board.h"
#include "model/judgement.h"

/* Four tiles: how many wait, the longest wait, the service level, and contacts without thresholds. */
static void show(struct kit *kit)
{
    kit_init(kit);
    struct tile_settings *waiting = kit_tile(kit, "waiting", "calls_waiting");
    waiting->rule.warn = 5;
    waiting->rule.critical = 10;
    waiting->rule.for_ms = 0;
    struct tile_settings *longest = kit_tile(kit, "longest", "longest_wait");
    longest->rule.warn = 60;
    longest->rule.critical = 120;
    longest->rule.for_ms = 0;
    kit_tile(kit, "sl", "service_level");
    kit_tile(kit, "offered", "contacts_offered");
    kit_start(kit);
}

static void answer(struct kit *kit, double t_s, double waiting, double longest_s, double in_t)
{
    kit_say(kit, "waiting_now", waiting, PERIOD_NOW, NULL);
    kit_say(kit, "longest_wait_s", longest_s, PERIOD_NOW, NULL);
    kit_say(kit, "offered", 100, PERIOD_30M, NULL);
    kit_say(kit, "answered_in_t", in_t, PERIOD_30M, NULL);
    kit_answer(kit, t_s);
}

static void all_is_well(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit);
    answer(&kit, 0, 0, 0, 90);
    const struct snapshot *snapshot = kit_look_at(&kit, kit_at(0));
    assert_int_equal(snapshot->summary, DISPLAY_OK);
    assert_int_equal(snapshot->pages[0].worst, DISPLAY_OK);
    assert_false(snapshot->data_trouble);
    assert_int_equal(snapshot->alert_count, 0);
    assert_int_equal(snapshot->pages[0].tiles[3].display, DISPLAY_NEUTRAL);
    assert_false(snapshot->pages[0].tiles[3].too_few);
    kit_finish(&kit);
}

static void the_worst_judged_tile_is_the_summary(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit);
    answer(&kit, 0, 6, 130, 90);
    const struct snapshot *snapshot = kit_look_at(&kit, kit_at(0));
    assert_int_equal(snapshot->summary, DISPLAY_CRITICAL);
    assert_int_equal(snapshot->pages[0].worst, DISPLAY_CRITICAL);
    kit_finish(&kit);
}

static void alerts_stand_worst_first_and_then_oldest_first(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit);
    answer(&kit, 0, 0, 130, 75);
    answer(&kit, 10, 11, 130, 75);
    const struct snapshot *snapshot = kit_look_at(&kit, kit_at(20));
    assert_int_equal(snapshot->alert_count, 3);
    assert_string_equal(snapshot->alerts[0].tile->id, "longest");
    assert_string_equal(snapshot->alerts[1].tile->id, "waiting");
    assert_string_equal(snapshot->alerts[2].tile->id, "sl");
    assert_int_equal(snapshot->alerts[1].display, DISPLAY_CRITICAL);
    assert_int_equal(snapshot->alerts[1].since_wall_ms, KIT_WALL_MS + 10000);
    assert_int_equal(snapshot->alerts[2].display, DISPLAY_WARN);
    kit_finish(&kit);
}

static void a_figure_on_two_pages_is_one_alert_and_seen_on_both(void **state)
{
    (void)state;
    struct kit kit;
    kit_init(&kit);
    kit_tile(&kit, "first", "calls_waiting");
    kit_tile(&kit, "second", "calls_waiting");
    struct tile_settings *stricter = kit_tile(&kit, "stricter", "calls_waiting");
    stricter->rule.warn = 1;
    stricter->rule.critical = 40;
    kit_start(&kit);
    kit_say(&kit, "waiting_now", 50, PERIOD_NOW, NULL);
    kit_answer(&kit, 0);
    const struct snapshot *snapshot = kit_look_at(&kit, kit_at(1));
    assert_int_equal(snapshot->alert_count, 2);
    assert_string_equal(snapshot->alerts[0].tile->id, "first");
    assert_string_equal(snapshot->alerts[1].tile->id, "stricter"); /* another threshold is another alert */
    assert_true(board_acknowledge(kit.board, "second", kit_at(2)));
    assert_true(kit_look(&kit, 3, 0)->acked_wall_ms != 0);
    assert_true(kit_look(&kit, 3, 1)->acked_wall_ms != 0);
    assert_true(kit_look(&kit, 3, 2)->acked_wall_ms == 0);
    kit_finish(&kit);
}

static void data_trouble_is_a_lamp_of_its_own_beside_the_summary(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit);
    answer(&kit, 0, 0, 0, 90);
    const struct snapshot *snapshot = kit_look_at(&kit, kit_at(40));
    assert_int_equal(snapshot->summary, DISPLAY_OK);
    assert_true(snapshot->data_trouble);
    assert_int_equal(snapshot->pages[0].worst, DISPLAY_STALE);
    kit_finish(&kit);
}

static void where_nothing_is_judged_the_summary_is_no_data_and_not_green(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit);
    assert_int_equal(kit_look_at(&kit, kit_at(0))->summary, DISPLAY_NODATA);
    assert_int_equal(kit.snapshot->pages[0].worst, DISPLAY_NODATA);
    answer(&kit, 0, 0, 0, 90);
    assert_int_equal(kit_look_at(&kit, kit_at(61))->summary, DISPLAY_NODATA);
    assert_int_equal(kit.snapshot->pages[0].worst, DISPLAY_STALE);
    kit_finish(&kit);
}

static void a_page_without_thresholds_has_no_green_dot(void **state)
{
    (void)state;
    struct kit kit;
    kit_init(&kit);
    kit_tile(&kit, "offered", "contacts_offered");
    kit_start(&kit);
    kit_say(&kit, "offered", 100, PERIOD_TODAY, NULL);
    kit_answer(&kit, 0);
    const struct snapshot *snapshot = kit_look_at(&kit, kit_at(0));
    assert_int_equal(snapshot->pages[0].worst, DISPLAY_NEUTRAL);
    assert_int_equal(snapshot->summary, DISPLAY_NODATA);
    assert_false(snapshot->data_trouble);
    kit_finish(&kit);
}

static void a_tile_brings_all_that_it_needs_to_be_drawn(void **state)
{
    (void)state;
    struct kit kit;
    kit_init(&kit);
    struct tile_settings *settings = kit_tile(&kit, "sl", "service_level");
    settings->type = "gauge";
    settings->where.value[DIM_QUEUE] = "Ventes";
    settings->columns = 2;
    kit_tile(&kit, "own", "service_level")->label = "Notre promesse";
    kit_start(&kit);
    const struct snapshot_tile *tile = kit_look(&kit, 0, 0);
    assert_string_equal(tile->type, "gauge");
    assert_string_equal(tile->kpi_id, "service_level");
    assert_string_equal(tile->label[LANGUAGE_FR][LABEL_XS], "QS");
    assert_string_equal(tile->label[LANGUAGE_EN][LABEL_SHORT], "Service level");
    assert_false(tile->own_label);
    assert_string_equal(tile->scope.value[DIM_QUEUE], "Ventes");
    assert_int_equal(tile->columns, 2);
    assert_int_equal(tile->unit, UNIT_PERCENT);
    assert_int_equal(tile->period, PERIOD_30M);
    assert_true(tile->limits.warn_low == 80 && tile->limits.critical_low == 70);
    assert_true(tile->target == 80 && tile->range_max == 100);
    assert_int_equal(tile->stale_after_ms, 60000);
    assert_true(kit_look(&kit, 0, 1)->own_label);
    assert_string_equal(kit_look(&kit, 0, 1)->label[LANGUAGE_FR][LABEL_XS], "Notre promesse");
    kit_finish(&kit);
}

static void a_snapshot_outlives_board_settings_and_catalogue(void **state)
{
    (void)state;
    struct kit kit;
    char queue[] = "Ventes", title[] = "Lyon";
    kit_init(&kit);
    kit_tile(&kit, "sl", "service_level")->where.value[DIM_QUEUE] = queue;
    kit.settings.title = title;
    kit_start(&kit);
    struct snapshot *snapshot = board_snapshot(kit.board, kit_at(0));
    kit_finish(&kit);
    memset(queue, 'x', sizeof queue - 1);
    memset(title, 'x', sizeof title - 1);
    memset(&kit, 0, sizeof kit);
    assert_string_equal(snapshot->title, "Lyon");
    assert_string_equal(snapshot->pages[0].title, "Live");
    assert_string_equal(snapshot->pages[0].tiles[0].scope.value[DIM_QUEUE], "Ventes");
    assert_string_equal(snapshot->pages[0].tiles[0].label[LANGUAGE_FR][LABEL_XS], "QS");
    assert_string_equal(snapshot->sources[1].name, "crm");
    snapshot_destroy(snapshot);
}

static void a_snapshot_does_not_change_after_it_was_taken(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit);
    answer(&kit, 0, 3, 0, 90);
    struct snapshot *before = board_snapshot(kit.board, kit_at(0));
    answer(&kit, 60, 8, 0, 90);
    kit_look(&kit, 60, 0);
    assert_true(before->pages[0].tiles[0].value == 3);
    assert_int_equal(before->pages[0].tiles[0].series.count, 1);
    snapshot_destroy(before);
    kit_finish(&kit);
}

static void an_empty_board_gives_an_empty_snapshot(void **state)
{
    (void)state;
    struct board_settings settings = {.title = NULL};
    struct board *board = board_create(NULL, &settings);
    struct snapshot *snapshot = board_snapshot(board, kit_at(0));
    assert_int_equal(snapshot->page_count, 0);
    assert_int_equal(snapshot->summary, DISPLAY_NODATA);
    snapshot_destroy(snapshot);
    snapshot_destroy(NULL);
    board_destroy(board);
    board_destroy(NULL);
}

static void a_page_of_good_and_old_figures_has_the_dot_of_the_old_ones(void **state)
{
    (void)state;
    struct kit kit;
    kit_init(&kit);
    kit_tile(&kit, "sl", "service_level");
    kit_tile(&kit, "waiting", "calls_waiting");
    kit_start(&kit);
    answer(&kit, 0, 0, 0, 90);
    const struct snapshot *snapshot = kit_look_at(&kit, kit_at(45)); /* a live one is stale, a rate is not */
    assert_int_equal(snapshot->pages[0].tiles[0].display, DISPLAY_OK);
    assert_int_equal(snapshot->pages[0].tiles[1].display, DISPLAY_STALE);
    assert_int_equal(snapshot->pages[0].worst, DISPLAY_STALE);
    assert_int_equal(snapshot->summary, DISPLAY_OK);
    assert_true(snapshot->data_trouble);
    kit_finish(&kit);
}

/* What one of several displays shows: its pages in its order, and the alerts of the whole board. */
static void some_pages_of_a_snapshot_share_its_content_and_outlive_it(void **state)
{
    (void)state;
    struct kit kit;
    kit_init(&kit);
    kit_tile(&kit, "waiting", "calls_waiting")->rule.critical = 10;
    kit_start(&kit);
    kit_say(&kit, "waiting_now", 3, PERIOD_NOW, NULL);
    kit_answer(&kit, 0);
    struct snapshot *whole = board_snapshot(kit.board, kit_at(0));
    const size_t twice[] = {0, 7, 0};
    struct snapshot *some = snapshot_of_pages(whole, twice, 3);
    struct snapshot *none = snapshot_of_pages(whole, NULL, 0);
    snapshot_destroy(whole);
    assert_int_equal(some->page_count, 2);
    assert_string_equal(some->pages[1].id, "live");
    assert_int_equal(some->pages[1].tiles[0].value, 3);
    assert_int_equal(none->page_count, 0);
    assert_int_equal(none->summary, some->summary);
    snapshot_destroy(some);
    snapshot_destroy(none);
    kit_finish(&kit);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_is_well),
        cmocka_unit_test(the_worst_judged_tile_is_the_summary),
        cmocka_unit_test(alerts_stand_worst_first_and_then_oldest_first),
        cmocka_unit_test(a_figure_on_two_pages_is_one_alert_and_seen_on_both),
        cmocka_unit_test(data_trouble_is_a_lamp_of_its_own_beside_the_summary),
        cmocka_unit_test(where_nothing_is_judged_the_summary_is_no_data_and_not_green),
        cmocka_unit_test(a_page_without_thresholds_has_no_green_dot),
        cmocka_unit_test(a_tile_brings_all_that_it_needs_to_be_drawn),
        cmocka_unit_test(a_snapshot_outlives_board_settings_and_catalogue),
        cmocka_unit_test(a_snapshot_does_not_change_after_it_was_taken),
        cmocka_unit_test(an_empty_board_gives_an_empty_snapshot),
        cmocka_unit_test(a_page_of_good_and_old_figures_has_the_dot_of_the_old_ones),
        cmocka_unit_test(some_pages_of_a_snapshot_share_its_content_and_outlive_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
