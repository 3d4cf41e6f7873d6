#include "tests/board_kit.h"

#include "base/calendar.h"
#include "model/comparison.h"
#include "model/daily.h"
#include "model/record.h"
#include "model/ribbon.h"
#include "model/series.h"
#include "model/sqcdp.h"
#include "tests/near.h"

static struct record_cell cell(double value, enum display display)
{
    return (struct record_cell){(float)value, NAN, display};
}

/* ---- what a series is called ---- */

static struct record_series series_of(struct arena *arena, struct kit *kit, const char *kpi,
                                      const char *queue)
{
    struct tile_settings tile = {.kpi = catalogue_kpi(kit->catalogue, kpi)};
    tile.where.value[DIM_QUEUE] = queue;
    return record_series_of(arena, &tile);
}

static void a_series_is_named_by_what_is_measured_and_not_by_its_tile(void **state)
{
    (void)state;
    struct kit kit;
    struct arena *arena = arena_create();
    kit_init(&kit);
    struct record_series level = series_of(arena, &kit, "service_level", "Ventes");
    assert_string_equal(level.name, "service_level|30m|queue=Ventes|||0.0");
    assert_string_equal(level.place, "queue=Ventes");
    assert_int_equal(level.kind, RECORD_MEAN);
    assert_true(level.weighted && !level.additive);
    arena_destroy(arena);
    catalogue_destroy(kit.catalogue);
}

static void nothing_of_an_agent_has_a_name(void **state)
{
    (void)state;
    struct kit kit;
    struct arena *arena = arena_create();
    kit_init(&kit);
    struct tile_settings tile = {.kpi = catalogue_kpi(kit.catalogue, "aht")};
    tile.where.value[DIM_AGENT] = "4711";
    assert_null(record_series_of(arena, &tile).name);
    arena_destroy(arena);
    catalogue_destroy(kit.catalogue);
}

static void of_two_tiles_with_one_figure_the_worse_light_counts(void **state)
{
    (void)state;
    struct record_cell joined = record_join(cell(NAN, DISPLAY_CRITICAL), cell(61, DISPLAY_OK));
    assert_near((double)joined.value, 61, 0);
    assert_int_equal(joined.display, DISPLAY_CRITICAL);
}

/* ---- alerts ---- */

static bool note(struct record_alert *alert, double value, enum display display, int64_t wall_ms)
{
    struct record_cell now = cell(value, display);
    return record_alert_note(alert, &now, &(struct record_call){0}, wall_ms);
}

static void an_alert_has_a_beginning_a_peak_and_an_end(void **state)
{
    (void)state;
    struct record_alert alert = {0};
    assert_false(note(&alert, 90, DISPLAY_OK, 1000));
    assert_true(note(&alert, 78, DISPLAY_WARN, 2000));
    assert_false(note(&alert, 77, DISPLAY_WARN, 3000));
    assert_true(note(&alert, 60, DISPLAY_CRITICAL, 4000));
    assert_false(note(&alert, 77, DISPLAY_WARN, 5000));
    assert_true(note(&alert, 90, DISPLAY_OK, 6000));
    assert_int_equal(alert.begun_ms, 2000);
    assert_int_equal(alert.ended_ms, 6000);
    assert_int_equal(alert.peak, DISPLAY_CRITICAL);
    assert_near(alert.peak_value, 60, 0);
    assert_true(note(&alert, 78, DISPLAY_WARN, 7000));
    assert_int_equal(alert.begun_ms, 7000);
    assert_int_equal(alert.ended_ms, 0);
}

static void the_peak_of_an_alert_is_its_worst_figure(void **state)
{
    (void)state;
    struct record_alert alert = {0};
    const struct record_call high = {.worse = 1}, low = {.worse = -1}, band = {.worse = 0};
    const struct record_cell at[] = {cell(122, DISPLAY_CRITICAL), cell(540, DISPLAY_CRITICAL),
                                     cell(300, DISPLAY_CRITICAL), cell(900, DISPLAY_WARN),
                                     cell(5, DISPLAY_OK)};
    assert_true(record_alert_note(&alert, &at[0], &high, 1000));
    assert_true(record_alert_note(&alert, &at[1], &high, 2000));
    assert_false(record_alert_note(&alert, &at[2], &high, 3000));
    assert_false(record_alert_note(&alert, &at[3], &high, 4000)); /* it is not red any more */
    assert_true(record_alert_note(&alert, &at[4], &high, 5000));
    assert_near(alert.peak_value, 540, 0);
    alert = (struct record_alert){.begun_ms = 1000, .peak = DISPLAY_CRITICAL, .peak_value = 300};
    assert_false(record_alert_note(&alert, &at[1], &low, 2000));
    assert_true(record_alert_note(&alert, &at[0], &low, 2000));
    assert_near(alert.peak_value, 122, 0);
    assert_false(record_alert_note(&alert, &at[1], &band, 3000));
}

