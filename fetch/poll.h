#ifndef FETCH_POLL_H
#define FETCH_POLL_H

/*
 * One poll of one source after the other: asked, answered, mapped, told. fetch/fetcher.c says whose turn it
 * is.
 *
 *     poll.c          begins and ends a poll, whatever the source is
 *     poll_server.c   asks a server: budget, sign-in, request, pages
 *     poll_local.c    reads a file or standard input
 *     poll_figures.c  makes figures of the answer
 *
 * Everything here runs on the fetcher's thread and never waits.
 */

#include <curl/curl.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/text.h"
#include "fetch/auth.h"
#include "fetch/budget.h"
#include "fetch/fault.h"
#include "fetch/fetcher.h"
#include "fetch/local_file.h"
#include "fetch/mapper.h"
#include "fetch/pages.h"
#include "fetch/request.h"
#include "fetch/schedule.h"
#include "fetch/signin.h"
#include "fetch/source.h"
#include "fetch/standard_input.h"
#include "fetch/transfer.h"

/* What all polls of a fetcher work with; the fetcher's. */
struct poll_shared {
    CURLM *multi;
    struct signin *signin;
    struct mapper *mapper;
    struct standard_input input;
    const struct catalogue *catalogue;
    fetch_handler *handler;
    void *context;
    bool clock_trusted;
    bool shows_requests;
    uint64_t ended; /* polls so far */
};

/* Waiting: for its moment in the budget, or for a file that is being written. Signing in: for a token. */
enum poll_state { POLL_IDLE, POLL_WAITING, POLL_SIGNING_IN, POLL_ASKING, POLL_MAPPING };

/* What answer and filter were, told apart by length and hash. */
struct fingerprint {
    size_t answer_bytes, filter_bytes;
    uint64_t answer, filter;
};

struct poll {
    struct poll_shared *shared;
    size_t index;
    const struct source_settings *settings;
    struct schedule schedule;
    enum poll_state state;
    int64_t due_ms, asked_ms; /* monotonic; while waiting, `due_ms` is when to go on */

    struct request request;
    struct credentials credentials;
    struct budget *budget; /* NULL: none */
    struct transfer *transfer;
    struct pages pages;
    bool retried; /* the page that is being asked for */
    struct fetch_result result;
    int64_t mapping_since_ms;
    double arrival_s; /* of the first page, by a clock that is right */
    double written_s; /* of a file; NaN: its document's own time or that of arrival counts */
    int64_t shift_ms; /* what the server's clock is ahead of ours, where ours is not kept right */
    struct fingerprint asked, mapped; /* of this answer; of the last that became a document */
    struct text program;              /* of the filter, empty where it cannot be read; */
    struct error program_error;       /* then why */
    bool timeless;                    /* the filter does not look at the time */

    struct validators validators;  /* of the last document, where asking for news alone is right */
    struct file_stamp stamp, read; /* of what is being mapped; of the last document */
    int attempts;                  /* at a file that is being written */
    struct text document;          /* from a file or standard input */
    struct text sent;              /* where requests are shown */
    struct text challenge;
};

/* `budget` is the account's, NULL: none; it, the settings and what is shared are borrowed. */
void poll_init(struct poll *poll, struct poll_shared *shared, size_t index,
               const struct source_settings *settings, struct budget *budget, int64_t now_ms);

/* Ends it in whatever state it is; nobody is told. */
void poll_finish(struct poll *poll);

/* When it has to be called next; INT64_MAX: something else comes first. */
int64_t poll_turn_ms(const struct poll *poll);

/* It is its turn: begins, or goes on after a wait. */
void poll_take_turn(struct poll *poll, int64_t now_ms);

/* ---- for the files named above ---- */

/* The poll is over and its owner hears of it. `told_ms`: the wait that the server asked for, 0: none. */
void poll_end_well(struct poll *poll, enum fetch_outcome outcome);
void poll_end_badly(struct poll *poll, const struct fault *fault, int64_t told_ms);

/* Whether asking again soon after this can do harm. */
enum pace poll_pace_after(const struct fault *fault);

/* Goes on at this moment. */
void poll_wait_until(struct poll *poll, int64_t due_ms);

/* What comes next is mapped, whatever it is. */
void poll_forget_last_document(struct poll *poll);

/* Before anything is asked: the filter as it is now. */
void poll_look_at_filter(struct poll *poll);

/* Makes figures of the answer, which is taken over, and ends the poll. */
void poll_map(struct poll *poll, struct text *answer);

void poll_server_begin(struct poll *poll, int64_t now_ms);
/* After a wait for the budget or for a token. */
void poll_server_go_on(struct poll *poll, int64_t now_ms);
/* Its transfer ended. */
void poll_server_take(struct poll *poll, CURLcode code);

void poll_file_begin(struct poll *poll, int64_t now_ms);
void poll_file_go_on(struct poll *poll, int64_t now_ms);
void poll_stdin_begin(struct poll *poll, int64_t now_ms);

#endif
