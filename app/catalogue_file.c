#include "app/catalogue_file.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/csv.h"
#include "base/json.h"
#include "base/text.h"

enum { CATALOGUE_MAX_BYTES = 4 << 20, CSV_FIELDS_MAX = 8 };

/* A limit is a number or, in some rows, a text that holds one ("4.0"); NaN where there is none. */
static double number_of(const struct cJSON *row, const char *key)
{
    const char *text = json_member_text(row, key);
    if (text && *text)
        return strtod(text, NULL);
    return json_member_number(row, key, NAN);
}

static double number_or(const struct cJSON *row, const char *key, double otherwise)
{
    double number = number_of(row, key);
    return isnan(number) ? otherwise : number;
}

static const char *copied(struct arena *arena, const struct cJSON *row, const char *key)
{
    return arena_copy_text(arena, json_member_text(row, key));
}

static void read_names(struct arena *arena, const struct cJSON *row, struct kpi *kpi)
{
    static const char *const keys[LANGUAGE_COUNT][LABEL_COUNT] = {
        {"label_fr_xs", "label_fr_short", "label_fr_long"},
        {"label_en_xs", "label_en_short", "label_en_long"},
    };
    static const char *const definitions[LANGUAGE_COUNT] = {"definition_fr", "definition_en"};
    static const char *const suffixes[LANGUAGE_COUNT] = {"suffix_fr", "suffix_en"};
    for (int language = 0; language < LANGUAGE_COUNT; language++) {
        for (int length = 0; length < LABEL_COUNT; length++)
            kpi->label[language][length] = copied(arena, row, keys[language][length]);
        kpi->definition[language] = copied(arena, row, definitions[language]);
        kpi->suffix[language] = copied(arena, row, suffixes[language]);
    }
    kpi->family = copied(arena, row, "family");
    kpi->formula = copied(arena, row, "formula");
    kpi->display = copied(arena, row, "display");
    kpi->display_alt = copied(arena, row, "display_alt");
    kpi->privacy = copied(arena, row, "privacy");
    kpi->pair_with = copied(arena, row, "pair_with");
    kpi->note = copied(arena, row, "note");
}

static void read_numbers(const struct cJSON *row, struct kpi *kpi)
{
    if (kpi->direction == DIRECTION_TARGET_BAND)
        kpi->limits = limits_make(kpi->direction, number_of(row, "warn_low"), number_of(row, "warn_high"),
                                  number_of(row, "crit_low"), number_of(row, "crit_high"));
    else
        kpi->limits = limits_make(kpi->direction, number_of(row, "warn"), NAN, number_of(row, "crit"), NAN);
    kpi->scale = number_or(row, "scale", 1);
    kpi->decimals = (int)number_or(row, "decimals", -1);
    kpi->hysteresis = number_or(row, "hysteresis", 0);
    kpi->target = number_of(row, "target");
    kpi->range_min = number_of(row, "range_min");
    kpi->range_max = number_of(row, "range_max");
    kpi->min_sample = number_or(row, "min_sample", 0);
    kpi->for_ms = (int64_t)(number_or(row, "for_s", 0) * 1000);
    kpi->clear_ms = (int64_t)(number_or(row, "clear_s", 0) * 1000);
    kpi->stale_after_ms = (int64_t)(number_or(row, "stale_after_s", 60) * 1000);
}

/* "channel=chat" becomes a dimension. */
static bool read_filter(struct arena *arena, const char *filter, struct dims *dims)
{
    if (!filter || !*filter)
        return true;
    const char *equals = strchr(filter, '=');
    if (!equals)
        return false;
    enum dim dim;
    if (!dim_parse(arena_copy_bytes(arena, filter, (size_t)(equals - filter)), &dim))
        return false;
    dims->value[dim] = arena_copy_text(arena, equals + 1);
    return true;
}

