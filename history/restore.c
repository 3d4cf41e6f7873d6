#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/calendar.h"
#include "base/memory.h"
#include "base/now.h"
#include "history/history.h"
#include "history/reader.h"
#include "model/series.h"

/* A day of 25 hours in steps of five minutes. */
enum { POINT_MS = 300000, POINTS_MAX = 301 };
static const int64_t MINUTE_MS = 60000;

struct restoring {
    struct history_restored *restored;
    const struct history_settings *settings;
    int *places; /* of the reader's series among the restored; -1: none */
    int64_t first_minute, end_minute;
    const int64_t *days;           /* one a series; 0: none */
    int64_t day_ms;                /* the one that is being read */
    int64_t at_ms, at_midnight_ms; /* of the row that is being read */
};

static struct restored_series *find(const struct restoring *restoring, const struct reader_cell *cell)
{
    int place = restoring->places[cell->series];
    return place < 0 ? NULL : &restoring->restored->series[place];
}

static int *places_of(const struct reader *reader, const struct history_settings *settings)
{
    size_t count = reader_series_count(reader);
    int *places = memory_create(count + 1, sizeof *places);
    for (size_t i = 0; i < count; i++)
        places[i] = -1;
    for (size_t i = 0; i < settings->series_count; i++) {
        int place = reader_find(reader, settings->series[i].name);
        if (place >= 0)
            places[place] = (int)i;
    }
    return places;
}

/* ---- curves ---- */

static void make_room(struct restoring *restoring)
{
    size_t count = (size_t)(restoring->end_minute - restoring->first_minute);
    struct arena *arena = restoring->restored->arena;
    for (size_t i = 0; i < restoring->restored->series_count; i++) {
        struct restored_series *series = &restoring->restored->series[i];
        float *values = arena_take(arena, count, sizeof *values);
        unsigned char *displays = arena_take(arena, count, 1);
        for (size_t j = 0; j < count; j++) {
            values[j] = NAN;
            displays[j] = DISPLAY_NODATA;
        }
        series->first_minute = restoring->first_minute;
        series->count = count;
        series->values = values;
        series->displays = displays;
    }
}

static void take_minute(void *context, const struct reader_cell *cell)
{
    const struct restoring *restoring = context;
    struct restored_series *series = find(restoring, cell);
    if (!series)
        return;
    size_t at = (size_t)(cell->wall_ms / MINUTE_MS - restoring->first_minute);
    ((float *)series->values)[at] = cell->minute->value; /* its own, from make_room() */
    ((unsigned char *)series->displays)[at] = (unsigned char)cell->minute->display;
}

/* What lies in the future was written by a clock that was wrong. */
static bool restore_curves(struct restoring *restoring, struct reader *reader, struct now now,
                           struct error *error)
{
    restoring->end_minute = now.wall_ms / MINUTE_MS;
    restoring->first_minute = restoring->end_minute - SERIES_MINUTES;
    make_room(restoring);
    return reader_cells(reader, READER_MINUTES, restoring->first_minute * MINUTE_MS,
                        restoring->end_minute * MINUTE_MS, take_minute, restoring, error);
}

/* ---- alerts ---- */

static void take_alert(void *context, const struct reader_alert *alert)
{
    const struct restoring *restoring = context;
    int place = restoring->places[alert->series];
    if (place >= 0 && !alert->alert.ended_ms)
        restoring->restored->series[place].alert =
            (struct resumed_alert){.display = alert->alert.peak,
                                   .since_wall_ms = alert->alert.begun_ms,
                                   .acked_wall_ms = alert->alert.acked_ms,
                                   .told = alert->alert.told,
                                   .peak_value = alert->alert.peak_value};
}

static bool restore_week(struct restoring *restoring, struct reader *reader, struct now now,
                         struct error *error)
{
    struct history_restored *restored = restoring->restored;
    struct reader_budget budget;
    bool read = reader_budget(reader, restoring->places, calendar_floor_ms(now.wall_ms, CALENDAR_WEEK),
                              now.wall_ms, &budget, error);
    struct budget_alert *alerts = arena_take(restored->arena, budget.count, sizeof *alerts);
    if (budget.count)
        memcpy(alerts, budget.alerts, budget.count * sizeof *alerts);
    free(budget.alerts);
    restored->week = alerts;
    restored->week_count = budget.count;
    restored->week_since_wall_ms = budget.since_wall_ms;
    return read;
}

