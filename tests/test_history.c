#include "tests/history_kit.h"

#include "history/history.h"
#include "tests/near.h"

static int set_up(void **state)
{
    struct history_kit *kit = memory_create(1, sizeof *kit);
    kit_open_folder(kit);
    *state = kit;
    return 0;
}

static int tear_down(void **state)
{
    kit_remove_folder(*state);
    free(*state);
    return 0;
}

/* ---- cells ---- */

static void a_minute_comes_back_from_nine_bytes_as_it_was(void **state)
{
    (void)state;
    unsigned char bytes[CELL_BYTES];
    cell_write(bytes, &(struct record_cell){87.5F, 120, DISPLAY_WARN});
    struct record_cell cell = cell_read(bytes);
    assert_true(cell.value == 87.5F && cell.n == 120);
    assert_int_equal(cell.display, DISPLAY_WARN);
}

static void an_unknown_minute_stays_unknown_and_a_strange_light_is_no_light(void **state)
{
    (void)state;
    unsigned char bytes[CELL_BYTES];
    cell_write(bytes, &(struct record_cell){NAN, NAN, DISPLAY_OK});
    bytes[8] = 250;
    struct record_cell cell = cell_read(bytes);
    assert_true(isnan(cell.value) && isnan(cell.n));
    assert_int_equal(cell.display, DISPLAY_NODATA);
}

static struct rolled rolled_of(const struct record_cell *cells, size_t count, bool weighted)
{
    struct rolled rolled = rolled_nothing();
    for (size_t i = 0; i < count; i++)
        rolled_add_cell(&rolled, &cells[i], weighted);
    return rolled;
}

/* 90 of 100 and 0 of 1 are 90 of 101, not 45 % */
static void a_ratio_is_rolled_up_from_its_sums(void **state)
{
    (void)state;
    const struct record_cell cells[] = {
        {90, 100, DISPLAY_OK}, {0, 1, DISPLAY_CRITICAL}, {NAN, 0, DISPLAY_NEUTRAL}};
    struct rolled rolled = rolled_of(cells, 3, true);
    assert_near(rolled_value(&rolled, RECORD_MEAN), 9000.0 / 101, 1e-6);
    assert_near(rolled.lowest, 0, 1e-6);
    assert_near(rolled.highest, 90, 1e-6);
    assert_int_equal(rolled.known, 2);
    assert_int_equal(rolled.red, 1);
}

static void a_ratio_of_which_nobody_tells_the_denominator_is_not_averaged(void **state)
{
    (void)state;
    const struct record_cell cells[] = {{90, NAN, DISPLAY_OK}, {10, NAN, DISPLAY_OK}};
    struct rolled rolled = rolled_of(cells, 2, true);
    assert_true(isnan(rolled_value(&rolled, RECORD_MEAN)));
    assert_near(rolled.last, 10, 1e-6);
}

static void what_is_rolled_up_comes_back_from_its_bytes_as_it_was(void **state)
{
    (void)state;
    unsigned char bytes[ROLLED_BYTES];
    struct rolled rolled = {9000, 101, 88, 12, -3.5, 99, 1440, 300, 17};
    rolled_write(bytes, &rolled);
    struct rolled read = rolled_read(bytes);
    assert_true(read.sum == 9000 && read.weight == 101 && read.last == 88 && read.last_n == 12);
    assert_true(read.lowest == -3.5 && read.highest == 99);
    assert_int_equal(read.known, 1440);
    assert_int_equal(read.red, 300);
    assert_int_equal(read.amber, 17);
}

static void days_of_a_count_are_added_and_days_of_a_ratio_weighed(void **state)
{
    (void)state;
    struct record_series count = {.kind = RECORD_DAY, .additive = true};
    struct record_series ratio = {.kind = RECORD_DAY, .weighted = true};
    struct record_series other = {.kind = RECORD_LAST};
    struct rolled monday = {.last = 900, .last_n = NAN, .known = 1},
                  tuesday = {.last = 700, .last_n = NAN, .known = 1};
    struct rolled_days days = {0}, none = {0}, weighed = {0};
    rolled_days_add(&days, &monday, &count);
    rolled_days_add(&days, &tuesday, &count);
    assert_near(rolled_days_value(&days), 1600, 1e-6);
    rolled_days_add(&none, &monday, &other);
    assert_true(isnan(rolled_days_value(&none)));
    rolled_days_add(&weighed, &(struct rolled){.last = 80, .last_n = 300, .known = 1}, &ratio);
    rolled_days_add(&weighed, &(struct rolled){.last = 60, .last_n = 100, .known = 1}, &ratio);
    assert_near(rolled_days_value(&weighed), 75, 1e-6);
}

