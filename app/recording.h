#ifndef APP_RECORDING_H
#define APP_RECORDING_H

/*
 * Figures recorded on a real floor, one JSON object a line (the format of `vigie replay`):
 *
 *     {"t": 0, "samples": [{"id": "service_level", "value": 85, "n": 120, "dims": {}}]}
 *
 * `t` in seconds, never decreasing: since 1970, or since any other moment. A sample's "window" may
 * be left out: it is then "now" for a gauge, else the period that the catalogue gives the KPI.
 */

#include <stdbool.h>

#include "base/error.h"
#include "model/catalogue.h"
#include "model/sample.h"

struct recording;

struct recorded_line {
    double t_s;
    const struct sample_document *document; /* NULL: a line without samples. Lent until the next call */
};

/* NULL: the error says why. The catalogue is borrowed. */
struct recording *recording_open(const char *path, const struct catalogue *catalogue, struct error *error);
void recording_close(struct recording *recording);

/* The next line. False at the end, or with the error set: FILE:LINE and what is wrong. */
bool recording_next(struct recording *recording, struct recorded_line *line, struct error *error);

/* Back to the first line. */
void recording_rewind(struct recording *recording);

#endif
