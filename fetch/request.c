#include "fetch/request.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/json.h"
#include "base/memory.h"
#include "fetch/template.h"

static bool starts_json(const char *body)
{
    body += strspn(body, " \t\r\n");
    return *body == '{' || *body == '[';
}

static const char *header_value(const struct source_settings *settings, const char *name)
{
    for (size_t i = 0; i < settings->header_count; i++)
        if (strcasecmp(settings->headers[i].name, name) == 0)
            return settings->headers[i].value;
    return NULL;
}

static bool is_form(const struct source_settings *settings)
{
    const char *type = header_value(settings, "Content-Type");
    return type && text_starts_with(type, "application/x-www-form-urlencoded");
}

/* A placeholder can break JSON that was right before, so what is sent is looked at, not what was written. */
static bool fill_body(struct request *request, const struct source_settings *settings, int64_t now_wall_ms,
                      struct error *error)
{
    enum template_place place = is_form(settings) ? TEMPLATE_FORM : TEMPLATE_PLAIN;
    if (!settings->body)
        return true;
    if (!template_fill(&request->body, settings->body, place, now_wall_ms, error)) {
        error_prefix(error, "body");
        return false;
    }
    if (!starts_json(text_bytes(&request->body)))
        return true;
    struct cJSON *value = json_parse(text_bytes(&request->body), request->body.length, error);
    if (!value)
        error_prefix(error, "body: not JSON once the moments are filled in");
    json_destroy(value);
    return value != NULL;
}

static bool has_line_break(const char *text)
{
    return strpbrk(text, "\r\n") != NULL;
}

static bool fill_header(struct text *line, const struct header_setting *header, int64_t now_wall_ms,
                        struct error *error)
{
    /* libcurl drops a header that ends in a colon and sends an empty one for a semicolon */
    text_append_format(line, *header->value ? "%s: " : "%s;", header->name);
    if (!template_fill(line, header->value, TEMPLATE_PLAIN, now_wall_ms, error)) {
        error_prefix(error, "headers.%s", header->name);
        return false;
    }
    if (!has_line_break(text_bytes(line)))
        return true;
    error_set(error, "headers.%.64s: must not contain a line break", header->name);
    return false;
}

static struct text *add_header(struct request *request)
{
    request->header_lines =
        memory_resize(request->header_lines, request->header_count + 1, sizeof *request->header_lines);
    request->header_lines[request->header_count] = (struct text){0};
    return &request->header_lines[request->header_count++];
}

static bool fill_headers(struct request *request, const struct source_settings *settings, int64_t now_wall_ms,
                         struct error *error)
{
    for (size_t i = 0; i < settings->header_count; i++)
        if (!fill_header(add_header(request), &settings->headers[i], now_wall_ms, error))
            return false;
    if (!header_value(settings, "Accept"))
        text_append(add_header(request), "Accept: application/json");
    if (request->body.length && !header_value(settings, "Content-Type"))
        text_append(add_header(request), starts_json(text_bytes(&request->body))
                                             ? "Content-Type: application/json"
                                             : "Content-Type: text/plain; charset=utf-8");
    text_append(add_header(request), "Expect:"); /* no round trip of its own for the body */
    return true;
}

bool request_build(struct request *request, const struct source_settings *settings, int64_t now_wall_ms,
                   struct error *error)
{
    request->post = text_equal(settings->method, "POST");
    if (!text_starts_with(settings->url, "http://") && !text_starts_with(settings->url, "https://")) {
        error_set(error, "url: must begin with https:// or http://");
        return false;
    }
    if (!template_fill(&request->url, settings->url, TEMPLATE_URL, now_wall_ms, error)) {
        error_prefix(error, "url");
        return false;
    }
    if (!fill_body(request, settings, now_wall_ms, error) ||
        !fill_headers(request, settings, now_wall_ms, error))
        return false;
    text_append_format(&request->line, "%s ", request->post ? "POST" : "GET");
    request_mask_url(text_bytes(&request->url), &request->line);
    return true;
}

void request_finish(struct request *request)
{
    for (size_t i = 0; i < request->header_count; i++)
        text_finish(&request->header_lines[i]);
    free(request->header_lines);
    text_finish(&request->url);
    text_finish(&request->body);
    text_finish(&request->line);
    *request = (struct request){0};
}

/* Words in names of parameters whose values nobody needs to read. */
static const char *const secret_words[] = {"key",      "token", "secret", "pass", "pwd",
                                           "password", "sig",   "auth",   "code", "credential"};

bool request_sounds_secret(const char *name, size_t length)
{
    char lower[64];
    snprintf(lower, sizeof lower, "%.*s", (int)length, name);
    if (text_equal(lower, "p") || text_equal(lower, "u"))
        return true; /* InfluxDB's password and user */
    for (size_t i = 0; i < sizeof secret_words / sizeof secret_words[0]; i++)
        if (strcasestr(lower, secret_words[i]))
            return true;
    return false;
}

void request_mask_form(const char *form, struct text *masked)
{
    while (*form) {
        size_t length = strcspn(form, "&"), name = strcspn(form, "=&");
        bool secret = name < length && request_sounds_secret(form, name);
        text_append_bytes(masked, form, secret ? name + 1 : length);
        if (secret)
            text_append(masked, "***");
        form += length;
        if (*form)
            text_append_bytes(masked, form++, 1);
    }
}

void request_mask_url(const char *url, struct text *masked)
{
    const char *host = strstr(url, "://");
    host = host ? host + strlen("://") : url;
    text_append_bytes(masked, url, (size_t)(host - url));
    size_t authority = strcspn(host, "/?#");
    const char *at = memrchr(host, '@', authority);
    if (at) {
        text_append(masked, "***@");
        host = at + 1;
    }
    size_t before_query = strcspn(host, "?");
    text_append_bytes(masked, host, before_query);
    if (host[before_query])
        text_append(masked, "?");
    if (host[before_query])
        request_mask_form(host + before_query + 1, masked);
}