/* ---- writing and reading ---- */

static void minutes_are_read_back_as_they_were_written(void **state)
{
    struct history_kit *kit = *state;
    struct store *store = kit_store(kit, "2026-11-21T10:00");
    kit_minutes(store, "2026-11-21T10:00", 5, 80, 40, 100);
    struct kit_count count = kit_cells(kit, READER_MINUTES, LEVEL, "2026-11-21T10:01", "2026-11-21T10:04");
    assert_int_equal(count.cells, 3);
    assert_near(count.last, 80, 1e-6);
    store_close(store);
}

static void an_hour_becomes_four_quarters_and_a_night_later_a_day(void **state)
{
    struct history_kit *kit = *state;
    struct store *store = kit_store(kit, "2026-11-21T10:00");
    kit_minutes(store, "2026-11-21T10:00", 60, 60, 40, 100);
    struct kit_count quarters = kit_cells(kit, READER_QUARTERS, LEVEL, "2026-11-21", "2026-11-22");
    assert_int_equal(quarters.cells, 4);
    assert_int_equal(quarters.red, 60);
    assert_int_equal(kit_cells(kit, READER_DAYS, LEVEL, "2026-11-21", "2026-11-22").cells, 0);
    kit_minutes(store, "2026-11-22T00:00", 1, 60, 40, 0);
    struct kit_count day = kit_cells(kit, READER_DAYS, LEVEL, "2026-11-21", "2026-11-22");
    assert_int_equal(day.cells, 1);
    assert_int_equal(day.red, 60);
    store_close(store);
}

static void the_day_of_25_hours_has_1500_minutes(void **state)
{
    struct history_kit *kit = *state;
    struct store *store = kit_store(kit, "2026-10-25T00:00");
    kit_minutes(store, "2026-10-25T00:00", 1501, 60, 40, 100);
    assert_int_equal(kit_cells(kit, READER_DAYS, CALLS, "2026-10-25", "2026-10-26").known, 1500);
    store_close(store);
}

static void a_week_is_a_ratio_of_sums_and_a_sum_of_counts(void **state)
{
    struct history_kit *kit = *state;
    struct store *store = kit_store(kit, "2026-11-16T10:00");
    kit_minutes(store, "2026-11-16T10:00", 30, 90, 100, 900);
    kit_minutes(store, "2026-11-17T10:00", 30, 60, 50, 700);
    kit_minutes(store, "2026-11-18T10:00", 20, 30, 10, 100);
    struct reader *reader = kit_reader(kit);
    int64_t from = kit_moment("2026-11-16"), to = kit_moment("2026-11-18T10:20");
    assert_near(reader_total(reader, CALLS, from, to), 1700, 1e-6);
    assert_near(reader_total(reader, LEVEL, from, to), (90.0 * 3000 + 60.0 * 1500 + 30.0 * 200) / 4700, 1e-6);
    assert_true(isnan(reader_total(reader, LEVEL, kit_moment("2026-11-19"), kit_moment("2026-11-20"))));
    reader_close(reader);
    store_close(store);
}

/* On a Friday evening somebody switches the wall off, and asks for the week on Sunday. */
static void a_total_has_the_last_day_although_nothing_was_kept_after_it(void **state)
{
    struct history_kit *kit = *state;
    struct store *store = kit_store(kit, "2026-11-19T08:00");
    kit_minutes(store, "2026-11-19T08:00", 600, 90, 10, 100);
    kit_minutes(store, "2026-11-20T08:00", 600, 60, 10, 50);
    store_close(store);
    struct reader *reader = kit_reader(kit);
    int64_t from = kit_moment("2026-11-16"), to = kit_moment("2026-11-22T12:00");
    assert_near(reader_total(reader, CALLS, from, to), 150, 1e-6);
    assert_near(reader_total(reader, LEVEL, from, to), 75, 1e-6);
    assert_near(reader_total(reader, CALLS, from, kit_moment("2026-11-19T23:00")), 100, 1e-6);
    reader_close(reader);
}

