/* The net promoter score on the board, against survey_cases.csv. */

#include "tests/board_kit.h"
#include "tests/csv_cases.h"

static void every_reference_survey_is_matched(void **state)
{
    (void)state;
    struct csv_cases *cases = csv_read("tests/data/survey_cases.csv");
    bool agrees = true;
    for (size_t row = 0; row < cases->count; row++) {
        struct kit kit;
        kit_init(&kit);
        kit_tile(&kit, "nps", "nps");
        kit_start(&kit);
        kit_say(&kit, "nps_promoters", csv_number(cases, row, "promoters"), PERIOD_TODAY, NULL);
        kit_say(&kit, "nps_detractors", csv_number(cases, row, "detractors"), PERIOD_TODAY, NULL);
        kit_say(&kit, "nps_responses", csv_number(cases, row, "responses"), PERIOD_TODAY, NULL);
        kit_answer(&kit, 0);
        agrees &= csv_agrees(cases, row, "nps", kit_look(&kit, 0, 0)->value, 1e-11);
        kit_finish(&kit);
    }
    assert_int_equal(cases->count, 8);
    assert_true(agrees);
    csv_destroy(cases);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_reference_survey_is_matched)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
