/* KPIs that are no ratio of sums, and those about the board itself, on a board. */

#include "model/computed.h"

#include <stdio.h>

#include "base/calendar.h"
#include "base/memory.h"
#include "board_kit.h"
#include "model/erlang.h"

static void show(struct kit *kit, const char *kpi)
{
    kit_init(kit);
    kit_tile(kit, "tile", kpi);
    kit_start(kit);
}

static void say_gauge(struct kit *kit, const char *id, double value, const char *queue)
{
    kit_say(kit, id, value, PERIOD_NOW, queue);
}

/* 300 s a contact in the last hour. */
static void say_floor(struct kit *kit, double waiting, double available, double on_contact, const char *queue)
{
    say_gauge(kit, "waiting_now", waiting, queue);
    say_gauge(kit, "agents_available", available, queue);
    say_gauge(kit, "agents_on_contact", on_contact, queue);
    say_gauge(kit, "agents_acw", 2, queue);
    kit_say(kit, "handle_s", 30000, PERIOD_60M, queue);
    kit_say(kit, "handled", 100, PERIOD_60M, queue);
}

/* ---- the estimated wait ---- */

static void the_next_caller_waits_for_those_before_and_himself(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit, "ewt");
    say_floor(&kit, 5, 0, 18, NULL);
    kit_answer(&kit, 0);
    assert_number(kit_look(&kit, 0, 0), 6 * 300.0 / 20);
    kit_finish(&kit);
}

static void with_somebody_free_and_nobody_waiting_there_is_no_wait(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit, "ewt");
    say_floor(&kit, 0, 3, 18, NULL);
    kit_answer(&kit, 0);
    assert_number(kit_look(&kit, 0, 0), 0);
    kit_finish(&kit);
}

static void with_nobody_to_answer_the_wait_is_unknown(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit, "ewt");
    say_floor(&kit, 2, 0, 0, NULL);
    kit.samples[3].value = 0;
    kit_answer(&kit, 0);
    assert_unknown(kit_look(&kit, 0, 0)->value);
    kit_finish(&kit);
}

static void unknown_agents_make_the_wait_unknown(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit, "ewt");
    say_floor(&kit, 5, 0, NAN, NULL);
    kit_answer(&kit, 0);
    assert_int_equal(kit_look(&kit, 0, 0)->display, DISPLAY_NODATA);
    kit_finish(&kit);
}

static void a_source_without_after_call_work_has_a_wait_too(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit, "ewt");
    say_floor(&kit, 5, 0, 18, NULL);
    kit.samples[3].id = "agents_pause";
    kit_answer(&kit, 0);
    assert_number(kit_look(&kit, 0, 0), 6 * 300.0 / 18);
    kit_finish(&kit);
}

static void of_several_queues_the_longest_wait_counts(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit, "ewt");
    say_floor(&kit, 5, 0, 18, "Ventes");
    say_floor(&kit, 7, 0, 6, "Support");
    kit_answer(&kit, 0);
    assert_number(kit_look(&kit, 0, 0), 8 * 300.0 / 8);
    kit_finish(&kit);
}

static void the_sources_own_estimate_is_preferred(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit, "ewt");
    say_floor(&kit, 5, 0, 18, NULL);
    say_gauge(&kit, "ewt", 42, NULL);
    kit_answer(&kit, 0);
    assert_number(kit_look(&kit, 0, 0), 42);
    assert_true(kit_look(&kit, 0, 0)->not_aggregated);
    kit_finish(&kit);
}

/* ---- agents ---- */

/* 200 calls in half an hour, 240 s each: 26.67 erlangs. */
static void say_load(struct kit *kit, const char *queue)
{
    kit_say(kit, "offered", 200, PERIOD_30M, queue);
    kit_say(kit, "handle_s", 24000, PERIOD_60M, queue);
    kit_say(kit, "handled", 100, PERIOD_60M, queue);
}

static int agents_for(double calls, double goal)
{
    struct erlang_load load = {calls, 1800, 240, NAN};
    return erlang_agents_required(&load, 20, goal, 1);
}

static void agents_are_required_for_the_load_of_the_half_hour(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit, "agents_required");
    say_load(&kit, NULL);
    kit_answer(&kit, 0);
    assert_number(kit_look(&kit, 0, 0), 32);
    assert_int_equal(agents_for(200, 0.8), 32);
    kit_finish(&kit);
}

static void the_forecast_goes_before_the_last_half_hour(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit, "agents_required");
    say_load(&kit, NULL);
    kit_say(&kit, "forecast_offered", 300, PERIOD_30M, NULL);
    kit_answer(&kit, 0);
    assert_number(kit_look(&kit, 0, 0), agents_for(300, 0.8));
    kit_finish(&kit);
}

static void the_boards_own_service_level_target_is_staffed_for(void **state)
{
    (void)state;
    struct kit kit;
    kit_init(&kit);
    kit_tile(&kit, "tile", "agents_required");
    kit_rule(&kit, "service_level")->target = 95;
    kit_start(&kit);
    say_load(&kit, NULL);
    kit_answer(&kit, 0);
    assert_number(kit_look(&kit, 0, 0), agents_for(200, 0.95));
    kit_finish(&kit);
}

static void queues_are_staffed_one_by_one(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit, "agents_required");
    say_load(&kit, "Ventes");
    say_load(&kit, "Support");
    kit_answer(&kit, 0);
    assert_number(kit_look(&kit, 0, 0), 64);
    kit_finish(&kit);
}

