#include "app/screen.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/assets.h"
#include "app/chime.h"
#include "app/hands.h"
#include "app/machine.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/memory.h"
#include "base/now.h"
#include "base/text.h"
#include "model/rule.h"
#include "model/snapshot.h"
#include "render/i18n.h"
#include "render/orbit.h"
#include "render/sound.h"
#include "render/states.h"

enum { MACHINE_ASKED_MS = 5000 };

struct screen {
    const struct config *config;
    size_t display;        /* of the config */
    struct window *window; /* NULL: no display is plugged in */
    struct scene *scene;   /* as long as there is a window */
    struct scene_settings settings;
    char theme[64]; /* the board's, copied: settings outlive a config */
    struct snapshot *shown;
    struct snapshot *frozen; /* what a huddle talks about; NULL: there is none, or not yet */
    struct hands hands;
    struct stage_machine machine;
    struct stage_fault fault;
    bool has_fault;
    struct chime chime;
    struct sound *sound;     /* NULL: the board is silent */
    int64_t next_machine_ms; /* when the machine is asked again, if its page is shown */
    bool has_input;          /* that came while the picture was shown */
    bool quit;
    bool passes_keys; /* to the next display */
};

struct scene_settings screen_scene_settings_on(const struct config *config,
                                               const struct display_settings *display, int width_px,
                                               int height_px)
{
    return (struct scene_settings){
        .assets_path = assets_path(),
        .theme = config->theme,
        .language = config->language,
        .width_px = width_px,
        .height_px = height_px,
        .diagonal_in = display->diagonal_in,
        .reading_distance_m = display->reading_distance_m,
        .reduced_motion = config->screen.reduced_motion,
    };
}

struct scene_settings screen_scene_settings(const struct config *config, int width_px, int height_px)
{
    return screen_scene_settings_on(config, &config->displays[0], width_px, height_px);
}

/* A new size, theme or language is a new scene: everything is drawn again anyway. */
static bool renew_scene(struct screen *screen, struct error *error)
{
    if (!screen->window)
        return true; /* it will be made for the next one */
    struct scene *scene = scene_create_on(&screen->settings, window_lend(screen->window), error);
    if (!scene)
        return false;
    scene_destroy(screen->scene);
    screen->scene = scene;
    scene_show(scene, &screen->hands.stage);
    return true;
}

/* False: it stays as it was. */
static bool try_settings(struct screen *screen, struct scene_settings settings)
{
    struct scene_settings before = screen->settings;
    struct error error = {""};
    screen->settings = settings;
    if (renew_scene(screen, &error))
        return true;
    log_warning("%s", error.text);
    screen->settings = before;
    return false;
}

static const char *next_theme(const char *theme)
{
    static const char *const themes[] = {"dark", "light", "dark_blue_ok", "light_blue_ok"};
    enum { COUNT = sizeof themes / sizeof themes[0] };
    for (size_t i = 0; i < COUNT; i++)
        if (strcmp(themes[i], theme) == 0)
            return themes[(i + 1) % COUNT];
    return themes[0];
}

static void change_theme(struct screen *screen, int64_t now_ms)
{
    struct scene_settings settings = screen->settings;
    settings.theme = next_theme(settings.theme);
    if (try_settings(screen, settings))
        hands_say(&screen->hands, WORD_NOTICE_THEME, scene_theme_label(screen->scene), now_ms);
}

static void change_language(struct screen *screen, int64_t now_ms)
{
    struct scene_settings settings = screen->settings;
    settings.language = (settings.language + 1) % LANGUAGE_COUNT;
    if (try_settings(screen, settings))
        hands_say(&screen->hands, WORD_NOTICE_LANGUAGE, NULL, now_ms);
}

static void pass_keys(struct screen *screen, struct now now)
{
    screen->passes_keys = true;
    hands_rest(&screen->hands, screen->shown, now.monotonic_ms);
}

