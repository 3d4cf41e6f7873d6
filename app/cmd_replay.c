#include <stdio.h>
#include <stdlib.h>

#include "app/board_file.h"
#include "app/command.h"
#include "app/options.h"
#include "app/playback.h"
#include "app/replay_report.h"
#include "base/json.h"
#include "base/memory.h"
#include "model/judgement.h"

/* A recording that does not tell the date is heard as on Monday 1 January 2024, from 0 h UTC on. */
static const int64_t ORIGIN_WALL_MS = 1704067200000;

/* Between two lines of a recording the summary looks each second, in a long silence less often. */
enum { LOOKS_MAX = 7200 };
static const int64_t LOOK_MS = 1000;

struct rehearsal {
    struct config *config;
    struct board *board;
    struct alert_tally *tallies; /* one a tile */
};

struct replay {
    const char *samples, *against;
    bool json;
    size_t count;
    struct rehearsal boards[REPLAY_BOARDS_MAX];
    struct recording *recording;
    bool begun;
    struct now first, last;
};

/* ---- judgements as they fall ---- */

static void write_judgement(struct text *out, double t_s, const struct judgement *judgement)
{
    text_append(out, "{\"t\": ");
    json_write_number(out, t_s);
    text_append(out, ", \"tile\": ");
    json_write_text(out, judgement->tile);
    text_append(out, ", \"value\": ");
    json_write_number(out, judgement->value);
    text_append_format(out,
                       ", \"display\": \"%s\", \"severity\": \"%s\", \"alert\": \"%s\", \"unstable\": %s}\n",
                       display_name(judgement->display), severity_name(judgement->severity),
                       alert_state_name(judgement->alert), judgement->unstable ? "true" : "false");
}

static void print_judgements(const struct board *board, double t_s, struct now now)
{
    struct text out = {0};
    for (size_t i = 0; i < board_tile_count(board); i++) {
        struct judgement judgement = board_judgement(board, i, now);
        write_judgement(&out, t_s, &judgement);
    }
    fwrite(text_bytes(&out), 1, out.length, stdout);
    text_finish(&out);
}

/* ---- the summary ---- */

static void tally(struct rehearsal *rehearsal, struct now now)
{
    for (size_t i = 0; i < board_tile_count(rehearsal->board); i++) {
        struct judgement judgement = board_judgement(rehearsal->board, i, now);
        alert_tally_note(&rehearsal->tallies[i], &judgement, now.monotonic_ms);
    }
}

/*
 * Lets the time before a line pass in small steps, so that a figure's minutes begin to count as stale when it
 * goes stale. It changes no judgement: those fall on samples alone.
 */
static void look_between(struct replay *replay, struct now until)
{
    int64_t left_ms = until.monotonic_ms - replay->last.monotonic_ms;
    int64_t step_ms = left_ms / LOOKS_MAX > LOOK_MS ? left_ms / LOOKS_MAX : LOOK_MS;
    struct now now = replay->last;
    for (now.monotonic_ms += step_ms; now.monotonic_ms < until.monotonic_ms; now.monotonic_ms += step_ms) {
        now.wall_ms = now.monotonic_ms;
        for (size_t i = 0; i < replay->count; i++) {
            board_tick(replay->boards[i].board, now);
            tally(&replay->boards[i], now);
        }
    }
}

static void print_summary(const struct replay *replay)
{
    struct rehearsed_board boards[REPLAY_BOARDS_MAX];
    struct text out = {0};
    for (size_t i = 0; i < replay->count; i++)
        boards[i] = (struct rehearsed_board){replay->boards[i].config, replay->boards[i].tallies};
    replay_report_write(&out, boards, replay->count, replay->last.monotonic_ms - replay->first.monotonic_ms);
    fwrite(text_bytes(&out), 1, out.length, stdout);
    text_finish(&out);
}

/* ---- line by line ---- */

