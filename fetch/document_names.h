#ifndef FETCH_DOCUMENT_NAMES_H
#define FETCH_DOCUMENT_NAMES_H

/*
 * The names in a document, each kept once: 20,000 samples say the same few ids, queues and teams again and
 * again. Two names are the same text exactly if they are the same pointer.
 *
 * (model/names.h is for what comes and goes over years; these live and die with their document, in its
 * arena.)
 */

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

struct document_name {
    const char *text; /* in the arena */
    size_t length;
    /* for the asker: whether its characters were looked at; whether the catalogue was asked, and its answer
     */
    bool checked, asked, known;
};

/* Zeroed is empty. */
struct document_names {
    struct document_name **places; /* open addressing, at most half full */
    size_t size, count;
};

/* The name with these bytes; it and its text are taken from the arena the first time. */
struct document_name *document_names_find(struct document_names *names, struct arena *arena,
                                          const char *bytes, size_t length);

void document_names_finish(struct document_names *names);

#endif
