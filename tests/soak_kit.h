#ifndef TESTS_SOAK_KIT_H
#define TESTS_SOAK_KIT_H

/*
 * A wall that runs for days in minutes: a board, a simulated day's answers over and over, pages that turn,
 * somebody who looks into tiles and holds huddles; judged, drawn, and nothing else. Time is an argument
 * everywhere, so that it costs only what the work costs.
 */

#include <dirent.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/config.h"
#include "app/screen.h"
#include "base/text.h"
#include "fetch/document.h"
#include "model/board.h"
#include "model/inquiry.h"
#include "model/snapshot.h"
#include "render/scene.h"
#include "sim/simulator.h"

enum { SOAK_ANSWERS = 96, SOAK_TURN_STEPS = 8, SOAK_FIRST_DAY_MS = 8 * 3600000, SOAK_QUARTER_MS = 300000 };

struct soak {
    struct config *config;
    struct board *board;
    struct scene *scene;
    struct snapshot *shown;
    struct text answers[SOAK_ANSWERS];
    int64_t step_ms;
    long drawn;
};

/* What somebody looks at while the pages turn: mostly the wall. */
static const enum stage_screen soak_screens[] = {STAGE_WALL,   STAGE_WALL, STAGE_DETAIL, STAGE_WHY,
                                                 STAGE_HUDDLE, STAGE_WALL, STAGE_HELP,   STAGE_BLACK};
enum { SOAK_SCREENS = sizeof soak_screens / sizeof *soak_screens };

static inline bool soak_write_answers(struct soak *soak, struct error *error)
{
    struct simulator *simulator = simulator_create("journee", 7, error);
    if (!simulator)
        return false;
    for (int i = 0; i < SOAK_ANSWERS; i++) {
        simulator_advance(simulator, SOAK_FIRST_DAY_MS + (int64_t)i * SOAK_QUARTER_MS);
        simulator_write_canonical(simulator, 1795256100.0, &soak->answers[i]);
    }
    simulator_destroy(simulator);
    return true;
}

/* Takes the config over. */
static inline bool soak_init(struct soak *soak, struct config *config, int width_px, int height_px,
                             int64_t step_ms, struct error *error)
{
    *soak = (struct soak){.config = config, .step_ms = step_ms};
    struct scene_settings settings = screen_scene_settings(soak->config, width_px, height_px);
    if (!soak->config->usable || !soak_write_answers(soak, error))
        return false;
    soak->board = board_create(soak->config->catalogue, &soak->config->board);
    soak->scene = scene_create(&settings, error);
    return soak->scene != NULL;
}

static inline void soak_finish(struct soak *soak)
{
    snapshot_destroy(soak->shown);
    scene_destroy(soak->scene);
    board_destroy(soak->board);
    config_destroy(soak->config);
    for (int i = 0; i < SOAK_ANSWERS; i++)
        text_finish(&soak->answers[i]);
}

static inline struct now soak_now(const struct soak *soak, long step)
{
    int64_t ms = (step + 1) * soak->step_ms;
    return (struct now){ms, 1795240800000 + ms};
}

static inline void soak_apply(struct soak *soak, long step, struct now now)
{
    const struct text *answer = &soak->answers[step % SOAK_ANSWERS];
    double at_s = (double)now.wall_ms / 1000;
    struct sample_document *document =
        document_parse(answer->bytes, answer->length, soak->config->catalogue, at_s, NULL);
    board_tick(soak->board, now);
    if (!document)
        return;
    document->at_s = at_s;
    board_apply(soak->board, 0, document, now);
    sample_document_destroy(document);
}

static inline struct stage soak_stage(const struct soak *soak, long step)
{
    long turn = step / SOAK_TURN_STEPS;
    struct stage stage = stage_start();
    stage.page = (size_t)turn % soak->config->board.page_count;
    stage.screen = soak_screens[(size_t)turn / soak->config->board.page_count % SOAK_SCREENS];
    if (stage.screen == STAGE_DETAIL || stage.screen == STAGE_WHY)
        stage.chosen = (int)((size_t)step % soak->config->board.pages[stage.page].tile_count);
    if (stage.screen == STAGE_HUDDLE)
        stage.step = (enum huddle_step)(step % HUDDLE_STEPS);
    return stage;
}

static inline void soak_look(struct soak *soak, const struct stage *stage, struct now now)
{
    const struct page_settings *page = &soak->config->board.pages[stage->page];
    struct inquiry_question question = {.tile = stage->chosen < 0 ? NULL : page->tiles[stage->chosen].id,
                                        .review = stage->screen == STAGE_HUDDLE,
                                        .since_ago_ms = 3600000};
    snapshot_destroy(soak->shown);
    soak->shown = inquiry_snapshot(soak->board, &question, now);
    scene_show(soak->scene, stage);
    soak->drawn += scene_draw_changes(soak->scene, soak->shown, now);
}

/* One answer taken, judged and shown. */
static inline void soak_step(struct soak *soak, long step)
{
    struct now now = soak_now(soak, step);
    struct stage stage = soak_stage(soak, step);
    soak_apply(soak, step, now);
    soak_look(soak, &stage, now);
}

/* What the program holds, not what the C library keeps for it. */
static inline size_t soak_heap_bytes(void)
{
    struct mallinfo2 info = mallinfo2();
    return info.uordblks + info.hblkhd;
}

#endif
