#include "fetch/document.h"

#include <float.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/json_reader.h"
#include "base/memory.h"
#include "base/text.h"
#include "base/utf8.h"
#include "fetch/document_names.h"

enum {
    MOST_SAMPLES = 20000,
    MOST_BYTES = 8 << 20,
    MOST_NAME_BYTES = 128,
    MOST_SUGGESTIONS = 20, /* each costs a walk through the whole catalogue */
    AHEAD_ALLOWED_S = 300
};

static const double EARLIEST_AT_S = 946684800, LATEST_AT_S = 99999999999;

/* The smallest sample that there can be. */
enum { SAMPLE_BYTES = sizeof "{\"id\":\"a\",\"value\":1,\"window\":\"now\",\"dims\":{}}" - 1 };

/* A series (id, period, dims) that was met. */
struct seen {
    uint32_t place;      /* 1 + index of its newest sample; 0: the slot is free */
    bool reported_twice; /* that it came more than once stands under rejected */
};

struct reading {
    struct json_reader json;
    struct sample_document *document;
    const struct catalogue *catalogue;
    struct document_names names;
    size_t capacity;   /* of the document's samples: as many as fit into the bytes */
    struct seen *seen; /* open addressing, never more than half full */
    size_t seen_size;  /* a power of two */
    size_t rejected_capacity;
    int suggestions;
    double arrival_s;
    bool id_is_known; /* of the sample that is being read */
    struct error *error;
};

/* Names are kept once, so pointers tell series apart. */
static uint64_t hash_of(const struct sample *sample)
{
    uint64_t hash = (uint64_t)(uintptr_t)sample->id + (uint64_t)sample->period;
    for (enum dim dim = 0; dim < DIM_COUNT; dim++)
        hash = (hash ^ (uint64_t)(uintptr_t)sample->dims.value[dim]) * 0x9E3779B97F4A7C15U;
    return hash ^ hash >> 32;
}

static bool same_series(const struct sample *a, const struct sample *b)
{
    return a->id == b->id && a->period == b->period && memcmp(&a->dims, &b->dims, sizeof a->dims) == 0;
}

/* The slot of the sample's series: its own, or the free one where it belongs. */
static struct seen *find_seen(struct reading *reading, const struct sample *sample)
{
    for (size_t at = (size_t)hash_of(sample);; at++) {
        struct seen *seen = &reading->seen[at & (reading->seen_size - 1)];
        if (!seen->place || same_series(&reading->document->samples[seen->place - 1], sample))
            return seen;
    }
}

static void reject(struct reading *reading, const char *id, const char *why)
{
    struct sample_document *document = reading->document;
    if (document->rejected_count == reading->rejected_capacity) {
        size_t capacity = reading->rejected_capacity ? reading->rejected_capacity * 2 : 8;
        struct rejected_sample *longer = arena_take(document->arena, capacity, sizeof *longer);
        if (document->rejected_count)
            memcpy(longer, document->rejected, document->rejected_count * sizeof *longer);
        document->rejected = longer;
        reading->rejected_capacity = capacity;
    }
    document->rejected[document->rejected_count++] = (struct rejected_sample){.id = id, .why = why};
}

/* C0, DEL and C1, which UTF-8 writes as C2 80 to C2 9F. */
static bool has_control_character(struct json_piece text)
{
    for (size_t i = 0; i < text.length; i++) {
        unsigned char c = (unsigned char)text.bytes[i];
        if (c < 0x20 || c == 0x7F)
            return true;
        if (c == 0xC2 && i + 1 < text.length && (unsigned char)text.bytes[i + 1] < 0xA0)
            return true;
    }
    return false;
}

/* A name of 1 to 128 bytes without control characters, or NULL with the error set. */
static struct document_name *read_name(struct reading *reading, const char *place)
{
    struct json_piece text;
    if (json_reader_next(&reading->json) != '"') {
        error_set(reading->error, "%s: a text is due here", place);
        return NULL;
    }
    if (!json_reader_text(&reading->json, &text))
        return NULL;
    if (text.length == 0 || text.length > MOST_NAME_BYTES) {
        error_set(reading->error, "%s: must have 1 to %d bytes, has %zu", place, MOST_NAME_BYTES,
                  text.length);
        return NULL;
    }
    struct document_name *name =
        document_names_find(&reading->names, reading->document->arena, text.bytes, text.length);
    if (!name->checked && has_control_character(text)) {
        error_set(reading->error, "%s: contains a control character", place);
        return NULL;
    }
    name->checked = true;
    return name;
}

