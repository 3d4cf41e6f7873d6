#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "base/clock.h"
#include "base/memory.h"
#include "base/text.h"
#include "fetch/document.h"

enum { ARRIVAL_S = 1795256100 };

#define SAMPLE(id, value)                                                                                    \
    "{\"id\":\"" id "\",\"value\":" value ",\"window\":\"today\",\"dims\":{\"queue\":\"Ventes\"}}"

static int know(void **state)
{
    struct catalogue *catalogue = catalogue_create();
    catalogue_add_counter(catalogue, &(struct counter){.name = "offered"});
    catalogue_add_counter(catalogue, &(struct counter){.name = "waiting_now", .gauge = true});
    catalogue_add_kpi(catalogue, &(struct kpi){.id = "service_level"});
    *state = catalogue;
    return 0;
}

static int forget(void **state)
{
    catalogue_destroy(*state);
    return 0;
}

static struct sample_document *read(void **state, const char *json)
{
    struct error error = {0};
    struct sample_document *document = document_parse(json, strlen(json), *state, ARRIVAL_S, &error);
    assert_string_equal(error.text, "");
    assert_non_null(document);
    return document;
}

static void assert_refused(void **state, const char *json, const char *why)
{
    struct error error = {0};
    assert_null(document_parse(json, strlen(json), *state, ARRIVAL_S, &error));
    assert_string_equal(error.text, why);
}

static void a_sample_is_read_whole(void **state)
{
    struct sample_document *document =
        read(state,
             "{\"at\":1795256099.5,\"samples\":[{\"id\":\"service_level\",\"value\":81.5,\"window\":\"30m\","
             "\"dims\":{\"queue\":\"Ventes\",\"channel\":\"voice\"},\"n\":120}]}");
    assert_true(document->at_s == 1795256099.5);
    assert_int_equal(document->count, 1);
    assert_string_equal(document->samples[0].id, "service_level");
    assert_true(document->samples[0].value == 81.5);
    assert_true(document->samples[0].n == 120);
    assert_int_equal(document->samples[0].period, PERIOD_30M);
    assert_string_equal(document->samples[0].dims.value[DIM_QUEUE], "Ventes");
    assert_string_equal(document->samples[0].dims.value[DIM_CHANNEL], "voice");
    assert_null(document->samples[0].dims.value[DIM_TEAM]);
    sample_document_destroy(document);
}

static void unknown_is_not_zero(void **state)
{
    struct sample_document *document = read(state, "{\"samples\":[" SAMPLE("offered", "null") "]}");
    assert_true(isnan(document->samples[0].value));
    assert_true(isnan(document->samples[0].n));
    assert_true(isnan(document->at_s));
    sample_document_destroy(document);
}

static void minus_nothing_is_nothing(void **state)
{
    struct sample_document *document = read(state, "{\"samples\":[" SAMPLE("offered", "-0") "]}");
    assert_true(document->samples[0].value == 0);
    assert_false(signbit(document->samples[0].value));
    sample_document_destroy(document);
}

static void infinities_are_unknown(void **state)
{
    struct sample_document *document = read(state, "{\"samples\":[" SAMPLE("offered", "1e999") "," SAMPLE(
                                                       "waiting_now", "-1.7976931348623157e308") "]}");
    assert_true(isnan(document->samples[0].value));
    assert_true(isnan(document->samples[1].value));
    sample_document_destroy(document);
}

static void an_unknown_id_is_reported_once_and_kept_out(void **state)
{
    struct sample_document *document = read(state, "{\"samples\":[" SAMPLE("offerred", "1") "," SAMPLE(
                                                       "offered", "2") "," SAMPLE("offerred", "3") "]}");
    assert_int_equal(document->count, 1);
    assert_int_equal(document->rejected_count, 1);
    assert_string_equal(document->rejected[0].id, "offerred");
    assert_string_equal(document->rejected[0].why,
                        "no counter and no KPI has this name; did you mean \"offered\"?");
    sample_document_destroy(document);
}

static void of_a_series_given_twice_the_last_counts(void **state)
{
    struct sample_document *document = read(state, "{\"samples\":[" SAMPLE("offered", "1") "," SAMPLE(
                                                       "waiting_now", "5") "," SAMPLE("offered", "2") "]}");
    assert_int_equal(document->count, 2);
    assert_string_equal(document->samples[0].id, "waiting_now");
    assert_true(document->samples[1].value == 2);
    assert_int_equal(document->rejected_count, 1);
    assert_string_equal(document->rejected[0].why,
                        "given twice for window today, queue Ventes; the last one counts");
    sample_document_destroy(document);
}

