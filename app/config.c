#include "app/config.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/assets.h"
#include "app/catalogue_file.h"
#include "app/config_reading.h"
#include "app/config_schema.h"
#include "app/notes_file.h"
#include "base/calendar.h"
#include "base/memory.h"
#include "sim/simulator.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* ---- the table of the whole file ---- */

static const char *const zones[] = {"floor", "desk", "public", NULL};
const char *const config_sl_variant_names[] = {"V1", "V2", "V3", "V4", "V5", "V6", "V7", "source", NULL};
static const char *const individual_choices[] = {"off", "opt_in", NULL};

enum { DIAGONAL_IN = 55, READING_DISTANCE_M = 5 };

#define SCREEN_DEFAULTS                                                                                      \
    {                                                                                                        \
        .diagonal_in = DIAGONAL_IN, .reading_distance_m = READING_DISTANCE_M, .zone = "floor",               \
        .orbit = true, .dim = 30                                                                             \
    }
static const struct screen_entry screen_defaults = SCREEN_DEFAULTS;

#define AT(member) offsetof(struct screen_entry, member)
static const struct yaml_field screen_fields[] = {
    {"diagonal_in", YAML_KIND_NUMBER, AT(diagonal_in), .min = 5, .max = 200,
     .help = "the screen's diagonal in inches"},
    {"reading_distance_m", YAML_KIND_NUMBER, AT(reading_distance_m), .min = 0.3, .max = 50,
     .help = "from how far it must be read, in metres"},
    {"rotation", YAML_KIND_INTEGER, AT(rotation), .min = 0, .max = 270,
     .help = "0, 90, 180 or 270 degrees clockwise"},
    {"connector", YAML_KIND_TEXT, AT(connector),
     .help = "the socket it is plugged into, like HDMI-A-1; the first with a display if not given"},
    {"mode", YAML_KIND_TEXT, AT(mode),
     .help = "1920x1080@60 or 1920x1080; what the display likes best if not given"},
    {"zone", YAML_KIND_CHOICE, AT(zone), .choices = zones,
     .help = "who can see it: the floor, a desk, or visitors (public)"},
    {"reduced_motion", YAML_KIND_BOOL, AT(reduced_motion), .help = "what turns critical does not swell"},
    {"orbit", YAML_KIND_BOOL, AT(orbit),
     .help = "the whole picture wanders by a few pixels, against burn-in (true)"},
    {"dim", YAML_KIND_PERCENT, AT(dim), .min = 0, .max = 80,
     .help = "by how much it is darker when everything is closed, and at dim_when (30 %)"},
    {"dim_when", YAML_KIND_RECORD, AT(dim_when), .table = &config_when_table,
     .help = "days and hours at which it is darker besides"},
};
#undef AT
static const struct yaml_table screen_table = {"screen", sizeof(struct screen_entry), &screen_defaults,
                                               screen_fields, COUNT(screen_fields)};

#define SOUND_DEFAULTS                                                                                       \
    {                                                                                                        \
        .volume = 30                                                                                         \
    }
static const struct sound_entry sound_defaults = SOUND_DEFAULTS;

#define AT(member) offsetof(struct sound_entry, member)
static const struct yaml_field sound_fields[] = {
    {"on_critical", YAML_KIND_BOOL, AT(on_critical), .help = "a soft sound when something turns critical"},
    {"volume", YAML_KIND_INTEGER, AT(volume), .min = 1, .max = 100, .help = "1 to 100 (30)"},
    {"when", YAML_KIND_RECORD, AT(when), .table = &config_when_table,
     .help = "days and hours at which it may be heard; always if not given"},
};
#undef AT
static const struct yaml_table sound_table = {"sound", sizeof(struct sound_entry), &sound_defaults,
                                              sound_fields, COUNT(sound_fields)};

static const struct privacy_entry privacy_defaults = {.individual = "off"};

