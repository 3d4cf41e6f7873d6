/* Erlang C and A against exact values (erlang_reference.csv) and at the edges (erlang_extremes.csv). */

#include "model/erlang.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/csv_cases.h"
#include "tests/near.h"

static struct erlang_load load_of(const struct csv_cases *cases, size_t row)
{
    return (struct erlang_load){csv_number(cases, row, "calls"), csv_number(cases, row, "interval_s"),
                                csv_number(cases, row, "aht_s"), csv_number(cases, row, "patience_s")};
}

static bool queue_agrees(const struct csv_cases *cases, size_t row)
{
    struct erlang_load load = load_of(cases, row);
    struct erlang_queue queue =
        erlang_queue(&load, (int)csv_number(cases, row, "agents"), csv_number(cases, row, "target_s"));
    double tolerance = queue.occupancy > 0.995 ? 1e-6 : 1e-9;
    const struct {
        const char *column;
        double got;
    } figures[] = {
        {"offered_erlang", queue.offered_erlang},
        {"steady_state", queue.steady_state},
        {"p_wait", queue.p_wait},
        {"service_level", queue.service_level},
        {"asa_s", queue.asa_s},
        {"occupancy", queue.occupancy},
        {"mean_queue", queue.mean_queue},
        {"p_abandon", queue.p_abandon},
        {"sl_excl_abandon_in_t", queue.sl_excl_abandon_in_t},
        {"sl_any_outcome_in_t", queue.sl_any_outcome_in_t},
    };
    bool agrees = true;
    for (size_t i = 0; i < sizeof figures / sizeof figures[0]; i++)
        agrees = csv_agrees(cases, row, figures[i].column, figures[i].got, tolerance) && agrees;
    return agrees;
}

static double required(const struct csv_cases *cases, size_t row, double occupancy_max)
{
    struct erlang_load load = load_of(cases, row);
    return erlang_agents_required(&load, csv_number(cases, row, "target_s"),
                                  csv_number(cases, row, "sl_goal"), occupancy_max);
}

static void every_reference_queue_is_matched(void **state)
{
    (void)state;
    struct csv_cases *cases = csv_read("tests/data/erlang_reference.csv");
    size_t agreed = 0;
    for (size_t row = 0; row < cases->count; row++)
        agreed += queue_agrees(cases, row);
    assert_int_equal(cases->count, 40);
    assert_int_equal(agreed, 40);
    csv_destroy(cases);
}

static void every_reference_staffing_is_matched(void **state)
{
    (void)state;
    struct csv_cases *cases = csv_read("tests/data/erlang_reference.csv");
    for (size_t row = 0; row < cases->count; row++) {
        assert_true(csv_agrees(cases, row, "agents_for_goal", required(cases, row, 1), 0));
        if (*csv_text(cases, row, "agents_for_goal_occ85"))
            assert_true(csv_agrees(cases, row, "agents_for_goal_occ85", required(cases, row, 0.85), 0));
    }
    csv_destroy(cases);
}

static void every_extreme_queue_is_matched(void **state)
{
    (void)state;
    struct csv_cases *cases = csv_read("tests/data/erlang_extremes.csv");
    size_t agreed = 0;
    for (size_t row = 0; row < cases->count; row++)
        agreed += queue_agrees(cases, row);
    assert_true(cases->count > 20);
    assert_int_equal(agreed, cases->count);
    csv_destroy(cases);
}

static void callers_of_endless_patience_make_erlang_c_of_erlang_a(void **state)
{
    (void)state;
    struct erlang_load patient = {100, 1800, 180, 1e12}, endless = {100, 1800, 180, NAN};
    struct erlang_queue a = erlang_queue(&patient, 14, 20), c = erlang_queue(&endless, 14, 20);
    assert_near(a.p_wait, c.p_wait, 1e-10);
    assert_near(a.service_level, c.service_level, 1e-10);
    assert_near(a.asa_s, c.asa_s, 1e-8);
    assert_near(a.mean_queue, c.mean_queue, 1e-9);
}

