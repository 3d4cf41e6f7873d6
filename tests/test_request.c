#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <string.h>

#include "base/calendar.h"
#include "fetch/request.h"
#include "fetch/template.h"

/* The moments of the tables below, as epoch seconds. */
enum {
    NOVEMBER = 1795256100,  /* 2026-11-21T10:15:00Z */
    MARCH_29 = 1774778400,  /* 2026-03-29T10:00:00Z, the day of 23 hours */
    MARCH_30 = 1774864800,  /* 2026-03-30T10:00:00Z */
    OCTOBER_25 = 1792922400 /* 2026-10-25T10:00:00Z, the day of 25 hours */
};

static int set_zone(void **state)
{
    (void)state;
    return calendar_set_zone("Europe/Paris", NULL) ? 0 : -1;
}

static void assert_filled_in(enum template_place place, const char *template, int64_t now_s,
                             const char *expected)
{
    struct text out = {0};
    struct error error = {0};
    assert_true(template_fill(&out, template, place, now_s * 1000, &error));
    assert_string_equal(text_bytes(&out), expected);
    text_finish(&out);
}

static void assert_filled(const char *template, int64_t now_s, const char *expected)
{
    assert_filled_in(TEMPLATE_PLAIN, template, now_s, expected);
}

static void assert_unknown(const char *template, const char *words)
{
    struct text out = {0};
    struct error error = {0};
    assert_false(template_fill(&out, template, TEMPLATE_PLAIN, NOVEMBER * 1000LL, &error));
    assert_non_null(strstr(error.text, words));
    text_finish(&out);
}

static void every_form_is_written(void **state)
{
    (void)state;
    assert_filled("{{now|iso}}", NOVEMBER, "2026-11-21T10:15:00Z");
    assert_filled("{{now|iso_ms}}", NOVEMBER, "2026-11-21T10:15:00.000Z");
    assert_filled("{{now|iso_local}}", NOVEMBER, "2026-11-21T11:15:00+01:00");
    assert_filled("{{now|epoch}}", NOVEMBER, "1795256100");
    assert_filled("{{now|epoch_ms}}", NOVEMBER, "1795256100000");
    assert_filled("{{now|date}}", NOVEMBER, "2026-11-21");
    assert_filled("{{now|hhmm}}", NOVEMBER, "11:15");
    assert_filled("{{now|strftime:%Y-%m-%d.%H:%M:%S}}", NOVEMBER, "2026-11-21.11:15:00");
}

static void today_is_the_sites_midnight(void **state)
{
    (void)state;
    assert_filled("{{today|iso}}", NOVEMBER, "2026-11-20T23:00:00Z");
    assert_filled("{{today|epoch}}", NOVEMBER, "1795215600");
    assert_filled("{{today|iso}}", MARCH_29, "2026-03-28T23:00:00Z");
    assert_filled("{{today|iso}}", MARCH_30, "2026-03-29T22:00:00Z");
    assert_filled("{{today|iso}}", OCTOBER_25, "2026-10-24T22:00:00Z");
}

static void yesterday_is_a_date_before_and_not_a_number_of_hours(void **state)
{
    (void)state;
    assert_filled("{{today-1d|iso}}", NOVEMBER, "2026-11-19T23:00:00Z");
    assert_filled("{{today-1d|iso}}", MARCH_29, "2026-03-27T23:00:00Z");
    assert_filled("{{today-1d|iso}}", MARCH_30, "2026-03-28T23:00:00Z");
    assert_filled("{{today-1d|iso}}", OCTOBER_25, "2026-10-23T22:00:00Z");
}

static void a_week_begins_on_monday(void **state)
{
    (void)state;
    assert_filled("{{week|iso}}", NOVEMBER, "2026-11-15T23:00:00Z");
    assert_filled("{{week|iso}}", MARCH_29, "2026-03-22T23:00:00Z");
    assert_filled("{{week|iso}}", MARCH_30, "2026-03-29T22:00:00Z");
    assert_filled("{{week|iso}}", OCTOBER_25, "2026-10-18T22:00:00Z");
    assert_filled("{{month|iso_local}}", OCTOBER_25, "2026-10-01T00:00:00+02:00");
}

