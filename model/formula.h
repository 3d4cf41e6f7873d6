#ifndef MODEL_FORMULA_H
#define MODEL_FORMULA_H

/*
 * Works a KPI out of the figures of one source: scale * sum of the numerator / sum of the denominator,
 * never a mean of means.
 *
 * Binding looks up which figures are needed, and is done when the set of figures changes; evaluating
 * only adds them up, and is done for every document. Where a source offers several ways to the same KPI
 * (its own denominator of the service level, a handling time as a whole, a finished percentage) they are
 * bound in order of preference, and the first that gives a value is the one that counts. So are periods
 * where the nearest one is only derived from another (model/windows.h): until enough of it has been
 * seen, the source's own period stands in.
 */

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "model/catalogue.h"
#include "model/counters.h"
#include "model/kpi.h"
#include "model/service_level.h"

enum { FORMULA_WAYS_MAX = 9 };

/* A counter with the figures that make up its total. */
struct bound_term {
    const char *counter; /* belongs to the KPI, or is always there */
    struct figures figures;
    double sign;
    bool optional; /* where it is not known it counts as 0 */
};

/* One way to a value. */
struct formula_way {
    struct bound_term *terms; /* of the numerator, then of the denominator */
    size_t numerator_count, denominator_count;
    const struct figure *bare; /* the source's finished figure; then there are no terms */
    enum period period;        /* what the value covers */
    bool derived;              /* of windows that the source itself does not send */
    const char *sl_variant;    /* "V1" …; NULL: not a service level */
};

struct formula {
    const struct kpi *kpi;
    size_t source;
    bool until_value;         /* a way without anything to measure gives way to the next */
    double least_n;           /* with less behind it a value is none */
    size_t way_count;         /* 0: this source has nothing for the KPI */
    struct formula_way *ways; /* FORMULA_WAYS_MAX at most */
};

struct formula_request {
    const struct catalogue *catalogue;
    const struct kpi *kpi;
    const struct dims *scope; /* names; the tile's with the KPI's own filter */
    const struct dims *where; /* names; the tile's alone */
    size_t source;
    enum period period; /* the wished one */
    bool named_period;  /* by the tile: then a bare figure of another one will not do */
    bool all_periods;   /* ways for all of them, the nearest first; the first with a value counts */
    unsigned only;      /* bit i: period i will do; 0: any */
    double least_n;     /* with less behind it there is nothing to measure yet; 0: any will do */
    bool has_sl_variant;
    enum service_level_variant sl_variant; /* else the source's own where it tells it, or V1 */
};

/* What lives as long as the binding is taken from `arena`. */
struct formula formula_bind(struct arena *arena, struct counters *counters,
                            const struct formula_request *request);

/* All expressions over counters by which the KPI may be computed; in `arena`. */
const struct expression *formula_expressions(struct arena *arena, const struct kpi *kpi, size_t *count);

enum outcome_kind {
    OUTCOME_UNKNOWN, /* something that is needed is not known */
    OUTCOME_EMPTY,   /* nothing happened that could be measured: a denominator of 0 */
    OUTCOME_VALUE
};

struct outcome {
    enum outcome_kind kind;
    double value; /* NaN unless there is one */
    double n;     /* the denominator; NaN: does not apply */
    enum period period;
    bool bare;              /* as the source gave it, not to be added up */
    double covered_ms;      /* what has been seen of a window that is not yet full; 0: all of it */
    const char *sl_variant; /* "V1" …; NULL: not a service level that was computed */
    bool overloaded;        /* no value, for the queue would grow without end */
};

struct outcome outcome_unknown(void);
struct outcome outcome_nothing(void);                 /* all is known, and there is nothing to be measured */
struct outcome outcome_value(double value, double n); /* unknown where the value is no number */

struct outcome formula_evaluate(const struct formula *formula);

/* ---- for explaining a value ---- */

/* The way that the value came by; NULL: none gave one. */
const struct formula_way *formula_way_used(const struct formula *formula);

/* What one counter adds to the value, before its sign. */
double formula_term_total(const struct formula *formula, const struct bound_term *term);

#endif
