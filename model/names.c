#include "model/names.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

enum { FIRST_BUCKETS = 256 };

struct name {
    struct name *next; /* in its bucket */
    size_t held;
    uint32_t hash, number;
    char bytes[];
};

struct names {
    struct name **buckets; /* a power of two of them */
    size_t bucket_count, count;
    uint32_t next_number;
};

struct names *names_create(void)
{
    struct names *names = memory_create(1, sizeof *names);
    names->bucket_count = FIRST_BUCKETS;
    names->buckets = memory_create(names->bucket_count, sizeof(struct name *));
    return names;
}

static void free_chain(struct name *name)
{
    while (name) {
        struct name *next = name->next;
        free(name);
        name = next;
    }
}

void names_destroy(struct names *names)
{
    if (!names)
        return;
    for (size_t i = 0; i < names->bucket_count; i++)
        free_chain(names->buckets[i]);
    free(names->buckets);
    free(names);
}

/* FNV-1a: short texts, and nobody gains by making them collide but the site's own source. */
static uint32_t hash_of(const char *text, size_t *length)
{
    uint32_t hash = 2166136261u;
    const char *at = text;
    for (; *at; at++)
        hash = (hash ^ (unsigned char)*at) * 16777619u;
    *length = (size_t)(at - text);
    return hash;
}

static struct name *of_bytes(const char *name)
{
    return (struct name *)(void *)((char *)(uintptr_t)name - offsetof(struct name, bytes));
}

static struct name **bucket_of(const struct names *names, uint32_t hash)
{
    return &names->buckets[hash & (names->bucket_count - 1)];
}

static struct name *find(const struct names *names, const char *text, uint32_t hash)
{
    for (struct name *name = *bucket_of(names, hash); name; name = name->next)
        if (name->hash == hash && strcmp(name->bytes, text) == 0)
            return name;
    return NULL;
}

static void rehash(struct names *names)
{
    struct name **old = names->buckets;
    size_t old_count = names->bucket_count;
    names->bucket_count *= 2;
    names->buckets = memory_create(names->bucket_count, sizeof(struct name *));
    for (size_t i = 0; i < old_count; i++)
        for (struct name *name = old[i], *next; name; name = next) {
            struct name **bucket = bucket_of(names, name->hash);
            next = name->next;
            name->next = *bucket;
            *bucket = name;
        }
    free(old);
}

static struct name *add(struct names *names, const char *text, size_t length, uint32_t hash)
{
    if (names->count >= names->bucket_count)
        rehash(names);
    struct name *name = memory_create(1, sizeof *name + length + 1);
    struct name **bucket = bucket_of(names, hash);
    memcpy(name->bytes, text, length + 1);
    name->hash = hash;
    name->number = names->next_number++;
    name->next = *bucket;
    *bucket = name;
    names->count++;
    return name;
}

const char *names_hold(struct names *names, const char *text)
{
    if (!text)
        return NULL;
    size_t length;
    uint32_t hash = hash_of(text, &length);
    struct name *name = find(names, text, hash);
    if (!name)
        name = add(names, text, length, hash);
    name->held++;
    return name->bytes;
}

void names_hold_again(const char *name)
{
    if (name)
        of_bytes(name)->held++;
}

void names_release(struct names *names, const char *name)
{
    if (!name)
        return;
    struct name *released = of_bytes(name);
    if (--released->held > 0)
        return;
    struct name **link = bucket_of(names, released->hash);
    while (*link != released)
        link = &(*link)->next;
    *link = released->next;
    names->count--;
    free(released);
}

const char *names_find(const struct names *names, const char *text)
{
    if (!text)
        return NULL;
    size_t length;
    uint32_t hash = hash_of(text, &length);
    struct name *name = find(names, text, hash);
    return name ? name->bytes : NULL;
}

uint32_t names_hash(const char *name)
{
    return of_bytes(name)->hash;
}

uint32_t names_number(const char *name)
{
    return of_bytes(name)->number;
}