static void obey_key(struct screen *screen, const struct window_event *event, struct now now)
{
    if (event->key == KEY_DISPLAY && screen->config->display_count > 1) {
        pass_keys(screen, now);
        return;
    }
    int chosen = screen->hands.stage.chosen;
    const struct hands_neighbours neighbours = {
        scene_neighbour(screen->scene, chosen, -1, 0), scene_neighbour(screen->scene, chosen, 1, 0),
        scene_neighbour(screen->scene, chosen, 0, -1), scene_neighbour(screen->scene, chosen, 0, 1)};
    enum hands_asks asks =
        hands_key(&screen->hands, event->key, event->number, screen->shown, &neighbours, now);
    if (asks == HANDS_THEME)
        change_theme(screen, now.monotonic_ms);
    else if (asks == HANDS_LANGUAGE)
        change_language(screen, now.monotonic_ms);
    else if (asks == HANDS_QUIT)
        screen->quit = true;
}

/* Of a storm of sizes only those that are still true are drawn: the window tells the newest for each. */
static void take_size(struct screen *screen)
{
    struct scene_settings settings = screen->settings;
    window_canvas_size(screen->window, &settings.width_px, &settings.height_px);
    if (settings.width_px != screen->settings.width_px || settings.height_px != screen->settings.height_px)
        try_settings(screen, settings);
}

static void handle_input(struct screen *screen, struct now now)
{
    struct window_event event;
    while (screen->window && window_next_event(screen->window, &event)) {
        switch (event.kind) {
        case WINDOW_EVENT_KEY:
            obey_key(screen, &event, now);
            break;
        case WINDOW_EVENT_RESIZED:
            take_size(screen);
            break;
        case WINDOW_EVENT_QUIT:
            screen->quit = true;
            break;
        }
    }
}

static bool in_huddle(const struct screen *screen)
{
    return screen->hands.stage.screen == STAGE_HUDDLE;
}

/* What turned critical since the huddle was frozen. */
static size_t news_since(const struct snapshot *before, const struct snapshot *now)
{
    size_t news = 0;
    for (size_t p = 0; p < now->page_count && p < before->page_count; p++)
        for (size_t t = 0; t < now->pages[p].tile_count && t < before->pages[p].tile_count; t++)
            news += now->pages[p].tiles[t].display == DISPLAY_CRITICAL &&
                    before->pages[p].tiles[t].display != DISPLAY_CRITICAL;
    return news;
}

/* A huddle talks about the first snapshot that looks back; the wall goes on underneath. */
static void keep_frozen(struct screen *screen)
{
    if (in_huddle(screen) && screen->frozen && screen->shown) {
        screen->hands.stage.news = news_since(screen->frozen, screen->shown);
        screen->hands.stage.gone_silent = screen->shown->data_trouble && !screen->frozen->data_trouble;
    }
    if (in_huddle(screen) || !screen->frozen)
        return;
    snapshot_destroy(screen->frozen);
    screen->frozen = NULL;
}

static void look_at_machine(struct screen *screen, int64_t now_ms)
{
    bool wanted = screen->hands.stage.screen == STAGE_INFO || states_ask_machine(screen->shown);
    if (!wanted || now_ms < screen->next_machine_ms)
        return;
    machine_look(&screen->machine, "");
    screen->machine.asked = true;
    screen->next_machine_ms = now_ms + MACHINE_ASKED_MS;
    if (!screen->window)
        return;
    snprintf(screen->machine.display, sizeof screen->machine.display, "%s · %d × %d",
             window_driver(screen->window), screen->settings.width_px, screen->settings.height_px);
}

/* Darker when nobody is there, and never twice at quite the same place. */
static struct window_look look_of(const struct screen *screen, struct now now)
{
    const struct screen_settings *settings = &screen->config->screen;
    struct rule_moment moment = rule_moment_at(now.wall_ms);
    bool closed = screen->shown && screen->shown->summary == DISPLAY_CLOSED;
    bool dimmed = closed || (settings->dim_when.given && rule_in_force(&settings->dim_when, &moment));
    struct window_look look = {.brightness_percent = dimmed ? 100 - (int)settings->dim_percent : 100};
    int shorter = screen->settings.width_px < screen->settings.height_px ? screen->settings.width_px
                                                                         : screen->settings.height_px;
    if (settings->orbit)
        orbit_at(now.monotonic_ms / 60000, shorter, &look.shift_x, &look.shift_y);
    return look;
}