/* Its minutes are gone, and those of today have nothing to do with it. */
static void a_total_of_weeks_ago_is_of_its_days(void **state)
{
    struct history_kit *kit = *state;
    struct store *store = kit_store(kit, "2026-10-20T08:00");
    kit_minutes(store, "2026-10-20T08:00", 600, 90, 10, 100);
    kit_minutes(store, "2026-10-21T08:00", 600, 90, 10, 50);
    store_close(store);
    store = kit_store(kit, "2026-11-10T08:00");
    kit_minutes(store, "2026-11-10T08:00", 1450, 90, 10, 7);
    store_close(store);
    assert_int_equal(kit_cells(kit, READER_MINUTES, CALLS, "2026-10-01", "2026-11-01").cells, 0);
    struct reader *reader = kit_reader(kit);
    assert_near(reader_total(reader, CALLS, kit_moment("2026-10-19"), kit_moment("2026-10-25T12:00")), 150,
                1e-6);
    reader_close(reader);
}

/* The same wall on Monday morning: Friday is a day that is over. */
static void the_evening_before_belongs_to_the_days_that_are_over_at_the_next_start(void **state)
{
    struct history_kit *kit = *state;
    struct store *store = kit_store(kit, "2026-11-20T08:00");
    kit_minutes(store, "2026-11-20T08:00", 600, 60, 10, 50);
    store_close(store);
    store = kit_store(kit, "2026-11-23T08:00");
    struct history_settings settings = {.path = kit->path, .series_count = SERIES, .series = kit_series};
    struct history_restored *restored =
        history_restore(&settings, NULL, true, kit_now("2026-11-23T08:00"), NULL);
    assert_int_equal(restored->series[CALLS].day_count, 1);
    assert_near(restored->series[CALLS].days[0].sum, 50, 1e-6);
    assert_int_equal(restored->series[CALLS].days[0].known_until_wall_ms, kit_moment("2026-11-20T18:00"));
    history_restored_destroy(restored);
    store_close(store);
}

/* A clock that was ahead at the start has closed a day that was not over. */
static void a_day_that_was_closed_too_early_is_added_up_again(void **state)
{
    struct history_kit *kit = *state;
    struct store *store = kit_store(kit, "2026-11-20T08:00");
    kit_minutes(store, "2026-11-20T08:00", 60, 60, 10, 50);
    store_close(store);
    store_close(kit_store(kit, "2027-11-20T08:00"));
    store = kit_store(kit, "2026-11-20T09:00");
    kit_minutes(store, "2026-11-20T09:00", 120, 60, 10, 80);
    kit_minutes(store, "2026-11-21T09:00", 1, 60, 10, 1);
    store_close(store);
    assert_near(kit_cells(kit, READER_DAYS, CALLS, "2026-11-20", "2026-11-21").last, 80, 1e-6);
}

/* ---- retention ---- */

static void minutes_stay_eight_days_and_the_rest_as_long_as_the_board_says(void **state)
{
    struct history_kit *kit = *state;
    struct store *store = kit_store(kit, "2026-10-01T10:00");
    kit_minutes(store, "2026-10-01T10:00", 30, 90, 100, 900);
    for (int64_t day = kit_moment("2026-10-02T10:00"); day <= kit_moment("2026-11-05T10:00");
         day = calendar_add_days_ms(day, 1))
        assert_true(kit_write(store, day, 30, 90, 100, 900, NULL));
    assert_int_equal(kit_cells(kit, READER_QUARTERS, LEVEL, "2026-10-01", "2026-10-02").cells, 2);
    assert_int_equal(kit_cells(kit, READER_MINUTES, LEVEL, "2026-10-01", "2026-10-28").cells, 0);
    assert_int_equal(kit_cells(kit, READER_MINUTES, LEVEL, "2026-10-28", "2026-10-29").cells, 30);
    kit_minutes(store, "2026-11-06T10:00", 1, 90, 100, 900);
    assert_int_equal(kit_cells(kit, READER_QUARTERS, LEVEL, "2026-10-01", "2026-10-02").cells, 0);
    assert_int_equal(kit_cells(kit, READER_DAYS, LEVEL, "2026-10-02", "2026-10-03").cells, 1);
    store_close(store);
}

static void a_clock_that_is_a_year_ahead_costs_nothing_of_the_past(void **state)
{
    struct history_kit *kit = *state;
    struct store *store = kit_store(kit, "2026-11-20T10:00");
    kit_minutes(store, "2026-11-20T10:00", 30, 90, 100, 900);
    store_close(store);
    store = kit_store(kit, "2027-11-20T10:00");
    kit_minutes(store, "2027-11-20T10:00", 30, 90, 100, 900);
    assert_int_equal(kit_cells(kit, READER_MINUTES, LEVEL, "2026-11-20", "2026-11-21").cells, 30);
    kit_minutes(store, "2027-11-21T10:01", 1, 90, 100, 900); /* a day without a step: it is believed */
    assert_int_equal(kit_cells(kit, READER_MINUTES, LEVEL, "2026-11-20", "2026-11-21").cells, 0);
    store_close(store);
}

