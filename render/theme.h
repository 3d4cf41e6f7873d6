#ifndef RENDER_THEME_H
#define RENDER_THEME_H

/*
 * The colours of the wall: one file of assets/themes/. Which colour may stand on which, and how well
 * each state is told from the others by every eye, was settled when the palette was made.
 */

#include <stdint.h>

#include "base/error.h"
#include "base/language.h"
#include "model/snapshot.h"

typedef uint32_t colour; /* 0xRRGGBB */

enum theme_state { STATE_OK, STATE_WARN, STATE_CRITICAL, STATE_STALE, STATE_NEUTRAL, STATE_COUNT };

struct state_colours {
    colour fg;            /* on a tile's surface */
    colour fill, on_fill; /* a filled tile, and what is written on it */
};

struct theme {
    char label[LANGUAGE_COUNT][48]; /* what people call it */
    colour bg, surface, border;
    colour text_primary, text_secondary;
    colour target_line, series_actual;
    struct state_colours state[STATE_COUNT];
};

/* False: the error names the file and the colour that is missing or is not "#RRGGBB". */
bool theme_read(struct theme *theme, const char *assets_path, const char *name, struct error *error);

/* Which colours a display state wears. */
enum theme_state theme_state_of(enum display display);

/* `share` of 0 gives `a`, of 1 gives `b`. */
colour theme_mix(colour a, colour b, double share);

/* The light of one channel, 0 to 1, in proportion; `shift` is 16 for red, 8 for green, 0 for blue. */
double theme_light(colour value, int shift);

/* The channel of so much light, at its place in a colour: theme_light() the other way round. */
colour theme_channel(double light, int shift);

/* WCAG 2 contrast, 1 to 21. */
double theme_contrast(colour a, colour b);

#endif
