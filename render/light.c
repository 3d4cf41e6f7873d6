#include "render/light.h"

static void tick_mark(struct pen *pen, struct point centre, double size, colour mark)
{
    struct point points[] = {{centre.x - size * 0.24, centre.y + size * 0.01},
                             {centre.x - size * 0.06, centre.y + size * 0.19},
                             {centre.x + size * 0.26, centre.y - size * 0.18}};
    pen_curve(pen, points, 3, size * 0.13, mark);
}

static void exclamation_mark(struct pen *pen, struct point top, double height, colour mark)
{
    double half = height * 0.13;
    struct point stem[] = {{top.x - half, top.y},
                           {top.x + half, top.y},
                           {top.x + half * 0.7, top.y + height * 0.62},
                           {top.x - half * 0.7, top.y + height * 0.62}};
    pen_polygon(pen, stem, 4, mark);
    pen_disc(pen, (struct point){top.x, top.y + height * 0.87}, half, mark);
}

static void disc(struct pen *pen, struct point centre, double size, struct light_colours colours)
{
    pen_disc(pen, centre, size * 0.46, colours.shape);
    tick_mark(pen, centre, size, colours.mark);
}

static void triangle(struct pen *pen, struct point centre, double size, struct light_colours colours)
{
    struct point points[] = {{centre.x, centre.y - size * 0.46},
                             {centre.x + size * 0.53, centre.y + size * 0.44},
                             {centre.x - size * 0.53, centre.y + size * 0.44}};
    pen_polygon(pen, points, 3, colours.shape);
    exclamation_mark(pen, (struct point){centre.x, centre.y - size * 0.16}, size * 0.5, colours.mark);
}

static void diamond(struct pen *pen, struct point centre, double size, struct light_colours colours)
{
    double reach = size * 0.56;
    struct point points[] = {{centre.x, centre.y - reach},
                             {centre.x + reach, centre.y},
                             {centre.x, centre.y + reach},
                             {centre.x - reach, centre.y}};
    pen_polygon(pen, points, 4, colours.shape);
    exclamation_mark(pen, (struct point){centre.x, centre.y - size * 0.28}, size * 0.56, colours.mark);
}

static void dashed_square(struct pen *pen, struct point centre, double size, struct light_colours colours)
{
    double side = size * 0.8;
    struct box box = {centre.x - side / 2, centre.y - side / 2, side, side};
    pen_box_outline(pen, box, 0, size * 0.11, side * 0.178, colours.shape);
}

static void moon(struct pen *pen, struct point centre, double size, struct light_colours colours)
{
    pen_crescent(pen, centre, size * 0.44, colours.shape);
}

typedef void light_shape(struct pen *pen, struct point centre, double size, struct light_colours colours);

static light_shape *const shapes[DISPLAY_COUNT] = {
    [DISPLAY_OK] = disc,
    [DISPLAY_WARN] = triangle,
    [DISPLAY_CRITICAL] = diamond,
    [DISPLAY_STALE] = dashed_square,
    [DISPLAY_NODATA] = dashed_square,
    [DISPLAY_CLOSED] = moon,
};

void light_draw(struct pen *pen, enum display display, struct point centre, double size,
                struct light_colours colours)
{
    if (display < DISPLAY_COUNT && shapes[display])
        shapes[display](pen, centre, size, colours);
}

/* The stroke lies inside the solid shape, so that both look equally large. */
void light_draw_pending(struct pen *pen, enum display level, struct point centre, double size, colour shape)
{
    double width = size * 0.1, reach = size * 0.5;
    struct point triangle_at[] = {{centre.x, centre.y - size * 0.36},
                                  {centre.x + size * 0.44, centre.y + size * 0.39},
                                  {centre.x - size * 0.44, centre.y + size * 0.39}};
    struct point diamond_at[] = {{centre.x, centre.y - reach},
                                 {centre.x + reach, centre.y},
                                 {centre.x, centre.y + reach},
                                 {centre.x - reach, centre.y}};
    if (level == DISPLAY_CRITICAL)
        pen_loop(pen, diamond_at, 4, width, shape);
    else
        pen_loop(pen, triangle_at, 3, width, shape);
}

struct light_colours light_colours_on(const struct theme *theme, enum display display, colour ground)
{
    colour shape = theme->state[theme_state_of(display)].fg;
    return (struct light_colours){shape, ground};
}
