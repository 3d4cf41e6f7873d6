/* Rolling windows out of counters of today: restarts, corrections, midnight, gaps, days of 23 and 25 hours.
 */

#include "model/windows.h"

#include <math.h>

#include "base/calendar.h"
#include "board_kit.h"

/* 2026-11-21T14:00 in Paris, as minute 0 of the monotonic clock. */
#define BASE_WALL_MS 1795266000000

enum { WINDOW_15, WINDOW_30, WINDOW_60 };

static struct window_moment moment_of(int64_t base_wall_ms, double minute)
{
    int64_t ms = (int64_t)(minute * 60000), wall_ms = base_wall_ms + ms;
    return (struct window_moment){ms, wall_ms, calendar_midnight_ms(wall_ms)};
}

static void put_from(struct window_ring *ring, int64_t base_wall_ms, double minute, double value)
{
    struct window_moment moment = moment_of(base_wall_ms, minute);
    window_ring_put(ring, value, &moment);
}

static void put(struct window_ring *ring, double minute, double value)
{
    put_from(ring, BASE_WALL_MS, minute, value);
}

/* `per_minute` more each minute, from `first` to `last`. */
static void put_steadily(struct window_ring *ring, int first, int last, double start, double per_minute)
{
    for (int minute = first; minute <= last; minute++)
        put(ring, minute, start + per_minute * (minute - first));
}

static struct window_ring *make_ring(void)
{
    struct error error = {""};
    if (!calendar_set_zone("Europe/Paris", &error))
        fail_msg("%s", error.text);
    return window_ring_create(7);
}

#define assert_sum(ring, window, expected, covered_minutes)                                                  \
    do {                                                                                                     \
        struct window_sum sum_ = window_ring_sum(ring, window);                                              \
        if (!(fabs(sum_.value - (expected)) < 1e-9))                                                         \
            fail_msg("the window has %g and not %g", sum_.value, (double)(expected));                        \
        assert_true(fabs(sum_.covered_ms - (covered_minutes)*60000.0) < 1e-6);                               \
    } while (0)

static void a_window_is_what_the_counter_rose_by(void **state)
{
    (void)state;
    struct window_ring *ring = make_ring();
    put_steadily(ring, 0, 70, 400, 2);
    assert_sum(ring, WINDOW_15, 30, 0);
    assert_sum(ring, WINDOW_30, 60, 0);
    assert_sum(ring, WINDOW_60, 120, 0);
    window_ring_destroy(ring);
}

static void a_window_has_no_value_before_half_of_it_was_seen(void **state)
{
    (void)state;
    struct window_ring *ring = make_ring();
    put_steadily(ring, 0, 14, 400, 2);
    assert_true(isnan(window_ring_sum(ring, WINDOW_30).value));
    put(ring, 15, 430);
    assert_sum(ring, WINDOW_30, 30, 15);
    put(ring, 20, 440);
    assert_sum(ring, WINDOW_30, 40, 20);
    window_ring_destroy(ring);
}

static void a_counter_that_goes_down_has_restarted_and_what_it_says_is_new(void **state)
{
    (void)state;
    struct window_ring *ring = make_ring();
    put_steadily(ring, 0, 35, 400, 2);
    put(ring, 36, 3);
    put(ring, 37, 5);
    assert_sum(ring, WINDOW_30, 2 * 28 + 3 + 2, 0);
    window_ring_destroy(ring);
}

static void a_small_step_down_of_a_large_counter_is_a_correction(void **state)
{
    (void)state;
    struct window_ring *ring = make_ring();
    put_steadily(ring, 0, 30, 120000, 300);
    put(ring, 31, 128900);
    assert_sum(ring, WINDOW_30, 128900 - 120300, 0);
    window_ring_destroy(ring);
}

static void a_source_that_corrects_more_than_it_counted_gives_no_window(void **state)
{
    (void)state;
    struct window_ring *ring = make_ring();
    put_steadily(ring, 0, 30, 120000, 0);
    put(ring, 31, 119000);
    assert_true(isnan(window_ring_sum(ring, WINDOW_30).value));
    window_ring_destroy(ring);
}

