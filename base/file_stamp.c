#include "base/file_stamp.h"

static int64_t ns_of(struct timespec time)
{
    return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

struct file_stamp file_stamp_of(const struct stat *facts)
{
    return (struct file_stamp){.exists = true,
                               .device = facts->st_dev,
                               .inode = facts->st_ino,
                               .written_ns = ns_of(facts->st_mtim),
                               .changed_ns = ns_of(facts->st_ctim),
                               .bytes = facts->st_size};
}

struct file_stamp file_stamp_at(const char *path)
{
    struct stat facts;
    return stat(path, &facts) == 0 ? file_stamp_of(&facts) : (struct file_stamp){0};
}

bool file_stamp_same_writing(const struct file_stamp *a, const struct file_stamp *b)
{
    return a->exists == b->exists && a->device == b->device && a->inode == b->inode &&
           a->written_ns == b->written_ns && a->bytes == b->bytes;
}

bool file_stamp_same(const struct file_stamp *a, const struct file_stamp *b)
{
    return file_stamp_same_writing(a, b) && a->changed_ns == b->changed_ns;
}
