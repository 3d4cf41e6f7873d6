/* What tiles show besides figures: tables, lists, announcements, countdowns; and the messages of the banner.
 */
#include <string.h>

#include "app/config_reading.h"
#include "app/notes_file.h"
#include "base/calendar.h"
#include "base/utf8.h"
#include "model/notes.h"
#include "model/schedule.h"
#include "render/picture.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

enum { MOST_COLUMNS = 8, MOST_ROWS = 200, MOST_MESSAGES = 50, MESSAGE_LONGEST = 400 };

/* ---- lists of words ---- */

const char config_texts_schema[] =
    "\"type\": [\"string\", \"array\"], \"items\": {\"type\": [\"string\", \"number\"]}";

void config_read_texts(struct yaml_reader *reader, const struct yaml_node *node, const char *path,
                       void *target)
{
    struct config_texts *texts = target;
    bool single = node->shape == YAML_SCALAR;
    size_t count = single ? 1 : node->count;
    const char **items = arena_take(yaml_arena(reader), count, sizeof *items);
    for (size_t i = 0; i < count; i++) {
        const struct yaml_node *item = single ? node : node->items[i];
        struct yaml_place place = {.node = item, .path = path};
        if (node->shape == YAML_MAP || item->shape != YAML_SCALAR || !item->text)
            yaml_error(reader, &place, NULL, "a list of words is due here, like [Ventes, Support]");
        else
            items[texts->count++] = item->text;
    }
    texts->items = items;
}

/* ---- moments ---- */

/* "2026-11-30" or "2026-11-30T18:00"; a day alone ends with it. 0: not given, or a problem was noted. */
static int64_t moment_of(struct config_reading *reading, const struct yaml_place *place, const char *key,
                         const char *text, bool is_end)
{
    int64_t wall_ms = 0;
    struct calendar_date day;
    if (!text)
        return 0;
    calendar_set_zone(reading->config->time_zone, NULL); /* what is written is the site's own time */
    if (!calendar_parse_iso(text, &wall_ms)) {
        yaml_error(reading->yaml, place, key, "\"%s\" is not a moment like 2026-11-30 or 2026-11-30T18:00",
                   yaml_shown(reading->yaml, text));
        return 0;
    }
    if (is_end && calendar_parse_date(text, &day))
        wall_ms = calendar_add_days_ms(wall_ms, 1);
    return wall_ms;
}

/* ---- tables ---- */

static void check_column(struct config_reading *reading, const struct tile_entry *entry,
                         const struct kpi *kpi)
{
    struct error error = {""};
    if (text_equal(kpi->privacy, "personal_opt_in"))
        yaml_error(reading->yaml, &entry->place, "kpis", "%s ranks single persons, and is no column",
                   kpi->id);
    else if (!config_kpi_allowed(reading, kpi, &error))
        yaml_error(reading->yaml, &entry->place, "kpis", "%s", error.text);
}

static const struct column_settings *columns_of(struct config_reading *reading,
                                                const struct tile_entry *entry, size_t *count)
{
    struct column_settings *columns = arena_take(reading->config->arena, MOST_COLUMNS, sizeof *columns);
    *count = 0;
    if (entry->kpis.count == 0)
        yaml_error(reading->yaml, &entry->place, "kpis",
                   "a table needs kpis: [service_level, calls_waiting]");
    if (entry->kpis.count > MOST_COLUMNS)
        yaml_error(reading->yaml, &entry->place, "kpis", "%zu columns; at most %d can be read",
                   entry->kpis.count, MOST_COLUMNS);
    for (size_t i = 0; i < entry->kpis.count && i < MOST_COLUMNS; i++) {
        struct yaml_place place = yaml_place_of(reading->yaml, &entry->place, "kpis");
        const struct kpi *kpi = config_kpi_find(reading, &place, entry->kpis.items[i]);
        if (!kpi)
            continue;
        check_column(reading, entry, kpi);
        columns[(*count)++] = (struct column_settings){.kpi = kpi};
    }
    return columns;
}

/* How rows are called; a person is no row. */
static enum dim rows_by(struct config_reading *reading, const struct tile_entry *entry)
{
    enum dim by = DIM_QUEUE;
    if (entry->by && (!dim_parse(entry->by, &by) || by == DIM_AGENT)) {
        yaml_error(reading->yaml, &entry->place, "by",
                   "a table is by queue, team, channel, site, skill, type, reason or campaign, not by \"%s\"",
                   yaml_shown(reading->yaml, entry->by));
        return DIM_QUEUE;
    }
    if (entry->where.value[by])
        yaml_error(reading->yaml, &entry->place, "where", "it has one %s already; the table is by %s",
                   dim_name(by), dim_name(by));
    return by;
}

