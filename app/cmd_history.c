#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "app/assets.h"
#include "app/board_file.h"
#include "app/command.h"
#include "app/history_export.h"
#include "app/history_path.h"
#include "app/options.h"
#include "app/week_report.h"
#include "base/calendar.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/utf8.h"
#include "history/store.h"

static const int64_t DAY_MS = 86400000;

struct request {
    const char *kpi, *since, *until, *format, *step;
    const char *report, *out;
    const char *mark, *at, *cause, *action;
    double alert; /* its number */
    bool alerts, csv, jsonl;
};

/* ---- the words of the command line ---- */

static const char *const steps[] = {
    [READER_MINUTES] = "minute", [READER_QUARTERS] = "quarter", [READER_DAYS] = "day", NULL};

static bool read_time(const char *option, const char *text, int64_t otherwise, int64_t *wall_ms, int *status)
{
    *wall_ms = otherwise;
    if (!text || calendar_parse_iso(text, wall_ms))
        return true;
    *status = command_usage_error(
        "history", "--%s wants a date such as 2026-11-21 or 2026-11-21T14:07, not \"%s\"", option, text);
    return false;
}

static bool read_step(const struct request *request, enum reader_step *step, int *status)
{
    *step = READER_MINUTES;
    for (int i = 0; steps[i]; i++)
        if (!request->step || text_equal(request->step, steps[i])) {
            *step = (enum reader_step)i;
            return true;
        }
    *status =
        command_usage_error("history", "--step wants minute, quarter or day, not \"%s\"", request->step);
    return false;
}

static bool read_format(const struct request *request, bool *jsonl, int *status)
{
    *jsonl = request->jsonl || text_equal(request->format, "jsonl");
    if (!request->format || *jsonl || text_equal(request->format, "csv"))
        return true;
    *status = command_usage_error("history", "--format wants csv or jsonl, not \"%s\"", request->format);
    return false;
}

/* Nobody gets nothing for a KPI that is written wrong. */
static bool know_kpi(const struct config *config, const struct request *request)
{
    if (!request->kpi || catalogue_kpi(config->catalogue, request->kpi))
        return true;
    fprintf(stderr, "vigie history: there is no KPI \"%s\"\n", request->kpi);
    return false;
}

/* SQLite's words for it do not say that nothing is wrong. */
static bool has_begun(const char *path)
{
    if (access(path, F_OK) == 0)
        return true;
    fprintf(stderr,
            "vigie history: %s: there is no history yet; `vigie run` writes one while it shows the board\n",
            path);
    return false;
}

/* ---- what is done ---- */

static int tell(bool done, const struct error *error)
{
    if (!done)
        fprintf(stderr, "vigie history: %s\n", error->text);
    return done ? EXIT_DONE : EXIT_FAILED;
}

static int export_all(const struct request *request, const struct config *config, const char *path)
{
    struct error error = {""};
    struct history_export export = {.kpi = request->kpi, .alerts = request->alerts, .to = stdout};
    int64_t now_ms = clock_now().wall_ms;
    int status = EXIT_USAGE;
    if (!read_time("since", request->since, now_ms - DAY_MS, &export.since_ms, &status) ||
        !read_time("until", request->until, now_ms, &export.until_ms, &status) ||
        !read_step(request, &export.step, &status) || !read_format(request, &export.jsonl, &status))
        return status;
    if (!know_kpi(config, request) || !has_begun(path))
        return EXIT_FAILED;
    struct reader *reader = reader_open(path, &error);
    if (reader)
        log_info("history: %s is exported", path); /* P12 */
    bool done = reader && history_export(&export, reader, &error);
    reader_close(reader);
    return tell(done, &error);
}

static bool write_report(const struct request *request, const struct config *config, struct reader *reader,
                         int64_t at_ms, struct error *error)
{
    struct arena *arena = arena_create();
    struct words *words = words_create(assets_path(), config->language, error);
    const struct report *report =
        words ? week_report_make(arena, config, reader, at_ms, clock_now().wall_ms, error) : NULL;
    bool done = report && report_write(report, assets_path(), words, request->out, error);
    words_destroy(words);
    arena_destroy(arena);
    return done;
}

static int report_week(const struct request *request, const struct config *config, const char *path)
{
    struct error error = {""};
    int64_t at_ms;
    int status = EXIT_USAGE;
    if (!text_equal(request->report, "week"))
        return command_usage_error("history", "--report wants week, not \"%s\"", request->report);
    if (!request->out)
        return command_usage_error("history", "--out FILE.pdf or FILE.png is missing");
    if (!text_ends_with(request->out, ".pdf") && !text_ends_with(request->out, ".png"))
        return command_usage_error("history", "--out wants a FILE.pdf or FILE.png, not \"%s\"", request->out);
    if (!read_time("since", request->since, clock_now().wall_ms, &at_ms, &status))
        return status;
    if (!has_begun(path))
        return EXIT_FAILED;
    struct reader *reader = reader_open(path, &error);
    bool done = reader && write_report(request, config, reader, at_ms, &error);
    reader_close(reader);
    return tell(done, &error);
}