static void a_window_reaches_across_midnight(void **state)
{
    (void)state;
    struct window_ring *ring = make_ring();
    put_steadily(ring, 570, 599, 300, 1); /* 23:30 to 23:59 */
    put_steadily(ring, 600, 610, 0, 1);
    assert_sum(ring, WINDOW_30, 19 + 10, 0);
    window_ring_destroy(ring);
}

static void a_source_that_is_late_with_midnight_does_not_count_the_day_twice(void **state)
{
    (void)state;
    struct window_ring *ring = make_ring();
    put_steadily(ring, 570, 601, 300, 1); /* until 00:01 still yesterday's */
    put(ring, 602, 2);
    put(ring, 610, 9);
    assert_sum(ring, WINDOW_30, 21 + 2 + 7, 0);
    window_ring_destroy(ring);
}

static void a_new_day_begins_at_0_even_where_the_counter_is_higher_than_before(void **state)
{
    (void)state;
    struct window_ring *ring = make_ring();
    put_steadily(ring, 560, 590, 3, 0); /* 23:20 to 23:50: 3 */
    put(ring, 611, 5);                  /* 00:11: five since midnight */
    assert_sum(ring, WINDOW_30, 5, 0);
    window_ring_destroy(ring);
}

static void the_first_news_after_midnight_counts_from_midnight(void **state)
{
    (void)state;
    struct window_ring *ring = make_ring();
    put(ring, 620, 8); /* 00:20 */
    assert_sum(ring, WINDOW_30, 8, 20);
    window_ring_destroy(ring);
}

static void the_first_news_of_the_afternoon_says_nothing_about_the_last_hour(void **state)
{
    (void)state;
    struct window_ring *ring = make_ring();
    put(ring, 0, 400);
    assert_true(isnan(window_ring_sum(ring, WINDOW_15).value));
    window_ring_destroy(ring);
}

static void contacts_of_an_hour_without_news_are_put_nowhere(void **state)
{
    (void)state;
    struct window_ring *ring = make_ring();
    put_steadily(ring, 0, 40, 400, 2);
    put_steadily(ring, 100, 110, 600, 2);
    assert_true(isnan(window_ring_sum(ring, WINDOW_30).value));
    put_steadily(ring, 111, 120, 622, 2);
    assert_sum(ring, WINDOW_30, 40, 20);
    window_ring_destroy(ring);
}

static void a_short_gap_inside_the_window_costs_nothing(void **state)
{
    (void)state;
    struct window_ring *ring = make_ring();
    put_steadily(ring, 0, 20, 400, 2);
    put_steadily(ring, 30, 50, 460, 2);
    assert_sum(ring, WINDOW_30, 60, 0);
    window_ring_destroy(ring);
}

static void unknown_news_and_old_news_change_nothing(void **state)
{
    (void)state;
    struct window_ring *ring = make_ring();
    put_steadily(ring, 0, 40, 400, 2);
    put(ring, 41, NAN);
    put(ring, 12, 1);
    assert_sum(ring, WINDOW_30, 60, 0);
    window_ring_destroy(ring);
}

/* The night of 25 October 2026 has its hour from two to three twice; minute 0 is 23:30 the evening before. */
static void a_day_of_25_hours_has_windows_like_any_other(void **state)
{
    (void)state;
    struct window_ring *ring = make_ring();
    int64_t evening_ms;
    assert_true(calendar_parse_iso("2026-10-24T23:30+02:00", &evening_ms));
    for (int minute = 0; minute < 30; minute++)
        put_from(ring, evening_ms, minute, 500 + minute);
    for (int minute = 30; minute <= 300; minute++)
        put_from(ring, evening_ms, minute, minute - 30);
    assert_sum(ring, WINDOW_60, 60, 0);
    window_ring_destroy(ring);
}

