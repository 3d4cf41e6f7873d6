#ifndef BASE_LANGUAGE_H
#define BASE_LANGUAGE_H

/* The languages of the screen. French comes first: it is the default. */

#include <stdbool.h>

enum language { LANGUAGE_FR, LANGUAGE_EN, LANGUAGE_COUNT };

/* "fr", "en", as boards, options and files have them; NULL behind the last. */
extern const char *const language_names[LANGUAGE_COUNT + 1];

/* False: there is no such language, and *language is left as it is. */
bool language_parse(const char *name, enum language *language);

#endif
