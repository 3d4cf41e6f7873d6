#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/board_file.h"
#include "app/chronicle.h"
#include "app/command.h"
#include "app/fault.h"
#include "app/machine.h"
#include "app/mailbox.h"
#include "app/options.h"
#include "app/pipeline.h"
#include "app/playback.h"
#include "app/recording.h"
#include "app/screen.h"
#include "app/simulated.h"
#include "app/still.h"
#include "app/wall.h"
#include "base/calendar.h"
#include "base/clock.h"
#include "history/reader.h"
#include "model/inquiry.h"
#include "render/acuity.h"
#include "render/vision.h"

enum { SOURCES_WAIT_MS = 20000, LOOK_AGAIN_MS = 50 };

/* How far a huddle looks back on a picture: a morning, a shift. */
static const int64_t REVIEW_AGO_MS = 8 * 3600 * 1000;

struct request {
    const char *out, *page, *samples, *theme, *screen, *history;
    int width_px, height_px;
    int64_t at_wall_ms; /* 0: now */
    enum vision vision;
    double seen_from_m; /* 0: from near by */
    struct stage stage; /* what `screen` says */
    const char *tile;   /* that the screen is about; NULL: none */
};

/* ---- which screen ---- */

struct screen_row {
    const char *name;
    enum stage_screen screen;
    bool of_tile;
};

static const struct screen_row screens[] = {
    {"wall", STAGE_WALL, false},
    {"detail", STAGE_DETAIL, true},
    {"why", STAGE_WHY, true},
    {"huddle", STAGE_HUDDLE, false},
    {"info", STAGE_INFO, false},
    {"help", STAGE_HELP, false},
    {"starting", STAGE_STARTING, false},
    {"no_network", STAGE_NO_NETWORK, false},
    {"closed", STAGE_CLOSED, false},
    {"fault", STAGE_FAULT, false},
};

static const struct screen_row *screen_named(const char *name, size_t length)
{
    for (size_t i = 0; i < sizeof screens / sizeof *screens; i++)
        if (strlen(screens[i].name) == length && strncmp(screens[i].name, name, length) == 0)
            return &screens[i];
    return NULL;
}

/* "huddle:3" is its third step. */
static bool take_step(struct request *request, const char *step, struct error *error)
{
    char *end;
    long number = strtol(step, &end, 10);
    if (*end || number < 1 || number > HUDDLE_STEPS) {
        error_set(error, "--screen huddle:N has steps 1 to %d, not \"%s\"", HUDDLE_STEPS, step);
        return false;
    }
    request->stage.step = (enum huddle_step)(number - 1);
    return true;
}

/* Reads "detail:sl", "huddle:3", "help". False: the error says what is wrong. */
static bool take_screen(struct request *request, struct error *error)
{
    const char *colon = request->screen ? strchr(request->screen, ':') : NULL;
    request->stage = stage_start();
    if (!request->screen)
        return true;
    size_t length = colon ? (size_t)(colon - request->screen) : strlen(request->screen);
    const struct screen_row *row = screen_named(request->screen, length);
    if (!row || row->of_tile != (colon && row->screen != STAGE_HUDDLE)) {
        error_set(
            error,
            "--screen is wall, detail:TILE, why:TILE, huddle, huddle:STEP, info, help, starting, no_network, "
            "closed or fault, not \"%s\"",
            request->screen);
        return false;
    }
    request->stage.screen = row->screen;
    if (row->of_tile)
        request->tile = colon + 1;
    return !colon || row->of_tile || take_step(request, colon + 1, error);
}

static struct inquiry_question question_of(const struct request *request)
{
    return (struct inquiry_question){.tile = request->tile,
                                     .review = request->stage.screen == STAGE_HUDDLE,
                                     .since_ago_ms = REVIEW_AGO_MS};
}

/* ---- figures asked from the sources themselves ---- */

/* The first snapshot in which every source has had its say, or what there is when the patience ends. */
static struct snapshot *wait_for_all(struct pipeline *pipeline, struct mailbox *mailbox)
{
    struct snapshot *newest = NULL;
    int64_t end_ms = clock_monotonic_ms() + SOURCES_WAIT_MS;
    while (clock_monotonic_ms() < end_ms && !mailbox_stop_requested(mailbox)) {
        bool all_heard = pipeline_all_heard(pipeline);
        struct snapshot *snapshot = mailbox_wait(mailbox, clock_monotonic_ms() + LOOK_AGAIN_MS);
        if (snapshot) {
            snapshot_destroy(newest);
            newest = snapshot;
        }
        if (all_heard && newest && !snapshot)
            break;
    }
    return newest;
}

