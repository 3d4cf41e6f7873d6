#include "app/assistant.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/assets.h"
#include "app/command.h"
#include "app/config.h"
#include "app/draft.h"
#include "app/probe_advice.h"
#include "app/probe_report.h"
#include "app/probe_source.h"
#include "base/calendar.h"
#include "base/clock.h"
#include "base/utf8.h"
#include "fetch/request.h"

enum {
    SHOWN_CHARACTERS = 40,
    LONGEST_PATH_COLUMN = 44,
    GUESS_COLUMN = 24,
    NOT_FOUND = 404,
    NOT_ALLOWED = 405,
    FORBIDDEN = 403
};

struct assistant {
    const struct assistant_request *request;
    const struct source_settings *source;
    const struct catalogue *catalogue;
    struct likely_words *words;
    bool succeeded;
};

/* ---- the words of the command line as a source of a board ---- */

/* A draft in another folder must find the files that were named from here. */
static void write_place(struct text *out, const char *scheme, const char *path, bool elsewhere)
{
    char folder[PATH_MAX];
    struct text whole = {0};
    text_append(&whole, scheme);
    if (elsewhere && *path != '/' && getcwd(folder, sizeof folder))
        text_append_format(&whole, "%s/", folder);
    text_append(&whole, path);
    draft_write_yaml(out, text_bytes(&whole));
    text_finish(&whole);
}

static void write_path(struct text *out, const char *path, bool elsewhere)
{
    write_place(out, "", path, elsewhere);
}

static void write_url(struct text *out, const char *url, bool elsewhere)
{
    static const char file[] = "file:";
    bool is_file = text_starts_with(url, file);
    text_append(out, "    url: ");
    write_place(out, is_file ? file : "", is_file ? url + strlen(file) : url, is_file && elsewhere);
    text_append(out, "\n");
}

static void write_secret(struct text *out, const char *value, bool elsewhere)
{
    static const char *const places[] = {"file", "env", "credential"};
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        size_t length = strlen(places[i]);
        if (!text_starts_with(value, places[i]) || value[length] != ':')
            continue;
        text_append_format(out, "{%s: ", places[i]);
        if (i == 0)
            write_path(out, value + length + 1, elsewhere);
        else
            draft_write_yaml(out, value + length + 1);
        text_append(out, "}");
        return;
    }
    json_write_text(out, value); /* the board's reader says what is wrong with it */
}

static bool is_secret_key(const char *key, size_t length)
{
    static const char *const keys[] = {"id", "secret", "user", "password", "refresh_token", "session_token"};
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
        if (strlen(keys[i]) == length && strncmp(keys[i], key, length) == 0)
            return true;
    return false;
}

static void write_auth_word(struct text *out, const char *word, bool elsewhere)
{
    size_t key = strcspn(word, "=");
    if (!word[key]) {
        text_append(out, "kind: ");
        draft_write_yaml(out, word);
        return;
    }
    text_append_format(out, "%.*s: ", (int)key, word);
    if (is_secret_key(word, key))
        write_secret(out, word + key + 1, elsewhere);
    else if (strncmp(word, "ca_file", key) == 0)
        write_path(out, word + key + 1, elsewhere);
    else
        draft_write_yaml(out, word + key + 1);
}

static void write_auth(struct text *out, const struct option_list *words, bool elsewhere)
{
    if (!words->count)
        return;
    text_append(out, "    auth: {");
    for (size_t i = 0; i < words->count; i++) {
        text_append(out, i ? ", " : "");
        write_auth_word(out, words->items[i], elsewhere);
    }
    text_append(out, "}\n");
}

static void write_member(struct text *out, const char *key, const char *value)
{
    if (!value)
        return;
    text_append_format(out, "    %s: ", key);
    draft_write_yaml(out, value);
    text_append(out, "\n");
}

