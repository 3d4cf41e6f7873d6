#ifndef FETCH_FILTER_FILE_H
#define FETCH_FILTER_FILE_H

/* A jq filter as a file. */

#include <stdbool.h>

#include "base/error.h"
#include "base/text.h"

/* Reads the file. False: the error names it and what to do. */
bool filter_file_read(const char *path, struct text *program, struct error *error);

/* Whether the result may depend on the moment ($now, now or $today), so that an equal answer can give other
 * figures.
 */
bool filter_looks_at_time(const char *program);

#endif
