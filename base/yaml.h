#ifndef BASE_YAML_H
#define BASE_YAML_H

/*
 * YAML files that people write by hand, read through tables of fields.
 *
 * A file becomes a tree of nodes that know their line and column; a table then says which keys a
 * record has, of which kind and range, and the tree is read into plain structs. Nothing stops at the
 * first mistake: every problem is collected with its place and key path ("pages[2].tiles[0].kpi").
 * The same tables give the JSON Schema, so that the two cannot drift apart.
 *
 * JSON is YAML: a board written as JSON reads the same. Refused: aliases and anchors (a small file
 * can mean a huge one), tags, NUL bytes, nesting deeper than 16, more than 1 MiB, several documents.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/text.h"

enum { YAML_MAX_DEPTH = 16, YAML_MAX_BYTES = 1024 * 1024, YAML_MAX_PROBLEMS = 100 };

enum yaml_shape { YAML_SCALAR, YAML_LIST, YAML_MAP };

/* One value of the file. `~`, null and nothing at all are a scalar whose text is NULL. */
struct yaml_node {
    enum yaml_shape shape;
    int line, column; /* from 1; columns count characters */
    bool quoted;      /* "80": a text on purpose */
    bool has_anchor, has_tag, is_alias, has_nul;
    const char *text;         /* of a scalar */
    size_t count;             /* values of a list or map */
    struct yaml_node **items; /* in order of the file */
    struct yaml_node **keys;  /* of a map: scalars, beside the items */
};

/* Where a record was read; every struct that a table fills begins with one. */
struct yaml_place {
    const struct yaml_node *node;
    const char *path; /* "" at the root */
};

struct yaml_problem {
    bool is_error; /* else a warning */
    int line, column;
    const char *key_path;
    const char *text;
};

/* Gathers the problems of one file. Everything read lives in the arena. */
struct yaml_reader;

struct yaml_reader *yaml_reader_create(struct arena *arena);
void yaml_reader_destroy(struct yaml_reader *reader);
struct arena *yaml_arena(struct yaml_reader *reader);

/* The tree, or NULL with problems. Keys that come twice are a problem already here. */
const struct yaml_node *yaml_parse(struct yaml_reader *reader, const char *bytes, size_t length);

/*
 * Notes a problem at `key` of the record (or at the record itself if the key is NULL or not there).
 * The text is one line: what is wrong; what to do.
 */
void yaml_error(struct yaml_reader *reader, const struct yaml_place *place, const char *key,
                const char *format, ...) __attribute__((format(printf, 4, 5)));
void yaml_warning(struct yaml_reader *reader, const struct yaml_place *place, const char *key,
                  const char *format, ...) __attribute__((format(printf, 4, 5)));

/* As yaml_warning(), but only the first time for this `about` (any address). */
void yaml_warning_once(struct yaml_reader *reader, const void *about, const struct yaml_place *place,
                       const char *key, const char *format, ...) __attribute__((format(printf, 5, 6)));

/* All problems in the order of the file. Valid until the next one is noted. */
const struct yaml_problem *yaml_problems(struct yaml_reader *reader, size_t *count);

/* A user's word made fit for a message: cut to some 40 characters, without line ends; NULL: "nothing". */
const char *yaml_shown(struct yaml_reader *reader, const char *text);

/* ", did you mean "…"?" (or "" where nothing is near), for the end of a message. */
const char *yaml_did_you_mean(struct yaml_reader *reader, const char *word, const char *const *names);

/* The value at a key, NULL if it is not there (or null). The place of a member that is there. */
const struct yaml_node *yaml_member(const struct yaml_node *map, const char *key);
struct yaml_place yaml_place_of(struct yaml_reader *reader, const struct yaml_place *place, const char *key);

/* ---- tables ---- */

enum yaml_kind {
    YAML_KIND_TEXT,     /* const char * */
    YAML_KIND_NUMBER,   /* double */
    YAML_KIND_INTEGER,  /* int */
    YAML_KIND_BOOL,     /* bool */
    YAML_KIND_DURATION, /* int64_t, milliseconds: 30s 5m 8h 2d 1h30m, or a bare number of seconds */
    YAML_KIND_PERCENT,  /* double: "80 %" or a bare number */
    YAML_KIND_CHOICE,   /* const char *, one of the choices */
    YAML_KIND_SIZE,     /* struct yaml_size: 3x2 */
    YAML_KIND_LIMIT,    /* struct yaml_limit: 80, 80 %, 2m, or [low, high] */
    YAML_KIND_TEXT_MAP, /* struct yaml_text_map: any keys, texts as values */
    YAML_KIND_RECORD,   /* a struct of its own, read by `table` */
    YAML_KIND_RECORDS,  /* struct yaml_list of them */
    YAML_KIND_JSON,     /* const char *: the value as JSON text */
    YAML_KIND_ANY,      /* const struct yaml_node *: whatever it is */
    YAML_KIND_OWN,      /* the field's own `read` */
    YAML_KIND_COUNT
};

struct yaml_size {
    int columns, rows; /* 0: not given */
};

/* The unit that was written behind a number; a bare one is in the unit of whatever it limits. */
enum yaml_unit { YAML_UNIT_BARE, YAML_UNIT_SECONDS, YAML_UNIT_PERCENT };

struct yaml_limit {
    bool given, is_band;
    double low, high; /* a single number is `low` */
    enum yaml_unit unit;
};

struct yaml_text_map {
    size_t count;
    const char **names;
    const char **values;
};

struct yaml_list {
    size_t count;
    size_t left_out; /* written behind the most that the field allows: a problem, and not read */
    void *items;     /* `count` structs of the table's size */
};

struct yaml_table;

struct yaml_field {
    const char *key;
    enum yaml_kind kind;
    size_t offset;
    bool required;
    bool later;         /* known and checked, but not acted on yet: one warning */
    double min, max;    /* of a number, integer, percent; ms of a duration. Equal: any */
    size_t most;        /* records of a list; 0: any number */
    const char *beyond; /* behind "at most 24" in the message, "fit a page, make several"; NULL: none */
    const char *const *choices; /* of a choice; ended by NULL */
    const struct yaml_table *table;
    void (*read)(struct yaml_reader *reader, const struct yaml_node *node, const char *path, void *target);
    const char *schema; /* JSON Schema of an own kind; NULL: anything */
    const char *help;   /* one line for the schema */
};

struct yaml_table {
    const char *what;     /* "a tile", for messages */
    size_t size;          /* of the struct */
    const void *defaults; /* a struct of that size to begin with; NULL: zeroes */
    const struct yaml_field *fields;
    size_t count;
};

/* Reads a map into `record` (table->size bytes). What is wrong keeps its default and is a problem. */
void yaml_read(struct yaml_reader *reader, const struct yaml_node *node, const char *path,
               const struct yaml_table *table, void *record);

/* JSON Schema (draft 7) of a file that is one record of the table. */
void yaml_write_schema(struct text *out, const struct yaml_table *table, const char *title);

/* ---- single values, for tests and own kinds ---- */

/* A number as people write it: 12, -0.5, 1e3; nothing else around it. */
bool yaml_parse_number(const char *text, double *value);
bool yaml_parse_duration(const char *text, int64_t *duration_ms);
bool yaml_parse_quantity(const char *text, double *value, enum yaml_unit *unit);
bool yaml_parse_size(const char *text, struct yaml_size *size);

#endif
