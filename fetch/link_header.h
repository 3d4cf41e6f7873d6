#ifndef FETCH_LINK_HEADER_H
#define FETCH_LINK_HEADER_H

/* The header Link (RFC 8288): <https://…?page=2>; rel="next", <https://…?page=9>; rel="last". */

#include <stdbool.h>

#include "base/text.h"

/* Appends the URL whose rel is "next" (or has it among several). False: there is none. */
bool link_header_next(const char *header, struct text *url);

#endif
