#ifndef FETCH_LIBRARIES_H
#define FETCH_LIBRARIES_H

/* Names and run-time versions of the libraries that only this folder knows, one a line. */

#include <stdio.h>

void fetch_print_libraries(FILE *to);

#endif
