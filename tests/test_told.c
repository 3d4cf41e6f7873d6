#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "app/told.h"

static void a_source_that_is_well_from_the_start_is_no_news(void **state)
{
    (void)state;
    struct told told = {0};
    assert_false(told_is_news(&told, SOURCE_FINE, "", 1000));
    assert_false(told_is_news(&told, SOURCE_FINE, "", 900000));
}

static void a_trouble_is_told_once_and_its_end_once(void **state)
{
    (void)state;
    struct told told = {0};
    assert_true(told_is_news(&told, SOURCE_UNREACHABLE, "no answer", 1000));
    assert_false(told_is_news(&told, SOURCE_UNREACHABLE, "no answer", 2000));
    assert_false(told_is_news(&told, SOURCE_UNREACHABLE, "no answer", 900000));
    assert_true(told_is_news(&told, SOURCE_FINE, "", 901000));
    assert_false(told_is_news(&told, SOURCE_FINE, "", 902000));
}

static void the_same_trouble_in_other_words_is_told_at_most_once_a_minute(void **state)
{
    (void)state;
    struct told told = {0};
    assert_true(told_is_news(&told, SOURCE_SIGN_IN, "No such file or directory", 0));
    assert_false(told_is_news(&told, SOURCE_SIGN_IN, "Permission denied", 59999));
    assert_true(told_is_news(&told, SOURCE_SIGN_IN, "Permission denied", 60000));
    assert_false(told_is_news(&told, SOURCE_SIGN_IN, "Permission denied", 200000));
    assert_true(told_is_news(&told, SOURCE_UNREACHABLE, "after 3 ms", 200001));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_source_that_is_well_from_the_start_is_no_news),
        cmocka_unit_test(a_trouble_is_told_once_and_its_end_once),
        cmocka_unit_test(the_same_trouble_in_other_words_is_told_at_most_once_a_minute),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
