#include "app/pipeline.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "app/assets.h"
#include "app/chronicle.h"
#include "app/notes_watch.h"
#include "app/opt_in_file.h"
#include "app/rehearsal.h"
#include "app/told.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/memory.h"
#include "base/text.h"
#include "fetch/fetcher.h"
#include "model/inquiry.h"
#include "model/judgement.h"
#include "model/snapshot.h"

enum { TICK_MS = 1000, CLOCK_ASKED_MS = 60000, REJECTS_TOLD = 10 };

struct pipeline {
    const struct config *config;
    struct mailbox *mailbox;
    int64_t wall_shift_ms;
    struct fetcher *fetcher;
    struct board *board;
    struct notes_watch *notes;
    struct opt_in_watch *opt_in; /* NULL: no agent is ranked */
    pthread_t thread;
    bool running;
    atomic_bool stop;
    _Atomic size_t heard_count;
    _Atomic int64_t alive_ms;
    atomic_bool past_is_there; /* that the board was not given yet */
    struct wishes *wishes;

    /* of the data thread alone */
    bool *heard;
    struct told *told; /* for each source */
    bool *rejects_told;
    bool goes_on; /* the board was another pipeline's: it has its curves */
    bool watches_clock, clock_wrong;
    int64_t next_clock_ms; /* when the machine is asked again about its clock */
    char *history_path;    /* owned; NULL: nothing is kept */
    char *past_path;       /* owned; NULL: nothing is recalled */
    struct chronicle *chronicle;
    bool news;         /* something came that the screen does not know yet */
    char *asked_tile;  /* owned; NULL: nobody wants to know more about one */
    bool asked_review; /* somebody wants to look back … */
    int64_t huddle_ms; /* … to the last huddle, or to the start … */
    bool huddle_held;  /* … where there was none */
};

static struct now present(const struct pipeline *pipeline)
{
    struct now now = clock_now();
    now.wall_ms += pipeline->wall_shift_ms;
    return now;
}

