#ifndef TESTS_CONTENTS_FIXTURE_H
#define TESTS_CONTENTS_FIXTURE_H

/* The fixture's page with one tile of every type that is not a single figure, and a banner. */

#include "tests/render_fixture.h"

static const enum display quarters[] = {DISPLAY_OK,       DISPLAY_OK,    DISPLAY_WARN,   DISPLAY_CRITICAL,
                                        DISPLAY_CRITICAL, DISPLAY_STALE, DISPLAY_NODATA, DISPLAY_CLOSED,
                                        DISPLAY_NEUTRAL,  DISPLAY_WARN};
static const struct snapshot_part agent_parts[] = {
    {"on_contact", 25}, {"pause", 13}, {"available", 5}, {"other", 3}};
static struct snapshot_bar hour_bars[] = {{0, 120, 110, false, false},
                                          {3600000, NAN, 110, false, false},
                                          {7200000, 80, 110, false, false},
                                          {10800000, 30, 110, true, false}};
static struct snapshot_key_result key_results[] = {
    {{"NPS", "NPS"}, FORMAT_INT, true, 38, 50, 44, 0.5, 0.9, DISPLAY_OK, false, 1763000000000, 0, UNIT_RATIO},
    {{"Fiches relues", "Articles"},
     FORMAT_INT,
     true,
     0,
     120,
     20,
     0.16,
     0.3,
     DISPLAY_CRITICAL,
     false,
     1763000000000,
     1762000000000,
     UNIT_RATIO},
    {{"Formations", "Training"},
     FORMAT_INT,
     true,
     0,
     40,
     40,
     1,
     1.8,
     DISPLAY_OK,
     true,
     1763000000000,
     0,
     UNIT_RATIO},
    {{"Reprises", "Rework"},
     FORMAT_INT,
     true,
     9,
     4,
     6.5,
     0.5,
     0.9,
     DISPLAY_STALE,
     false,
     1761000000000,
     0,
     UNIT_RATIO}};
static struct snapshot_objective objective;
static struct snapshot_tile cells[4], columns[2];
static struct snapshot_row rows[5];
static const struct snapshot_row *troubles[] = {&rows[1], &rows[0], &rows[2], &rows[3], &rows[4]};
static struct snapshot_table table;
static const struct snapshot_action list_actions[] = {
    {"Former deux conseillers au chat", "RH", 1763420400000, true, 1},
    {"Relire le script", "chef d’équipe", 1764025200000, false, 2}};
static const struct snapshot_verbatim list_verbatims[] = {{"On m’a rappelé dans l’heure.", 1763420400000}};
static const struct snapshot_notes list_notes = {true, 2, list_actions, 1, list_verbatims};
static const struct snapshot_message announcement = {.text = "Visite du comité jeudi à 10 h", .author = "RH"};
static struct snapshot_message banner_messages[1];

static void show_as(struct fixture *board, int index, const char *type, const char *kpi_id)
{
    board->tiles[index].type = type;
    board->tiles[index].kpi_id = kpi_id;
    board->tiles[index].objective = -1;
}

static void show_table(struct fixture *board, int index)
{
    for (int i = 0; i < 4; i++) {
        cells[i] = board->tiles[i % 2 ? 0 : 2];
        cells[i].table = NULL;
    }
    cells[2].display = DISPLAY_CRITICAL;
    cells[2].value = 44.4;
    cells[3].display = DISPLAY_STALE;
    columns[0] = cells[0];
    columns[1] = cells[1];
    rows[0] = (struct snapshot_row){"Support", false, &cells[0], 2};
    rows[1] = (struct snapshot_row){"Ventes", false, &cells[2], 1};
    for (int i = 2; i < 5; i++)
        rows[i] = (struct snapshot_row){"Archives", false, &cells[0], 0};
    table = (struct snapshot_table){2, columns, 5, rows, troubles, false, 3, RANKING_NONE};
    show_as(board, index, "table", "");
    board->tiles[index].display = DISPLAY_CRITICAL;
    board->tiles[index].table = &table;
}

static void contents_show(struct fixture *board)
{
    show_table(board, 1);
    show_as(board, 0, "breakdown", "agent_states");
    board->tiles[0].display = DISPLAY_NEUTRAL;
    board->tiles[0].parts = agent_parts;
    board->tiles[0].part_count = 4;
    show_as(board, 2, "bar", "service_level");
    show_as(board, 3, "bar", "contacts_offered");
    board->tiles[3].bars = (struct snapshot_bars){BAR_HOUR, 4, hour_bars};
    show_as(board, 4, "ribbon", "asa");
    board->tiles[4].ribbon =
        (struct snapshot_ribbon){fixture_now.wall_ms / 900000 * 900000 - 9 * 900000, 10, quarters, 1800000};
    show_as(board, 5, "okr", "okr_objective_score");
    objective = (struct snapshot_objective){
        "Mieux répondre", "Support", 1759269600000, 1767222000000, 0.56, 0.54, 0.96,
        DISPLAY_OK,       4,         key_results};
    board->snapshot.objectives = &objective;
    board->snapshot.objective_count = 1;
    board->tiles[5].objective = 0;
    show_as(board, 6, "list", "huddle_actions_open");
    board->tiles[6].notes = &list_notes;
    show_as(board, 7, "text", "");
    board->tiles[7].display = DISPLAY_NEUTRAL;
    board->tiles[7].message = &announcement;
    show_as(board, 8, "clock", "");
    board->tiles[8].display = DISPLAY_NEUTRAL;
    show_as(board, 9, "countdown", "");
    board->tiles[9].display = DISPLAY_NEUTRAL;
    board->tiles[9].countdown = (struct snapshot_countdown){fixture_now.wall_ms + 599000, 0};
    show_as(board, 10, "list", "verbatim_feed");
    board->tiles[10].notes = &list_notes;
    show_as(board, 11, "ribbon", "sqcdp_status");
    board->tiles[11].display = DISPLAY_NEUTRAL;
    board->snapshot.month = (struct snapshot_month){.day_count = 30, .today = 21};
    for (int letter = 0; letter < SNAPSHOT_LETTERS; letter++) {
        board->snapshot.letters[letter] = letter == 3 ? DISPLAY_CRITICAL : DISPLAY_OK;
        for (int day = 0; day < 30; day++)
            board->snapshot.month.cells[letter][day] = day % 7 > 4         ? DISPLAY_CLOSED
                                                       : day % 5 == letter ? DISPLAY_WARN
                                                                           : DISPLAY_OK;
    }
    banner_messages[0] = (struct snapshot_message){.text = "Coupure du SI à 12 h 30", .author = "Direction"};
    board->snapshot.messages = banner_messages;
    board->snapshot.message_count = 1;
}

#endif