static void after_a_clock_that_was_ahead_quarters_are_rolled_up_again(void **state)
{
    struct history_kit *kit = *state;
    struct store *store = kit_store(kit, "2027-11-20T10:00");
    kit_minutes(store, "2027-11-20T10:00", 30, 90, 100, 900);
    store_close(store);
    store = kit_store(kit, "2026-11-20T10:00");
    kit_minutes(store, "2026-11-20T10:00", 30, 90, 100, 900);
    assert_int_equal(kit_cells(kit, READER_QUARTERS, LEVEL, "2026-11-20", "2026-11-21").cells, 2);
    store_close(store);
}

static void what_a_wrong_clock_wrote_is_moved_when_it_is_set_right(void **state)
{
    struct history_kit *kit = *state;
    struct error error = {""};
    struct store *store = kit_store(kit, "2025-01-01T00:00");
    kit_minutes(store, "2025-01-01T00:00", 40, 60, 10, 5);
    struct history_batch step = {.clock_step_ms =
                                     kit_moment("2026-11-21T10:00") - kit_moment("2025-01-01T00:40")};
    struct history_batch *batches[] = {&step};
    assert_true(store_write(store, batches, 1, kit_now("2026-11-21T10:00"), &error));
    kit_minutes(store, "2026-11-21T10:00", 20, 60, 10, 5);
    assert_int_equal(kit_cells(kit, READER_MINUTES, LEVEL, "2025-01-01", "2025-01-02").cells, 0);
    assert_int_equal(kit_cells(kit, READER_MINUTES, LEVEL, "2026-11-21T09:20", "2026-11-21T10:20").cells, 60);
    assert_int_equal(kit_cells(kit, READER_QUARTERS, LEVEL, "2025-01-01", "2026-11-22").known, 55);
    store_close(store);
}

static bool write_step(struct store *store, const char *from, const char *to, int minutes, struct now now)
{
    struct history_batch step = {.clock_step_ms = kit_moment(to) - kit_moment(from) - minutes * 60000LL};
    struct history_batch *batches[] = {&step};
    return store_write(store, batches, 1, now, NULL);
}

/* Every other minute that is kept lies behind 1970: it was moved to 2082, and its quarters deleted. */
static void a_clock_at_1970_that_is_set_right_moves_its_own_minutes_alone(void **state)
{
    struct history_kit *kit = *state;
    struct store *store = kit_store(kit, "2026-10-26T10:00");
    kit_minutes(store, "2026-10-26T10:00", 30, 61, 10, 5);
    kit_minutes(store, "2026-11-20T10:00", 30, 61, 10, 5);
    store_close(store);
    store = kit_store(kit, "1970-01-01T01:05");
    kit_minutes(store, "1970-01-01T01:05", 40, 60, 10, 5);
    assert_true(write_step(store, "1970-01-01T01:05", "2026-11-21T10:00", 40, kit_now("2026-11-21T10:00")));
    kit_minutes(store, "2026-11-21T10:00", 20, 60, 10, 5);
    assert_int_equal(kit_cells(kit, READER_MINUTES, LEVEL, "2026-11-20", "2026-11-21").cells, 30);
    assert_int_equal(kit_cells(kit, READER_MINUTES, LEVEL, "2026-11-21T09:20", "2026-11-21T10:20").cells, 60);
    assert_int_equal(kit_cells(kit, READER_MINUTES, LEVEL, "2026-11-22", "2090-01-01").cells, 0);
    assert_int_equal(kit_cells(kit, READER_QUARTERS, LEVEL, "2026-10-26", "2026-10-27").known, 30);
    assert_int_equal(kit_cells(kit, READER_DAYS, LEVEL, "2026-11-20", "2026-11-21").known, 30);
    assert_int_equal(kit_cells(kit, READER_MINUTES, LEVEL, "1970-01-01", "1970-01-02").cells, 0);
    store_close(store);
}

