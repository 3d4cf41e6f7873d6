#ifndef MODEL_INQUIRY_H
#define MODEL_INQUIRY_H

/*
 * What somebody in front of the wall wants to know besides: everything about one tile, and what a huddle
 * looks back on. A snapshot carries the answers only when they were asked for.
 */

#include "model/digest.h"
#include "model/review.h"
#include "model/snapshot.h"
#include "model/to_date.h"
#include "model/why.h"

enum { INQUIRY_CHANGES_MAX = 8, INQUIRY_PARTS_MAX = 12 };

/* The tile began to show this. */
struct inquiry_change {
    int64_t at_wall_ms;
    enum display display;
};

/* The same figure of one queue (of a queue: of one team). Nothing goes further down than a team (P06). */
struct inquiry_part {
    const char *name;
    double value, n;      /* NaN: not known */
    enum display display; /* by the value of this moment: NODATA, NEUTRAL, CRITICAL, WARN, OK */
};

struct inquiry {
    const char *tile;
    const char *definition[LANGUAGE_COUNT]; /* NULL: the catalogue has none */
    const char *formula;                    /* in the catalogue's words; NULL: none */
    size_t change_count;
    const struct inquiry_change *changes; /* the newest first */
    enum dim part_dim;                    /* of what the parts are: DIM_QUEUE or DIM_TEAM */
    size_t part_count;                    /* 0: the source does not tell them apart, or they are withheld */
    const struct inquiry_part *parts;     /* the worst first, then by name */
    size_t parts_untold;                  /* more than INQUIRY_PARTS_MAX, or queues of one agent (P15) */
    bool parts_withheld;                  /* too few people behind one of them (P03, P04) */
    size_t to_date_count;                 /* 0: no sums of it are kept */
    struct to_date to_date[TO_DATE_PERIODS];
    const struct why *why;
};

struct inquiry_question {
    const char *tile; /* NULL: no tile */
    bool review;
    int64_t since_ago_ms; /* of the review */
    bool first_huddle;    /* there was none so long ago: only the wall began */
};

/* board_snapshot() with the answers; the caller owns it. A tile that is not there has none. */
struct snapshot *inquiry_snapshot(struct board *board, const struct inquiry_question *question,
                                  struct now now);

#endif
