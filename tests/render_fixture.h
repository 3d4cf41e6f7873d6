#ifndef TESTS_RENDER_FIXTURE_H
#define TESTS_RENDER_FIXTURE_H

/*
 * A board of twelve tiles in every state, made by hand: what the tests of render/ and the bench draw.
 * Everything is static and the same at each call; a test changes what it wants in its own copy.
 */

#include <math.h>
#include <string.h>

#include "base/clock.h"
#include "model/snapshot.h"

enum { FIXTURE_TILES = 12, FIXTURE_MINUTES = 240, FIXTURE_PAGES = 3 };

/* Friday 21 November 2025, 14:07:20 in Paris: a moment in UTC; tests set TZ. */
static const struct now fixture_now = {5000000, 1763730440000};

struct fixture {
    struct snapshot snapshot;
    struct snapshot_page pages[FIXTURE_PAGES];
    struct snapshot_tile tiles[FIXTURE_TILES];
    struct snapshot_source sources[2];
    struct snapshot_alert alerts[4];
    float series[FIXTURE_TILES][FIXTURE_MINUTES];
};

static const struct limits fixture_no_limits = {NAN, NAN, NAN, NAN};

static void fixture_series(struct fixture *fixture, int index, double middle, double swing)
{
    uint32_t noise = 12345u + (uint32_t)index * 7919u;
    struct snapshot_tile *tile = &fixture->tiles[index];
    for (int i = 0; i < FIXTURE_MINUTES; i++) {
        noise = noise * 1664525u + 1013904223u;
        double wave = sin(i * 0.031 + index) * 0.7 + (noise >> 16) / 65536.0 * 0.5 - 0.25;
        fixture->series[index][i] = (float)(middle + swing * wave);
    }
    for (int i = 90 + index * 3; i < 104 + index * 3; i++)
        fixture->series[index][i] = NAN; /* a source was away */
    fixture->series[index][FIXTURE_MINUTES - 1] = (float)tile->value;
    tile->series =
        (struct snapshot_series){fixture_now.wall_ms / 60000 * 60000 - (FIXTURE_MINUTES - 1) * 60000,
                                 FIXTURE_MINUTES, fixture->series[index]};
}

struct fixture_row {
    const char *id, *type, *xs, *brief, *full;
    enum unit unit;
    enum number_format format;
    int decimals;
    enum direction direction;
    enum period period;
    enum display display;
    double value, n, target;
    struct limits limits;
    double middle, swing; /* of the curve; swing 0: none */
};

#define HIGHER(warn, critical)                                                                               \
    {                                                                                                        \
        warn, NAN, critical, NAN                                                                             \
    }
#define LOWER(warn, critical)                                                                                \
    {                                                                                                        \
        NAN, warn, NAN, critical                                                                             \
    }

