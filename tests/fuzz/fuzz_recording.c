/*
 * Any bytes as a recording: each line is played on a board, or refused with its number; never a crash.
 * tests/fuzz/recording.sh builds and runs it.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "app/config.h"
#include "app/playback.h"
#include "model/judgement.h"
#include "model/snapshot.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int file = -1;
static char path[64];
static struct config *config;

static void write_recording(const uint8_t *data, size_t size)
{
    if (file < 0)
        file = memfd_create("recording", MFD_CLOEXEC);
    snprintf(path, sizeof path, "/proc/self/fd/%d", file);
    if (ftruncate(file, 0) != 0 || pwrite(file, data, size, 0) != (ssize_t)size)
        abort();
}

static void look(struct board *board, struct now now)
{
    for (size_t i = 0; i < board_tile_count(board); i++) {
        struct judgement judgement = board_judgement(board, i, now);
        if (!alert_state_name(judgement.alert) || !display_name(judgement.display))
            abort();
    }
}

static void play(struct recording *recording, struct board *board, struct error *error)
{
    struct recorded_line line;
    struct now now = {0};
    while (recording_next(recording, &line, error)) {
        now = playback_moment(line.t_s, 1704067200000);
        playback_line(board, config->catalogue, &line, now);
        look(board, now);
    }
    snapshot_destroy(board_snapshot(board, now));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct error error = {""};
    if (!config)
        config = config_read("tests/boards/replay-tight.yaml");
    if (!config->usable)
        abort();
    write_recording(data, size);
    struct recording *recording = recording_open(path, config->catalogue, &error);
    if (!recording)
        return 0;
    struct board *board = playback_board(config);
    play(recording, board, &error);
    board_destroy(board);
    recording_close(recording);
    return 0;
}
