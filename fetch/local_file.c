#include "fetch/local_file.h"

#include <curl/curl.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"

enum { READ_BYTES = 65536 };

static const char url_start[] = "file://";

static bool look(int fd, struct stat *status, struct file_stamp *stamp)
{
    if (fstat(fd, status) != 0)
        return false;
    *stamp = file_stamp_of(status);
    return true;
}

static enum file_news refuse(struct fault *fault, const char *path, const char *why)
{
    *fault = (struct fault){.problem = SOURCE_FILE};
    error_set(&fault->detail, "%s: %s", path, why);
    return FILE_NOT_READ;
}

static enum file_news refuse_size(struct fault *fault, const char *path, size_t max_bytes)
{
    *fault = (struct fault){.problem = SOURCE_TOO_LARGE, .number = (double)max_bytes / (1 << 20)};
    error_set(&fault->detail, "%s: the file has more than %.3g MiB; write less into it", path, fault->number);
    return FILE_NOT_READ;
}

/* False: errno says why; what is longer than `max_bytes` is left out. */
static bool read_all(int fd, size_t max_bytes, struct text *body)
{
    char part[READ_BYTES];
    ssize_t got;
    while (body->length <= max_bytes && (got = read(fd, part, sizeof part)) != 0) {
        if (got < 0 && errno != EINTR)
            return false;
        if (got > 0)
            text_append_bytes(body, part, (size_t)got);
    }
    return true;
}

static enum file_news read_open(int fd, const char *path, size_t max_bytes, const struct file_stamp *known,
                                struct text *body, struct file_stamp *stamp, struct fault *fault)
{
    struct stat status;
    struct file_stamp after;
    if (!look(fd, &status, stamp))
        return refuse(fault, path, strerror(errno));
    if (!S_ISREG(status.st_mode))
        return refuse(fault, path, "this is not a file; for a pipe, write url: stdin:");
    if (status.st_size > (off_t)max_bytes)
        return refuse_size(fault, path, max_bytes);
    if (file_stamp_same_writing(stamp, known))
        return FILE_AS_BEFORE;
    if (!read_all(fd, max_bytes, body) || !look(fd, &status, &after))
        return refuse(fault, path, strerror(errno));
    return file_stamp_same_writing(stamp, &after) ? FILE_WRITTEN : FILE_BEING_WRITTEN;
}

enum file_news local_file_read(const char *path, size_t max_bytes, const struct file_stamp *known,
                               struct text *body, struct file_stamp *stamp, struct fault *fault)
{
    int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
    if (fd < 0)
        return refuse(fault, path, strerror(errno));
    enum file_news news = read_open(fd, path, max_bytes, known, body, stamp, fault);
    close(fd);
    return news;
}

char *local_file_path(const char *url)
{
    if (!text_starts_with(url, url_start) || url[strlen(url_start)] != '/')
        return NULL;
    int length = 0;
    char *plain = curl_easy_unescape(NULL, url + strlen(url_start), 0, &length);
    char *path = plain && strlen(plain) == (size_t)length ? memory_copy_text(plain) : NULL;
    curl_free(plain);
    return path;
}
