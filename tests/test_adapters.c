#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <glob.h>
#include <malloc.h>
#include <math.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/assets.h"
#include "base/clock.h"
#include "base/json.h"
#include "base/sanitized.h"
#include "fetch/jq_filter.h"
#include "fetch/mapper.h"

/*
 * tests/adapters/VENDOR/cases.json: an answer of the vendor's, the filter of assets/adapters/, and the
 * document (or the error) that must come out. A new case is a new row there and two files. Each case runs
 * twice: in this process, under whatever watches it (ASan, valgrind), and through the mapper process.
 */

/* ---- comparing ---- */

static bool same(const struct cJSON *a, const struct cJSON *b);

static bool same_number(double a, double b)
{
    return fabs(a - b) <= 1e-6 * fmax(1, fmax(fabs(a), fabs(b)));
}

static bool same_items(const struct cJSON *a, const struct cJSON *b)
{
    if (json_count(a) != json_count(b))
        return false;
    const struct cJSON *of_a = json_first(a), *of_b = json_first(b);
    for (; of_a; of_a = json_next(of_a), of_b = json_next(of_b))
        if (!same(of_a, json_is_object(b) ? json_member(b, json_key(of_a)) : of_b))
            return false;
    return true;
}

static bool same(const struct cJSON *a, const struct cJSON *b)
{
    if (!a || !b)
        return false;
    if (json_is_number(a) || json_is_number(b))
        return same_number(json_number(a, NAN), json_number(b, NAN));
    if (json_text(a) || json_text(b))
        return text_equal(json_text(a), json_text(b));
    if (json_is_array(a) != json_is_array(b) || json_is_object(a) != json_is_object(b))
        return false;
    return json_is_null(a) == json_is_null(b) && same_items(a, b);
}

/* ---- running ---- */

struct run {
    bool done, mapped;
    struct text output;
    struct error error;
};

/* What a case brings along, read from its files. */
struct job {
    char filter_path[2048];
    struct text program, answer, cfg;
    double now_s;
};

typedef void runner(struct job *job, struct run *run);

static void run_here(struct job *job, struct run *run)
{
    struct jq_filter *filter = jq_filter_create(text_bytes(&job->program), NULL, &run->error);
    const struct jq_variables variables = {text_bytes(&job->cfg), job->now_s, job->now_s};
    run->mapped = filter && jq_filter_run(filter, &variables, text_bytes(&job->answer), job->answer.length,
                                          &run->output, &run->error);
    jq_filter_destroy(filter);
}

static void take(void *context, bool mapped, const struct text *output, const struct error *error)
{
    struct run *run = context;
    run->done = true;
    run->mapped = mapped;
    run->error = *error;
    text_append_bytes(&run->output, text_bytes(output), output->length);
}

static struct mapper *mapper;

static void run_there(struct job *job, struct run *run)
{
    const struct mapper_job what = {job->filter_path, text_bytes(&job->program), text_bytes(&job->cfg),
                                    job->now_s};
    mapper_submit(mapper, &what, &job->answer, take, run);
    while (!run->done) {
        struct pollfd fds[2];
        int64_t deadline_ms = clock_monotonic_ms() + 1000;
        size_t count = mapper_poll_fds(mapper, fds, &deadline_ms);
        poll(fds, count, 20);
        mapper_step(mapper, clock_monotonic_ms());
    }
}

/* ---- cases ---- */

static void read_file(const char *folder, const char *name, struct text *text)
{
    char path[512];
    snprintf(path, sizeof path, "%s%s", folder, name);
    if (!text_read_file(text, path, 1 << 20))
        fail_msg("%s cannot be read", path);
}

static struct cJSON *read_json(const char *folder, const char *name)
{
    struct text text = {0};
    struct error error = {0};
    read_file(folder, name, &text);
    struct cJSON *value = json_parse(text_bytes(&text), text.length, &error);
    if (!value)
        fail_msg("%s%s: %s", folder, name, error.text);
    text_finish(&text);
    return value;
}

/* A JSON object as text; only what cfg has in it. */
static void write_value(struct text *out, const struct cJSON *value)
{
    if (json_text(value))
        json_write_text(out, json_text(value));
    else if (json_is_number(value))
        json_write_number(out, json_number(value, 0));
    else if (!json_is_array(value) && !json_is_object(value))
        text_append(out, json_is_null(value) ? "null" : json_is_true(value) ? "true" : "false");
    else {
        text_append(out, json_is_array(value) ? "[" : "{");
        for (const struct cJSON *item = json_first(value); item; item = json_next(item)) {
            if (json_is_object(value)) {
                json_write_text(out, json_key(item));
                text_append(out, ":");
            }
            write_value(out, item);
            text_append(out, json_next(item) ? "," : "");
        }
        text_append(out, json_is_array(value) ? "]" : "}");
    }
}