/* On 29 March 2026 the clock goes from two to three; minute 0 is 01:30. */
static void a_day_of_23_hours_has_windows_like_any_other(void **state)
{
    (void)state;
    struct window_ring *ring = make_ring();
    int64_t night_ms;
    assert_true(calendar_parse_iso("2026-03-29T01:30+01:00", &night_ms));
    for (int minute = 0; minute <= 90; minute++)
        put_from(ring, night_ms, minute, 20 + minute);
    assert_sum(ring, WINDOW_60, 60, 0);
    assert_sum(ring, WINDOW_30, 30, 0);
    window_ring_destroy(ring);
}

/* ---- on the board ---- */

static void say_today(struct kit *kit, double answered_in_t, double offered, const char *queue)
{
    kit_say(kit, "answered_in_t", answered_in_t, PERIOD_TODAY, queue);
    kit_say(kit, "offered", offered, PERIOD_TODAY, queue);
}

static void answer_minutes(struct kit *kit, int first, int last)
{
    for (int minute = first; minute <= last; minute++) {
        say_today(kit, 500 + 3 * minute, 1000 + 4 * minute, "Ventes");
        kit_answer(kit, minute * 60);
    }
}

static void a_tile_shows_the_day_until_half_of_its_window_was_seen(void **state)
{
    (void)state;
    struct kit kit;
    kit_init(&kit);
    kit_tile(&kit, "sl", "service_level");
    kit_start(&kit);
    answer_minutes(&kit, 0, 14);
    const struct snapshot_tile *tile = kit_look(&kit, 14 * 60, 0);
    assert_number(tile, 100.0 * 542 / 1056);
    assert_int_equal(tile->period, PERIOD_TODAY);
    answer_minutes(&kit, 15, 20);
    tile = kit_look(&kit, 20 * 60, 0);
    assert_number(tile, 75);
    assert_int_equal(tile->period, PERIOD_30M);
    assert_true(tile->covered_ms == 20 * 60000);
    assert_true(tile->n == 80);
    answer_minutes(&kit, 21, 40);
    tile = kit_look(&kit, 40 * 60, 0);
    assert_number(tile, 75);
    assert_true(tile->n == 120);
    assert_true(tile->covered_ms == 0);
    kit_finish(&kit);
}

static void a_count_waits_for_its_whole_window(void **state)
{
    (void)state;
    struct kit kit;
    kit_init(&kit);
    struct tile_settings *tile = kit_tile(&kit, "offered", "contacts_offered");
    tile->has_period = true;
    tile->period = PERIOD_30M;
    kit_start(&kit);
    answer_minutes(&kit, 0, 20);
    assert_number(kit_look(&kit, 20 * 60, 0), 1080);
    assert_int_equal(kit_look(&kit, 20 * 60, 0)->period, PERIOD_TODAY);
    answer_minutes(&kit, 21, 31);
    assert_number(kit_look(&kit, 31 * 60, 0), 120);
    kit_finish(&kit);
}

static void the_sources_own_window_is_preferred(void **state)
{
    (void)state;
    struct kit kit;
    kit_init(&kit);
    kit_tile(&kit, "sl", "service_level");
    kit_start(&kit);
    for (int minute = 0; minute <= 35; minute++) {
        say_today(&kit, 500 + 3 * minute, 1000 + 4 * minute, "Ventes");
        kit_say(&kit, "answered_in_t", 90, PERIOD_30M, "Ventes");
        kit_say(&kit, "offered", 100, PERIOD_30M, "Ventes");
        kit_answer(&kit, minute * 60);
    }
    assert_number(kit_look(&kit, 35 * 60, 0), 90);
    kit_finish(&kit);
}

static void a_source_that_begins_to_send_its_window_is_believed(void **state)
{
    (void)state;
    struct kit kit;
    kit_init(&kit);
    kit_tile(&kit, "sl", "service_level");
    kit_start(&kit);
    answer_minutes(&kit, 0, 35);
    say_today(&kit, 608, 1144, "Ventes");
    kit_say(&kit, "answered_in_t", 90, PERIOD_30M, "Ventes");
    kit_say(&kit, "offered", 100, PERIOD_30M, "Ventes");
    kit_answer(&kit, 36 * 60);
    assert_number(kit_look(&kit, 36 * 60, 0), 90);
    kit_finish(&kit);
}