/* A key as a text of C's, cut where no key of ours is so long; it lasts as long as the document. */
static const char *key_name(struct reading *reading, struct json_piece key)
{
    size_t length = key.length < MOST_NAME_BYTES ? key.length : MOST_NAME_BYTES;
    return document_names_find(&reading->names, reading->document->arena, key.bytes, length)->text;
}

static bool read_dim(struct reading *reading, const char *key, struct dims *dims)
{
    enum dim dim;
    if (!dim_parse(key, &dim)) {
        error_set(reading->error, "dims: there is no dimension \"%.64s\"", key);
        return false;
    }
    if (dims->value[dim]) {
        error_set(reading->error, "dims.%s: given twice", dim_name(dim));
        return false;
    }
    static const char *const places[DIM_COUNT] = {"dims.site",   "dims.team",     "dims.queue",
                                                  "dims.skill",  "dims.channel",  "dims.type",
                                                  "dims.reason", "dims.campaign", "dims.agent"};
    const struct document_name *name = read_name(reading, places[dim]);
    if (!name)
        return false;
    dims->value[dim] = name->text;
    if (dim == DIM_CHANNEL && !channel_known(name->text)) {
        error_set(reading->error, "dims.channel: there is no channel \"%.64s\"", name->text);
        return false;
    }
    return true;
}

static bool read_dims(struct reading *reading, struct sample *sample)
{
    struct json_piece key;
    if (json_reader_next(&reading->json) != '{') {
        error_set(reading->error, "dims: an object is due here, {} for the whole source");
        return false;
    }
    json_reader_open(&reading->json, '{');
    while (json_reader_key(&reading->json, &key))
        if (!read_dim(reading, key_name(reading, key), &sample->dims))
            return false;
    return !reading->json.failed;
}

/* All that the catalogue knows, for "did you mean"; free() it. */
static const char **known_names(const struct catalogue *catalogue)
{
    size_t counters = catalogue_counter_count(catalogue), kpis = catalogue_kpi_count(catalogue);
    const char **names = memory_create(counters + kpis + 1, sizeof *names);
    for (size_t i = 0; i < counters; i++)
        names[i] = catalogue_counter_at(catalogue, i)->name;
    for (size_t i = 0; i < kpis; i++)
        names[counters + i] = catalogue_kpi_at(catalogue, i)->id;
    return names;
}

static const char *why_unknown(struct reading *reading, const char *id)
{
    const char *why = "no counter and no KPI has this name";
    if (reading->suggestions++ >= MOST_SUGGESTIONS)
        return why;
    const char **names = known_names(reading->catalogue);
    const char *nearest = text_nearest(id, names);
    if (nearest)
        why = arena_format(reading->document->arena, "%s; did you mean \"%s\"?", why, nearest);
    free(names);
    return why;
}

/* Whether the catalogue knows the name; asked once. */
static bool is_known(struct reading *reading, struct document_name *name)
{
    if (!name->asked)
        name->known = catalogue_counter(reading->catalogue, name->text) ||
                      catalogue_kpi(reading->catalogue, name->text);
    name->asked = true;
    return name->known;
}

/* What the catalogue does not know is noted once for each name, not for each sample. */
static bool read_id(struct reading *reading, struct sample *sample)
{
    struct document_name *name = read_name(reading, "id");
    if (!name)
        return false;
    bool is_new = !name->asked;
    sample->id = name->text;
    reading->id_is_known = is_known(reading, name);
    if (is_new && !reading->id_is_known)
        reject(reading, name->text, why_unknown(reading, name->text));
    return true;
}

/* A number where one comes, NaN for anything else, which is skipped. */
static bool read_number(struct reading *reading, double *number)
{
    char next = json_reader_next(&reading->json);
    *number = NAN;
    return next == '-' || (next >= '0' && next <= '9') ? json_reader_number(&reading->json, number)
                                                       : json_reader_skip(&reading->json);
}

/* Infinities count as unknown; libjq writes them as the largest number there is. */
static bool read_figure(struct reading *reading, struct sample *sample)
{
    char next = json_reader_next(&reading->json);
    if (next && strchr("\"{[tf", next)) {
        error_set(reading->error, "value: a number or null is due here");
        return false;
    }
    double figure;
    if (!read_number(reading, &figure))
        return false;
    sample->value = fabs(figure) < DBL_MAX ? figure + 0 : NAN; /* minus nothing is nothing */
    return true;
}

