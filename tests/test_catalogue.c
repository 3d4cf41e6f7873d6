#include "app/catalogue_file.h"
#include "tests/shipped.h"

#include <ctype.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/files.h"

static void the_shipped_catalogue_has_105_kpis(void **state)
{
    (void)state;
    struct catalogue *catalogue = shipped_catalogue();
    assert_int_equal(catalogue_kpi_count(catalogue), 105);
    assert_true(catalogue_counter_count(catalogue) > 90);
    catalogue_destroy(catalogue);
}

static void assert_counters_known(const struct catalogue *catalogue, const struct kpi *kpi,
                                  const struct expression *expression)
{
    for (size_t i = 0; i < expression->count; i++)
        if (!catalogue_counter(catalogue, expression->terms[i].counter))
            fail_msg("%s needs the counter \"%s\", which no row names", kpi->id,
                     expression->terms[i].counter);
}

static void every_formula_uses_counters_that_are_there(void **state)
{
    (void)state;
    struct catalogue *catalogue = shipped_catalogue();
    for (size_t i = 0; i < catalogue_kpi_count(catalogue); i++) {
        const struct kpi *kpi = catalogue_kpi_at(catalogue, i);
        assert_counters_known(catalogue, kpi, &kpi->numerator);
        assert_counters_known(catalogue, kpi, &kpi->denominator);
    }
    catalogue_destroy(catalogue);
}

static void every_kpi_has_three_labels_in_both_languages(void **state)
{
    (void)state;
    struct catalogue *catalogue = shipped_catalogue();
    for (size_t i = 0; i < catalogue_kpi_count(catalogue); i++) {
        const struct kpi *kpi = catalogue_kpi_at(catalogue, i);
        for (int language = 0; language < LANGUAGE_COUNT; language++)
            for (int length = 0; length < LABEL_COUNT; length++)
                assert_non_null(kpi->label[language][length]);
    }
    catalogue_destroy(catalogue);
}

/* Two words with a blank between them are prose, and prose has a language. */
static bool is_prose(const char *formula)
{
    for (const char *blank = strchr(formula, ' '); blank; blank = strchr(blank + 1, ' '))
        if (blank > formula && isalpha((unsigned char)blank[-1]) && isalpha((unsigned char)blank[1]) &&
            isalpha((unsigned char)blank[2]))
            return true;
    return false;
}

static void what_a_wall_shows_of_a_kpi_is_in_its_language_and_names_no_file_of_ours(void **state)
{
    (void)state;
    struct catalogue *catalogue = shipped_catalogue();
    for (size_t i = 0; i < catalogue_kpi_count(catalogue); i++) {
        const struct kpi *kpi = catalogue_kpi_at(catalogue, i);
        for (int language = 0; language < LANGUAGE_COUNT; language++) {
            assert_non_null(kpi->definition[language]);
            assert_null(strstr(kpi->definition[language], ".md"));
        }
        if (kpi->formula && (strstr(kpi->formula, ".md") || is_prose(kpi->formula)))
            fail_msg("%s: \"%s\" is shown on walls of both languages", kpi->id, kpi->formula);
    }
    catalogue_destroy(catalogue);
}

static void service_level_reads_as_its_row_says(void **state)
{
    (void)state;
    struct catalogue *catalogue = shipped_catalogue();
    const struct kpi *kpi = catalogue_kpi(catalogue, "service_level");
    assert_int_equal(kpi->unit, UNIT_PERCENT);
    assert_int_equal(kpi->direction, DIRECTION_HIGHER_IS_BETTER);
    assert_int_equal(kpi->default_period, PERIOD_30M);
    assert_int_equal(kpi->numerator.count, 1);
    assert_string_equal(kpi->numerator.terms[0].counter, "answered_in_t");
    assert_int_equal(kpi->denominator.count, 2);
    assert_string_equal(kpi->denominator.terms[1].counter, "short_abandoned");
    assert_float_equal(kpi->denominator.terms[1].sign, -1, 0);
    assert_float_equal(kpi->scale, 100, 0);
    assert_float_equal(kpi->limits.warn_low, 80, 0);
    assert_float_equal(kpi->limits.critical_low, 70, 0);
    assert_true(isnan(kpi->limits.warn_high));
    catalogue_destroy(catalogue);
}

