#include "app/wall.h"

#include <stdio.h>
#include <unistd.h>

#include "app/mailbox.h"
#include "app/pipeline.h"
#include "app/screen.h"
#include "app/simulated.h"
#include "base/log.h"

enum { PICTURE_WIDTH_PX = 1920, PICTURE_HEIGHT_PX = 1080, SIDE_MAX_PX = 16384 };

bool wall_parse_size(const char *text, int *width_px, int *height_px)
{
    char rest;
    return sscanf(text, "%5dx%5d%c", width_px, height_px, &rest) == 2 && *width_px > 0 && *height_px > 0 &&
           *width_px <= SIDE_MAX_PX && *height_px <= SIDE_MAX_PX;
}

static bool show_unseen(const struct config *config, struct mailbox *mailbox,
                        const struct wall_settings *settings, const struct error *no_display,
                        struct error *error)
{
    int width_px = settings->width_px ? settings->width_px : PICTURE_WIDTH_PX;
    int height_px = settings->height_px ? settings->height_px : PICTURE_HEIGHT_PX;
    printf("%s; running without one for %d s\n", no_display->text, (int)(settings->unseen_for_ms / 1000));
    fflush(stdout);
    if (!screen_run_unseen(config, mailbox, width_px, height_px, settings->unseen_for_ms,
                           settings->picture_path, error))
        return false;
    char folder[4096];
    printf("the picture is in %s/%s\n", getcwd(folder, sizeof folder) ? folder : ".", settings->picture_path);
    return true;
}

static bool show(const struct config *config, struct mailbox *mailbox, struct pipeline *pipeline,
                 const struct wall_settings *settings, struct error *error)
{
    struct error no_display = {""};
    struct window *window = window_create(&(struct window_settings){.title = config->title,
                                                                    .width_px = settings->width_px,
                                                                    .height_px = settings->height_px,
                                                                    .rotation = config->screen.rotation},
                                          &no_display);
    if (window) {
        log_info("display: %s", window_driver(window));
        bool ran = screen_run(config, mailbox, pipeline, window, error);
        window_destroy(window);
        return ran;
    }
    if (settings->picture_path)
        return show_unseen(config, mailbox, settings, &no_display, error);
    *error = no_display;
    return false;
}

bool wall_show(struct config *config, const struct wall_settings *settings, struct error *error)
{
    bool shown = false;
    struct mailbox *mailbox = mailbox_create();
    struct simulator_server *simulator = NULL;
    struct pipeline *pipeline = NULL;

    if (!simulated_start(config, 0, &simulator, error))
        goto out;
    pipeline = pipeline_create(
        &(struct pipeline_settings){
            .config = config, .mailbox = mailbox, .watches_clock = true, .hurried = config->uses_simulator},
        error);
    if (!pipeline)
        goto out;
    shown = show(config, mailbox, pipeline, settings, error);

out:
    pipeline_destroy(pipeline);
    simulator_server_destroy(simulator);
    mailbox_destroy(mailbox);
    return shown;
}
