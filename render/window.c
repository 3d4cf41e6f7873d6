#include "render/window.h"

#include <SDL.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/memory.h"
#include "base/text.h"
#include "render/display_fd.h"

/* A renderer's largest texture may be smaller than a 4K picture: then the picture is several. */
struct slab {
    struct area area; /* of the canvas */
    SDL_Texture *texture;
};

enum { PENDING_MAX = 32 }; /* keys of one moment; nobody types more */

struct window {
    struct window *next; /* of all that are open */
    SDL_Window *window;
    SDL_Renderer *renderer;      /* NULL: the window's own surface is written to, and nothing in between */
    const SDL_Surface *shown_on; /* that surface, when it was last written to */
    struct canvas_memory lent;   /* its memory */
    bool resized;                /* since it was lent */
    struct slab *slabs;
    size_t slab_count;
    int canvas_width, canvas_height; /* that the slabs are for */
    int rotation;
    struct window_look look;
    bool counted;   /* it keeps SDL's video going */
    size_t pending; /* what happened, and was met while another window asked */
    struct window_event happened[PENDING_MAX];
    bool exposed;      /* the screen lost the picture */
    bool moved;        /* it is to be shown otherwise, and is the same */
    bool texture_lost; /* so did the renderer */
    long presents;
    char driver[64];
};

/* Where SDL tells of keys only when it is asked, and where it has next to nothing to tell. */
enum { KEYS_EVERY_MS = 100, NO_KEYS_EVERY_MS = 1000 };

/* SDL has one video driver and one queue of events for all windows. */
static struct window *open_windows, *focused;
static int video_users;

/* Drivers behind which there is a display that a person can see; "dummy" is for tests that ask for it. */
static const struct {
    const char *name;
    const char *needs; /* a variable without which it only complains on standard error; NULL: none */
} drivers[] = {{"wayland", "XDG_RUNTIME_DIR"}, {"x11", "DISPLAY"}, {"kmsdrm", NULL}};

static bool is_headless(const char *driver)
{
    return text_equal(driver, "offscreen") || text_equal(driver, "dummy") || text_equal(driver, "evdev");
}

/* ---- opening ---- */

/* SDL takes "kmsdrm" and calls it "KMSDRM". */
static bool runs_on(const char *name)
{
    const char *got = SDL_GetCurrentVideoDriver();
    return got && SDL_strcasecmp(got, name) == 0;
}

static bool start_driver(const char *name)
{
    return SDL_VideoInit(name) == 0 && runs_on(name);
}

static bool start_asked_driver(const char *asked, struct error *error)
{
    if (SDL_VideoInit(asked) != 0) {
        error_set(error, "the display of SDL_VIDEODRIVER=%s does not open: %s", asked, SDL_GetError());
        return false;
    }
    const char *got = SDL_GetCurrentVideoDriver();
    if (runs_on(asked) || !is_headless(got))
        return true;
    error_set(error, "SDL_VIDEODRIVER=%s gave the driver \"%s\", which nobody can see", asked, got);
    return false;
}

static bool start_any_driver(struct error *error)
{
    struct text tried = {0};
    bool started = false;
    for (size_t i = 0; i < sizeof drivers / sizeof *drivers && !started; i++) {
        const char *needs = drivers[i].needs;
        bool possible = !needs || SDL_getenv(needs);
        started = possible && start_driver(drivers[i].name);
        if (!started)
            text_append_format(&tried, "%s%s: %s%s", i ? "; " : "", drivers[i].name, possible ? "" : "no ",
                               possible ? SDL_GetError() : needs);
    }
    if (!started)
        error_set(error,
                  "there is no display to draw on (%s); set DISPLAY or WAYLAND_DISPLAY, or run on a console "
                  "with access to /dev/dri",
                  text_bytes(&tried));
    text_finish(&tried);
    return started;
}

static void choose_card(int card)
{
    char digits[16] = "";
    if (card >= 0)
        SDL_snprintf(digits, sizeof digits, "%d", card);
    SDL_SetHint(SDL_HINT_KMSDRM_DEVICE_INDEX, digits); /* the environment's, if there is one, wins */
}

