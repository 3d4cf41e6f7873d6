#include "render/orbit.h"

enum { SIDE_STEPS = ORBIT_STEPS / 4, DESIGN_SIDE_PX = 1080 };

/* One pixel a step at 1080p, two at 4K, none on a screen so small that its margin has no room for it. */
static int step_px(int shorter_side_px)
{
    return (shorter_side_px + DESIGN_SIDE_PX / 2) / DESIGN_SIDE_PX;
}

void orbit_at(int64_t minute, int shorter_side_px, int *shift_x, int *shift_y)
{
    int at = (int)(((minute % ORBIT_STEPS) + ORBIT_STEPS) % ORBIT_STEPS);
    int along = at % SIDE_STEPS, half = SIDE_STEPS / 2, step = step_px(shorter_side_px);
    const int corners[4][2] = {{-half, -half}, {half, -half}, {half, half}, {-half, half}};
    const int ways[4][2] = {{1, 0}, {0, 1}, {-1, 0}, {0, -1}};
    int side = at / SIDE_STEPS;
    *shift_x = (corners[side][0] + ways[side][0] * along) * step;
    *shift_y = (corners[side][1] + ways[side][1] * along) * step;
}
