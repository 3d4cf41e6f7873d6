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
                "  valeur     52,75 % sur 30m, n = 200\n"
                "  formule    100 × 105,5 / 200  (formule du catalogue)\n"
                "      answered_in_t = 105,5\n"
                "        105,5  30m  queue=Ventes\n"
                "    / offered = 200\n"
                "        200  30m  queue=Ventes\n"
                "    / −short_abandoned = non envoyé par la source, compté 0\n"
                "  source     acd, chiffres de 10:15:00, âge 8 s, figés après 1 min\n"
                "  état       CRITICAL depuis 10:15:00, alerte ALERTING\n"
                "  règle      celle du catalogue\u00a0: aucune règle du tableau ne s’applique\n"
                "  seuils     attention < 80 %, critique < 70 %, hystérésis 2 %, après 2 min, objectif 80 %\n"
                "  retour     WARN\u00a0: ≥ 72 % pendant 3 min\n"
                "  retour     OK\u00a0: ≥ 82 % pendant 3 min\n");
    assert_told(why, LANGUAGE_EN,
                "Service level (sl) · queue=Ventes\n"
                "  value      52.75 % over 30m, n = 200\n"
                "  formula    100 × 105.5 / 200  (the catalogue’s formula)\n"
                "      answered_in_t = 105.5\n"
                "        105.5  30m  queue=Ventes\n"
                "    / offered = 200\n"
                "        200  30m  queue=Ventes\n"
                "    / −short_abandoned = not sent by the source, counted as 0\n"
                "  source     acd, figures of 10:15:00, aged 8 s, stale after 1 min\n"
                "  state      CRITICAL since 10:15:00, alert ALERTING\n"
                "  rule       the catalogue’s: no rule of the board applies\n"
                "  thresholds warn < 80 %, critical < 70 %, hysteresis 2 %, after 2 min, target 80 %\n"
                "  clears     WARN: ≥ 72 % during 3 min\n"
                "  clears     OK: ≥ 82 % during 3 min\n");
    end(&explained);
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
        cmocka_unit_test(it_can_be_read_in_french_and_in_english),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
