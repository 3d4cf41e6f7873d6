#include "app/explain.h"

#include <stdio.h>
#include <stdlib.h>

#include "app/assets.h"
#include "app/board_file.h"
#include "app/command.h"
#include "app/playback.h"
#include "app/recording.h"
#include "app/simulated.h"
#include "base/clock.h"
#include "base/memory.h"
#include "fetch/fetcher.h"

enum { PATIENCE_MS = 60000 };

/* ---- a board with figures ---- */

static struct board *play(struct config *config, const char *path, struct now *end, struct error *error)
{
    struct recording *recording = recording_open(path, config->catalogue, error);
    if (!recording)
        return NULL;
    struct board *board = playback_board(config);
    struct recorded_line line;
    int64_t origin_ms = clock_now().wall_ms; /* of a recording that does not tell the date */
    *end = playback_moment(0, origin_ms);
    while (recording_next(recording, &line, error)) {
        *end = playback_moment(line.t_s, origin_ms);
        playback_line(board, config->catalogue, &line, *end);
    }
    recording_close(recording);
    if (!error->text[0])
        return board;
    board_destroy(board);
    return NULL;
}

struct asking {
    struct board *board;
    bool *heard;
    size_t heard_count;
};

static void take_result(void *context, const struct fetch_result *result)
{
    struct asking *asking = context;
    struct now now = clock_now();
    if (result->outcome == FETCH_DOCUMENT)
        board_apply(asking->board, result->source, result->document, now);
    else if (result->outcome == FETCH_FAILED)
        board_source_failed(asking->board, result->source, &result->failure, now);
    else
        board_source_fine(asking->board, result->source, now);
    asking->heard_count += !asking->heard[result->source];
    asking->heard[result->source] = true;
}

static bool ask_all(const struct config *config, struct asking *asking, struct error *error)
{
    struct fetcher *fetcher = fetcher_create(config->sources, config->source_count, config->catalogue,
                                             assets_mapper_path(), take_result, asking, error);
    if (!fetcher)
        return false;
    fetcher_trust_clock(fetcher, clock_synchronised());
    fetcher_hurry(fetcher);
    int64_t end_ms = clock_monotonic_ms() + PATIENCE_MS;
    while (asking->heard_count < config->source_count && clock_monotonic_ms() < end_ms)
        fetcher_wait(fetcher, end_ms);
    fetcher_destroy(fetcher);
    return true;
}

static struct board *ask_sources(struct config *config, struct now *end, struct error *error)
{
    struct simulator_server *simulator = NULL;
    struct asking asking = {.heard = memory_create(config->source_count, sizeof *asking.heard)};
    bool asked = false;
    if (simulated_start(config, 0, &simulator, error)) {
        asking.board = board_create(config->catalogue, &config->board);
        asked = ask_all(config, &asking, error);
    }
    simulator_server_destroy(simulator);
    free(asking.heard);
    *end = clock_now();
    if (asked)
        return asking.board;
    board_destroy(asking.board);
    return NULL;
}

/* ---- the explanation ---- */

static void set_no_tile(const struct config *config, const char *id, struct error *error)
{
    struct text ids = {0};
    for (size_t i = 0; i < config->board.page_count; i++)
        for (size_t j = 0; j < config->board.pages[i].tile_count; j++)
            text_append_format(&ids, "%s%s", ids.length ? ", " : "", config->board.pages[i].tiles[j].id);
    error_set(error, "%s has no tile \"%s\"; it has %s", config->path, id, text_bytes(&ids));
    text_finish(&ids);
}

static bool print_why(const struct explain_request *request, const struct config *config, struct board *board,
                      struct now now, struct error *error)
{
    struct arena *arena = arena_create();
    struct text out = {0};
    const struct why *why = why_of_tile(arena, board, request->tile, now);
    if (!why)
        set_no_tile(config, request->tile, error);
    else if (request->json)
        explain_write_json(&out, why);
    else
        why_text(&out, why, config->language);
    fputs(text_bytes(&out), stdout);
    text_finish(&out);
    arena_destroy(arena);
    return why != NULL;
}

int explain_tile(const struct explain_request *request)
{
    struct error error = {""};
    struct now now;
    struct config *config = board_file_read(request->board);
    if (!config)
        return EXIT_FAILED;
    struct board *board =
        request->samples ? play(config, request->samples, &now, &error) : ask_sources(config, &now, &error);
    bool told = board && print_why(request, config, board, now, &error);
    if (!told)
        fprintf(stderr, "vigie probe: %s\n", error.text);
    board_destroy(board);
    config_destroy(config);
    return told ? EXIT_DONE : EXIT_FAILED;
}
