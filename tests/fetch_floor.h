#ifndef TESTS_FETCH_FLOOR_H
#define TESTS_FETCH_FLOOR_H

/*
 * A fetcher that asks a scripted server on loopback (tests/http_script.h), and what it was told.
 *
 * For tests alone; brings cmocka with it.
 */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <math.h>

#include "app/assets.h"
#include "base/clock.h"
#include "base/memory.h"
#include "base/text.h"
#include "fetch/fetcher.h"
#include "tests/http_script.h"

#define DOCUMENT "{\"samples\":[{\"id\":\"waiting_now\",\"value\":7,\"window\":\"now\",\"dims\":{}}]}"

enum { MOST_SOURCES = 8, MOST_RESULTS = 256 };

/* What the handler was told, kept for the test. */
struct heard {
    size_t source;
    enum fetch_outcome outcome;
    enum source_problem problem;
    double number, value, at_s;
    char detail[1024], request_line[256];
    int64_t next_in_ms;
};

struct floor {
    struct http_script script;
    struct catalogue *catalogue;
    struct source_settings sources[MOST_SOURCES];
    char urls[MOST_SOURCES][128];
    size_t count;
    struct heard heard[MOST_RESULTS];
    size_t heard_count;
};

static inline void note(void *context, const struct fetch_result *result)
{
    struct floor *floor = context;
    assert_true(floor->heard_count < MOST_RESULTS);
    struct heard *heard = &floor->heard[floor->heard_count++];
    *heard = (struct heard){.source = result->source,
                            .outcome = result->outcome,
                            .problem = result->failure.problem,
                            .number = result->failure.number,
                            .value = result->document ? result->document->samples[0].value : NAN,
                            .at_s = result->document ? result->document->at_s : NAN,
                            .next_in_ms = result->next_poll_monotonic_ms - clock_monotonic_ms()};
    snprintf(heard->detail, sizeof heard->detail, "%s", result->failure.detail ? result->failure.detail : "");
    snprintf(heard->request_line, sizeof heard->request_line, "%s", result->request_line);
}

static inline struct source_settings *add_source(struct floor *floor, const char *path, const char *filter)
{
    struct source_settings *source = &floor->sources[floor->count];
    snprintf(floor->urls[floor->count], sizeof floor->urls[0], "http://127.0.0.1:%d%s", floor->script.port,
             path);
    *source = (struct source_settings){.name = path,
                                       .adapter = filter,
                                       .filter_path = filter,
                                       .url = floor->urls[floor->count++],
                                       .method = "GET",
                                       .cfg_json = "{}",
                                       .every_ms = 100,
                                       .timeout_ms = 20000,
                                       .max_bytes = 1 << 20};
    return source;
}

static inline struct fetcher *begin(struct floor *floor)
{
    struct error error = {0};
    struct fetcher *fetcher = fetcher_create(floor->sources, floor->count, floor->catalogue,
                                             assets_mapper_path(), note, floor, &error);
    assert_string_equal(error.text, "");
    assert_non_null(fetcher);
    return fetcher;
}

static inline size_t results_of(const struct floor *floor, size_t source)
{
    size_t count = 0;
    for (size_t i = 0; i < floor->heard_count; i++)
        count += floor->heard[i].source == source;
    return count;
}

static inline void wait_for_results(struct floor *floor, struct fetcher *fetcher, size_t source, size_t count)
{
    int64_t end_ms = clock_monotonic_ms() + 30000;
    while (results_of(floor, source) < count && clock_monotonic_ms() < end_ms)
        fetcher_wait(fetcher, clock_monotonic_ms() + 1000);
    assert_true(results_of(floor, source) >= count);
}

/* Asks all sources until the first has been heard so often; gives its last result. */
static inline const struct heard *ask(struct floor *floor, size_t times)
{
    struct fetcher *fetcher = begin(floor);
    wait_for_results(floor, fetcher, 0, times);
    fetcher_destroy(fetcher);
    return &floor->heard[floor->heard_count - 1];
}

static inline const struct heard *ask_path(struct floor *floor, const char *path)
{
    add_source(floor, path, "tests/data/filter_same.jq");
    return ask(floor, 1);
}

static inline const struct heard *ask_filter(struct floor *floor, const char *filter)
{
    add_source(floor, "/fine", filter);
    return ask(floor, 1);
}

static inline void assert_failed(const struct heard *heard, enum source_problem problem, double number,
                                 const char *words)
{
    assert_int_equal(heard->outcome, FETCH_FAILED);
    assert_int_equal(heard->problem, problem);
    assert_true(heard->number == number);
    if (!strstr(heard->detail, words))
        fail_msg("\"%s\" is not in \"%s\"", words, heard->detail);
}

static inline struct floor *floor_create(const struct http_script_row *rows)
{
    struct floor *floor = memory_create(1, sizeof *floor);
    http_script_start(&floor->script, rows);
    floor->catalogue = catalogue_create();
    catalogue_add_counter(floor->catalogue, &(struct counter){.name = "waiting_now", .gauge = true});
    return floor;
}

static inline void floor_destroy(struct floor *floor)
{
    http_script_stop(&floor->script);
    catalogue_destroy(floor->catalogue);
    free(floor);
}

#endif
