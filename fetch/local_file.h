#ifndef FETCH_LOCAL_FILE_H
#define FETCH_LOCAL_FILE_H

/*
 * A document that a program of the customer writes to a file, read again when it was written again.
 *
 * A file that nobody rewrites ages like a source that does not answer: the time of its writing is that
 * of its figures, unless it tells a time itself.
 */

#include <stdbool.h>
#include <stddef.h>

#include "base/file_stamp.h"
#include "base/text.h"
#include "fetch/fault.h"

enum file_news {
    FILE_WRITTEN, /* `body` is new */
    FILE_AS_BEFORE,
    FILE_BEING_WRITTEN, /* it changed while it was read: soon again */
    FILE_NOT_READ       /* `fault` */
};

/* Reads the file into an empty text if it is not the one of `known`; `stamp` is then what was read. Never
 * waits for a pipe or a device. */
enum file_news local_file_read(const char *path, size_t max_bytes, const struct file_stamp *known,
                               struct text *body, struct file_stamp *stamp, struct fault *fault);

/* Where a file: URL points to: "file:///srv/calls%20today.json" is "/srv/calls today.json". NULL: it is no
 * such URL. The caller frees it. */
char *local_file_path(const char *url);

#endif
