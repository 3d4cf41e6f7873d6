#ifndef FETCH_JQ_FILTER_H
#define FETCH_JQ_FILTER_H

/*
 * One jq filter, compiled once and run on answer after answer. The only place that knows libjq.
 *
 * libjq may abort() the whole program and has no limit of time or memory, so this runs in the mapper
 * process (fetch/mapper_process.c); nothing else but tests calls it.
 */

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/text.h"

struct jq_filter;

/* Called when libjq gets no memory; it must not return. NULL: libjq aborts. */
typedef void jq_filter_starved(void *context);

/* NULL: the error holds the compiler's first complaint, with the line of the filter. */
struct jq_filter *jq_filter_create(const char *program, jq_filter_starved *starved, struct error *error);
void jq_filter_destroy(struct jq_filter *filter);

/* What a filter finds beside the answer. */
struct jq_variables {
    const char *cfg_json;  /* $cfg */
    double now_s, today_s; /* $now, and $today: the site's midnight before it; epoch seconds */
};

/*
 * Runs the filter on an answer with the variables bound. Writes its one result as JSON, or false: the
 * error is the filter's own message or says what was wrong with its result.
 */
bool jq_filter_run(struct jq_filter *filter, const struct jq_variables *variables, const char *answer,
                   size_t length, struct text *output, struct error *error);

#endif
