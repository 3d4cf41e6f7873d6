/* When a queue is open, in the time of Paris. */

#include "model/schedule.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/calendar.h"
#include "tests/moment.h"
#include "tests/opening_kit.h"

/* A shop of weekdays 08:30-12:00 and 13:30-18:30, Saturday 09:00-12:00, closed on holidays. */
static struct opening_hours shop(void)
{
    struct opening_hours hours = {.holidays = HOLIDAYS_FRANCE};
    open_on(&hours, "mon-fri", "13:30-18:30");
    open_on(&hours, "mon-fri", "08:30-12:00");
    open_on(&hours, "sat", "09:00-12:00");
    return hours;
}

static enum opening_phase phase_at(const struct opening_hours *hours, const char *iso)
{
    return schedule_at(hours, moment_ms(iso)).phase;
}

static void a_day_opens_gently_and_closes_with_a_tail(void **state)
{
    (void)state;
    struct opening_hours hours = shop(); /* 20 November 2026 is a Friday */
    assert_int_equal(phase_at(&hours, "2026-11-20T08:29:59"), OPENING_CLOSED);
    assert_int_equal(phase_at(&hours, "2026-11-20T08:30"), OPENING_GRACE);
    assert_int_equal(phase_at(&hours, "2026-11-20T08:44:59"), OPENING_GRACE);
    assert_int_equal(phase_at(&hours, "2026-11-20T08:45"), OPENING_OPEN);
    assert_int_equal(phase_at(&hours, "2026-11-20T11:59:59"), OPENING_OPEN);
    assert_int_equal(phase_at(&hours, "2026-11-20T12:00"), OPENING_TAIL);
    assert_int_equal(phase_at(&hours, "2026-11-20T12:14:59"), OPENING_TAIL);
    assert_int_equal(phase_at(&hours, "2026-11-20T12:15"), OPENING_CLOSED);
}

static void an_opening_knows_its_ends(void **state)
{
    (void)state;
    struct opening_hours hours = shop();
    struct opening opening = schedule_at(&hours, moment_ms("2026-11-20T15:00"));
    assert_int_equal(opening.opened_wall_ms, moment_ms("2026-11-20T13:30"));
    assert_int_equal(opening.closes_wall_ms, moment_ms("2026-11-20T18:30"));
    assert_int_equal(opening.opens_wall_ms, 0);
}

static void the_next_opening_skips_closed_days_and_holidays(void **state)
{
    (void)state;
    struct opening_hours hours = shop();
    assert_int_equal(schedule_at(&hours, moment_ms("2026-11-20T12:30")).opens_wall_ms,
                     moment_ms("2026-11-20T13:30"));
    assert_int_equal(schedule_at(&hours, moment_ms("2026-11-21T12:00")).opens_wall_ms,
                     moment_ms("2026-11-23T08:30"));
    /* Christmas 2026 is a Friday, Easter Monday 6 April */
    assert_int_equal(schedule_at(&hours, moment_ms("2026-12-24T19:00")).opens_wall_ms,
                     moment_ms("2026-12-26T09:00"));
    assert_int_equal(schedule_at(&hours, moment_ms("2026-04-04T13:00")).opens_wall_ms,
                     moment_ms("2026-04-07T08:30"));
}

static void an_exception_beats_weekday_and_holiday(void **state)
{
    (void)state;
    struct opening_hours hours = shop();
    const struct opening_exception exceptions[] = {{2026, 12, 24, {0}}, {2026, 12, 25, {1, {{600, 720}}}}};
    hours.exceptions = exceptions;
    hours.exception_count = 2;
    assert_int_equal(phase_at(&hours, "2026-12-24T10:00"), OPENING_CLOSED);
    assert_int_equal(phase_at(&hours, "2026-12-25T10:30"), OPENING_OPEN);
    assert_int_equal(schedule_at(&hours, moment_ms("2026-12-24T09:00")).opens_wall_ms,
                     moment_ms("2026-12-25T10:00"));
}

static void a_night_belongs_to_the_day_on_which_it_begins(void **state)
{
    (void)state;
    struct opening_hours hours = {.holidays = HOLIDAYS_FRANCE};
    open_on(&hours, "thu-fri", "22:00-02:00");
    assert_int_equal(phase_at(&hours, "2026-11-21T01:59"), OPENING_OPEN); /* Saturday */
    assert_int_equal(phase_at(&hours, "2026-11-21T02:10"), OPENING_TAIL);
    assert_int_equal(phase_at(&hours, "2026-11-21T23:00"), OPENING_CLOSED);
    assert_int_equal(phase_at(&hours, "2026-12-25T01:00"), OPENING_OPEN); /* begun on Christmas Eve */
    assert_int_equal(phase_at(&hours, "2026-12-25T23:00"), OPENING_CLOSED);
}

