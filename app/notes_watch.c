#include "app/notes_watch.h"

#include <stdlib.h>

#include "app/notes_file.h"
#include "base/file_stamp.h"
#include "base/log.h"
#include "base/memory.h"
#include "model/board.h"

struct notes_watch {
    const struct config *config;
    struct file_stamp *known; /* one a file: as it was when it was read */
};

struct notes_watch *notes_watch_create(const struct config *config)
{
    struct notes_watch *watch = memory_create(1, sizeof *watch);
    watch->config = config;
    watch->known = memory_create(config->board.notes_count, sizeof *watch->known);
    return watch; /* the first look reads: a file may have changed since the board was read */
}

void notes_watch_destroy(struct notes_watch *watch)
{
    if (!watch)
        return;
    free(watch->known);
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
        if (!path)
            continue;
        struct file_stamp stamp = file_stamp_at(path);
        if (file_stamp_same(&stamp, &watch->known[i]))
            continue;
        watch->known[i] = stamp;
        news |= take(board, i, path);
    }
    return news;
}