static bool start_video(struct window *window, int card, struct error *error)
{
    if (video_users > 0) {
        video_users++;
        window->counted = true;
        return true;
    }
    choose_card(card);
    SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "0");
    SDL_SetHint(SDL_HINT_VIDEO_ALLOW_SCREENSAVER, "0");
    SDL_SetHint(SDL_HINT_NO_SIGNAL_HANDLERS, "1"); /* signals are app/'s */
    SDL_SetHint(SDL_HINT_VIDEO_MINIMIZE_ON_FOCUS_LOSS, "0");
    const char *asked = SDL_getenv("SDL_VIDEODRIVER");
    bool started = asked && *asked ? start_asked_driver(asked, error) : start_any_driver(error);
    video_users += started;
    window->counted = started;
    return started;
}

static bool on_console(void)
{
    return runs_on("kmsdrm");
}

/* ---- which display, and how ---- */

/* X11 has the diagonal behind the connector: HDMI-1 32" */
static bool is_called(int display, const char *connector)
{
    const char *name = SDL_GetDisplayName(display);
    size_t length = SDL_strlen(connector);
    return name && SDL_strncmp(name, connector, length) == 0 && (name[length] == '\0' || name[length] == ' ');
}

/* -1: there are not so many displays. */
static int find_display(const struct window_settings *settings)
{
    int count = SDL_GetNumVideoDisplays();
    for (int i = 0; settings->connector && i < count; i++)
        if (is_called(i, settings->connector))
            return i;
    return settings->display < count ? settings->display : -1;
}

/* False: the display offers nothing that could be meant. */
static bool find_mode(int display, const struct window_mode *wanted, SDL_DisplayMode *mode)
{
    SDL_DisplayMode like = {.w = wanted->width_px, .h = wanted->height_px, .refresh_rate = wanted->rate_hz};
    if (!SDL_GetClosestDisplayMode(display, &like, mode)) {
        log_warning(
            "display: it does not offer %dx%d or more; what it likes best is shown. Where the display "
            "lies, write video=CONNECTOR:%dx%d@60D on the kernel's command line",
            wanted->width_px, wanted->height_px, wanted->width_px, wanted->height_px);
        return false;
    }
    if (mode->w != like.w || mode->h != like.h ||
        (like.refresh_rate && mode->refresh_rate != like.refresh_rate))
        log_warning("display: it does not offer %dx%d@%d; %dx%d@%d is the nearest that it does", like.w,
                    like.h, like.refresh_rate, mode->w, mode->h, mode->refresh_rate);
    return true;
}

/*
 * Fills the display. On a console the window is put in its place again before: SDL 2.26 moves each new one
 * to the upper left of the first display, and would fill that.
 */
static void fill_display(struct window *window, const struct window_settings *settings, int display,
                         const SDL_Rect *place)
{
    SDL_DisplayMode mode;
    Uint32 fullscreen = SDL_WINDOW_FULLSCREEN_DESKTOP;
    if (on_console())
        SDL_SetWindowPosition(window->window, place->x, place->y);
    if (settings->mode.width_px > 0 && find_mode(display, &settings->mode, &mode) &&
        SDL_SetWindowDisplayMode(window->window, &mode) == 0)
        fullscreen = SDL_WINDOW_FULLSCREEN;
    if (SDL_SetWindowFullscreen(window->window, fullscreen) != 0)
        log_warning("display: %s", SDL_GetError());
}

static bool create_window(struct window *window, const char *title, const SDL_Rect *place, Uint32 flags,
                          struct error *error)
{
    window->window = SDL_CreateWindow(title ? title : "Vigie", place->x, place->y, place->w, place->h,
                                      flags | SDL_WINDOW_RESIZABLE | SDL_WINDOW_ALLOW_HIGHDPI);
    if (!window->window)
        error_set(error, "%s: no window: %s", SDL_GetCurrentVideoDriver(), SDL_GetError());
    return window->window != NULL;
}

/* Asked for at its full size, since a bare X server has nobody who would enlarge it. */
static bool open_whole(struct window *window, const struct window_settings *settings, struct error *error)
{
    SDL_Rect place = {0};
    int display = find_display(settings);
    if (display < 0 || SDL_GetDisplayBounds(display, &place) != 0) {
        error_set(error, "%s: there is no display %d, only %d", SDL_GetCurrentVideoDriver(),
                  settings->display + 1, SDL_GetNumVideoDisplays());
        return false;
    }
    bool later = on_console() || settings->mode.width_px > 0;
    Uint32 flags = SDL_WINDOW_BORDERLESS | (later ? 0 : SDL_WINDOW_FULLSCREEN_DESKTOP);
    if (!create_window(window, settings->title, &place, flags, error))
        return false;
    if (later)
        fill_display(window, settings, display, &place);
    return true;
}

