#include "model/counters.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "model/figure_index.h"

/* A source that invents new names with every answer must not fill the memory while they wait to be forgotten.
 */
enum { FIRST_BUCKETS = 4096, MISSING_MAX = 40000 };

/* Figures are made and dropped by the thousand: memory for many at once. */
enum { FIGURES_A_BLOCK = 64 };

struct figure_block {
    struct figure_block *before;
    struct figure figures[FIGURES_A_BLOCK];
};

/* Counters whose windows somebody wants: bit i, window i of model/windows.h. */
struct wanted {
    const char *id; /* a name */
    unsigned windows;
};

struct counters {
    struct names *names;
    struct figure **buckets; /* a power of two of them */
    size_t bucket_count;
    struct figure **all;
    size_t count, capacity;
    struct figure_block *blocks;
    struct figure *unused;       /* in a chain by `next` */
    const struct figure *newest; /* that a sample of the present document was for; NULL: none yet */
    struct figure_index *index;
    uint64_t version, next_number;
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
    counters->index = figure_index_create();
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
    figure->next = counters->unused;
    counters->unused = figure;
}

static void add_block(struct counters *counters)
{
    struct figure_block *block = memory_resize(NULL, 1, sizeof *block);
    block->before = counters->blocks;
    counters->blocks = block;
    for (int i = 0; i < FIGURES_A_BLOCK; i++) {
        block->figures[i].next = counters->unused;
        counters->unused = &block->figures[i];
    }
}

/* As `key`; figure_destroy() takes it back. */
static struct figure *figure_create(struct counters *counters, const struct figure *key)
{
    if (!counters->unused)
        add_block(counters);
    struct figure *figure = counters->unused;
    counters->unused = figure->next;
    *figure = *key;
    return figure;
}

static void free_blocks(struct counters *counters)
{
    while (counters->blocks) {
        struct figure_block *before = counters->blocks->before;
        free(counters->blocks);
        counters->blocks = before;
    }
}

void counters_destroy(struct counters *counters)
{
    if (!counters)
        return;
    for (size_t i = 0; i < counters->count; i++)
        figure_destroy(counters, counters->all[i]);
    for (size_t i = 0; i < counters->wanted_count; i++)
        names_release(counters->names, counters->wanted[i].id);
    figure_index_destroy(counters->index);
    free_blocks(counters);
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

/* Of what the names of the key are. */
static uint32_t hash_of(const struct figure *key)
{
    uint32_t hash = mix(names_hash(key->id), (uint32_t)(key->source * PERIOD_COUNT + key->period));
    for (unsigned left = key->dim_mask; left; left &= left - 1) {
        int dim = __builtin_ctz(left);
        hash = mix(hash, names_hash(key->dims.value[dim]) + (uint32_t)dim);
    }
    return hash;
}

/* Answers come queue by queue: mostly the value is that of the figure before. NULL: it is new. */
static const char *find_value(const struct counters *counters, const char *text, int dim)
{
    const char *before = counters->newest ? counters->newest->dims.value[dim] : NULL;
    return before && strcmp(before, text) == 0 ? before : names_find(counters->names, text);
}

/* Looks every text of a sample up among the names. False: one is new, so the figure is. */
static bool key_of(const struct counters *counters, const struct sample *sample, struct figure *key)
{
    *key = (struct figure){.period = sample->period, .source = counters->source};
    key->id = names_find(counters->names, sample->id);
    bool all_known = key->id != NULL;
    key->dim_mask = counters_dim_mask(&sample->dims);
    for (unsigned left = key->dim_mask; left; left &= left - 1) {
        int dim = __builtin_ctz(left);
        key->dims.value[dim] = find_value(counters, sample->dims.value[dim], dim);
        all_known = all_known && key->dims.value[dim];
    }
    if (all_known)
        key->hash = hash_of(key);
    return all_known;
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

static struct figure *find(const struct counters *counters, const struct figure *key)
{
    struct figure *figure = *bucket_of(counters, key->hash);
    while (figure && !same_key(figure, key))
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

static void index_all(struct counters *counters)
{
    figure_index_clear(counters->index);
    for (size_t i = 0; i < counters->count; i++)
        figure_index_add(counters->index, counters->all[i]);
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

/* A new figure as `key` says, which has its hash; names that it has are held once more. */
static struct figure *add(struct counters *counters, const struct figure *key)
{
    struct figure *figure = figure_create(counters, key);
    figure->number = counters->next_number++;
    make_room(counters);
    struct figure **bucket = bucket_of(counters, figure->hash);
    figure->next = *bucket;
    *bucket = figure;
    counters->all[counters->count++] = figure;
    figure_index_add(counters->index, figure);
    counters->version++;
    return figure;
}

static const char *hold(struct counters *counters, const char *name, const char *text)
{
    if (!name)
        return names_hold(counters->names, text);
    names_hold_again(name);
    return name;
}

/* `key` has the sample's names as far as there are any. */
static struct figure *add_sample(struct counters *counters, const struct sample *sample, struct figure *key)
{
    key->id = hold(counters, key->id, sample->id);
    for (unsigned left = key->dim_mask; left; left &= left - 1) {
        int dim = __builtin_ctz(left);
        key->dims.value[dim] = hold(counters, key->dims.value[dim], sample->dims.value[dim]);
    }
    if (!key->hash)
        key->hash = hash_of(key);
    return add(counters, key);
}

static struct figure *add_derived(struct counters *counters, const struct figure *key)
{
    names_hold_again(key->id);
    for (unsigned left = key->dim_mask; left; left &= left - 1)
        names_hold_again(key->dims.value[__builtin_ctz(left)]);
    return add(counters, key);
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
    struct figure key = {.id = origin->id,
                         .source = origin->source,
                         .period = windows_period(window),
                         .dims = origin->dims,
                         .dim_mask = origin->dim_mask,
                         .value = NAN,
                         .n = NAN,
                         .document = counters->document,
                         .origin = origin};
    key.hash = hash_of(&key);
    if (!find(counters, &key))
        origin->window[window] = add_derived(counters, &key);
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
    index_all(counters);
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
    index_all(counters);
}

/* ---- a document ---- */

void counters_begin(struct counters *counters, size_t source)
{
    counters->source = source;
    counters->newest = NULL; /* it may have been dropped */
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
    struct figure key;
    struct figure *figure = key_of(counters, sample, &key) ? find(counters, &key) : NULL;
    if (!figure) {
        figure = add_sample(counters, sample, &key);
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
    counters->newest = figure;
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

const struct figure *counters_at(const struct counters *counters, size_t index)
{
    return counters->all[index];
}

uint64_t counters_version(const struct counters *counters)
{
    return counters->version;
}

size_t counters_count(const struct counters *counters)
{
    return counters->count;
}

/* ---- looking things up ---- */

struct family *counters_family(const struct counters *counters, size_t source, const char *id)
{
    const char *name = names_find(counters->names, id);
    return name ? figure_index_family(counters->index, source, name) : NULL;
}

struct figures counters_find(const struct counters *counters, size_t source, const char *id,
                             enum period period)
{
    return family_figures(counters_family(counters, source, id), period);
}