static const struct fixture_row fixture_rows[FIXTURE_TILES] = {
    {"waiting", "number", "En attente", "En attente", "Appels en attente", UNIT_COUNT, FORMAT_INT, -1,
     DIRECTION_LOWER_IS_BETTER, PERIOD_NOW, DISPLAY_WARN, 12, NAN, 10, LOWER(10, 20), 8, 6},
    {"longest", "number", "Att. max", "Attente max", "Attente la plus longue", UNIT_SECONDS, FORMAT_DUR_CLOCK,
     -1, DIRECTION_LOWER_IS_BETTER, PERIOD_NOW, DISPLAY_CRITICAL, 272, NAN, 60, LOWER(120, 240), 120, 140},
    {"sl", "gauge", "Niv. serv.", "Niveau service", "Niveau de service", UNIT_PERCENT, FORMAT_PCT, -1,
     DIRECTION_HIGHER_IS_BETTER, PERIOD_30M, DISPLAY_WARN, 78.4, 412, 80, HIGHER(80, 70), 82, 9},
    {"abandon", "gauge", "Abandon", "Taux d’abandon", "Taux d’abandon", UNIT_PERCENT, FORMAT_PCT, -1,
     DIRECTION_LOWER_IS_BETTER, PERIOD_30M, DISPLAY_OK, 4.2, 431, 5, LOWER(5, 8), 4, 2},
    {"asa", "number", "DMA", "Délai réponse", "Délai moyen de réponse", UNIT_SECONDS, FORMAT_DUR_CLOCK, -1,
     DIRECTION_LOWER_IS_BETTER, PERIOD_30M, DISPLAY_OK, 18, 398, 20, LOWER(20, 40), 17, 6},
    {"revenue", "number", "CA", "CA du jour", "Chiffre d’affaires du jour", UNIT_EUR, FORMAT_EUR, -1,
     DIRECTION_HIGHER_IS_BETTER, PERIOD_TODAY, DISPLAY_OK, 1234567, NAN, 1200000, HIGHER(1000000, 800000),
     1100000, 140000},
    {"offered",
     "sparkline",
     "Reçus",
     "Appels reçus",
     "Contacts présentés",
     UNIT_COUNT,
     FORMAT_INT,
     -1,
     DIRECTION_NONE,
     PERIOD_TODAY,
     DISPLAY_NEUTRAL,
     1464,
     NAN,
     NAN,
     {NAN, NAN, NAN, NAN},
     900,
     500},
    {"aht", "sparkline", "DMT", "DMT", "Durée moyenne de traitement", UNIT_SECONDS, FORMAT_DUR_CLOCK, -1,
     DIRECTION_LOWER_IS_BETTER, PERIOD_30M, DISPLAY_WARN, 347, 402, 330, LOWER(340, 380), 325, 40},
    {"agents", "number", "Dispo.", "Agents dispo.", "Agents disponibles", UNIT_COUNT, FORMAT_INT, -1,
     DIRECTION_HIGHER_IS_BETTER, PERIOD_NOW, DISPLAY_STALE, 7, NAN, 5, HIGHER(5, 2), 7, 4},
    {"tickets", "number", "Ouverts", "Tickets ouv.", "Tickets non résolus", UNIT_COUNT, FORMAT_INT, -1,
     DIRECTION_LOWER_IS_BETTER, PERIOD_NOW, DISPLAY_NODATA, NAN, NAN, 150, LOWER(150, 200), 0, 0},
    {"csat", "number", "CSAT", "Satisfaction", "Satisfaction client (CSAT)", UNIT_SCORE_1_5, FORMAT_SCORE5,
     -1, DIRECTION_HIGHER_IS_BETTER, PERIOD_TODAY, DISPLAY_NEUTRAL, 4.25, 12, 4.5, HIGHER(4.2, 3.8), 4.3,
     0.3},
    {"oldest", "number", "Ancien", "Plus ancien", "Ticket le plus ancien", UNIT_SECONDS, FORMAT_DUR_HM, -1,
     DIRECTION_LOWER_IS_BETTER, PERIOD_NOW, DISPLAY_CLOSED, 266400, NAN, 172800, LOWER(172800, 345600), 0, 0},
};

static void fixture_tile(struct fixture *fixture, int index)
{
    const struct fixture_row *row = &fixture_rows[index];
    struct snapshot_tile *tile = &fixture->tiles[index];
    *tile = (struct snapshot_tile){.id = row->id,
                                   .type = row->type,
                                   .kpi_id = row->id,
                                   .columns = 1,
                                   .rows = 1,
                                   .unit = row->unit,
                                   .format = row->format,
                                   .decimals = row->decimals,
                                   .direction = row->direction,
                                   .range_min = 0,
                                   .range_max = row->unit == UNIT_PERCENT ? 100 : NAN,
                                   .period = row->period,
                                   .display = row->display,
                                   .value = row->value,
                                   .n = row->n,
                                   .limits = row->limits,
                                   .target = row->target,
                                   .min_sample = 20,
                                   .value_wall_ms = fixture_now.wall_ms - 4000,
                                   .age_ms = 4000,
                                   .stale_after_ms = 60000,
                                   .since_wall_ms = fixture_now.wall_ms - 250000,
                                   .source = 0};
    for (int language = 0; language < LANGUAGE_COUNT; language++) {
        tile->label[language][LABEL_XS] = row->xs;
        tile->label[language][LABEL_SHORT] = row->brief;
        tile->label[language][LABEL_LONG] = row->full;
    }
    if (row->swing > 0)
        fixture_series(fixture, index, row->middle, row->swing);
}

