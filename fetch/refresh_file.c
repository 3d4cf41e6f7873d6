#include "fetch/refresh_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "fetch/secret.h"

enum { MOST_TOKEN_BYTES = 16384, PRIVATE_MODE = 0600 };

struct refresh_file {
    char *path, *folder, *lock_path, *new_path, *prev_path;
    int lock, next; /* -1: not open */
    struct text held;
    bool is_synced; /* the rename of `held` is on the disk */
};

static char *beside(const char *path, const char *suffix)
{
    struct text name = {0};
    text_append_format(&name, "%s%s", path, suffix);
    return name.bytes;
}

static char *folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    struct text folder = {0};
    if (!slash)
        text_append(&folder, ".");
    else
        text_append_bytes(&folder, path, slash == path ? 1 : (size_t)(slash - path));
    return folder.bytes;
}

/* A link is followed once and for all: rename() would put a file in its place. */
struct refresh_file *refresh_file_create(const char *path)
{
    struct refresh_file *file = memory_create(1, sizeof *file);
    char *real = realpath(path, NULL);
    file->path = real ? real : memory_copy_text(path);
    file->folder = folder_of(file->path);
    file->lock_path = beside(file->path, ".lock");
    file->new_path = beside(file->path, ".new");
    file->prev_path = beside(file->path, ".prev");
    file->lock = file->next = -1;
    return file;
}

void refresh_file_destroy(struct refresh_file *file)
{
    if (!file)
        return;
    refresh_file_end(file);
    free(file->path);
    free(file->folder);
    free(file->lock_path);
    free(file->new_path);
    free(file->prev_path);
    free(file);
}

static bool complain(const struct refresh_file *file, const char *what, struct error *error)
{
    error_set(error,
              "the next refresh token cannot be kept beside %s: %s: %s; the service must be able to write "
              "in that folder",
              file->path, what, strerror(errno));
    return false;
}

static void close_next(struct refresh_file *file)
{
    if (file->next >= 0)
        close(file->next);
    file->next = -1;
}

/* Room on the disk is taken now: "no space left" after the answer would be too late. Not every file system
 * can do that, and then nothing is lost by asking. */
static bool open_next(struct refresh_file *file, struct error *error)
{
    unlink(file->new_path);
    file->next =
        open(file->new_path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, (mode_t)PRIVATE_MODE);
    if (file->next < 0)
        return complain(file, file->new_path, error);
    if (fallocate(file->next, FALLOC_FL_KEEP_SIZE, 0, MOST_TOKEN_BYTES) == 0 || errno != ENOSPC)
        return true;
    complain(file, file->new_path, error);
    close_next(file);
    unlink(file->new_path);
    return false;
}

static bool sync_folder(const struct refresh_file *file)
{
    int folder = open(file->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool synced = folder >= 0 && fsync(folder) == 0;
    if (folder >= 0)
        close(folder);
    return synced;
}

/* The line end says that the token before it is whole. */
static bool write_token(int to, const struct text *token)
{
    struct text line = {0};
    text_append_format(&line, "%s\n", text_bytes(token));
    bool written = ftruncate(to, 0) == 0 && pwrite(to, line.bytes, line.length, 0) == (ssize_t)line.length &&
                   fsync(to) == 0;
    secret_wipe(&line);
    return written;
}

/* From here to the end of rename() a power cut can cost the login. */
static bool replace(struct refresh_file *file, const struct text *next, struct error *error)
{
    if (file->next < 0 && !open_next(file, error))
        return false;
    if (!write_token(file->next, next) || rename(file->new_path, file->path) != 0)
        return complain(file, "writing it", error);
    close_next(file);
    secret_wipe(&file->held);
    text_append_bytes(&file->held, next->bytes, next->length);
    file->is_synced = false;
    return true;
}

/* Kept for the case that the vendor forgets the renewal; that it cannot be kept is no reason to stop. */
static void keep_previous(struct refresh_file *file, const struct text *token)
{
    char *temporary = beside(file->prev_path, ".new");
    unlink(temporary);
    int to = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, (mode_t)PRIVATE_MODE);
    if (to >= 0 && write_token(to, token))
        rename(temporary, file->prev_path);
    else
        unlink(temporary);
    if (to >= 0)
        close(to);
    free(temporary);
}

