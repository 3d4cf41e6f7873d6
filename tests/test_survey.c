/* The net promoter score and its margins, against survey_cases.csv. */

#include "model/survey.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/csv_cases.h"
#include "tests/near.h"

static void every_reference_survey_is_matched(void **state)
{
    (void)state;
    struct csv_cases *cases = csv_read("tests/data/survey_cases.csv");
    bool agrees = true;
    for (size_t row = 0; row < cases->count; row++) {
        struct survey survey = {csv_number(cases, row, "promoters"), csv_number(cases, row, "detractors"),
                                csv_number(cases, row, "responses")};
        struct survey_score score = survey_score(&survey);
        agrees &= csv_agrees(cases, row, "nps", score.nps, 1e-11);
        agrees &= csv_agrees(cases, row, "wald_moe95", score.wald_margin, 1e-11);
        agrees &= csv_agrees(cases, row, "adjusted_nps", score.adjusted_nps, 1e-11);
        agrees &= csv_agrees(cases, row, "adjusted_wald_moe95", score.adjusted_margin, 1e-11);
    }
    assert_int_equal(cases->count, 8);
    assert_true(agrees);
    csv_destroy(cases);
}

static void few_answers_are_told_with_the_adjusted_margin(void **state)
{
    (void)state;
    struct survey_score few = survey_score(&(struct survey){10, 0, 10});
    struct survey_score many = survey_score(&(struct survey){50, 20, 100});
    assert_near(few.margin, few.adjusted_margin, 0);
    assert_near(many.margin, many.wald_margin, 0);
}

static void four_points_on_a_hundred_answers_are_no_news(void **state)
{
    (void)state;
    assert_false(survey_moved(&(struct survey){50, 20, 100}, &(struct survey){52, 18, 100}));
    assert_true(survey_moved(&(struct survey){50, 20, 100}, &(struct survey){65, 10, 100}));
}

static void the_same_move_on_many_answers_is_news(void **state)
{
    (void)state;
    assert_true(survey_moved(&(struct survey){5000, 2000, 10000}, &(struct survey){5200, 1800, 10000}));
}

static void no_answers_are_never_news(void **state)
{
    (void)state;
    assert_false(survey_moved(&(struct survey){0, 0, 0}, &(struct survey){500, 0, 500}));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_reference_survey_is_matched),
        cmocka_unit_test(few_answers_are_told_with_the_adjusted_margin),
        cmocka_unit_test(four_points_on_a_hundred_answers_are_no_news),
        cmocka_unit_test(the_same_move_on_many_answers_is_news),
        cmocka_unit_test(no_answers_are_never_news),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
