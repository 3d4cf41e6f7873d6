#include "app/screen.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/assets.h"
#include "app/hands.h"
#include "app/machine.h"
#include "base/clock.h"
#include "base/log.h"
#include "model/snapshot.h"
#include "render/i18n.h"

enum {
    KEY_POLL_MS = 100, /* SDL tells of keys only when asked */
    MACHINE_ASKED_MS = 5000
};

/* What is on the screen now. */
struct view {
    const struct config *config;
    struct window *window;
    struct scene *scene;
    struct scene_settings settings;
    struct snapshot *shown;
    struct snapshot *frozen; /* what a huddle talks about; NULL: there is none, or not yet */
    struct hands hands;
    struct stage_machine machine;
    int64_t next_machine_ms; /* when the machine is asked again, if its page is shown */
    bool quit;
};

struct scene_settings screen_scene_settings(const struct config *config, int width_px, int height_px)
{
    return (struct scene_settings){
        .assets_path = assets_path(),
        .theme = config->theme,
        .language = config->language,
        .width_px = width_px,
        .height_px = height_px,
        .diagonal_in = config->screen.diagonal_in,
        .reading_distance_m = config->screen.reading_distance_m,
    };
}

/* A new size, theme or language is a new scene: everything is drawn again anyway. */
static bool renew_scene(struct view *view, struct error *error)
{
    struct scene *scene = scene_create(&view->settings, error);
    if (!scene)
        return false;
    scene_destroy(view->scene);
    view->scene = scene;
    scene_show(scene, &view->hands.stage);
    return true;
}

