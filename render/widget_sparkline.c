#include <math.h>

#include "render/sparkline.h"
#include "render/widget.h"

static const double value_share = 0.39;

/* The line of the last hours, with thresholds and times; the figure above, smaller. */
void widget_sparkline_draw(struct pen *pen, const struct tile_view *view, struct box room)
{
    if (!sparkline_possible(view->tile)) {
        widget_number_draw(pen, view, room);
        return;
    }
    struct box value = room, trend = room;
    value.height = round(room.height * value_share);
    trend.y = room.y + value.height + room.height * 0.07;
    trend.height = room.y + room.height - trend.y;
    widget_draw_value(pen, view, value, ALIGN_LEFT);
    sparkline_draw(pen, view, trend, (struct sparkline_look){.with_bands = true, .with_hours = true});
}
