#ifndef RENDER_LIBRARIES_H
#define RENDER_LIBRARIES_H

/* Names and run-time versions of the libraries that only this folder knows, one a line. */

#include <stdio.h>

void render_print_libraries(FILE *to);

#endif