static void a_time_far_ahead_of_ours_is_reported_and_not_used(void **state)
{
    struct sample_document *document = read(state, "{\"at\":1795256401,\"samples\":[]}");
    assert_true(isnan(document->at_s));
    assert_string_equal(document->rejected[0].why,
                        "301 s ahead of our clock; the time of arrival is used instead");
    sample_document_destroy(document);
}

static void a_time_a_little_ahead_is_kept(void **state)
{
    struct sample_document *document = read(state, "{\"at\":1795256400,\"samples\":[]}");
    assert_true(document->at_s == 1795256400);
    assert_int_equal(document->rejected_count, 0);
    sample_document_destroy(document);
}

static void a_time_in_milliseconds_is_refused(void **state)
{
    assert_refused(state, "{\"at\":1795256100000,\"samples\":[]}",
                   "at: a time in epoch seconds is due here; this looks like milliseconds");
}

static void the_first_fault_is_named_with_its_place(void **state)
{
    assert_refused(state, "{\"samples\":[" SAMPLE("offered", "1") "," SAMPLE("offered", "\"12\"") "]}",
                   "samples[1].value: a number or null is due here");
}

static void what_is_not_in_the_format_is_refused(void **state)
{
    assert_refused(state, "[]", "the document must be an object with \"samples\"");
    assert_refused(state, "{}", "samples: an array of at most 20000 samples is due here");
    assert_refused(state, "{\"samples\":[],\"extra\":1}", "extra: unknown key at the top of the document");
    assert_refused(state, "{\"samples\":[3]}", "samples[0]: an object is due here");
    assert_refused(state, "{\"samples\":[{\"id\":\"offered\",\"value\":1,\"window\":\"now\"}]}",
                   "samples[0].dims: missing");
    assert_refused(state, "{\"samples\":[{\"id\":\"offered\",\"valeu\":1,\"window\":\"now\",\"dims\":{}}]}",
                   "samples[0].valeu: unknown key");
    assert_refused(
        state,
        "{\"samples\":[{\"id\":\"offered\",\"value\":1,\"window\":\"now\",\"dims\":{\"file\":\"x\"}}]}",
        "samples[0].dims: there is no dimension \"file\"");
    assert_refused(
        state,
        "{\"samples\":[{\"id\":\"offered\",\"value\":1,\"window\":\"now\",\"dims\":{\"queue\":\"\"}}]}",
        "samples[0].dims.queue: must have 1 to 128 bytes, has 0");
    assert_refused(
        state,
        "{\"samples\":[{\"id\":\"offered\",\"value\":1,\"window\":\"now\",\"dims\":{\"channel\":\"fax\"}}]}",
        "samples[0].dims.channel: there is no channel \"fax\"");
    assert_refused(state, "{\"samples\":[{\"id\":\"a\\tb\",\"value\":1,\"window\":\"now\",\"dims\":{}}]}",
                   "samples[0].id: contains a control character");
    assert_refused(state, "{\"samples\":[{\"id\":\"a\\u0000b\",\"value\":1,\"window\":\"now\",\"dims\":{}}]}",
                   "line 1, byte 27: a text contains U+0000");
    assert_refused(state,
                   "{\"samples\":[{\"id\":\"offered\",\"value\":1,\"window\":\"now\",\"dims\":{},\"n\":-1}]}",
                   "samples[0].n: a number of contacts, 0 or more, is due here");
}

static void what_comes_twice_is_refused(void **state)
{
    assert_refused(state, "{\"samples\":[],\"samples\":[]}", "samples: given twice");
    assert_refused(state, "{\"samples\":[{\"id\":\"offered\",\"id\":\"offered\"}]}",
                   "samples[0].id: given twice");
    assert_refused(
        state,
        "{\"samples\":[{\"id\":\"offered\",\"value\":1,\"window\":\"now\",\"dims\":{\"queue\":\"A\","
        "\"queue\":\"A\"}}]}",
        "samples[0].dims.queue: given twice");
}