static bool open_window(struct window *window, const struct window_settings *settings, struct error *error)
{
    SDL_Rect place = {SDL_WINDOWPOS_CENTERED, SDL_WINDOWPOS_CENTERED, settings->width_px,
                      settings->height_px};
    if (settings->width_px <= 0 || settings->height_px <= 0)
        return open_whole(window, settings, error);
    return create_window(window, settings->title, &place, 0, error);
}

/* Where a desktop composes anyway, OpenGL costs 150 MB in software and gains nothing. */
static const char *renderer_wanted(void)
{
    const char *asked = SDL_getenv("VIGIE_RENDERER");
    if (!asked || !*asked)
        asked = SDL_getenv("SDL_RENDER_DRIVER");
    if (asked && *asked)
        return asked;
    return on_console() ? "opengles2" : "software";
}

/*
 * Where the processor draws anyway, the canvas is copied straight into the window's surface: SDL's software
 * renderer keeps the picture a third time and copies all of it twice for each tile that changed.
 */
static bool open_surface(struct window *window)
{
    if (!text_equal(renderer_wanted(), "software"))
        return false;
    const SDL_Surface *surface = SDL_GetWindowSurface(window->window);
    if (!surface || surface->format->BytesPerPixel != 4 || surface->format->Rmask != 0xff0000 ||
        surface->format->Bmask != 0xff)
        return false;
    SDL_snprintf(window->driver, sizeof window->driver, "%s/surface", SDL_GetCurrentVideoDriver());
    return true;
}

static SDL_Renderer *renderer_named(SDL_Window *window, const char *name)
{
    SDL_SetHint(SDL_HINT_RENDER_DRIVER, name);
    return SDL_CreateRenderer(window, -1, text_equal(name, "software") ? SDL_RENDERER_SOFTWARE : 0);
}

static bool open_renderer(struct window *window, struct error *error)
{
    window->renderer = renderer_named(window->window, renderer_wanted());
    if (!window->renderer)
        window->renderer = renderer_named(window->window, "software");
    SDL_RendererInfo info = {0};
    if (!window->renderer || SDL_GetRendererInfo(window->renderer, &info) != 0) {
        error_set(error, "%s: nothing draws on the window: %s", SDL_GetCurrentVideoDriver(), SDL_GetError());
        return false;
    }
    SDL_snprintf(window->driver, sizeof window->driver, "%s/%s", SDL_GetCurrentVideoDriver(), info.name);
    return true;
}

struct window *window_create(const struct window_settings *settings, struct error *error)
{
    struct window *window = memory_create(1, sizeof *window);
    window->rotation = settings->rotation;
    window->exposed = true;
    window->look.brightness_percent = 100;
    if (!start_video(window, settings->card, error) || !open_window(window, settings, error) ||
        (!open_surface(window) && !open_renderer(window, error))) {
        window_destroy(window);
        return NULL;
    }
    SDL_ShowCursor(SDL_DISABLE);
    SDL_DisableScreenSaver();
    window->next = open_windows;
    open_windows = window;
    if (!focused)
        focused = window;
    return window;
}

static void leave_list(const struct window *window)
{
    struct window **place = &open_windows;
    while (*place && *place != window)
        place = &(*place)->next;
    if (*place)
        *place = window->next;
    if (focused == window)
        focused = open_windows;
}

static void slabs_free(struct window *window)
{
    for (size_t i = 0; i < window->slab_count; i++)
        if (window->slabs[i].texture)
            SDL_DestroyTexture(window->slabs[i].texture);
    free(window->slabs);
    window->slabs = NULL;
    window->slab_count = 0;
}

void window_destroy(struct window *window)
{
    if (!window)
        return;
    slabs_free(window);
    if (window->renderer)
        SDL_DestroyRenderer(window->renderer);
    if (window->window)
        SDL_DestroyWindow(window->window);
    leave_list(window);
    if (window->counted && --video_users == 0)
        SDL_VideoQuit();
    free(window);
}

