#ifndef APP_DRAFT_H
#define APP_DRAFT_H

/*
 * A first filter and a first board for an answer that nobody has mapped yet, out of what its values are
 * likely to be. Both work as they stand; a person then puts right what was guessed wrong.
 */

#include "app/likely.h"

struct draft_request {
    const struct scalars *scalars;
    const struct likely_words *words;
    const struct catalogue *catalogue;
    const char *name;   /* of the source; its filter is NAME.jq beside the board */
    const char *title;  /* of the board */
    const char *source; /* url and the like as YAML, each line indented for a list of sources */
    double now_s;
};

struct draft {
    struct known_shape shape; /* `adapter` NULL: the filter is ours */
    struct text filter;       /* empty where an adapter reads the answer */
    struct text board;        /* empty where nothing was recognised */
    size_t figures, tiles;
};

/* Given to draft_finish(). */
void draft_make(struct draft *draft, const struct draft_request *request);
void draft_finish(struct draft *draft);

/* Appends a text as YAML, in quotes where it needs them. */
void draft_write_yaml(struct text *out, const char *text);

#endif