/* ---- the comparable day ---- */

static void add_point(const struct restoring *restoring, const struct reader_cell *cell, double value)
{
    struct restored_series *series = find(restoring, cell);
    if (!series || restoring->days[restoring->places[cell->series]] != restoring->day_ms)
        return;
    if (!series->comparable)
        series->comparable = arena_take(restoring->restored->arena, POINTS_MAX, sizeof *series->comparable);
    if (series->comparable_count < POINTS_MAX)
        ((struct comparison_point *)series->comparable)[series->comparable_count++] =
            (struct comparison_point){cell->wall_ms, value};
}

static void take_point(void *context, const struct reader_cell *cell)
{
    if (cell->minute && cell->wall_ms % POINT_MS == 0)
        add_point(context, cell, (double)cell->minute->value);
}

/* Where minutes are gone the last value of each quarter of an hour stands at its end. */
static void take_quarter(void *context, const struct reader_cell *cell)
{
    struct reader_cell at_end = *cell;
    at_end.wall_ms += 14 * MINUTE_MS;
    add_point(context, &at_end, cell->rolled->last);
}

static bool restore_day(struct restoring *restoring, struct reader *reader, int64_t day_ms,
                        struct error *error)
{
    int64_t end_ms = calendar_add_days_ms(day_ms, 1);
    restoring->day_ms = day_ms;
    bool minutes_kept = reader_newest(reader, end_ms) >= day_ms;
    return reader_cells(reader, minutes_kept ? READER_MINUTES : READER_QUARTERS, day_ms, end_ms,
                        minutes_kept ? take_point : take_quarter, restoring, error);
}

/* Most tiles are compared with the same day: each is read once. */
static bool restore_days(struct restoring *restoring, struct reader *reader, const int64_t *days,
                         size_t count, struct error *error)
{
    for (size_t i = 0; days && i < count; i++) {
        bool read = days[i] == 0;
        for (size_t j = 0; j < i && !read; j++)
            read = days[j] == days[i];
        if (!read && !restore_day(restoring, reader, days[i], error))
            return false;
    }
    return true;
}

/* ---- days that are over ---- */

static void take_day(void *context, const struct reader_cell *cell)
{
    const struct restoring *restoring = context;
    struct restored_series *series = find(restoring, cell);
    struct rolled_days day = {0};
    if (!series || series->day_count == DAILY_KEPT)
        return;
    if (!series->days)
        series->days = arena_take(restoring->restored->arena, DAILY_KEPT, sizeof *series->days);
    rolled_days_add(&day, cell->rolled, &restoring->settings->series[restoring->places[cell->series]]);
    ((struct daily_day *)series->days)[series->day_count++] =
        (struct daily_day){cell->wall_ms, day.sum, day.weight, 0};
}

/* Rows come in the order of time, and all cells of a row have one. */
static int64_t midnight_of(struct restoring *restoring, int64_t wall_ms)
{
    if (restoring->at_ms != wall_ms)
        restoring->at_midnight_ms = calendar_midnight_ms(wall_ms);
    restoring->at_ms = wall_ms;
    return restoring->at_midnight_ms;
}

/* Until when each day was looked at: a day whose afternoon is missing must not pass for a whole one. */
static void take_end(void *context, const struct reader_cell *cell)
{
    struct restoring *restoring = context;
    struct restored_series *series = find(restoring, cell);
    if (!series || !cell->rolled->known)
        return;
    int64_t midnight_ms = midnight_of(restoring, cell->wall_ms);
    size_t at = series->day_count;
    while (at > 0 && series->days[at - 1].midnight_wall_ms > midnight_ms)
        at--;
    if (at > 0 && series->days[at - 1].midnight_wall_ms == midnight_ms)
        ((struct daily_day *)series->days)[at - 1].known_until_wall_ms = cell->wall_ms + 15 * MINUTE_MS;
}