#define AT(member) offsetof(struct privacy_entry, member)
static const struct yaml_field privacy_fields[] = {
    {"individual", YAML_KIND_CHOICE, AT(individual), .choices = individual_choices,
     .help = "off: no figure of a single person on any screen"},
    {"cse_consulted", YAML_KIND_TEXT, AT(cse_consulted), .help = "date on which the CSE was consulted"},
    {"staff_informed", YAML_KIND_TEXT, AT(staff_informed), .help = "date on which the staff was informed"},
    {"dpia", YAML_KIND_TEXT, AT(dpia), .help = "reference of the impact assessment"},
    {"responsible", YAML_KIND_TEXT, AT(responsible), .help = "the role that answers for it"},
    {"controller", YAML_KIND_TEXT, AT(controller), .help = "who answers for the display, for the notice"},
    {"contact", YAML_KIND_TEXT, AT(contact), .help = "whom to ask about it, for the notice"},
    {"until", YAML_KIND_TEXT, AT(until),
     .help = "date of expiry, at most 90 days ahead; from that day on nobody is ranked"},
    {"agents", YAML_KIND_TEXT, AT(agents),
     .help = "the opt-in list: a file with participants: [{agent: ID, pseudonym: NAME}]"},
    {"score", YAML_KIND_OWN, AT(score), .read = config_read_texts, .schema = config_texts_schema,
     .help = "what ranks agents, at least one KPI of quality; mean_reply_time, mean_resolution_time, fcr, "
             "csat_rate if not given"},
};
#undef AT
static const struct yaml_table privacy_table = {"privacy", sizeof(struct privacy_entry), &privacy_defaults,
                                                privacy_fields, COUNT(privacy_fields)};

/* How long interval aggregates may stay on a device (P12). */
enum { KEEP_DAYS = 35, KEEP_DAYS_MAX = 400 };
static const struct history_entry history_defaults = {.keep_days = KEEP_DAYS};

#define AT(member) offsetof(struct history_entry, member)
static const struct yaml_field history_fields[] = {
    {"path", YAML_KIND_TEXT, AT(path), .help = "the file in which it is kept; the usual place if not given"},
    {"keep_days", YAML_KIND_INTEGER, AT(keep_days), .min = 1, .max = KEEP_DAYS_MAX,
     .help = "for how many days; 35 if not given"},
};
#undef AT
static const struct yaml_table history_table = {"the history", sizeof(struct history_entry),
                                                &history_defaults, history_fields, COUNT(history_fields)};

static const struct board_entry board_defaults = {
    .version = 1,
    .title = "Vigie",
    .language = "fr",
    .time_zone = "Europe/Paris",
    .theme = "dark",
    .rotate = true,
    .screen = SCREEN_DEFAULTS,
    .sound = SOUND_DEFAULTS,
    .privacy = {.individual = "off"},
    .history = {.keep_days = KEEP_DAYS},
};

