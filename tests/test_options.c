#include "app/options.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const char *text;
static long number;
static double real;
static bool flag;

static int read_words(int argc, char **argv, const char **operand)
{
    static const struct option_row rows[] = {
        {.name = "out", .placeholder = "FILE", .text = &text, .help = "a file"},
        {.name = "seed", .placeholder = "N", .number = &number, .help = "a number"},
        {.name = "speed", .placeholder = "X", .real = &real, .help = "a factor"},
        {.name = "json", .flag = &flag, .help = "as JSON"},
        {0},
    };
    static const struct usage usage = {"try", "BOARD", "Tries.", rows};
    text = NULL;
    number = 0;
    real = 0;
    flag = false;
    return options_read(&usage, argc, argv, operand);
}

static void words_options_and_numbers_are_read(void **state)
{
    (void)state;
    char *argv[] = {"try", "--out", "a.png", "board.yaml", "--seed=7", "--speed", "2.5", "--json", NULL};
    const char *operand = NULL;
    assert_int_equal(read_words(8, argv, &operand), OPTIONS_READ);
    assert_string_equal(operand, "board.yaml");
    assert_string_equal(text, "a.png");
    assert_int_equal(number, 7);
    assert_float_equal(real, 2.5, 0);
    assert_true(flag);
}

static void a_missing_operand_is_a_mistake(void **state)
{
    (void)state;
    char *argv[] = {"try", "--json", NULL};
    const char *operand = NULL;
    assert_int_equal(read_words(2, argv, &operand), 2);
}

static void an_unknown_option_is_a_mistake(void **state)
{
    (void)state;
    char *argv[] = {"try", "b", "--sped", "2", NULL};
    const char *operand = NULL;
    assert_int_equal(read_words(4, argv, &operand), 2);
}

static void a_number_with_letters_behind_it_is_a_mistake(void **state)
{
    (void)state;
    char *argv[] = {"try", "b", "--seed", "7x", NULL};
    const char *operand = NULL;
    assert_int_equal(read_words(4, argv, &operand), 2);
}

static void an_option_without_its_argument_is_a_mistake(void **state)
{
    (void)state;
    char *argv[] = {"try", "b", "--out", NULL};
    const char *operand = NULL;
    assert_int_equal(read_words(3, argv, &operand), 2);
}

static void a_second_operand_is_a_mistake(void **state)
{
    (void)state;
    char *argv[] = {"try", "a", "b", NULL};
    const char *operand = NULL;
    assert_int_equal(read_words(3, argv, &operand), 2);
}

static void help_ends_the_command_well(void **state)
{
    (void)state;
    char *argv[] = {"try", "--help", NULL};
    const char *operand = NULL;
    assert_int_equal(read_words(2, argv, &operand), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_options_and_numbers_are_read),
        cmocka_unit_test(a_missing_operand_is_a_mistake),
        cmocka_unit_test(an_unknown_option_is_a_mistake),
        cmocka_unit_test(a_number_with_letters_behind_it_is_a_mistake),
        cmocka_unit_test(an_option_without_its_argument_is_a_mistake),
        cmocka_unit_test(a_second_operand_is_a_mistake),
        cmocka_unit_test(help_ends_the_command_well),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
