/* `vigie probe BOARD --tile ID`: the whole way from a recording to the explanation, as pairs of files. */
#include "app/explain.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/text.h"
#include "tests/program.h"

#define EXPLAIN "probe tests/explain/board.yaml --samples tests/explain/figures.jsonl --tile "

static void assert_says(const char *arguments, int status, const char *expected_path)
{
    struct text out = {0}, expected = {0};
    assert_true(text_read_file(&expected, expected_path, 1 << 20));
    int got = program_say(arguments, &out);
    assert_string_equal(text_bytes(&out), text_bytes(&expected));
    assert_int_equal(got, status);
    text_finish(&out);
    text_finish(&expected);
}

static void a_tile_is_explained_for_people(void **state)
{
    (void)state;
    assert_says(EXPLAIN "sl", 0, "tests/explain/sl.expected");
}

static void a_french_board_is_explained_in_french(void **state)
{
    (void)state;
    assert_says("probe tests/explain/board-fr.yaml --samples tests/explain/figures.jsonl --tile sl", 0,
                "tests/explain/sl-fr.expected");
}

static void a_tile_is_explained_for_machines(void **state)
{
    (void)state;
    assert_says(EXPLAIN "sl --json", 0, "tests/explain/sl.json.expected");
}

static void a_tile_that_is_not_there_is_an_error_that_names_those_that_are(void **state)
{
    (void)state;
    assert_says(EXPLAIN "sle", 1, "tests/explain/unknown.expected");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_tile_is_explained_for_people),
        cmocka_unit_test(a_french_board_is_explained_in_french),
        cmocka_unit_test(a_tile_is_explained_for_machines),
        cmocka_unit_test(a_tile_that_is_not_there_is_an_error_that_names_those_that_are),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
