#include <math.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/assets.h"
#include "app/assistant.h"
#include "app/catalogue_file.h"
#include "app/command.h"
#include "app/explain.h"
#include "app/options.h"
#include "app/probe_report.h"
#include "app/probe_source.h"
#include "base/clock.h"
#include "base/json.h"
#include "fetch/adapter.h"
#include "fetch/document.h"
#include "fetch/filter_file.h"
#include "fetch/mapper.h"
#include "fetch/response.h"

enum { MOST_REPLY_BYTES = 8 << 20, MOST_CFG_BYTES = 1 << 20, MAPPER_FDS = 2, PATIENCE_MS = 60000 };

struct probe {
    const char *board, *source, *adapter, *reply, *cfg, *tile, *samples;
    double now_s; /* NaN: the clock's */
    bool json;
    struct assistant_request unknown; /* an address without a board */
};

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
        filter_file_read(filter_path, &filter, error) ? mapper_create(assets_mapper_path(), error) : NULL;
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

static void print_document(const struct sample_document *document, bool json)
{
    struct text out = {0};
    if (json)
        probe_write_document(&out, document, "");
    else
        probe_write_table(&out, document);
    fputs(text_bytes(&out), stdout);
    text_finish(&out);
}

static int probe_reply(const struct probe *probe)
{
    struct error error = {0};
    struct catalogue *catalogue = catalogue_file_read(assets_path(), &error);
    struct sample_document *document = catalogue ? map_reply(probe, catalogue, &error) : NULL;
    if (document)
        print_document(document, probe->json);
    int status = document ? EXIT_DONE : probe_failed(&error);
    sample_document_destroy(document);
    catalogue_destroy(catalogue);
    return status;
}

static int check_url_usage(const struct probe *probe)
{
    const struct assistant_request *unknown = &probe->unknown;
    bool wanted = unknown->method || unknown->body || unknown->ca_file || unknown->write ||
                  unknown->headers.count || unknown->auth.count;
    if (!unknown->url && wanted)
        return command_usage_error(
            "probe", "--method, --header, --body, --auth, --ca-file, --write go with --url URL");
    if (unknown->url && (probe->board || probe->adapter || probe->source || probe->tile))
        return command_usage_error("probe",
                                   "--url is asked alone, without BOARD, --source, --tile or --adapter");
    if (strchr(unknown->name, '/') || !*unknown->name)
        return command_usage_error("probe", "--name is a short name without a slash");
    return OPTIONS_READ;
}

static int check_usage(const struct probe *probe)
{
    if (check_url_usage(probe) != OPTIONS_READ)
        return EXIT_USAGE;
    if (probe->adapter && (!probe->reply || probe->board || probe->source))
        return command_usage_error("probe",
                                   "--adapter needs --reply FILE.json, and neither BOARD nor --source");
    if (probe->tile && (!probe->board || probe->source || probe->adapter))
        return command_usage_error("probe", "--tile needs a BOARD, and neither --source nor --adapter");
    if (probe->samples && !probe->tile)
        return command_usage_error("probe", "--samples goes with --tile ID");
    if (!probe->adapter && !probe->board && !probe->unknown.url)
        return command_usage_error(
            "probe", "a BOARD, or --url URL, or --adapter NAME and --reply FILE.json is missing");
    return OPTIONS_READ;
}

int cmd_probe(int argc, char **argv)
{
    struct probe probe = {.now_s = NAN, .unknown.name = "source"};
    const struct option_row options[] = {
        {"source", "NAME", .text = &probe.source, .help = "the source of the board to ask, once"},
        {"tile", "ID", .text = &probe.tile, .help = "the tile of the board to explain"},
        {"samples", "FILE", .text = &probe.samples,
         .help = "with --tile: recorded figures instead of asking"},
        {"url", "URL", .text = &probe.unknown.url,
         .help = "an address that no board has yet: lists what it answers, drafts filter and board"},
        {"auth", "KIND|KEY=VALUE", .list = &probe.unknown.auth,
         .help = "how to sign in, as in a board, several times: --auth bearer --auth secret=file:PATH"},
        {"header", "NAME: VALUE", .list = &probe.unknown.headers,
         .help = "a further header, several times; no secrets"},
        {"method", "GET|POST", .text = &probe.unknown.method, .help = "GET unless there is a body"},
        {"body", "TEXT", .text = &probe.unknown.body, .help = "what is sent"},
        {"ca-file", "FILE.pem", .text = &probe.unknown.ca_file,
         .help = "certificates to trust instead of the system's"},
        {"name", "NAME", .text = &probe.unknown.name, .help = "of the source in the draft"},
        {"write", "FOLDER", .text = &probe.unknown.write,
         .help = "where filter and board go; else they are printed"},
        {"adapter", "NAME|FILE.jq", .text = &probe.adapter, .help = "the filter to try on a saved answer"},
        {"reply", "FILE.json", .text = &probe.reply, .help = "the saved answer"},
        {"now", "EPOCH", .real = &probe.now_s, .help = "the moment that the filter sees as $now"},
        {"cfg", "FILE.json", .text = &probe.cfg, .help = "what the filter sees as $cfg"},
        {"json", .flag = &probe.json, .help = "the result as JSON"},
        {0}};
    const struct usage usage = {
        "probe", "[BOARD]",
        "Asks the sources of a board once and shows what was sent, what came and how it was mapped; "
        "explains a tile;\nor finds its way into an address that no board has yet (--url).",
        options};
    int status = options_read(&usage, argc, argv, &probe.board);
    if (status == OPTIONS_READ)
        status = check_usage(&probe);
    if (status != OPTIONS_READ)
        return status;
    probe.unknown.json = probe.json;
    if (probe.unknown.url)
        return assistant_run(&probe.unknown);
    if (probe.tile)
        return explain_tile(&(struct explain_request){probe.board, probe.tile, probe.samples, probe.json});
    return probe.adapter ? probe_reply(&probe) : probe_board(probe.board, probe.source, probe.json);
}
