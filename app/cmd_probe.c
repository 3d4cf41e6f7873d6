#include <math.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "app/assets.h"
#include "app/board_file.h"
#include "app/catalogue_file.h"
#include "app/command.h"
#include "app/explain.h"
#include "app/options.h"
#include "app/simulated.h"
#include "base/calendar.h"
#include "base/clock.h"
#include "base/json.h"
#include "base/utf8.h"
#include "fetch/adapter.h"
#include "fetch/document.h"
#include "fetch/fetcher.h"
#include "fetch/filter_file.h"
#include "fetch/mapper.h"
#include "fetch/response.h"

enum { MOST_REPLY_BYTES = 8 << 20, MOST_CFG_BYTES = 1 << 20, MAPPER_FDS = 2, PATIENCE_MS = 60000 };

struct probe {
    const char *board, *source, *adapter, *reply, *cfg, *tile, *samples;
    double now_s; /* NaN: the clock's */
    bool json;
};

static int failed(const struct error *error)
{
    fprintf(stderr, "vigie probe: %s\n", error->text);
    return EXIT_FAILED;
}

/* ---- a document as JSON ---- */

static void write_sample(struct text *out, const struct sample *sample)
{
    text_append(out, "{\"id\": ");
    json_write_text(out, sample->id);
    text_append(out, ", \"value\": ");
    json_write_number(out, sample->value);
    text_append_format(out, ", \"window\": \"%s\", \"dims\": ", period_name(sample->period));
    explain_write_dims(out, &sample->dims);
    text_append(out, "}");
}

static void write_document(struct text *out, const struct sample_document *document)
{
    text_append(out, "{\"at\": ");
    json_write_number(out, document->at_s);
    text_append(out, ", \"samples\": [");
    for (size_t i = 0; i < document->count; i++) {
        text_append(out, i ? ",\n  " : "\n  ");
        write_sample(out, &document->samples[i]);
    }
    text_append(out, "], \"rejected\": [");
    for (size_t i = 0; i < document->rejected_count; i++) {
        text_append(out, i ? ",\n  {\"id\": " : "\n  {\"id\": ");
        json_write_text(out, document->rejected[i].id);
        text_append(out, ", \"why\": ");
        json_write_text(out, document->rejected[i].why);
        text_append(out, "}");
    }
    text_append(out, "]}\n");
}

/* ---- a document for people ---- */

/* Pads to `columns` characters, which are not bytes. */
static void write_column(struct text *out, const char *what, size_t columns)
{
    text_append(out, what);
    for (size_t width = utf8_length(what); width < columns; width++)
        text_append(out, " ");
}

static size_t longest_id(const struct sample_document *document)
{
    size_t longest = strlen("what");
    for (size_t i = 0; i < document->count; i++)
        if (utf8_length(document->samples[i].id) > longest)
            longest = utf8_length(document->samples[i].id);
    return longest;
}

static void write_row(struct text *out, const struct sample *sample, size_t id_columns)
{
    char value[32] = "unknown";
    if (!isnan(sample->value))
        snprintf(value, sizeof value, "%.10g", sample->value);
    write_column(out, sample->id, id_columns + 2);
    text_append_format(out, "%14s  %-12s", value, period_name(sample->period));
    for (enum dim dim = 0; dim < DIM_COUNT; dim++)
        if (sample->dims.value[dim])
            text_append_format(out, "%s=%s ", dim_name(dim), sample->dims.value[dim]);
    text_append(out, "\n");
}

static void write_time_of_figures(struct text *out, double at_s)
{
    struct calendar_time at;
    if (isnan(at_s)) {
        text_append(out, "the answer carries no time of its figures: its arrival counts\n");
        return;
    }
    calendar_local((int64_t)(at_s * 1000), &at);
    text_append_format(out, "figures of %04d-%02d-%02d %02d:%02d:%02d\n", at.year, at.month, at.day, at.hour,
                       at.minute, at.second);
}

static void write_table(struct text *out, const struct sample_document *document)
{
    size_t id_columns = longest_id(document);
    write_time_of_figures(out, document->at_s);
    if (document->count) {
        write_column(out, "what", id_columns + 2);
        text_append_format(out, "%14s  %-12s%s\n", "value", "window", "for");
    }
    for (size_t i = 0; i < document->count; i++)
        write_row(out, &document->samples[i], id_columns);
    text_append_format(out, "%zu sample%s, %zu rejected\n", document->count, document->count == 1 ? "" : "s",
                       document->rejected_count);
    for (size_t i = 0; i < document->rejected_count; i++)
        text_append_format(out, "rejected: %s: %s\n", document->rejected[i].id, document->rejected[i].why);
}

static void print_document(const struct sample_document *document, bool json)
{
    struct text out = {0};
    (json ? write_document : write_table)(&out, document);
    fputs(text_bytes(&out), stdout);
    text_finish(&out);
}