static void silence_ends_no_alert(void **state)
{
    (void)state;
    struct record_alert alert = {0};
    assert_true(note(&alert, 78, DISPLAY_WARN, 2000));
    assert_false(note(&alert, NAN, DISPLAY_STALE, 3000));
    assert_false(note(&alert, NAN, DISPLAY_NODATA, 4000));
    assert_int_equal(alert.ended_ms, 0);
    assert_true(note(&alert, NAN, DISPLAY_CLOSED, 5000));
    assert_int_equal(alert.ended_ms, 5000);
}

static void that_somebody_has_seen_it_is_noted_once(void **state)
{
    (void)state;
    struct record_alert alert = {0};
    struct record_cell red = cell(60, DISPLAY_CRITICAL);
    const struct record_call unseen = {0}, seen = {.acked_ms = 1500};
    assert_true(record_alert_note(&alert, &red, &unseen, 1000));
    assert_true(record_alert_note(&alert, &red, &seen, 2000));
    assert_false(record_alert_note(&alert, &red, &seen, 3000));
    assert_int_equal(alert.acked_ms, 1500);
}

/* One that was there at the start calls nobody; nor does one that is over call again. */
static void that_people_were_called_is_known_of_each_alert(void **state)
{
    (void)state;
    struct record_alert alert = {0};
    struct record_cell red = cell(60, DISPLAY_CRITICAL), green = cell(90, DISPLAY_OK);
    const struct record_call silent = {0}, called = {.told = true};
    assert_true(record_alert_note(&alert, &red, &silent, 1000));
    assert_false(alert.told);
    assert_true(record_alert_note(&alert, &green, &silent, 2000));
    assert_true(record_alert_note(&alert, &red, &called, 3000));
    assert_true(alert.told);
    assert_false(record_alert_note(&alert, &red, &called, 4000));
    assert_true(record_alert_note(&alert, &green, &silent, 5000));
    assert_true(alert.told);
}

/* ---- after a start ---- */

static void minutes_from_a_history_stand_before_those_that_are_known(void **state)
{
    (void)state;
    struct series series;
    const float past[] = {1, 2, NAN, 4, 5, 6};
    float values[8];
    series_init(&series);
    series_put(&series, 105, 50);
    series_put_before(&series, 100, past, 6, 110); /* 100 to 105: what is known stays */
    assert_int_equal(series_copy(&series, values, 8), 6);
    assert_true(values[0] == 1 && isnan(values[2]) && values[4] == 5 && values[5] == 50);
    series_finish(&series);
}

static void a_history_from_the_future_is_not_taken(void **state)
{
    (void)state;
    struct series series;
    const float past[] = {1, 2, 3};
    float values[8];
    series_init(&series);
    series_put_before(&series, 100, past, 3, 100);
    assert_int_equal(series_copy(&series, values, 8), 1);
    series_finish(&series);
}

static void the_ribbon_of_today_comes_back_and_yesterday_s_does_not(void **state)
{
    (void)state;
    assert_true(calendar_set_zone("Europe/Paris", NULL));
    struct ribbon ribbon = {0};
    struct arena *arena = arena_create();
    int64_t midnight_ms = calendar_midnight_ms(KIT_WALL_MS);
    const unsigned char displays[] = {DISPLAY_CRITICAL, DISPLAY_CRITICAL, DISPLAY_OK, DISPLAY_CRITICAL};
    ribbon_restore(&ribbon, midnight_ms / 60000 - 1, displays, 4, (struct now){0, KIT_WALL_MS});
    struct snapshot_ribbon copy = ribbon_copy(arena, &ribbon);
    assert_int_equal(copy.count, 1);
    assert_int_equal(copy.cells[0], DISPLAY_CRITICAL);
    assert_int_equal(copy.red_ms, 120000);
    arena_destroy(arena);
}

/* Calls are waiting: 5 are too many, 10 far too many. */
static void waiting_board(struct kit *kit)
{
    assert_true(calendar_set_zone("Europe/Paris", NULL));
    kit_init(kit);
    struct tile_settings *tile = kit_tile(kit, "waiting", "calls_waiting");
    tile->rule.warn = 5;
    tile->rule.critical = 10;
    kit_start(kit);
}

static void waiting(struct kit *kit, double calls, double t_s)
{
    kit_say(kit, "waiting_now", calls, PERIOD_NOW, "Ventes");
    kit_answer(kit, t_s);
}

