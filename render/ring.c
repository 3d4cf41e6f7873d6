#include "render/ring.h"

#include <math.h>

void ring_draw(struct pen *pen, struct point centre, double size, int quarters, colour ink)
{
    double radius = size / 2, width = fmax(size * 0.11, 1);
    pen_arc(pen, centre, radius - width / 2, 0, 360, width, ink);
    if (quarters >= 4)
        pen_disc(pen, centre, radius, ink);
    else if (quarters > 0)
        pen_arc(pen, centre, (radius - width) / 2, -90, -90 + 90.0 * quarters, radius - width, ink);
}