/* Two lines of one queue, 240 s forecast for each: not 480 s. */
static void the_forecast_handling_times_of_two_lines_are_not_added_up(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit, "agents_required");
    const char *const channels[] = {"voice", "chat"};
    for (int i = 0; i < 2; i++) {
        kit_say(&kit, "forecast_offered", 100, PERIOD_30M, "Ventes")->dims.value[DIM_CHANNEL] = channels[i];
        kit_say(&kit, "forecast_aht_s", 240, PERIOD_NOW, "Ventes")->dims.value[DIM_CHANNEL] = channels[i];
    }
    kit_answer(&kit, 0);
    assert_number(kit_look(&kit, 0, 0), 32);
    kit_finish(&kit);
}

static void without_a_handling_time_nobody_knows_how_many_are_required(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit, "agents_required");
    kit_say(&kit, "offered", 200, PERIOD_30M, NULL);
    kit_answer(&kit, 0);
    assert_int_equal(kit_look(&kit, 0, 0)->display, DISPLAY_NODATA);
    kit_finish(&kit);
}

static void a_days_total_is_not_a_half_hours_load(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit, "agents_required");
    say_load(&kit, NULL);
    kit.samples[0].period = PERIOD_TODAY;
    kit_answer(&kit, 0);
    assert_unknown(kit_look(&kit, 0, 0)->value);
    kit_finish(&kit);
}

static void the_gap_is_who_is_there_without_who_is_required(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit, "staffing_gap");
    say_load(&kit, "Ventes");
    say_load(&kit, "Support");
    say_gauge(&kit, "agents_available", 5, NULL); /* the source's own total: some serve both queues */
    say_gauge(&kit, "agents_on_contact", 50, NULL);
    say_gauge(&kit, "agents_acw", 4, NULL);
    kit_answer(&kit, 0);
    assert_number(kit_look(&kit, 0, 0), 59 - 64);
    assert_int_equal(kit_look(&kit, 0, 0)->display, DISPLAY_CRITICAL);
    kit_finish(&kit);
}

/* ---- the service level to come ---- */

static void say_forecast(struct kit *kit, double agents)
{
    kit_say(kit, "forecast_offered", 200, PERIOD_30M, NULL);
    kit_say(kit, "handle_s", 24000, PERIOD_60M, NULL);
    kit_say(kit, "handled", 100, PERIOD_60M, NULL);
    say_gauge(kit, "scheduled_agents", agents, NULL);
}

static void the_service_level_is_forecast_by_erlang_C(void **state)
{
    (void)state;
    struct kit kit;
    struct erlang_load load = {200, 1800, 240, NAN};
    show(&kit, "service_level_forecast");
    say_forecast(&kit, 30);
    kit_answer(&kit, 0);
    assert_number(kit_look(&kit, 0, 0), 100 * erlang_service_level(&load, 30, 20));
    kit_finish(&kit);
}

static void callers_known_to_hang_up_make_it_erlang_A(void **state)
{
    (void)state;
    struct kit kit;
    struct erlang_load load = {200, 1800, 240, 120};
    show(&kit, "service_level_forecast");
    say_forecast(&kit, 25);
    kit_say(&kit, "wait_answered_s", 9000, PERIOD_TODAY, NULL);
    kit_say(&kit, "wait_abandoned_s", 3000, PERIOD_TODAY, NULL);
    kit_say(&kit, "abandoned", 100, PERIOD_TODAY, NULL);
    kit_answer(&kit, 0);
    assert_number(kit_look(&kit, 0, 0), 100 * erlang_service_level(&load, 25, 20));
    assert_false(kit_look(&kit, 0, 0)->overloaded);
    kit_finish(&kit);
}

static void a_queue_that_would_grow_without_end_is_overloaded_and_no_number(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit, "service_level_forecast");
    say_forecast(&kit, 25);
    kit_answer(&kit, 0);
    const struct snapshot_tile *tile = kit_look(&kit, 0, 0);
    assert_unknown(tile->value);
    assert_true(tile->overloaded);
    assert_int_equal(tile->display, DISPLAY_NEUTRAL);
    kit_finish(&kit);
}

static void without_a_forecast_no_service_level_is_foretold(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit, "service_level_forecast");
    say_forecast(&kit, 30);
    kit.samples[0].id = "offered";
    kit_answer(&kit, 0);
    assert_int_equal(kit_look(&kit, 0, 0)->display, DISPLAY_NODATA);
    kit_finish(&kit);
}

/* ---- productivity ---- */

static void productivity_is_the_mean_of_what_is_known_against_targets(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit, "agent_productivity");
    kit_say(&kit, "in_adherence_s", 81, PERIOD_TODAY, NULL);
    kit_say(&kit, "scheduled_s", 100, PERIOD_TODAY, NULL);
    kit_say(&kit, "script_used", 88, PERIOD_TODAY, NULL);
    kit_say(&kit, "handled", 100, PERIOD_TODAY, NULL);
    kit_say(&kit, "login_s", 72000, PERIOD_TODAY, NULL);
    kit_answer(&kit, 0);
    const struct snapshot_tile *tile = kit_look(&kit, 0, 0);
    assert_number(tile, (100 * 81 / 90.0 + 100 * 88 / 80.0) / 2);
    assert_true(tile->n == 72000);
    assert_true(tile->n_is_time);
    kit_finish(&kit);
}

static void no_term_counts_for_more_than_120_percent(void **state)
{
    (void)state;
    struct kit kit;
    struct plan_setting plan;
    kit_init(&kit);
    kit_tile(&kit, "tile", "agent_productivity");
    plan = (struct plan_setting){catalogue_kpi(kit.catalogue, "contacts_per_hour"), 8};
    kit.settings.plans = &plan;
    kit.settings.plan_count = 1;
    kit_start(&kit);
    kit_say(&kit, "handled", 20, PERIOD_TODAY, NULL);
    kit_say(&kit, "talk_s", 3600, PERIOD_TODAY, NULL);
    kit_say(&kit, "hold_s", 0, PERIOD_TODAY, NULL);
    kit_say(&kit, "acw_s", 0, PERIOD_TODAY, NULL);
    kit_say(&kit, "ready_idle_s", 0, PERIOD_TODAY, NULL);
    kit_answer(&kit, 0);
    assert_number(kit_look(&kit, 0, 0), 120);
    kit_finish(&kit);
}

