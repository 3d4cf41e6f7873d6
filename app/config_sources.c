/* The board's sources: where figures come from, and that no secret stands in the board. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/assets.h"
#include "app/config_reading.h"
#include "fetch/adapter.h"
#include "fetch/request.h"
#include "fetch/url.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

enum { ANSWER_MAX_BYTES = 8 * 1024 * 1024 };

static const char simulator_scheme[] = "simulator:";

/* ---- tables ---- */

static const char *const methods[] = {"GET", "POST", NULL};

static const struct source_entry source_defaults = {.cfg_json = "{}",
                                                    .every_ms = 15000,
                                                    .timeout_ms = 10000,
                                                    .auth = CONFIG_AUTH_DEFAULTS,
                                                    .pages = {.kind = "none"},
                                                    .limit_header = {.meaning = "seconds"}};

#define AT(member) offsetof(struct source_entry, member)
static const struct yaml_field source_fields[] = {
    {"name", YAML_KIND_TEXT, AT(name), .required = true, .help = "a short name, for tiles and messages"},
    {"adapter", YAML_KIND_TEXT, AT(adapter), .required = true,
     .help = "how answers are read: VENDOR/FILTER of assets/adapters/, or a .jq file of one's own"},
    {"url", YAML_KIND_TEXT, AT(url), .required = true,
     .help = "https://…, http://…, file:doc.json, stdin:, or simulator:/samples for the simulated contact "
             "centre"},
    {"method", YAML_KIND_CHOICE, AT(method), .choices = methods,
     .help = "GET unless there is a body, else POST"},
    {"body", YAML_KIND_TEXT, AT(body), .help = "what is sent; {{now|iso}} and the like are filled in"},
    {"headers", YAML_KIND_TEXT_MAP, AT(headers), .help = "further headers of the request; no secrets"},
    {"every", YAML_KIND_DURATION, AT(every_ms), .min = 1000, .max = 86400000, .help = "how often (15s)"},
    {"timeout", YAML_KIND_DURATION, AT(timeout_ms), .min = 100, .max = 120000,
     .help = "after how long an answer counts as missing (10s)"},
    {"auth", YAML_KIND_RECORD, AT(auth), .table = &config_auth_table, .help = "how one signs in"},
    {"ca_file", YAML_KIND_TEXT, AT(ca_file), .help = "certificates (PEM) to trust instead of the system's"},
    {"cfg", YAML_KIND_JSON, AT(cfg_json), .help = "handed to the adapter as $cfg"},
    {"pages", YAML_KIND_RECORD, AT(pages), .table = &config_paging_table,
     .help = "how an answer that comes in pages is turned; all pages go to the adapter as one array"},
    {"limit_header", YAML_KIND_RECORD, AT(limit_header), .table = &config_limit_header_table,
     .help = "a header of the vendor that says when to come back, besides Retry-After"},
    {"budget", YAML_KIND_TEXT, AT(budget), .help = "the account's, by its name under budgets"},
    {"proxy", YAML_KIND_TEXT, AT(proxy),
     .help = "http://HOST:PORT; left out: http_proxy, https_proxy, no_proxy of the environment"},
    {"latin1_ok", YAML_KIND_BOOL, AT(latin1_ok),
     .help = "an answer that is not UTF-8 is read as Windows-1252"},
};
#undef AT
const struct yaml_table config_source_table = {"a source", sizeof(struct source_entry), &source_defaults,
                                               source_fields, COUNT(source_fields)};

/* ---- the adapter ---- */

/* Paths of the board are relative to the board. NULL: the error names the adapters there are. */
static const char *find_adapter(struct config_reading *reading, const char *name, struct error *error)
{
    const char *wanted = text_ends_with(name, ".jq") ? config_file_path(reading, name) : name;
    char *found = adapter_find(assets_path(), wanted, error);
    const char *path = arena_copy_text(reading->config->arena, found);
    free(found);
    return path;
}

/* ---- URLs and headers ---- */

static const char *host_of(const char *url)
{
    const char *slashes = strstr(url, "://");
    return slashes ? slashes + 3 : url;
}

static bool has_user(const char *url)
{
    const char *host = host_of(url);
    const char *at = strchr(host, '@');
    return at && at < host + strcspn(host, "/?#");
}

