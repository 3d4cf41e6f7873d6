#include "fetch/jq_writer.h"

#include "base/json.h"

static bool write_value(struct text *out, jv value, int depth);

static void write_text(struct text *out, jv text)
{
    json_write_bytes(out, jv_string_value(text), (size_t)jv_string_length_bytes(jv_copy(text)));
    jv_free(text);
}

static bool write_array(struct text *out, jv array, int depth)
{
    bool written = true;
    int count = jv_array_length(jv_copy(array));
    text_append_bytes(out, "[", 1);
    for (int i = 0; i < count && written; i++) {
        if (i > 0)
            text_append_bytes(out, ",", 1);
        written = write_value(out, jv_array_get(jv_copy(array), i), depth);
    }
    text_append_bytes(out, "]", 1);
    jv_free(array);
    return written;
}

static bool write_object(struct text *out, jv object, int depth)
{
    bool written = true, first = true;
    text_append_bytes(out, "{", 1);
    for (int at = jv_object_iter(object); written && jv_object_iter_valid(object, at);
         at = jv_object_iter_next(object, at)) {
        if (!first)
            text_append_bytes(out, ",", 1);
        first = false;
        write_text(out, jv_object_iter_key(object, at));
        text_append_bytes(out, ":", 1);
        written = write_value(out, jv_object_iter_value(object, at), depth);
    }
    text_append_bytes(out, "}", 1);
    jv_free(object);
    return written;
}

static void write_single(struct text *out, jv value)
{
    switch (jv_get_kind(value)) {
    case JV_KIND_NUMBER:
        json_write_number(out, jv_number_value(value));
        break;
    case JV_KIND_TRUE:
        text_append(out, "true");
        break;
    case JV_KIND_FALSE:
        text_append(out, "false");
        break;
    default:
        text_append(out, "null");
    }
    jv_free(value);
}

/* Recursive, but never deeper than JSON_MAX_DEPTH. Takes the value over. */
static bool write_value(struct text *out, jv value, int depth)
{
    jv_kind kind = jv_get_kind(value);
    if ((kind == JV_KIND_ARRAY || kind == JV_KIND_OBJECT) && depth == JSON_MAX_DEPTH) {
        jv_free(value);
        return false;
    }
    if (kind == JV_KIND_ARRAY)
        return write_array(out, value, depth + 1);
    if (kind == JV_KIND_OBJECT)
        return write_object(out, value, depth + 1);
    if (kind == JV_KIND_STRING)
        write_text(out, value);
    else
        write_single(out, value);
    return true;
}

bool jq_write(struct text *out, jv value)
{
    return write_value(out, value, 0);
}
