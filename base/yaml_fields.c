/*
 * Reading by tables: one function a kind, chosen by the row.
 */
#include "base/yaml.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/memory.h"

/* One value that is to be read: the row it belongs to, the node, the place in the struct. */
struct slot {
    const struct yaml_field *field;
    const struct yaml_node *node;
    const char *path;
    void *target;
};

typedef void read_kind(struct yaml_reader *reader, const struct slot *slot);

/* "80,5 %", as one writes in French. */
static bool has_decimal_comma(const char *text)
{
    const char *comma = text ? strchr(text, ',') : NULL;
    return comma && comma > text && isdigit((unsigned char)comma[-1]) && isdigit((unsigned char)comma[1]);
}

static void complain(struct yaml_reader *reader, const struct slot *slot, const char *wanted)
{
    struct yaml_place place = {.node = slot->node, .path = slot->path};
    static const char *const shapes[] = {[YAML_LIST] = "a list", [YAML_MAP] = "a map of keys"};
    if (slot->node->shape == YAML_SCALAR)
        yaml_error(reader, &place, NULL, "\"%s\" is not %s%s", yaml_shown(reader, slot->node->text), wanted,
                   has_decimal_comma(slot->node->text) ? "; write a decimal point, not a comma" : "");
    else
        yaml_error(reader, &place, NULL, "%s is due here, not %s", wanted, shapes[slot->node->shape]);
}

static const char *scalar(const struct slot *slot)
{
    return slot->node->shape == YAML_SCALAR ? slot->node->text : NULL;
}

/* A bound in the words of the kind: "1d", "12 %", "100". */
static const char *bound(struct yaml_reader *reader, enum yaml_kind kind, double value)
{
    static const struct {
        double ms;
        const char *unit;
    } units[] = {{86400000, "d"}, {3600000, "h"}, {60000, "m"}, {1000, "s"}};
    if (kind != YAML_KIND_DURATION)
        return arena_format(yaml_arena(reader), kind == YAML_KIND_PERCENT ? "%g %%" : "%g", value);
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (value > 0 && fmod(value, units[i].ms) == 0)
            return arena_format(yaml_arena(reader), "%g%s", value / units[i].ms, units[i].unit);
    return arena_format(yaml_arena(reader), "%gms", value);
}

static bool in_range(struct yaml_reader *reader, const struct slot *slot, double value)
{
    const struct yaml_field *field = slot->field;
    if (field->min >= field->max || (value >= field->min && value <= field->max))
        return true;
    struct yaml_place place = {.node = slot->node, .path = slot->path};
    yaml_error(reader, &place, NULL, "%s is %s than %s", yaml_shown(reader, slot->node->text),
               value < field->min ? "less" : "more",
               bound(reader, field->kind, value < field->min ? field->min : field->max));
    return false;
}

static void read_text(struct yaml_reader *reader, const struct slot *slot)
{
    const char *text = scalar(slot);
    if (!text) {
        complain(reader, slot, "a text");
        return;
    }
    *(const char **)slot->target = text;
}

static void read_number(struct yaml_reader *reader, const struct slot *slot)
{
    double value;
    if (!scalar(slot) || !yaml_parse_number(scalar(slot), &value)) {
        complain(reader, slot, "a number (like 12 or 12.5)");
        return;
    }
    if (in_range(reader, slot, value))
        *(double *)slot->target = value;
}

static void read_integer(struct yaml_reader *reader, const struct slot *slot)
{
    double value;
    if (!scalar(slot) || !yaml_parse_number(scalar(slot), &value) || value != floor(value) ||
        fabs(value) > 1e9) {
        complain(reader, slot, "a whole number");
        return;
    }
    if (in_range(reader, slot, value))
        *(int *)slot->target = (int)value;
}

