#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

#include <cmocka.h>

#include "base/json.h"

/* `vigie check` as people call it: what it prints, and its exit status. */
struct answer {
    int status;
    char text[65536];
};

/* `arguments` may redirect: "2>&1 >/dev/null" leaves the diagnostics alone. */
static struct answer check(const char *arguments)
{
    struct answer answer = {0};
    char command[1024];
    snprintf(command, sizeof command, "\"$VIGIE_PROGRAM\" check %s", arguments);
    FILE *pipe = popen(command, "re");
    assert_non_null(pipe);
    answer.text[fread(answer.text, 1, sizeof answer.text - 1, pipe)] = '\0';
    answer.status = WEXITSTATUS(pclose(pipe));
    return answer;
}

static void a_good_board_is_praised_with_what_it_shows(void **state)
{
    (void)state;
    struct answer answer = check("tests/boards/good-smallest.yaml 2>&1");

    assert_string_equal(answer.text,
                        "tests/boards/good-smallest.yaml: no problem, 1 tile on 1 page, 1 source\n");
    assert_int_equal(answer.status, 0);
}

static void each_problem_is_a_line_on_standard_output(void **state)
{
    (void)state;
    struct answer answer = check("tests/boards/broken-list.yaml 2>/dev/null");

    assert_string_equal(
        answer.text,
        "tests/boards/broken-list.yaml:1:1: error: a board is written as keys and values (key: value)\n");
    assert_int_equal(answer.status, 1);
}

static void the_summary_is_on_standard_error(void **state)
{
    (void)state;
    struct answer answer = check("tests/boards/broken-grid.yaml 2>&1 >/dev/null");

    assert_string_equal(answer.text, "4 errors, 1 warning\n");
}

static void warnings_alone_are_no_failure(void **state)
{
    (void)state;
    struct answer answer = check("tests/boards/doubtful.yaml 2>&1 >/dev/null");

    assert_string_equal(answer.text, "2 warnings\n");
    assert_int_equal(answer.status, 0);
}

static void a_board_written_as_json_reads_the_same(void **state)
{
    (void)state;
    assert_int_equal(check("tests/boards/good-band-rule.json 2>/dev/null").status, 0);
}

static void json_holds_every_problem(void **state)
{
    (void)state;
    struct answer answer = check("tests/boards/broken-grid.yaml --json 2>/dev/null");
    struct cJSON *json = json_parse(answer.text, strlen(answer.text), NULL);
    const struct cJSON *first = json_first(json_member(json, "problems"));

    assert_int_equal(json_count(json_member(json, "problems")), 5);
    assert_string_equal(json_member_text(first, "severity"), "error");
    assert_string_equal(json_member_text(first, "key"), "pages[0].tiles[2]");
    assert_float_equal(json_member_number(first, "line", 0), 5, 0);
    json_destroy(json);
}

static void the_schema_is_printed_without_a_board(void **state)
{
    (void)state;
    struct answer answer = check("--schema 2>&1");

    assert_int_equal(answer.status, 0);
    assert_int_equal(answer.text[0], '{');
}

static void a_command_line_without_sense_is_status_2(void **state)
{
    (void)state;
    assert_int_equal(check("2>/dev/null").status, 2);
    assert_int_equal(check("--nope a.yaml 2>/dev/null").status, 2);
    assert_int_equal(check("a.yaml b.yaml 2>/dev/null").status, 2);
    assert_int_equal(check("--help >/dev/null").status, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_good_board_is_praised_with_what_it_shows),
        cmocka_unit_test(each_problem_is_a_line_on_standard_output),
        cmocka_unit_test(the_summary_is_on_standard_error),
        cmocka_unit_test(warnings_alone_are_no_failure),
        cmocka_unit_test(a_board_written_as_json_reads_the_same),
        cmocka_unit_test(json_holds_every_problem),
        cmocka_unit_test(the_schema_is_printed_without_a_board),
        cmocka_unit_test(a_command_line_without_sense_is_status_2),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
