/*
 * Lives through weeks of the simulated contact centre in a minute and leaves their history, as a wall would
 * have: for pictures of comparisons and reports, and for tests/e2e/history.sh. usage: bench_month BOARD.yaml
 * HISTORY.db LAST-MOMENT DAYS     with the moment as 2026-11-20T16:00
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/board_file.h"
#include "base/calendar.h"
#include "base/memory.h"
#include "fetch/document.h"
#include "history/store.h"
#include "model/judgement.h"
#include "model/record.h"
#include "sim/simulator.h"

static const int64_t MINUTE_MS = 60000;
enum { OPENS_MINUTE = 8 * 60, CLOSES_MINUTE = 19 * 60, BATCH = 60 };

struct month {
    struct config *config;
    struct board *board;
    struct store *store;
    size_t count; /* of tiles, each a series unless another has it already */
    struct record_series *series;
    size_t *places;
    struct record_alert *alerts;
    size_t series_count, queued;
    struct history_batch *queue[BATCH];
};

static void list_series(struct month *month)
{
    const struct board_settings *board = &month->config->board;
    month->count = board_tile_count(month->board);
    month->series = memory_create(month->count, sizeof *month->series);
    month->places = memory_create(month->count, sizeof *month->places);
    month->alerts = memory_create(month->count, sizeof *month->alerts);
    size_t tile = 0;
    for (size_t i = 0; i < board->page_count; i++)
        for (size_t j = 0; j < board->pages[i].tile_count; j++, tile++) {
            struct record_series series = record_series_of(month->config->arena, &board->pages[i].tiles[j]);
            size_t place = 0;
            while (series.name && place < month->series_count &&
                   strcmp(month->series[place].name, series.name))
                place++;
            month->places[tile] = series.name ? place : SIZE_MAX;
            if (series.name && place == month->series_count)
                month->series[month->series_count++] = series;
        }
}

static void apply(struct month *month, struct simulator *simulator, int64_t day_ms, struct now now)
{
    struct text answer = {0};
    struct error error = {""};
    double at_s = (double)now.wall_ms / 1000;
    simulator_advance(simulator, day_ms);
    simulator_write_canonical(simulator, at_s, &answer);
    struct sample_document *document =
        document_parse(text_bytes(&answer), answer.length, month->config->catalogue, at_s, &error);
    for (size_t i = 0; document && i < month->config->source_count; i++)
        board_apply(month->board, i, document, now);
    board_tick(month->board, now);
    sample_document_destroy(document);
    text_finish(&answer);
}

static void flush(struct month *month, struct now now)
{
    struct error error = {""};
    if (month->queued && !store_write(month->store, month->queue, month->queued, now, &error))
        fprintf(stderr, "%s\n", error.text);
    for (size_t i = 0; i < month->queued; i++)
        history_batch_destroy(month->queue[i]);
    month->queued = 0;
}

static void note(struct month *month, struct now now)
{
    struct history_batch *batch = memory_create(1, sizeof *batch);
    batch->minute = now.wall_ms / MINUTE_MS;
    batch->cells = memory_create(month->series_count, sizeof *batch->cells);
    batch->alerts = memory_create(month->series_count, sizeof *batch->alerts);
    for (size_t i = 0; i < month->series_count; i++)
        batch->cells[i] = record_nothing();
    struct record_call *calls = memory_create(month->series_count + 1, sizeof *calls);
    for (size_t i = 0; i < month->count; i++) {
        size_t place = month->places[i];
        if (place == SIZE_MAX)
            continue;
        batch->cells[place] = record_join(batch->cells[place], board_record(month->board, i));
        struct record_call call = board_record_call(month->board, i, now);
        calls[place].told |= call.told;
        calls[place].worse = call.worse;
    }
    for (size_t i = 0; i < month->series_count; i++) {
        month->alerts[i].tile = i;
        if (record_alert_note(&month->alerts[i], &batch->cells[i], &calls[i], now.wall_ms))
            batch->alerts[batch->alert_count++] = month->alerts[i];
    }
    free(calls);
    batch->letters = board_record_letters(month->board, now);
    month->queue[month->queued++] = batch;
    if (month->queued == BATCH)
        flush(month, now);
}

/* Often enough that no figure is stale in between: an alert has to last, and to be over for a while. */
enum { ANSWERS = 3 };

static void live_minute(struct month *month, struct simulator *simulator, int minute, int64_t midnight_ms)
{
    for (int i = 0; i < ANSWERS; i++) {
        int64_t day_ms = minute * MINUTE_MS + i * MINUTE_MS / ANSWERS;
        apply(month, simulator, day_ms, (struct now){midnight_ms + day_ms, midnight_ms + day_ms});
    }
}

/* Every day another seed; Saturdays and Sundays nobody is there. */
static void live_day(struct month *month, int64_t midnight_ms, int64_t until_ms, uint64_t seed)
{
    struct calendar_time local;
    calendar_local(midnight_ms, &local);
    if (local.weekday > 4)
        return;
    struct simulator *simulator = simulator_create("journee", seed, NULL);
    for (int minute = OPENS_MINUTE; minute < CLOSES_MINUTE; minute++) {
        struct now now = {midnight_ms + minute * MINUTE_MS, midnight_ms + minute * MINUTE_MS};
        if (now.wall_ms >= until_ms)
            break;
        live_minute(month, simulator, minute, midnight_ms);
        note(month, now);
    }
    simulator_destroy(simulator);
}

int main(int argc, char **argv)
{
    struct error error = {""};
    struct month month = {0};
    int64_t until_ms;
    if (argc != 5 || !(month.config = board_file_read(argv[1])) || !calendar_parse_iso(argv[3], &until_ms))
        return 2;
    int days = atoi(argv[4]);
    int64_t first_ms = calendar_add_days_ms(calendar_midnight_ms(until_ms), 1 - days);
    month.board = board_create(month.config->catalogue, &month.config->board);
    list_series(&month);
    struct store_settings settings = {argv[2], 400, month.series_count, month.series};
    month.store = store_open(&settings, (struct now){first_ms, first_ms}, &error);
    if (!month.store) {
        fprintf(stderr, "%s\n", error.text);
        return 1;
    }
    for (int day = 0; day < days; day++)
        live_day(&month, calendar_add_days_ms(first_ms, day), until_ms, (uint64_t)day + 1);
    flush(&month, (struct now){until_ms, until_ms});
    store_close(month.store);
    board_destroy(month.board);
    free(month.series);
    free(month.places);
    free(month.alerts);
    config_destroy(month.config);
    return 0;
}