static bool read_kpi(struct catalogue *catalogue, const struct cJSON *row, struct error *error)
{
    struct arena *arena = catalogue_arena(catalogue);
    struct kpi kpi = {.id = copied(arena, row, "id")};
    if (!kpi.id) {
        error_set(error, "a row has no \"id\"");
        return false;
    }
    const char *wrong = NULL;
    if (!unit_parse(json_member_text(row, "unit"), &kpi.unit))
        wrong = "unit";
    else if (!number_format_parse(json_member_text(row, "format"), &kpi.format))
        wrong = "format";
    else if (!direction_parse(json_member_text(row, "direction"), &kpi.direction))
        wrong = "direction";
    else if (!threshold_mode_parse(json_member_text(row, "threshold_mode"), &kpi.threshold_mode))
        wrong = "threshold_mode";
    else if (!aggregation_parse(json_member_text(row, "agg_over_queues"), &kpi.aggregation))
        wrong = "agg_over_queues";
    else if (!json_member_text(row, "default_window") ||
             !period_parse(json_member_text(row, "default_window"), &kpi.default_period))
        wrong = "default_window";
    else if (!expression_parse(arena, json_member_text(row, "expr_num"), &kpi.numerator))
        wrong = "expr_num";
    else if (!expression_parse(arena, json_member_text(row, "expr_den"), &kpi.denominator))
        wrong = "expr_den";
    else if (!read_filter(arena, json_member_text(row, "filter"), &kpi.filter))
        wrong = "filter";
    if (wrong) {
        error_set(error, "KPI \"%s\": \"%s\" is missing or not understood", kpi.id, wrong);
        return false;
    }
    read_names(arena, row, &kpi);
    read_numbers(row, &kpi);
    catalogue_add_kpi(catalogue, &kpi);
    return true;
}

static bool read_kpis(struct catalogue *catalogue, const char *path, struct error *error)
{
    struct cJSON *file = json_read_file(path, CATALOGUE_MAX_BYTES, error);
    if (!file)
        return false;
    const struct cJSON *rows = json_member(file, "kpis");
    bool read = json_count(rows) > 0;
    if (!read)
        error_set(error, "%s: no rows under \"kpis\"", path);
    for (const struct cJSON *row = json_first(rows); row && read; row = json_next(row)) {
        read = read_kpi(catalogue, row, error);
        if (!read)
            error_prefix(error, "%s", path);
    }
    json_destroy(file);
    return read;
}

/* Splits one line in place. Gives how many fields there were. */
static size_t split_csv(char *line, char *fields[CSV_FIELDS_MAX])
{
    size_t count = 0;
    while (count < CSV_FIELDS_MAX && csv_next_cell(&line, &fields[count++]))
        continue;
    return count;
}

static bool read_counter(struct catalogue *catalogue, char *line, struct error *error)
{
    struct arena *arena = catalogue_arena(catalogue);
    char *fields[CSV_FIELDS_MAX];
    if (split_csv(line, fields) != 5) {
        error_set(error, "five fields are due: name, kind, unit, meaning_fr, meaning_en");
        return false;
    }
    struct counter counter = {
        .name = arena_copy_text(arena, fields[0]),
        .gauge = strcmp(fields[1], "gauge") == 0,
        .meaning = {arena_copy_text(arena, fields[3]), arena_copy_text(arena, fields[4])},
    };
    /* sums of marks are counted in marks: no unit of the wall's own */
    if (!unit_parse(fields[2], &counter.unit))
        counter.unit = UNIT_COUNT;
    catalogue_add_counter(catalogue, &counter);
    return true;
}

static bool read_counters(struct catalogue *catalogue, const char *path, struct error *error)
{
    struct text file = {0};
    bool read = text_read_file(&file, path, CATALOGUE_MAX_BYTES);
    if (!read)
        error_set(error, "%s: %s", path, strerror(errno));
    int number = 0;
    char *rest = NULL;
    for (char *line = read ? strtok_r(file.bytes, "\r\n", &rest) : NULL; line && read;
         line = strtok_r(NULL, "\r\n", &rest)) {
        if (++number == 1)
            continue; /* the heading */
        read = read_counter(catalogue, line, error);
        if (!read)
            error_prefix(error, "%s:%d", path, number);
    }
    text_finish(&file);
    return read;
}

struct catalogue *catalogue_file_read(const char *assets_folder, struct error *error)
{
    struct catalogue *catalogue = catalogue_create();
    struct text kpis = {0}, counters = {0};
    text_append_format(&kpis, "%s/catalogue/kpis.json", assets_folder);
    text_append_format(&counters, "%s/catalogue/counters.csv", assets_folder);
    bool read = read_kpis(catalogue, kpis.bytes, error) && read_counters(catalogue, counters.bytes, error);
    text_finish(&kpis);
    text_finish(&counters);
    if (read)
        return catalogue;
    catalogue_destroy(catalogue);
    return NULL;
}
