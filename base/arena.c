#include "base/arena.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

/* No more than memory itself has: on a 32-bit processor that is 8. */
enum { FIRST_BLOCK_BYTES = 4096, ALIGNMENT = _Alignof(max_align_t) };

struct block {
    struct block *before;
    size_t used, size;
    _Alignas(ALIGNMENT) char bytes[];
};

struct arena {
    struct block *block;
};

struct arena *arena_create(void)
{
    return memory_create(1, sizeof(struct arena));
}

void arena_destroy(struct arena *arena)
{
    if (!arena)
        return;
    struct block *block = arena->block;
    while (block) {
        struct block *before = block->before;
        free(block);
        block = before;
    }
    free(arena);
}

/* Blocks double, so that few are needed whatever the size of the whole. */
static void add_block(struct arena *arena, size_t needed)
{
    size_t size = arena->block ? arena->block->size * 2 : FIRST_BLOCK_BYTES;
    while (size < needed)
        size *= 2;
    struct block *block = memory_resize(NULL, 1, sizeof *block + size);
    block->before = arena->block;
    block->used = 0;
    block->size = size;
    arena->block = block;
}

void *arena_take(struct arena *arena, size_t count, size_t size)
{
    if (size && count > (SIZE_MAX / 4) / size) {
        fputs("vigie: out of memory\n", stderr);
        abort();
    }
    size_t needed = (count * size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    if (!arena->block || arena->block->size - arena->block->used < needed)
        add_block(arena, needed);
    void *memory = arena->block->bytes + arena->block->used;
    arena->block->used += needed;
    return memset(memory, 0, needed); /* here, for the rest of the block may never be used */
}

char *arena_copy_bytes(struct arena *arena, const char *bytes, size_t length)
{
    char *copy = arena_take(arena, length + 1, 1);
    if (length)
        memcpy(copy, bytes, length);
    return copy;
}

char *arena_copy_text(struct arena *arena, const char *text)
{
    return text ? arena_copy_bytes(arena, text, strlen(text)) : NULL;
}

char *arena_format(struct arena *arena, const char *format, ...)
{
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    char *text = arena_take(arena, (size_t)(length < 0 ? 0 : length) + 1, 1);
    vsnprintf(text, (size_t)(length < 0 ? 0 : length) + 1, format, again);
    va_end(again);
    return text;
}