void window_focus(struct window *window)
{
    focused = window;
}

void window_canvas_size(const struct window *window, int *width_px, int *height_px)
{
    bool lying = window->rotation % 180 == 0;
    int width = 0, height = 0;
    const SDL_Surface *surface = window->renderer ? NULL : SDL_GetWindowSurface(window->window);
    if (surface) {
        width = surface->w;
        height = surface->h;
    } else if (!window->renderer || SDL_GetRendererOutputSize(window->renderer, &width, &height) != 0)
        SDL_GetWindowSize(window->window, &width, &height);
    *width_px = lying ? width : height;
    *height_px = lying ? height : width;
}

/* ---- what happened ---- */

static bool key_event(const SDL_KeyboardEvent *pressed, struct window_event *event)
{
    *event = (struct window_event){WINDOW_EVENT_KEY, KEY_NONE, 0};
    if (pressed->repeat)
        return false;
    const SDL_Keysym *symbol = &pressed->keysym;
    event->key = keys_meaning(symbol->sym, (int)symbol->scancode, symbol->mod & KMOD_SHIFT, &event->number);
    return event->key != KEY_NONE;
}

static bool window_event(struct window *window, Uint8 what, struct window_event *event)
{
    switch (what) {
    case SDL_WINDOWEVENT_EXPOSED:
    case SDL_WINDOWEVENT_SHOWN:
    case SDL_WINDOWEVENT_RESTORED:
        window->exposed = true;
        return false;
    case SDL_WINDOWEVENT_FOCUS_GAINED:
        if (!on_console()) /* there it is always the window that was opened last */
            focused = window;
        return false;
    case SDL_WINDOWEVENT_SIZE_CHANGED:
        window->exposed = window->resized = true;
        *event = (struct window_event){WINDOW_EVENT_RESIZED, KEY_NONE, 0};
        return true;
    default:
        return false;
    }
}

/* What the renderer lost is lost in every window. */
static void lose_textures(bool device_too)
{
    for (struct window *window = open_windows; window; window = window->next) {
        window->exposed = true;
        window->texture_lost |= device_too;
    }
}

static bool translate(struct window *window, const SDL_Event *happened, struct window_event *event)
{
    switch (happened->type) {
    case SDL_KEYDOWN:
        return key_event(&happened->key, event);
    case SDL_WINDOWEVENT:
        return window_event(window, happened->window.event, event);
    case SDL_RENDER_TARGETS_RESET:
    case SDL_RENDER_DEVICE_RESET:
        lose_textures(happened->type == SDL_RENDER_DEVICE_RESET);
        return false;
    case SDL_QUIT:
        *event = (struct window_event){WINDOW_EVENT_QUIT, KEY_NONE, 0};
        return true;
    default:
        return false;
    }
}

int window_input_fd(const struct window *window)
{
    return display_fd(window->window);
}

/* The driver "evdev" shows nothing, but has keys. */
int window_input_every_ms(const struct window *window)
{
    const char *driver = SDL_GetCurrentVideoDriver();
    bool has_keys = !is_headless(driver) || text_equal(driver, "evdev");
    return has_keys && window_input_fd(window) < 0 ? KEYS_EVERY_MS : NO_KEYS_EVERY_MS;
}

bool window_has_input(const struct window *window)
{
    (void)window;
    SDL_PumpEvents();
    return SDL_HasEvents(SDL_FIRSTEVENT, SDL_LASTEVENT);
}

bool window_keeps_event(const struct window *window)
{
    return window->pending > 0;
}

/* Whom it concerns: the asking window, unless it is plainly another's. */
static struct window *addressee(struct window *asking, const SDL_Event *happened)
{
    if (happened->type == SDL_KEYDOWN)
        return focused;
    if (happened->type != SDL_WINDOWEVENT)
        return asking;
    for (struct window *window = open_windows; window; window = window->next)
        if (SDL_GetWindowID(window->window) == happened->window.windowID)
            return window;
    return asking;
}

static void keep_for_later(struct window *window, const struct window_event *event)
{
    if (window->pending < PENDING_MAX)
        window->happened[window->pending++] = *event;
}