static void read_bool(struct yaml_reader *reader, const struct slot *slot)
{
    static const struct {
        const char *word;
        bool value;
    } words[] = {{"true", true}, {"false", false}, {"yes", true},
                 {"no", false},  {"on", true},     {"off", false}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (text_equal(scalar(slot), words[i].word)) {
            *(bool *)slot->target = words[i].value;
            return;
        }
    complain(reader, slot, "true or false");
}

static void read_duration(struct yaml_reader *reader, const struct slot *slot)
{
    int64_t duration_ms;
    if (!scalar(slot) || !yaml_parse_duration(scalar(slot), &duration_ms)) {
        complain(reader, slot, "a duration (30s, 5m, 8h, 2d, or a number of seconds)");
        return;
    }
    if (in_range(reader, slot, (double)duration_ms))
        *(int64_t *)slot->target = duration_ms;
}

static void read_percent(struct yaml_reader *reader, const struct slot *slot)
{
    double value;
    enum yaml_unit unit;
    if (!scalar(slot) || !yaml_parse_quantity(scalar(slot), &value, &unit) || unit == YAML_UNIT_SECONDS) {
        complain(reader, slot, "a percentage (80 or 80 %)");
        return;
    }
    if (in_range(reader, slot, value))
        *(double *)slot->target = value;
}

static const char *listed(const char *const *choices, struct text *text)
{
    for (size_t i = 0; choices[i]; i++)
        text_append_format(text, "%s%s", i == 0 ? "" : choices[i + 1] ? ", " : " or ", choices[i]);
    return text_bytes(text);
}

static void read_choice(struct yaml_reader *reader, const struct slot *slot)
{
    const char *const *choices = slot->field->choices;
    for (size_t i = 0; choices[i]; i++)
        if (text_equal(scalar(slot), choices[i])) {
            *(const char **)slot->target = choices[i];
            return;
        }
    struct text text = {0};
    complain(reader, slot, listed(choices, &text));
    text_finish(&text);
}

static void read_size(struct yaml_reader *reader, const struct slot *slot)
{
    struct yaml_size size;
    if (!scalar(slot) || !yaml_parse_size(scalar(slot), &size)) {
        complain(reader, slot, "a size in columns and rows (3x2)");
        return;
    }
    if (in_range(reader, slot, size.columns) && in_range(reader, slot, size.rows))
        *(struct yaml_size *)slot->target = size;
}

static bool read_band(const struct yaml_node *list, struct yaml_limit *limit)
{
    enum yaml_unit low_unit, high_unit;
    if (list->count != 2 || !list->items[0]->text || !list->items[1]->text)
        return false;
    if (!yaml_parse_quantity(list->items[0]->text, &limit->low, &low_unit) ||
        !yaml_parse_quantity(list->items[1]->text, &limit->high, &high_unit))
        return false;
    limit->unit = low_unit == YAML_UNIT_BARE ? high_unit : low_unit;
    limit->given = limit->is_band = true;
    return low_unit == high_unit || low_unit == YAML_UNIT_BARE || high_unit == YAML_UNIT_BARE;
}

static void read_limit(struct yaml_reader *reader, const struct slot *slot)
{
    struct yaml_limit limit = {.low = NAN, .high = NAN};
    bool understood = false;
    if (slot->node->shape == YAML_LIST) {
        understood = read_band(slot->node, &limit);
    } else if (scalar(slot)) {
        limit.given = true;
        understood = yaml_parse_quantity(scalar(slot), &limit.low, &limit.unit);
    }
    if (understood)
        *(struct yaml_limit *)slot->target = limit;
    else
        complain(reader, slot, "a limit: a number (80, 80 %, 2m) or a band [low, high]");
}

static void read_text_map(struct yaml_reader *reader, const struct slot *slot)
{
    const struct yaml_node *map = slot->node;
    if (map->shape != YAML_MAP) {
        complain(reader, slot, "a map of names and texts");
        return;
    }
    struct yaml_text_map *texts = slot->target;
    texts->names = arena_take(yaml_arena(reader), map->count, sizeof *texts->names);
    texts->values = arena_take(yaml_arena(reader), map->count, sizeof *texts->values);
    for (size_t i = 0; i < map->count; i++) {
        if (map->items[i]->shape != YAML_SCALAR || !map->items[i]->text) {
            struct yaml_place place = {.node = map, .path = slot->path};
            yaml_error(reader, &place, map->keys[i]->text, "a text is due here");
            continue;
        }
        texts->names[texts->count] = map->keys[i]->text;
        texts->values[texts->count++] = map->items[i]->text;
    }
}

static void read_record(struct yaml_reader *reader, const struct slot *slot)
{
    yaml_read(reader, slot->node, slot->path, slot->field->table, slot->target);
}

static void refuse_more(struct yaml_reader *reader, const struct slot *slot)
{
    const struct yaml_field *field = slot->field;
    struct yaml_place place = {.node = slot->node, .path = slot->path};
    yaml_error(reader, &place, NULL, "%zu entries; at most %zu%s%s", slot->node->count, field->most,
               field->beyond ? " " : "", field->beyond ? field->beyond : "");
}

/* A list may be as long as a file; what comes of it may not. */
static void set_count(struct yaml_reader *reader, const struct slot *slot, struct yaml_list *list)
{
    size_t most = slot->field->most;
    list->count = slot->node->count;
    if (most == 0 || list->count <= most)
        return;
    list->left_out = list->count - most;
    list->count = most;
    refuse_more(reader, slot);
}

static void read_records(struct yaml_reader *reader, const struct slot *slot)
{
    const struct yaml_table *table = slot->field->table;
    struct yaml_list *list = slot->target;
    if (slot->node->shape != YAML_LIST) {
        complain(reader, slot, "a list (lines that begin with \"- \", or [ ])");
        return;
    }
    set_count(reader, slot, list);
    list->items = arena_take(yaml_arena(reader), list->count, table->size);
    for (size_t i = 0; i < list->count; i++)
        yaml_read(reader, slot->node->items[i], arena_format(yaml_arena(reader), "%s[%zu]", slot->path, i),
                  table, (char *)list->items + i * table->size);
}

/* ---- a value as JSON ---- */

/* The numbers of JSON, which are fewer than YAML's: 007 and .5 are texts. */
static bool is_json_number(const char *text)
{
    const char *c = text + (*text == '-');
    size_t whole = strspn(c, "0123456789");
    if (whole == 0 || (whole > 1 && *c == '0'))
        return false;
    c += whole;
    if (*c == '.') {
        size_t decimals = strspn(++c, "0123456789");
        if (decimals == 0)
            return false;
        c += decimals;
    }
    if (*c == 'e' || *c == 'E') {
        c += c[1] == '+' || c[1] == '-' ? 2 : 1;
        size_t digits = strspn(c, "0123456789");
        if (digits == 0)
            return false;
        c += digits;
    }
    return *c == '\0';
}

static void write_scalar(struct text *out, const struct yaml_node *node)
{
    bool plain = node->text && !node->quoted;
    if (!node->text)
        text_append(out, "null");
    else if (plain && (strcmp(node->text, "true") == 0 || strcmp(node->text, "false") == 0))
        text_append(out, node->text);
    else if (plain && is_json_number(node->text))
        text_append(out, node->text);
    else
        json_write_text(out, node->text);
}

/* Plain numbers, true and false as such, everything else as texts. */
static void write_json(struct text *out, const struct yaml_node *node)
{
    if (node->shape == YAML_SCALAR) {
        write_scalar(out, node);
        return;
    }
    bool is_map = node->shape == YAML_MAP;
    text_append(out, is_map ? "{" : "[");
    for (size_t i = 0; i < node->count; i++) {
        if (i)
            text_append(out, ",");
        if (is_map) {
            json_write_text(out, node->keys[i]->text);
            text_append(out, ":");
        }
        write_json(out, node->items[i]);
    }
    text_append(out, is_map ? "}" : "]");
}

static void read_json(struct yaml_reader *reader, const struct slot *slot)
{
    struct text text = {0};
    write_json(&text, slot->node);
    *(const char **)slot->target = arena_copy_text(yaml_arena(reader), text_bytes(&text));
    text_finish(&text);
}

static void read_any(struct yaml_reader *reader, const struct slot *slot)
{
    (void)reader;
    *(const struct yaml_node **)slot->target = slot->node;
}

static void read_own(struct yaml_reader *reader, const struct slot *slot)
{
    slot->field->read(reader, slot->node, slot->path, slot->target);
}

static read_kind *const readers[YAML_KIND_COUNT] = {
    [YAML_KIND_TEXT] = read_text,         [YAML_KIND_NUMBER] = read_number,
    [YAML_KIND_INTEGER] = read_integer,   [YAML_KIND_BOOL] = read_bool,
    [YAML_KIND_DURATION] = read_duration, [YAML_KIND_PERCENT] = read_percent,
    [YAML_KIND_CHOICE] = read_choice,     [YAML_KIND_SIZE] = read_size,
    [YAML_KIND_LIMIT] = read_limit,       [YAML_KIND_TEXT_MAP] = read_text_map,
    [YAML_KIND_RECORD] = read_record,     [YAML_KIND_RECORDS] = read_records,
    [YAML_KIND_JSON] = read_json,         [YAML_KIND_ANY] = read_any,
    [YAML_KIND_OWN] = read_own,
};

/* ---- a record ---- */

static const struct yaml_field *field_of(const struct yaml_table *table, const char *key)
{
    for (size_t i = 0; i < table->count; i++)
        if (strcmp(table->fields[i].key, key) == 0)
            return &table->fields[i];
    return NULL;
}

static void complain_unknown(struct yaml_reader *reader, const struct yaml_table *table,
                             const struct yaml_node *key, const char *path)
{
    const char **names = memory_create(table->count + 1, sizeof *names);
    for (size_t i = 0; i < table->count; i++)
        names[i] = table->fields[i].key;
    struct yaml_node here = {.line = key->line, .column = key->column};
    struct yaml_place place = {.node = &here, .path = path};
    const char *advice = yaml_did_you_mean(reader, key->text, names);
    if (key->text && isdigit((unsigned char)key->text[0])) /* what is left of "{warn: 80,5 %}" */
        advice = "; if it belongs to the number before it, write a decimal point, not a comma";
    yaml_error(reader, &place, key->text, "%s has no key \"%s\"%s", table->what,
               yaml_shown(reader, key->text), advice);
    free(names);
}

/* Room for the value of a field that has none in the struct because nothing acts on it yet. */
static void *spare_room(struct yaml_reader *reader, const struct yaml_field *field)
{
    size_t size = 64;
    if (field->kind == YAML_KIND_RECORD && field->table->size > size)
        size = field->table->size;
    return arena_take(yaml_arena(reader), 1, size);
}

static void read_field(struct yaml_reader *reader, const struct yaml_field *field,
                       const struct yaml_place *place, const struct yaml_node *value, void *record)
{
    const char *path =
        arena_format(yaml_arena(reader), "%s%s%s", place->path, *place->path ? "." : "", field->key);
    struct slot slot = {.field = field, .node = value, .path = path};
    slot.target = field->later ? spare_room(reader, field) : (char *)record + field->offset;
    readers[field->kind](reader, &slot);
}

static void read_member(struct yaml_reader *reader, const struct yaml_field *field,
                        const struct yaml_place *place, const struct yaml_node *value, void *record)
{
    if (value->shape == YAML_SCALAR && !value->text)
        return; /* "key:" with nothing behind it is as if it were not there */
    read_field(reader, field, place, value, record);
    if (field->later)
        yaml_warning_once(reader, field, place, field->key, "read, but not acted on in this version");
}

/* Of a key that comes twice (a problem noted already) only the first is read: fields are filled once. */
static void read_members(struct yaml_reader *reader, const struct yaml_table *table,
                         const struct yaml_place *place, void *record)
{
    const struct yaml_node *map = place->node;
    bool *read = memory_create(table->count, sizeof *read);
    for (size_t i = 0; i < map->count; i++) {
        const struct yaml_field *field = field_of(table, map->keys[i]->text);
        if (!field) {
            complain_unknown(reader, table, map->keys[i], place->path);
            continue;
        }
        if (!read[field - table->fields])
            read_member(reader, field, place, map->items[i], record);
        read[field - table->fields] = true;
    }
    free(read);
}

static void demand_required(struct yaml_reader *reader, const struct yaml_table *table,
                            const struct yaml_place *place)
{
    for (size_t i = 0; i < table->count; i++) {
        const struct yaml_field *field = &table->fields[i];
        if (field->required && !yaml_member(place->node, field->key))
            yaml_error(reader, place, NULL, "%s needs \"%s\": %s", table->what, field->key, field->help);
    }
}

void yaml_read(struct yaml_reader *reader, const struct yaml_node *node, const char *path,
               const struct yaml_table *table, void *record)
{
    if (table->defaults)
        memcpy(record, table->defaults, table->size);
    struct yaml_place *place = record;
    *place = (struct yaml_place){.node = node, .path = path};
    if (node->shape != YAML_MAP) {
        yaml_error(reader, place, NULL, "%s is written as keys and values (key: value)", table->what);
        return;
    }
    read_members(reader, table, place, record);
    demand_required(reader, table, place);
}