/* False: it stays as it was. */
static bool try_settings(struct view *view, struct scene_settings settings)
{
    struct scene_settings before = view->settings;
    struct error error = {""};
    view->settings = settings;
    if (renew_scene(view, &error))
        return true;
    log_warning("%s", error.text);
    view->settings = before;
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

static void change_theme(struct view *view, int64_t now_ms)
{
    struct scene_settings settings = view->settings;
    settings.theme = next_theme(settings.theme);
    if (try_settings(view, settings))
        hands_say(&view->hands, WORD_NOTICE_THEME, settings.theme, now_ms);
}

static void change_language(struct view *view, int64_t now_ms)
{
    struct scene_settings settings = view->settings;
    settings.language = (settings.language + 1) % LANGUAGE_COUNT;
    if (try_settings(view, settings))
        hands_say(&view->hands, WORD_NOTICE_LANGUAGE, NULL, now_ms);
}

static void obey_key(struct view *view, const struct window_event *event, struct now now)
{
    int chosen = view->hands.stage.chosen;
    const struct hands_neighbours neighbours = {
        scene_neighbour(view->scene, chosen, -1, 0), scene_neighbour(view->scene, chosen, 1, 0),
        scene_neighbour(view->scene, chosen, 0, -1), scene_neighbour(view->scene, chosen, 0, 1)};
    enum hands_asks asks = hands_key(&view->hands, event->key, event->number, view->shown, &neighbours, now);
    if (asks == HANDS_THEME)
        change_theme(view, now.monotonic_ms);
    else if (asks == HANDS_LANGUAGE)
        change_language(view, now.monotonic_ms);
    else if (asks == HANDS_QUIT)
        view->quit = true;
}

static void handle_input(struct view *view, struct now now)
{
    struct window_event event;
    while (window_next_event(view->window, &event)) {
        struct scene_settings settings = view->settings;
        switch (event.kind) {
        case WINDOW_EVENT_KEY:
            obey_key(view, &event, now);
            break;
        case WINDOW_EVENT_RESIZED:
            window_canvas_size(view->window, &settings.width_px, &settings.height_px);
            try_settings(view, settings);
            break;
        case WINDOW_EVENT_QUIT:
            view->quit = true;
            break;
        }
    }
}

static bool in_huddle(const struct view *view)
{
    return view->hands.stage.screen == STAGE_HUDDLE;
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
static void keep_frozen(struct view *view)
{
    if (in_huddle(view) && view->frozen && view->shown)
        view->hands.stage.news = news_since(view->frozen, view->shown);
    if (in_huddle(view) || !view->frozen)
        return;
    snapshot_destroy(view->frozen);
    view->frozen = NULL;
}

static void look_at_machine(struct view *view, int64_t now_ms)
{
    if (view->hands.stage.screen != STAGE_INFO || now_ms < view->next_machine_ms)
        return;
    machine_look(&view->machine, "");
    snprintf(view->machine.display, sizeof view->machine.display, "%s · %d × %d", window_driver(view->window),
             view->settings.width_px, view->settings.height_px);
    view->next_machine_ms = now_ms + MACHINE_ASKED_MS;
}

static bool draw(struct view *view, struct now now, struct error *error)
{
    size_t count = 0;
    const struct area *changes = NULL;
    scene_show(view->scene, &view->hands.stage);
    if (scene_draw_changes(view->scene, view->frozen ? view->frozen : view->shown, now))
        changes = scene_changes(view->scene, &count);
    if (count == 0 && !window_needs_present(view->window))
        return true;
    return window_present(view->window, scene_canvas(view->scene), changes, count, error);
}

static void take(struct view *view, struct snapshot *newest)
{
    if (!newest)
        return;
    bool freezes = in_huddle(view) && !view->frozen && newest->review && view->shown;
    struct snapshot **place = freezes ? &view->frozen : &view->shown;
    snapshot_destroy(*place);
    *place = newest;
}

static int64_t earlier(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static int64_t next_change_ms(const struct view *view, struct now now)
{
    int64_t next_ms =
        earlier(scene_next_change_ms(view->scene, now), hands_next_ms(&view->hands, view->shown));
    return earlier(next_ms, now.monotonic_ms + KEY_POLL_MS);
}

static bool show_until_end(struct view *view, struct mailbox *mailbox, struct error *error)
{
    if (!draw(view, clock_now(), error))
        return false;
    while (!view->quit && !mailbox_stop_requested(mailbox)) {
        take(view, mailbox_wait(mailbox, next_change_ms(view, clock_now())));
        struct now now = clock_now();
        handle_input(view, now);
        hands_look(&view->hands, view->shown, now);
        keep_frozen(view);
        look_at_machine(view, now.monotonic_ms);
        if (!draw(view, now, error))
            return false;
    }
    return true;
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

static void view_init(struct view *view, const struct config *config, struct pipeline *pipeline,
                      struct window *window)
{
    int width_px = 0, height_px = 0;
    window_canvas_size(window, &width_px, &height_px);
    view->config = config;
    view->window = window;
    view->settings = screen_scene_settings(config, width_px, height_px);
    machine_introduce(&view->machine, config->path);
    hands_init(&view->hands, &(struct hands_settings){.rotate = config->rotate,
                                                      .may_quit = is_run_by_hand(),
                                                      .wish = ask_pipeline,
                                                      .context = pipeline});
    view->hands.stage.machine = &view->machine;
}

bool screen_run(const struct config *config, struct mailbox *mailbox, struct pipeline *pipeline,
                struct window *window, struct error *error)
{
    struct view view = {0};
    view_init(&view, config, pipeline, window);
    bool ran = renew_scene(&view, error);
    if (ran)
        ran = show_until_end(&view, mailbox, error);
    log_info("presented %ld pictures", window_present_count(window));
    snapshot_destroy(view.frozen);
    snapshot_destroy(view.shown);
    scene_destroy(view.scene);
    return ran;
}

bool screen_run_unseen(const struct config *config, struct mailbox *mailbox, int width_px, int height_px,
                       int64_t for_ms, const char *picture_path, struct error *error)
{
    struct scene_settings settings = screen_scene_settings(config, width_px, height_px);
    struct scene *scene = scene_create(&settings, error);
    if (!scene)
        return false;
    struct snapshot *shown = NULL;
    int64_t end_ms = clock_monotonic_ms() + for_ms;
    while (clock_monotonic_ms() < end_ms && !mailbox_stop_requested(mailbox)) {
        struct snapshot *newest = mailbox_wait(mailbox, end_ms);
        if (newest) {
            snapshot_destroy(shown);
            shown = newest;
        }
        scene_draw_changes(scene, shown, clock_now());
    }
    bool written = canvas_write_png(scene_canvas(scene), picture_path, error);
    snapshot_destroy(shown);
    scene_destroy(scene);
    return written;
}
