#include "app/board_file.h"

#include "base/calendar.h"

void board_file_tell(const struct config *config, FILE *to)
{
    for (size_t i = 0; i < config->problem_count; i++) {
        char line[8192];
        config_problem_line(config, &config->problems[i], line, sizeof line);
        fprintf(to, "%s\n", line);
    }
}

struct config *board_file_look(const char *path)
{
    struct config *config = config_read(path);
    board_file_tell(config, stderr);
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
