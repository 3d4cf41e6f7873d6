/*
 * A tile is as wide as its longest line and half an em on both sides, and as high as its lines with the room
 * around them. All of that grows with the distance alone, so that a distance and a number of tiles are two
 * sides of one division.
 */
#include "render/legibility.h"

#include <math.h>

static const double mm_an_inch = 25.4;
static const double radians_an_arcmin = 3.14159265358979323846 / 180 / 60;

/* Shares of the screen that tiles have: 2 % on each side are kept free, 8 % of the height is the header's. */
static const double tiles_of_width = 0.96;
static const double tiles_of_height = 0.88;

/* Capital height by em of common sans serifs, for planning; drawing asks its font. */
static const double planned_cap_ratio = 0.72;

/* Nothing that says something is smaller. */
static const double least_arcmin = 16;

/* In em of their own line. */
static const double figure_width = 0.6, letter_width = 0.54;
static const double side_room = 1.0; /* both sides, in em of the label */
static const double value_line = 1.15, label_line = 1.3, sub_line = 1.3;
static const double room_above_and_below = 0.8; /* in em of the label */

struct profile {
    double value_arcmin, label_arcmin, sub_arcmin; /* capital heights; 0: there is no such line */
    int value_letters, label_letters, sub_letters;
};

static const struct profile profiles[LEGIBILITY_COUNT] = {
    [LEGIBILITY_COMFORT] = {40, 20, 16, 6, 14, 16},
    [LEGIBILITY_STANDARD] = {28, 18, 16, 6, 12, 12},
    [LEGIBILITY_MINIMUM] = {20, 16, 0, 6, 10, 0},
};

struct screen_size legibility_screen(double diagonal_in, bool upright)
{
    double long_mm = diagonal_in * mm_an_inch * 16 / sqrt(337); /* 337 = 16² + 9² */
    double short_mm = diagonal_in * mm_an_inch * 9 / sqrt(337);
    return upright ? (struct screen_size){short_mm, long_mm} : (struct screen_size){long_mm, short_mm};
}

double legibility_height_mm(double angle_arcmin, double distance_m)
{
    return 2 * distance_m * 1000 * tan(angle_arcmin * radians_an_arcmin / 2);
}

double legibility_pitch_mm(double diagonal_in, int width_px)
{
    return legibility_screen(diagonal_in, false).width_mm / width_px;
}

int legibility_height_px(double height_mm, double pitch_mm)
{
    return (int)ceil(height_mm / pitch_mm);
}

int legibility_em_px(int capital_px, double cap_ratio)
{
    return (int)ceil(capital_px / cap_ratio);
}

static int em_px(double angle_arcmin, double distance_m, double pitch_mm, double figure_ratio)
{
    double height_mm = legibility_height_mm(fmax(angle_arcmin, least_arcmin), distance_m);
    return legibility_em_px(legibility_height_px(height_mm, pitch_mm), figure_ratio);
}

struct legible_px legibility_sizes(enum legibility profile, double distance_m, double pitch_mm,
                                   double figure_ratio)
{
    const struct profile *angles = &profiles[profile];
    return (struct legible_px){em_px(angles->value_arcmin, distance_m, pitch_mm, figure_ratio),
                               em_px(angles->label_arcmin, distance_m, pitch_mm, figure_ratio),
                               em_px(angles->sub_arcmin, distance_m, pitch_mm, figure_ratio)};
}

static double em_mm(double angle_arcmin)
{
    return legibility_height_mm(angle_arcmin, 1) / planned_cap_ratio;
}

/* What one tile takes up for each metre of distance. */
static struct screen_size tile_a_metre(const struct profile *profile)
{
    double value_mm = em_mm(profile->value_arcmin);
    double label_mm = em_mm(profile->label_arcmin);
    double sub_mm = em_mm(profile->sub_arcmin);
    double widest_mm = fmax(
        profile->value_letters * figure_width * value_mm,
        fmax(profile->label_letters * letter_width * label_mm, profile->sub_letters * letter_width * sub_mm));
    return (struct screen_size){
        .width_mm = widest_mm + side_room * label_mm,
        .height_mm =
            value_line * value_mm + (label_line + room_above_and_below) * label_mm + sub_line * sub_mm,
    };
}

double legibility_farthest_m(enum legibility profile, struct screen_size screen, double columns, double rows)
{
    struct screen_size tile = tile_a_metre(&profiles[profile]);
    return fmin(screen.width_mm * tiles_of_width / columns / tile.width_mm,
                screen.height_mm * tiles_of_height / rows / tile.height_mm);
}

void legibility_largest_grid(enum legibility profile, struct screen_size screen, double distance_m,
                             int *columns, int *rows)
{
    struct screen_size tile = tile_a_metre(&profiles[profile]);
    *columns = (int)(screen.width_mm * tiles_of_width / (tile.width_mm * distance_m));
    *rows = (int)(screen.height_mm * tiles_of_height / (tile.height_mm * distance_m));
}
