#include <dirent.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "app/assets.h"
#include "app/config.h"
#include "app/config_schema.h"
#include "base/calendar.h"
#include "base/clock.h"
#include "base/json.h"
#include "base/text.h"

/* ---- boards with their expected messages beside them ---- */

static struct text messages_in(struct config *config, const char *path)
{
    struct text text = {0};
    for (size_t i = 0; i < config->problem_count; i++) {
        char line[4096];
        config_problem_line(config, &config->problems[i], line, sizeof line);
        text_append_format(&text, "%s\n", line + strlen(path) + 1);
    }
    config_destroy(config);
    return text;
}

/* What a wall says of the board as it starts, without the file's name. */
static char *messages_of(const char *path)
{
    struct text text = messages_in(config_read(path), path);
    char *messages = strdup(text_bytes(&text));
    text_finish(&text);
    return messages;
}

static int count_of(const char *words, const char *text)
{
    int count = 0;
    for (; (text = strstr(text, words)); text += strlen(words))
        count++;
    return count;
}

/* `vigie check` looks further, at the day and at what is drawn: it finds no fewer errors, and survives them.
 */
static void check_finds_them_too(const char *path, const char *messages)
{
    struct text text = messages_in(config_read_at(path, 1795000000000), path);
    if (count_of(" error: ", text_bytes(&text)) < count_of(" error: ", messages))
        fail_msg("%s: check finds only:\n%s", path, text_bytes(&text));
    text_finish(&text);
}

static char *expected_of(const char *path)
{
    char expected[512];
    struct text text = {0};
    snprintf(expected, sizeof expected, "%.*s.expected", (int)(strrchr(path, '.') - path), path);
    text_read_file(&text, expected, 100000); /* a good board has no file: nothing is said */
    char *messages = strdup(text_bytes(&text));
    text_finish(&text);
    return messages;
}

/* `vigie check` knows the time and draws each page: it says all that a wall says, and more. */
static void look_closer(const char *path)
{
    struct config *config = config_read(path), *closer = config_read_at(path, 1795000000000);
    assert_true(closer->problem_count >= config->problem_count);
    config_destroy(closer);
    config_destroy(config);
}

static void compare(const char *path)
{
    look_closer(path);
    char *got = messages_of(path), *expected = expected_of(path);
    if (strcmp(got, expected) != 0)
        print_error("%s:\n%s", path, got);
    assert_string_equal(got, expected);
    check_finds_them_too(path, got);
    free(got);
    free(expected);
}

/* All boards of a folder whose names begin so; how many there were. */
static int compare_all(const char *folder, const char *prefix)
{
    int count = 0;
    DIR *entries = opendir(folder);
    assert_non_null(entries);
    for (struct dirent *entry; (entry = readdir(entries));) {
        if (strncmp(entry->d_name, prefix, strlen(prefix)) != 0 || strstr(entry->d_name, ".expected") ||
            strstr(entry->d_name, ".jq") || entry->d_name[0] == '.')
            continue;
        char path[512];
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        compare(path);
        count++;
    }
    closedir(entries);
    return count;
}

static void broken_boards_say_what_is_wrong_and_where(void **state)
{
    (void)state;
    assert_int_equal(compare_all("tests/boards", "broken-"), 23);
}

static void a_doubtful_board_warns(void **state)
{
    (void)state;
    assert_int_equal(compare_all("tests/boards", "doubtful"), 4);
}

static void good_boards_say_nothing(void **state)
{
    (void)state;
    assert_int_equal(compare_all("tests/boards", "good-"), 9);
}

static void boards_to_start_from_pass_without_a_warning(void **state)
{
    (void)state;
    assert_int_equal(compare_all("assets/boards", ""), 15);
}

/* ---- what a board becomes ---- */

static int read_defaults(void **state)
{
    struct config *config = config_read("tests/boards/good-defaults.yaml");
    *state = config;
    return config->usable ? 0 : -1;
}

static int destroy(void **state)
{
    config_destroy(*state);
    return 0;
}

static void what_is_left_out_has_its_default(void **state)
{
    const struct config *config = *state;

    assert_string_equal(config->title, "Lyon");
    assert_int_equal(config->language, LANGUAGE_FR);
    assert_string_equal(config->time_zone, "Europe/Paris");
    assert_string_equal(config->theme, "dark");
    assert_true(config->rotate);
    assert_float_equal(config->screen.diagonal_in, 55, 0);
    assert_float_equal(config->screen.reading_distance_m, 5, 0);
    assert_string_equal(config->screen.zone, "floor");
    assert_int_equal(config->sources[1].every_ms, 15000);
    assert_int_equal(config->sources[0].timeout_ms, 10000);
    assert_string_equal(config->sources[0].method, "GET");
    assert_string_equal(config->sources[0].cfg_json, "{}");
    assert_int_equal(config->sources[0].auth.kind, AUTH_NONE);
}

