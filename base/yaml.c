/*
 * The tree: libyaml's events become nodes, and what the tree must not hold is found on one walk.
 */
#include "base/yaml.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

#include "base/memory.h"
#include "base/utf8.h"

struct yaml_reader {
    struct arena *arena;
    struct yaml_problem *problems;
    size_t count, capacity;
    bool overflowed;
    const void **warned_about;
    size_t warned_count, warned_capacity;
};

struct yaml_reader *yaml_reader_create(struct arena *arena)
{
    struct yaml_reader *reader = memory_create(1, sizeof *reader);
    reader->arena = arena;
    return reader;
}

void yaml_reader_destroy(struct yaml_reader *reader)
{
    if (!reader)
        return;
    free(reader->problems);
    free(reader->warned_about);
    free(reader);
}

struct arena *yaml_arena(struct yaml_reader *reader)
{
    return reader->arena;
}

/* ---- problems ---- */

/* A message is one line, whatever word of the file it repeats. */
static char *without_control(char *text)
{
    for (char *c = text; *c; c++)
        if ((unsigned char)*c < 0x20 || *c == 0x7F)
            *c = ' ';
    return text;
}

/* Beyond the maximum only errors count, so that a flood of warnings cannot hide that the board is unusable.
 */
static void note(struct yaml_reader *reader, struct yaml_problem problem)
{
    if (reader->count >= YAML_MAX_PROBLEMS) {
        if (!problem.is_error || reader->overflowed)
            return;
        reader->overflowed = true;
        problem.text = "too many problems, the others are not listed; mend these first";
    }
    reader->problems = memory_grow(reader->problems, &reader->capacity, reader->count, sizeof problem);
    reader->problems[reader->count++] = problem;
}

static const char *format_text(struct arena *arena, const char *format, va_list arguments)
{
    char text[1024];
    vsnprintf(text, sizeof text, format, arguments);
    return without_control(arena_copy_bytes(arena, text, utf8_cut(text, strlen(text))));
}

static const struct yaml_node *value_at(const struct yaml_node *map, const char *key)
{
    if (!map || map->shape != YAML_MAP || !key)
        return NULL;
    for (size_t i = 0; i < map->count; i++)
        if (text_equal(map->keys[i]->text, key))
            return map->items[i];
    return NULL;
}

static void note_at(struct yaml_reader *reader, bool is_error, const struct yaml_place *place,
                    const char *key, const char *text)
{
    if (reader->overflowed)
        return;
    const struct yaml_node *node = value_at(place->node, key);
    if (!node)
        node = place->node;
    struct yaml_problem problem = {.is_error = is_error, .line = 1, .column = 1, .text = text};
    if (node) {
        problem.line = node->line;
        problem.column = node->column;
    }
    problem.key_path = key ? arena_format(reader->arena, "%s%s%s", place->path, *place->path ? "." : "",
                                          yaml_shown(reader, key))
                           : place->path;
    note(reader, problem);
}

void yaml_error(struct yaml_reader *reader, const struct yaml_place *place, const char *key,
                const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    note_at(reader, true, place, key, format_text(reader->arena, format, arguments));
    va_end(arguments);
}

void yaml_warning(struct yaml_reader *reader, const struct yaml_place *place, const char *key,
                  const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    note_at(reader, false, place, key, format_text(reader->arena, format, arguments));
    va_end(arguments);
}

static bool warned_before(struct yaml_reader *reader, const void *about)
{
    for (size_t i = 0; i < reader->warned_count; i++)
        if (reader->warned_about[i] == about)
            return true;
    reader->warned_about = memory_grow(reader->warned_about, &reader->warned_capacity, reader->warned_count,
                                       sizeof *reader->warned_about);
    reader->warned_about[reader->warned_count++] = about;
    return false;
}

void yaml_warning_once(struct yaml_reader *reader, const void *about, const struct yaml_place *place,
                       const char *key, const char *format, ...)
{
    if (warned_before(reader, about))
        return;
    va_list arguments;
    va_start(arguments, format);
    note_at(reader, false, place, key, format_text(reader->arena, format, arguments));
    va_end(arguments);
}

static int by_place(const void *left, const void *right)
{
    const struct yaml_problem *a = left, *b = right;
    if (a->line != b->line)
        return a->line < b->line ? -1 : 1;
    if (a->column != b->column)
        return a->column < b->column ? -1 : 1;
    return strcmp(a->text, b->text); /* qsort is not stable: give equals an order of their own */
}

