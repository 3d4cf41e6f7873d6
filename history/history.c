#include "history/history.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/arena.h"
#include "base/calendar.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/memory.h"
#include "base/now.h"
#include "history/files.h"

/* A wall stops within 200 ms, whatever the disk does. */
enum { QUARTER_MS = 900000, RETRY_MS = 60000, LEAVE_AFTER_MS = 150, SILENT_MS = 30000 };

/* The beginning of 2025. Nobody had a wall before: a clock that says so was never set. */
static const int64_t CLOCK_SET_MS = 1735689600000;

struct history {
    struct arena *arena; /* of the settings */
    struct history_settings settings;
    pthread_t thread;
    bool running;

    pthread_mutex_t mutex; /* held for pushing pointers, never while the disk is asked */
    pthread_cond_t woken;
    struct history_batch *queue[HISTORY_QUEUE_MAX];
    size_t queued, dropped;
    bool stop, abandoned;
    int64_t *wanted_days;              /* one a series; owned; NULL: nobody asks */
    struct history_restored *restored; /* a queue, the oldest first */
    struct error trouble;              /* "": all is well */
    int64_t trouble_since_wall_ms, written_wall_ms, bytes;
    int64_t busy_since_ms; /* monotonic: the disk was asked and has not answered; 0: it is not asked */

    /* of the thread alone */
    struct store *store; /* NULL: it could not be opened */
    bool restored_once, checked;
    int64_t next_commit_ms, next_look_ms;
    int64_t so_far_ms; /* the quarter of an hour up to which the days so far were given */
};

static struct now present(const struct history *history)
{
    struct now now = clock_now();
    now.wall_ms += history->settings.wall_shift_ms;
    return now;
}

static bool clock_is_set(const struct history *history)
{
    return present(history).wall_ms >= CLOCK_SET_MS;
}

/* ---- trouble ---- */

static void tell(struct history *history, const struct error *trouble)
{
    pthread_mutex_lock(&history->mutex);
    bool news = strcmp(history->trouble.text, trouble->text) != 0;
    history->trouble = *trouble;
    if (!trouble->text[0])
        history->trouble_since_wall_ms = 0;
    else if (!history->trouble_since_wall_ms)
        history->trouble_since_wall_ms = present(history).wall_ms;
    size_t dropped = trouble->text[0] ? 0 : history->dropped;
    history->dropped -= dropped;
    pthread_mutex_unlock(&history->mutex);
    if (news && trouble->text[0])
        log_warning("history: %s; the wall goes on, and it is tried again every minute", trouble->text);
    else if (news)
        log_info("history: it is written again");
    if (dropped)
        log_warning("history: %zu minutes are lost: they could not be written for too long", dropped);
}

/* How large it is now, and when it was written: 0, this time it was not. */
static int64_t note_size(struct history *history, int64_t written_wall_ms)
{
    int64_t bytes = files_size(history->settings.path);
    pthread_mutex_lock(&history->mutex);
    if (written_wall_ms)
        history->written_wall_ms = written_wall_ms;
    history->bytes = bytes;
    pthread_mutex_unlock(&history->mutex);
    return bytes;
}

/* ---- the queue ---- */

/* The oldest goes where there is no room. With the mutex. */
static void push(struct history *history, struct history_batch *batch)
{
    if (history->queued == HISTORY_QUEUE_MAX) {
        history_batch_destroy(history->queue[0]);
        memmove(history->queue, history->queue + 1, (HISTORY_QUEUE_MAX - 1) * sizeof *history->queue);
        history->queued--;
        history->dropped++;
    }
    history->queue[history->queued++] = batch;
}

static size_t take_queue(struct history *history, struct history_batch **taken)
{
    pthread_mutex_lock(&history->mutex);
    size_t count = history->queued;
    memcpy(taken, history->queue, count * sizeof *taken);
    history->queued = 0;
    pthread_mutex_unlock(&history->mutex);
    return count;
}

