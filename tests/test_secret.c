#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "fetch/secret.h"
#include "tests/files.h"

static char folder[] = "/tmp/vigie-secret-XXXXXX";
static char path[64];

static int make_folder(void **state)
{
    (void)state;
    if (!mkdtemp(folder))
        return -1;
    snprintf(path, sizeof path, "%s/token", folder);
    return setenv("CREDENTIALS_DIRECTORY", folder, 1);
}

static int remove_folder(void **state)
{
    (void)state;
    unlink(path);
    return rmdir(folder);
}

static void assert_secret(enum secret_kind kind, const char *name, const char *expected)
{
    struct text value = {0};
    struct error error = {0};
    assert_true(secret_read(&(struct secret){kind, name}, &value, &error));
    assert_string_equal(text_bytes(&value), expected);
    secret_wipe(&value);
}

static void assert_refused(enum secret_kind kind, const char *name, const char *words)
{
    struct text value = {0};
    struct error error = {0};
    assert_false(secret_read(&(struct secret){kind, name}, &value, &error));
    assert_non_null(strstr(error.text, words));
    assert_null(strstr(error.text, "s3cret"));
    assert_int_equal(value.length, 0);
}

static void a_file_of_the_owner_alone_is_read_without_its_line_end(void **state)
{
    (void)state;
    files_write_mode(path, "s3cret\r\n", 0600);
    assert_secret(SECRET_FILE, path, "s3cret");
    files_write_mode(path, "s3cret", 0400);
    assert_secret(SECRET_FILE, path, "s3cret");
}

static void a_file_that_others_can_read_is_refused(void **state)
{
    (void)state;
    files_write_mode(path, "s3cret", 0640);
    assert_refused(SECRET_FILE, path, "chmod 600");
    files_write_mode(path, "s3cret", 0604);
    assert_refused(SECRET_FILE, path, "chmod 600");
}

static void a_file_that_is_not_there_is_named(void **state)
{
    (void)state;
    assert_refused(SECRET_FILE, "/tmp/vigie-no-such-secret", "/tmp/vigie-no-such-secret");
}

static void a_secret_of_two_lines_is_refused(void **state)
{
    (void)state;
    files_write_mode(path, "s3cret\r\nX-Forged: 1", 0600);
    assert_refused(SECRET_FILE, path, "line break");
}

static void an_empty_secret_is_refused(void **state)
{
    (void)state;
    files_write_mode(path, "\n", 0600);
    assert_refused(SECRET_FILE, path, "is empty");
}

static void the_environment_can_hold_a_secret(void **state)
{
    (void)state;
    setenv("VIGIE_TEST_SECRET", "s3cret", 1);
    assert_secret(SECRET_ENV, "VIGIE_TEST_SECRET", "s3cret");
    assert_refused(SECRET_ENV, "VIGIE_NOT_SET", "VIGIE_NOT_SET");
}

static void a_secret_in_the_environment_is_read_again_but_not_shown_there_any_more(void **state)
{
    (void)state;
    setenv("VIGIE_TEST_SECRET", "s3cret", 1);
    assert_secret(SECRET_ENV, "VIGIE_TEST_SECRET", "s3cret");
    assert_string_equal(getenv("VIGIE_TEST_SECRET"), "");
    assert_secret(SECRET_ENV, "VIGIE_TEST_SECRET", "s3cret");
    setenv("VIGIE_TEST_SECRET", "another", 1);
    assert_secret(SECRET_ENV, "VIGIE_TEST_SECRET", "another");
    setenv("VIGIE_TEST_EMPTY", "", 1);
    assert_refused(SECRET_ENV, "VIGIE_TEST_EMPTY", "is empty");
}

static void systemd_can_hold_a_secret(void **state)
{
    (void)state;
    files_write_mode(path, "s3cret\n", 0444);
    assert_secret(SECRET_CREDENTIAL, "token", "s3cret");
    assert_refused(SECRET_CREDENTIAL, "../token", "slash");
}

static void a_credential_that_systemd_did_not_find_is_named_with_what_to_do(void **state)
{
    (void)state;
    assert_refused(SECRET_CREDENTIAL, "zendesk",
                   "the credential zendesk is not there: put it into /etc/credstore/zendesk");
}