void config_table_build(struct config_reading *reading, const struct tile_entry *entry,
                        struct tile_settings *tile)
{
    struct table_settings *table = arena_take(reading->config->arena, 1, sizeof *table);
    table->columns = columns_of(reading, entry, &table->column_count);
    table->by = rows_by(reading, entry);
    table->rows = entry->rows.items;
    table->row_count = entry->rows.count;
    table->worst_first = text_equal(entry->sort, "worst");
    table->row_limit = entry->limit;
    if (table->row_count > MOST_ROWS) {
        yaml_error(reading->yaml, &entry->place, "rows", "%zu rows; at most %d", table->row_count, MOST_ROWS);
        table->row_count = MOST_ROWS;
    }
    tile->table = table;
}

/* This week's attainment beside the team's own mean of four weeks (P07). */
void config_ranking_build(struct config_reading *reading, const struct kpi *kpi, struct tile_settings *tile)
{
    struct table_settings *table = arena_take(reading->config->arena, 1, sizeof *table);
    struct column_settings *columns = arena_take(reading->config->arena, 2, sizeof *columns);
    columns[0] = (struct column_settings){kpi, true, PERIOD_WEEK};
    columns[1] = (struct column_settings){kpi, true, PERIOD_ROLLING_28D};
    *table = (struct table_settings){.column_count = 2, .columns = columns, .by = DIM_TEAM, .ranks = true};
    tile->table = table;
}

/* ---- lists ---- */

static int add_notes(struct config *config, struct notes notes, const char *path)
{
    size_t index = config->board.notes_count++;
    config->notes[index] = notes;
    config->notes_paths[index] = path;
    return (int)index;
}

static int notes_of_file(struct config_reading *reading, const struct tile_entry *entry)
{
    struct config *config = reading->config;
    const char *path = config_file_path(reading, entry->file);
    struct error error = {""};
    struct notes notes;
    for (size_t i = 0; i < config->board.notes_count; i++)
        if (text_equal(config->notes_paths[i], path))
            return (int)i;
    if (config->board.notes_count == CONFIG_NOTES_MAX) {
        yaml_error(reading->yaml, &entry->place, "file", "at most %d files of actions and verbatims",
                   CONFIG_NOTES_MAX - 1);
        return -1;
    }
    if (!notes_file_read(config->arena, path, &notes, &error))
        yaml_warning(reading->yaml, &entry->place, "file", "%s; the tile says so until the file is mended",
                     error.text);
    return add_notes(config, notes, path);
}

static void check_moderated(struct config_reading *reading, const struct tile_entry *entry,
                            const struct kpi *kpi, const struct notes *notes)
{
    size_t shown = 0;
    for (size_t i = 0; i < notes->verbatim_count; i++)
        shown += notes->verbatims[i].moderated;
    if (text_equal(kpi->id, "verbatim_feed") && notes->verbatim_count > shown)
        yaml_warning(reading->yaml, &entry->place, entry->file ? "file" : "kpi",
                     "%zu of %zu verbatims are not shown; read them and write moderated: true",
                     notes->verbatim_count - shown, notes->verbatim_count);
}

void config_list_build(struct config_reading *reading, const struct tile_entry *entry,
                       struct tile_settings *tile)
{
    tile->notes = entry->file ? notes_of_file(reading, entry) : 0;
    if (!entry->file && !reading->has_own_notes)
        yaml_error(reading->yaml, &entry->place, NULL,
                   "a list needs file: actions.yaml, or actions: and verbatims: in the board");
    else if (tile->notes >= 0 && tile->kpi)
        check_moderated(reading, entry, tile->kpi, &reading->config->notes[tile->notes]);
}

void config_notes_build(struct config_reading *reading, const struct board_entry *board)
{
    struct config *config = reading->config;
    struct notes_entry entry = {
        .place = board->place, .actions = board->actions, .verbatims = board->verbatims};
    config->notes = arena_take(config->arena, CONFIG_NOTES_MAX, sizeof *config->notes);
    config->notes_paths = arena_take(config->arena, CONFIG_NOTES_MAX, sizeof *config->notes_paths);
    config->board.notes = config->notes;
    reading->has_own_notes =
        yaml_member(board->place.node, "actions") || yaml_member(board->place.node, "verbatims");
    if (reading->has_own_notes)
        add_notes(config, notes_make(reading->yaml, &entry), NULL);
}

/* ---- announcements ---- */