static void windows_of_a_counter_that_is_gone_are_unknown(void **state)
{
    (void)state;
    struct kit kit;
    kit_init(&kit);
    kit_tile(&kit, "sl", "service_level");
    kit_start(&kit);
    answer_minutes(&kit, 0, 35);
    kit_say(&kit, "waiting_now", 1, PERIOD_NOW, "Ventes");
    kit_answer(&kit, 36 * 60);
    assert_int_equal(kit_look(&kit, 36 * 60, 0)->display, DISPLAY_NODATA);
    kit_look(&kit, 60 * 60, 0);
    answer_minutes(&kit, 61, 62);
    assert_int_equal(kit_look(&kit, 62 * 60, 0)->period, PERIOD_TODAY);
    kit_finish(&kit);
}

/* A morning at 85 %, then 50 % for 45 minutes while the service level is red. No tile shows the occupancy. */
static void what_the_alerts_watch_is_live_where_a_source_counts_the_day(void **state)
{
    (void)state;
    struct kit kit;
    kit_init(&kit);
    kit_tile(&kit, "sl", "service_level");
    kit_start(&kit);
    for (int minute = 0; minute <= 45; minute++) {
        kit_say(&kit, "service_level", 50, PERIOD_30M, NULL);
        kit_say(&kit, "talk_s", 85000 + 300 * minute, PERIOD_TODAY, NULL);
        kit_say(&kit, "hold_s", 0, PERIOD_TODAY, NULL);
        kit_say(&kit, "acw_s", 0, PERIOD_TODAY, NULL);
        kit_say(&kit, "ready_idle_s", 15000 + 300 * minute, PERIOD_TODAY, NULL);
        kit_answer(&kit, 60 * minute);
    }
    kit_look(&kit, 45 * 60, 0);
    assert_int_equal(kit.snapshot->alert_count, 2);
    assert_int_equal(kit.snapshot->alerts[1].compound, COMPOUND_ROUTING);
    kit_finish(&kit);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_window_is_what_the_counter_rose_by),
        cmocka_unit_test(a_window_has_no_value_before_half_of_it_was_seen),
        cmocka_unit_test(a_counter_that_goes_down_has_restarted_and_what_it_says_is_new),
        cmocka_unit_test(a_small_step_down_of_a_large_counter_is_a_correction),
        cmocka_unit_test(a_source_that_corrects_more_than_it_counted_gives_no_window),
        cmocka_unit_test(a_window_reaches_across_midnight),
        cmocka_unit_test(a_source_that_is_late_with_midnight_does_not_count_the_day_twice),
        cmocka_unit_test(a_new_day_begins_at_0_even_where_the_counter_is_higher_than_before),
        cmocka_unit_test(the_first_news_after_midnight_counts_from_midnight),
        cmocka_unit_test(the_first_news_of_the_afternoon_says_nothing_about_the_last_hour),
        cmocka_unit_test(contacts_of_an_hour_without_news_are_put_nowhere),
        cmocka_unit_test(a_short_gap_inside_the_window_costs_nothing),
        cmocka_unit_test(unknown_news_and_old_news_change_nothing),
        cmocka_unit_test(a_day_of_25_hours_has_windows_like_any_other),
        cmocka_unit_test(a_day_of_23_hours_has_windows_like_any_other),
        cmocka_unit_test(a_tile_shows_the_day_until_half_of_its_window_was_seen),
        cmocka_unit_test(a_count_waits_for_its_whole_window),
        cmocka_unit_test(the_sources_own_window_is_preferred),
        cmocka_unit_test(a_source_that_begins_to_send_its_window_is_believed),
        cmocka_unit_test(windows_of_a_counter_that_is_gone_are_unknown),
        cmocka_unit_test(what_the_alerts_watch_is_live_where_a_source_counts_the_day),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