static void two_days_of_a_clock_that_is_known_to_be_wrong_delete_nothing(void **state)
{
    struct history_kit *kit = *state;
    struct store *store = kit_store(kit, "2026-11-20T10:00");
    kit_minutes(store, "2026-11-20T10:00", 30, 90, 100, 900);
    store_close(store);
    store = kit_store(kit, "2025-11-20T10:00");
    struct history_batch *wrong = kit_minute(kit_moment("2025-11-22T10:00"), 90, 100, 900, 3);
    wrong->clock_wrong = true;
    assert_true(store_write(store, &wrong, 1, kit_now("2025-11-22T10:00"), NULL));
    assert_int_equal(kit_cells(kit, READER_MINUTES, LEVEL, "2026-11-20", "2026-11-21").cells, 30);
    wrong->clock_wrong = false;
    assert_true(store_write(store, &wrong, 1, kit_now("2025-11-24T10:00"), NULL));
    assert_int_equal(kit_cells(kit, READER_MINUTES, LEVEL, "2026-11-20", "2026-11-21").cells, 0);
    history_batch_destroy(wrong);
    store_close(store);
}

/* ---- alerts, marks, huddles ---- */

struct seen {
    int count;
    struct reader_alert first;
    char cause[64];
};

static void see(void *context, const struct reader_alert *alert)
{
    struct seen *seen = context;
    if (seen->count++)
        return;
    seen->first = *alert;
    snprintf(seen->cause, sizeof seen->cause, "%s", alert->cause ? alert->cause : "");
}

static struct seen alerts_of(struct history_kit *kit)
{
    struct seen seen = {0};
    struct reader *reader = kit_reader(kit);
    assert_true(reader_alerts(reader, 0, INT64_MAX, see, &seen, NULL));
    reader_close(reader);
    return seen;
}

static void write_alert(struct store *store, const struct record_alert *alert, const char *iso)
{
    struct record_alert copy = *alert;
    struct history_batch batch = {.alert_count = 1, .alerts = &copy};
    struct history_batch *batches[] = {&batch};
    assert_true(store_write(store, batches, 1, kit_now(iso), NULL));
}

static void an_alert_is_one_row_from_its_beginning_to_its_end(void **state)
{
    struct history_kit *kit = *state;
    struct store *store = kit_store(kit, "2026-11-21T10:00");
    struct record_alert alert = {
        .tile = LEVEL, .begun_ms = kit_moment("2026-11-21T10:00"), .peak = DISPLAY_WARN, .peak_value = 78};
    write_alert(store, &alert, "2026-11-21T10:01");
    alert.peak = DISPLAY_CRITICAL;
    alert.peak_value = 60;
    write_alert(store, &alert, "2026-11-21T10:02");
    alert.ended_ms = kit_moment("2026-11-21T10:05");
    write_alert(store, &alert, "2026-11-21T10:06");
    struct seen seen = alerts_of(kit);
    assert_int_equal(seen.count, 1);
    assert_int_equal(seen.first.alert.peak, DISPLAY_CRITICAL);
    assert_near(seen.first.alert.peak_value, 60, 1e-6);
    assert_int_equal(seen.first.alert.ended_ms, kit_moment("2026-11-21T10:05"));
    assert_false(seen.first.unseen);
    store_close(store);
}

static void the_alerts_of_a_week_come_back_for_its_budget(void **state)
{
    struct history_kit *kit = *state;
    struct store *store = kit_store(kit, "2026-11-17T08:20");
    const struct record_alert sunday = {
        .tile = LEVEL, .begun_ms = kit_moment("2026-11-15T18:00"), .told = true};
    struct record_alert tuesday = {.tile = CALLS, .begun_ms = kit_moment("2026-11-17T09:00"), .told = true};
    write_alert(store, &sunday, "2026-11-15T18:00"); /* not over */
    kit_minutes(store, "2026-11-17T08:20", 60, 80, 10, 100);
    tuesday.ended_ms = kit_moment("2026-11-17T09:04");
    write_alert(store, &tuesday, "2026-11-17T09:05");
    tuesday = (struct record_alert){
        .tile = LEVEL, .begun_ms = kit_moment("2026-11-17T09:06"), .peak = DISPLAY_CRITICAL};
    write_alert(store, &tuesday, "2026-11-17T09:07");
    store_close(store);
    struct history_settings settings = {.path = kit->path, .series_count = SERIES, .series = kit_series};
    struct history_restored *restored =
        history_restore(&settings, NULL, true, kit_now("2026-11-18T08:00"), NULL);
    assert_int_equal(restored->week_count, 3);
    assert_int_equal(restored->week[0].begun_ms, sunday.begun_ms);
    assert_int_equal(restored->week[1].figure, CALLS);
    assert_int_equal(restored->week[1].ended_ms, kit_moment("2026-11-17T09:04"));
    assert_true(restored->week[1].told && !restored->week[1].red);
    assert_true(!restored->week[2].told && restored->week[2].red);
    assert_int_equal(restored->week_since_wall_ms, kit_moment("2026-11-17T08:15")); /* a quarter of an hour */
    history_restored_destroy(restored);
}

