#include "model/why.h"

#include "board_kit.h"

struct explained {
    struct kit kit;
    struct arena *arena;
};

static void begin(struct explained *explained)
{
    kit_init(&explained->kit);
    explained->arena = arena_create();
}

static const struct why *ask(struct explained *explained, const char *tile, double t_s)
{
    return why_of_tile(explained->arena, explained->kit.board, tile, kit_at(t_s));
}

static void end(struct explained *explained)
{
    arena_destroy(explained->arena);
    kit_finish(&explained->kit);
}

static void answer_level(struct kit *kit, double in_t, double offered, double short_abandoned, double t_s)
{
    kit_say(kit, "answered_in_t", in_t, PERIOD_30M, "Ventes");
    kit_say(kit, "offered", offered, PERIOD_30M, "Ventes");
    if (!isnan(short_abandoned))
        kit_say(kit, "short_abandoned", short_abandoned, PERIOD_30M, "Ventes");
    kit_answer(kit, t_s);
}

static void show_level(struct explained *explained)
{
    begin(explained);
    kit_tile(&explained->kit, "sl", "service_level")->where.value[DIM_QUEUE] = "Ventes";
    kit_start(&explained->kit);
}

static void the_formula_is_told_with_its_numbers(void **state)
{
    (void)state;
    struct explained explained;
    show_level(&explained);
    answer_level(&explained.kit, 168, 200, 2, 0);
    const struct why *why = ask(&explained, "sl", 8);
    assert_string_equal(why->formula, "100 × 168 / (200 − 2)");
    assert_int_equal(why->variant, WHY_CATALOGUE);
    assert_true(fabs(why->value - 84.8484848484) < 1e-6);
    assert_number(&(struct snapshot_tile){.value = why->n}, 198);
    assert_string_equal(why->source, "acd");
    assert_int_equal(why->age_ms, 8000);
    assert_int_equal(why->stale_after_ms, 60000);
    assert_int_equal(why->figures_wall_ms, KIT_WALL_MS);
    end(&explained);
}

static void every_raw_figure_is_told_with_its_window_and_place(void **state)
{
    (void)state;
    struct explained explained;
    show_level(&explained);
    answer_level(&explained.kit, 168, 200, 2, 0);
    const struct why *why = ask(&explained, "sl", 0);
    assert_int_equal(why->term_count, 3);
    assert_int_equal(why->figure_count, 3);
    assert_string_equal(why->terms[1].counter, "offered");
    assert_true(why->terms[1].divides);
    assert_string_equal(why->figures[1].id, "offered");
    assert_int_equal(why->figures[1].period, PERIOD_30M);
    assert_string_equal(why->figures[1].dims.value[DIM_QUEUE], "Ventes");
    assert_int_equal((int)why->figures[1].value, 200);
    end(&explained);
}

static void a_counter_that_no_source_sends_is_told_to_count_as_0(void **state)
{
    (void)state;
    struct explained explained;
    show_level(&explained);
    answer_level(&explained.kit, 168, 200, NAN, 0);
    const struct why *why = ask(&explained, "sl", 0);
    assert_string_equal(why->formula, "100 × 168 / 200");
    assert_string_equal(why->terms[2].counter, "short_abandoned");
    assert_true(why->terms[2].optional);
    assert_int_equal(why->terms[2].count, 0);
    end(&explained);
}

static void the_sources_own_denominator_is_named(void **state)
{
    (void)state;
    struct explained explained;
    show_level(&explained);
    kit_say(&explained.kit, "sl_counted", 180, PERIOD_30M, "Ventes");
    answer_level(&explained.kit, 90, 200, 2, 0);
    const struct why *why = ask(&explained, "sl", 0);
    assert_int_equal(why->variant, WHY_SOURCE_COUNTS);
    assert_string_equal(why->formula, "100 × 90 / 180");
    end(&explained);
}