static void take_pending(struct window *window, struct window_event *event)
{
    *event = window->happened[0];
    window->pending--;
    memmove(window->happened, window->happened + 1, window->pending * sizeof *window->happened);
}

bool window_next_event(struct window *window, struct window_event *event)
{
    SDL_Event happened;
    struct window_event translated;
    while (window->pending == 0 && SDL_PollEvent(&happened)) {
        struct window *other = addressee(window, &happened);
        if (translate(other, &happened, &translated))
            keep_for_later(other, &translated);
    }
    if (window->pending == 0)
        return false;
    take_pending(window, event);
    return true;
}

void window_set_look(struct window *window, const struct window_look *look)
{
    if (window->look.shift_x == look->shift_x && window->look.shift_y == look->shift_y &&
        window->look.brightness_percent == look->brightness_percent)
        return;
    window->look = *look;
    window->moved = true;
}

bool window_needs_present(const struct window *window)
{
    return window->exposed || window->moved;
}

/* ---- presenting ---- */

static int largest_side(const struct window *window, int wanted)
{
    SDL_RendererInfo info = {0};
    SDL_GetRendererInfo(window->renderer, &info);
    int most =
        info.max_texture_width < info.max_texture_height ? info.max_texture_width : info.max_texture_height;
    return most > 0 && most < wanted ? most : wanted;
}

static int smaller(int a, int b)
{
    return a < b ? a : b;
}

static void slab_add(struct window *window, struct area area)
{
    SDL_Texture *texture = SDL_CreateTexture(window->renderer, SDL_PIXELFORMAT_ARGB8888,
                                             SDL_TEXTUREACCESS_STATIC, area.width, area.height);
    if (texture)
        SDL_SetTextureBlendMode(texture, SDL_BLENDMODE_NONE);
    window->slabs = memory_resize(window->slabs, window->slab_count + 1, sizeof *window->slabs);
    window->slabs[window->slab_count++] = (struct slab){area, texture};
}

/* Cuts the canvas into as few textures as the renderer allows: nearly always one. */
static bool slabs_make(struct window *window, const struct canvas *canvas, struct error *error)
{
    int wide = largest_side(window, canvas->width_px), high = largest_side(window, canvas->height_px);
    slabs_free(window);
    for (int y = 0; y < canvas->height_px; y += high)
        for (int x = 0; x < canvas->width_px; x += wide) {
            slab_add(window, (struct area){x, y, smaller(wide, canvas->width_px - x),
                                           smaller(high, canvas->height_px - y)});
            if (window->slabs[window->slab_count - 1].texture)
                continue;
            error_set(error, "%s: no texture of %d x %d pixels: %s", window->driver, wide, high,
                      SDL_GetError());
            return false;
        }
    window->canvas_width = canvas->width_px;
    window->canvas_height = canvas->height_px;
    window->texture_lost = false;
    return true;
}

static bool upload(struct window *window, const struct slab *slab, const struct canvas *canvas,
                   const struct area *area, struct error *error)
{
    SDL_Rect wanted = {area->x, area->y, area->width, area->height}, common;
    SDL_Rect here = {slab->area.x, slab->area.y, slab->area.width, slab->area.height};
    if (!SDL_IntersectRect(&wanted, &here, &common))
        return true;
    SDL_Rect target = {common.x - here.x, common.y - here.y, common.w, common.h};
    const uint32_t *pixels = canvas->pixels + (ptrdiff_t)common.y * canvas->stride_px + common.x;
    if (SDL_UpdateTexture(slab->texture, &target, pixels, canvas->stride_px * 4) == 0)
        return true;
    error_set(error, "%s: the picture does not reach the screen: %s", window->driver, SDL_GetError());
    return false;
}

static bool upload_all(struct window *window, const struct canvas *canvas, const struct area *areas,
                       size_t count, struct error *error)
{
    for (size_t s = 0; s < window->slab_count; s++)
        for (size_t i = 0; i < count; i++)
            if (!upload(window, &window->slabs[s], canvas, &areas[i], error))
                return false;
    return true;
}