const struct yaml_problem *yaml_problems(struct yaml_reader *reader, size_t *count)
{
    if (reader->count)
        qsort(reader->problems, reader->count, sizeof *reader->problems, by_place);
    *count = reader->count;
    return reader->problems;
}

const char *yaml_shown(struct yaml_reader *reader, const char *text)
{
    enum { LONGEST_BYTES = 48 };
    if (!text)
        return "nothing";
    size_t length = strlen(text);
    size_t cut = length > LONGEST_BYTES ? utf8_cut(text, LONGEST_BYTES) : length;
    return without_control(arena_format(reader->arena, "%.*s%s", (int)cut, text, cut < length ? "…" : ""));
}

const char *yaml_did_you_mean(struct yaml_reader *reader, const char *word, const char *const *names)
{
    bool wanted = word && reader->count < YAML_MAX_PROBLEMS; /* a flood of slips must not take minutes */
    const char *nearest = wanted ? text_nearest(word, names) : NULL;
    return nearest ? arena_format(reader->arena, "; did you mean \"%s\"?", nearest) : "";
}

/* ---- from events to nodes ---- */

struct tree {
    struct yaml_reader *reader;
    yaml_parser_t parser;
    const char *bytes; /* of the file, for places that libyaml gives as an offset only */
    bool failed;
};

static void fail(struct tree *tree, yaml_mark_t mark, const char *text)
{
    tree->failed = true;
    note(tree->reader, (struct yaml_problem){.is_error = true,
                                             .line = (int)mark.line + 1,
                                             .column = (int)mark.column + 1,
                                             .key_path = "",
                                             .text = text});
}

/* What libyaml says in its own terms, and what it nearly always means in a file written by hand. */
static const struct {
    const char *problem, *advice;
} common_slips[] = {
    {"found character that cannot start any token",
     "a value cannot begin with @, ` or %; put such a text in quotes"},
    {"mapping values are not allowed in this context",
     "there is a second \": \" where none is due; put a text with a colon in quotes, or check the "
     "indentation"},
    {"did not find expected key",
     "this line is indented differently from its neighbours, or something above is not closed"},
    {"did not find expected '-' indicator",
     "a list item is due here: begin it with \"- \" under the others, or indent the line like the one above"},
    {"could not find expected ':'", "a key without its \": \"; add it, or close the quotes above"},
    {"did not find expected ',' or ']'", "the [ above is not closed; add ] or a comma"},
    {"did not find expected ',' or '}'", "the { above is not closed; add } or a comma"},
    {"found unexpected end of stream", "the file ends inside quotes; close them"},
    {"control characters are not allowed", "there is a control character here; delete it"},
};

static const char *explain(struct yaml_reader *reader, const char *problem)
{
    if (!problem)
        problem = "unreadable";
    for (size_t i = 0; i < sizeof common_slips / sizeof *common_slips; i++)
        if (strcmp(problem, common_slips[i].problem) == 0)
            return arena_format(reader->arena, "not YAML: %s", common_slips[i].advice);
    return arena_format(reader->arena, "not YAML: %s; compare with the boards in assets/boards/", problem);
}

static yaml_mark_t mark_of_offset(const char *bytes, size_t offset)
{
    yaml_mark_t mark = {0};
    for (size_t i = 0; i < offset; i++) {
        mark.column++;
        if (bytes[i] != '\n')
            continue;
        mark.line++;
        mark.column = 0;
    }
    return mark;
}

/* To libyaml a tab is one of several characters that begin nothing, and it counts characters, not bytes. */
static bool stopped_at_tab(const struct tree *tree)
{
    const char *at = tree->bytes;
    if (tree->parser.error != YAML_SCANNER_ERROR)
        return false;
    for (size_t i = 0; i < tree->parser.problem_mark.index && *at; i++)
        utf8_next(&at);
    return *at == '\t';
}

static bool next_event(struct tree *tree, yaml_event_t *event)
{
    if (yaml_parser_parse(&tree->parser, event))
        return true;
    yaml_mark_t mark = tree->parser.problem_mark;
    if (tree->parser.error == YAML_READER_ERROR)
        mark = mark_of_offset(tree->bytes, tree->parser.problem_offset);
    if (stopped_at_tab(tree))
        fail(tree, mark, "not YAML: there is a tab here; indent with blanks");
    else
        fail(tree, mark, explain(tree->reader, tree->parser.problem));
    return false;
}

