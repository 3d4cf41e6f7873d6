#ifndef RENDER_ACUITY_H
#define RENDER_ACUITY_H

/*
 * The wall from across the room: normal sight tells apart what is an arcminute wide. Whatever lies closer
 * together is one light to the eye, however many pixels the screen spends on it.
 */

#include "render/canvas.h"

/* How many pixels an arcminute covers on a 16:9 screen with so many on its longer side; 0 from no distance.
 */
double acuity_arcmin_px(double diagonal_in, int longer_px, double distance_m);

/*
 * The picture with nothing finer in it than squares of `arcmin_px`, as large as it was; up to one pixel it is
 * as it was. A copy that the caller now owns.
 */
struct canvas *acuity_picture(const struct canvas *canvas, double arcmin_px);

#endif
