#include "app/probe_report.h"

#include <math.h>
#include <string.h>

#include "app/explain.h"
#include "base/calendar.h"
#include "base/json.h"
#include "base/utf8.h"
#include "fetch/signin.h"

enum { MOST_ROWS = 40, SECOND_MS = 1000, MINUTE_MS = 60000 };

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

void probe_write_document(struct text *out, const struct sample_document *document, const char *further)
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
    text_append_format(out, "]%s}\n", further);
}

/* ---- a document for people ---- */

/* Pads to `columns` characters, which are not bytes. */
void probe_write_column(struct text *out, const char *what, size_t columns)
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
    probe_write_column(out, sample->id, id_columns + 2);
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

static void write_rows(struct text *out, const struct sample_document *document)
{
    size_t id_columns = longest_id(document);
    if (document->count) {
        probe_write_column(out, "what", id_columns + 2);
        text_append_format(out, "%14s  %-12s%s\n", "value", "window", "for");
    }
    for (size_t i = 0; i < document->count && i < MOST_ROWS; i++)
        write_row(out, &document->samples[i], id_columns);
    if (document->count > MOST_ROWS)
        text_append_format(out, "… and %zu more; --json prints all\n", document->count - MOST_ROWS);
}

void probe_write_table(struct text *out, const struct sample_document *document)
{
    write_time_of_figures(out, document->at_s);
    write_rows(out, document);
    text_append_format(out, "%zu sample%s, %zu rejected\n", document->count, document->count == 1 ? "" : "s",
                       document->rejected_count);
    for (size_t i = 0; i < document->rejected_count; i++)
        text_append_format(out, "rejected: %s: %s\n", document->rejected[i].id, document->rejected[i].why);
}

/* ---- a poll for people ---- */

static void write_point(struct text *out, int64_t at_ms, const char *what)
{
    if (at_ms > 0)
        text_append_format(out, "%s after %lld ms, ", what, (long long)at_ms);
}

static void write_times(struct text *out, const struct fetch_result *result)
{
    text_append(out, "time: ");
    write_point(out, result->lookup_ms, "name found");
    write_point(out, result->connect_ms, "connected");
    write_point(out, result->tls_ms, "TLS agreed");
    write_point(out, result->first_byte_ms, "first byte");
    text_append_format(out, "all after %lld ms", (long long)result->total_ms);
    if (result->document)
        text_append_format(out, ", mapped in %lld ms", (long long)result->map_ms);
    text_append(out, "\n");
}

static void write_size(struct text *out, const struct fetch_result *result)
{
    text_append_format(out, "size: %zu bytes", result->body_bytes);
    if (result->wire_bytes && result->wire_bytes != result->body_bytes)
        text_append_format(out, ", packed into %zu on the wire", result->wire_bytes);
    if (result->pages)
        text_append_format(out, ", in %zu page%s", result->pages, result->pages == 1 ? "" : "s");
    text_append(out, "\n");
}

static void write_token(struct text *out, const struct fetch_result *result)
{
    if (result->token_left_ms == TOKEN_NONE)
        return;
    if (result->token_left_ms == TOKEN_UNTIL_REFUSED)
        text_append(out, "token: valid until it is refused (the server names no time)\n");
    else if (result->token_left_ms < MINUTE_MS)
        text_append_format(out, "token: renewed in %lld s\n", (long long)(result->token_left_ms / SECOND_MS));
    else
        text_append_format(out, "token: valid for %lld min, then renewed\n",
                           (long long)(result->token_left_ms / MINUTE_MS));
}

static void write_budget(struct text *out, const struct budget_settings *budget)
{
    if (budget)
        text_append_format(out, "budget: %s, half of %g calls in %lld s is used, shared by its sources\n",
                           budget->name, budget->calls, (long long)(budget->per_ms / SECOND_MS));
}

static long long next_poll_s(const struct fetch_result *result, int64_t now_monotonic_ms)
{
    int64_t left_ms = result->next_poll_monotonic_ms - now_monotonic_ms;
    return left_ms > 0 ? (long long)((left_ms + SECOND_MS / 2) / SECOND_MS) : 0;
}

void probe_write_poll(struct text *out, const struct source_settings *source,
                      const struct fetch_result *result, int64_t now_monotonic_ms)
{
    text_append_format(out, "%s\n", *result->sent ? result->sent : result->request_line);
    if (result->http_status)
        text_append_format(out, "HTTP %ld, %s\n", result->http_status,
                           *result->content_type ? result->content_type : "no content type");
    if (result->http_status)
        write_times(out, result);
    if (result->body_bytes || (result->http_status && result->outcome != FETCH_FAILED))
        write_size(out, result);
    write_token(out, result);
    write_budget(out, source->budget);
    if (source->place == PLACE_SERVER && source->filter_path)
        text_append_format(out, "on the wall the next poll would come %lld s later\n",
                           next_poll_s(result, now_monotonic_ms));
}

/* ---- a poll as JSON ---- */

static void write_milliseconds(struct text *out, const struct fetch_result *result)
{
    text_append_format(out,
                       "\"ms\": {\"lookup\": %lld, \"connect\": %lld, \"tls\": %lld, \"first_byte\": %lld, "
                       "\"total\": %lld, \"map\": %lld}",
                       (long long)result->lookup_ms, (long long)result->connect_ms, (long long)result->tls_ms,
                       (long long)result->first_byte_ms, (long long)result->total_ms,
                       (long long)result->map_ms);
}

/* Seconds; null: there is none; "until refused". */
static void write_token_json(struct text *out, int64_t left_ms)
{
    if (left_ms == TOKEN_UNTIL_REFUSED)
        text_append(out, "\"until refused\"");
    else
        json_write_number(out, left_ms == TOKEN_NONE ? NAN : (double)(left_ms / SECOND_MS));
}

void probe_write_poll_json(struct text *out, const struct source_settings *source,
                           const struct fetch_result *result, int64_t now_monotonic_ms)
{
    text_append(out, "{\"source\": ");
    json_write_text(out, source->name);
    text_append(out, ", \"request\": ");
    json_write_text(out, *result->sent ? result->sent : result->request_line);
    text_append_format(out, ", \"http_status\": %ld, \"content_type\": ", result->http_status);
    json_write_text(out, result->content_type);
    text_append_format(out, ",\n  \"bytes\": %zu, \"wire_bytes\": %zu, \"pages\": %zu, ", result->body_bytes,
                       result->wire_bytes, result->pages);
    write_milliseconds(out, result);
    text_append(out, ", \"token_s\": ");
    write_token_json(out, result->token_left_ms);
    text_append(out, ", \"budget\": ");
    json_write_text(out, source->budget ? source->budget->name : NULL);
    text_append_format(out, ", \"next_poll_s\": %lld}", next_poll_s(result, now_monotonic_ms));
}
