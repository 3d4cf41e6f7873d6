/* The small things of base/ that everything stands on. */

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/csv.h"
#include "base/error.h"
#include "base/json.h"
#include "base/text.h"
#include "base/utf8.h"

static bool valid(const char *bytes)
{
    return utf8_valid(bytes, strlen(bytes), NULL);
}

static void utf8_is_strict(void **state)
{
    (void)state;
    assert_true(valid("Épargne – 5 €"));
    assert_true(valid("\xF0\x9F\x98\x8F"));
    assert_false(valid("\xC0\xAF"));         /* overlong */
    assert_false(valid("\xED\xA0\x80"));     /* a surrogate */
    assert_false(valid("\xF4\x90\x80\x80")); /* above U+10FFFF */
    assert_false(valid("caf\xE9"));          /* Latin-1 */
    size_t fault = 0;
    assert_false(utf8_valid("abc\xFF", 4, &fault));
    assert_int_equal(fault, 3);
}

static void a_text_is_cut_between_characters(void **state)
{
    (void)state;
    assert_int_equal(utf8_cut("aé€", 2), 1);
    assert_int_equal(utf8_cut("aé€", 3), 3);
    assert_int_equal(utf8_cut("aé€", 5), 3);
    assert_int_equal(utf8_cut("aé€", 99), 6);
    assert_int_equal(utf8_length("aé€"), 3);
}

static void code_points_come_out_as_they_went_in(void **state)
{
    (void)state;
    char bytes[5] = "";
    bytes[utf8_encode(0x202F, bytes)] = '\0';
    const char *at = bytes;
    assert_int_equal(utf8_next(&at), 0x202F);
    assert_int_equal(utf8_next(&at), 0);
}

static void a_long_error_is_cut_at_a_character(void **state)
{
    (void)state;
    struct error error = {""};
    char long_text[3000];
    for (size_t i = 0; i + 2 < sizeof long_text; i += 2)
        memcpy(long_text + i, "é", 2);
    long_text[sizeof long_text - 2] = '\0';
    error_set(&error, "x%s", long_text);
    assert_true(strlen(error.text) < sizeof error.text);
    assert_true(valid(error.text));
    error_prefix(&error, "board.yaml:3");
    assert_true(text_starts_with(error.text, "board.yaml:3: x"));
    assert_true(valid(error.text));
}

static void an_arena_gives_zeroed_aligned_memory(void **state)
{
    (void)state;
    struct arena *arena = arena_create();
    for (int i = 1; i < 200; i++) {
        char *memory = arena_take(arena, (size_t)i, 37);
        assert_int_equal((uintptr_t)memory % _Alignof(max_align_t), 0);
        assert_int_equal(memory[i * 37 - 1], 0);
        memset(memory, 0xAA, (size_t)i * 37);
    }
    assert_string_equal(arena_format(arena, "%d %s", 5, "é"), "5 é");
    arena_destroy(arena);
    arena_destroy(NULL);
}

static struct cJSON *parse(const char *text, struct error *error)
{
    return json_parse(text, strlen(text), error);
}

static void json_is_read_with_limits(void **state)
{
    (void)state;
    struct error error = {""};
    struct cJSON *value = parse("\xEF\xBB\xBF{\"a\": [1, 2.5, null]}", &error);
    assert_non_null(value);
    assert_int_equal(json_count(json_member(value, "a")), 3);
    assert_float_equal(json_number(json_next(json_first(json_member(value, "a"))), 0), 2.5, 0);
    assert_null(json_member(json_member(value, "b"), "c"));
    json_destroy(value);

    assert_null(parse("{\"a\": 1} x", &error));
    assert_string_equal(error.text, "line 1: text after the JSON value");
    assert_null(parse("{\n\"a\": ,}", &error));
    assert_string_equal(error.text, "line 2: not JSON");
    assert_null(parse("\"caf\xE9\"", &error));
    assert_string_equal(error.text, "byte 4 is not UTF-8");
    assert_null(parse("  ", &error));
    assert_string_equal(error.text, "the text is empty");
}

static void json_nested_too_deep_is_refused_and_64_levels_are_not(void **state)
{
    (void)state;
    char nested[2 * 65 + 1];
    struct error error = {""};
    memset(nested, '[', 65);
    memset(nested + 65, ']', 65);
    nested[130] = '\0';
    assert_null(parse(nested, &error));
    assert_string_equal(error.text, "line 1: nested deeper than 64 levels");
    struct cJSON *value = json_parse(nested + 1, 128, &error);
    assert_non_null(value);
    json_destroy(value);
}