/* What could not be written waits in front of what came meanwhile. */
static void give_back(struct history *history, struct history_batch **taken, size_t count)
{
    struct history_batch *newer[HISTORY_QUEUE_MAX];
    pthread_mutex_lock(&history->mutex);
    size_t newer_count = history->queued;
    memcpy(newer, history->queue, newer_count * sizeof *newer);
    memcpy(history->queue, taken, count * sizeof *taken);
    history->queued = count;
    for (size_t i = 0; i < newer_count; i++)
        push(history, newer[i]);
    pthread_mutex_unlock(&history->mutex);
}

void history_post(struct history *history, struct history_batch *batch)
{
    if (!history) {
        history_batch_destroy(batch);
        return;
    }
    pthread_mutex_lock(&history->mutex);
    if (batch->comparable_days) {
        free(history->wanted_days);
        history->wanted_days = batch->comparable_days;
        batch->comparable_days = NULL;
        pthread_cond_signal(&history->woken);
    }
    push(history, batch);
    pthread_mutex_unlock(&history->mutex);
}

/* ---- the thread: opening and reading back ---- */

static int64_t retry_ms(const struct history *history)
{
    return history->settings.commit_every_ms < RETRY_MS ? history->settings.commit_every_ms : RETRY_MS;
}

static void open_store(struct history *history)
{
    const struct history_settings *from = &history->settings;
    struct store_settings settings = {from->path, from->keep_days, from->series_count, from->series};
    struct error error = {""};
    struct now now = present(history);
    history->store = store_open(&settings, now, &error);
    if (!history->store) {
        tell(history, &error);
        return;
    }
    if (error.text[0])
        log_warning("history: %s", error.text);
    error = (struct error){""};
    store_end_unseen_alerts(history->store, now, &error);
    store_changed_beside(history->store);
    tell(history, &error);
    log_info("history: kept in %s, %.1f MB", from->path, (double)note_size(history, 0) / 1e6);
}

/* A damaged database must not be met again: it goes aside, and the next try begins a new one. */
static void give_up_store(struct history *history, const struct error *error)
{
    char aside[4160];
    struct error trouble = {""};
    bool damaged = store_is_damaged(history->store);
    tell(history, error);
    if (!damaged)
        return;
    store_close(history->store);
    history->store = NULL;
    if (files_put_aside(history->settings.path, present(history).wall_ms, aside, sizeof aside, &trouble))
        log_warning("history: the damaged one is kept as %s, and a new one begins", aside);
    else
        log_warning("history: %s", trouble.text);
    open_store(history);
}

static void check_store(struct history *history)
{
    struct error error = {""};
    if (history->store && !store_check(history->store, &error))
        give_up_store(history, &error);
}

static int64_t *take_wanted_days(struct history *history)
{
    pthread_mutex_lock(&history->mutex);
    int64_t *days = history->wanted_days;
    history->wanted_days = NULL;
    pthread_mutex_unlock(&history->mutex);
    return days;
}

static void give_restored(struct history *history, struct history_restored *restored)
{
    pthread_mutex_lock(&history->mutex);
    struct history_restored **end = &history->restored;
    while (*end)
        end = &(*end)->next;
    *end = restored;
    if (history->settings.handler && !history->stop)
        history->settings.handler(history->settings.context);
    pthread_mutex_unlock(&history->mutex);
}

/* The first time curves and alerts too; a file that is not there yet has nothing to give. */
static void read_back(struct history *history)
{
    int64_t *days = take_wanted_days(history);
    if (!days)
        return;
    struct error error = {""};
    struct history_restored *restored =
        history_restore(&history->settings, days, !history->restored_once, present(history), &error);
    free(days);
    if (!restored && history->store) /* else what is wrong was told already */
        log_warning("history: %s", error.text);
    if (!restored)
        return;
    history->restored_once = true;
    give_restored(history, restored);
}

/* What a command noted meanwhile. */
static void look_for_marks(struct history *history)
{
    struct error error = {""};
    if (clock_monotonic_ms() < history->next_look_ms || !history->store)
        return;
    history->next_look_ms = clock_monotonic_ms() + retry_ms(history);
    if (!store_changed_beside(history->store))
        return;
    struct history_restored *restored =
        history_restore_marks(history->settings.path, present(history), &error);
    if (restored)
        give_restored(history, restored);
}