static void an_alert_that_was_open_at_a_power_cut_ends_with_the_last_minute_seen(void **state)
{
    struct history_kit *kit = *state;
    struct store *store = kit_store(kit, "2026-11-21T10:00");
    write_alert(store,
                &(struct record_alert){.tile = LEVEL,
                                       .begun_ms = kit_moment("2026-11-21T10:00"),
                                       .peak = DISPLAY_WARN,
                                       .peak_value = NAN},
                "2026-11-21T10:01");
    kit_minutes(store, "2026-11-21T10:00", 10, 60, 10, 5);
    store_close(store);
    store = kit_store(kit, "2026-11-21T10:20");
    assert_true(store_end_unseen_alerts(store, kit_now("2026-11-21T10:20"), NULL));
    assert_int_equal(alerts_of(kit).first.alert.ended_ms, 0); /* 11 minutes: it may be the same */
    store_close(store);
    store = kit_store(kit, "2026-11-21T10:30");
    assert_true(store_end_unseen_alerts(store, kit_now("2026-11-21T10:30"), NULL));
    assert_int_equal(alerts_of(kit).first.alert.ended_ms, kit_moment("2026-11-21T10:09"));
    assert_true(alerts_of(kit).first.unseen);
    store_close(store);
}

static void somebody_says_what_an_alert_came_of(void **state)
{
    struct history_kit *kit = *state;
    struct error error = {""};
    struct store *store = kit_store(kit, "2026-11-21T10:00");
    write_alert(store,
                &(struct record_alert){
                    .tile = LEVEL, .begun_ms = kit_moment("2026-11-21T10:00"), .peak = DISPLAY_WARN},
                "2026-11-21T10:01");
    assert_true(store_explain_alert(kit->path, alerts_of(kit).first.id, "panne du SVI", NULL, &error));
    assert_string_equal(alerts_of(kit).cause, "panne du SVI");
    assert_false(store_explain_alert(kit->path, 4711, "x", NULL, &error));
    assert_string_equal(error.text, "there is no alert 4711; `vigie history BOARD --alerts` lists them with "
                                    "their numbers");
    store_close(store);
}

static void see_mark(void *context, int64_t wall_ms, const char *text)
{
    snprintf(context, 64, "%lld %s", (long long)wall_ms, text);
}

static void an_event_is_noted_beside_the_running_wall(void **state)
{
    struct history_kit *kit = *state;
    char seen[64] = "";
    struct store *store = kit_store(kit, "2026-11-21T10:00");
    assert_true(store_mark(kit->path, 1234, "SVI changé", NULL));
    struct reader *reader = kit_reader(kit);
    assert_true(reader_marks(reader, 0, 2000, see_mark, seen, NULL));
    assert_string_equal(seen, "1234 SVI changé");
    reader_close(reader);
    store_close(store);
}

/* ---- after a start ---- */

static struct history_settings restore_settings(struct history_kit *kit)
{
    return (struct history_settings){
        .path = kit->path, .keep_days = 35, .series_count = SERIES, .series = kit_series};
}

static void a_start_gives_the_curve_of_the_last_day_and_none_of_its_values(void **state)
{
    struct history_kit *kit = *state;
    struct store *store = kit_store(kit, "2026-11-20T10:00");
    kit_minutes(store, "2026-11-20T10:00", 10, 60, 10, 5);
    kit_minutes(store, "2026-11-21T09:50", 10, 80, 10, 5);
    store_close(store);
    store = kit_store(kit, "2027-11-21T09:50");
    kit_minutes(store, "2027-11-21T09:50", 10, 99, 10, 5); /* by a wrong clock */
    struct history_settings settings = restore_settings(kit);
    struct history_restored *restored =
        history_restore(&settings, NULL, true, kit_now("2026-11-21T10:05"), NULL);
    const struct restored_series *level = &restored->series[LEVEL];
    assert_int_equal(level->count, 1440);
    assert_int_equal(level->first_minute, kit_moment("2026-11-20T10:05") / 60000);
    assert_true(level->values[0] == 60 && level->values[4] == 60 && isnan(level->values[5]));
    assert_true(level->values[1434] == 80 && isnan(level->values[1439]));
    history_restored_destroy(restored);
    store_close(store);
}