/* ---- a saved answer ---- */

struct mapping {
    bool done, mapped;
    struct text output;
    struct error error;
};

static void take_output(void *context, bool mapped, const struct text *output, const struct error *error)
{
    struct mapping *mapping = context;
    mapping->done = true;
    mapping->mapped = mapped;
    mapping->error = *error;
    text_append_bytes(&mapping->output, text_bytes(output), output->length);
}

static void wait_for_mapping(struct mapper *mapper, const struct mapping *mapping)
{
    mapper_step(mapper, clock_monotonic_ms());
    while (!mapping->done) {
        struct pollfd fds[MAPPER_FDS];
        int64_t now_ms = clock_monotonic_ms(), deadline_ms = now_ms + PATIENCE_MS;
        size_t count = mapper_poll_fds(mapper, fds, &deadline_ms);
        poll(fds, count, deadline_ms > now_ms ? (int)(deadline_ms - now_ms) : 0);
        mapper_step(mapper, clock_monotonic_ms());
    }
}

static bool read_reply(const char *path, struct text *reply, struct error *error)
{
    if (!text_read_file(reply, path, MOST_REPLY_BYTES)) {
        error_set(error, "%s: cannot be read; it must be a file of at most %d MiB", path,
                  MOST_REPLY_BYTES >> 20);
        return false;
    }
    if (response_check_json(reply, error))
        return true;
    error_prefix(error, "%s", path);
    return false;
}

/* The filter's settings as text: "{}" where no file is named. */
static bool read_cfg(const char *path, struct text *cfg, struct error *error)
{
    if (!path) {
        text_append(cfg, "{}");
        return true;
    }
    struct cJSON *value = json_read_file(path, MOST_CFG_BYTES, error);
    bool read = json_is_object(value) && text_read_file(cfg, path, MOST_CFG_BYTES);
    if (value && !read)
        error_set(error, "%s: must be a JSON object", path);
    json_destroy(value);
    return read;
}

/* Runs the real mapper process. Takes the reply over. */
static bool map(const char *filter_path, const char *cfg, double now_s, struct text *reply,
                struct text *output, struct error *error)
{
    struct text filter = {0};
    struct mapping mapping = {0};
    struct mapper *mapper =
        filter_file_read(filter_path, &filter, error) ? mapper_create(assets_program_path(), error) : NULL;
    if (mapper) {
        const struct mapper_job job = {filter_path, text_bytes(&filter), cfg, now_s};
        mapper_submit(mapper, &job, reply, take_output, &mapping);
        wait_for_mapping(mapper, &mapping);
        *error = mapping.error;
    }
    mapper_destroy(mapper);
    text_finish(&filter);
    *output = mapping.output;
    return mapping.mapped;
}

static struct sample_document *map_reply(const struct probe *probe, const struct catalogue *catalogue,
                                         struct error *error)
{
    struct sample_document *document = NULL;
    struct text reply = {0}, cfg = {0}, output = {0};
    double now_s = isnan(probe->now_s) ? (double)clock_now().wall_ms / 1000 : probe->now_s;
    char *filter_path = adapter_find(assets_path(), probe->adapter, error);
    if (!filter_path)
        goto out;
    if (!read_reply(probe->reply, &reply, error) || !read_cfg(probe->cfg, &cfg, error))
        goto out;
    if (map(filter_path, text_bytes(&cfg), now_s, &reply, &output, error))
        document = document_parse(text_bytes(&output), output.length, catalogue, now_s, error);

out:
    text_finish(&output);
    text_finish(&cfg);
    text_finish(&reply);
    free(filter_path);
    return document;
}

static int probe_reply(const struct probe *probe)
{
    struct error error = {0};
    struct catalogue *catalogue = catalogue_file_read(assets_path(), &error);
    struct sample_document *document = catalogue ? map_reply(probe, catalogue, &error) : NULL;
    if (document)
        print_document(document, probe->json);
    int status = document ? EXIT_DONE : failed(&error);
    sample_document_destroy(document);
    catalogue_destroy(catalogue);
    return status;
}

/* ---- a real source ---- */

struct asking {
    const struct probe *probe;
    bool done, succeeded;
};

static void print_facts(FILE *to, const struct fetch_result *result)
{
    fprintf(to, "%s\n", result->request_line);
    if (result->http_status)
        fprintf(
            to,
            "HTTP %ld, %s, %zu bytes in %lld ms (connected after %lld ms, first byte after %lld ms), mapped "
            "in %lld ms\n",
            result->http_status, *result->content_type ? result->content_type : "no content type",
            result->body_bytes, (long long)result->total_ms, (long long)result->connect_ms,
            (long long)result->first_byte_ms, (long long)result->map_ms);
}