static void a_finished_figure_is_told_as_such(void **state)
{
    (void)state;
    struct explained explained;
    begin(&explained);
    kit_tile(&explained.kit, "nps", "nps");
    kit_start(&explained.kit);
    kit_say(&explained.kit, "nps", 38, PERIOD_ROLLING_28D, NULL);
    kit_answer(&explained.kit, 0);
    const struct why *why = ask(&explained, "nps", 0);
    assert_int_equal(why->variant, WHY_FINISHED);
    assert_string_equal(why->formula, "38");
    end(&explained);
}

static void the_catalogues_thresholds_are_named_as_such(void **state)
{
    (void)state;
    struct explained explained;
    show_level(&explained);
    answer_level(&explained.kit, 168, 200, 2, 0);
    const struct why *why = ask(&explained, "sl", 0);
    assert_int_equal(why->rule, WHY_RULE_CATALOGUE);
    assert_int_equal((int)why->limits.warn_low, 80);
    end(&explained);
}

static void the_most_specific_rule_of_the_board_is_named_by_its_number(void **state)
{
    (void)state;
    struct explained explained;
    begin(&explained);
    kit_tile(&explained.kit, "sl", "service_level")->where.value[DIM_QUEUE] = "Ventes";
    kit_rule(&explained.kit, "service_level")->warn = 85;
    struct rule_settings *second = kit_rule(&explained.kit, "service_level");
    second->where.value[DIM_QUEUE] = "Ventes";
    second->warn = 75;
    kit_rule(&explained.kit, "service_level")->stale_after_ms = 5000;
    kit_start(&explained.kit);
    const struct why *why = ask(&explained, "sl", 0);
    assert_int_equal(why->rule, WHY_RULE_BOARD);
    assert_int_equal(why->rule_number, 2);
    assert_string_equal(why->rule_where.value[DIM_QUEUE], "Ventes");
    assert_int_equal(why->rules_overruled, 1);
    assert_int_equal((int)why->limits.warn_low, 75);
    end(&explained);
}

static void a_tiles_own_rule_beats_the_boards(void **state)
{
    (void)state;
    struct explained explained;
    begin(&explained);
    kit_tile(&explained.kit, "sl", "service_level")->rule.warn = 90;
    kit_rule(&explained.kit, "service_level")->warn = 85;
    kit_start(&explained.kit);
    const struct why *why = ask(&explained, "sl", 0);
    assert_int_equal(why->rule, WHY_RULE_TILE);
    assert_int_equal(why->rules_overruled, 1);
    end(&explained);
}

static void what_would_clear_an_alert_is_the_threshold_and_the_hysteresis(void **state)
{
    (void)state;
    struct explained explained;
    show_level(&explained);
    answer_level(&explained.kit, 100, 200, 0, 0); /* 50 %: critical at once, the first figure */
    const struct why *why = ask(&explained, "sl", 0);
    assert_int_equal(why->severity, SEVERITY_CRITICAL);
    assert_int_equal(why->alert, ALERT_ALERTING);
    assert_true(why->clearing[SEVERITY_WARN].needed);
    assert_int_equal((int)why->clearing[SEVERITY_WARN].low, 82);
    assert_unknown(why->clearing[SEVERITY_WARN].high);
    assert_int_equal((int)why->clearing[SEVERITY_CRITICAL].low, 72);
    assert_int_equal(why->clear_ms, 180000);
    end(&explained);
}

static void a_rising_alert_says_how_long_it_still_waits(void **state)
{
    (void)state;
    struct explained explained;
    show_level(&explained);
    answer_level(&explained.kit, 180, 200, 0, 0);
    answer_level(&explained.kit, 100, 200, 0, 10);
    const struct why *why = ask(&explained, "sl", 40);
    assert_int_equal(why->alert, ALERT_PENDING);
    assert_int_equal(why->raises_in_ms[SEVERITY_CRITICAL], 90000);
    assert_false(why->clearing[SEVERITY_WARN].needed);
    end(&explained);
}

