/* Pages and their tiles: what is shown, and whether it may and can be shown there. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/config_reading.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "model/content_kpis.h"
#include "model/record.h"
#include "model/rule.h"
#include "render/tile.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

enum { GRID_MOST = 12, COMFORTABLE_TILES = 12 };

/* ---- tables ---- */

static const char *const sorts[] = {"name", "worst", NULL};
static const char *const bar_steps[] = {[BAR_HOUR] = "hours", [BAR_DAY] = "days", [BAR_WEEK] = "weeks", NULL};

static const struct tile_entry tile_defaults = {
    .rule = {.min_sample = NAN, .for_ms = -1, .clear_ms = -1, .stale_after_ms = -1}};

#define AT(member) offsetof(struct tile_entry, member)
static const struct yaml_field tile_fields[] = {
    {"id", YAML_KIND_TEXT, AT(id), .help = "unique in the board; the KPI's id if not given"},
    {"kpi", YAML_KIND_TEXT, AT(kpi),
     .help = "id of a KPI of the catalogue or of kpis:; not for table, text, clock, countdown"},
    {"type", YAML_KIND_TEXT, AT(type),
     .help = "number, gauge, bar, sparkline, breakdown, table, leaderboard, okr, ribbon, list, text, clock, "
             "countdown; what fits the KPI if not given"},
    {"label", YAML_KIND_TEXT, AT(label), .help = "instead of the KPI's name"},
    {"where", YAML_KIND_OWN, AT(where), .read = config_read_where, .schema = config_where_schema,
     .help = "for which queue, channel, …; the whole site if not given"},
    {"window", YAML_KIND_TEXT, AT(window), .help = "the period: now, 15m, 30m, 60m, today, day, week, month"},
    {"sl_variant", YAML_KIND_CHOICE, AT(sl_variant), .choices = config_sl_variant_names,
     .help = "how this service level is counted; as the board has it if not given"},
    {"span", YAML_KIND_SIZE, AT(span), .min = 1, .max = GRID_MOST, .help = "columns x rows it covers, 1x1"},
    {"source", YAML_KIND_TEXT, AT(source), .help = "only figures of this source"},
    {"objective", YAML_KIND_INTEGER, AT(objective), .min = 1, .max = 20,
     .help = "which of okr:, from 1; else the first of the team in where, else the first"},
    {"key_result", YAML_KIND_INTEGER, AT(key_result), .min = 1, .max = 10,
     .help = "which of the objective's, from 1; for okr_kr_progress 1 if not given"},
    {"kpis", YAML_KIND_OWN, AT(kpis), .read = config_read_texts, .schema = config_texts_schema,
     .help = "the columns of a table"},
    {"by", YAML_KIND_TEXT, AT(by), .help = "what the rows of a table are: queue, team, channel, …"},
    {"rows", YAML_KIND_OWN, AT(rows), .read = config_read_texts, .schema = config_texts_schema,
     .help = "which rows, in this order; those that the figures name if not given"},
    {"sort", YAML_KIND_CHOICE, AT(sort), .choices = sorts, .help = "name, or worst: the worst rows first"},
    {"bars", YAML_KIND_CHOICE, AT(bars), .choices = bar_steps,
     .help = "what stands side by side in a bar: hours of today, days (four weeks) or weeks (twelve) from "
             "the history"},
    {"limit", YAML_KIND_INTEGER, AT(limit), .min = 1, .max = 200, .help = "how many rows at most"},
    {"file", YAML_KIND_TEXT, AT(file), .help = "actions and verbatims of a list; read again when it changes"},
    {"text", YAML_KIND_TEXT, AT(text), .help = "what a text says"},
    {"author", YAML_KIND_TEXT, AT(author), .help = "who says it: a role"},
    {"from", YAML_KIND_TEXT, AT(from), .help = "from when a text is shown: a day or 2026-11-30T09:00"},
    {"until", YAML_KIND_TEXT, AT(until), .help = "until when; of a countdown also a time of day, 18:00"},
    {"minutes", YAML_KIND_INTEGER, AT(minutes), .min = 1, .max = 1440,
     .help = "how long a countdown lasts from when its page comes up"},
    {"image", YAML_KIND_TEXT, AT(image), .help = "a PNG in place of a text's words"},
    {"rule", YAML_KIND_RECORD, AT(rule), .table = &config_tile_rule_table,
     .help = "thresholds for this tile alone"},
};
#undef AT
static const struct yaml_table tile_table = {"a tile", sizeof(struct tile_entry), &tile_defaults, tile_fields,
                                             COUNT(tile_fields)};

