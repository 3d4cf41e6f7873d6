#include "app/pipeline.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "app/assets.h"
#include "app/notes_watch.h"
#include "app/rehearsal.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/memory.h"
#include "fetch/fetcher.h"
#include "model/inquiry.h"
#include "model/judgement.h"

enum { TICK_MS = 1000, CLOCK_ASKED_MS = 60000, REJECTS_TOLD = 10 };

struct pipeline {
    const struct config *config;
    struct mailbox *mailbox;
    int64_t wall_shift_ms;
    struct fetcher *fetcher;
    struct board *board;
    struct notes_watch *notes;
    pthread_t thread;
    bool running;
    atomic_bool stop;
    _Atomic size_t heard_count;
    struct wishes *wishes;

    /* of the data thread alone */
    bool *heard;
    enum source_problem *problems; /* what was logged last for each source */
    bool *rejects_told;
    bool watches_clock, clock_wrong;
    int64_t next_clock_ms; /* when the machine is asked again about its clock */
    bool news;             /* something came that the screen does not know yet */
    char *asked_tile;      /* owned; NULL: nobody wants to know more about one */
    bool asked_review;     /* somebody wants to look back … */
    int64_t huddle_ms;     /* … to the last huddle, or to the start */
};

static struct now present(const struct pipeline *pipeline)
{
    struct now now = clock_now();
    now.wall_ms += pipeline->wall_shift_ms;
    return now;
}

/* A source in trouble is logged once, not at every poll, and again when it is well. */
static void log_change(struct pipeline *pipeline, const struct fetch_result *result)
{
    const char *name = pipeline->config->sources[result->source].name;
    enum source_problem problem = result->outcome == FETCH_FAILED ? result->failure.problem : SOURCE_FINE;
    if (problem == pipeline->problems[result->source])
        return;
    pipeline->problems[result->source] = problem;
    if (problem == SOURCE_FINE)
        log_info("source %s: well again", name);
    else
        log_warning("source %s: %s", name, result->failure.detail ? result->failure.detail : "failed");
}

/* Samples that were kept out are told once a source: the next answers will be like this one. */
static void log_rejected(struct pipeline *pipeline, size_t source, const struct sample_document *document)
{
    if (pipeline->rejects_told[source] || document->rejected_count == 0)
        return;
    pipeline->rejects_told[source] = true;
    for (size_t i = 0; i < document->rejected_count && i < REJECTS_TOLD; i++)
        log_warning("source %s: \"%s\" is left out: %s", pipeline->config->sources[source].name,
                    document->rejected[i].id, document->rejected[i].why);
}

static void note_heard(struct pipeline *pipeline, size_t source)
{
    if (pipeline->heard[source])
        return;
    pipeline->heard[source] = true;
    atomic_fetch_add(&pipeline->heard_count, 1);
}

static void take_result(void *context, const struct fetch_result *result)
{
    struct pipeline *pipeline = context;
    struct now now = present(pipeline);
    log_change(pipeline, result);
    switch (result->outcome) {
    case FETCH_DOCUMENT:
        log_rejected(pipeline, result->source, result->document);
        board_apply(pipeline->board, result->source, result->document, now);
        break;
    case FETCH_REPEATED:
        board_apply_again(pipeline->board, result->source, now);
        break;
    case FETCH_NO_NEWS:
        board_source_fine(pipeline->board, result->source, now);
        break;
    case FETCH_FAILED:
        board_source_failed(pipeline->board, result->source, &result->failure, now);
        break;
    }
    note_heard(pipeline, result->source);
    pipeline->news = true;
}

/* Logged when it changes, like a source. */
static void log_clock(bool right)
{
    if (right)
        log_info("the clock is synchronised again");
    else
        log_warning("the clock is not synchronised (no NTP): ages count from when an answer arrived");
}

static void watch_clock(struct pipeline *pipeline, int64_t monotonic_ms)
{
    if (!pipeline->watches_clock || monotonic_ms < pipeline->next_clock_ms)
        return;
    pipeline->next_clock_ms = monotonic_ms + CLOCK_ASKED_MS;
    bool right = clock_synchronised();
    if (right == !pipeline->clock_wrong)
        return;
    pipeline->clock_wrong = !right;
    fetcher_trust_clock(pipeline->fetcher, right);
    pipeline->news = true;
    board_clock_trusted(pipeline->board, right, present(pipeline));
    log_clock(right);
}

