#include "render/pen.h"

#include <cairo.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/utf8.h"
#include "render/signature.h"

static const double quarter_turn = 1.57079632679489661923;
static const double degree = 0.01745329251994329577;

enum { MITRE = 6 /* how many widths a stroke may reach beyond a sharp corner: cairo cuts at 10 halves */ };

enum stroke_kind {
    MARK_FILL = 1,
    MARK_BOX,
    MARK_OUTLINE,
    MARK_HATCH,
    MARK_LINE,
    MARK_POLYGON,
    MARK_LOOP,
    MARK_CURVE,
    MARK_DISC,
    MARK_ARC,
    MARK_CRESCENT,
    MARK_TEXT
};

/* ---- watching ---- */

static void note(struct pen *pen, enum stroke_kind kind, colour paint)
{
    pen->mark = signature_add(pen->clip_mark, (uint64_t)kind << 32 | paint);
}

static void note_number(struct pen *pen, double number)
{
    pen->mark = signature_add_number(pen->mark, number);
}

static void note_box(struct pen *pen, struct box box)
{
    note_number(pen, box.x);
    note_number(pen, box.y);
    note_number(pen, box.width);
    note_number(pen, box.height);
}

static void note_points(struct pen *pen, const struct point *points, size_t count)
{
    pen->mark = signature_add(pen->mark, count);
    for (size_t i = 0; i < count; i++) {
        note_number(pen, points[i].x);
        note_number(pen, points[i].y);
    }
}

/* ---- how far a mark reaches ---- */

static int whole_px(double place)
{
    return (int)fmin(fmax(place, -1e6), 1e6);
}

/* All pixels that the box touches; what is not a number may be anywhere. */
static struct area pixels_of(struct box box, const struct area *clip)
{
    double right = box.x + box.width, bottom = box.y + box.height;
    if (isnan(right) || isnan(bottom))
        return *clip;
    int x = whole_px(floor(box.x)), y = whole_px(floor(box.y));
    struct area area = {x, y, whole_px(ceil(right)) - x, whole_px(ceil(bottom)) - y};
    return area_common(&area, clip);
}

/* The mark that was noted is whole. True: it is to be drawn. */
static bool mark_end(struct pen *pen, struct area reach, int corner_px)
{
    pen->seen = signature_add(pen->seen, pen->mark);
    marks_add(&pen->marks, pen->mark, reach, corner_px);
    struct area wet = area_common(&reach, &pen->wet);
    return pen->drawing && wet.width > 0 && wet.height > 0;
}

static bool reaches(struct pen *pen, struct box reach, int corner_px)
{
    return mark_end(pen, pixels_of(reach, &pen->clip), corner_px);
}

static bool reaches_round(struct pen *pen, struct point centre, double radius)
{
    return reaches(pen, (struct box){centre.x - radius, centre.y - radius, 2 * radius, 2 * radius},
                   MARK_WHOLE);
}

/* Strokes go beyond their points by half their width, at sharp corners by more. */
static bool reaches_points(struct pen *pen, const struct point *points, size_t count, double beyond)
{
    double left = INFINITY, right = -INFINITY, top = INFINITY, bottom = -INFINITY;
    for (size_t i = 0; i < count; i++) {
        left = fmin(left, points[i].x);
        right = fmax(right, points[i].x);
        top = fmin(top, points[i].y);
        bottom = fmax(bottom, points[i].y);
    }
    if (count == 0)
        return false;
    return reaches(pen, box_inset((struct box){left, top, right - left, bottom - top}, -beyond), MARK_WHOLE);
}

bool pen_mark(struct pen *pen, uint64_t signature, struct box reach)
{
    pen->mark = signature_add(pen->clip_mark, signature);
    note_box(pen, reach);
    return reaches(pen, reach, MARK_WHOLE);
}

/* ---- where ---- */

/* On a picture of a few pixels a part may be laid out beyond its edge. */
static struct area on_canvas(const struct canvas *canvas, struct area area)
{
    int right = area.x + area.width, bottom = area.y + area.height;
    if (area.x < 0)
        area.x = 0;
    if (area.y < 0)
        area.y = 0;
    area.width = (right < canvas->width_px ? right : canvas->width_px) - area.x;
    area.height = (bottom < canvas->height_px ? bottom : canvas->height_px) - area.y;
    if (area.width > 0 && area.height > 0)
        return area;
    return (struct area){0, 0, 0, 0};
}

