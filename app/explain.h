#ifndef APP_EXPLAIN_H
#define APP_EXPLAIN_H

/* `vigie probe BOARD --tile ID`: why a tile shows what it shows, on a recording or on the sources themselves.
 */

#include <stdbool.h>

#include "base/text.h"
#include "model/why.h"

struct explain_request {
    const char *board, *tile;
    const char *samples; /* a recording; NULL: every source is asked once */
    bool json;
};

/* Prints the explanation; gives the exit status. */
int explain_tile(const struct explain_request *request);

/* The explanation for machines: one JSON object. Moments in seconds since 1970; null: not known, none. */
void explain_write_json(struct text *out, const struct why *why);

/* {"queue": "Ventes"}: those that are given. */
void explain_write_dims(struct text *out, const struct dims *dims);

#endif