static void a_source_has_all_that_asking_needs(void **state)
{
    const struct config *config = *state;
    const struct source_settings *crm = &config->sources[1];

    assert_int_equal(config->source_count, 2);
    assert_true(config->uses_simulator);
    assert_string_equal(config->board.source_names[1], "crm");
    assert_string_equal(crm->filter_path, "tests/boards/filter.jq");
    assert_string_equal(crm->url, "https://crm.example.com/api?from={{today|epoch}}");
    assert_string_equal(crm->method, "POST");
    assert_string_equal(crm->body, "{\"a\": 1}");
    assert_int_equal(crm->header_count, 1);
    assert_string_equal(crm->headers[0].name, "X-Site");
    assert_string_equal(crm->headers[0].value, "Lyon");
    assert_int_equal(crm->auth.kind, AUTH_HEADER);
    assert_string_equal(crm->auth.header, "X-API-Key");
    assert_int_equal(crm->auth.secret.kind, SECRET_ENV);
    assert_string_equal(crm->auth.secret.name, "CRM_KEY");
    assert_string_equal(crm->cfg_json, "{\"queues\":{\"4ad1-b\":\"Ventes\"},\"k\":0.5}");
    assert_int_equal(crm->timeout_ms, 5000);
    assert_int_equal(crm->max_bytes, 8388608);
}

static void tiles_are_called_after_their_kpi_and_never_alike(void **state)
{
    const struct config *config = *state;
    const struct page_settings *pages = config->board.pages;

    assert_string_equal(pages[0].id, "page1");
    assert_string_equal(pages[0].tiles[0].id, "service_level");
    assert_string_equal(pages[0].tiles[1].id, "service_level-2");
    assert_string_equal(pages[0].tiles[4].id, "service_level-3");
    assert_string_equal(pages[1].id, "soir");
    assert_string_equal(pages[1].tiles[0].id, "service_level-4");
}

static void a_tile_takes_the_type_that_fits_its_kpi_if_it_can_be_drawn(void **state)
{
    const struct config *config = *state;
    const struct page_settings *pages = config->board.pages;

    assert_string_equal(pages[0].tiles[0].type, "gauge");
    assert_string_equal(pages[0].tiles[2].type, "number");
    assert_string_equal(pages[0].tiles[4].type, "number");
    assert_string_equal(pages[1].tiles[1].type, "bar");
}

static void a_grid_is_as_large_as_its_tiles_need(void **state)
{
    const struct config *config = *state;

    assert_int_equal(config->board.pages[0].columns, 3); /* five tiles, one of them twice as wide */
    assert_int_equal(config->board.pages[0].rows, 2);
    assert_int_equal(config->board.pages[1].columns, 2);
    assert_int_equal(config->board.pages[1].rows, 1);
}

static void a_tile_knows_its_scope_period_source_and_rule(void **state)
{
    const struct config *config = *state;
    const struct tile_settings *tiles = config->board.pages[0].tiles;

    assert_string_equal(tiles[1].where.value[DIM_CHANNEL], "chat");
    assert_true(tiles[1].has_period);
    assert_int_equal(tiles[1].period, PERIOD_TODAY);
    assert_false(tiles[0].has_period);
    assert_float_equal(tiles[2].rule.warn, 60, 0);
    assert_float_equal(tiles[2].rule.critical, 120, 0);
    assert_true(isnan(tiles[2].rule.hysteresis));
    assert_true(isnan(tiles[0].rule.warn));
    assert_int_equal(tiles[0].rule.for_ms, -1);
    assert_string_equal(tiles[3].source, "crm");
    assert_string_equal(tiles[3].label, "Dossiers");
    assert_int_equal(tiles[3].columns, 2);
    assert_null(tiles[0].source);
}

static void rules_keep_what_they_say_and_inherit_the_rest(void **state)
{
    const struct config *config = *state;
    const struct rule_settings *rules = config->board.rules;

    assert_int_equal(config->board.rule_count, 2);
    assert_string_equal(rules[0].kpi->id, "service_level");
    assert_string_equal(rules[0].where.value[DIM_QUEUE], "Ventes");
    assert_float_equal(rules[0].warn, 85, 0);
    assert_float_equal(rules[0].critical, 75, 0);
    assert_true(isnan(rules[0].warn_high));
    assert_float_equal(rules[0].hysteresis, 2, 0);
    assert_float_equal(rules[0].min_sample, 20, 0);
    assert_float_equal(rules[0].target, 80, 0);
    assert_int_equal(rules[0].for_ms, 120000);
    assert_int_equal(rules[0].clear_ms, 180000);
    assert_int_equal(rules[0].stale_after_ms, 60000);
    assert_float_equal(rules[1].warn, 60, 0);
    assert_float_equal(rules[1].warn_high, 85, 0);
    assert_float_equal(rules[1].critical, 0, 0);
    assert_float_equal(rules[1].critical_high, 90, 0);
    assert_int_equal(rules[1].for_ms, -1);
}

