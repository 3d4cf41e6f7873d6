/* Objectives and key results, against okr_cases.csv. */

#include "model/okr.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/csv_cases.h"
#include "tests/near.h"

static const int64_t DAY_MS = 24 * 3600 * INT64_C(1000);

static const char *const colours[DISPLAY_COUNT] = {[DISPLAY_NEUTRAL] = "neutral",
                                                   [DISPLAY_CRITICAL] = "critical",
                                                   [DISPLAY_WARN] = "warn",
                                                   [DISPLAY_OK] = "ok"};

static const char *or_neutral(const char *text)
{
    return *text ? text : "neutral";
}

static void every_reference_key_result_is_matched(void **state)
{
    (void)state;
    struct csv_cases *cases = csv_read("tests/data/okr_cases.csv");
    for (size_t row = 0; row < cases->count; row++) {
        struct okr_key_result result = {.start = csv_number(cases, row, "start"),
                                        .goal = csv_number(cases, row, "goal"),
                                        .current = csv_number(cases, row, "current")};
        struct okr_score score = okr_score(&result, csv_number(cases, row, "elapsed"), 0);
        assert_true(csv_agrees(cases, row, "progress", score.progress, 1e-11));
        assert_true(csv_agrees(cases, row, "pace", score.pace, 1e-11));
        assert_true(csv_agrees(cases, row, "too_easy_flag", score.too_easy, 0));
        assert_string_equal(colours[score.during], csv_text(cases, row, "colour_during"));
        assert_string_equal(colours[score.at_end], or_neutral(csv_text(cases, row, "colour_at_end")));
    }
    assert_int_equal(cases->count, 9);
    csv_destroy(cases);
}

static enum display at_end(double current, enum okr_promise promise)
{
    struct okr_key_result result = {.start = 0, .goal = 100, .current = current, .promise = promise};
    return okr_score(&result, 1, 0).at_end;
}

static void an_ambitious_goal_is_met_at_seventy_percent(void **state)
{
    (void)state;
    assert_int_equal(at_end(70, OKR_AMBITIOUS), DISPLAY_OK);
    assert_int_equal(at_end(69, OKR_AMBITIOUS), DISPLAY_WARN);
    assert_int_equal(at_end(40, OKR_AMBITIOUS), DISPLAY_WARN);
    assert_int_equal(at_end(39, OKR_AMBITIOUS), DISPLAY_CRITICAL);
}

static void a_committed_goal_is_met_at_ninety_five(void **state)
{
    (void)state;
    assert_int_equal(at_end(95, OKR_COMMITTED), DISPLAY_OK);
    assert_int_equal(at_end(94, OKR_COMMITTED), DISPLAY_WARN);
    assert_int_equal(at_end(80, OKR_COMMITTED), DISPLAY_WARN);
    assert_int_equal(at_end(79, OKR_COMMITTED), DISPLAY_CRITICAL);
}

static void a_result_not_measured_for_seven_days_is_stale(void **state)
{
    (void)state;
    struct okr_key_result result = {.goal = 1, .current = 0.5, .updated_wall_ms = 100 * DAY_MS};
    assert_false(okr_score(&result, 0.5, 107 * DAY_MS).stale);
    assert_true(okr_score(&result, 0.5, 107 * DAY_MS + 1).stale);
}

static void a_result_not_known_yet_has_no_colour(void **state)
{
    (void)state;
    struct okr_key_result result = {.goal = 1, .current = NAN};
    struct okr_score score = okr_score(&result, 0.5, 0);
    assert_nan(score.progress);
    assert_int_equal(score.during, DISPLAY_NEUTRAL);
    assert_int_equal(score.at_end, DISPLAY_NEUTRAL);
}

static void an_objective_is_the_weighted_mean_of_what_is_known(void **state)
{
    (void)state;
    const struct okr_key_result results[] = {{.goal = 1, .current = 0.5},
                                             {.goal = 1, .current = 1, .weight = 3},
                                             {.goal = 1, .current = NAN, .weight = 9}};
    assert_near(okr_objective_progress(results, 3), 0.875, 1e-12);
    assert_nan(okr_objective_progress(results + 2, 1));
    assert_nan(okr_objective_progress(NULL, 0));
    assert_near(okr_objective_score(results, 3, 0.875, 0).pace, 1, 1e-12);
}

static void time_elapsed_is_a_share_of_the_period(void **state)
{
    (void)state;
    assert_near(okr_elapsed(100, 200, 150), 0.5, 0);
    assert_near(okr_elapsed(100, 200, 50), 0, 0);
    assert_near(okr_elapsed(100, 200, 300), 1, 0);
    assert_nan(okr_elapsed(200, 200, 200));
}

static struct okr_score at_pace(double current, double elapsed)
{
    struct okr_key_result result = {.start = 0, .goal = 100, .current = current};
    return okr_score(&result, elapsed, 0);
}

static void a_pace_of_sixty_percent_is_amber_and_below_it_is_red(void **state)
{
    (void)state;
    assert_int_equal(at_pace(42.5, 0.5).during, DISPLAY_OK);
    assert_int_equal(at_pace(42.4, 0.5).during, DISPLAY_WARN);
    assert_int_equal(at_pace(30, 0.5).during, DISPLAY_WARN);
    assert_int_equal(at_pace(29.9, 0.5).during, DISPLAY_CRITICAL);
}

static void a_goal_reached_at_sixty_percent_was_not_too_easy(void **state)
{
    (void)state;
    assert_true(at_pace(100, 0.59).too_easy);
    assert_false(at_pace(100, 0.6).too_easy);
    assert_false(at_pace(99.9, 0.3).too_easy);
}

static void at_the_last_moment_the_end_judges_and_not_the_pace(void **state)
{
    (void)state;
    assert_near(okr_limits(0.999, OKR_COMMITTED).warn_low, 0.999 * 0.85, 1e-12);
    assert_near(okr_limits(1, OKR_COMMITTED).warn_low, 0.95, 1e-12);
    assert_near(okr_limits(1, OKR_AMBITIOUS).critical_low, 0.4, 1e-12);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_reference_key_result_is_matched),
        cmocka_unit_test(an_ambitious_goal_is_met_at_seventy_percent),
        cmocka_unit_test(a_committed_goal_is_met_at_ninety_five),
        cmocka_unit_test(a_result_not_measured_for_seven_days_is_stale),
        cmocka_unit_test(a_result_not_known_yet_has_no_colour),
        cmocka_unit_test(an_objective_is_the_weighted_mean_of_what_is_known),
        cmocka_unit_test(time_elapsed_is_a_share_of_the_period),
        cmocka_unit_test(a_pace_of_sixty_percent_is_amber_and_below_it_is_red),
        cmocka_unit_test(a_goal_reached_at_sixty_percent_was_not_too_easy),
        cmocka_unit_test(at_the_last_moment_the_end_judges_and_not_the_pace),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