/* Words that name a secret, in a header or a query. */
static bool names_secret(const char *name, size_t length)
{
    static const char *const words[] = {"authorization", "cookie", "token",   "secret", "password",
                                        "passwd",        "apikey", "api-key", "api_key"};
    char lower[64];
    if (length >= sizeof lower)
        length = sizeof lower - 1;
    for (size_t i = 0; i < length; i++)
        lower[i] = (char)tolower((unsigned char)name[i]);
    lower[length] = '\0';
    for (size_t i = 0; i < COUNT(words); i++)
        if (strstr(lower, words[i]))
            return true;
    return false;
}

static bool query_has_secret(const char *url)
{
    const char *query = strchr(url, '?');
    while (query && *query) {
        size_t name = strcspn(++query, "=&");
        if (query[name] == '=' && query[name + 1] && query[name + 1] != '&' && names_secret(query, name))
            return true;
        query = strchr(query, '&');
    }
    return false;
}

static bool has_control(const char *text)
{
    for (; *text; text++)
        if ((unsigned char)*text < 0x20 || *text == 0x7F)
            return true;
    return false;
}

void config_check_address(struct config_reading *reading, const struct yaml_place *place, const char *key,
                          const char *url, bool carries_secret)
{
    if (strchr("/?#:", *host_of(url)))
        yaml_error(reading->yaml, place, key, "there is no host in the address");
    else if (has_user(url))
        yaml_error(reading->yaml, place, key,
                   "a user or password stands in the address; use auth: {kind: basic, …}");
    else if (carries_secret && text_starts_with(url, "http://") && !url_is_loopback(url))
        yaml_warning(reading->yaml, place, key,
                     "the secret of this source travels unencrypted; use https://");
    if (has_control(url))
        yaml_error(reading->yaml, place, key, "there is a line end or control character in it");
    if (query_has_secret(url))
        yaml_error(reading->yaml, place, key,
                   "a secret stands in the address; use auth: {kind: query, …}, {kind: header, …} or {kind: "
                   "bearer, …}");
}

static void check_url(struct config_reading *reading, const struct source_entry *entry)
{
    const char *url = entry->url;
    bool has_secret = strcmp(entry->auth.kind, "none") != 0;
    if (text_starts_with(url, simulator_scheme) && url[sizeof simulator_scheme - 1] == '/')
        reading->config->uses_simulator = true;
    else if (!text_starts_with(url, "http://") && !text_starts_with(url, "https://"))
        yaml_error(reading->yaml, &entry->place, "url",
                   "the address begins with https://, http://, file: or simulator:/ (like "
                   "simulator:/samples), or is stdin:");
    else
        config_check_address(reading, &entry->place, "url", url, has_secret);
}

bool config_header_name_sound(const char *name)
{
    for (const char *c = name; *c; c++)
        if (!isalnum((unsigned char)*c) && !strchr("!#$%&'*+-.^_`|~", *c))
            return false;
    return *name != '\0';
}

static void check_header(struct config_reading *reading, const struct yaml_place *headers, const char *name)
{
    if (!config_header_name_sound(name))
        yaml_error(reading->yaml, headers, name, "this is not the name of a header");
    else if (names_secret(name, strlen(name)))
        yaml_error(
            reading->yaml, headers, name,
            "a secret is never written in the board; use auth: {kind: header, header: %s, secret: {file: "
            "PATH}}",
            yaml_shown(reading->yaml, name));
}

static void build_headers(struct config_reading *reading, const struct source_entry *entry,
                          struct source_settings *source)
{
    struct yaml_place place = yaml_place_of(reading->yaml, &entry->place, "headers");
    struct header_setting *headers =
        arena_take(reading->config->arena, entry->headers.count, sizeof *headers);
    for (size_t i = 0; i < entry->headers.count; i++) {
        headers[i] = (struct header_setting){entry->headers.names[i], entry->headers.values[i]};
        check_header(reading, &place, headers[i].name);
    }
    source->headers = headers;
    source->header_count = entry->headers.count;
}

/* ---- a source ---- */

static void build_adapter(struct config_reading *reading, const struct source_entry *entry,
                          struct source_settings *source)
{
    struct error error = {0};
    source->filter_path = find_adapter(reading, entry->adapter, &error);
    if (!source->filter_path)
        yaml_error(reading->yaml, &entry->place, "adapter", "%s", error.text);
}

