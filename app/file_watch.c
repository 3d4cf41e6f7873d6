#include "app/file_watch.h"

void file_watch_start(struct file_watch *watch, const char *path, int64_t now_monotonic_ms)
{
    struct file_stamp stamp = file_stamp_at(path);
    *watch = (struct file_watch){path, stamp, stamp, now_monotonic_ms + FILE_WATCH_LOOK_MS};
}

bool file_watch_changed(struct file_watch *watch, int64_t now_monotonic_ms)
{
    if (now_monotonic_ms < watch->next_look_ms)
        return false;
    watch->next_look_ms = now_monotonic_ms + FILE_WATCH_LOOK_MS;
    struct file_stamp stamp = file_stamp_at(watch->path);
    bool settled = file_stamp_same(&stamp, &watch->glimpse);
    watch->glimpse = stamp;
    if (!settled || file_stamp_same(&stamp, &watch->known))
        return false;
    watch->known = stamp;
    return true;
}