static void check_span(struct config_reading *reading, const struct yaml_place *place,
                       const struct announcement *announcement)
{
    if (announcement->from_wall_ms && announcement->until_wall_ms &&
        announcement->until_wall_ms <= announcement->from_wall_ms)
        yaml_error(reading->yaml, place, "until", "it ends before it begins");
    else if (announcement->until_wall_ms && reading->wall_ms &&
             announcement->until_wall_ms <= reading->wall_ms)
        yaml_warning(reading->yaml, place, "until", "it is over; take it away or give it another day");
    if (announcement->text && utf8_length(announcement->text) > MESSAGE_LONGEST)
        yaml_error(reading->yaml, place, "text", "%zu characters; at most %d are read from across a room",
                   utf8_length(announcement->text), MESSAGE_LONGEST);
}

static const char *picture_of(struct config_reading *reading, const struct tile_entry *entry)
{
    struct error error = {""};
    if (!entry->image)
        return NULL;
    const char *path = config_file_path(reading, entry->image);
    if (!picture_check(path, &error))
        yaml_warning(reading->yaml, &entry->place, "image", "%s: %s", path, error.text);
    return path;
}

void config_text_build(struct config_reading *reading, const struct tile_entry *entry,
                       struct tile_settings *tile)
{
    struct announcement *announcement = arena_take(reading->config->arena, 1, sizeof *announcement);
    *announcement = (struct announcement){
        .text = entry->text,
        .author = entry->author,
        .from_wall_ms = moment_of(reading, &entry->place, "from", entry->from, false),
        .until_wall_ms = moment_of(reading, &entry->place, "until", entry->until, true),
        .picture = picture_of(reading, entry),
    };
    if (!entry->text && !entry->image)
        yaml_error(reading->yaml, &entry->place, NULL, "a text needs text:, or image: with a PNG");
    check_span(reading, &entry->place, announcement);
    tile->announcement = announcement;
}

void config_countdown_build(struct config_reading *reading, const struct tile_entry *entry,
                            struct tile_settings *tile)
{
    tile->lasts_ms = (int64_t)entry->minutes * 60000;
    if (!entry->until == !entry->minutes)
        yaml_error(reading->yaml, &entry->place, NULL,
                   "a countdown needs until: 2026-12-24T18:00 or until: 18:00, or else minutes: 10");
    if (entry->until && !schedule_parse_minute(entry->until, &tile->ends_minute))
        tile->ends_wall_ms = moment_of(reading, &entry->place, "until", entry->until, false);
}

/* ---- messages ---- */

struct message_entry {
    struct yaml_place place;
    const char *text, *author, *from, *until;
    bool important;
};

#define AT(member) offsetof(struct message_entry, member)
static const struct yaml_field message_fields[] = {
    {"text", YAML_KIND_TEXT, AT(text), .required = true, .help = "what is said; a long one is paged"},
    {"author", YAML_KIND_TEXT, AT(author), .help = "who says it: a role"},
    {"from", YAML_KIND_TEXT, AT(from),
     .help = "a day or a moment like 2026-11-30T09:00; at once if not given"},
    {"until", YAML_KIND_TEXT, AT(until),
     .help = "a day, itself included, or a moment; for ever if not given"},
    {"important", YAML_KIND_BOOL, AT(important), .help = "true: while it is shown the others wait"},
};
#undef AT
const struct yaml_table config_message_table = {"a message", sizeof(struct message_entry), NULL,
                                                message_fields, COUNT(message_fields)};

void config_messages_build(struct config_reading *reading, const struct yaml_list *entries)
{
    struct board_settings *board = &reading->config->board;
    const struct message_entry *all = entries->items;
    size_t count = entries->count < MOST_MESSAGES ? entries->count : MOST_MESSAGES;
    struct announcement *messages = arena_take(reading->config->arena, count, sizeof *messages);
    if (entries->count > MOST_MESSAGES)
        yaml_error(reading->yaml, &reading->root, "messages", "%zu messages; at most %d", entries->count,
                   MOST_MESSAGES);
    for (size_t i = 0; i < count; i++) {
        messages[i] = (struct announcement){
            .text = all[i].text ? all[i].text : "",
            .author = all[i].author,
            .from_wall_ms = moment_of(reading, &all[i].place, "from", all[i].from, false),
            .until_wall_ms = moment_of(reading, &all[i].place, "until", all[i].until, true),
            .important = all[i].important,
        };
        check_span(reading, &all[i].place, &messages[i]);
    }
    board->messages = messages;
    board->message_count = count;
}
