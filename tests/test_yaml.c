#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/yaml.h"

/* ---- a small table of every kind ---- */

struct dish {
    struct yaml_place place;
    const char *name;
    double price;
    int plates;
};

struct menu {
    struct yaml_place place;
    const char *title, *season, *extra_json;
    bool open;
    int64_t pause_ms;
    double discount_percent;
    struct yaml_size tables;
    struct yaml_limit heat;
    struct yaml_text_map notes;
    struct dish best;
    struct yaml_list dishes, wines;
};

static const char *const seasons[] = {"summer", "winter", NULL};
static const struct dish dish_defaults = {.plates = 1};
static const struct yaml_field dish_fields[] = {
    {"name", YAML_KIND_TEXT, offsetof(struct dish, name), .required = true, .help = "what it is called"},
    {"price", YAML_KIND_NUMBER, offsetof(struct dish, price), .min = 0, .max = 100},
    {"plates", YAML_KIND_INTEGER, offsetof(struct dish, plates), .min = 1, .max = 9},
    {"wine", YAML_KIND_TEXT, .later = true},
};
static const struct yaml_table dish_table = {"a dish", sizeof(struct dish), &dish_defaults, dish_fields, 4};
static const struct yaml_field menu_fields[] = {
    {"title", YAML_KIND_TEXT, .offset = offsetof(struct menu, title)},
    {"season", YAML_KIND_CHOICE, offsetof(struct menu, season), .choices = seasons},
    {"extra", YAML_KIND_JSON, .offset = offsetof(struct menu, extra_json)},
    {"open", YAML_KIND_BOOL, .offset = offsetof(struct menu, open)},
    {"pause", YAML_KIND_DURATION, offsetof(struct menu, pause_ms), .min = 1000, .max = 60000},
    {"discount", YAML_KIND_PERCENT, .offset = offsetof(struct menu, discount_percent)},
    {"tables", YAML_KIND_SIZE, offsetof(struct menu, tables), .min = 1, .max = 12},
    {"heat", YAML_KIND_LIMIT, .offset = offsetof(struct menu, heat)},
    {"notes", YAML_KIND_TEXT_MAP, .offset = offsetof(struct menu, notes)},
    {"best", YAML_KIND_RECORD, offsetof(struct menu, best), .table = &dish_table},
    {"dishes", YAML_KIND_RECORDS, offsetof(struct menu, dishes), .table = &dish_table},
    {"wines", YAML_KIND_RECORDS, offsetof(struct menu, wines), .table = &dish_table, .most = 3,
     .beyond = "fit the cellar"},
};
static const struct yaml_table menu_table = {"a menu", sizeof(struct menu), NULL, menu_fields, 12};

struct fixture {
    struct arena *arena;
    struct yaml_reader *reader;
    struct menu menu;
};

static int set_up(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);
    assert_non_null(fixture);
    fixture->arena = arena_create();
    fixture->reader = yaml_reader_create(fixture->arena);
    *state = fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    yaml_reader_destroy(fixture->reader);
    arena_destroy(fixture->arena);
    free(fixture);
    return 0;
}

static const struct menu *read_bytes(struct fixture *fixture, const char *bytes, size_t length)
{
    const struct yaml_node *root = yaml_parse(fixture->reader, bytes, length);
    if (root)
        yaml_read(fixture->reader, root, "", &menu_table, &fixture->menu);
    return &fixture->menu;
}

static const struct menu *read(struct fixture *fixture, const char *text)
{
    return read_bytes(fixture, text, strlen(text));
}

/* All problems as "LINE:COL PATH: TEXT", one a line. */
static const char *problems(struct fixture *fixture)
{
    size_t count;
    const struct yaml_problem *all = yaml_problems(fixture->reader, &count);
    const char *lines = "";
    for (size_t i = 0; i < count; i++)
        lines = arena_format(fixture->arena, "%s%s%d:%d %s: %s\n", lines, all[i].is_error ? "" : "(warning) ",
                             all[i].line, all[i].column, all[i].key_path, all[i].text);
    return lines;
}

