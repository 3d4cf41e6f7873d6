#include "app/displays.h"

#include <stdio.h>
#include <stdlib.h>

#include "app/hotplug.h"
#include "app/screen.h"
#include "base/log.h"
#include "base/memory.h"
#include "base/now.h"
#include "base/text.h"
#include "render/connectors.h"
#include "render/signature.h"
#include "render/window.h"

struct wall_display {
    const struct display_settings *settings; /* of the config */
    struct screen *screen;
    struct window *window; /* NULL: it is not plugged in */
};

struct displays {
    const struct config *config;
    struct displays_settings settings;
    size_t count;
    struct wall_display *all;
    size_t attended; /* whose keys are */
    struct hotplug hotplug;
    struct error trouble; /* why nothing is open, as it was said last */
    struct text status;
    long presents; /* of windows that are closed */
};

/* ---- which display is whose ---- */

static bool is_named(const struct displays *displays, const struct connector *connector)
{
    for (size_t i = 0; i < displays->count; i++)
        if (text_equal(displays->all[i].settings->connector, connector->name))
            return true;
    return false;
}

/* The screens without a name take the displays that no other names, in their order. */
static const struct connector *next_unnamed(const struct displays *displays, size_t number,
                                            const struct connectors *connectors)
{
    size_t before = 0;
    const struct connector *connector;
    for (size_t i = 0; i < number; i++)
        before += displays->all[i].settings->connector == NULL;
    for (size_t i = 0; (connector = connectors_display(connectors, i)); i++)
        if (!is_named(displays, connector) && before-- == 0)
            return connector;
    return NULL;
}

static const struct connector *named_or_next(const struct displays *displays, size_t number,
                                             const struct connectors *connectors)
{
    const char *name = displays->all[number].settings->connector;
    const struct connector *found =
        name ? connectors_find(connectors, name) : next_unnamed(displays, number, connectors);
    return found && found->connected ? found : NULL;
}

static bool any_named_is_there(const struct displays *displays, const struct connectors *connectors)
{
    for (size_t i = 0; i < displays->count; i++)
        if (named_or_next(displays, i, connectors))
            return true;
    return false;
}

/* Where nothing of what is named has a display, the first screen takes the first display that there is: a
 * cable in the wrong socket is no black wall. */
static const struct connector *target(const struct displays *displays, size_t number,
                                      const struct connectors *connectors)
{
    const struct connector *named = named_or_next(displays, number, connectors);
    if (named || number > 0 || any_named_is_there(displays, connectors))
        return named;
    return connectors_display(connectors, 0);
}

/* SDL draws on one card: that of SDL_KMSDRM_DEVICE_INDEX, else that of the first display. */
static int card_of(const struct displays *displays, const struct connectors *connectors)
{
    const char *asked = getenv("SDL_KMSDRM_DEVICE_INDEX");
    if (asked && *asked)
        return (int)strtol(asked, NULL, 10);
    for (size_t i = 0; i < displays->count; i++) {
        const struct connector *connector = target(displays, i, connectors);
        if (connector)
            return connector->card;
    }
    return -1;
}

static void look_at_connectors(const struct displays *displays, struct connectors *connectors)
{
    connectors_read(connectors, displays->settings.root);
    int card = card_of(displays, connectors);
    if (card >= 0)
        connectors_keep_card(connectors, card);
}

/* What the windows depend on. */
static uint64_t plugged(const struct displays *displays, const struct connectors *connectors)
{
    uint64_t signature = SIGNATURE_START;
    bool any = false;
    if (connectors->count == 0)
        return HOTPLUG_UNTOLD;
    for (size_t i = 0; i < displays->count; i++) {
        const struct connector *connector = target(displays, i, connectors);
        signature = signature_add_text(signature, connector ? connector->name : NULL);
        signature = signature_add(signature, connector ? connector->modes : 0);
        any |= connector != NULL;
    }
    return any ? signature | 2 : HOTPLUG_NOTHING; /* neither of the two that mean something else */
}

static uint64_t plugged_now(const struct displays *displays)
{
    struct connectors connectors;
    if (!displays->settings.watches)
        return HOTPLUG_UNTOLD;
    look_at_connectors(displays, &connectors);
    return plugged(displays, &connectors);
}