static void numbers_are_written_so_that_they_read_back_the_same(void **state)
{
    (void)state;
    struct text out = {0};
    json_write_number(&out, 0.1);
    text_append(&out, " ");
    json_write_number(&out, 1795256100);
    text_append(&out, " ");
    json_write_number(&out, NAN);
    text_append(&out, " ");
    json_write_text(&out, "a\"b\n\x01é");
    assert_string_equal(text_bytes(&out), "0.1 1795256100 null \"a\\\"b\\u000a\\u0001é\"");
    text_finish(&out);
}

static void assert_filled(const char *frame, size_t count, const char *expected)
{
    const char *const values[] = {"lundi", "{}", "5"};
    struct text out = {0};
    text_append(&out, "> ");
    text_append_filled(&out, frame, values, count);
    assert_string_equal(text_bytes(&out), expected);
    text_finish(&out);
}

static void values_go_into_their_places_in_order(void **state)
{
    (void)state;
    assert_filled("ouvre {}", 1, "> ouvre lundi");
    assert_filled("{}{}{} %s", 3, "> lundi{}5 %s");
    assert_filled("{} et {}", 1, "> lundi et {}");
    assert_filled("fermé", 2, "> fermé");
    assert_filled("de {} à", 0, "> de {} à");
    assert_filled("", 1, "> ");
}

static void a_name_has_its_place_among_names(void **state)
{
    (void)state;
    const char *const names[] = {"count", NULL, "percent"};
    assert_int_equal(text_index("count", names, 3), 0);
    assert_int_equal(text_index("percent", names, 3), 2);
    assert_int_equal(text_index("percent", names, 2), -1);
    assert_int_equal(text_index("Count", names, 3), -1);
    assert_int_equal(text_index(NULL, names, 3), -1);
}

static void the_nearest_name_is_offered_only_if_it_is_near(void **state)
{
    (void)state;
    const char *const names[] = {"service_level", "asa", "aht", NULL};
    assert_string_equal(text_nearest("servic_level", names), "service_level");
    assert_string_equal(text_nearest("aha", names), "asa");
    assert_null(text_nearest("quite_something_else", names));
}

static void two_letters_swapped_are_one_slip(void **state)
{
    (void)state;
    const char *const names[] = {"id", "title", "grid", NULL};
    assert_string_equal(text_nearest("gird", names), "grid");
    assert_string_equal(text_nearest("tilte", names), "title");
}

/* All cells of a text, each in brackets, a row a line. */
static void assert_cells(const char *text, const char *expected)
{
    char copy[64], *rest = copy, *cell;
    struct text cells = {0};
    snprintf(copy, sizeof copy, "%s", text);
    while (*rest) {
        bool more = csv_next_cell(&rest, &cell);
        text_append_format(&cells, "[%s]%s", cell, more ? "" : "\n");
        if (more && !*rest) /* a comma at the very end: one more cell, and it is empty */
            text_append(&cells, csv_next_cell(&rest, &cell) ? "?" : "[]\n");
    }
    assert_string_equal(text_bytes(&cells), expected);
    text_finish(&cells);
}

static void a_table_is_cut_into_cells(void **state)
{
    (void)state;
    assert_cells("a,b\nc,d\n", "[a][b]\n[c][d]\n");
    assert_cells("a,,c\r\n\nd", "[a][][c]\n[]\n[d]\n");
    assert_cells("\"a,b\",\"say \"\"no\"\"\",\"two\nlines\"\n", "[a,b][say \"no\"][two\nlines]\n");
    assert_cells("\"not closed,b\n", "[not closed,b\n]\n");
    assert_cells("\"a\"b,c,", "[ab][c][]\n");
    assert_cells("\"\"\r\n", "[]\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(utf8_is_strict),
        cmocka_unit_test(a_text_is_cut_between_characters),
        cmocka_unit_test(code_points_come_out_as_they_went_in),
        cmocka_unit_test(a_long_error_is_cut_at_a_character),
        cmocka_unit_test(an_arena_gives_zeroed_aligned_memory),
        cmocka_unit_test(json_is_read_with_limits),
        cmocka_unit_test(json_nested_too_deep_is_refused_and_64_levels_are_not),
        cmocka_unit_test(numbers_are_written_so_that_they_read_back_the_same),
        cmocka_unit_test(values_go_into_their_places_in_order),
        cmocka_unit_test(a_name_has_its_place_among_names),
        cmocka_unit_test(the_nearest_name_is_offered_only_if_it_is_near),
        cmocka_unit_test(two_letters_swapped_are_one_slip),
        cmocka_unit_test(a_table_is_cut_into_cells),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
