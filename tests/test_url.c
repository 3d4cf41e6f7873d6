#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "fetch/url.h"

static void this_machine_is_told_from_a_name_that_begins_like_it(void **state)
{
    (void)state;
    assert_true(url_is_loopback("http://127.0.0.1:8080/a"));
    assert_true(url_is_loopback("http://127.9.9.9/"));
    assert_true(url_is_loopback("http://localhost/a?q=b c"));
    assert_true(url_is_loopback("http://[::1]:80/{{today|iso}}"));
    assert_false(url_is_loopback("http://127.0.0.1.example.com/"));
    assert_false(url_is_loopback("http://127.example.com/"));
    assert_false(url_is_loopback("http://localhost.example.com/"));
    assert_false(url_is_loopback("http://10.0.0.1/127.0.0.1"));
    assert_false(url_is_loopback("127.0.0.1"));
}

static void a_server_is_scheme_host_and_port(void **state)
{
    (void)state;
    assert_true(url_same_server("https://acd.example/a", "https://ACD.example:443/b?c"));
    assert_false(url_same_server("https://acd.example/", "http://acd.example/"));
    assert_false(url_same_server("https://acd.example/", "https://acd.example:8443/"));
    assert_false(url_same_server("https://acd.example/", "https://acd.example.org/"));
    assert_false(url_same_server("https://acd.example/", "https://acd.example@evil.example/"));
    assert_false(url_same_server("no URL", "no URL"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(this_machine_is_told_from_a_name_that_begins_like_it),
        cmocka_unit_test(a_server_is_scheme_host_and_port),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
