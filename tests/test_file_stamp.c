/* What a file looked like: what makes another of it, and what does not. */
#include "base/file_stamp.h"

#include <fcntl.h>
#include <stdlib.h>

#include "tests/files.h"

static char path[] = "/tmp/vigie-stamp-XXXXXX", other[] = "/tmp/vigie-stamp-XXXXXX";

static int make_files(void **state)
{
    (void)state;
    int fds[] = {mkstemp(path), mkstemp(other)};
    return fds[0] < 0 || fds[1] < 0 ? -1 : close(fds[0]) + close(fds[1]);
}

static int remove_files(void **state)
{
    (void)state;
    unlink(other);
    return unlink(path);
}

/* As it was written at that second and a nanosecond behind it. */
static struct file_stamp written(const char *name, const char *content, long second, long nanosecond)
{
    const struct timespec times[2] = {{.tv_sec = second}, {.tv_sec = second, .tv_nsec = nanosecond}};
    files_write(name, content);
    assert_int_equal(utimensat(AT_FDCWD, name, times, 0), 0);
    return file_stamp_at(name);
}

static void assert_writing(struct file_stamp before, struct file_stamp after, bool same)
{
    assert_int_equal(file_stamp_same_writing(&before, &after), same);
    if (!same)
        assert_false(file_stamp_same(&before, &after));
}

static void a_file_that_nobody_touches_looks_the_same(void **state)
{
    (void)state;
    struct file_stamp before = written(path, "5 calls", 1795256100, 7), after = file_stamp_at(path);
    assert_true(before.exists);
    assert_int_equal(before.written_ns, 1795256100000000007);
    assert_int_equal(before.bytes, 7);
    assert_writing(before, after, true);
    assert_true(file_stamp_same(&before, &after));
}

static void another_writing_looks_different(void **state)
{
    (void)state;
    struct file_stamp before = written(path, "5 calls", 1795256100, 7);
    assert_writing(before, written(path, "6 calls", 1795256100, 8), false);
    assert_writing(before, written(path, "6 calls", 1795256101, 7), false);
    assert_writing(before, written(path, "16 calls", 1795256100, 7), false);
    assert_writing(before, written(path, "6 calls", 1795256100, 7), true); /* nobody can tell */
    assert_writing(before, written(other, "5 calls", 1795256100, 7), false);
}

/* Between two changes within one tick of the kernel's clock nothing is told: so the time is put back. */
static void other_rights_are_no_other_writing(void **state)
{
    (void)state;
    struct file_stamp before = written(path, "5 calls", 1795256100, 7);
    before.changed_ns--;
    assert_int_equal(chmod(path, 0640), 0);
    struct file_stamp after = file_stamp_at(path);
    assert_true(file_stamp_same_writing(&before, &after));
    assert_false(file_stamp_same(&before, &after));
}

static void no_file_looks_like_no_file(void **state)
{
    (void)state;
    struct file_stamp there = file_stamp_at(path), never = {0};
    assert_writing(never, file_stamp_at("/tmp/vigie-not-there"), true);
    assert_writing(never, there, false);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_that_nobody_touches_looks_the_same),
        cmocka_unit_test(another_writing_looks_different),
        cmocka_unit_test(other_rights_are_no_other_writing),
        cmocka_unit_test(no_file_looks_like_no_file),
    };
    return cmocka_run_group_tests(tests, make_files, remove_files);
}