static const struct resumed_alert red_before = {DISPLAY_CRITICAL, KIT_WALL_MS - 600000, KIT_WALL_MS - 500000,
                                                true, NAN};

static void an_alert_from_before_the_start_goes_on_where_the_first_figure_is_as_bad(void **state)
{
    (void)state;
    struct kit kit;
    waiting_board(&kit);
    board_resume_alert(kit.board, 0, &red_before);
    assert_int_equal(kit_look(&kit, 0, 0)->display, DISPLAY_NODATA);
    waiting(&kit, 12, 1);
    assert_int_equal(kit_look(&kit, 1, 0)->display, DISPLAY_CRITICAL);
    assert_int_equal(kit_look(&kit, 1, 0)->since_wall_ms, KIT_WALL_MS - 600000);
    assert_true(board_record_call(kit.board, 0, kit_at(1)).acked_ms != 0);
    kit_finish(&kit);
}

static void a_first_figure_that_is_better_ends_the_alert_from_before(void **state)
{
    (void)state;
    struct kit kit;
    waiting_board(&kit);
    board_resume_alert(kit.board, 0, &red_before);
    waiting(&kit, 1, 1);
    assert_int_equal(kit_look(&kit, 1, 0)->display, DISPLAY_OK);
    waiting(&kit, 12, 2);
    assert_int_equal(kit_look(&kit, 2, 0)->since_wall_ms, KIT_WALL_MS + 1000);
    kit_finish(&kit);
}

static void a_curve_that_comes_back_brings_no_value(void **state)
{
    (void)state;
    struct kit kit;
    const float past[] = {4, 5, 6};
    waiting_board(&kit);
    board_tick(kit.board, kit_at(0));
    board_restore_series(kit.board, 0, KIT_WALL_MS / 60000 - 3, past, NULL, 3, kit_at(0));
    const struct snapshot_tile *tile = kit_look(&kit, 0, 0);
    assert_int_equal(tile->display, DISPLAY_NODATA);
    assert_true(isnan(tile->value));
    assert_int_equal(tile->series.count, 4); /* and the present minute, of which nothing is known */
    assert_true(tile->series.values[2] == 6 && isnan(tile->series.values[3]));
    assert_int_equal(tile->series.first_wall_ms, KIT_WALL_MS / 60000 * 60000 - 180000);
    kit_finish(&kit);
}

static void a_tile_knows_its_value_of_the_comparable_day(void **state)
{
    (void)state;
    struct kit kit;
    waiting_board(&kit);
    int64_t then_ms = calendar_add_days_ms(KIT_WALL_MS, -7);
    const struct comparison_point points[] = {{then_ms - 600000, 7}, {then_ms - 300000, 8}, {then_ms + 1, 9}};
    board_set_comparable(kit.board, 0, points, 3, kit_at(0));
    assert_int_equal(kit_look(&kit, 0, 0)->comparable_wall_ms, then_ms);
    assert_near(kit_look(&kit, 0, 0)->comparable, 8, 0);
    board_set_comparable(kit.board, 0, points, 1, kit_at(0));
    assert_near(kit_look(&kit, 0, 0)->comparable, 7, 0);
    board_set_comparable(kit.board, 0, NULL, 0, kit_at(0));
    assert_nan(kit_look(&kit, 0, 0)->comparable);
    kit_finish(&kit);
}

/* Answered in time of what came, today. */
static const struct snapshot_bars *day_bars(struct kit *kit, const char *kpi, const struct daily_day *days,
                                            size_t count)
{
    kit_init(kit);
    struct tile_settings *tile = kit_tile(kit, "bars", kpi);
    tile->type = "bar";
    tile->has_period = true;
    tile->period = PERIOD_TODAY;
    tile->bars = BAR_DAY;
    assert_true(record_has_days(tile));
    kit_start(kit);
    board_set_days(kit->board, 0, days, count);
    return &kit_look(kit, 0, 0)->bars;
}

static void a_tile_shows_its_days_and_nothing_for_today_before_the_first_figure(void **state)
{
    (void)state;
    struct kit kit;
    int64_t today_ms = calendar_midnight_ms(KIT_WALL_MS);
    const struct daily_day days[] = {{calendar_add_days_ms(today_ms, -1), 900, 1, 0}};
    const struct snapshot_bars *bars = day_bars(&kit, "contacts_offered", days, 1);
    assert_int_equal(bars->count, 2);
    assert_int_equal(bars->step, BAR_DAY);
    assert_near(bars->bars[0].value, 900, 0);
    assert_nan(bars->bars[1].value);
    kit_finish(&kit);
}

