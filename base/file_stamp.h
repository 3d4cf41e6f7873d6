#ifndef BASE_FILE_STAMP_H
#define BASE_FILE_STAMP_H

/*
 * What a file looked like, without what is in it: another look that is not the same means that somebody was
 * there. It only asks for the file's facts, so it works on every file system.
 */

#include <stdbool.h>
#include <stdint.h>
#include <sys/stat.h>

/* Zeroed: no file. */
struct file_stamp {
    bool exists;
    uint64_t device, inode;
    int64_t written_ns; /* since 1970: its contents */
    int64_t changed_ns; /* its contents, its name or its rights */
    int64_t bytes;
};

/* Of the file at the path (zeroed where it cannot be looked at), and of one that was looked at. */
struct file_stamp file_stamp_at(const char *path);
struct file_stamp file_stamp_of(const struct stat *facts);

/* Nobody wrote in between, or put another file in its place. */
bool file_stamp_same_writing(const struct file_stamp *a, const struct file_stamp *b);

/* Nor gave it another name, or other rights: perhaps it can be read now. */
bool file_stamp_same(const struct file_stamp *a, const struct file_stamp *b);

#endif
