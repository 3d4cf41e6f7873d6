/* How a source is asked beyond its address: pages, limits, budgets, proxies; files and standard input. */
#include <stdlib.h>
#include <string.h>

#include "app/config_reading.h"
#include "base/json.h"
#include "fetch/adapter.h"
#include "fetch/local_file.h"
#include "fetch/request.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

enum { NOT_GIVEN = -1 };

/* ---- tables ---- */

/* What each kind of pages needs, and what else it makes use of. */
static const struct paging_row {
    const char *name;
    enum paging_kind kind;
    const char *needs[4], *uses[5];
    int start, step; /* where they are not given */
} paging_rows[] = {
    {"none", PAGING_NONE, {NULL}, {NULL}, 0, 0},
    {"next_url", PAGING_URL, {"next", NULL}, {NULL}, 0, 0},
    {"token", PAGING_TOKEN, {"next", "send_as", NULL}, {NULL}, 0, 0},
    {"cursor", PAGING_CURSOR, {"next", "more", "send_as", NULL}, {NULL}, 0, 0},
    {"number", PAGING_NUMBER, {"send_as", NULL}, {"rows", "total", "start", "step", NULL}, 1, 1},
    {"skip", PAGING_SKIP, {"send_as", "step", NULL}, {"rows", "total", "start", NULL}, 0, 1},
    {"link", PAGING_LINK, {NULL}, {NULL}, 0, 0},
};
static const char *const paging_names[] = {"none",   "next_url", "token", "cursor",
                                           "number", "skip",     "link",  NULL};
static const char *const paging_keys[] = {"next", "more", "send_as", "rows", "total", "start", "step"};

static const struct paging_entry paging_defaults = {.kind = "none", .start = NOT_GIVEN, .step = NOT_GIVEN};

#define AT(member) offsetof(struct paging_entry, member)
static const struct yaml_field paging_fields[] = {
    {"kind", YAML_KIND_CHOICE, AT(kind), .choices = paging_names,
     .help = "how an answer says where its next page is"},
    {"next", YAML_KIND_TEXT, AT(next),
     .help = "place of the next URL, token or cursor in the answer (meta.next_page)"},
    {"more", YAML_KIND_TEXT, AT(more), .help = "cursor: place of the flag that says whether there are more"},
    {"send_as", YAML_KIND_TEXT, AT(send_as),
     .help = "where token, cursor or number go: a member of the body with POST, else a parameter of the URL"},
    {"rows", YAML_KIND_TEXT, AT(rows),
     .help = "number, skip: place of the list of rows; left out: the answer"},
    {"total", YAML_KIND_TEXT, AT(total),
     .help = "number, skip: place of the number of rows in all; left out: an empty page is the end"},
    {"start", YAML_KIND_INTEGER, AT(start), .min = 0, .max = 1000000, .help = "of the first page"},
    {"step", YAML_KIND_INTEGER, AT(step), .min = 1, .max = 1000000,
     .help = "from one page to the next; skip: how many rows a page has"},
};
#undef AT
const struct yaml_table config_paging_table = {"pages", sizeof(struct paging_entry), &paging_defaults,
                                               paging_fields, COUNT(paging_fields)};

static const char *const limit_meanings[] = {[LIMIT_SECONDS] = "seconds", [LIMIT_EPOCH] = "epoch", NULL};
static const struct limit_header_entry limit_header_defaults = {.meaning = "seconds"};

#define AT(member) offsetof(struct limit_header_entry, member)
static const struct yaml_field limit_header_fields[] = {
    {"name", YAML_KIND_TEXT, AT(name), .required = true,
     .help = "the vendor's header, like X-RateLimit-Reset"},
    {"meaning", YAML_KIND_CHOICE, AT(meaning), .choices = limit_meanings,
     .help = "seconds to wait, or the epoch second at which to come back"},
};
#undef AT
const struct yaml_table config_limit_header_table = {"limit_header", sizeof(struct limit_header_entry),
                                                     &limit_header_defaults, limit_header_fields,
                                                     COUNT(limit_header_fields)};

static const struct budget_entry budget_defaults = {.per_ms = 60000, .burst = 2};

#define AT(member) offsetof(struct budget_entry, member)
static const struct yaml_field budget_fields[] = {
    {"name", YAML_KIND_TEXT, AT(name), .required = true, .help = "a short name, which sources refer to"},
    {"calls", YAML_KIND_NUMBER, AT(calls), .required = true, .min = 0.01, .max = 1000000,
     .help = "how many calls the vendor allows the account; half of them are made"},
    {"per", YAML_KIND_DURATION, AT(per_ms), .min = 1000, .max = 86400000, .help = "in what time (1m)"},
    {"burst", YAML_KIND_NUMBER, AT(burst), .min = 1, .max = 10000,
     .help = "how many calls at once the vendor allows"},
};
#undef AT
const struct yaml_table config_budget_table = {"a budget", sizeof(struct budget_entry), &budget_defaults,
                                               budget_fields, COUNT(budget_fields)};

/* ---- budgets ---- */