static void a_night_has_seven_or_nine_hours_twice_a_year(void **state)
{
    (void)state;
    struct opening_hours hours = {.holidays = HOLIDAYS_NONE};
    open_on(&hours, "all", "22:00-06:00");
    struct opening spring = schedule_at(&hours, moment_ms("2026-03-29T01:00"));
    assert_int_equal(spring.closes_wall_ms - spring.opened_wall_ms, 7 * 3600000);
    struct opening autumn = schedule_at(&hours, moment_ms("2026-10-25T01:00"));
    assert_int_equal(autumn.closes_wall_ms - autumn.opened_wall_ms, 9 * 3600000);
}

static void days_of_23_and_25_hours_open_by_the_clock(void **state)
{
    (void)state;
    struct opening_hours hours = {.holidays = HOLIDAYS_NONE};
    open_on(&hours, "sun", "08:30-18:30");
    assert_int_equal(phase_at(&hours, "2026-03-29T08:29"), OPENING_CLOSED);
    assert_int_equal(phase_at(&hours, "2026-03-29T08:30"), OPENING_GRACE);
    assert_int_equal(phase_at(&hours, "2026-10-25T08:29"), OPENING_CLOSED);
    assert_int_equal(phase_at(&hours, "2026-10-25T08:30"), OPENING_GRACE);
    int64_t saturday_noon_ms = moment_ms("2026-10-24T12:00");
    assert_int_equal(schedule_at(&hours, saturday_noon_ms).opens_wall_ms - saturday_noon_ms,
                     21 * 3600000 + 1800000);
}

static void round_the_clock_has_neither_grace_nor_tail_at_midnight(void **state)
{
    (void)state;
    struct opening_hours hours = {.holidays = HOLIDAYS_NONE};
    open_on(&hours, "all", "00:00-24:00");
    assert_int_equal(phase_at(&hours, "2026-11-20T00:05"), OPENING_OPEN);
    assert_int_equal(phase_at(&hours, "2026-10-25T02:30"), OPENING_OPEN);
    assert_int_equal(schedule_at(&hours, moment_ms("2026-11-20T00:05")).closes_wall_ms, 0);
}

static void without_a_schedule_it_is_always_open(void **state)
{
    (void)state;
    assert_int_equal(phase_at(NULL, "2026-12-25T03:00"), OPENING_OPEN);
    assert_true(schedule_works_on(NULL, moment_ms("2026-12-25")));
}

static void a_queue_that_never_opens_has_no_next_opening(void **state)
{
    (void)state;
    struct opening_hours hours = {.holidays = HOLIDAYS_NONE};
    assert_int_equal(schedule_at(&hours, moment_ms("2026-11-20T10:00")).opens_wall_ms, 0);
    assert_int_equal(phase_at(&hours, "2026-11-20T10:00"), OPENING_CLOSED);
}

static void the_most_specific_hours_count(void **state)
{
    (void)state;
    const struct opening_hours all[] = {{.where = {{[DIM_QUEUE] = "Ventes"}}},
                                        {.where = {{NULL}}},
                                        {.where = {{[DIM_SITE] = "Lyon", [DIM_QUEUE] = "Ventes"}}}};
    const struct dims here = {{[DIM_SITE] = "Lyon", [DIM_QUEUE] = "Ventes"}};
    const struct dims there = {{[DIM_SITE] = "Lille", [DIM_QUEUE] = "Ventes"}};
    const struct dims other = {{[DIM_QUEUE] = "SAV"}};
    assert_ptr_equal(schedule_for(all, 3, &here), &all[2]);
    assert_ptr_equal(schedule_for(all, 3, &there), &all[0]);
    assert_ptr_equal(schedule_for(all, 3, &other), &all[1]);
    assert_null(schedule_for(all, 1, &other));
}

static void wrong_words_are_named(void **state)
{
    (void)state;
    struct error error = {""};
    unsigned weekdays;
    struct opening_interval interval;
    assert_false(schedule_parse_days("lun-ven", &weekdays, &error));
    assert_string_equal(error.text, "\"lun-ven\" are no days; write mon, mon-fri or all");
    assert_false(schedule_parse_interval("8:30-18:30", &interval, &error));
    assert_false(schedule_parse_interval("08:30", &interval, &error));
    assert_false(schedule_parse_interval("08:30-08:30", &interval, &error));
    assert_false(schedule_parse_interval("08:60-18:30", &interval, &error));
    assert_false(schedule_parse_interval("08:30-24:30", &interval, &error));
    assert_false(schedule_parse_interval("", &interval, &error));
    assert_true(schedule_parse_days("sat-mon", &weekdays, &error));
    assert_int_equal(weekdays, 1U << 5 | 1U << 6 | 1U);
}