#define AT(member) offsetof(struct board_entry, member)
static const struct yaml_field board_fields[] = {
    {"vigie", YAML_KIND_INTEGER, AT(version), .help = "version of this format: 1"},
    {"title", YAML_KIND_TEXT, AT(title), .help = "what stands at the top of the wall"},
    {"language", YAML_KIND_CHOICE, AT(language), .choices = language_names, .help = "language of the wall"},
    {"time_zone", YAML_KIND_TEXT, AT(time_zone), .help = "zone of the site, like Europe/Paris"},
    {"theme", YAML_KIND_TEXT, AT(theme), .help = "colours: a file of assets/themes/ without its ending"},
    {"sl_variant", YAML_KIND_CHOICE, AT(sl_variant), .choices = config_sl_variant_names,
     .help = "how a service level is counted; the source's own way, else V1, if not given"},
    {"screen", YAML_KIND_RECORD, AT(screen), .table = &screen_table, .help = "the screen it hangs on"},
    {"screens", YAML_KIND_RECORDS, AT(screens), .table = &config_display_table, .most = 4,
     .beyond = "are shown by one program",
     .help = "several displays, each with its own pages; what is not said here is as in screen:"},
    {"sound", YAML_KIND_RECORD, AT(sound), .table = &sound_table, .help = "silent if not given"},
    {"rotate", YAML_KIND_BOOL, AT(rotate), .help = "whether pages take turns"},
    {"budgets", YAML_KIND_RECORDS, AT(budgets), .table = &config_budget_table, .most = 64,
     .help = "what vendors allow an account, shared by the sources that name it"},
    {"sources", YAML_KIND_RECORDS, AT(sources), .table = &config_source_table, .most = 64,
     .beyond = "are asked", .help = "where figures come from"},
    {"kpis", YAML_KIND_RECORDS, AT(kpis), .table = &config_kpi_table, .most = 200,
     .help = "KPIs of one's own"},
    {"rules", YAML_KIND_RECORDS, AT(rules), .table = &config_rule_table, .most = 500,
     .help = "thresholds where the catalogue's do not fit; the most specific wins"},
    {"pages", YAML_KIND_RECORDS, AT(pages), .required = true, .table = &config_page_table, .most = 40,
     .help = "what is shown, at least one page"},
    {"privacy", YAML_KIND_RECORD, AT(privacy), .table = &privacy_table,
     .help = "figures of single persons: off unless all guarantees are given"},
    {"plans", YAML_KIND_OWN, AT(plans), .read = config_read_plans, .schema = config_plans_schema,
     .help = "references for percent-of-plan thresholds: {aht: 320}"},
    {"schedules", YAML_KIND_RECORDS, AT(schedules), .table = &config_schedule_table, .most = 200,
     .help = "opening hours; the most specific counts, without any it is always open"},
    {"okr", YAML_KIND_RECORDS, AT(okr), .table = &config_objective_table, .most = 20,
     .help = "objectives of teams and their key results"},
    {"messages", YAML_KIND_RECORDS, AT(messages), .table = &config_message_table,
     .help = "what somebody has to say to the floor, below the tiles"},
    {"actions", YAML_KIND_RECORDS, AT(actions), .table = &config_action_table,
     .help = "of the huddle, for tiles of type list and the KPIs that count them"},
    {"verbatims", YAML_KIND_RECORDS, AT(verbatims), .table = &config_verbatim_table,
     .help = "words of customers, shown where moderated: true"},
    {"history", YAML_KIND_RECORD, AT(history), .table = &history_table, .help = "what is kept on disk"},
    {"serve", YAML_KIND_ANY, .later = true, .help = "the board for desks and machines"},
};
#undef AT
const struct yaml_table config_board_table = {"a board", sizeof(struct board_entry), &board_defaults,
                                              board_fields, COUNT(board_fields)};

/* ---- the simple keys ---- */

static void build_screen(struct config_reading *reading, const struct board_entry *board)
{
    const struct screen_entry *screen = &board->screen;
    if (screen->rotation % 90 != 0)
        yaml_error(reading->yaml, &screen->place, "rotation", "%d is not 0, 90, 180 or 270",
                   screen->rotation);
    int rotation = screen->rotation % 90 == 0 ? screen->rotation : 0;
    reading->config->screen =
        (struct screen_settings){.diagonal_in = screen->diagonal_in,
                                 .reading_distance_m = screen->reading_distance_m,
                                 .rotation = rotation,
                                 .zone = screen->zone,
                                 .reduced_motion = screen->reduced_motion,
                                 .orbit = screen->orbit,
                                 .dim_percent = screen->dim,
                                 .dim_when = config_when_make(reading, &screen->dim_when)};
    reading->config->sound = (struct sound_settings){.on_critical = board->sound.on_critical,
                                                     .volume_percent = board->sound.volume,
                                                     .when = config_when_make(reading, &board->sound.when)};
}

static bool plain_word(const char *text)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-";
    return *text && strspn(text, letters) == strlen(text);
}

bool config_theme_there(const char *name)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/themes/%s.json", assets_path(), name);
    return plain_word(name) && access(path, R_OK) == 0;
}

static bool theme_sound(struct config_reading *reading, const struct board_entry *board)
{
    char path[4096];
    if (!plain_word(board->theme)) {
        yaml_error(reading->yaml, &board->place, "theme",
                   "\"%s\" is not the name of a theme; write dark or light",
                   yaml_shown(reading->yaml, board->theme));
        return false;
    }
    snprintf(path, sizeof path, "%s/themes", assets_path());
    if (access(path, F_OK) != 0)
        return true; /* nothing to compare with */
    if (config_theme_there(board->theme))
        return true;
    yaml_error(reading->yaml, &board->place, "theme", "there is no theme \"%s\" in assets/themes/",
               yaml_shown(reading->yaml, board->theme));
    return false;
}

