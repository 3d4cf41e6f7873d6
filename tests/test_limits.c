#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/chance.h"
#include "fetch/budget.h"
#include "fetch/limits.h"
#include "fetch/poll.h"
#include "fetch/schedule.h"

/* 2026-11-22T10:00:00Z by our clock; the server's is ten minutes ahead of it. */
static const int64_t now_ms = 1795341600000;
static const char server_date[] = "Sun, 22 Nov 2026 10:10:00 GMT";

static int64_t told(const char *retry_after, const char *vendor, enum limit_meaning meaning, const char *date)
{
    return limits_wait_ms(&(struct limit_words){retry_after, vendor, date}, meaning, now_ms);
}

static void retry_after_in_seconds_is_kept(void **state)
{
    (void)state;
    assert_int_equal(told("120", NULL, LIMIT_SECONDS, NULL), 120000);
    assert_int_equal(told("0.5", NULL, LIMIT_SECONDS, NULL), 500);
    assert_int_equal(told("0", NULL, LIMIT_SECONDS, NULL), 0);
    assert_int_equal(told("-7", NULL, LIMIT_SECONDS, NULL), 0);
}

static void retry_after_as_a_date_is_counted_from_the_servers_own_time(void **state)
{
    (void)state;
    assert_int_equal(told("Sun, 22 Nov 2026 10:12:00 GMT", NULL, LIMIT_SECONDS, server_date), 120000);
    assert_int_equal(told("Sun, 22 Nov 2026 10:12:00 GMT", NULL, LIMIT_SECONDS, NULL), 720000);
    assert_int_equal(told("Sunday, 22-Nov-26 10:12:00 GMT", NULL, LIMIT_SECONDS, server_date), 120000);
    assert_int_equal(told("Sun Nov 22 10:12:00 2026", NULL, LIMIT_SECONDS, server_date), 120000);
    assert_int_equal(told("Sun, 22 Nov 2026 09:00:00 GMT", NULL, LIMIT_SECONDS, server_date), 0);
}

static void nonsense_asks_for_no_wait_and_eternity_for_a_day(void **state)
{
    (void)state;
    assert_int_equal(told("soon", NULL, LIMIT_SECONDS, NULL), 0);
    assert_int_equal(told("", NULL, LIMIT_SECONDS, NULL), 0);
    assert_int_equal(told("nan", NULL, LIMIT_SECONDS, NULL), 0);
    assert_int_equal(told("Sun, 22 Nov 2026 10:12:00 GMT!", NULL, LIMIT_SECONDS, NULL), 0);
    assert_int_equal(told("Sun, 22 Nov 1926 10:12:00 GMT", NULL, LIMIT_SECONDS, NULL), 0);
    assert_int_equal(
        told("Sun, 22 Nov 2026 10:12:00 GMT", NULL, LIMIT_SECONDS, "Mon, 22 Nov 1926 10:12:00 GMT"), 720000);
    assert_int_equal(told("1e300", NULL, LIMIT_SECONDS, NULL), 86400000);
    assert_int_equal(told("99999999999999999999", NULL, LIMIT_SECONDS, NULL), 86400000);
    assert_int_equal(told("Fri, 01 Jan 2066 00:00:00 GMT", NULL, LIMIT_SECONDS, NULL), 86400000);
}

static void a_vendors_header_means_what_the_settings_say(void **state)
{
    (void)state;
    assert_int_equal(told(NULL, "42", LIMIT_SECONDS, NULL), 42000);
    assert_int_equal(told(NULL, "1795341660", LIMIT_EPOCH, NULL), 60000);
    assert_int_equal(told(NULL, "1795342260", LIMIT_EPOCH, server_date), 60000);
    assert_int_equal(told(NULL, "1795340000", LIMIT_EPOCH, NULL), 0);
    assert_int_equal(told("7", "42", LIMIT_SECONDS, NULL), 7000);
    assert_int_equal(told("soon", "42", LIMIT_SECONDS, NULL), 42000);
}

/* ---- budgets ---- */

/* 60 a minute, of which half: one each 2 s. */
static const struct budget_settings one_a_second = {.name = "acd", .calls = 60, .per_ms = 60000, .burst = 1};
static const struct budget_settings bursting = {.name = "acd", .calls = 60, .per_ms = 60000, .burst = 6};

static void half_of_what_the_vendor_allows_is_used(void **state)
{
    (void)state;
    struct budget budget = {.settings = &one_a_second};
    assert_int_equal(budget_reserve_ms(&budget, 1000), 1000);
    assert_int_equal(budget_reserve_ms(&budget, 1000), 3000);
    assert_int_equal(budget_reserve_ms(&budget, 1500), 5000);
    assert_int_equal(budget_reserve_ms(&budget, 60000), 60000);
}

static void half_of_the_burst_goes_at_once_after_a_rest(void **state)
{
    (void)state;
    struct budget budget = {.settings = &bursting};
    assert_int_equal(budget_reserve_ms(&budget, 100000), 100000);
    assert_int_equal(budget_reserve_ms(&budget, 100000), 100000);
    assert_int_equal(budget_reserve_ms(&budget, 100000), 100000);
    assert_int_equal(budget_reserve_ms(&budget, 100000), 102000);
    assert_int_equal(budget_reserve_ms(&budget, 100000), 104000);
}

