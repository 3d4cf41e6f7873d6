#include "fetch/document.h"

#include <float.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "fetch/json_scan.h"

enum {
    MOST_SAMPLES = 20000,
    MOST_BYTES = 8 << 20,
    MOST_VALUES = MOST_SAMPLES * (6 + DIM_COUNT) + 3, /* with everything in every sample */
    MOST_NAME_BYTES = 128,
    MOST_SUGGESTIONS = 20, /* each costs a walk through the whole catalogue */
    AHEAD_ALLOWED_S = 300
};

static const double EARLIEST_AT_S = 946684800, LATEST_AT_S = 99999999999;

/* A series (id, period, dims) or an unknown id that was met. */
struct seen {
    const char *key;     /* NULL: the slot is free */
    size_t place;        /* index of the newest sample of the series */
    bool reported_twice; /* that it came more than once stands under rejected */
};

struct reading {
    struct sample_document *document;
    const struct catalogue *catalogue;
    struct seen *seen; /* open addressing, never more than half full */
    size_t seen_size;  /* a power of two */
    size_t rejected_capacity;
    int suggestions;
    struct text key; /* scratch */
    struct error *error;
};

static uint64_t hash_of(const char *text)
{
    uint64_t hash = 1469598103934665603U; /* FNV-1a */
    for (; *text; text++)
        hash = (hash ^ (unsigned char)*text) * 1099511628211U;
    return hash ^ hash >> 29;
}