static void a_clearing_alert_says_how_long_it_still_takes(void **state)
{
    (void)state;
    struct explained explained;
    show_level(&explained);
    answer_level(&explained.kit, 100, 200, 0, 0);
    answer_level(&explained.kit, 190, 200, 0, 20);
    const struct why *why = ask(&explained, "sl", 50);
    assert_int_equal(why->alert, ALERT_RECOVERING);
    assert_int_equal(why->clears_in_ms, 150000);
    end(&explained);
}

static void too_small_a_sample_is_told(void **state)
{
    (void)state;
    struct explained explained;
    show_level(&explained);
    answer_level(&explained.kit, 3, 7, 0, 0);
    const struct why *why = ask(&explained, "sl", 0);
    assert_true(why->too_few);
    assert_int_equal((int)why->n, 7);
    assert_int_equal((int)why->min_sample, 20);
    end(&explained);
}

static void what_is_withheld_is_not_explained_away(void **state)
{
    (void)state;
    struct explained explained;
    begin(&explained);
    kit_tile(&explained.kit, "pause", "agents_pause");
    kit_start(&explained.kit);
    kit_say(&explained.kit, "agents_logged_in", 3, PERIOD_NOW, NULL);
    kit_say(&explained.kit, "agents_pause", 1, PERIOD_NOW, NULL);
    kit_answer(&explained.kit, 0);
    const struct why *why = ask(&explained, "pause", 0);
    assert_int_equal(why->withheld, WITHHELD_SMALL_TEAM);
    assert_unknown(why->value);
    assert_null(why->formula);
    assert_int_equal(why->figure_count, 0);
    end(&explained);
}

static void a_tile_without_figures_says_that_no_source_has_any(void **state)
{
    (void)state;
    struct explained explained;
    show_level(&explained);
    const struct why *why = ask(&explained, "sl", 0);
    assert_null(why->source);
    assert_null(why->formula);
    assert_int_equal(why->display, DISPLAY_NODATA);
    end(&explained);
}

static void there_is_no_explanation_of_a_tile_that_is_not_there(void **state)
{
    (void)state;
    struct explained explained;
    show_level(&explained);
    assert_null(ask(&explained, "sle", 0));
    end(&explained);
}

/* ---- how a service level is counted ---- */

static void a_chosen_way_to_count_is_named(void **state)
{
    (void)state;
    struct explained explained;
    begin(&explained);
    struct tile_settings *tile = kit_tile(&explained.kit, "sl", "service_level");
    tile->where.value[DIM_QUEUE] = "Ventes";
    tile->has_sl_variant = true;
    tile->sl_variant = SERVICE_LEVEL_V2;
    kit_start(&explained.kit);
    answer_level(&explained.kit, 168, 200, 2, 0);
    const struct why *why = ask(&explained, "sl", 0);
    assert_string_equal(why->sl_variant, "V2");
    assert_int_equal(why->variant, WHY_COUNTED);
    assert_string_equal(why_variant_name(why->variant), "sl_variant");
    assert_string_equal(why->formula, "100 × 168 / 200");
    end(&explained);
}

static void the_usual_way_to_count_and_the_sources_own_are_named_too(void **state)
{
    (void)state;
    struct explained explained;
    show_level(&explained);
    answer_level(&explained.kit, 168, 200, 2, 0);
    assert_string_equal(ask(&explained, "sl", 0)->sl_variant, "V1");
    kit_say(&explained.kit, "sl_counted", 180, PERIOD_30M, "Ventes");
    answer_level(&explained.kit, 90, 200, 2, 10);
    assert_string_equal(ask(&explained, "sl", 10)->sl_variant, "source");
    end(&explained);
}

/* ---- windows made of counters of today ---- */

static void answer_days(struct kit *kit, int minutes)
{
    for (int minute = 0; minute <= minutes; minute++) {
        kit_say(kit, "answered_in_t", 100 + 8 * minute, PERIOD_TODAY, "Ventes");
        kit_say(kit, "offered", 200 + 10 * minute, PERIOD_TODAY, "Ventes");
        kit_answer(kit, 60 * minute);
    }
}

