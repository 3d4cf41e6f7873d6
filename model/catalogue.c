#include "model/catalogue.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/memory.h"

/* Where a name's row is, by hash; every answer of every source asks, sample by sample. */
struct name_index {
    struct entry {
        const char *name; /* NULL: free */
        size_t row;
    } * entries;
    size_t size, count; /* size: a power of two, at most half used */
};

/* Rows are kept one by one, so that a pointer to a row stays right while others are added. */
struct catalogue {
    struct arena *arena;
    struct name_index kpi_index, counter_index;
    struct kpi **kpis;
    size_t kpi_count, kpi_capacity;
    struct counter **counters;
    size_t counter_count, counter_capacity;
};

/* The entry that has the name, else the free one where it belongs. */
static struct entry *place_of(const struct name_index *index, const char *name)
{
    size_t hash = 2166136261U;
    for (const char *c = name; *c; c++)
        hash = (hash ^ (unsigned char)*c) * 16777619U; /* FNV-1a */
    for (size_t at = hash;; at++) {
        struct entry *entry = &index->entries[at & (index->size - 1)];
        if (!entry->name || strcmp(entry->name, name) == 0)
            return entry;
    }
}

static void index_grow(struct name_index *index)
{
    struct name_index old = *index;
    index->size = old.size ? old.size * 2 : 64;
    index->entries = memory_create(index->size, sizeof *index->entries);
    for (size_t i = 0; i < old.size; i++)
        if (old.entries[i].name)
            *place_of(index, old.entries[i].name) = old.entries[i];
    free(old.entries);
}

static void index_add(struct name_index *index, const char *name, size_t row)
{
    if (2 * (index->count + 1) > index->size)
        index_grow(index);
    *place_of(index, name) = (struct entry){name, row};
    index->count++;
}

/* NULL: there is no row of this name. */
static const struct entry *index_find(const struct name_index *index, const char *name)
{
    const struct entry *entry = index->size ? place_of(index, name) : NULL;
    return entry && entry->name ? entry : NULL;
}

struct catalogue *catalogue_create(void)
{
    struct catalogue *catalogue = memory_create(1, sizeof *catalogue);
    catalogue->arena = arena_create();
    return catalogue;
}

void catalogue_destroy(struct catalogue *catalogue)
{
    if (!catalogue)
        return;
    free(catalogue->kpi_index.entries);
    free(catalogue->counter_index.entries);
    free(catalogue->kpis);
    free(catalogue->counters);
    arena_destroy(catalogue->arena);
    free(catalogue);
}

struct arena *catalogue_arena(struct catalogue *catalogue)
{
    return catalogue->arena;
}

void catalogue_add_kpi(struct catalogue *catalogue, const struct kpi *kpi)
{
    const struct entry *known = index_find(&catalogue->kpi_index, kpi->id);
    if (known) {
        *catalogue->kpis[known->row] = *kpi;
        return;
    }
    index_add(&catalogue->kpi_index, kpi->id, catalogue->kpi_count);
    catalogue->kpis =
        memory_grow(catalogue->kpis, &catalogue->kpi_capacity, catalogue->kpi_count, sizeof *catalogue->kpis);
    struct kpi *row = arena_take(catalogue->arena, 1, sizeof *row);
    *row = *kpi;
    catalogue->kpis[catalogue->kpi_count++] = row;
}

void catalogue_add_counter(struct catalogue *catalogue, const struct counter *counter)
{
    const struct entry *known = index_find(&catalogue->counter_index, counter->name);
    if (known) {
        *catalogue->counters[known->row] = *counter;
        return;
    }
    index_add(&catalogue->counter_index, counter->name, catalogue->counter_count);
    catalogue->counters = memory_grow(catalogue->counters, &catalogue->counter_capacity,
                                      catalogue->counter_count, sizeof *catalogue->counters);
    struct counter *row = arena_take(catalogue->arena, 1, sizeof *row);
    *row = *counter;
    catalogue->counters[catalogue->counter_count++] = row;
}

const struct kpi *catalogue_kpi(const struct catalogue *catalogue, const char *id)
{
    const struct entry *entry = index_find(&catalogue->kpi_index, id);
    return entry ? catalogue->kpis[entry->row] : NULL;
}

const struct counter *catalogue_counter(const struct catalogue *catalogue, const char *name)
{
    const struct entry *entry = index_find(&catalogue->counter_index, name);
    return entry ? catalogue->counters[entry->row] : NULL;
}

size_t catalogue_kpi_count(const struct catalogue *catalogue)
{
    return catalogue->kpi_count;
}

const struct kpi *catalogue_kpi_at(const struct catalogue *catalogue, size_t index)
{
    return catalogue->kpis[index];
}

size_t catalogue_counter_count(const struct catalogue *catalogue)
{
    return catalogue->counter_count;
}

const struct counter *catalogue_counter_at(const struct catalogue *catalogue, size_t index)
{
    return catalogue->counters[index];
}
