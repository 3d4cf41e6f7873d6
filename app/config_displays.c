/* The displays that the board is shown on: one of screen:, or several of screens:. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/config_reading.h"
#include "base/memory.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

enum { SIDE_LEAST_PX = 200, SIDE_MOST_PX = 8192, RATE_MOST_HZ = 240 };

static const struct display_entry display_defaults = {.rotation = -1};

#define AT(member) offsetof(struct display_entry, member)
static const struct yaml_field display_fields[] = {
    {"connector", YAML_KIND_TEXT, AT(connector),
     .help = "the socket it is plugged into, like HDMI-A-1; the displays in their order if not given"},
    {"mode", YAML_KIND_TEXT, AT(mode), .help = "1920x1080@60 or 1920x1080"},
    {"rotation", YAML_KIND_INTEGER, AT(rotation), .min = 0, .max = 270,
     .help = "0, 90, 180 or 270 degrees clockwise"},
    {"diagonal_in", YAML_KIND_NUMBER, AT(diagonal_in), .min = 5, .max = 200,
     .help = "this screen's diagonal in inches"},
    {"reading_distance_m", YAML_KIND_NUMBER, AT(reading_distance_m), .min = 0.3, .max = 50,
     .help = "from how far this screen must be read, in metres"},
    {"pages", YAML_KIND_OWN, AT(pages), .required = true, .read = config_read_texts,
     .schema = config_texts_schema, .help = "ids of the pages that it shows"},
};
#undef AT
const struct yaml_table config_display_table = {"a screen", sizeof(struct display_entry), &display_defaults,
                                                display_fields, COUNT(display_fields)};

/* ---- connector and mode ---- */

/* As the kernel writes them: letters, digits and dashes, and a number at the end. */
static const char *sound_connector(struct config_reading *reading, const struct yaml_place *place,
                                   const char *name)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-";
    size_t length = name ? strlen(name) : 0;
    if (!name)
        return NULL;
    if (length > 2 && length < 32 && strspn(name, letters) == length &&
        strchr("0123456789", name[length - 1]))
        return name;
    yaml_warning(reading->yaml, place, "connector",
                 "\"%s\" is not the name of a connector, and is left out; ls /sys/class/drm shows those that "
                 "there are, card1-HDMI-A-1 is HDMI-A-1",
                 yaml_shown(reading->yaml, name));
    return NULL;
}

static bool parse_mode(const char *text, struct window_mode *mode)
{
    int read = 0, all = 0;
    *mode = (struct window_mode){0};
    if (sscanf(text, "%5dx%5d%n@%3d%n", &mode->width_px, &mode->height_px, &read, &mode->rate_hz, &all) < 2)
        return false;
    if (text[all ? all : read] != '\0' || (all && mode->rate_hz < 1) || mode->rate_hz > RATE_MOST_HZ)
        return false;
    return mode->width_px >= SIDE_LEAST_PX && mode->height_px >= SIDE_LEAST_PX &&
           mode->width_px <= SIDE_MOST_PX && mode->height_px <= SIDE_MOST_PX;
}

/* A mode that nobody can read is no reason for a dark wall. */
static struct window_mode sound_mode(struct config_reading *reading, const struct yaml_place *place,
                                     const char *text)
{
    struct window_mode mode;
    if (!text)
        return (struct window_mode){0};
    if (parse_mode(text, &mode))
        return mode;
    yaml_warning(reading->yaml, place, "mode",
                 "\"%s\" is not a mode like 1920x1080@60, and is left out; what the display likes best is "
                 "shown",
                 yaml_shown(reading->yaml, text));
    return (struct window_mode){0};
}

/* ---- pages ---- */

/* The board's page of that id; page_count where there is none. */
static size_t page_index(const struct board_settings *board, const char *id)
{
    size_t index = 0;
    while (index < board->page_count && !text_equal(board->pages[index].id, id))
        index++;
    return index;
}

static void complain_of_page(struct config_reading *reading, const struct display_entry *entry,
                             const char *id)
{
    const struct board_settings *board = &reading->config->board;
    const char **names = memory_create(board->page_count + 1, sizeof *names);
    for (size_t i = 0; i < board->page_count; i++)
        names[i] = board->pages[i].id;
    yaml_error(reading->yaml, &entry->place, "pages", "there is no page \"%s\"%s",
               yaml_shown(reading->yaml, id), yaml_did_you_mean(reading->yaml, id, names));
    free(names);
}

