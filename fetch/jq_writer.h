#ifndef FETCH_JQ_WRITER_H
#define FETCH_JQ_WRITER_H

/*
 * A libjq value as JSON. libjq's own way adds character by character and takes twice as long as reading and
 * filtering together.
 */

#include <jv.h>
#include <stdbool.h>

#include "base/text.h"

/* Takes the value over. False: it is nested deeper than JSON_MAX_DEPTH, which nobody would read. */
bool jq_write(struct text *out, jv value);

#endif
