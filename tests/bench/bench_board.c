/*
 * What a document costs the board: apply and snapshot for 2,000 series and 200 tiles, and the memory
 * of a day. Counts come from callgrind; nothing here has a stopwatch.
 *
 * usage: bench_board [SERIES [TILES [DOCUMENTS [NEW]]]]     tests/bench/board.sh runs it and prints the table
 * The last NEW series come up with the last document alone.
 */

#include <malloc.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "app/catalogue_file.h"
#include "base/arena.h"
#include "base/calendar.h"
#include "base/memory.h"
#include "model/board.h"
#include "model/rule.h"
#include "model/snapshot.h"

static const char *const COUNTERS[] = {"offered",      "answered",       "answered_in_t", "abandoned",
                                       "handled",      "talk_s",         "hold_s",        "acw_s",
                                       "ready_idle_s", "wait_answered_s"};
static const char *const KPIS[] = {"service_level", "answer_rate", "abandonment_rate", "asa",
                                   "aht",           "occupancy",   "contacts_offered", "contacts_handled"};

enum {
    COUNTER_COUNT = sizeof COUNTERS / sizeof *COUNTERS,
    KPI_COUNT = sizeof KPIS / sizeof *KPIS,
    TILES_A_PAGE = 12,
    POLL_MS = 5000,
    DAY_POLLS = 1440
};

/* Ten counters of each queue. */
static struct sample_document make_document(struct arena *arena, size_t series)
{
    struct sample *samples = arena_take(arena, series, sizeof *samples);
    for (size_t i = 0; i < series; i++) {
        samples[i] = (struct sample){.id = COUNTERS[i % COUNTER_COUNT], .n = NAN, .period = PERIOD_TODAY};
        samples[i].value = (double)(100 + i % 17);
        samples[i].dims.value[DIM_QUEUE] = arena_format(arena, "queue %zu", i / COUNTER_COUNT);
        samples[i].dims.value[DIM_CHANNEL] = "voice";
    }
    return (struct sample_document){.at_s = NAN, .count = series, .samples = samples};
}

/* Every fourth tile is about the whole centre, the others about a queue each. */
static void make_tile(struct arena *arena, const struct catalogue *catalogue, size_t index, size_t queues,
                      struct tile_settings *tile)
{
    *tile = (struct tile_settings){.type = "number", .columns = 1, .rows = 1};
    tile->id = arena_format(arena, "tile %zu", index);
    tile->kpi = catalogue_kpi(catalogue, KPIS[index % KPI_COUNT]);
    tile->rule = rule_settings_inherited();
    if (index % 4)
        tile->where.value[DIM_QUEUE] = arena_format(arena, "queue %zu", index % queues);
}

static struct board_settings make_settings(struct arena *arena, const struct catalogue *catalogue,
                                           size_t tiles, size_t queues)
{
    static const char *sources[] = {"acd"};
    struct tile_settings *all = arena_take(arena, tiles, sizeof *all);
    size_t page_count = (tiles + TILES_A_PAGE - 1) / TILES_A_PAGE;
    struct page_settings *pages = arena_take(arena, page_count, sizeof *pages);
    for (size_t i = 0; i < tiles; i++)
        make_tile(arena, catalogue, i, queues, &all[i]);
    for (size_t i = 0; i < page_count; i++) {
        size_t first = i * TILES_A_PAGE, left = tiles - first;
        pages[i] = (struct page_settings){.id = "page", .title = "Page", .columns = 4, .rows = 3};
        pages[i].tiles = all + first;
        pages[i].tile_count = left < TILES_A_PAGE ? left : TILES_A_PAGE;
    }
    return (struct board_settings){.title = "Bench",
                                   .source_count = 1,
                                   .source_names = sources,
                                   .page_count = page_count,
                                   .pages = pages};
}

/* Noinline, so that callgrind can be told to count this alone. */
__attribute__((noinline)) static double
apply_and_snapshot(struct board *board, const struct sample_document *document, struct now now)
{
    board_apply(board, 0, document, now);
    struct snapshot *snapshot = board_snapshot(board, now);
    double value = snapshot->pages[0].tiles[0].value;
    snapshot_destroy(snapshot);
    return value;
}

/* Between two documents every counter rises, as on a living floor. */
static void raise_counters(struct sample_document *document)
{
    for (size_t i = 0; i < document->count; i++)
        document->samples[i].value += (double)(1 + i % 3);
}

static size_t heap_bytes(void)
{
    struct mallinfo2 info = mallinfo2();
    return info.uordblks + info.hblkhd;
}

static struct now at(size_t poll, int64_t interval_ms)
{
    int64_t ms = (int64_t)poll * interval_ms;
    return (struct now){ms, 1795256100000 + ms};
}

static size_t argument(int count, char **arguments, int index, size_t otherwise)
{
    return index < count ? strtoul(arguments[index], NULL, 10) : otherwise;
}

int main(int count, char **arguments)
{
    size_t series = argument(count, arguments, 1, 2000), tiles = argument(count, arguments, 2, 200);
    size_t documents = argument(count, arguments, 3, 0); /* 0: a day, one a minute */
    size_t new_series = argument(count, arguments, 4, 0);
    struct error error = {""};
    struct catalogue *catalogue = catalogue_file_read(getenv("VIGIE_ASSETS"), &error);
    if (!catalogue || !calendar_set_zone("Europe/Paris", &error)) {
        fprintf(stderr, "bench_board: %s\n", error.text);
        return 1;
    }
    struct arena *arena = arena_create();
    struct sample_document document = make_document(arena, series);
    struct board_settings settings = make_settings(arena, catalogue, tiles, series / COUNTER_COUNT);

    size_t before = heap_bytes();
    double sum = 0;
    struct board *board = board_create(catalogue, &settings);
    size_t polls = documents ? documents : DAY_POLLS;
    for (size_t i = 0; i < polls; i++) {
        document.count = i + 1 < polls ? series - new_series : series;
        sum += apply_and_snapshot(board, &document, at(i, documents ? POLL_MS : 60000));
        raise_counters(&document);
    }
    size_t after = heap_bytes();
    printf("series %zu tiles %zu documents %zu: heap of the board %zu KiB (checksum %.6g)\n", series, tiles,
           polls, (after - before) / 1024, sum);

    board_destroy(board);
    arena_destroy(arena);
    catalogue_destroy(catalogue);
    return 0;
}