static void a_secret_is_masked_wherever_it_stands(void **state)
{
    (void)state;
    struct text text = {0}, secret = {0};
    text_append(&text, "s3cret and s3cret, s3cre");
    text_append(&secret, "s3cret");
    secret_mask(&text, &secret);
    assert_string_equal(text_bytes(&text), "*** and ***, s3cre");
    secret_wipe(&text);
    secret_wipe(&secret);
}

static void assert_masked(const char *hidden, const char *told, const char *expected)
{
    struct text text = {0}, secret = {0};
    text_append(&text, told);
    text_append(&secret, hidden);
    secret_mask(&text, &secret);
    assert_string_equal(text_bytes(&text), expected);
    secret_wipe(&text);
    secret_wipe(&secret);
}

static void a_secret_is_masked_however_a_server_spells_it(void **state)
{
    (void)state;
    assert_masked("a/b+c=d", "?key=a%2Fb%2bc%3Dd&x=1", "?key=***&x=1");
    assert_masked("a/b+c=d", "{\"was\":\"a\\/b+c=d\"}", "{\"was\":\"***\"}");
    assert_masked("a/b+c=d", "a\\u002fb\\u002Bc\\u003dd", "***");
    assert_masked("a&b<\"c'", "<p>a&amp;b&lt;&quot;c&#39; a&#38;b&#x3C;&#34;c&apos;</p>", "<p>*** ***</p>");
    assert_masked("pass word", "pass+word, pass%20word, pass\\ word", "***, ***, ***");
    assert_masked("50%25 %2F", "50%25 %2F, 50%2525+%252F", "***, ***");
    assert_masked("a/b+c=d", "a%2Fb%2bc%3D, a%2, a&#, a\\", "a%2Fb%2bc%3D, a%2, a&#, a\\");
    assert_masked("abcd", "a\\bcd", "a\\bcd");
}

static void assert_sign_ins_masked(const char *told, const char *expected)
{
    struct text text = {0};
    text_append(&text, told);
    secret_mask_sign_ins(&text);
    assert_string_equal(text_bytes(&text), expected);
    secret_wipe(&text);
}

static void sign_ins_that_a_server_repeats_are_masked(void **state)
{
    (void)state;
    assert_sign_ins_masked("Proxy-Authorization: Basic d2FsbA==\r\nHost: a",
                           "Proxy-Authorization: ***\r\nHost: a");
    assert_sign_ins_masked("{\"was\":\"authorization:Bearer x\",\"b\":1}",
                           "{\"was\":\"authorization: ***\",\"b\":1}");
    assert_sign_ins_masked("Authorization: a\nAuthorization: b", "Authorization: ***\nAuthorization: ***");
    assert_sign_ins_masked("no authorization here", "no authorization here");
}

/* In a process of its own: tools that watch this one read its memory. */
static void memory_is_not_for_others(void **state)
{
    int status;
    (void)state;
    pid_t child = fork();
    if (child == 0) {
        secret_forbid_dumps();
        _exit(prctl(PR_GET_DUMPABLE, 0, 0, 0, 0));
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_of_the_owner_alone_is_read_without_its_line_end),
        cmocka_unit_test(a_file_that_others_can_read_is_refused),
        cmocka_unit_test(a_file_that_is_not_there_is_named),
        cmocka_unit_test(a_secret_of_two_lines_is_refused),
        cmocka_unit_test(an_empty_secret_is_refused),
        cmocka_unit_test(the_environment_can_hold_a_secret),
        cmocka_unit_test(a_secret_in_the_environment_is_read_again_but_not_shown_there_any_more),
        cmocka_unit_test(systemd_can_hold_a_secret),
        cmocka_unit_test(a_credential_that_systemd_did_not_find_is_named_with_what_to_do),
        cmocka_unit_test(a_secret_is_masked_wherever_it_stands),
        cmocka_unit_test(a_secret_is_masked_however_a_server_spells_it),
        cmocka_unit_test(sign_ins_that_a_server_repeats_are_masked),
        cmocka_unit_test(memory_is_not_for_others),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