static void a_window_made_of_the_days_counters_says_so_and_how_much_it_covers(void **state)
{
    (void)state;
    struct explained explained;
    show_level(&explained);
    answer_days(&explained.kit, 20);
    const struct why *why = ask(&explained, "sl", 1200);
    assert_string_equal(why->formula, "100 × 160 / 200");
    assert_int_equal(why->period, PERIOD_30M);
    assert_int_equal((int)why->covered_ms, 1200000);
    assert_int_equal(why->figure_count, 2);
    assert_int_equal(why->figures[0].period, PERIOD_30M);
    assert_true(why->figures[0].derived);
    assert_int_equal((int)why->figures[0].covered_ms, 1200000);
    end(&explained);
}

static void a_window_that_is_full_is_only_said_to_be_made_of_the_day(void **state)
{
    (void)state;
    struct explained explained;
    show_level(&explained);
    answer_days(&explained.kit, 40);
    const struct why *why = ask(&explained, "sl", 2400);
    assert_string_equal(why->formula, "100 × 240 / 300");
    assert_true(why->figures[0].derived);
    assert_true(why->covered_ms <= 0);
    end(&explained);
}

static void a_window_that_the_source_sends_is_not_made_of_the_day(void **state)
{
    (void)state;
    struct explained explained;
    show_level(&explained);
    answer_level(&explained.kit, 168, 200, 2, 0);
    assert_false(ask(&explained, "sl", 0)->figures[0].derived);
    end(&explained);
}

/* ---- plans ---- */

static void show_handling(struct explained *explained, struct plan_setting *plan, double value)
{
    begin(explained);
    kit_tile(&explained->kit, "aht", "aht");
    *plan = (struct plan_setting){catalogue_kpi(explained->kit.catalogue, "aht"), value};
    explained->kit.settings.plans = plan;
    explained->kit.settings.plan_count = value > 0;
    kit_start(&explained->kit);
    kit_say(&explained->kit, "handle_s", 36000, PERIOD_TODAY, NULL);
    kit_say(&explained->kit, "handled", 100, PERIOD_TODAY, NULL);
    kit_answer(&explained->kit, 0);
}

static void limits_of_a_plan_are_told_in_percent_and_with_the_plan(void **state)
{
    (void)state;
    struct explained explained;
    struct plan_setting plan;
    show_handling(&explained, &plan, 320);
    const struct why *why = ask(&explained, "aht", 0);
    assert_true(why->of_plan);
    assert_false(why->paced);
    assert_int_equal((int)why->plan, 320);
    assert_int_equal((int)why->percent.warn_low, 90);
    assert_int_equal((int)why->percent.warn_high, 110);
    assert_int_equal((int)why->percent.critical_high, 125);
    assert_int_equal((int)why->limits.warn_high, 352);
    assert_int_equal(why->display, DISPLAY_WARN);
    end(&explained);
}

static void a_plan_that_is_missing_is_why_there_is_no_colour(void **state)
{
    (void)state;
    struct explained explained;
    struct plan_setting plan;
    show_handling(&explained, &plan, 0);
    const struct why *why = ask(&explained, "aht", 0);
    assert_true(why->of_plan);
    assert_unknown(why->plan);
    assert_false(why->judged);
    assert_int_equal((int)why->percent.warn_high, 110);
    end(&explained);
}

static void a_threshold_in_the_kpis_own_unit_has_no_plan(void **state)
{
    (void)state;
    struct explained explained;
    show_level(&explained);
    assert_false(ask(&explained, "sl", 0)->of_plan);
    end(&explained);
}

/* ---- what is computed ---- */