enum { MARK_LETTERS = 60 };

/* It is drawn on the wall: one line, and no more than fits beside a curve. */
static bool can_be_shown(const char *text)
{
    size_t length = strlen(text);
    for (const char *at = text; *at; at++)
        if ((unsigned char)*at < ' ')
            return false;
    return utf8_valid(text, length, NULL) && utf8_length(text) <= MARK_LETTERS;
}

static int note_event(const struct request *request, const char *path)
{
    struct error error = {""};
    int64_t at_ms;
    int status = EXIT_USAGE;
    if (!read_time("at", request->at, clock_now().wall_ms, &at_ms, &status))
        return status;
    if (!can_be_shown(request->mark))
        return command_usage_error("history", "--mark wants a line of at most %d characters", MARK_LETTERS);
    if (!has_begun(path))
        return EXIT_FAILED;
    bool done =
        request->mark[0] ? store_mark(path, at_ms, request->mark, &error) : store_unmark(path, at_ms, &error);
    return tell(done, &error);
}

static int explain_alert(const struct request *request, const char *path)
{
    struct error error = {""};
    if (!request->cause && !request->action)
        return command_usage_error("history", "--alert wants --cause TEXT, --action TEXT or both");
    if (!has_begun(path))
        return EXIT_FAILED;
    return tell(store_explain_alert(path, (int64_t)request->alert, request->cause, request->action, &error),
                &error);
}

static int act(const struct request *request, const struct config *config, const char *path)
{
    if (request->mark)
        return note_event(request, path);
    if (request->alert > 0)
        return explain_alert(request, path);
    if (request->report)
        return report_week(request, config, path);
    return export_all(request, config, path);
}

static int act_on(const struct request *request, const struct config *config)
{
    struct text path = {0};
    int status = EXIT_FAILED;
    if (history_path(config, &path))
        status = act(request, config, text_bytes(&path));
    else
        fprintf(stderr,
                "vigie history: there is no folder for it; set $XDG_STATE_HOME, or history.path in the "
                "board\n");
    text_finish(&path);
    return status;
}

int cmd_history(int argc, char **argv)
{
    struct request request = {0};
    const char *board = NULL;
    const struct option_row options[] = {
        {.name = "kpi", .placeholder = "ID", .text = &request.kpi, .help = "only this KPI"},
        {.name = "since",
         .placeholder = "DATE",
         .text = &request.since,
         .help = "from here on, like 2026-11-21 or 2026-11-21T14:07; a day ago if not given"},
        {.name = "until",
         .placeholder = "DATE",
         .text = &request.until,
         .help = "up to here; now if not given"},
        {.name = "from", .placeholder = "DATE", .text = &request.since, .help = "the same as --since"},
        {.name = "to", .placeholder = "DATE", .text = &request.until, .help = "the same as --until"},
        {.name = "step",
         .placeholder = "STEP",
         .text = &request.step,
         .help = "minute (kept for 8 days), quarter of an hour, or day; minute if not given"},
        {.name = "format", .placeholder = "csv|jsonl", .text = &request.format, .help = "csv if not given"},
        {.name = "csv", .flag = &request.csv, .help = "the same as --format csv"},
        {.name = "jsonl", .flag = &request.jsonl, .help = "the same as --format jsonl"},
        {.name = "alerts", .flag = &request.alerts, .help = "alerts and events in place of figures"},
        {.name = "report",
         .placeholder = "week",
         .text = &request.report,
         .help = "the week that --since is in, on paper; needs --out"},
        {.name = "out", .placeholder = "FILE", .text = &request.out, .help = "the report, .pdf or .png"},
        {.name = "mark",
         .placeholder = "TEXT",
         .text = &request.mark,
         .help = "notes an event, shown in the curves within a minute: \"IVR changed\"; \"\" with --at takes "
                 "it away"},
        {.name = "at", .placeholder = "DATE", .text = &request.at, .help = "when it was; now if not given"},
        {.name = "alert",
         .placeholder = "NUMBER",
         .real = &request.alert,
         .help = "says of this alert (see --alerts) what follows"},
        {.name = "cause", .placeholder = "TEXT", .text = &request.cause, .help = "what it came of"},
        {.name = "action", .placeholder = "TEXT", .text = &request.action, .help = "what was done"},
        {0},
    };
    const struct usage usage = {"history", "BOARD",
                                "What the board remembers, as CSV or JSON lines or as a report of a week.",
                                options};
    int status = options_read(&usage, argc, argv, &board);
    if (status != OPTIONS_READ)
        return status;
    struct config *config = board_file_read(board);
    if (!config)
        return EXIT_FAILED;
    status = act_on(&request, config);
    config_destroy(config);
    return status;
}
