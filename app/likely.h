#ifndef APP_LIKELY_H
#define APP_LIKELY_H

/*
 * Guesses what the values of an unknown answer are, by the words in their names (assets/probe/words.json),
 * their units and whether the numbers are plausible. A guess is a beginning for a person, never the truth.
 */

#include "app/scalars.h"
#include "model/catalogue.h"

struct likely_words;

/* NULL: the error names the file. The catalogue is borrowed. */
struct likely_words *likely_words_read(const char *assets_folder, const struct catalogue *catalogue,
                                       struct error *error);
void likely_words_destroy(struct likely_words *words);

struct likely {
    const char *id; /* a counter or KPI; NULL: nothing is likely. Lives as long as the words */
    double factor;  /* from the source's unit to the catalogue's */
    enum period period;
    int score; /* of two values for the same figure, the better */
};

/* What a value in an answer is. `all` tells where it stands. */
struct likely likely_guess(const struct likely_words *words, const struct scalars *all,
                           const struct scalar *scalar);

/* The same of a bare name, as of a metric. */
struct likely likely_guess_name(const struct likely_words *words, const char *name);

/* Whether its values may be about a person, or a secret, so that they are not shown. */
bool likely_is_private(const struct likely_words *words, const struct scalars *all,
                       const struct scalar *scalar);

/* Whether the items of a list are persons. */
bool likely_is_of_people(const struct likely_words *words, const struct scalars *all, int list);

/* What tells the items of a list apart: its value, and as which dimension. NULL: its names (`by_name`), or
 * nothing (then false). */
bool likely_name_of(const struct likely_words *words, const struct scalars *all, int list,
                    const struct scalar **name, enum dim *dim);

/* A value of the list's items that is the channel; NULL: none. */
const struct scalar *likely_channel_of(const struct likely_words *words, const struct scalars *all, int list);
/* {"phone": "voice", …} as JSON. */
void likely_write_channels(const struct likely_words *words, struct text *out);

/* Where the answer tells the time of its figures; `now_s` is the present. NULL: it does not. */
const struct scalar *likely_moment(const struct likely_words *words, const struct scalars *all, double now_s);

/* An answer that an adapter reads. */
struct known_shape {
    const char *what, *adapter;
    const struct scalar *names; /* of its figures; NULL: none were seen */
    const char *map;            /* the cfg that says what is what by name; NULL: names are ids */
};
bool likely_known_shape(const struct likely_words *words, const struct scalars *all,
                        struct known_shape *shape);

/* KPIs in the order in which a first board shows them. NULL: no more. */
const char *likely_tile(const struct likely_words *words, size_t index);

#endif
