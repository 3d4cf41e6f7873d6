#ifndef FETCH_URL_H
#define FETCH_URL_H

/* Questions about URLs, as libcurl reads them, and small changes to them. */

#include <curl/curl.h>
#include <stdbool.h>

#include "base/text.h"

/* A part as text, or NULL; given to curl_free(). */
char *url_part(const char *url, CURLUPart which);

/* The same scheme, host and port. */
bool url_same_server(const char *a, const char *b);

/* This machine: 127.0.0.1, ::1, localhost. */
bool url_is_loopback(const char *url);

/* Appends what `reference` (a whole URL or a part of one) means on the page `base`, without a user in it. */
bool url_resolve(const char *base, const char *reference, struct text *out);

/* Sets a parameter of the query, in place or at its end; the value is percent-encoded. */
void url_set_parameter(struct text *url, const char *name, const char *value);

#endif