static void show_wait(struct explained *explained, double on_contact)
{
    begin(explained);
    kit_tile(&explained->kit, "wait", "ewt");
    kit_start(&explained->kit);
    kit_say(&explained->kit, "waiting_now", 5, PERIOD_NOW, NULL);
    kit_say(&explained->kit, "agents_available", 0, PERIOD_NOW, NULL);
    kit_say(&explained->kit, "agents_on_contact", on_contact, PERIOD_NOW, NULL);
    kit_say(&explained->kit, "handle_s", 30000, PERIOD_60M, NULL);
    kit_say(&explained->kit, "handled", 100, PERIOD_60M, NULL);
    kit_answer(&explained->kit, 0);
}

static void what_is_computed_lists_its_inputs_with_their_figures(void **state)
{
    (void)state;
    struct explained explained;
    show_wait(&explained, 20);
    const struct why *why = ask(&explained, "wait", 0);
    assert_number(&(struct snapshot_tile){.value = why->value}, 6 * 300.0 / 20);
    assert_int_equal(why->variant, WHY_COMPUTED);
    assert_string_equal(why->formula, catalogue_kpi(explained.kit.catalogue, "ewt")->formula);
    assert_int_equal(why->input_count, 5);
    assert_string_equal(why->inputs[0].name, "waiting_now");
    assert_int_equal((int)why->inputs[0].value, 5);
    assert_string_equal(why->inputs[2].name, "agents_available+agents_on_contact+agents_acw");
    assert_false(why->inputs[2].sent);
    assert_string_equal(why->inputs[4].name, "aht");
    assert_int_equal((int)why->inputs[4].value, 300);
    assert_int_equal(why->inputs[4].period, PERIOD_60M);
    assert_int_equal(why->inputs[4].count, 2);
    assert_string_equal(why->figures[why->inputs[4].first].id, "handle_s");
    assert_int_equal((int)why->figures[why->inputs[4].first].value, 30000);
    assert_int_equal(why->figure_count, 6);
    end(&explained);
}

static void what_cannot_be_computed_shows_the_input_that_is_unknown(void **state)
{
    (void)state;
    struct explained explained;
    show_wait(&explained, NAN);
    const struct why *why = ask(&explained, "wait", 0);
    assert_unknown(why->value);
    assert_null(why->formula);
    assert_string_equal(why->inputs[3].name, "agents_available+agents_on_contact");
    assert_true(why->inputs[3].sent);
    assert_unknown(why->inputs[3].value);
    assert_string_equal(why->figures[why->inputs[3].first + 1].id, "agents_on_contact");
    assert_unknown(why->figures[why->inputs[3].first + 1].value);
    end(&explained);
}

/* Ten hung up in the four weeks since it counts, which is an accident: the week says how long callers wait
 * before they do. */
static void an_input_shows_the_figures_of_the_period_that_gave_its_value(void **state)
{
    (void)state;
    static const enum period PERIODS[] = {PERIOD_ROLLING_28D, PERIOD_WEEK};
    struct explained explained;
    begin(&explained);
    kit_tile(&explained.kit, "level", "service_level_forecast");
    kit_start(&explained.kit);
    kit_say(&explained.kit, "forecast_offered", 200, PERIOD_30M, NULL);
    kit_say(&explained.kit, "forecast_aht_s", 240, PERIOD_NOW, NULL);
    kit_say(&explained.kit, "scheduled_agents", 30, PERIOD_NOW, NULL);
    for (int i = 0; i < 2; i++) {
        kit_say(&explained.kit, "wait_answered_s", 10000, PERIODS[i], NULL);
        kit_say(&explained.kit, "wait_abandoned_s", 2000, PERIODS[i], NULL);
        kit_say(&explained.kit, "abandoned", 10 + 90 * i, PERIODS[i], NULL);
    }
    kit_answer(&explained.kit, 0);
    const struct why *why = ask(&explained, "level", 0);
    const struct why_input *patience = &why->inputs[why->input_count - 2];
    assert_string_equal(patience->name, "(wait_answered_s+wait_abandoned_s)/abandoned");
    assert_int_equal((int)patience->value, 120);
    assert_int_equal(patience->period, PERIOD_WEEK);
    assert_int_equal(why->figures[patience->first].period, PERIOD_WEEK);
    end(&explained);
}