static void the_comparable_day_comes_from_minutes_or_from_quarters(void **state)
{
    struct history_kit *kit = *state;
    struct store *store = kit_store(kit, "2026-11-03T10:00");
    kit_minutes(store, "2026-11-03T10:00", 30, 61, 10, 5);
    kit_minutes(store, "2026-11-17T10:00", 30, 67, 10, 5);
    struct history_settings settings = restore_settings(kit);
    const int64_t days[SERIES] = {kit_moment("2026-11-17"), kit_moment("2026-11-03"), 0};
    struct history_restored *restored =
        history_restore(&settings, days, false, kit_now("2026-11-24T10:05"), NULL);
    const struct restored_series *series = restored->series;
    assert_int_equal(series[LEVEL].comparable_count, 6);
    assert_near(comparison_value_at(series[LEVEL].comparable, 6, kit_moment("2026-11-17T10:07"), 900000), 67,
                1e-6);
    assert_int_equal(series[CALLS].comparable_count, 2);
    assert_near(comparison_value_at(series[CALLS].comparable, 2, kit_moment("2026-11-03T10:29"), 900000), 5,
                1e-6);
    assert_int_equal(series[WAITING].comparable_count, 0);
    history_restored_destroy(restored);
    store_close(store);
}

static void days_that_are_over_come_back_as_sums_and_today_does_not(void **state)
{
    struct history_kit *kit = *state;
    struct store *store = kit_store(kit, "2026-11-18T10:00");
    kit_minutes(store, "2026-11-18T10:00", 30, 61, 10, 900);
    kit_minutes(store, "2026-11-19T10:00", 30, 67, 10, 700);
    kit_minutes(store, "2026-11-20T10:00", 30, 67, 10, 50);
    struct history_settings settings = restore_settings(kit);
    struct history_restored *restored =
        history_restore(&settings, NULL, false, kit_now("2026-11-20T10:30"), NULL);
    const struct restored_series *calls = &restored->series[CALLS];
    assert_int_equal(calls->day_count, 2);
    assert_int_equal(calls->days[0].midnight_wall_ms, kit_moment("2026-11-18"));
    assert_near(calls->days[0].sum, 900, 0);
    assert_near(calls->days[1].sum / calls->days[1].weight, 700, 0);
    assert_int_equal(calls->days[1].known_until_wall_ms, kit_moment("2026-11-19T10:30"));
    history_restored_destroy(restored);
    store_close(store);
}

static void write_letters(struct store *store, const char *iso, enum display safety, enum display people)
{
    struct history_batch *batch = memory_create(1, sizeof *batch);
    batch->letters.midnight_wall_ms = kit_moment(iso);
    batch->letters.cells[0] = safety;
    batch->letters.cells[4] = people;
    assert_true(store_write(store, &batch, 1, kit_now(iso), NULL));
    history_batch_destroy(batch);
}

static void the_letters_of_this_month_come_back_as_they_were_written_last(void **state)
{
    struct history_kit *kit = *state;
    struct store *store = kit_store(kit, "2026-10-31T10:00");
    write_letters(store, "2026-10-31", DISPLAY_CRITICAL, DISPLAY_OK);
    write_letters(store, "2026-11-02", DISPLAY_CRITICAL, DISPLAY_OK);
    write_letters(store, "2026-11-02", DISPLAY_OK, DISPLAY_WARN);
    struct history_settings settings = restore_settings(kit);
    struct history_restored *restored =
        history_restore(&settings, NULL, true, kit_now("2026-11-03T10:30"), NULL);
    assert_int_equal(restored->letter_count, 1);
    assert_int_equal(restored->letters[0].midnight_wall_ms, kit_moment("2026-11-02"));
    assert_int_equal(restored->letters[0].cells[0], DISPLAY_OK);
    assert_int_equal(restored->letters[0].cells[4], DISPLAY_WARN);
    history_restored_destroy(restored);
    store_close(store);
}

/* Monday: 30 min of 80 % of 10; Tuesday, which has begun: 50 % of 1000, of which the last quarter is not over
 */
