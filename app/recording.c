#include "app/recording.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "base/utf8.h"

enum { RECORDING_MAX_BYTES = 256 << 20, SAMPLES_MAX = 20000, NAME_MAX_BYTES = 128 };

static const double LATEST_S = 99999999999.0; /* as for a document's "at": milliseconds fall outside */

struct recording {
    char *path;
    const struct catalogue *catalogue;
    struct text file;
    bool is_document; /* one document, over as many lines as it likes, instead of one object a line */
    size_t at;        /* offset of the next line */
    int line_number;
    double t_s;
    struct sample_document *document; /* of the line, or NULL */
    struct cJSON *object;             /* the line, which lends its texts */
};

static void forget_line(struct recording *recording)
{
    sample_document_destroy(recording->document);
    json_destroy(recording->object);
    recording->document = NULL;
    recording->object = NULL;
}

static bool holds_document(const struct text *file)
{
    struct error error = {""};
    struct cJSON *whole = json_parse(file->bytes, file->length, &error);
    bool document = whole && json_member(whole, "samples") && !json_member(whole, "t");
    json_destroy(whole);
    return document;
}

struct recording *recording_open(const char *path, const struct catalogue *catalogue, struct error *error)
{
    struct recording *recording = memory_create(1, sizeof *recording);
    recording->path = memory_copy_text(path);
    recording->catalogue = catalogue;
    recording->t_s = -INFINITY;
    if (text_read_file(&recording->file, path, RECORDING_MAX_BYTES)) {
        recording->is_document = recording->file.length > 0 && holds_document(&recording->file);
        return recording;
    }
    error_set(error, "%s: %s", path, strerror(errno));
    recording_close(recording);
    return NULL;
}

void recording_close(struct recording *recording)
{
    if (!recording)
        return;
    forget_line(recording);
    text_finish(&recording->file);
    free(recording->path);
    free(recording);
}

void recording_rewind(struct recording *recording)
{
    recording->at = 0;
    recording->line_number = 0;
    recording->t_s = -INFINITY;
}

/* Gauges are of now; a KPI covers what the catalogue says, where a sample can say that. */
static enum period usual_period(const struct catalogue *catalogue, const char *id)
{
    const struct kpi *kpi = catalogue_kpi(catalogue, id);
    if (kpi && (int)kpi->default_period < PERIOD_SAMPLE_COUNT)
        return kpi->default_period;
    const struct counter *counter = catalogue_counter(catalogue, id);
    return kpi || (counter && !counter->gauge) ? PERIOD_TODAY : PERIOD_NOW;
}

static bool read_dims(const struct cJSON *object, struct arena *arena, struct dims *dims, struct error *error)
{
    for (const struct cJSON *member = json_first(object); member; member = json_next(member)) {
        enum dim dim;
        if (!dim_parse(json_key(member), &dim)) {
            error_set(error, "there is no dimension \"%s\"", json_key(member));
            return false;
        }
        const char *value = json_text(member);
        if (!value || !*value || strlen(value) > NAME_MAX_BYTES) {
            error_set(error, "dims.%s: a text of 1 to %d bytes is wanted", json_key(member), NAME_MAX_BYTES);
            return false;
        }
        dims->value[dim] = arena_copy_text(arena, value);
    }
    return true;
}

/* A number, or an explicit null for what is not known. */
static bool read_value(const struct cJSON *object, const char *id, struct sample *sample, struct error *error)
{
    const struct cJSON *value = json_member(object, "value");
    if (!json_is_number(value) && !json_is_null(value)) {
        error_set(error, "%s: \"value\" must be a number, or null where it is not known", id);
        return false;
    }
    sample->value = json_number(value, NAN);
    if (!isfinite(sample->value))
        sample->value = NAN;
    return true;
}

static bool read_sample(struct recording *recording, const struct cJSON *object, struct sample *sample,
                        struct error *error)
{
    struct arena *arena = recording->document->arena;
    const char *id = json_member_text(object, "id");
    if (!id || !*id || strlen(id) > NAME_MAX_BYTES) {
        error_set(error, "a sample needs an \"id\" of 1 to %d bytes", NAME_MAX_BYTES);
        return false;
    }
    const char *period = json_member_text(object, "window");
    *sample = (struct sample){
        .id = arena_copy_text(arena, id),
        .n = json_member_number(object, "n", NAN),
        .period = usual_period(recording->catalogue, id),
    };
    if (!read_value(object, id, sample, error))
        return false;
    if (period && (!period_parse(period, &sample->period) || (int)sample->period >= PERIOD_SAMPLE_COUNT)) {
        error_set(error, "%s: there is no window \"%s\"", id, period);
        return false;
    }
    return read_dims(json_member(object, "dims"), arena, &sample->dims, error);
}

