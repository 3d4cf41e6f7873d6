#ifndef RENDER_RING_H
#define RENDER_RING_H

/* How far an action is, as on the paper sheet: a ring that fills by quarters, ○ ◔ ◑ ◕ ●. */

#include "render/pen.h"

void ring_draw(struct pen *pen, struct point centre, double size, int quarters, colour ink);

#endif
