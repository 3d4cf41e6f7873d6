#include "app/reference.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include <cmocka.h>

#include "app/options.h"

static int paint(int argc, char **argv)
{
    const char *colour = NULL;
    bool slow = false;
    const struct option_row rows[] = {
        {.name = "colour", .placeholder = "NAME", .text = &colour, .help = "which one"},
        {.name = "slow", .flag = &slow, .help = ".5 a minute, not\\so fast"},
        {0},
    };
    const struct usage usage = {"paint", "WALL", "Paints.", rows};
    const char *wall = NULL;
    return options_read(&usage, argc, argv, &wall);
}

static const struct command commands[] = {{"paint", paint, "WALL", "paints a wall"}};

static const char *const shapes[] = {"round", "square", NULL};
static const char *const default_shape = "round";
static const struct yaml_field lamp_fields[] = {
    {"watts", YAML_KIND_INTEGER, 0, .required = true, .min = 1, .max = 60, .help = "how bright"},
};
static const struct yaml_table lamp = {"a lamp", 8, NULL, lamp_fields, 1};
static const struct yaml_field room_fields[] = {
    {"shape", YAML_KIND_CHOICE, 0, .choices = shapes, .help = "seen from above"},
    {"lamps", YAML_KIND_RECORDS, 8, .table = &lamp, .help = "what gives light"},
    {"spare", YAML_KIND_RECORD, 8, .table = &lamp, .help = "in the cupboard"},
};
static const struct yaml_table room = {"a room", 24, &default_shape, room_fields, 3};

static void assert_has(const struct text *text, const char *part)
{
    if (!strstr(text_bytes(text), part))
        fail_msg("\"%s\" is not in:\n%s", part, text_bytes(text));
}

static void the_page_has_each_command_with_its_options(void **state)
{
    (void)state;
    struct text out = {0};
    reference_write_man(&out, commands, 1);
    assert_has(&out, ".B vigie paint\nWALL\n");
    assert_has(&out, ".SS vigie paint WALL\n");
    assert_has(&out, "\\fB\\-\\-colour\\fR \\fINAME\\fR\nwhich one\n");
    text_finish(&out);
}

static void what_roff_takes_for_its_own_is_escaped(void **state)
{
    (void)state;
    struct text out = {0};
    reference_write_words(&out, ".5 a minute, not\\so-fast\n'x");
    assert_string_equal(text_bytes(&out), "\\&.5 a minute, not\\eso\\-fast\n\\&'x");
    text_finish(&out);
}

static void the_completion_offers_the_options_of_each_command(void **state)
{
    (void)state;
    struct text out = {0};
    reference_write_completion(&out, commands, 1);
    assert_has(&out, "words=\"paint --help --version\"");
    assert_has(&out, "paint) words=\"--colour --slow --help\" ;;");
    text_finish(&out);
}

static void after_the_pages_help_is_printed_again(void **state)
{
    (void)state;
    struct text out = {0};
    char name[] = "paint", help[] = "--help", *words[] = {name, help, NULL};
    reference_write_man(&out, commands, 1);
    size_t length = out.length;
    assert_int_equal(paint(2, words), 0);
    assert_int_equal(out.length, length);
    text_finish(&out);
}

static void a_key_is_told_with_kind_range_default_and_help(void **state)
{
    (void)state;
    struct text out = {0};
    reference_write_board(&out, &room);
    assert_has(&out, "\\fBshape\\fR: \\fIround | square\\fR, round if not given\nseen from above\n");
    assert_has(&out, "\\fBwatts\\fR: \\fIwhole number\\fR, 1 to 60 (required)\nhow bright\n");
    text_finish(&out);
}

static void a_table_in_two_places_is_told_once(void **state)
{
    (void)state;
    struct text out = {0};
    reference_write_board(&out, &room);
    assert_has(&out, ".SS lamps[]\n");
    assert_null(strstr(text_bytes(&out), ".SS spare"));
    text_finish(&out);
}

/* The exit status of the real program. */
static int program(const char *arguments)
{
    char command[512];
    snprintf(command, sizeof command, "\"$VIGIE_PROGRAM\" %s", arguments);
    return WEXITSTATUS(system(command));
}

static void every_command_of_the_program_has_its_section(void **state)
{
    (void)state;
    assert_int_equal(
        program("--help | awk '/^  [a-z]/ {print $1}' | while read -r name; do "
                "\"$VIGIE_PROGRAM\" --reference man | grep -q \"^[.]SS vigie $name\" || exit 1; done"),
        0);
}

static void the_completion_is_sound_shell(void **state)
{
    (void)state;
    assert_int_equal(program("--reference bash | bash -n"), 0);
}

static void another_word_is_status_2(void **state)
{
    (void)state;
    assert_int_equal(program("--reference nonsense 2>/dev/null"), 2);
    assert_int_equal(program("--reference 2>/dev/null"), 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_page_has_each_command_with_its_options),
        cmocka_unit_test(what_roff_takes_for_its_own_is_escaped),
        cmocka_unit_test(the_completion_offers_the_options_of_each_command),
        cmocka_unit_test(after_the_pages_help_is_printed_again),
        cmocka_unit_test(a_key_is_told_with_kind_range_default_and_help),
        cmocka_unit_test(a_table_in_two_places_is_told_once),
        cmocka_unit_test(every_command_of_the_program_has_its_section),
        cmocka_unit_test(the_completion_is_sound_shell),
        cmocka_unit_test(another_word_is_status_2),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