#define AT(member) offsetof(struct page_entry, member)
static const struct yaml_field page_fields[] = {
    {"id", YAML_KIND_TEXT, AT(id), .help = "page1, page2, … if not given"},
    {"title", YAML_KIND_TEXT, AT(title), .help = "the question that the page answers"},
    {"grid", YAML_KIND_SIZE, AT(grid), .min = 1, .max = GRID_MOST,
     .help = "columns x rows (3x2); what the tiles need if not given"},
    {"when", YAML_KIND_RECORD, AT(when), .table = &config_when_table,
     .help = "days and hours at which the page comes up by itself; always if not given"},
    {"tiles", YAML_KIND_RECORDS, AT(tiles), .required = true, .table = &tile_table, .most = 24,
     .beyond = "fit a page, make several pages", .help = "at least one tile"},
};
#undef AT
const struct yaml_table config_page_table = {"a page", sizeof(struct page_entry), NULL, page_fields,
                                             COUNT(page_fields)};

/* ---- tile types ---- */

static bool listed(const char *const *names, const char *name)
{
    for (size_t i = 0; names[i]; i++)
        if (text_equal(names[i], name))
            return true;
    return false;
}

/* The catalogue calls what is drawn as a ribbon of days a calendar, and a list a text. */
static const char *default_type(const struct kpi *kpi)
{
    const char *display = kpi && kpi->display ? kpi->display : "number";
    if (text_equal(display, "calendar"))
        return "ribbon";
    if (text_equal(display, "text"))
        return "list";
    return tile_type_known(display) ? display : "number";
}

static const char *tile_type(struct config_reading *reading, const struct tile_entry *entry,
                             const struct kpi *kpi)
{
    if (!entry->type)
        return default_type(kpi);
    if (tile_type_known(entry->type))
        return entry->type;
    const char *hint = yaml_did_you_mean(reading->yaml, entry->type, tile_type_names());
    yaml_error(reading->yaml, &entry->place, "type", "there is no tile type \"%s\"%s",
               yaml_shown(reading->yaml, entry->type),
               *hint ? hint : "; write number, gauge, bar or sparkline");
    return "number";
}

/* ---- what may be shown where ---- */

static void check_privacy(struct config_reading *reading, const struct tile_entry *entry,
                          struct tile_settings *tile)
{
    const struct kpi *kpi = tile->kpi;
    struct error error = {""};
    if (text_equal(kpi->privacy, "personal_opt_in"))
        config_podium_build(reading, entry, tile);
    else if (!config_kpi_allowed(reading, kpi, &error))
        yaml_error(reading->yaml, &entry->place, "kpi", "%s; take it away or set screen: {zone: %s}",
                   error.text, text_equal(kpi->privacy, "management_only") ? "desk" : "floor");
}

/* Speed and productivity, which are never shown alone (R06). */
static bool is_efficiency(const struct kpi *kpi)
{
    static const char *const families[] = {"handling", "ticket"};
    if (!kpi->pair_with)
        return false;
    if (text_equal(kpi->family, "agents") || text_equal(kpi->family, "outbound") ||
        text_equal(kpi->family, "own"))
        return true;
    for (size_t i = 0; i < COUNT(families); i++)
        if (text_equal(kpi->family, families[i]) && kpi->unit == UNIT_SECONDS)
            return true;
    return false;
}

static bool page_shows(const struct page_settings *page, const char *kpi_id)
{
    for (size_t i = 0; i < page->tile_count; i++)
        if (page->tiles[i].kpi && strcmp(page->tiles[i].kpi->id, kpi_id) == 0)
            return true;
    return false;
}

static void check_counterparts(struct config_reading *reading, const struct page_entry *entry,
                               const struct page_settings *page)
{
    const struct tile_entry *tiles = entry->tiles.items;
    for (size_t i = 0; i < page->tile_count; i++) {
        const struct kpi *kpi = page->tiles[i].kpi;
        if (kpi && is_efficiency(kpi) && !page_shows(page, kpi->pair_with))
            yaml_warning(reading->yaml, &tiles[i].place, "kpi",
                         "%s measures speed and stands alone; add its counterpart %s to this page", kpi->id,
                         kpi->pair_with);
    }
}