/* ---- the forecast's error; the kit's minute 0 is 11:15 by the clock ---- */

static void answer_wape(struct kit *kit, double minute, double offered, double forecast)
{
    kit_say(kit, "offered", offered, PERIOD_TODAY, NULL);
    kit_say(kit, "forecast_offered", forecast, PERIOD_TODAY, NULL);
    kit_answer(kit, minute * 60);
}

static void the_forecasts_error_is_summed_over_closed_half_hours(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit, "forecast_wape");
    answer_wape(&kit, 0, 500, 480);
    answer_wape(&kit, 15, 520, 500);
    assert_unknown(kit_look(&kit, 15 * 60, 0)->value);
    answer_wape(&kit, 45, 580, 580); /* 60 came, 80 were forecast */
    assert_number(kit_look(&kit, 45 * 60, 0), 100 * 20 / 60.0);
    answer_wape(&kit, 60, 600, 590);
    assert_number(kit_look(&kit, 60 * 60, 0), 100 * 20 / 60.0);
    answer_wape(&kit, 75, 680, 660); /* 100 came, 80 were forecast */
    assert_number(kit_look(&kit, 75 * 60, 0), 100 * 40 / 160.0);
    assert_true(kit_look(&kit, 75 * 60, 0)->n == 160);
    kit_finish(&kit);
}

static void a_restart_of_the_source_is_no_error_of_the_forecast(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit, "forecast_wape");
    answer_wape(&kit, 0, 500, 480);
    answer_wape(&kit, 15, 520, 500);
    answer_wape(&kit, 45, 10, 580);
    assert_unknown(kit_look(&kit, 45 * 60, 0)->value);
    answer_wape(&kit, 75, 70, 640);
    assert_number(kit_look(&kit, 75 * 60, 0), 0);
    kit_finish(&kit);
}

/* ---- complaints ---- */

static void answer_complaints(struct kit *kit, double hour, double count)
{
    kit_say(kit, "complaints", count, PERIOD_WEEK, NULL);
    kit_answer(kit, hour * 3600);
}

static void complaints_are_compared_with_the_same_part_of_the_week_before(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit, "complaints_trend");
    answer_complaints(&kit, 0, 20);
    assert_unknown(kit_look(&kit, 0, 0)->value);
    answer_complaints(&kit, 1, 22);
    answer_complaints(&kit, 7 * 24, 25);
    const struct snapshot_tile *tile = kit_look(&kit, 7 * 24 * 3600, 0);
    assert_number(tile, 25);
    assert_true(tile->n == 20);
    kit_finish(&kit);
}

static void complaints_that_were_not_recorded_are_not_guessed(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit, "complaints_trend");
    answer_complaints(&kit, 0, 20);
    answer_complaints(&kit, 7 * 24 + 5, 25);
    assert_unknown(kit_look(&kit, (7 * 24 + 5) * 3600, 0)->value);
    kit_finish(&kit);
}

/* ---- parts ---- */

#define assert_part(tile, index, expected_name, expected)                                                    \
    do {                                                                                                     \
        assert_string_equal((tile)->parts[index].name, expected_name);                                       \
        assert_true((tile)->parts[index].value == (expected));                                               \
    } while (0)

static void agents_are_shown_by_state_the_most_frequent_first(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit, "agent_states");
    say_gauge(&kit, "agents_available", 3, NULL);
    say_gauge(&kit, "agents_on_contact", 15, NULL);
    say_gauge(&kit, "agents_acw", 2, NULL);
    say_gauge(&kit, "agents_other", 4, NULL);
    say_gauge(&kit, "agents_logged_in", 24, NULL);
    kit_answer(&kit, 0);
    const struct snapshot_tile *tile = kit_look(&kit, 0, 0);
    assert_number(tile, 24);
    assert_int_equal(tile->part_count, 4);
    assert_part(tile, 0, "on_contact", 15);
    assert_part(tile, 1, "available", 3);
    assert_part(tile, 2, "acw", 2);
    assert_part(tile, 3, "other", 4);
    kit_finish(&kit);
}

static void without_a_total_states_add_up(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit, "agent_states");
    say_gauge(&kit, "agents_available", 3, NULL);
    say_gauge(&kit, "agents_on_contact", 15, NULL);
    kit_answer(&kit, 0);
    assert_number(kit_look(&kit, 0, 0), 18);
    kit_finish(&kit);
}

static void say_type(struct kit *kit, const char *type, double value)
{
    kit_say(kit, "tickets_by_type", value, PERIOD_WEEK, NULL)->dims.value[DIM_TYPE] = type;
}

static void classes_behind_the_sixth_are_others(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit, "tickets_by_type");
    say_type(&kit, "panne", 30);
    say_type(&kit, "facture", 20);
    say_type(&kit, "a", 5);
    say_type(&kit, "b", 6);
    say_type(&kit, "c", 7);
    say_type(&kit, "d", 8);
    say_type(&kit, "e", 4);
    say_type(&kit, "f", 3);
    kit_answer(&kit, 0);
    const struct snapshot_tile *tile = kit_look(&kit, 0, 0);
    assert_number(tile, 83);
    assert_int_equal(tile->part_count, 7);
    assert_part(tile, 0, "panne", 30);
    assert_part(tile, 5, "a", 5);
    assert_part(tile, 6, "other", 7);
    kit_finish(&kit);
}

