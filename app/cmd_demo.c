#include <stdio.h>

#include "app/assets.h"
#include "app/command.h"
#include "app/options.h"
#include "app/wall.h"
#include "base/text.h"

enum { UNSEEN_FOR_MS = 6000 };

int cmd_demo(int argc, char **argv)
{
    const char *size = NULL;
    const struct option_row options[] = {
        {.name = "window",
         .placeholder = "WxH",
         .text = &size,
         .help = "a window instead of the whole screen"},
        {0},
    };
    const struct usage usage = {
        "demo", NULL,
        "A simulated contact centre behind real HTTP on loopback, and the board that shows it.\n"
        "Without a display the same runs for a few seconds and leaves a picture, demo.png.",
        options};
    int status = options_read(&usage, argc, argv, NULL);
    if (status != OPTIONS_READ)
        return status;
    struct wall_settings wall = {.picture_path = "demo.png", .unseen_for_ms = UNSEEN_FOR_MS};
    if (size && !wall_parse_size(size, &wall.width_px, &wall.height_px))
        return command_usage_error("demo", "--window wants a size such as 1280x720, not \"%s\"", size);

    struct text path = {0};
    text_append_format(&path, "%s/boards/demo.yaml", assets_path());
    wall.path = text_bytes(&path);
    struct error error = {""};
    bool shown = wall_show(&wall, &error);
    text_finish(&path);
    if (!shown)
        fprintf(stderr, "vigie demo: %s\n", error.text);
    return shown ? EXIT_DONE : EXIT_FAILED;
}
