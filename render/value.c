/*
 * The figure of a tile, as one optical line: digits large, units half as large, one baseline.
 *
 * The size is fitted to a template in which every digit is an 8, in steps, and only ever shrinks while a
 * page is up: a figure that changes its size with every call cannot be read from across the room.
 */

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "render/widget.h"

static const double unit_share = 0.5;  /* of the digits' size */
static const double comma_share = 0.2; /* of a digit's height: how far a comma hangs below the line */
static const double share_above_curves = 0.62, share_alone = 0.9;
static const double step_px = 8;         /* of the 1080p design: every size is a font to keep open */
static const double narrow_below = 0.62; /* of the size that the room allows: then the narrow face */

double widget_value_share(const struct tile_view *view)
{
    return view->page_has_trends ? share_above_curves : share_alone;
}

double widget_value_height(const struct tile_view *view, struct box room)
{
    bool known = view->page_has_trends && view->figure_height >= 1 && view->figure_height < room.height;
    return known ? view->figure_height : round(room.height * widget_value_share(view));
}

bool widget_has_value(const struct tile_view *view)
{
    return isfinite(view->tile->value) && view->tile->display != DISPLAY_NODATA &&
           view->tile->display != DISPLAY_CLOSED;
}

static struct figure figure_of(const struct pen *pen, const struct tile_view *view)
{
    struct figure_style style = figure_style_of(view->tile, pen->language);
    if (!widget_has_value(view))
        return figure_make(&style, NAN);
    return figure_make_truthful(&style, view->tile->value, &view->tile->limits);
}

static struct figure template_of(const struct figure *figure)
{
    struct figure widest = *figure;
    for (size_t i = 0; i < widest.count; i++)
        for (char *at = widest.piece[i].text; *at; at++)
            if (*at >= '0' && *at <= '9')
                *at = '8';
    return widest;
}

/* A unit tells as much as its digits: it, too, is never smaller than what is read from where people stand. */
static struct type_style piece_style(const struct pen *pen, const struct figure_piece *piece,
                                     enum font_face face, int px)
{
    if (!piece->is_unit)
        return (struct type_style){face, px};
    int unit_px = pen_type_px(pen, px * unit_share);
    return (struct type_style){face == FACE_BOLD ? FACE_REGULAR : FACE_NARROW, unit_px < px ? unit_px : px};
}

/* A unit without a space of its own gets a hair's breadth from its digits. */
static double lead(const struct figure *figure, size_t index, int px)
{
    return index > 0 && figure->piece[index].is_unit ? px * 0.04 : 0;
}

static double figure_width(struct pen *pen, const struct figure *figure, enum font_face face, int px)
{
    double width = 0;
    for (size_t i = 0; i < figure->count; i++)
        width += lead(figure, i, px) +
                 pen_text_width(pen, piece_style(pen, &figure->piece[i], face, px), figure->piece[i].text);
    return width;
}

/* For each pixel of its size, with its units or without. */
static double width_a_px(struct pen *pen, const struct figure *figure, enum font_face face, bool with_units)
{
    enum { MEASURED_PX = 200 };
    struct figure_piece digits = {.is_unit = false};
    double width = 0;
    for (size_t i = 0; i < figure->count; i++) {
        bool is_unit = figure->piece[i].is_unit;
        struct type_style style = piece_style(pen, &digits, face, MEASURED_PX);
        if (is_unit)
            style = (struct type_style){face == FACE_BOLD ? FACE_REGULAR : FACE_NARROW,
                                        (int)lround(MEASURED_PX * unit_share)};
        width += lead(figure, i, MEASURED_PX);
        if (with_units || !is_unit)
            width += pen_text_width(pen, style, figure->piece[i].text);
    }
    return fmax(width / MEASURED_PX, 1e-3);
}

static double least_units_width(struct pen *pen, const struct figure *figure, enum font_face face)
{
    struct type_style style = {face == FACE_BOLD ? FACE_REGULAR : FACE_NARROW,
                               pen->least[LEGIBILITY_MINIMUM].sub};
    double width = 0;
    for (size_t i = 0; i < figure->count; i++)
        if (figure->piece[i].is_unit)
            width += pen_text_width(pen, style, figure->piece[i].text);
    return width;
}

static int least_px(const struct pen *pen)
{
    int least = pen->least[LEGIBILITY_MINIMUM].sub;
    return least > FONT_SMALLEST_PX ? least : FONT_SMALLEST_PX;
}

/*
 * The largest size, in steps, at which the figure is no wider than the room; never above `most_px`.
 * Worked out from its width at one size, since every size tried is a font to open; each glyph may be
 * half a pixel wider than that says, because its advance is rounded.
 */