static void a_kpi_of_ones_own_joins_the_catalogue(void **state)
{
    const struct config *config = *state;
    const struct kpi *kpi = catalogue_kpi(config->catalogue, "sav_backlog");

    assert_non_null(kpi);
    assert_string_equal(kpi->label[LANGUAGE_FR][LABEL_LONG], "Dossiers SAV");
    assert_string_equal(kpi->label[LANGUAGE_EN][LABEL_SHORT], "After-sales files");
    assert_int_equal(kpi->direction, DIRECTION_LOWER_IS_BETTER);
    assert_int_equal(kpi->aggregation, AGGREGATE_SUM);
    assert_string_equal(kpi->numerator.terms[0].counter, "tickets_open_now");
    assert_string_equal(kpi->filter.value[DIM_TYPE], "SAV");
    assert_float_equal(kpi->limits.warn_high, 10, 0);
    assert_float_equal(kpi->limits.critical_high, 20, 0);
    assert_true(isnan(kpi->limits.warn_low));
    assert_int_equal(kpi->threshold_mode, THRESHOLD_ABSOLUTE);
    assert_ptr_equal(config->board.pages[0].tiles[3].kpi, kpi);
}

/* ---- files ---- */

static void a_board_that_is_not_there_is_an_error_not_a_crash(void **state)
{
    (void)state;
    struct config *config = config_read("tests/boards/no-such-board.yaml");
    char line[512], expected[512];

    assert_false(config->usable);
    config_problem_line(config, &config->problems[0], line, sizeof line);
    snprintf(expected, sizeof expected,
             "tests/boards/no-such-board.yaml:1:1: error: cannot be read: No such file or directory; is the "
             "path right? Boards to start from are in %s/boards",
             assets_path());
    assert_string_equal(line, expected);
    config_destroy(config);
}

static void a_folder_is_not_a_board(void **state)
{
    (void)state;
    struct config *config = config_read("tests/boards");
    assert_false(config->usable);
    assert_string_equal(config->problems[0].text, "cannot be read: Is a directory");
    config_destroy(config);
}

static void a_secret_written_in_the_board_is_never_repeated(void **state)
{
    (void)state;
    char *messages = messages_of("tests/boards/broken-secrets.yaml");
    assert_null(strstr(messages, "hunter2"));
    free(messages);
}

static void the_schema_is_json(void **state)
{
    (void)state;
    struct text text = {0};
    struct error error = {0};
    config_write_schema(&text);
    struct cJSON *schema = json_parse(text_bytes(&text), text.length, &error);
    assert_string_equal(error.text, "");
    assert_true(json_is_object(json_member(json_member(schema, "properties"), "pages")));
    json_destroy(schema);
    text_finish(&text);
}

#define OF_DEFAULTS(name) cmocka_unit_test_setup_teardown(name, read_defaults, destroy)

/* What the screen that shows the errors is drawn with. */
static void assert_drawable(const char *path)
{
    struct config *config = config_read(path);
    assert_false(config->usable);
    assert_string_equal(config->theme, "dark");
    assert_string_equal(config->time_zone, "Europe/Paris");
    assert_string_equal(config->title, "Vigie");
    assert_string_equal(config->screen.zone, "floor");
    assert_int_equal(config->screen.rotation, 0);
    assert_true(config->screen.reading_distance_m > 0);
    config_destroy(config);
}

static void a_board_that_cannot_be_read_or_is_odd_in_its_head_has_what_its_errors_are_drawn_with(void **state)
{
    (void)state;
    static const char *const contents[] = {
        "", "- a list", "{", "vigie: 1\ntheme: drak\ntime_zone: Mars/Olympus\nscreen: {rotation: 45}\n"};
    char path[] = "/tmp/vigie-config-XXXXXX";
    int file = mkstemp(path);
    for (size_t i = 0; i < sizeof contents / sizeof *contents; i++) {
        assert_int_equal(ftruncate(file, 0), 0);
        assert_int_equal(pwrite(file, contents[i], strlen(contents[i]), 0), strlen(contents[i]));
        assert_drawable(path);
    }
    close(file);
    unlink(path);
    assert_drawable(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(
            a_board_that_cannot_be_read_or_is_odd_in_its_head_has_what_its_errors_are_drawn_with),
        cmocka_unit_test(broken_boards_say_what_is_wrong_and_where),
        cmocka_unit_test(a_doubtful_board_warns),
        cmocka_unit_test(good_boards_say_nothing),
        cmocka_unit_test(boards_to_start_from_pass_without_a_warning),
        OF_DEFAULTS(what_is_left_out_has_its_default),
        OF_DEFAULTS(a_source_has_all_that_asking_needs),
        OF_DEFAULTS(tiles_are_called_after_their_kpi_and_never_alike),
        OF_DEFAULTS(a_tile_takes_the_type_that_fits_its_kpi_if_it_can_be_drawn),
        OF_DEFAULTS(a_grid_is_as_large_as_its_tiles_need),
        OF_DEFAULTS(a_tile_knows_its_scope_period_source_and_rule),
        OF_DEFAULTS(rules_keep_what_they_say_and_inherit_the_rest),
        OF_DEFAULTS(a_kpi_of_ones_own_joins_the_catalogue),
        cmocka_unit_test(a_board_that_is_not_there_is_an_error_not_a_crash),
        cmocka_unit_test(a_folder_is_not_a_board),
        cmocka_unit_test(a_secret_written_in_the_board_is_never_repeated),
        cmocka_unit_test(the_schema_is_json),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