static void say_channel(struct kit *kit, const char *channel, double value, const char *queue)
{
    kit_say(kit, "contacts_by_channel", value, PERIOD_WEEK, queue)->dims.value[DIM_CHANNEL] = channel;
}

static void a_share_is_that_of_the_largest_class_over_all_queues(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit, "channel_share");
    say_channel(&kit, "voice", 30, "Ventes");
    say_channel(&kit, "voice", 20, "Support");
    say_channel(&kit, "chat", 30, "Support");
    kit_answer(&kit, 0);
    const struct snapshot_tile *tile = kit_look(&kit, 0, 0);
    assert_number(tile, 62.5);
    assert_true(tile->n == 80);
    assert_part(tile, 0, "voice", 50);
    assert_part(tile, 1, "chat", 30);
    kit_finish(&kit);
}

static void say_reason(struct kit *kit, const char *reason, double value, const char *queue)
{
    kit_say(kit, "contacts_by_reason", value, PERIOD_TODAY, queue)->dims.value[DIM_REASON] = reason;
}

static void reasons_told_in_the_voice_menu_have_shares(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit, "ivr_reason_share");
    say_reason(&kit, "facture", 27, "Ventes");
    say_reason(&kit, "facture", 18, "Support");
    say_reason(&kit, "panne", 40, "Support");
    say_reason(&kit, "other", 35, "Support");
    kit_answer(&kit, 0);
    const struct snapshot_tile *tile = kit_look(&kit, 0, 0);
    assert_number(tile, 37.5);
    assert_true(tile->n == 120);
    assert_int_equal(tile->part_count, 3);
    assert_part(tile, 0, "facture", 45);
    assert_part(tile, 1, "panne", 40);
    assert_part(tile, 2, "other", 35);
    kit_finish(&kit);
}

static void a_class_that_is_unknown_makes_all_shares_unknown(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit, "channel_share");
    say_channel(&kit, "voice", 30, NULL);
    say_channel(&kit, "chat", NAN, NULL);
    kit_answer(&kit, 0);
    assert_unknown(kit_look(&kit, 0, 0)->value);
    assert_int_equal(kit.snapshot->pages[0].tiles[0].part_count, 0);
    kit_finish(&kit);
}

/* ---- about the board ---- */

static void the_age_of_data_is_that_of_the_oldest_source(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit, "data_age");
    assert_unknown(kit_look(&kit, 0, 0)->value);
    say_gauge(&kit, "waiting_now", 3, NULL);
    kit_answer(&kit, 1);
    say_gauge(&kit, "waiting_now", 3, NULL);
    kit_answer_at(&kit, 1, KIT_NO_TIME, kit_at(30));
    assert_number(kit_look(&kit, 41, 0), 40);
    assert_int_equal(kit_look(&kit, 41, 0)->display, DISPLAY_WARN);
    kit_finish(&kit);
}

static void alerts_are_counted_without_those_about_alerts(void **state)
{
    (void)state;
    struct kit kit;
    kit_init(&kit);
    kit_tile(&kit, "alerts", "active_alerts");
    kit_tile(&kit, "waiting", "calls_waiting");
    kit_tile(&kit, "longest", "longest_wait");
    kit_start(&kit);
    say_gauge(&kit, "waiting_now", 90, NULL);
    say_gauge(&kit, "longest_wait_s", 5, NULL);
    kit_answer(&kit, 0);
    assert_number(kit_look(&kit, 0, 0), 1);
    kit_finish(&kit);
}

/* An amber wait, its red twin, and a red queue. */
static void show_alerts(struct kit *kit)
{
    kit_init(kit);
    kit_tile(kit, "alerts", "active_alerts");
    kit_tile(kit, "longest", "longest_wait");
    struct tile_settings *strict = kit_tile(kit, "strict", "longest_wait");
    kit_tile(kit, "waiting", "calls_waiting")->where.value[DIM_QUEUE] = "Ventes";
    kit->tiles[1].rule.warn = strict->rule.warn = 60;
    kit->tiles[1].rule.critical = 120;
    strict->rule.critical = 90;
    kit_start(kit);
    say_gauge(kit, "longest_wait_s", 100, NULL);
    say_gauge(kit, "waiting_now", 90, "Ventes");
    kit_answer(kit, 0);
}

static void an_alert_that_another_one_explains_is_not_counted(void **state)
{
    (void)state;
    struct kit kit;
    show_alerts(&kit);
    const struct snapshot_tile *tile = kit_look(&kit, 0, 0);
    assert_int_equal(kit.snapshot->pages[0].tiles[1].display, DISPLAY_WARN);
    assert_int_equal(kit.snapshot->pages[0].tiles[2].display, DISPLAY_CRITICAL);
    assert_number(tile, 2);
    assert_int_equal(kit.snapshot->alert_count, 2);
    kit_finish(&kit);
}

static void alerts_of_a_silent_source_are_not_counted(void **state)
{
    (void)state;
    struct kit kit;
    show_alerts(&kit);
    struct source_failure failure = {.problem = SOURCE_UNREACHABLE};
    board_source_failed(kit.board, 0, &failure, kit_at(1));
    assert_number(kit_look(&kit, 14, 0), 2);
    assert_number(kit_look(&kit, 31, 0), 0);
    assert_int_equal(kit.snapshot->alert_count, 0);
    kit_finish(&kit);
}

