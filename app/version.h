#ifndef APP_VERSION_H
#define APP_VERSION_H

/* The version of the program, and of the libraries that it found at run time. */

#include <stdio.h>

void version_print(FILE *to);

#endif
