#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "fetch/mapper.h"

#if defined __SANITIZE_ADDRESS__ || defined __SANITIZE_THREAD__
enum { MEMORY_IS_LIMITED = 0 };
#else
enum { MEMORY_IS_LIMITED = 1 };
#endif

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

static void submit(struct mapper *mapper, const char *filter, const char *answer, struct run *run)
{
    struct text body = {0};
    text_append(&body, answer);
    mapper_submit(mapper, filter, "{}", 1795256100, &body, take, run);
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

/* What the filter gives for the answer, or the error. Valid until the next call. */
static const char *map(struct mapper *mapper, const char *filter, const char *answer)
{
    static struct run run;
    text_finish(&run.output);
    run = (struct run){0};
    submit(mapper, filter, answer, &run);
    wait_for(mapper, &run);
    return run.mapped ? text_bytes(&run.output) : run.error.text;
}

static int start(void **state)
{
    *state = mapper_create(getenv("VIGIE_PROGRAM"), NULL);
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
    char path[] = "/tmp/vigie-filter-XXXXXX";
    FILE *file = fdopen(mkstemp(path), "w");
    fputs(". + 1", file);
    fflush(file);
    assert_string_equal(map(*state, path, "1"), "2");
    rewind(file);
    fputs(". + 7", file);
    fclose(file);
    assert_string_equal(map(*state, path, "1"), "8");
    remove(path);
}

static void a_filter_that_is_gone_fails_alone(void **state)
{
    assert_string_equal(map(*state, "tests/data/not-there.jq", "0"),
                        "tests/data/not-there.jq: the filter cannot be read: No such file or directory");
    assert_string_equal(map(*state, "tests/data/filter_same.jq", "2"), "2");
}

static void a_filter_that_never_ends_is_stopped_and_named(void **state)
{
    int64_t begun_ms = clock_monotonic_ms();
    assert_string_equal(map(*state, "tests/data/filter_endless.jq", "0"),
                        "tests/data/filter_endless.jq: the filter ran for more than 3 s and was stopped");
    assert_in_range(clock_monotonic_ms() - begun_ms, 2900, 8000);
    assert_string_equal(map(*state, "tests/data/filter_same.jq", "2"), "2");
}

static void a_filter_that_eats_memory_is_stopped_and_named(void **state)
{
    if (!MEMORY_IS_LIMITED)
        skip(); /* sanitizers need terabytes of addresses themselves */
    assert_string_equal(
        map(*state, "tests/data/filter_hungry.jq", "0"),
        "tests/data/filter_hungry.jq: the filter wanted more memory than it may have (256 MiB) and was "
        "stopped");
    assert_string_equal(map(*state, "tests/data/filter_same.jq", "2"), "2");
}

static void the_process_is_started_at_most_once_a_second(void **state)
{
    if (!MEMORY_IS_LIMITED)
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

static void a_cancelled_job_calls_nobody(void **state)
{
    struct run cancelled = {0}, other = {0};
    submit(*state, "tests/data/filter_same.jq", "1", &cancelled);
    submit(*state, "tests/data/filter_same.jq", "2", &other);
    mapper_cancel(*state, &cancelled);
    wait_for(*state, &other);
    assert_false(cancelled.done);
    text_finish(&other.output);
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
        MAPPED(a_filter_that_fails_gives_its_own_words),
        MAPPED(after_a_failure_the_next_answer_is_mapped),
        MAPPED(a_filter_that_is_edited_is_compiled_again),
        MAPPED(a_filter_that_is_gone_fails_alone),
        MAPPED(a_filter_that_never_ends_is_stopped_and_named),
        MAPPED(a_filter_that_eats_memory_is_stopped_and_named),
        MAPPED(the_process_is_started_at_most_once_a_second),
        MAPPED(an_answer_of_eight_megabytes_goes_both_ways),
        MAPPED(jobs_wait_for_each_other),
        MAPPED(a_cancelled_job_calls_nobody),
        cmocka_unit_test(a_program_that_is_not_there_is_said_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
