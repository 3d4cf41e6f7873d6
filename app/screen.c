#include "app/screen.h"

#include <string.h>

#include "app/assets.h"
#include "base/clock.h"
#include "base/log.h"
#include "model/snapshot.h"

enum {
    KEY_POLL_MS = 100, /* SDL tells of keys only when asked */
    DWELL_LEAST_MS = 12000,
    DWELL_MOST_MS = 30000,
    DWELL_BASE_MS = 8000,
    DWELL_TILE_MS = 2000
};

/* What is on the screen now. */
struct view {
    const struct config *config;
    struct window *window;
    struct scene *scene;
    struct scene_settings settings;
    struct snapshot *shown;
    size_t page;
    int64_t next_page_ms; /* INT64_MAX: pages do not turn by themselves */
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

/* How long a page stays: long enough to be found again at the second glance. */
static int64_t dwell_ms(const struct page_settings *page)
{
    int64_t dwell = DWELL_BASE_MS + DWELL_TILE_MS * (int64_t)page->tile_count;
    return dwell < DWELL_LEAST_MS ? DWELL_LEAST_MS : dwell > DWELL_MOST_MS ? DWELL_MOST_MS : dwell;
}

static void show_page(struct view *view, size_t page, int64_t now_ms)
{
    const struct board_settings *board = &view->config->board;
    view->page = page % board->page_count;
    bool turns = view->config->rotate && board->page_count > 1;
    view->next_page_ms = turns ? now_ms + dwell_ms(&board->pages[view->page]) : INT64_MAX;
    scene_show_page(view->scene, view->page);
}

/* A new size, theme or language is a new scene: everything is drawn again anyway. */
static bool renew_scene(struct view *view, struct error *error)
{
    struct scene *scene = scene_create(&view->settings, error);
    if (!scene)
        return false;
    scene_destroy(view->scene);
    view->scene = scene;
    scene_show_page(scene, view->page);
    return true;
}

static void try_settings(struct view *view, struct scene_settings settings)
{
    struct scene_settings before = view->settings;
    struct error error = {""};
    view->settings = settings;
    if (renew_scene(view, &error))
        return;
    log_warning("%s", error.text);
    view->settings = before;
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

static void obey_key(struct view *view, const struct window_event *event, int64_t now_ms)
{
    size_t count = view->config->board.page_count;
    struct scene_settings settings = view->settings;
    switch (event->key) {
    case KEY_NEXT_PAGE:
        show_page(view, view->page + 1, now_ms);
        break;
    case KEY_PREVIOUS_PAGE:
        show_page(view, view->page + count - 1, now_ms);
        break;
    case KEY_PAGE_NUMBER:
        if ((size_t)event->number < count)
            show_page(view, (size_t)event->number, now_ms);
        break;
    case KEY_THEME:
        settings.theme = next_theme(settings.theme);
        try_settings(view, settings);
        break;
    case KEY_LANGUAGE:
        settings.language = (settings.language + 1) % LANGUAGE_COUNT;
        try_settings(view, settings);
        break;
    case KEY_QUIT:
        view->quit = true;
        break;
    case KEY_NONE:
        break;
    }
}

static void handle_input(struct view *view, int64_t now_ms)
{
    struct window_event event;
    while (window_next_event(view->window, &event)) {
        struct scene_settings settings = view->settings;
        switch (event.kind) {
        case WINDOW_EVENT_KEY:
            obey_key(view, &event, now_ms);
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

static bool draw(struct view *view, struct now now, struct error *error)
{
    size_t count = 0;
    const struct area *changes = NULL;
    if (scene_draw_changes(view->scene, view->shown, now))
        changes = scene_changes(view->scene, &count);
    if (count == 0 && !window_needs_present(view->window))
        return true;
    return window_present(view->window, scene_canvas(view->scene), changes, count, error);
}

static void take(struct view *view, struct snapshot *newest)
{
    if (!newest)
        return;
    snapshot_destroy(view->shown);
    view->shown = newest;
}

static int64_t earlier(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static bool show_until_end(struct view *view, struct mailbox *mailbox, struct error *error)
{
    if (!draw(view, clock_now(), error))
        return false;
    while (!view->quit && !mailbox_stop_requested(mailbox)) {
        struct now now = clock_now();
        int64_t deadline_ms = earlier(scene_next_change_ms(view->scene, now), view->next_page_ms);
        take(view, mailbox_wait(mailbox, earlier(deadline_ms, now.monotonic_ms + KEY_POLL_MS)));
        now = clock_now();
        handle_input(view, now.monotonic_ms);
        if (now.monotonic_ms >= view->next_page_ms)
            show_page(view, view->page + 1, now.monotonic_ms);
        if (!draw(view, now, error))
            return false;
    }
    return true;
}

bool screen_run(const struct config *config, struct mailbox *mailbox, struct window *window,
                struct error *error)
{
    struct view view = {.config = config, .window = window, .next_page_ms = INT64_MAX};
    int width_px = 0, height_px = 0;
    window_canvas_size(window, &width_px, &height_px);
    view.settings = screen_scene_settings(config, width_px, height_px);
    bool ran = renew_scene(&view, error);
    if (ran) {
        show_page(&view, 0, clock_monotonic_ms());
        ran = show_until_end(&view, mailbox, error);
    }
    log_info("presented %ld pictures", window_present_count(window));
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
