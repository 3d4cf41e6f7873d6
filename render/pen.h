#ifndef RENDER_PEN_H
#define RENDER_PEN_H

/*
 * All that a tile can draw with. A pen works in one of two ways with the same calls: it draws, or it
 * only watches and condenses what would be drawn into a signature. So a signature is by construction
 * exactly what the viewer sees, and no widget can forget to mention something.
 *
 * Places and lengths without a unit in their name are in pixels of the picture.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"
#include "render/canvas.h"
#include "render/i18n.h"
#include "render/legibility.h"
#include "render/lettering.h"
#include "render/marks.h"
#include "render/scene.h"
#include "render/theme.h"

struct pen {
    struct canvas *canvas;
    struct lettering *lettering;
    const struct theme *theme;
    const struct words *words;
    enum language language;
    double unit_px; /* one pixel of a picture that is 1080 pixels on its shorter side */
    struct legible_px least[LEGIBILITY_COUNT]; /* sizes that are read from where people stand */
    struct text *record;              /* texts that are drawn, one a line; NULL: nobody wants to know */
    struct smallest_writing smallest; /* of all that was drawn */

    /* set by pen_begin() */
    bool drawing;
    struct area clip;
    struct area wet;    /* where it may draw: all of the clip, or less of it */
    uint64_t seen;      /* the signature */
    struct marks marks; /* what `seen` was made of; whoever made the pen finishes them */
    uint64_t clip_mark; /* begins the signature of each mark */
    uint64_t mark;      /* of the one at hand */
};

struct point {
    double x, y;
};

struct box {
    double x, y, width, height;
};

enum align { ALIGN_LEFT, ALIGN_CENTRE, ALIGN_RIGHT };

/* Everything until pen_end() stays inside the area. With `drawing` false nothing but `seen` and `marks`
 * changes.
 */
void pen_begin(struct pen *pen, const struct area *area, bool drawing);

/* The same picture of the area, but only these pixels of it are drawn. */
void pen_begin_within(struct pen *pen, const struct area *area, const struct area *wet);
void pen_end(struct pen *pen);

/* Until pen_widen(), which takes what this gives, nothing outside of this area of the area is drawn. */
struct area pen_narrow(struct pen *pen, const struct area *area);
void pen_widen(struct pen *pen, const struct area *before);

void pen_fill(struct pen *pen, colour paint); /* the whole area */
void pen_box(struct pen *pen, struct box box, double radius, colour paint);
void pen_box_outline(struct pen *pen, struct box box, double radius, double width, double dash, colour paint);
/* Stripes at 45 degrees on an even ground. */
void pen_hatch(struct pen *pen, struct area area, int spacing, double width, colour ground, colour paint);
void pen_line(struct pen *pen, struct point from, struct point to, double width, double dash, colour paint);
void pen_polygon(struct pen *pen, const struct point *points, size_t count, colour paint);
/* The closed outline of a polygon; the stroke lies half on either side. */
void pen_loop(struct pen *pen, const struct point *points, size_t count, double width, colour paint);
void pen_curve(struct pen *pen, const struct point *points, size_t count, double width, colour paint);
void pen_disc(struct pen *pen, struct point centre, double radius, colour paint);
/* Angles in degrees, clockwise from the right. */
void pen_arc(struct pen *pen, struct point centre, double radius, double from_degrees, double to_degrees,
             double width, colour paint);
/* A disc out of which another is cut. */
void pen_crescent(struct pen *pen, struct point centre, double radius, colour paint);

/* Draws on the baseline; gives the width. */
int pen_text(struct pen *pen, struct type_style style, colour ink, double x, double baseline,
             enum align align, const char *text);
int pen_text_width(struct pen *pen, struct type_style style, const char *text);

/* For what is drawn by other means: tells of it by a signature and what it reaches, inside the clip. True: it
 * is to be drawn. */
bool pen_mark(struct pen *pen, uint64_t signature, struct box reach);

/* `design_px` of the 1080p design in this picture's pixels, at least 1. */
int pen_px(const struct pen *pen, double design_px);

/* A type size, or the least that is read from where people stand if that is larger. */
int pen_type_px(const struct pen *pen, double px);

struct box box_inset(struct box box, double by);

#endif