/* ---- what is read ---- */

static void every_kind_of_value_reaches_its_field(void **state)
{
    const struct menu *menu = read(*state, "title: Chez nous\n"
                                           "season: winter\n"
                                           "open: yes\n"
                                           "pause: 30s\n"
                                           "discount: 12.5 %\n"
                                           "tables: 3x2\n"
                                           "heat: [60, 85]\n"
                                           "notes: {X-Site: Lyon, Floor: 2}\n"
                                           "best: {name: Quenelle, price: 14.5}\n");

    assert_string_equal(problems(*state), "");
    assert_string_equal(menu->title, "Chez nous");
    assert_string_equal(menu->season, "winter");
    assert_true(menu->open);
    assert_int_equal(menu->pause_ms, 30000);
    assert_float_equal(menu->discount_percent, 12.5, 0);
    assert_int_equal(menu->tables.columns, 3);
    assert_int_equal(menu->tables.rows, 2);
    assert_true(menu->heat.is_band);
    assert_float_equal(menu->heat.low, 60, 0);
    assert_float_equal(menu->heat.high, 85, 0);
    assert_int_equal(menu->notes.count, 2);
    assert_string_equal(menu->notes.names[1], "Floor");
    assert_string_equal(menu->notes.values[1], "2");
    assert_string_equal(menu->best.name, "Quenelle");
    assert_int_equal(menu->best.plates, 1);
}

static void lists_of_records_keep_their_order_and_places(void **state)
{
    const struct menu *menu = read(*state, "dishes:\n  - {name: Un}\n  - name: Deux\n    plates: 2\n");
    const struct dish *dishes = menu->dishes.items;

    assert_int_equal(menu->dishes.count, 2);
    assert_string_equal(dishes[0].name, "Un");
    assert_int_equal(dishes[1].plates, 2);
    assert_string_equal(dishes[1].place.path, "dishes[1]");
    assert_int_equal(dishes[1].place.node->line, 3);
}

static void of_a_list_that_is_too_long_the_beginning_is_read(void **state)
{
    const struct menu *menu =
        read(*state, "wines: [{name: a}, {name: b}, {name: c}, {name: d}, {nonsense: e}]\n");
    const struct dish *wines = menu->wines.items;

    assert_string_equal(problems(*state), "1:8 wines: 5 entries; at most 3 fit the cellar\n");
    assert_int_equal(menu->wines.count, 3);
    assert_int_equal(menu->wines.left_out, 2);
    assert_string_equal(wines[2].name, "c");
}

static void the_schema_says_how_long_a_list_may_be(void **state)
{
    (void)state;
    struct text schema = {0};
    yaml_write_schema(&schema, &menu_table, "A menu");
    assert_non_null(strstr(text_bytes(&schema), "}, \"maxItems\": 3"));
    text_finish(&schema);
}

static void json_reads_the_same(void **state)
{
    const struct menu *menu =
        read(*state,
             "{\n\t\"title\": \"Caf\\u00e9 \\ud83d\\ude00 \\/\",\n\t\"open\":true,\"best\":{\"name\":\"x\","
             "\"price\":1e1},\t\"tables\": null}");

    assert_string_equal(problems(*state), "");
    assert_string_equal(menu->title, "Café 😀 /");
    assert_true(menu->open);
    assert_float_equal(menu->best.price, 10, 0);
    assert_int_equal(menu->tables.columns, 0);
}

static void a_free_value_becomes_json_text(void **state)
{
    const struct menu *menu =
        read(*state, "extra: {ids: {4ad1-b: Ventes}, k: 0.001, on: true, word: yes, code: "
                     "'007', plain: 007, none: ~, list: [1, a\"b]}\n");

    assert_string_equal(menu->extra_json, "{\"ids\":{\"4ad1-b\":\"Ventes\"},\"k\":0.001,\"on\":true,\"word\":"
                                          "\"yes\",\"code\":\"007\",\"plain\":\"007\",\"none\":null,"
                                          "\"list\":[1,\"a\\\"b\"]}");
}

