/*
 * Every way in which a server can misbehave is a test: fetch_cases.csv says which one, and this test looks.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "csv_cases.h"
#include "places.h"

/* What the fetch layer promises to survive. */
static const char *const lines[] = {
    "page 3 of 5 fails",
    "next URL on another host",
    "loop of pages",
    "Retry-After as a date",
    "reset header as an epoch",
    "304 and empty bodies",
    "body cut in the middle",
    "1 byte a second",
    "gzip bomb",
    "Latin-1 bytes under a UTF-8 header",
    "the reverse",
    "200 with an error inside",
    "200 with an HTML login page",
    "clock off by 10 minutes",
    "DST days of the table",
    "429 with Retry-After and a text body",
    "503 HTML",
    "a placeholder left unfilled",
    "last(range(1e12))",
    "[range(1e9)]",
    "[limit(1e9; repeat(1))]",
    "catastrophic regex",
    "deep recursion",
    "each is stopped",
    "the next poll of another source is right",
    "token that expires between pages",
    "a 401 with a token",
    "a sign-in that hangs",
    "exchanges are limited",
    "refresh token used twice refused",
    "power cut between token answer and rename",
};

static bool is_answered(const struct csv_cases *cases, const char *line)
{
    for (size_t row = 0; row < cases->count; row++)
        if (text_equal(csv_text(cases, row, "line"), line))
            return true;
    return false;
}

static void every_line_has_a_test(void **state)
{
    (void)state;
    struct csv_cases *cases = csv_read("tests/fetch_cases.csv");
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        if (!is_answered(cases, lines[i]))
            fail_msg("tests/fetch_cases.csv: nothing answers \"%s\"", lines[i]);
    csv_destroy(cases);
}

static void every_test_that_is_named_is_there_and_runs(void **state)
{
    (void)state;
    struct csv_cases *cases = csv_read("tests/fetch_cases.csv");
    for (size_t row = 0; row < cases->count; row++)
        assert_places("tests/fetch_cases.csv", row + 1, csv_text(cases, row, "test"));
    csv_destroy(cases);
}

static void a_test_that_is_not_there_is_noticed(void **state)
{
    (void)state;
    char missing[] = "tests/test_fetch_cases.c:a_test_that_nobody_wrote",
         there[] = "tests/test_fetch_cases.c:every_line_has_a_test";
    assert_false(place_is_there(missing));
    assert_true(place_is_there(there));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_line_has_a_test),
        cmocka_unit_test(every_test_that_is_named_is_there_and_runs),
        cmocka_unit_test(a_test_that_is_not_there_is_noticed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
