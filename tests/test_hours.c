/* What the hour of the day decides on a board: which rule is in force, what is closed. Time of Paris. */

#include "base/calendar.h"
#include "board_kit.h"
#include "model/judgement.h"
#include "tests/opening_kit.h"

static struct now moment(const char *iso)
{
    struct now now = {0};
    assert_true(calendar_parse_iso(iso, &now.wall_ms));
    now.monotonic_ms = now.wall_ms - KIT_WALL_MS;
    return now;
}

static int64_t wall(const char *iso)
{
    return moment(iso).wall_ms;
}

/* `days` as a board writes them; NULL: `date` alone. */
static struct rule_hours at_hours(const char *days, const char *date, const char *interval)
{
    struct rule_hours when = {.given = true};
    if (days)
        assert_true(schedule_parse_days(days, &when.weekdays, NULL));
    if (date)
        assert_true(calendar_parse_date(date, &when.date));
    assert_true(schedule_parse_interval(interval, &when.interval, NULL));
    return when;
}

/* ---- the whole site, where queues have hours of their own ---- */

/* A total of all queues; "day" is open from 09:00 to 18:00, "late" from 12:00 to 20:00. */
static void show_total(struct kit *kit, struct opening_hours *hours)
{
    kit_init(kit);
    kit_tile(kit, "all", "contacts_offered");
    hours[0] = (struct opening_hours){.where.value[DIM_QUEUE] = "day"};
    hours[1] = (struct opening_hours){.where.value[DIM_QUEUE] = "late"};
    open_on(&hours[0], "all", "09:00-18:00");
    open_on(&hours[1], "all", "12:00-20:00");
    kit->settings.schedules = hours;
    kit->settings.schedule_count = 2;
    kit_start(kit);
}

static void answer(struct kit *kit, struct now now)
{
    kit_answer_at(kit, 0, (double)now.monotonic_ms / 1000, now);
}

static void answer_queues(struct kit *kit, const char *iso, const char *first, const char *second)
{
    kit_say(kit, "offered", 100, PERIOD_TODAY, first);
    kit_say(kit, "offered", 20, PERIOD_TODAY, second);
    answer(kit, moment(iso));
}

#define assert_display_at(kit, iso, expected)                                                                \
    assert_int_equal(kit_look_at((kit), moment(iso))->pages[0].tiles[0].display, (expected))

static void a_total_is_open_when_one_of_its_queues_is(void **state)
{
    (void)state;
    struct kit kit;
    struct opening_hours hours[2];
    show_total(&kit, hours);
    answer_queues(&kit, "2026-11-20T08:30", "day", "late");
    assert_display_at(&kit, "2026-11-20T08:30", DISPLAY_CLOSED);
    assert_true(kit_look_at(&kit, moment("2026-11-20T08:30"))->pages[0].tiles[0].opens_wall_ms ==
                wall("2026-11-20T09:00"));
    answer_queues(&kit, "2026-11-20T10:00", "day", "late");
    assert_display_at(&kit, "2026-11-20T10:00", DISPLAY_NEUTRAL);
    answer_queues(&kit, "2026-11-20T19:00", "day", "late");
    assert_display_at(&kit, "2026-11-20T19:00", DISPLAY_NEUTRAL);
    assert_display_at(&kit, "2026-11-20T20:30", DISPLAY_CLOSED);
    kit_finish(&kit);
}

/* No hours mean always open: what counts such a queue is never closed. */
static void a_total_with_a_queue_that_has_no_hours_is_always_open(void **state)
{
    (void)state;
    struct kit kit;
    struct opening_hours hours[2];
    show_total(&kit, hours);
    answer_queues(&kit, "2026-11-20T22:00", "day", "night");
    assert_display_at(&kit, "2026-11-20T22:00", DISPLAY_NEUTRAL);
    kit_finish(&kit);
}

static void a_total_that_does_not_tell_its_queues_is_always_open(void **state)
{
    (void)state;
    struct kit kit;
    struct opening_hours hours[2];
    show_total(&kit, hours);
    kit_say(&kit, "offered", 120, PERIOD_TODAY, NULL);
    answer(&kit, moment("2026-11-20T22:00"));
    assert_display_at(&kit, "2026-11-20T22:00", DISPLAY_NEUTRAL);
    kit_finish(&kit);
}

