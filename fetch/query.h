#ifndef FETCH_QUERY_H
#define FETCH_QUERY_H

/* The query string of a URL that is about to be sent. */

#include "base/text.h"

/* Adds "name=value"; a parameter of that name which is there already goes. */
void query_put(struct text *url, const char *parameter);

/* Sorts the parameters by name after encoding, as AWS signs them: each with "=", blanks as %20. */
void query_sort(struct text *url);

#endif