static struct yaml_node *create_node(struct tree *tree, enum yaml_shape shape, const yaml_event_t *event)
{
    struct yaml_node *node = arena_take(tree->reader->arena, 1, sizeof *node);
    node->shape = shape;
    node->line = (int)event->start_mark.line + 1;
    node->column = (int)event->start_mark.column + 1;
    return node;
}

static bool means_nothing(const char *text)
{
    return strcmp(text, "") == 0 || strcmp(text, "~") == 0 || strcmp(text, "null") == 0;
}

static struct yaml_node *scalar_node(struct tree *tree, const yaml_event_t *event)
{
    struct yaml_node *node = create_node(tree, YAML_SCALAR, event);
    const char *text = (const char *)event->data.scalar.value;
    node->quoted = event->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
    node->has_anchor = event->data.scalar.anchor != NULL;
    node->has_tag = event->data.scalar.tag != NULL;
    node->has_nul = strlen(text) != event->data.scalar.length; /* "\0" in quotes */
    if (node->quoted || !means_nothing(text))
        node->text = arena_copy_text(tree->reader->arena, text);
    return node;
}

/* Nodes gathered while it is not known how many will come. */
struct gathered {
    struct yaml_node **nodes;
    size_t count, capacity;
};

static void gather(struct gathered *gathered, struct yaml_node *node)
{
    gathered->nodes =
        memory_grow(gathered->nodes, &gathered->capacity, gathered->count, sizeof(struct yaml_node *));
    gathered->nodes[gathered->count++] = node;
}

static struct yaml_node **keep(struct tree *tree, struct gathered *gathered)
{
    struct yaml_node **kept = arena_take(tree->reader->arena, gathered->count, sizeof *kept);
    if (gathered->count)
        memcpy(kept, gathered->nodes, gathered->count * sizeof *kept);
    free(gathered->nodes);
    return kept;
}

static struct yaml_node *read_event(struct tree *tree, const yaml_event_t *event, int depth);

/* The next value, or NULL at the end of what is being read (or of all reading). */
static struct yaml_node *read_next(struct tree *tree, int depth)
{
    yaml_event_t event;
    if (tree->failed || !next_event(tree, &event))
        return NULL;
    struct yaml_node *node = read_event(tree, &event, depth);
    yaml_event_delete(&event);
    return node;
}

static void read_items(struct tree *tree, struct yaml_node *node, int depth)
{
    struct gathered items = {0};
    struct yaml_node *item;
    while ((item = read_next(tree, depth)))
        gather(&items, item);
    node->count = items.count;
    node->items = keep(tree, &items);
}

static void read_pairs(struct tree *tree, struct yaml_node *node, int depth)
{
    struct gathered keys = {0}, items = {0};
    struct yaml_node *key, *item;
    while ((key = read_next(tree, depth)) && (item = read_next(tree, depth))) {
        if (key->shape != YAML_SCALAR || !key->text) {
            yaml_mark_t mark = {.line = (size_t)key->line - 1, .column = (size_t)key->column - 1};
            fail(tree, mark, "a key must be a word; if braces open a text here, put it in quotes");
            break;
        }
        gather(&keys, key);
        gather(&items, item);
    }
    node->count = items.count;
    node->keys = keep(tree, &keys);
    node->items = keep(tree, &items);
}

static struct yaml_node *container_node(struct tree *tree, const yaml_event_t *event, int depth)
{
    bool is_map = event->type == YAML_MAPPING_START_EVENT;
    struct yaml_node *node = create_node(tree, is_map ? YAML_MAP : YAML_LIST, event);
    if (depth >= YAML_MAX_DEPTH) {
        fail(tree, event->start_mark, "nested deeper than 16 levels; a board needs less than ten");
        return NULL;
    }
    if (is_map) {
        node->has_anchor = event->data.mapping_start.anchor != NULL;
        node->has_tag = event->data.mapping_start.tag != NULL;
        read_pairs(tree, node, depth + 1);
    } else {
        node->has_anchor = event->data.sequence_start.anchor != NULL;
        node->has_tag = event->data.sequence_start.tag != NULL;
        read_items(tree, node, depth + 1);
    }
    return node;
}

