#include "app/wall.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "app/board_file.h"
#include "app/displays.h"
#include "app/fault.h"
#include "app/file_watch.h"
#include "app/history_path.h"
#include "app/mailbox.h"
#include "app/pipeline.h"
#include "app/service.h"
#include "app/simulated.h"
#include "app/unseen.h"
#include "base/calendar.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/now.h"
#include "base/text.h"

enum {
    PICTURE_WIDTH_PX = 1920,
    PICTURE_HEIGHT_PX = 1080,
    SIDE_MAX_PX = 16384,
    DATA_SILENT_MS = 10000 /* the data thread looks at the time each second */
};

struct wall {
    const struct wall_settings *settings;
    struct config *config; /* that is shown; where there is no pipeline, the one with the errors */
    struct simulator_server *simulator;
    struct pipeline *pipeline; /* NULL: the board file was never right */
    struct mailbox *mailbox;
    struct service *service;
    struct file_watch watch;
    struct text told; /* the service manager, of the displays */
};

bool wall_parse_size(const char *text, int *width_px, int *height_px)
{
    char rest;
    return sscanf(text, "%5dx%5d%c", width_px, height_px, &rest) == 2 && *width_px > 0 && *height_px > 0 &&
           *width_px <= SIDE_MAX_PX && *height_px <= SIDE_MAX_PX;
}

/* ---- the board ---- */

/* The zone is the whole program's: nobody may be reckoning with it while it changes. */
static bool set_zone(struct wall *wall, const struct config *config, struct error *error)
{
    if (wall->pipeline && text_equal(config->time_zone, wall->config->time_zone))
        return true;
    pipeline_destroy(wall->pipeline);
    simulator_server_destroy(wall->simulator);
    wall->pipeline = NULL;
    wall->simulator = NULL;
    return calendar_set_zone(config->time_zone, error);
}

/* NULL: nothing is kept. A simulated centre is not worth remembering unless the board asks for it. */
static const char *find_history(const struct config *config, const struct wall_settings *settings,
                                struct text *path)
{
    if (!settings->keeps_history || (config->uses_simulator && !config->history_path))
        return NULL;
    if (history_path(config, path))
        return text_bytes(path);
    log_warning("history: there is no folder for it ($STATE_DIRECTORY, $XDG_STATE_HOME or $HOME); "
                "nothing is kept");
    return NULL;
}

static bool start_board(struct wall *wall, struct config *config, struct error *error)
{
    struct simulator_server *simulator = NULL;
    if (!set_zone(wall, config, error))
        return false;
    if (wall->simulator)
        simulated_point(config, wall->simulator);
    else if (!simulated_start(config, 0, &simulator, error))
        return false;
    struct text history = {0};
    const struct pipeline_settings settings = {.config = config,
                                               .mailbox = wall->mailbox,
                                               .watches_clock = true,
                                               .hurried = config->uses_simulator,
                                               .history_path =
                                                   find_history(config, wall->settings, &history)};
    struct pipeline *pipeline = wall->pipeline ? pipeline_create_after(&settings, wall->pipeline, error)
                                               : pipeline_create(&settings, error);
    text_finish(&history);
    if (!pipeline) {
        simulator_server_destroy(simulator);
        return false;
    }
    if (simulator)
        wall->simulator = simulator;
    wall->pipeline = pipeline;
    return true;
}

/* Reads the file and starts what is in it. False: the fault says what is wrong, and what was there goes on.
 */
static bool read_board(struct wall *wall, struct stage_fault *fault, struct config **read)
{
    struct error error = {""};
    struct config *config = board_file_look(wall->settings->path);
    *read = config;
    if (config->usable && start_board(wall, config, &error))
        return true;
    if (!wall->pipeline)
        calendar_set_zone(config->time_zone, NULL); /* as far as it is known: the clock is shown */
    if (error.text[0])
        fprintf(stderr, "%s: %s\n", config->path, error.text);
    fault_note(fault, config, &error);
    return false;
}

static void read_again(struct wall *wall, struct displays *displays, struct now now)
{
    struct stage_fault fault;
    struct config *config;
    service_reloading(wall->service, now.monotonic_ms);
    if (read_board(wall, &fault, &config)) {
        displays_show_fault(displays, NULL);
        displays_show_board(displays, config, wall->pipeline, clock_now());
        config_destroy(wall->config);
        wall->config = config;
        log_info("%s: read again", config->path);
    } else {
        fault.alone = wall->pipeline == NULL;
        if (fault.alone) /* the one before is gone, and keys may not ask it any more */
            displays_show_board(displays, wall->config, NULL, clock_now());
        displays_show_fault(displays, &fault);
        log_warning("%s: not taken over; %s", config->path,
                    wall->pipeline ? "the board before goes on" : "waiting for it to be mended");
        config_destroy(config);
    }
    service_reloaded(wall->service);
}

/* ---- with a display ---- */

static bool is_alive(const struct wall *wall, int64_t now_ms)
{
    return !wall->pipeline || now_ms - pipeline_alive_ms(wall->pipeline) < DATA_SILENT_MS;
}