static void write_headers(struct text *out, const struct option_list *headers)
{
    if (headers->count)
        text_append(out, "    headers:\n");
    for (size_t i = 0; i < headers->count; i++) {
        const char *header = headers->items[i];
        size_t name = strcspn(header, ":");
        const char *value = header[name] ? header + name + 1 : "";
        text_append(out, "      ");
        struct text key = {0};
        text_append_bytes(&key, header, name);
        draft_write_yaml(out, text_bytes(&key));
        text_finish(&key);
        text_append(out, ": ");
        draft_write_yaml(out, value + strspn(value, " "));
        text_append(out, "\n");
    }
}

static void write_source(struct text *out, const struct assistant_request *request, bool elsewhere)
{
    write_url(out, request->url, elsewhere);
    write_member(out, "method", request->method);
    write_headers(out, &request->headers);
    write_member(out, "body", request->body);
    write_auth(out, &request->auth, elsewhere);
    if (request->ca_file) {
        text_append(out, "    ca_file: ");
        write_path(out, request->ca_file, elsewhere);
        text_append(out, "\n");
    }
}

/* What is wrong with the source, in the words of a board's problems. */
static bool say_problems(const struct config *config)
{
    static const char source[] = "sources[0].";
    for (size_t i = 0; i < config->problem_count; i++) {
        const struct config_problem *problem = &config->problems[i];
        const char *key = problem->key_path;
        if (text_starts_with(key, source))
            key += strlen(source);
        else if (!problem->is_error)
            continue;
        fprintf(stderr, "vigie probe: %s: --%s: %s\n", problem->is_error ? "error" : "warning", key,
                problem->text);
    }
    if (!config->usable)
        fputs("vigie probe: here one signs in with words like --auth bearer --auth secret=file:PATH (also "
              "env:NAME, credential:NAME); README.md has the kinds and their keys\n",
              stderr);
    return config->usable;
}

/* A board that asks just this source; it is read by those who read boards, so that the same is refused. */
static struct config *read_source(const struct assistant_request *request)
{
    struct text board = {0};
    text_append(&board, "vigie: 1\ntitle: probe\nsources:\n  - name: ");
    draft_write_yaml(&board, request->name);
    text_append(&board, "\n    adapter: generic/filter-canonical\n");
    write_source(&board, request, false);
    text_append(&board, "pages:\n  - {title: probe, grid: 1x1, tiles: [{kpi: calls_waiting}]}\n");
    struct config *config = config_read_text("probe", text_bytes(&board));
    text_finish(&board);
    if (say_problems(config))
        return config;
    config_destroy(config);
    return NULL;
}

/* ---- when there is no answer ---- */

static void say_failure(const struct assistant *assistant, const struct fetch_result *result)
{
    struct text poll = {0};
    const char *what_to_do = probe_advice(assistant->source, result, ADVICE_FOR_URL);
    probe_write_poll(&poll, assistant->source, result, clock_monotonic_ms());
    fputs(text_bytes(&poll), stderr);
    fprintf(stderr, "vigie probe: %s\n", result->failure.detail);
    if (what_to_do)
        fprintf(stderr, "vigie probe: %s\n", what_to_do);
    text_finish(&poll);
}

static void say_nothing_there(const struct assistant *assistant, const struct fetch_result *result)
{
    struct text poll = {0};
    probe_write_poll(&poll, assistant->source, result, clock_monotonic_ms());
    fprintf(stderr, "%svigie probe: the source answered, but with nothing in it\n", text_bytes(&poll));
    fputs(
        "vigie probe: the address is right, so there may be nothing to tell at this moment: ask again while "
        "people are at work\n",
        stderr);
    text_finish(&poll);
}

/* ---- the list ---- */

static const char *type_word(const struct scalar *scalar)
{
    static const char *const words[SCALAR_TYPE_COUNT] = {"null", "true/false", "number", "text"};
    int found = SCALAR_NULL;
    for (int type = SCALAR_BOOLEAN; type < SCALAR_TYPE_COUNT; type++) {
        if (scalar->seen[type] && found != SCALAR_NULL)
            return "mixed";
        if (scalar->seen[type])
            found = type;
    }
    return words[found];
}

