#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/calendar.h"
#include "tests/moment.h"

static void in_zone(const char *zone)
{
    struct error error = {0};
    assert_true(calendar_set_zone(zone, &error));
}

static void a_day_begins_at_midnight_of_the_site(void **state)
{
    (void)state;
    in_zone("Europe/Paris");

    assert_int_equal(calendar_midnight_ms(moment_ms("2026-11-21T10:15:00Z")), 1795215600000);
    assert_int_equal(calendar_midnight_ms(moment_ms("2026-11-21T10:15:00Z")),
                     moment_ms("2026-11-20T23:00:00Z"));
    assert_int_equal(calendar_midnight_ms(moment_ms("2026-03-29T10:00:00Z")),
                     moment_ms("2026-03-28T23:00:00Z"));
    assert_int_equal(calendar_midnight_ms(moment_ms("2026-03-30T10:00:00Z")),
                     moment_ms("2026-03-29T22:00:00Z"));
    assert_int_equal(calendar_midnight_ms(moment_ms("2026-10-25T10:00:00Z")),
                     moment_ms("2026-10-24T22:00:00Z"));
}

static void yesterday_is_23_24_or_25_hours_before(void **state)
{
    (void)state;
    in_zone("Europe/Paris");

    assert_int_equal(calendar_add_days_ms(moment_ms("2026-11-20T23:00Z"), -1),
                     moment_ms("2026-11-19T23:00:00Z"));
    assert_int_equal(calendar_add_days_ms(moment_ms("2026-03-29T22:00Z"), -1),
                     moment_ms("2026-03-28T23:00:00Z"));
    assert_int_equal(calendar_add_days_ms(moment_ms("2026-10-25T23:00Z"), -1),
                     moment_ms("2026-10-24T22:00:00Z"));
    assert_int_equal(calendar_add_days_ms(moment_ms("2026-10-24T22:00Z"), -1),
                     moment_ms("2026-10-23T22:00:00Z"));
    assert_int_equal(calendar_add_days_ms(moment_ms("2026-10-25T14:07"), 1), moment_ms("2026-10-26T14:07"));
    assert_int_equal(calendar_add_days_ms(moment_ms("2026-11-21T14:07"), -28), moment_ms("2026-10-24T14:07"));
}

static void a_week_begins_on_monday_and_a_month_on_its_first(void **state)
{
    (void)state;
    in_zone("Europe/Paris");

    assert_int_equal(calendar_floor_ms(moment_ms("2026-11-21T10:15:00Z"), CALENDAR_WEEK),
                     moment_ms("2026-11-15T23:00:00Z"));
    assert_int_equal(calendar_floor_ms(moment_ms("2026-03-29T10:00:00Z"), CALENDAR_WEEK),
                     moment_ms("2026-03-22T23:00:00Z"));
    assert_int_equal(calendar_floor_ms(moment_ms("2026-03-30T10:00:00Z"), CALENDAR_WEEK),
                     moment_ms("2026-03-29T22:00:00Z"));
    assert_int_equal(calendar_floor_ms(moment_ms("2026-10-25T10:00:00Z"), CALENDAR_WEEK),
                     moment_ms("2026-10-18T22:00:00Z"));
    assert_int_equal(calendar_floor_ms(moment_ms("2026-11-02T10:00:00Z"), CALENDAR_WEEK),
                     moment_ms("2026-11-01T23:00:00Z"));
    assert_int_equal(calendar_floor_ms(moment_ms("2026-04-15T10:00:00Z"), CALENDAR_MONTH),
                     moment_ms("2026-03-31T22:00:00Z"));
}

static void the_repeated_hour_never_jumps_back(void **state)
{
    (void)state;
    in_zone("Europe/Paris");

    assert_int_equal(calendar_floor_ms(moment_ms("2026-10-25T00:40Z"), CALENDAR_QUARTER),
                     moment_ms("2026-10-25T00:30Z"));
    assert_int_equal(calendar_floor_ms(moment_ms("2026-10-25T00:40Z"), CALENDAR_HOUR),
                     moment_ms("2026-10-25T00:00Z"));
    assert_int_equal(calendar_floor_ms(moment_ms("2026-10-25T01:40Z"), CALENDAR_QUARTER),
                     moment_ms("2026-10-25T01:30Z"));
    assert_int_equal(calendar_floor_ms(moment_ms("2026-10-25T01:40Z"), CALENDAR_HOUR),
                     moment_ms("2026-10-25T01:00Z"));
}