static bool read_window(struct reading *reading, struct sample *sample)
{
    struct json_piece text = {"(not a text)", strlen("(not a text)")};
    if (json_reader_next(&reading->json) == '"' && !json_reader_text(&reading->json, &text))
        return false;
    const char *name = key_name(reading, text);
    if (period_parse(name, &sample->period) && (int)sample->period < PERIOD_SAMPLE_COUNT)
        return true;
    error_set(reading->error,
              "window: there is no window \"%.64s\"; known are now, 15m, 30m, 60m, today, day, week, month, "
              "rolling_7d and rolling_28d",
              name);
    return false;
}

static bool read_n(struct reading *reading, struct sample *sample)
{
    if (!read_number(reading, &sample->n))
        return false;
    if (sample->n >= 0 && sample->n < DBL_MAX)
        return true;
    error_set(reading->error, "n: a number of contacts, 0 or more, is due here");
    return false;
}

static const struct sample_key {
    const char *name;
    bool required;
    bool (*read)(struct reading *reading, struct sample *sample);
} sample_keys[] = {
    {"id", true, read_id},     {"value", true, read_figure}, {"window", true, read_window},
    {"dims", true, read_dims}, {"n", false, read_n},
};

enum { SAMPLE_KEY_COUNT = sizeof sample_keys / sizeof sample_keys[0] };

/* The key's index, SAMPLE_KEY_COUNT if there is none of that name. */
static size_t find_sample_key(const char *name)
{
    size_t key = 0;
    while (key < SAMPLE_KEY_COUNT && !text_equal(sample_keys[key].name, name))
        key++;
    return key;
}

static bool read_members(struct reading *reading, struct sample *sample, bool given[SAMPLE_KEY_COUNT])
{
    struct json_piece piece;
    while (json_reader_key(&reading->json, &piece)) {
        const char *name = key_name(reading, piece);
        size_t key = find_sample_key(name);
        if (key == SAMPLE_KEY_COUNT || given[key]) {
            error_set(reading->error, "%.64s: %s", name,
                      key == SAMPLE_KEY_COUNT ? "unknown key" : "given twice");
            return false;
        }
        given[key] = true;
        if (!sample_keys[key].read(reading, sample))
            return false;
    }
    return !reading->json.failed;
}

static bool read_sample(struct reading *reading, struct sample *sample)
{
    bool given[SAMPLE_KEY_COUNT] = {false};
    *sample = (struct sample){.value = NAN, .n = NAN};
    json_reader_open(&reading->json, '{');
    if (!read_members(reading, sample, given))
        return false;
    for (size_t key = 0; key < SAMPLE_KEY_COUNT; key++)
        if (sample_keys[key].required && !given[key]) {
            error_set(reading->error, "%s: missing", sample_keys[key].name);
            return false;
        }
    return true;
}

static const char *why_twice(struct reading *reading, const struct sample *sample)
{
    struct text why = {0};
    text_append_format(&why, "given twice for window %s", period_name(sample->period));
    for (enum dim dim = 0; dim < DIM_COUNT; dim++)
        if (sample->dims.value[dim])
            text_append_format(&why, ", %s %s", dim_name(dim), sample->dims.value[dim]);
    text_append(&why, "; the last one counts");
    const char *copy = arena_copy_text(reading->document->arena, text_bytes(&why));
    text_finish(&why);
    return copy;
}

/* Of two samples of one series the last one counts: the one before loses its id, see drop_nameless(). */
static void note_series(struct reading *reading, size_t index)
{
    struct sample *samples = reading->document->samples;
    struct seen *seen = find_seen(reading, &samples[index]);
    if (seen->place) {
        if (!seen->reported_twice)
            reject(reading, samples[index].id, why_twice(reading, &samples[index]));
        seen->reported_twice = true;
        samples[seen->place - 1].id = NULL;
    }
    seen->place = (uint32_t)index + 1;
}

static void drop_nameless(struct sample_document *document)
{
    size_t kept = 0;
    for (size_t i = 0; i < document->count; i++)
        if (document->samples[i].id)
            document->samples[kept++] = document->samples[i];
    document->count = kept;
}

/* The text begins with the key: "window: …" becomes "samples[17].window: …". */
static void place_fault(struct error *error, size_t index)
{
    if (!error)
        return;
    struct error within = *error;
    error_set(error, "samples[%zu].%s", index, within.text);
}

/* At most as many as fit into the document, so that nothing has to grow. */
static void make_room(struct reading *reading, size_t length)
{
    reading->capacity = length / SAMPLE_BYTES + 1;
    if (reading->capacity > MOST_SAMPLES)
        reading->capacity = MOST_SAMPLES;
    for (reading->seen_size = 64; reading->seen_size < reading->capacity * 2;)
        reading->seen_size *= 2;
    reading->seen = memory_create(reading->seen_size, sizeof *reading->seen);
    reading->document->samples =
        arena_take(reading->document->arena, reading->capacity, sizeof *reading->document->samples);
}