static void an_alert_of_several_figures_together_is_counted_in_its_queue(void **state)
{
    (void)state;
    struct kit kit;
    kit_init(&kit);
    kit_tile(&kit, "sales", "active_alerts")->where.value[DIM_QUEUE] = "Ventes";
    kit_tile(&kit, "support", "active_alerts")->where.value[DIM_QUEUE] = "Support";
    kit_tile(&kit, "waiting", "calls_waiting")->where.value[DIM_QUEUE] = "Ventes";
    kit_start(&kit);
    say_gauge(&kit, "waiting_now", 1, "Ventes");
    say_gauge(&kit, "agents_logged_in", 0, "Ventes");
    kit_answer(&kit, 0);
    assert_number(kit_look(&kit, 0, 0), 0);
    assert_number(kit_look(&kit, 15, 0), 1);
    assert_number(kit_look(&kit, 15, 1), 0);
    kit_finish(&kit);
}

static void figures_on_target_are_a_share_of_those_that_are_judged(void **state)
{
    (void)state;
    struct kit kit;
    kit_init(&kit);
    kit_tile(&kit, "met", "target_attainment");
    kit_tile(&kit, "waiting", "calls_waiting");
    kit_tile(&kit, "longest", "longest_wait");
    kit_tile(&kit, "offered", "contacts_offered");
    kit_start(&kit);
    assert_unknown(kit_look(&kit, 0, 0)->value);
    say_gauge(&kit, "waiting_now", 90, NULL);
    say_gauge(&kit, "longest_wait_s", 5, NULL);
    kit_say(&kit, "offered", 400, PERIOD_TODAY, NULL);
    kit_answer(&kit, 0);
    assert_number(kit_look(&kit, 0, 0), 50);
    assert_true(kit_look(&kit, 0, 0)->n == 2);
    kit_finish(&kit);
}

/* The longest wait rises by `step` a minute from `from`. */
static void answer_rising(struct kit *kit, double from, double step, int minutes)
{
    for (int minute = 0; minute <= minutes; minute++) {
        say_gauge(kit, "waiting_now", 2, NULL);
        say_gauge(kit, "longest_wait_s", from + step * minute, NULL);
        kit_answer(kit, minute * 60);
        kit_look(kit, minute * 60, 0);
    }
}

static void the_limit_that_is_crossed_first_is_foretold(void **state)
{
    (void)state;
    struct kit kit;
    kit_init(&kit);
    kit_tile(&kit, "breach", "time_to_breach");
    kit_tile(&kit, "waiting", "calls_waiting");
    struct tile_settings *longest = kit_tile(&kit, "longest", "longest_wait");
    longest->rule.warn = 60;
    longest->rule.critical = 120;
    kit_start(&kit);
    answer_rising(&kit, 10, 3, 14);
    const struct snapshot_tile *tile = kit_look(&kit, 14 * 60, 0);
    assert_number(tile, 25 * 60); /* 1360 s: told to five minutes */
    assert_string_equal(tile->about, "longest");
    kit_finish(&kit);
}

static void where_nothing_moves_nothing_is_foretold(void **state)
{
    (void)state;
    struct kit kit;
    kit_init(&kit);
    kit_tile(&kit, "breach", "time_to_breach");
    kit_tile(&kit, "longest", "longest_wait");
    kit_start(&kit);
    answer_rising(&kit, 10, 0, 14);
    const struct snapshot_tile *tile = kit_look(&kit, 14 * 60, 0);
    assert_unknown(tile->value);
    assert_int_equal(tile->display, DISPLAY_NEUTRAL);
    assert_null(tile->about);
    kit_finish(&kit);
}

/* 31 March 2026, 10:00, and 28 February, 23:00, as hours after KIT_WALL_MS (21 November 2026). */
static void complaints_at_the_end_of_march_are_compared_with_the_whole_of_february(void **state)
{
    (void)state;
    struct kit kit;
    struct error error = {""};
    int64_t february_ms, march_ms, end_ms;
    calendar_set_zone("Europe/Paris", &error);
    calendar_parse_iso("2027-02-28T23:10", &february_ms);
    calendar_parse_iso("2027-03-01T00:10", &march_ms);
    calendar_parse_iso("2027-03-31T10:00", &end_ms);
    show(&kit, "complaints_trend");
    kit.tiles[0].has_period = true;
    kit.tiles[0].period = PERIOD_MONTH;
    board_destroy(kit.board);
    kit_start(&kit);
    const int64_t at_ms[] = {february_ms, march_ms, end_ms};
    const double counts[] = {40, 0, 30};
    for (int i = 0; i < 3; i++) {
        kit_say(&kit, "complaints", counts[i], PERIOD_MONTH, NULL);
        kit_answer(&kit, (double)(at_ms[i] - KIT_WALL_MS) / 1000);
    }
    assert_number(kit_look(&kit, (double)(end_ms - KIT_WALL_MS) / 1000, 0), -25);
    kit_finish(&kit);
}

static void complaints_unknown_at_the_full_hour_are_those_of_a_minute_later(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit, "complaints_trend");
    answer_complaints(&kit, 0, NAN);
    answer_complaints(&kit, 0.02, 20);
    answer_complaints(&kit, 7 * 24, 25);
    assert_number(kit_look(&kit, 7 * 24 * 3600, 0), 25);
    kit_finish(&kit);
}

/* 300 types of tickets, one each. */
static void say_types(struct kit *kit, size_t count)
{
    struct sample *samples = memory_create(count, sizeof *samples);
    char(*names)[24] = memory_create(count, sizeof *names);
    for (size_t i = 0; i < count; i++) {
        snprintf(names[i], sizeof *names, "t%zu", i);
        samples[i] = (struct sample){.id = "tickets_by_type", .value = 1, .n = NAN, .period = PERIOD_WEEK};
        samples[i].dims.value[DIM_TYPE] = names[i];
    }
    struct sample_document document = {.at_s = NAN, .count = count, .samples = samples};
    board_apply(kit->board, 0, &document, kit_at(0));
    free(names);
    free(samples);
}

