#ifndef FETCH_DOCUMENT_H
#define FETCH_DOCUMENT_H

/*
 * The document that a filter gives (assets/adapters/README.md): read strictly, every limit checked here,
 * whatever the filter saw to.
 */

#include "base/error.h"
#include "model/catalogue.h"
#include "model/sample.h"

/*
 * `arrival_s`: epoch seconds of the answer's arrival, against which `at` is checked. NULL: the
 * document is refused whole, the error names the first fault ("samples[17].window: …"). An unknown
 * id is no fault: it is listed under rejected, each id once. The caller owns the document.
 */
struct sample_document *document_parse(const char *bytes, size_t length, const struct catalogue *catalogue,
                                       double arrival_s, struct error *error);

#endif
