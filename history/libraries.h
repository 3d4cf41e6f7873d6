#ifndef HISTORY_LIBRARIES_H
#define HISTORY_LIBRARIES_H

/* Names and run-time versions of the libraries that only this folder knows, one a line. */

#include <stdio.h>

void history_print_libraries(FILE *to);

#endif
