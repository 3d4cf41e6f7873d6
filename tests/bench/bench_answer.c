/*
 * What a large answer costs from its last byte to applied samples: 5 MB, 20,000 samples, the canonical
 * filter, with the real mapper process.
 *
 * usage: bench_answer             a table of stages, medians of rounds
 *        bench_answer parse       once the way from document to samples, for callgrind
 *        bench_answer memory      both processes' memory before and after 200 large answers
 */

#include <malloc.h>
#include <math.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "app/assets.h"
#include "app/catalogue_file.h"
#include "base/arena.h"
#include "base/clock.h"
#include "base/memory.h"
#include "fetch/document.h"
#include "fetch/mapper.h"
#include "fetch/response.h"
#include "model/board.h"
#include "model/rule.h"

enum { SAMPLES = 20000, ROUNDS = 9, LARGE_ANSWERS = 200, ROUND_MS = 5000 };

static const double NOW_S = 1795256100;

static const char *const COUNTERS[] = {"offered",      "answered",       "answered_in_t", "abandoned",
                                       "handled",      "talk_s",         "hold_s",        "acw_s",
                                       "ready_idle_s", "wait_answered_s"};
enum { COUNTER_COUNT = sizeof COUNTERS / sizeof *COUNTERS };

struct bench {
    struct catalogue *catalogue;
    struct board *board;
    struct mapper *mapper;
    struct text answer;
    bool done;
    struct sample_document *document;
    double parse_ms;
    uint64_t hash;
};

static double clock_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1000 + (double)now.tv_nsec / 1e6;
}

/* Ten counters of 2,000 queues; the names are as long as such names are. */
static void write_answer(struct text *answer, int round)
{
    answer->length = 0;
    text_append(answer, "{\"at\": 1795256100, \"samples\": [");
    for (int i = 0; i < SAMPLES; i++)
        text_append_format(
            answer,
            "%s\n  {\"id\": \"%s\", \"value\": %d, \"window\": \"today\", \"dims\": {\"site\": "
            "\"Centre de contact de Lyon Part-Dieu\", \"team\": \"Équipe service après-vente %d\", "
            "\"queue\": \"Assistance technique, file d'attente numéro %d\", \"channel\": \"voice\", "
            "\"type\": \"Réclamation après livraison\"}}",
            i ? "," : "", COUNTERS[i % COUNTER_COUNT], 100 + i % 17 + round, i / 100, i / COUNTER_COUNT);
    text_append(answer, "\n]}\n");
}

static struct board *make_board(struct arena *arena, const struct catalogue *catalogue)
{
    static const char *sources[] = {"acd"};
    struct tile_settings *tile = arena_take(arena, 1, sizeof *tile);
    struct page_settings *page = arena_take(arena, 1, sizeof *page);
    *tile = (struct tile_settings){.id = "tile", .type = "number", .columns = 1, .rows = 1};
    tile->kpi = catalogue_kpi(catalogue, "aht");
    tile->rule = rule_settings_inherited();
    *page = (struct page_settings){
        .id = "page", .title = "Page", .columns = 1, .rows = 1, .tiles = tile, .tile_count = 1};
    struct board_settings settings = {
        .title = "Bench", .source_count = 1, .source_names = sources, .page_count = 1, .pages = page};
    return board_create(catalogue, &settings);
}

/* As fetch/fetcher.c does it. */
static void take(void *context, bool mapped, const struct text *output, const struct error *error)
{
    struct bench *bench = context;
    struct error fault = *error;
    double begun_ms = clock_ms();
    bench->done = true;
    if (mapped)
        bench->document = document_parse(text_bytes(output), output->length, bench->catalogue, NOW_S, &fault);
    bench->parse_ms = clock_ms() - begun_ms;
    if (!bench->document) {
        fprintf(stderr, "bench_answer: %s\n", fault.text);
        exit(1);
    }
}

static void map(struct bench *bench, struct text *body)
{
    const struct mapper_job job = {"canonical", ".", "{}", NOW_S};
    bench->done = false;
    mapper_submit(bench->mapper, &job, body, take, bench);
    mapper_step(bench->mapper, clock_monotonic_ms());
    while (!bench->done) {
        struct pollfd fds[2];
        int64_t deadline_ms = clock_monotonic_ms() + 1000;
        poll(fds, mapper_poll_fds(bench->mapper, fds, &deadline_ms), 1000);
        mapper_step(bench->mapper, clock_monotonic_ms());
    }
}

enum { GOAL_MS = 400 };

enum stage { STAGE_CHECK, STAGE_COMPARE, STAGE_MAP, STAGE_PARSE, STAGE_APPLY, STAGE_ALL, STAGE_COUNT };

static const char *const stage_names[STAGE_COUNT] = {
    "checks before the filter", "compared with the last answer", "to the mapper process, filter, and back",
    "document to samples",      "samples applied to the board",  "last byte to applied samples"};