/* ---- a tile ---- */

static bool id_taken(const struct config_reading *reading, const struct page_settings *page, const char *id)
{
    const struct board_settings *board = &reading->config->board;
    for (size_t p = 0; p < board->page_count; p++)
        for (size_t t = 0; t < board->pages[p].tile_count; t++)
            if (text_equal(board->pages[p].tiles[t].id, id))
                return true;
    for (size_t t = 0; t < page->tile_count; t++)
        if (text_equal(page->tiles[t].id, id))
            return true;
    return false;
}

/* Tiles written with an id have it; the others are called after their KPI, with a number where needed. */
static bool id_written(const struct yaml_list *pages, const char *id)
{
    const struct page_entry *page = pages->items;
    for (size_t p = 0; p < pages->count; p++) {
        const struct tile_entry *tiles = page[p].tiles.items;
        for (size_t t = 0; t < page[p].tiles.count; t++)
            if (text_equal(tiles[t].id, id))
                return true;
    }
    return false;
}

static const char *tile_id(struct config_reading *reading, const struct yaml_list *pages,
                           const struct page_settings *page, const struct tile_entry *entry)
{
    if (entry->id && id_taken(reading, page, entry->id))
        yaml_error(reading->yaml, &entry->place, "id", "another tile has the id \"%s\" already",
                   yaml_shown(reading->yaml, entry->id));
    if (entry->id)
        return entry->id;
    const char *name = entry->kpi ? entry->kpi : entry->type ? entry->type : "tile", *id = name;
    for (int number = 2; id_taken(reading, page, id) || id_written(pages, id); number++)
        id = arena_format(reading->config->arena, "%s-%d", name, number);
    return id;
}

static void complain_of_source(struct config_reading *reading, const struct tile_entry *entry)
{
    const struct board_settings *board = &reading->config->board;
    const char **names = memory_create(board->source_count + 1, sizeof *names);
    for (size_t i = 0; i < board->source_count; i++)
        names[i] = board->source_names[i];
    yaml_error(reading->yaml, &entry->place, "source", "there is no source \"%s\"%s",
               yaml_shown(reading->yaml, entry->source),
               yaml_did_you_mean(reading->yaml, entry->source, names));
    free(names);
}

static void check_source(struct config_reading *reading, const struct tile_entry *entry,
                         const struct tile_settings *tile)
{
    const struct source_settings *source =
        entry->source ? config_source(reading->config, entry->source) : NULL;
    if (entry->source && !source)
        complain_of_source(reading, entry);
    else if (tile->kpi)
        config_age_check(reading, &entry->place, tile, source);
}

static void build_period(struct config_reading *reading, const struct tile_entry *entry,
                         struct tile_settings *tile)
{
    static const char *names[PERIOD_COUNT + 1];
    for (int period = 0; period < PERIOD_COUNT; period++)
        names[period] = period_name((enum period)period);
    tile->has_period = period_parse(entry->window, &tile->period);
    if (tile->has_period)
        return;
    const char *hint = yaml_did_you_mean(reading->yaml, entry->window, names);
    yaml_error(reading->yaml, &entry->place, "window", "there is no window \"%s\"%s",
               yaml_shown(reading->yaml, entry->window),
               *hint ? hint : "; write now, 15m, 30m, 60m, today, day, week or month");
}

static void build_sl_variant(struct config_reading *reading, const struct tile_entry *entry,
                             struct tile_settings *tile)
{
    tile->has_sl_variant = service_level_parse(entry->sl_variant, &tile->sl_variant);
    if (tile->kpi && !text_equal(tile->kpi->id, "service_level"))
        yaml_warning(reading->yaml, &entry->place, "sl_variant",
                     "%s is not counted in variants; leave this out, it is for service_level", tile->kpi->id);
}

/* A table, a text, a clock: what they have in place of a KPI. */
static const struct kpi *own_content(struct config_reading *reading, const struct tile_entry *entry)
{
    enum dim by = DIM_QUEUE;
    if (entry->by && !dim_parse(entry->by, &by))
        by = DIM_QUEUE; /* told where the table is built */
    const struct kpi *content = content_kpi(entry->type, by);
    if (content && entry->kpi)
        yaml_error(reading->yaml, &entry->place, "kpi", "a %s has no kpi of its own%s", entry->type,
                   text_equal(entry->type, "table") ? "; write kpis: [service_level, …]" : "; take it away");
    return content;
}