static void check_budget_name(struct config_reading *reading, const struct budget_entry *entry, size_t index)
{
    for (size_t i = 0; entry->name && i < index; i++)
        if (text_equal(reading->budgets[i].name, entry->name))
            yaml_error(reading->yaml, &entry->place, "name", "budgets[%zu] has the name \"%s\" already", i,
                       yaml_shown(reading->yaml, entry->name));
}

void config_budgets_build(struct config_reading *reading, const struct yaml_list *entries)
{
    const struct budget_entry *all = entries->items;
    struct arena *arena = reading->config->arena;
    reading->budgets = arena_take(arena, entries->count, sizeof *reading->budgets);
    reading->budget_names = arena_take(arena, entries->count + 1, sizeof *reading->budget_names);
    reading->budget_count = entries->count;
    for (size_t i = 0; i < entries->count; i++) {
        reading->budgets[i] = (struct budget_settings){.name = all[i].name ? all[i].name : "?",
                                                       .calls = all[i].calls > 0 ? all[i].calls : 1,
                                                       .per_ms = all[i].per_ms,
                                                       .burst = all[i].burst};
        reading->budget_names[i] = reading->budgets[i].name;
        check_budget_name(reading, &all[i], i);
    }
}

/* Calls in the budget's time that its sources need at least: pages come on top. */
static double needed_calls(const struct config *config, const struct budget_settings *budget)
{
    double calls = 0;
    for (size_t i = 0; i < config->source_count; i++)
        if (config->sources[i].budget == budget)
            calls += (double)budget->per_ms / (double)config->sources[i].every_ms;
    return calls;
}

void config_budgets_check(struct config_reading *reading, const struct yaml_list *entries)
{
    const struct budget_entry *all = entries->items;
    for (size_t i = 0; i < entries->count; i++) {
        const struct budget_settings *budget = &reading->budgets[i];
        double needed = needed_calls(reading->config, budget);
        if (needed == 0)
            yaml_warning(reading->yaml, &all[i].place, "name", "no source has budget: %s",
                         yaml_shown(reading->yaml, budget->name));
        else if (needed > budget->calls / 2)
            yaml_warning(
                reading->yaml, &all[i].place, "calls",
                "its sources ask %.4g times in that time, and half of %.4g is what is made; ask less "
                "often (every)",
                needed, budget->calls);
    }
}

static void build_budget(struct config_reading *reading, const struct source_entry *entry,
                         struct source_settings *source)
{
    for (size_t i = 0; entry->budget && !source->budget && i < reading->budget_count; i++)
        if (text_equal(reading->budgets[i].name, entry->budget))
            source->budget = &reading->budgets[i];
    if (entry->budget && !source->budget)
        yaml_error(reading->yaml, &entry->place, "budget", "there is no budget \"%s\" under budgets%s",
                   yaml_shown(reading->yaml, entry->budget),
                   yaml_did_you_mean(reading->yaml, entry->budget, reading->budget_names));
}

/* ---- pages ---- */

static const struct paging_row *paging_row_of(const char *name)
{
    for (size_t i = 0; i < COUNT(paging_rows); i++)
        if (text_equal(paging_rows[i].name, name))
            return &paging_rows[i];
    return &paging_rows[0];
}

static bool is_among(const char *key, const char *const *keys)
{
    for (; *keys; keys++)
        if (text_equal(*keys, key))
            return true;
    return false;
}

static void check_paging_keys(struct config_reading *reading, const struct paging_entry *entry,
                              const struct paging_row *row)
{
    for (size_t i = 0; i < COUNT(paging_keys); i++) {
        const char *key = paging_keys[i];
        bool written = yaml_member(entry->place.node, key) != NULL, needed = is_among(key, row->needs);
        if (needed && !written)
            yaml_error(reading->yaml, &entry->place, NULL, "kind %s needs %s", row->name, key);
        if (written && !needed && !is_among(key, row->uses))
            yaml_warning(reading->yaml, &entry->place, key, "kind %s makes no use of it", row->name);
    }
}

/* A token or number goes into the body of a POST: that it can is tried now. A body that is wrong in itself is
 * said elsewhere. */
static void rehearse_paging(struct config_reading *reading, const struct source_entry *entry,
                            const struct source_settings *source)
{
    const int64_t any_moment_ms = 1795256100000;
    struct source_settings rehearsed = *source;
    struct request request = {0};
    const char *place = source->paging.send_as;
    rehearsed.url = "http://127.0.0.1/";
    if (place && request_build(&request, &rehearsed, any_moment_ms, NULL) && request.post &&
        !json_put(&request.body, place, "0"))
        yaml_error(reading->yaml, &entry->pages.place, "send_as",
                   "with POST, \"%s\" is a member of the body, which must be a JSON object",
                   yaml_shown(reading->yaml, place));
    request_finish(&request);
}