static void a_total_stays_closed_where_at_night_nothing_is_sent(void **state)
{
    (void)state;
    struct kit kit;
    struct opening_hours hours[2];
    show_total(&kit, hours);
    answer_queues(&kit, "2026-11-20T19:59", "day", "late");
    answer(&kit, moment("2026-11-20T20:30"));
    answer(&kit, moment("2026-11-20T21:30"));
    answer(&kit, moment("2026-11-20T22:30"));
    assert_display_at(&kit, "2026-11-20T23:00", DISPLAY_CLOSED);
    kit_finish(&kit);
}

/* ---- rules by hour ---- */

static double warn_at(struct kit *kit, const char *iso)
{
    return kit_look_at(kit, moment(iso))->pages[0].tiles[0].limits.warn_low;
}

static void show_service_level(struct kit *kit)
{
    kit_init(kit);
    kit_tile(kit, "sl", "service_level");
}

static void thresholds_change_at_noon_sharp_and_back(void **state)
{
    (void)state;
    struct kit kit;
    show_service_level(&kit);
    kit_rule(&kit, "service_level")->warn = 82;
    struct rule_settings *lunch = kit_rule(&kit, "service_level");
    lunch->warn = 70;
    lunch->when = at_hours("mon-fri", NULL, "12:00-14:00");
    kit_start(&kit);
    assert_float_equal(warn_at(&kit, "2026-11-20T11:59:59"), 82, 0);
    assert_float_equal(warn_at(&kit, "2026-11-20T12:00"), 70, 0);
    assert_float_equal(warn_at(&kit, "2026-11-20T13:59:59"), 70, 0);
    assert_float_equal(warn_at(&kit, "2026-11-20T14:00"), 82, 0);
    assert_float_equal(warn_at(&kit, "2026-11-21T12:30"), 82, 0); /* Saturday */
    kit_finish(&kit);
}

static void a_date_beats_a_weekday_wherever_it_is_written(void **state)
{
    (void)state;
    struct kit kit;
    show_service_level(&kit);
    struct rule_settings *once = kit_rule(&kit, "service_level");
    once->warn = 60;
    once->when = at_hours(NULL, "2026-11-20", "12:00-13:00");
    struct rule_settings *weekly = kit_rule(&kit, "service_level");
    weekly->warn = 70;
    weekly->when = at_hours("all", NULL, "12:00-14:00");
    kit_rule(&kit, "service_level")->warn = 82;
    kit_start(&kit);
    assert_float_equal(warn_at(&kit, "2026-11-20T12:30"), 60, 0);
    assert_float_equal(warn_at(&kit, "2026-11-20T13:30"), 70, 0);
    assert_float_equal(warn_at(&kit, "2026-11-20T15:00"), 82, 0);
    assert_float_equal(warn_at(&kit, "2026-11-27T12:30"), 70, 0);
    kit_finish(&kit);
}

static void a_narrower_scope_beats_an_hour(void **state)
{
    (void)state;
    struct kit kit;
    kit_init(&kit);
    kit_tile(&kit, "sl", "service_level")->where.value[DIM_QUEUE] = "Ventes";
    struct rule_settings *sales = kit_rule(&kit, "service_level");
    sales->where.value[DIM_QUEUE] = "Ventes";
    sales->warn = 85;
    struct rule_settings *lunch = kit_rule(&kit, "service_level");
    lunch->warn = 75;
    lunch->when = at_hours("all", NULL, "12:00-14:00");
    kit_start(&kit);
    assert_float_equal(warn_at(&kit, "2026-11-20T12:30"), 85, 0);
    kit_finish(&kit);
}

static void of_equal_rules_the_last_wins(void **state)
{
    (void)state;
    struct kit kit;
    show_service_level(&kit);
    for (int i = 0; i < 2; i++) {
        struct rule_settings *rule = kit_rule(&kit, "service_level");
        rule->warn = 71 + i;
        rule->when = at_hours("all", NULL, "12:00-14:00");
    }
    kit_start(&kit);
    assert_float_equal(warn_at(&kit, "2026-11-20T12:30"), 72, 0);
    kit_finish(&kit);
}