/* Line ends and other control characters of an answer are not the terminal's business. */
static void append_printable(struct text *out, const char *text)
{
    int count = 0;
    for (; *text && count < SHOWN_CHARACTERS; count++) {
        const char *from = text;
        uint32_t c = utf8_next(&text);
        if (c < 0x20 || (c >= 0x7F && c <= 0x9F))
            text_append(out, " ");
        else
            text_append_bytes(out, from, (size_t)(text - from));
    }
    if (*text)
        text_append(out, "…");
}

/* The first value, shortened; of what may be about a person, or secret, none. */
static void append_value(struct text *out, const struct assistant *assistant, const struct scalars *scalars,
                         const struct scalar *scalar)
{
    if (likely_is_private(assistant->words, scalars, scalar))
        text_append(out, "***");
    else if (scalar->different)
        append_printable(out, scalar->texts[0]);
    else if (scalar->numeric)
        json_write_number(out, scalar->first);
    else if (scalar->seen[SCALAR_BOOLEAN])
        text_append(out, "true or false");
    else
        text_append(out, "null");
}

static size_t seen(const struct scalar *scalar)
{
    size_t sum = 0;
    for (int type = 0; type < SCALAR_TYPE_COUNT; type++)
        sum += scalar->seen[type];
    return sum;
}

static const char *meaning(const struct catalogue *catalogue, const char *id)
{
    const struct counter *counter = catalogue_counter(catalogue, id);
    const struct kpi *kpi = catalogue_kpi(catalogue, id);
    return counter ? counter->meaning[LANGUAGE_EN] : kpi ? kpi->label[LANGUAGE_EN][LABEL_LONG] : "";
}

static void write_row(struct text *out, const struct assistant *assistant, const struct scalars *scalars,
                      const struct scalar *scalar, size_t path_columns)
{
    struct likely likely = likely_guess(assistant->words, scalars, scalar);
    struct text value = {0};
    append_value(&value, assistant, scalars, scalar);
    probe_write_column(out, scalar->path, path_columns);
    text_append_format(out, " %6zu  %-10s ", seen(scalar), type_word(scalar));
    probe_write_column(out, text_bytes(&value), GUESS_COLUMN);
    if (likely.id)
        text_append_format(out, "  %s (%s)", likely.id, meaning(assistant->catalogue, likely.id));
    if (likely.id && likely.factor != 1)
        text_append_format(out, " x %g", likely.factor);
    text_append(out, "\n");
    text_finish(&value);
}

static size_t path_columns(const struct scalars *scalars)
{
    size_t longest = strlen("where");
    for (size_t i = 0; i < scalars->count; i++)
        if (utf8_length(scalars->all[i].path) > longest)
            longest = utf8_length(scalars->all[i].path);
    return longest < LONGEST_PATH_COLUMN ? longest : LONGEST_PATH_COLUMN;
}

static void write_lists(struct text *out, const struct assistant *assistant, const struct scalars *scalars)
{
    for (size_t i = 0; i < scalars->list_count; i++) {
        const struct scalar *name;
        enum dim dim;
        const struct scalar_list *list = &scalars->lists[i];
        text_append_format(out, "%s: %zu item%s", list->path, list->items, list->items == 1 ? "" : "s");
        if (likely_is_of_people(assistant->words, scalars, (int)i))
            text_append(out, "; about people, so left out: nothing individual stands on a wall");
        else if (likely_name_of(assistant->words, scalars, (int)i, &name, &dim))
            text_append_format(out, "; told apart as %s by %s", dim_name(dim),
                               name ? name->path : "their names");
        else if (list->items > 1)
            text_append(out, "; nothing tells them apart, so left out of the draft");
        text_append(out, "\n");
    }
}

