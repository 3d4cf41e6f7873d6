#ifndef APP_RECORDING_H
#define APP_RECORDING_H

/*
 * What was recorded on a real floor, one JSON object a line (the format of `vigie replay`):
 *
 *     {"t": 0, "samples": [{"id": "service_level", "value": 85, "n": 120, "dims": {}}]}
 *     {"t": 30, "event": "tick"}
 *     {"t": 45, "event": "ack", "tile": "sl"}
 *     {"t": 60, "event": "shelve", "tile": "sl", "for_s": 600}
 *     {"t": 90, "event": "close"}        {"t": 120, "event": "open"}
 *
 * `t` in seconds, never decreasing: since 1970, or since any other moment. A sample's "window" may
 * be left out: it is then "now" for a gauge, else the period that the catalogue gives the KPI. A sample whose
 * id is in no catalogue is left out, as everywhere.
 *
 * A file that is one document as adapters give it ({"at": …, "samples": […]}, on as many lines as it likes)
 * is a recording of that one moment: of `at`, or without it of the moment that the recording is played at.
 *
 * app/playback.h says what a line does to a board.
 */

#include <stdbool.h>

#include "base/error.h"
#include "model/catalogue.h"
#include "model/sample.h"

struct recording;

enum recorded_event {
    RECORDED_TICK, /* also a line that says nothing but its time */
    RECORDED_ACK,
    RECORDED_SHELVE,
    RECORDED_CLOSE,
    RECORDED_OPEN
};

/* Lent until the next call. */
struct recorded_line {
    double t_s;
    const struct sample_document *document; /* NULL: a line without samples */
    enum recorded_event event;
    const char *tile; /* of RECORDED_ACK and RECORDED_SHELVE */
    double for_s;     /* of RECORDED_SHELVE */
};

/* NULL: the error says why. The catalogue is borrowed. */
struct recording *recording_open(const char *path, const struct catalogue *catalogue, struct error *error);
void recording_close(struct recording *recording);

/* The next line. False at the end, or with the error set: FILE:LINE and what is wrong. */
bool recording_next(struct recording *recording, struct recorded_line *line, struct error *error);

/* Back to the first line. */
void recording_rewind(struct recording *recording);

/* Puts the place of the line read last before an error: "FILE:LINE: ". */
void recording_blame(const struct recording *recording, struct error *error);

#endif
