/* A letter a row, a day a cell. */

#include "model/sqcdp.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/calendar.h"
#include "tests/near.h"

#define WORST(...)                                                                                           \
    sqcdp_worst((const enum display[]){__VA_ARGS__},                                                         \
                sizeof(enum display[]){__VA_ARGS__} / sizeof(enum display))

static void the_worst_kpi_colours_the_cell(void **state)
{
    (void)state;
    assert_int_equal(WORST(DISPLAY_OK, DISPLAY_WARN, DISPLAY_OK), DISPLAY_WARN);
    assert_int_equal(WORST(DISPLAY_NODATA, DISPLAY_CRITICAL, DISPLAY_WARN), DISPLAY_CRITICAL);
    assert_int_equal(WORST(DISPLAY_NEUTRAL, DISPLAY_OK), DISPLAY_OK);
    assert_int_equal(WORST(DISPLAY_CLOSED, DISPLAY_CLOSED), DISPLAY_CLOSED);
}

static void a_day_with_a_stale_kpi_is_not_called_good(void **state)
{
    (void)state;
    assert_int_equal(WORST(DISPLAY_OK, DISPLAY_STALE), DISPLAY_NODATA);
    assert_int_equal(WORST(DISPLAY_OK, DISPLAY_NODATA), DISPLAY_NODATA);
    assert_int_equal(sqcdp_worst(NULL, 0), DISPLAY_NODATA);
}

static void kpis_stand_under_their_letter(void **state)
{
    (void)state;
    enum sqcdp_letter letter = SQCDP_SAFETY;
    assert_true(sqcdp_letter_of("service_level", &letter));
    assert_int_equal(letter, SQCDP_DELIVERY);
    assert_false(sqcdp_letter_of("calls_waiting", &letter));
}

static void a_month_has_its_own_number_of_days(void **state)
{
    (void)state;
    struct sqcdp_month month;
    sqcdp_month_init(&month, 2028, 2);
    assert_int_equal(month.day_count, 29);
    sqcdp_month_init(&month, 2026, 12);
    assert_int_equal(month.day_count, 31);
    sqcdp_month_init(&month, 2026, 11);
    assert_int_equal(month.day_count, 30);
}

static void a_day_keeps_its_last_state_and_a_day_that_is_not_there_keeps_none(void **state)
{
    (void)state;
    struct sqcdp_month month;
    sqcdp_month_init(&month, 2026, 11);
    sqcdp_keep(&month, SQCDP_DELIVERY, 30, DISPLAY_WARN);
    sqcdp_keep(&month, SQCDP_DELIVERY, 30, DISPLAY_CRITICAL);
    sqcdp_keep(&month, SQCDP_DELIVERY, 31, DISPLAY_OK);
    sqcdp_keep(&month, SQCDP_DELIVERY, 0, DISPLAY_OK);
    assert_int_equal(sqcdp_shown(&month, SQCDP_DELIVERY, 30), DISPLAY_CRITICAL);
    assert_int_equal(sqcdp_shown(&month, SQCDP_DELIVERY, 31), DISPLAY_NODATA);
    assert_int_equal(sqcdp_shown(&month, SQCDP_DELIVERY, 0), DISPLAY_NODATA);
    assert_int_equal(sqcdp_shown(&month, SQCDP_COST, 30), DISPLAY_NODATA);
}

int main(void)
{
    if (!calendar_set_zone("Europe/Paris", NULL))
        return 1;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_worst_kpi_colours_the_cell),
        cmocka_unit_test(a_day_with_a_stale_kpi_is_not_called_good),
        cmocka_unit_test(kpis_stand_under_their_letter),
        cmocka_unit_test(a_month_has_its_own_number_of_days),
        cmocka_unit_test(a_day_keeps_its_last_state_and_a_day_that_is_not_there_keeps_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
