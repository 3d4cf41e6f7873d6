/* Where a wall keeps its past, when its board does not say. */

#include "app/history_path.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

static int no_place_is_given(void **state)
{
    (void)state;
    unsetenv("STATE_DIRECTORY");
    unsetenv("XDG_STATE_HOME");
    unsetenv("HOME");
    return 0;
}

/* Valid until the next call but one. */
static const char *path_of(const char *board)
{
    static char paths[2][512];
    static int next;
    char *copy = paths[next ^= 1];
    struct config config = {.path = board};
    struct text path = {0};
    assert_true(history_path(&config, &path));
    snprintf(copy, sizeof paths[0], "%s", text_bytes(&path));
    text_finish(&path);
    return copy;
}

static void a_service_names_it_after_the_board(void **state)
{
    (void)state;
    setenv("STATE_DIRECTORY", "/var/lib/vigie:/var/lib/other", 1);
    assert_string_equal(path_of("/etc/vigie/board.yaml"), "/var/lib/vigie/board.db");
    assert_string_equal(path_of("quality.yaml"), "/var/lib/vigie/quality.db");
}

static void at_home_two_boards_of_one_name_have_each_their_own(void **state)
{
    (void)state;
    setenv("HOME", "/home/floor", 1);
    const char *one = path_of("tests/boards/one/board.yaml"), *other = path_of("board.yaml");
    assert_memory_equal(one, "/home/floor/.local/state/vigie/board-", 37);
    assert_memory_equal(other, "/home/floor/.local/state/vigie/board-", 37);
    assert_string_not_equal(one, other);
    setenv("XDG_STATE_HOME", "/srv/state", 1);
    assert_memory_equal(path_of("board.yaml"), "/srv/state/vigie/board-", 23);
}

static void a_board_has_the_same_past_however_it_is_named(void **state)
{
    (void)state;
    setenv("HOME", "/home/floor", 1);
    assert_string_equal(path_of("tests/boards/broken-names.yaml"),
                        path_of("./tests/../tests/boards/broken-names.yaml"));
}

static void the_board_itself_may_say_where(void **state)
{
    (void)state;
    struct config config = {.path = "board.yaml", .history_path = "/srv/past.db"};
    struct text path = {0};
    assert_true(history_path(&config, &path));
    assert_string_equal(text_bytes(&path), "/srv/past.db");
    text_finish(&path);
}

static void without_a_home_there_is_no_place(void **state)
{
    (void)state;
    struct config config = {.path = "board.yaml"};
    struct text path = {0};
    setenv("HOME", "relative", 1);
    assert_false(history_path(&config, &path));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(a_service_names_it_after_the_board, no_place_is_given),
        cmocka_unit_test_setup(at_home_two_boards_of_one_name_have_each_their_own, no_place_is_given),
        cmocka_unit_test_setup(a_board_has_the_same_past_however_it_is_named, no_place_is_given),
        cmocka_unit_test_setup(the_board_itself_may_say_where, no_place_is_given),
        cmocka_unit_test_setup(without_a_home_there_is_no_place, no_place_is_given),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
