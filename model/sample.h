#ifndef MODEL_SAMPLE_H
#define MODEL_SAMPLE_H

/*
 * The canonical figures that every source ends as (vigie-samples/1), in memory.
 *
 * A sample is one number: what was counted or measured (`id`, a counter of the catalogue or a KPI's
 * own id), over which period (`period`, called "window" in documents), for whom (`dims`). Nothing here knows
 * which vendor it came from.
 */

#include <stdbool.h>
#include <stddef.h>

struct arena;

/* The period that a number covers. The first ten come in samples; the last three only in the catalogue. */
enum period {
    PERIOD_NOW, /* a gauge */
    PERIOD_15M, /* rolling */
    PERIOD_30M,
    PERIOD_60M,
    PERIOD_TODAY, /* midnight of the site to now */
    PERIOD_DAY,   /* the last whole day */
    PERIOD_WEEK,  /* begun, up to now */
    PERIOD_MONTH,
    PERIOD_ROLLING_7D,
    PERIOD_ROLLING_28D,
    PERIOD_NEXT_30M,
    PERIOD_QUARTER,
    PERIOD_ROLLING_12M,
    PERIOD_COUNT
};

enum { PERIOD_SAMPLE_COUNT = PERIOD_ROLLING_28D + 1 };

/* "now", "15m", … as written in documents and boards. */
const char *period_name(enum period period);
bool period_parse(const char *name, enum period *period);

enum dim {
    DIM_SITE,
    DIM_TEAM,
    DIM_QUEUE,
    DIM_SKILL,
    DIM_CHANNEL, /* one of channel_known() */
    DIM_TYPE,
    DIM_REASON,
    DIM_CAMPAIGN,
    DIM_AGENT,
    DIM_COUNT
};

/* NULL where a dimension is not given; the texts belong to whoever holds the struct's surroundings. */
struct dims {
    const char *value[DIM_COUNT];
};

const char *dim_name(enum dim dim);
bool dim_parse(const char *name, enum dim *dim);

enum { CHANNEL_COUNT = 9 };
const char *channel_name(int index);  /* NULL beyond the last */
bool channel_known(const char *name); /* voice chat email social sms video callback ticket back_office */

/* Whether `dims` lies inside `where`: every dimension that `where` gives has the same value. */
bool dims_match(const struct dims *where, const struct dims *dims);
bool dims_equal(const struct dims *a, const struct dims *b);
/* How many dimensions are given. */
int dims_given(const struct dims *dims);

struct sample {
    const char *id;
    double value; /* NaN: unknown, which is never 0. Counts; seconds; percent 0..100; euros */
    double n;     /* contacts behind a bare KPI figure; NaN: not told */
    enum period period;
    struct dims dims;
};

struct rejected_sample {
    const char *id;
    const char *why;
};

/* One whole answer of one source. Everything lives in `arena`, this struct included. */
struct sample_document {
    struct arena *arena;
    double at_s; /* the source's own time of the figures, epoch seconds; NaN: none, time of arrival counts */
    size_t count;
    struct sample *samples; /* in the order in which the filter gave them */
    size_t rejected_count;
    struct rejected_sample *rejected;
};

/* Frees the document; NULL is fine. */
void sample_document_destroy(struct sample_document *document);

#endif
