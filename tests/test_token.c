#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <string.h>

#include "fetch/secret.h"
#include "fetch/token.h"

/* How long the token of an answer is used from its arrival; -1: until it is refused. */
static int64_t use_ms(const char *answer)
{
    struct token token = {0};
    struct text bytes = {0}, refresh = {0};
    text_append(&bytes, answer);
    assert_true(token_read(&token, &refresh, "access_token", &bytes, 5000, NULL));
    int64_t use = token.ends ? token.renew_at_ms - 5000 : -1;
    if (token.ends) {
        assert_true(token_is_good(&token, token.renew_at_ms - 1));
        assert_false(token_is_good(&token, token.renew_at_ms));
    } else {
        assert_true(token_is_good(&token, INT64_MAX));
    }
    token_wipe(&token);
    text_finish(&bytes);
    text_finish(&refresh);
    return use;
}

static void a_life_is_used_less_a_tenth_and_at_least_thirty_seconds(void **state)
{
    (void)state;
    assert_int_equal(use_ms("{\"access_token\":\"t\",\"expires_in\":86400}"), 77760000);
    assert_int_equal(use_ms("{\"access_token\":\"t\",\"expires_in\":3600}"), 3240000);
    assert_int_equal(use_ms("{\"access_token\":\"t\",\"expires_in\":\"3600\"}"), 3240000);
    assert_int_equal(use_ms("{\"access_token\":\"t\",\"expires_in\":300}"), 270000);
    assert_int_equal(use_ms("{\"access_token\":\"t\",\"expires_in\":299}"), 269000);
    assert_int_equal(use_ms("{\"access_token\":\"t\",\"expires_in\":60}"), 30000);
    assert_int_equal(use_ms("{\"access_token\":\"t\",\"expires_in\":31}"), 1000);
    assert_int_equal(use_ms("{\"access_token\":\"t\",\"expires_in\":5}"), 1000);
}

static void a_life_that_cannot_be_meant_is_no_life(void **state)
{
    (void)state;
    assert_int_equal(use_ms("{\"access_token\":\"t\"}"), -1);
    assert_int_equal(use_ms("{\"access_token\":\"t\",\"expires_in\":null}"), -1);
    assert_int_equal(use_ms("{\"access_token\":\"t\",\"expires_in\":0}"), -1);
    assert_int_equal(use_ms("{\"access_token\":\"t\",\"expires_in\":-5}"), -1);
    assert_int_equal(use_ms("{\"access_token\":\"t\",\"expires_in\":\"soon\"}"), -1);
    assert_int_equal(use_ms("{\"access_token\":\"t\",\"expires_in\":1e300}"), -1);
}

static void no_token_is_never_good(void **state)
{
    (void)state;
    assert_false(token_is_good(&(struct token){0}, 0));
}

static void assert_for_good(const char *answer, bool expected)
{
    struct text bytes = {0}, word = {0};
    text_append(&bytes, answer);
    assert_int_equal(token_refused_for_good(&bytes, &word), expected);
    text_finish(&bytes);
    text_finish(&word);
}

static void some_refusals_are_for_good(void **state)
{
    (void)state;
    assert_for_good("{\"error\":\"invalid_grant\"}", true);
    assert_for_good("{\"error\":\"invalid_client\",\"error_description\":\"x\"}", true);
    assert_for_good("{\"error\":\"unauthorized_client\"}", true);
    assert_for_good("{\"error\":\"temporarily_unavailable\"}", false);
    assert_for_good("{\"error\":{\"code\":\"invalid_grant\"}}", false);
    assert_for_good("invalid_grant", false);
    assert_for_good("", false);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_life_is_used_less_a_tenth_and_at_least_thirty_seconds),
        cmocka_unit_test(a_life_that_cannot_be_meant_is_no_life),
        cmocka_unit_test(no_token_is_never_good),
        cmocka_unit_test(some_refusals_are_for_good),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