static void those_who_neither_wait_nor_hang_up_were_answered(void **state)
{
    (void)state;
    struct erlang_load load = {40000, 1800, 180, 120}; /* 4000 erlangs on 2000 agents */
    struct erlang_queue queue = erlang_queue(&load, 2000, 20);
    assert_near(queue.p_abandon, 0.5, 1e-6);
    assert_near(queue.occupancy, 1, 1e-9);
    assert_true(queue.steady_state);
}

static void nobody_there_means_everybody_hangs_up(void **state)
{
    (void)state;
    struct erlang_load load = {100, 1800, 180, 60};
    struct erlang_queue queue = erlang_queue(&load, 0, 60);
    assert_near(queue.p_abandon, 1, 0);
    assert_near(queue.service_level, 0, 0);
    assert_near(queue.sl_any_outcome_in_t, 1 - exp(-1), 1e-12);
    assert_true(isnan(queue.occupancy));
    assert_true(isnan(queue.asa_s));
}

static void neither_calls_nor_agents_promise_nothing(void **state)
{
    (void)state;
    struct erlang_load load = {0, 1800, 180, NAN};
    assert_true(isnan(erlang_service_level(&load, 0, 20)));
    assert_near(erlang_service_level(&load, 1, 20), 1, 0);
}

static void an_overloaded_queue_says_how_many_agents_are_missing(void **state)
{
    (void)state;
    struct erlang_load load = {100, 1800, 180, NAN}; /* 10 erlangs */
    assert_int_equal(erlang_agents_missing(&load, 9), 2);
    assert_int_equal(erlang_agents_missing(&load, 10), 1);
    assert_int_equal(erlang_agents_missing(&load, 11), 0);
}

static void seventeen_erlangs_on_twenty_agents_are_exactly_85_percent(void **state)
{
    (void)state;
    struct erlang_load load = {170, 1800, 180, NAN};
    assert_int_equal(erlang_agents_required(&load, 3600, 0.5, 0.85), 20);
    assert_int_equal(erlang_agents_required(&load, 3600, 0.5, 1), 18);
}

static void a_load_beyond_all_agents_has_no_staffing(void **state)
{
    (void)state;
    struct erlang_load load = {1e9, 1800, 180, NAN};
    assert_int_equal(erlang_agents_required(&load, 20, 0.8, 1), -1);
}

/* A source may say anything; sums over as many callers as there are would not end. */
static void a_load_beyond_all_reason_is_not_computed(void **state)
{
    (void)state;
    const struct erlang_load loads[] = {
        {1e22, 1800, 300, 60}, {100, 1800, 300, 1e25}, {1e300, 1800, 1e300, 60}};
    for (size_t i = 0; i < sizeof loads / sizeof *loads; i++) {
        struct erlang_queue queue = erlang_queue(&loads[i], 10, 20);
        assert_true(isnan(queue.service_level));
        assert_true(isnan(queue.p_wait));
        assert_int_equal(erlang_agents_required(&loads[i], 20, 0.8, 1), -1);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_reference_queue_is_matched),
        cmocka_unit_test(every_reference_staffing_is_matched),
        cmocka_unit_test(every_extreme_queue_is_matched),
        cmocka_unit_test(callers_of_endless_patience_make_erlang_c_of_erlang_a),
        cmocka_unit_test(those_who_neither_wait_nor_hang_up_were_answered),
        cmocka_unit_test(nobody_there_means_everybody_hangs_up),
        cmocka_unit_test(neither_calls_nor_agents_promise_nothing),
        cmocka_unit_test(an_overloaded_queue_says_how_many_agents_are_missing),
        cmocka_unit_test(seventeen_erlangs_on_twenty_agents_are_exactly_85_percent),
        cmocka_unit_test(a_load_beyond_all_agents_has_no_staffing),
        cmocka_unit_test(a_load_beyond_all_reason_is_not_computed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
