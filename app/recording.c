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

struct recording {
    char *path;
    const struct catalogue *catalogue;
    struct text file;
    size_t at; /* offset of the next line */
    int line_number;
    double t_s;
    struct sample_document *document;
};

struct recording *recording_open(const char *path, const struct catalogue *catalogue, struct error *error)
{
    struct recording *recording = memory_create(1, sizeof *recording);
    recording->path = memory_copy_text(path);
    recording->catalogue = catalogue;
    recording->t_s = -INFINITY;
    if (text_read_file(&recording->file, path, RECORDING_MAX_BYTES))
        return recording;
    error_set(error, "%s: %s", path, strerror(errno));
    recording_close(recording);
    return NULL;
}

void recording_close(struct recording *recording)
{
    if (!recording)
        return;
    sample_document_destroy(recording->document);
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
        dims->value[dim] = arena_copy_text(arena, json_text(member));
    }
    return true;
}

static bool read_sample(struct recording *recording, const struct cJSON *object, struct sample *sample,
                        struct error *error)
{
    struct arena *arena = recording->document->arena;
    const char *id = json_member_text(object, "id");
    if (!id || strlen(id) > NAME_MAX_BYTES) {
        error_set(error, "a sample needs an \"id\" of at most %d bytes", NAME_MAX_BYTES);
        return false;
    }
    const char *period = json_member_text(object, "window");
    *sample = (struct sample){
        .id = arena_copy_text(arena, id),
        .value = json_member_number(object, "value", NAN),
        .n = json_member_number(object, "n", NAN),
        .period = usual_period(recording->catalogue, id),
    };
    if (!isfinite(sample->value))
        sample->value = NAN;
    if (period && (!period_parse(period, &sample->period) || (int)sample->period >= PERIOD_SAMPLE_COUNT)) {
        error_set(error, "%s: there is no window \"%s\"", id, period);
        return false;
    }
    return read_dims(json_member(object, "dims"), arena, &sample->dims, error);
}

static bool read_samples(struct recording *recording, const struct cJSON *samples, struct error *error)
{
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
    for (const struct cJSON *object = json_first(samples); object; object = json_next(object))
        if (!read_sample(recording, object, &document->samples[document->count++], error))
            return false;
    return true;
}

static bool read_line(struct recording *recording, const char *bytes, size_t length,
                      struct recorded_line *line, struct error *error)
{
    struct cJSON *object = json_parse(bytes, length, error);
    if (!object)
        return false;
    line->t_s = json_member_number(object, "t", NAN);
    const struct cJSON *samples = json_member(object, "samples");
    bool read = true;
    if (!isfinite(line->t_s) || line->t_s < recording->t_s) {
        error_set(error, "\"t\" must be a number of seconds that never decreases");
        read = false;
    } else if (samples) {
        read = read_samples(recording, samples, error);
        line->document = recording->document;
    }
    recording->t_s = line->t_s;
    json_destroy(object);
    return read;
}

bool recording_next(struct recording *recording, struct recorded_line *line, struct error *error)
{
    sample_document_destroy(recording->document);
    recording->document = NULL;
    *line = (struct recorded_line){0};
    while (recording->at < recording->file.length) {
        const char *bytes = recording->file.bytes + recording->at;
        const char *end = memchr(bytes, '\n', recording->file.length - recording->at);
        size_t length = end ? (size_t)(end - bytes) : recording->file.length - recording->at;
        recording->at += length + 1;
        recording->line_number++;
        if (strspn(bytes, " \t\r") >= length)
            continue;
        if (read_line(recording, bytes, length, line, error))
            return true;
        error_prefix(error, "%s:%d", recording->path, recording->line_number);
        return false;
    }
    return false;
}