static struct yaml_node *read_event(struct tree *tree, const yaml_event_t *event, int depth)
{
    switch (event->type) {
    case YAML_SCALAR_EVENT:
        return scalar_node(tree, event);
    case YAML_ALIAS_EVENT: {
        struct yaml_node *node = create_node(tree, YAML_SCALAR, event);
        node->is_alias = true;
        return node;
    }
    case YAML_SEQUENCE_START_EVENT:
    case YAML_MAPPING_START_EVENT:
        return container_node(tree, event, depth);
    default:
        return NULL;
    }
}

static bool skip_to(struct tree *tree, yaml_event_type_t wanted)
{
    yaml_event_t event;
    if (tree->failed || !next_event(tree, &event))
        return false;
    yaml_event_type_t type = event.type;
    yaml_mark_t mark = event.start_mark;
    yaml_event_delete(&event);
    if (type == wanted)
        return true;
    if (wanted == YAML_STREAM_END_EVENT)
        fail(tree, mark, "a second document begins here; a board is one document, delete the \"---\"");
    else
        fail(tree, mark, "the file is empty; start from one of the boards in assets/boards/");
    return false;
}

static struct yaml_node *read_document(struct tree *tree)
{
    if (!skip_to(tree, YAML_STREAM_START_EVENT) || !skip_to(tree, YAML_DOCUMENT_START_EVENT))
        return NULL;
    struct yaml_node *root = read_next(tree, 0);
    if (!skip_to(tree, YAML_DOCUMENT_END_EVENT) || !skip_to(tree, YAML_STREAM_END_EVENT))
        return NULL;
    return root;
}

/* ---- what a tree must not hold ---- */

/* Where the walk is, from the inside out; written down only for a problem. */
struct step {
    const struct step *outer;
    const char *key; /* NULL: item `index` of a list */
    size_t index;
};

static const char *path_of(struct yaml_reader *reader, const struct step *step)
{
    if (!step)
        return "";
    const char *outer = path_of(reader, step->outer);
    if (!step->key)
        return arena_format(reader->arena, "%s[%zu]", outer, step->index);
    return arena_format(reader->arena, "%s%s%s", outer, *outer ? "." : "", yaml_shown(reader, step->key));
}

static void refuse(struct yaml_reader *reader, const struct yaml_node *node, const struct step *step,
                   const char *text)
{
    if (reader->overflowed)
        return;
    note(reader, (struct yaml_problem){.is_error = true,
                                       .line = node->line,
                                       .column = node->column,
                                       .key_path = path_of(reader, step),
                                       .text = text});
}

static void check_node(struct yaml_reader *reader, const struct yaml_node *node, const struct step *step)
{
    if (node->is_alias)
        refuse(reader, node, step, "aliases (*name) are not read; write the value out");
    if (node->has_anchor)
        refuse(reader, node, step, "anchors (&name) are not read; write the value without it");
    if (node->has_tag)
        refuse(reader, node, step, "tags (!name) are not read; write the value without it");
    if (node->has_nul)
        refuse(reader, node, step, "the text holds a NUL character; delete it");
}

static int by_text_then_line(const void *left, const void *right)
{
    const struct yaml_node *a = *(struct yaml_node *const *)left, *b = *(struct yaml_node *const *)right;
    int order = strcmp(a->text, b->text);
    if (order)
        return order;
    return a->line != b->line ? (a->line < b->line ? -1 : 1) : a->column - b->column;
}

/* Sorted, so that a hostile map of 100,000 keys takes no minute. */
static void check_doubles(struct yaml_reader *reader, const struct yaml_node *map, const struct step *step)
{
    if (map->count < 2)
        return;
    struct yaml_node **keys = memory_create(map->count, sizeof *keys);
    memcpy(keys, map->keys, map->count * sizeof *keys);
    qsort(keys, map->count, sizeof *keys, by_text_then_line);
    for (size_t i = 1; i < map->count; i++) {
        if (strcmp(keys[i - 1]->text, keys[i]->text) != 0)
            continue;
        struct step here = {.outer = step, .key = keys[i]->text};
        refuse(reader, keys[i], &here,
               arena_format(reader->arena, "this key is there already, on line %d; keep one of the two",
                            keys[i - 1]->line));
    }
    free(keys);
}

static void check_tree(struct yaml_reader *reader, const struct yaml_node *node, const struct step *step)
{
    check_node(reader, node, step);
    if (node->shape == YAML_MAP)
        check_doubles(reader, node, step);
    for (size_t i = 0; i < node->count; i++) {
        struct step inner = {.outer = step, .index = i};
        if (node->shape == YAML_MAP) {
            inner.key = node->keys[i]->text;
            check_node(reader, node->keys[i], &inner);
        }
        check_tree(reader, node->items[i], &inner);
    }
}

