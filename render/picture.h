#ifndef RENDER_PICTURE_H
#define RENDER_PICTURE_H

/*
 * A local PNG in a box, as large as it fits, never distorted. The file is read when it is drawn, which is
 * when it comes up or its tile changes; one that is not a PNG, or has more than 4096 pixels a side, is not
 * drawn.
 */

#include <stdbool.h>

#include "base/error.h"
#include "render/pen.h"

enum { PICTURE_SIDE_MAX = 4096, PICTURE_BYTES_MAX = 16 * 1024 * 1024 };

/* False: the error says what is wrong with the file. For `vigie check`. */
bool picture_check(const char *path, struct error *error);

/* False: it cannot be drawn. */
bool picture_draw(struct pen *pen, const char *path, struct box box);

#endif
