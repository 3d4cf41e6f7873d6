#ifndef RENDER_VISION_H
#define RENDER_VISION_H

/*
 * The wall through other eyes: what somebody sees who lacks one kind of cone, and how different two colours
 * then are. About one man in twelve sees red and green less apart; a palette is judged for all of them.
 */

#include <stdbool.h>

#include "render/canvas.h"
#include "render/theme.h"

enum vision { VISION_NORMAL, VISION_PROTAN, VISION_DEUTAN, VISION_TRITAN, VISION_COUNT };

/* CIE L*a*b* under D65. */
struct lab {
    double l, a, b;
};

/* "normal", "protan", "deutan", "tritan"; false for anything else. */
bool vision_parse(const char *name, enum vision *vision);

/* The colour as that eye sees it. */
colour vision_seen(colour value, enum vision vision);

/* The whole picture as that eye sees it, a copy that the caller now owns. */
struct canvas *vision_picture(const struct canvas *canvas, enum vision vision);

/* CIEDE2000 between two colours as that eye sees them: 1 is just noticeable side by side, 100 black to white.
 */
double vision_difference(colour a, colour b, enum vision vision);

/* CIEDE2000 itself. */
double lab_difference(struct lab a, struct lab b);

#endif