static void a_key_with_nothing_behind_it_is_not_there(void **state)
{
    const struct menu *menu = read(*state, "title:\nseason: ~\npause: null\n");

    assert_string_equal(problems(*state), "");
    assert_null(menu->title);
    assert_int_equal(menu->pause_ms, 0);
}

static void durations_are_written_as_people_do(void **state)
{
    (void)state;
    int64_t ms = 0;

    assert_true(yaml_parse_duration("30s", &ms) && ms == 30000);
    assert_true(yaml_parse_duration("5m", &ms) && ms == 300000);
    assert_true(yaml_parse_duration("5 min", &ms) && ms == 300000);
    assert_true(yaml_parse_duration("8h", &ms) && ms == 28800000);
    assert_true(yaml_parse_duration("2d", &ms) && ms == 172800000);
    assert_true(yaml_parse_duration("1h30m", &ms) && ms == 5400000);
    assert_true(yaml_parse_duration("250ms", &ms) && ms == 250);
    assert_true(yaml_parse_duration("0.5", &ms) && ms == 500);
    assert_false(yaml_parse_duration("30 seconds", &ms));
    assert_false(yaml_parse_duration("5m3", &ms));
    assert_false(yaml_parse_duration("1e30s", &ms));
    assert_false(yaml_parse_duration("s", &ms));
    assert_int_equal(ms, 500);
}

static void numbers_are_plain_decimal_numbers(void **state)
{
    (void)state;
    double value = 7;

    assert_true(yaml_parse_number("-12.5", &value) && value == -12.5);
    assert_true(yaml_parse_number("1e3", &value) && value == 1000);
    assert_false(yaml_parse_number("nan", &value));
    assert_false(yaml_parse_number("inf", &value));
    assert_false(yaml_parse_number("0x10", &value));
    assert_false(yaml_parse_number("1e999", &value));
    assert_false(yaml_parse_number("12,5", &value));
    assert_false(yaml_parse_number("", &value));
    assert_float_equal(value, 1000, 0);
}

static void limits_carry_their_unit(void **state)
{
    (void)state;
    double value;
    enum yaml_unit unit;

    assert_true(yaml_parse_quantity("80", &value, &unit) && value == 80 && unit == YAML_UNIT_BARE);
    assert_true(yaml_parse_quantity("80 %", &value, &unit) && value == 80 && unit == YAML_UNIT_PERCENT);
    assert_true(yaml_parse_quantity("2m", &value, &unit) && value == 120 && unit == YAML_UNIT_SECONDS);
    assert_false(yaml_parse_quantity("80 %%", &value, &unit));
    assert_false(yaml_parse_quantity("80 apples", &value, &unit));
}

/* ---- what is refused ---- */

static void all_problems_are_found_at_once_in_the_order_of_the_file(void **state)
{
    read(*state, "titel: x\n"
                 "season: autumn\n"
                 "open: perhaps\n"
                 "pause: 2h\n"
                 "dishes:\n"
                 "  - {name: a, price: dear, plates: 1.5}\n"
                 "  - {price: 101}\n"
                 "  - soup\n"
                 "tables: 3 by 2\n"
                 "heat: [1, 2, 3]\n");

    assert_string_equal(
        problems(*state),
        "1:1 titel: a menu has no key \"titel\"; did you mean \"title\"?\n"
        "2:9 season: \"autumn\" is not summer or winter\n"
        "3:7 open: \"perhaps\" is not true or false\n"
        "4:8 pause: 2h is more than 1m\n"
        "6:22 dishes[0].price: \"dear\" is not a number (like 12 or 12.5)\n"
        "6:36 dishes[0].plates: \"1.5\" is not a whole number\n"
        "7:5 dishes[1]: a dish needs \"name\": what it is called\n"
        "7:13 dishes[1].price: 101 is more than 100\n"
        "8:5 dishes[2]: a dish is written as keys and values (key: value)\n"
        "9:9 tables: \"3 by 2\" is not a size in columns and rows (3x2)\n"
        "10:7 heat: a limit: a number (80, 80 %, 2m) or a band [low, high] is due here, not a "
        "list\n");
}

