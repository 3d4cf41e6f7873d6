#include "render/marks.h"

#include <stdbool.h>
#include <stdlib.h>

#include "base/memory.h"

void marks_add(struct marks *marks, uint64_t signature, struct area area, int corner_px)
{
    marks->all = memory_grow(marks->all, &marks->capacity, marks->count, sizeof *marks->all);
    marks->all[marks->count++] = (struct mark){signature, area, corner_px};
}

void marks_finish(struct marks *marks)
{
    free(marks->all);
    *marks = (struct marks){0};
}

/* Where the mark comes next at or behind `from`; the count where it does not. */
static size_t find(const struct marks *marks, size_t from, uint64_t signature)
{
    size_t at = from;
    while (at < marks->count && marks->all[at].signature != signature)
        at++;
    return at;
}

/* Takes the first that fits, which is not always the longest common run: then more is drawn than needed. */
static void find_changed(const struct marks *before, const struct marks *after, int gap_px,
                         struct areas *areas)
{
    size_t old = 0;
    for (size_t i = 0; i < after->count; i++) {
        size_t same = find(before, old, after->all[i].signature);
        if (same == before->count) {
            areas_add(areas, after->all[i].area, gap_px);
            continue;
        }
        for (; old < same; old++)
            areas_add(areas, before->all[old].area, gap_px);
        old = same + 1;
    }
    for (; old < before->count; old++)
        areas_add(areas, before->all[old].area, gap_px);
}

/* ---- nothing is cut ---- */

static struct area grown(struct area area, const struct area *whole)
{
    struct area both = area_common(&area, whole);
    return both.width > 0 && both.height > 0 ? area_around(&area, whole) : area;
}

static struct area grown_by_corners(struct area area, const struct mark *mark)
{
    int size = mark->corner_px, right = mark->area.x + mark->area.width - size,
        bottom = mark->area.y + mark->area.height - size;
    area = grown(area, &(struct area){mark->area.x, mark->area.y, size, size});
    area = grown(area, &(struct area){right, mark->area.y, size, size});
    area = grown(area, &(struct area){mark->area.x, bottom, size, size});
    return grown(area, &(struct area){right, bottom, size, size});
}

static struct area grown_by_all(struct area area, const struct marks *marks)
{
    for (size_t i = 0; i < marks->count; i++) {
        const struct mark *mark = &marks->all[i];
        if (mark->corner_px == MARK_WHOLE)
            area = grown(area, &mark->area);
        else if (mark->corner_px > 0)
            area = grown_by_corners(area, mark);
    }
    return area;
}

static bool same_size(const struct area *a, const struct area *b)
{
    return a->width == b->width && a->height == b->height;
}

/* False: no area had to grow. */
static bool grow_one(struct areas *areas, const struct marks *marks, int gap_px)
{
    for (size_t i = 0; i < areas->count; i++) {
        struct area area = grown_by_all(areas->all[i], marks);
        if (same_size(&area, &areas->all[i]))
            continue;
        areas->all[i] = areas->all[--areas->count];
        areas_add(areas, area, gap_px);
        return true;
    }
    return false;
}

void marks_difference(const struct marks *before, const struct marks *after, int gap_px, struct areas *areas)
{
    find_changed(before, after, gap_px, areas);
    while (grow_one(areas, after, gap_px))
        continue;
}