static void of_300_types_all_are_counted(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit, "tickets_by_type");
    say_types(&kit, 300);
    const struct snapshot_tile *tile = kit_look(&kit, 0, 0);
    assert_number(tile, 300);
    assert_int_equal(tile->part_count, 7);
    assert_part(tile, 6, "other", 294);
    kit_finish(&kit);
}

static void of_more_types_than_can_be_told_apart_none_are_counted(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit, "tickets_by_type");
    say_types(&kit, 2001);
    assert_int_equal(kit_look(&kit, 0, 0)->display, DISPLAY_NODATA);
    kit_finish(&kit);
}

static void say_patience(struct kit *kit, double hung_up, enum period period, const char *queue)
{
    kit_say(kit, "wait_answered_s", 90 * hung_up, period, queue); /* 120 s for each who hung up */
    kit_say(kit, "wait_abandoned_s", 30 * hung_up, period, queue);
    kit_say(kit, "abandoned", hung_up, period, queue);
}

static void fewer_than_fifty_who_hang_up_tell_no_patience(void **state)
{
    (void)state;
    struct kit kit;
    struct erlang_load load = {200, 1800, 240, NAN};
    show(&kit, "service_level_forecast");
    say_forecast(&kit, 30);
    say_patience(&kit, 49, PERIOD_TODAY, NULL);
    kit_answer(&kit, 0);
    assert_number(kit_look(&kit, 0, 0), 100 * erlang_service_level(&load, 30, 20));
    say_forecast(&kit, 30);
    say_patience(&kit, 50, PERIOD_TODAY, NULL);
    kit_answer(&kit, 5);
    load.patience_s = 120;
    assert_number(kit_look(&kit, 5, 0), 100 * erlang_service_level(&load, 30, 20));
    kit_finish(&kit);
}

static void the_patience_of_four_weeks_goes_before_that_of_today(void **state)
{
    (void)state;
    struct kit kit;
    struct erlang_load load = {200, 1800, 240, 120};
    show(&kit, "service_level_forecast");
    say_forecast(&kit, 30);
    say_patience(&kit, 900, PERIOD_ROLLING_28D, NULL);
    kit_say(&kit, "wait_answered_s", 50, PERIOD_TODAY, NULL);
    kit_say(&kit, "wait_abandoned_s", 50, PERIOD_TODAY, NULL);
    kit_say(&kit, "abandoned", 100, PERIOD_TODAY, NULL);
    kit_answer(&kit, 0);
    assert_number(kit_look(&kit, 0, 0), 100 * erlang_service_level(&load, 30, 20));
    kit_finish(&kit);
}

/* Else the forecast says "enough" where the gap says "two are missing". */
static void who_is_required_is_told_with_the_patience_of_the_forecast(void **state)
{
    (void)state;
    struct kit kit;
    struct erlang_load load = {200, 1800, 240, 120};
    show(&kit, "agents_required");
    say_load(&kit, NULL);
    say_patience(&kit, 100, PERIOD_TODAY, NULL);
    kit_answer(&kit, 0);
    assert_number(kit_look(&kit, 0, 0), erlang_agents_required(&load, 20, 0.8, 1));
    assert_true(erlang_agents_required(&load, 20, 0.8, 1) < 32);
    kit_finish(&kit);
}

static void a_queue_without_a_patience_of_its_own_has_that_of_all(void **state)
{
    (void)state;
    struct kit kit;
    struct erlang_load load = {200, 1800, 240, 120};
    show(&kit, "agents_required");
    say_load(&kit, "Ventes");
    say_load(&kit, "Support");
    say_patience(&kit, 100, PERIOD_TODAY, NULL);
    kit_answer(&kit, 0);
    assert_number(kit_look(&kit, 0, 0), 2 * erlang_agents_required(&load, 20, 0.8, 1));
    kit_finish(&kit);
}

static void of_more_queues_than_can_be_told_apart_nobody_knows_who_is_required(void **state)
{
    (void)state;
    enum { QUEUES = 2001 };
    struct kit kit;
    struct sample *samples = memory_create(3 * QUEUES, sizeof *samples);
    char(*names)[24] = memory_create(QUEUES, sizeof *names);
    show(&kit, "agents_required");
    for (size_t i = 0; i < QUEUES; i++) {
        snprintf(names[i], sizeof names[i], "q%zu", i);
        say_load(&kit, names[i]);
        memcpy(&samples[3 * i], kit.samples, 3 * sizeof *samples);
        kit.sample_count = 0;
    }
    struct sample_document document = {.at_s = NAN, .count = 3 * QUEUES, .samples = samples};
    board_apply(kit.board, 0, &document, kit_at(0));
    assert_int_equal(kit_look(&kit, 0, 0)->display, DISPLAY_NODATA);
    free(names);
    free(samples);
    kit_finish(&kit);
}

static void with_everybody_busy_the_next_caller_waits_though_nobody_does_yet(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit, "ewt");
    say_floor(&kit, 0, 0, 18, NULL);
    kit_answer(&kit, 0);
    assert_number(kit_look(&kit, 0, 0), 300.0 / 20);
    kit_finish(&kit);
}

static void where_nobody_waits_and_nobody_serves_there_is_nothing_to_estimate(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit, "ewt");
    say_floor(&kit, 0, 0, 0, NULL);
    kit.samples[3].value = 0;
    kit_answer(&kit, 0);
    assert_int_equal(kit_look(&kit, 0, 0)->display, DISPLAY_NEUTRAL);
    kit_finish(&kit);
}

static void of_several_queues_one_unknown_makes_the_wait_unknown(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit, "ewt");
    say_floor(&kit, 5, 0, 18, "Ventes");
    say_floor(&kit, NAN, 0, 6, "Support");
    kit_answer(&kit, 0);
    assert_int_equal(kit_look(&kit, 0, 0)->display, DISPLAY_NODATA);
    kit_finish(&kit);
}

