#include "app/rehearsal.h"

#include "app/simulated.h"
#include "base/log.h"
#include "base/text.h"
#include "fetch/document.h"
#include "model/board.h"
#include "sim/simulator.h"

/* As much as a curve shows. */
enum { STEP_MS = 60000, REHEARSED_MS = 240 * STEP_MS };

/* What the source would have said at this moment of the simulated day. */
static void apply_moment(struct simulator *simulator, int64_t day_ms, struct board *board, size_t source,
                         const struct catalogue *catalogue, struct now now)
{
    struct text answer = {0};
    double at_s = (double)now.wall_ms / 1000;
    simulator_advance(simulator, day_ms);
    simulator_write_canonical(simulator, at_s, &answer);
    struct error error = {""};
    struct sample_document *document =
        document_parse(text_bytes(&answer), answer.length, catalogue, at_s, &error);
    if (document)
        board_apply(board, source, document, now);
    else
        log_error("the simulator's answer is refused: %s", error.text);
    sample_document_destroy(document);
    text_finish(&answer);
}

static void fill(struct board *board, const struct config *config, size_t source, struct now now)
{
    struct simulator *simulator = simulator_copy(config->beginning);
    for (int64_t ago_ms = REHEARSED_MS; ago_ms > 0; ago_ms -= STEP_MS) {
        struct now then = {.monotonic_ms = now.monotonic_ms - ago_ms, .wall_ms = now.wall_ms - ago_ms};
        apply_moment(simulator, SIMULATED_START_MS - ago_ms, board, source, config->catalogue, then);
    }
    simulator_destroy(simulator);
}

/* Only its canonical answer can be rehearsed without the mapper. */
static bool is_canonical(const struct source_settings *source)
{
    return text_ends_with(source->url, "/samples") && text_starts_with(source->url, "http://127.0.0.1:");
}

void rehearsal_fill_series(struct board *board, const struct config *config, struct now now)
{
    if (!config->beginning)
        return;
    for (size_t i = 0; i < config->source_count; i++)
        if (is_canonical(&config->sources[i]))
            fill(board, config, i, now);
    board_forget_values(board);
}
