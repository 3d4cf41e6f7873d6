#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/json_reader.h"
#include "fetch/adapter.h"
#include "fetch/filter_file.h"
#include "fetch/response.h"

static bool is_json(const char *text)
{
    return json_check(text, strlen(text), NULL);
}

static void what_the_standard_calls_json_is_json(void **state)
{
    (void)state;
    assert_true(is_json(" {\"a\": [1, -0.5e+10, true, false, null, \"\\u00e9\\n\\\\\"], \"b\": {}} \n"));
    assert_true(is_json("0"));
    assert_true(is_json("[]"));
}

static void what_looks_like_json_is_not(void **state)
{
    (void)state;
    assert_false(is_json(""));
    assert_false(is_json("nan"));
    assert_false(is_json("[1,]"));
    assert_false(is_json("{\"a\":1,}"));
    assert_false(is_json("{a:1}"));
    assert_false(is_json("[01]"));
    assert_false(is_json("[1.]"));
    assert_false(is_json("[+1]"));
    assert_false(is_json("[\"\\x\"]"));
    assert_false(is_json("[\"a\nb\"]"));
    assert_false(is_json("[1} "));
    assert_false(is_json("{} {}"));
    assert_false(is_json("{\"a\""));
    assert_false(is_json("\"\\u12"));
}

static void sixty_four_levels_are_the_limit(void **state)
{
    (void)state;
    char text[131] = "";
    memset(text, '[', 64);
    memset(text + 64, ']', 64);
    assert_true(is_json(text));
    memset(text, '[', 65);
    memset(text + 65, ']', 65);
    assert_false(is_json(text));
}

static void no_byte_more_than_the_maximum_is_kept(void **state)
{
    (void)state;
    struct response response = {.max_bytes = 5};
    assert_true(response_add(&response, "abc", 3));
    assert_true(response_add(&response, "de", 2));
    assert_false(response_add(&response, "f", 1));
    assert_true(response.too_large);
    assert_string_equal(text_bytes(&response.body), "abcde");
    text_finish(&response.body);
}

static void an_error_page_becomes_a_line(void **state)
{
    (void)state;
    struct text body = {0}, excerpt = {0};
    text_append(&body, "\n  Bad\r\n\tgateway\x1b[31m \xff \xC3\xA9");
    response_excerpt(&body, &excerpt);
    assert_string_equal(text_bytes(&excerpt), "Bad gateway [31m ? \xC3\xA9");
    text_finish(&body);
    text_finish(&excerpt);
}

static void assert_excerpt(const char *page, const char *expected)
{
    struct text body = {0}, excerpt = {0};
    text_append(&body, page);
    response_excerpt(&body, &excerpt);
    assert_string_equal(text_bytes(&excerpt), expected);
    text_finish(&body);
    text_finish(&excerpt);
}

static void an_error_page_in_html_is_read_without_its_tags(void **state)
{
    (void)state;
    assert_excerpt("<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body><hr>nginx</body>",
                   "502 Bad Gateway nginx");
    assert_excerpt(
        "<!-- a > b --><STYLE>p > b {}</STYLE><script>if (a < b) c();</script><p class=\"x\">Down</p>",
        "Down");
    assert_excerpt("<p", "");
    assert_excerpt("<script>alert(1)", "alert(1)");
    assert_excerpt("{\"a\":\"<b>1</b>\"}", "{\"a\":\"<b>1</b>\"}");
}

static void a_filter_that_looks_at_the_time_is_told_from_one_that_does_not(void **state)
{
    (void)state;
    assert_true(filter_looks_at_time("{value: ($now - .since)}"));
    assert_true(filter_looks_at_time("now | floor"));
    assert_false(filter_looks_at_time("{id: \"waiting_now\", window: \"now\"}"));
    assert_true(filter_looks_at_time("map(select(.at >= $today))"));
    assert_false(filter_looks_at_time("{window: \"today\"} # today"));
    assert_false(filter_looks_at_time("$cfg.known"));
}

static void assert_found(const char *name, const char *expected)
{
    struct error error = {0};
    char *path = adapter_find("assets", name, &error);
    assert_non_null(path);
    assert_string_equal(path, expected);
    free(path);
}

static void an_adapter_is_found_by_its_name(void **state)
{
    (void)state;
    assert_found("zendesk-talk/filter-team", "assets/adapters/zendesk-talk/filter-team.jq");
    assert_found("prometheus", "assets/adapters/prometheus/filter.jq");
    assert_found("tests/data/filter_same.jq", "tests/data/filter_same.jq");
}

static void assert_not_found(const char *name, const char *words)
{
    struct error error = {0};
    assert_null(adapter_find("assets", name, &error));
    assert_non_null(strstr(error.text, words));
}

static void an_adapter_that_is_not_there_is_named(void **state)
{
    (void)state;
    assert_not_found("zendesk-talk/filter-tem", "did you mean \"zendesk-talk/filter-team\"?");
    assert_not_found("x", "one of these vendors: 3cx, aircall, amazon-connect-realtime, freshdesk, generic,");
    assert_not_found("../../etc/filter", "there is no adapter");
    assert_not_found("mine.jq", "mine.jq cannot be read");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_the_standard_calls_json_is_json),
        cmocka_unit_test(what_looks_like_json_is_not),
        cmocka_unit_test(sixty_four_levels_are_the_limit),
        cmocka_unit_test(no_byte_more_than_the_maximum_is_kept),
        cmocka_unit_test(an_error_page_becomes_a_line),
        cmocka_unit_test(an_error_page_in_html_is_read_without_its_tags),
        cmocka_unit_test(a_filter_that_looks_at_the_time_is_told_from_one_that_does_not),
        cmocka_unit_test(an_adapter_is_found_by_its_name),
        cmocka_unit_test(an_adapter_that_is_not_there_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