static void a_rule_of_the_night_reaches_into_the_next_morning(void **state)
{
    (void)state;
    struct kit kit;
    show_service_level(&kit);
    kit_rule(&kit, "service_level")->warn = 82;
    struct rule_settings *night = kit_rule(&kit, "service_level");
    night->warn = 70;
    night->when = at_hours("fri", NULL, "22:00-06:00");
    kit_start(&kit);
    assert_float_equal(warn_at(&kit, "2026-11-20T05:00"), 82, 0); /* the night of Thursday */
    assert_float_equal(warn_at(&kit, "2026-11-20T22:00"), 70, 0);
    assert_float_equal(warn_at(&kit, "2026-11-21T05:59"), 70, 0);
    assert_float_equal(warn_at(&kit, "2026-11-21T06:00"), 82, 0);
    kit_finish(&kit);
}

static void a_one_off_night_reaches_into_the_next_year(void **state)
{
    (void)state;
    struct kit kit;
    show_service_level(&kit);
    struct rule_settings *night = kit_rule(&kit, "service_level");
    night->warn = 75;
    night->when = at_hours(NULL, "2026-12-31", "20:00-04:00");
    kit_start(&kit);
    assert_float_equal(warn_at(&kit, "2027-01-01T03:59"), 75, 0);
    assert_float_equal(warn_at(&kit, "2027-01-01T04:00"), 80, 0); /* the catalogue's */
    kit_finish(&kit);
}

static void on_days_of_23_and_25_hours_rules_follow_the_clock_on_the_wall(void **state)
{
    (void)state;
    struct kit kit;
    show_service_level(&kit);
    struct rule_settings *lunch = kit_rule(&kit, "service_level");
    lunch->warn = 75;
    lunch->when = at_hours("sun", NULL, "12:00-14:00");
    struct rule_settings *night = kit_rule(&kit, "service_level");
    night->warn = 72;
    night->when = at_hours("sun", NULL, "02:30-03:30");
    kit_start(&kit);
    assert_float_equal(warn_at(&kit, "2026-03-29T01:59Z"), 80, 0); /* 03:59: 02:30 never came */
    assert_float_equal(warn_at(&kit, "2026-03-29T01:00Z"), 72, 0); /* 03:00 */
    assert_float_equal(warn_at(&kit, "2026-03-29T10:00Z"), 75, 0); /* 12:00 in summer */
    assert_float_equal(warn_at(&kit, "2026-10-25T00:40Z"), 72, 0); /* 02:40 */
    assert_float_equal(warn_at(&kit, "2026-10-25T01:10Z"), 80, 0); /* 02:10 again */
    assert_float_equal(warn_at(&kit, "2026-10-25T01:40Z"), 72, 0); /* 02:40 again */
    assert_float_equal(warn_at(&kit, "2026-10-25T10:59Z"), 80, 0);
    assert_float_equal(warn_at(&kit, "2026-10-25T11:00Z"), 75, 0); /* 12:00 in winter */
    kit_finish(&kit);
}

static void a_tile_s_own_rule_keeps_its_hours_too(void **state)
{
    (void)state;
    struct kit kit;
    show_service_level(&kit);
    kit.tiles[0].rule.warn = 75;
    kit.tiles[0].rule.when = at_hours("all", NULL, "12:00-14:00");
    kit_start(&kit);
    assert_float_equal(warn_at(&kit, "2026-11-20T11:59"), 80, 0);
    assert_float_equal(warn_at(&kit, "2026-11-20T12:00"), 75, 0);
    kit_finish(&kit);
}

static enum display display_of_waiting(struct kit *kit, double waiting, const char *iso)
{
    kit_say(kit, "waiting_now", waiting, PERIOD_NOW, NULL);
    kit_answer_at(kit, 0, KIT_NO_TIME, moment(iso));
    return kit_look_at(kit, moment(iso))->pages[0].tiles[0].display;
}

static void figures_are_judged_by_the_rule_of_their_hour(void **state)
{
    (void)state;
    struct kit kit;
    kit_init(&kit);
    struct rule_settings *noon = &kit_tile(&kit, "waiting", "calls_waiting")->rule;
    noon->warn = 3; /* the catalogue's is 5 */
    noon->for_ms = 0;
    noon->when = at_hours("all", NULL, "12:00-14:00");
    kit_start(&kit);
    assert_int_equal(display_of_waiting(&kit, 4, "2026-11-20T11:59:59"), DISPLAY_OK);
    assert_int_equal(display_of_waiting(&kit, 4, "2026-11-20T12:00:00"), DISPLAY_WARN);
    kit_finish(&kit);
}

