#include "model/spoken.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"
#include "render/i18n.h"

static struct words *open_words(enum language language)
{
    struct error error = {""};
    struct words *words = words_create(getenv("VIGIE_ASSETS"), language, &error);
    assert_string_equal(error.text, "");
    return words;
}

/* The wall writes in capitals: "DONNÉES FIGÉES". */
static void append_small(struct text *out, const char *capitals)
{
    for (const char *c = capitals; *c; c++) {
        char small = *c >= 'A' && *c <= 'Z' ? (char)(*c + 'a' - 'A') : *c;
        if (c > capitals && (unsigned char)c[-1] == 0xC3 && (unsigned char)*c == 0x89)
            small = (char)0xA9; /* É, é */
        text_append_bytes(out, &small, 1);
    }
}

static void assert_display_as_on_the_wall(const struct words *words, enum display display,
                                          enum language language)
{
    struct text wall = {0}, spoken = {0};
    append_small(&wall, words_of_display(words, display));
    append_small(&spoken, spoken_display(display, language));
    assert_string_equal(text_bytes(&spoken), text_bytes(&wall));
    text_finish(&wall);
    text_finish(&spoken);
}

static void the_wall_and_the_terminal_use_the_same_words(void **state)
{
    (void)state;
    for (int language = 0; language < LANGUAGE_COUNT; language++) {
        struct words *words = open_words((enum language)language);
        for (int display = 0; display < DISPLAY_COUNT; display++)
            if (display != DISPLAY_NEUTRAL)
                assert_display_as_on_the_wall(words, (enum display)display, (enum language)language);
        for (int period = 0; period < PERIOD_COUNT; period++)
            assert_string_equal(spoken_period((enum period)period, (enum language)language),
                                words_get(words, WORD_PERIOD + period));
        words_destroy(words);
    }
}

static void every_state_of_an_alert_has_its_words(void **state)
{
    (void)state;
    for (int i = 0; i < ALERT_STATE_COUNT; i++) {
        assert_non_null(spoken_alert_state((enum alert_state)i, LANGUAGE_FR));
        assert_non_null(spoken_alert_state((enum alert_state)i, LANGUAGE_EN));
    }
    assert_string_equal(spoken_alert_state(ALERT_ALERTING, LANGUAGE_FR), "alerte en cours");
    assert_string_equal(spoken_severity(SEVERITY_CRITICAL, LANGUAGE_FR), "critique");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_wall_and_the_terminal_use_the_same_words),
        cmocka_unit_test(every_state_of_an_alert_has_its_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