static bool time_zone_sound(struct config_reading *reading, const struct board_entry *board)
{
    struct error error = {0};
    if (calendar_zone_known(board->time_zone, &error))
        return true;
    yaml_error(reading->yaml, &board->place, "time_zone", "%s", error.text);
    return false;
}

/* What even a screen that only shows errors needs: a file that cannot be read has these, too. */
static void take_defaults(struct config *config)
{
    static const struct display_settings any_display = {.diagonal_in = DIAGONAL_IN,
                                                        .reading_distance_m = READING_DISTANCE_M};
    config->display_count = 1;
    config->displays = &any_display;
    config->title = board_defaults.title;
    language_parse(board_defaults.language, &config->language);
    config->time_zone = board_defaults.time_zone;
    config->theme = board_defaults.theme;
    config->board.title = config->title;
    config->board.language = config->language;
    config->screen = (struct screen_settings){.diagonal_in = board_defaults.screen.diagonal_in,
                                              .reading_distance_m = board_defaults.screen.reading_distance_m,
                                              .zone = board_defaults.screen.zone};
}

static void build_head(struct config_reading *reading, const struct board_entry *board)
{
    struct config *config = reading->config;
    if (board->version != 1)
        yaml_error(reading->yaml, &board->place, "vigie",
                   "this program reads version 1 of the format, not %d; install a newer vigie",
                   board->version);
    config->title = board->title;
    language_parse(board->language, &config->language);
    if (time_zone_sound(reading, board))
        config->time_zone = board->time_zone;
    if (theme_sound(reading, board))
        config->theme = board->theme;
    config->rotate = board->rotate;
    config->board.title = config->title;
    config->board.language = config->language;
    config->board.has_sl_variant =
        board->sl_variant && service_level_parse(board->sl_variant, &config->board.sl_variant);
    config->history_path = board->history.path ? config_file_path(reading, board->history.path) : NULL;
    config->history_keep_days = board->history.keep_days;
    build_screen(reading, board);
}

/* ---- the whole ---- */

static const char *folder_of(struct arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/');
    if (!slash)
        return ".";
    return slash == path ? "/" : arena_copy_bytes(arena, path, (size_t)(slash - path));
}

const char *config_file_path(struct config_reading *reading, const char *path)
{
    if (path[0] == '/' || strcmp(reading->folder, ".") == 0)
        return path;
    return arena_format(reading->config->arena, "%s/%s", reading->folder, path);
}

static void list_kpi_names(struct config_reading *reading)
{
    const struct catalogue *catalogue = reading->config->catalogue;
    size_t count = catalogue_kpi_count(catalogue);
    reading->kpi_names = arena_take(reading->config->arena, count + 1, sizeof *reading->kpi_names);
    for (size_t i = 0; i < count; i++)
        reading->kpi_names[i] = catalogue_kpi_at(catalogue, i)->id;
}

static void note_today(struct config_reading *reading)
{
    struct calendar_time now;
    if (!reading->wall_ms || !calendar_set_zone(reading->config->time_zone, NULL))
        return;
    calendar_local(reading->wall_ms, &now);
    reading->today = (struct calendar_date){now.year, now.month, now.day};
}

static void build(struct config_reading *reading, const struct yaml_node *root)
{
    struct board_entry *board = arena_take(reading->config->arena, 1, sizeof *board);
    yaml_read(reading->yaml, root, "", &config_board_table, board);
    reading->root = board->place;
    if (root->shape != YAML_MAP)
        return;
    reading->privacy = &board->privacy;
    reading->config->privacy = (struct privacy_settings){text_equal(board->privacy.individual, "opt_in"),
                                                         board->privacy.controller, board->privacy.contact};
    build_head(reading, board);
    note_today(reading);
    config_kpis_build(reading, &board->kpis);
    list_kpi_names(reading);
    config_budgets_build(reading, &board->budgets);
    config_sources_build(reading, &board->sources);
    config_budgets_check(reading, &board->budgets);
    config_plans_build(reading, board->plans);
    config_rules_build(reading, &board->rules);
    config_schedules_build(reading, &board->schedules);
    config_okr_build(reading, &board->okr);
    config_notes_build(reading, board);
    config_messages_build(reading, &board->messages);
    config_pages_build(reading, &board->pages);
    config_displays_build(reading, board);
    config_legible_check(reading, &board->pages);
    config_rules_check(reading, &board->rules);
    config_schedules_check(reading, &board->schedules);
}