static bool refuse_samples(struct reading *reading)
{
    error_set(reading->error, "samples: an array of at most %d samples is due here", MOST_SAMPLES);
    return false;
}

static bool read_item(struct reading *reading, size_t index)
{
    struct sample_document *document = reading->document;
    struct sample sample;
    if (json_reader_next(&reading->json) != '{') {
        error_set(reading->error, "samples[%zu]: an object is due here", index);
        return false;
    }
    if (!read_sample(reading, &sample)) {
        if (!reading->json.failed)
            place_fault(reading->error, index);
        return false;
    }
    if (!reading->id_is_known)
        return true;
    document->samples[document->count] = sample;
    note_series(reading, document->count++);
    return true;
}

static bool read_samples(struct reading *reading)
{
    if (json_reader_next(&reading->json) != '[')
        return refuse_samples(reading);
    json_reader_open(&reading->json, '[');
    for (size_t index = 0; json_reader_item(&reading->json); index++) {
        if (index == reading->capacity)
            return refuse_samples(reading);
        if (!read_item(reading, index))
            return false;
    }
    drop_nameless(reading->document);
    return !reading->json.failed;
}

static bool read_at(struct reading *reading)
{
    double at_s;
    if (!read_number(reading, &at_s))
        return false;
    if (!(at_s >= EARLIEST_AT_S && at_s <= LATEST_AT_S)) {
        error_set(reading->error, "at: a time in epoch seconds is due here%s",
                  at_s > LATEST_AT_S ? "; this looks like milliseconds" : "");
        return false;
    }
    if (at_s > reading->arrival_s + AHEAD_ALLOWED_S)
        reject(reading, "at",
               arena_format(reading->document->arena,
                            "%.0f s ahead of our clock; the time of arrival is used instead",
                            at_s - reading->arrival_s));
    else
        reading->document->at_s = at_s;
    return true;
}

static const struct top_key {
    const char *name;
    bool (*read)(struct reading *reading);
} top_keys[] = {{"at", read_at}, {"samples", read_samples}};

enum { TOP_KEY_COUNT = sizeof top_keys / sizeof top_keys[0] };

static bool read_top_member(struct reading *reading, const char *name, bool given[TOP_KEY_COUNT])
{
    for (size_t key = 0; key < TOP_KEY_COUNT; key++) {
        if (!text_equal(top_keys[key].name, name))
            continue;
        if (!given[key]) {
            given[key] = true;
            return top_keys[key].read(reading);
        }
        error_set(reading->error, "%s: given twice", name);
        return false;
    }
    error_set(reading->error, "%.64s: unknown key at the top of the document", name);
    return false;
}

static bool read_document(struct reading *reading)
{
    bool given[TOP_KEY_COUNT] = {false};
    struct json_piece key;
    char first = json_reader_next(&reading->json);
    if (first && first != '{') {
        error_set(reading->error, "the document must be an object with \"samples\"");
        return false;
    }
    reading->document->at_s = NAN;
    json_reader_open(&reading->json, '{');
    while (json_reader_key(&reading->json, &key))
        if (!read_top_member(reading, key_name(reading, key), given))
            return false;
    return !reading->json.failed && (given[TOP_KEY_COUNT - 1] || refuse_samples(reading));
}

static bool fits(const char *bytes, size_t length, struct error *error)
{
    size_t fault;
    if (length > MOST_BYTES) {
        error_set(error, "the document has more than %d MiB", MOST_BYTES >> 20);
        return false;
    }
    if (utf8_valid(bytes, length, &fault))
        return true;
    error_set(error, "byte %zu is not UTF-8", fault + 1);
    return false;
}

struct sample_document *document_parse(const char *bytes, size_t length, const struct catalogue *catalogue,
                                       double arrival_s, struct error *error)
{
    if (!fits(bytes, length, error))
        return NULL;
    struct arena *arena = arena_create();
    struct sample_document *document = arena_take(arena, 1, sizeof *document);
    document->arena = arena;
    struct reading reading = {
        .document = document, .catalogue = catalogue, .arrival_s = arrival_s, .error = error};
    make_room(&reading, length);
    json_reader_init(&reading.json, bytes, length, error);
    bool read = read_document(&reading) && json_reader_end(&reading.json);
    json_reader_finish(&reading.json);
    free(reading.seen);
    document_names_finish(&reading.names);
    if (read)
        return document;
    sample_document_destroy(document);
    return NULL;
}
