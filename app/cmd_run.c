#include <stdio.h>
#include <string.h>

#include "app/command.h"
#include "app/options.h"
#include "app/wall.h"

static const char default_board[] = "/etc/vigie/board.yaml";

int cmd_run(int argc, char **argv)
{
    const char *path = NULL, *size = NULL;
    const struct option_row options[] = {
        {.name = "window",
         .placeholder = "WxH",
         .text = &size,
         .help = "a window instead of the whole screen"},
        {0},
    };
    const struct usage usage = {"run", "[BOARD]",
                                "The wallboard, full screen. BOARD is /etc/vigie/board.yaml if not given.\n"
                                "As a service, and with SDL_VIDEODRIVER=kmsdrm, it waits for a display; else "
                                "it says what is missing.",
                                options};
    int status = options_read(&usage, argc, argv, &path);
    if (status != OPTIONS_READ)
        return status;
    struct wall_settings wall = {.path = default_board, .keeps_history = true};
    if (size && !wall_parse_size(size, &wall.width_px, &wall.height_px))
        return command_usage_error("run", "--window wants a size such as 1280x720, not \"%s\"", size);

    if (path)
        wall.path = path;
    struct error error = {""};
    bool ran = wall_show(&wall, &error);
    if (!ran)
        fprintf(stderr, "vigie run: %s\n", error.text);
    return ran ? EXIT_DONE : EXIT_FAILED;
}
