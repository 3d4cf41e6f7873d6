#ifndef BASE_LANGUAGE_H
#define BASE_LANGUAGE_H

/* The languages of the screen. French comes first: it is the default. */

enum language { LANGUAGE_FR, LANGUAGE_EN, LANGUAGE_COUNT };

#endif