static void write_list(struct text *out, const struct assistant *assistant, const struct scalars *scalars)
{
    size_t columns = path_columns(scalars);
    probe_write_column(out, "where", columns);
    text_append_format(out, " %6s  %-10s ", "times", "type");
    probe_write_column(out, "value", GUESS_COLUMN);
    text_append(out, "  likely\n");
    for (size_t i = 0; i < scalars->count; i++)
        write_row(out, assistant, scalars, &scalars->all[i], columns);
    if (scalars->left_out)
        text_append_format(out, "… and %zu more values\n", scalars->left_out);
    write_lists(out, assistant, scalars);
}

/* ---- the draft ---- */

/* Nobody's file is written over. */
static bool write_file(const char *folder, const char *name, const struct text *content, struct error *error)
{
    struct text path = {0};
    text_append_format(&path, "%s/%s", folder, name);
    FILE *file = fopen(text_bytes(&path), "wxe");
    bool written = file && fwrite(text_bytes(content), 1, content->length, file) == content->length;
    if (file && fclose(file) != 0)
        written = false;
    if (!written)
        error_set(error, "%s: cannot be written: %s%s", text_bytes(&path), strerror(errno),
                  errno == EEXIST ? "; name another folder with --write, or take it away" : "");
    text_finish(&path);
    return written;
}

static bool write_files(const struct assistant *assistant, const struct draft *draft, struct error *error)
{
    const char *folder = assistant->request->write;
    struct text filter_name = {0};
    text_append_format(&filter_name, "%s.jq", assistant->request->name);
    if (mkdir(folder, 0755) != 0 && errno != EEXIST) {
        error_set(error, "%s: the folder cannot be made: %s", folder, strerror(errno));
        text_finish(&filter_name);
        return false;
    }
    bool written =
        write_file(folder, "board.yaml", &draft->board, error) &&
        (!draft->filter.length || write_file(folder, text_bytes(&filter_name), &draft->filter, error));
    text_finish(&filter_name);
    return written;
}

static void say_draft(struct text *out, const struct assistant *assistant, const struct draft *draft)
{
    const struct assistant_request *request = assistant->request;
    if (draft->shape.adapter)
        text_append_format(out, "\nThis is %s; the adapter %s reads it.\n", draft->shape.what,
                           draft->shape.adapter);
    if (!draft->board.length)
        text_append(
            out,
            "\nNo value here has a name that Vigie knows as a figure of a contact centre, so there is no "
            "draft.\nassets/catalogue/counters.csv lists what it knows; a filter of ten lines says "
            "which value is what (assets/adapters/ has examples).\n");
    else if (request->write)
        text_append_format(
            out,
            "\n%zu figures drafted, %zu tiles. Next:\n  vigie check %s/board.yaml\n  vigie probe "
            "%s/board.yaml\n  vigie run %s/board.yaml --window 1280x720\n",
            draft->figures, draft->tiles, request->write, request->write, request->write);
    else if (draft->filter.length)
        text_append_format(out, "\n---- %s.jq ----\n%s", request->name, text_bytes(&draft->filter));
    if (draft->board.length && !request->write)
        text_append_format(out, "\n---- board.yaml ----\n%s\n(--write FOLDER puts this into files)\n",
                           text_bytes(&draft->board));
}

/* ---- as JSON ---- */

static void write_scalar_json(struct text *out, const struct assistant *assistant,
                              const struct scalars *scalars, const struct scalar *scalar)
{
    struct likely likely = likely_guess(assistant->words, scalars, scalar);
    struct text value = {0};
    append_value(&value, assistant, scalars, scalar);
    text_append(out, "{\"path\": ");
    json_write_text(out, scalar->path);
    text_append_format(out, ", \"type\": \"%s\", \"times\": %zu, \"value\": ", type_word(scalar),
                       seen(scalar));
    json_write_text(out, text_bytes(&value));
    text_append(out, ", \"likely\": ");
    json_write_text(out, likely.id);
    if (likely.id) {
        text_append(out, ", \"factor\": ");
        json_write_number(out, likely.factor);
        text_append_format(out, ", \"window\": \"%s\"", period_name(likely.period));
    }
    text_append(out, "}");
    text_finish(&value);
}