/* Yesterday belongs to the days that are over, which are given a little after midnight: not before. */
static bool wants_so_far(struct history *history, struct now now)
{
    int64_t quarter_ms = now.wall_ms - now.wall_ms % QUARTER_MS;
    int64_t settled_ms = calendar_midnight_ms(now.wall_ms - QUARTER_MS);
    bool wanted = quarter_ms != history->so_far_ms && settled_ms == calendar_midnight_ms(now.wall_ms);
    if (wanted)
        history->so_far_ms = quarter_ms;
    return wanted;
}

static void give_so_far(struct history *history)
{
    struct error error = {""};
    struct now now = present(history);
    if (!history->restored_once || !wants_so_far(history, now))
        return;
    struct history_restored *restored = history_restore_so_far(&history->settings, now, &error);
    if (restored)
        give_restored(history, restored);
}

/* ---- the thread: writing ---- */

static void destroy_all(struct history_batch **batches, size_t count)
{
    for (size_t i = 0; i < count; i++)
        history_batch_destroy(batches[i]);
}

static void commit(struct history *history)
{
    struct history_batch *taken[HISTORY_QUEUE_MAX];
    struct error error = {""};
    history->next_commit_ms = clock_monotonic_ms() + history->settings.commit_every_ms;
    if (!history->store || !clock_is_set(history)) {
        history->next_commit_ms = clock_monotonic_ms() + retry_ms(history);
        return;
    }
    size_t count = take_queue(history, taken);
    if (!count)
        return;
    if (store_write(history->store, taken, count, present(history), &error)) {
        destroy_all(taken, count);
        note_size(history, present(history).wall_ms);
        tell(history, &error);
        give_so_far(history);
        return;
    }
    give_back(history, taken, count);
    history->next_commit_ms = clock_monotonic_ms() + retry_ms(history);
    give_up_store(history, &error);
}

static struct timespec as_timespec(int64_t ms)
{
    return (struct timespec){.tv_sec = ms / 1000, .tv_nsec = (long)(ms % 1000) * 1000000};
}

/* Until there is something to do; true where that is to stop. */
static bool sleep_until_woken(struct history *history)
{
    struct timespec deadline = as_timespec(earlier_ms(history->next_commit_ms, history->next_look_ms));
    pthread_mutex_lock(&history->mutex);
    history->busy_since_ms = 0;
    while (!history->stop && !history->wanted_days &&
           pthread_cond_timedwait(&history->woken, &history->mutex, &deadline) != ETIMEDOUT)
        continue;
    bool stop = history->stop;
    history->busy_since_ms = clock_monotonic_ms();
    pthread_mutex_unlock(&history->mutex);
    return stop;
}

static void finish(struct history *history)
{
    destroy_all(history->queue, history->queued);
    for (struct history_restored *restored = history_take(history); restored;
         restored = history_take(history))
        history_restored_destroy(restored);
    free(history->wanted_days);
    arena_destroy(history->arena);
    pthread_cond_destroy(&history->woken);
    pthread_mutex_destroy(&history->mutex);
    free(history);
}

/* Whoever is last puts out the light: where nobody waited, that is the thread itself. */
static void end_thread(struct history *history)
{
    commit(history);
    store_close(history->store);
    pthread_mutex_lock(&history->mutex);
    bool abandoned = history->abandoned;
    history->running = false;
    pthread_cond_broadcast(&history->woken);
    pthread_mutex_unlock(&history->mutex);
    if (abandoned)
        finish(history);
}

/* Days that were asked for with a clock at 1970 are no days: they are asked for again when it is set. */
static void settle_in(struct history *history)
{
    if (!clock_is_set(history)) {
        free(take_wanted_days(history));
        return;
    }
    if (!history->store)
        open_store(history);
    read_back(history);
    if (history->store && !history->checked) {
        history->checked = true;
        check_store(history);
    }
}

static void *run(void *context)
{
    struct history *history = context;
    settle_in(history);
    history->next_commit_ms = clock_monotonic_ms() + history->settings.commit_every_ms;
    history->next_look_ms = clock_monotonic_ms() + retry_ms(history);
    while (!sleep_until_woken(history)) {
        settle_in(history);
        look_for_marks(history);
        if (clock_monotonic_ms() >= history->next_commit_ms)
            commit(history);
    }
    end_thread(history);
    return NULL;
}

