/* What libjq says of a failing filter repeats nothing of the answer. */
#include "fetch/jq_message.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void assert_becomes(const char *message, const char *expected)
{
    struct text out = {0};
    jq_message_without_values(message, &out);
    assert_string_equal(text_bytes(&out), expected);
    text_finish(&out);
}

static void values_are_left_out_and_their_types_stay(void **state)
{
    (void)state;
    assert_becomes("string (\"Nguyen (47...) cannot be parsed as a number",
                   "string (…) cannot be parsed as a number");
    assert_becomes("string (\"Nguyen (47...) and number (1) cannot be added", "string (…) cannot be added");
    assert_becomes("Cannot iterate over string (\"Nguyen)\")", "Cannot iterate over string (…)");
    assert_becomes("object ({\"k\":\"Nguye...) cannot be parsed as a number",
                   "object (…) cannot be parsed as a number");
    assert_becomes("Cannot use number (4711) as object key", "Cannot use number (…) as object key");
    assert_becomes("array ([\"Nguyen", "array (…)");
}

static void what_was_parsed_is_left_out(void **state)
{
    (void)state;
    assert_becomes("Invalid numeric literal at line 1, column 7 (while parsing 'Nguyen (4711)')",
                   "Invalid numeric literal at line 1, column 7");
    assert_becomes("date \"Nguyen \\\" does not match\" does not match format \"%Y\"",
                   "date \"…\" does not match format \"%Y\"");
}

static void a_filters_own_message_stays_as_it_is(void **state)
{
    (void)state;
    assert_becomes("zendesk: no queue (check cfg)", "zendesk: no queue (check cfg)");
    assert_becomes("Cannot index number with \"count\"", "Cannot index number with \"count\"");
    assert_becomes("Cannot iterate over null (null)", "Cannot iterate over null (null)");
    assert_becomes("the date \"x\" does not match", "the date \"x\" does not match");
    assert_becomes("", "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_are_left_out_and_their_types_stay),
        cmocka_unit_test(what_was_parsed_is_left_out),
        cmocka_unit_test(a_filters_own_message_stays_as_it_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
