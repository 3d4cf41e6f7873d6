#ifndef FETCH_REQUEST_H
#define FETCH_REQUEST_H

/*
 * What one poll sends: the settings with their moments filled in.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/text.h"
#include "fetch/source.h"

/* Zeroed is empty. Given to request_finish(). */
struct request {
    struct text url;
    bool post;
    struct text body;
    size_t header_count;
    struct text *header_lines; /* "Name: value" */
    struct text line;          /* "GET https://…" for people: without what may be secret */
};

/* Fills an empty request. False: the error names the key of the source that is wrong. */
bool request_build(struct request *request, const struct source_settings *settings, int64_t now_wall_ms,
                   struct error *error);
void request_finish(struct request *request);

/* Whether a name (of a parameter, a header, a member) sounds as if its value were nobody's business. */
bool request_sounds_secret(const char *name, size_t length);

/* "a=b&token=***": values of names that sound secret are masked. */
void request_mask_form(const char *form, struct text *masked);

/* The URL without a password, and with *** for the values of parameters whose names sound secret. */
void request_mask_url(const char *url, struct text *masked);

#endif
