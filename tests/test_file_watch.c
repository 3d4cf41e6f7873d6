#include "app/file_watch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/files.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static char path[] = "/tmp/vigie-watch-XXXXXX";
static struct file_watch watch;

static int start(void **state)
{
    (void)state;
    files_write(path, "title: A\n");
    file_watch_start(&watch, path, 0);
    return 0;
}

static void a_file_that_nobody_touches_is_unchanged(void **state)
{
    (void)state;
    for (int64_t now_ms = 1000; now_ms < 10000; now_ms += 1000)
        assert_false(file_watch_changed(&watch, now_ms));
}

static void a_change_is_told_once_when_two_looks_agree(void **state)
{
    (void)state;
    files_write(path, "title: another\n");
    assert_false(file_watch_changed(&watch, 1000));
    assert_true(file_watch_changed(&watch, 2000));
    assert_false(file_watch_changed(&watch, 3000));
}

static void it_looks_once_a_second_at_most(void **state)
{
    (void)state;
    files_write(path, "title: another\n");
    assert_false(file_watch_changed(&watch, 1000));
    assert_false(file_watch_changed(&watch, 1999));
    assert_true(file_watch_changed(&watch, 2000));
}

static void a_file_that_is_still_being_written_is_left_alone(void **state)
{
    (void)state;
    files_write(path, "title: one line\n");
    assert_false(file_watch_changed(&watch, 1000));
    files_write(path, "title: one line\npages: and a second\n");
    assert_false(file_watch_changed(&watch, 2000));
    assert_true(file_watch_changed(&watch, 3000));
}

static void another_file_of_the_same_name_is_a_change(void **state)
{
    (void)state;
    char other[sizeof path + 4];
    snprintf(other, sizeof other, "%s.new", path);
    files_write(other, "title: A\n");
    assert_int_equal(rename(other, path), 0);
    file_watch_changed(&watch, 1000);
    assert_true(file_watch_changed(&watch, 2000));
}

static void a_file_that_goes_and_comes_back_changed_twice(void **state)
{
    (void)state;
    unlink(path);
    file_watch_changed(&watch, 1000);
    assert_true(file_watch_changed(&watch, 2000));
    files_write(path, "title: A\n");
    file_watch_changed(&watch, 3000);
    assert_true(file_watch_changed(&watch, 4000));
}

static int make_file(void **state)
{
    (void)state;
    int fd = mkstemp(path);
    close(fd);
    return fd < 0;
}

static int remove_file(void **state)
{
    (void)state;
    return unlink(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(a_file_that_nobody_touches_is_unchanged, start),
        cmocka_unit_test_setup(a_change_is_told_once_when_two_looks_agree, start),
        cmocka_unit_test_setup(it_looks_once_a_second_at_most, start),
        cmocka_unit_test_setup(a_file_that_is_still_being_written_is_left_alone, start),
        cmocka_unit_test_setup(another_file_of_the_same_name_is_a_change, start),
        cmocka_unit_test_setup(a_file_that_goes_and_comes_back_changed_twice, start),
    };
    return cmocka_run_group_tests(tests, make_file, remove_file);
}
