#include "model/figure_index.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

/* A list of a handful is looked through faster than it is split. */
enum { FIRST_BUCKETS = 64, FEW = 8 };

/* Those of a list that have the same value of a dimension. */
struct slice {
    const char *value; /* a name; NULL: the place is free */
    size_t first, count;
};

/* A list split by the values of one dimension. */
struct split {
    size_t place_count; /* a power of two, twice as many as needed at least */
    struct slice *places;
    struct figure **items; /* slice by slice, each in the order of the whole */
};

/* The figures of one family and period. */
struct group {
    struct figure **items; /* in order while `ordered` */
    size_t count, capacity;
    bool ordered;
    uint64_t parts;                 /* as struct figures */
    struct split *split[DIM_COUNT]; /* NULL: nobody asked yet */
};

struct family {
    const char *id; /* a name, that the figures hold */
    size_t source;
    struct family *next;               /* in its bucket */
    unsigned periods;                  /* bit i: there are figures of period i */
    struct group *group[PERIOD_COUNT]; /* NULL: no figures */
};

struct figure_index {
    struct family **buckets; /* a power of two of them */
    size_t bucket_count, count;
};

struct figure_index *figure_index_create(void)
{
    struct figure_index *index = memory_create(1, sizeof *index);
    index->bucket_count = FIRST_BUCKETS;
    index->buckets = memory_create(index->bucket_count, sizeof(struct family *));
    return index;
}

static void split_destroy(struct split *split)
{
    if (!split)
        return;
    free(split->places);
    free(split->items);
    free(split);
}

static void forget_order(struct group *group)
{
    group->ordered = false;
    for (int i = 0; i < DIM_COUNT; i++) {
        split_destroy(group->split[i]);
        group->split[i] = NULL;
    }
}

static void family_destroy(struct family *family)
{
    for (int i = 0; i < PERIOD_COUNT; i++) {
        if (!family->group[i])
            continue;
        forget_order(family->group[i]);
        free(family->group[i]->items);
        free(family->group[i]);
    }
    free(family);
}

void figure_index_clear(struct figure_index *index)
{
    for (size_t i = 0; i < index->bucket_count; i++)
        for (struct family *family = index->buckets[i], *next; family; family = next) {
            next = family->next;
            family_destroy(family);
        }
    memset(index->buckets, 0, index->bucket_count * sizeof(struct family *));
    index->count = 0;
}

void figure_index_destroy(struct figure_index *index)
{
    if (!index)
        return;
    figure_index_clear(index);
    free(index->buckets);
    free(index);
}

/* ---- families ---- */

static struct family **bucket_of(const struct figure_index *index, size_t source, const char *id)
{
    uint32_t hash = (names_hash(id) + (uint32_t)source) * 0x9E3779B1u;
    return &index->buckets[(hash >> 8) & (index->bucket_count - 1)];
}

struct family *figure_index_family(const struct figure_index *index, size_t source, const char *id)
{
    struct family *family = *bucket_of(index, source, id);
    while (family && (family->id != id || family->source != source))
        family = family->next;
    return family;
}

static void make_room(struct figure_index *index)
{
    struct family **old = index->buckets;
    size_t old_count = index->bucket_count;
    if (index->count < index->bucket_count)
        return;
    index->bucket_count *= 2;
    index->buckets = memory_create(index->bucket_count, sizeof(struct family *));
    for (size_t i = 0; i < old_count; i++)
        for (struct family *family = old[i], *next; family; family = next) {
            struct family **bucket = bucket_of(index, family->source, family->id);
            next = family->next;
            family->next = *bucket;
            *bucket = family;
        }
    free(old);
}

static struct family *family_create(struct figure_index *index, size_t source, const char *id)
{
    make_room(index);
    struct family *family = memory_create(1, sizeof *family);
    struct family **bucket = bucket_of(index, source, id);
    family->id = id;
    family->source = source;
    family->next = *bucket;
    *bucket = family;
    index->count++;
    return family;
}

void figure_index_add(struct figure_index *index, struct figure *figure)
{
    struct family *family = figure_index_family(index, figure->source, figure->id);
    if (!family)
        family = family_create(index, figure->source, figure->id);
    if (!family->group[figure->period])
        family->group[figure->period] = memory_create(1, sizeof(struct group));
    family->periods |= 1u << figure->period;
    struct group *group = family->group[figure->period];
    if (group->ordered)
        forget_order(group);
    group->items = memory_grow(group->items, &group->capacity, group->count, sizeof(struct figure *));
    group->items[group->count++] = figure;
}

