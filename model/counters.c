#include "model/counters.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

/* A source that invents new names with every answer must not fill the memory while they wait to be forgotten.
 */
enum { FIRST_BUCKETS = 1024, MISSING_MAX = 40000 };

/* Counters whose windows somebody wants: bit i, window i of model/windows.h. */
struct wanted {
    const char *id; /* a name */
    unsigned windows;
};

struct counters {
    struct names *names;
    struct figure **buckets; /* a power of two of them */
    size_t bucket_count;
    struct figure **all; /* in the order of order_figures() while `sorted` */
    size_t count, capacity;
    bool sorted;
    uint64_t version;
    struct wanted *wanted;
    size_t wanted_count, wanted_capacity;
    uint64_t document; /* number of the present or last one */
    size_t source;     /* of the present one */
};

struct counters *counters_create(struct names *names)
{
    struct counters *counters = memory_create(1, sizeof *counters);
    counters->names = names;
    counters->bucket_count = FIRST_BUCKETS;
    counters->buckets = memory_create(counters->bucket_count, sizeof(struct figure *));
    return counters;
}

/* From now on the window is not derived from its origin any more, or has lost it. */
static void part(struct figure *origin, struct figure *window)
{
    for (int i = 0; i < WINDOWS_COUNT; i++)
        if (origin->window[i] == window)
            origin->window[i] = NULL;
    window->origin = NULL;
    window->covered_ms = 0;
}

static void figure_destroy(struct counters *counters, struct figure *figure)
{
    for (int i = 0; i < WINDOWS_COUNT; i++)
        if (figure->window[i])
            part(figure, figure->window[i]);
    if (figure->origin)
        part((struct figure *)figure->origin, figure);
    window_ring_destroy(figure->ring);
    names_release(counters->names, figure->id);
    for (int i = 0; i < DIM_COUNT; i++)
        names_release(counters->names, figure->dims.value[i]);
    free(figure);
}

void counters_destroy(struct counters *counters)
{
    if (!counters)
        return;
    for (size_t i = 0; i < counters->count; i++)
        figure_destroy(counters, counters->all[i]);
    for (size_t i = 0; i < counters->wanted_count; i++)
        names_release(counters->names, counters->wanted[i].id);
    free(counters->wanted);
    free(counters->all);
    free(counters->buckets);
    free(counters);
}

unsigned counters_dim_mask(const struct dims *dims)
{
    unsigned mask = 0;
    for (int i = 0; i < DIM_COUNT; i++)
        if (dims->value[i])
            mask |= 1u << i;
    return mask;
}

/* ---- finding the figure of a sample ---- */

static uint32_t mix(uint32_t hash, uint32_t more)
{
    hash = (hash ^ more) * 0x9E3779B1u;
    return hash ^ (hash >> 15);
}

/* Looks every text of a sample up among the names. False: one is new, so the figure is. */
static bool key_of(const struct counters *counters, const struct sample *sample, struct figure *key)
{
    *key = (struct figure){.period = sample->period, .source = counters->source};
    key->id = names_find(counters->names, sample->id);
    if (!key->id)
        return false;
    key->hash = mix(names_hash(key->id), (uint32_t)(counters->source * PERIOD_COUNT + sample->period));
    for (int i = 0; i < DIM_COUNT; i++) {
        if (!sample->dims.value[i])
            continue;
        key->dims.value[i] = names_find(counters->names, sample->dims.value[i]);
        if (!key->dims.value[i])
            return false;
        key->hash = mix(key->hash, names_hash(key->dims.value[i]) + (uint32_t)i);
    }
    return true;
}

static bool same_key(const struct figure *a, const struct figure *b)
{
    return a->hash == b->hash && a->id == b->id && a->period == b->period && a->source == b->source &&
           memcmp(&a->dims, &b->dims, sizeof a->dims) == 0;
}

static struct figure **bucket_of(const struct counters *counters, uint32_t hash)
{
    return &counters->buckets[hash & (counters->bucket_count - 1)];
}

static struct figure *find(const struct counters *counters, const struct sample *sample)
{
    struct figure key;
    if (!key_of(counters, sample, &key))
        return NULL;
    struct figure *figure = *bucket_of(counters, key.hash);
    while (figure && !same_key(figure, &key))
        figure = figure->next;
    return figure;
}

/* ---- adding and dropping ---- */

static void link_all(struct counters *counters)
{
    memset(counters->buckets, 0, counters->bucket_count * sizeof(struct figure *));
    for (size_t i = 0; i < counters->count; i++) {
        struct figure **bucket = bucket_of(counters, counters->all[i]->hash);
        counters->all[i]->next = *bucket;
        *bucket = counters->all[i];
    }
}

