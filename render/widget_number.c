#include <math.h>

#include "render/delta.h"
#include "render/sparkline.h"
#include "render/widget.h"

/* Beside the figure, which gives up nothing of its size for it. */
static void compare_draw(struct pen *pen, const struct tile_view *view, struct box value)
{
    double taken = widget_value_width(pen, view, value) + view->small_px;
    struct box beside = {value.x + taken, value.y, value.width - taken, value.height};
    if (delta_possible(view->tile))
        delta_draw(pen, view, beside);
}

/* One figure, with the line of its last hours below. */
void widget_number_draw(struct pen *pen, const struct tile_view *view, struct box room)
{
    double share = widget_value_share(view);
    struct box value = room, trend = room;
    value.height = widget_value_height(view, room);
    trend.y = room.y + value.height + room.height * 0.01;
    trend.height = room.y + room.height - trend.y;
    if (!view->page_has_trends)
        value.y += round(room.height * (1 - share) / 2);
    widget_draw_value(pen, view, value, ALIGN_LEFT);
    compare_draw(pen, view, value);
    if (view->page_has_trends && view->tile->display != DISPLAY_STALE)
        sparkline_draw(pen, view, trend, (struct sparkline_look){.with_bands = true});
}
