#include "fetch/query.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "fetch/secret.h"

/* A copy of the query's parameters, in order; the URL is cut before the "?". A fragment goes: it is never
 * sent. */
struct parameters {
    size_t count;
    struct text *items;
};

static void cut(struct text *url, size_t length)
{
    if (length < url->length)
        url->bytes[url->length = length] = '\0';
}

static void add(struct parameters *parameters, const char *bytes, size_t length)
{
    parameters->items = memory_resize(parameters->items, parameters->count + 1, sizeof *parameters->items);
    struct text *item = &parameters->items[parameters->count++];
    *item = (struct text){0};
    text_append_bytes(item, bytes, length);
}

static struct parameters take(struct text *url)
{
    struct parameters parameters = {0};
    cut(url, strcspn(text_bytes(url), "#"));
    size_t before = strcspn(text_bytes(url), "?");
    if (before == url->length)
        return parameters;
    for (const char *at = url->bytes + before + 1; *at; at += *at == '&') {
        size_t length = strcspn(at, "&");
        if (length)
            add(&parameters, at, length);
        at += length;
    }
    cut(url, before);
    return parameters;
}

static void give_back(struct text *url, struct parameters *parameters)
{
    for (size_t i = 0; i < parameters->count; i++) {
        text_append_format(url, "%s%s", i ? "&" : "?", text_bytes(&parameters->items[i]));
        secret_wipe(&parameters->items[i]);
    }
    free(parameters->items);
}

static bool same_name(const char *a, const char *b)
{
    size_t length = strcspn(a, "=");
    return length == strcspn(b, "=") && strncmp(a, b, length) == 0;
}

/* Where the parameter of that name is; behind the last if there is none. */
static size_t find(const struct parameters *parameters, const char *parameter)
{
    size_t place = 0;
    while (place < parameters->count && !same_name(parameters->items[place].bytes, parameter))
        place++;
    return place;
}

/* A name that comes again further behind would leave it to the server which one counts. */
static void drop_namesakes(struct parameters *parameters, size_t place)
{
    size_t kept = place + 1;
    for (size_t i = kept; i < parameters->count; i++)
        if (same_name(parameters->items[i].bytes, parameters->items[place].bytes))
            secret_wipe(&parameters->items[i]);
        else
            parameters->items[kept++] = parameters->items[i];
    parameters->count = kept;
}

void query_put(struct text *url, const char *parameter)
{
    struct parameters parameters = take(url);
    size_t place = find(&parameters, parameter);
    if (place == parameters.count)
        add(&parameters, "", 0);
    secret_wipe(&parameters.items[place]);
    text_append(&parameters.items[place], parameter);
    drop_namesakes(&parameters, place);
    give_back(url, &parameters);
}

void query_set(struct text *url, const char *name, const char *value)
{
    struct text parameter = {0};
    text_append_format(&parameter, "%s=", name);
    text_append_percent_encoded(&parameter, value);
    query_put(url, text_bytes(&parameter));
    text_finish(&parameter);
}

/* The byte that begins at `*at`, which is put behind it; a lonely "%" stands for itself. */
static char decode(const char **at)
{
    const char *c = *at;
    int high = *c == '%' ? text_hex_digit(c[1]) : -1, low = high < 0 ? -1 : text_hex_digit(c[2]);
    *at += low < 0 ? 1 : 3;
    if (low >= 0)
        return (char)(high * 16 + low);
    return *c == '+' ? ' ' : *c;
}

/*
 * One way of writing for each parameter: AWS reckons with what it means, newer versions of libcurl sign what
 * it means, and version 7.88 signs what is written.
 */
static void normalise(struct text *parameter)
{
    struct text normal = {0};
    const char *at = text_bytes(parameter), *equals = strchr(at, '=');
    while (*at) {
        bool separates = at == equals;
        char byte[2] = {decode(&at), '\0'};
        if (separates)
            text_append(&normal, "=");
        else if (byte[0])
            text_append_percent_encoded(&normal, byte);
        else
            text_append(&normal, "%00");
    }
    if (!equals)
        text_append(&normal, "=");
    secret_wipe(parameter);
    *parameter = normal;
}

/* By name, and by value where names are equal. "a=" is before "a-b=" only if the "=" does not count. */
static int compare(const void *a, const void *b)
{
    const char *x = ((const struct text *)a)->bytes, *y = ((const struct text *)b)->bytes;
    size_t of_x = strcspn(x, "="), of_y = strcspn(y, "=");
    int order = memcmp(x, y, of_x < of_y ? of_x : of_y);
    if (order != 0)
        return order;
    return of_x != of_y ? (of_x < of_y ? -1 : 1) : strcmp(x, y);
}

void query_sort(struct text *url)
{
    struct parameters parameters = take(url);
    for (size_t i = 0; i < parameters.count; i++)
        normalise(&parameters.items[i]);
    if (parameters.count)
        qsort(parameters.items, parameters.count, sizeof *parameters.items, compare);
    give_back(url, &parameters);
}