static void openings_of_a_day_do_not_overlap(void **state)
{
    (void)state;
    struct opening_day day = {0};
    struct error error = {""};
    assert_true(schedule_add_interval(&day, (struct opening_interval){600, 720}, &error));
    assert_false(schedule_add_interval(&day, (struct opening_interval){700, 800}, &error));
    assert_string_equal(error.text, "two openings of a day overlap");
    assert_false(schedule_add_interval(&day, (struct opening_interval){500, 601}, &error));
    assert_true(schedule_add_interval(&day, (struct opening_interval){720, 800}, &error));
    assert_int_equal(day.count, 2);
}

/* From Friday 23:59 to Saturday 23:58, and its tail into Sunday. */
static void a_tail_may_reach_into_the_second_day_after(void **state)
{
    (void)state;
    struct opening_hours hours = {.holidays = HOLIDAYS_NONE};
    open_on(&hours, "fri", "23:59-23:58");
    assert_int_equal(phase_at(&hours, "2026-11-21T23:57"), OPENING_OPEN);
    assert_int_equal(phase_at(&hours, "2026-11-22T00:05"), OPENING_TAIL);
    assert_int_equal(phase_at(&hours, "2026-11-22T00:13"), OPENING_CLOSED);
}

static void days_without_a_pause_between_them_are_one_opening(void **state)
{
    (void)state;
    struct opening_hours hours = {.holidays = HOLIDAYS_NONE};
    open_on(&hours, "thu-sun", "00:00-24:00"); /* 19 to 22 November */
    struct opening opening = schedule_at(&hours, moment_ms("2026-11-22T12:00"));
    assert_int_equal(opening.opened_wall_ms, moment_ms("2026-11-19"));
    assert_int_equal(opening.closes_wall_ms, moment_ms("2026-11-23"));
    assert_int_equal(schedule_at(&hours, moment_ms("2026-11-19T12:00")).closes_wall_ms,
                     moment_ms("2026-11-23"));
}

static void openings_may_touch(void **state)
{
    (void)state;
    struct opening_hours hours = {.holidays = HOLIDAYS_NONE};
    open_on(&hours, "fri", "12:00-18:00");
    open_on(&hours, "fri", "08:00-12:00");
    assert_int_equal(hours.week[4].count, 2);
    assert_int_equal(phase_at(&hours, "2026-11-20T12:05"), OPENING_OPEN);
}

static void the_next_opening_may_be_months_away(void **state)
{
    (void)state;
    struct opening_exception only = {2027, 9, 1, {1, {{480, 720}}}};
    struct opening_hours hours = {.exceptions = &only, .exception_count = 1};
    assert_int_equal(schedule_at(&hours, moment_ms("2026-11-20T12:00")).opens_wall_ms,
                     moment_ms("2027-09-01T08:00"));
}

static void of_hours_for_the_same_the_last_count(void **state)
{
    (void)state;
    struct opening_hours all[2] = {{.holidays = HOLIDAYS_NONE}, {.holidays = HOLIDAYS_NONE}};
    struct dims anywhere = {{NULL}};
    assert_ptr_equal(schedule_for(all, 2, &anywhere), &all[1]);
}

int main(void)
{
    if (!calendar_set_zone("Europe/Paris", NULL))
        return 1;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_day_opens_gently_and_closes_with_a_tail),
        cmocka_unit_test(an_opening_knows_its_ends),
        cmocka_unit_test(the_next_opening_skips_closed_days_and_holidays),
        cmocka_unit_test(an_exception_beats_weekday_and_holiday),
        cmocka_unit_test(a_night_belongs_to_the_day_on_which_it_begins),
        cmocka_unit_test(a_night_has_seven_or_nine_hours_twice_a_year),
        cmocka_unit_test(days_of_23_and_25_hours_open_by_the_clock),
        cmocka_unit_test(round_the_clock_has_neither_grace_nor_tail_at_midnight),
        cmocka_unit_test(without_a_schedule_it_is_always_open),
        cmocka_unit_test(a_queue_that_never_opens_has_no_next_opening),
        cmocka_unit_test(the_most_specific_hours_count),
        cmocka_unit_test(wrong_words_are_named),
        cmocka_unit_test(openings_of_a_day_do_not_overlap),
        cmocka_unit_test(a_tail_may_reach_into_the_second_day_after),
        cmocka_unit_test(days_without_a_pause_between_them_are_one_opening),
        cmocka_unit_test(openings_may_touch),
        cmocka_unit_test(the_next_opening_may_be_months_away),
        cmocka_unit_test(of_hours_for_the_same_the_last_count),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
