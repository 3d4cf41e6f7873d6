#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <fcntl.h>

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fetch/refresh_file.h"
#include "fetch/secret.h"
#include "tests/files.h"

static char folder[] = "/tmp/vigie-refresh-XXXXXX";
static const char *const names[] = {"token",      "token.new",      "token.prev",
                                    "token.lock", "token.prev.new", "link"};

static int enter_folder(void **state)
{
    (void)state;
    return mkdtemp(folder) && chdir(folder) == 0 ? 0 : -1;
}

static int leave_folder(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        unlink(names[i]);
    return chdir("/") == 0 && rmdir(folder) == 0 ? 0 : -1;
}

/* A file as it was left, changed at this second; no content: no file. */
static void leave(const char *name, const char *content, long changed_s)
{
    struct timespec times[2] = {{.tv_sec = changed_s}, {.tv_sec = changed_s}};
    unlink(name);
    if (!content)
        return;
    files_write_mode(name, content, 0600);
    assert_int_equal(utimensat(AT_FDCWD, name, times, 0), 0);
}

static void assert_left(const char *name, const char *expected)
{
    struct text content = {0};
    assert_int_equal(text_read_file(&content, name, 1000), expected != NULL);
    assert_string_equal(text_bytes(&content), expected ? expected : "");
    text_finish(&content);
}

static void assert_begins_with(const char *expected)
{
    struct text token = {0};
    struct error error = {0};
    struct refresh_file *file = refresh_file_create("token");
    assert_int_equal(refresh_file_begin(file, &token, &error), REFRESH_OURS);
    assert_string_equal(text_bytes(&token), expected);
    secret_wipe(&token);
    refresh_file_destroy(file);
    assert_left("token.new", NULL);
}

static void a_crash_before_the_answer_was_written_leaves_the_old_token(void **state)
{
    (void)state;
    leave("token", "r0\n", 100);
    leave("token.new", "", 200);
    assert_begins_with("r0");
}

static void a_crash_while_writing_leaves_the_old_token(void **state)
{
    (void)state;
    leave("token", "r0\n", 100);
    leave("token.new", "r1-of-which-some-is-miss", 200);
    assert_begins_with("r0");
    assert_left("token", "r0\n");
}

static void a_crash_before_the_rename_is_made_up_for(void **state)
{
    (void)state;
    leave("token", "r0\n", 100);
    leave("token.new", "r1\n", 200);
    assert_begins_with("r1");
    assert_left("token", "r1\n");
    assert_left("token.prev", "r0\n");
}

static void a_person_who_signed_in_since_the_crash_is_right(void **state)
{
    (void)state;
    leave("token", "by-hand", 300);
    leave("token.new", "r1\n", 200);
    assert_begins_with("by-hand");
    assert_left("token", "by-hand");
}

static void a_token_that_is_gone_is_found_again(void **state)
{
    (void)state;
    leave("token", NULL, 0);
    leave("token.new", "r1\n", 200);
    assert_begins_with("r1");
}

static void two_processes_do_not_renew_at_once(void **state)
{
    struct text token = {0};
    struct refresh_file *one = refresh_file_create("token"), *other = refresh_file_create("token");
    (void)state;
    leave("token", "r0", 100);
    assert_int_equal(refresh_file_begin(one, &token, NULL), REFRESH_OURS);
    secret_wipe(&token);
    assert_int_equal(refresh_file_begin(other, &token, NULL), REFRESH_BUSY);
    refresh_file_end(one);
    assert_int_equal(refresh_file_begin(other, &token, NULL), REFRESH_OURS);
    secret_wipe(&token);
    refresh_file_destroy(one);
    refresh_file_destroy(other);
}

static void a_link_stays_a_link(void **state)
{
    struct text token = {0}, next = {0};
    struct stat about;
    (void)state;
    leave("token", "r0", 100);
    assert_int_equal(symlink("token", "link"), 0);
    struct refresh_file *file = refresh_file_create("link");
    text_append(&next, "r1");
    assert_int_equal(refresh_file_begin(file, &token, NULL), REFRESH_OURS);
    assert_true(refresh_file_keep(file, &token, &next, NULL));
    refresh_file_destroy(file);
    assert_int_equal(lstat("link", &about), 0);
    assert_true(S_ISLNK(about.st_mode));
    assert_left("token", "r1\n");
    assert_left("token.prev", "r0\n");
    secret_wipe(&token);
    secret_wipe(&next);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_crash_before_the_answer_was_written_leaves_the_old_token),
        cmocka_unit_test(a_crash_while_writing_leaves_the_old_token),
        cmocka_unit_test(a_crash_before_the_rename_is_made_up_for),
        cmocka_unit_test(a_person_who_signed_in_since_the_crash_is_right),
        cmocka_unit_test(a_token_that_is_gone_is_found_again),
        cmocka_unit_test(two_processes_do_not_renew_at_once),
        cmocka_unit_test(a_link_stays_a_link),
    };
    return cmocka_run_group_tests(tests, enter_folder, leave_folder);
}
