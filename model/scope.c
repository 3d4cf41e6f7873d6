#include "model/scope.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

/* Comparisons that one total may cost where figures of different detail are mixed. */
enum { COMPARISONS_MAX = 100000 };

/* The dimensions that a scope gives, in a row: most give one or none. */
struct wanted {
    int count;
    unsigned mask;
    int dim[DIM_COUNT];
    const char *value[DIM_COUNT];
};

static struct wanted wanted_of(const struct dims *scope)
{
    struct wanted wanted = {.mask = counters_dim_mask(scope)};
    for (int i = 0; i < DIM_COUNT; i++) {
        if (!scope->value[i])
            continue;
        wanted.dim[wanted.count] = i;
        wanted.value[wanted.count++] = scope->value[i];
    }
    return wanted;
}

static bool inside(const struct wanted *wanted, const struct figure *figure)
{
    for (int i = 0; i < wanted->count; i++)
        if (figure->dims.value[wanted->dim[i]] != wanted->value[i])
            return false;
    return true;
}

/* Two figures have no contact in common if a dimension that both give differs. */
static bool apart(const struct figure *a, const struct figure *b)
{
    unsigned common = a->dim_mask & b->dim_mask;
    for (int i = 0; i < DIM_COUNT; i++)
        if ((common & (1u << i)) && a->dims.value[i] != b->dims.value[i])
            return true;
    return false;
}

static bool apart_from_all(const struct figure *figure, struct figure *const *taken, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!apart(figure, taken[i]))
            return false;
    return true;
}

static size_t count_inside(struct figures figures, const struct wanted *wanted)
{
    size_t count = 0;
    for (size_t i = 0; i < figures.count; i++)
        count += inside(wanted, figures.items[i]);
    return count;
}

/* All give the same dimensions: fewest come first, so the first and the last tell. */
static bool is_uniform(struct figures figures)
{
    return figures.count && figures.items[0]->dim_mask == figures.items[figures.count - 1]->dim_mask;
}

/* Figures with the same dimensions are always apart, so each needs a look only at those of other ones. */
static struct figures take_apart(struct arena *arena, struct figures figures, const struct wanted *wanted,
                                 size_t inside_count)
{
    struct figure **taken = arena_take(arena, inside_count, sizeof(struct figure *));
    size_t count = 0, of_others = 0, comparisons = 0;
    unsigned mask = 0;
    for (size_t i = 0; i < figures.count; i++) {
        struct figure *figure = figures.items[i];
        if (!inside(wanted, figure))
            continue;
        if (count && taken[0]->dim_mask == wanted->mask)
            break; /* the source's own total: the rest are its parts */
        if (figure->dim_mask != mask) {
            of_others = count;
            mask = figure->dim_mask;
        }
        comparisons += of_others;
        if (comparisons > COMPARISONS_MAX)
            return (struct figures){NULL, 0, 0};
        if (apart_from_all(figure, taken, of_others))
            taken[count++] = figure;
    }
    return (struct figures){taken, count, 0};
}

/* Where all lie in the scope and have the same dimensions they are the total as they stand. */
struct figures scope_select(struct arena *arena, struct figures figures, const struct dims *scope,
                            bool inside)
{
    if (inside && (is_uniform(figures) || !figures.count))
        return figures;
    struct wanted wanted = wanted_of(scope);
    size_t inside_count = inside ? figures.count : count_inside(figures, &wanted);
    if (!inside_count)
        return (struct figures){NULL, 0, 0};
    if (inside_count == figures.count && is_uniform(figures))
        return figures;
    return take_apart(arena, figures, &wanted, inside_count);
}

const struct figure *scope_exact(struct figures figures, const struct dims *dims)
{
    for (size_t i = 0; i < figures.count; i++)
        if (memcmp(&figures.items[i]->dims, dims, sizeof *dims) == 0)
            return figures.items[i];
    return NULL;
}

/* ---- the same parts? ---- */

static unsigned common_mask(struct figures figures)
{
    unsigned mask = ~0u;
    for (size_t i = 0; i < figures.count; i++)
        mask &= figures.items[i]->dim_mask;
    return mask;
}

/* Names are the same where their pointers are; most figures give one or two of them. */
static bool same_dims(const struct figure *a, const struct figure *b)
{
    if (a->dim_mask != b->dim_mask)
        return false;
    unsigned left = a->dim_mask;
    for (int i = 0; left; i++, left >>= 1)
        if ((left & 1) && a->dims.value[i] != b->dims.value[i])
            return false;
    return true;
}

static bool same_one_by_one(struct figures a, struct figures b)
{
    if (a.count != b.count)
        return false;
    if (a.parts && a.parts == b.parts)
        return true;
    for (size_t i = 0; i < a.count; i++)
        if (!same_dims(a.items[i], b.items[i]))
            return false;
    return true;
}

/* One number for the values of some dimensions; made of the names' own numbers, so that none is shared. */
static uint64_t part_of(const struct figure *figure, unsigned mask)
{
    uint64_t part = 1469598103934665603u;
    for (int i = 0; i < DIM_COUNT; i++)
        if (mask & (1u << i))
            part = (part ^ (names_number(figure->dims.value[i]) + 1u)) * 1099511628211u + (uint64_t)i;
    return part;
}

static int compare_parts(const void *a, const void *b)
{
    uint64_t left = *(const uint64_t *)a, right = *(const uint64_t *)b;
    return (left > right) - (left < right);
}

/* The different parts, sorted. The caller frees them. */
static uint64_t *list_parts(struct figures figures, unsigned mask, size_t *count)
{
    uint64_t *parts = memory_create(figures.count, sizeof *parts);
    for (size_t i = 0; i < figures.count; i++)
        parts[i] = part_of(figures.items[i], mask);
    qsort(parts, figures.count, sizeof *parts, compare_parts);
    size_t different = 0;
    for (size_t i = 0; i < figures.count; i++)
        if (i == 0 || parts[i] != parts[different - 1])
            parts[different++] = parts[i];
    *count = different;
    return parts;
}

bool scope_same_parts(struct figures a, struct figures b)
{
    if (same_one_by_one(a, b))
        return true;
    unsigned mask = common_mask(a) & common_mask(b);
    size_t a_count, b_count;
    uint64_t *a_parts = list_parts(a, mask, &a_count), *b_parts = list_parts(b, mask, &b_count);
    bool same = a_count == b_count && memcmp(a_parts, b_parts, a_count * sizeof *a_parts) == 0;
    free(a_parts);
    free(b_parts);
    return same;
}