static void a_new_minute_is_told_so_that_thresholds_reach_the_screen(void **state)
{
    (void)state;
    struct kit kit;
    show_service_level(&kit);
    kit_start(&kit);
    board_tick(kit.board, moment("2026-11-20T11:59:58"));
    assert_false(board_tick(kit.board, moment("2026-11-20T11:59:59")));
    assert_true(board_tick(kit.board, moment("2026-11-20T12:00:00")));
    assert_false(board_tick(kit.board, moment("2026-11-20T12:00:01")));
    kit_finish(&kit);
}

static bool review_due_at(struct kit *kit, const char *iso)
{
    return kit_look_at(kit, moment(iso))->pages[0].tiles[0].review_due;
}

static void a_threshold_is_due_for_review_the_day_after_its_date(void **state)
{
    (void)state;
    struct kit kit;
    show_service_level(&kit);
    kit_rule(&kit, "service_level")->review_by = (struct calendar_date){2027, 3, 1};
    kit_start(&kit);
    assert_false(review_due_at(&kit, "2026-11-20T12:00"));
    assert_false(review_due_at(&kit, "2027-03-01T23:59"));
    assert_true(review_due_at(&kit, "2027-03-02T00:00"));
    kit_finish(&kit);
}

static void a_rule_for_something_else_is_nobody_s_review(void **state)
{
    (void)state;
    struct kit kit;
    show_service_level(&kit);
    struct rule_settings *other = kit_rule(&kit, "service_level");
    other->where.value[DIM_QUEUE] = "Ventes";
    other->review_by = (struct calendar_date){2020, 1, 1};
    kit_start(&kit);
    assert_false(review_due_at(&kit, "2026-11-20T12:00"));
    kit_finish(&kit);
}

/* ---- opening hours ---- */

/* Sales open on weekdays, everything else always: tile 0 is of sales, tile 1 of after-sales. */
static struct opening_hours sales_hours;

static void show_two_queues(struct kit *kit)
{
    sales_hours = (struct opening_hours){.where = {{[DIM_QUEUE] = "Ventes"}}, .holidays = HOLIDAYS_FRANCE};
    open_on(&sales_hours, "mon-fri", "08:30-18:30");
    kit_init(kit);
    kit_tile(kit, "sales", "calls_waiting")->where.value[DIM_QUEUE] = "Ventes";
    kit_tile(kit, "service", "calls_waiting")->where.value[DIM_QUEUE] = "SAV";
    for (int i = 0; i < 2; i++) {
        kit->tiles[i].rule.warn = 5;
        kit->tiles[i].rule.critical = 10;
        kit->tiles[i].rule.for_ms = 0;
    }
    kit->settings.schedules = &sales_hours;
    kit->settings.schedule_count = 1;
    kit_start(kit);
}

static const struct snapshot *answer_and_look(struct kit *kit, double sales, double service, const char *iso)
{
    kit_say(kit, "waiting_now", sales, PERIOD_NOW, "Ventes");
    kit_say(kit, "waiting_now", service, PERIOD_NOW, "SAV");
    kit_answer_at(kit, 0, KIT_NO_TIME, moment(iso));
    return kit_look_at(kit, moment(iso));
}

static void a_closed_queue_is_closed_whatever_comes_and_the_others_are_not(void **state)
{
    (void)state;
    struct kit kit;
    show_two_queues(&kit);
    const struct snapshot *seen = answer_and_look(&kit, 12, 3, "2026-11-21T10:00");
    assert_int_equal(seen->pages[0].tiles[0].display, DISPLAY_CLOSED);
    assert_unknown(seen->pages[0].tiles[0].value);
    assert_int_equal(seen->pages[0].tiles[1].display, DISPLAY_OK);
    kit_finish(&kit);
}

static void a_closed_tile_knows_when_it_opens(void **state)
{
    (void)state;
    struct kit kit;
    show_two_queues(&kit);
    const struct snapshot *seen = kit_look_at(&kit, moment("2026-11-21T10:00"));
    assert_int_equal(seen->pages[0].tiles[0].opens_wall_ms, wall("2026-11-23T08:30"));
    assert_int_equal(seen->pages[0].tiles[1].opens_wall_ms, 0);
    seen = kit_look_at(&kit, moment("2026-12-24T19:00"));
    assert_int_equal(seen->pages[0].tiles[0].opens_wall_ms, wall("2026-12-28T08:30"));
    kit_finish(&kit);
}