/* ---- from outside ---- */

static void copy_settings(struct history *history, const struct history_settings *settings)
{
    struct arena *arena = history->arena;
    struct record_series *series = arena_take(arena, settings->series_count, sizeof *series);
    for (size_t i = 0; i < settings->series_count; i++) {
        series[i] = settings->series[i];
        series[i].name = arena_copy_text(arena, series[i].name);
        series[i].kpi = arena_copy_text(arena, series[i].kpi);
        series[i].place = arena_copy_text(arena, series[i].place);
        series[i].period = arena_copy_text(arena, series[i].period);
    }
    history->settings = *settings;
    history->settings.path = arena_copy_text(arena, settings->path);
    history->settings.series = series;
    if (!settings->commit_every_ms)
        history->settings.commit_every_ms = HISTORY_COMMIT_MS;
}

static void init_condition(pthread_cond_t *condition)
{
    pthread_condattr_t attributes;
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(condition, &attributes);
    pthread_condattr_destroy(&attributes);
}

struct history *history_create(const struct history_settings *settings)
{
    struct history *history = memory_create(1, sizeof *history);
    history->arena = arena_create();
    copy_settings(history, settings);
    pthread_mutex_init(&history->mutex, NULL);
    init_condition(&history->woken);
    history->running = true;
    history->busy_since_ms = clock_monotonic_ms(); /* a disk may be silent from the start */
    int fault = pthread_create(&history->thread, NULL, run, history);
    if (fault == 0)
        return history;
    history->running = false;
    error_set(&history->trouble, "its thread cannot be started: %s", strerror(fault));
    log_warning("history: %s; nothing is kept", history->trouble.text);
    return history;
}

/* True: the thread has ended. */
static bool wait_for_end(struct history *history)
{
    struct timespec deadline = as_timespec(clock_monotonic_ms() + LEAVE_AFTER_MS);
    while (history->running &&
           pthread_cond_timedwait(&history->woken, &history->mutex, &deadline) != ETIMEDOUT)
        continue;
    return !history->running;
}

void history_destroy(struct history *history)
{
    if (!history)
        return;
    pthread_mutex_lock(&history->mutex);
    bool started = history->running;
    pthread_t thread = history->thread; /* an abandoned thread frees the rest when it likes */
    history->stop = true;
    pthread_cond_broadcast(&history->woken);
    bool ended = wait_for_end(history);
    history->abandoned = !ended;
    pthread_mutex_unlock(&history->mutex);
    if (started && ended)
        pthread_join(thread, NULL);
    if (ended) {
        finish(history);
        return;
    }
    pthread_detach(thread);
    log_warning("history: the disk does not answer; what was not yet written is lost if it does not soon");
}

struct history_restored *history_take(struct history *history)
{
    if (!history)
        return NULL;
    pthread_mutex_lock(&history->mutex);
    struct history_restored *restored = history->restored;
    history->restored = restored ? restored->next : NULL;
    pthread_mutex_unlock(&history->mutex);
    return restored;
}

struct snapshot_keeping history_keeping(struct history *history, struct now now, struct error *trouble)
{
    if (!history)
        return (struct snapshot_keeping){0};
    pthread_mutex_lock(&history->mutex);
    struct snapshot_keeping keeping = {.kept = true,
                                       .written_wall_ms = history->written_wall_ms,
                                       .bytes = history->bytes,
                                       .trouble_since_wall_ms = history->trouble_since_wall_ms};
    int64_t busy_since_ms = history->busy_since_ms;
    *trouble = history->trouble;
    pthread_mutex_unlock(&history->mutex);
    int64_t silent_ms = busy_since_ms ? now.monotonic_ms - busy_since_ms : 0;
    if (!trouble->text[0] && silent_ms > SILENT_MS) {
        error_set(trouble, "the disk does not answer");
        keeping.trouble_since_wall_ms = (now.wall_ms - silent_ms) / 60000 * 60000; /* news but once */
    }
    keeping.trouble = trouble->text[0] ? trouble->text : NULL;
    return keeping;
}
