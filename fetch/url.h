#ifndef FETCH_URL_H
#define FETCH_URL_H

/* Questions about URLs, as libcurl reads them; for their queries see fetch/query.h. */

#include <curl/curl.h>
#include <stdbool.h>

#include "base/text.h"

/* A part as text, or NULL; given to curl_free(). As boards write it: blanks need not be encoded yet. */
char *url_part(const char *url, CURLUPart which);

/* The same scheme, host and port. */
bool url_same_server(const char *a, const char *b);

/* This machine: 127.0.0.0/8, ::1, localhost. */
bool url_is_loopback(const char *url);

/* Appends what `reference` (a whole URL or a part of one) means on the page `base`, without a user in it. */
bool url_resolve(const char *base, const char *reference, struct text *out);

#endif