static void build_pages(struct config_reading *reading, const struct display_entry *entry,
                        struct display_settings *display)
{
    const struct board_settings *board = &reading->config->board;
    size_t *pages = arena_take(reading->config->arena, entry->pages.count, sizeof *pages);
    for (size_t i = 0; i < entry->pages.count; i++) {
        size_t index = page_index(board, entry->pages.items[i]);
        if (index < board->page_count)
            pages[display->page_count++] = index;
        else
            complain_of_page(reading, entry, entry->pages.items[i]);
    }
    display->pages = pages;
    if (entry->pages.count == 0 && yaml_member(entry->place.node, "pages"))
        yaml_error(reading->yaml, &entry->place, "pages", "names no page; a screen shows at least one");
}

bool display_shows(const struct display_settings *display, size_t page)
{
    for (size_t i = 0; display->pages && i < display->page_count; i++)
        if (display->pages[i] == page)
            return true;
    return !display->pages;
}

bool display_is_upright(const struct display_settings *display)
{
    return display->rotation == 90 || display->rotation == 270;
}

static bool is_shown(const struct config *config, size_t page)
{
    for (size_t i = 0; i < config->display_count; i++)
        if (display_shows(&config->displays[i], page))
            return true;
    return false;
}

static void check_every_page_is_shown(struct config_reading *reading, const struct board_entry *board)
{
    const struct config *config = reading->config;
    const struct page_entry *entries = board->pages.items;
    for (size_t i = 0; i < config->board.page_count; i++)
        if (!is_shown(config, i))
            yaml_warning(reading->yaml, &entries[i].place, NULL,
                         "no screen shows the page \"%s\"; name it in pages: of one of screens:",
                         config->board.pages[i].id);
}

/* ---- displays ---- */

static int sound_rotation(struct config_reading *reading, const struct display_entry *entry)
{
    if (entry->rotation < 0)
        return reading->config->screen.rotation;
    if (entry->rotation % 90 == 0)
        return entry->rotation;
    yaml_error(reading->yaml, &entry->place, "rotation", "%d is not 0, 90, 180 or 270", entry->rotation);
    return 0;
}

static void build_display(struct config_reading *reading, const struct display_entry *entry,
                          struct window_mode usual, struct display_settings *display)
{
    const struct screen_settings *screen = &reading->config->screen;
    display->connector = sound_connector(reading, &entry->place, entry->connector);
    display->mode = entry->mode ? sound_mode(reading, &entry->place, entry->mode) : usual;
    display->rotation = sound_rotation(reading, entry);
    display->diagonal_in = entry->diagonal_in > 0 ? entry->diagonal_in : screen->diagonal_in;
    display->reading_distance_m =
        entry->reading_distance_m > 0 ? entry->reading_distance_m : screen->reading_distance_m;
    build_pages(reading, entry, display);
}

static void check_connectors_differ(struct config_reading *reading, const struct yaml_list *entries)
{
    const struct display_entry *entry = entries->items;
    for (size_t i = 0; i < entries->count; i++)
        for (size_t j = 0; j < i; j++)
            if (entry[i].connector && text_equal(entry[i].connector, entry[j].connector))
                yaml_error(reading->yaml, &entry[i].place, "connector",
                           "%s has a screen already; each is plugged into another socket",
                           yaml_shown(reading->yaml, entry[i].connector));
}

void config_displays_build(struct config_reading *reading, const struct board_entry *board)
{
    struct config *config = reading->config;
    const struct screen_entry *screen = &board->screen;
    const struct display_entry *entries = board->screens.items;
    size_t count = board->screens.count ? board->screens.count : 1;
    struct display_settings *displays = arena_take(config->arena, count, sizeof *displays);
    displays[0] =
        (struct display_settings){.connector = sound_connector(reading, &screen->place, screen->connector),
                                  .mode = sound_mode(reading, &screen->place, screen->mode),
                                  .rotation = config->screen.rotation,
                                  .diagonal_in = config->screen.diagonal_in,
                                  .reading_distance_m = config->screen.reading_distance_m};
    struct window_mode usual = displays[0].mode;
    config->displays = displays;
    config->display_count = count;
    if (board->screens.count == 0)
        return;
    if (screen->connector)
        yaml_warning(reading->yaml, &screen->place, "connector",
                     "is not looked at where there are screens:; write it there");
    for (size_t i = 0; i < count; i++)
        build_display(reading, &entries[i], usual, &displays[i]);
    check_connectors_differ(reading, &board->screens);
    check_every_page_is_shown(reading, board);
}
