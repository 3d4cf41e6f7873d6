#ifndef BASE_MEMORY_H
#define BASE_MEMORY_H

/*
 * Memory that is there or the program ends: systemd starts it again, and no path is left untried.
 */

#include <stddef.h>

/* `count` things of `size` bytes, zeroed. The caller owns them and gives them to free(). */
void *memory_create(size_t count, size_t size);

/* As realloc() for `count` things of `size` bytes; what is new is not zeroed. */
void *memory_resize(void *memory, size_t count, size_t size);

/* A copy of the text, owned by the caller; NULL stays NULL. */
char *memory_copy_text(const char *text);

/* Makes room for one thing more in an array of `*capacity` things of which `count` are used; gives the array.
 */
void *memory_grow(void *array, size_t *capacity, size_t count, size_t size);

#endif
