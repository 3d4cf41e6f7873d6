#ifndef APP_PIPELINE_H
#define APP_PIPELINE_H

/*
 * The data thread: asks the sources, hands what they say to the board, posts what the board shows.
 *
 * It sleeps in the fetcher and nowhere else, and keeps nothing of what it posts.
 *
 * Snapshots and wishes pass between the threads through atomic pointers. There are four locks, none of which
 * is taken while another is held: the history's (history/history.c), which is also held while its handler
 * wakes this thread, so that nobody wakes a pipeline that is gone; that of the secrets (fetch/secret.c); and
 * the simulator's two. With none of them anybody waits for the disk, the network or another thread.
 */

#include <stdbool.h>
#include <stdint.h>

#include "app/config.h"
#include "app/mailbox.h"
#include "app/wishes.h"
#include "base/error.h"

struct pipeline;

struct pipeline_settings {
    const struct config *config; /* borrowed for the pipeline's life */
    struct mailbox *mailbox;     /* likewise */
    bool watches_clock;          /* asks once a minute whether the machine's clock is right */
    const char *history_path;    /* the file that remembers; copied; NULL: nothing is kept */
    const char *past_path;       /* a file to recall once and not to write; copied; NULL: none */
    bool hurried;                /* asks all sources at once, for a picture or a simulated centre */
    int64_t wall_shift_ms;       /* added to the clock: 0, or what --at asks for */
};

/* Starts the thread. NULL: the error says what is missing. */
struct pipeline *pipeline_create(const struct pipeline_settings *settings, struct error *error);

/*
 * The same for a board that was read again: it goes on where `before` stands, which is stopped and used up;
 * its config is not needed any more after. NULL: the error says what is missing, and `before` goes on as if
 * nothing had been asked.
 */
struct pipeline *pipeline_create_after(const struct pipeline_settings *settings, struct pipeline *before,
                                       struct error *error);

/* Stops and joins the thread, whatever is in flight, and frees everything. */
void pipeline_destroy(struct pipeline *pipeline);

/* Makes a wish; what comes of it comes with a snapshot, soon. Main thread. */
void pipeline_ask(struct pipeline *pipeline, const struct wish *wish);

/* When the thread last looked at the time (monotonic); it does so once a second while it is well. From any
 * thread. */
int64_t pipeline_alive_ms(const struct pipeline *pipeline);

/* Whether every source has answered or failed at least once. From any thread. */
bool pipeline_all_heard(const struct pipeline *pipeline);

#endif
