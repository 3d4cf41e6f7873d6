#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/assets.h"
#include "base/calendar.h"
#include "base/clock.h"
#include "base/sanitized.h"
#include "fetch/filter_file.h"
#include "fetch/mapper.h"

static bool memory_is_limited(void)
{
    return !BASE_SANITIZED && !getenv("VIGIE_EMULATED");
}

struct run {
    bool done, mapped;
    struct text output;
    struct error error;
};

static void take(void *context, bool mapped, const struct text *output, const struct error *error)
{
    struct run *run = context;
    run->done = true;
    run->mapped = mapped;
    run->error = *error;
    text_append_bytes(&run->output, text_bytes(output), output->length);
}

static void submit_text(struct mapper *mapper, const char *name, const char *filter, const char *answer,
                        struct run *run)
{
    struct text body = {0};
    text_append(&body, answer);
    mapper_submit(mapper, &(struct mapper_job){name, filter, "{}", 1795256100}, &body, take, run);
}

static void submit(struct mapper *mapper, const char *path, const char *answer, struct run *run)
{
    struct text filter = {0};
    assert_true(filter_file_read(path, &filter, NULL));
    submit_text(mapper, path, text_bytes(&filter), answer, run);
    text_finish(&filter);
}

static void wait_for(struct mapper *mapper, const struct run *run)
{
    while (!run->done) {
        struct pollfd fds[2];
        int64_t now_ms = clock_monotonic_ms(), deadline_ms = now_ms + 10000;
        size_t count = mapper_poll_fds(mapper, fds, &deadline_ms);
        poll(fds, count, deadline_ms > now_ms ? (int)(deadline_ms - now_ms) : 0);
        mapper_step(mapper, clock_monotonic_ms());
    }
}

static const char *result_of(struct mapper *mapper, struct run *run)
{
    wait_for(mapper, run);
    return run->mapped ? text_bytes(&run->output) : run->error.text;
}

/* What the filter gives for the answer, or the error. Valid until the next call. */
static const char *map(struct mapper *mapper, const char *path, const char *answer)
{
    static struct run run;
    text_finish(&run.output);
    run = (struct run){0};
    submit(mapper, path, answer, &run);
    return result_of(mapper, &run);
}

/* The same with the filter's text; `who` may be the same each time, for those who keep count of it. */
static const char *map_text(struct mapper *mapper, struct run *who, const char *filter)
{
    text_finish(&who->output);
    *who = (struct run){0};
    submit_text(mapper, "acme.jq", filter, "0", who);
    return result_of(mapper, who);
}

static int start(void **state)
{
    *state = mapper_create(assets_mapper_path(), NULL);
    return *state ? 0 : -1;
}

static int stop(void **state)
{
    mapper_destroy(*state);
    return 0;
}

static void an_answer_goes_through_the_filter(void **state)
{
    assert_string_equal(map(*state, "tests/data/filter_same.jq", "[1, {\"é\": null}]"), "[1,{\"é\":null}]");
}

static void the_filter_sees_the_moment(void **state)
{
    assert_string_equal(
        map(*state, "tests/data/filter_timely.jq", "0"),
        "{\"samples\":[{\"id\":\"waiting_now\",\"value\":1795256100,\"window\":\"now\",\"dims\":{}}]}");
}

/* The moment of these jobs is 10:15 UTC. */
static void the_filter_sees_the_sites_midnight(void **state)
{
    struct run run = {0};
    assert_true(calendar_set_zone("Europe/Paris", NULL));
    assert_string_equal(map_text(*state, &run, "[$now - $today, $today]"), "[40500,1795215600]");
    assert_true(calendar_set_zone("America/Montreal", NULL));
    assert_string_equal(map_text(*state, &run, "$today"), "1795237200");
    assert_true(calendar_set_zone("Europe/Paris", NULL));
    text_finish(&run.output);
}

static void a_filter_that_fails_gives_its_own_words(void **state)
{
    assert_string_equal(map(*state, "tests/data/filter_failing.jq", "0"), "acme: queues are closed");
}