static bool restore_past_days(struct restoring *restoring, struct reader *reader, struct now now,
                              struct error *error)
{
    int64_t midnight_ms = calendar_midnight_ms(now.wall_ms);
    int64_t first_ms = calendar_add_days_ms(midnight_ms, -DAILY_KEPT);
    return reader_cells(reader, READER_DAYS, first_ms, midnight_ms, take_day, restoring, error) &&
           reader_cells(reader, READER_QUARTERS, first_ms, midnight_ms, take_end, restoring, error);
}

/* ---- days that are not over, to be added to those that are ---- */

static struct to_date_day day_so_far(const struct reader_begun *begun, const struct record_series *series)
{
    struct rolled_days day = {0};
    rolled_days_add(&day, &begun->rolled, series);
    return (struct to_date_day){day.sum, day.weight, begun->kept};
}

/* Which of its days it is says `place`, -1: the one that has begun. */
static struct to_date_day *so_far_at(struct to_date_so_far *so_far, int place)
{
    return place < 0 ? &so_far->begun : &so_far->before[place];
}

static bool restore_day_until(struct restoring *restoring, struct reader *reader, int place,
                              int64_t until_wall_ms, struct error *error)
{
    size_t count = reader_series_count(reader);
    struct reader_begun *begun = memory_create(count + 1, sizeof *begun);
    bool read = reader_day_begun(reader, until_wall_ms, begun, error);
    for (size_t i = 0; read && i < count; i++) {
        int index = restoring->places[i];
        if (index >= 0)
            *so_far_at(&restoring->restored->series[index].so_far, place) =
                day_so_far(&begun[i], &restoring->settings->series[index]);
    }
    free(begun);
    return read;
}

/* Up to a whole quarter of an hour: of the periods before, no minutes are kept. */
static bool restore_so_far(struct restoring *restoring, struct reader *reader, struct now now,
                           struct error *error)
{
    int64_t known_ms = reader_newest(reader, now.wall_ms) + MINUTE_MS, quarter_ms = 15 * MINUTE_MS;
    int64_t until_ms = earlier_ms(known_ms, now.wall_ms);
    until_ms -= until_ms % quarter_ms;
    for (size_t i = 0; i < restoring->restored->series_count; i++)
        restoring->restored->series[i].so_far.until_wall_ms = until_ms;
    bool read = restore_day_until(restoring, reader, -1, until_ms, error);
    for (int i = 0; read && i < TO_DATE_PERIODS; i++) {
        struct comparison_periods periods;
        if (comparison_to_date(to_date_periods[i], until_ms, &periods)) /* not of a file without minutes */
            read = restore_day_until(restoring, reader, i, periods.before_to_wall_ms, error);
    }
    return read;
}

static void take_letters(void *context, const struct record_letters *letters)
{
    struct history_restored *restored = ((const struct restoring *)context)->restored;
    if (restored->letter_count < SNAPSHOT_DAYS_MAX)
        ((struct record_letters *)restored->letters)[restored->letter_count++] = *letters;
}

static bool restore_letters(struct restoring *restoring, struct reader *reader, struct now now,
                            struct error *error)
{
    struct calendar_time local;
    calendar_local(now.wall_ms, &local);
    int64_t first_ms = calendar_add_days_ms(calendar_midnight_ms(now.wall_ms), 1 - local.day);
    restoring->restored->letters =
        arena_take(restoring->restored->arena, SNAPSHOT_DAYS_MAX, sizeof *restoring->restored->letters);
    return reader_letters(reader, first_ms, now.wall_ms, take_letters, restoring, error);
}

/* ---- what was noted ---- */

enum { MARKS_MAX = 64 };

struct noting {
    struct history_restored *restored;
    struct snapshot_mark *marks; /* the newest ones, in the order of time */
};