static void tell_status(struct wall *wall, const char *status)
{
    if (text_equal(text_bytes(&wall->told), status))
        return;
    text_finish(&wall->told);
    text_append(&wall->told, status);
    service_status(wall->service, status);
}

/* Every turn that comes to its end has shown what there is to be shown, or knows why it cannot. */
static void tell_service(struct wall *wall, struct displays *displays, int64_t now_ms)
{
    tell_status(wall, displays_status(displays));
    service_ready(wall->service);
    if (is_alive(wall, now_ms))
        service_alive(wall->service, now_ms);
}

static bool show_until_end(struct wall *wall, struct displays *displays, struct error *error)
{
    struct snapshot *newest = NULL;
    while (!displays_wants_to_quit(displays) && !mailbox_stop_requested(wall->mailbox)) {
        struct now now = clock_now();
        if (!displays_step(displays, newest, now, error))
            return false;
        tell_service(wall, displays, now.monotonic_ms);
        mailbox_watch(wall->mailbox, displays_input_fd(displays)); /* windows may have been opened anew */
        newest = mailbox_wait(
            wall->mailbox, earlier_ms(displays_next_ms(displays, now), service_next_alive_ms(wall->service)));
        now = clock_now();
        bool asked = mailbox_reload_requested(wall->mailbox);
        if (!file_watch_changed(&wall->watch, now.monotonic_ms) && !asked)
            continue;
        const struct config *before = wall->config;
        read_again(wall, displays, now);
        if (wall->config == before && wall->pipeline)
            continue;
        snapshot_destroy(newest); /* of a board that is no more */
        newest = NULL;
    }
    snapshot_destroy(newest);
    return true;
}

static bool show_on(struct wall *wall, const struct stage_fault *fault, struct displays *displays,
                    struct error *error)
{
    if (wall->pipeline)
        displays_show_board(displays, wall->config, wall->pipeline, clock_now());
    displays_show_fault(displays, fault);
    bool ran = show_until_end(wall, displays, error);
    mailbox_watch(wall->mailbox, -1);
    return ran;
}

/* Whether SDL will draw on a bare console: asked to, or left with nothing else. */
static bool is_for_console(void)
{
    const char *asked = getenv("SDL_VIDEODRIVER");
    if (asked && *asked)
        return text_equal(asked, "kmsdrm");
    return !getenv("DISPLAY") && !getenv("WAYLAND_DISPLAY");
}

/*
 * A service, and whoever asks for the console by name, waits for a display to be plugged in. Anybody else
 * sits at a terminal and is told what is missing.
 */
static struct displays *open_displays(const struct wall *wall, struct error *error)
{
    const char *asked = getenv("SDL_VIDEODRIVER");
    bool waits = service_is_managed(wall->service) || text_equal(asked, "kmsdrm");
    return displays_create(wall->config,
                           &(struct displays_settings){.width_px = wall->settings->width_px,
                                                       .height_px = wall->settings->height_px,
                                                       .waits = waits && !wall->settings->picture_path,
                                                       .watches = is_for_console(),
                                                       .root = ""},
                           clock_now(), error);
}

/* ---- without ---- */

static bool show_unseen(struct wall *wall, const struct error *no_display, struct error *error)
{
    const struct wall_settings *settings = wall->settings;
    int width_px = settings->width_px ? settings->width_px : PICTURE_WIDTH_PX;
    int height_px = settings->height_px ? settings->height_px : PICTURE_HEIGHT_PX;
    printf("%s; running without one for %d s\n", no_display->text, (int)(settings->unseen_for_ms / 1000));
    fflush(stdout);
    if (!unseen_run(wall->config, wall->mailbox, width_px, height_px, settings->unseen_for_ms,
                    settings->picture_path, error))
        return false;
    char folder[4096];
    printf("the picture is in %s/%s\n", getcwd(folder, sizeof folder) ? folder : ".", settings->picture_path);
    return true;
}

static bool show(struct wall *wall, const struct stage_fault *fault, struct error *error)
{
    struct error no_display = {""};
    struct displays *displays = open_displays(wall, &no_display);
    if (displays) {
        bool ran = show_on(wall, fault, displays, error);
        displays_destroy(displays);
        return ran;
    }
    if (wall->settings->picture_path && wall->pipeline)
        return show_unseen(wall, &no_display, error);
    *error = no_display;
    return false;
}

bool wall_show(const struct wall_settings *settings, struct error *error)
{
    struct wall wall = {.settings = settings, .mailbox = mailbox_create(), .service = service_create()};
    struct stage_fault fault;
    file_watch_start(&wall.watch, settings->path, clock_monotonic_ms());
    bool right = read_board(&wall, &fault, &wall.config);
    bool shown = show(&wall, right ? NULL : &fault, error);
    service_stopping(wall.service);
    pipeline_destroy(wall.pipeline);
    simulator_server_destroy(wall.simulator);
    config_destroy(wall.config);
    service_destroy(wall.service);
    text_finish(&wall.told);
    mailbox_destroy(wall.mailbox);
    return shown;
}
