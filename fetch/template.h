#ifndef FETCH_TEMPLATE_H
#define FETCH_TEMPLATE_H

/*
 * Texts of a request with {{moment|form}} in them (fetch/moment.h), filled anew at each poll so that
 * all of one poll share one now.
 */

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/text.h"

/* Where the text stands decides how a moment is written there. */
enum template_place {
    TEMPLATE_PLAIN, /* as it is: JSON, headers */
    TEMPLATE_FORM,  /* moments percent-encoded: a form body */
    TEMPLATE_URL    /* moments percent-encoded, and outside them what no URL may contain raw */
};

/* Appends the filled text. False: the error names the placeholder that is not known. */
bool template_fill(struct text *out, const char *template, enum template_place place, int64_t now_wall_ms,
                   struct error *error);

/* Appends the value percent-encoded, as it stands in a query. */
void template_encode(struct text *out, const char *value);

#endif