static void log_change(struct pipeline *pipeline, const struct fetch_result *result, int64_t now_ms)
{
    const char *name = pipeline->config->sources[result->source].name;
    bool failed = result->outcome == FETCH_FAILED;
    const char *detail = failed && result->failure.detail ? result->failure.detail : failed ? "failed" : "";
    if (!told_is_news(&pipeline->told[result->source], failed ? result->failure.problem : SOURCE_FINE, detail,
                      now_ms))
        return;
    if (failed)
        log_warning("source %s: %s", name, detail);
    else
        log_info("source %s: well again", name);
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

static void take_failure(struct pipeline *pipeline, const struct fetch_result *result, struct now now)
{
    struct source_failure failure = result->failure;
    failure.next_try_ms = result->next_poll_monotonic_ms;
    board_source_failed(pipeline->board, result->source, &failure, now);
}

static void take_result(void *context, const struct fetch_result *result)
{
    struct pipeline *pipeline = context;
    struct now now = present(pipeline);
    log_change(pipeline, result, now.monotonic_ms);
    switch (result->outcome) {
    case FETCH_DOCUMENT:
        log_rejected(pipeline, result->source, result->document);
        board_apply(pipeline->board, result->source, result->document, now);
        break;
    case FETCH_REPEATED:
        board_apply_again(pipeline->board, result->source, now);
        break;
    case FETCH_NO_NEWS:
    case FETCH_ANSWER: /* a board's source has a filter */
        board_source_fine(pipeline->board, result->source, now);
        break;
    case FETCH_FAILED:
        take_failure(pipeline, result, now);
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
                                        now.monotonic_ms - pipeline->huddle_ms, !pipeline->huddle_held};
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
        pipeline->huddle_held = true;
        if (pipeline->chronicle)
            chronicle_huddle(pipeline->chronicle, present(pipeline));
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

/* The history's thread has read something: curves are not to wait for the next second. */
static void note_past(void *context)
{
    struct pipeline *pipeline = context;
    atomic_store(&pipeline->past_is_there, true);
    fetcher_wake(pipeline->fetcher);
}

static void begin_chronicle(struct pipeline *pipeline)
{
    struct history_settings history = {.path = pipeline->history_path,
                                       .keep_days = pipeline->config->history_keep_days,
                                       .wall_shift_ms = pipeline->wall_shift_ms,
                                       .handler = note_past,
                                       .context = pipeline};
    if (!pipeline->past_path)
        pipeline->chronicle = chronicle_create(&pipeline->config->board, &history, pipeline->board,
                                               pipeline->goes_on, present(pipeline));
}

static void recall(struct pipeline *pipeline, struct now now)
{
    struct error error = {""};
    if (!pipeline->past_path)
        return;
    board_tick(pipeline->board, now); /* a board counts its minutes from its first look at the clock */
    if (!chronicle_recall(&pipeline->config->board, pipeline->past_path, pipeline->board, now, &error))
        log_warning("history: %s", error.text);
}

/* The last huddle may have been before the start. */
static void recall_huddle(struct pipeline *pipeline, struct now now)
{
    int64_t huddle_wall_ms = chronicle_last_huddle(pipeline->chronicle);
    if (!huddle_wall_ms)
        return;
    pipeline->huddle_ms = now.monotonic_ms - (now.wall_ms - huddle_wall_ms);
    pipeline->huddle_held = true;
}

static void tick(struct pipeline *pipeline)
{
    struct now now = present(pipeline);
    if (board_tick(pipeline->board, now))
        pipeline->news = true;
    if (notes_watch_look(pipeline->notes, pipeline->board))
        pipeline->news = true;
    if (opt_in_watch_look(pipeline->opt_in, pipeline->board, now.monotonic_ms))
        pipeline->news = true;
    watch_clock(pipeline, clock_monotonic_ms());
    if (pipeline->chronicle &&
        chronicle_tick(pipeline->chronicle, pipeline->board, pipeline->clock_wrong, now)) {
        pipeline->news = true;
        recall_huddle(pipeline, now);
    }
}

static void *run(void *context)
{
    struct pipeline *pipeline = context;
    if (!pipeline->goes_on)
        rehearsal_fill_series(pipeline->board, pipeline->config, present(pipeline));
    begin_chronicle(pipeline);
    recall(pipeline, present(pipeline));
    watch_clock(pipeline, clock_monotonic_ms());
    post(pipeline);
    int64_t next_tick_ms = clock_monotonic_ms() + TICK_MS;
    if (!pipeline->goes_on)
        pipeline->huddle_ms = clock_monotonic_ms();
    while (!atomic_load(&pipeline->stop)) {
        fetcher_wait(pipeline->fetcher, next_tick_ms);
        if (wishes_take(pipeline->wishes, grant, pipeline))
            pipeline->news = true;
        if (atomic_exchange(&pipeline->past_is_there, false) || clock_monotonic_ms() >= next_tick_ms) {
            tick(pipeline);
            next_tick_ms = clock_monotonic_ms() + TICK_MS;
            atomic_store(&pipeline->alive_ms, clock_monotonic_ms());
        }
        if (pipeline->news)
            post(pipeline);
    }
    chronicle_destroy(pipeline->chronicle);
    return NULL;
}

/* ---- birth and death ---- */

/* All but the board and the thread. */
static struct pipeline *prepare(const struct pipeline_settings *settings, struct error *error)
{
    const struct config *config = settings->config;
    struct pipeline *pipeline = memory_create(1, sizeof *pipeline);
    pipeline->config = config;
    pipeline->mailbox = settings->mailbox;
    pipeline->watches_clock = settings->watches_clock;
    pipeline->wall_shift_ms = settings->wall_shift_ms;
    pipeline->alive_ms = clock_monotonic_ms();
    pipeline->history_path = memory_copy_text(settings->history_path);
    pipeline->past_path = memory_copy_text(settings->past_path);
    pipeline->heard = memory_create(config->source_count, sizeof *pipeline->heard);
    pipeline->told = memory_create(config->source_count, sizeof *pipeline->told);
    pipeline->rejects_told = memory_create(config->source_count, sizeof *pipeline->rejects_told);
    pipeline->wishes = wishes_create();
    pipeline->notes = notes_watch_create(config);
    pipeline->opt_in = opt_in_watch_create(config->opt_in_path, clock_monotonic_ms());
    pipeline->fetcher = fetcher_create(config->sources, config->source_count, config->catalogue,
                                       assets_mapper_path(), take_result, pipeline, error);
    if (!pipeline->fetcher) {
        pipeline_destroy(pipeline);
        return NULL;
    }
    if (settings->hurried)
        fetcher_hurry(pipeline->fetcher);
    return pipeline;
}

static struct pipeline *start(struct pipeline *pipeline, struct error *error)
{
    snapshot_destroy(mailbox_take(pipeline->mailbox)); /* an old board's last word, if there is one */
    int fault = pthread_create(&pipeline->thread, NULL, run, pipeline);
    pipeline->running = fault == 0;
    if (pipeline->running)
        return pipeline;
    error_set(error, "the data thread cannot be started: %s", strerror(fault));
    pipeline_destroy(pipeline);
    return NULL;
}

static void stop(struct pipeline *pipeline)
{
    atomic_store(&pipeline->stop, true);
    if (!pipeline->running)
        return;
    fetcher_wake(pipeline->fetcher);
    pthread_join(pipeline->thread, NULL);
    pipeline->running = false;
}

struct pipeline *pipeline_create(const struct pipeline_settings *settings, struct error *error)
{
    struct pipeline *pipeline = prepare(settings, error);
    if (!pipeline)
        return NULL;
    pipeline->board = board_create(settings->config->catalogue, &settings->config->board);
    return start(pipeline, error);
}

/* What decides about the figures that a source gives; how it is signed in to and how often asked does not. */
static bool same_source(const struct source_settings *a, const struct source_settings *b)
{
    return text_equal(a->name, b->name) && text_equal(a->url, b->url) && text_equal(a->path, b->path) &&
           text_equal(a->filter_path, b->filter_path) && text_equal(a->method, b->method) &&
           text_equal(a->body, b->body) && text_equal(a->cfg_json, b->cfg_json);
}

static bool same_sources(const struct config *a, const struct config *b)
{
    bool same = a->source_count == b->source_count;
    for (size_t i = 0; same && i < a->source_count; i++)
        same = same_source(&a->sources[i], &b->sources[i]);
    return same;
}

static void take_over(struct pipeline *pipeline, struct pipeline *before)
{
    const struct config *config = pipeline->config;
    pipeline->goes_on = true;
    pipeline->huddle_ms = before->huddle_ms;
    pipeline->huddle_held = before->huddle_held;
    pipeline->clock_wrong = before->clock_wrong;
    fetcher_trust_clock(pipeline->fetcher, !before->clock_wrong);
    pipeline->board = board_create_after(config->catalogue, &config->board, before->board,
                                         same_sources(config, before->config), present(pipeline));
    before->board = NULL;
}

struct pipeline *pipeline_create_after(const struct pipeline_settings *settings, struct pipeline *before,
                                       struct error *error)
{
    struct pipeline *pipeline = prepare(settings, error);
    if (!pipeline)
        return NULL;
    stop(before);
    take_over(pipeline, before);
    pipeline_destroy(before);
    if (!start(pipeline, error))
        abort(); /* a machine without room for a thread has none for a wall */
    return pipeline;
}

void pipeline_destroy(struct pipeline *pipeline)
{
    if (!pipeline)
        return;
    stop(pipeline);
    fetcher_destroy(pipeline->fetcher);
    notes_watch_destroy(pipeline->notes);
    opt_in_watch_destroy(pipeline->opt_in);
    board_destroy(pipeline->board);
    free(pipeline->history_path);
    free(pipeline->past_path);
    wishes_destroy(pipeline->wishes);
    free(pipeline->asked_tile);
    free(pipeline->heard);
    free(pipeline->told);
    free(pipeline->rejects_told);
    free(pipeline);
}

int64_t pipeline_alive_ms(const struct pipeline *pipeline)
{
    return atomic_load(&pipeline->alive_ms);
}

bool pipeline_all_heard(const struct pipeline *pipeline)
{
    return atomic_load(&pipeline->heard_count) == pipeline->config->source_count;
}
