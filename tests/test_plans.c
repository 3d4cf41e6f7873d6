/* Thresholds in percent of a plan, paced targets, and how a service level is counted. */

#include "model/pace.h"
#include "model/rule.h"

#include "base/calendar.h"
#include "board_kit.h"
#include "near.h"
#include "tests/moment.h"

static void plan(struct kit *kit, struct plan_setting *setting, const char *kpi, double value)
{
    *setting = (struct plan_setting){catalogue_kpi(kit->catalogue, kpi), value};
    kit->settings.plans = setting;
    kit->settings.plan_count = 1;
}

static void answer_aht(struct kit *kit, double talk_s, double handled, double t_s)
{
    kit_say(kit, "talk_s", talk_s, PERIOD_TODAY, NULL);
    kit_say(kit, "hold_s", 0, PERIOD_TODAY, NULL);
    kit_say(kit, "acw_s", 0, PERIOD_TODAY, NULL);
    kit_say(kit, "handled", handled, PERIOD_TODAY, NULL);
    kit_answer(kit, t_s);
}

static void without_a_plan_there_is_no_colour(void **state)
{
    (void)state;
    struct kit kit;
    kit_init(&kit);
    kit_tile(&kit, "aht", "aht");
    kit_start(&kit);
    answer_aht(&kit, 90000, 100, 0);
    const struct snapshot_tile *tile = kit_look(&kit, 0, 0);
    assert_number(tile, 900);
    assert_int_equal(tile->display, DISPLAY_NEUTRAL);
    assert_unknown(tile->target);
    assert_unknown(tile->limits.warn_high);
    kit_finish(&kit);
}

static void limits_are_percent_of_the_plan_in_the_kpis_own_unit(void **state)
{
    (void)state;
    struct kit kit;
    struct plan_setting setting;
    kit_init(&kit);
    kit_tile(&kit, "aht", "aht");
    plan(&kit, &setting, "aht", 320);
    kit_start(&kit);
    answer_aht(&kit, 32000, 100, 0);
    const struct snapshot_tile *tile = kit_look(&kit, 0, 0);
    assert_int_equal(tile->display, DISPLAY_OK);
    assert_true(tile->limits.warn_low == 288 && tile->limits.warn_high == 352);
    assert_true(tile->limits.critical_low == 256 && tile->limits.critical_high == 400);
    assert_true(tile->target == 320);
    kit_finish(&kit);
}

static void a_handling_time_far_from_its_plan_is_red(void **state)
{
    (void)state;
    struct kit kit;
    struct plan_setting setting;
    kit_init(&kit);
    kit_tile(&kit, "aht", "aht");
    plan(&kit, &setting, "aht", 320);
    kit_start(&kit);
    answer_aht(&kit, 40100, 100, 0);
    assert_int_equal(kit_look(&kit, 0, 0)->display, DISPLAY_CRITICAL);
    kit_finish(&kit);
}

static void a_rule_of_the_board_is_in_percent_of_the_plan_too(void **state)
{
    (void)state;
    struct kit kit;
    struct plan_setting setting;
    kit_init(&kit);
    kit_tile(&kit, "backlog", "tickets_unresolved");
    kit_rule(&kit, "tickets_unresolved")->warn = 120;
    plan(&kit, &setting, "tickets_unresolved", 250);
    kit_start(&kit);
    kit_say(&kit, "tickets_open_now", 290, PERIOD_NOW, NULL);
    kit_answer(&kit, 0);
    const struct snapshot_tile *tile = kit_look(&kit, 0, 0);
    assert_true(tile->limits.warn_high == 300);
    assert_int_equal(tile->display, DISPLAY_OK);
    kit_finish(&kit);
}

static void a_plan_of_0_is_no_plan(void **state)
{
    (void)state;
    struct kit kit;
    struct plan_setting setting;
    kit_init(&kit);
    kit_tile(&kit, "aht", "aht");
    plan(&kit, &setting, "aht", 0);
    kit_start(&kit);
    answer_aht(&kit, 32000, 100, 0);
    assert_int_equal(kit_look(&kit, 0, 0)->display, DISPLAY_NEUTRAL);
    kit_finish(&kit);
}

static void a_paced_target_asks_for_what_is_due_by_now(void **state)
{
    (void)state;
    struct rule day = {.paced = true,
                       .limits = {95000, NAN, 85000, NAN},
                       .hysteresis = 1000,
                       .target = 100000,
                       .plan = 100000};
    struct rule noon = rule_at_pace(&day, 0.4);
    assert_true(noon.target == 40000);
    assert_true(noon.plan == 40000);
    assert_true(noon.limits.warn_low == 38000);
    assert_true(noon.limits.critical_low == 34000);
    assert_true(noon.hysteresis == 400);
    assert_unknown(noon.limits.warn_high);
}

