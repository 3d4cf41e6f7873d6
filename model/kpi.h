#ifndef MODEL_KPI_H
#define MODEL_KPI_H

/*
 * What a key performance indicator is: how it is computed, read, judged and named. Plain data, one
 * row of the catalogue each; seconds, percent 0..100.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/language.h"
#include "model/sample.h"

enum unit {
    UNIT_COUNT,
    UNIT_SECONDS,
    UNIT_PERCENT,
    UNIT_RATIO,
    UNIT_SCORE_1_5,
    UNIT_SCORE_M100_100,
    UNIT_EUR
};

/* How the value is written on the wall; vectors in tests/data/format_cases.csv. */
enum number_format {
    FORMAT_INT,
    FORMAT_PCT,
    FORMAT_SIGNED_PCT,
    FORMAT_SIGNED,
    FORMAT_SCORE5,
    FORMAT_EUR,
    FORMAT_RATE_H,
    FORMAT_RATIO,
    FORMAT_DUR_CLOCK,
    FORMAT_DUR_LONG,
    FORMAT_DUR_HM,
    FORMAT_COUNT
};

enum direction {
    DIRECTION_NONE,
    DIRECTION_HIGHER_IS_BETTER,
    DIRECTION_LOWER_IS_BETTER,
    DIRECTION_TARGET_BAND
};

enum threshold_mode {
    THRESHOLD_NONE,
    THRESHOLD_ABSOLUTE,
    THRESHOLD_PCT_OF_PLAN,
    THRESHOLD_PCT_OF_TARGET_PACED
};

/* How figures of several queues become one. */
enum aggregation {
    AGGREGATE_SUM,
    AGGREGATE_DISTINCT_SUM, /* agents: one person in three queues is one person, so a source's own total is
                               preferred */
    AGGREGATE_RATIO_OF_SUMS,
    AGGREGATE_MAX,
    AGGREGATE_MIN,
    AGGREGATE_OTHER /* needs a computation of its own (see `formula` in the catalogue) */
};

enum label_length { LABEL_XS, LABEL_SHORT, LABEL_LONG, LABEL_COUNT }; /* at most 10, 14 characters, any */

/* One term of a linear expression over counters: sign * counter. */
struct term {
    const char *counter;
    double sign; /* +1 or -1 */
};

struct expression {
    struct term *terms;
    size_t count; /* 0: there is none */
};

/*
 * Limits of good (outside: warn) and of bearable (outside: critical), as an interval each: a KPI of
 * which lower is better has only a high end. NaN: no limit on that side. Exactly on a limit is good.
 */
struct limits {
    double warn_low, warn_high;
    double critical_low, critical_high;
};

struct kpi {
    const char *id;
    const char *family;
    const char *label[LANGUAGE_COUNT][LABEL_COUNT];
    const char *definition[LANGUAGE_COUNT];
    const char *formula; /* for people */
    bool sent;           /* the board says that a source sends it as a finished figure */
    enum unit unit;
    enum number_format format;
    int decimals;                       /* -1: as the format has them */
    const char *suffix[LANGUAGE_COUNT]; /* NULL: none */
    enum direction direction;
    enum period default_period;
    enum aggregation aggregation;
    struct expression numerator, denominator; /* value = scale * sum(numerator) / sum(denominator) */
    double scale;
    struct dims filter; /* applied besides a tile's own scope, e.g. channel=chat */
    enum threshold_mode threshold_mode;
    struct limits limits; /* in the KPI's unit, or percent of plan with THRESHOLD_PCT_OF_PLAN */
    double hysteresis;
    double target;               /* NaN: none */
    double range_min, range_max; /* NaN: none */
    int64_t for_ms, clear_ms, stale_after_ms;
    double min_sample;       /* of the denominator; below it the figure is shown but not coloured */
    const char *display;     /* tile type that fits by default, e.g. "gauge" */
    const char *display_alt; /* others, split by '|'; NULL: none */
    const char *privacy;
    const char *pair_with; /* id of the quality counterpart; NULL: none */
    const char *note;      /* NULL: none */
};

/* Names as the catalogue file writes them. False: no such name. */
bool unit_parse(const char *name, enum unit *unit);
bool number_format_parse(const char *name, enum number_format *format);
bool direction_parse(const char *name, enum direction *direction);
bool threshold_mode_parse(const char *name, enum threshold_mode *mode);
bool aggregation_parse(const char *name,
                       enum aggregation *aggregation); /* unknown words are AGGREGATE_OTHER */

/*
 * Reads "talk_s+hold_s-acw_s" into terms that live in `arena`. False on an empty name or a character
 * that no counter has; "" and NULL give an expression of no terms.
 */
bool expression_parse(struct arena *arena, const char *text, struct expression *expression);

/* The interval that "warn W, critical C" means for a direction; W2 and C2 are the high ends of a band, else
 * NaN. */
struct limits limits_make(enum direction direction, double warn, double warn2, double critical,
                          double critical2);

#endif