/* Without a catalogue each KPI of the board would be told as unknown: fifty lines that hide the one that
 * matters. */
static bool read_catalogue(struct config_reading *reading)
{
    struct error error = {0};
    reading->config->catalogue = catalogue_file_read(assets_path(), &error);
    if (reading->config->catalogue)
        return true;
    yaml_error(reading->yaml, &reading->root, NULL,
               "Vigie's own files are not there or damaged: %s; install Vigie again, or name their folder in "
               "VIGIE_ASSETS",
               error.text);
    reading->config->catalogue = catalogue_create();
    return false;
}

static void read_text(struct config_reading *reading, const struct text *text)
{
    const struct yaml_node *root = yaml_parse(reading->yaml, text_bytes(text), text->length);
    if (root)
        build(reading, root);
}

static void read_file(struct config_reading *reading)
{
    struct text text = {0};
    if (text_read_file(&text, reading->config->path, YAML_MAX_BYTES + 1))
        read_text(reading, &text);
    else if (errno == EFBIG)
        yaml_error(reading->yaml, &reading->root, NULL,
                   "the file is larger than 1 MiB; a board has a few hundred lines");
    else if (errno == ENOENT)
        yaml_error(reading->yaml, &reading->root, NULL,
                   "cannot be read: %s; is the path right? Boards to start from are in %s/boards",
                   strerror(errno), assets_path());
    else
        yaml_error(reading->yaml, &reading->root, NULL, "cannot be read: %s", strerror(errno));
    text_finish(&text);
}

/* Out of a text, or without one out of the file. */
static void read_board(struct config_reading *reading, const struct text *text)
{
    if (text)
        read_text(reading, text);
    else
        read_file(reading);
}

static void take_problems(struct config_reading *reading)
{
    struct config *config = reading->config;
    const struct yaml_problem *problems = yaml_problems(reading->yaml, &config->problem_count);
    config->problems = arena_take(config->arena, config->problem_count, sizeof *config->problems);
    config->usable = true;
    for (size_t i = 0; i < config->problem_count; i++) {
        config->problems[i] = (struct config_problem){.is_error = problems[i].is_error,
                                                      .line = problems[i].line,
                                                      .column = problems[i].column,
                                                      .key_path = problems[i].key_path,
                                                      .text = problems[i].text};
        if (problems[i].is_error)
            config->usable = false;
    }
}

static struct config *read_config(const char *path, const struct text *text, int64_t wall_ms)
{
    struct arena *arena = arena_create();
    struct config *config = arena_take(arena, 1, sizeof *config);
    config->arena = arena;
    config->path = arena_copy_text(arena, path);
    struct config_reading reading = {
        .config = config, .folder = folder_of(arena, path), .root = {.path = ""}, .wall_ms = wall_ms};
    take_defaults(config);
    reading.yaml = yaml_reader_create(arena);
    if (read_catalogue(&reading))
        read_board(&reading, text);
    take_problems(&reading);
    yaml_reader_destroy(reading.yaml);
    return config;
}

struct config *config_read_at(const char *path, int64_t wall_ms)
{
    return read_config(path, NULL, wall_ms);
}

struct config *config_read_text(const char *name, const char *board)
{
    struct text text = {0};
    text_append(&text, board);
    struct config *config = read_config(name, &text, 0);
    text_finish(&text);
    return config;
}

struct config *config_read(const char *path)
{
    return config_read_at(path, 0);
}

void config_destroy(struct config *config)
{
    if (!config)
        return;
    simulator_destroy(config->beginning);
    catalogue_destroy(config->catalogue);
    arena_destroy(config->arena);
}

void config_problem_line(const struct config *config, const struct config_problem *problem, char *line,
                         size_t size)
{
    snprintf(line, size, "%s:%d:%d: %s: %s%s%s", config->path, problem->line, problem->column,
             problem->is_error ? "error" : "warning", problem->key_path, *problem->key_path ? ": " : "",
             problem->text);
}

void config_write_schema(struct text *out)
{
    yaml_write_schema(out, &config_board_table, "A board of Vigie");
}