static void set_zone(void)
{
    struct error error = {""};
    assert_true(calendar_set_zone("Europe/Paris", &error));
}

/* The kit's 0 s is a Saturday, 11:15: 675 of 1440 minutes. */
static void without_hours_the_target_grows_around_the_clock(void **state)
{
    (void)state;
    set_zone();
    struct kit kit;
    struct plan_setting setting;
    kit_init(&kit);
    kit_tile(&kit, "revenue", "revenue");
    plan(&kit, &setting, "revenue", 19200);
    kit_start(&kit);
    kit_say(&kit, "revenue_eur", 8900, PERIOD_TODAY, NULL);
    kit_answer(&kit, 0);
    const struct snapshot_tile *tile = kit_look(&kit, 0, 0);
    assert_near(tile->target, 9000, 1e-9);
    assert_near(tile->limits.warn_low, 8550, 1e-9);
    assert_int_equal(tile->display, DISPLAY_OK);
    assert_near(kit_look(&kit, 60 * 60, 0)->target, 9800, 1e-9);
    kit_finish(&kit);
}

/* The tile has no queue of its own: it adds up those of both, and each keeps to its hours. */
static void a_total_is_due_by_the_hours_of_its_queues(void **state)
{
    (void)state;
    set_zone();
    struct kit kit;
    struct plan_setting setting;
    struct opening_hours hours[] = {
        {.where.value[DIM_QUEUE] = "Ventes", .week = {[5] = {1, {{480, 720}}}}},   /* 08:00 to 12:00 */
        {.where.value[DIM_QUEUE] = "Relance", .week = {[5] = {1, {{600, 1080}}}}}, /* 10:00 to 18:00 */
    };
    kit_init(&kit);
    kit_tile(&kit, "revenue", "revenue");
    plan(&kit, &setting, "revenue", 20000);
    kit.settings.schedules = hours;
    kit.settings.schedule_count = 2;
    kit_start(&kit);
    kit_say(&kit, "revenue_eur", 3400, PERIOD_TODAY, NULL)->dims.value[DIM_QUEUE] = "Ventes";
    kit_say(&kit, "revenue_eur", 3000, PERIOD_TODAY, NULL)->dims.value[DIM_QUEUE] = "Relance";
    kit_answer(&kit, 0);
    assert_near(kit_look(&kit, 0, 0)->target, 6500, 1e-9); /* 195 of 600 minutes, from the first answer on */
    assert_int_equal(kit_look(&kit, 0, 0)->display, DISPLAY_OK);
    kit_finish(&kit);
}

/* What a week has brought is not measured by the hour of the day. */
static void a_figure_of_another_period_is_judged_by_the_whole_target(void **state)
{
    (void)state;
    set_zone();
    struct kit kit;
    struct plan_setting setting;
    kit_init(&kit);
    kit_tile(&kit, "revenue", "revenue")->period = PERIOD_WEEK;
    plan(&kit, &setting, "revenue", 20000);
    kit_start(&kit);
    kit_say(&kit, "revenue_eur", 19200, PERIOD_WEEK, NULL);
    kit_answer(&kit, 0);
    assert_near(kit_look(&kit, 0, 0)->target, 20000, 1e-9);
    assert_int_equal(kit_look(&kit, 0, 0)->display, DISPLAY_OK);
    kit_finish(&kit);
}

static void with_opening_hours_the_target_grows_through_the_day(void **state)
{
    (void)state;
    set_zone();
    struct kit kit;
    struct plan_setting setting;
    struct opening_hours hours = {.week = {[5] = {1, {{480, 1080}}}}}; /* 08:00 to 18:00 */
    kit_init(&kit);
    kit_tile(&kit, "revenue", "revenue");
    plan(&kit, &setting, "revenue", 20000);
    kit.settings.schedules = &hours;
    kit.settings.schedule_count = 1;
    kit_start(&kit);
    kit_say(&kit, "revenue_eur", 6400, PERIOD_TODAY, NULL);
    kit_answer(&kit, 0);
    assert_near(kit_look(&kit, 0, 0)->target, 6500, 1e-9);
    assert_int_equal(kit_look(&kit, 0, 0)->display, DISPLAY_OK);
    assert_near(kit_look(&kit, 600, 0)->target, 20000 * (205 / 600.0), 1e-9);
    kit_finish(&kit);
}