static void a_week_to_date_is_of_sums_and_ends_with_a_quarter_of_an_hour(void **state)
{
    struct history_kit *kit = *state;
    struct store *store = kit_store(kit, "2026-11-09T10:00");
    kit_minutes(store, "2026-11-09T10:00", 30, 60, 10, 400);
    kit_minutes(store, "2026-11-10T10:00", 15, 40, 10, 100);
    kit_minutes(store, "2026-11-10T10:15", 15, 99, 10, 900);
    kit_minutes(store, "2026-11-16T10:00", 30, 80, 10, 500);
    kit_minutes(store, "2026-11-17T10:00", 20, 50, 1000, 200);
    struct history_settings settings = restore_settings(kit);
    struct history_restored *restored =
        history_restore(&settings, NULL, true, kit_now("2026-11-17T10:20"), NULL);
    const struct restored_series *level = &restored->series[LEVEL], *calls = &restored->series[CALLS];
    struct to_date rows[TO_DATE_PERIODS];
    struct daily_past rates = {level->day_count, level->days, false, NULL};
    struct daily_past counts = {calls->day_count, calls->days, true, NULL};
    int64_t now_ms = kit_moment("2026-11-17T10:20");

    assert_int_equal(to_date_make(&rates, &level->so_far, now_ms, rows), 3);
    assert_near(rows[0].value, (80.0 * 300 + 50.0 * 15000) / 15300, 1e-6);
    assert_near(rows[0].before, (60.0 * 300 + 40.0 * 150) / 450, 1e-6);
    assert_int_equal(rows[0].until_wall_ms, kit_moment("2026-11-17T10:15"));
    assert_int_equal(rows[1].since_wall_ms, kit_moment("2026-11-09"));
    assert_int_equal(to_date_make(&counts, &calls->so_far, now_ms, rows), 3);
    assert_near(rows[0].value, 700, 1e-6);
    assert_near(rows[0].before, 500, 1e-6);
    history_restored_destroy(restored);
    store_close(store);
}

static void the_days_so_far_can_be_asked_for_alone(void **state)
{
    struct history_kit *kit = *state;
    struct store *store = kit_store(kit, "2026-11-16T10:00");
    kit_minutes(store, "2026-11-16T10:00", 45, 80, 10, 500);
    struct history_settings settings = {.path = kit->path, .series_count = SERIES, .series = kit_series};
    struct history_restored *restored = history_restore_so_far(&settings, kit_now("2026-11-16T10:45"), NULL);
    assert_true(restored->so_far_alone);
    assert_near(restored->series[LEVEL].so_far.begun.weight, 450, 1e-6);
    assert_near(restored->series[CALLS].so_far.begun.sum, 500, 1e-6);
    assert_false(restored->series[CALLS].so_far.before[0].kept);
    history_restored_destroy(restored);
    store_close(store);
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_minute_comes_back_from_nine_bytes_as_it_was),
        cmocka_unit_test(an_unknown_minute_stays_unknown_and_a_strange_light_is_no_light),
        cmocka_unit_test(a_ratio_is_rolled_up_from_its_sums),
        cmocka_unit_test(a_ratio_of_which_nobody_tells_the_denominator_is_not_averaged),
        cmocka_unit_test(what_is_rolled_up_comes_back_from_its_bytes_as_it_was),
        cmocka_unit_test(days_of_a_count_are_added_and_days_of_a_ratio_weighed),
        T(minutes_are_read_back_as_they_were_written),
        T(an_hour_becomes_four_quarters_and_a_night_later_a_day),
        T(the_day_of_25_hours_has_1500_minutes),
        cmocka_unit_test_setup_teardown(a_week_to_date_is_of_sums_and_ends_with_a_quarter_of_an_hour, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(the_days_so_far_can_be_asked_for_alone, set_up, tear_down),
        T(a_week_is_a_ratio_of_sums_and_a_sum_of_counts),
        T(a_total_has_the_last_day_although_nothing_was_kept_after_it),
        T(a_total_of_weeks_ago_is_of_its_days),
        T(the_evening_before_belongs_to_the_days_that_are_over_at_the_next_start),
        T(a_day_that_was_closed_too_early_is_added_up_again),
        T(minutes_stay_eight_days_and_the_rest_as_long_as_the_board_says),
        T(days_that_are_over_come_back_as_sums_and_today_does_not),
        T(the_letters_of_this_month_come_back_as_they_were_written_last),
        T(a_clock_that_is_a_year_ahead_costs_nothing_of_the_past),
        T(after_a_clock_that_was_ahead_quarters_are_rolled_up_again),
        T(what_a_wrong_clock_wrote_is_moved_when_it_is_set_right),
        T(a_clock_at_1970_that_is_set_right_moves_its_own_minutes_alone),
        T(two_days_of_a_clock_that_is_known_to_be_wrong_delete_nothing),
        T(an_alert_is_one_row_from_its_beginning_to_its_end),
        T(the_alerts_of_a_week_come_back_for_its_budget),
        T(an_alert_that_was_open_at_a_power_cut_ends_with_the_last_minute_seen),
        T(somebody_says_what_an_alert_came_of),
        T(an_event_is_noted_beside_the_running_wall),
        T(a_start_gives_the_curve_of_the_last_day_and_none_of_its_values),
        T(the_comparable_day_comes_from_minutes_or_from_quarters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
