#ifndef FETCH_SHOWN_REQUEST_H
#define FETCH_SHOWN_REQUEST_H

/* A request as people may see it: what is sent, with *** in place of all that is or sounds secret. */

#include "base/text.h"
#include "fetch/auth.h"
#include "fetch/request.h"

/*
 * Appends "GET https://…", the headers and, after an empty line, the body. Masked are what the credentials
 * hide, wherever it stands, and values whose names sound secret in the query, the headers and a body that is
 * a form or JSON.
 */
void shown_request_write(const struct request *request, const struct credentials *credentials,
                         struct text *out);

#endif