/* ---- opening and closing ---- */

static void close_windows(struct displays *displays)
{
    for (size_t i = 0; i < displays->count; i++) {
        struct wall_display *display = &displays->all[i];
        screen_set_window(display->screen, NULL, NULL);
        displays->presents += display->window ? window_present_count(display->window) : 0;
        window_destroy(display->window);
        display->window = NULL;
    }
    hotplug_closed(&displays->hotplug);
}

static struct window_settings settings_of(const struct displays *displays, size_t number)
{
    const struct display_settings *settings = displays->all[number].settings;
    return (struct window_settings){.title = displays->config->title,
                                    .width_px = displays->settings.width_px,
                                    .height_px = displays->settings.height_px,
                                    .rotation = settings->rotation,
                                    .connector = settings->connector,
                                    .display = (int)number,
                                    .card = -1,
                                    .mode = settings->mode};
}

/* Where the kernel tells what is plugged in, SDL's number of it is reckoned from that, and `socket` is its
 * name. False: it is not plugged in. */
static bool find_display(const struct displays *displays, size_t number, struct window_settings *settings,
                         char socket[CONNECTOR_NAME_BYTES])
{
    struct connectors connectors;
    snprintf(socket, CONNECTOR_NAME_BYTES, "%s", settings->connector ? settings->connector : "");
    if (!displays->settings.watches)
        return true;
    look_at_connectors(displays, &connectors);
    if (connectors.count == 0)
        return true;
    const struct connector *connector = target(displays, number, &connectors);
    if (!connector)
        return false;
    if (settings->connector && !text_equal(settings->connector, connector->name))
        log_warning("display: nothing is plugged into %s; %s is shown on", settings->connector,
                    connector->name);
    snprintf(socket, CONNECTOR_NAME_BYTES, "%s", connector->name);
    settings->connector = NULL;
    settings->display = connectors_number(&connectors, connector);
    settings->card = connector->card;
    return true;
}

static void say_display(const struct window *window, const char *socket)
{
    int width_px, height_px;
    window_canvas_size(window, &width_px, &height_px);
    log_info("display: %s, %d x %d%s%s", window_driver(window), width_px, height_px, *socket ? ", " : "",
             socket);
}

static void open_window(struct displays *displays, size_t number, struct error *error)
{
    struct wall_display *display = &displays->all[number];
    struct window_settings settings = settings_of(displays, number);
    char socket[CONNECTOR_NAME_BYTES];
    if (!find_display(displays, number, &settings, socket)) {
        error_set(error, "nothing is plugged into %s",
                  settings.connector ? settings.connector : "any socket of a graphics card");
        return;
    }
    display->window = window_create(&settings, error);
    if (display->window)
        say_display(display->window, socket);
}

static size_t open_count(const struct displays *displays)
{
    size_t count = 0;
    for (size_t i = 0; i < displays->count; i++)
        count += displays->all[i].window != NULL;
    return count;
}

/* What one display of several lacks is said in the log, and the others are shown. */
static bool open_windows(struct displays *displays, struct error *error)
{
    struct text lacking = {0};
    for (size_t i = 0; i < displays->count; i++) {
        struct error reason = {""};
        open_window(displays, i, &reason);
        if (displays->all[i].window)
            continue;
        text_append_format(&lacking, "%sscreens[%zu]: %s", lacking.length ? "; " : "", i, reason.text);
        if (!error->text[0])
            *error = reason;
    }
    bool any = open_count(displays) > 0;
    if (any && lacking.length)
        log_warning("display: not shown: %s", text_bytes(&lacking));
    text_finish(&lacking);
    return any;
}

/* False: a font, theme or language file is missing. */
static bool fill_windows(struct displays *displays, struct error *error)
{
    for (size_t i = 0; i < displays->count; i++)
        if (displays->all[i].window &&
            !screen_set_window(displays->all[i].screen, displays->all[i].window, error))
            return false;
    return true;
}

/* The next display, from this one on, that can take keys. */
static void attend(struct displays *displays, size_t from)
{
    for (size_t i = 0; i < displays->count; i++) {
        size_t number = (from + i) % displays->count;
        if (!displays->all[number].window)
            continue;
        displays->attended = number;
        window_focus(displays->all[number].window);
        return;
    }
}

