#include "base/json.h"

#include <cjson/cJSON.h>
#include <errno.h>
#include <math.h>
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

/* How many bytes from here need no escape. */
static size_t plain_length(const char *text)
{
    size_t length = 0;
    while ((unsigned char)text[length] >= 0x20 && text[length] != '"' && text[length] != '\\')
        length++;
    return length;
}

void json_write_text(struct text *out, const char *value)
{
    if (!value) {
        text_append(out, "null");
        return;
    }
    text_append(out, "\"");
    while (*value) {
        size_t plain = plain_length(value);
        text_append_bytes(out, value, plain);
        value += plain;
        if (*value == '"' || *value == '\\')
            text_append_format(out, "\\%c", *value++);
        else if (*value)
            text_append_format(out, "\\u%04x", (unsigned)*value++);
    }
    text_append(out, "\"");
}

void json_write_number(struct text *out, double value)
{
    if (!isfinite(value)) {
        text_append(out, "null");
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