static void fixture_oddities(struct fixture *fixture)
{
    fixture->tiles[1].scope.value[DIM_QUEUE] = "Support";
    fixture->tiles[2].scope.value[DIM_QUEUE] = "Support";
    fixture->tiles[2].scope.value[DIM_CHANNEL] = "voice";
    fixture->tiles[4].age_ms = 190000;
    fixture->tiles[8].source = 1;
    fixture->tiles[8].value_wall_ms = fixture_now.wall_ms - 300000;
    fixture->tiles[8].age_ms = 300000;
    fixture->tiles[9].source = 1;
    fixture->tiles[9].value_wall_ms = 0;
    fixture->tiles[10].too_few = true;
    fixture->tiles[11].opens_wall_ms = 1763969400000; /* Monday, 08:30 in Paris */
}

static void fixture_init(struct fixture *fixture)
{
    memset(fixture, 0, sizeof *fixture);
    for (int i = 0; i < FIXTURE_TILES; i++)
        fixture_tile(fixture, i);
    fixture_oddities(fixture);
    fixture->sources[0] =
        (struct snapshot_source){"Genesys", SOURCE_FINE, 0, NULL, 0, fixture_now.wall_ms, 0};
    fixture->sources[1] = (struct snapshot_source){
        "Zendesk", SOURCE_UNREACHABLE, 0, NULL, fixture_now.wall_ms - 300000, fixture_now.wall_ms - 300000,
        0};
    fixture->alerts[0] = (struct snapshot_alert){.tile = &fixture->tiles[1],
                                                 .display = DISPLAY_CRITICAL,
                                                 .since_wall_ms = fixture_now.wall_ms - 250000};
    fixture->alerts[1] = (struct snapshot_alert){
        .tile = &fixture->tiles[2], .display = DISPLAY_WARN, .since_wall_ms = fixture_now.wall_ms - 1250000};
    fixture->alerts[2] = (struct snapshot_alert){
        .tile = &fixture->tiles[0], .display = DISPLAY_WARN, .since_wall_ms = fixture_now.wall_ms - 30000};
    fixture->alerts[3] = (struct snapshot_alert){
        .tile = &fixture->tiles[7], .display = DISPLAY_WARN, .since_wall_ms = fixture_now.wall_ms - 90000000};
    fixture->pages[0] = (struct snapshot_page){.id = "floor",
                                               .title = "Tenons-nous la promesse ?",
                                               .columns = 4,
                                               .rows = 3,
                                               .tile_count = FIXTURE_TILES,
                                               .tiles = fixture->tiles,
                                               .worst = DISPLAY_CRITICAL};
    fixture->pages[1] = (struct snapshot_page){.id = "quality",
                                               .title = "Nos clients sont-ils satisfaits ?",
                                               .columns = 3,
                                               .rows = 2,
                                               .tile_count = 6,
                                               .tiles = fixture->tiles,
                                               .worst = DISPLAY_OK};
    fixture->pages[2] = (struct snapshot_page){.id = "mail",
                                               .title = "Où en sont les courriels ?",
                                               .columns = 2,
                                               .rows = 2,
                                               .tile_count = 4,
                                               .tiles = fixture->tiles + 8,
                                               .worst = DISPLAY_STALE};
    fixture->snapshot = (struct snapshot){.taken = fixture_now,
                                          .title = "Centre de contact – Lyon",
                                          .language = LANGUAGE_FR,
                                          .summary = DISPLAY_CRITICAL,
                                          .data_trouble = true,
                                          .page_count = FIXTURE_PAGES,
                                          .pages = fixture->pages,
                                          .alert_count = 4,
                                          .alerts = fixture->alerts,
                                          .source_count = 2,
                                          .sources = fixture->sources};
}

#endif
