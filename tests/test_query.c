#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "fetch/query.h"

static void assert_sorted(const char *url, const char *expected)
{
    struct text text = {0};
    text_append(&text, url);
    query_sort(&text);
    assert_string_equal(text_bytes(&text), expected);
    text_finish(&text);
}

static void assert_put(const char *url, const char *parameter, const char *expected)
{
    struct text text = {0};
    text_append(&text, url);
    query_put(&text, parameter);
    assert_string_equal(text_bytes(&text), expected);
    text_finish(&text);
}

static void parameters_are_sorted_by_name_after_encoding(void **state)
{
    (void)state;
    assert_sorted("https://h/p?b=2&a=1", "https://h/p?a=1&b=2");
    assert_sorted("https://h/p?b=2&B=1&%41=0", "https://h/p?A=0&B=1&b=2");
    assert_sorted("https://h/p?a-b=1&a=2", "https://h/p?a=2&a-b=1");
    assert_sorted("https://h/p?a=2&a=10&a=1", "https://h/p?a=1&a=10&a=2");
    assert_sorted("https://h/p", "https://h/p");
    assert_sorted("https://h/p?", "https://h/p");
}

static void parameters_are_written_as_aws_signs_them(void **state)
{
    (void)state;
    assert_sorted("https://h/p?flag&a=x+y", "https://h/p?a=x%20y&flag=");
    assert_sorted("https://h/p?b=2&&a=1#top", "https://h/p?a=1&b=2");
    assert_sorted("https://h/p?a=%41%7e%2f%c3%a9&%2D=1", "https://h/p?-=1&a=A~%2F%C3%A9");
    assert_sorted("https://h/p?a=1=2:3&b=100%&c=%zz&d=%0", "https://h/p?a=1%3D2%3A3&b=100%25&c=%25zz&d=%250");
    assert_sorted("https://h/p?a=%00b", "https://h/p?a=%00b");
}

static void a_parameter_joins_the_others_once(void **state)
{
    (void)state;
    assert_put("https://h/p", "key=s", "https://h/p?key=s");
    assert_put("https://h/p?a=1", "key=s", "https://h/p?a=1&key=s");
    assert_put("https://h/p?key=old&a=1&keys=2", "key=s", "https://h/p?key=s&a=1&keys=2");
    assert_put("https://h/p?key=1&a=1&key=2&key", "key=s", "https://h/p?key=s&a=1");
}

static void assert_set(const char *url, const char *name, const char *value, const char *expected)
{
    struct text text = {0};
    text_append(&text, url);
    query_set(&text, name, value);
    assert_string_equal(text_bytes(&text), expected);
    text_finish(&text);
}

static void a_parameter_is_set_in_place_or_at_the_end(void **state)
{
    (void)state;
    assert_set("http://a/b", "page", "2", "http://a/b?page=2");
    assert_set("http://a/b?", "page", "2", "http://a/b?page=2");
    assert_set("http://a/b?x=1&", "page", "2", "http://a/b?x=1&page=2");
    assert_set("http://a/b?page=1&x=1", "page", "2", "http://a/b?page=2&x=1");
    assert_set("http://a/b?mypage=1&page", "page", "2", "http://a/b?mypage=1&page=2");
    assert_set("http://a/b?x=1#page=7", "page", "é", "http://a/b?x=1&page=%C3%A9");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parameters_are_sorted_by_name_after_encoding),
        cmocka_unit_test(parameters_are_written_as_aws_signs_them),
        cmocka_unit_test(a_parameter_joins_the_others_once),
        cmocka_unit_test(a_parameter_is_set_in_place_or_at_the_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