static void write_json(struct text *out, const struct assistant *assistant, const struct fetch_result *result,
                       const struct scalars *scalars, const struct draft *draft)
{
    text_append(out, "{\"poll\": ");
    probe_write_poll_json(out, assistant->source, result, clock_monotonic_ms());
    text_append(out, ",\n \"scalars\": [");
    for (size_t i = 0; i < scalars->count; i++) {
        text_append(out, i ? ",\n  " : "\n  ");
        write_scalar_json(out, assistant, scalars, &scalars->all[i]);
    }
    text_append(out, "],\n \"adapter\": ");
    json_write_text(out, draft->shape.adapter);
    text_append(out, ", \"filter\": ");
    json_write_text(out, draft->filter.length ? draft->filter.bytes : NULL);
    text_append(out, ", \"board\": ");
    json_write_text(out, draft->board.length ? draft->board.bytes : NULL);
    text_append(out, "}\n");
}

static void write_for_people(struct text *out, const struct assistant *assistant,
                             const struct fetch_result *result, const struct scalars *scalars,
                             const struct draft *draft)
{
    probe_write_poll(out, assistant->source, result, clock_monotonic_ms());
    text_append(out, "\n");
    write_list(out, assistant, scalars);
    say_draft(out, assistant, draft);
}

/* ---- all together ---- */

static void append_host(struct text *out, const char *url)
{
    struct text masked = {0};
    request_mask_url(url, &masked);
    const char *host = strstr(text_bytes(&masked), "://");
    host = host ? host + 3 : text_bytes(&masked);
    text_append_format(out, "%.*s", (int)strcspn(host, "/?#:"), host);
    text_finish(&masked);
}

static bool report(const struct assistant *assistant, const struct fetch_result *result,
                   const struct scalars *scalars, struct error *error)
{
    struct text source = {0}, title = {0}, out = {0};
    struct draft draft;
    write_source(&source, assistant->request, assistant->request->write != NULL);
    append_host(&title, assistant->request->url);
    draft_make(&draft, &(struct draft_request){scalars, assistant->words, assistant->catalogue,
                                               assistant->request->name, text_bytes(&title),
                                               text_bytes(&source), (double)clock_now().wall_ms / 1000});
    bool written = !assistant->request->write || !draft.board.length || write_files(assistant, &draft, error);
    if (written)
        (assistant->request->json ? write_json : write_for_people)(&out, assistant, result, scalars, &draft);
    fputs(text_bytes(&out), stdout);
    draft_finish(&draft);
    text_finish(&source);
    text_finish(&title);
    text_finish(&out);
    return written;
}

static void look_into(struct assistant *assistant, const struct fetch_result *result)
{
    struct error error = {0};
    struct scalars scalars = {0};
    struct cJSON *answer = json_parse(text_bytes(result->answer), result->answer->length, &error);
    if (answer) {
        scalars_find(&scalars, answer);
        assistant->succeeded = report(assistant, result, &scalars, &error);
    }
    if (!assistant->succeeded)
        probe_failed(&error);
    scalars_finish(&scalars);
    json_destroy(answer);
}

static void take_result(void *context, const struct fetch_result *result)
{
    struct assistant *assistant = context;
    if (result->outcome == FETCH_FAILED)
        say_failure(assistant, result);
    else if (result->answer)
        look_into(assistant, result);
    else
        say_nothing_there(assistant, result);
}

int assistant_run(const struct assistant_request *request)
{
    struct error error = {0};
    struct config *config = read_source(request);
    if (!config)
        return EXIT_FAILED;
    struct source_settings source = config->sources[0];
    source.filter_path = NULL;
    struct assistant assistant = {.request = request, .source = &source, .catalogue = config->catalogue};
    assistant.words = likely_words_read(assets_path(), config->catalogue, &error);
    if (!assistant.words || !probe_ask(&source, config->catalogue, take_result, &assistant, &error))
        probe_failed(&error);
    likely_words_destroy(assistant.words);
    config_destroy(config);
    return assistant.succeeded ? EXIT_DONE : EXIT_FAILED;
}
