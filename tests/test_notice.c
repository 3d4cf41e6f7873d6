/* `vigie check BOARD --notice`: the notice of a board in both languages, as pairs of files. */
#include "app/notice.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "model/podium.h"

static void assert_notice(const char *board, enum language language, const char *expected_path)
{
    struct text notice = {0}, expected = {0};
    struct config *config = config_read(board);
    assert_true(config->usable);
    assert_true(text_read_file(&expected, expected_path, 1 << 20));
    notice_write(&notice, config, language);
    assert_string_equal(text_bytes(&notice), text_bytes(&expected));
    text_finish(&notice);
    text_finish(&expected);
    config_destroy(config);
}

static void a_notice_says_what_is_shown_to_whom_and_why(void **state)
{
    (void)state;
    assert_notice("tests/notice/board.yaml", LANGUAGE_FR, "tests/notice/fr.expected");
    assert_notice("tests/notice/board.yaml", LANGUAGE_EN, "tests/notice/en.expected");
}

static void what_the_board_does_not_say_is_left_to_fill_in(void **state)
{
    (void)state;
    assert_notice("tests/boards/good-smallest.yaml", LANGUAGE_FR, "tests/notice/smallest.expected");
}

static void a_ranking_of_agents_is_told_with_its_guarantees(void **state)
{
    (void)state;
    assert_notice("tests/notice/ranked.yaml", LANGUAGE_FR, "tests/notice/ranked-fr.expected");
    assert_notice("tests/notice/ranked.yaml", LANGUAGE_EN, "tests/notice/ranked-en.expected");
}

/* P14: nothing of who takes part, not even under which name. */
static void a_notice_names_nobody(void **state)
{
    (void)state;
    struct text notice = {0};
    struct config *config = config_read("tests/notice/ranked.yaml");
    assert_true(config->board.podium->list.count >= 8);
    notice_write(&notice, config, LANGUAGE_FR);
    assert_null(strstr(text_bytes(&notice), "agent-0"));
    assert_null(strstr(text_bytes(&notice), "Comète"));
    text_finish(&notice);
    config_destroy(config);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_notice_says_what_is_shown_to_whom_and_why),
        cmocka_unit_test(what_the_board_does_not_say_is_left_to_fill_in),
        cmocka_unit_test(a_ranking_of_agents_is_told_with_its_guarantees),
        cmocka_unit_test(a_notice_names_nobody),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
