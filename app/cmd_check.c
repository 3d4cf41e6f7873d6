/* vigie check: every problem of a board file, one a line. */
#include <stdio.h>
#include <string.h>

#include "app/board_file.h"
#include "app/command.h"
#include "app/config.h"
#include "app/config_schema.h"
#include "app/notice.h"
#include "app/options.h"
#include "base/clock.h"
#include "base/json.h"

struct check_options {
    const char *board, *language;
    bool json, schema, notice;
};

static void write_problem(struct text *out, const struct config_problem *problem)
{
    text_append(out, problem->is_error ? "{\"severity\": \"error\"" : "{\"severity\": \"warning\"");
    text_append_format(out, ", \"line\": %d, \"column\": %d, \"key\": ", problem->line, problem->column);
    json_write_text(out, problem->key_path);
    text_append(out, ", \"text\": ");
    json_write_text(out, problem->text);
    text_append(out, "}");
}

static void print_json(const struct config *config)
{
    struct text out = {0};
    text_append(&out, "{\"file\": ");
    json_write_text(&out, config->path);
    text_append_format(&out, ", \"usable\": %s, \"problems\": [", config->usable ? "true" : "false");
    for (size_t i = 0; i < config->problem_count; i++) {
        text_append(&out, i ? ",\n " : "\n ");
        write_problem(&out, &config->problems[i]);
    }
    text_append(&out, "]}");
    puts(text_bytes(&out));
    text_finish(&out);
}

static const char *plural(size_t count)
{
    return count == 1 ? "" : "s";
}

static void append_count(struct text *out, size_t count, const char *what)
{
    if (count)
        text_append_format(out, "%s%zu %s%s", out->length ? ", " : "", count, what, plural(count));
}

static void append_praise(struct text *out, const struct config *config)
{
    size_t tiles = 0, pages = config->board.page_count;
    for (size_t i = 0; i < pages; i++)
        tiles += config->board.pages[i].tile_count;
    text_append_format(out, "%s: no problem, %zu tile%s on %zu page%s, %zu source%s", config->path, tiles,
                       plural(tiles), pages, plural(pages), config->source_count,
                       plural(config->source_count));
}

static void print_summary(const struct config *config)
{
    struct text out = {0};
    size_t errors = 0;
    for (size_t i = 0; i < config->problem_count; i++)
        errors += config->problems[i].is_error;
    append_count(&out, errors, "error");
    append_count(&out, config->problem_count - errors, "warning");
    if (!out.length)
        append_praise(&out, config);
    fflush(stdout); /* the summary comes last where both go to one place */
    fprintf(stderr, "%s\n", text_bytes(&out));
    text_finish(&out);
}

static int check_board(const struct check_options *options)
{
    struct config *config = config_read_at(options->board, clock_now().wall_ms);
    if (options->json)
        print_json(config);
    else
        board_file_tell(config, stdout);
    print_summary(config);
    bool usable = config->usable;
    config_destroy(config);
    return usable ? EXIT_DONE : EXIT_FAILED;
}

/* A board with an error would give a notice that is not true. */
static int print_notice(const struct check_options *options)
{
    struct config *config = board_file_read(options->board);
    struct text out = {0};
    if (!config)
        return EXIT_FAILED;
    enum language language = config->language;
    language_parse(options->language, &language);
    notice_write(&out, config, language);
    fputs(text_bytes(&out), stdout);
    text_finish(&out);
    config_destroy(config);
    return EXIT_DONE;
}

static int print_schema(void)
{
    struct text out = {0};
    config_write_schema(&out);
    fputs(text_bytes(&out), stdout);
    text_finish(&out);
    return EXIT_DONE;
}

int cmd_check(int argc, char **argv)
{
    struct check_options options = {0};
    const struct option_row rows[] = {
        {.name = "json", .flag = &options.json, .help = "one JSON object instead"},
        {.name = "notice",
         .flag = &options.notice,
         .help = "what people are to know about the display, to hang beside it"},
        {.name = "language",
         .placeholder = "fr|en",
         .text = &options.language,
         .help = "of the notice; the board's if not given"},
        {.name = "schema",
         .flag = &options.schema,
         .help = "prints a JSON Schema of the board file, for editors"},
        {0},
    };
    const struct usage usage = {
        "check", "[BOARD]",
        "Reads the board as `run` would and prints every problem on standard output, one a line:\n"
        "  FILE:LINE:COL: error|warning: KEY.PATH: what is wrong; what to do\n"
        "Exit status: 0 no error (warnings may be), 1 errors, 2 usage.",
        rows};
    int status = options_read(&usage, argc, argv, &options.board);
    if (status != OPTIONS_READ)
        return status;
    enum language wished;
    if (options.language && !language_parse(options.language, &wished))
        return command_usage_error("check", "--language is fr or en, not \"%s\"", options.language);
    if (options.schema)
        return print_schema();
    if (!options.board)
        return command_usage_error("check", "the board file is missing");
    return options.notice ? print_notice(&options) : check_board(&options);
}
