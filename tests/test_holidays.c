/* Public holidays of France. */

#include "model/holidays.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void assert_easter(int year, int month, int day)
{
    int got_month, got_day;
    holidays_easter(year, &got_month, &got_day);
    assert_int_equal(got_month * 100 + got_day, month * 100 + day);
}

static void easter_falls_where_the_church_has_it(void **state)
{
    (void)state;
    assert_easter(1818, 3, 22); /* the earliest there is */
    assert_easter(1943, 4, 25); /* the latest */
    assert_easter(2000, 4, 23);
    assert_easter(2008, 3, 23);
    assert_easter(2024, 3, 31);
    assert_easter(2025, 4, 20);
    assert_easter(2026, 4, 5);
    assert_easter(2027, 3, 28);
    assert_easter(2038, 4, 25);
}

static const char *french(int year, int month, int day)
{
    return holiday_name(HOLIDAYS_FRANCE, year, month, day, LANGUAGE_FR);
}

static void feasts_move_with_easter(void **state)
{
    (void)state;
    assert_string_equal(french(2026, 4, 6), "Lundi de Pâques");
    assert_string_equal(french(2026, 5, 14), "Ascension");
    assert_string_equal(french(2026, 5, 25), "Lundi de Pentecôte");
    assert_string_equal(french(2024, 4, 1), "Lundi de Pâques");
    assert_string_equal(french(2024, 5, 9), "Ascension");
    assert_string_equal(french(2038, 6, 14), "Lundi de Pentecôte");
}

static void fixed_holidays_do_not(void **state)
{
    (void)state;
    assert_string_equal(french(2026, 1, 1), "Jour de l'An");
    assert_string_equal(french(2027, 7, 14), "Fête nationale");
    assert_string_equal(holiday_name(HOLIDAYS_FRANCE, 2026, 12, 25, LANGUAGE_EN), "Christmas Day");
}

static void easter_sunday_and_ordinary_days_are_none(void **state)
{
    (void)state;
    assert_null(french(2026, 4, 5));
    assert_null(french(2026, 11, 20));
    assert_null(french(2026, 12, 24));
    assert_null(holiday_name(HOLIDAYS_NONE, 2026, 12, 25, LANGUAGE_FR));
}

static void alsace_and_moselle_have_two_more(void **state)
{
    (void)state;
    assert_null(french(2026, 4, 3));
    assert_null(french(2026, 12, 26));
    assert_string_equal(holiday_name(HOLIDAYS_ALSACE_MOSELLE, 2026, 4, 3, LANGUAGE_FR), "Vendredi saint");
    assert_string_equal(holiday_name(HOLIDAYS_ALSACE_MOSELLE, 2026, 12, 26, LANGUAGE_FR), "Saint-Étienne");
    assert_string_equal(holiday_name(HOLIDAYS_ALSACE_MOSELLE, 2026, 7, 14, LANGUAGE_FR), "Fête nationale");
}

static void sets_go_by_the_names_of_the_board(void **state)
{
    (void)state;
    enum holidays holidays = HOLIDAYS_NONE;
    assert_true(holidays_parse("france", &holidays));
    assert_int_equal(holidays, HOLIDAYS_FRANCE);
    assert_false(holidays_parse("belgium", &holidays));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(easter_falls_where_the_church_has_it),
        cmocka_unit_test(feasts_move_with_easter),
        cmocka_unit_test(fixed_holidays_do_not),
        cmocka_unit_test(easter_sunday_and_ordinary_days_are_none),
        cmocka_unit_test(alsace_and_moselle_have_two_more),
        cmocka_unit_test(sets_go_by_the_names_of_the_board),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
