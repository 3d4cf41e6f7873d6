#include "base/json.h"

#include <cjson/cJSON.h>
#include <errno.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

/* Offset of the first bracket that is nested too deep, or `length`. Texts are skipped. */
static size_t depth_fault(const char *bytes, size_t length)
{
    int depth = 0;
    bool in_text = false;
    for (size_t i = 0; i < length; i++) {
        char c = bytes[i];
        if (in_text) {
            if (c == '\\')
                i++;
            else if (c == '"')
                in_text = false;
        } else if (c == '"') {
            in_text = true;
        } else if (c == '{' || c == '[') {
            if (++depth > JSON_MAX_DEPTH)
                return i;
        } else if (c == '}' || c == ']') {
            depth--;
        }
    }
    return length;
}

static int line_of(const char *bytes, size_t offset)
{
    int line = 1;
    for (size_t i = 0; i < offset; i++)
        if (bytes[i] == '\n')
            line++;
    return line;
}

static bool only_blanks(const char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (!strchr(" \t\r\n", bytes[i]) || bytes[i] == '\0')
            return false;
    return true;
}

struct cJSON *json_parse(const char *bytes, size_t length, struct error *error)
{
    if (length >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0) {
        bytes += 3;
        length -= 3;
    }
    size_t fault = 0;
    if (!utf8_valid(bytes, length, &fault)) {
        error_set(error, "byte %zu is not UTF-8", fault);
        return NULL;
    }
    if (only_blanks(bytes, length)) {
        error_set(error, "the text is empty");
        return NULL;
    }
    fault = depth_fault(bytes, length);
    if (fault < length) {
        error_set(error, "line %d: nested deeper than %d levels", line_of(bytes, fault), JSON_MAX_DEPTH);
        return NULL;
    }
    const char *end = bytes;
    struct cJSON *value = cJSON_ParseWithLengthOpts(bytes, length, &end, 0);
    if (!value) {
        error_set(error, "line %d: not JSON", line_of(bytes, end ? (size_t)(end - bytes) : 0));
        return NULL;
    }
    size_t used = (size_t)(end - bytes);
    if (!only_blanks(bytes + used, length - used)) {
        error_set(error, "line %d: text after the JSON value", line_of(bytes, used));
        cJSON_Delete(value);
        return NULL;
    }
    return value;
}

struct cJSON *json_read_file(const char *path, size_t max_bytes, struct error *error)
{
    struct text text = {0};
    if (!text_read_file(&text, path, max_bytes)) {
        error_set(error, "%s: %s", path, strerror(errno));
        text_finish(&text);
        return NULL;
    }
    struct cJSON *value = json_parse(text_bytes(&text), text.length, error);
    text_finish(&text);
    if (!value)
        error_prefix(error, "%s", path);
    return value;
}

void json_destroy(struct cJSON *value)
{
    cJSON_Delete(value);
}

static void wipe_texts(struct cJSON *value)
{
    if (value->valuestring)
        explicit_bzero(value->valuestring, strlen(value->valuestring));
    for (struct cJSON *child = value->child; child; child = child->next)
        wipe_texts(child); /* as deep as JSON_MAX_DEPTH allows */
}

void json_destroy_secret(struct cJSON *value)
{
    if (value)
        wipe_texts(value);
    json_destroy(value);
}

const struct cJSON *json_member(const struct cJSON *object, const char *key)
{
    return cJSON_GetObjectItemCaseSensitive(object, key);
}

const char *json_text(const struct cJSON *value)
{
    return cJSON_GetStringValue(value);
}

const char *json_member_text(const struct cJSON *object, const char *key)
{
    return json_text(json_member(object, key));
}

double json_number(const struct cJSON *value, double otherwise)
{
    return cJSON_IsNumber(value) ? value->valuedouble : otherwise;
}

double json_member_number(const struct cJSON *object, const char *key, double otherwise)
{
    return json_number(json_member(object, key), otherwise);
}

bool json_is_number(const struct cJSON *value)
{
    return cJSON_IsNumber(value);
}

bool json_is_null(const struct cJSON *value)
{
    return cJSON_IsNull(value);
}

bool json_is_true(const struct cJSON *value)
{
    return cJSON_IsTrue(value);
}

bool json_is_boolean(const struct cJSON *value)
{
    return cJSON_IsBool(value);
}

bool json_is_object(const struct cJSON *value)
{
    return cJSON_IsObject(value);
}

bool json_is_array(const struct cJSON *value)
{
    return cJSON_IsArray(value);
}

const struct cJSON *json_first(const struct cJSON *container)
{
    return json_is_array(container) || json_is_object(container) ? container->child : NULL;
}

const struct cJSON *json_next(const struct cJSON *item)
{
    return item->next;
}

const char *json_key(const struct cJSON *member)
{
    return member->string;
}

size_t json_count(const struct cJSON *container)
{
    size_t count = 0;
    for (const struct cJSON *item = json_first(container); item; item = item->next)
        count++;
    return count;
}

const struct cJSON *json_at(const struct cJSON *value, const char *place)
{
    char key[128];
    if (!*place)
        return value;
    const struct cJSON *whole = json_member(value, place);
    size_t length = strcspn(place, ".");
    if (whole || !place[length] || length >= sizeof key)
        return whole;
    memcpy(key, place, length);
    key[length] = '\0';
    return json_at(json_member(value, key), place + length + 1);
}

