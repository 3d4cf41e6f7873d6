#include "render/areas.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/memory.h"

struct area area_common(const struct area *a, const struct area *b)
{
    int left = a->x > b->x ? a->x : b->x, top = a->y > b->y ? a->y : b->y;
    int right = a->x + a->width < b->x + b->width ? a->x + a->width : b->x + b->width;
    int bottom = a->y + a->height < b->y + b->height ? a->y + a->height : b->y + b->height;
    if (right <= left || bottom <= top)
        return (struct area){left, top, 0, 0};
    return (struct area){left, top, right - left, bottom - top};
}

static int64_t squares(const struct area *area)
{
    return (int64_t)area->width * area->height;
}

struct area area_around(const struct area *a, const struct area *b)
{
    int left = a->x < b->x ? a->x : b->x, top = a->y < b->y ? a->y : b->y;
    int right = a->x + a->width > b->x + b->width ? a->x + a->width : b->x + b->width;
    int bottom = a->y + a->height > b->y + b->height ? a->y + a->height : b->y + b->height;
    return (struct area){left, top, right - left, bottom - top};
}

static bool merge_into(struct area *area, const struct area *other, int gap_px)
{
    struct area both = area_around(area, other);
    if (squares(&both) > (squares(area) + squares(other)) * 115 / 100 + gap_px)
        return false;
    *area = both;
    return true;
}

void areas_add(struct areas *areas, struct area area, int gap_px)
{
    if (area.width <= 0 || area.height <= 0)
        return;
    for (size_t i = 0; i < areas->count; i++) {
        if (!merge_into(&areas->all[i], &area, gap_px))
            continue;
        area = areas->all[i];
        areas->all[i] = areas->all[--areas->count];
        areas_add(areas, area, gap_px);
        return;
    }
    areas->all = memory_grow(areas->all, &areas->capacity, areas->count, sizeof *areas->all);
    areas->all[areas->count++] = area;
}

void areas_finish(struct areas *areas)
{
    free(areas->all);
    *areas = (struct areas){0};
}