static void build_ca_file(struct config_reading *reading, const struct source_entry *entry,
                          struct source_settings *source)
{
    if (!entry->ca_file)
        return;
    source->ca_file = config_file_path(reading, entry->ca_file);
    if (access(source->ca_file, R_OK) != 0)
        yaml_warning(reading->yaml, &entry->place, "ca_file", "there is no readable file %s on this machine",
                     source->ca_file);
}

/* An error of request_build() begins with the key that is wrong: "body: …". */
static void complain_of_request(struct config_reading *reading, const struct source_entry *entry,
                                const char *text)
{
    static const char *const keys[] = {"url", "body", "headers"};
    for (size_t i = 0; i < COUNT(keys); i++) {
        size_t length = strlen(keys[i]);
        if (!text_starts_with(text, keys[i]))
            continue;
        text += length + strspn(text + length, ":. "); /* "headers.X-Site: …" keeps the header's name */
        yaml_error(reading->yaml, &entry->place, keys[i], "%s", text);
        return;
    }
    yaml_error(reading->yaml, &entry->place, NULL, "%s", text);
}

/* The request is filled in once as at a poll, so that a placeholder that is not known is found now. */
static void rehearse_request(struct config_reading *reading, const struct source_entry *entry,
                             const struct source_settings *source)
{
    const int64_t any_moment_ms = 1795256100000;
    struct source_settings rehearsed = *source;
    struct request request = {0};
    struct error error = {0};
    if (text_starts_with(source->url, simulator_scheme))
        rehearsed.url = arena_format(reading->config->arena, "http://127.0.0.1%s",
                                     source->url + sizeof simulator_scheme - 1);
    bool has_scheme = text_starts_with(rehearsed.url, "http");
    if (has_scheme && !request_build(&request, &rehearsed, any_moment_ms, &error))
        complain_of_request(reading, entry, error.text);
    request_finish(&request);
}

static void build_request(struct config_reading *reading, const struct source_entry *entry,
                          struct source_settings *source)
{
    source->url = entry->url;
    source->body = entry->body;
    source->method = entry->method ? entry->method : entry->body ? "POST" : "GET";
    if (entry->url)
        check_url(reading, entry);
    if (entry->body && strcmp(source->method, "GET") == 0)
        yaml_error(reading->yaml, &entry->place, "body", "a GET has no body; write method: POST");
    build_headers(reading, entry, source);
    if (entry->url)
        rehearse_request(reading, entry, source);
}

static void build_source(struct config_reading *reading, const struct source_entry *entry,
                         struct source_settings *source)
{
    source->name = entry->name ? entry->name : "?";
    source->url = entry->url;
    source->adapter = entry->adapter;
    source->cfg_json = entry->cfg_json;
    source->every_ms = entry->every_ms;
    source->timeout_ms = entry->timeout_ms;
    source->max_bytes = ANSWER_MAX_BYTES;
    if (entry->adapter)
        build_adapter(reading, entry, source);
    if (!config_local_build(reading, entry, source)) {
        build_request(reading, entry, source);
        build_ca_file(reading, entry, source);
        config_auth_build(reading, entry, source);
    }
    config_polling_build(reading, entry, source);
}

static void check_name(struct config_reading *reading, const struct source_entry *entry, size_t index)
{
    const struct source_settings *sources = reading->config->sources;
    for (size_t i = 0; i < index; i++)
        if (entry->name && strcmp(sources[i].name, entry->name) == 0) {
            yaml_error(reading->yaml, &entry->place, "name", "sources[%zu] has the name \"%s\" already", i,
                       yaml_shown(reading->yaml, entry->name));
            return;
        }
}

const struct source_settings *config_source(const struct config *config, const char *name)
{
    for (size_t i = 0; i < config->source_count; i++)
        if (text_equal(config->sources[i].name, name))
            return &config->sources[i];
    return NULL;
}

void config_sources_build(struct config_reading *reading, const struct yaml_list *entries)
{
    struct config *config = reading->config;
    size_t count = entries->count;
    const struct source_entry *all = entries->items;
    config->sources = arena_take(config->arena, count, sizeof *config->sources);
    config->board.source_names = arena_take(config->arena, count, sizeof *config->board.source_names);
    for (size_t i = 0; i < count; i++) {
        build_source(reading, &all[i], &config->sources[i]);
        check_name(reading, &all[i], i);
        config->board.source_names[i] = config->sources[i].name;
    }
    config->source_count = config->board.source_count = count;
    if (count == 0)
        yaml_warning(reading->yaml, &reading->root, NULL,
                     "there are no sources, so every tile stays without data; add sources:");
}
