#include "model/board.h"

#include "board_kit.h"

static void answer(struct kit *kit, const char *id, double value, enum period period, double t_s)
{
    kit_say(kit, id, value, period, NULL);
    kit_answer_at(kit, 0, t_s, kit_at(t_s));
}

/* The settings as they are read the second time: a copy that a test may change. */
static struct tile_settings tiles_now[KIT_TILES_MAX];
static struct page_settings page_now;
static struct board_settings settings_now;

static void same_settings(const struct kit *kit)
{
    memcpy(tiles_now, kit->tiles, sizeof tiles_now);
    page_now = kit->page;
    page_now.tiles = tiles_now;
    settings_now = kit->settings;
    settings_now.pages = &page_now;
}

static struct tile_settings *one_tile_more(struct kit *kit, const char *id, const char *kpi)
{
    struct tile_settings *tile = kit_tile(kit, id, kpi);
    kit->page.tile_count--;
    return memcpy(&tiles_now[page_now.tile_count++], tile, sizeof *tile);
}

static void take_over(struct kit *kit, bool same_sources, double t_s)
{
    kit->board = board_create_after(kit->catalogue, &settings_now, kit->board, same_sources, kit_at(t_s));
}

/* Reads the same board again. */
static void read_again(struct kit *kit, double t_s)
{
    same_settings(kit);
    take_over(kit, true, t_s);
}

static void show(struct kit *kit, const char *kpi)
{
    kit_init(kit);
    kit_tile(kit, "tile", kpi);
    kit_start(kit);
}

static void figures_stay_when_the_sources_are_the_same(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit, "calls_waiting");
    answer(&kit, "waiting_now", 3, PERIOD_NOW, 0);
    read_again(&kit, 5);
    assert_number(kit_look(&kit, 5, 0), 3);
    assert_int_equal(kit_look(&kit, 5, 0)->age_ms, 5000);
    kit_finish(&kit);
}

static void figures_go_on_ageing(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit, "calls_waiting");
    answer(&kit, "waiting_now", 3, PERIOD_NOW, 0);
    read_again(&kit, 20);
    assert_int_equal(kit_look(&kit, 31, 0)->display, DISPLAY_STALE);
    kit_finish(&kit);
}

static void a_red_light_stays_red_since_then(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit, "calls_waiting");
    answer(&kit, "waiting_now", 50, PERIOD_NOW, 0);
    assert_int_equal(kit_look(&kit, 0, 0)->display, DISPLAY_CRITICAL);
    int64_t since_wall_ms = kit_look(&kit, 0, 0)->since_wall_ms;
    read_again(&kit, 20);
    answer(&kit, "waiting_now", 50, PERIOD_NOW, 20);
    assert_int_equal(kit_look(&kit, 20, 0)->display, DISPLAY_CRITICAL);
    assert_int_equal(kit_look(&kit, 20, 0)->since_wall_ms, since_wall_ms);
    kit_finish(&kit);
}

static void the_curve_is_inherited(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit, "calls_waiting");
    for (int minute = 0; minute < 5; minute++)
        answer(&kit, "waiting_now", minute, PERIOD_NOW, minute * 60);
    read_again(&kit, 250);
    const struct snapshot_series *series = &kit_look(&kit, 250, 0)->series;
    assert_int_equal(series->count, 5);
    assert_true(series->values[0] == 0 && series->values[4] == 4);
    kit_finish(&kit);
}

static void a_new_tile_takes_the_figures_that_are_there(void **state)
{
    (void)state;
    struct kit kit;
    kit_init(&kit);
    kit_tile(&kit, "waiting", "calls_waiting");
    kit_start(&kit);
    answer(&kit, "waiting_now", 3, PERIOD_NOW, 0);
    kit_say(&kit, "waiting_now", 3, PERIOD_NOW, NULL);
    kit_say(&kit, "longest_wait_s", 40, PERIOD_NOW, NULL);
    kit_answer_at(&kit, 0, 10, kit_at(10));
    same_settings(&kit);
    one_tile_more(&kit, "longest", "longest_wait");
    one_tile_more(&kit, "again", "calls_waiting");
    take_over(&kit, true, 12);
    assert_number(kit_look(&kit, 12, 1), 40);
    assert_number(kit_look(&kit, 12, 2), 3);
    kit_finish(&kit);
}

