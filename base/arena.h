#ifndef BASE_ARENA_H
#define BASE_ARENA_H

/*
 * Memory for things that live and die together: a configuration, a document, a snapshot.
 *
 * Everything taken from an arena is freed at once with it; nothing is freed singly.
 */

#include <stddef.h>

struct arena;

struct arena *arena_create(void);
void arena_destroy(struct arena *arena);

/* Zeroed memory for `count` things of `size` bytes, aligned for anything. */
void *arena_take(struct arena *arena, size_t count, size_t size);

/* A copy of the text (or of its first `length` bytes); NULL stays NULL. */
char *arena_copy_text(struct arena *arena, const char *text);
char *arena_copy_bytes(struct arena *arena, const char *bytes, size_t length);

/* Formats a text into the arena. */
char *arena_format(struct arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
