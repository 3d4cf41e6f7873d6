#include "model/catalogue.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/memory.h"

/* Rows are kept one by one, so that a pointer to a row stays right while others are added. */
struct catalogue {
    struct arena *arena;
    struct kpi **kpis;
    size_t kpi_count, kpi_capacity;
    struct counter **counters;
    size_t counter_count, counter_capacity;
};

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
    for (size_t i = 0; i < catalogue->kpi_count; i++) {
        if (strcmp(catalogue->kpis[i]->id, kpi->id) == 0) {
            *catalogue->kpis[i] = *kpi;
            return;
        }
    }
    catalogue->kpis =
        memory_grow(catalogue->kpis, &catalogue->kpi_capacity, catalogue->kpi_count, sizeof *catalogue->kpis);
    struct kpi *row = arena_take(catalogue->arena, 1, sizeof *row);
    *row = *kpi;
    catalogue->kpis[catalogue->kpi_count++] = row;
}

void catalogue_add_counter(struct catalogue *catalogue, const struct counter *counter)
{
    for (size_t i = 0; i < catalogue->counter_count; i++) {
        if (strcmp(catalogue->counters[i]->name, counter->name) == 0) {
            *catalogue->counters[i] = *counter;
            return;
        }
    }
    catalogue->counters = memory_grow(catalogue->counters, &catalogue->counter_capacity,
                                      catalogue->counter_count, sizeof *catalogue->counters);
    struct counter *row = arena_take(catalogue->arena, 1, sizeof *row);
    *row = *counter;
    catalogue->counters[catalogue->counter_count++] = row;
}

const struct kpi *catalogue_kpi(const struct catalogue *catalogue, const char *id)
{
    for (size_t i = 0; i < catalogue->kpi_count; i++)
        if (strcmp(catalogue->kpis[i]->id, id) == 0)
            return catalogue->kpis[i];
    return NULL;
}

const struct counter *catalogue_counter(const struct catalogue *catalogue, const char *name)
{
    for (size_t i = 0; i < catalogue->counter_count; i++)
        if (strcmp(catalogue->counters[i]->name, name) == 0)
            return catalogue->counters[i];
    return NULL;
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