/* What a type stands for where it names no KPI. */
static const char *usual_kpi(const char *type)
{
    static const struct {
        const char *type, *kpi;
    } rows[] = {{"okr", "okr_objective_score"},
                {"list", "huddle_actions_open"},
                {"leaderboard", "leaderboard_teams"}};
    for (size_t i = 0; i < COUNT(rows); i++)
        if (text_equal(rows[i].type, type))
            return rows[i].kpi;
    return NULL;
}

static const struct kpi *tile_kpi(struct config_reading *reading, const struct tile_entry *entry)
{
    const struct kpi *content = own_content(reading, entry);
    const char *id = entry->kpi ? entry->kpi : usual_kpi(entry->type);
    if (content)
        return content;
    if (id)
        return config_kpi_find(reading, &entry->place, id);
    yaml_error(reading->yaml, &entry->place, NULL, "kpi: is missing; the id of a KPI, like service_level");
    return NULL;
}

/* ---- names ---- */

enum { LABEL_LONGEST = 48 }; /* the catalogue's own have 47 at most */

/* Hebrew, Arabic and their neighbours, the presentation forms, and what turns the direction. */
static bool is_from_the_right(uint32_t letter)
{
    static const struct {
        uint32_t from, to;
    } rows[] = {{0x0590, 0x08FF}, {0x200F, 0x200F}, {0x202B, 0x202B},   {0x202E, 0x202E},  {0x2067, 0x2067},
                {0xFB1D, 0xFDFF}, {0xFE70, 0xFEFC}, {0x10800, 0x10FFF}, {0x1E800, 0x1EFFF}};
    for (size_t i = 0; i < COUNT(rows); i++)
        if (letter >= rows[i].from && letter <= rows[i].to)
            return true;
    return false;
}

/* What the wall cannot write so that it is read is refused here, not cut or turned round there. */
static void check_label(struct config_reading *reading, const struct tile_entry *entry)
{
    const char *label = entry->label ? entry->label : "";
    if (utf8_length(label) > LABEL_LONGEST)
        yaml_error(reading->yaml, &entry->place, "label", "has %zu characters, and a tile has room for %d",
                   utf8_length(label), LABEL_LONGEST);
    for (const char *rest = label; *rest;) {
        if (!is_from_the_right(utf8_next(&rest)))
            continue;
        yaml_error(reading->yaml, &entry->place, "label",
                   "is written from right to left, which the wall does for plain names out of a source only; "
                   "write it in Latin letters");
        return;
    }
}

/* Where a type only makes sense with certain KPIs. */
static void check_type(struct config_reading *reading, const struct tile_entry *entry,
                       const struct tile_settings *tile)
{
    static const struct {
        const char *type, *kpis[4];
    } rows[] = {{"okr", {"okr_objective_score", "okr_kr_progress", "okr_pace"}},
                {"list", {"huddle_actions_open", "verbatim_feed"}},
                {"leaderboard", {"leaderboard_teams", "leaderboard_agents"}}};
    for (size_t i = 0; i < COUNT(rows); i++) {
        if (!text_equal(rows[i].type, tile->type) || !tile->kpi || listed(rows[i].kpis, tile->kpi->id))
            continue;
        yaml_error(reading->yaml, &entry->place, "type", "%s is not shown as %s; write kpi: %s",
                   tile->kpi->id, tile->type, rows[i].kpis[0]);
    }
}

static void build_content(struct config_reading *reading, const struct tile_entry *entry,
                          struct tile_settings *tile)
{
    static const struct {
        const char *type;
        void (*build)(struct config_reading *reading, const struct tile_entry *entry,
                      struct tile_settings *tile);
    } rows[] = {{"table", config_table_build},
                {"list", config_list_build},
                {"text", config_text_build},
                {"countdown", config_countdown_build}};
    tile->ends_minute = -1;
    for (size_t i = 0; i < COUNT(rows); i++)
        if (text_equal(rows[i].type, tile->type))
            rows[i].build(reading, entry, tile);
    if (tile->kpi && text_equal(tile->kpi->id, "leaderboard_teams"))
        config_ranking_build(reading, tile->kpi, tile);
}

