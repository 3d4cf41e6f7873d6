#ifndef APP_PROBE_REPORT_H
#define APP_PROBE_REPORT_H

/* What `vigie probe` prints of a poll and of the figures that came of it. No secret is in a fetch_result. */

#include "base/text.h"
#include "fetch/fetcher.h"

/* {"at", "samples", "rejected"} and `further` members (", \"poll\": {…}", or ""). */
void probe_write_document(struct text *out, const struct sample_document *document, const char *further);

/* The same for people: a row a sample, the first of many. */
void probe_write_table(struct text *out, const struct sample_document *document);

/* What was sent, what came, how long it took, when it would be asked again. */
void probe_write_poll(struct text *out, const struct source_settings *source,
                      const struct fetch_result *result, int64_t now_monotonic_ms);
void probe_write_poll_json(struct text *out, const struct source_settings *source,
                           const struct fetch_result *result, int64_t now_monotonic_ms);

/* Pads to so many characters, which are not bytes. */
void probe_write_column(struct text *out, const char *what, size_t columns);

#endif
