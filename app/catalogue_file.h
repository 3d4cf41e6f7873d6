#ifndef APP_CATALOGUE_FILE_H
#define APP_CATALOGUE_FILE_H

/* Reads assets/catalogue/kpis.json and counters.csv into a catalogue. */

#include "base/error.h"
#include "model/catalogue.h"

/* NULL: the error names the file and the row. The caller owns the catalogue. */
struct catalogue *catalogue_file_read(const char *assets_folder, struct error *error);

#endif
