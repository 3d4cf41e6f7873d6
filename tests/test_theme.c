#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/json.h"
#include "render/i18n.h"
#include "render/theme.h"
#include "tests/files.h"

static void legible(const char *name)
{
    struct theme theme;
    assert_true(theme_read(&theme, getenv("VIGIE_ASSETS"), name, NULL));
    assert_true(theme_contrast(theme.text_primary, theme.surface) >= 7);
    assert_true(theme_contrast(theme.text_secondary, theme.surface) >= 7);
    for (int state = 0; state < STATE_COUNT; state++) {
        assert_true(theme_contrast(theme.state[state].fg, theme.surface) >= 4.5);
        assert_true(theme_contrast(theme.state[state].on_fill, theme.state[state].fill) >= 4.5);
    }
}

static void every_shipped_theme_is_legible(void **state)
{
    (void)state;
    legible("dark");
    legible("light");
    legible("dark_blue_ok");
    legible("light_blue_ok");
}

static void contrast_is_that_of_wcag(void **state)
{
    (void)state;
    assert_true(theme_contrast(0xffffff, 0x000000) > 20.99);
    assert_true(theme_contrast(0x4dc49b, 0x161b22) > 7.97 && theme_contrast(0x4dc49b, 0x161b22) < 7.99);
    assert_int_equal(theme_mix(0x000000, 0xff8040, 0.5), 0x804020);
}

static void an_unknown_theme_is_refused_in_words(void **state)
{
    (void)state;
    struct theme theme;
    struct error error = {0};
    assert_false(theme_read(&theme, getenv("VIGIE_ASSETS"), "pink", &error));
    assert_non_null(strstr(error.text, "themes/pink.json"));
    assert_false(theme_read(&theme, getenv("VIGIE_ASSETS"), "../i18n/fr", &error));
    assert_non_null(strstr(error.text, "is no theme"));
}

static char folder[] = "/tmp/vigie-theme-XXXXXX";

static void write_file(const char *name, const char *content)
{
    char path[128];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    files_write(path, content);
}

static void remove_file(const char *name)
{
    char path[128];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    remove(path);
}

static void make_folder(const char *name)
{
    char path[128];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    assert_int_equal(mkdir(path, 0700), 0);
}

static void a_broken_theme_or_language_names_file_and_key(void **state)
{
    (void)state;
    struct theme theme;
    struct error error = {0};
    assert_non_null(mkdtemp(folder));
    make_folder("themes");
    make_folder("i18n");
    write_file("themes/bad.json", "{\"bg\": \"#12345\"}");
    write_file("i18n/fr.json", "{\"state.ok\": \"OK\"}");

    assert_false(theme_read(&theme, folder, "bad", &error));
    assert_non_null(strstr(error.text, "themes/bad.json: bg: must be a colour"));
    assert_null(words_create(folder, LANGUAGE_FR, &error));
    assert_non_null(strstr(error.text, "i18n/fr.json: \"state.warn\""));

    remove_file("themes/bad.json");
    remove_file("i18n/fr.json");
    remove_file("themes");
    remove_file("i18n");
    rmdir(folder);
}

static void both_languages_have_every_word(void **state)
{
    (void)state;
    struct words *french = words_create(getenv("VIGIE_ASSETS"), LANGUAGE_FR, NULL);
    struct words *english = words_create(getenv("VIGIE_ASSETS"), LANGUAGE_EN, NULL);
    assert_non_null(french);
    assert_non_null(english);
    assert_string_equal(words_get(french, WORD_PERIOD + PERIOD_ROLLING_12M), "12\u00a0mois");
    assert_string_equal(words_get(english, WORD_MONTH_SHORT + 11), "Dec");
    words_destroy(french);
    words_destroy(english);
}

static void no_language_has_a_word_that_is_never_said(void **state)
{
    (void)state;
    static const char *const files[] = {"i18n/fr.json", "i18n/en.json"};
    for (size_t i = 0; i < 2; i++) {
        char path[512];
        snprintf(path, sizeof path, "%s/%s", getenv("VIGIE_ASSETS"), files[i]);
        struct cJSON *file = json_read_file(path, 1 << 20, NULL);
        assert_int_equal(json_count(file), WORD_COUNT); /* words_create() finds each of them */
        json_destroy(file);
    }
}

static void problems_and_ages_are_said_in_sentences(void **state)
{
    (void)state;
    struct words *words = words_create(getenv("VIGIE_ASSETS"), LANGUAGE_FR, NULL);
    struct snapshot_source source = {.problem = SOURCE_HTTP_STATUS, .number = 503};
    struct text said = {0};
    words_of_problem(words, &source, &said);
    text_append(&said, "|");
    words_of_age(words, 185000, &said);
    text_append(&said, "|");
    words_of_duration(words, 7300000, &said);
    text_append(&said, "|");
    words_of_duration(words, 59999, &said);
    assert_string_equal(text_bytes(&said), "erreur HTTP 503|il y a 3\u00a0min|depuis 2\u00a0h|à l’instant");
    text_finish(&said);
    words_destroy(words);
}

/* Signs of two parts stand behind a space that does not break, in French. */
static void french_is_set_as_in_print(void **state)
{
    (void)state;
    static const char *const wrong[] = {" :", " ;", " !", " ?", " »", " %", "'", "} min", "} h", "} j"};
    struct words *words = words_create(getenv("VIGIE_ASSETS"), LANGUAGE_FR, NULL);
    for (int word = 0; word < WORD_COUNT; word++)
        for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
            if (strstr(words_get(words, word), wrong[i]))
                fail_msg("\"%s\" in: %s", wrong[i], words_get(words, word));
    words_destroy(words);
}

static void a_theme_has_a_name_for_people(void **state)
{
    (void)state;
    struct theme theme;
    assert_true(theme_read(&theme, getenv("VIGIE_ASSETS"), "light_blue_ok", NULL));
    assert_string_equal(theme.label[LANGUAGE_FR], "Clair, OK bleu (daltonisme)");
    assert_string_equal(theme.label[LANGUAGE_EN], "Light, blue OK (colour-blind)");
}

static void dates_are_those_of_the_time_zone(void **state)
{
    (void)state;
    setenv("TZ", "Europe/Paris", 1);
    struct words *words = words_create(getenv("VIGIE_ASSETS"), LANGUAGE_FR, NULL);
    struct text said = {0};
    words_of_date(words, 1764543600000, false, &said); /* 2025-11-30T23:00Z: the first of December in Paris */
    text_append(&said, "|");
    words_of_date(words, 1763730440000, true, &said);
    text_append(&said, "|");
    words_of_time(1763730440000, &said);
    assert_string_equal(text_bytes(&said), "lundi 1er décembre|ven. 21 nov.|14:07");
    text_finish(&said);
    words_destroy(words);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_shipped_theme_is_legible),
        cmocka_unit_test(contrast_is_that_of_wcag),
        cmocka_unit_test(an_unknown_theme_is_refused_in_words),
        cmocka_unit_test(a_broken_theme_or_language_names_file_and_key),
        cmocka_unit_test(both_languages_have_every_word),
        cmocka_unit_test(no_language_has_a_word_that_is_never_said),
        cmocka_unit_test(problems_and_ages_are_said_in_sentences),
        cmocka_unit_test(french_is_set_as_in_print),
        cmocka_unit_test(a_theme_has_a_name_for_people),
        cmocka_unit_test(dates_are_those_of_the_time_zone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
