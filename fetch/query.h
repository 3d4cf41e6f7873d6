#ifndef FETCH_QUERY_H
#define FETCH_QUERY_H

/* The query string of a URL that is about to be sent. */

#include "base/text.h"

/* Puts "name=value", encoded already, in the place of the parameter of that name, else at the end. */
void query_put(struct text *url, const char *parameter);

/* The same with a value that is not encoded yet. */
void query_set(struct text *url, const char *name, const char *value);

/* Sorts the parameters by name after encoding, as AWS signs them: each with "=", and encoded where it must be
 * and nowhere else ("%41" becomes "A", "+" and a blank "%20"). */
void query_sort(struct text *url);

#endif
