#ifndef BASE_LIBRARIES_H
#define BASE_LIBRARIES_H

/* Names and run-time versions of the libraries that only this folder knows, one a line. */

#include <stdio.h>

void base_print_libraries(FILE *to);

#endif
