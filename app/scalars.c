#include "app/scalars.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/memory.h"

enum { MOST_PLACES = 1000, MOST_TEXTS = 64, LEAST_BY_NAME = 2 };

/* Where the walk is. */
struct spot {
    struct text path, inner, words;
    const char *key;
    int list;
};

/* ---- numbers that are written as texts ---- */

static double clock_seconds(const char *text)
{
    double seconds = 0;
    int parts = 0;
    for (const char *at = text;; at++) {
        char *end;
        if (!isdigit((unsigned char)*at))
            return NAN;
        seconds = seconds * 60 + (double)strtol(at, &end, 10);
        parts++;
        if (*end == '\0')
            return parts == 2 || parts == 3 ? seconds : NAN;
        if (*end != ':' || end[1] == '\0')
            return NAN;
        at = end;
    }
}

/* Without blanks (also the narrow ones of French), the percent sign, and with a point. */
static bool strip(const char *text, char *plain, size_t size)
{
    static const char *const dropped[] = {" ", "%", "\u00A0", "\u202F"};
    size_t length = 0;
    while (*text) {
        size_t drop = 0;
        for (size_t i = 0; i < sizeof dropped / sizeof dropped[0]; i++)
            if (text_starts_with(text, dropped[i]))
                drop = strlen(dropped[i]);
        if (!drop && (!strchr("0123456789.,:+-", *text) || length + 1 >= size))
            return false;
        if (!drop)
            plain[length++] = *text == ',' ? '.' : *text;
        text += drop ? drop : 1;
    }
    plain[length] = '\0';
    return length > 0;
}

double scalars_number(const char *text)
{
    char plain[32], *end;
    if (!strip(text, plain, sizeof plain))
        return NAN;
    if (strchr(plain, ':'))
        return clock_seconds(plain);
    if (!isdigit((unsigned char)plain[*plain == '-']))
        return NAN;
    double number = strtod(plain, &end);
    return *end == '\0' ? number : NAN;
}

/* ---- paths ---- */

static bool is_plain_key(const char *key)
{
    if (!isalpha((unsigned char)*key) && *key != '_')
        return false;
    for (; *key; key++)
        if (!isalnum((unsigned char)*key) && *key != '_')
            return false;
    return true;
}

static void append_key(struct text *path, const char *key)
{
    text_append(path, ".");
    if (is_plain_key(key))
        text_append(path, key);
    else
        json_write_text(path, key);
}

static void cut(struct text *text, size_t length)
{
    if (text->bytes)
        text->bytes[text->length = length] = '\0';
}

/* ---- what is found ---- */

const struct scalar *scalars_at(const struct scalars *scalars, const char *path)
{
    for (size_t i = 0; i < scalars->count; i++)
        if (strcmp(scalars->all[i].path, path) == 0)
            return &scalars->all[i];
    return NULL;
}

static struct scalar *place(struct scalars *scalars, const struct spot *spot)
{
    const char *path = spot->path.length ? spot->path.bytes : ".";
    struct scalar *known = (struct scalar *)scalars_at(scalars, path);
    if (known)
        return known;
    if (scalars->count == MOST_PLACES) {
        scalars->left_out++;
        return NULL;
    }
    scalars->all = memory_grow(scalars->all, &scalars->capacity, scalars->count, sizeof *scalars->all);
    struct scalar *scalar = &scalars->all[scalars->count++];
    *scalar = (struct scalar){
        .path = arena_copy_text(scalars->arena, path),
        .inner = arena_copy_text(scalars->arena, spot->inner.length ? spot->inner.bytes : "."),
        .words = arena_copy_text(scalars->arena, text_bytes(&spot->words)),
        .key = arena_copy_text(scalars->arena, spot->key),
        .list = spot->list,
        .first = NAN,
        .least = NAN,
        .most = NAN};
    return scalar;
}

static void note_number(struct scalar *scalar, double number)
{
    if (isnan(number))
        return;
    if (scalar->numeric++ == 0)
        scalar->first = number;
    scalar->least = fmin(scalar->least, number);
    scalar->most = fmax(scalar->most, number);
}

static void note_text(struct scalars *scalars, struct scalar *scalar, const char *text)
{
    note_number(scalar, scalars_number(text));
    for (size_t i = 0; i < scalar->different; i++)
        if (strcmp(scalar->texts[i], text) == 0)
            return;
    if (scalar->different == MOST_TEXTS)
        return;
    if (!scalar->texts)
        scalar->texts = arena_take(scalars->arena, MOST_TEXTS, sizeof *scalar->texts);
    scalar->texts[scalar->different++] = arena_copy_text(scalars->arena, text);
}

