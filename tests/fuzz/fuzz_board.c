/*
 * Any bytes as a board file: config_read_at() must end with problems or a config, never with a crash.
 * tests/fuzz/board.sh builds and runs it.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "app/config.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int file = -1;
static char path[64];

static void write_board(const uint8_t *data, size_t size)
{
    if (file < 0)
        file = memfd_create("board", MFD_CLOEXEC);
    snprintf(path, sizeof path, "/proc/self/fd/%d", file);
    if (ftruncate(file, 0) != 0 || pwrite(file, data, size, 0) != (ssize_t)size)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    write_board(data, size);
    struct config *config = config_read_at(path, 1795000000000);
    for (size_t i = 0; i < config->problem_count; i++) {
        char line[4096];
        config_problem_line(config, &config->problems[i], line, sizeof line);
    }
    config_destroy(config);
    return 0;
}