static void set_clip(struct pen *pen, struct area clip)
{
    pen->clip = clip;
    pen->clip_mark = signature_add(SIGNATURE_START, (uint64_t)clip.x << 32 | (uint32_t)clip.y);
    pen->clip_mark = signature_add(pen->clip_mark, (uint64_t)clip.width << 32 | (uint32_t)clip.height);
}

static void clip_shapes(struct pen *pen, const struct area *area)
{
    cairo_save(pen->canvas->shapes);
    cairo_rectangle(pen->canvas->shapes, area->x, area->y, area->width, area->height);
    cairo_clip(pen->canvas->shapes);
}

static void begin(struct pen *pen, const struct area *area, const struct area *wet, bool drawing)
{
    set_clip(pen, on_canvas(pen->canvas, *area));
    pen->drawing = drawing;
    pen->wet = area_common(wet, &pen->clip);
    pen->wet = area_common(&pen->wet, &pen->canvas->there);
    pen->marks.count = 0;
    pen->seen = pen->clip_mark;
    clip_shapes(pen, &pen->wet);
}

void pen_begin(struct pen *pen, const struct area *area, bool drawing)
{
    begin(pen, area, area, drawing);
}

void pen_begin_within(struct pen *pen, const struct area *area, const struct area *wet)
{
    begin(pen, area, wet, true);
}

void pen_end(struct pen *pen)
{
    cairo_restore(pen->canvas->shapes);
}

struct area pen_narrow(struct pen *pen, const struct area *area)
{
    struct area before = pen->clip;
    set_clip(pen, area_common(&before, area));
    clip_shapes(pen, &pen->clip);
    return before;
}

void pen_widen(struct pen *pen, const struct area *before)
{
    set_clip(pen, *before);
    cairo_restore(pen->canvas->shapes);
}

/* ---- drawing ---- */

static void dip(struct pen *pen, colour paint)
{
    cairo_set_source_rgb(pen->canvas->shapes, (paint >> 16 & 0xff) / 255.0, (paint >> 8 & 0xff) / 255.0,
                         (paint & 0xff) / 255.0);
}

static void set_line(struct pen *pen, double width, double dash)
{
    cairo_t *shapes = pen->canvas->shapes;
    cairo_set_line_width(shapes, width);
    cairo_set_dash(shapes, &dash, dash > 0 ? 1 : 0, 0);
}

static void rounded_path(cairo_t *shapes, struct box box, double radius)
{
    double right = box.x + box.width, bottom = box.y + box.height;
    radius = fmin(radius, fmin(box.width, box.height) / 2);
    cairo_new_path(shapes);
    cairo_arc(shapes, right - radius, box.y + radius, radius, -quarter_turn, 0);
    cairo_arc(shapes, right - radius, bottom - radius, radius, 0, quarter_turn);
    cairo_arc(shapes, box.x + radius, bottom - radius, radius, quarter_turn, 2 * quarter_turn);
    cairo_arc(shapes, box.x + radius, box.y + radius, radius, 2 * quarter_turn, 3 * quarter_turn);
    cairo_close_path(shapes);
}

static void points_path(cairo_t *shapes, const struct point *points, size_t count)
{
    cairo_new_path(shapes);
    for (size_t i = 0; i < count; i++)
        cairo_line_to(shapes, points[i].x, points[i].y);
}

static void fill_rows(struct canvas *canvas, const struct area *area, colour paint)
{
    if (area->width <= 0 || area->height <= 0)
        return;
    uint32_t *first = canvas_pixel(canvas, area->x, area->y);
    for (int x = 0; x < area->width; x++)
        first[x] = 0xff000000u | paint;
    for (int row = 1; row < area->height; row++)
        memcpy(first + (ptrdiff_t)row * canvas->stride_px, first, (size_t)area->width * sizeof *first);
}

/* What of the area may be drawn on now. */
static void fill_wet(struct pen *pen, const struct area *area, colour paint)
{
    struct area clipped = area_common(area, &pen->clip), wet = area_common(&clipped, &pen->wet);
    fill_rows(pen->canvas, &wet, paint);
}

