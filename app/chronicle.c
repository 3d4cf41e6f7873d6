#include "app/chronicle.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/calendar.h"
#include "base/memory.h"
#include "base/text.h"
#include "model/record.h"

/* A clock that is set by less is not worth moving minutes for. */
static const int64_t NOTICED_STEP_MS = 30000, MINUTE_MS = 60000;
/* By then the last minute of a day is written, and the day rolled up. */
static const int64_t SETTLED_MS = 3 * (int64_t)HISTORY_COMMIT_MS;
enum { NO_SERIES = -1 };

struct chronicle {
    struct history *history;
    struct arena *arena;
    size_t tile_count, series_count;
    int *places; /* of each tile: its series, or NO_SERIES */
    struct record_series *series;

    int64_t minute;            /* that `cells` are of; 0: none yet */
    struct record_cell *cells; /* one a series, of the last tick */
    struct record_alert *alerts;
    size_t change_count, change_capacity;
    struct record_alert *changes; /* begun or changed, not handed over */

    bool has_offset, clock_wrong;
    int64_t offset_ms;   /* wall minus monotonic */
    int64_t midnight_ms; /* of the day whose comparable days were asked for */
    int64_t settled_ms;  /* of the last day that was rolled up by then */
    int64_t huddle_wall_ms;

    bool goes_on;      /* the board was another chronicle's before */
    bool handed_over;  /* a minute of this run */
    bool past_known;   /* what is on the disk was read: it is not written over with less */
    bool alerts_noted; /* those that were open before can no more be gone on with */
    struct record_letters letters, letters_written; /* as they stand; as they were handed over last */
};

/* ---- which tiles share a series ---- */

static int place_of(struct chronicle *chronicle, const struct record_series *series)
{
    if (!series->name)
        return NO_SERIES;
    for (size_t i = 0; i < chronicle->series_count; i++)
        if (text_equal(chronicle->series[i].name, series->name))
            return (int)i;
    chronicle->series[chronicle->series_count] = *series;
    return (int)chronicle->series_count++;
}

static void list_series(struct chronicle *chronicle, const struct board_settings *settings)
{
    size_t tile = 0;
    chronicle->tile_count = board_settings_tile_count(settings);
    chronicle->places = arena_take(chronicle->arena, chronicle->tile_count, sizeof *chronicle->places);
    chronicle->series = arena_take(chronicle->arena, chronicle->tile_count, sizeof *chronicle->series);
    for (size_t i = 0; i < settings->page_count; i++)
        for (size_t j = 0; j < settings->pages[i].tile_count; j++) {
            struct record_series series = record_series_of(chronicle->arena, &settings->pages[i].tiles[j]);
            chronicle->places[tile++] = place_of(chronicle, &series);
        }
    chronicle->cells = arena_take(chronicle->arena, chronicle->series_count, sizeof *chronicle->cells);
    chronicle->alerts = arena_take(chronicle->arena, chronicle->series_count, sizeof *chronicle->alerts);
    for (size_t i = 0; i < chronicle->series_count; i++)
        chronicle->alerts[i].tile = i;
}

/* ---- handing over ---- */

static struct history_batch *batch_create(void)
{
    return memory_create(1, sizeof(struct history_batch));
}

static void *copy(const void *from, size_t count, size_t size)
{
    void *to = memory_create(count ? count : 1, size);
    if (count)
        memcpy(to, from, count * size);
    return to;
}

static bool same_letters(const struct record_letters *a, const struct record_letters *b)
{
    bool same = a->midnight_wall_ms == b->midnight_wall_ms;
    for (int i = 0; same && i < SNAPSHOT_LETTERS; i++)
        same = a->cells[i] == b->cells[i];
    return same;
}

/* Those that are new; none while nobody knows what day it is. */
static struct record_letters letters_to_write(struct chronicle *chronicle)
{
    if (same_letters(&chronicle->letters, &chronicle->letters_written) || !chronicle->past_known ||
        chronicle->clock_wrong)
        return (struct record_letters){0};
    chronicle->letters_written = chronicle->letters;
    return chronicle->letters;
}

static void hand_over(struct chronicle *chronicle)
{
    chronicle->handed_over = true;
    struct history_batch *batch = batch_create();
    batch->minute = chronicle->minute;
    batch->cells = copy(chronicle->cells, chronicle->series_count, sizeof *batch->cells);
    batch->alert_count = chronicle->change_count;
    batch->alerts = copy(chronicle->changes, chronicle->change_count, sizeof *batch->alerts);
    chronicle->change_count = 0;
    batch->letters = letters_to_write(chronicle);
    batch->clock_wrong = chronicle->clock_wrong;
    history_post(chronicle->history, batch);
}

/* ---- the clock ---- */

static void move_alerts(struct record_alert *alerts, size_t count, int64_t by_ms)
{
    for (size_t i = 0; i < count; i++) {
        struct record_alert *alert = &alerts[i];
        alert->begun_ms += alert->begun_ms ? by_ms : 0;
        alert->ended_ms += alert->ended_ms ? by_ms : 0;
        alert->acked_ms += alert->acked_ms ? by_ms : 0;
    }
}