static void read_job(const char *folder, const struct cJSON *the_case, struct job *job)
{
    const char *vars_name = json_member_text(the_case, "vars");
    struct cJSON *vars = read_json(folder, vars_name ? vars_name : "vars.json");
    const char *vendor = folder + strlen("tests/adapters/");
    snprintf(job->filter_path, sizeof job->filter_path, "assets/adapters/%s%s", vendor,
             json_member_text(the_case, "filter"));
    read_file("", job->filter_path, &job->program);
    read_file(folder, json_member_text(the_case, "response"), &job->answer);
    job->now_s = json_member_number(vars, "now", 0);
    if (json_member(vars, "cfg"))
        write_value(&job->cfg, json_member(vars, "cfg"));
    else
        text_append(&job->cfg, "{}");
    json_destroy(vars);
}

static void assert_fails(const char *name, const struct run *run, const char *error)
{
    if (run->mapped || !strstr(run->error.text, error))
        fail_msg("%s: expected the error \"%s\", got \"%s\"", name, error, run->error.text);
}

static void assert_gives(const char *name, const struct run *run, const char *folder, const char *expected)
{
    if (!run->mapped)
        fail_msg("%s: %s", name, run->error.text);
    struct cJSON *got = json_parse(text_bytes(&run->output), run->output.length, NULL);
    struct cJSON *wanted = read_json(folder, expected);
    if (!same(got, wanted))
        fail_msg("%s: not what %s%s says: %s", name, folder, expected, text_bytes(&run->output));
    json_destroy(got);
    json_destroy(wanted);
}

static void check_case(const char *folder, const struct cJSON *the_case, runner *run_job)
{
    struct job job = {0};
    struct run run = {0};
    const char *error = json_member_text(the_case, "error");
    read_job(folder, the_case, &job);
    run_job(&job, &run);
    if (error)
        assert_fails(json_member_text(the_case, "response"), &run, error);
    else
        assert_gives(json_member_text(the_case, "response"), &run, folder,
                     json_member_text(the_case, "expected"));
    text_finish(&job.program);
    text_finish(&job.answer);
    text_finish(&job.cfg);
    text_finish(&run.output);
}

static size_t check_all(runner *run_job)
{
    size_t count = 0;
    glob_t found;
    assert_int_equal(glob("tests/adapters/*/cases.json", 0, NULL, &found), 0);
    for (size_t i = 0; i < found.gl_pathc; i++) {
        struct cJSON *cases = read_json("", found.gl_pathv[i]);
        char folder[512];
        snprintf(folder, sizeof folder, "%.*s",
                 (int)(strrchr(found.gl_pathv[i], '/') + 1 - found.gl_pathv[i]), found.gl_pathv[i]);
        for (const struct cJSON *item = json_first(cases); item; item = json_next(item), count++)
            check_case(folder, item, run_job);
        json_destroy(cases);
    }
    globfree(&found);
    return count;
}

static void every_vendors_answers_become_the_expected_samples(void **state)
{
    (void)state;
    assert_in_range(check_all(run_here), 49, 10000);
}

static void the_mapper_process_gives_the_same(void **state)
{
    (void)state;
    mapper = mapper_create(assets_mapper_path(), NULL);
    assert_non_null(mapper);
    assert_in_range(check_all(run_there), 49, 10000);
    mapper_destroy(mapper);
}

/* ---- memory ---- */

enum { FIRST_RUNS = 20, MORE_RUNS = 480 };

static size_t heap_bytes(void)
{
    struct mallinfo2 info = mallinfo2();
    return info.uordblks + info.hblkhd;
}

static void run_often(struct jq_filter *filter, const struct job *job, int times)
{
    for (int i = 0; i < times; i++) {
        struct text output = {0};
        struct error error = {0};
        const struct jq_variables variables = {text_bytes(&job->cfg), job->now_s, job->now_s};
        jq_filter_run(filter, &variables, text_bytes(&job->answer), job->answer.length, &output, &error);
        text_finish(&output);
    }
}

/* As in the mapper process: compiled once, run on answer after answer. */
static void run_500_times(struct job *job, struct run *run)
{
    struct jq_filter *filter = jq_filter_create(text_bytes(&job->program), NULL, &run->error);
    assert_non_null(filter);
    run_often(filter, job, FIRST_RUNS);
    size_t before = heap_bytes();
    run_often(filter, job, MORE_RUNS);
    size_t after = heap_bytes();
    if (after > before + 8 * MORE_RUNS) /* a leak costs more a run; libjq's tables settle late */
        fail_msg("%s: %zu bytes more after %d runs", job->filter_path, after - before, MORE_RUNS);
    const struct jq_variables variables = {text_bytes(&job->cfg), job->now_s, job->now_s};
    run->mapped = jq_filter_run(filter, &variables, text_bytes(&job->answer), job->answer.length,
                                &run->output, &run->error);
    jq_filter_destroy(filter);
}

static void five_hundred_answers_leave_the_heap_as_it_was(void **state)
{
    (void)state;
    if (BASE_SANITIZED || heap_bytes() == 0)
        skip(); /* sanitizers and valgrind have a heap of their own, and find leaks by themselves */
    assert_in_range(check_all(run_500_times), 49, 10000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_vendors_answers_become_the_expected_samples),
        cmocka_unit_test(the_mapper_process_gives_the_same),
        cmocka_unit_test(five_hundred_answers_leave_the_heap_as_it_was),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
