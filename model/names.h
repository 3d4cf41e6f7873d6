#ifndef MODEL_NAMES_H
#define MODEL_NAMES_H

/*
 * Texts that are kept once, so that two of them are the same exactly when their pointers are.
 *
 * Ids and dimension values come thousands of times in every document; compared as pointers they cost
 * next to nothing. A name that nobody holds any more is freed: sources may invent new ones for years.
 */

#include <stddef.h>
#include <stdint.h>

struct names;

struct names *names_create(void);
void names_destroy(struct names *names);

/* The one copy of `text`, held once more until names_release(). NULL stays NULL. */
const char *names_hold(struct names *names, const char *text);
/* Holds a name once more; NULL is no name. */
void names_hold_again(const char *name);
void names_release(struct names *names, const char *name);

/* The one copy, if anybody holds it, else NULL. */
const char *names_find(const struct names *names, const char *text);

/* Of a name: a hash of its bytes, and its place in the order in which names came up. */
uint32_t names_hash(const char *name);
uint32_t names_number(const char *name);

#endif