static void classes_of_a_share_are_its_inputs(void **state)
{
    (void)state;
    struct explained explained;
    begin(&explained);
    kit_tile(&explained.kit, "share", "channel_share");
    kit_start(&explained.kit);
    kit_say(&explained.kit, "contacts_by_channel", 50, PERIOD_WEEK, NULL)->dims.value[DIM_CHANNEL] = "voice";
    kit_say(&explained.kit, "contacts_by_channel", 30, PERIOD_WEEK, NULL)->dims.value[DIM_CHANNEL] = "chat";
    kit_answer(&explained.kit, 0);
    const struct why *why = ask(&explained, "share", 0);
    assert_number(&(struct snapshot_tile){.value = why->value}, 62.5);
    assert_int_equal(why->input_count, 2);
    assert_string_equal(why->inputs[0].name, "voice");
    assert_int_equal((int)why->inputs[0].value, 50);
    assert_string_equal(why->inputs[1].name, "chat");
    assert_int_equal((int)why->inputs[1].value, 30);
    end(&explained);
}

static void what_the_board_says_of_itself_is_told_as_such(void **state)
{
    (void)state;
    struct explained explained;
    begin(&explained);
    kit_tile(&explained.kit, "alerts", "active_alerts");
    kit_start(&explained.kit);
    const struct why *why = ask(&explained, "alerts", 0);
    assert_int_equal((int)why->value, 0);
    assert_int_equal(why->variant, WHY_BOARD);
    assert_string_equal(why_variant_name(why->variant), "board");
    assert_null(why->source);
    end(&explained);
}

static void agents_of_a_small_team_are_not_told_as_inputs_either(void **state)
{
    (void)state;
    struct explained explained;
    begin(&explained);
    kit_tile(&explained.kit, "states", "agent_states");
    kit_start(&explained.kit);
    kit_say(&explained.kit, "agents_logged_in", 3, PERIOD_NOW, NULL);
    kit_say(&explained.kit, "agents_pause", 1, PERIOD_NOW, NULL);
    kit_answer(&explained.kit, 0);
    const struct why *why = ask(&explained, "states", 0);
    assert_int_equal(why->withheld, WITHHELD_SMALL_TEAM);
    assert_int_equal(why->input_count, 0);
    assert_int_equal(why->figure_count, 0);
    end(&explained);
}

/* ---- in words ---- */

static void assert_told(const struct why *why, enum language language, const char *expected)
{
    struct text text = {0};
    why_text(&text, why, language);
    assert_string_equal(text_bytes(&text), expected);
    text_finish(&text);
}

