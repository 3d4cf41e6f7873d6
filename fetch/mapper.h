#ifndef FETCH_MAPPER_H
#define FETCH_MAPPER_H

/*
 * Runs jq filters in a process of its own, where a hostile answer can only hurt itself: libjq
 * answers trouble with abort(), has no memory limit and cannot be stopped cleanly.
 *
 * Frames with a length before them travel over one socket pair. One job at a time; the others queue. When
 * the process dies or a job takes too long it is started again, and only that job has failed.
 *
 * A job that had to be stopped so (endless, too much memory, a crash) is a strike against who submitted it.
 * After one, its jobs wait behind everybody else's; after three in a row they fail at once, until its filter
 * or its cfg is another one. What a machine too busy to run it costs is no strike.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/text.h"

struct mapper;

/* `output` is the filter's one document as JSON, or empty with `error` set. Both are lent for the call. */
typedef void mapper_done(void *context, bool mapped, const struct text *output, const struct error *error);

/* `program_path`: of vigie-mapper. NULL: it cannot be started; the error says why. */
struct mapper *mapper_create(const char *program_path, struct error *error);
void mapper_destroy(struct mapper *mapper);

/* What is to be done; lent for the call of mapper_submit(). */
struct mapper_job {
    const char *filter_name; /* for messages: its path */
    const char *filter;      /* its text; stays compiled in the process until another comes under the name */
    const char *cfg_json;
    double now_s; /* $now, epoch seconds; $today is the site's midnight before it */
};

/*
 * Queues a job. The body is taken over (the caller's text is empty after). The handler is called from
 * mapper_step(). Strikes are counted by `context`: it stands for the source.
 */
void mapper_submit(struct mapper *mapper, const struct mapper_job *job, struct text *body, mapper_done *done,
                   void *context);

struct pollfd;
/* The descriptors to sleep on (at most 2, so give room for 2) and, in *deadline_monotonic_ms, when to call
 * mapper_step() at the latest. */
size_t mapper_poll_fds(struct mapper *mapper, struct pollfd *fds, int64_t *deadline_monotonic_ms);

/* Moves bytes, ends jobs, restarts the process. Never blocks. */
void mapper_step(struct mapper *mapper, int64_t now_monotonic_ms);

/* The process's side: serves jobs from standard input until it ends. What the program vigie-mapper does. */
int mapper_process_main(void);

#endif