static void one_answer(struct bench *bench, int round, double took_ms[STAGE_COUNT])
{
    struct now now = {(int64_t)round * ROUND_MS, 1795256100000 + (int64_t)round * ROUND_MS};
    struct text body = {0};
    write_answer(&bench->answer, round);
    text_append_bytes(&body, bench->answer.bytes, bench->answer.length);

    double at[STAGE_COUNT];
    at[0] = clock_ms();
    if (!response_check_json(&body, NULL))
        exit(1);
    at[1] = clock_ms();
    bench->hash = text_hash(TEXT_HASH_BEGIN, text_bytes(&body), body.length);
    at[2] = clock_ms();
    map(bench, &body);
    at[3] = clock_ms();
    board_apply(bench->board, 0, bench->document, now);
    at[4] = clock_ms();
    sample_document_destroy(bench->document);
    bench->document = NULL;

    took_ms[STAGE_CHECK] = at[1] - at[0];
    took_ms[STAGE_COMPARE] = at[2] - at[1];
    took_ms[STAGE_MAP] = at[3] - at[2] - bench->parse_ms;
    took_ms[STAGE_PARSE] = bench->parse_ms;
    took_ms[STAGE_APPLY] = at[4] - at[3];
    took_ms[STAGE_ALL] = at[4] - at[0];
}

static int by_size(const void *a, const void *b)
{
    const double *left = a, *right = b;
    return (*left > *right) - (*left < *right);
}

static void print_stages(struct bench *bench)
{
    double took_ms[STAGE_COUNT][ROUNDS], row[STAGE_COUNT];
    for (int round = -1; round < ROUNDS; round++) { /* the first warms up: filter compiled, series made */
        one_answer(bench, round + 1, row);
        for (int stage = 0; round >= 0 && stage < STAGE_COUNT; stage++)
            took_ms[stage][round] = row[stage];
    }
    for (int stage = 0; stage < STAGE_COUNT; stage++) {
        qsort(took_ms[stage], ROUNDS, sizeof(double), by_size);
        double median_ms = took_ms[stage][ROUNDS / 2];
        const char *verdict = median_ms <= GOAL_MS ? "goal 400     ok" : "goal 400     MISSED";
        printf("  %-58s %10.1f %-10s %s\n", stage_names[stage], median_ms, "ms",
               stage == STAGE_ALL ? verdict : "");
    }
}

/* Noinline, so that callgrind can be told to count this alone. */
__attribute__((noinline)) static void measured(struct bench *bench)
{
    sample_document_destroy(
        document_parse(text_bytes(&bench->answer), bench->answer.length, bench->catalogue, NOW_S, NULL));
}

static double process_kib(const char *process)
{
    struct text status = {0};
    char path[64];
    snprintf(path, sizeof path, "/proc/%s/status", process);
    text_read_file(&status, path, 65536);
    const char *line = strstr(text_bytes(&status), "VmRSS:");
    double kib = line ? strtod(line + strlen("VmRSS:"), NULL) : NAN;
    text_finish(&status);
    return kib;
}

static void print_memory(const char *when)
{
    struct text children = {0};
    struct mallinfo2 info = mallinfo2();
    char path[64];
    snprintf(path, sizeof path, "/proc/self/task/%d/children", getpid());
    text_read_file(&children, path, 4096);
    children.bytes[strcspn(children.bytes, " ")] = '\0';
    printf("  %-58s heap %6zu KiB   RSS %6.0f KiB   mapper RSS %6.0f KiB\n", when,
           (info.uordblks + info.hblkhd) / 1024, process_kib("self"), process_kib(children.bytes));
    text_finish(&children);
}

static void watch_memory(struct bench *bench)
{
    double row[STAGE_COUNT];
    one_answer(bench, 0, row);
    one_answer(bench, 1, row);
    print_memory("after 2 answers of 5 MB");
    for (int i = 2; i < LARGE_ANSWERS; i++)
        one_answer(bench, i, row);
    print_memory("after 200");
}

int main(int count, char **arguments)
{
    struct error error = {""};
    struct bench bench = {.catalogue = catalogue_file_read(getenv("VIGIE_ASSETS"), &error)};
    bench.mapper = bench.catalogue ? mapper_create(assets_mapper_path(), &error) : NULL;
    if (!bench.mapper) {
        fprintf(stderr, "bench_answer: %s\n", error.text);
        return 1;
    }
    struct arena *arena = arena_create();
    bench.board = make_board(arena, bench.catalogue);
    write_answer(&bench.answer, 0);
    if (count < 2) {
        print_stages(&bench);
    } else if (text_equal(arguments[1], "memory")) {
        watch_memory(&bench);
    } else {
        measured(&bench);
    }
    mapper_destroy(bench.mapper);
    board_destroy(bench.board);
    arena_destroy(arena);
    text_finish(&bench.answer);
    catalogue_destroy(bench.catalogue);
    return 0;
}
