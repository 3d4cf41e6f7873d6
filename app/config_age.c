/*
 * Tiles whose figures are too old before anybody asks for new ones.
 *
 * Where the tile names no source, it may get its figure from each one whose filter or cfg speaks of the KPI
 * or of a counter in it, and from each one whose filter speaks of none (the source itself gives the names
 * then). Only where none of them is quick enough is the tile hatched for certain.
 */
#include <ctype.h>
#include <string.h>

#include "app/config_reading.h"
#include "fetch/filter_file.h"
#include "model/rule.h"

static double seconds(int64_t ms)
{
    return (double)ms / 1000;
}

/* The tile's own limits and those of its KPI, for which rules may be written. */
static struct dims scope_of(const struct tile_settings *tile)
{
    struct dims scope = tile->where;
    for (int i = 0; i < DIM_COUNT; i++)
        if (!scope.value[i])
            scope.value[i] = tile->kpi->filter.value[i];
    return scope;
}

/* ---- what a source speaks of ---- */

static bool is_word_character(char c)
{
    return isalnum((unsigned char)c) || c == '_';
}

static bool has_word(const char *text, const char *word)
{
    for (const char *at = strstr(text, word); at; at = strstr(at + 1, word))
        if ((at == text || !is_word_character(at[-1])) && !is_word_character(at[strlen(word)]))
            return true;
    return false;
}

/* The filter and its cfg; "" where the filter cannot be read. */
static char *words_of(const struct config_reading *reading, const struct source_settings *source)
{
    struct text words = {0};
    if (source->filter_path && filter_file_read(source->filter_path, &words, NULL))
        text_append(&words, source->cfg_json);
    char *copy = arena_copy_text(reading->config->arena, text_bytes(&words));
    text_finish(&words);
    return copy;
}

static bool speaks_of_any(const struct catalogue *catalogue, const char *words)
{
    for (size_t i = 0; i < catalogue_counter_count(catalogue); i++)
        if (has_word(words, catalogue_counter_at(catalogue, i)->name))
            return true;
    for (size_t i = 0; i < catalogue_kpi_count(catalogue); i++)
        if (has_word(words, catalogue_kpi_at(catalogue, i)->id))
            return true;
    return false;
}

static void learn_words(struct config_reading *reading)
{
    const struct config *config = reading->config;
    reading->vocabularies = arena_take(config->arena, config->source_count, sizeof *reading->vocabularies);
    for (size_t i = 0; i < config->source_count; i++) {
        const char *words = words_of(reading, &config->sources[i]);
        reading->vocabularies[i] =
            (struct config_vocabulary){words, !*words || !speaks_of_any(config->catalogue, words)};
    }
}

static bool has_term(const char *words, const struct expression *expression)
{
    for (size_t i = 0; i < expression->count; i++)
        if (has_word(words, expression->terms[i].counter))
            return true;
    return false;
}

static bool may_give(const struct config_vocabulary *vocabulary, const struct kpi *kpi)
{
    return vocabulary->gives_anything || has_word(vocabulary->words, kpi->id) ||
           has_term(vocabulary->words, &kpi->numerator) || has_term(vocabulary->words, &kpi->denominator);
}

/* ---- how old figures get ---- */

/* Of the sources that may give the KPI, the one that is asked most often; NULL: none, or one that speaks up
 * itself. */
static const struct source_settings *quickest(struct config_reading *reading, const struct kpi *kpi)
{
    const struct config *config = reading->config;
    const struct source_settings *best = NULL;
    if (!reading->vocabularies)
        learn_words(reading);
    for (size_t i = 0; i < config->source_count; i++) {
        const struct source_settings *source = &config->sources[i];
        if (!may_give(&reading->vocabularies[i], kpi))
            continue;
        if (source->place == PLACE_STDIN)
            return NULL;
        if (!best || source->every_ms < best->every_ms)
            best = source;
    }
    return best;
}

void config_age_check(struct config_reading *reading, const struct yaml_place *place,
                      const struct tile_settings *tile, const struct source_settings *named)
{
    struct dims scope = scope_of(tile);
    int64_t stale_ms = rule_for_tile(&reading->config->board, tile, &scope).stale_after_ms;
    const struct source_settings *source = named ? named : quickest(reading, tile->kpi);
    if (!source || source->place == PLACE_STDIN || source->every_ms <= stale_ms)
        return;
    yaml_warning(reading->yaml, place, named ? "source" : "kpi",
                 "%s%s asked every %.6g s, but a figure is too old for this tile after %.6g s, so it is "
                 "hatched until the next answer; ask more often, or write rule: {stale_after: %.6gs} for the "
                 "tile",
                 yaml_shown(reading->yaml, source->name),
                 named ? " is" : ", which its figure can only come from, is", seconds(source->every_ms),
                 seconds(stale_ms), seconds(3 * source->every_ms));
}