static void in_an_hour_no_more_than_half_is_asked(void **state)
{
    (void)state;
    struct budget budget = {.settings = &bursting};
    int requests = 0;
    for (int64_t at_ms = 0; at_ms < 3600000; at_ms = budget_reserve_ms(&budget, at_ms))
        requests++;
    assert_in_range(requests, 1790, 1803);
}

static void a_wait_told_to_one_source_holds_the_account(void **state)
{
    (void)state;
    struct budget budget = {.settings = &bursting};
    budget_hold(&budget, 500000);
    budget_hold(&budget, 300000);
    assert_int_equal(budget_reserve_ms(&budget, 100000), 500000);
}

/* ---- the first second after a power cut ---- */

static void first_polls_are_spread_over_a_quarter_of_the_interval(void **state)
{
    (void)state;
    struct schedule slow = {.interval_ms = 60000, .chance = 5}, quick = {.interval_ms = 8000, .chance = 5};
    for (int i = 0; i < 1000; i++) {
        assert_in_range(schedule_first_ms(&slow, 1000), 1000, 6000);
        assert_in_range(schedule_first_ms(&quick, 1000), 1000, 3000);
    }
}

static void a_hundred_walls_do_not_start_in_the_same_second(void **state)
{
    (void)state;
    int in_second[6] = {0};
    for (int i = 0; i < 100; i++) {
        struct schedule schedule = {.interval_ms = 60000, .chance = chance_draw()};
        in_second[schedule_first_ms(&schedule, 0) / 1000]++;
    }
    for (int i = 0; i < 5; i++)
        assert_in_range(in_second[i], 3, 45);
}

/* Of 20 walls, how many begin with this source in the moment in which they start. */
static int begin_at_once(size_t index, const char *url, enum source_place place)
{
    struct source_settings settings = {.url = url, .place = place, .every_ms = 60000};
    struct poll_shared shared = {0};
    int at_once = 0;
    for (int i = 0; i < 20; i++) {
        struct poll poll = {0};
        poll_init(&poll, &shared, index, &settings, NULL, 1000);
        at_once += poll.due_ms == 1000;
        poll_finish(&poll);
    }
    return at_once;
}

static void only_the_first_source_of_this_very_machine_is_asked_at_once(void **state)
{
    (void)state;
    assert_int_equal(begin_at_once(0, "http://127.0.0.1:8080/samples", PLACE_SERVER), 20);
    assert_in_range(begin_at_once(1, "http://127.0.0.1:8080/samples", PLACE_SERVER), 0, 5);
    assert_in_range(begin_at_once(0, "https://acd.example.org/samples", PLACE_SERVER), 0, 5);
    assert_int_equal(begin_at_once(3, "file:export.json", PLACE_FILE), 20);
}

static void machines_differ_also_where_the_kernel_has_no_chance_yet(void **state)
{
    (void)state;
    assert_int_not_equal(chance_of_machine("a3f1", 1000), chance_of_machine("a3f2", 1000));
    assert_int_not_equal(chance_of_machine("a3f1", 1000), chance_of_machine("a3f1", 1001));
    assert_int_not_equal(chance_of_machine("", 0), 0);
}

static void other_failures_between_do_not_make_a_request_refused_in_a_row(void **state)
{
    (void)state;
    struct schedule schedule = {.interval_ms = 1000000, .chance = 3};
    schedule_after_failure_ms(&schedule, PACE_SLOWER, 0, 0, 0);
    schedule_after_failure_ms(&schedule, PACE_SLOWER, 0, 0, 0);
    schedule_after_failure_ms(&schedule, PACE_BACK_OFF, 0, 0, 0);
    schedule.interval_ms = 10;
    assert_int_equal(schedule_after_failure_ms(&schedule, PACE_SLOWER, 0, 0, 0), 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(retry_after_in_seconds_is_kept),
        cmocka_unit_test(retry_after_as_a_date_is_counted_from_the_servers_own_time),
        cmocka_unit_test(nonsense_asks_for_no_wait_and_eternity_for_a_day),
        cmocka_unit_test(a_vendors_header_means_what_the_settings_say),
        cmocka_unit_test(half_of_what_the_vendor_allows_is_used),
        cmocka_unit_test(half_of_the_burst_goes_at_once_after_a_rest),
        cmocka_unit_test(in_an_hour_no_more_than_half_is_asked),
        cmocka_unit_test(a_wait_told_to_one_source_holds_the_account),
        cmocka_unit_test(first_polls_are_spread_over_a_quarter_of_the_interval),
        cmocka_unit_test(a_hundred_walls_do_not_start_in_the_same_second),
        cmocka_unit_test(only_the_first_source_of_this_very_machine_is_asked_at_once),
        cmocka_unit_test(machines_differ_also_where_the_kernel_has_no_chance_yet),
        cmocka_unit_test(other_failures_between_do_not_make_a_request_refused_in_a_row),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