static void after_a_failure_the_next_answer_is_mapped(void **state)
{
    map(*state, "tests/data/filter_failing.jq", "0");
    map(*state, "tests/data/filter_broken.jq", "0");
    assert_string_equal(map(*state, "tests/data/filter_same.jq", "2"), "2");
}

static void a_filter_that_is_edited_is_compiled_again(void **state)
{
    struct run run = {0};
    assert_string_equal(map_text(*state, &run, ". + 1"), "1");
    assert_string_equal(map_text(*state, &run, ". + 7"), "7");
    text_finish(&run.output);
}

static void a_filter_that_never_ends_is_stopped_and_named(void **state)
{
    assert_string_equal(
        map(*state, "tests/data/filter_endless.jq", "0"),
        "tests/data/filter_endless.jq: the filter ran for more than 3 s and was stopped; it must end by "
        "itself, or be given less");
    assert_string_equal(map(*state, "tests/data/filter_same.jq", "2"), "2");
}

static void a_filter_that_the_machine_does_not_run_is_given_time(void **state)
{
    struct run run = {0};
    int64_t now_ms = clock_monotonic_ms();
    submit(*state, "tests/data/filter_same.jq", "2", &run);
    mapper_step(*state, now_ms);
    mapper_step(*state, now_ms + 4000);
    assert_string_equal(result_of(*state, &run), "2");
    text_finish(&run.output);
}

/* A minute passes here without the process having had a moment of it. */
static void map_on_a_machine_that_is_too_busy(struct mapper *mapper, struct run *who, int64_t now_ms)
{
    *who = (struct run){0};
    submit(mapper, "tests/data/filter_endless.jq", "0", who);
    mapper_step(mapper, now_ms);
    mapper_step(mapper, now_ms + 60000);
    assert_string_equal(who->error.text, "tests/data/filter_endless.jq: the machine was too busy to run the "
                                         "filter for a minute; it is tried again");
    text_finish(&who->output);
}

static void a_machine_that_is_too_busy_is_no_strike_against_the_filter(void **state)
{
    struct run run;
    int64_t now_ms = clock_monotonic_ms();
    map_on_a_machine_that_is_too_busy(*state, &run, now_ms);
    map_on_a_machine_that_is_too_busy(*state, &run, now_ms + 70000);
    map_on_a_machine_that_is_too_busy(*state, &run, now_ms + 140000);
    map_on_a_machine_that_is_too_busy(*state, &run, now_ms + 210000);
}

static void a_filter_that_eats_memory_is_stopped_and_named(void **state)
{
    if (!memory_is_limited())
        skip(); /* sanitizers need terabytes of addresses themselves */
    assert_string_equal(
        map(*state, "tests/data/filter_hungry.jq", "0"),
        "tests/data/filter_hungry.jq: the filter wanted more memory than it may have (256 MiB) and was "
        "stopped; ask for less at a time");
    assert_string_equal(map(*state, "tests/data/filter_same.jq", "2"), "2");
}

static void the_process_is_started_at_most_once_a_second(void **state)
{
    if (!memory_is_limited())
        skip();
    int64_t begun_ms = clock_monotonic_ms();
    map(*state, "tests/data/filter_greedy.jq", "0");
    map(*state, "tests/data/filter_greedy.jq", "0");
    map(*state, "tests/data/filter_greedy.jq", "0");
    assert_in_range(clock_monotonic_ms() - begun_ms, 1900, 9000);
}

static void an_answer_of_eight_megabytes_goes_both_ways(void **state)
{
    enum { LENGTH = 8 << 20 };
    char *answer = malloc(LENGTH + 1);
    memset(answer, 'x', LENGTH);
    answer[0] = answer[LENGTH - 1] = '"';
    answer[LENGTH] = '\0';
    assert_int_equal(strlen(map(*state, "tests/data/filter_same.jq", answer)), LENGTH);
    free(answer);
}

static void jobs_wait_for_each_other(void **state)
{
    struct run first = {0}, second = {0}, third = {0};
    submit(*state, "tests/data/filter_same.jq", "1", &first);
    submit(*state, "tests/data/filter_failing.jq", "2", &second);
    submit(*state, "tests/data/filter_same.jq", "3", &third);
    wait_for(*state, &third);
    assert_string_equal(text_bytes(&first.output), "1");
    assert_false(second.mapped);
    assert_string_equal(text_bytes(&third.output), "3");
    text_finish(&first.output);
    text_finish(&second.output);
    text_finish(&third.output);
}