static void it_can_be_read_in_french_and_in_english(void **state)
{
    (void)state;
    struct explained explained;
    setenv("TZ", "UTC", 1);
    show_level(&explained);
    answer_level(&explained.kit, 105.5, 200, NAN, 0);
    const struct why *why = ask(&explained, "sl", 8);
    assert_told(why, LANGUAGE_FR,
                "Niveau de service (QS) (sl) · queue=Ventes\n"
                "  valeur     52,75\u202f%, 30\u00a0min, n = 200\n"
                "  formule    100 × 105,5 / 200  (formule du catalogue, V1)\n"
                "      answered_in_t = 105,5\n"
                "        105,5  30\u00a0min  queue=Ventes\n"
                "    / offered = 200\n"
                "        200  30\u00a0min  queue=Ventes\n"
                "    / −short_abandoned = non envoyé par la source, compté 0\n"
                "  source     acd, chiffres de 10:15:00, âge 8 s, figés après 1 min\n"
                "  état       critique depuis 10:15:00, alerte en cours\n"
                "  règle      celle du catalogue\u00a0: aucune règle du tableau ne s’applique\n"
                "  seuils     attention < 80\u202f%, critique < 70\u202f%, hystérésis 2\u202f%, après 2 min, "
                "objectif 80\u202f%\n"
                "  retour     attention\u00a0: ≥ 72\u202f% pendant 3 min\n"
                "  retour     OK\u00a0: ≥ 82\u202f% pendant 3 min\n");
    assert_told(why, LANGUAGE_EN,
                "Service level (sl) · queue=Ventes\n"
                "  value      52.75%, 30\u00a0min, n = 200\n"
                "  formula    100 × 105.5 / 200  (the catalogue’s formula, V1)\n"
                "      answered_in_t = 105.5\n"
                "        105.5  30\u00a0min  queue=Ventes\n"
                "    / offered = 200\n"
                "        200  30\u00a0min  queue=Ventes\n"
                "    / −short_abandoned = not sent by the source, counted as 0\n"
                "  source     acd, figures of 10:15:00, aged 8 s, stale after 1 min\n"
                "  state      critical since 10:15:00, alert active\n"
                "  rule       the catalogue’s: no rule of the board applies\n"
                "  thresholds warning < 80%, critical < 70%, hysteresis 2%, after 2 min, target 80%\n"
                "  clears     warning: ≥ 72% during 3 min\n"
                "  clears     OK: ≥ 82% during 3 min\n");
    end(&explained);
}

static void assert_says(const struct why *why, enum language language, const char *line)
{
    struct text text = {0};
    why_text(&text, why, language);
    if (!strstr(text_bytes(&text), line))
        fail_msg("not said: %sbut\n%s", line, text_bytes(&text));
    text_finish(&text);
}

static void a_plan_is_told_in_both_languages(void **state)
{
    (void)state;
    struct explained explained;
    struct plan_setting plan;
    show_handling(&explained, &plan, 320);
    const struct why *why = ask(&explained, "aht", 0);
    assert_says(why, LANGUAGE_FR,
                "  plan       320 s, attention < 90\u202f% ou > 110\u202f%, critique < 80\u202f% ou > "
                "125\u202f% du plan\n"
                "  seuils     attention < 288 s ou > 352 s, critique < 256 s ou > 400 s, ");
    assert_says(why, LANGUAGE_EN,
                "  plan       320 s, warning < 90% or > 110%, critical < 80% or > 125% of the plan\n");
    end(&explained);
}

static void a_missing_plan_is_asked_for(void **state)
{
    (void)state;
    struct explained explained;
    struct plan_setting plan;
    show_handling(&explained, &plan, 0);
    assert_says(ask(&explained, "aht", 0), LANGUAGE_EN,
                "  plan       none: give one under “plans” for the figure to be judged\n"
                "  thresholds none: the figure is not judged\n");
    end(&explained);
}

static void inputs_are_told_one_below_the_other(void **state)
{
    (void)state;
    struct explained explained;
    show_wait(&explained, 20);
    assert_says(ask(&explained, "wait", 0), LANGUAGE_EN,
                "(worked out of what follows)\n"
                "      waiting_now = 5\n"
                "        5  now\n"
                "      agents_available = 0\n"
                "        0  now\n"
                "      agents_available+agents_on_contact+agents_acw = not sent by the source\n"
                "      agents_available+agents_on_contact = 20\n"
                "        0  now\n"
                "        20  now\n"
                "      aht = 300\n"
                "        30000  60\u00a0min\n"
                "        100  60\u00a0min\n");
    end(&explained);
}

static void a_window_that_is_not_full_says_how_much_was_seen(void **state)
{
    (void)state;
    struct explained explained;
    show_level(&explained);
    answer_days(&explained.kit, 20);
    const struct why *why = ask(&explained, "sl", 1200);
    assert_says(why, LANGUAGE_FR, "  valeur     80\u202f%, 30\u00a0min, 20 min vues, n = 200\n");
    assert_says(why, LANGUAGE_EN,
                "        160  30\u00a0min  queue=Ventes, made of today’s counters, 20 min of it seen\n");
    end(&explained);
}