static void a_key_that_comes_twice_is_named(void **state)
{
    read(*state, "title: a\nbest: {name: x, name: y}\ntitle: b\n");

    assert_string_equal(problems(*state),
                        "2:17 best.name: this key is there already, on line 2; keep one of the two\n"
                        "3:1 title: this key is there already, on line 1; keep one of the two\n");
}

static void of_a_key_that_comes_twice_the_first_is_read(void **state)
{
    const struct menu *menu = read(*state, "notes: {a: x}\nnotes: {b: y, c: z}\n");

    assert_int_equal(menu->notes.count, 1);
    assert_string_equal(menu->notes.names[0], "a");
}

static void anchors_aliases_and_tags_are_refused(void **state)
{
    read(*state, "title: &a x\nseason: *a\nbest: !dish {name: x}\n");

    assert_string_equal(problems(*state),
                        "1:8 title: anchors (&name) are not read; write the value without it\n"
                        "2:9 season: aliases (*name) are not read; write the value out\n"
                        "3:7 best: tags (!name) are not read; write the value without it\n");
}

static void bytes_that_are_no_text_are_refused_with_their_place(void **state)
{
    read_bytes(*state, "title: a\nb\0c\n", 12);
    assert_string_equal(problems(*state), "2:2 : there is a NUL byte here; save the file as UTF-8 text\n");
}

static void latin_1_is_refused_with_its_place(void **state)
{
    read(*state, "title: caf\xE9\n");
    assert_string_equal(problems(*state), "1:11 : this is not UTF-8; save the file as UTF-8 text\n");
}

static void a_nul_in_quotes_is_refused(void **state)
{
    read(*state, "title: \"a\\0b\"\n");
    assert_string_equal(problems(*state), "1:8 title: the text holds a NUL character; delete it\n");
}

static void deep_nesting_ends_the_reading(void **state)
{
    read(*state, "extra: [[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]]]]\n");
    assert_string_equal(problems(*state),
                        "1:23 : nested deeper than 16 levels; a board needs less than ten\n");
}

static void a_second_document_is_refused(void **state)
{
    read(*state, "title: a\n---\ntitle: b\n");
    assert_string_equal(problems(*state),
                        "2:1 : a second document begins here; a board is one document, delete the \"---\"\n");
}

static void an_empty_file_says_where_to_begin(void **state)
{
    read(*state, "# nothing\n");
    assert_string_equal(problems(*state),
                        "2:1 : the file is empty; start from one of the boards in assets/boards/\n");
}

static void a_slip_of_the_pen_is_explained(void **state)
{
    read(*state, "title: a: b\n");
    assert_string_equal(
        problems(*state),
        "1:9 : not YAML: there is a second \": \" where none is due; put a text with a colon in "
        "quotes, or check the indentation\n");
}

static void a_tab_is_explained(void **state)
{
    read(*state, "title: éé\nbest:\n\tname: x\n");
    assert_string_equal(problems(*state), "3:1 : not YAML: there is a tab here; indent with blanks\n");
}

static void a_sign_that_begins_nothing_is_explained(void **state)
{
    read(*state, "title: @home\n");
    assert_string_equal(problems(*state),
                        "1:8 : not YAML: a value cannot begin with @, ` or %; put such a text in quotes\n");
}

static void a_decimal_comma_is_explained(void **state)
{
    read(*state, "discount: 7,5 %\nbest: {name: x, price: 12,5}\npause: a,b\n");
    assert_string_equal(
        problems(*state),
        "1:11 discount: \"7,5 %\" is not a percentage (80 or 80 %); write a decimal point, not a "
        "comma\n"
        "2:27 best.5: a dish has no key \"5\"; if it belongs to the number before it, write a "
        "decimal point, not a comma\n"
        "3:8 pause: \"a,b\" is not a duration (30s, 5m, 8h, 2d, or a number of seconds)\n");
}