static void an_hour_follows_the_offset_of_the_zone(void **state)
{
    (void)state;
    in_zone("Asia/Kathmandu"); /* +05:45 */

    assert_int_equal(calendar_floor_ms(moment_ms("2026-11-21T10:20Z"), CALENDAR_HOUR),
                     moment_ms("2026-11-21T10:15Z"));
}

static void a_midnight_that_is_skipped_is_the_first_moment_after(void **state)
{
    (void)state;
    in_zone("America/Havana"); /* 2026-03-08, 00:00 becomes 01:00 */

    assert_int_equal(calendar_midnight_ms(moment_ms("2026-03-08T18:00Z")), moment_ms("2026-03-08T05:00Z"));
    assert_int_equal(calendar_add_days_ms(moment_ms("2026-03-08T05:00Z"), -1),
                     moment_ms("2026-03-07T05:00Z"));
    assert_int_equal(calendar_add_days_ms(moment_ms("2026-03-08T05:00Z"), 1), moment_ms("2026-03-09T04:00Z"));
}

static void a_midnight_that_comes_twice_is_the_first(void **state)
{
    (void)state;
    in_zone("America/Havana"); /* 2026-11-01, 01:00 becomes 00:00 */

    assert_int_equal(calendar_midnight_ms(moment_ms("2026-11-01T04:30Z")), moment_ms("2026-11-01T04:00Z"));
    assert_int_equal(calendar_midnight_ms(moment_ms("2026-11-01T05:30Z")), moment_ms("2026-11-01T04:00Z"));
    assert_int_equal(calendar_midnight_ms(moment_ms("2026-11-01T18:00Z")), moment_ms("2026-11-01T04:00Z"));
}

/* What was reckoned last is remembered: it must not be taken for another day or another zone's. */
static void a_midnight_is_its_own_day_s_and_zone_s_whatever_was_asked_before(void **state)
{
    (void)state;
    in_zone("Europe/Paris");

    assert_int_equal(calendar_midnight_ms(moment_ms("2026-11-21T10:00Z")), moment_ms("2026-11-20T23:00Z"));
    assert_int_equal(calendar_midnight_ms(moment_ms("2026-11-20T22:59Z")), moment_ms("2026-11-19T23:00Z"));
    assert_int_equal(calendar_midnight_ms(moment_ms("2026-11-20T23:00Z")), moment_ms("2026-11-20T23:00Z"));
    assert_int_equal(calendar_midnight_ms(moment_ms("2026-11-21T23:00Z")), moment_ms("2026-11-21T23:00Z"));
    in_zone("UTC");
    assert_int_equal(calendar_midnight_ms(moment_ms("2026-11-21T23:30Z")), moment_ms("2026-11-21T00:00Z"));
    in_zone("Europe/Paris"); /* the shortest day */
    assert_int_equal(calendar_midnight_ms(moment_ms("2026-03-29T01:00Z")), moment_ms("2026-03-28T23:00Z"));
    assert_int_equal(calendar_midnight_ms(moment_ms("2026-03-29T22:00Z")), moment_ms("2026-03-29T22:00Z"));
    assert_int_equal(calendar_midnight_ms(moment_ms("2026-03-29T21:59Z")), moment_ms("2026-03-28T23:00Z"));
}

static void the_wall_clock_shows_local_time(void **state)
{
    (void)state;
    in_zone("Europe/Paris");
    struct calendar_time local;

    calendar_local(moment_ms("2026-11-21T10:15:30.250Z"), &local);

    assert_int_equal(local.year, 2026);
    assert_int_equal(local.month, 11);
    assert_int_equal(local.day, 21);
    assert_int_equal(local.hour, 11);
    assert_int_equal(local.minute, 15);
    assert_int_equal(local.second, 30);
    assert_int_equal(local.millisecond, 250);
    assert_int_equal(local.weekday, 5);
    assert_int_equal(local.year_day, 325);
    assert_int_equal(local.offset_s, 3600);
}