static void a_rolling_window_goes_on(void **state)
{
    (void)state;
    struct kit kit;
    kit_init(&kit);
    struct tile_settings *tile = kit_tile(&kit, "tile", "contacts_offered");
    tile->has_period = true;
    tile->period = PERIOD_30M;
    kit_start(&kit);
    for (int minute = 0; minute <= 40; minute++)
        answer(&kit, "offered", 100 + 2 * minute, PERIOD_TODAY, minute * 60);
    assert_number(kit_look(&kit, 2400, 0), 60);
    read_again(&kit, 2410);
    assert_number(kit_look(&kit, 2410, 0), 60);
    answer(&kit, "offered", 182, PERIOD_TODAY, 2460);
    assert_number(kit_look(&kit, 2460, 0), 60);
    kit_finish(&kit);
}

static void a_window_that_is_new_is_gathered_from_now_on(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit, "contacts_offered");
    for (int minute = 0; minute <= 20; minute++)
        answer(&kit, "offered", 100 + minute, PERIOD_TODAY, minute * 60);
    same_settings(&kit);
    struct tile_settings *tile = one_tile_more(&kit, "window", "contacts_offered");
    tile->has_period = true;
    tile->period = PERIOD_15M;
    take_over(&kit, true, 1210);
    for (int minute = 21; minute <= 45; minute++)
        answer(&kit, "offered", 100 + minute, PERIOD_TODAY, minute * 60);
    assert_number(kit_look(&kit, 2700, 1), 15);
    kit_finish(&kit);
}

static void other_sources_bring_other_figures(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit, "calls_waiting");
    answer(&kit, "waiting_now", 3, PERIOD_NOW, 0);
    same_settings(&kit);
    take_over(&kit, false, 5);
    assert_number(kit_look(&kit, 5, 0), 3); /* the last one known, of its time, until an answer comes */
    assert_int_equal(kit_look(&kit, 31, 0)->display, DISPLAY_STALE);
    answer(&kit, "waiting_now", 4, PERIOD_NOW, 32);
    assert_number(kit_look(&kit, 32, 0), 4);
    kit_finish(&kit);
}

static void what_a_source_brought_goes_with_it(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit, "calls_waiting");
    answer(&kit, "waiting_now", 3, PERIOD_NOW, 0);
    static const char *names[] = {"another"};
    same_settings(&kit);
    settings_now.source_names = names;
    settings_now.source_count = 1;
    take_over(&kit, false, 5);
    assert_int_equal(kit_look(&kit, 5, 0)->display, DISPLAY_NODATA);
    assert_unknown(kit_look(&kit, 5, 0)->value);
    kit_finish(&kit);
}

static void another_scope_is_another_tile(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit, "calls_waiting");
    for (int minute = 0; minute < 5; minute++)
        answer(&kit, "waiting_now", minute, PERIOD_NOW, minute * 60);
    same_settings(&kit);
    tiles_now[0].where.value[DIM_QUEUE] = "Ventes";
    take_over(&kit, true, 250);
    assert_int_equal(kit_look(&kit, 250, 0)->series.count, 0);
    kit_finish(&kit);
}

static void an_open_alert_is_not_told_a_second_time(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit, "calls_waiting");
    for (int t_s = 0; t_s <= 60; t_s += 10)
        answer(&kit, "waiting_now", 50, PERIOD_NOW, t_s);
    kit_look(&kit, 60, 0);
    uint64_t notices = kit.snapshot->notices;
    assert_int_equal(notices, 1);
    read_again(&kit, 65);
    for (int t_s = 70; t_s <= 130; t_s += 10)
        answer(&kit, "waiting_now", 50, PERIOD_NOW, t_s);
    kit_look(&kit, 130, 0);
    assert_int_equal(kit.snapshot->notices, notices);
    assert_int_equal(kit.snapshot->alert_count, 1);
    kit_finish(&kit);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(figures_stay_when_the_sources_are_the_same),
        cmocka_unit_test(figures_go_on_ageing),
        cmocka_unit_test(a_red_light_stays_red_since_then),
        cmocka_unit_test(the_curve_is_inherited),
        cmocka_unit_test(a_new_tile_takes_the_figures_that_are_there),
        cmocka_unit_test(a_rolling_window_goes_on),
        cmocka_unit_test(a_window_that_is_new_is_gathered_from_now_on),
        cmocka_unit_test(other_sources_bring_other_figures),
        cmocka_unit_test(what_a_source_brought_goes_with_it),
        cmocka_unit_test(another_scope_is_another_tile),
        cmocka_unit_test(an_open_alert_is_not_told_a_second_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
