/* The seven variants of the service level on the board, against sl_variants.csv. */

#include "model/service_level.h"

#include "tests/board_kit.h"
#include "tests/csv_cases.h"

static double shown(const struct csv_cases *cases, size_t row, enum service_level_variant variant)
{
    static const char *const counters[] = {"offered", "answered", "answered_in_t", "abandoned_in_t",
                                           "short_abandoned"};
    struct kit kit;
    kit_init(&kit);
    kit_tile(&kit, "sl", "service_level")->has_sl_variant = true;
    kit.tiles[0].sl_variant = variant;
    kit_start(&kit);
    for (size_t i = 0; i < sizeof counters / sizeof counters[0]; i++)
        kit_say(&kit, counters[i], csv_number(cases, row, counters[i]), PERIOD_TODAY, NULL);
    kit_say(&kit, "waiting_over_t_now", csv_number(cases, row, "waiting_over_t"), PERIOD_NOW, NULL);
    kit_answer(&kit, 0);
    double value = kit_look(&kit, 0, 0)->value;
    kit_finish(&kit);
    return value;
}

static void every_reference_case_is_matched_in_all_variants(void **state)
{
    (void)state;
    static const char *const columns[] = {"V1_default",
                                          "V2_all_abandons_count",
                                          "V3_exclude_abandons_in_t",
                                          "V4_abandons_in_t_are_success",
                                          "V5_answered_only",
                                          "V6_short_abandons_are_success",
                                          "V7_live_V1_plus_waiting_over_t"};
    struct csv_cases *cases = csv_read("tests/data/sl_variants.csv");
    bool agrees = true;
    for (size_t row = 0; row < cases->count; row++)
        for (int v = SERVICE_LEVEL_V1; v <= SERVICE_LEVEL_V7; v++)
            agrees &=
                csv_agrees(cases, row, columns[v], shown(cases, row, (enum service_level_variant)v), 1e-11);
    assert_int_equal(cases->count, 8);
    assert_true(agrees);
    csv_destroy(cases);
}

static void variants_go_by_the_names_of_the_board(void **state)
{
    (void)state;
    enum service_level_variant variant = SERVICE_LEVEL_V1;
    assert_true(service_level_parse("V7", &variant));
    assert_int_equal(variant, SERVICE_LEVEL_V7);
    assert_true(service_level_parse("source", &variant));
    assert_int_equal(variant, SERVICE_LEVEL_SOURCE);
    assert_false(service_level_parse("V8", &variant));
    assert_string_equal(service_level_name(SERVICE_LEVEL_V3), "V3");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_reference_case_is_matched_in_all_variants),
        cmocka_unit_test(variants_go_by_the_names_of_the_board),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
