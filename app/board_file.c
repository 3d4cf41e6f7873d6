#include "app/board_file.h"

#include <stdio.h>

struct config *board_file_read(const char *path)
{
    struct config *config = config_read(path);
    for (size_t i = 0; i < config->problem_count; i++) {
        char line[2048];
        config_problem_line(config, &config->problems[i], line, sizeof line);
        fprintf(stderr, "%s\n", line);
    }
    if (config->usable)
        return config;
    config_destroy(config);
    return NULL;
}
