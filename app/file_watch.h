#ifndef APP_FILE_WATCH_H
#define APP_FILE_WATCH_H

/*
 * Whether a file has been changed since it was read: saved in place, replaced by another of the same name,
 * gone, or back. Looks once a second at most, and waits until two looks agree, so that a file that is still
 * being written is left alone. Works on every file system, since it only asks for the file's date.
 */

#include <stdbool.h>
#include <stdint.h>

#include "base/file_stamp.h"

enum { FILE_WATCH_LOOK_MS = 1000 };

struct file_watch {
    const char *path;          /* borrowed */
    struct file_stamp known;   /* as it was when its change was told last */
    struct file_stamp glimpse; /* at the last look */
    int64_t next_look_ms;      /* monotonic */
};

/* From now on; the path is borrowed. */
void file_watch_start(struct file_watch *watch, const char *path, int64_t now_monotonic_ms);

/* True once for each change. */
bool file_watch_changed(struct file_watch *watch, int64_t now_monotonic_ms);

#endif
