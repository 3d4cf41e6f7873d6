/* A letter a row, a day a cell. */

#include "model/sqcdp.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/calendar.h"
#include "tests/near.h"

static int64_t moment(const char *iso)
{
    int64_t wall_ms = 0;
    assert_true(calendar_parse_iso(iso, &wall_ms));
    return wall_ms;
}

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
    assert_string_equal(sqcdp_letter_name(letter), "D");
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
    assert_null(sqcdp_cell(&month, SQCDP_COST, 31));
    assert_int_equal(sqcdp_shown(sqcdp_cell(&month, SQCDP_COST, 30)), DISPLAY_NODATA);
}

static void a_cell_set_by_hand_keeps_its_reason_and_what_was_computed(void **state)
{
    (void)state;
    struct sqcdp_month month;
    struct error error = {""};
    sqcdp_month_init(&month, 2026, 11);
    assert_true(sqcdp_edit(&month, SQCDP_DELIVERY, 20, DISPLAY_WARN, "panne opérateur", moment("2026-11-21"),
                           &error));
    assert_true(sqcdp_compute(&month, SQCDP_DELIVERY, 20, DISPLAY_CRITICAL));
    const struct sqcdp_cell *cell = sqcdp_cell(&month, SQCDP_DELIVERY, 20);
    assert_int_equal(sqcdp_shown(cell), DISPLAY_WARN);
    assert_string_equal(cell->reason, "panne opérateur");
    sqcdp_unedit(&month, SQCDP_DELIVERY, 20);
    assert_int_equal(sqcdp_shown(cell), DISPLAY_CRITICAL);
    assert_string_equal(cell->reason, "");
}

static void an_edit_without_a_sound_reason_is_refused(void **state)
{
    (void)state;
    struct sqcdp_month month;
    struct error error = {""};
    int64_t now_ms = moment("2026-11-21T10:00");
    sqcdp_month_init(&month, 2026, 11);
    assert_false(sqcdp_edit(&month, SQCDP_COST, 20, DISPLAY_OK, " ", now_ms, &error));
    assert_string_equal(error.text, "a cell set by hand needs a reason");
    assert_false(sqcdp_edit(&month, SQCDP_COST, 22, DISPLAY_OK, "x", now_ms, &error));
    assert_string_equal(error.text, "2026-11-22 has not begun");
    assert_false(sqcdp_edit(&month, SQCDP_COST, 31, DISPLAY_OK, "x", now_ms, &error));
    assert_false(sqcdp_edit(&month, SQCDP_COST, 20, DISPLAY_STALE, "x", now_ms, &error));
    assert_false(sqcdp_edit(&month, SQCDP_COST, 20, DISPLAY_OK, "\xFF", now_ms, &error));
    assert_int_equal(sqcdp_shown(sqcdp_cell(&month, SQCDP_COST, 20)), DISPLAY_NODATA);
}

static void a_verdict_has_a_mark_besides_its_colour(void **state)
{
    (void)state;
    assert_string_equal(sqcdp_mark(DISPLAY_OK), "✓");
    assert_string_equal(sqcdp_mark(DISPLAY_CRITICAL), "✕");
    assert_string_equal(sqcdp_mark(DISPLAY_NODATA), "");
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
        cmocka_unit_test(a_cell_set_by_hand_keeps_its_reason_and_what_was_computed),
        cmocka_unit_test(an_edit_without_a_sound_reason_is_refused),
        cmocka_unit_test(a_verdict_has_a_mark_besides_its_colour),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