void pen_fill(struct pen *pen, colour paint)
{
    note(pen, MARK_FILL, paint);
    if (mark_end(pen, pen->clip, MARK_ANYWHERE))
        fill_wet(pen, &pen->clip, paint);
}

static bool is_whole(double number)
{
    return number == floor(number);
}

/* Large boxes on whole pixels: cairo draws the rounded ends only, the rows between are copied. */
static bool middle_fill(struct pen *pen, struct box *box, double radius, colour paint)
{
    if (!is_whole(box->x) || !is_whole(box->y) || !is_whole(box->width) || !is_whole(box->height) ||
        !is_whole(radius) || box->height < 4 * radius || box->x < pen->clip.x || box->y < pen->clip.y ||
        box->x + box->width > pen->clip.x + pen->clip.width ||
        box->y + box->height > pen->clip.y + pen->clip.height)
        return false;
    struct area middle = {(int)box->x, (int)(box->y + radius), (int)box->width,
                          (int)(box->height - 2 * radius)};
    fill_wet(pen, &middle, paint);
    return true;
}

/* What is above and below the middle. */
static void ends_path(cairo_t *shapes, struct box box, double radius)
{
    double right = box.x + box.width, bottom = box.y + box.height;
    cairo_new_path(shapes);
    cairo_arc(shapes, box.x + radius, box.y + radius, radius, 2 * quarter_turn, 3 * quarter_turn);
    cairo_arc(shapes, right - radius, box.y + radius, radius, -quarter_turn, 0);
    cairo_close_path(shapes);
    cairo_new_sub_path(shapes);
    cairo_arc(shapes, right - radius, bottom - radius, radius, 0, quarter_turn);
    cairo_arc(shapes, box.x + radius, bottom - radius, radius, quarter_turn, 2 * quarter_turn);
    cairo_close_path(shapes);
}

/* The corner's rounding and the pixel that an uneven edge shares; straight edges may be cut. */
static int corner_px(double radius)
{
    return radius > 0 ? (int)ceil(radius) + 1 : MARK_ANYWHERE;
}

static bool has_wet_end(const struct pen *pen, const struct box *box, double radius)
{
    return radius > 0 &&
           (pen->wet.y < box->y + radius || pen->wet.y + pen->wet.height > box->y + box->height - radius);
}

void pen_box(struct pen *pen, struct box box, double radius, colour paint)
{
    note(pen, MARK_BOX, paint);
    note_box(pen, box);
    note_number(pen, radius);
    if (!reaches(pen, box, corner_px(radius)) || box.width <= 0 || box.height <= 0)
        return;
    bool copied = middle_fill(pen, &box, radius, paint);
    if (copied && !has_wet_end(pen, &box, radius))
        return;
    dip(pen, paint);
    if (copied)
        ends_path(pen->canvas->shapes, box, radius);
    else
        rounded_path(pen->canvas->shapes, box, radius);
    cairo_fill(pen->canvas->shapes);
}

void pen_box_outline(struct pen *pen, struct box box, double radius, double width, double dash, colour paint)
{
    note(pen, MARK_OUTLINE, paint);
    note_box(pen, box);
    note_number(pen, radius);
    note_number(pen, width);
    note_number(pen, dash);
    if (!reaches(pen, box, MARK_WHOLE))
        return;
    dip(pen, paint);
    set_line(pen, width, dash);
    rounded_path(pen->canvas->shapes, box_inset(box, width / 2), fmax(radius - width / 2, 0));
    cairo_stroke(pen->canvas->shapes);
}

/* How much of a pixel the stripes cover that begin at every whole multiple of `spacing`: 0 to 1. */
static double stripe_share(int phase, int spacing, double width)
{
    int inside = 0;
    for (int sample = 0; sample < 16; sample++) {
        double place = phase + (sample % 4 + 0.5) / 4 + (sample / 4 + 0.5) / 4;
        inside += fmod(place, spacing) < width;
    }
    return inside / 16.0;
}

/* One period of the stripes after another, long enough for a row that begins anywhere in the first. */
static uint32_t *stripes_create(int count, int spacing, double width, colour ground, colour paint)
{
    uint32_t *stripes = memory_create((size_t)(count + spacing), sizeof *stripes);
    for (int i = 0; i < count + spacing; i++) {
        if (i < spacing)
            stripes[i] = 0xff000000u | theme_mix(ground, paint, stripe_share(i, spacing, width));
        else
            stripes[i] = stripes[i - spacing];
    }
    return stripes;
}