static int fit(struct pen *pen, const struct figure *figure, enum font_face face, int most_px, double room)
{
    int step = pen_px(pen, step_px);
    double spare = room - 0.5 * (double)utf8_length(figure->text);
    int px = (int)(spare / width_a_px(pen, figure, face, true) / step) * step;
    if (px * unit_share < pen->least[LEGIBILITY_MINIMUM].sub) /* units do not shrink any more */
        px = (int)((spare - least_units_width(pen, figure, face)) / width_a_px(pen, figure, face, false) /
                   step) *
             step;
    if (px > most_px)
        px = most_px;
    return px > least_px(pen) ? px : least_px(pen);
}

static int most_px_for(struct pen *pen, double height)
{
    int step = pen_px(pen, step_px);
    double per_px = lettering_figure_height(pen->lettering, (struct type_style){FACE_BOLD, 1000}) / 1000;
    int px = (int)(height / (1 + comma_share) / per_px / step) * step;
    return px > least_px(pen) ? px : least_px(pen);
}

/* No figure is larger than a percentage would be: a lone 0 must not shout down its neighbours. */
static int common_px(struct pen *pen, struct box box)
{
    struct figure_style percentage = {FORMAT_PCT, 1, NULL, pen->language};
    struct figure widest = figure_make(&percentage, 88.8);
    int most = most_px_for(pen, box.height), bold = fit(pen, &widest, FACE_BOLD, most, box.width);
    int wanted = pen->least[LEGIBILITY_MINIMUM].value;
    if (bold >= wanted) /* rather narrow than too small */
        return bold;
    return fit(pen, &widest, FACE_NARROW_BOLD, wanted < most ? wanted : most, box.width);
}

struct value_size {
    enum font_face face;
    int px;
};

static struct value_size size_for(struct pen *pen, const struct tile_view *view, const struct figure *figure,
                                  struct box box)
{
    int most_px = common_px(pen, box);
    struct figure widest = template_of(figure);
    struct value_size size = {FACE_BOLD, fit(pen, &widest, FACE_BOLD, most_px, box.width)};
    if (size.px < most_px * narrow_below || size.px < pen->least[LEGIBILITY_MINIMUM].value ||
        figure_width(pen, &widest, FACE_BOLD, size.px) > box.width) /* it is as small as it may be */
        size = (struct value_size){FACE_NARROW_BOLD, fit(pen, &widest, FACE_NARROW_BOLD, most_px, box.width)};
    struct settled_size *settled = view->settled;
    if (settled->px > 0 && settled->px < size.px && settled->width == box.width &&
        settled->height == box.height)
        size.px = settled->px;
    if (widget_has_value(view)) /* a dash must not teach the size */
        *settled = (struct settled_size){size.px, box.width, box.height};
    return size;
}

bool widget_value_is_readable(struct pen *pen, const struct tile_view *view, struct box box)
{
    struct figure figure = figure_of(pen, view), widest = template_of(&figure);
    int value_px = pen->least[LEGIBILITY_MINIMUM].value;
    struct type_style least = {FACE_NARROW_BOLD, value_px > least_px(pen) ? value_px : least_px(pen)};
    return lettering_figure_height(pen->lettering, least) * (1 + comma_share) <= box.height &&
           figure_width(pen, &widest, least.face, least.px) <= box.width;
}

double widget_value_width(struct pen *pen, const struct tile_view *view, struct box box)
{
    struct figure figure = figure_of(pen, view), widest = template_of(&figure);
    struct value_size size = size_for(pen, view, &figure, box);
    return figure_width(pen, &widest, size.face, size.px);
}

/* What has no room where it is as small as it may be loses its unit, and if need be says that there is more
 * than can be shown: half a figure would be another one. */
static void make_room(struct pen *pen, struct figure *figure, struct value_size size, double room)
{
    static const struct figure too_long = {"…", 1, {{false, "…"}}};
    if (figure_width(pen, figure, size.face, size.px) <= room)
        return;
    if (figure->count > 1 && figure->piece[figure->count - 1].is_unit)
        figure->count--;
    if (figure_width(pen, figure, size.face, size.px) > room)
        *figure = too_long;
}

double widget_draw_value(struct pen *pen, const struct tile_view *view, struct box box, enum align align)
{
    struct figure figure = figure_of(pen, view);
    struct value_size size = size_for(pen, view, &figure, box);
    make_room(pen, &figure, size, box.width);
    double height = lettering_figure_height(pen->lettering, (struct type_style){size.face, size.px});
    double baseline = round(box.y + (box.height + height * (1 - comma_share)) / 2);
    double x = box.x;
    if (align == ALIGN_CENTRE)
        x += (box.width - figure_width(pen, &figure, size.face, size.px)) / 2;
    for (size_t i = 0; i < figure.count; i++) {
        const struct figure_piece *piece = &figure.piece[i];
        x += lead(&figure, i, size.px);
        x += pen_text(pen, piece_style(pen, piece, size.face, size.px),
                      piece->is_unit ? view->ink_dim : view->ink, x, baseline, ALIGN_LEFT, piece->text);
    }
    return baseline;
}