static void note(struct scalars *scalars, const struct spot *spot, const struct cJSON *value)
{
    struct scalar *scalar = place(scalars, spot);
    const char *text = json_text(value);
    if (!scalar)
        return;
    scalar->seen[text                     ? SCALAR_TEXT
                 : json_is_number(value)  ? SCALAR_NUMBER
                 : json_is_boolean(value) ? SCALAR_BOOLEAN
                                          : SCALAR_NULL]++;
    if (text)
        note_text(scalars, scalar, text);
    note_number(scalar, json_number(value, NAN));
}

static int find_list(struct scalars *scalars, const struct spot *spot, const struct cJSON *value,
                     bool by_name)
{
    struct text path = {0};
    text_append_format(&path, "%s%s[]", spot->path.length ? "" : ".", text_bytes(&spot->path));
    size_t found = 0;
    while (found < scalars->list_count && strcmp(scalars->lists[found].path, path.bytes) != 0)
        found++;
    if (found == scalars->list_count) {
        scalars->lists = memory_grow(scalars->lists, &scalars->list_capacity, found, sizeof *scalars->lists);
        scalars->lists[scalars->list_count++] = (struct scalar_list){
            .path = arena_copy_text(scalars->arena, path.bytes),
            .inner = arena_copy_text(scalars->arena, spot->inner.length ? spot->inner.bytes : "."),
            .key = arena_copy_text(scalars->arena, spot->key),
            .parent = spot->list,
            .by_name = by_name,
            .first_name = by_name ? arena_copy_text(scalars->arena, json_key(json_first(value))) : NULL};
    }
    scalars->lists[found].items += json_count(value);
    text_finish(&path);
    return (int)found;
}

/* ---- the walk ---- */

static bool same_keys(const struct cJSON *a, const struct cJSON *b)
{
    if (json_count(a) != json_count(b))
        return false;
    for (const struct cJSON *member = json_first(a); member; member = json_next(member))
        if (!json_member(b, json_key(member)))
            return false;
    return true;
}

/* {"Ventes": {…}, "SAV": {…}}: objects that all have the same members. */
static bool is_list_by_name(const struct cJSON *object)
{
    const struct cJSON *first = json_first(object);
    if (json_count(object) < LEAST_BY_NAME || json_count(first) == 0)
        return false;
    for (const struct cJSON *member = first; member; member = json_next(member))
        if (!json_is_object(member) || !same_keys(first, member))
            return false;
    return true;
}

static void walk(struct scalars *scalars, struct spot *spot, const struct cJSON *value);

static void walk_list(struct scalars *scalars, const struct spot *spot, const struct cJSON *value,
                      bool by_name)
{
    struct spot item = {.key = "", .list = find_list(scalars, spot, value, by_name)};
    text_append(&item.path, scalars->lists[item.list].path);
    for (const struct cJSON *at = json_first(value); at; at = json_next(at))
        walk(scalars, &item, at);
    text_finish(&item.path);
    text_finish(&item.inner);
    text_finish(&item.words);
}

static void walk_object(struct scalars *scalars, struct spot *spot, const struct cJSON *value)
{
    const size_t path = spot->path.length, inner = spot->inner.length, words = spot->words.length;
    const char *key = spot->key;
    for (const struct cJSON *member = json_first(value); member; member = json_next(member)) {
        spot->key = json_key(member);
        append_key(&spot->path, spot->key);
        append_key(&spot->inner, spot->key);
        text_append_format(&spot->words, "%s ", spot->key);
        walk(scalars, spot, member);
        cut(&spot->path, path);
        cut(&spot->inner, inner);
        cut(&spot->words, words);
    }
    spot->key = key;
}

static void walk(struct scalars *scalars, struct spot *spot, const struct cJSON *value)
{
    if (json_is_array(value))
        walk_list(scalars, spot, value, false);
    else if (json_is_object(value) && is_list_by_name(value))
        walk_list(scalars, spot, value, true);
    else if (json_is_object(value))
        walk_object(scalars, spot, value);
    else
        note(scalars, spot, value);
}

void scalars_find(struct scalars *scalars, const struct cJSON *answer)
{
    struct spot spot = {.key = "", .list = SCALARS_NO_LIST};
    *scalars = (struct scalars){.arena = arena_create()};
    walk(scalars, &spot, answer);
    text_finish(&spot.path);
    text_finish(&spot.inner);
    text_finish(&spot.words);
}

void scalars_finish(struct scalars *scalars)
{
    free(scalars->all);
    free(scalars->lists);
    if (scalars->arena)
        arena_destroy(scalars->arena);
    *scalars = (struct scalars){0};
}