static void moments_are_read_local_unless_they_say_otherwise(void **state)
{
    (void)state;
    in_zone("Europe/Paris");

    assert_int_equal(moment_ms("2026-11-21T11:15"), 1795256100000);
    assert_int_equal(moment_ms("2026-11-21T11:15:00+01:00"), 1795256100000);
    assert_int_equal(moment_ms("2026-11-21T05:15:00-0500"), 1795256100000);
    assert_int_equal(moment_ms("2026-11-21T10:15:00.5Z"), 1795256100500);
    assert_int_equal(moment_ms("2026-11-21"), moment_ms("2026-11-20T23:00Z"));
    assert_int_equal(moment_ms("2026-03-29T02:30"), moment_ms("2026-03-29T01:00Z")); /* skipped */
    assert_int_equal(moment_ms("2026-10-25T02:30"), moment_ms("2026-10-25T00:30Z")); /* twice */
    assert_int_equal(moment_ms("1969-12-31T23:59:59.900Z"), -100);
}

static void what_is_not_a_moment_is_refused(void **state)
{
    (void)state;
    int64_t wall_ms = 7;

    assert_false(calendar_parse_iso("", &wall_ms));
    assert_false(calendar_parse_iso("21/11/2026", &wall_ms));
    assert_false(calendar_parse_iso("2026-11-21T", &wall_ms));
    assert_false(calendar_parse_iso("2026-11-21T14:07Zulu", &wall_ms));
    assert_false(calendar_parse_iso("2026-02-29", &wall_ms));
    assert_false(calendar_parse_iso("2026-11-21T24:00", &wall_ms));
    assert_int_equal(wall_ms, 7);
}

static void an_unknown_zone_is_named_with_the_nearest(void **state)
{
    (void)state;
    struct error error = {0};

    assert_false(calendar_set_zone("Europe/Pari", &error));
    assert_string_equal(error.text, "there is no time zone \"Europe/Pari\"; did you mean \"Europe/Paris\"?");
    assert_false(calendar_zone_known("../../../etc/passwd", &error));
    assert_false(calendar_zone_known("", &error));
    assert_false(calendar_zone_known("Europe", &error));
    assert_true(calendar_zone_known("UTC", &error));
}

static void a_date_alone_is_read_and_compared(void **state)
{
    (void)state;
    struct calendar_date date = {0}, other = {2027, 1, 1};
    assert_true(calendar_parse_date("2026-12-24", &date));
    assert_int_equal(date.year, 2026);
    assert_int_equal(date.month, 12);
    assert_int_equal(date.day, 24);
    assert_true(calendar_compare_dates(&date, &other) < 0);
    assert_true(calendar_compare_dates(&other, &date) > 0);
    assert_int_equal(calendar_compare_dates(&date, &date), 0);
    assert_true(calendar_compare_dates(&(struct calendar_date){2026, 11, 30}, &date) < 0);
    assert_true(calendar_compare_dates(&(struct calendar_date){2026, 12, 25}, &date) > 0);
    assert_false(calendar_parse_date("2026-02-29", &date));
    assert_false(calendar_parse_date("2026-12-24T10:00", &date));
    assert_false(calendar_parse_date("24.12.2026", &date));
    assert_false(calendar_parse_date("", &date));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_day_begins_at_midnight_of_the_site),
        cmocka_unit_test(yesterday_is_23_24_or_25_hours_before),
        cmocka_unit_test(a_week_begins_on_monday_and_a_month_on_its_first),
        cmocka_unit_test(the_repeated_hour_never_jumps_back),
        cmocka_unit_test(an_hour_follows_the_offset_of_the_zone),
        cmocka_unit_test(a_midnight_that_is_skipped_is_the_first_moment_after),
        cmocka_unit_test(a_midnight_that_comes_twice_is_the_first),
        cmocka_unit_test(a_midnight_is_its_own_day_s_and_zone_s_whatever_was_asked_before),
        cmocka_unit_test(the_wall_clock_shows_local_time),
        cmocka_unit_test(moments_are_read_local_unless_they_say_otherwise),
        cmocka_unit_test(what_is_not_a_moment_is_refused),
        cmocka_unit_test(an_unknown_zone_is_named_with_the_nearest),
        cmocka_unit_test(a_date_alone_is_read_and_compared),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
