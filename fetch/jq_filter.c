#include "fetch/jq_filter.h"

#include <jq.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/memory.h"
#include "fetch/jq_message.h"
#include "fetch/jq_writer.h"

struct jq_filter {
    jq_state *jq;
    struct error complaint; /* the first of the compiler's */
};

/*
 * $now differs at each run, but libjq binds variables when it compiles: so the filter reads one array
 * [now, cfg, answer, today], is compiled once, and what reaches outside or stops the program is hidden from
 * it. All on the line before the filter's first: line numbers in messages are then the filter's own.
 */
static const char before_filter[] =
    "def halt: error(\"halt\"); def halt_error: error(\"halt\"); def halt_error($c): error(\"halt\"); "
    "def env: {}; def input: error(\"input\"); def inputs: empty; def modulemeta: error(\"modulemeta\"); "
    "def debug: .; def debug(m): .; def stderr: .; def input_filename: null; "
    ".[0] as $now | .[1] as $cfg | .[3] as $today | {} as $ENV | def now: $now; .[2] | ( ";

/* On a line of its own: a filter may end with a comment. */
static const char after_filter[] = "\n)";

/* The first line of a message, without libjq's own name before it. */
static void note_complaint(void *context, jv message)
{
    struct jq_filter *filter = context;
    if (jv_get_kind(message) == JV_KIND_STRING && !*filter->complaint.text) {
        const char *text = jv_string_value(message);
        if (text_starts_with(text, "jq: "))
            text += strlen("jq: ");
        size_t length = strcspn(text, "\n");
        if (length > 0 && text[length - 1] == ':')
            length--;
        error_set(&filter->complaint, "%.*s", (int)length, text);
    }
    jv_free(message);
}

struct jq_filter *jq_filter_create(const char *program, jq_filter_starved *starved, struct error *error)
{
    struct text wrapped = {0};
    text_append(&wrapped, before_filter);
    text_append(&wrapped, program);
    text_append(&wrapped, after_filter);

    struct jq_filter *filter = memory_create(1, sizeof *filter);
    filter->jq = jq_init();
    jq_set_nomem_handler(filter->jq, starved, NULL);
    jq_set_error_cb(filter->jq, note_complaint, filter);
    bool compiled = jq_compile(filter->jq, text_bytes(&wrapped));
    text_finish(&wrapped);
    if (compiled)
        return filter;
    error_set(error, "%s", *filter->complaint.text ? filter->complaint.text : "does not compile");
    jq_filter_destroy(filter);
    return NULL;
}

void jq_filter_destroy(struct jq_filter *filter)
{
    if (!filter)
        return;
    jq_teardown(&filter->jq);
    free(filter);
}

/* What an invalid value has to say: a text without the answer's values, anything else as JSON. Frees the
 * value. */
static void describe(jv invalid, struct error *error)
{
    jv message = jv_invalid_get_msg(invalid);
    if (jv_get_kind(message) != JV_KIND_STRING)
        message = jv_dump_string(message, 0);
    struct text text = {0};
    jq_message_without_values(jv_string_value(message), &text);
    error_set(error, "%s", text_bytes(&text));
    text_finish(&text);
    jv_free(message);
}

static bool parse(const char *json, size_t length, const char *what, jv *value, struct error *error)
{
    *value = jv_parse_sized(json, (int)length);
    if (jv_is_valid(*value))
        return true;
    if (jv_invalid_has_msg(jv_copy(*value)))
        describe(*value, error);
    else
        error_set(error, "nothing there");
    error_prefix(error, "%s is not JSON", what);
    return false;
}

/*
 * The last result of a filter that is started; *count says how many there were. Always to the end:
 * libjq 1.6 aborts at the next start when a filter is left halfway.
 */
static jv drain(jq_state *jq, size_t *count, jv *end)
{
    jv last = jv_null();
    for (*count = 0;; ++*count) {
        jv result = jq_next(jq);
        if (!jv_is_valid(result)) {
            *end = result;
            return last;
        }
        jv_free(last);
        last = result;
    }
}

static bool take_result(jv result, size_t count, jv end, struct text *output, struct error *error)
{
    bool failed = jv_invalid_has_msg(jv_copy(end));
    if (failed)
        describe(end, error);
    else
        jv_free(end);
    if (!failed && count == 0)
        error_set(error, "the filter gave nothing, it must give one document");
    if (!failed && count > 1)
        error_set(error, "the filter gave %zu results, it must give one document", count);
    if (failed || count != 1) {
        jv_free(result);
        return false;
    }
    if (jq_write(output, result))
        return true;
    error_set(error, "the filter gave a result nested deeper than %d levels", JSON_MAX_DEPTH);
    return false;
}

bool jq_filter_run(struct jq_filter *filter, const struct jq_variables *variables, const char *answer,
                   size_t length, struct text *output, struct error *error)
{
    jv cfg, value, end;
    if (!parse(variables->cfg_json, strlen(variables->cfg_json), "cfg", &cfg, error))
        return false;
    if (!parse(answer, length, "the answer", &value, error)) {
        jv_free(cfg);
        return false;
    }
    jv input = JV_ARRAY(jv_number(variables->now_s), cfg, value, jv_number(variables->today_s));
    size_t count;
    jq_start(filter->jq, input, 0);
    jv result = drain(filter->jq, &count, &end);
    return take_result(result, count, end, output, error);
}
