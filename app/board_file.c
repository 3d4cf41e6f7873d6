#include "app/board_file.h"

#include <stdio.h>

#include "base/calendar.h"

struct config *board_file_look(const char *path)
{
    struct config *config = config_read(path);
    for (size_t i = 0; i < config->problem_count; i++) {
        char line[2048];
        config_problem_line(config, &config->problems[i], line, sizeof line);
        fprintf(stderr, "%s\n", line);
    }
    return config;
}

struct config *board_file_read(const char *path)
{
    struct config *config = board_file_look(path);
    struct error error = {""};
    if (config->usable && calendar_set_zone(config->time_zone, &error))
        return config;
    if (error.text[0])
        fprintf(stderr, "%s: time_zone: %s\n", path, error.text);
    config_destroy(config);
    return NULL;
}