static void post(struct pipeline *pipeline)
{
    struct now now = present(pipeline);
    struct inquiry_question question = {pipeline->asked_tile, pipeline->asked_review,
                                        now.monotonic_ms - pipeline->huddle_ms};
    mailbox_post(pipeline->mailbox, inquiry_snapshot(pipeline->board, &question, now));
    pipeline->news = false;
}

static void ask_about(struct pipeline *pipeline, const char *tile)
{
    free(pipeline->asked_tile);
    pipeline->asked_tile = memory_copy_text(tile);
}

static void grant(void *context, const struct wish *wish)
{
    struct pipeline *pipeline = context;
    switch (wish->kind) {
    case WISH_TILE:
        ask_about(pipeline, wish->tile);
        break;
    case WISH_REVIEW:
        pipeline->asked_review = wish->on;
        break;
    case WISH_HUDDLE_HELD:
        pipeline->huddle_ms = clock_monotonic_ms();
        break;
    case WISH_ACKNOWLEDGE:
        board_acknowledge(pipeline->board, wish->tile, present(pipeline));
        break;
    }
}

void pipeline_ask(struct pipeline *pipeline, const struct wish *wish)
{
    wishes_post(pipeline->wishes, wish);
    fetcher_wake(pipeline->fetcher);
}

static void *run(void *context)
{
    struct pipeline *pipeline = context;
    rehearsal_fill_series(pipeline->board, pipeline->config, present(pipeline));
    watch_clock(pipeline, clock_monotonic_ms());
    post(pipeline);
    int64_t next_tick_ms = clock_monotonic_ms() + TICK_MS;
    pipeline->huddle_ms = clock_monotonic_ms();
    while (!atomic_load(&pipeline->stop)) {
        fetcher_wait(pipeline->fetcher, next_tick_ms);
        if (wishes_take(pipeline->wishes, grant, pipeline))
            pipeline->news = true;
        if (clock_monotonic_ms() >= next_tick_ms) {
            if (board_tick(pipeline->board, present(pipeline)))
                pipeline->news = true;
            if (notes_watch_look(pipeline->notes, pipeline->board))
                pipeline->news = true;
            watch_clock(pipeline, clock_monotonic_ms());
            next_tick_ms = clock_monotonic_ms() + TICK_MS;
        }
        if (pipeline->news)
            post(pipeline);
    }
    return NULL;
}

struct pipeline *pipeline_create(const struct pipeline_settings *settings, struct error *error)
{
    const struct config *config = settings->config;
    struct pipeline *pipeline = memory_create(1, sizeof *pipeline);
    pipeline->config = config;
    pipeline->mailbox = settings->mailbox;
    pipeline->watches_clock = settings->watches_clock;
    pipeline->wall_shift_ms = settings->wall_shift_ms;
    pipeline->heard = memory_create(config->source_count, sizeof *pipeline->heard);
    pipeline->problems = memory_create(config->source_count, sizeof *pipeline->problems);
    pipeline->rejects_told = memory_create(config->source_count, sizeof *pipeline->rejects_told);
    pipeline->wishes = wishes_create();
    pipeline->board = board_create(config->catalogue, &config->board);
    pipeline->notes = notes_watch_create(config);
    pipeline->fetcher = fetcher_create(config->sources, config->source_count, config->catalogue,
                                       assets_program_path(), take_result, pipeline, error);
    if (!pipeline->fetcher) {
        pipeline_destroy(pipeline);
        return NULL;
    }
    if (settings->hurried)
        fetcher_hurry(pipeline->fetcher);
    pipeline->running = pthread_create(&pipeline->thread, NULL, run, pipeline) == 0;
    if (!pipeline->running) {
        error_set(error, "the data thread cannot be started");
        pipeline_destroy(pipeline);
        return NULL;
    }
    return pipeline;
}

void pipeline_destroy(struct pipeline *pipeline)
{
    if (!pipeline)
        return;
    atomic_store(&pipeline->stop, true);
    if (pipeline->running) {
        fetcher_wake(pipeline->fetcher);
        pthread_join(pipeline->thread, NULL);
    }
    fetcher_destroy(pipeline->fetcher);
    notes_watch_destroy(pipeline->notes);
    board_destroy(pipeline->board);
    wishes_destroy(pipeline->wishes);
    free(pipeline->asked_tile);
    free(pipeline->heard);
    free(pipeline->problems);
    free(pipeline->rejects_told);
    free(pipeline);
}

bool pipeline_all_heard(const struct pipeline *pipeline)
{
    return atomic_load(&pipeline->heard_count) == pipeline->config->source_count;
}
