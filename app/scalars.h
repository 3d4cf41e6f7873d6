#ifndef APP_SCALARS_H
#define APP_SCALARS_H

/*
 * Every single value of a JSON answer, each place once: lists are folded (".queues[].waiting" stands for all
 * queues), and so is an object whose members are all alike, which is a list by name.
 */

#include <stdbool.h>
#include <stddef.h>

#include "base/json.h"

enum { SCALARS_NO_LIST = -1 };

enum scalar_type { SCALAR_NULL, SCALAR_BOOLEAN, SCALAR_NUMBER, SCALAR_TEXT, SCALAR_TYPE_COUNT };

struct scalar {
    const char *path;  /* as jq writes it */
    const char *inner; /* the same from the item of its list on; equal to `path` where it is in none */
    const char *words; /* the keys of `inner`, with blanks between them */
    const char *key;   /* the last key; "" in a list of plain values */
    int list;          /* in which list; SCALARS_NO_LIST: in none */
    size_t seen[SCALAR_TYPE_COUNT];
    double first, least,
        most;           /* of numbers, and of texts that are written like numbers; NaN: there is none */
    size_t numeric;     /* how many of them */
    size_t different;   /* texts, those below */
    const char **texts; /* the first different ones */
};

struct scalar_list {
    const char *path;  /* ".queues[]" */
    const char *inner; /* from its parent's item on, without the "[]" */
    const char *key;   /* "queues"; "" for the answer itself */
    int parent;
    bool by_name; /* an object: the names of its members tell the items apart */
    size_t items;
    const char *first_name; /* by_name: of the first item */
};

struct scalars {
    struct arena *arena;
    size_t count, capacity;
    struct scalar *all; /* in the order of the answer */
    size_t list_count, list_capacity;
    struct scalar_list *lists;
    size_t left_out; /* places beyond the most that are looked at */
};

/* Given to scalars_finish(). */
void scalars_find(struct scalars *scalars, const struct cJSON *answer);
void scalars_finish(struct scalars *scalars);

/* NULL: nothing is at that path. */
const struct scalar *scalars_at(const struct scalars *scalars, const char *path);

/* "81,5 %", "00:01:12" (seconds), "12": what the filter's `num` makes of a text. NaN: it is not written like
 * a number. */
double scalars_number(const char *text);

#endif