static struct snapshot *ask_sources(struct config *config, const struct request *request, struct error *error)
{
    struct snapshot *snapshot = NULL;
    struct mailbox *mailbox = mailbox_create();
    struct simulator_server *simulator = NULL;
    struct pipeline *pipeline = NULL;
    int64_t now_ms = clock_now().wall_ms;
    int64_t at_ms = request->at_wall_ms ? request->at_wall_ms : now_ms;

    if (!simulated_start(config, at_ms, &simulator, error))
        goto out;
    pipeline = pipeline_create(&(struct pipeline_settings){.config = config,
                                                           .mailbox = mailbox,
                                                           .past_path = request->history,
                                                           .hurried = true,
                                                           .wall_shift_ms = at_ms - now_ms},
                               error);
    if (!pipeline)
        goto out;
    pipeline_ask(pipeline, &(struct wish){WISH_TILE, request->tile, true});
    pipeline_ask(pipeline, &(struct wish){WISH_REVIEW, NULL, request->stage.screen == STAGE_HUDDLE});
    snapshot = wait_for_all(pipeline, mailbox);
    if (!snapshot)
        error_set(error, "no figures came");

out:
    pipeline_destroy(pipeline);
    simulator_server_destroy(simulator);
    mailbox_destroy(mailbox);
    return snapshot;
}

/* ---- figures from a recording ---- */

static bool last_moment(struct recording *recording, double *t_s, struct error *error)
{
    struct recorded_line line;
    bool any = false;
    while (recording_next(recording, &line, error)) {
        *t_s = line.t_s;
        any = true;
    }
    recording_rewind(recording);
    if (!any && !error->text[0])
        error_set(error, "the recording has no line");
    return !error->text[0];
}

static struct snapshot *play(struct config *config, const struct request *request,
                             struct recording *recording, struct error *error)
{
    double last_t_s = 0;
    if (!last_moment(recording, &last_t_s, error))
        return NULL;
    int64_t at_ms = request->at_wall_ms ? request->at_wall_ms : clock_now().wall_ms;
    /* what does not tell the date ends at the moment of the picture */
    int64_t origin_ms = at_ms - llround(last_t_s * 1000);
    struct now end = playback_moment(last_t_s, origin_ms);
    if (request->at_wall_ms)
        end = (struct now){.monotonic_ms = at_ms, .wall_ms = at_ms};
    struct board *board = playback_board(config);
    struct recorded_line line;
    while (recording_next(recording, &line, error)) {
        struct now then = playback_moment(line.t_s, origin_ms);
        if (then.wall_ms > end.wall_ms)
            break;
        playback_line(board, config->catalogue, &line, then);
    }
    board_tick(board, end);
    if (request->history && !error->text[0])
        chronicle_recall(&config->board, request->history, board, end, error);
    struct inquiry_question question = question_of(request);
    struct snapshot *snapshot = error->text[0] ? NULL : inquiry_snapshot(board, &question, end);
    board_destroy(board);
    return snapshot;
}

static struct snapshot *play_recording(struct config *config, const struct request *request,
                                       struct error *error)
{
    struct recording *recording = recording_open(request->samples, config->catalogue, error);
    if (!recording)
        return NULL;
    struct snapshot *snapshot = play(config, request, recording, error);
    recording_close(recording);
    return snapshot;
}

/* ---- the picture ---- */

static bool page_index(const struct config *config, const char *id, size_t *index, struct error *error)
{
    *index = 0;
    if (!id)
        return true;
    for (size_t i = 0; i < config->board.page_count; i++) {
        if (strcmp(config->board.pages[i].id, id) == 0) {
            *index = i;
            return true;
        }
    }
    error_set(error, "%s has no page \"%s\"", config->path, id);
    return false;
}

/* The page that the tile is on, and its place there. */
static bool find_tile(const struct config *config, const char *id, struct stage *stage, struct error *error)
{
    for (size_t p = 0; p < config->board.page_count; p++)
        for (size_t t = 0; t < config->board.pages[p].tile_count; t++)
            if (strcmp(config->board.pages[p].tiles[t].id, id) == 0) {
                stage->page = p;
                stage->chosen = (int)t;
                return true;
            }
    error_set(error, "%s has no tile \"%s\"", config->path, id);
    return false;
}