static void the_elapsed_share_is_one_of_opening_hours(void **state)
{
    (void)state;
    set_zone();
    struct opening_hours week = {.week = {[4] = {2, {{480, 720}, {840, 1080}}}}}; /* Friday 8-12, 14-18 */
    struct pace_hours hours = {&week, 1, NULL}, none = {NULL, 0, NULL};
    assert_true(pace_elapsed_share(&hours, moment_ms("2026-11-20T07:00")) == 0);
    assert_true(pace_elapsed_share(&hours, moment_ms("2026-11-20T10:00")) == 0.25);
    assert_true(pace_elapsed_share(&hours, moment_ms("2026-11-20T13:00")) == 0.5);
    assert_true(pace_elapsed_share(&hours, moment_ms("2026-11-20T16:00")) == 0.75);
    assert_true(pace_elapsed_share(&hours, moment_ms("2026-11-20T22:00")) == 1);
    assert_true(pace_elapsed_share(&hours, moment_ms("2026-11-21T10:00")) == 1);
    assert_true(pace_elapsed_share(&none, moment_ms("2026-11-20T12:00")) == 0.5);
    assert_true(pace_elapsed_share(&none, moment_ms("2026-03-29T12:00")) ==
                11.0 / 23); /* a day of 23 hours */
}

/* ---- service level ---- */

/* "good_day" of sl_variants.csv. */
static void answer_good_day(struct kit *kit, bool with_source)
{
    static const struct {
        const char *id;
        double value;
    } counters[] = {{"offered", 500},      {"answered", 480},      {"answered_in_t", 430}, {"abandoned", 20},
                    {"abandoned_in_t", 8}, {"short_abandoned", 6}, {"sl_counted", 494.5}};
    for (size_t i = 0; i < 6 + (size_t)with_source; i++)
        kit_say(kit, counters[i].id, counters[i].value, PERIOD_TODAY, NULL);
    kit_say(kit, "waiting_over_t_now", 3, PERIOD_NOW, NULL);
    kit_answer(kit, 0);
}

static const struct snapshot_tile *look_with(struct kit *kit, const char *variant, bool with_source)
{
    kit_init(kit);
    kit_tile(kit, "sl", "service_level");
    kit->settings.has_sl_variant = variant && service_level_parse(variant, &kit->settings.sl_variant);
    kit_start(kit);
    answer_good_day(kit, with_source);
    return kit_look(kit, 0, 0);
}

#define assert_variant(wished, with_source, expected, named)                                                 \
    do {                                                                                                     \
        struct kit kit_;                                                                                     \
        const struct snapshot_tile *tile_ = look_with(&kit_, wished, with_source);                           \
        assert_number(tile_, expected);                                                                      \
        assert_string_equal(tile_->sl_variant, named);                                                       \
        kit_finish(&kit_);                                                                                   \
    } while (0)

static void each_variant_of_the_service_level_is_counted_and_named(void **state)
{
    (void)state;
    assert_variant("V1", true, 100.0 * 430 / 494, "V1");
    assert_variant("V2", true, 86, "V2");
    assert_variant("V3", true, 100.0 * 430 / 492, "V3");
    assert_variant("V4", true, 87.6, "V4");
    assert_variant("V5", true, 100.0 * 430 / 480, "V5");
    assert_variant("V6", true, 87.2, "V6");
    assert_variant("V7", true, 100.0 * 430 / 497, "V7");
    assert_variant("source", true, 100.0 * 430 / 494.5, "source");
}

static void without_a_wish_the_source_counts_else_V1(void **state)
{
    (void)state;
    assert_variant(NULL, true, 100.0 * 430 / 494.5, "source");
    assert_variant(NULL, false, 100.0 * 430 / 494, "V1");
}

static void a_tile_may_count_otherwise_than_its_board(void **state)
{
    (void)state;
    struct kit kit;
    kit_init(&kit);
    struct tile_settings *tile = kit_tile(&kit, "sl", "service_level");
    tile->has_sl_variant = kit.settings.has_sl_variant = true;
    tile->sl_variant = SERVICE_LEVEL_V5;
    kit.settings.sl_variant = SERVICE_LEVEL_V2;
    kit_start(&kit);
    answer_good_day(&kit, false);
    assert_string_equal(kit_look(&kit, 0, 0)->sl_variant, "V5");
    kit_finish(&kit);
}