static void take_mark(void *context, int64_t wall_ms, const char *text)
{
    struct noting *noting = context;
    size_t *count = &noting->restored->mark_count;
    if (*count == MARKS_MAX)
        memmove(noting->marks, noting->marks + 1, --*count * sizeof *noting->marks);
    noting->marks[(*count)++] =
        (struct snapshot_mark){wall_ms, arena_copy_text(noting->restored->arena, text)};
}

/* Also what is noted for later: it comes onto the curve when its time has come. */
static bool restore_marks(struct history_restored *restored, struct reader *reader, struct now now,
                          struct error *error)
{
    struct noting noting = {restored, arena_take(restored->arena, MARKS_MAX, sizeof *noting.marks)};
    restored->marks = noting.marks;
    return reader_marks(reader, calendar_add_days_ms(now.wall_ms, -1), calendar_add_days_ms(now.wall_ms, 2),
                        take_mark, &noting, error);
}

static struct history_restored *restored_create(void)
{
    struct arena *arena = arena_create();
    struct history_restored *restored = arena_take(arena, 1, sizeof *restored);
    *restored = (struct history_restored){.arena = arena};
    return restored;
}

static struct history_restored *given(struct history_restored *restored, bool done)
{
    if (done)
        return restored;
    history_restored_destroy(restored);
    return NULL;
}

struct history_restored *history_restore_marks(const char *path, struct now now, struct error *error)
{
    struct reader *reader = reader_open(path, error);
    if (!reader)
        return NULL;
    struct history_restored *restored = restored_create();
    restored->marks_alone = true;
    bool done = restore_marks(restored, reader, now, error);
    reader_close(reader);
    return given(restored, done);
}

/* ---- the whole ---- */

static bool restore_all(struct restoring *restoring, struct reader *reader,
                        const struct history_settings *settings, bool at_start, struct now now,
                        struct error *error)
{
    if (at_start && !restore_curves(restoring, reader, now, error))
        return false;
    if (at_start && now.wall_ms - reader_newest(reader, now.wall_ms) <= HISTORY_UNSEEN_MS &&
        !reader_alerts(reader, 0, now.wall_ms, take_alert, restoring, error))
        return false;
    if (at_start && !restore_letters(restoring, reader, now, error))
        return false;
    if (!restore_past_days(restoring, reader, now, error) || !restore_so_far(restoring, reader, now, error) ||
        !restore_marks(restoring->restored, reader, now, error) ||
        !restore_week(restoring, reader, now, error))
        return false;
    restoring->restored->huddle_wall_ms = reader_last_huddle(reader, now.wall_ms);
    return restore_days(restoring, reader, restoring->days, settings->series_count, error);
}

static struct history_restored *restored_of(const struct history_settings *settings)
{
    struct history_restored *restored = restored_create();
    restored->series_count = settings->series_count;
    restored->series = arena_take(restored->arena, settings->series_count, sizeof *restored->series);
    return restored;
}

struct history_restored *history_restore_so_far(const struct history_settings *settings, struct now now,
                                                struct error *error)
{
    struct reader *reader = reader_open(settings->path, error);
    if (!reader)
        return NULL;
    struct history_restored *restored = restored_of(settings);
    restored->so_far_alone = true;
    struct restoring restoring = {
        .restored = restored, .settings = settings, .places = places_of(reader, settings)};
    bool done = restore_so_far(&restoring, reader, now, error);
    free(restoring.places);
    reader_close(reader);
    return given(restored, done);
}

struct history_restored *history_restore(const struct history_settings *settings,
                                         const int64_t *comparable_days, bool at_start, struct now now,
                                         struct error *error)
{
    struct reader *reader = reader_open(settings->path, error);
    if (!reader)
        return NULL;
    struct history_restored *restored = restored_of(settings);
    restored->at_start = at_start;
    struct restoring restoring = {.restored = restored,
                                  .settings = settings,
                                  .places = places_of(reader, settings),
                                  .days = comparable_days};
    bool done = restore_all(&restoring, reader, settings, at_start, now, error);
    free(restoring.places);
    reader_close(reader);
    return given(restored, done);
}

void history_restored_destroy(struct history_restored *restored)
{
    if (restored)
        arena_destroy(restored->arena);
}