static bool is_known(const struct catalogue *catalogue, const char *id)
{
    return catalogue_kpi(catalogue, id) || catalogue_counter(catalogue, id);
}

static bool read_samples(struct recording *recording, const struct cJSON *samples, struct error *error)
{
    if (!json_is_array(samples)) {
        error_set(error, "\"samples\" must be a list");
        return false;
    }
    struct arena *arena = arena_create();
    struct sample_document *document = arena_take(arena, 1, sizeof *document);
    recording->document = document;
    document->arena = arena;
    document->at_s = NAN;
    size_t count = json_count(samples);
    if (count > SAMPLES_MAX) {
        error_set(error, "more than %d samples", SAMPLES_MAX);
        return false;
    }
    document->samples = arena_take(arena, count, sizeof *document->samples);
    for (const struct cJSON *object = json_first(samples); object; object = json_next(object)) {
        struct sample sample;
        if (!read_sample(recording, object, &sample, error))
            return false;
        if (is_known(recording->catalogue, sample.id))
            document->samples[document->count++] = sample;
    }
    return true;
}

struct event_row {
    const char *name;
    enum recorded_event event;
    bool of_tile, lasts;
};

static const struct event_row events[] = {
    {"tick", RECORDED_TICK, false, false},   {"ack", RECORDED_ACK, true, false},
    {"shelve", RECORDED_SHELVE, true, true}, {"close", RECORDED_CLOSE, false, false},
    {"open", RECORDED_OPEN, false, false},
};

static const struct event_row *find_event(const char *name)
{
    for (size_t i = 0; i < sizeof events / sizeof events[0]; i++)
        if (text_equal(name, events[i].name))
            return &events[i];
    return NULL;
}

static bool read_event(const struct cJSON *object, struct recorded_line *line, struct error *error)
{
    if (!json_member(object, "event"))
        return true;
    const struct event_row *row = find_event(json_member_text(object, "event"));
    if (!row) {
        error_set(error, "\"event\" must be tick, ack, shelve, close or open");
        return false;
    }
    line->event = row->event;
    line->tile = json_member_text(object, "tile");
    line->for_s = json_member_number(object, "for_s", NAN);
    if (row->of_tile && !line->tile)
        error_set(error, "%s: \"tile\" must say which: its id in the board", row->name);
    else if (row->lasts && !(line->for_s > 0))
        error_set(error, "%s: \"for_s\" must be a number of seconds above 0", row->name);
    else
        return true;
    return false;
}

static bool read_time(struct recording *recording, const struct cJSON *object, struct recorded_line *line,
                      struct error *error)
{
    const char *key = recording->is_document ? "at" : "t";
    bool undated = recording->is_document && !json_member(object, key);
    line->t_s = undated ? 0 : json_member_number(object, key, NAN);
    if (!(fabs(line->t_s) <= LATEST_S))
        error_set(error, "\"%s\" must be a number of seconds, at most %.0f", key, LATEST_S);
    else if (line->t_s < recording->t_s)
        error_set(error, "\"t\" must never decrease: %.3f comes after %.3f", line->t_s, recording->t_s);
    else
        return true;
    return false;
}

static bool read_line(struct recording *recording, const char *bytes, size_t length,
                      struct recorded_line *line, struct error *error)
{
    const struct cJSON *object = recording->object = json_parse(bytes, length, error);
    if (!object || !read_time(recording, object, line, error) || !read_event(object, line, error))
        return false;
    recording->t_s = line->t_s;
    const struct cJSON *samples = json_member(object, "samples");
    if (samples && !read_samples(recording, samples, error))
        return false;
    line->document = recording->document;
    return true;
}

void recording_blame(const struct recording *recording, struct error *error)
{
    error_prefix(error, "%s:%d", recording->path, recording->line_number);
}

static size_t length_of_line(const struct recording *recording)
{
    const char *bytes = recording->file.bytes + recording->at;
    size_t left = recording->file.length - recording->at;
    const char *end = recording->is_document ? NULL : memchr(bytes, '\n', left);
    return end ? (size_t)(end - bytes) : left;
}

bool recording_next(struct recording *recording, struct recorded_line *line, struct error *error)
{
    forget_line(recording);
    *line = (struct recorded_line){0};
    while (recording->at < recording->file.length) {
        const char *bytes = recording->file.bytes + recording->at;
        size_t length = length_of_line(recording);
        recording->at += length + 1;
        recording->line_number++;
        if (strspn(bytes, " \t\r") >= length)
            continue;
        if (read_line(recording, bytes, length, line, error))
            return true;
        recording_blame(recording, error);
        return false;
    }
    return false;
}