static void of_a_hundred_rules_the_last_is_named(void **state)
{
    (void)state;
    struct kit kit;
    struct rule_settings rules[100];
    kit_init(&kit);
    kit_tile(&kit, "sl", "service_level");
    for (size_t i = 0; i < 100; i++) {
        rules[i] = rule_settings_inherited();
        rules[i].kpi = kit.tiles[0].kpi;
        rules[i].warn = 50 + 0.1 * (double)i;
    }
    kit.settings.rules = rules;
    kit.settings.rule_count = 100;
    kit_start(&kit);
    struct arena *arena = arena_create();
    const struct why *why = why_of_tile(arena, kit.board, "sl", kit_at(0));
    assert_int_equal(why->rule_number, 100);
    assert_int_equal(why->rules_overruled, 99);
    arena_destroy(arena);
    kit_finish(&kit);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_formula_is_told_with_its_numbers),
        cmocka_unit_test(every_raw_figure_is_told_with_its_window_and_place),
        cmocka_unit_test(a_counter_that_no_source_sends_is_told_to_count_as_0),
        cmocka_unit_test(the_sources_own_denominator_is_named),
        cmocka_unit_test(a_finished_figure_is_told_as_such),
        cmocka_unit_test(the_catalogues_thresholds_are_named_as_such),
        cmocka_unit_test(the_most_specific_rule_of_the_board_is_named_by_its_number),
        cmocka_unit_test(a_tiles_own_rule_beats_the_boards),
        cmocka_unit_test(what_would_clear_an_alert_is_the_threshold_and_the_hysteresis),
        cmocka_unit_test(a_rising_alert_says_how_long_it_still_waits),
        cmocka_unit_test(a_clearing_alert_says_how_long_it_still_takes),
        cmocka_unit_test(too_small_a_sample_is_told),
        cmocka_unit_test(what_is_withheld_is_not_explained_away),
        cmocka_unit_test(a_tile_without_figures_says_that_no_source_has_any),
        cmocka_unit_test(there_is_no_explanation_of_a_tile_that_is_not_there),
        cmocka_unit_test(a_chosen_way_to_count_is_named),
        cmocka_unit_test(the_usual_way_to_count_and_the_sources_own_are_named_too),
        cmocka_unit_test(a_window_made_of_the_days_counters_says_so_and_how_much_it_covers),
        cmocka_unit_test(a_window_that_is_full_is_only_said_to_be_made_of_the_day),
        cmocka_unit_test(a_window_that_the_source_sends_is_not_made_of_the_day),
        cmocka_unit_test(limits_of_a_plan_are_told_in_percent_and_with_the_plan),
        cmocka_unit_test(a_plan_that_is_missing_is_why_there_is_no_colour),
        cmocka_unit_test(a_threshold_in_the_kpis_own_unit_has_no_plan),
        cmocka_unit_test(what_is_computed_lists_its_inputs_with_their_figures),
        cmocka_unit_test(what_cannot_be_computed_shows_the_input_that_is_unknown),
        cmocka_unit_test(an_input_shows_the_figures_of_the_period_that_gave_its_value),
        cmocka_unit_test(classes_of_a_share_are_its_inputs),
        cmocka_unit_test(what_the_board_says_of_itself_is_told_as_such),
        cmocka_unit_test(agents_of_a_small_team_are_not_told_as_inputs_either),
        cmocka_unit_test(it_can_be_read_in_french_and_in_english),
        cmocka_unit_test(a_plan_is_told_in_both_languages),
        cmocka_unit_test(a_missing_plan_is_asked_for),
        cmocka_unit_test(inputs_are_told_one_below_the_other),
        cmocka_unit_test(a_window_that_is_not_full_says_how_much_was_seen),
        cmocka_unit_test(of_a_hundred_rules_the_last_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
