#ifndef FETCH_JSON_SCAN_H
#define FETCH_JSON_SCAN_H

/*
 * Looks through JSON from outside without building anything: strict syntax, depth, and how much is
 * in it. Costs no memory, so that a hostile answer is refused before anybody makes a tree of it.
 */

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

struct json_scan {
    size_t values; /* of all kinds, at all depths */
    bool has_nul;  /* a text contains U+0000, which a C text cannot hold */
};

/* Whether the bytes (UTF-8, checked before) are one JSON value and nothing else; the error says where they
 * are not. */
bool json_scan(const char *bytes, size_t length, struct json_scan *scan, struct error *error);

#endif
