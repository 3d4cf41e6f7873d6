#ifndef TESTS_FILES_H
#define TESTS_FILES_H

/* Files with what a test says in them. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

/* What was in the file is gone; it stays the same file. */
static inline void files_write(const char *path, const char *content)
{
    FILE *file = fopen(path, "we");
    assert_non_null(file);
    assert_true(fputs(content, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

/* A new file in its place, so that one which nobody may write can be replaced as well. */
static inline void files_write_mode(const char *path, const char *content, mode_t mode)
{
    unlink(path);
    files_write(path, content);
    assert_int_equal(chmod(path, mode), 0);
}

#endif