static void closing_mutes_the_alerts_of_the_queue_alone(void **state)
{
    (void)state;
    struct kit kit;
    show_two_queues(&kit);
    assert_int_equal(answer_and_look(&kit, 12, 12, "2026-11-20T18:29:50")->alert_count, 2);
    assert_int_equal(answer_and_look(&kit, 12, 12, "2026-11-20T18:44:59")->alert_count, 2); /* the tail */
    const struct snapshot *seen = answer_and_look(&kit, 12, 12, "2026-11-20T18:45:00");
    assert_int_equal(seen->alert_count, 1);
    assert_string_equal(seen->alerts[0].tile->id, "service");
    assert_int_equal(seen->pages[0].worst, DISPLAY_CRITICAL);
    kit_finish(&kit);
}

static void a_queue_opens_to_the_minute_and_begins_anew(void **state)
{
    (void)state;
    struct kit kit;
    show_two_queues(&kit);
    answer_and_look(&kit, 12, 3, "2026-11-20T08:29:59");
    assert_int_equal(kit_look_at(&kit, moment("2026-11-20T08:29:59"))->pages[0].tiles[0].display,
                     DISPLAY_CLOSED);
    assert_int_equal(kit_look_at(&kit, moment("2026-11-20T08:30:00"))->pages[0].tiles[0].display,
                     DISPLAY_NODATA);
    assert_int_equal(answer_and_look(&kit, 12, 3, "2026-11-20T08:30:05")->pages[0].tiles[0].display,
                     DISPLAY_CRITICAL);
    kit_finish(&kit);
}

static void the_first_and_the_last_quarter_of_an_hour_are_told(void **state)
{
    (void)state;
    struct kit kit;
    show_two_queues(&kit);
    const struct snapshot_tile *sales = kit_look_at(&kit, moment("2026-11-20T08:44:59"))->pages[0].tiles;
    assert_true(sales->just_opened);
    sales = kit_look_at(&kit, moment("2026-11-20T08:45"))->pages[0].tiles;
    assert_false(sales->just_opened || sales->just_closed);
    sales = kit_look_at(&kit, moment("2026-11-20T18:30"))->pages[0].tiles;
    assert_true(sales->just_closed);
    assert_int_not_equal(sales->display, DISPLAY_CLOSED);
    sales = kit_look_at(&kit, moment("2026-11-20T18:45"))->pages[0].tiles;
    assert_int_equal(sales->display, DISPLAY_CLOSED);
    kit_finish(&kit);
}

static void a_floor_where_all_is_closed_is_closed_and_not_green(void **state)
{
    (void)state;
    struct kit kit;
    show_two_queues(&kit);
    sales_hours.where.value[DIM_QUEUE] = NULL; /* for all */
    board_destroy(kit.board);
    kit_start(&kit);
    const struct snapshot *seen = answer_and_look(&kit, 0, 0, "2026-11-22T03:00");
    assert_int_equal(seen->summary, DISPLAY_CLOSED);
    assert_int_equal(seen->pages[0].worst, DISPLAY_CLOSED);
    assert_false(seen->data_trouble);
    assert_int_equal(seen->alert_count, 0);
    kit_finish(&kit);
}

static void a_partly_closed_floor_is_what_its_open_tiles_are(void **state)
{
    (void)state;
    struct kit kit;
    show_two_queues(&kit);
    const struct snapshot *seen = answer_and_look(&kit, 12, 0, "2026-11-22T03:00");
    assert_int_equal(seen->summary, DISPLAY_OK);
    assert_int_equal(seen->pages[0].worst, DISPLAY_OK);
    kit_finish(&kit);
}

static void closed_by_hand_is_closed_and_opening_by_hand_leaves_the_hours_alone(void **state)
{
    (void)state;
    struct kit kit;
    show_two_queues(&kit);
    board_close(kit.board, moment("2026-11-20T10:00"));
    const struct snapshot *seen = answer_and_look(&kit, 1, 1, "2026-11-20T10:01");
    assert_int_equal(seen->summary, DISPLAY_CLOSED);
    assert_int_equal(seen->pages[0].tiles[0].opens_wall_ms, 0);
    board_open(kit.board, moment("2026-11-20T10:02"));
    assert_int_equal(answer_and_look(&kit, 1, 1, "2026-11-20T10:03")->summary, DISPLAY_OK);
    board_close(kit.board, moment("2026-11-20T20:00"));
    board_open(kit.board, moment("2026-11-20T20:01"));
    seen = answer_and_look(&kit, 1, 1, "2026-11-20T20:02");
    assert_int_equal(seen->pages[0].tiles[0].display, DISPLAY_CLOSED);
    assert_int_equal(seen->pages[0].tiles[1].display, DISPLAY_OK);
    kit_finish(&kit);
}

