#ifndef FETCH_SECRET_H
#define FETCH_SECRET_H

/*
 * Secrets, read when they are needed and wiped after. A message about one names where it should be,
 * never what it is.
 */

#include <stdbool.h>

#include "base/error.h"
#include "base/text.h"
#include "fetch/source.h"

/* Reads the secret into an empty text. False: the error says what is wrong with its place. */
bool secret_read(const struct secret *secret, struct text *value, struct error *error);

/* Overwrites and frees. */
void secret_wipe(struct text *value);

/* Puts "***" wherever the secret stands in the text. */
void secret_mask(struct text *text, const struct text *secret);

#endif