static void make_room(struct counters *counters)
{
    counters->all = memory_grow(counters->all, &counters->capacity, counters->count, sizeof(struct figure *));
    if (counters->count < counters->bucket_count)
        return;
    counters->bucket_count *= 2;
    counters->buckets = memory_resize(counters->buckets, counters->bucket_count, sizeof(struct figure *));
    link_all(counters);
}

static struct figure *add(struct counters *counters, const struct sample *sample)
{
    struct figure *figure = memory_create(1, sizeof *figure);
    const char *id = names_hold(counters->names, sample->id);
    struct dims dims = {{NULL}};
    for (int i = 0; i < DIM_COUNT; i++)
        dims.value[i] = names_hold(counters->names, sample->dims.value[i]);
    key_of(counters, sample, figure);
    figure->id = id;
    figure->dims = dims;
    figure->dim_mask = counters_dim_mask(&dims);

    make_room(counters);
    struct figure **bucket = bucket_of(counters, figure->hash);
    figure->next = *bucket;
    *bucket = figure;
    counters->all[counters->count++] = figure;
    counters->sorted = false;
    counters->version++;
    return figure;
}

static unsigned wanted_windows(const struct counters *counters, const char *id)
{
    for (size_t i = 0; i < counters->wanted_count; i++)
        if (counters->wanted[i].id == id)
            return counters->wanted[i].windows;
    return 0;
}

/* Those that the source sends itself are not derived. */
static void derive_window(struct counters *counters, struct figure *origin, int window)
{
    struct sample sample = {.id = origin->id, .period = windows_period(window), .dims = origin->dims};
    if (find(counters, &sample))
        return;
    struct figure *derived = add(counters, &sample);
    derived->value = derived->n = NAN;
    derived->document = counters->document;
    derived->origin = origin;
    origin->window[window] = derived;
}

static void derive_windows(struct counters *counters, struct figure *origin)
{
    unsigned windows = origin->period == PERIOD_TODAY ? wanted_windows(counters, origin->id) : 0;
    if (!windows)
        return;
    origin->ring = window_ring_create(windows);
    for (int i = 0; i < WINDOWS_COUNT; i++)
        if (windows & (1u << i))
            derive_window(counters, origin, i);
}

/* Drops every figure that has been missing since `before_ms` or longer. */
static void drop_missing(struct counters *counters, int64_t before_ms)
{
    size_t kept = 0;
    for (size_t i = 0; i < counters->count; i++) {
        struct figure *figure = counters->all[i];
        if (figure->missing && figure->missing_since_ms <= before_ms)
            figure_destroy(counters, figure);
        else
            counters->all[kept++] = figure;
    }
    if (kept == counters->count)
        return;
    counters->count = kept;
    counters->version++;
    link_all(counters);
}

void counters_forget(struct counters *counters, int64_t after_ms, int64_t now_ms)
{
    drop_missing(counters, now_ms - after_ms - 1);
}

void counters_clear(struct counters *counters)
{
    for (size_t i = 0; i < counters->count; i++)
        figure_destroy(counters, counters->all[i]);
    counters->count = 0;
    counters->version++;
    link_all(counters);
}

/* ---- a document ---- */

void counters_begin(struct counters *counters, size_t source)
{
    counters->source = source;
    counters->document++;
}

/* Windows are as much part of the answer as the counter that they are derived from. */
static void keep_windows(const struct counters *counters, struct figure *figure)
{
    for (int i = 0; figure->ring && i < WINDOWS_COUNT; i++) {
        if (!figure->window[i])
            continue;
        figure->window[i]->document = counters->document;
        figure->window[i]->missing = false;
    }
}

void counters_put(struct counters *counters, const struct sample *sample)
{
    struct figure *figure = find(counters, sample);
    if (!figure) {
        figure = add(counters, sample);
        derive_windows(counters, figure);
    } else if (figure->origin) {
        part((struct figure *)figure->origin, figure); /* the source sends it itself now */
        counters->version++;
    }
    keep_windows(counters, figure);
    figure->value = isfinite(sample->value) ? sample->value : NAN;
    figure->n = isfinite(sample->n) ? sample->n : NAN;
    figure->document = counters->document;
    figure->missing = false;
}

void counters_end(struct counters *counters, int64_t now_ms)
{
    size_t missing = 0;
    for (size_t i = 0; i < counters->count; i++) {
        struct figure *figure = counters->all[i];
        if (figure->source != counters->source || figure->document == counters->document)
            continue;
        figure->value = figure->n = NAN;
        if (!figure->missing)
            figure->missing_since_ms = now_ms;
        figure->missing = true;
        missing++;
    }
    if (missing > MISSING_MAX)
        drop_missing(counters, now_ms);
}