static bool draw(struct screen *screen, struct now now, struct error *error)
{
    size_t count = 0;
    const struct area *changes = NULL;
    struct window_look look = look_of(screen, now);
    window_set_look(screen->window, &look);
    scene_draw_on(screen->scene, window_lend(screen->window));
    scene_show(screen->scene, &screen->hands.stage);
    if (scene_draw_changes(screen->scene, screen->frozen ? screen->frozen : screen->shown, now))
        changes = scene_changes(screen->scene, &count);
    if (count == 0 && !window_needs_present(screen->window))
        return true;
    return window_present(screen->window, scene_canvas(screen->scene), changes, count, error);
}

static void take(struct screen *screen, struct snapshot *newest)
{
    if (!newest)
        return;
    bool freezes = in_huddle(screen) && !screen->frozen && newest->review && screen->shown;
    struct snapshot **place = freezes ? &screen->frozen : &screen->shown;
    if (screen->shown && !freezes)
        hands_follow(&screen->hands, screen->shown, newest);
    snapshot_destroy(*place);
    *place = newest;
}

/* A service goes on until it is stopped: only who started it by hand may end it with a key. */
static bool is_run_by_hand(void)
{
    return isatty(STDIN_FILENO) || !getenv("INVOCATION_ID");
}

static void ask_pipeline(void *context, const struct wish *wish)
{
    pipeline_ask(context, wish);
}

static struct hands_settings settings_of_hands(const struct screen *screen, struct pipeline *pipeline)
{
    return (struct hands_settings){.rotate = screen->config->rotate,
                                   .may_quit = is_run_by_hand(),
                                   .wish = pipeline ? ask_pipeline : NULL,
                                   .context = pipeline};
}

static void set_stage(struct screen *screen)
{
    screen->hands.stage.machine = &screen->machine;
    screen->hands.stage.has_neighbours = screen->config->display_count > 1;
    screen->hands.stage.fault = screen->has_fault ? &screen->fault : NULL;
}

static struct scene_settings own_settings(struct screen *screen, const struct config *config, int width_px,
                                          int height_px)
{
    struct scene_settings settings =
        screen_scene_settings_on(config, &config->displays[screen->display], width_px, height_px);
    snprintf(screen->theme, sizeof screen->theme, "%s", settings.theme);
    settings.theme = screen->theme;
    return settings;
}

struct screen *screen_create(const struct config *config, size_t display)
{
    struct screen *screen = memory_create(1, sizeof *screen);
    screen->config = config;
    screen->display = display;
    screen->settings = own_settings(screen, config, 0, 0);
    machine_introduce(&screen->machine, config->path);
    struct hands_settings settings = settings_of_hands(screen, NULL);
    hands_init(&screen->hands, &settings);
    set_stage(screen);
    return screen;
}

static void drop_window(struct screen *screen)
{
    scene_destroy(screen->scene);
    screen->scene = NULL;
    screen->window = NULL;
}

bool screen_set_window(struct screen *screen, struct window *window, struct error *error)
{
    drop_window(screen);
    screen->window = window;
    if (!window)
        return true;
    window_canvas_size(window, &screen->settings.width_px, &screen->settings.height_px);
    screen->next_machine_ms = 0; /* its page names the display */
    if (renew_scene(screen, error))
        return true;
    drop_window(screen);
    return false;
}

void screen_destroy(struct screen *screen)
{
    if (!screen)
        return;
    sound_destroy(screen->sound);
    snapshot_destroy(screen->frozen);
    snapshot_destroy(screen->shown);
    scene_destroy(screen->scene);
    free(screen);
}

static bool same_look(const struct scene_settings *a, const struct scene_settings *b)
{
    return text_equal(a->theme, b->theme) && a->language == b->language && a->diagonal_in == b->diagonal_in &&
           a->reading_distance_m == b->reading_distance_m && a->reduced_motion == b->reduced_motion;
}

