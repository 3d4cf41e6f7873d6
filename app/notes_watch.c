#include "app/notes_watch.h"

#include <stdlib.h>
#include <sys/stat.h>

#include "app/notes_file.h"
#include "base/log.h"
#include "base/memory.h"
#include "model/board.h"

/* What a file looked like; another look, another content. */
struct look {
    bool there;
    int64_t modified_s, modified_ns, size;
    uint64_t inode;
};

struct notes_watch {
    const struct config *config;
    struct look *looks; /* one a file */
};

static struct look look_at(const char *path)
{
    struct stat found;
    if (!path || stat(path, &found) != 0)
        return (struct look){0};
    return (struct look){true, found.st_mtim.tv_sec, found.st_mtim.tv_nsec, found.st_size, found.st_ino};
}

static bool same(const struct look *a, const struct look *b)
{
    return a->there == b->there && a->modified_s == b->modified_s && a->modified_ns == b->modified_ns &&
           a->size == b->size && a->inode == b->inode;
}

struct notes_watch *notes_watch_create(const struct config *config)
{
    struct notes_watch *watch = memory_create(1, sizeof *watch);
    watch->config = config;
    watch->looks = memory_create(config->board.notes_count, sizeof *watch->looks);
    return watch; /* the first look reads: a file may have changed since the board was read */
}

void notes_watch_destroy(struct notes_watch *watch)
{
    if (!watch)
        return;
    free(watch->looks);
    free(watch);
}

static bool take(struct board *board, size_t index, const char *path)
{
    struct arena *arena = arena_create();
    struct error error = {""};
    struct notes notes;
    bool read = notes_file_read(arena, path, &notes, &error);
    if (read)
        board_set_notes(board, index, &notes);
    else
        log_warning("%s; what was read before stays", error.text);
    arena_destroy(arena);
    return read;
}

bool notes_watch_look(struct notes_watch *watch, struct board *board)
{
    bool news = false;
    for (size_t i = 0; i < watch->config->board.notes_count; i++) {
        const char *path = watch->config->notes_paths[i];
        struct look look = look_at(path);
        if (!path || same(&look, &watch->looks[i]))
            continue;
        watch->looks[i] = look;
        news |= take(board, i, path);
    }
    return news;
}