static void a_figure_of_the_moment_has_no_days(void **state)
{
    (void)state;
    struct kit kit;
    kit_init(&kit);
    assert_false(record_has_days(kit_tile(&kit, "waiting", "calls_waiting")));
    assert_false(record_has_days(kit_tile(&kit, "level", "service_level"))); /* of 30 minutes */
    catalogue_destroy(kit.catalogue);
}

/* ---- the SQCDP letters ---- */

static void letters_of_days_gone_come_back_and_today_is_the_board_s_own(void **state)
{
    (void)state;
    struct kit kit;
    kit_init(&kit);
    struct tile_settings *tile = kit_tile(&kit, "lost", "abandonment_rate"); /* counts under D */
    tile->has_period = true;
    tile->period = PERIOD_TODAY;
    kit_start(&kit);
    for (double t_s = 0; t_s <= 400; t_s += 400) {
        kit_say(&kit, "abandonment_rate", 60, PERIOD_TODAY, NULL)->n = 200;
        kit_answer(&kit, t_s);
    }
    int64_t today_ms = calendar_midnight_ms(KIT_WALL_MS);
    struct record_letters days[] = {{calendar_add_days_ms(today_ms, -1), {0}}, {today_ms, {0}}};
    days[0].cells[SQCDP_DELIVERY] = DISPLAY_WARN;
    days[1].cells[SQCDP_DELIVERY] = DISPLAY_OK;
    board_restore_letters(kit.board, days, 2, kit_at(400));
    kit_look(&kit, 0, 400);
    struct calendar_time local;
    calendar_local(KIT_WALL_MS, &local);
    const struct snapshot_month *month = &kit.snapshot->month;
    assert_int_equal(month->cells[SQCDP_DELIVERY][local.day - 2], DISPLAY_WARN);
    assert_int_equal(month->cells[SQCDP_DELIVERY][local.day - 1], DISPLAY_CRITICAL);
    assert_int_equal(board_record_letters(kit.board, kit_at(400)).cells[SQCDP_DELIVERY], DISPLAY_CRITICAL);
    kit_finish(&kit);
}

/* Without hours the board does not know that the day is over. */
static void an_evening_with_nothing_to_measure_leaves_the_day_s_letter_as_it_was(void **state)
{
    (void)state;
    struct kit kit;
    kit_init(&kit);
    kit_tile(&kit, "busy", "occupancy"); /* counts under S */
    kit_start(&kit);
    kit_say(&kit, "occupancy", 97, PERIOD_30M, NULL)->n = 36000;
    kit_answer(&kit, 0);
    enum display by_day = kit_look(&kit, 0, 0)->display;
    assert_true(display_is_alert(by_day));
    kit_say(&kit, "occupancy", 0, PERIOD_30M, NULL)->n = 1;
    kit_answer(&kit, 30);
    assert_int_equal(kit_look(&kit, 30, 0)->display, DISPLAY_NEUTRAL);
    assert_int_equal(board_record_letters(kit.board, kit_at(30)).cells[SQCDP_SAFETY], by_day);
    kit_finish(&kit);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_series_is_named_by_what_is_measured_and_not_by_its_tile),
        cmocka_unit_test(nothing_of_an_agent_has_a_name),
        cmocka_unit_test(of_two_tiles_with_one_figure_the_worse_light_counts),
        cmocka_unit_test(an_alert_has_a_beginning_a_peak_and_an_end),
        cmocka_unit_test(the_peak_of_an_alert_is_its_worst_figure),
        cmocka_unit_test(silence_ends_no_alert),
        cmocka_unit_test(that_somebody_has_seen_it_is_noted_once),
        cmocka_unit_test(that_people_were_called_is_known_of_each_alert),
        cmocka_unit_test(minutes_from_a_history_stand_before_those_that_are_known),
        cmocka_unit_test(a_history_from_the_future_is_not_taken),
        cmocka_unit_test(the_ribbon_of_today_comes_back_and_yesterday_s_does_not),
        cmocka_unit_test(an_alert_from_before_the_start_goes_on_where_the_first_figure_is_as_bad),
        cmocka_unit_test(a_first_figure_that_is_better_ends_the_alert_from_before),
        cmocka_unit_test(a_curve_that_comes_back_brings_no_value),
        cmocka_unit_test(a_tile_knows_its_value_of_the_comparable_day),
        cmocka_unit_test(a_tile_shows_its_days_and_nothing_for_today_before_the_first_figure),
        cmocka_unit_test(a_figure_of_the_moment_has_no_days),
        cmocka_unit_test(letters_of_days_gone_come_back_and_today_is_the_board_s_own),
        cmocka_unit_test(an_evening_with_nothing_to_measure_leaves_the_day_s_letter_as_it_was),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