/* ---- putting a value into JSON text ---- */

static size_t after_blanks(const struct text *json, size_t at)
{
    return at + strspn(json->bytes + at, " \t\r\n");
}

/* Where the value that begins at `from` ends; `from` itself where there is none. */
static size_t value_end(const struct text *json, size_t from)
{
    const char *end = NULL;
    cJSON *value = cJSON_ParseWithLengthOpts(json->bytes + from, json->length - from, &end, 0);
    size_t to = value ? (size_t)(end - json->bytes) : from;
    cJSON_Delete(value);
    return to;
}

static bool is_key(const struct text *json, size_t from, size_t to, const char *key)
{
    cJSON *written = cJSON_ParseWithLength(json->bytes + from, to - from);
    bool same = text_equal(json_text(written), key);
    cJSON_Delete(written);
    return same;
}

/* A member's value in bytes of the text. */
struct span {
    size_t from, to;
};

/* Looks for a key in the object whose brace is at `open`. */
static bool find_span(const struct text *json, size_t open, const char *key, struct span *span)
{
    size_t at = after_blanks(json, open + 1);
    while (json->bytes[at] == '"') {
        size_t key_to = value_end(json, at);
        span->from = after_blanks(json, after_blanks(json, key_to) + 1);
        span->to = value_end(json, span->from);
        if (span->to == span->from)
            return false;
        if (is_key(json, at, key_to, key))
            return true;
        at = after_blanks(json, after_blanks(json, span->to) + 1);
    }
    return false;
}

static void replace_span(struct text *json, struct span span, const char *what)
{
    struct text result = {0};
    text_append_bytes(&result, json->bytes, span.from);
    text_append(&result, what);
    text_append(&result, json->bytes + span.to);
    text_finish(json);
    *json = result;
}

/* "a.b": {"b":value} for the key a. */
static void nest(struct text *out, const char *place, const char *value)
{
    struct text key = {0};
    size_t length = strcspn(place, ".");
    text_append_bytes(&key, place, length);
    json_write_text(out, text_bytes(&key));
    text_finish(&key);
    text_append(out, ":");
    if (!place[length]) {
        text_append(out, value);
        return;
    }
    text_append(out, "{");
    nest(out, place + length + 1, value);
    text_append(out, "}");
}

static void insert_member(struct text *json, size_t open, const char *place, const char *value)
{
    struct text member = {0};
    nest(&member, place, value);
    if (json->bytes[after_blanks(json, open + 1)] != '}')
        text_append(&member, ",");
    replace_span(json, (struct span){open + 1, open + 1}, text_bytes(&member));
    text_finish(&member);
}

static bool put_into(struct text *json, size_t open, const char *place, const char *value)
{
    struct span span;
    char key[128];
    size_t length = strcspn(place, ".");
    if (json->bytes[open] != '{' || length >= sizeof key)
        return false;
    memcpy(key, place, length);
    key[length] = '\0';
    if (!find_span(json, open, key, &span))
        insert_member(json, open, place, value);
    else if (place[length])
        return put_into(json, span.from, place + length + 1, value);
    else
        replace_span(json, span, value);
    return true;
}

bool json_put(struct text *object, const char *place, const char *value)
{
    struct cJSON *whole = json_parse(text_bytes(object), object->length, NULL);
    bool sound = json_is_object(whole);
    json_destroy(whole);
    return sound && put_into(object, after_blanks(object, 0), place, value);
}

/* How many bytes from here need no escape. */
static size_t plain_length(const char *bytes, size_t most)
{
    size_t length = 0;
    while (length < most && (unsigned char)bytes[length] >= 0x20 && bytes[length] != '"' &&
           bytes[length] != '\\')
        length++;
    return length;
}

void json_write_bytes(struct text *out, const char *bytes, size_t length)
{
    const char *end = bytes + length;
    text_append_bytes(out, "\"", 1);
    while (bytes < end) {
        size_t plain = plain_length(bytes, (size_t)(end - bytes));
        text_append_bytes(out, bytes, plain);
        bytes += plain;
        if (bytes < end && (*bytes == '"' || *bytes == '\\'))
            text_append_format(out, "\\%c", *bytes++);
        else if (bytes < end)
            text_append_format(out, "\\u%04x", (unsigned)*bytes++);
    }
    text_append_bytes(out, "\"", 1);
}

void json_write_text(struct text *out, const char *value)
{
    if (value)
        json_write_bytes(out, value, strlen(value));
    else
        text_append(out, "null");
}

/* Counts are most of what is written, and printf takes its time. */
static void write_whole(struct text *out, int64_t value)
{
    char digits[24], *at = digits + sizeof digits;
    uint64_t left = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    do
        *--at = (char)('0' + left % 10);
    while (left /= 10);
    if (value < 0)
        *--at = '-';
    text_append_bytes(out, at, (size_t)(digits + sizeof digits - at));
}

void json_write_number(struct text *out, double value)
{
    if (!isfinite(value)) {
        text_append(out, "null");
        return;
    }
    if (fabs(value) < 1e15 && value == (double)(int64_t)value && !(value == 0 && signbit(value))) {
        write_whole(out, (int64_t)value);
        return;
    }
    char digits[40];
    for (int precision = 15; precision <= 17; precision++) {
        snprintf(digits, sizeof digits, "%.*g", precision, value);
        if (strtod(digits, NULL) == value)
            break;
    }
    text_append(out, digits);
}
