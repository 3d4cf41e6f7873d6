#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "fetch/shown_request.h"

#define CANARY "c4nary-tok"

/* A request as the settings say, signed with a canary; what people see of it is compared. */
static void assert_shown(const struct source_settings *settings, const char *header_line,
                         const char *parameter, const char *expected)
{
    struct request request = {0};
    struct credentials credentials = {0};
    struct text shown = {0}, secret = {0};
    text_append(&secret, CANARY);
    credentials_hide(&credentials, &secret);
    text_append(&credentials.header_line, header_line);
    text_append(&credentials.parameter, parameter);
    assert_true(request_build(&request, settings, 1795256100000, NULL));
    shown_request_write(&request, &credentials, &shown);
    assert_string_equal(text_bytes(&shown), expected);
    text_finish(&shown);
    text_finish(&secret);
    credentials_wipe(&credentials);
    request_finish(&request);
}

static void a_sign_in_is_named_by_its_kind_alone(void **state)
{
    (void)state;
    assert_shown(&(struct source_settings){.url = "https://a.example/x", .method = "GET"},
                 "Authorization: Bearer " CANARY, "",
                 "GET https://a.example/x\nAccept: application/json\nAuthorization: Bearer ***\n");
    assert_shown(&(struct source_settings){.url = "https://a.example/x", .method = "GET"},
                 "X-Api-Key: " CANARY, "",
                 "GET https://a.example/x\nAccept: application/json\nX-Api-Key: ***\n");
}

static void a_secret_parameter_is_shown_without_its_value(void **state)
{
    (void)state;
    assert_shown(&(struct source_settings){.url = "https://a.example/x", .method = "GET"}, "", "who=" CANARY,
                 "GET https://a.example/x?who=***\nAccept: application/json\n");
    assert_shown(&(struct source_settings){.url = "https://a.example/x?site=2", .method = "GET"}, "",
                 "who=" CANARY, "GET https://a.example/x?site=2&who=***\nAccept: application/json\n");
}

static void values_in_a_body_whose_names_sound_secret_are_masked(void **state)
{
    (void)state;
    assert_shown(
        &(struct source_settings){
            .url = "https://a.example/x",
            .method = "POST",
            .body = "{\"api_key\": \"a\\\"b\", \"pin_code\" : 12, \"n\": [1, \"key\"], \"token\": "
                    "{\"secret\":true,\"x\":\"y\"}}"},
        "", "",
        "POST https://a.example/x\nAccept: application/json\nContent-Type: application/json\n\n"
        "{\"api_key\": \"***\", \"pin_code\" : \"***\", \"n\": [1, \"key\"], \"token\": "
        "{\"secret\":\"***\",\"x\":\"y\"}}\n");
    assert_shown(&(struct source_settings){.url = "https://a.example/x",
                                           .method = "POST",
                                           .body = "from=1&password=two&to=3"},
                 "", "",
                 "POST https://a.example/x\nAccept: application/json\nContent-Type: text/plain; "
                 "charset=utf-8\n\nfrom=1&password=***&to=3\n");
}

static void a_secret_that_the_settings_repeat_elsewhere_is_masked_there_too(void **state)
{
    static const struct header_setting headers[] = {{"X-Site", "is " CANARY}, {"X-Session-Token", "other"}};
    (void)state;
    assert_shown(&(struct source_settings){.url = "https://a.example/" CANARY "/x",
                                           .method = "POST",
                                           .body = "{\"q\": \"" CANARY "\"}",
                                           .headers = headers,
                                           .header_count = 2},
                 "", "",
                 "POST https://a.example/***/x\nX-Site: is ***\nX-Session-Token: ***\nAccept: "
                 "application/json\nContent-Type: application/json\n\n{\"q\": \"***\"}\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sign_in_is_named_by_its_kind_alone),
        cmocka_unit_test(a_secret_parameter_is_shown_without_its_value),
        cmocka_unit_test(values_in_a_body_whose_names_sound_secret_are_masked),
        cmocka_unit_test(a_secret_that_the_settings_repeat_elsewhere_is_masked_there_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