/* An answer without news is a document without samples. */
static void print_no_news(bool json)
{
    puts(json ? "{\"at\": null, \"samples\": [], \"rejected\": []}"
              : "the source answered, but with nothing in it: figures stay and age");
}

static void take_result(void *context, const struct fetch_result *result)
{
    struct asking *asking = context;
    bool json = asking->probe->json;
    asking->done = true;
    asking->succeeded = result->outcome != FETCH_FAILED;
    if (!json || !asking->succeeded)
        print_facts(asking->succeeded ? stdout : stderr, result);
    if (!asking->succeeded)
        fprintf(stderr, "vigie probe: source %s: %s\n", asking->probe->source, result->failure.detail);
    else if (result->document)
        print_document(result->document, json);
    else
        print_no_news(json);
}

static int ask(const struct probe *probe, const struct source_settings *source,
               const struct catalogue *catalogue)
{
    struct error error = {0};
    struct asking asking = {.probe = probe};
    struct fetcher *fetcher =
        fetcher_create(source, 1, catalogue, assets_program_path(), take_result, &asking, &error);
    if (!fetcher)
        return failed(&error);
    fetcher_trust_clock(fetcher, clock_synchronised());
    fetcher_hurry(fetcher);
    while (!asking.done)
        fetcher_wait(fetcher, clock_monotonic_ms() + PATIENCE_MS);
    fetcher_destroy(fetcher);
    return asking.succeeded ? EXIT_DONE : EXIT_FAILED;
}

static const struct source_settings *find_source(const struct config *config, const char *name,
                                                 struct error *error)
{
    for (size_t i = 0; i < config->source_count; i++)
        if (text_equal(config->sources[i].name, name))
            return &config->sources[i];
    struct text names = {0};
    for (size_t i = 0; i < config->source_count; i++)
        text_append_format(&names, "%s%s", i ? ", " : "", config->sources[i].name);
    error_set(error, "%s has no source \"%s\"; it has %s", config->path, name,
              names.length ? text_bytes(&names) : "none");
    text_finish(&names);
    return NULL;
}

static int probe_source(const struct probe *probe)
{
    struct error error = {0};
    struct simulator_server *simulator = NULL;
    struct config *config = board_file_read(probe->board);
    if (!config)
        return EXIT_FAILED;
    int status = EXIT_FAILED;
    const struct source_settings *source = find_source(config, probe->source, &error);
    if (source && simulated_start(config, 0, &simulator, &error))
        status = ask(probe, source, config->catalogue);
    else
        failed(&error);
    simulator_server_destroy(simulator);
    config_destroy(config);
    return status;
}

static int check_usage(const struct probe *probe)
{
    if (probe->adapter && (!probe->reply || probe->board || probe->source))
        return command_usage_error("probe",
                                   "--adapter needs --reply FILE.json, and neither BOARD nor --source");
    if (probe->tile && (!probe->board || probe->source || probe->adapter))
        return command_usage_error("probe", "--tile needs a BOARD, and neither --source nor --adapter");
    if (probe->samples && !probe->tile)
        return command_usage_error("probe", "--samples goes with --tile ID");
    if (!probe->adapter && !probe->tile && (!probe->board || !probe->source))
        return command_usage_error(
            "probe", "BOARD and --source NAME or --tile ID, or --adapter NAME and --reply FILE.json");
    return OPTIONS_READ;
}

int cmd_probe(int argc, char **argv)
{
    struct probe probe = {.now_s = NAN};
    const struct option_row options[] = {
        {"source", "NAME", .text = &probe.source, .help = "the source of the board to ask, once"},
        {"tile", "ID", .text = &probe.tile, .help = "the tile of the board to explain"},
        {"samples", "FILE", .text = &probe.samples,
         .help = "with --tile: recorded figures instead of asking"},
        {"adapter", "NAME|FILE.jq", .text = &probe.adapter, .help = "the filter to try on a saved answer"},
        {"reply", "FILE.json", .text = &probe.reply, .help = "the saved answer"},
        {"now", "EPOCH", .real = &probe.now_s, .help = "the moment that the filter sees as $now"},
        {"cfg", "FILE.json", .text = &probe.cfg, .help = "what the filter sees as $cfg"},
        {"json", .flag = &probe.json, .help = "the result as JSON"},
        {0}};
    const struct usage usage = {"probe", "[BOARD]",
                                "asks one source once and shows what came, or explains a tile", options};
    int status = options_read(&usage, argc, argv, &probe.board);
    if (status == OPTIONS_READ)
        status = check_usage(&probe);
    if (status != OPTIONS_READ)
        return status;
    if (probe.tile)
        return explain_tile(&(struct explain_request){probe.board, probe.tile, probe.samples, probe.json});
    return probe.adapter ? probe_reply(&probe) : probe_source(&probe);
}