/* A key that the type does not look at is a mistake, not a wish. */
static void check_keys(struct config_reading *reading, const struct tile_entry *entry,
                       const struct tile_settings *tile)
{
    static const struct {
        const char *key, *types[3];
    } rows[] = {{"kpis", {"table"}}, {"by", {"table"}},          {"rows", {"table"}},
                {"sort", {"table"}}, {"limit", {"table"}},       {"file", {"list"}},
                {"text", {"text"}},  {"author", {"text"}},       {"from", {"text"}},
                {"image", {"text"}}, {"minutes", {"countdown"}}, {"until", {"text", "countdown"}},
                {"bars", {"bar"}}};
    for (size_t i = 0; i < COUNT(rows); i++)
        if (yaml_member(entry->place.node, rows[i].key) && !listed(rows[i].types, tile->type))
            yaml_error(reading->yaml, &entry->place, rows[i].key, "is for tiles of type %s, not for a %s",
                       rows[i].types[0], tile->type);
}

static void build_bars(struct config_reading *reading, const struct tile_entry *entry,
                       struct tile_settings *tile)
{
    for (int step = BAR_HOUR; bar_steps[step]; step++)
        if (text_equal(bar_steps[step], entry->bars))
            tile->bars = (enum bar_step)step;
    if (tile->bars == BAR_HOUR || !tile->kpi || record_has_days(tile))
        return;
    yaml_error(reading->yaml, &entry->place, "bars",
               "%s of %s cannot stand side by side: only a count or a rate since midnight has days; write "
               "window: today, or leave bars: out",
               entry->bars, tile->kpi->id);
    tile->bars = BAR_HOUR;
}

static void build_tile(struct config_reading *reading, const struct tile_entry *entry,
                       struct tile_settings *tile)
{
    tile->kpi = tile_kpi(reading, entry);
    tile->type = tile_type(reading, entry, tile->kpi);
    check_type(reading, entry, tile);
    check_keys(reading, entry, tile);
    tile->label = entry->label;
    check_label(reading, entry);
    tile->source = entry->source;
    tile->where = entry->where;
    tile->columns = entry->span.columns ? entry->span.columns : 1;
    tile->rows = entry->span.rows ? entry->span.rows : 1;
    tile->rule = rule_settings_inherited();
    if (entry->rule.place.node)
        tile->rule = config_rule_make(reading, &entry->rule, tile->kpi);
    build_content(reading, entry, tile);
    tile->objective = entry->objective;
    tile->key_result = entry->key_result;
    if (entry->objective > (int)reading->config->board.objective_count)
        yaml_error(reading->yaml, &entry->place, "objective", "okr: has %zu objectives, there is no %d",
                   reading->config->board.objective_count, entry->objective);
    check_source(reading, entry, tile);
    if (entry->window)
        build_period(reading, entry, tile);
    if (entry->bars)
        build_bars(reading, entry, tile);
    if (entry->sl_variant)
        build_sl_variant(reading, entry, tile);
    if (tile->kpi)
        check_privacy(reading, entry, tile);
}

/* ---- the grid ---- */

/* Which cells of a grid are taken. */
struct cells {
    int columns, rows;
    bool taken[GRID_MOST][GRID_MOST];
};

static bool room_at(const struct cells *cells, const struct tile_settings *tile, int column, int row)
{
    if (column + tile->columns > cells->columns || row + tile->rows > cells->rows)
        return false;
    for (int y = row; y < row + tile->rows; y++)
        for (int x = column; x < column + tile->columns; x++)
            if (cells->taken[y][x])
                return false;
    return true;
}

static void take_room(struct cells *cells, const struct tile_settings *tile, int column, int row)
{
    for (int y = row; y < row + tile->rows; y++)
        for (int x = column; x < column + tile->columns; x++)
            cells->taken[y][x] = true;
}

/* Tiles go to the first place with room, line by line, as on the wall. */
static bool place_tile(struct cells *cells, const struct tile_settings *tile)
{
    for (int row = 0; row < cells->rows; row++)
        for (int column = 0; column < cells->columns; column++)
            if (room_at(cells, tile, column, row)) {
                take_room(cells, tile, column, row);
                return true;
            }
    return false;
}

/* How many of the page's tiles, from the first on, find a place. */
static size_t tiles_that_fit(const struct page_settings *page, int columns, int rows)
{
    struct cells cells = {.columns = columns, .rows = rows};
    size_t fit = 0;
    while (fit < page->tile_count && place_tile(&cells, &page->tiles[fit]))
        fit++;
    return fit;
}

bool config_page_has_room(const struct page_settings *page)
{
    return tiles_that_fit(page, page->columns, page->rows) == page->tile_count;
}