/* Turned about its own middle, the slab must come to lie where the turned picture has it. */
static SDL_FRect slab_target(const struct window *window, const struct slab *slab, int output_width,
                             int output_height)
{
    float middle_x = (float)slab->area.x + (float)slab->area.width / 2,
          middle_y = (float)slab->area.y + (float)slab->area.height / 2;
    float x = middle_x, y = middle_y;
    if (window->rotation == 90) {
        x = (float)output_width - middle_y;
        y = middle_x;
    } else if (window->rotation == 180) {
        x = (float)output_width - middle_x;
        y = (float)output_height - middle_y;
    } else if (window->rotation == 270) {
        x = middle_y;
        y = (float)output_height - middle_x;
    }
    x += (float)window->look.shift_x;
    y += (float)window->look.shift_y;
    return (SDL_FRect){x - (float)slab->area.width / 2, y - (float)slab->area.height / 2,
                       (float)slab->area.width, (float)slab->area.height};
}

static bool show(struct window *window, struct error *error)
{
    int width = 0, height = 0;
    SDL_GetRendererOutputSize(window->renderer, &width, &height);
    SDL_SetRenderDrawColor(window->renderer, 0, 0, 0, 255);
    SDL_RenderClear(window->renderer);
    for (size_t i = 0; i < window->slab_count; i++) {
        SDL_FRect target = slab_target(window, &window->slabs[i], width, height);
        Uint8 share = (Uint8)(255 * window->look.brightness_percent / 100);
        SDL_SetTextureColorMod(window->slabs[i].texture, share, share, share);
        if (SDL_RenderCopyExF(window->renderer, window->slabs[i].texture, NULL, &target, window->rotation,
                              NULL, SDL_FLIP_NONE) == 0)
            continue;
        error_set(error, "%s: the picture cannot be shown: %s", window->driver, SDL_GetError());
        return false;
    }
    SDL_RenderPresent(window->renderer);
    window->presents++;
    return true;
}

/* ---- presenting without a renderer ---- */

/* Where a rectangle of the canvas lies on a surface of that size when the picture is turned. */
static SDL_Rect turned(int rotation, const struct area *area, int width, int height)
{
    switch (rotation) {
    case 90:
        return (SDL_Rect){width - area->y - area->height, area->x, area->height, area->width};
    case 180:
        return (SDL_Rect){width - area->x - area->width, height - area->y - area->height, area->width,
                          area->height};
    case 270:
        return (SDL_Rect){area->y, height - area->x - area->width, area->height, area->width};
    default:
        return (SDL_Rect){area->x, area->y, area->width, area->height};
    }
}

/* From one pixel of the surface to the next the canvas is read along `across`, from line to line along
 * `down`. */
struct steps {
    ptrdiff_t origin, across, down;
};

static struct steps steps_of(int rotation, const struct canvas *canvas, int width, int height)
{
    ptrdiff_t line = canvas->stride_px;
    switch (rotation) {
    case 90:
        return (struct steps){(width - 1) * line, -line, 1};
    case 180:
        return (struct steps){(height - 1) * line + width - 1, -1, -line};
    case 270:
        return (struct steps){height - 1, line, -1};
    default:
        return (struct steps){0, 1, line};
    }
}

/* All four channels at once, two by two; `share` of 256. */
static uint32_t darker(uint32_t pixel, uint32_t share)
{
    return ((((pixel & 0xff00ff) * share) >> 8) & 0xff00ff) |
           ((((pixel >> 8) & 0xff00ff) * share) & 0xff00ff00);
}

static void darken(uint32_t *pixels, int count, int brightness_percent)
{
    uint32_t share = (uint32_t)(256 * brightness_percent / 100);
    for (int i = 0; i < count && share < 256; i++)
        pixels[i] = darker(pixels[i], share);
}

static void copy_rect(const struct canvas *canvas, const SDL_Surface *surface, const SDL_Rect *rect,
                      struct steps steps, int brightness_percent)
{
    for (int y = rect->y; y < rect->y + rect->h; y++) {
        uint32_t *to = (uint32_t *)((char *)surface->pixels + (ptrdiff_t)y * surface->pitch) + rect->x;
        const uint32_t *from = canvas->pixels + steps.origin + y * steps.down + rect->x * steps.across;
        if (steps.across == 1)
            memcpy(to, from, (size_t)rect->w * sizeof *to);
        else
            for (int x = 0; x < rect->w; x++)
                to[x] = from[x * steps.across];
        darken(to, rect->w, brightness_percent);
    }
}