static void more_than_a_mebibyte_is_refused(void **state)
{
    size_t length = YAML_MAX_BYTES + 1;
    char *bytes = calloc(1, length);
    assert_non_null(bytes);
    memset(bytes, '#', length);
    read_bytes(*state, bytes, length);
    free(bytes);
    assert_string_equal(problems(*state),
                        "1:1 : the file is larger than 1 MiB; a board has a few hundred lines\n");
}

static void keys_of_later_versions_warn_once(void **state)
{
    read(*state, "dishes:\n  - {name: a, wine: red}\n  - {name: b, wine: white}\n");
    assert_string_equal(problems(*state),
                        "(warning) 2:21 dishes[0].wine: read, but not acted on in this version\n");
}

static void a_flood_of_problems_ends_with_a_word(void **state)
{
    struct text text = {0};
    text_append(&text, "dishes:\n");
    for (int i = 0; i < 500; i++)
        text_append(&text, "  - soup\n");
    read(*state, text_bytes(&text));
    text_finish(&text);

    size_t count;
    const struct yaml_problem *all = yaml_problems(((struct fixture *)*state)->reader, &count);
    assert_int_equal(count, YAML_MAX_PROBLEMS + 1);
    assert_string_equal(all[YAML_MAX_PROBLEMS].text,
                        "too many problems, the others are not listed; mend these first");
}

static void the_schema_comes_from_the_same_table(void **state)
{
    (void)state;
    struct text schema = {0};
    yaml_write_schema(&schema, &dish_table, "A dish");
    assert_string_equal(
        text_bytes(&schema),
        "{\"$schema\": \"http://json-schema.org/draft-07/schema#\", \"title\": \"A dish\", \"type\": "
        "\"object\", "
        "\"additionalProperties\": false, \"properties\": {\n"
        " \"name\": {\"description\": \"what it is called\", \"type\": [\"string\", \"number\"]},\n"
        " \"price\": {\"description\": \"\", \"type\": \"number\", \"minimum\": 0, \"maximum\": 100},\n"
        " \"plates\": {\"description\": \"\", \"type\": \"integer\", \"minimum\": 1, \"maximum\": 9},\n"
        " \"wine\": {\"description\": \"\", \"type\": [\"string\", \"number\"]}}, \"required\": "
        "[\"name\"]}\n");
    text_finish(&schema);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_kind_of_value_reaches_its_field),
        TEST(lists_of_records_keep_their_order_and_places),
        TEST(of_a_list_that_is_too_long_the_beginning_is_read),
        TEST(the_schema_says_how_long_a_list_may_be),
        TEST(json_reads_the_same),
        TEST(a_free_value_becomes_json_text),
        TEST(a_key_with_nothing_behind_it_is_not_there),
        TEST(durations_are_written_as_people_do),
        TEST(numbers_are_plain_decimal_numbers),
        TEST(limits_carry_their_unit),
        TEST(all_problems_are_found_at_once_in_the_order_of_the_file),
        TEST(a_key_that_comes_twice_is_named),
        TEST(of_a_key_that_comes_twice_the_first_is_read),
        TEST(anchors_aliases_and_tags_are_refused),
        TEST(bytes_that_are_no_text_are_refused_with_their_place),
        TEST(latin_1_is_refused_with_its_place),
        TEST(a_nul_in_quotes_is_refused),
        TEST(deep_nesting_ends_the_reading),
        TEST(a_second_document_is_refused),
        TEST(an_empty_file_says_where_to_begin),
        TEST(a_slip_of_the_pen_is_explained),
        TEST(a_tab_is_explained),
        TEST(a_sign_that_begins_nothing_is_explained),
        TEST(a_decimal_comma_is_explained),
        TEST(more_than_a_mebibyte_is_refused),
        TEST(keys_of_later_versions_warn_once),
        TEST(a_flood_of_problems_ends_with_a_word),
        TEST(the_schema_comes_from_the_same_table),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