static void in_the_hour_that_comes_twice_nothing_jumps_back(void **state)
{
    (void)state;
    int64_t first = OCTOBER_25 - 33600, second = first + 3600; /* 00:40Z, 01:40Z */
    assert_filled("{{quarter|iso}} {{hour|iso}}", first, "2026-10-25T00:30:00Z 2026-10-25T00:00:00Z");
    assert_filled("{{quarter|iso}} {{hour|iso}}", second, "2026-10-25T01:30:00Z 2026-10-25T01:00:00Z");
}

static void offsets_of_time_are_elapsed_time(void **state)
{
    (void)state;
    assert_filled("{{now-30m|iso}}/{{now+1h|iso}}/{{now-45s|iso}}", NOVEMBER,
                  "2026-11-21T09:45:00Z/2026-11-21T11:15:00Z/2026-11-21T10:14:15Z");
    assert_filled("{{today-4w|date}}", NOVEMBER, "2026-10-24");
}

static void moments_are_encoded_where_they_stand(void **state)
{
    (void)state;
    assert_filled_in(TEMPLATE_URL, "https://x.example/q?e=ü>1|2&from={{now|iso_local}}", NOVEMBER,
                     "https://x.example/q?e=%C3%BC%3E1%7C2&from=2026-11-21T11%3A15%3A00%2B01%3A00");
    assert_filled_in(TEMPLATE_FORM, "from={{now|hhmm}}&to=a:b", NOVEMBER, "from=11%3A15&to=a:b");
    assert_filled_in(TEMPLATE_URL, "https://x.example/%41", NOVEMBER, "https://x.example/%41");
}

static void what_is_not_known_is_named(void **state)
{
    (void)state;
    assert_unknown("{{tody|iso}}", "did you mean \"today\"?");
    assert_unknown("{{now|isoo}}", "cannot be written as \"isoo\"");
    assert_unknown("{{now-3y|iso}}", "\"-3y\" is no offset");
    assert_unknown("{{now-|iso}}", "\"-\" is no offset");
    assert_unknown("{{now}}", "write {{moment|form}}");
    assert_unknown("{{now|iso", "not closed");
    assert_unknown("{{now|strftime:%s}}", "strftime");
}

static void passwords_in_an_address_are_not_shown(void **state)
{
    (void)state;
    struct text masked = {0};
    request_mask_url("https://anna:pw@x.example:8/a@b?queue=1&api_key=k&p=x&access_token=t#f", &masked);
    assert_string_equal(text_bytes(&masked),
                        "https://***@x.example:8/a@b?queue=1&api_key=***&p=***&access_token=***");
    text_finish(&masked);
}

static void a_body_that_is_no_json_once_filled_in_is_refused(void **state)
{
    (void)state;
    struct request request = {0};
    struct error error = {0};
    struct source_settings settings = {
        .url = "https://x.example/", .method = "POST", .body = "{\"from\": {{now|iso}}}"};
    assert_false(request_build(&request, &settings, NOVEMBER * 1000LL, &error));
    assert_non_null(strstr(error.text, "body: not JSON once the moments are filled in"));
    request_finish(&request);
}

static void only_http_is_asked(void **state)
{
    (void)state;
    struct request request = {0};
    struct error error = {0};
    struct source_settings settings = {.url = "file:///etc/passwd", .method = "GET"};
    assert_false(request_build(&request, &settings, 0, &error));
    assert_string_equal(error.text, "url: must begin with https:// or http://");
    request_finish(&request);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_form_is_written),
        cmocka_unit_test(today_is_the_sites_midnight),
        cmocka_unit_test(yesterday_is_a_date_before_and_not_a_number_of_hours),
        cmocka_unit_test(a_week_begins_on_monday),
        cmocka_unit_test(in_the_hour_that_comes_twice_nothing_jumps_back),
        cmocka_unit_test(offsets_of_time_are_elapsed_time),
        cmocka_unit_test(moments_are_encoded_where_they_stand),
        cmocka_unit_test(what_is_not_known_is_named),
        cmocka_unit_test(passwords_in_an_address_are_not_shown),
        cmocka_unit_test(a_body_that_is_no_json_once_filled_in_is_refused),
        cmocka_unit_test(only_http_is_asked),
    };
    return cmocka_run_group_tests(tests, set_zone, NULL);
}
