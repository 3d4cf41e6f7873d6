#ifndef RENDER_FONT_H
#define RENDER_FONT_H

/*
 * The typefaces of assets/fonts/, opened once for each size in use.
 *
 * SDL2_ttf forgets all its glyphs when a font changes its size, so every (face, size) is a font of its
 * own; the one that was not used for longest makes room. No system font is ever looked for: the same
 * pixels everywhere.
 */

#include <SDL_ttf.h> /* the name of the struct behind TTF_Font is not the same in bookworm and trixie */

#include "base/error.h"

enum font_face {
    FACE_REGULAR,
    FACE_BOLD,
    FACE_NARROW,
    FACE_NARROW_BOLD,
    FACE_FALLBACK, /* glyphs that the others lack */
    FACE_COUNT
};

enum { FONTS_KEPT = 32, FONT_SMALLEST_PX = 6, FONT_LARGEST_PX = 2000 };

struct fonts;

/* NULL: the error names the font file that is missing or broken. The caller owns the fonts. */
struct fonts *fonts_create(const char *assets_path, struct error *error);
void fonts_destroy(struct fonts *fonts);

/* The font at this size (em, in pixels; brought into what is possible). Valid until FONTS_KEPT others were
 * asked for. */
TTF_Font *fonts_get(struct fonts *fonts, enum font_face face, int px);

/* How many are open, for a test. */
int fonts_open_count(const struct fonts *fonts);

#endif
