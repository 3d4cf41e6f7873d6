#include "base/memory.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void *checked(void *memory)
{
    if (!memory) {
        fputs("vigie: out of memory\n", stderr);
        abort();
    }
    return memory;
}

void *memory_create(size_t count, size_t size)
{
    return checked(calloc(count ? count : 1, size ? size : 1));
}

void *memory_resize(void *memory, size_t count, size_t size)
{
    if (size && count > SIZE_MAX / size)
        return checked(NULL);
    return checked(realloc(memory, count && size ? count * size : 1));
}

char *memory_copy_text(const char *text)
{
    return text ? checked(strdup(text)) : NULL;
}

void *memory_grow(void *array, size_t *capacity, size_t count, size_t size)
{
    if (count < *capacity)
        return array;
    *capacity = *capacity ? *capacity * 2 : 8;
    return memory_resize(array, *capacity, size);
}
