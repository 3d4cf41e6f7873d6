#ifndef RENDER_LEGIBILITY_H
#define RENDER_LEGIBILITY_H

/*
 * How large writing must be to be read from across a room, and how many tiles that leaves room for.
 *
 * The eye counts in angles: 16 arcminutes is the least height of a capital that can be read (ISO 9241-303),
 * 20 to 22 is comfortable. Everything else follows from the distance and the millimetres of the screen; more
 * pixels make letters smoother, not more legible.
 */

#include <stdbool.h>

/* How generous a tile is with its writing; each is what the one before falls back to. */
enum legibility {
    LEGIBILITY_COMFORT,
    LEGIBILITY_STANDARD,
    LEGIBILITY_MINIMUM, /* below this a figure is guessed, not read */
    LEGIBILITY_COUNT
};

/* A 16:9 screen as it hangs. */
struct screen_size {
    double width_mm, height_mm;
};

struct screen_size legibility_screen(double diagonal_in, bool upright);

/* Height of a capital that fills the angle at the distance. */
double legibility_height_mm(double angle_arcmin, double distance_m);

/* Font sizes (em, in pixels) of a tile's lines. The least profile's sub-line is there where it has room. */
struct legible_px {
    int value, label, sub;
};

/* The sizes of a profile for a font whose figures are `figure_ratio` of its em high. */
struct legible_px legibility_sizes(enum legibility profile, double distance_m, double pitch_mm,
                                   double figure_ratio);

/* From one pixel to the next on a 16:9 screen that lies; `width_px` is of its longer side. */
double legibility_pitch_mm(double diagonal_in, int width_px);

/* Whole pixels that are at least so high. */
int legibility_height_px(double height_mm, double pitch_mm);

/* The font size whose capitals are at least so high; `cap_ratio` is capital height by em, of the font. */
int legibility_em_px(int capital_px, double cap_ratio);

/*
 * The largest distance at which the tiles of a grid can be read. Counts may be broken: a tile of two columns
 * in a grid of three has one and a half of its kind beside each other.
 */
double legibility_farthest_m(enum legibility profile, struct screen_size screen, double columns, double rows);

/* How many columns and rows can be read at the distance; 0 where not even one tile is wide or high enough. */
void legibility_largest_grid(enum legibility profile, struct screen_size screen, double distance_m,
                             int *columns, int *rows);

#endif