static void a_clock_that_is_set_opens_and_closes_at_once(void **state)
{
    (void)state;
    struct kit kit;
    show_two_queues(&kit);
    struct now now = moment("2026-11-21T10:00");
    assert_int_equal(kit_look_at(&kit, now)->pages[0].tiles[0].display, DISPLAY_CLOSED);
    now.monotonic_ms += 1000;
    now.wall_ms = wall("2026-11-20T10:00");
    assert_int_equal(kit_look_at(&kit, now)->pages[0].tiles[0].display, DISPLAY_NODATA);
    kit_finish(&kit);
}

static void on_days_of_23_and_25_hours_the_floor_opens_by_the_clock(void **state)
{
    (void)state;
    struct kit kit;
    show_two_queues(&kit);
    open_on(&sales_hours, "sun", "08:30-18:30");
    board_destroy(kit.board);
    kit_start(&kit);
    assert_int_equal(kit_look_at(&kit, moment("2026-03-29T06:29:59Z"))->pages[0].tiles[0].display,
                     DISPLAY_CLOSED);
    assert_int_equal(kit_look_at(&kit, moment("2026-03-29T06:30:00Z"))->pages[0].tiles[0].display,
                     DISPLAY_NODATA);
    assert_int_equal(kit_look_at(&kit, moment("2026-10-25T07:29:59Z"))->pages[0].tiles[0].display,
                     DISPLAY_CLOSED);
    assert_int_equal(kit_look_at(&kit, moment("2026-10-25T07:30:00Z"))->pages[0].tiles[0].display,
                     DISPLAY_NODATA);
    kit_finish(&kit);
}

int main(void)
{
    if (!calendar_set_zone("Europe/Paris", NULL))
        return 1;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_total_is_open_when_one_of_its_queues_is),
        cmocka_unit_test(a_total_with_a_queue_that_has_no_hours_is_always_open),
        cmocka_unit_test(a_total_that_does_not_tell_its_queues_is_always_open),
        cmocka_unit_test(a_total_stays_closed_where_at_night_nothing_is_sent),
        cmocka_unit_test(thresholds_change_at_noon_sharp_and_back),
        cmocka_unit_test(a_date_beats_a_weekday_wherever_it_is_written),
        cmocka_unit_test(a_narrower_scope_beats_an_hour),
        cmocka_unit_test(of_equal_rules_the_last_wins),
        cmocka_unit_test(a_rule_of_the_night_reaches_into_the_next_morning),
        cmocka_unit_test(a_one_off_night_reaches_into_the_next_year),
        cmocka_unit_test(on_days_of_23_and_25_hours_rules_follow_the_clock_on_the_wall),
        cmocka_unit_test(a_tile_s_own_rule_keeps_its_hours_too),
        cmocka_unit_test(figures_are_judged_by_the_rule_of_their_hour),
        cmocka_unit_test(a_new_minute_is_told_so_that_thresholds_reach_the_screen),
        cmocka_unit_test(a_threshold_is_due_for_review_the_day_after_its_date),
        cmocka_unit_test(a_rule_for_something_else_is_nobody_s_review),
        cmocka_unit_test(a_closed_queue_is_closed_whatever_comes_and_the_others_are_not),
        cmocka_unit_test(a_closed_tile_knows_when_it_opens),
        cmocka_unit_test(closing_mutes_the_alerts_of_the_queue_alone),
        cmocka_unit_test(a_queue_opens_to_the_minute_and_begins_anew),
        cmocka_unit_test(the_first_and_the_last_quarter_of_an_hour_are_told),
        cmocka_unit_test(a_floor_where_all_is_closed_is_closed_and_not_green),
        cmocka_unit_test(a_partly_closed_floor_is_what_its_open_tiles_are),
        cmocka_unit_test(closed_by_hand_is_closed_and_opening_by_hand_leaves_the_hours_alone),
        cmocka_unit_test(a_clock_that_is_set_opens_and_closes_at_once),
        cmocka_unit_test(on_days_of_23_and_25_hours_the_floor_opens_by_the_clock),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
