#ifndef RENDER_ORBIT_H
#define RENDER_ORBIT_H

/*
 * Against burn-in the whole picture wanders round a small square, one step a minute, 32 steps a round, inside
 * its own margin. Never a part of it alone: letters that move by themselves are read
 * as news.
 */

#include <stdint.h>

enum { ORBIT_STEPS = 32 };

/* Where the picture is in this minute, at most 4 pixels off in each direction at 1080p, 8 at 4K. */
void orbit_at(int64_t minute, int shorter_side_px, int *shift_x, int *shift_y);

#endif
