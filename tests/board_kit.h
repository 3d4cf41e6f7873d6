#ifndef TESTS_BOARD_KIT_H
#define TESTS_BOARD_KIT_H

/* A small centre for tests of the board: up to eight tiles, two sources, the shipped catalogue. */

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "model/board.h"
#include "model/rule.h"
#include "model/snapshot.h"
#include "tests/shipped.h"

#define KIT_WALL_MS 1795256100000 /* the wall's time when the monotonic clock says 0 */
#define KIT_NO_TIME NAN

enum { KIT_TILES_MAX = 8, KIT_SAMPLES_MAX = 64 };

struct kit {
    struct catalogue *catalogue;
    struct tile_settings tiles[KIT_TILES_MAX];
    struct page_settings page;
    struct rule_settings rules[KIT_TILES_MAX];
    const char *source_names[2];
    struct board_settings settings;
    struct board *board;
    struct snapshot *snapshot;
    struct sample samples[KIT_SAMPLES_MAX]; /* of the answer that is being put together */
    size_t sample_count;
};

static inline void kit_init(struct kit *kit)
{
    memset(kit, 0, sizeof *kit);
    kit->catalogue = shipped_catalogue();
    kit->source_names[0] = "acd";
    kit->source_names[1] = "crm";
    kit->page =
        (struct page_settings){.id = "live", .title = "Live", .columns = 4, .rows = 2, .tiles = kit->tiles};
    kit->settings = (struct board_settings){.title = "Lyon",
                                            .source_count = 2,
                                            .source_names = kit->source_names,
                                            .page_count = 1,
                                            .pages = &kit->page,
                                            .rules = kit->rules};
}

static inline struct tile_settings *kit_tile(struct kit *kit, const char *id, const char *kpi)
{
    struct tile_settings *tile = &kit->tiles[kit->page.tile_count++];
    *tile = (struct tile_settings){
        .id = id, .type = "number", .columns = 1, .rows = 1, .rule = rule_settings_inherited()};
    tile->kpi = catalogue_kpi(kit->catalogue, kpi);
    assert_non_null(tile->kpi);
    return tile;
}

static inline struct rule_settings *kit_rule(struct kit *kit, const char *kpi)
{
    struct rule_settings *rule = &kit->rules[kit->settings.rule_count++];
    *rule = rule_settings_inherited();
    rule->kpi = catalogue_kpi(kit->catalogue, kpi);
    return rule;
}

static inline void kit_start(struct kit *kit)
{
    kit->board = board_create(kit->catalogue, &kit->settings);
}

static inline void kit_finish(struct kit *kit)
{
    snapshot_destroy(kit->snapshot);
    board_destroy(kit->board);
    catalogue_destroy(kit->catalogue);
}

static inline struct now kit_at(double t_s)
{
    return (struct now){(int64_t)(t_s * 1000), KIT_WALL_MS + (int64_t)(t_s * 1000)};
}

/* One more sample in the answer. */
static inline struct sample *kit_say(struct kit *kit, const char *id, double value, enum period period,
                                     const char *queue)
{
    struct sample *sample = &kit->samples[kit->sample_count++];
    *sample = (struct sample){.id = id, .value = value, .n = NAN, .period = period};
    sample->dims.value[DIM_QUEUE] = queue;
    return sample;
}

/* The answer arrives, with its own time `at_s` counted like `now`'s monotonic time, or KIT_NO_TIME. */
static inline void kit_answer_at(struct kit *kit, size_t source, double at_s, struct now now)
{
    struct sample_document document = {
        .at_s = at_s + KIT_WALL_MS / 1000, .count = kit->sample_count, .samples = kit->samples};
    board_apply(kit->board, source, &document, now);
    kit->sample_count = 0;
}

static inline void kit_answer(struct kit *kit, double t_s)
{
    kit_answer_at(kit, 0, t_s, kit_at(t_s));
}

/* What the wall shows; valid until the next look. */
static inline const struct snapshot *kit_look_at(struct kit *kit, struct now now)
{
    snapshot_destroy(kit->snapshot);
    kit->snapshot = board_snapshot(kit->board, now);
    return kit->snapshot;
}

static inline const struct snapshot_tile *kit_look(struct kit *kit, double t_s, size_t tile)
{
    return &kit_look_at(kit, kit_at(t_s))->pages[0].tiles[tile];
}

/* One tile, one bare figure of `value`: what it shows. */
#define assert_number(tile, expected)                                                                        \
    do {                                                                                                     \
        const double number_ = (tile)->value, expected_ = (expected);                                        \
        if (!(fabs(number_ - expected_) <= 1e-9 * fabs(expected_) + 1e-12))                                  \
            fail_msg("the tile shows %.12g and not %.12g", number_, expected_);                              \
    } while (0)
#define assert_unknown(number) assert_true(isnan(number))

#endif