static void what_is_not_json_is_placed_by_line(void **state)
{
    assert_refused(state, "", "line 1, byte 1: the JSON text stops in the middle");
    assert_refused(state, "{\"samples\":\n[{\"id\" 3}]}", "line 2, byte 20: a colon is due here");
    assert_refused(state, "{\"samples\":[]} x", "line 1, byte 16: text after the JSON value");
    assert_refused(state, "{\"samples\":[{\"id\":\"\xff\"}]}", "byte 20 is not UTF-8");
    assert_refused(state, "{\"samples\":[" SAMPLE("offered", "tru") "]}",
                   "samples[0].value: a number or null is due here");
    assert_refused(state, "{\"samples\":[" SAMPLE("offered", "nul") "]}", "line 1, byte 40: not JSON");
    assert_refused(state, "{\"samples\":[" SAMPLE("offered", "-") "]}", "line 1, byte 38: not a JSON number");
}

static void names_are_read_without_their_escapes(void **state)
{
    struct sample_document *document = read(
        state, "{\"samples\":[{\"\\u0069d\":\"offered\",\"value\":-12.5e-1,\"window\":\"\\u006eow\",\"dims\":"
               "{\"queue\":\"A \\\"b\\\" \\u00e9\\ud83d\\ude00\\/\"}}]}");
    assert_string_equal(document->samples[0].dims.value[DIM_QUEUE], "A \"b\" é😀/");
    assert_true(document->samples[0].value == -1.25);
    sample_document_destroy(document);
    assert_refused(state, "{\"samples\":[{\"id\":\"\\ud83dx\"}]}",
                   "line 1, byte 26: half of a surrogate pair");
    assert_refused(state, "{\"samples\":[{\"id\":\"\\ud83d\\u0041\"}]}",
                   "line 1, byte 32: half of a surrogate pair");
}

static void a_window_of_the_catalogue_alone_is_refused(void **state)
{
    assert_refused(
        state, "{\"samples\":[{\"id\":\"offered\",\"value\":1,\"window\":\"quarter\",\"dims\":{}}]}",
        "samples[0].window: there is no window \"quarter\"; known are now, 15m, 30m, 60m, today, day, week, "
        "month, rolling_7d and rolling_28d");
}

static void append_samples(struct text *json, int count)
{
    text_append(json, "{\"samples\":[");
    for (int i = 0; i < count; i++)
        text_append_format(
            json,
            "%s{\"id\":\"offered\",\"value\":%d,\"window\":\"today\",\"dims\":{\"queue\":\"Q%d\",\"channel\":"
            "\"voice\"}}",
            i ? "," : "", i, i);
    text_append(json, "]}");
}

static void twenty_thousand_samples_are_read(void **state)
{
    struct text json = {0};
    append_samples(&json, 20000);
    struct sample_document *document = read(state, text_bytes(&json));
    assert_int_equal(document->count, 20000);
    assert_true(document->samples[19999].value == 19999);
    sample_document_destroy(document);
    text_finish(&json);
}

static void one_sample_more_is_refused(void **state)
{
    struct text json = {0};
    append_samples(&json, 20001);
    assert_refused(state, text_bytes(&json), "samples: an array of at most 20000 samples is due here");
    text_finish(&json);
}

static void a_document_full_of_nothing_is_refused_at_its_first(void **state)
{
    struct text json = {0};
    text_append(&json, "{\"samples\":[[]");
    for (int i = 0; i < 1000000; i++)
        text_append(&json, ",[]");
    text_append(&json, "]}");
    assert_refused(state, text_bytes(&json), "samples[0]: an object is due here");
    text_finish(&json);
}

#define KNOWING(sentence) cmocka_unit_test_setup_teardown(sentence, know, forget)

int main(void)
{
    const struct CMUnitTest tests[] = {
        KNOWING(a_sample_is_read_whole),
        KNOWING(unknown_is_not_zero),
        KNOWING(minus_nothing_is_nothing),
        KNOWING(infinities_are_unknown),
        KNOWING(an_unknown_id_is_reported_once_and_kept_out),
        KNOWING(of_a_series_given_twice_the_last_counts),
        KNOWING(a_time_far_ahead_of_ours_is_reported_and_not_used),
        KNOWING(a_time_a_little_ahead_is_kept),
        KNOWING(a_time_in_milliseconds_is_refused),
        KNOWING(the_first_fault_is_named_with_its_place),
        KNOWING(what_is_not_in_the_format_is_refused),
        KNOWING(what_comes_twice_is_refused),
        KNOWING(what_is_not_json_is_placed_by_line),
        KNOWING(names_are_read_without_their_escapes),
        KNOWING(a_window_of_the_catalogue_alone_is_refused),
        KNOWING(twenty_thousand_samples_are_read),
        KNOWING(one_sample_more_is_refused),
        KNOWING(a_document_full_of_nothing_is_refused_at_its_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