/* The first display that shows the page. */
static const struct display_settings *display_of(const struct config *config, size_t page)
{
    for (size_t i = 0; i < config->display_count; i++)
        if (display_shows(&config->displays[i], page))
            return &config->displays[i];
    return &config->displays[0];
}

/* As that eye sees it from there; the caller owns it. */
static struct canvas *seen_picture(const struct canvas *canvas, const struct display_settings *display,
                                   const struct request *request)
{
    int longer_px = request->width_px > request->height_px ? request->width_px : request->height_px;
    double arcmin_px = acuity_arcmin_px(display->diagonal_in, longer_px, request->seen_from_m);
    struct canvas *near = vision_picture(canvas, request->vision);
    if (request->seen_from_m == 0)
        return near;
    struct canvas *far = acuity_picture(near, arcmin_px);
    canvas_destroy(near);
    return far;
}

/* What the machine would say of itself; a picture of a wall without network has no address. */
static void ask_machine(const struct config *config, struct stage *stage, struct stage_machine *machine)
{
    if (stage->screen != STAGE_INFO && stage->screen != STAGE_NO_NETWORK)
        return;
    machine_introduce(machine, config->path);
    machine_look(machine, "");
    if (stage->screen == STAGE_NO_NETWORK)
        machine->address_count = 0;
    stage->machine = machine;
}

/* `snapshot` NULL: there is none. */
static bool draw(const struct config *config, const struct request *request, const struct snapshot *snapshot,
                 struct stage stage, struct now now, struct error *error)
{
    struct stage_machine machine = {0};
    const struct display_settings *display = display_of(config, stage.page);
    struct scene_settings settings =
        screen_scene_settings_on(config, display, request->width_px, request->height_px);
    struct scene *scene = scene_create(&settings, error);
    if (!scene)
        return false;
    stage.huddle_began_ms = now.monotonic_ms;
    stage.may_quit = true;
    stage.has_neighbours = config->display_count > 1;
    ask_machine(config, &stage, &machine);
    scene_show(scene, &stage);
    scene_draw_changes(scene, snapshot, now);
    struct canvas *seen = seen_picture(scene_canvas(scene), display, request);
    bool written = canvas_write_png(seen, request->out, error);
    canvas_destroy(seen);
    scene_destroy(scene);
    return written;
}

static struct now moment_of(const struct request *request)
{
    struct now now = clock_now();
    if (request->at_wall_ms)
        now.wall_ms = request->at_wall_ms;
    return now;
}

/* The errors of the board, which need not be usable. */
static bool render_fault(const struct config *config, const struct request *request, struct error *error)
{
    struct stage_fault fault;
    struct stage stage = request->stage;
    if (config->usable) {
        error_set(error, "%s has no error to show", config->path);
        return false;
    }
    fault_note(&fault, config, error);
    stage.fault = &fault;
    return draw(config, request, NULL, stage, moment_of(request), error);
}

static bool is_still(enum stage_screen screen)
{
    return screen == STAGE_STARTING || screen == STAGE_NO_NETWORK || screen == STAGE_CLOSED;
}

static struct snapshot *look(struct config *config, const struct request *request, struct error *error)
{
    if (is_still(request->stage.screen))
        return still_snapshot(config, request->stage.screen, moment_of(request));
    return request->samples ? play_recording(config, request, error) : ask_sources(config, request, error);
}

/* Told before anything is asked. */
static bool can_be_read(const char *history, struct error *error)
{
    struct reader *reader = history ? reader_open(history, error) : NULL;
    reader_close(reader);
    return !history || reader != NULL;
}

static bool render(struct config *config, const struct request *request, struct error *error)
{
    struct stage stage = request->stage;
    if (stage.screen == STAGE_FAULT)
        return render_fault(config, request, error);
    if (!page_index(config, request->page, &stage.page, error))
        return false;
    if (request->tile && !find_tile(config, request->tile, &stage, error))
        return false;
    if (!can_be_read(request->history, error))
        return false;
    struct snapshot *snapshot = look(config, request, error);
    if (!snapshot)
        return false;
    bool drawn = draw(config, request, snapshot, stage, snapshot->taken, error);
    snapshot_destroy(snapshot);
    return drawn;
}

/* ---- the command line ---- */