/*
 * At 45 degrees every row is the row above, moved by a pixel: so the rows are copied. (As strokes of
 * cairo's, the hatch of one tile took as long as three other tiles.)
 */
void pen_hatch(struct pen *pen, struct area area, int spacing, double width, colour ground, colour paint)
{
    note(pen, MARK_HATCH, paint);
    note_box(pen, (struct box){area.x, area.y, area.width, area.height});
    note_number(pen, spacing);
    note_number(pen, width);
    area = on_canvas(pen->canvas, area);
    bool wet = mark_end(pen, area, MARK_ANYWHERE);
    area = area_common(&area, &pen->wet);
    if (!wet || spacing < 2)
        return;
    uint32_t *stripes = stripes_create(area.width, spacing, width * 1.41421356237, ground, paint);
    for (int y = area.y; y < area.y + area.height; y++)
        memcpy(canvas_pixel(pen->canvas, area.x, y), stripes + (area.x + y) % spacing,
               (size_t)area.width * sizeof *stripes);
    free(stripes);
}

void pen_line(struct pen *pen, struct point from, struct point to, double width, double dash, colour paint)
{
    note(pen, MARK_LINE, paint);
    note_points(pen, (const struct point[]){from, to}, 2);
    note_number(pen, width);
    note_number(pen, dash);
    if (!reaches_points(pen, (const struct point[]){from, to}, 2, width))
        return;
    dip(pen, paint);
    set_line(pen, width, dash);
    points_path(pen->canvas->shapes, (const struct point[]){from, to}, 2);
    cairo_stroke(pen->canvas->shapes);
}

void pen_polygon(struct pen *pen, const struct point *points, size_t count, colour paint)
{
    note(pen, MARK_POLYGON, paint);
    note_points(pen, points, count);
    if (!reaches_points(pen, points, count, 0))
        return;
    dip(pen, paint);
    points_path(pen->canvas->shapes, points, count);
    cairo_close_path(pen->canvas->shapes);
    cairo_fill(pen->canvas->shapes);
}

void pen_loop(struct pen *pen, const struct point *points, size_t count, double width, colour paint)
{
    note(pen, MARK_LOOP, paint);
    note_points(pen, points, count);
    note_number(pen, width);
    if (!reaches_points(pen, points, count, width * MITRE))
        return;
    dip(pen, paint);
    set_line(pen, width, 0);
    points_path(pen->canvas->shapes, points, count);
    cairo_close_path(pen->canvas->shapes);
    cairo_stroke(pen->canvas->shapes);
}

void pen_curve(struct pen *pen, const struct point *points, size_t count, double width, colour paint)
{
    note(pen, MARK_CURVE, paint);
    note_points(pen, points, count);
    note_number(pen, width);
    if (!reaches_points(pen, points, count, width))
        return;
    dip(pen, paint);
    set_line(pen, width, 0);
    /* sixteen shades are enough for a line of many points, and halve what it costs */
    cairo_set_antialias(pen->canvas->shapes, CAIRO_ANTIALIAS_FAST);
    cairo_set_line_join(pen->canvas->shapes, CAIRO_LINE_JOIN_BEVEL);
    points_path(pen->canvas->shapes, points, count);
    cairo_stroke(pen->canvas->shapes);
    cairo_set_line_join(pen->canvas->shapes, CAIRO_LINE_JOIN_MITER);
    cairo_set_antialias(pen->canvas->shapes, CAIRO_ANTIALIAS_DEFAULT);
}

void pen_disc(struct pen *pen, struct point centre, double radius, colour paint)
{
    note(pen, MARK_DISC, paint);
    note_points(pen, &centre, 1);
    note_number(pen, radius);
    if (!reaches_round(pen, centre, radius))
        return;
    dip(pen, paint);
    cairo_new_path(pen->canvas->shapes);
    cairo_arc(pen->canvas->shapes, centre.x, centre.y, radius, 0, 4 * quarter_turn);
    cairo_fill(pen->canvas->shapes);
}

