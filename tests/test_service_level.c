/* The seven variants and the source's own, against sl_variants.csv. */

#include "model/service_level.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/csv_cases.h"
#include "tests/near.h"

static struct service_level_counts counts_of(const struct csv_cases *cases, size_t row)
{
    return (struct service_level_counts){{
        [COUNTED_OFFERED] = csv_number(cases, row, "offered"),
        [COUNTED_ANSWERED] = csv_number(cases, row, "answered"),
        [COUNTED_ANSWERED_IN_T] = csv_number(cases, row, "answered_in_t"),
        [COUNTED_ABANDONED_IN_T] = csv_number(cases, row, "abandoned_in_t"),
        [COUNTED_SHORT_ABANDONED] = csv_number(cases, row, "short_abandoned"),
        [COUNTED_WAITING_OVER_T] = csv_number(cases, row, "waiting_over_t"),
        [COUNTED_BY_SOURCE] = NAN,
    }};
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
    for (size_t row = 0; row < cases->count; row++) {
        struct service_level_counts counts = counts_of(cases, row);
        for (int v = SERVICE_LEVEL_V1; v <= SERVICE_LEVEL_V7; v++)
            agrees &= csv_agrees(cases, row, columns[v],
                                 service_level_percent((enum service_level_variant)v, &counts), 1e-11);
    }
    assert_int_equal(cases->count, 8);
    assert_true(agrees);
    csv_destroy(cases);
}

static void a_source_that_tells_its_denominator_is_believed(void **state)
{
    (void)state;
    struct service_level_counts counts = {{500, 480, 430, 8, 6, 0, 478}};
    assert_int_equal(service_level_default(&counts), SERVICE_LEVEL_SOURCE);
    assert_near(service_level_percent(SERVICE_LEVEL_SOURCE, &counts), 100 * 430.0 / 478, 1e-12);
    counts.of[COUNTED_BY_SOURCE] = NAN;
    assert_int_equal(service_level_default(&counts), SERVICE_LEVEL_V1);
}

static void short_abandons_that_nobody_counts_are_none_and_the_detail_says_so(void **state)
{
    (void)state;
    struct service_level_counts counts = {{500, 480, 430, 8, NAN, NAN, NAN}};
    assert_near(service_level_percent(SERVICE_LEVEL_V1, &counts), 86, 1e-12);
    assert_true(service_level_assumes_no_short(SERVICE_LEVEL_V1, &counts));
    assert_false(service_level_assumes_no_short(SERVICE_LEVEL_V2, &counts));
}

static void a_counter_that_is_missing_leaves_the_figure_unknown(void **state)
{
    (void)state;
    struct service_level_counts counts = {{500, 480, 430, NAN, 6, NAN, NAN}};
    assert_nan(service_level_percent(SERVICE_LEVEL_V3, &counts));
    assert_nan(service_level_percent(SERVICE_LEVEL_V7, &counts));
    assert_near(service_level_percent(SERVICE_LEVEL_V2, &counts), 86, 1e-12);
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
        cmocka_unit_test(a_source_that_tells_its_denominator_is_believed),
        cmocka_unit_test(short_abandons_that_nobody_counts_are_none_and_the_detail_says_so),
        cmocka_unit_test(a_counter_that_is_missing_leaves_the_figure_unknown),
        cmocka_unit_test(variants_go_by_the_names_of_the_board),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