static void a_band_has_two_ends(void **state)
{
    (void)state;
    struct catalogue *catalogue = shipped_catalogue();
    const struct kpi *kpi = catalogue_kpi(catalogue, "load_index");
    assert_int_equal(kpi->direction, DIRECTION_TARGET_BAND);
    assert_true(kpi->limits.warn_low < kpi->limits.warn_high);
    assert_true(kpi->limits.critical_low < kpi->limits.critical_high);
    catalogue_destroy(catalogue);
}

static void a_filter_becomes_a_dimension(void **state)
{
    (void)state;
    struct catalogue *catalogue = shipped_catalogue();
    const struct kpi *kpi = catalogue_kpi(catalogue, "chat_first_response_time");
    assert_string_equal(kpi->filter.value[DIM_CHANNEL], "chat");
    catalogue_destroy(catalogue);
}

static void a_row_of_the_same_id_replaces_the_old_one(void **state)
{
    (void)state;
    struct catalogue *catalogue = shipped_catalogue();
    struct kpi own = *catalogue_kpi(catalogue, "asa");
    own.target = 42;
    catalogue_add_kpi(catalogue, &own);
    assert_int_equal(catalogue_kpi_count(catalogue), 105);
    assert_float_equal(catalogue_kpi(catalogue, "asa")->target, 42, 0);
    catalogue_destroy(catalogue);
}

static void a_broken_catalogue_says_which_row_and_field(void **state)
{
    (void)state;
    char folder[] = "/tmp/vigie-catalogue-XXXXXX";
    assert_non_null(mkdtemp(folder));
    char path[64];
    snprintf(path, sizeof path, "%s/catalogue", folder);
    assert_int_equal(mkdir(path, 0700), 0);
    snprintf(path, sizeof path, "%s/catalogue/kpis.json", folder);
    files_write(path, "{\"kpis\": [{\"id\": \"x\", \"unit\": \"furlongs\"}]}");

    struct error error = {""};
    assert_null(catalogue_file_read(folder, &error));
    assert_non_null(strstr(error.text, "kpis.json: KPI \"x\": \"unit\" is missing or not understood"));

    unlink(path);
    snprintf(path, sizeof path, "%s/catalogue", folder);
    rmdir(path);
    rmdir(folder);
}

static void expressions_are_sums_and_differences_of_counters(void **state)
{
    (void)state;
    struct catalogue *catalogue = catalogue_create();
    struct expression expression;
    assert_true(expression_parse(catalogue_arena(catalogue), "talk_s+hold_s-acw_s", &expression));
    assert_int_equal(expression.count, 3);
    assert_string_equal(expression.terms[2].counter, "acw_s");
    assert_float_equal(expression.terms[2].sign, -1, 0);
    assert_true(expression_parse(catalogue_arena(catalogue), NULL, &expression));
    assert_int_equal(expression.count, 0);
    assert_false(expression_parse(catalogue_arena(catalogue), "talk_s*2", &expression));
    assert_false(expression_parse(catalogue_arena(catalogue), "talk_s+", &expression));
    catalogue_destroy(catalogue);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_shipped_catalogue_has_105_kpis),
        cmocka_unit_test(every_formula_uses_counters_that_are_there),
        cmocka_unit_test(every_kpi_has_three_labels_in_both_languages),
        cmocka_unit_test(what_a_wall_shows_of_a_kpi_is_in_its_language_and_names_no_file_of_ours),
        cmocka_unit_test(service_level_reads_as_its_row_says),
        cmocka_unit_test(a_band_has_two_ends),
        cmocka_unit_test(a_filter_becomes_a_dimension),
        cmocka_unit_test(a_row_of_the_same_id_replaces_the_old_one),
        cmocka_unit_test(a_broken_catalogue_says_which_row_and_field),
        cmocka_unit_test(expressions_are_sums_and_differences_of_counters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
