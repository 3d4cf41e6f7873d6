#include "app/playback.h"

#include <math.h>

#include "base/arena.h"
#include "base/text.h"
#include "model/judgement.h"

static const double EPOCH_LEAST_S = 946684800;

static bool is_epoch(double t_s)
{
    return t_s >= EPOCH_LEAST_S;
}

struct now playback_moment(double t_s, int64_t origin_wall_ms)
{
    int64_t ms = llround(t_s * 1000) + (is_epoch(t_s) ? 0 : origin_wall_ms);
    return (struct now){.monotonic_ms = ms, .wall_ms = ms};
}

/* ---- the board ---- */

/* The counters', and one for each KPI in the order of the catalogue. */
static size_t source_count(const struct catalogue *catalogue)
{
    return 1 + catalogue_kpi_count(catalogue);
}

static void replace_sources(struct config *config)
{
    struct board_settings *settings = &config->board;
    const char *name = settings->source_count ? settings->source_names[0] : "recording";
    settings->source_count = source_count(config->catalogue);
    settings->source_names =
        arena_take(config->arena, settings->source_count, sizeof *settings->source_names);
    for (size_t i = 0; i < settings->source_count; i++)
        settings->source_names[i] = name;
    for (size_t i = 0; i < settings->page_count; i++)
        for (size_t j = 0; j < settings->pages[i].tile_count; j++)
            settings->pages[i].tiles[j].source = NULL;
}

struct board *playback_board(struct config *config)
{
    replace_sources(config);
    return board_create(config->catalogue, &config->board);
}

/* ---- samples ---- */

static size_t source_of(const struct catalogue *catalogue, const char *id)
{
    if (catalogue_counter(catalogue, id))
        return 0;
    for (size_t i = 0; i < catalogue_kpi_count(catalogue); i++)
        if (text_equal(catalogue_kpi_at(catalogue, i)->id, id))
            return 1 + i;
    return 0;
}

/* What the line has of one source, moved to the front of `left`; gives how many. */
static size_t gather(const struct catalogue *catalogue, struct sample *left, size_t count, size_t source)
{
    size_t gathered = 0;
    for (size_t i = 0; i < count; i++) {
        if (source_of(catalogue, left[i].id) != source)
            continue;
        struct sample sample = left[i];
        left[i] = left[gathered];
        left[gathered++] = sample;
    }
    return gathered;
}

static bool says_something(const struct sample *samples, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!isnan(samples[i].value))
            return true;
    return false;
}

static void apply(struct board *board, size_t source, struct sample *samples, size_t count, struct now now)
{
    struct sample_document part = {.at_s = NAN, .count = count, .samples = samples};
    if (source == 0 || says_something(samples, count))
        board_apply(board, source, &part, now);
}

/* A tick has come before: the counters' source first, then the others as the line names them. */
static void apply_samples(struct board *board, const struct catalogue *catalogue,
                          const struct sample_document *document, struct now now)
{
    struct arena *arena = arena_create();
    struct sample *left = arena_take(arena, document->count, sizeof *left);
    size_t count = document->count, source = 0;
    for (size_t i = 0; i < count; i++)
        left[i] = document->samples[i];
    while (count > 0) {
        size_t taken = gather(catalogue, left, count, source);
        if (taken > 0)
            apply(board, source, left, taken, now);
        left += taken;
        count -= taken;
        if (count > 0)
            source = source_of(catalogue, left[0].id);
    }
    arena_destroy(arena);
}

/* ---- events ---- */

static int64_t milliseconds(double seconds)
{
    static const double LONGEST_S = 1e9;
    return llround((seconds < LONGEST_S ? seconds : LONGEST_S) * 1000);
}

static bool apply_event(struct board *board, const struct recorded_line *line, struct now now)
{
    switch (line->event) {
    case RECORDED_ACK:
        return board_acknowledge(board, line->tile, now);
    case RECORDED_SHELVE:
        return board_shelve(board, line->tile, milliseconds(line->for_s), now);
    case RECORDED_CLOSE:
        board_close(board, now);
        return true;
    case RECORDED_OPEN:
        board_open(board, now);
        return true;
    case RECORDED_TICK:
        return true;
    }
    return true;
}

bool playback_line(struct board *board, const struct catalogue *catalogue, const struct recorded_line *line,
                   struct now now)
{
    board_tick(board, now);
    if (line->document)
        apply_samples(board, catalogue, line->document, now);
    return apply_event(board, line, now);
}