static void a_variant_that_the_source_cannot_give_is_unknown(void **state)
{
    (void)state;
    struct kit kit;
    const struct snapshot_tile *tile = look_with(&kit, "source", false);
    assert_int_equal(tile->display, DISPLAY_NODATA);
    kit_finish(&kit);
}

static void short_abandons_that_are_not_sent_count_as_0_in_every_variant(void **state)
{
    (void)state;
    struct kit kit;
    kit_init(&kit);
    kit_tile(&kit, "sl", "service_level");
    kit.settings.has_sl_variant = true;
    kit.settings.sl_variant = SERVICE_LEVEL_V6;
    kit_start(&kit);
    kit_say(&kit, "answered_in_t", 430, PERIOD_TODAY, NULL);
    kit_say(&kit, "offered", 500, PERIOD_TODAY, NULL);
    kit_answer(&kit, 0);
    assert_number(kit_look(&kit, 0, 0), 86);
    kit_finish(&kit);
}

static void a_days_service_level_says_how_many_answers_would_mend_it(void **state)
{
    (void)state;
    struct kit kit;
    kit_init(&kit);
    kit_tile(&kit, "sl", "service_level");
    kit_start(&kit);
    kit_say(&kit, "answered_in_t", 700, PERIOD_TODAY, NULL);
    kit_say(&kit, "offered", 1000, PERIOD_TODAY, NULL);
    kit_answer(&kit, 0);
    assert_true(kit_look(&kit, 0, 0)->answers_to_recover == 500);
    kit_say(&kit, "answered_in_t", 70, PERIOD_30M, NULL);
    kit_say(&kit, "offered", 100, PERIOD_30M, NULL);
    kit_answer(&kit, 5);
    assert_unknown(kit_look(&kit, 5, 0)->answers_to_recover);
    kit_finish(&kit);
}

static void where_the_days_figure_is_gone_the_whole_target_is_back(void **state)
{
    (void)state;
    set_zone();
    struct kit kit;
    struct plan_setting setting;
    struct opening_hours hours = {.week = {[5] = {1, {{480, 1080}}}}};
    kit_init(&kit);
    kit_tile(&kit, "revenue", "revenue");
    plan(&kit, &setting, "revenue", 20000);
    kit.settings.schedules = &hours;
    kit.settings.schedule_count = 1;
    kit_start(&kit);
    kit_say(&kit, "revenue_eur", 6400, PERIOD_TODAY, NULL);
    kit_answer(&kit, 0);
    assert_near(kit_look(&kit, 0, 0)->target, 6500, 1e-9);
    kit_say(&kit, "revenue_eur", 64000, PERIOD_WEEK, NULL);
    kit_answer(&kit, 30);
    kit_look(&kit, 1000, 0);
    kit_say(&kit, "revenue_eur", 64000, PERIOD_WEEK, NULL);
    kit_answer(&kit, 1000);
    assert_near(kit_look(&kit, 1060, 0)->target, 20000, 1e-9);
    kit_finish(&kit);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_a_plan_there_is_no_colour),
        cmocka_unit_test(limits_are_percent_of_the_plan_in_the_kpis_own_unit),
        cmocka_unit_test(a_handling_time_far_from_its_plan_is_red),
        cmocka_unit_test(a_rule_of_the_board_is_in_percent_of_the_plan_too),
        cmocka_unit_test(a_plan_of_0_is_no_plan),
        cmocka_unit_test(a_paced_target_asks_for_what_is_due_by_now),
        cmocka_unit_test(without_hours_the_target_grows_around_the_clock),
        cmocka_unit_test(a_total_is_due_by_the_hours_of_its_queues),
        cmocka_unit_test(a_figure_of_another_period_is_judged_by_the_whole_target),
        cmocka_unit_test(with_opening_hours_the_target_grows_through_the_day),
        cmocka_unit_test(the_elapsed_share_is_one_of_opening_hours),
        cmocka_unit_test(each_variant_of_the_service_level_is_counted_and_named),
        cmocka_unit_test(without_a_wish_the_source_counts_else_V1),
        cmocka_unit_test(a_tile_may_count_otherwise_than_its_board),
        cmocka_unit_test(a_variant_that_the_source_cannot_give_is_unknown),
        cmocka_unit_test(short_abandons_that_are_not_sent_count_as_0_in_every_variant),
        cmocka_unit_test(a_days_service_level_says_how_many_answers_would_mend_it),
        cmocka_unit_test(where_the_days_figure_is_gone_the_whole_target_is_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