void pen_arc(struct pen *pen, struct point centre, double radius, double from_degrees, double to_degrees,
             double width, colour paint)
{
    note(pen, MARK_ARC, paint);
    note_points(pen, &centre, 1);
    note_number(pen, radius);
    note_number(pen, from_degrees);
    note_number(pen, to_degrees);
    note_number(pen, width);
    if (!reaches_round(pen, centre, radius + width) || to_degrees <= from_degrees || radius <= 0)
        return;
    dip(pen, paint);
    set_line(pen, width, 0);
    cairo_new_path(pen->canvas->shapes);
    cairo_arc(pen->canvas->shapes, centre.x, centre.y, radius, from_degrees * degree, to_degrees * degree);
    cairo_stroke(pen->canvas->shapes);
}

void pen_crescent(struct pen *pen, struct point centre, double radius, colour paint)
{
    note(pen, MARK_CRESCENT, paint);
    note_points(pen, &centre, 1);
    note_number(pen, radius);
    if (!reaches_round(pen, centre, radius))
        return;
    cairo_t *shapes = pen->canvas->shapes;
    dip(pen, paint);
    cairo_new_path(shapes);
    /* the bite is a disc of 0.82 of the size, moved up and right; both circles cross at these angles */
    double bite = radius * 0.82, aside = radius * 0.5;
    double outer = acos((1 + 0.25 - 0.82 * 0.82) / (2 * 0.5)),
           inner = acos((0.82 * 0.82 + 0.25 - 1) / (2 * 0.82 * 0.5));
    double towards = -45 * degree;
    cairo_arc(shapes, centre.x, centre.y, radius, towards + outer, towards - outer + 4 * quarter_turn);
    cairo_arc_negative(shapes, centre.x + aside * cos(towards), centre.y + aside * sin(towards), bite,
                       towards - 2 * quarter_turn + inner, towards + 2 * quarter_turn - inner);
    cairo_close_path(shapes);
    cairo_fill(shapes);
}

/* ---- words ---- */

int pen_text_width(struct pen *pen, struct type_style style, const char *text)
{
    return lettering_width(pen->lettering, style, text);
}

/* The outermost letters of all faces that we have reach 1.24 of an em above their baseline and 0.47 below. */
static struct box text_box(int left, int width, int line, int px)
{
    double above = px * 1.25, below = px * 0.5, aside = px * 0.25;
    return (struct box){left - aside, line - above, width + 2 * aside, above + below};
}

/* For tests and `vigie check`: what is the least that somebody would have to read. */
static void note_size(struct pen *pen, struct type_style style, const char *text)
{
    double figure_px = lettering_figure_height(pen->lettering, style);
    struct smallest_writing *smallest = &pen->smallest;
    if (!*text || (smallest->figure_px > 0 && smallest->figure_px <= figure_px))
        return;
    smallest->figure_px = figure_px;
    snprintf(smallest->words, sizeof smallest->words, "%.*s", (int)utf8_cut(text, sizeof smallest->words - 1),
             text);
}

int pen_text(struct pen *pen, struct type_style style, colour ink, double x, double baseline,
             enum align align, const char *text)
{
    int width = pen_text_width(pen, style, text);
    int left = (int)lround(x - (align == ALIGN_LEFT ? 0 : align == ALIGN_CENTRE ? width / 2.0 : width));
    int line = (int)lround(baseline);
    note(pen, MARK_TEXT, ink);
    note_points(pen, &(struct point){left, line}, 1);
    pen->mark = signature_add(pen->mark, (uint64_t)style.face << 32 | (uint32_t)style.px);
    pen->mark = signature_add_text(pen->mark, text);
    if (!reaches(pen, text_box(left, width, line, style.px), MARK_ANYWHERE))
        return width;
    struct area wet = area_common(&pen->clip, &pen->wet);
    lettering_draw(pen->lettering, pen->canvas, &wet, style, ink, left, line, text);
    note_size(pen, style, text);
    if (pen->record && *text) {
        text_append(pen->record, text);
        text_append(pen->record, "\n");
    }
    return width;
}

int pen_px(const struct pen *pen, double design_px)
{
    int px = (int)lround(design_px * pen->unit_px);
    return px > 1 ? px : 1;
}

int pen_type_px(const struct pen *pen, double px)
{
    int least = pen->least[LEGIBILITY_MINIMUM].sub;
    return px > least ? (int)lround(px) : least;
}

struct box box_inset(struct box box, double by)
{
    return (struct box){box.x + by, box.y + by, box.width - 2 * by, box.height - 2 * by};
}
