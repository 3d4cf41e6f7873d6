#ifndef MODEL_HOLIDAYS_H
#define MODEL_HOLIDAYS_H

/*
 * Public holidays of France, computed for any year: article L3133-1 of the Code du travail, with
 * Easter by the Gregorian computus (Meeus, Jones, Butcher). Alsace and Moselle have two more (local
 * law of 1919); Good Friday there is a holiday only where a commune has a Protestant church.
 */

#include <stdbool.h>

#include "base/language.h"

enum holidays { HOLIDAYS_NONE, HOLIDAYS_FRANCE, HOLIDAYS_ALSACE_MOSELLE, HOLIDAYS_COUNT };

/* "none", "france", "alsace-moselle", as a board has them. False: no such set. */
bool holidays_parse(const char *name, enum holidays *holidays);

/* What is celebrated on a date; NULL: nothing. */
const char *holiday_name(enum holidays holidays, int year, int month, int day, enum language language);

/* Easter Sunday, 1583 and later. */
void holidays_easter(int year, int *month, int *day);

#endif