/* What was noted by a clock that is known to have been wrong is dated anew. */
static void set_right(struct chronicle *chronicle, struct board *board, int64_t by_ms)
{
    struct history_batch *batch = batch_create();
    batch->clock_step_ms = by_ms;
    history_post(chronicle->history, batch);
    chronicle->minute += chronicle->minute ? by_ms / MINUTE_MS : 0;
    move_alerts(chronicle->alerts, chronicle->series_count, by_ms);
    move_alerts(chronicle->changes, chronicle->change_count, by_ms);
    board_move_week(board, by_ms);
}

static void watch_clock(struct chronicle *chronicle, struct board *board, bool clock_wrong, struct now now)
{
    int64_t offset_ms = now.wall_ms - now.monotonic_ms;
    int64_t step_ms = offset_ms - chronicle->offset_ms;
    bool stepped = chronicle->has_offset && (step_ms > NOTICED_STEP_MS || step_ms < -NOTICED_STEP_MS);
    if (stepped && chronicle->clock_wrong)
        set_right(chronicle, board, step_ms);
    chronicle->has_offset = true;
    chronicle->offset_ms = offset_ms;
    chronicle->clock_wrong = clock_wrong;
}

/* ---- what the tiles show ---- */

/* A peak may grow with every figure: what is not handed over yet is replaced. */
static void note_change(struct chronicle *chronicle, const struct record_alert *alert)
{
    for (size_t i = chronicle->change_count; i-- > 0;)
        if (chronicle->changes[i].tile == alert->tile && chronicle->changes[i].begun_ms == alert->begun_ms) {
            chronicle->changes[i] = *alert;
            return;
        }
    chronicle->changes = memory_grow(chronicle->changes, &chronicle->change_capacity, chronicle->change_count,
                                     sizeof *chronicle->changes);
    chronicle->changes[chronicle->change_count++] = *alert;
}

/*
 * Not before it is known which ones were open: the same one would be told twice. A disk that has not answered
 * after a minute is not waited for.
 */
static void note_alerts(struct chronicle *chronicle, struct board *board, const struct record_call *calls,
                        struct now now)
{
    if (!chronicle->past_known && !chronicle->handed_over)
        return;
    chronicle->alerts_noted = true;
    for (size_t i = 0; i < chronicle->series_count; i++) {
        if (!record_alert_note(&chronicle->alerts[i], &chronicle->cells[i], &calls[i], now.wall_ms))
            continue;
        board_note_alert(board, &chronicle->alerts[i]);
        note_change(chronicle, &chronicle->alerts[i]);
    }
}

static void join_call(struct record_call *call, struct record_call other)
{
    call->told |= other.told;
    call->worse = other.worse;
    if (other.acked_ms)
        call->acked_ms = other.acked_ms;
}

static void look(struct chronicle *chronicle, struct board *board, struct now now)
{
    struct record_call *calls = memory_create(chronicle->series_count + 1, sizeof *calls);
    for (size_t i = 0; i < chronicle->series_count; i++)
        chronicle->cells[i] = record_nothing();
    for (size_t i = 0; i < chronicle->tile_count; i++) {
        int place = chronicle->places[i];
        if (place == NO_SERIES)
            continue;
        chronicle->cells[place] = record_join(chronicle->cells[place], board_record(board, i));
        join_call(&calls[place], board_record_call(board, i, now));
    }
    note_alerts(chronicle, board, calls, now);
    chronicle->letters = board_record_letters(board, now);
    free(calls);
}

/* ---- what comes back ---- */

static void resume(struct chronicle *chronicle, size_t place, const struct resumed_alert *alert)
{
    chronicle->alerts[place] = (struct record_alert){.tile = place,
                                                     .begun_ms = alert->since_wall_ms,
                                                     .acked_ms = alert->acked_wall_ms,
                                                     .peak = alert->display,
                                                     .peak_value = alert->peak_value,
                                                     .told = alert->told};
}

static void give_back(struct chronicle *chronicle, struct board *board, size_t tile,
                      const struct history_restored *restored, struct now now)
{
    const struct restored_series *series = &restored->series[chronicle->places[tile]];
    board_set_comparable(board, tile, series->comparable, series->comparable_count, now);
    board_set_days(board, tile, series->days, series->day_count);
    if (!restored->at_start)
        return;
    board_restore_series(board, tile, series->first_minute, series->values, series->displays, series->count,
                         now);
    if (series->alert.since_wall_ms && !chronicle->goes_on)
        board_resume_alert(board, tile, &series->alert);
}