/* Theme and language that somebody chose with a key give way to those of the file only where these changed.
 */
static void take_look(struct screen *screen, const struct config *before, const struct config *config)
{
    int width_px = screen->settings.width_px, height_px = screen->settings.height_px;
    size_t display = screen->display;
    struct scene_settings was =
        screen_scene_settings_on(before, &before->displays[display], width_px, height_px);
    struct scene_settings is =
        screen_scene_settings_on(config, &config->displays[display], width_px, height_px);
    if (!same_look(&was, &is))
        try_settings(screen, own_settings(screen, config, width_px, height_px));
}

/* One of several displays rings for all: what is critical is so on the whole board. */
static void renew_sound(struct screen *screen)
{
    const struct sound_settings *settings = &screen->config->sound;
    bool rings = settings->on_critical && screen->display == 0;
    sound_destroy(screen->sound);
    screen->sound = rings ? sound_create(settings->volume_percent) : NULL;
}

void screen_show_board(struct screen *screen, const struct config *config, struct pipeline *pipeline,
                       struct now now)
{
    size_t page = screen->hands.rotation.page;
    take_look(screen, screen->config, config);
    screen->config = config;
    machine_introduce(&screen->machine, config->path);
    struct hands_settings settings = settings_of_hands(screen, pipeline);
    hands_renew(&screen->hands, &settings, now.monotonic_ms);
    set_stage(screen);
    renew_sound(screen);
    rotation_go(&screen->hands.rotation, screen->shown, page, now.monotonic_ms);
}

void screen_show_fault(struct screen *screen, const struct stage_fault *fault)
{
    screen->has_fault = fault != NULL;
    if (fault)
        screen->fault = *fault;
    if (fault && fault->alone) { /* nothing goes on behind it: there are no figures that are anybody's */
        snapshot_destroy(screen->frozen);
        snapshot_destroy(screen->shown);
        screen->frozen = screen->shown = NULL;
    }
    screen->hands.stage.fault = fault ? &screen->fault : NULL;
}

/* Looks at every snapshot, also at hours at which nothing may be heard: what is old news then stays so. */
static void sound_out(struct screen *screen, struct now now)
{
    bool due = screen->shown && chime_is_due(&screen->chime, screen->shown);
    if (!screen->sound)
        return;
    struct rule_moment moment = rule_moment_at(now.wall_ms);
    if (due && rule_in_force(&screen->config->sound.when, &moment))
        sound_play(screen->sound, now.monotonic_ms);
    sound_step(screen->sound, now.monotonic_ms);
}

bool screen_step(struct screen *screen, struct snapshot *newest, struct now now, struct error *error)
{
    take(screen, newest);
    handle_input(screen, now);
    hands_look(&screen->hands, screen->shown, now);
    keep_frozen(screen);
    look_at_machine(screen, now.monotonic_ms);
    sound_out(screen, now);
    screen->has_input = false;
    if (!screen->window)
        return true;
    long presented = window_present_count(screen->window);
    if (!draw(screen, now, error))
        return false;
    screen->has_input = window_present_count(screen->window) != presented && window_has_input(screen->window);
    return true;
}

int64_t screen_next_ms(const struct screen *screen, struct now now)
{
    int64_t next_ms = hands_next_ms(&screen->hands, screen->shown);
    if (!screen->window)
        return next_ms;
    if (screen->has_input || window_keeps_event(screen->window))
        return now.monotonic_ms;
    next_ms = earlier_ms(next_ms, scene_next_change_ms(screen->scene, now));
    return earlier_ms(next_ms, now.monotonic_ms + window_input_every_ms(screen->window));
}

bool screen_passes_keys(struct screen *screen)
{
    bool passes = screen->passes_keys;
    screen->passes_keys = false;
    return passes;
}

void screen_take_keys(struct screen *screen, size_t number, struct now now)
{
    char digits[24];
    snprintf(digits, sizeof digits, "%zu", number);
    hands_say(&screen->hands, WORD_NOTICE_DISPLAY, digits, now.monotonic_ms);
}

bool screen_wants_to_quit(const struct screen *screen)
{
    return screen->quit;
}