/* ---- filters that run away or reach outside ---- */

static const char stopped_memory[] = "acme.jq: the filter wanted more memory than it may have (256 MiB)",
                  stopped[] = "acme.jq: the filter ", /* for its memory or its time, whichever is first */
    greedy[] = "null | .[200000000] = 1";

/* A filter, and what its result or its error begins with. */
static const struct escape {
    const char *filter, *gives;
    bool needs_memory_limit;
} escapes[] = {
    {greedy, stopped_memory, true},
    {"[range(1e9)]", stopped, true},
    {"[limit(1e9; repeat(1))]", stopped, true},
    {"def deeper: 1 + deeper; deeper", stopped, true},
    {"\"x\" * 2000000000", stopped, true},
    {"(\"a\" * 40 + \"b\") | test(\"^(a+)+$\")", "", false}, /* the regex library gives up by itself */
    {"input", "input", false},
    {"[inputs]", "[]", false},
    {"env", "{}", false},
    {"$ENV.PATH", "null", false},
    {"env.HOME", "null", false},
    {"$__loc__.file", "\"<", false},
    {"input_filename", "null", false},
    {"halt", "halt", false},
    {"halt_error", "halt", false},
    {"\"bye\" | halt_error(0)", "halt", false},
    {"import \"a\" as a; 1", "acme.jq: error: syntax error", false},
    {"include \"a\"; 1", "acme.jq: error: syntax error", false},
    {"{a: 1} | modulemeta", "modulemeta", false},
    {"1 ) | ( input", "input", false},
    {"\"x\" | debug | stderr", "\"x\"", false},
    {"[\"a\\u0000\\\"é\", -0.5, 12345678901234567890, 1e3, true, {\"k\": null}]",
     "[\"a\\u0000\\\"é\",-0.5,1.2345678901234567e+19,1000,true,{\"k\":null}]", false},
    {"reduce range(64) as $i (1; [.])", "[[[[[[[[[[", false},
    {"reduce range(65) as $i (1; [.])", "the filter gave a result nested deeper than 64 levels", false},
    {"0 | todate", "\"1970-01-01T00:00:00Z\"", false},
    {"\"2024-01-01\" | strptime(\"%Y-%m-%d\") | mktime", "1704067200", false},
    {"0 | localtime | mktime % 1800", "0", false}, /* the machine's zone, whichever that is */
    {"0 | strflocaltime(\"%S\")", "\"00\"", false},
};

static void no_filter_gets_out_and_the_next_answer_is_right(void **state)
{
    struct run run = {0}, next = {0};
    for (size_t i = 0; i < sizeof escapes / sizeof escapes[0]; i++) {
        const struct escape *escape = &escapes[i];
        if (escape->needs_memory_limit && !memory_is_limited())
            continue;
        const char *gave = map_text(*state, &run, escape->filter);
        if (!text_starts_with(gave, escape->gives))
            fail_msg("%s: expected \"%s\", got \"%.200s\"", escape->filter, escape->gives, gave);
        assert_string_equal(map_text(*state, &next, ". + 2"), "2");
    }
    text_finish(&run.output);
    text_finish(&next.output);
}

/* What C has on its stack when libjq frees it; whether it fits is libjq's and the machine's affair. */
static void a_result_nested_a_million_deep_costs_one_job_at_most(void **state)
{
    struct run run = {0};
    map_text(*state, &run, "reduce range(1000000) as $i (null; [.])");
    assert_string_equal(map_text(*state, &run, ". + 2"), "2");
    text_finish(&run.output);
}