static void give_all_back(struct chronicle *chronicle, struct board *board,
                          const struct history_restored *restored, struct now now)
{
    for (size_t i = 0; !restored->marks_alone && i < chronicle->tile_count; i++)
        if (chronicle->places[i] != NO_SERIES)
            board_set_so_far(board, i, &restored->series[chronicle->places[i]].so_far);
    if (restored->so_far_alone)
        return;
    board_set_marks(board, restored->marks, restored->mark_count);
    if (restored->marks_alone)
        return;
    for (size_t i = 0; i < chronicle->tile_count; i++)
        if (chronicle->places[i] != NO_SERIES)
            give_back(chronicle, board, i, restored, now);
    for (size_t i = 0; restored->at_start && !chronicle->alerts_noted && i < restored->series_count; i++)
        if (restored->series[i].alert.since_wall_ms)
            resume(chronicle, i, &restored->series[i].alert);
    if (restored->at_start) {
        board_restore_letters(board, restored->letters, restored->letter_count, now);
        chronicle->past_known = true;
    }
    board_restore_week(board, restored->week, restored->week_count, restored->week_since_wall_ms);
    if (restored->huddle_wall_ms)
        chronicle->huddle_wall_ms = restored->huddle_wall_ms;
}

static bool take_restored(struct chronicle *chronicle, struct board *board, struct now now)
{
    struct history_restored *restored;
    bool given = false;
    while ((restored = history_take(chronicle->history))) {
        give_all_back(chronicle, board, restored, now);
        history_restored_destroy(restored);
        given = true;
    }
    return given;
}

static bool tell_keeping(struct chronicle *chronicle, struct board *board, struct now now)
{
    struct error trouble;
    struct snapshot_keeping keeping = history_keeping(chronicle->history, now, &trouble);
    return board_set_keeping(board, &keeping);
}

/* One a series; 0: none. The caller owns them. */
static int64_t *comparable_days(const struct chronicle *chronicle, const struct board *board, struct now now)
{
    int64_t *days = memory_create(chronicle->series_count + 1, sizeof *days);
    for (size_t i = 0; i < chronicle->tile_count; i++) {
        int64_t day_ms;
        if (chronicle->places[i] != NO_SERIES && board_comparable_day(board, i, now, &day_ms))
            days[chronicle->places[i]] = day_ms;
    }
    return days;
}

/* With which day is compared changes at midnight; a little later yesterday is a day that is over. */
static void ask_for_days(struct chronicle *chronicle, const struct board *board, struct now now)
{
    int64_t midnight_ms = calendar_midnight_ms(now.wall_ms);
    int64_t settled_ms = calendar_midnight_ms(now.wall_ms - SETTLED_MS);
    if (midnight_ms == chronicle->midnight_ms && settled_ms == chronicle->settled_ms)
        return;
    chronicle->midnight_ms = midnight_ms;
    chronicle->settled_ms = settled_ms;
    struct history_batch *batch = batch_create();
    batch->comparable_days = comparable_days(chronicle, board, now);
    history_post(chronicle->history, batch);
}

/* ---- the whole ---- */

struct chronicle *chronicle_create(const struct board_settings *settings,
                                   const struct history_settings *history, struct board *board, bool goes_on,
                                   struct now now)
{
    struct chronicle *chronicle = memory_create(1, sizeof *chronicle);
    chronicle->arena = arena_create();
    chronicle->goes_on = goes_on;
    list_series(chronicle, settings);
    struct history_settings whole = *history;
    whole.series_count = chronicle->series_count;
    whole.series = chronicle->series;
    chronicle->history = history->path ? history_create(&whole) : NULL;
    chronicle->past_known = !history->path;
    board_begin_week(board, now);
    ask_for_days(chronicle, board, now);
    return chronicle;
}

void chronicle_destroy(struct chronicle *chronicle)
{
    if (!chronicle)
        return;
    if (chronicle->minute)
        hand_over(chronicle);
    history_destroy(chronicle->history);
    free(chronicle->changes);
    arena_destroy(chronicle->arena);
    free(chronicle);
}

bool chronicle_tick(struct chronicle *chronicle, struct board *board, bool clock_wrong, struct now now)
{
    watch_clock(chronicle, board, clock_wrong, now);
    bool given = take_restored(chronicle, board, now);
    given |= tell_keeping(chronicle, board, now);
    int64_t minute = now.wall_ms / MINUTE_MS;
    if (chronicle->minute && chronicle->minute != minute)
        hand_over(chronicle);
    chronicle->minute = minute;
    look(chronicle, board, now);
    ask_for_days(chronicle, board, now);
    return given;
}

bool chronicle_recall(const struct board_settings *settings, const char *path, struct board *board,
                      struct now now, struct error *error)
{
    struct chronicle chronicle = {.arena = arena_create()};
    list_series(&chronicle, settings);
    struct history_settings history = {
        .path = path, .series_count = chronicle.series_count, .series = chronicle.series};
    int64_t *days = comparable_days(&chronicle, board, now);
    struct history_restored *restored = history_restore(&history, days, true, now, error);
    if (restored)
        give_all_back(&chronicle, board, restored, now);
    history_restored_destroy(restored);
    free(days);
    arena_destroy(chronicle.arena);
    return restored != NULL;
}

void chronicle_huddle(struct chronicle *chronicle, struct now now)
{
    struct history_batch *batch = batch_create();
    batch->huddle_wall_ms = chronicle->huddle_wall_ms = now.wall_ms;
    history_post(chronicle->history, batch);
}

int64_t chronicle_last_huddle(const struct chronicle *chronicle)
{
    return chronicle->huddle_wall_ms;
}
