#include "app/probe_source.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "app/assets.h"
#include "app/board_file.h"
#include "app/command.h"
#include "app/probe_advice.h"
#include "app/probe_report.h"
#include "app/simulated.h"
#include "base/clock.h"
#include "base/memory.h"

enum { PATIENCE_MS = 60000 };

struct asking {
    const struct source_settings *source;
    bool json, succeeded;
};

int probe_failed(const struct error *error)
{
    fprintf(stderr, "vigie probe: %s\n", error->text);
    return EXIT_FAILED;
}

/* ---- asking ---- */

struct once {
    fetch_handler *handler;
    void *context;
    bool done;
};

static void pass_on(void *context, const struct fetch_result *result)
{
    struct once *once = context;
    if (!once->done)
        once->handler(once->context, result);
    once->done = true;
}

bool probe_ask(const struct source_settings *source, const struct catalogue *catalogue,
               fetch_handler *handler, void *context, struct error *error)
{
    struct once once = {handler, context, false};
    struct fetcher *fetcher =
        fetcher_create(source, 1, catalogue, assets_mapper_path(), pass_on, &once, error);
    if (!fetcher)
        return false;
    fetcher_trust_clock(fetcher, clock_synchronised());
    fetcher_show_requests(fetcher);
    fetcher_hurry(fetcher);
    while (!once.done)
        fetcher_wait(fetcher, clock_monotonic_ms() + PATIENCE_MS);
    fetcher_destroy(fetcher);
    return true;
}

/* ---- what came ---- */

/* An answer without what a board drops at its door (P02): how many that were is all that is told of them. */
struct shown {
    struct sample_document document; /* its samples are owned */
    size_t dropped;
};

static struct shown shown_of(const struct sample_document *document)
{
    struct shown shown = {*document, 0};
    shown.document.samples = memory_create(document->count, sizeof *shown.document.samples);
    shown.document.count = 0;
    for (size_t i = 0; i < document->count; i++)
        if (!document->samples[i].dims.value[DIM_AGENT])
            shown.document.samples[shown.document.count++] = document->samples[i];
    shown.dropped = document->count - shown.document.count;
    return shown;
}

static const struct sample_document *document_or_none(const struct fetch_result *result)
{
    static const struct sample_document none = {.at_s = NAN};
    return result->document ? result->document : &none;
}

static void write_json(struct text *out, const struct asking *asking, const struct fetch_result *result)
{
    struct text poll = {0};
    struct shown shown = shown_of(document_or_none(result));
    text_append_format(&poll, ",\n \"agent_samples_left_out\": %zu,\n \"poll\": ", shown.dropped);
    probe_write_poll_json(&poll, asking->source, result, clock_monotonic_ms());
    probe_write_document(out, &shown.document, text_bytes(&poll));
    free(shown.document.samples);
    text_finish(&poll);
}

static void write_shown(struct text *out, const struct sample_document *document)
{
    struct shown shown = shown_of(document);
    probe_write_table(out, &shown.document);
    if (shown.dropped)
        text_append_format(out,
                           "%zu of single agents, which are not shown (P02); --adapter FILE.jq --reply "
                           "FILE.json tries a filter\n",
                           shown.dropped);
    free(shown.document.samples);
}

static void write_for_people(struct text *out, const struct asking *asking, const struct fetch_result *result)
{
    probe_write_poll(out, asking->source, result, clock_monotonic_ms());
    if (!asking->succeeded)
        return;
    text_append(out, "\n");
    if (result->document)
        write_shown(out, result->document);
    else
        text_append(out, "the source answered, but with nothing in it: figures stay and age\n");
}

static void say_failure(const struct source_settings *source, const struct fetch_result *result)
{
    const char *what_to_do = probe_advice(source, result, ADVICE_FOR_BOARD);
    fprintf(stderr, "vigie probe: source %s: %s\n", source->name, result->failure.detail);
    if (what_to_do)
        fprintf(stderr, "vigie probe: %s\n", what_to_do);
}

static void take_result(void *context, const struct fetch_result *result)
{
    struct asking *asking = context;
    struct text out = {0};
    asking->succeeded = result->outcome != FETCH_FAILED;
    (asking->json && asking->succeeded ? write_json : write_for_people)(&out, asking, result);
    fputs(text_bytes(&out), asking->succeeded ? stdout : stderr);
    if (!asking->succeeded)
        say_failure(asking->source, result);
    text_finish(&out);
}

static bool ask(const struct source_settings *source, const struct catalogue *catalogue, bool json)
{
    struct error error = {0};
    struct asking asking = {.source = source, .json = json};
    if (!probe_ask(source, catalogue, take_result, &asking, &error))
        probe_failed(&error);
    return asking.succeeded;
}

/* ---- the sources of a board ---- */

static void list_sources(const struct config *config, struct text *names)
{
    for (size_t i = 0; i < config->source_count; i++)
        text_append_format(names, "%s%s", i ? ", " : "", config->sources[i].name);
}

static const struct source_settings *find_source(const struct config *config, const char *name,
                                                 struct error *error)
{
    const struct source_settings *source = config_source(config, name);
    if (source)
        return source;
    struct text names = {0};
    list_sources(config, &names);
    error_set(error, "%s has no source \"%s\"; it has %s", config->path, name,
              names.length ? text_bytes(&names) : "none");
    text_finish(&names);
    return NULL;
}

/* One after the other; with --json one object each. */
static bool ask_every(const struct config *config, bool json)
{
    bool succeeded = config->source_count > 0;
    for (size_t i = 0; i < config->source_count; i++) {
        if (!json)
            printf("%s---- source %s ----\n", i ? "\n" : "", config->sources[i].name);
        fflush(stdout);
        succeeded = ask(&config->sources[i], config->catalogue, json) && succeeded;
        fflush(stdout);
    }
    return succeeded;
}

static bool ask_wanted(const struct config *config, const char *name, bool json, struct error *error)
{
    if (!name && config->source_count != 1) {
        if (config->source_count == 0)
            error_set(error, "%s has no sources to ask", config->path);
        return ask_every(config, json);
    }
    const struct source_settings *source = name ? find_source(config, name, error) : config->sources;
    return source && ask(source, config->catalogue, json);
}

int probe_board(const char *board, const char *name, bool json)
{
    struct error error = {0};
    struct simulator_server *simulator = NULL;
    struct config *config = board_file_read(board);
    if (!config)
        return EXIT_FAILED;
    bool succeeded = simulated_start(config, 0, &simulator, &error) && ask_wanted(config, name, json, &error);
    if (*error.text)
        probe_failed(&error);
    simulator_server_destroy(simulator);
    config_destroy(config);
    return succeeded ? EXIT_DONE : EXIT_FAILED;
}