/* Elsewhere no source has figures, and a simulated one refuses its own. */
static bool moment_sound(const char *text, int64_t *wall_ms)
{
    static const int64_t YEAR_2000_MS = 946684800000, YEAR_2100_MS = 4102444800000;
    return calendar_parse_iso(text, wall_ms) && *wall_ms >= YEAR_2000_MS && *wall_ms < YEAR_2100_MS;
}

/* What is not yet read of the command line. */
struct words {
    const char *board, *size, *at, *language, *vision;
};

static int read_words(int argc, char **argv, struct request *request, struct words *words)
{
    const struct option_row options[] = {
        {"out", "FILE.png", .text = &request->out, .help = "where the picture goes"},
        {"page", "ID", .text = &request->page, .help = "which page; the first if not given"},
        {"screen", "NAME", .text = &request->screen,
         .help = "what a key shows: detail:TILE, why:TILE, huddle[:STEP], info, help; or what stands in for "
                 "the wall: starting, no_network, closed, fault"},
        {"size", "WxH", .text = &words->size, .help = "in pixels; 1920x1080 if not given"},
        {"samples", "FILE", .text = &request->samples,
         .help = "recorded figures (JSON lines, or one document) instead of asking the sources"},
        {"history", "FILE", .text = &request->history,
         .help = "a history (see `vigie history`) to show comparisons, days and curves of; it is only read"},
        {"at", "TIME", .text = &words->at,
         .help = "the moment shown, such as 2026-11-21T14:07; now if not given"},
        {"theme", "NAME", .text = &request->theme, .help = "dark, light, dark_blue_ok or light_blue_ok"},
        {"lang", "fr|en", .text = &words->language, .help = "instead of the board's own language"},
        {"vision", "normal|protan|deutan|tritan", .text = &words->vision,
         .help = "as somebody without one kind of cone sees it"},
        {"seen-from", "METRES", .real = &request->seen_from_m,
         .help = "as normal sight tells it apart from so far away, on the board's screen"},
        {0}};
    const struct usage usage = {"render", "BOARD", "One picture of a board, without a display.", options};
    return options_read(&usage, argc, argv, &words->board);
}

static int check_words(struct request *request, const struct words *words)
{
    struct error error = {""};
    if (!request->out)
        return command_usage_error("render", "--out FILE.png is missing");
    if (words->size && !wall_parse_size(words->size, &request->width_px, &request->height_px))
        return command_usage_error("render", "--size wants a size such as 1280x720, not \"%s\"", words->size);
    if (!(request->seen_from_m >= 0 && request->seen_from_m <= 100))
        return command_usage_error("render", "--seen-from wants metres, 0 to 100, not %g",
                                   request->seen_from_m);
    if (!take_screen(request, &error))
        return command_usage_error("render", "%s", error.text);
    if (words->vision && !vision_parse(words->vision, &request->vision))
        return command_usage_error("render", "--vision is normal, protan, deutan or tritan, not \"%s\"",
                                   words->vision);
    if (request->theme && !config_theme_there(request->theme))
        return command_usage_error(
            "render", "--theme is dark, light, dark_blue_ok or light_blue_ok, not \"%s\"", request->theme);
    return OPTIONS_READ;
}

/* The moment is one of the board's time zone. */
static int render_as_asked(struct config *config, struct request *request, const struct words *words)
{
    struct error error = {""};
    if (words->at && !moment_sound(words->at, &request->at_wall_ms))
        return command_usage_error(
            "render", "--at wants a time from 2000 to 2099 such as 2026-11-21T14:07, not \"%s\"", words->at);
    if (words->language && !language_parse(words->language, &config->language))
        return command_usage_error("render", "--lang is fr or en, not \"%s\"", words->language);
    if (request->theme)
        config->theme = request->theme;
    if (render(config, request, &error))
        return EXIT_DONE;
    fprintf(stderr, "vigie render: %s\n", error.text);
    return EXIT_FAILED;
}

int cmd_render(int argc, char **argv)
{
    struct request request = {.width_px = 1920, .height_px = 1080};
    struct words words = {0};
    int status = read_words(argc, argv, &request, &words);
    if (status == OPTIONS_READ)
        status = check_words(&request, &words);
    if (status != OPTIONS_READ)
        return status;
    bool faulty = request.stage.screen == STAGE_FAULT;
    struct config *config = faulty ? board_file_look(words.board) : board_file_read(words.board);
    if (!config)
        return EXIT_FAILED;
    status = render_as_asked(config, &request, &words);
    config_destroy(config);
    return status;
}
