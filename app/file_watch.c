#include "app/file_watch.h"

#include <sys/stat.h>

static struct file_stamp stamp_of(const char *path)
{
    struct stat facts;
    if (stat(path, &facts) != 0)
        return (struct file_stamp){0};
    return (struct file_stamp){true, facts.st_ctim, facts.st_size, facts.st_ino};
}

static bool same(const struct file_stamp *a, const struct file_stamp *b)
{
    return a->exists == b->exists && a->changed.tv_sec == b->changed.tv_sec &&
           a->changed.tv_nsec == b->changed.tv_nsec && a->size == b->size && a->number == b->number;
}

void file_watch_start(struct file_watch *watch, const char *path, int64_t now_monotonic_ms)
{
    struct file_stamp stamp = stamp_of(path);
    *watch = (struct file_watch){path, stamp, stamp, now_monotonic_ms + FILE_WATCH_LOOK_MS};
}

bool file_watch_changed(struct file_watch *watch, int64_t now_monotonic_ms)
{
    if (now_monotonic_ms < watch->next_look_ms)
        return false;
    watch->next_look_ms = now_monotonic_ms + FILE_WATCH_LOOK_MS;
    struct file_stamp stamp = stamp_of(watch->path);
    bool settled = same(&stamp, &watch->glimpse);
    watch->glimpse = stamp;
    if (!settled || same(&stamp, &watch->known))
        return false;
    watch->known = stamp;
    return true;
}
