#ifndef RENDER_LIGHT_H
#define RENDER_LIGHT_H

/*
 * The state as a shape that is told from the others without its colour: disc with a tick, triangle,
 * diamond with "!", hollow dashed square, crescent. (An octagon looks like a disc at 10 m.) What is not
 * yet so for long enough is the same shape, hollow.
 */

#include "render/pen.h"

struct light_colours {
    colour shape;
    colour mark; /* what is drawn on the shape */
};

/* The light of a display state, `size` high and wide around the centre. Neutral has none. */
void light_draw(struct pen *pen, enum display display, struct point centre, double size,
                struct light_colours colours);

/* The level that is to come if it lasts, WARN or CRITICAL: its shape, hollow and thin. */
void light_draw_pending(struct pen *pen, enum display level, struct point centre, double size, colour shape);

/* The colours of a light on the theme's surface or background. */
struct light_colours light_colours_on(const struct theme *theme, enum display display, colour ground);

#endif