/* No handling time either: of no calls none is needed. */
static void no_calls_take_no_agents_and_have_no_service_level(void **state)
{
    (void)state;
    struct kit kit;
    kit_init(&kit);
    kit_tile(&kit, "required", "agents_required");
    kit_tile(&kit, "forecast", "service_level_forecast");
    kit_start(&kit);
    kit_say(&kit, "forecast_offered", 0, PERIOD_30M, NULL);
    say_gauge(&kit, "scheduled_agents", 5, NULL);
    kit_answer(&kit, 0);
    assert_number(kit_look(&kit, 0, 0), 0);
    assert_unknown(kit_look(&kit, 0, 1)->value);
    assert_int_equal(kit_look(&kit, 0, 1)->display, DISPLAY_NEUTRAL);
    kit_finish(&kit);
}

static void more_agents_than_there_can_be_foretell_nothing(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit, "service_level_forecast");
    say_forecast(&kit, 100001);
    kit_answer(&kit, 0);
    assert_int_equal(kit_look(&kit, 0, 0)->display, DISPLAY_NODATA);
    kit_finish(&kit);
}

static void say_queue_forecast(struct kit *kit, const char *queue, double agents)
{
    kit_say(kit, "forecast_offered", 200, PERIOD_30M, queue);
    kit_say(kit, "forecast_aht_s", 240, PERIOD_NOW, queue);
    say_gauge(kit, "scheduled_agents", agents, queue);
}

static void one_queue_of_two_that_is_overloaded_makes_the_whole_so(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit, "service_level_forecast");
    say_queue_forecast(&kit, "Ventes", 40);
    say_queue_forecast(&kit, "Support", 20);
    kit_answer(&kit, 0);
    assert_unknown(kit_look(&kit, 0, 0)->value);
    assert_true(kit_look(&kit, 0, 0)->overloaded);
    kit_finish(&kit);
}

static void a_patience_of_a_day_is_none(void **state)
{
    (void)state;
    struct kit kit;
    struct erlang_load load = {200, 1800, 240, NAN};
    show(&kit, "service_level_forecast");
    say_forecast(&kit, 30);
    kit_say(&kit, "wait_answered_s", 86400 * 50, PERIOD_TODAY, NULL);
    kit_say(&kit, "wait_abandoned_s", 0, PERIOD_TODAY, NULL);
    kit_say(&kit, "abandoned", 50, PERIOD_TODAY, NULL);
    kit_answer(&kit, 0);
    assert_number(kit_look(&kit, 0, 0), 100 * erlang_service_level(&load, 30, 20));
    kit_finish(&kit);
}

static void complaints_after_a_week_without_any_are_no_percentage(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit, "complaints_trend");
    answer_complaints(&kit, 0, 0);
    answer_complaints(&kit, 7 * 24, 25);
    assert_unknown(kit_look(&kit, 7 * 24 * 3600, 0)->value);
    assert_int_equal(kit_look(&kit, 7 * 24 * 3600, 0)->display, DISPLAY_NEUTRAL);
    kit_finish(&kit);
}

static void complaints_of_more_than_two_hours_before_the_moment_do_not_stand_for_it(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit, "complaints_trend");
    answer_complaints(&kit, 0, 20);
    answer_complaints(&kit, 7 * 24 + 1.7, 25); /* the hour of the kit's 0 s began a quarter of one before */
    assert_number(kit_look(&kit, (7 * 24 + 1.7) * 3600, 0), 25);
    answer_complaints(&kit, 7 * 24 + 1.8, 25);
    assert_unknown(kit_look(&kit, (7 * 24 + 1.8) * 3600, 0)->value);
    kit_finish(&kit);
}

static void of_no_contacts_no_channel_has_a_share(void **state)
{
    (void)state;
    struct kit kit;
    show(&kit, "channel_share");
    kit_say(&kit, "contacts_by_channel", 0, PERIOD_WEEK, NULL)->dims.value[DIM_CHANNEL] = "voice";
    kit_say(&kit, "contacts_by_channel", 0, PERIOD_WEEK, NULL)->dims.value[DIM_CHANNEL] = "chat";
    kit_answer(&kit, 0);
    assert_int_equal(kit_look(&kit, 0, 0)->display, DISPLAY_NEUTRAL);
    kit_finish(&kit);
}

/* A count of the day rises towards any limit, and says nothing about when. */
static void a_count_of_the_day_foretells_nothing(void **state)
{
    (void)state;
    struct kit kit;
    kit_init(&kit);
    kit_tile(&kit, "breach", "time_to_breach");
    struct tile_settings *count = kit_tile(&kit, "abandoned", "abandonment_rate");
    count->has_period = true;
    count->period = PERIOD_TODAY;
    count->rule.warn = 50;
    count->rule.critical = 60;
    kit_start(&kit);
    for (int minute = 0; minute < 15; minute++) {
        kit_say(&kit, "abandonment_rate", 10 + 2 * minute, PERIOD_TODAY, NULL);
        kit_answer(&kit, 60 * minute);
        kit_look(&kit, 60 * minute, 0);
    }
    assert_unknown(kit_look(&kit, 14 * 60, 0)->value);
    kit_finish(&kit);
}