static void three_strikes_switch_a_source_off_until_its_filter_is_another(void **state)
{
    struct run bad = {0}, good = {0};
    if (!memory_is_limited())
        skip();
    assert_true(text_starts_with(map_text(*state, &bad, greedy), stopped_memory));
    assert_true(text_starts_with(map_text(*state, &bad, greedy), stopped_memory));
    assert_true(text_starts_with(map_text(*state, &bad, greedy), stopped_memory));
    assert_string_equal(map_text(*state, &bad, greedy),
                        "acme.jq: switched off after it was stopped 3 times in a row (the filter wanted more "
                        "memory than it may "
                        "have (256 MiB) and was stopped; ask for less at a time); change the filter or the "
                        "source's cfg, it is "
                        "tried again then");
    assert_string_equal(map_text(*state, &good, ". + 2"), "2");
    assert_string_equal(map_text(*state, &bad, ". + 3"), "3");
    text_finish(&bad.output);
    text_finish(&good.output);
}

static void who_has_a_strike_waits_behind_the_others(void **state)
{
    struct run bad = {0}, good = {0};
    if (!memory_is_limited())
        skip();
    map_text(*state, &bad, greedy);
    text_finish(&bad.output);
    bad = (struct run){0};
    submit_text(*state, "acme.jq", greedy, "0", &bad);
    submit_text(*state, "other.jq", ". + 2", "0", &good);
    wait_for(*state, &good);
    assert_false(bad.done);
    assert_string_equal(text_bytes(&good.output), "2");
    text_finish(&good.output);
}

/* ---- the fence ---- */

/* Whether a file under /proc of the mapper process, this process's one child, has the line. */
static bool process_file_says(const char *file, const char *line)
{
    struct text children = {0}, content = {0};
    char path[128];
    snprintf(path, sizeof path, "/proc/self/task/%d/children", getpid());
    assert_true(text_read_file(&children, path, 4096));
    snprintf(path, sizeof path, "/proc/%d/%s", atoi(text_bytes(&children)), file);
    assert_true(text_read_file(&content, path, 65536));
    bool says = strstr(text_bytes(&content), line) != NULL;
    text_finish(&children);
    text_finish(&content);
    return says;
}

static void the_process_is_shut_in(void **state)
{
    if (BASE_SANITIZED || getenv("VIGIE_EMULATED"))
        skip();
    map(*state, "tests/data/filter_same.jq", "1"); /* it has begun */
    assert_true(process_file_says("status", "NoNewPrivs:\t1"));
    assert_true(process_file_says("status", "Seccomp:\t2"));
    assert_true(process_file_says("limits", "Max open files            3                    3 "));
    assert_true(process_file_says("limits", "Max processes             0                    0 "));
    assert_true(process_file_says("limits", "Max file size             0                    0 "));
    assert_true(process_file_says("limits", "Max core file size        0                    0 "));
}

static void a_program_that_is_not_there_is_said_at_once(void **state)
{
    (void)state;
    struct error error = {0};
    assert_null(mapper_create("tests/data/no-program", &error));
    assert_string_equal(
        error.text, "tests/data/no-program cannot be started as mapper process: No such file or directory");
}

#define MAPPED(sentence) cmocka_unit_test_setup_teardown(sentence, start, stop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        MAPPED(an_answer_goes_through_the_filter),
        MAPPED(the_filter_sees_the_moment),
        MAPPED(the_filter_sees_the_sites_midnight),
        MAPPED(a_filter_that_fails_gives_its_own_words),
        MAPPED(after_a_failure_the_next_answer_is_mapped),
        MAPPED(a_filter_that_is_edited_is_compiled_again),
        MAPPED(a_filter_that_never_ends_is_stopped_and_named),
        MAPPED(a_filter_that_the_machine_does_not_run_is_given_time),
        MAPPED(a_machine_that_is_too_busy_is_no_strike_against_the_filter),
        MAPPED(a_filter_that_eats_memory_is_stopped_and_named),
        MAPPED(the_process_is_started_at_most_once_a_second),
        MAPPED(an_answer_of_eight_megabytes_goes_both_ways),
        MAPPED(jobs_wait_for_each_other),
        MAPPED(no_filter_gets_out_and_the_next_answer_is_right),
        MAPPED(a_result_nested_a_million_deep_costs_one_job_at_most),
        MAPPED(three_strikes_switch_a_source_off_until_its_filter_is_another),
        MAPPED(who_has_a_strike_waits_behind_the_others),
        MAPPED(the_process_is_shut_in),
        cmocka_unit_test(a_program_that_is_not_there_is_said_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
