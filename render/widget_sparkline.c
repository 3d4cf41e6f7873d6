
#include "render/sparkline.h"
#include "render/widget.h"

/* The line of the last hours, with thresholds and times; the figure above. */
void widget_sparkline_draw(struct pen *pen, const struct tile_view *view, struct box room)
{
    if (!sparkline_possible(view->tile)) {
        widget_number_draw(pen, view, room);
        return;
    }
    struct box value = room, trend = room;
    value.height = widget_value_height(view, room);
    trend.y = room.y + value.height;
    trend.height = room.y + room.height - trend.y;
    widget_draw_value(pen, view, value, ALIGN_LEFT);
    sparkline_draw(pen, view, trend,
                   (struct sparkline_look){.with_bands = true, .with_hours = true, .with_ahead = true});
}