/* The slot of `key`: its own, or the free one where it belongs. */
static struct seen *find_seen(struct reading *reading, const char *key)
{
    size_t slot = hash_of(key) & (reading->seen_size - 1);
    while (reading->seen[slot].key && strcmp(reading->seen[slot].key, key) != 0)
        slot = (slot + 1) & (reading->seen_size - 1);
    return &reading->seen[slot];
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

static bool has_control_character(const char *text)
{
    uint32_t c;
    while ((c = utf8_next(&text)))
        if (c < 0x20 || (c >= 0x7F && c <= 0x9F))
            return true;
    return false;
}

/* A name of 1 to 128 bytes without control characters, or NULL with the error set. */
static const char *read_name(struct reading *reading, const struct cJSON *value, const char *place)
{
    const char *name = json_text(value);
    if (!name)
        error_set(reading->error, "%s: a text is due here", place);
    else if (!*name || strlen(name) > MOST_NAME_BYTES)
        error_set(reading->error, "%s: must have 1 to %d bytes, has %zu", place, MOST_NAME_BYTES,
                  strlen(name));
    else if (has_control_character(name))
        error_set(reading->error, "%s: contains a control character", place);
    else
        return arena_copy_text(reading->document->arena, name);
    return NULL;
}

static bool read_dim(struct reading *reading, const struct cJSON *member, struct dims *dims)
{
    enum dim dim;
    if (!dim_parse(json_key(member), &dim)) {
        error_set(reading->error, "dims: there is no dimension \"%.64s\"", json_key(member));
        return false;
    }
    if (dims->value[dim]) {
        error_set(reading->error, "dims.%s: given twice", dim_name(dim));
        return false;
    }
    char place[32] = "dims.";
    strncat(place, dim_name(dim), sizeof place - strlen(place) - 1);
    dims->value[dim] = read_name(reading, member, place);
    if (!dims->value[dim])
        return false;
    if (dim == DIM_CHANNEL && !channel_known(dims->value[dim])) {
        error_set(reading->error, "dims.channel: there is no channel \"%.64s\"", dims->value[dim]);
        return false;
    }
    return true;
}

static bool read_dims(struct reading *reading, const struct cJSON *value, struct sample *sample)
{
    if (!json_is_object(value)) {
        error_set(reading->error, "dims: an object is due here, {} for the whole source");
        return false;
    }
    for (const struct cJSON *member = json_first(value); member; member = json_next(member))
        if (!read_dim(reading, member, &sample->dims))
            return false;
    return true;
}

static bool read_id(struct reading *reading, const struct cJSON *value, struct sample *sample)
{
    sample->id = read_name(reading, value, "id");
    return sample->id != NULL;
}

/* Infinities count as unknown; libjq writes them as the largest number there is. */
static bool read_figure(struct reading *reading, const struct cJSON *value, struct sample *sample)
{
    if (!json_is_number(value) && !json_is_null(value)) {
        error_set(reading->error, "value: a number or null is due here");
        return false;
    }
    double figure = json_number(value, NAN);
    sample->value = fabs(figure) < DBL_MAX ? figure : NAN;
    return true;
}

static bool read_window(struct reading *reading, const struct cJSON *value, struct sample *sample)
{
    const char *name = json_text(value);
    if (name && period_parse(name, &sample->period) && (int)sample->period < PERIOD_SAMPLE_COUNT)
        return true;
    error_set(reading->error,
              "window: there is no window \"%.64s\"; known are now, 15m, 30m, 60m, today, day, week, month, "
              "rolling_7d and rolling_28d",
              name ? name : "(not a text)");
    return false;
}

static bool read_n(struct reading *reading, const struct cJSON *value, struct sample *sample)
{
    sample->n = json_number(value, NAN);
    if (sample->n >= 0 && sample->n < DBL_MAX)
        return true;
    error_set(reading->error, "n: a number of contacts, 0 or more, is due here");
    return false;
}

static const struct sample_key {
    const char *name;
    bool required;
    bool (*read)(struct reading *reading, const struct cJSON *value, struct sample *sample);
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

static bool read_members(struct reading *reading, const struct cJSON *value, struct sample *sample,
                         bool given[SAMPLE_KEY_COUNT])
{
    for (const struct cJSON *member = json_first(value); member; member = json_next(member)) {
        size_t key = find_sample_key(json_key(member));
        if (key == SAMPLE_KEY_COUNT || given[key]) {
            error_set(reading->error, "%.64s: %s", json_key(member),
                      key == SAMPLE_KEY_COUNT ? "unknown key" : "given twice");
            return false;
        }
        given[key] = true;
        if (!sample_keys[key].read(reading, member, sample))
            return false;
    }
    return true;
}

static bool read_sample(struct reading *reading, const struct cJSON *value, struct sample *sample)
{
    bool given[SAMPLE_KEY_COUNT] = {false};
    *sample = (struct sample){.value = NAN, .n = NAN};
    if (!read_members(reading, value, sample, given))
        return false;
    for (size_t key = 0; key < SAMPLE_KEY_COUNT; key++)
        if (sample_keys[key].required && !given[key]) {
            error_set(reading->error, "%s: missing", sample_keys[key].name);
            return false;
        }
    return true;
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

/* Whether the catalogue knows the id; the first time that it does not, this is reported. */
static bool is_known(struct reading *reading, const char *id)
{
    if (catalogue_counter(reading->catalogue, id) || catalogue_kpi(reading->catalogue, id))
        return true;
    struct seen *seen = find_seen(reading, id);
    if (!seen->key) {
        seen->key = id;
        reject(reading, id, why_unknown(reading, id));
    }
    return false;
}

/* A text that only samples of the same series have; it begins unlike any id. */
static const char *series_key(struct reading *reading, const struct sample *sample)
{
    struct text *key = &reading->key;
    key->length = 0;
    text_append(key, "\n");
    text_append(key, sample->id);
    text_append(key, "\n");
    text_append(key, period_name(sample->period));
    for (enum dim dim = 0; dim < DIM_COUNT; dim++) {
        text_append(key, "\n");
        text_append(key, sample->dims.value[dim] ? sample->dims.value[dim] : "");
    }
    return text_bytes(key);
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
static void note_series(struct reading *reading, size_t place)
{
    struct sample *samples = reading->document->samples;
    struct seen *seen = find_seen(reading, series_key(reading, &samples[place]));
    if (!seen->key) {
        *seen = (struct seen){.key = arena_copy_text(reading->document->arena, text_bytes(&reading->key)),
                              .place = place};
        return;
    }
    if (!seen->reported_twice)
        reject(reading, samples[place].id, why_twice(reading, &samples[place]));
    seen->reported_twice = true;
    samples[seen->place].id = NULL;
    seen->place = place;
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

static bool read_samples(struct reading *reading, const struct cJSON *array)
{
    struct sample_document *document = reading->document;
    size_t index = 0;
    for (const struct cJSON *item = json_first(array); item; item = json_next(item), index++) {
        struct sample *sample = &document->samples[document->count];
        if (!json_is_object(item)) {
            error_set(reading->error, "samples[%zu]: an object is due here", index);
            return false;
        }
        if (!read_sample(reading, item, sample)) {
            place_fault(reading->error, index);
            return false;
        }
        if (is_known(reading, sample->id))
            note_series(reading, document->count++);
    }
    drop_nameless(document);
    return true;
}

static bool read_at(struct reading *reading, const struct cJSON *value, double arrival_s)
{
    double at_s = json_number(value, NAN);
    reading->document->at_s = NAN;
    if (!value)
        return true;
    if (!(at_s >= EARLIEST_AT_S && at_s <= LATEST_AT_S)) {
        error_set(reading->error, "at: a time in epoch seconds is due here%s",
                  at_s > LATEST_AT_S ? "; this looks like milliseconds" : "");
        return false;
    }
    if (at_s > arrival_s + AHEAD_ALLOWED_S)
        reject(reading, "at",
               arena_format(reading->document->arena,
                            "%.0f s ahead of our clock; the time of arrival is used instead",
                            at_s - arrival_s));
    else
        reading->document->at_s = at_s;
    return true;
}

static bool read_document(struct reading *reading, const struct cJSON *value, double arrival_s)
{
    if (!json_is_object(value)) {
        error_set(reading->error, "the document must be an object with \"samples\"");
        return false;
    }
    for (const struct cJSON *member = json_first(value); member; member = json_next(member))
        if (!text_equal(json_key(member), "at") && !text_equal(json_key(member), "samples")) {
            error_set(reading->error, "%.64s: unknown key at the top of the document", json_key(member));
            return false;
        }
    const struct cJSON *samples = json_member(value, "samples");
    size_t count = json_count(samples);
    if (!json_is_array(samples) || count > MOST_SAMPLES) {
        error_set(reading->error, "samples: an array of at most %d samples is due here", MOST_SAMPLES);
        return false;
    }
    for (reading->seen_size = 64; reading->seen_size < count * 2 + 2;)
        reading->seen_size *= 2;
    reading->seen = memory_create(reading->seen_size, sizeof *reading->seen);
    reading->document->samples =
        arena_take(reading->document->arena, count + 1, sizeof *reading->document->samples);
    return read_at(reading, json_member(value, "at"), arrival_s) && read_samples(reading, samples);
}

/* Refuses, before any memory is taken for it, what could not be a document. */
static bool fits(const char *bytes, size_t length, struct error *error)
{
    struct json_scan scan;
    if (length > MOST_BYTES) {
        error_set(error, "the document has more than %d MiB", MOST_BYTES >> 20);
        return false;
    }
    if (!json_scan(bytes, length, &scan, error))
        return false;
    if (scan.values > MOST_VALUES) {
        error_set(error, "more in it than %d samples can have", MOST_SAMPLES);
        return false;
    }
    if (scan.has_nul) {
        error_set(error, "a text contains U+0000");
        return false;
    }
    return true;
}

struct sample_document *document_parse(const char *bytes, size_t length, const struct catalogue *catalogue,
                                       double arrival_s, struct error *error)
{
    if (!fits(bytes, length, error))
        return NULL;
    struct cJSON *value = json_parse(bytes, length, error);
    if (!value)
        return NULL;

    struct arena *arena = arena_create();
    struct sample_document *document = arena_take(arena, 1, sizeof *document);
    document->arena = arena;
    struct reading reading = {.document = document, .catalogue = catalogue, .error = error};
    bool read = read_document(&reading, value, arrival_s);
    free(reading.seen);
    text_finish(&reading.key);
    json_destroy(value);
    if (read)
        return document;
    sample_document_destroy(document);
    return NULL;
}
