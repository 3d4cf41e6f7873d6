#ifndef FETCH_MAPPER_H
#define FETCH_MAPPER_H

/*
 * Runs jq filters in a process of its own, where a hostile answer can only hurt itself: libjq
 * answers trouble with abort(), has no memory limit and cannot be stopped cleanly.
 *
 * Frames with a length before them travel over one socket pair. One job at a time; the others queue. When
 * the process dies or a job takes too long it is started again, and only that job has failed.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/text.h"

struct mapper;

/* `output` is the filter's one document as JSON, or empty with `error` set. */
typedef void mapper_done(void *context, bool mapped, const struct text *output, const struct error *error);

struct mapper *mapper_create(const char *program_path, struct error *error);
void mapper_destroy(struct mapper *mapper);

/*
 * Queues a job. The filter is given by its path (read and compiled once by the process, again when
 * the file changes), cfg as JSON text, the moment as $now in epoch seconds. The body is taken over
 * (the caller's text is empty after). The handler is called from mapper_step().
 */
void mapper_submit(struct mapper *mapper, const char *filter_path, const char *cfg_json, double now_s,
                   struct text *body, mapper_done *done, void *context);

/* Forgets a job's handler: nothing will be called for this context any more. */
void mapper_cancel(struct mapper *mapper, const void *context);

struct pollfd;
/* The descriptors to sleep on (at most 2, so give room for 2) and, in *deadline_monotonic_ms, when to call
 * mapper_step() at the latest. */
size_t mapper_poll_fds(struct mapper *mapper, struct pollfd *fds, int64_t *deadline_monotonic_ms);

/* Moves bytes, ends jobs, restarts the process. Never blocks. */
void mapper_step(struct mapper *mapper, int64_t now_monotonic_ms);

/* The process's side: serves jobs from standard input until it ends. What `vigie --mapper` runs. */
int mapper_process_main(void);

#endif