static void build_paging(struct config_reading *reading, const struct source_entry *entry,
                         struct source_settings *source)
{
    const struct paging_entry *pages = &entry->pages;
    const struct paging_row *row = paging_row_of(pages->kind);
    if (!pages->place.node)
        return;
    check_paging_keys(reading, pages, row);
    source->paging = (struct paging){.kind = row->kind,
                                     .next = pages->next ? pages->next : "",
                                     .more = pages->more ? pages->more : "",
                                     .send_as = pages->send_as,
                                     .rows = pages->rows,
                                     .total = pages->total,
                                     .start = pages->start == NOT_GIVEN ? row->start : pages->start,
                                     .step = pages->step == NOT_GIVEN ? row->step : pages->step};
    if (row->kind == PAGING_CURSOR && text_equal(source->method, "GET"))
        yaml_error(reading->yaml, &pages->place, "kind",
                   "a cursor is sent in the variables of a GraphQL body; write body, or kind: token");
    rehearse_paging(reading, entry, source);
}

/* ---- limits and ways through ---- */

/* Some vendors allow few calls: their adapters know. */
static void keep_adapters_pace(struct config_reading *reading, const struct source_entry *entry,
                               struct source_settings *source)
{
    int64_t least_ms = source->filter_path ? adapter_least_every_ms(source->filter_path) : 0;
    if (source->every_ms >= least_ms)
        return;
    source->every_ms = least_ms;
    yaml_warning(reading->yaml, &entry->place, "every",
                 "the vendor of this adapter allows one call in %.4g s: that is how often it is asked; write "
                 "every: %.4gs",
                 (double)least_ms / 1000, (double)least_ms / 1000);
}

static void build_limit_header(struct config_reading *reading, const struct source_entry *entry,
                               struct source_settings *source)
{
    const struct limit_header_entry *header = &entry->limit_header;
    source->limit_header.name = header->name;
    source->limit_header.meaning = text_equal(header->meaning, "epoch") ? LIMIT_EPOCH : LIMIT_SECONDS;
    if (header->name && !config_header_name_sound(header->name))
        yaml_error(reading->yaml, &header->place, "name", "this is not the name of a header");
}

static void build_proxy(struct config_reading *reading, const struct source_entry *entry,
                        struct source_settings *source)
{
    static const char *const schemes[] = {"http://", "https://", "socks5://", "socks5h://", NULL};
    bool known = false;
    for (size_t i = 0; entry->proxy && schemes[i]; i++)
        known = known || text_starts_with(entry->proxy, schemes[i]);
    source->proxy = entry->proxy;
    if (entry->proxy && !known)
        yaml_error(reading->yaml, &entry->place, "proxy",
                   "a proxy is written as http://HOST:PORT (or https://, socks5h://)");
    else if (entry->proxy && strchr(entry->proxy, '@'))
        yaml_error(reading->yaml, &entry->place, "proxy",
                   "a user or password stands in the address; a proxy with sign-in goes into the environment "
                   "(https_proxy), which only the service sees");
}

/* ---- files and standard input ---- */

static const char *const server_keys[] = {"method", "body",  "headers", "auth",        "ca_file",
                                          "proxy",  "pages", "budget",  "limit_header"};

static void warn_of_server_keys(struct config_reading *reading, const struct source_entry *entry,
                                const char *what)
{
    for (size_t i = 0; i < COUNT(server_keys); i++)
        if (yaml_member(entry->place.node, server_keys[i]))
            yaml_warning(reading->yaml, &entry->place, server_keys[i], "%s makes no use of it", what);
}

/* "file:///srv/doc.json" is a URL, "file:doc.json" a path beside the board. */
static void take_file(struct config_reading *reading, const struct source_entry *entry,
                      struct source_settings *source)
{
    const char *rest = entry->url + strlen("file:");
    source->place = PLACE_FILE;
    source->path = "";
    if (text_starts_with(rest, "//")) {
        char *path = local_file_path(entry->url);
        source->path = path ? arena_copy_text(reading->config->arena, path) : "";
        free(path);
    } else if (*rest) {
        source->path = config_file_path(reading, rest);
    }
    if (!*source->path)
        yaml_error(reading->yaml, &entry->place, "url",
                   "a file is written as file:///whole/path.json, or file:name.json beside the board");
    warn_of_server_keys(reading, entry, "a file");
}

static void take_stdin(struct config_reading *reading, const struct source_entry *entry,
                       struct source_settings *source)
{
    source->place = PLACE_STDIN;
    if (reading->stdin_taken)
        yaml_error(reading->yaml, &entry->place, "url", "only one source can read standard input");
    reading->stdin_taken = true;
    warn_of_server_keys(reading, entry, "standard input");
}

bool config_local_build(struct config_reading *reading, const struct source_entry *entry,
                        struct source_settings *source)
{
    if (text_equal(entry->url, "stdin:"))
        take_stdin(reading, entry, source);
    else if (entry->url && text_starts_with(entry->url, "file:"))
        take_file(reading, entry, source);
    return source->place != PLACE_SERVER;
}

void config_polling_build(struct config_reading *reading, const struct source_entry *entry,
                          struct source_settings *source)
{
    source->latin1_ok = entry->latin1_ok;
    if (source->place != PLACE_SERVER)
        return;
    keep_adapters_pace(reading, entry, source);
    build_paging(reading, entry, source);
    build_limit_header(reading, entry, source);
    build_proxy(reading, entry, source);
    build_budget(reading, entry, source);
}