/* The window is not yet full: what it grows by bends the curve. */
static void a_window_that_is_not_yet_full_foretells_nothing(void **state)
{
    (void)state;
    struct kit kit;
    double in_t = 0;
    kit_init(&kit);
    kit_tile(&kit, "breach", "time_to_breach");
    struct tile_settings *level = kit_tile(&kit, "sl", "service_level");
    level->rule.warn = 45;
    level->rule.critical = 40;
    kit_start(&kit);
    for (int minute = 0; minute <= 28; minute++) {
        in_t += 10 - 0.3 * minute;
        kit_say(&kit, "answered_in_t", in_t, PERIOD_TODAY, NULL);
        kit_say(&kit, "offered", 10 + 10 * minute, PERIOD_TODAY, NULL);
        kit_answer(&kit, 60 * minute);
        kit_look(&kit, 60 * minute, 0);
    }
    assert_true(kit.snapshot->pages[0].tiles[1].covered_ms > 0);
    assert_unknown(kit.snapshot->pages[0].tiles[0].value);
    kit_finish(&kit);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_next_caller_waits_for_those_before_and_himself),
        cmocka_unit_test(with_somebody_free_and_nobody_waiting_there_is_no_wait),
        cmocka_unit_test(with_nobody_to_answer_the_wait_is_unknown),
        cmocka_unit_test(unknown_agents_make_the_wait_unknown),
        cmocka_unit_test(a_source_without_after_call_work_has_a_wait_too),
        cmocka_unit_test(of_several_queues_the_longest_wait_counts),
        cmocka_unit_test(the_sources_own_estimate_is_preferred),
        cmocka_unit_test(agents_are_required_for_the_load_of_the_half_hour),
        cmocka_unit_test(the_forecast_goes_before_the_last_half_hour),
        cmocka_unit_test(the_boards_own_service_level_target_is_staffed_for),
        cmocka_unit_test(queues_are_staffed_one_by_one),
        cmocka_unit_test(the_forecast_handling_times_of_two_lines_are_not_added_up),
        cmocka_unit_test(without_a_handling_time_nobody_knows_how_many_are_required),
        cmocka_unit_test(a_days_total_is_not_a_half_hours_load),
        cmocka_unit_test(the_gap_is_who_is_there_without_who_is_required),
        cmocka_unit_test(the_service_level_is_forecast_by_erlang_C),
        cmocka_unit_test(callers_known_to_hang_up_make_it_erlang_A),
        cmocka_unit_test(a_queue_that_would_grow_without_end_is_overloaded_and_no_number),
        cmocka_unit_test(without_a_forecast_no_service_level_is_foretold),
        cmocka_unit_test(productivity_is_the_mean_of_what_is_known_against_targets),
        cmocka_unit_test(no_term_counts_for_more_than_120_percent),
        cmocka_unit_test(the_forecasts_error_is_summed_over_closed_half_hours),
        cmocka_unit_test(a_restart_of_the_source_is_no_error_of_the_forecast),
        cmocka_unit_test(complaints_are_compared_with_the_same_part_of_the_week_before),
        cmocka_unit_test(complaints_that_were_not_recorded_are_not_guessed),
        cmocka_unit_test(agents_are_shown_by_state_the_most_frequent_first),
        cmocka_unit_test(without_a_total_states_add_up),
        cmocka_unit_test(classes_behind_the_sixth_are_others),
        cmocka_unit_test(a_share_is_that_of_the_largest_class_over_all_queues),
        cmocka_unit_test(reasons_told_in_the_voice_menu_have_shares),
        cmocka_unit_test(a_class_that_is_unknown_makes_all_shares_unknown),
        cmocka_unit_test(the_age_of_data_is_that_of_the_oldest_source),
        cmocka_unit_test(alerts_are_counted_without_those_about_alerts),
        cmocka_unit_test(an_alert_that_another_one_explains_is_not_counted),
        cmocka_unit_test(alerts_of_a_silent_source_are_not_counted),
        cmocka_unit_test(an_alert_of_several_figures_together_is_counted_in_its_queue),
        cmocka_unit_test(figures_on_target_are_a_share_of_those_that_are_judged),
        cmocka_unit_test(the_limit_that_is_crossed_first_is_foretold),
        cmocka_unit_test(where_nothing_moves_nothing_is_foretold),
        cmocka_unit_test(complaints_at_the_end_of_march_are_compared_with_the_whole_of_february),
        cmocka_unit_test(complaints_unknown_at_the_full_hour_are_those_of_a_minute_later),
        cmocka_unit_test(of_300_types_all_are_counted),
        cmocka_unit_test(of_more_types_than_can_be_told_apart_none_are_counted),
        cmocka_unit_test(fewer_than_fifty_who_hang_up_tell_no_patience),
        cmocka_unit_test(the_patience_of_four_weeks_goes_before_that_of_today),
        cmocka_unit_test(who_is_required_is_told_with_the_patience_of_the_forecast),
        cmocka_unit_test(a_queue_without_a_patience_of_its_own_has_that_of_all),
        cmocka_unit_test(of_more_queues_than_can_be_told_apart_nobody_knows_who_is_required),
        cmocka_unit_test(with_everybody_busy_the_next_caller_waits_though_nobody_does_yet),
        cmocka_unit_test(where_nobody_waits_and_nobody_serves_there_is_nothing_to_estimate),
        cmocka_unit_test(of_several_queues_one_unknown_makes_the_wait_unknown),
        cmocka_unit_test(no_calls_take_no_agents_and_have_no_service_level),
        cmocka_unit_test(more_agents_than_there_can_be_foretell_nothing),
        cmocka_unit_test(one_queue_of_two_that_is_overloaded_makes_the_whole_so),
        cmocka_unit_test(a_patience_of_a_day_is_none),
        cmocka_unit_test(complaints_after_a_week_without_any_are_no_percentage),
        cmocka_unit_test(complaints_of_more_than_two_hours_before_the_moment_do_not_stand_for_it),
        cmocka_unit_test(of_no_contacts_no_channel_has_a_share),
        cmocka_unit_test(a_count_of_the_day_foretells_nothing),
        cmocka_unit_test(a_window_that_is_not_yet_full_foretells_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