unsigned family_periods(const struct family *family)
{
    return family ? family->periods : 0;
}

/* ---- order ---- */

static int dim_count(unsigned mask)
{
    int count = 0;
    for (; mask; mask &= mask - 1)
        count++;
    return count;
}

static int compare_numbers(uint64_t a, uint64_t b)
{
    return (a > b) - (a < b);
}

/* Then as they came, never by address: sums come out the same in every run. */
static int order_figures(const void *left, const void *right)
{
    const struct figure *a = *(struct figure *const *)left, *b = *(struct figure *const *)right;
    if (a->dim_mask == b->dim_mask)
        return compare_numbers(a->number, b->number);
    int order = dim_count(a->dim_mask) - dim_count(b->dim_mask);
    return order ? order : compare_numbers(a->dim_mask, b->dim_mask);
}

/* Made of the names' own numbers, so that none is shared. */
static uint64_t number_parts(const struct group *group)
{
    uint64_t parts = 1469598103934665603u;
    for (size_t i = 0; i < group->count; i++) {
        unsigned left = group->items[i]->dim_mask;
        parts = (parts ^ left) * 1099511628211u;
        for (int dim = 0; left; dim++, left >>= 1)
            if (left & 1)
                parts = (parts ^ (names_number(group->items[i]->dims.value[dim]) + 1u)) * 1099511628211u;
    }
    return parts;
}

/* Most sources give all their figures the same dimensions: then there is nothing to do. */
static void order(struct group *group)
{
    size_t i = 1;
    while (i < group->count && order_figures(&group->items[i - 1], &group->items[i]) < 0)
        i++;
    if (i < group->count)
        qsort(group->items, group->count, sizeof(struct figure *), order_figures);
    group->ordered = true;
    group->parts = number_parts(group);
}

static struct group *ordered_group(struct family *family, enum period period)
{
    struct group *group = family ? family->group[period] : NULL;
    if (group && !group->ordered)
        order(group);
    return group;
}

struct figures family_figures(struct family *family, enum period period)
{
    struct group *group = ordered_group(family, period);
    return group ? (struct figures){group->items, group->count, group->parts} : (struct figures){NULL, 0, 0};
}

/* ---- by the value of one dimension ---- */

/* The value's slice, or the free place where it belongs. */
static struct slice *slice_of(const struct split *split, const char *value)
{
    size_t place = names_hash(value) * 0x9E3779B1u >> 8;
    while (split->places[place & (split->place_count - 1)].value &&
           split->places[place & (split->place_count - 1)].value != value)
        place++;
    return &split->places[place & (split->place_count - 1)];
}

static void count_values(struct split *split, const struct group *group, int dim)
{
    for (size_t i = 0; i < group->count; i++) {
        const char *value = group->items[i]->dims.value[dim];
        if (!value)
            continue;
        struct slice *slice = slice_of(split, value);
        slice->value = value;
        slice->count++;
    }
}

static void fill_slices(struct split *split, const struct group *group, int dim)
{
    size_t first = 0;
    for (size_t i = 0; i < split->place_count; i++) {
        split->places[i].first = first;
        first += split->places[i].count;
        split->places[i].count = 0;
    }
    for (size_t i = 0; i < group->count; i++) {
        const char *value = group->items[i]->dims.value[dim];
        struct slice *slice = value ? slice_of(split, value) : NULL;
        if (slice)
            split->items[slice->first + slice->count++] = group->items[i];
    }
}

static struct split *split_create(const struct group *group, int dim)
{
    struct split *split = memory_create(1, sizeof *split);
    split->place_count = 4;
    while (split->place_count < 2 * group->count)
        split->place_count *= 2;
    split->places = memory_create(split->place_count, sizeof *split->places);
    split->items = memory_create(group->count, sizeof(struct figure *));
    count_values(split, group, dim);
    fill_slices(split, group, dim);
    return split;
}

struct figures family_near(struct family *family, enum period period, const struct dims *scope)
{
    struct group *group = ordered_group(family, period);
    int dim = 0;
    while (dim < DIM_COUNT && !scope->value[dim])
        dim++;
    if (dim == DIM_COUNT || !group || group->count <= FEW)
        return family_figures(family, period);
    if (!group->split[dim])
        group->split[dim] = split_create(group, dim);
    const struct slice *slice = slice_of(group->split[dim], scope->value[dim]);
    return (struct figures){group->split[dim]->items + slice->first, slice->count, 0};
}