/* Nothing opened: said when it is news. */
static void note_trouble(struct displays *displays, const struct error *error, struct now now)
{
    if (!text_equal(displays->trouble.text, error->text))
        log_warning("no display: %s; waiting for one", error->text);
    displays->trouble = *error;
    hotplug_failed(&displays->hotplug, plugged_now(displays), now.monotonic_ms);
}

/* False: no window, or a screen cannot be drawn (`broken`). */
static bool open_all(struct displays *displays, struct now now, bool *broken, struct error *error)
{
    struct error lacking = {""};
    *broken = false;
    if (!open_windows(displays, &lacking)) {
        *error = lacking;
        return false;
    }
    *broken = !fill_windows(displays, error);
    if (*broken)
        return false;
    attend(displays, displays->attended);
    displays->trouble.text[0] = '\0';
    hotplug_opened(&displays->hotplug, plugged_now(displays), now.monotonic_ms);
    return true;
}

/* All of them, since SDL looks for displays only where it begins. False: a screen cannot be drawn. */
static bool open_again(struct displays *displays, struct now now, struct error *error)
{
    struct error lacking = {""};
    bool broken;
    close_windows(displays);
    if (open_all(displays, now, &broken, &lacking))
        return true;
    if (broken)
        *error = lacking;
    else
        note_trouble(displays, &lacking, now);
    return !broken;
}

/* A desktop looks after what is open itself; what does not open is tried again there, too. */
static int64_t next_look_ms(const struct displays *displays)
{
    bool looks = displays->settings.watches || !displays->hotplug.open;
    return looks ? displays->hotplug.next_ms : INT64_MAX;
}

static bool look_at_plugs(struct displays *displays, struct now now, struct error *error)
{
    if (now.monotonic_ms < next_look_ms(displays))
        return true;
    switch (hotplug_look(&displays->hotplug, plugged_now(displays), now.monotonic_ms)) {
    case HOTPLUG_OPEN:
    case HOTPLUG_REOPEN:
        return open_again(displays, now, error);
    case HOTPLUG_CLOSE:
        log_warning("the display is gone; waiting for one");
        close_windows(displays);
        return true;
    case HOTPLUG_STAY:
        break;
    }
    return true;
}

/* ---- screens ---- */

static void make_screens(struct displays *displays)
{
    const struct config *config = displays->config;
    displays->count = config->display_count;
    displays->all = memory_create(displays->count, sizeof *displays->all);
    for (size_t i = 0; i < displays->count; i++)
        displays->all[i] =
            (struct wall_display){.settings = &config->displays[i], .screen = screen_create(config, i)};
}

static void drop_screens(struct displays *displays)
{
    close_windows(displays);
    for (size_t i = 0; i < displays->count; i++)
        screen_destroy(displays->all[i].screen);
    free(displays->all);
    displays->all = NULL;
    displays->count = displays->attended = 0;
}

struct displays *displays_create(const struct config *config, const struct displays_settings *settings,
                                 struct now now, struct error *error)
{
    struct displays *displays = memory_create(1, sizeof *displays);
    struct error lacking = {""};
    bool broken;
    displays->config = config;
    displays->settings = *settings;
    make_screens(displays);
    if (open_all(displays, now, &broken, &lacking))
        return displays;
    if (!broken && settings->waits) {
        note_trouble(displays, &lacking, now);
        return displays;
    }
    *error = lacking;
    displays_destroy(displays);
    return NULL;
}

void displays_destroy(struct displays *displays)
{
    if (!displays)
        return;
    drop_screens(displays);
    if (displays->presents > 0)
        log_info("presented %ld pictures", displays->presents);
    text_finish(&displays->status);
    free(displays);
}

static bool same_mode(const struct window_mode *a, const struct window_mode *b)
{
    return a->width_px == b->width_px && a->height_px == b->height_px && a->rate_hz == b->rate_hz;
}

static bool same_displays(const struct config *a, const struct config *b)
{
    if (a->display_count != b->display_count)
        return false;
    for (size_t i = 0; i < a->display_count; i++)
        if (!text_equal(a->displays[i].connector, b->displays[i].connector) ||
            !same_mode(&a->displays[i].mode, &b->displays[i].mode) ||
            a->displays[i].rotation != b->displays[i].rotation)
            return false;
    return true;
}