static void begin(struct replay *replay, struct now now)
{
    if (!replay->begun)
        replay->first = replay->last = now;
    replay->begun = true;
}

static bool play_line(struct replay *replay, const struct recorded_line *line, struct error *error)
{
    struct now now = playback_moment(line->t_s, ORIGIN_WALL_MS);
    bool found = false;
    begin(replay, now);
    if (!replay->json)
        look_between(replay, now);
    for (size_t i = 0; i < replay->count; i++) {
        struct rehearsal *rehearsal = &replay->boards[i];
        found |= playback_line(rehearsal->board, rehearsal->config->catalogue, line, now);
        if (replay->json)
            print_judgements(rehearsal->board, line->t_s, now);
        else
            tally(rehearsal, now);
    }
    replay->last = now;
    if (!found)
        error_set(error, "no tile of the board has the id \"%s\"", line->tile);
    return found;
}

static bool play(struct replay *replay, struct error *error)
{
    struct recorded_line line;
    while (recording_next(replay->recording, &line, error)) {
        if (play_line(replay, &line, error))
            continue;
        recording_blame(replay->recording, error);
        return false;
    }
    if (!replay->begun && !error->text[0])
        error_set(error, "%s: the recording has no line", replay->samples);
    return !error->text[0];
}

/* ---- beginning and end ---- */

/* False: the board file has said what is wrong with it. */
static bool add_board(struct replay *replay, const char *path)
{
    struct config *config = board_file_read(path);
    if (!config)
        return false;
    struct rehearsal *rehearsal = &replay->boards[replay->count++];
    rehearsal->config = config;
    rehearsal->board = playback_board(config);
    size_t tiles = board_tile_count(rehearsal->board);
    rehearsal->tallies = memory_create(tiles, sizeof *rehearsal->tallies);
    for (size_t i = 0; i < tiles; i++)
        alert_tally_init(&rehearsal->tallies[i]);
    return true;
}

static void finish(struct replay *replay)
{
    recording_close(replay->recording);
    for (size_t i = 0; i < replay->count; i++) {
        board_destroy(replay->boards[i].board);
        free(replay->boards[i].tallies);
        config_destroy(replay->boards[i].config);
    }
}

static bool rehearse(struct replay *replay, struct error *error)
{
    replay->recording = recording_open(replay->samples, replay->boards[0].config->catalogue, error);
    if (!replay->recording || !play(replay, error))
        return false;
    if (!replay->json)
        print_summary(replay);
    return true;
}

int cmd_replay(int argc, char **argv)
{
    struct replay replay = {0};
    const char *board = NULL;
    const struct option_row options[] = {
        {.name = "samples",
         .placeholder = "FILE.jsonl",
         .text = &replay.samples,
         .help = "what was recorded: figures and events, one JSON object a line"},
        {.name = "against",
         .placeholder = "OTHER_BOARD",
         .text = &replay.against,
         .help = "other thresholds, side by side; tiles are matched by their id"},
        {.name = "json",
         .flag = &replay.json,
         .help = "after each line one line a tile, instead of a summary"},
        {0},
    };
    const struct usage usage = {"replay", "BOARD",
                                "Rehearses a board's thresholds on recorded figures: no display, no network.",
                                options};
    int status = options_read(&usage, argc, argv, &board);
    if (status != OPTIONS_READ)
        return status;
    if (!replay.samples)
        return command_usage_error("replay", "--samples FILE.jsonl is missing");
    if (replay.json && replay.against)
        return command_usage_error("replay", "--json is of one board; leave out --against");

    struct error error = {""};
    bool read = add_board(&replay, board) && (!replay.against || add_board(&replay, replay.against));
    bool done = read && rehearse(&replay, &error);
    if (read && !done)
        fprintf(stderr, "vigie replay: %s\n", error.text);
    finish(&replay);
    return done ? EXIT_DONE : EXIT_FAILED;
}
