#ifndef RENDER_LETTERING_H
#define RENDER_LETTERING_H

/*
 * Puts words on the canvas: glyph coverage by SDL2_ttf, blended by us in the wanted colour.
 *
 * (A colour-modulated blit by SDL took 70 % of a frame.) Characters that a face lacks come from the
 * fallback face; spaces that it lacks only move the pen. Line breaks and controls are spaces.
 *
 * Names come from anywhere: Hebrew and Arabic words stand from right to left in a line that goes from left to
 * right, whatever marks of direction are in them, so that no name turns round what stands beside it. What no
 * face has is a middle dot, never a box; what has no width is left out; a letter has at most two marks.
 */

#include "base/error.h"
#include "render/canvas.h"
#include "render/font.h"
#include "render/scene.h"
#include "render/theme.h"

struct lettering;

struct type_style {
    enum font_face face;
    int px; /* em */
};

/* NULL: the error names the font. The caller owns it. */
struct lettering *lettering_create(const char *assets_path, struct error *error);
void lettering_destroy(struct lettering *lettering);

/* How far the pen moves, in pixels. */
int lettering_width(struct lettering *lettering, struct type_style style, const char *text);

/* Height of a figure above the baseline, in pixels. */
double lettering_figure_height(struct lettering *lettering, struct type_style style);

/* Draws on the baseline, inside `clip` only. */
void lettering_draw(struct lettering *lettering, const struct canvas *canvas, const struct area *clip,
                    struct type_style style, colour ink, int x, int baseline, const char *text);

#endif