static bool same(const struct text *a, const struct text *b)
{
    return text_equal(text_bytes(a), text_bytes(b));
}

bool refresh_file_keep(struct refresh_file *file, const struct text *used, const struct text *next,
                       struct error *error)
{
    if (!same(next, &file->held) && !replace(file, next, error))
        return false;
    if (!file->is_synced && !sync_folder(file))
        return complain(file, file->folder, error);
    file->is_synced = true;
    if (same(used, next))
        unlink(file->prev_path);
    else
        keep_previous(file, used);
    return true;
}

/* ---- after a crash ---- */

static bool is_older(const struct timespec *a, const struct timespec *b)
{
    return a->tv_sec != b->tv_sec ? a->tv_sec < b->tv_sec : a->tv_nsec < b->tv_nsec;
}

/* A whole token that only lacks its rename, and that nobody has overtaken by signing in again since. */
static bool is_unfinished(const struct refresh_file *file)
{
    struct stat next, current;
    struct text token = {0};
    bool whole = stat(file->new_path, &next) == 0 && S_ISREG(next.st_mode) &&
                 text_read_file(&token, file->new_path, MOST_TOKEN_BYTES) && token.length > 1 &&
                 token.bytes[token.length - 1] == '\n';
    secret_wipe(&token);
    return whole && (stat(file->path, &current) != 0 || !is_older(&next.st_mtim, &current.st_mtim));
}

static void make_up_for_crash(struct refresh_file *file)
{
    struct text before = {0};
    if (!is_unfinished(file))
        return;
    bool read = text_read_file(&before, file->path, MOST_TOKEN_BYTES);
    if (read && before.length && before.bytes[before.length - 1] == '\n')
        before.bytes[--before.length] = '\0';
    if (rename(file->new_path, file->path) == 0 && sync_folder(file) && before.length)
        keep_previous(file, &before);
    secret_wipe(&before);
}

/* ---- a renewal ---- */

static enum refresh_state take_lock(struct refresh_file *file, struct error *error)
{
    if (file->lock >= 0)
        return REFRESH_OURS;
    file->lock = open(file->lock_path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, (mode_t)PRIVATE_MODE);
    if (file->lock < 0) {
        complain(file, file->lock_path, error);
        return REFRESH_UNUSABLE;
    }
    if (flock(file->lock, LOCK_EX | LOCK_NB) == 0)
        return REFRESH_OURS;
    bool busy = errno == EWOULDBLOCK;
    if (!busy)
        complain(file, file->lock_path, error);
    close(file->lock);
    file->lock = -1;
    return busy ? REFRESH_BUSY : REFRESH_UNUSABLE;
}

enum refresh_state refresh_file_begin(struct refresh_file *file, struct text *token, struct error *error)
{
    enum refresh_state state = take_lock(file, error);
    if (state != REFRESH_OURS)
        return state;
    make_up_for_crash(file);
    secret_wipe(&file->held);
    file->is_synced = true;
    if (secret_read(&(struct secret){SECRET_FILE, file->path}, &file->held, error) &&
        open_next(file, error)) {
        text_append_bytes(token, file->held.bytes, file->held.length);
        return REFRESH_OURS;
    }
    refresh_file_end(file);
    return REFRESH_UNUSABLE;
}

bool refresh_file_previous(const struct refresh_file *file, struct text *token)
{
    bool read = secret_read(&(struct secret){SECRET_FILE, file->prev_path}, token, NULL);
    if (read && !same(token, &file->held))
        return true;
    secret_wipe(token);
    return false;
}

void refresh_file_end(struct refresh_file *file)
{
    if (file->next >= 0)
        unlink(file->new_path);
    close_next(file);
    if (file->lock >= 0)
        close(file->lock);
    file->lock = -1;
    secret_wipe(&file->held);
}