static bool surface_lost(const struct window *window, struct error *error)
{
    error_set(error, "%s: the picture does not reach the screen: %s", window->driver, SDL_GetError());
    return false;
}

const struct canvas_memory *window_lend(struct window *window)
{
    const struct window_look *look = &window->look;
    if (window->renderer || window->rotation != 0 || look->brightness_percent < 100)
        return NULL;
    SDL_Surface *surface = SDL_GetWindowSurface(window->window);
    if (!surface)
        return NULL;
    struct canvas_memory memory = {surface->pixels,        surface->w,    surface->h,
                                   surface->pitch / 4,     look->shift_x, look->shift_y,
                                   window->lent.generation};
    if (window->resized || !canvas_memory_is_same(&memory, &window->lent)) {
        memory.generation++;
        SDL_FillRect(surface, NULL, 0xff000000u);
    }
    window->lent = memory;
    window->resized = false;
    return &window->lent;
}

/* While a window changes its size, the canvas may still have the one before: what both have is shown. */
static bool surface_present(struct window *window, const struct canvas *canvas, const struct area *areas,
                            size_t count, struct error *error)
{
    SDL_Surface *surface = SDL_GetWindowSurface(window->window);
    struct area whole = {0, 0, canvas->width_px, canvas->height_px};
    const struct window_look *look = &window->look;
    if (!surface)
        return surface_lost(window, error);
    bool anew = surface != window->shown_on || window->exposed || window->moved;
    bool there_already = canvas->lent.pixels && canvas_memory_is_same(&canvas->lent, &window->lent);
    if (anew && !there_already)
        SDL_FillRect(surface, NULL,
                     0); /* what comes free at an edge, where a larger window had its picture */
    if (anew || count == 0) {
        areas = &whole;
        count = 1;
    }
    bool lying = window->rotation % 180 == 0;
    int width = lying ? canvas->width_px : canvas->height_px,
        height = lying ? canvas->height_px : canvas->width_px;
    struct steps steps = steps_of(window->rotation, canvas, width, height);
    steps.origin -= look->shift_y * steps.down + look->shift_x * steps.across;
    SDL_Rect there = {0, 0, smaller(surface->w, width), smaller(surface->h, height)};
    SDL_Rect *rects = memory_create(count, sizeof *rects);
    int shown = 0;
    for (size_t i = 0; i < count; i++) {
        SDL_Rect rect = turned(window->rotation, &areas[i], width, height);
        rect.x += look->shift_x;
        rect.y += look->shift_y;
        if (!SDL_IntersectRect(&rect, &there, &rects[shown]))
            continue;
        if (!there_already)
            copy_rect(canvas, surface, &rects[shown], steps, look->brightness_percent);
        shown++;
    }
    bool updated = (anew ? SDL_UpdateWindowSurface(window->window)
                         : SDL_UpdateWindowSurfaceRects(window->window, rects, shown)) == 0;
    free(rects);
    if (!updated)
        return surface_lost(window, error);
    window->shown_on = surface;
    window->exposed = window->moved = false;
    window->presents++;
    return true;
}

/*
 * On a console the first picture is presented twice. With it SDL sets the display's mode, and in a virtual
 * machine the screen then stayed black until a second one was handed over: minutes, where nothing changes.
 */
bool window_present(struct window *window, const struct canvas *canvas, const struct area *areas,
                    size_t count, struct error *error)
{
    if (!window->renderer)
        return surface_present(window, canvas, areas, count, error);
    struct area whole = {0, 0, canvas->width_px, canvas->height_px};
    bool anew = window->texture_lost || !window->slabs || window->canvas_width != canvas->width_px ||
                window->canvas_height != canvas->height_px;
    if (anew && !slabs_make(window, canvas, error)) {
        slabs_free(window);
        return false;
    }
    if (anew || window->exposed || (count == 0 && !window->moved)) {
        areas = &whole;
        count = 1;
    }
    if (!upload_all(window, canvas, areas, count, error) || !show(window, error))
        return false;
    window->exposed = window->presents == 1 && runs_on("kmsdrm");
    window->moved = false;
    return true;
}

const char *window_driver(const struct window *window)
{
    return window->driver;
}

long window_present_count(const struct window *window)
{
    return window->presents;
}
