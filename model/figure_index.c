#include "model/figure_index.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

/* A list of a handful is looked through faster than it is split. */
enum { FIRST_BUCKETS = 64, FEW = 8 };

/* Those of a list that have the same value of a dimension. */
struct slice {
    const char *value; /* a name */
    size_t first, count;
    uint64_t parts; /* as struct figures */
};

/* A list split by the values of one dimension. */
struct split {
    struct slice *slices;
    size_t slice_count, slice_capacity;
    uint32_t *places;      /* by the value's hash: the slice, from 1; 0: none */
    size_t place_count;    /* a power of two, twice as many as needed at least */
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

#define NO_PARTS 1469598103934665603u

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
    free(split->slices);
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
static uint64_t add_part(uint64_t parts, const struct figure *figure)
{
    parts = (parts ^ figure->dim_mask) * 1099511628211u;
    for (unsigned left = figure->dim_mask; left; left &= left - 1) {
        const char *value = figure->dims.value[__builtin_ctz(left)];
        parts = (parts ^ (names_number(value) + 1u)) * 1099511628211u;
    }
    return parts;
}

static uint64_t number_parts(const struct group *group)
{
    uint64_t parts = NO_PARTS;
    for (size_t i = 0; i < group->count; i++)
        parts = add_part(parts, group->items[i]);
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

/* Where the value's slice is noted, or is to be. */
static uint32_t *place_of(const struct split *split, const char *value)
{
    size_t place = names_hash(value) * 0x9E3779B1u >> 8 & (split->place_count - 1);
    while (split->places[place] && split->slices[split->places[place] - 1].value != value)
        place = (place + 1) & (split->place_count - 1);
    return &split->places[place];
}

/* Of the slice of the value, from 1; a new one where there is none. */
static uint32_t number_of(struct split *split, const char *value)
{
    uint32_t *place = place_of(split, value);
    if (!*place) {
        split->slices =
            memory_grow(split->slices, &split->slice_capacity, split->slice_count, sizeof *split->slices);
        split->slices[split->slice_count++] = (struct slice){value, 0, 0, NO_PARTS};
        *place = (uint32_t)split->slice_count;
    }
    return *place;
}

/* Which slice each item belongs to; 0: it does not have the dimension. */
static void number_items(struct split *split, const struct group *group, int dim, uint32_t *numbers)
{
    for (size_t i = 0; i < group->count; i++) {
        const char *value = group->items[i]->dims.value[dim];
        if (!value)
            continue;
        numbers[i] = number_of(split, value);
        split->slices[numbers[i] - 1].count++;
    }
}

static void place_slices(struct split *split)
{
    size_t first = 0;
    for (size_t i = 0; i < split->slice_count; i++) {
        split->slices[i].first = first;
        first += split->slices[i].count;
        split->slices[i].count = 0;
    }
}

static void fill_slices(struct split *split, const struct group *group, const uint32_t *numbers)
{
    for (size_t i = 0; i < group->count; i++) {
        if (!numbers[i])
            continue;
        struct slice *slice = &split->slices[numbers[i] - 1];
        split->items[slice->first + slice->count++] = group->items[i];
        slice->parts = add_part(slice->parts, group->items[i]);
    }
}

static struct split *split_create(const struct group *group, int dim)
{
    struct split *split = memory_create(1, sizeof *split);
    uint32_t *numbers = memory_create(group->count, sizeof *numbers);
    split->place_count = 2;
    while (split->place_count < 2 * group->count)
        split->place_count *= 2;
    split->places = memory_create(split->place_count, sizeof *split->places);
    split->items = memory_create(group->count, sizeof(struct figure *));
    number_items(split, group, dim, numbers);
    place_slices(split);
    fill_slices(split, group, numbers);
    free(numbers);
    return split;
}

static struct figures slice_with(const struct split *split, const char *value)
{
    uint32_t number = *place_of(split, value);
    if (!number)
        return (struct figures){NULL, 0, 0};
    const struct slice *slice = &split->slices[number - 1];
    return (struct figures){split->items + slice->first, slice->count, slice->parts};
}

struct figures family_near(struct family *family, enum period period, const struct dims *scope, bool *inside)
{
    struct group *group = ordered_group(family, period);
    *inside = true;
    if (!group)
        return (struct figures){NULL, 0, 0};
    unsigned given = counters_dim_mask(scope);
    *inside = given == 0;
    if (!given || group->count <= FEW)
        return family_figures(family, period);
    int dim = __builtin_ctz(given);
    if (!group->split[dim])
        group->split[dim] = split_create(group, dim);
    *inside = (given & (given - 1)) == 0;
    return slice_with(group->split[dim], scope->value[dim]);
}