/* ---- the file as bytes ---- */

static const char *byte_fault(const char *bytes, size_t length, size_t *offset)
{
    *offset = 0;
    if (length > YAML_MAX_BYTES)
        return "the file is larger than 1 MiB; a board has a few hundred lines";
    const char *nul = length ? memchr(bytes, '\0', length) : NULL;
    if (nul) {
        *offset = (size_t)(nul - bytes);
        return "there is a NUL byte here; save the file as UTF-8 text";
    }
    if (!utf8_valid(bytes, length, offset))
        return "this is not UTF-8; save the file as UTF-8 text";
    return NULL;
}

static unsigned hex4(const char *digits)
{
    char four[5] = {0};
    for (int i = 0; i < 4 && digits[i]; i++)
        four[i] = digits[i];
    return strspn(four, "0123456789abcdefABCDEF") == 4 ? (unsigned)strtoul(four, NULL, 16) : 0;
}

/*
 * JSON writes a character above U+FFFF as two escapes (\uD83D\uDE00), which YAML does not know; YAML's
 * own form is one (\U0001F600). Only where the file is JSON, that is, begins with a brace.
 */
static void append_pairs_joined(struct text *out, const char *bytes, size_t length)
{
    for (size_t i = 0; i < length;) {
        if (bytes[i] != '\\') {
            size_t run = strcspn(bytes + i, "\\");
            text_append_bytes(out, bytes + i, run);
            i += run;
            continue;
        }
        unsigned high = i + 12 <= length && bytes[i + 1] == 'u' ? hex4(bytes + i + 2) : 0;
        unsigned low = high && bytes[i + 6] == '\\' && bytes[i + 7] == 'u' ? hex4(bytes + i + 8) : 0;
        if (high >= 0xD800 && high < 0xDC00 && low >= 0xDC00 && low < 0xE000) {
            text_append_format(out, "\\U%08X", 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00));
            i += 12;
        } else {
            size_t two = i + 1 < length ? 2 : 1;
            text_append_bytes(out, bytes + i, two);
            i += two;
        }
    }
}

static bool looks_like_json(const char *bytes)
{
    return bytes[strspn(bytes, " \t\r\n")] == '{';
}

static const struct yaml_node *parse_text(struct yaml_reader *reader, const struct text *text)
{
    struct tree tree = {.reader = reader, .bytes = text_bytes(text)};
    if (!yaml_parser_initialize(&tree.parser)) {
        fputs("vigie: out of memory\n", stderr);
        abort();
    }
    yaml_parser_set_encoding(&tree.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&tree.parser, (const unsigned char *)text_bytes(text), text->length);
    struct yaml_node *root = read_document(&tree);
    yaml_parser_delete(&tree.parser);
    if (tree.failed || !root)
        return NULL;
    check_tree(reader, root, NULL);
    return root;
}

const struct yaml_node *yaml_parse(struct yaml_reader *reader, const char *bytes, size_t length)
{
    size_t offset;
    const char *fault = byte_fault(bytes, length, &offset);
    if (fault) {
        struct tree tree = {.reader = reader};
        fail(&tree, mark_of_offset(bytes, offset), fault);
        return NULL;
    }
    if (length >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0) { /* a byte order mark */
        bytes += 3;
        length -= 3;
    }
    struct text text = {0};
    text_append_bytes(&text, "", 0); /* an empty file is a text too */
    text_append_bytes(&text, bytes, length);
    if (looks_like_json(text_bytes(&text))) {
        struct text joined = {0};
        append_pairs_joined(&joined, text_bytes(&text), length);
        text_finish(&text);
        text = joined;
    }
    const struct yaml_node *root = parse_text(reader, &text);
    text_finish(&text);
    return root;
}

/* ---- questions to a tree ---- */

const struct yaml_node *yaml_member(const struct yaml_node *map, const char *key)
{
    const struct yaml_node *node = value_at(map, key);
    return node && (node->shape != YAML_SCALAR || node->text) ? node : NULL;
}

struct yaml_place yaml_place_of(struct yaml_reader *reader, const struct yaml_place *place, const char *key)
{
    const struct yaml_node *node = value_at(place->node, key);
    return (struct yaml_place){
        .node = node ? node : place->node,
        .path = arena_format(reader->arena, "%s%s%s", place->path, *place->path ? "." : "", key)};
}