/* ---- windows ---- */

/* Whoever is here already begins to gather; what was gathered for a shorter window is too little. */
static void derive_again(struct counters *counters, const char *id)
{
    size_t count = counters->count;
    for (size_t i = 0; i < count; i++) {
        struct figure *figure = counters->all[i];
        if (figure->id != id || figure->period != PERIOD_TODAY || figure->origin)
            continue;
        window_ring_destroy(figure->ring);
        derive_windows(counters, figure);
    }
}

void counters_want(struct counters *counters, const char *id, enum period window)
{
    const char *name = names_hold(counters->names, id);
    int index = windows_index(window);
    if (index < 0 || wanted_windows(counters, name) & (1u << index)) {
        names_release(counters->names, name);
        return;
    }
    size_t i = 0;
    while (i < counters->wanted_count && counters->wanted[i].id != name)
        i++;
    if (i < counters->wanted_count) {
        names_release(counters->names, name);
    } else {
        counters->wanted = memory_grow(counters->wanted, &counters->wanted_capacity, counters->wanted_count,
                                       sizeof *counters->wanted);
        counters->wanted[counters->wanted_count++] = (struct wanted){name, 0};
    }
    counters->wanted[i].windows |= 1u << index;
    derive_again(counters, name);
}

static void roll(struct figure *figure, const struct window_moment *moment)
{
    window_ring_put(figure->ring, figure->value, moment);
    for (int i = 0; i < WINDOWS_COUNT; i++) {
        if (!figure->window[i])
            continue;
        struct window_sum sum = window_ring_sum(figure->ring, i);
        figure->window[i]->value = isnan(figure->value) ? NAN : sum.value;
        figure->window[i]->covered_ms = sum.covered_ms;
    }
}

void counters_roll(struct counters *counters, size_t source, const struct window_moment *moment)
{
    for (size_t i = 0; i < counters->count; i++) {
        struct figure *figure = counters->all[i];
        if (figure->ring && figure->source == source && !figure->missing)
            roll(figure, moment);
    }
}

uint64_t counters_version(const struct counters *counters)
{
    return counters->version;
}

size_t counters_count(const struct counters *counters)
{
    return counters->count;
}

/* ---- the sorted index ---- */

static int compare_numbers(uint64_t a, uint64_t b)
{
    return (a > b) - (a < b);
}

static uint64_t number_or_zero(const char *name)
{
    return name ? (uint64_t)names_number(name) + 1 : 0;
}

/* Source, id and period: what counters_find() asks for. */
static int compare_groups(const struct figure *a, const struct figure *b)
{
    int order = compare_numbers(names_number(a->id), names_number(b->id));
    if (!order)
        order = compare_numbers(a->source, b->source);
    return order ? order : (int)a->period - (int)b->period;
}

static int dim_count(unsigned mask)
{
    int count = 0;
    for (; mask; mask &= mask - 1)
        count++;
    return count;
}

/* By what numbers names have, never by address: sums come out the same in every run. */
static int order_figures(const void *left, const void *right)
{
    const struct figure *a = *(struct figure *const *)left, *b = *(struct figure *const *)right;
    int order = compare_groups(a, b);
    if (!order)
        order = dim_count(a->dim_mask) - dim_count(b->dim_mask);
    if (!order)
        order = compare_numbers(a->dim_mask, b->dim_mask);
    for (int i = 0; i < DIM_COUNT && !order; i++)
        order = compare_numbers(number_or_zero(a->dims.value[i]), number_or_zero(b->dims.value[i]));
    return order;
}

static void sort(struct counters *counters)
{
    if (counters->sorted)
        return;
    if (counters->count)
        qsort(counters->all, counters->count, sizeof(struct figure *), order_figures);
    counters->sorted = true;
}

/* The first place whose group is not before `key`'s (or, with `after`, the first behind it). */
static size_t bound(const struct counters *counters, const struct figure *key, bool after)
{
    size_t low = 0, high = counters->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = compare_groups(counters->all[middle], key);
        if (order < 0 || (after && order == 0))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

struct figures counters_find(struct counters *counters, size_t source, const char *id, enum period period)
{
    struct figure key = {.id = names_find(counters->names, id), .source = source, .period = period};
    if (!key.id)
        return (struct figures){NULL, 0};
    sort(counters);
    size_t first = bound(counters, &key, false);
    return (struct figures){counters->all + first, bound(counters, &key, true) - first};
}
