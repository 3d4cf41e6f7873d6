#include "model/conclusion.h"

#include "board_kit.h"

#define NAMED(fr, en, shown)                                                                                 \
    {                                                                                                        \
        .label = {[LANGUAGE_FR] = {fr, fr, fr}, [LANGUAGE_EN] = {en, en, en}}, .display = (shown)            \
    }

/* Both languages of a page of these tiles. */
static void concludes(const struct snapshot_tile *tiles, size_t count, const char *french,
                      const char *english)
{
    struct arena *arena = arena_create();
    struct snapshot_page page = {.tile_count = count, .tiles = tiles};
    assert_string_equal(conclusion_make(arena, &page, LANGUAGE_FR), french);
    assert_string_equal(conclusion_make(arena, &page, LANGUAGE_EN), english);
    arena_destroy(arena);
}

static void all_is_well_where_every_judged_figure_is_good(void **state)
{
    (void)state;
    const struct snapshot_tile tiles[] = {NAMED("QS", "SL", DISPLAY_OK),
                                          NAMED("Appels", "Calls", DISPLAY_NEUTRAL)};
    concludes(tiles, 2, "Tout va bien", "All is well");
}

static void alerts_are_named_the_worst_first(void **state)
{
    (void)state;
    const struct snapshot_tile tiles[] = {NAMED("Abandon", "Abandoned", DISPLAY_WARN),
                                          NAMED("QS", "SL", DISPLAY_OK),
                                          NAMED("Attente max", "Longest wait", DISPLAY_CRITICAL)};
    concludes(tiles, 3, "2 alertes\u00a0: Attente max, Abandon", "2 alerts: Longest wait, Abandoned");
}

static void one_alert_is_not_two(void **state)
{
    (void)state;
    const struct snapshot_tile tiles[] = {NAMED("QS", "SL", DISPLAY_CRITICAL)};
    concludes(tiles, 1, "1 alerte\u00a0: QS", "1 alert: SL");
}

static void one_stale_figure_among_good_ones_is_not_all_is_well(void **state)
{
    (void)state;
    const struct snapshot_tile tiles[] = {NAMED("QS", "SL", DISPLAY_OK),
                                          NAMED("CSAT", "CSAT", DISPLAY_STALE)};
    concludes(tiles, 2, "Aucune alerte connue · 1 chiffre inconnu\u00a0: CSAT",
              "No alert known · 1 figure unknown: CSAT");
}

static void an_alert_does_not_hide_what_is_unknown(void **state)
{
    (void)state;
    const struct snapshot_tile tiles[] = {NAMED("QS", "SL", DISPLAY_NODATA),
                                          NAMED("NPS", "NPS", DISPLAY_STALE),
                                          NAMED("DMT", "AHT", DISPLAY_WARN)};
    concludes(tiles, 3, "1 alerte\u00a0: DMT · 2 chiffres inconnus\u00a0: NPS, QS",
              "1 alert: AHT · 2 figures unknown: NPS, SL");
}

static void where_nothing_is_fresh_nothing_is_known(void **state)
{
    (void)state;
    const struct snapshot_tile tiles[] = {NAMED("QS", "SL", DISPLAY_NODATA)};
    concludes(tiles, 1, "On ne sait pas · 1 chiffre inconnu\u00a0: QS", "Not known · 1 figure unknown: SL");
}

static void three_are_named_and_the_rest_counted(void **state)
{
    (void)state;
    const struct snapshot_tile tiles[] = {NAMED("A", "A", DISPLAY_WARN), NAMED("B", "B", DISPLAY_WARN),
                                          NAMED("C", "C", DISPLAY_WARN), NAMED("D", "D", DISPLAY_WARN),
                                          NAMED("E", "E", DISPLAY_CRITICAL)};
    concludes(tiles, 5, "5 alertes\u00a0: E, A, B et 2 de plus", "5 alerts: E, A, B and 2 more");
}

static void figures_without_thresholds_are_not_called_good(void **state)
{
    (void)state;
    const struct snapshot_tile tiles[] = {NAMED("Appels", "Calls", DISPLAY_NEUTRAL)};
    concludes(tiles, 1, "Rien n’est jugé sur cette page", "Nothing is judged on this page");
}

static void a_closed_page_says_so(void **state)
{
    (void)state;
    const struct snapshot_tile tiles[] = {NAMED("QS", "SL", DISPLAY_CLOSED)};
    concludes(tiles, 1, "Fermé", "Closed");
}

static void every_page_of_a_snapshot_has_its_line(void **state)
{
    (void)state;
    struct kit kit;
    kit_init(&kit);
    kit_tile(&kit, "calls", "calls_waiting");
    kit_start(&kit);
    kit_say(&kit, "waiting_now", 99, PERIOD_NOW, NULL);
    kit_answer(&kit, 0);
    kit_look(&kit, 0, 0);
    assert_string_equal(kit.snapshot->pages[0].conclusion[LANGUAGE_FR], "1 alerte\u00a0: En attente");
    assert_string_equal(kit.snapshot->pages[0].conclusion[LANGUAGE_EN], "1 alert: Waiting");
    kit_finish(&kit);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_is_well_where_every_judged_figure_is_good),
        cmocka_unit_test(alerts_are_named_the_worst_first),
        cmocka_unit_test(one_alert_is_not_two),
        cmocka_unit_test(one_stale_figure_among_good_ones_is_not_all_is_well),
        cmocka_unit_test(an_alert_does_not_hide_what_is_unknown),
        cmocka_unit_test(where_nothing_is_fresh_nothing_is_known),
        cmocka_unit_test(three_are_named_and_the_rest_counted),
        cmocka_unit_test(figures_without_thresholds_are_not_called_good),
        cmocka_unit_test(a_closed_page_says_so),
        cmocka_unit_test(every_page_of_a_snapshot_has_its_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
