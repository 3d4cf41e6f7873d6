#include "history/files.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/calendar.h"

enum { PATH_BYTES = 4096 };

bool files_make_folder(const char *path, struct error *error)
{
    char folder[PATH_BYTES];
    snprintf(folder, sizeof folder, "%s", path);
    for (char *slash = strchr(folder + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        if (mkdir(folder, 0700) != 0 && errno != EEXIST) {
            error_set(error, "the folder %s cannot be made: %s", folder, strerror(errno));
            return false;
        }
        *slash = '/';
    }
    return true;
}

bool files_make_private(const char *path, struct error *error)
{
    int file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0) {
        error_set(error,
                  errno == EISDIR ? "%s is a folder; remove it, or give history.path the name of a file"
                                  : "%s cannot be written: %s",
                  path, strerror(errno));
        return false;
    }
    close(file);
    return true;
}

int files_lock(const char *path, struct error *error)
{
    char name[PATH_BYTES + 8];
    snprintf(name, sizeof name, "%s-lock", path);
    int lock = open(name, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (lock < 0) {
        error_set(error, "%s cannot be written: %s", name, strerror(errno));
        return -1;
    }
    if (flock(lock, LOCK_EX | LOCK_NB) == 0)
        return lock;
    if (errno == EWOULDBLOCK)
        error_set(error,
                  "%s is being written by another vigie; stop one of them, or give them different paths",
                  path);
    else
        error_set(error, "%s cannot be locked: %s; it needs a file system that can", name, strerror(errno));
    close(lock);
    return -1;
}

void files_unlock(int lock)
{
    if (lock >= 0)
        close(lock);
}

static void name_aside(const char *path, int64_t wall_ms, char *aside, size_t size)
{
    struct calendar_time local;
    calendar_local(wall_ms, &local);
    snprintf(aside, size, "%s.damaged-%04d-%02d-%02d-%02d%02d%02d", path, local.year, local.month, local.day,
             local.hour, local.minute, local.second);
}

/* The write-ahead log holds commits that the file itself has not got yet. */
bool files_put_aside(const char *path, int64_t wall_ms, char *aside, size_t aside_size, struct error *error)
{
    static const char *const parts[] = {"-wal", "-shm"};
    char from[PATH_BYTES + 8], to[PATH_BYTES + 64];
    name_aside(path, wall_ms, aside, aside_size);
    if (rename(path, aside) != 0) {
        error_set(error, "%s cannot be put aside: %s", path, strerror(errno));
        return false;
    }
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        snprintf(from, sizeof from, "%s%s", path, parts[i]);
        snprintf(to, sizeof to, "%s%s", aside, parts[i]);
        rename(from, to); /* mostly not there */
    }
    return true;
}

static int64_t size_of(const char *path, const char *ending)
{
    char whole[4160];
    struct stat stat_of;
    int length = snprintf(whole, sizeof whole, "%s%s", path, ending);
    bool there = length > 0 && (size_t)length < sizeof whole && stat(whole, &stat_of) == 0;
    return there ? (int64_t)stat_of.st_size : 0;
}

int64_t files_size(const char *path)
{
    return size_of(path, "") + size_of(path, "-wal") + size_of(path, "-shm");
}
