#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "render/format.h"

static const char *const kind_names[FORMAT_COUNT] = {
    [FORMAT_INT] = "int",           [FORMAT_PCT] = "pct",       [FORMAT_SIGNED_PCT] = "signed_pct",
    [FORMAT_SIGNED] = "signed",     [FORMAT_SCORE5] = "score5", [FORMAT_EUR] = "eur",
    [FORMAT_RATE_H] = "rate_h",     [FORMAT_RATIO] = "ratio",   [FORMAT_DUR_CLOCK] = "dur_clock",
    [FORMAT_DUR_LONG] = "dur_long", [FORMAT_DUR_HM] = "dur_hm",
};

static enum number_format kind_of(const char *name)
{
    for (int kind = 0; kind < FORMAT_COUNT; kind++)
        if (strcmp(kind_names[kind], name) == 0)
            return (enum number_format)kind;
    fail_msg("no format is called %s", name);
    return FORMAT_INT;
}

/* Takes one field off a CSV line, quotes undone. */
static void take_field(char **line, char *field)
{
    bool quoted = **line == '"';
    *line += quoted;
    while (**line && **line != (quoted ? '"' : ',') && **line != '\n' && **line != '\r')
        *field++ = *(*line)++;
    *line += quoted;
    *line += **line == ',';
    *field = '\0';
}

static void every_case_of_the_vectors_is_written_exactly(void **state)
{
    (void)state;
    FILE *file = fopen("tests/data/format_cases.csv", "r");
    assert_non_null(file);
    char line[512], kind[64], value[64], french[128], english[128];
    int cases = 0;
    assert_non_null(fgets(line, sizeof line, file));
    while (fgets(line, sizeof line, file)) {
        char *at = line;
        take_field(&at, kind);
        take_field(&at, value);
        take_field(&at, french);
        take_field(&at, english);
        double number = *value ? strtod(value, NULL) : NAN;
        struct figure_style style = {kind_of(kind), -1, NULL, LANGUAGE_FR};
        assert_string_equal(figure_make(&style, number).text, french);
        style.language = LANGUAGE_EN;
        assert_string_equal(figure_make(&style, number).text, english);
        cases++;
    }
    fclose(file);
    assert_int_equal(cases, 71);
}

static const struct limits at_least_80 = {80, NAN, 70, NAN};
static const struct limits at_most_60 = {NAN, 60, NAN, 120};

static struct figure truthful(enum number_format format, double value, const struct limits *limits)
{
    struct figure_style style = {format, -1, NULL, LANGUAGE_FR};
    return figure_make_truthful(&style, value, limits);
}

static void a_figure_never_claims_a_threshold_that_its_value_misses(void **state)
{
    (void)state;
    assert_string_equal(truthful(FORMAT_PCT, 79.96, &at_least_80).text, "79,96\u202f%");
    assert_string_equal(truthful(FORMAT_PCT, 79.94, &at_least_80).text, "79,9\u202f%");
    assert_string_equal(truthful(FORMAT_PCT, 80.04, &at_least_80).text, "80,0\u202f%");
    assert_string_equal(truthful(FORMAT_PCT, 79.996, &at_least_80).text, "79,996\u202f%");
    assert_string_equal(truthful(FORMAT_DUR_CLOCK, 60.4, &at_most_60).text, "01:00,4");
    assert_string_equal(truthful(FORMAT_DUR_HM, 70, &at_most_60).text, "01:10");
}

static void a_threshold_has_no_decimals_that_say_nothing(void **state)
{
    (void)state;
    struct figure_style style = {FORMAT_PCT, -1, NULL, LANGUAGE_FR};
    assert_string_equal(figure_make_threshold(&style, 80).text, "80\u202f%");
    assert_string_equal(figure_make_threshold(&style, 4.5).text, "4,5\u202f%");
    assert_string_equal(figure_make_threshold(&style, 100 / 3.0).text, "33,3\u202f%");
    style.format = FORMAT_DUR_CLOCK;
    assert_string_equal(figure_make_threshold(&style, 240).text, "04:00");
}

static void decimals_of_a_kpi_win_over_those_of_its_format(void **state)
{
    (void)state;
    struct figure_style style = {FORMAT_PCT, 0, NULL, LANGUAGE_EN};
    assert_string_equal(figure_make(&style, 87.5).text, "88%");
    style = (struct figure_style){FORMAT_EUR, 2, NULL, LANGUAGE_FR};
    assert_string_equal(figure_make(&style, 4.256).text, "4,26\u00a0€");
}

static void a_unit_is_a_piece_of_its_own(void **state)
{
    (void)state;
    struct figure figure = truthful(FORMAT_PCT, 87.5, &at_least_80);
    assert_int_equal(figure.count, 2);
    assert_string_equal(figure.piece[0].text, "87,5");
    assert_false(figure.piece[0].is_unit);
    assert_string_equal(figure.piece[1].text, "\u202f%");
    assert_true(figure.piece[1].is_unit);
}

static void what_nobody_can_read_is_not_written_out(void **state)
{
    (void)state;
    struct figure_style style = {FORMAT_INT, -1, NULL, LANGUAGE_FR};
    assert_string_equal(figure_make(&style, 1e300).text, "> 1e15");
    assert_string_equal(figure_make(&style, -1e300).text, "< −1e15");
    assert_string_equal(figure_make(&style, INFINITY).text, "—");
    assert_string_equal(figure_make(&style, NAN).text, "—");
}

static void a_suffix_of_the_catalogue_follows_but_is_not_said_twice(void **state)
{
    (void)state;
    struct figure_style style = {FORMAT_RATE_H, -1, "/h", LANGUAGE_FR};
    assert_string_equal(figure_make(&style, 6.25).text, "6,3\u202f/h");
    style = (struct figure_style){FORMAT_INT, -1, "ETP", LANGUAGE_FR};
    assert_string_equal(figure_make(&style, 12).text, "12\u202fETP");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_case_of_the_vectors_is_written_exactly),
        cmocka_unit_test(a_figure_never_claims_a_threshold_that_its_value_misses),
        cmocka_unit_test(a_threshold_has_no_decimals_that_say_nothing),
        cmocka_unit_test(decimals_of_a_kpi_win_over_those_of_its_format),
        cmocka_unit_test(a_unit_is_a_piece_of_its_own),
        cmocka_unit_test(what_nobody_can_read_is_not_written_out),
        cmocka_unit_test(a_suffix_of_the_catalogue_follows_but_is_not_said_twice),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