/* The windows come with the next step. */
static void take_other_displays(struct displays *displays, const struct config *config)
{
    if (same_displays(displays->config, config))
        return;
    drop_screens(displays);
    displays->config = config;
    displays->hotplug = (struct hotplug){0};
    make_screens(displays);
}

void displays_show_board(struct displays *displays, const struct config *config, struct pipeline *pipeline,
                         struct now now)
{
    take_other_displays(displays, config);
    displays->config = config;
    for (size_t i = 0; i < displays->count; i++) {
        displays->all[i].settings = &config->displays[i];
        screen_show_board(displays->all[i].screen, config, pipeline, now);
    }
}

void displays_show_fault(struct displays *displays, const struct stage_fault *fault)
{
    for (size_t i = 0; i < displays->count; i++)
        screen_show_fault(displays->all[i].screen, fault);
}

/* ---- a turn ---- */

/* The same moment for every display, each with its own pages. */
static struct snapshot *part_of(const struct wall_display *display, struct snapshot *newest)
{
    return newest ? snapshot_of_pages(newest, display->settings->pages, display->settings->page_count) : NULL;
}

static bool step_screens(struct displays *displays, struct snapshot *newest, struct now now,
                         struct error *error)
{
    bool shown = true;
    if (displays->count == 1 && !displays->all[0].settings->pages)
        return screen_step(displays->all[0].screen, newest, now, error);
    for (size_t i = 0; i < displays->count; i++)
        shown &= screen_step(displays->all[i].screen, part_of(&displays->all[i], newest), now, error);
    snapshot_destroy(newest);
    return shown;
}

/* Tab was pressed: keys are the next display's. */
static void pass_keys_on(struct displays *displays, struct now now)
{
    for (size_t i = 0; i < displays->count; i++) {
        if (!screen_passes_keys(displays->all[i].screen))
            continue;
        attend(displays, i + 1);
        screen_take_keys(displays->all[displays->attended].screen, displays->attended + 1, now);
        return;
    }
}

/* A picture does not arrive any more. On a desktop that is the end; a console gets another display. */
static bool survive(struct displays *displays, struct now now, struct error *error)
{
    if (!displays->settings.watches)
        return false;
    close_windows(displays);
    note_trouble(displays, error, now);
    error->text[0] = '\0';
    return true;
}

bool displays_step(struct displays *displays, struct snapshot *newest, struct now now, struct error *error)
{
    if (!look_at_plugs(displays, now, error)) {
        snapshot_destroy(newest);
        return false;
    }
    bool shown = step_screens(displays, newest, now, error);
    pass_keys_on(displays, now);
    return shown || survive(displays, now, error);
}

int64_t displays_next_ms(const struct displays *displays, struct now now)
{
    int64_t next_ms = next_look_ms(displays);
    for (size_t i = 0; i < displays->count; i++)
        next_ms = earlier_ms(next_ms, screen_next_ms(displays->all[i].screen, now));
    return next_ms;
}

int displays_input_fd(const struct displays *displays)
{
    for (size_t i = 0; i < displays->count; i++)
        if (displays->all[i].window)
            return window_input_fd(displays->all[i].window);
    return -1;
}

bool displays_wants_to_quit(const struct displays *displays)
{
    for (size_t i = 0; i < displays->count; i++)
        if (screen_wants_to_quit(displays->all[i].screen))
            return true;
    return false;
}

static void append_display(struct text *status, const struct wall_display *display)
{
    int width_px, height_px;
    window_canvas_size(display->window, &width_px, &height_px);
    text_append_format(status, "%s%s %d x %d", status->length ? "; " : "", window_driver(display->window),
                       width_px, height_px);
}

const char *displays_status(struct displays *displays)
{
    struct text *status = &displays->status;
    status->length = 0;
    for (size_t i = 0; i < displays->count; i++)
        if (displays->all[i].window)
            append_display(status, &displays->all[i]);
    if (status->length == 0)
        text_append_format(status, "no display%s%s", displays->trouble.text[0] ? ": " : "",
                           displays->trouble.text);
    return text_bytes(status);
}