/* Wide screens: the columns grow first. */
static const struct yaml_size usual_grids[] = {{1, 1}, {2, 1}, {2, 2}, {3, 2}, {4, 2}, {3, 3},  {4, 3},
                                               {4, 4}, {5, 4}, {6, 4}, {8, 5}, {8, 8}, {12, 12}};

static struct yaml_size usual_grid(const struct page_settings *page)
{
    size_t i = 0;
    while (i + 1 < COUNT(usual_grids) &&
           tiles_that_fit(page, usual_grids[i].columns, usual_grids[i].rows) < page->tile_count)
        i++;
    return usual_grids[i];
}

static void build_grid(struct config_reading *reading, const struct page_entry *entry,
                       struct page_settings *page)
{
    struct yaml_size grid = entry->grid.columns ? entry->grid : usual_grid(page);
    page->columns = grid.columns;
    page->rows = grid.rows;
    size_t fit = tiles_that_fit(page, grid.columns, grid.rows);
    if (fit == page->tile_count)
        return;
    const struct tile_settings *out = &page->tiles[fit]; /* the first that finds no place */
    const struct tile_entry *entries = entry->tiles.items;
    if (out->columns > grid.columns || out->rows > grid.rows)
        yaml_error(reading->yaml, &entries[fit].place, "span", "%dx%d is larger than the whole grid, %dx%d",
                   out->columns, out->rows, grid.columns, grid.rows);
    else
        yaml_error(reading->yaml, &entries[fit].place, NULL,
                   "the grid %dx%d has room for the first %zu of %zu tiles; enlarge grid:, shrink a span, or "
                   "move tiles to another page",
                   grid.columns, grid.rows, fit, page->tile_count);
}

/* ---- a page ---- */

static void check_tile_count(struct config_reading *reading, const struct page_entry *entry)
{
    size_t count = entry->tiles.count;
    if (count == 0 && yaml_member(entry->place.node, "tiles"))
        yaml_error(reading->yaml, &entry->place, "tiles", "a page shows at least one tile");
    else if (count > COMFORTABLE_TILES && !entry->tiles.left_out)
        yaml_warning(reading->yaml, &entry->place, "tiles",
                     "%zu tiles; more than %d are not taken in at a glance, make several pages", count,
                     COMFORTABLE_TILES);
}

static const char *page_id(struct config_reading *reading, const struct page_entry *entry)
{
    const struct board_settings *board = &reading->config->board;
    const char *id =
        entry->id ? entry->id : arena_format(reading->config->arena, "page%zu", board->page_count + 1);
    for (size_t i = 0; i < board->page_count; i++)
        if (text_equal(board->pages[i].id, id))
            yaml_error(reading->yaml, &entry->place, "id", "pages[%zu] has the id \"%s\" already", i,
                       yaml_shown(reading->yaml, id));
    return id;
}

static void build_page(struct config_reading *reading, const struct yaml_list *pages,
                       const struct page_entry *entry, struct page_settings *page)
{
    const struct tile_entry *tiles = entry->tiles.items;
    size_t count = entry->tiles.count;
    page->id = page_id(reading, entry);
    page->title = entry->title ? entry->title : reading->config->title;
    page->when = config_when_make(reading, &entry->when);
    page->tiles = arena_take(reading->config->arena, count, sizeof *page->tiles);
    for (size_t i = 0; i < count; i++) {
        build_tile(reading, &tiles[i], &page->tiles[i]);
        page->tiles[i].id = tile_id(reading, pages, page, &tiles[i]);
        page->tile_count = i + 1;
        config_answer_check(reading, &tiles[i], &page->tiles[i]);
    }
    check_tile_count(reading, entry);
    build_grid(reading, entry, page);
    check_counterparts(reading, entry, page);
}

void config_pages_build(struct config_reading *reading, const struct yaml_list *entries)
{
    struct board_settings *board = &reading->config->board;
    const struct page_entry *all = entries->items;
    if (entries->count == 0 && yaml_member(reading->root.node, "pages"))
        yaml_error(reading->yaml, &reading->root, "pages", "a board shows at least one page");
    board->pages = arena_take(reading->config->arena, entries->count, sizeof *board->pages);
    for (size_t i = 0; i < entries->count; i++) {
        build_page(reading, entries, &all[i], &board->pages[i]);
        board->page_count = i + 1;
    }
}
